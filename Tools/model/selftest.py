"""Worked examples of the rules for the modelled kinds: python3 -m model.selftest"""
from . import dates, selftest_classes, selftest_people
from .balance import balance
from .build import split_day
from .dates import day, text
from .facts import fold
from .living import full_time, months
from .story import PAPERS, Story, expect

def weekly(start, count, minutes):
    return {day(start) + 7 * n: split_day(minutes) for n in range(count)}


def test_dates():
    assert text(dates.period_end(day("2012-03-05"), 36)) == "2015-03-04"
    assert text(dates.period_end(day("2024-02-29"), 36)) == "2027-02-28"
    assert text(dates.period_end(day("2026-01-31"), 1)) == "2026-02-28"
    assert text(dates.years_before(day("2024-02-29"), 2)) == "2022-02-28"
    assert dates.age(day("2004-02-29"), day("2023-02-28")) == 18
    assert dates.age(day("2004-02-29"), day("2023-03-01")) == 19
    for form in ("115-06-01", "115/6/1", "1150601", "2026-06-01"):
        assert text(day(form)) == "2026-06-01", form
    assert dates.roc(day("2026-06-01")) == "115-06-01"
    assert text(dates.taipei_day("2026-05-31T17:00:00Z")) == "2026-06-01"
    for wrong in ("2026-02-29", "1150631", "2026-6-1"):
        try:
            day(wrong)
        except ValueError:
            continue
        raise AssertionError(wrong)


def tuition(absent=0, joined=None, closed=True, **more):
    story = Story()
    days = weekly("2026-03-07", 5, 300)
    story.class_("C", "2026-03-07", "2026-04-04", days, **more)
    story.labour("2026-03-10")
    story.attend("C", "2026-03-07", "2026-04-04", days, absent, joined, closed=closed)
    return story


def test_tuition():
    """T10, T12, T13, T17."""
    expect(tuition().decide("tuitionSubsidy", "C"), outcome="granted", amount=8000, due=8000)
    expect(tuition(300).decide("tuitionSubsidy", "C"), outcome="granted")
    expect(tuition(301).decide("tuitionSubsidy", "C"), outcome="refused", clause="TIP-10")
    expect(tuition(360).decide("tuitionSubsidy", "C"), outcome="refused")
    expect(tuition(joined="2026-03-14").decide("tuitionSubsidy", "C"), outcome="granted")
    expect(tuition(60, joined="2026-03-14").decide("tuitionSubsidy", "C"), outcome="refused")
    story = tuition(closed=False)
    story.certify("indigenous")
    expect(story.decide("tuitionSubsidy", "C"), amount=8000)
    story.w.add(day("2026-04-05"), "class.closed", "C", on="2026-04-05")
    expect(story.decide("tuitionSubsidy", "C"), amount=10_000)


def test_insurance():
    """T4 to T7."""
    def outcome(*verified):
        story = Story()
        days = weekly("2026-03-07", 5, 300)
        story.class_("C", "2026-03-07", "2026-04-04", days)
        story.attend("C", "2026-03-07", "2026-04-04", days)
        for as_of, method, spells in verified:
            story.insured(as_of, *spells, method=method)
        return story.decide("tuitionSubsidy", "C")["outcome"]
    labour = {"scheme": "labour", "from": "2020-01-01"}
    assert outcome() == "pending"
    assert outcome(("2026-03-06", "system", [labour])) == "pending"
    assert outcome(("2026-03-07", "system", [labour])) == "granted"
    assert outcome(("2026-03-07", "system", [])) == "pending"
    assert outcome(("2026-03-07", "system", []), ("2026-03-07", "document", [labour])) == "granted"
    assert outcome(("2026-03-07", "system", [dict(labour, to="2026-03-06")])) == "refused"
    assert outcome(("2026-03-07", "system", [dict(labour, to="2026-03-07")])) == "granted"
    for mark in ("training", "laidOff", "occupationalInjury"):
        assert outcome(("2026-03-07", "system", [labour, dict(labour, mark=mark)])) == "refused"
    for scheme, wanted in (("civilServant", "refused"), ("nationalPension", "refused"),
                           ("farmers", "granted"), ("occupationalUnion", "granted")):
        assert outcome(("2026-03-08", "system", [dict(labour, scheme=scheme)])) == wanted


