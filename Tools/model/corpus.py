"""Runs case files (Tests/CorpusTests) against the model: python3 -m model.corpus FILE..."""
import argparse
import collections
import sys

from .attend import attendance
from .balance import balance
from .corpus_events import common, events_of, load, until
from .dates import day, period_end, text, working_day_before
from .deadlines import deadlines
from .decide import admissions, decide, eligibility
from .derived import checks
from .facts import fold
from .rulebook import HOLIDAYS, branch
from .steps import Enrolment

ASKED = {"decide", "class", "trainee", "unit", "on", "asOf"}
COMPARED = {"outcome", "amount", "halfMonths", "expectedAmount", "due", "paid", "payee",
            "forwardToTrainee", "traineeOwesUnit", "governmentShare", "rank", "seat",
            "classCancelled", "instalments", "missing"}


class Report:
    """Differences, and counts of what was compared and what was not."""

    def __init__(self):
        self.compared, self.skipped, self.different = 0, collections.Counter(), 0
        self.questions, self.place = 0, ()

    def check(self, key, expected, got, readings=()):
        self.compared += 1
        if expected == got:
            return
        self.different += 1
        self.questions += bool(readings)
        file, case = self.place
        note = f" (open reading {', '.join(readings)})" if readings else ""
        print(f"{file}: {case}: {key}: expected {expected}, got {got}{note}")

    def skip(self, what):
        self.skipped[what] += 1


def decision(world, asked):
    """The model's answers to a `decide` expectation."""
    kind = asked["decide"]
    if kind == "unitEligibility":
        return [eligibility(world, asked["unit"], day(str(asked["on"])))]
    if kind == "admission":
        rows = admissions(world, asked["class"])
        if "trainee" in asked:
            person = world.persons[asked["trainee"]]
            rows = [r for r in rows if r["trainee"] in person.trainees]
        return rows
    person = world.persons[asked["trainee"]]
    person.enrolments.setdefault(asked["class"], Enrolment())
    return [decide(world, kind, asked["class"], asked["trainee"])]


def check_decision(report, world, asked):
    if asked.get("rulebook", "base") != "base":
        report.skip("rulebook")
        return
    rows = decision(world, asked)
    if not rows:
        report.check(f"{asked['decide']}: a row", True, False)
    for row in rows:
        who = " ".join(str(asked[k]) for k in ("decide", "class", "unit", "trainee", "asOf")
                       if k in asked)
        for key in asked.keys() - ASKED:
            label = f"{who}: {key}"
            if key in COMPARED:
                expected, got = asked[key], row.get(key)
                if key == "missing":
                    expected, got = sorted(expected), sorted(got)
                elif key == "instalments":
                    got = [{k: one.get(k) for k in wanted} for wanted, one in zip(expected, got)] \
                        if len(expected) == len(got) else got
                elif key == "classCancelled":
                    got = bool(got)
                report.check(label, expected, got, row["readings"])
            elif key == "failed":
                named = row["clause"] if row["outcome"] == "refused" else None
                fits = named in asked[key] if asked[key] else named is None
                report.check(label, asked[key], asked[key] if fits else named, row["readings"])
            elif key == "finding":
                found = checks(world.persons[asked["trainee"]], world.classes[asked["class"]])
                report.check(label, [asked[key]], [one["result"] for one in found])
            else:
                report.skip(key)


def check_balance(report, world, asked):
    found = balance(world, asked["balance"], day(str(asked["on"])) if "on" in asked else None)
    for part in ("quota", "livingAllowance"):
        if part not in asked:
            continue
        if asked[part] is None or found[part] is None:
            report.check(f"balance {part}", asked[part], found[part])
            continue
        for key, value in asked[part].items():
            report.check(f"balance {part} {key}", value, found[part].get(key))


def check_attendance(report, world, asked):
    person = world.persons[asked["attendance"]]
    found = attendance(world.classes[asked["class"]], person.enrolments[asked["class"]])
    names = {"scheduledMinutes": found.scheduled, "presentMinutes": found.present,
             "leaveMinutes": found.leave, "truancyMinutes": found.truancy,
             "absentMinutes": found.absent, "unrecordedMinutes": found.unrecorded}
    for key in asked.keys() - {"attendance", "class", "asOf"}:
        report.check(f"attendance {key}", asked[key], names.get(key))


def check_deadlines(report, world, asked):
    found = deadlines(world, day(str(asked["deadlines"])))
    key = str
    report.check("overdue", sorted(asked["overdue"], key=key), sorted(found["overdue"], key=key),
                 found["readings"])


def check_dates(report, asked):
    """Expectations that need no history."""
    if "period" in asked:
        span = asked["period"]
        months = 12 * span.get("years", 0) + span.get("months", 0)
        report.check("period", asked["to"], text(period_end(day(str(span["from"])), months)))
    elif "workingDayBefore" in asked:
        on = working_day_before(day(str(asked["workingDayBefore"])), HOLIDAYS)
        report.check("workingDayBefore", asked["is"], text(on))
    elif "branch" in asked:
        report.check(f"branch {asked['branch']}", asked["code"], branch(asked["branch"]))
    else:
        report.skip(next(iter(asked)))


def run_case(report, case, lists):
    events = events_of(case, lists)
    refused = {events[-1]["id"] if e["refused"] == "last" else e["refused"]
               for e in case["expect"] if "refused" in e}
    events = [e for e in events if e["id"] not in refused]
    for asked in case["expect"]:
        known = fold(until(events, asked.get("asOf")))
        if "decide" in asked:
            check_decision(report, known, asked)
        elif "balance" in asked:
            check_balance(report, known, asked)
        elif "attendance" in asked:
            check_attendance(report, known, asked)
        elif "deadlines" in asked:
            check_deadlines(report, known, asked)
        else:
            check_dates(report, asked)


def main():
    parser = argparse.ArgumentParser(prog="python3 -m model.corpus", description=__doc__)
    parser.add_argument("files", nargs="+")
    report, cases = Report(), 0
    for path in parser.parse_args().files:
        if path.rsplit("/", 1)[-1].startswith("Common"):
            continue
        lists = common(path)
        for case in load(path)["cases"]:
            report.place = path.rsplit("/", 1)[-1], case["name"]
            cases += 1
            try:
                run_case(report, case, lists)
            except (KeyError, ValueError, IndexError, AttributeError, TypeError) as error:
                report.check("case runs", True, f"{type(error).__name__}: {error}")
    skipped = ", ".join(f"{n} {what}" for what, n in sorted(report.skipped.items()))
    print(f"{cases} cases, {report.compared} values compared, {report.different} differ "
          f"({report.questions} with an open reading); skipped: {skipped or 'nothing'}")
    sys.exit(1 if report.different else 0)


if __name__ == "__main__":
    main()
