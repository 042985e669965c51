"""Worked examples: admission, units, deadlines, branches."""
from .build import split_day
from .dates import day, text, working_day_before
from .deadlines import deadlines
from .decide import admissions, eligibility
from .rulebook import HOLIDAYS, branch
from .story import Story
from .units import class_findings

OPENED = "2026-02-07T12:00:00+08:00"


def quota(seats, employers=(), credit=None):
    """The seats of a quota class for applicants in order, with their employers."""
    story = Story()
    story.plain("C", "2026-03-07", "2026-04-04", programme="industryTalent", seats=seats,
                creditCourse=credit)
    for number, employer in enumerate(employers):
        story.person(f"A{number}")
        story.submit("C", OPENED, f"A{number}", employer=employer)
    return "".join(seat[0] for _, _, seat, _ in story.rows("C"))


def test_seats():
    """TIP-19: 20 % more, one employer at most half."""
    assert quota(10, [None] * 14) == "s" * 10 + "ee" + "aa"
    assert quota(9, [None] * 12) == "s" * 9 + "e" + "aa"
    assert quota(4, [None] * 6, credit=True) == "ssssee"
    assert quota(40, ["E"] * 22) == "s" * 20 + "aa"
    assert quota(5, ["E", "E", "E", None]) == "ssas"


def test_numbers():
    """TIP-02: a number stays, the seat goes to the next; too early takes none."""
    story = Story()
    story.plain("C", "2026-03-07", "2026-04-04", programme="industryTalent", seats=1)
    for trainee, at in (("A", OPENED), ("B", "2026-02-07T11:59:59+08:00"), ("D", OPENED),
                        ("E", OPENED)):
        story.person(trainee)
        story.submit("C", at, trainee)
    assert story.rows("C") == [("B", 1, "notAdmitted", "refused"), ("A", 2, "subsidised", "granted"),
                               ("D", 3, "alternate", "pending"), ("E", 4, "alternate", "pending")]
    story.w.add(day("2026-02-08"), "application.withdrawn", "A", class_="C", on="2026-02-08")
    assert story.rows("C")[1][:3] == ("D", 3, "subsidised")


def selected(selection, scores, seats=20):
    story = Story()
    story.plain("C", "2026-06-01", "2026-07-14", selection=selection, seats=seats)
    for number, data in enumerate(scores):
        trainee = f"A{number:02}"
        story.person(trainee)
        story.submit("C", f"2026-05-20T10:{number:02}:00+08:00", trainee)
        story.w.add(day("2026-05-20"), "insurance.verified", trainee, asOf="2026-05-20",
                    method="system", spells=[])
        story.w.add(day("2026-05-28"), "selection.scored", trainee, class_="C", **data)
    return admissions(story.world(), "C")


def test_written_and_oral():
    """PRE-08."""
    rows = selected("writtenOral", [
        {"written": 60, "oral": 60}, {"written": 59, "oral": 60}, {"written": 60, "oral": 80},
        {"written": 80, "oral": 60}, {"written": 100}, {"written": 90, "oral": 90,
                                                       "minutesLate": 16},
        {"written": 60, "oral": 60, "minutesLate": 15}])
    order = [r["trainee"] for r in rows]
    assert order[:4] == ["A03", "A02", "A00", "A06"], order
    assert [r["seat"] for r in rows] == ["subsidised"] * 4 + ["notAdmitted"] * 3
    assert {r["clause"] for r in rows[4:]} == {"PRE-08"}


def test_interview():
    """PRE-09: more than 15 must come."""
    for number, cancelled in ((15, True), (16, False)):
        rows = selected("interview", [{"interview": 70}] * number)
        assert all(r["classCancelled"] is cancelled for r in rows)
        assert {r["seat"] for r in rows} == {"notAdmitted" if cancelled else "subsidised"}
    rows = selected("interview", [{"interview": 60 + n} for n in range(-1, 15)], seats=14)
    assert rows[0]["trainee"] == "A15" and rows[14]["seat"] == "alternate"
    assert (rows[15]["seat"], rows[15]["clause"]) == ("notAdmitted", "PRE-09")