def quota_story(used, fee=10_000, start="2014-06-07", **more):
    """A first class from 2012-03-05 whose payout used `used`, then class C."""
    story = Story()
    for id_, begin, cost, extra in (("A", "2012-03-05", 80_000, {}), ("C", start, fee, more)):
        end, days = text(day(begin) + 28), weekly(begin, 5, 300)
        story.class_(id_, begin, end, days, fee=cost, **extra)
        story.labour(begin)
        story.attend(id_, begin, end, days)
    if used:
        story.w.add(day("2012-05-01"), "payout.made", "T", payout="P1", kind="tuitionSubsidy",
                    class_="A", amount=used, on="2012-05-01")
    return story


def test_quota():
    """T14, T15."""
    expect(quota_story(65_000).decide("tuitionSubsidy", "C"), outcome="reduced", amount=5000)
    expect(quota_story(70_000).decide("tuitionSubsidy", "C"), outcome="refused", amount=0)
    expect(quota_story(0).decide("tuitionSubsidy", "C"), outcome="reduced", amount=6000)
    expect(quota_story(70_000, start="2015-03-04").decide("tuitionSubsidy", "C"),
           outcome="refused")
    expect(quota_story(70_000, start="2015-05-01").decide("tuitionSubsidy", "C"),
           outcome="granted", amount=8000)
    world = fold(list(quota_story(65_000, start="2015-05-01").w.events()))
    first = balance(world, "T", day("2015-03-04"))["quota"]
    assert first == {"windowFrom": "2012-03-05", "windowTo": "2015-03-04", "cap": 70_000,
                     "paid": 65_000, "committed": 0, "remaining": 5000}, first
    assert balance(world, "T", day("2015-03-05"))["quota"] is None
    second = balance(world, "T", day("2015-05-01"))["quota"]
    assert (second["windowTo"], second["committed"]) == ("2018-04-30", 8000), second


def test_half_fee():
    """T22."""
    half = {"programme": "labourSelfLearning", "feeCollection": "half"}
    expect(tuition(**half).decide("tuitionSubsidy", "C"), amount=8000, payee="unit",
           forwardToTrainee=3000, traineeOwesUnit=0)
    expect(quota_story(68_000, **half).decide("tuitionSubsidy", "C"), amount=2000,
           forwardToTrainee=0, traineeOwesUnit=3000)


COFFEE_DAYS = {**{f"2026-06-{n:02}": 360 for n in (1, 2, 4, 5, 8, 9, 11, 12, 15, 16, 18, 22, 23,
                                                   25, 26, 29, 30)},
               "2026-07-02": 360, "2026-07-03": 480, "2026-07-06": 480, "2026-07-07": 300,
               "2026-07-08": 300, "2026-07-09": 360, "2026-07-10": 360, "2026-07-13": 300,
               "2026-07-14": 300}
COFFEE = {day(on): split_day(minutes) for on, minutes in COFFEE_DAYS.items()}
SEMI = {on: split_day(300) for on in range(day("2022-06-01"), day("2022-07-29") + 1)
        if dates.weekday(on) < 5}


def living(start, end, days, finish=True, papers=PAPERS, category="indigenous", **more):
    story = Story()
    story.class_("L", start, end, days, programme="preEmployment", delivery="localGovernment",
                 **more)
    story.insured(start)
    story.certify(category, "householdRegister", "disabilityCard")
    story.apply("L", start, *papers)
    story.attend("L", start, end, days, finish=finish, closed=False)
    return story


