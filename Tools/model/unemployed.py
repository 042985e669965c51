"""PRE-02 and PRE-16: unemployed on the application day and throughout."""
from .rulebook import (AFFIDAVIT_MARKS, AFFIDAVIT_SCHEMES, BARRING_SCHEMES, IGNORED_MARK,
                       SOLDIER_DELIVERIES, STRICT_DELIVERIES)


def touches(begin, end, first, last):
    """Whether a spell (end None: still running) has a day within first..last."""
    return begin <= last and (end is None or first <= end) and first <= last


def insured_in(person, spells, first, last):
    """"barred", "affidavit" or "free" for days on which the mild rule holds."""
    worst = "free"
    for spell in spells:
        if spell["mark"] == IGNORED_MARK or not touches(spell["from"], spell["to"], first, last):
            continue
        if spell["mark"] in AFFIDAVIT_MARKS or spell["scheme"] in AFFIDAVIT_SCHEMES:
            worst = "affidavit" if worst == "free" else worst
        elif spell["scheme"] in BARRING_SCHEMES:
            return "barred"
    return worst


def soldier(person, class_, application, spells, first, last):
    """Spells without the military ones of a soldier about to be discharged, with papers."""
    held = person.certificates_for(application.day, "dischargingSoldier")
    papers = {p for c in held for p in c["papers"]} | set(application.papers)
    if not held or class_.delivery not in SOLDIER_DELIVERIES:
        return spells, []
    serving = [s for s in spells if s["scheme"] == "military"
               and touches(s["from"], s["to"], first, last)]
    missing = ["soldierReferral"] if serving and "soldierReferral" not in papers else []
    return [s for s in spells if s["scheme"] != "military"], missing


def unemployed(person, class_, enrolment, application, answer, until_start=False):
    """False if employed for sure, else the list of what is missing.

    `until_start`: insurance that begins during the class takes no seat back (admission)."""
    start = class_.startsOn
    first = start if application.special else application.day
    if any(touches(b, e, first, max(first, start)) for _, b, e in person.work):
        if class_.cancelled is not None and class_.cancelled <= start:
            answer.read("R33")
        return False
    verified = person.verification(first)
    if application.special and person.verification(application.day) is not None \
            and verified is None:
        answer.read("R34")
    if verified is None:
        return ["insuranceVerification"]
    if until_start:
        return _insurance(person, class_, application, verified["spells"], first, max(first, start), answer)
    last = class_.endsOn
    if enrolment.left is not None:
        last = min(last, enrolment.left - 1)
    if not application.special:
        last = max(last, first)
    result = _insurance(person, class_, application, verified["spells"], first, last, answer)
    others = {class_.endsOn}
    if enrolment.left is not None:
        others = {enrolment.left}
    if class_.cancelled is not None:
        others.add(min(last, class_.cancelled - 1))
    if not application.stands:
        others.add(start - 1)
    if any(_insurance(person, class_, application, verified["spells"], first, other, answer)
           != result for other in others):
        answer.read("R33")
    return result


def _insurance(person, class_, application, spells, first, last, answer):
    spells, missing = soldier(person, class_, application, spells, first, last)
    if missing:
        answer.read("R36")
    mild_until = last
    if class_.delivery in STRICT_DELIVERIES:
        mild_until = min(last, class_.startsOn - 1)
        strict = [s for s in spells if s["mark"] != IGNORED_MARK
                  and touches(s["from"], s["to"], max(first, class_.startsOn), last)]
        if any(s["scheme"] == "nationalPension" for s in strict):
            answer.read("R35")
        if any(s["scheme"] != "nationalPension" for s in strict):
            return False
    found = insured_in(person, spells, first, mild_until)
    if found == "barred":
        return False
    if found == "affidavit" and not sworn(person, class_):
        answer.read("R37")
        return missing + ["notWorking"]
    return missing


def sworn(person, class_):
    """An affidavit of not working is on file for the class."""
    return any(c == class_.id and kind == "notWorking" for c, kind, _ in person.affidavits)
