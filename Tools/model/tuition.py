"""Tuition subsidy: TIP-04 to TIP-15 and TIP-17, with the three-year quota."""
from dataclasses import dataclass, field

from .attend import attendance, over_a_fifth
from .dates import age, period_end
from .rulebook import (COMMON_RATE, QUOTA_CAP, QUOTA_MONTHS, QUOTA_PROGRAMMES,
                       full_rate_groups)

KIND = "tuitionSubsidy"
COVER = {"labour", "employment", "farmers", "occupationalUnion", "fishersAssociation"}
NEVER_STARTED = {"none", "applicationWithdrawn", "applicationRefused", "forfeited"}
ALIVE_BEFORE_START = {"applied", "admitted"}


@dataclass
class Claim:
    """What a class comes to before the quota is looked at."""
    class_: object
    enrolment: object
    full: int = 0
    failed: list = field(default_factory=list)     # clauses that fail for sure
    missing: list = field(default_factory=list)
    readings: list = field(default_factory=list)
    seat_holder: bool = False                      # TIP-12: took part


def insured(person, start, readings):
    """TIP-05 to TIP-07: ("met" | "failed" | "pending", clause)."""
    verified = person.verification(start)
    if verified is None:
        return "pending", "TIP-07"
    looked_up = person.verification(start, "system")
    if verified["method"] == "document" and looked_up and looked_up["spells"]:
        readings.append("R10")
    if verified["method"] == "system" and not verified["spells"]:
        verified = person.verification(start, "document")
        if verified is None:
            return "pending", "TIP-07"
    if not verified["spells"]:
        readings.append("R11")
    current = [s for s in verified["spells"]
               if s["from"] <= start and (s["to"] is None or start <= s["to"])]
    if any(s["mark"] for s in current):
        return "failed", "TIP-06"
    if any(s["scheme"] == "fishersAssociation" for s in current):
        readings.append("R12")
    if any(s["scheme"] in COVER for s in current):
        return "met", "TIP-05"
    return "failed", "TIP-05"


def claim(person, class_, enrolment):
    """Everything about one class but the quota."""
    found = Claim(class_, enrolment)
    start = class_.startsOn
    if age(person.birth, start) < 15:
        found.failed.append("TIP-04")
    result, clause = insured(person, start, found.readings)
    if result == "failed":
        found.failed.append(clause)
    elif result == "pending":
        found.missing.append("insuranceStatement")
    if enrolment.seat == "extra":
        found.failed.append("TIP-19")
    found.seat_holder = enrolment.joined is not None and not found.failed
    _completion(found)
    if any(reason in ("falseClaim", "ineligible")
           for p in person.payouts_of(KIND, class_.id) for reason, _ in p.reasons):
        found.failed.append("TIP-14")
    rate = COMMON_RATE
    special = any(person.holds(g, start) for g in full_rate_groups(start))
    if special and class_.closed is not None:
        rate = 100
    elif special:
        found.readings.append("R13")
    found.full = class_.fee * rate // 100
    return found


def _completion(found):
    """TIP-10 and TIP-11."""
    class_, enrolment = found.class_, found.enrolment
    minutes = attendance(class_, enrolment) if enrolment.joined is not None else None
    if enrolment.state in ("withdrawn", "expelled"):
        found.failed.append("TIP-10")
    elif enrolment.state == "completed":
        if not enrolment.certificate:
            found.failed.append("TIP-10")
    elif class_.cancelled is not None:
        found.failed.append("TIP-10")
        found.readings.append("R14")
    else:
        found.missing.append("completion")
    if minutes and over_a_fifth(minutes.absent, minutes.scheduled):
        found.failed.append("TIP-10")
    elif minutes and over_a_fifth(minutes.absent + minutes.unrecorded, minutes.scheduled):
        found.missing.append("attendance")
    if not enrolment.survey:
        found.missing.append("survey")


def claims(person, classes, also=None):
    """Claims of every quota class that the person took part in (and `also`)."""
    found = {}
    for id_, enrolment in person.enrolments.items():
        class_ = classes[id_]
        if class_.programme in QUOTA_PROGRAMMES:
            one = claim(person, class_, enrolment)
            if one.seat_holder or id_ == also:
                found[id_] = one
    return found


def windows(found):
    """TIP-12: list of (first day, last day, [claims]) in order."""
    made = []
    for one in sorted(found.values(), key=lambda c: (c.class_.startsOn, c.class_.id)):
        start = one.class_.startsOn
        if not made or start > made[-1][1]:
            made.append((start, period_end(start, QUOTA_MONTHS), []))
        made[-1][2].append(one)
    return made


def spend(person, members):
    """TIP-13 and TIP-14: class id -> (left before it, amount assessed), in order."""
    first_payout, net = {}, {}
    for one in members:
        payouts = person.payouts_of(KIND, one.class_.id)
        if payouts:
            first_payout[one.class_.id] = min(p.position for p in payouts)
            net[one.class_.id] = sum(p.net for p in payouts)
    paid = sorted((m for m in members if m.class_.id in net),
                  key=lambda m: first_payout[m.class_.id])
    unpaid = sorted((m for m in members if m.class_.id not in net),
                    key=lambda m: (m.class_.endsOn, m.class_.startsOn, m.class_.id))
    used, result = 0, {}
    for one in paid + unpaid:
        left = max(0, QUOTA_CAP - used)
        amount = 0 if one.failed or one.missing else min(one.full, left)
        result[one.class_.id] = left, amount
        used += net.get(one.class_.id, amount)
    return result


def decide_tuition(person, classes, class_, enrolment, answer):
    """Fills an answer of kind `tuitionSubsidy`."""
    if class_.programme not in QUOTA_PROGRAMMES or enrolment.state in NEVER_STARTED:
        if class_.programme in QUOTA_PROGRAMMES:
            answer.read("R04")
        return answer.not_applicable()
    found = claims(person, classes, also=class_.id)
    one = found[class_.id]
    answer.read(*one.readings)
    if enrolment.state in ALIVE_BEFORE_START:
        answer.read("R04")
        one.missing.append("enrolment.started")
    if one.failed:
        answer.refuse(one.failed[0])
    else:
        members = next(w[2] for w in windows(found) if one in w[2])
        left, amount = spend(person, members)[class_.id]
        possible = min(one.full, left)
        if possible == 0:
            if one.missing:
                answer.read("R15")
            answer.refuse("TIP-13")
        elif one.missing:
            answer.wait(one.missing, possible)
        elif amount < one.full:
            answer.reduce(amount)
        else:
            answer.grant(amount)
    if class_.programme == "labourSelfLearning" and class_.feeCollection == "half":
        answer.payee = "unit"
        _forwarding(class_, enrolment, answer)
    return answer


def _forwarding(class_, enrolment, answer):
    """TIP-17: what the unit forwards or is owed; nothing while pending (R16)."""
    if answer.outcome == "pending":
        answer.read("R16")
        return
    if answer.outcome == "refused":
        answer.read("R17")
    prepaid = sum(enrolment.fees) - enrolment.refunds
    if not enrolment.fees:
        prepaid = (class_.fee + 1) // 2
    balance = prepaid + answer.amount - class_.fee
    answer.forward, answer.owes = max(0, balance), max(0, -balance)
