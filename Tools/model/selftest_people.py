"""Worked examples: registration, fee share, learning reward, derived checks."""
from .build import split_day
from .dates import day, text, weekday
from .derived import checks
from .story import Story, expect

CLASS = "2026-06-01", "2026-07-14"


def bars(*past, start="2026-07-01", name="C", **more):
    """The outcome and clause of an application after earlier classes (id, how, on, adapting)."""
    story = Story()
    story.plain("C", start, text(day(start) + 40), courseName="X", **more)
    for number, (course, how, on, adapting) in enumerate(past):
        id_ = f"P{number}"
        story.plain(id_, text(day(on) - 30), text(day(on)), courseName=course,
                    delivery=adapting if isinstance(adapting, str) else "commissioned")
        story.w.add(day(on) - 30, "enrolment.started", "T", class_=id_, on=text(day(on) - 30))
        data = {"completed": {"certificate": True}, "expelled": {"reason": "conduct"},
                "withdrawn": {"reason": "family",
                              "adaptationPeriod": adapting is True or None}}[how]
        story.w.add(day(on), f"enrolment.{how}", "T", class_=id_, on=on, **data)
    story.submit("C", text(day(start) - 20))
    story.insured(text(day(start) - 20))
    found = story.decide("registration", "C")
    return found["clause"] or found["outcome"]


def test_bars():
    """PRE-03 to PRE-06."""
    done = ("Y", "completed", "2026-01-01", None)
    assert bars(done, start="2026-06-30") == "PRE-03"
    assert bars(done, start="2026-07-01") == "granted"
    assert bars(("Y", "expelled", "2025-07-01", None)) == "PRE-04"
    assert bars(("Y", "expelled", "2025-06-30", None)) == "granted"
    assert bars(("X", "withdrawn", "2023-07-01", None)) == "PRE-05"
    assert bars(("X", "withdrawn", "2023-06-30", None)) == "granted"
    assert bars(("X", "withdrawn", "2025-07-01", True)) == "granted"
    twice = ("Y", "withdrawn", "2024-07-01", None), ("Z", "withdrawn", "2025-07-01", None)
    assert bars(*twice) == "PRE-06"
    assert bars(twice[1], ("Y", "withdrawn", "2024-06-30", None)) == "granted"
    assert bars(twice[1], ("Y", "withdrawn", "2024-07-01", True)) == "granted"
    local = ("Y", "completed", "2026-03-01", "localGovernment")
    assert bars(local) == "granted"
    assert bars(local, delivery="localGovernment") == "PRE-03"


def opened(at, start):
    story = Story()
    story.class_("C", start, text(day(start) + 28), {day(start): split_day(120)})
    story.w.rows = [r for r in story.w.rows if not r[3].startswith(("application", "enrolment"))]
    story.submit("C", at)
    return story.decide("registration", "C")["outcome"]


def test_opening():
    """TIP-01 and PRE-19."""
    assert opened("2026-02-01T12:00:00+08:00", "2026-03-01") == "granted"
    assert opened("2026-02-01T11:59:59+08:00", "2026-03-01") == "refused"
    assert opened("2026-02-28T04:00:00Z", "2026-03-31") == "granted"
    assert opened("2026-02-28T03:59:59Z", "2026-03-31") == "refused"
    for at, wanted in (("2026-05-25T23:59:59+08:00", "granted"),
                       ("2026-05-26T00:00:00+08:00", "refused"),
                       ("2026-05-25T16:00:00Z", "refused")):
        story = Story()
        story.plain("C", *CLASS, applicationClosesOn="2026-05-25")
        story.submit("C", at)
        story.insured("2026-06-01")
        assert story.decide("registration", "C")["outcome"] == wanted, at


def test_overlap():
    """TIP-03: touching sessions do not overlap; the earlier application keeps its place."""
    for begin, wanted in ((660, "granted"), (659, "refused")):
        story = Story()
        for id_, minute in (("A", 540), ("B", begin)):
            story.class_(id_, "2026-03-07", "2026-03-07",
                         {day("2026-03-07"): [(minute, minute + 120)]})
        assert story.decide("registration", "A")["outcome"] == "granted"
        assert story.decide("registration", "B")["outcome"] == wanted, begin
        story.w.add(day("2026-03-01"), "application.withdrawn", "T", class_="A", on="2026-03-01")
        assert story.decide("registration", "B")["outcome"] == "granted"


