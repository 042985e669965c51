"""A class of the same centre in the spring of ROC 115, 31 days and 114 h: employment insurance first, a false claim,
a day without a record, a 65th birthday, a forfeited place."""

from builders.coffee import ALLOWANCE_PAPERS, BAKERY, BLI, JOBS_NTPC, NORTH, NTPC
from builders.coffee_selection import apply
from builders.event_file import at, attend, certify, job, leave, minutes_by_day, plus, sessions, spell

TEA = "NTPC-115-TEA-1"
FIRST, LAST = "2026-03-02", "2026-04-01"
DAYS = ["2026-03-02", "2026-03-03", "2026-03-05", "2026-03-06", "2026-03-09", "2026-03-10", "2026-03-12",
        "2026-03-13", "2026-03-16", "2026-03-17", "2026-03-19", "2026-03-20", "2026-03-23", "2026-03-24",
        "2026-03-26", "2026-03-27", "2026-03-30", "2026-03-31", "2026-04-01"]


def coffee_tea(f):
    table = sessions({d: "09:00-12:00 13:00-16:00" for d in DAYS})
    per_day = minutes_by_day(table)
    f.add(NTPC, "class.approved", TEA, at("2026-01-12", "10:00"),
          {"programme": "preEmployment", "courseName": "茶飲調製實務班", "unit": "U-NTPC-VTC", "county": "新北市",
           "fee": 12344, "seats": 7, "startsOn": FIRST, "endsOn": LAST, "applicationClosesOn": "2026-02-12",
           "recruitsFrom": "2026-01-19", "selection": "firstCome", "delivery": "localGovernment",
           "attendanceLimits": {"truancyPercent": 4, "leavePercent": 10}})
    f.add(NTPC, "class.scheduled", TEA, at("2026-01-12", "10:05"), {"sessions": table})

    def enrol(no, born, spells, sex="female", certificates=(), allowance=True, unrecorded=(), completed=True):
        """certificates = [(category, validFrom, validTo, papers)], certified before the start."""
        t = f"T-COFFEE-{no}"
        apply(f, t, TEA, plus("2026-01-20", no - 31), "09:00", born, spells, sex)
        for n, (category, valid_from, valid_to, papers) in enumerate(certificates):
            certify(f, NTPC, t, at("2026-02-20", f"1{n}:{no}"), category, valid_from, valid_to, papers)
        f.add(NTPC, "enrolment.admitted", t, at("2026-02-23", f"10:{no}"),
              {"class": TEA, "seat": "subsidised", "rank": no - 30})
        f.add(NTPC, "enrolment.started", t, at(FIRST, f"08:{no}"), {"class": TEA, "on": FIRST})
        f.add(BLI, "insurance.verified", t, at(FIRST, "20:00"),
              {"asOf": FIRST, "method": "system",
               "spells": spells + [spell("labour", FIRST, mark="training", employer="新北市政府職業訓練中心")]})
        if allowance:
            f.add(NTPC, "allowance.applied", t, at("2026-03-05", f"13:{no}"),
                  {"kind": "livingAllowance", "class": TEA, "on": "2026-03-05", "documents": ALLOWANCE_PAPERS})
        attend(f, NTPC, t, TEA, {d: m for d, m in per_day.items() if d not in unrecorded})
        if completed:
            f.add(NTPC, "enrolment.completed", t, at(LAST, "19:00"), {"class": TEA, "on": LAST, "certificate": True})
        return t

    def middle_aged(born):
        y, rest = int(born[:4]), born[4:]
        return "middleAged", f"{y + 45}{rest}", f"{y + 65}{rest}", ["idCard"]

    # 31 Involuntarily unemployed and middle-aged, both known in time: the insurance's allowance comes first.
    t = enrol(31, "1975-08-12", job("2009-04-01", "2026-01-10"), certificates=[
        ("involuntaryUnemployed", "2026-01-11", None, ["idCard", "referralLetter", "involuntarySeparationProof"]),
        middle_aged("1975-08-12")])
    f.add(JOBS_NTPC, "referral.issued", t, at("2026-02-06", "10:00"), {"class": TEA, "on": "2026-02-06"})

    # 32 The same, but the employer's dismissal was held to be one only on 10 March. Told and paid 17,700; in the two
    # years after the class the insurance's allowance is drawn for 5 1/2 months.
    t = enrol(32, "1972-05-23", job("2006-07-03", "2026-01-15"), "male", [middle_aged("1972-05-23")])
    certify(f, JOBS_NTPC, t, at("2026-03-10", "15:00"), "involuntaryUnemployed", "2026-01-16", None,
            ["idCard", "involuntarySeparationProof"])
    f.add(NORTH, "decision.issued", t, at("2026-04-20", "14:00"),
          {"kind": "livingAllowance", "class": TEA, "on": "2026-04-20", "outcome": "granted", "amount": 17700,
           "rulebook": "base", "atSequence": 0})
    f.add(NORTH, "payout.made", t, at("2026-04-24", "14:00"),
          {"payout": "P-TEA-32", "kind": "livingAllowance", "class": TEA, "amount": 17700, "on": "2026-04-24",
           "halfMonths": 2, "from": FIRST, "to": "2026-03-31", "payee": "trainee"})
    f.add(BLI, "benefit.recorded", t, at("2026-10-20", "10:00"),
          {"kind": "employmentInsuranceTrainingAllowance", "from": "2026-05-04", "to": "2026-10-15", "halfMonths": 11})

    # 33 Drew the allowance of the bakery class by a false claim, revoked on 12 May 2025.
    false_claim(f, "T-COFFEE-33")
    enrol(33, "1986-02-27", job("2008-03-03", "2024-05-31"))

    # 34 Neither the record of the last day nor the end of the class has come.
    enrol(34, "1998-08-30", job("2020-01-06", "2025-11-30"), "male",
          [("indigenous", "1998-08-30", None, ["idCard", "householdRegister"])], unrecorded=[LAST], completed=False)

    # 35 65th birthday on the start day; drew the old-age benefit; 19 March is not recorded, with leave approved.
    t = enrol(35, "1961-03-02", job("1988-02-01", "2025-06-30"), certificates=[
        ("elder", "2026-03-02", None, ["idCard"]), middle_aged("1961-03-02")], unrecorded=["2026-03-19"])
    f.add(BLI, "benefit.recorded", t, at("2026-03-04", "10:00"), {"kind": "oldAgeBenefit", "from": "2025-09-01"})
    leave(f, NTPC, t, TEA, "L-TEA-35-1", "2026-03-19", 360, "official",
          at("2026-03-17", "16:10"), at("2026-03-18", "09:00"))

    # 36 Admitted, did not report in.
    apply(f, "T-COFFEE-36", TEA, "2026-01-25", "09:00", "1987-01-17", job("2015-01-05", "2025-12-31"))
    f.add(NTPC, "enrolment.admitted", "T-COFFEE-36", at("2026-02-23", "10:36"),
          {"class": TEA, "seat": "subsidised", "rank": 6})
    f.add(NTPC, "enrolment.forfeited", "T-COFFEE-36", at(FIRST, "17:00"),
          {"class": TEA, "on": FIRST, "reason": "did not report in, without cause"})

    # 37 No category: pays what 80 % leaves.
    t = enrol(37, "1996-05-05", [], "male", allowance=False)
    f.add(NTPC, "fee.paid", t, at("2026-02-25", "11:00"), {"class": TEA, "amount": 2469, "on": "2026-02-25"})

    # 38 Alternate: Friday 27 February is a holiday, so the place lapsed on Thursday 26 February at 12:00.
    apply(f, "T-COFFEE-38", TEA, "2026-01-27", "09:00", "1992-12-12", job("2014-05-01", "2025-10-31"))
    f.add(NTPC, "enrolment.admitted", "T-COFFEE-38", at("2026-02-23", "10:38"),
          {"class": TEA, "seat": "alternate", "rank": 8})

    f.add(NTPC, "class.closed", TEA, at("2026-04-13", "17:00"), {"on": "2026-04-13"})


