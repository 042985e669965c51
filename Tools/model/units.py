"""Units and classes fit to be supported: TIP-20, TIP-21."""
from .dates import day, period_end, text
from .rulebook import (CERTIFICATE_DAYS, CLASS_MONTHS, GOOD_GRADES, QUOTA_PROGRAMMES,
                       UNION_GRADES, UNIT_KINDS)


def certified(unit, closing):
    """TIP-21: a good TTQS certificate valid on some day of the 120 days."""
    found, union = unit.ttqs, unit.kind == "labourUnion"
    if not found or found["grade"] not in (UNION_GRADES if union else GOOD_GRADES):
        return False
    if found["edition"] != "trainingInstitution" and not (union and found["edition"] == "external"):
        return False
    first = closing - CERTIFICATE_DAYS + 1
    return day(found["validFrom"]) <= closing and first <= day(found["validTo"])


def decide_unit(world, unit, closing, answer):
    """Fills an answer of kind `unitEligibility` for a closing day."""
    fit = unit.kind in UNIT_KINDS and unit.reviewGrade != "D"
    if unit.kind == "labourUnion" and unit.insuranceArrears:
        fit = False
    if fit and unit.kind != "university":
        last = period_end(unit.foundedOn, 24)
        if last == closing:
            answer.read("R80")
        fit = last < closing
    if fit and not unit.ttqs:
        answer.read("R81")
    fit = fit and certified(unit, closing)
    if any(unfit(world, c) for c in world.classes.values() if c.unit == unit.id):
        answer.read("R82")
    return answer.grant(0) if fit else answer.refuse("TIP-21")


def unfit(world, class_):
    """The clauses that a quota class itself breaks."""
    found = []
    if class_.programme not in QUOTA_PROGRAMMES:
        return found
    if class_.endsOn > period_end(class_.startsOn, CLASS_MONTHS):
        found.append("TIP-20")
    unit = world.units.get(class_.unit)
    if unit is not None and unit.kind == "vocationalInstitution":
        elsewhere = unit.registeredPlace is not None and class_.county != unit.registeredPlace
        other = unit.registeredTrades is not None and class_.trade not in unit.registeredTrades
        if elsewhere or other:
            found.append("TIP-21")
    return found


def closing_days(world, unit_id):
    """The days for which `expect` asks: the closing days of the unit's classes, the as-of
    day, and the days on both sides of where TIP-21 turns."""
    unit = world.units[unit_id]
    found = {c.applicationClosesOn for c in world.classes.values() if c.unit == unit_id}
    found = (found - {None}) | {world.as_of}
    whole = period_end(unit.foundedOn, 24)
    found |= {whole, whole + 1}
    if unit.ttqs:
        first, last = day(unit.ttqs["validFrom"]), day(unit.ttqs["validTo"]) + CERTIFICATE_DAYS
        found |= {first - 1, first, last - 1, last}
    return sorted(found)


def class_findings(world):
    """One line a class that breaks TIP-20 or the place and trades of TIP-21."""
    for id_ in sorted(world.classes):
        found = unfit(world, world.classes[id_])
        if found:
            yield {"kind": "classFindings", "class": id_, "clauses": found,
                   "startsOn": text(world.classes[id_].startsOn)}
