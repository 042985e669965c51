"""Living allowance under the Employment Promotion Allowance rules: LIV-01 to LIV-14."""
from .dates import age, lookahead_end, lookback, period_end
from .rulebook import (CAP_HALF_MONTHS, CAP_HALF_MONTHS_DISABLED, CATEGORY_PAPERS,
                       COMMON_PAPERS, ISSUED_BEFORE_START, SECOND_TABLE, allowance_groups,
                       monthly_allowance)

KIND = "livingAllowance"
TRAINING_ALLOWANCE = "employmentInsuranceTrainingAllowance"
DAYTIME = 8 * 60, 18 * 60
LABOUR = {"labour", "employment"}
WORK = {"employed", "partTime", "selfEmployed", "companyOfficer"}


def full_time(class_):
    """LIV-01."""
    length = class_.endsOn - class_.startsOn + 1
    daytime = {}
    for on, begin, end in class_.sessions:
        inside = max(0, min(end, DAYTIME[1]) - max(begin, DAYTIME[0]))
        daytime[on] = daytime.get(on, 0) + inside
    minutes = sum(end - begin for _, begin, end in class_.sessions)
    return (class_.endsOn >= period_end(class_.startsOn, 1)
            and len(daytime) * 7 >= 4 * length
            and all(m >= 240 for m in daytime.values())
            and minutes * 30 >= 6000 * length)


def months(days, minutes_by_day):
    """LIV-07: blocks of 30 days as [from, to, half-months, is a full month]."""
    if len(days) < 30:
        return []
    blocks = []
    for index in range(0, len(days), 30):
        block = days[index:index + 30]
        minutes = sum(minutes_by_day.get(d, 0) for d in block)
        if len(block) == 30:
            halves = 2
        elif len(block) >= 20 and minutes >= 60 * 60:
            halves = 2
        elif len(block) >= 10 and minutes >= 30 * 60:
            halves = 1
        else:
            halves = 0
        if halves:
            blocks.append([block[0], block[-1], halves, len(block) == 30])
    return blocks


def limit(blocks, halves):
    """The earliest `halves` half-months of the blocks."""
    kept = []
    for begin, end, count, full in blocks:
        count = min(count, halves)
        if count > 0:
            kept.append([begin, end, count, full])
            halves -= count
    return kept


def count(blocks):
    return sum(b[2] for b in blocks)


