"""Registration: who may apply (TIP-01 to TIP-04; PRE-01 to PRE-06, PRE-19)."""
from .dates import age, lookback, moment, month_before
from .rulebook import AGENCY_DELIVERIES, QUOTA_PROGRAMMES, STRICT_DELIVERIES
from .unemployed import unemployed

OPENS = 12 * 60
#: clause -> readings that bear on it alone
BEARING = {"PRE-02": {"R33", "R34", "R35", "R36", "R37"}, "TIP-03": {"R30", "R31"}}


def opening(class_):
    """TIP-01: one month before the start, at 12:00 in Taipei."""
    return moment(month_before(class_.startsOn), OPENS)


def overlap(one, other):
    """TIP-03: whether two classes have sessions at the same time (half-open)."""
    return any(a[0] == b[0] and a[1] < b[2] and b[1] < a[2]
               for a in one.sessions for b in other.sessions)


def precedence(enrolment):
    """Whose application came first; an enrolment without one is earlier than any."""
    found = enrolment.application()
    return (0, enrolment.first) if found is None else (1, *found.order)


def rival(person, classes, class_, enrolment, answer):
    """TIP-03: another live place in an overlapping class that came first."""
    taken = False
    for id_, other in person.enrolments.items():
        if id_ == class_.id or not other.live() or classes[id_].cancelled is not None \
                or not overlap(class_, classes[id_]):
            continue
        if precedence(other) < precedence(enrolment):
            taken = True
        elif not enrolment.live() or class_.cancelled is not None:
            answer.read("R30")
        if classes[id_].programme not in QUOTA_PROGRAMMES:
            answer.read("R31")
    return taken


def history(person, classes, class_, answer):
    """PRE-03: (how, day, in the adaptation period, course name) of other classes."""
    for id_, enrolment in person.enrolments.items():
        other = classes[id_]
        if id_ == class_.id or other.programme != "preEmployment":
            continue
        if class_.delivery not in STRICT_DELIVERIES and other.delivery not in AGENCY_DELIVERIES:
            if other.delivery is None:
                answer.read("R32")
            continue
        for how, on, adapting in enrolment.endings:
            yield how, on, adapting, other.courseName


def bars(person, classes, class_, answer):
    """The clauses among PRE-03 to PRE-06 that bar the application."""
    start, found = class_.startsOn, []
    past = list(history(person, classes, class_, answer))
    if any(how == "completed" and on < start <= on + 180 for how, on, _, _ in past):
        found.append("PRE-03")

    def recent(years, rows):
        first, last = lookback(start, years)
        return [r for r in rows if first <= r[1] <= last]

    counted = [r for r in past if not (r[0] == "left" and r[2])]
    if recent(1, [r for r in past if r[0] == "expelled"]):
        found.append("PRE-04")
    if recent(3, [r for r in counted if r[3] == class_.courseName]):
        found.append("PRE-05")
    if len(recent(2, counted)) >= 2:
        found.append("PRE-06")
    return found


def registration(person, classes, class_, enrolment, answer, until_start=False):
    """(clauses that fail for sure, what is missing) of the enrolment's application."""
    before = set(answer.readings)
    failed, missing = judge(person, classes, class_, enrolment, answer, until_start)
    for clause, names in BEARING.items():       # what cannot change the outcome is no question
        if set(failed) - {clause}:
            answer.readings -= names - before
    return failed, missing


def judge(person, classes, class_, enrolment, answer, until_start):
    """The clauses one by one."""
    application, failed, missing = enrolment.application(), [], []
    if class_.programme in QUOTA_PROGRAMMES:
        if application.at < opening(class_):
            failed.append("TIP-01")
        if rival(person, classes, class_, enrolment, answer):
            failed.append("TIP-03")
        if age(person.birth, class_.startsOn) < 15:
            failed.append("TIP-04")
        return failed, missing
    if age(person.birth, class_.startsOn) < 15:
        failed.append("PRE-01")
    result = unemployed(person, class_, enrolment, application, answer, until_start)
    if result is False:
        failed.append("PRE-02")
    else:
        missing += result
    failed += bars(person, classes, class_, answer)
    if class_.applicationClosesOn is not None and application.day > class_.applicationClosesOn:
        failed.append("PRE-19")
    return failed, missing


def decide_registration(person, classes, class_, enrolment, answer):
    """Fills an answer of kind `registration`."""
    if not enrolment.applications:
        return answer.not_applicable()
    if not enrolment.application().stands:
        answer.read("R38")
    failed, missing = registration(person, classes, class_, enrolment, answer)
    if failed:
        return answer.refuse(failed[0], failed)
    if missing:
        return answer.wait(missing, 0)
    return answer.grant(0)
