"""SEMI, ROC 111: the class of the document."""

from builders.coffee import ALLOWANCE_PAPERS, BLI, ei_allowance
from builders.event_file import at, attend, certify, job, leave, minutes_by_day, plus, sessions, spell

SEMI = "THM-111-SEMI-1"
NYCU = "/units/nycu"
THM = "/branches/taoyuan-hsinchu-miaoli"
TAIWANJOBS = "/portals/taiwanjobs"
JOBS_HSINCHU = "/job-centres/hsinchu"

FULL_DAY = "09:00-12:00 13:00-18:00"    # 8 h
HALF_DAY = "09:00-13:00"                # 4 h

# The document has no timetable; this one is ours: 212 h on 37 days within 09:00-18:00.
SEMI_FULL_DAYS = ["2022-06-01", "2022-06-07", "2022-06-09", "2022-06-14", "2022-06-16", "2022-06-18",
                  "2022-06-21", "2022-06-23", "2022-06-25", "2022-06-27", "2022-06-28", "2022-06-30",
                  "2022-07-26", "2022-07-27", "2022-07-28", "2022-07-29"]
SEMI_HALF_DAYS = ["2022-06-02", "2022-06-06", "2022-06-08", "2022-06-10", "2022-06-13", "2022-06-15",
                  "2022-06-17", "2022-06-20", "2022-06-22", "2022-06-24", "2022-06-29",
                  "2022-07-01", "2022-07-05", "2022-07-07", "2022-07-09", "2022-07-12", "2022-07-14",
                  "2022-07-19", "2022-07-21", "2022-07-22", "2022-07-25"]


