"""One decision a call, in the shape of the contract section 2, and all of a history."""
from .admission import admission
from .attend import decide_attendance
from .dates import text
from .fees import decide_fee
from .living import decide_living
from .registration import decide_registration
from .reward import decide_reward
from .tuition import decide_tuition
from .units import closing_days, decide_unit

KINDS = ("attendance", "feeShare", "learningReward", "livingAllowance", "registration",
         "tuitionSubsidy")


class Answer:
    """A decision being filled in."""

    def __init__(self, kind, trainee, class_id):
        self.kind, self.trainee, self.class_id = kind, trainee, class_id
        self.outcome, self.amount, self.half_months = "notApplicable", 0, 0
        self.expected, self.instalments, self.missing = None, [], []
        self.payee, self.forward, self.owes = "trainee", 0, 0
        self.clause, self.failed, self.readings = None, [], set()
        self.government = 0                              # feeShare
        self.rank = self.seat = None                     # admission
        self.cancelled = False
        self.unit = self.on = None                       # unitEligibility

    def read(self, *names):
        """Notes that an open reading (README.md) bears on this decision."""
        self.readings.update(names)

    def not_applicable(self):
        self.outcome = "notApplicable"
        return self

    def refuse(self, clause, failed=None):
        self.outcome, self.clause = "refused", clause
        self.failed = sorted(set(failed or [clause]))
        return self

    def grant(self, amount):
        self.outcome, self.amount = "granted", amount
        return self

    def reduce(self, amount):
        self.outcome, self.amount = "reduced", amount
        return self

    def wait(self, missing, expected):
        self.outcome, self.missing, self.expected = "pending", list(missing), expected
        return self

    def instalment(self, blocks, rate):
        """Pays 30-day months: amount, half-months and instalments at once."""
        for begin, end, halves, _ in blocks:
            money = rate(begin) * halves // 2
            self.instalments.append({"from": text(begin), "to": text(end),
                                     "halfMonths": halves, "amount": money})
            self.amount += money
            self.half_months += halves

    def json(self, paid):
        """The decision as the contract gives it, with `clause` and `readings` added."""
        found = {"kind": self.kind, "trainee": self.trainee, "class": self.class_id,
                 "outcome": self.outcome, "amount": self.amount,
                 "halfMonths": self.half_months, "instalments": self.instalments,
                 "payee": self.payee, "paid": paid, "due": self.amount - paid,
                 "forwardToTrainee": self.forward, "traineeOwesUnit": self.owes,
                 "missing": self.missing, "clause": self.clause, "failed": self.failed,
                 "readings": sorted(self.readings)}
        if self.kind == "feeShare":
            found["governmentShare"] = self.government
        elif self.kind == "admission":
            found |= {"rank": self.rank, "seat": self.seat, "classCancelled": self.cancelled}
        elif self.kind == "unitEligibility":
            found |= {"unit": self.unit, "on": text(self.on)}
            del found["class"], found["trainee"]
        if self.expected is not None:
            found["expectedAmount"] = self.expected
        return found


def decide(world, kind, class_id, trainee):
    """One decision as JSON data."""
    person, class_ = world.persons[trainee], world.classes[class_id]
    enrolment = person.enrolments[class_id]
    answer = Answer(kind, trainee, class_id)
    paid = sum(p.net for p in person.payouts_of(kind, class_id))
    if kind == "attendance":
        decide_attendance(class_, enrolment, answer)
    elif kind == "tuitionSubsidy":
        decide_tuition(person, world.classes, class_, enrolment, answer)
    elif kind == "livingAllowance":
        decide_living(person, class_, enrolment, world.as_of, answer)
    elif kind == "registration":
        decide_registration(person, world.classes, class_, enrolment, answer)
    elif kind == "feeShare":
        decide_fee(person, world.classes, class_, enrolment, answer)
        paid = sum(enrolment.fees) - enrolment.refunds
    elif kind == "learningReward":
        decide_reward(person, world.classes, class_, enrolment, answer)
    else:
        raise ValueError(kind)
    return answer.json(paid)


def admissions(world, class_id):
    """One row an application of a class, in rank order."""
    rows = admission(world, world.classes[class_id],
                     lambda trainee: Answer("admission", trainee, class_id))
    return [row.json(0) for row in rows]


def eligibility(world, unit_id, closing):
    """Whether a unit may apply on a closing day."""
    answer = Answer("unitEligibility", None, None)
    answer.unit, answer.on = unit_id, closing
    return decide_unit(world, world.units[unit_id], closing, answer).json(0)


def decisions(world):
    """Every decision of a history, sorted by kind, class and trainee; then the others."""
    pairs = sorted({(class_id, trainee) for person in world.persons.values()
                    for class_id, enrolment in person.enrolments.items()
                    for trainee in enrolment.trainees})
    for kind in KINDS:
        for class_id, trainee in pairs:
            yield decide(world, kind, class_id, trainee)
    for class_id in sorted(world.classes):
        yield from admissions(world, class_id)
    for unit_id in sorted(world.units):
        for closing in closing_days(world, unit_id):
            yield eligibility(world, unit_id, closing)
