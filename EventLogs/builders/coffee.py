"""COFFEE, ROC 115: the class of the document, and an earlier one in which some drew the allowance."""

from builders.event_file import at, attend, certify, day, job, leave, minutes_by_day, plus, sessions, spell

COFFEE = "NTPC-115-COFFEE-2"
BAKERY = "NTPC-113-BAKERY"          # an earlier class in which two of the trainees drew the allowance
NTPC = "/units/ntpc"
NORTH = "/branches/taipei-keelung-yilan-hualien-kinmen-matsu"
CLOUD = "/portals/ntpc-labour-cloud"
JOBS_NTPC = "/job-centres/ntpc"
BLI = "/insurance/bli"

# The weekly timetable (週課表), row by row. Left out: 報到 on 1 June (0 h), 廠商徵才 on 13 July (0 h).
COFFEE_TIMETABLE = {
    # week 1
    "2026-06-01": "09:30-10:30 10:30-12:30 13:30-16:30",
    "2026-06-02": "09:30-11:30 11:30-12:30 13:30-15:30 15:30-16:30",
    "2026-06-04": "09:30-10:30 10:30-11:30 12:30-14:30 14:30-16:30",
    "2026-06-05": "09:30-11:30 11:30-12:30 13:30-16:30",
    # week 2
    "2026-06-08": "09:30-10:30 10:30-12:30 13:30-14:30 14:30-16:30",
    "2026-06-09": "09:30-10:30 10:30-12:30 13:30-16:30",
    "2026-06-11": "09:30-12:30 13:30-14:30 14:30-16:30",
    "2026-06-12": "09:30-12:30 13:30-16:30",
    # week 3 (19 to 21 June: 端午連假)
    "2026-06-15": "09:30-11:30 11:30-12:30 13:30-16:30",
    "2026-06-16": "09:30-11:30 11:30-12:30 13:30-16:30",
    "2026-06-18": "09:30-11:30 12:30-16:30",
    # week 4
    "2026-06-22": "09:30-10:30 10:30-12:30 13:30-14:30 14:30-16:30",
    "2026-06-23": "09:30-10:30 10:30-12:30 13:30-16:30",
    "2026-06-25": "09:30-11:30 11:30-12:30 13:30-16:30",
    "2026-06-26": "09:30-12:30 13:30-14:30 14:30-16:30",
    # week 5
    "2026-06-29": "09:30-10:30 10:30-12:30 13:30-16:30",
    "2026-06-30": "09:30-12:30 13:30-16:30",
    "2026-07-02": "09:30-11:30 11:30-12:30 13:30-16:30",
    "2026-07-03": "08:30-12:30 13:30-17:30",
    # week 6
    "2026-07-06": "08:30-12:30 13:30-16:30 16:30-17:30",
    "2026-07-07": "09:30-12:30 13:30-14:30 14:30-15:30",
    "2026-07-08": "09:30-12:30 13:30-15:30",
    "2026-07-09": "09:30-10:30 10:30-12:30 13:30-16:30",
    "2026-07-10": "09:30-11:30 11:30-12:30 13:30-16:30",
    # week 7
    "2026-07-13": "09:30-12:30 13:30-15:30",
    "2026-07-14": "09:30-12:30 13:30-15:30",
}

ALLOWANCE_PAPERS = ["applicationForm", "idCard", "allowanceAffidavit", "bankBook"]
APPLICATION_PAPERS = ["applicationForm", "photo", "idCard", "rightsConsent", "enrolmentAffidavit"]
IN_TRAINING = spell("labour", "2026-06-01", mark="training", employer="新北市政府職業訓練中心")


