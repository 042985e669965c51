"""One decision a call, in the shape of the contract section 2, and all of a history."""
from .attend import decide_attendance
from .dates import text
from .living import decide_living
from .tuition import decide_tuition

KINDS = ("attendance", "livingAllowance", "tuitionSubsidy")


class Answer:
    """A decision being filled in."""

    def __init__(self, kind, trainee, class_id):
        self.kind, self.trainee, self.class_id = kind, trainee, class_id
        self.outcome, self.amount, self.half_months = "notApplicable", 0, 0
        self.expected, self.instalments, self.missing = None, [], []
        self.payee, self.forward, self.owes = "trainee", 0, 0
        self.clause, self.readings = None, set()

    def read(self, *names):
        """Notes that an open reading (README.md) bears on this decision."""
        self.readings.update(names)

    def not_applicable(self):
        self.outcome = "notApplicable"
        return self

    def refuse(self, clause):
        self.outcome, self.clause = "refused", clause
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
                 "missing": self.missing, "clause": self.clause,
                 "readings": sorted(self.readings)}
        if self.expected is not None:
            found["expectedAmount"] = self.expected
        return found


def decide(world, kind, class_id, trainee):
    """One decision as JSON data."""
    person, class_ = world.persons[trainee], world.classes[class_id]
    enrolment = person.enrolments[class_id]
    answer = Answer(kind, trainee, class_id)
    if kind == "attendance":
        decide_attendance(class_, enrolment, answer)
    elif kind == "tuitionSubsidy":
        decide_tuition(person, world.classes, class_, enrolment, answer)
    elif kind == "livingAllowance":
        decide_living(person, class_, enrolment, world.as_of, answer)
    else:
        raise ValueError(kind)
    paid = sum(p.net for p in person.payouts_of(kind, class_id))
    return answer.json(paid)


def decisions(world):
    """Every decision of a history, sorted by kind, class and trainee."""
    pairs = sorted({(class_id, trainee) for person in world.persons.values()
                    for class_id, enrolment in person.enrolments.items()
                    for trainee in enrolment.trainees})
    for kind in KINDS:
        for class_id, trainee in pairs:
            yield decide(world, kind, class_id, trainee)
