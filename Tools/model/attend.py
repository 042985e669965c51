"""Attendance of one person in one class (ATT-01 to ATT-04) and its decision (PRE-14)."""
from dataclasses import dataclass

from .rulebook import LEAVE_PERCENT, TRUANCY_PERCENT


@dataclass
class Attendance:
    """Minutes of the whole class and what became of them."""
    scheduled: int = 0
    present: int = 0
    leave: int = 0
    truancy: int = 0
    before_joining: int = 0
    unrecorded: int = 0
    unrecorded_leave: int = 0    # of the unrecorded: what would be leave at worst
    unrecorded_truancy: int = 0  # of the unrecorded: what would be truancy at worst

    @property
    def absent(self):
        return self.leave + self.truancy + self.before_joining


def attendance(class_, enrolment):
    """Adds up the sessions; those from the leaving or cancelling day are outside."""
    found = Attendance()
    ends = [d for d in (enrolment.left, class_.cancelled) if d is not None]
    for on, minutes in class_.minutes_by_day().items():
        found.scheduled += minutes
        if any(on >= end for end in ends):
            continue
        if enrolment.joined is None or on < enrolment.joined:
            found.before_joining += minutes
            continue
        approved = enrolment.approved_leave(on)
        if on not in enrolment.present:
            found.unrecorded += minutes
            found.unrecorded_leave += min(minutes, approved)
            found.unrecorded_truancy += minutes - min(minutes, approved)
            continue
        present = min(enrolment.present[on], minutes)
        leave = min(minutes - present, approved)
        found.present += present
        found.leave += leave
        found.truancy += minutes - present - leave
    return found


def over_a_fifth(absent, scheduled):
    """TIP-10: more than 1/5 absent (exactly 1/5 is still paid)."""
    return absent * 5 > scheduled


def limits(class_):
    """(truancy %, leave %) of a class, or None where no document sets any (R01)."""
    own = class_.attendanceLimits
    if own:
        return own["truancyPercent"], own["leavePercent"]
    if class_.programme == "preEmployment":
        return TRUANCY_PERCENT, LEAVE_PERCENT
    return None


def expulsion(minutes_truancy, minutes_leave, scheduled, bounds):
    """PRE-14: truancy exactly, leave by whole hours rounded down."""
    truancy_percent, leave_percent = bounds
    leave_limit = scheduled * leave_percent // (100 * 60) * 60
    return minutes_truancy * 100 > scheduled * truancy_percent or minutes_leave > leave_limit


def decide_attendance(class_, enrolment, answer):
    """Fills an answer of kind `attendance`."""
    bounds = limits(class_)
    if enrolment.joined is None or bounds is None:
        if bounds is None and enrolment.joined is not None:
            answer.read("R01")
        return answer.not_applicable()
    if not class_.attendanceLimits and class_.delivery != "localGovernment":
        answer.read("R02")
    found = attendance(class_, enrolment)
    if expulsion(found.truancy, found.leave, found.scheduled, bounds):
        return answer.refuse("PRE-14")
    if expulsion(found.truancy + found.unrecorded_truancy,
                 found.leave + found.unrecorded_leave, found.scheduled, bounds):
        return answer.wait(["attendance"], 0)
    worst = found.truancy + found.unrecorded, found.leave + found.unrecorded
    if expulsion(worst[0], found.leave, found.scheduled, bounds) or \
            expulsion(found.truancy, worst[1], found.scheduled, bounds):
        answer.read("R03")
    return answer.grant(0)