def coffee(f):
    table = sessions(COFFEE_TIMETABLE)
    per_day = minutes_by_day(table)

    f.add(NORTH, "unit.registered", "U-NTPC-VTC", at("2024-01-02", "09:00"),
          {"name": "新北市政府職業訓練中心", "kind": "government", "county": "新北市", "foundedOn": "2010-12-25"})
    bakery_class(f)
    f.add(NTPC, "class.approved", COFFEE, at("2026-04-10", "10:00"),
          {"programme": "preEmployment", "courseName": "咖啡調配技巧職能專班", "batch": "2", "unit": "U-NTPC-VTC",
           "county": "新北市", "fee": 15260, "seats": 20, "startsOn": "2026-06-01", "endsOn": "2026-07-14",
           "applicationClosesOn": "2026-05-25", "recruitsFrom": "2026-04-20", "selection": "interview",
           "delivery": "localGovernment", "attendanceLimits": {"truancyPercent": 4, "leavePercent": 10}})
    f.add(NTPC, "class.scheduled", COFFEE, at("2026-04-10", "10:05"), {"sessions": table})

    rank = 0

    def enrol(no, born, sex, category=None, papers=(), valid=None, spells=(), nationality="national",
              applied=True, allowance_papers=ALLOWANCE_PAPERS, application_papers=APPLICATION_PAPERS,
              joined="2026-06-01", missing=None, left=None, fee=None, trained_insurance=True):
        """Everything a trainee of this class has in common; what differs is written at the call.

        Ranks follow the order of the calls, with one point less in the interview each time.
        left = (day, "withdrawn" or "expelled", reason); without it the class is completed on its last day."""
        nonlocal rank
        rank += 1
        trainee = f"T-COFFEE-{no:02d}"
        # One application a day from 4 to 23 May, before the closing day.
        applied_on = plus("2026-05-04", no - 1)
        if not any(e["type"] == "trainee.registered" and e["subject"] == trainee for e in f.events):
            f.add(CLOUD, "trainee.registered", trainee, at(applied_on, "09:00"),
                  {"birthDate": born, "sex": sex, "nationality": nationality})
        f.add(CLOUD, "application.submitted", trainee, at(applied_on, "09:30"),
              {"class": COFFEE, "at": at(applied_on, "09:30"), "identityClaimed": category,
               "documents": application_papers})
        if category:
            certify(f, NTPC, trainee, at("2026-05-26", f"10:{no:02d}"), category, *valid, list(papers))
        f.add(NTPC, "selection.scored", trainee, at("2026-05-28", f"12:{no:02d}"),
              {"class": COFFEE, "interview": 97 - rank})
        f.add(NTPC, "enrolment.admitted", trainee, at("2026-05-28", f"17:{no:02d}"),
              {"class": COFFEE, "seat": "subsidised", "rank": rank})
        if fee:
            f.add(NTPC, "fee.paid", trainee, at("2026-05-29", "11:00"),
                  {"class": COFFEE, "amount": fee, "on": "2026-05-29"})
        f.add(NTPC, "enrolment.started", trainee, at(joined, "09:10"), {"class": COFFEE, "on": joined})
        known = list(spells) + ([IN_TRAINING | {"from": joined}] if trained_insurance else [])
        f.add(BLI, "insurance.verified", trainee, at(joined, "16:00"),
              {"asOf": joined, "method": "system", "spells": known})
        if applied:
            on = max("2026-06-05", plus(joined, 1))
            f.add(NTPC, "allowance.applied", trainee, at(on, f"13:{no:02d}"),
                  {"kind": "livingAllowance", "class": COFFEE, "on": on, "category": category,
                   "documents": list(allowance_papers)})
        attend(f, NTPC, trainee, COFFEE, per_day, missing, joined, left and left[0])
        if left:
            on, how, reason = left
            f.add(NTPC, f"enrolment.{how}", trainee, at(on, "09:00"),
                  {"class": COFFEE, "on": on, "reason": reason})
        else:
            f.add(NTPC, "enrolment.completed", trainee, at("2026-07-14", "19:00"),
                  {"class": COFFEE, "on": "2026-07-14", "certificate": True})
        return trainee

    def middle_aged(born):
        """Category, papers and validity of 中高齡: from the 45th to the 65th birthday; the ID card is the paper."""
        y, rest = int(born[:4]), born[4:]
        return {"category": "middleAged", "papers": ["idCard"], "valid": (f"{y + 45}{rest}", f"{y + 65}{rest}")}

    this_year = ("2026-01-01", "2026-12-31")

    # 01 Full attendance, every paper; the first month is already paid.
    t = enrol(1, "1978-03-14", "female", **middle_aged("1978-03-14"), spells=job("2012-05-02", "2026-03-31"))
    f.add(NORTH, "payout.made", t, at("2026-07-10", "14:00"),
          {"payout": "P-COFFEE-01-1", "kind": "livingAllowance", "class": COFFEE, "amount": 17700,
           "on": "2026-07-10", "halfMonths": 2, "from": "2026-06-01", "to": "2026-06-30", "payee": "trainee"})

    # 02 Joins late, on 8 June, with the centre's leave; was 65 on 31 May, so is over 65 on the start day.
    enrol(2, "1961-05-31", "male", "elder", ["idCard"], ("2026-06-01", None),
          spells=job("1990-08-01", "2018-02-28"), joined="2026-06-08")

    # 03 Truancy of 374 minutes: a whole day, and 14 minutes late once.
    enrol(3, "1995-11-02", "female", "indigenous", ["idCard", "householdRegister"], ("1995-11-02", None),
          spells=job("2019-07-01", "2026-02-15"), missing={"2026-06-12": 360, "2026-06-25": 14})

    # 04 Truancy of 375 minutes, reached on 9 July; expelled on 10 July.
    enrol(4, "1988-01-23", "female", "domesticViolenceVictim",
          ["idCard", {"code": "protectionOrder", "issuedOn": "2026-02-10"}], ("2026-02-10", "2028-02-09"),
          spells=job("2015-03-01", "2025-12-31"), missing={"2026-06-16": 360, "2026-07-09": 15},
          left=("2026-07-10", "expelled", "truancy"))

    # 05 Approved leave of exactly 15 hours.
    t = enrol(5, "1990-06-30", "male", "lowIncome", ["idCard", "lowIncomeProof"], this_year,
              spells=job("2016-04-01", "2026-01-31"),
              missing={"2026-06-11": 360, "2026-06-29": 360, "2026-07-02": 180})
    leave(f, NTPC, t, COFFEE, "L-COFFEE-05-1", "2026-06-11", 360, "sick",
          at("2026-06-11", "08:40"), at("2026-06-11", "09:20"))
    leave(f, NTPC, t, COFFEE, "L-COFFEE-05-2", "2026-06-29", 360, "personal",
          at("2026-06-26", "16:40"), at("2026-06-26", "17:00"))
    leave(f, NTPC, t, COFFEE, "L-COFFEE-05-3", "2026-07-02", 180, "personal",
          at("2026-07-01", "10:00"), at("2026-07-01", "11:00"), "13:30", "16:30")

    # 06 Approved leave of 16 hours, reached on 6 July; expelled on 7 July.
    t = enrol(6, "1984-09-09", "female", "soleBreadwinner",
              ["idCard", "householdRegister", "inSchoolProof", "affidavit"], this_year,
              spells=job("2010-10-01", "2026-03-15"),
              missing={"2026-06-08": 360, "2026-06-15": 360, "2026-07-06": 240},
              left=("2026-07-07", "expelled", "leave"))
    leave(f, NTPC, t, COFFEE, "L-COFFEE-06-1", "2026-06-08", 360, "personal",
          at("2026-06-05", "16:40"), at("2026-06-05", "17:00"))
    leave(f, NTPC, t, COFFEE, "L-COFFEE-06-2", "2026-06-15", 360, "personal",
          at("2026-06-12", "16:40"), at("2026-06-12", "17:00"))
    leave(f, NTPC, t, COFFEE, "L-COFFEE-06-3", "2026-07-06", 240, "personal",
          at("2026-07-06", "12:40"), at("2026-07-06", "13:00"), "13:30", "17:30")

    # 07 Leaves for a job on 6 July: insurance, work and withdrawal fall on the same day.
    t = enrol(7, "1976-12-01", "male", **middle_aged("1976-12-01"), spells=job("2008-01-02", "2026-02-28"),
              left=("2026-07-06", "withdrawn", "employment"))
    f.add(JOBS_NTPC, "work.reported", t, at("2026-07-06", "15:00"), {"kind": "employed", "from": "2026-07-06"})
    f.add(BLI, "insurance.verified", t, at("2026-07-20", "09:00"),
          {"asOf": "2026-07-20", "method": "system",
           "spells": job("2008-01-02", "2026-02-28") + [IN_TRAINING | {"to": "2026-07-05"}]
           + job("2026-07-06", employer="示例餐飲股份有限公司")})

    # 08 Sick leave of 9 June, asked for on 10 June, approved on 3 July: until then 375 minutes of truancy.
    t = enrol(8, "1986-04-18", "female", "returningWoman", ["idCard", "familyReasonProof", "affidavit"],
              ("2023-09-01", None), spells=job("2011-03-01", "2021-08-31"),
              missing={"2026-06-09": 360, "2026-06-11": 15})
    leave(f, NTPC, t, COFFEE, "L-COFFEE-08-1", "2026-06-09", 360, "sick",
          at("2026-06-10", "09:00"), at("2026-07-03", "16:00"))

    # 09 The absence of 22 June was another trainee's; retracted on 24 June and recorded rightly.
    t = enrol(9, "1992-10-05", "male", "longTermUnemployed",
              ["idCard", "jobSeekerProof", "affidavit", "militaryServiceProof"], ("2026-05-12", None),
              spells=job("2021-02-01", "2025-04-30"), missing={"2026-06-16": 60, "2026-06-22": 360})
    f.add(JOBS_NTPC, "jobSearch.registered", t, at("2026-05-12", "14:00"), {"on": "2026-05-12"})
    wrong = next(e for e in f.events if e["subject"] == t and e["type"] == "attendance.recorded"
                 and e["data"]["on"] == "2026-06-22")
    f.retract(NTPC, wrong, at("2026-06-24", "10:00"), "absence of another trainee entered on this one")
    f.add(NTPC, "attendance.recorded", t, at("2026-06-24", "10:05"),
          {"class": COFFEE, "on": "2026-06-22", "presentMinutes": 360})

    # 10 The same person as T-COFFEE-10-OLD, who drew 5 months in the bakery class.
    t = enrol(10, "1974-02-20", "female", **middle_aged("1974-02-20"), spells=job("2000-03-01", "2024-05-31"))
    f.add(NTPC, "trainee.linked", t, at("2026-06-18", "11:00"),
          {"other": "T-COFFEE-10-OLD", "evidence": "same person in the insurer's register; both ID cards seen",
           "on": "2026-06-18"})

    # 11 Disabled, 6 months drawn in the lookback: the 12-month cap leaves room for all of this grant.
    t = enrol(11, "1991-07-07", "male", "disabled", ["idCard", "disabilityCard"], ("2022-03-01", "2027-02-28"),
              spells=job("2014-02-01", "2025-02-10"))
    ei_allowance(f, t, "2025-03-03", "2025-08-29", at("2026-06-03", "10:11"))

    # 12 Disabled, 5 + 6 months drawn in the lookback: the 12-month cap leaves 1 month.
    t = enrol(12, "1983-05-25", "female", "disabled", ["idCard", "disabilityCard"], ("2020-06-01", "2030-05-31"),
              spells=job("2009-09-01", "2024-06-30") + job("2025-01-06", "2025-02-20"))
    ei_allowance(f, t, "2025-03-03", "2025-08-29", at("2026-06-03", "10:12"))

    # 13 Drew unemployment benefit for the first 10 days of the class.
    t = enrol(13, "1972-08-08", "male", **middle_aged("1972-08-08"), spells=job("2003-04-01", "2026-04-26"))
    f.add(JOBS_NTPC, "jobSearch.registered", t, at("2026-05-16", "10:00"), {"on": "2026-04-28"})
    f.add(BLI, "benefit.recorded", t, at("2026-06-25", "10:00"),
          {"kind": "unemploymentBenefit", "from": "2026-05-12", "to": "2026-06-10"})

    # 14 Indigenous, but the household register never came.
    enrol(14, "1998-02-14", "female", "indigenous", ["idCard"], ("1998-02-14", None),
          spells=job("2020-09-01", "2026-04-10"))

    # 15 Insured through an occupational union, affidavit of not working on file.
    t = enrol(15, "1979-10-10", "male", **middle_aged("1979-10-10"), trained_insurance=False,
              spells=[spell("occupationalUnion", "2023-01-01", employer="新北市示例職業工會")])
    f.add(NTPC, "affidavit.filed", t, at("2026-05-18", "10:00"),
          {"class": COFFEE, "kind": "notWorking", "on": "2026-05-18"})

    # 16 Has a job: labour-insured on the start day and throughout.
    enrol(16, "1977-01-31", "female", **middle_aged("1977-01-31"), trained_insurance=False,
          spells=job("2025-11-03", employer="示例物流有限公司"))

    # 17 New resident with a residence permit in place of the ID card.
    enrol(17, "1993-12-24", "female", "newResident", ["residencePermit", "householdRegister"],
          ("2024-06-01", "2027-05-31"), spells=job("2025-01-02", "2026-03-31"), nationality="newResident",
          application_papers=["applicationForm", "photo", "residencePermit", "rightsConsent",
                              "enrolmentAffidavit", "householdRegister"],
          allowance_papers=["applicationForm", "residencePermit", "allowanceAffidavit", "bankBook"])

    # 18 Took an insured part-time job on 30 June and left only on 6 July; a month is already paid.
    t = enrol(18, "1996-03-03", "male", "indigenous", ["idCard", "householdRegister"], ("1996-03-03", None),
              spells=job("2021-05-01", "2026-04-15"), left=("2026-07-06", "withdrawn", "employment"))
    f.add(NORTH, "payout.made", t, at("2026-07-10", "14:18"),
          {"payout": "P-COFFEE-18-1", "kind": "livingAllowance", "class": COFFEE, "amount": 17700,
           "on": "2026-07-10", "halfMonths": 2, "from": "2026-06-01", "to": "2026-06-30", "payee": "trainee"})
    f.add(BLI, "work.reported", t, at("2026-07-20", "09:18"), {"kind": "partTime", "from": "2026-06-30"})
    f.add(BLI, "insurance.verified", t, at("2026-07-20", "09:19"),
          {"asOf": "2026-07-20", "method": "system",
           "spells": job("2021-05-01", "2026-04-15") + [IN_TRAINING | {"to": "2026-07-05"}]
           + job("2026-06-30", employer="示例便利商店有限公司")})

    # 19 Six months drawn, of which two began before the lookback (2024-06-01 to 2026-05-31).
    t = enrol(19, "1970-11-11", "female", **middle_aged("1970-11-11"),
              spells=job("1998-02-01", "2024-03-31") + job("2025-01-13", "2026-04-30"))
    ei_allowance(f, t, "2024-04-17", "2024-10-13", at("2026-06-03", "10:19"))

    # 20 No category, never insured: pays 20 % of the fee; applies for the allowance all the same.
    enrol(20, "2003-08-15", "female", fee=3052)

    # 21 Came to the interview, 58 points: not admitted.
    f.add(CLOUD, "trainee.registered", "T-COFFEE-21", at("2026-05-24", "20:00"),
          {"birthDate": "2001-04-04", "sex": "male", "nationality": "national"})
    f.add(CLOUD, "application.submitted", "T-COFFEE-21", at("2026-05-24", "20:15"),
          {"class": COFFEE, "at": at("2026-05-24", "20:15"), "documents": APPLICATION_PAPERS})
    f.add(NTPC, "selection.scored", "T-COFFEE-21", at("2026-05-28", "12:21"), {"class": COFFEE, "interview": 58})

    f.add(NTPC, "class.closed", COFFEE, at("2026-07-24", "17:00"), {"on": "2026-07-24"})


