"""The `balance` answer (TIP-15, LIV-09, ATT)."""
from .attend import attendance
from .dates import text
from .living import cap_on
from .rulebook import QUOTA_CAP
from .tuition import KIND, claims, spend, windows


def balance(world, trainee, on=None):
    """Balance of a person on a day, the as-of day unless given."""
    person = world.persons[trainee]
    on = world.as_of if on is None else on
    cap, used, first, last = cap_on(person, on)
    return {"kind": "balance", "trainee": trainee, "on": text(on),
            "quota": _quota(world, person, on),
            "livingAllowance": {"lookbackFrom": text(first), "lookbackTo": text(last),
                                "capHalfMonths": cap, "usedHalfMonths": used,
                                "remainingHalfMonths": max(0, cap - used)},
            "attendance": list(_attendance(world, person))}


def _quota(world, person, on):
    """The window that holds the day; None if there is none (TIP-15)."""
    for first, last, members in windows(claims(person, world.classes)):
        if first <= on <= last:
            spent = spend(person, members)
            paid = committed = 0
            for one in members:
                payouts = person.payouts_of(KIND, one.class_.id)
                if payouts:
                    paid += sum(p.net for p in payouts)
                else:
                    committed += spent[one.class_.id][1]
            return {"windowFrom": text(first), "windowTo": text(last), "cap": QUOTA_CAP,
                    "paid": paid, "committed": committed,
                    "remaining": max(0, QUOTA_CAP - paid - committed)}
    return None


def _attendance(world, person):
    for class_id in sorted(person.enrolments):
        enrolment = person.enrolments[class_id]
        if enrolment.joined is not None:
            found = attendance(world.classes[class_id], enrolment)
            yield {"class": class_id, "scheduledMinutes": found.scheduled,
                   "presentMinutes": found.present, "leaveMinutes": found.leave,
                   "truancyMinutes": found.truancy, "absentMinutes": found.absent,
                   "unrecordedMinutes": found.unrecorded}


def balances(world, on=None):
    """One balance a trainee, sorted."""
    for trainee in sorted(world.persons):
        yield balance(world, trainee, on)