def laid(begin, halves):
    """LIV-09: (first day, half-months) of each 30-day month of a benefit."""
    return [(begin + 30 * n, min(2, halves - 2 * n)) for n in range((halves + 1) // 2)]


def drawn(person, first, last, kinds, with_payouts=True):
    """Half-months drawn in months whose first day is within first..last."""
    spans = [(b["from"], b["halfMonths"]) for b in person.benefits if b["kind"] in kinds]
    if with_payouts:
        spans += [(p.begin, p.half_months) for p in person.payouts.values()
                  if p.kind == KIND and p.begin is not None and p.net > 0]
    return sum(h for begin, halves in spans for d, h in laid(begin, halves)
               if first <= d <= last)


def cap_on(person, on):
    """(cap, used, first, last) of the two-year lookback of a day (LIV-09)."""
    first, last = lookback(on, 2)
    kinds = {TRAINING_ALLOWANCE} | ({"otherTrainingAllowance"} if on >= SECOND_TABLE else set())
    cap = CAP_HALF_MONTHS_DISABLED if person.holds("disabled", on) else CAP_HALF_MONTHS
    return cap, drawn(person, first, last, kinds), first, last


def bars(spell):
    """LIV-04: whether an insurance spell bars the allowance."""
    if spell["mark"] in ("training", "laidOff"):
        return False
    return spell["scheme"] in LABOUR


def obstacles(person, class_, answer):
    """LIV-04: (bars on the start day, first day of a later bar, start day verified)."""
    start = class_.startsOn
    verified = person.verification(start)
    spans = [(b, e) for kind, b, e in person.work if kind in WORK]
    if any(kind == "companyOfficer" for kind, _, _ in person.work):
        answer.read("R20")
    for spell in verified["spells"] if verified else []:
        if bars(spell):
            spans.append((spell["from"], spell["to"]))
        elif spell["scheme"] in ("civilServant", "military"):
            answer.read("R21")
    if verified and verified["method"] == "system" and not verified["spells"]:
        answer.read("R22")
    barred = any(b <= start and (e is None or start <= e) for b, e in spans)
    later = min((b for b, _ in spans if start < b), default=None)
    return barred, later, verified is not None


def missing_papers(person, class_, groups, applications):
    """LIV-12: codes still missing for the category that lacks the fewest."""
    start = class_.startsOn
    handed = [p for a in applications for p in a["documents"]]
    handed += [p for c in person.certificates_for(start) for p in c["papers"]]

    def there(wanted):
        early = wanted in ISSUED_BEFORE_START
        return any(p in wanted.split("|") and not (early and p.issued is not None
                                                   and p.issued >= start) for p in handed)

    best = None
    for group in sorted(groups):
        needed = list(COMMON_PAPERS) + list(CATEGORY_PAPERS[group])
        if group == "newResident":
            needed[1] = "idCard|residencePermit"
        if group == "longTermUnemployed":
            years = age(person.birth, start)
            if years < 25:
                needed.append("diploma")
            if person.sex == "male" and 19 <= years <= 37:
                needed.append("militaryServiceProof")
        if group == "returningWoman" and never_insured(person, start):
            needed.append("serviceProof")
        lacking = [n for n in dict.fromkeys(needed) if not there(n)]
        if best is None or len(lacking) < len(best):
            best = lacking
    return best


def never_insured(person, start):
    """Events show that no labour insurance was ever recorded."""
    verified = person.verification(start)
    return verified is not None and not any(
        s["scheme"] in LABOUR | {"occupationalUnion", "fishersAssociation"}
        for s in verified["spells"])


def failures(person, class_, enrolment, groups, answer):
    """Clauses that fail for sure, and whether LIV-03's exception is used."""
    start, failed, exception = class_.startsOn, [], False
    if class_.sessions and not full_time(class_) \
            or class_.endsOn < period_end(class_.startsOn, 1):
        failed.append("LIV-01")
    if 30 <= class_.endsOn - start + 1 < period_end(start, 1) - start + 1:
        answer.read("R24")
    if not groups:
        failed.append("LIV-02")
    status = person.certificates_for(start, "involuntaryUnemployed")
    if status:
        if any(c["known"] <= start for c in status):
            failed.append("LIV-03")
        else:
            exception = True
    if any(b["kind"] == "oldAgeBenefit" and b["from"] <= start for b in person.benefits):
        subsidy = any(b["kind"] in ("elderLivingSubsidy", "disabilityLivingSubsidy")
                      and b["from"] <= start and (b["to"] is None or start <= b["to"])
                      for b in person.benefits)
        if not subsidy and not person.holds("lowIncome", start):
            failed.append("LIV-05")
    if any(reason in ("falseClaim", "ineligible")
           for p in person.payouts_of(KIND, class_.id) for reason, _ in p.reasons):
        failed.append("TIP-14")
    banned = [(on, period_end(on, 24)) for p in person.payouts.values() if p.kind == KIND
              for reason, on in p.reasons if reason == "falseClaim"]
    applications = [a for a in enrolment.applied if a["kind"] == KIND]
    if applications and all(any(f <= a["on"] <= t for f, t in banned) for a in applications):
        failed.append("LIV-11")
    return failed, exception, applications


def participation(person, class_, enrolment, later):
    """LIV-07, LIV-08: the days that count, benefit days taken out."""
    first = enrolment.joined if enrolment.joined is not None else class_.startsOn
    last = class_.endsOn
    if enrolment.left is not None:
        last = min(last, enrolment.left - 1)
    if class_.cancelled is not None:
        last = min(last, class_.cancelled - 1)
    if later is not None:
        last = min(last, later - 1)
    taken = [(b["from"], b["to"]) for b in person.benefits
             if b["kind"] in ("unemploymentBenefit", TRAINING_ALLOWANCE)]
    return [d for d in range(first, last + 1)
            if not any(f <= d and (t is None or d <= t) for f, t in taken)]


def decide_living(person, class_, enrolment, as_of, answer):
    """Fills an answer of kind `livingAllowance`."""
    dead = enrolment.state in ("none", "applicationWithdrawn", "applicationRefused", "forfeited")
    if class_.programme != "preEmployment" or dead:
        if class_.programme == "preEmployment":
            answer.read("R04")
        return answer.not_applicable()
    start = class_.startsOn
    groups = {g for g in allowance_groups(start) if person.holds(g, start)}
    failed, exception, applications = failures(person, class_, enrolment, groups, answer)
    barred, later, verified = obstacles(person, class_, answer)
    if barred:
        failed.append("LIV-04")
    waiting = enrolment.joined is None
    if waiting:
        answer.read("R04")
    open_ = enrolment.state == "started" and class_.cancelled is None
    planned = months(participation(person, class_, enrolment, later), class_.minutes_by_day())
    if not planned:
        failed.append("LIV-07")
    cap, used, _, _ = cap_on(person, start)
    possible = limit(planned, max(0, cap - used))
    if planned and not possible:
        failed.append("LIV-09")
    if exception and possible:
        after = drawn(person, class_.endsOn + 1, lookahead_end(class_.endsOn, 2),
                      {TRAINING_ALLOWANCE}, with_payouts=False)
        possible = limit(possible, max(0, cap - after))
        answer.read("R23")
        if not possible:
            failed.append("LIV-10")
    if failed:
        return answer.refuse(failed[0])
    missing = [] if verified else ["insuranceVerification"]
    if not class_.sessions:
        missing.append("class.scheduled")
    if not applications:
        missing.append("allowance.applied")
    missing += missing_papers(person, class_, groups, applications)
    if waiting:
        missing.append("enrolment.started")
    if missing or open_:
        now = [] if missing else [b for b in possible if b[3] and b[1] <= as_of]
        if open_:
            missing.append("completion")
        answer.wait(missing, _amount(possible))
        return _pay(answer, now)
    answer.outcome = "reduced" if count(possible) < count(planned) else "granted"
    return _pay(answer, possible)


def _amount(blocks):
    return sum(monthly_allowance(b[0]) * b[2] // 2 for b in blocks)


def _pay(answer, blocks):
    answer.instalment(blocks, monthly_allowance)
    return answer