def ei_allowance(f, trainee, start, end, time):
    """Six months of the training allowance under the Employment Insurance Act (就保法職業訓練生活津貼)."""
    f.add(BLI, "benefit.recorded", trainee, time,
          {"kind": "employmentInsuranceTrainingAllowance", "from": start, "to": end, "halfMonths": 12})


def bakery_class(f):
    """2024-07-22 to 2024-12-18, 150 days: Monday to Friday, 6 hours, but for two holidays."""
    first, last, holidays = "2024-07-22", "2024-12-18", {"2024-09-17", "2024-10-10"}
    days = [plus(first, n) for n in range((day(last) - day(first)).days + 1)]
    table = sessions({d: "09:00-12:00 13:00-16:00" for d in days if day(d).weekday() < 5 and d not in holidays})
    per_day = minutes_by_day(table)
    f.add(NTPC, "class.approved", BAKERY, at("2024-05-20", "10:00"),
          {"programme": "preEmployment", "courseName": "烘焙食品製作班", "unit": "U-NTPC-VTC", "county": "新北市",
           "fee": 42000, "seats": 20, "startsOn": first, "endsOn": last, "applicationClosesOn": "2024-07-05",
           "recruitsFrom": "2024-06-03", "selection": "writtenOral", "delivery": "localGovernment",
           "attendanceLimits": {"truancyPercent": 4, "leavePercent": 10}})
    f.add(NTPC, "class.scheduled", BAKERY, at("2024-05-20", "10:05"), {"sessions": table})
    people = [
        ("T-COFFEE-10-OLD", "1974-02-20", "middleAged", ["idCard"], ("2019-02-20", "2039-02-20"),
         job("2000-03-01", "2024-05-31"),
         [(49446, 6, "2024-07-22", "2024-10-19", "2024-11-12"), (32964, 4, "2024-10-20", "2024-12-18", "2025-01-15")]),
        ("T-COFFEE-12", "1983-05-25", "disabled", ["idCard", "disabilityCard"], ("2020-06-01", "2030-05-31"),
         job("2009-09-01", "2024-06-30"),
         [(82410, 10, "2024-07-22", "2024-12-18", "2025-01-15")]),
    ]
    for n, (t, born, category, papers, valid, spells, payouts) in enumerate(people):
        f.add(CLOUD, "trainee.registered", t, at("2024-06-20", f"09:0{n}"),
              {"birthDate": born, "sex": "female", "nationality": "national"})
        f.add(CLOUD, "application.submitted", t, at("2024-06-20", f"09:3{n}"),
              {"class": BAKERY, "at": at("2024-06-20", f"09:3{n}"), "identityClaimed": category,
               "documents": APPLICATION_PAPERS})
        certify(f, NTPC, t, at("2024-07-08", f"10:0{n}"), category, *valid, papers)
        f.add(NTPC, "selection.scored", t, at("2024-07-10", f"16:0{n}"),
              {"class": BAKERY, "written": 80 - n, "oral": 84})
        f.add(NTPC, "enrolment.admitted", t, at("2024-07-12", f"17:0{n}"),
              {"class": BAKERY, "seat": "subsidised", "rank": n + 1})
        f.add(NTPC, "enrolment.started", t, at(first, "08:50"), {"class": BAKERY, "on": first})
        f.add(BLI, "insurance.verified", t, at(first, "16:30"),
              {"asOf": first, "method": "system",
               "spells": spells + [IN_TRAINING | {"from": first}]})
        f.add(NTPC, "allowance.applied", t, at("2024-07-25", f"13:0{n}"),
              {"kind": "livingAllowance", "class": BAKERY, "on": "2024-07-25", "category": category,
               "documents": ALLOWANCE_PAPERS})
        attend(f, NTPC, t, BAKERY, per_day)
        f.add(NTPC, "enrolment.completed", t, at(last, "19:00"), {"class": BAKERY, "on": last, "certificate": True})
        for k, (amount, half, start, end, on) in enumerate(payouts, 1):
            f.add(NORTH, "payout.made", t, at(on, f"14:0{n}"),
                  {"payout": f"P-BAKERY-{n + 1}-{k}", "kind": "livingAllowance", "class": BAKERY, "amount": amount,
                   "on": on, "halfMonths": half, "from": start, "to": end, "payee": "trainee"})
    f.add(NTPC, "class.closed", BAKERY, at("2024-12-27", "17:00"), {"on": "2024-12-27"})