def unemployed(*spells, affidavit=False, work=None, special=None, as_of="2026-06-20",
               delivery="commissioned", left=None):
    story = Story()
    story.plain("C", *CLASS, delivery=delivery)
    story.submit("C", "2026-05-15", specialProject=special)
    if as_of:
        story.insured(as_of, *spells)
    if affidavit:
        story.w.add(day("2026-05-20"), "affidavit.filed", "T", class_="C", kind="notWorking",
                    on="2026-05-20")
    if work:
        story.w.add(day("2026-05-20"), "work.reported", "T", kind="daySchool", **work)
    return story.decide("registration", "C")["outcome"]


def spell(scheme, begin, end=None, mark=None):
    found = {"scheme": scheme, "from": begin, "to": end, "mark": mark}
    return {k: v for k, v in found.items() if v}


def test_unemployed():
    """PRE-02 and PRE-16."""
    assert unemployed() == "granted" and unemployed(as_of=None) == "pending"
    assert unemployed(as_of="2026-05-14") == "pending"
    assert unemployed(spell("labour", "2020-01-01", "2026-05-14")) == "granted"
    for scheme in ("labour", "employment", "civilServant", "military"):
        assert unemployed(spell(scheme, "2020-01-01", "2026-05-15")) == "refused", scheme
    assert unemployed(spell("labour", "2020-01-01", "2026-05-31"), special=True) == "granted"
    assert unemployed(spell("labour", "2020-01-01", "2026-06-01"), special=True) == "refused"
    assert unemployed(spell("labour", "2026-06-01", None, "training")) == "granted"
    for union in (spell("occupationalUnion", "2020-01-01"), spell("farmers", "2020-01-01"),
                  spell("labour", "2020-01-01", None, "laidOff")):
        assert unemployed(union) == "pending"
        assert unemployed(union, affidavit=True) == "granted"
        assert unemployed(union, affidavit=True, delivery="localGovernment") == "refused"
        before = dict(union, to="2026-05-31")
        assert unemployed(before, affidavit=True, delivery="localGovernment") == "granted"
    assert unemployed(work={"from_": "2026-01-01", "to": "2026-05-14"}) == "granted"
    assert unemployed(work={"from_": "2026-01-01", "to": "2026-05-15"}) == "refused"
    assert unemployed(work={"from_": "2026-06-01"}) == "refused"
    assert unemployed(work={"from_": "2026-06-02"}) == "granted"


def fee(start, *papers, category=None, known=None, delivery="commissioned", fee_=63_500,
        union=False, affidavit=False):
    story = Story()
    story.plain("C", start, text(day(start) + 40), delivery=delivery, fee=fee_)
    story.submit("C", text(day(start) - 20))
    if category:
        story.w.add(day(known or start), "identity.certified", "T", category=category,
                    validFrom="2020-01-01", documents=list(papers))
    if union:
        story.insured(start, spell("occupationalUnion", "2020-01-01"))
    if affidavit:
        story.w.add(day(start), "affidavit.filed", "T", class_="C", kind="notWorking", on=start)
    return story.decide("feeShare", "C")


def test_fee():
    """PRE-12."""
    semi, coffee = "2022-06-01", "2026-06-01"
    expect(fee(semi), amount=12_700, governmentShare=50_800)
    expect(fee(coffee, fee_=15_260), amount=3052, governmentShare=12_208)
    expect(fee(semi, fee_=9999), amount=2000, governmentShare=7999)
    expect(fee(semi, "idCard", category="middleAged"), amount=0, governmentShare=63_500)
    expect(fee(semi, "idCard", category="middleAged", known="2022-06-02"), amount=12_700)
    expect(fee(semi, "idCard", category="disabled"), outcome="pending", expectedAmount=0,
           missing=["disabilityCard"])
    expect(fee("2025-12-31", "injuryBenefitLetter", category="occupationalInjury"), amount=12_700)
    expect(fee("2026-01-01", "injurySubsidyLetter", category="occupationalInjury"), amount=0)
    expect(fee("2025-12-31", delivery="selfRun"), amount=12_700)
    expect(fee("2026-01-01", delivery="selfRun"), amount=0)
    expect(fee(coffee, union=True), outcome="granted", amount=12_700)
    expect(fee(coffee, "idCard", category="middleAged", union=True), outcome="pending")
    expect(fee(coffee, "idCard", category="middleAged", union=True, affidavit=True), amount=0)


