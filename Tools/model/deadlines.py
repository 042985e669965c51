"""Overdue closing papers and payouts (TIP-16)."""
from .dates import lookahead_months, period_end, text
from .decide import decide
from .rulebook import CLOSING_DAYS, PAYOUT_MONTHS, QUOTA_PROGRAMMES


def deadlines(world, on=None):
    """What is overdue on a day, the as-of day unless given, sorted."""
    on = world.as_of if on is None else on
    overdue, readings = [], set()
    for id_ in sorted(world.classes):
        class_ = world.classes[id_]
        if class_.programme not in QUOTA_PROGRAMMES or class_.cancelled is not None:
            continue
        if on > class_.endsOn + CLOSING_DAYS and (class_.closed is None or class_.closed > on):
            overdue.append({"class": id_, "what": "close"})
        last = period_end(class_.endsOn + 1, PAYOUT_MONTHS)
        other = lookahead_months(class_.endsOn, PAYOUT_MONTHS)
        if (on > last) is not (on > other):
            readings.add("R90")
        if on > last:
            overdue += [{"class": id_, "trainee": t, "what": "payout"}
                        for t in unpaid(world, class_, on)]
    return {"kind": "deadlines", "on": text(on), "overdue": overdue,
            "readings": sorted(readings)}


def unpaid(world, class_, on):
    """Trainees whose subsidy is assessed and not paid in full by a day."""
    for trainee in sorted(world.persons):
        enrolment = world.persons[trainee].enrolments.get(class_.id)
        if enrolment is None or trainee not in enrolment.trainees:
            continue
        found = decide(world, "tuitionSubsidy", class_.id, trainee)
        late = sum(p.net for p in world.persons[trainee].payouts_of("tuitionSubsidy", class_.id)
                   if p.on > on)
        if found["outcome"] in ("granted", "reduced") and found["due"] + late > 0:
            yield trainee