def false_claim(f, t):
    """A month of the bakery class, left after 35 days; the allowance revoked, not paid back, and enforced."""
    first, left = "2024-07-22", "2024-08-26"
    apply(f, t, BAKERY, "2024-06-21", "09:40", "1986-02-27", job("2008-03-03", "2024-05-31"))
    certify(f, NTPC, t, at("2024-07-08", "10:02"), "indigenous", "1986-02-27", None, ["idCard", "householdRegister"])
    f.add(NTPC, "selection.scored", t, at("2024-07-10", "16:02"), {"class": BAKERY, "written": 71, "oral": 75})
    f.add(NTPC, "enrolment.admitted", t, at("2024-07-12", "17:02"), {"class": BAKERY, "seat": "subsidised", "rank": 3})
    f.add(NTPC, "enrolment.started", t, at(first, "08:50"), {"class": BAKERY, "on": first})
    f.add(BLI, "insurance.verified", t, at(first, "16:30"),
          {"asOf": first, "method": "system", "spells": job("2008-03-03", "2024-05-31")})
    f.add(NTPC, "allowance.applied", t, at("2024-07-25", "13:02"),
          {"kind": "livingAllowance", "class": BAKERY, "on": "2024-07-25", "documents": ALLOWANCE_PAPERS})
    scheduled = next(e for e in f.events if e["type"] == "class.scheduled" and e["subject"] == BAKERY)
    attend(f, NTPC, t, BAKERY, minutes_by_day(scheduled["data"]["sessions"]), left=left)
    f.add(NTPC, "enrolment.withdrawn", t, at(left, "09:00"), {"class": BAKERY, "on": left, "reason": "family"})
    f.add(NORTH, "payout.made", t, at("2024-10-08", "14:02"),
          {"payout": "P-BAKERY-3-1", "kind": "livingAllowance", "class": BAKERY, "amount": 16482, "on": "2024-10-08",
           "halfMonths": 2, "from": first, "to": "2024-08-20", "payee": "trainee"})
    f.add(NORTH, "payout.revoked", t, at("2025-05-12", "10:00"),
          {"payout": "P-BAKERY-3-1", "amount": 16482, "on": "2025-05-12", "reason": "falseClaim",
           "repayBy": "2025-06-12"})
    f.add(NORTH, "enforcement.referred", t, at("2025-07-01", "10:00"), {"payout": "P-BAKERY-3-1", "on": "2025-07-01"})