SEMI = {on: split_day(120) for on in range(day("2022-06-01"), day("2022-06-30") + 1)
        if weekday(on) < 5}


def reward(rest, start="2022-06-01", born="1995-01-01", last=None, absent=0, applied=True):
    """A first month of 44 h, then 29 days with `rest` minutes."""
    shift = day(start) - day("2022-06-01")
    days = {on + shift: spans for on, spans in SEMI.items()}
    for number in range(0, rest, 300):
        days[day(start) + 30 + number // 300] = split_day(min(300, rest - number))
    end = text(day(start) + 58)
    story = Story(born)
    story.class_("L", start, end, days, programme="preEmployment", delivery="commissioned")
    story.insured(start)
    if applied:
        story.w.add(day(start), "allowance.applied", "T", kind="learningReward", class_="L",
                    on=start)
    story.attend("L", start, end, days, absent, closed=False)
    return story.decide("learningReward", "L")


def test_reward():
    """YTH-01 to YTH-03."""
    expect(reward(50 * 60), outcome="granted", amount=16_000, halfMonths=4)
    expect(reward(50 * 60 - 1), outcome="granted", amount=12_000, halfMonths=3)
    expect(reward(0), outcome="granted", amount=8000, halfMonths=2)
    expect(reward(3000, applied=False), outcome="pending", amount=0, expectedAmount=16_000)
    total = sum(b - a for spans in SEMI.values() for a, b in spans) + 3000
    expect(reward(3000, absent=-(-total // 10)), outcome="refused", clause="YTH-03")
    expect(reward(3000, absent=-(-total // 10) - 1), outcome="granted")
    for start, wanted in (("2020-06-29", "refused"), ("2020-06-30", "granted"),
                          ("2022-06-30", "granted"), ("2022-07-01", "refused")):
        expect(reward(3000, start), outcome=wanted)
    for born, wanted in (("1992-06-01", "refused"), ("1992-06-02", "granted"),
                         ("2007-06-01", "granted"), ("2007-06-02", "refused")):
        expect(reward(3000, born=born), outcome=wanted)


def test_derived():
    """LIV-13."""
    def result(category, born="1980-06-01", spells=(), search=None):
        story = Story(born)
        story.plain("C", *CLASS, recruitsFrom="2026-04-20")
        story.submit("C", "2026-05-15")
        story.certify(category)
        story.insured("2026-06-01", *spells)
        if search:
            story.w.add(day(search), "jobSearch.registered", "T", on=search)
        world = story.world()
        return checks(world.persons["T"], world.classes["C"])[0]["result"]
    for born, wanted in (("1981-06-01", "confirmed"), ("1981-06-02", "contradicted"),
                         ("1961-06-01", "confirmed"), ("1961-05-31", "contradicted")):
        assert result("middleAged", born) == wanted, born
    assert [result("elder", b) for b in ("1961-06-01", "1961-05-31")] == \
        ["contradicted", "confirmed"]
    long = [spell("labour", "2020-01-01", "2025-05-31")]
    assert result("longTermUnemployed", spells=long, search="2026-03-21") == "confirmed"
    assert result("longTermUnemployed", spells=long, search="2026-03-20") == "contradicted"
    short = [spell("labour", "2025-10-01", "2025-10-14")]
    assert result("longTermUnemployed", spells=long + short, search="2026-05-01") == "unclear"
    assert result("longTermUnemployed", search="2026-05-01", spells=[
        spell("labour", "2020-01-01", "2025-06-01")]) == "contradicted"
    away = [spell("labour", "2020-01-01", "2024-05-31")]
    assert result("returningWoman", spells=away) == "confirmed"
    away = [spell("labour", "2020-01-01", "2024-06-01")]
    assert result("returningWoman", spells=away) == "contradicted"
