"""What a trainee pays: the fee share (PRE-12, PRE-13) or the prepayment (TIP-17)."""
from .living import never_insured
from .rulebook import (AFFIDAVIT_SCHEMES, GOVERNMENT_SHARE, IGNORED_MARK, ON_APPLICATION_DAY,
                       QUOTA_PROGRAMMES, free_for_all, free_table)
from .registration import registration
from .tuition import NEVER_STARTED
from .unemployed import sworn


def lacking(person, class_, category, papers):
    """Papers that a row of the free-training table still wants."""
    needed = list(free_table(class_.startsOn)[category])
    if category == "returningWoman" and never_insured(person, class_.startsOn):
        needed.append("serviceProof")
    if category == "occupationalInjury" and person.nationality == "foreign":
        needed.append("residencePermit")
    return [n for n in needed if not papers & set(n.split("|"))]


def free_categories(person, class_, application):
    """Categories of the table that are held and were proven by the start day."""
    start, found = class_.startsOn, {}
    for one in person.certificates_for(start):
        category = one["category"]
        if category not in free_table(start) or one["known"] > start:
            continue
        if category in ON_APPLICATION_DAY and (
                application is None or not person.holds(category, application.day)):
            continue
        found[category] = True
    return sorted(found)


def papers_on_file(person, class_, enrolment, wide=False):
    """Papers handed in by the start day: certificates, applications, fee waiver requests."""
    start, found = class_.startsOn, set()
    for one in person.certificates_for(start):
        if wide or one["known"] <= start:
            found |= set(one["papers"])
    for one in enrolment.applications:
        if wide or one.day <= start:
            found |= set(one.papers)
    for one in enrolment.applied:
        if wide or (one["kind"] == "feeWaiver" and one["on"] <= start):
            found |= set(one["documents"])
    return found


def union_cover(person, start, answer):
    """Insured on the start day through a union, farmers' or fishers' association."""
    verified = person.verification(start)
    if verified is None:
        answer.read("R62")
        return False
    return any(s["scheme"] in AFFIDAVIT_SCHEMES and s["mark"] != IGNORED_MARK
               and s["from"] <= start and (s["to"] is None or start <= s["to"])
               for s in verified["spells"])


def waiver(person, class_, categories, papers, answer):
    """PRE-12: None if nothing is free, else what is missing ([] = free)."""
    if not categories:
        return None
    best = min((lacking(person, class_, c, papers) for c in categories), key=len)
    if union_cover(person, class_.startsOn, answer) and not sworn(person, class_):
        answer.read("R37")
        best = best + ["notWorking"]
    return best


def decide_fee(person, classes, class_, enrolment, answer):
    """Fills an answer of kind `feeShare`."""
    answer.payee = "unit"
    if class_.programme in QUOTA_PROGRAMMES:
        full = class_.programme != "labourSelfLearning" or class_.feeCollection != "half"
        share, missing = class_.fee if full else (class_.fee + 1) // 2, None
        if enrolment.fees and sum(enrolment.fees) - enrolment.refunds != share:
            answer.read("R65")
    else:
        share = class_.fee - class_.fee * GOVERNMENT_SHARE // 100
        missing = _missing(person, classes, class_, enrolment, answer)
    if enrolment.refund_days:
        answer.read("R64")
    if class_.cancelled is not None or enrolment.state in NEVER_STARTED:
        _over(class_, enrolment, share if missing is None else 0, answer)
    elif missing:
        answer.read("R63")
        answer.wait(missing, 0)
        answer.amount = share
    else:
        answer.grant(0 if missing == [] else share)
    if answer.outcome != "notApplicable":
        answer.government = class_.fee - answer.amount
    return answer


def _missing(person, classes, class_, enrolment, answer):
    """PRE-12: None for the 20 %, else what the waiver still wants."""
    application = enrolment.application()
    if free_for_all(class_):
        if application is not None:
            failed, open_ = registration(person, classes, class_, enrolment, answer)
            if "PRE-02" in failed or open_:
                answer.read("R61")
        if union_cover(person, class_.startsOn, answer):
            answer.read("R61")
        return []
    categories = free_categories(person, class_, application)
    papers = papers_on_file(person, class_, enrolment)
    unreferred = waiver(person, class_, categories, papers, answer)
    if any(c == class_.id and on <= class_.startsOn for c, on in person.referrals):
        papers.add("referralLetter")
    found = waiver(person, class_, categories, papers, answer)
    if found != unreferred:
        answer.read("R67")
    wide = papers | papers_on_file(person, class_, enrolment, wide=True)
    if waiver(person, class_, categories, wide, answer) != found:
        answer.read("R66")
    if "occupationalInjury" in categories and person.nationality == "foreign":
        answer.read("R68")
    return found


def _over(class_, enrolment, share, answer):
    """PRE-13: nobody pays for a class or place that came to nothing, but late askers do."""
    answer.read("R64")
    paid = sum(enrolment.fees)
    if class_.cancelled is None and not paid:
        answer.not_applicable()
        return
    asked = any(on < class_.startsOn for on in enrolment.refund_days)
    keeps = class_.cancelled is None and not asked
    answer.clause = "PRE-13"
    answer.grant(min(share, paid) if keeps else 0)