def test_lapse():
    """PRE-10 and ARI-06."""
    assert text(working_day_before(day("2026-06-01"), HOLIDAYS)) == "2026-05-29"
    assert text(working_day_before(day("2026-06-22"), HOLIDAYS)) == "2026-06-18"
    for minute, outcome in ((719, "pending"), (720, "refused")):
        story = Story()
        story.plain("C", "2026-06-01", "2026-07-14", seats=1)
        for trainee in ("A", "B"):
            story.person(trainee)
            story.submit("C", "2026-05-20", trainee)
            story.w.add(day("2026-05-20"), "insurance.verified", trainee, asOf="2026-05-20",
                        method="system", spells=[])
        story.w.add_at(day("2026-05-29"), minute, "class.amended", "C", reason="room")
        assert story.rows("C")[1] == ("B", 2, "alternate", outcome)


def test_forfeited():
    """PRE-11: applications within one year rank as alternates."""
    for on, seat in (("2025-05-20", "alternate"), ("2025-05-19", "subsidised")):
        story = Story()
        story.plain("P", on, text(day(on) + 30))
        story.w.add(day(on) - 5, "application.submitted", "T", class_="P",
                    at=text(day(on) - 5) + "T10:00:00+08:00")
        story.w.add(day(on) - 4, "enrolment.admitted", "T", class_="P", seat="subsidised")
        story.w.add(day(on), "enrolment.forfeited", "T", class_="P", on=on)
        story.plain("C", "2026-06-01", "2026-07-14")
        story.submit("C", "2026-05-20")
        story.insured("2026-05-20")
        assert story.rows("C")[0][2] == seat, on


def unit(closing="2026-03-01", **data):
    story, terms = Story(), {
        "name": "X", "kind": "foundation", "county": "新北市", "foundedOn": "2010-01-01",
        "ttqs": {"edition": "trainingInstitution", "grade": "通過", "validFrom": "2020-01-01",
                 "validTo": "2027-01-01"}}
    certificate = {k: data.pop(k) for k in ("edition", "grade", "validTo") if k in data}
    terms["ttqs"] = terms["ttqs"] | certificate
    story.w.add(day("2012-01-01"), "unit.registered", "X", **(terms | data))
    return eligibility(story.world(), "X", day(closing))["outcome"]


def test_units():
    """TIP-20, TIP-21."""
    assert unit() == "granted"
    for kind in ("company", "cramSchool", "government"):
        assert unit(kind=kind) == "refused"
    assert unit(reviewGrade="D") == "refused" and unit(reviewGrade="C") == "granted"
    assert unit(grade="合格") == "refused" and unit(grade="合格", kind="labourUnion") == "granted"
    assert unit(edition="external") == "refused"
    assert unit(edition="external", grade="合格", kind="labourUnion") == "granted"
    assert unit(kind="labourUnion", insuranceArrears=True) == "refused"
    assert unit(validTo="2025-11-02") == "granted" and unit(validTo="2025-11-01") == "refused"
    assert unit(foundedOn="2024-03-01") == "granted" and unit(foundedOn="2024-03-02") == "refused"
    assert unit(foundedOn="2025-03-02", kind="university") == "granted"
    story = Story()
    for id_, end in (("A", "2026-02-28"), ("B", "2026-03-01")):
        story.plain(id_, "2025-11-01", end, programme="takeoff")
    assert [f["class"] for f in class_findings(story.world())] == ["B"]


def test_places_and_deadlines():
    """TIP-16, TIP-18."""
    assert [branch(c) for c in ("新竹市", "台中市", "花蓮縣", "澎湖縣", "嘉義縣", "東京都")] == \
        ["thmr", "tcnr", "tkyhkm", "kpptr", "yct168", None]
    story = Story()
    days = {day("2026-03-07"): split_day(120)}
    story.class_("C", "2026-03-07", "2026-03-28", days)
    story.labour("2026-03-07")
    story.attend("C", "2026-03-07", "2026-03-28", days, closed=False)
    world = story.world()
    what = lambda on: [o["what"] for o in deadlines(world, day(on))["overdue"]]  # noqa: E731
    assert [what(on) for on in ("2026-04-18", "2026-04-19", "2026-05-28", "2026-05-29")] == \
        [[], ["close"], ["close"], ["close", "payout"]]