def semi(f):
    table = sessions({d: FULL_DAY if d in SEMI_FULL_DAYS else HALF_DAY
                      for d in sorted(SEMI_FULL_DAYS + SEMI_HALF_DAYS)})
    per_day = minutes_by_day(table)
    in_training = spell("labour", "2022-06-01", mark="training", employer="國立陽明交通大學")

    f.add(THM, "unit.registered", "U-NYCU", at("2022-01-10", "09:00"),
          {"name": "國立陽明交通大學", "kind": "university", "county": "新竹市", "foundedOn": "2021-02-01"})
    f.add(THM, "class.approved", SEMI, at("2022-03-25", "10:00"),
          {"programme": "preEmployment", "courseName": "多元半導體人才養成班", "batch": "01", "unit": "U-NYCU",
           "county": "新竹市", "trade": "電機工程", "fee": 63500, "seats": 40, "startsOn": "2022-06-01",
           "endsOn": "2022-07-29", "applicationClosesOn": "2022-05-10", "recruitsFrom": "2022-04-01",
           "selection": "writtenOral", "delivery": "commissioned"})
    f.add(NYCU, "class.scheduled", SEMI, at("2022-03-25", "11:00"), {"sessions": table})

    def enrol(no, born, sex, certificates=(), spells=(), kind="livingAllowance", category=None, missing=None,
              left=None, fee=None, special=None, certified_on="2022-05-20"):
        """certificates = [(category, validFrom, validTo, papers)]"""
        t = f"T-SEMI-{no:02d}"
        on = plus("2022-04-06", 2 * no)
        f.add(TAIWANJOBS, "trainee.registered", t, at(on, "10:00"),
              {"birthDate": born, "sex": sex, "nationality": "national"})
        f.add(TAIWANJOBS, "application.submitted", t, at(on, "10:20"),
              {"class": SEMI, "at": at(on, "10:20"), "identityClaimed": category, "specialProject": special,
               "documents": ["applicationForm", "idCard", "diploma", "affidavit", "rightsConsent"]})
        f.add(NYCU, "selection.scored", t, at("2022-05-14", f"17:{no:02d}"),
              {"class": SEMI, "written": 92 - 2 * no, "oral": 88 - no})
        f.add(NYCU, "enrolment.admitted", t, at("2022-05-18", f"12:{no:02d}"),
              {"class": SEMI, "seat": "subsidised", "rank": no})
        for held, valid_from, valid_to, papers in certificates:
            certify(f, NYCU, t, at(certified_on, f"14:{no:02d}"), held, valid_from, valid_to, papers)
        if fee:
            f.add(NYCU, "fee.paid", t, at("2022-05-25", f"15:{no:02d}"),
                  {"class": SEMI, "amount": fee, "on": "2022-05-25"})
        f.add(NYCU, "enrolment.started", t, at("2022-06-01", f"08:{no + 40}"), {"class": SEMI, "on": "2022-06-01"})
        f.add(BLI, "insurance.verified", t, at("2022-06-01", f"19:{no:02d}"),
              {"asOf": "2022-06-01", "method": "system",
               "spells": list(spells) + [in_training]})
        f.add(NYCU, "allowance.applied", t, at("2022-06-07", f"12:{no:02d}"),
              {"kind": kind, "class": SEMI, "on": "2022-06-07", "category": category, "documents": ALLOWANCE_PAPERS})
        attend(f, NYCU, t, SEMI, per_day, missing, None, left and left[0])
        if left:
            f.add(NYCU, "enrolment.withdrawn", t, at(left[0], "08:30"),
                  {"class": SEMI, "on": left[0], "reason": left[1]})
        else:
            f.add(NYCU, "enrolment.completed", t, at("2022-07-29", "19:00"),
                  {"class": SEMI, "on": "2022-07-29", "certificate": True})
        return t

    # Papers by SEMI's list; those of the later COFFEE table (affidavits) are filed too.
    sole = ("soleBreadwinner", "2022-01-01", "2022-12-31", ["idCard", "householdRegister", "inSchoolProof", "affidavit"])
    def middle(born):
        return "middleAged", f"{int(born[:4]) + 45}{born[4:]}", f"{int(born[:4]) + 65}{born[4:]}", ["idCard"]

    def once_insured(since):
        return "voluntaryUnemployedInsured", since, None, ["idCard"]

    # 01 Full attendance: 59 days, 2 months.
    enrol(1, "1989-05-17", "female", [("indigenous", "1989-05-17", None, ["idCard", "householdRegister"])],
          job("2014-08-01", "2022-02-28"), category="indigenous")

    # 02 Leaves on 26 July: 55 days, a remainder of 25 days with 40 h.
    enrol(2, "1994-01-12", "male", [("lowIncome", "2022-01-01", "2022-12-31", ["idCard", "lowIncomeProof"])],
          job("2018-03-01", "2022-01-31"), category="lowIncome", left=("2022-07-26", "family"))

    # 03 Disabled, 6 months drawn in the lookback: room under the 12-month cap.
    t = enrol(3, "1987-10-30", "female", [("disabled", "2019-05-01", "2024-04-30", ["idCard", "disabilityCard"])],
              job("2012-07-01", "2020-08-15"), category="disabled")
    ei_allowance(f, t, "2020-09-01", "2021-02-27", at("2022-06-02", "10:03"))

    # 04 Aged 27, no category, never insured: pays 20 %, applies for the learning reward.
    enrol(4, "1994-09-20", "male", kind="learningReward", fee=12700)

    # 05 Turns 30 on the start day: too old for the learning reward.
    enrol(5, "1992-06-01", "female", [once_insured("2022-03-01")], job("2017-07-01", "2022-02-28"),
          kind="learningReward")

    # 06 Absent for 1,272 minutes, exactly 10 % of 212 h; sick leave counts as absence here.
    missing = {"2022-06-14": 480, "2022-06-16": 480, "2022-06-17": 240, "2022-06-20": 72}
    t = enrol(6, "1998-12-08", "male", [once_insured("2022-04-01")], job("2021-08-01", "2022-03-31"),
              kind="learningReward", missing=missing)
    for n, (on, length) in enumerate(missing.items(), 1):
        leave(f, NYCU, t, SEMI, f"L-SEMI-06-{n}", on, length, "sick",
              at(on, "08:20"), at(plus(on, 1), "12:00"))

    # 07 Absent for 1,271 minutes, without leave.
    enrol(7, "1999-03-21", "female", [once_insured("2022-02-01")], job("2021-07-01", "2022-01-31"),
          kind="learningReward",
          missing={"2022-06-14": 480, "2022-06-16": 480, "2022-06-17": 240, "2022-06-20": 71})

    # 08 Involuntarily unemployed and middle-aged, known before the start, with referral: insurance first.
    t = enrol(8, "1973-02-02", "male",
              [("involuntaryUnemployed", "2022-04-01", None, ["idCard", "referralLetter", "involuntarySeparationProof"]),
               middle("1973-02-02")], job("2005-06-01", "2022-03-31"), category="middleAged")
    f.add(JOBS_HSINCHU, "jobSearch.registered", t, at("2022-04-25", "10:00"), {"on": "2022-04-25"})
    f.add(JOBS_HSINCHU, "referral.issued", t, at("2022-05-06", "10:00"), {"class": SEMI, "on": "2022-05-06"})

    # 09 Middle-aged, 6 months drawn in the lookback: the cap is used up.
    t = enrol(9, "1971-07-19", "female", [middle("1971-07-19")], job("1995-01-05", "2020-08-20"), category="middleAged")
    ei_allowance(f, t, "2020-09-01", "2021-02-27", at("2022-06-02", "10:09"))

    # 10 As 09, but it was another agency's allowance, which SEMI does not count.
    t = enrol(10, "1968-11-03", "male", [middle("1968-11-03")], job("1993-09-01", "2020-08-20"), category="middleAged")
    f.add(THM, "benefit.recorded", t, at("2022-06-02", "10:10"),
          {"kind": "otherTrainingAllowance", "from": "2020-09-01", "to": "2021-02-27", "halfMonths": 12})

    # 11 Employed when applying (專案報名), unemployed from the start day.
    enrol(11, "1985-08-26", "female", [sole], job("2013-02-01", "2022-05-31"), category="soleBreadwinner", special=True)

    f.add(NYCU, "class.closed", SEMI, at("2022-08-12", "16:00"), {"on": "2022-08-12"})