def test_living():
    """LIV-01, LIV-06, LIV-07, LIV-09, LIV-12, LIV-14."""
    assert sum(COFFEE_DAYS.values()) == 156 * 60 and len(COFFEE) == 26
    coffee = ("2026-06-01", "2026-07-14", COFFEE)
    found = living(*coffee).decide("livingAllowance", "L")
    expect(found, outcome="granted", amount=26_550, halfMonths=3)
    assert found["instalments"] == [
        {"from": "2026-06-01", "to": "2026-06-30", "halfMonths": 2, "amount": 17_700},
        {"from": "2026-07-01", "to": "2026-07-14", "halfMonths": 1, "amount": 8850}]
    expect(living("2022-06-01", "2022-07-29", SEMI).decide("livingAllowance", "L"),
           outcome="granted", amount=30_300, halfMonths=4)
    expect(living(*coffee, papers=PAPERS[1:]).decide("livingAllowance", "L"),
           outcome="pending", amount=0, expectedAmount=26_550, missing=["applicationForm"])
    expect(living(*coffee, finish=False).decide("livingAllowance", "L"), outcome="pending",
           amount=17_700, halfMonths=2, expectedAmount=26_550)
    capped = living(*coffee)
    capped.w.add(day("2026-05-01"), "benefit.recorded", "T", to="2025-05-31", halfMonths=10,
                 kind="employmentInsuranceTrainingAllowance", from_="2025-01-01")
    expect(capped.decide("livingAllowance", "L"), outcome="reduced", halfMonths=2, amount=17_700)
    capped = living(*coffee, category="disabled")
    capped.w.add(day("2026-05-01"), "benefit.recorded", "T", to="2025-05-31", halfMonths=10,
                 kind="employmentInsuranceTrainingAllowance", from_="2025-01-01")
    expect(capped.decide("livingAllowance", "L"), outcome="granted", halfMonths=3)
    barred = living(*coffee)
    barred.w.add(day("2026-06-20"), "work.reported", "T", kind="partTime", from_="2026-06-30")
    expect(barred.decide("livingAllowance", "L"), outcome="refused", clause="LIV-07")
    benefit = living(*coffee)
    benefit.w.add(day("2026-06-20"), "benefit.recorded", "T", kind="unemploymentBenefit",
                  from_="2026-06-01", to="2026-06-14")
    expect(benefit.decide("livingAllowance", "L"), outcome="granted", halfMonths=2)
    first = day("2026-06-01")
    class_ = fold(list(living(*coffee).w.events())).classes["L"]
    assert full_time(class_)
    halves = lambda n, hours: sum(b[2] for b in months(  # noqa: E731
        list(range(first, first + 30 + n)), {first + 30: hours * 60}))
    assert [halves(25, 40), halves(9, 60), halves(10, 30), halves(10, 29), halves(20, 59),
            halves(20, 60), halves(19, 80)] == [3, 2, 3, 2, 3, 4, 3]


def test_attendance():
    """PRE-14, ATT-01, ATT-03: 156 h allow 15 h of leave and 6.24 h of truancy."""
    def outcome(truancy, leave=0, keep=True):
        story = living("2026-06-01", "2026-07-14", COFFEE)
        if leave + truancy:
            for on in sorted(COFFEE)[:4]:
                off = min(truancy + leave, 360)
                off_leave = min(off, leave)
                truancy, leave = truancy - (off - off_leave), leave - off_leave
                story.w.add(on + 30, "attendance.recorded", "T", class_="L", on=text(on),
                            presentMinutes=360 - off)
                if off_leave:
                    story.w.add(on + 30, "leave.requested", "T", class_="L", request=f"R{on}",
                                on=text(on), minutes=off_leave, kind="sick")
                    story.w.add(on + 31, "leave.approved", "T", class_="L", request=f"R{on}")
        return story.decide("attendance", "L")["outcome"]
    assert [outcome(0), outcome(374), outcome(375)] == ["granted", "granted", "refused"]
    assert [outcome(0, 900), outcome(0, 901)] == ["granted", "refused"]


def main():
    for part in (globals(), vars(selftest_people), vars(selftest_classes)):
        for name, test in sorted(part.items()):
            if name.startswith("test_"):
                test()
                print("ok", name)


if __name__ == "__main__":
    main()
