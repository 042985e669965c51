#!/usr/bin/env python3
"""Writes coffee-2026.jsonl, semi-2022.jsonl and tip-classes.jsonl next to this file.

Standard library only (Python 3.11), no clock, no randomness: every run writes the same bytes.
All people are invented. Courses, timetable, fees and rules come from the three official documents.
What each trainee shows, and what must be decided, is in README.md and expected.json.
"""

import json
from datetime import date, timedelta
from pathlib import Path

HERE = Path(__file__).resolve().parent


# --------------------------------------------------------------------------- helpers

def day(text):
    return date.fromisoformat(text)


def plus(text, days):
    return (day(text) + timedelta(days=days)).isoformat()


def at(on, clock):
    """A time in Taipei: at("2026-06-01", "09:30")."""
    return f"{on}T{clock}:00+08:00"


def minutes(clock):
    return int(clock[:2]) * 60 + int(clock[3:])


def sessions(table):
    """{"2026-06-01": "09:30-10:30 10:30-12:30"} as a list of session objects."""
    out = []
    for on, text in table.items():
        for span in text.split():
            start, end = span.split("-")
            out.append({"on": on, "from": start, "to": end})
    return out


def minutes_by_day(sessions_):
    out = {}
    for s in sessions_:
        out[s["on"]] = out.get(s["on"], 0) + minutes(s["to"]) - minutes(s["from"])
    return out


def spell(scheme, start, end=None, **more):
    """One insurance spell; without an end it is still in force."""
    s = {"scheme": scheme, "from": start}
    if end:
        s["to"] = end
    return s | more


def job(start, end=None, employer=None):
    """A job brings labour and employment insurance together."""
    more = {"employer": employer} if employer else {}
    return [spell("labour", start, end, **more), spell("employment", start, end, **more)]


class File:
    """Collects events, sorts them by time (equal times keep their order) and numbers them."""

    def __init__(self, name, prefix):
        self.path, self.prefix, self.events = HERE / name, prefix, []

    def add(self, source, type_, subject, time, data):
        event = {"specversion": "1.0", "id": None, "source": source, "type": type_,
                 "subject": subject, "time": time, "data": {k: v for k, v in data.items() if v is not None}}
        self.events.append(event)
        return event

    def retract(self, source, target, time, reason):
        self.add(source, "event.retracted", target["subject"], time,
                 {"retractsSource": target["source"], "retractsId": target, "reason": reason})

    def write(self):
        self.events.sort(key=lambda e: e["time"])
        for n, e in enumerate(self.events, 1):
            e["id"] = f"{self.prefix}-{n:04d}"
        for e in self.events:
            if e["type"] == "event.retracted":
                e["data"]["retractsId"] = e["data"]["retractsId"]["id"]
        with open(self.path, "w", encoding="utf-8", newline="\n") as out:
            for e in self.events:
                out.write(json.dumps(e, ensure_ascii=False, separators=(",", ":")) + "\n")


def attend(f, source, trainee, class_, per_day, missing=None, joined=None, left=None, clock="18:10"):
    """One attendance.recorded for every session day from joining until the day before leaving."""
    for on, scheduled in per_day.items():
        if (joined and on < joined) or (left and on >= left):
            continue
        f.add(source, "attendance.recorded", trainee, at(on, clock),
              {"class": class_, "on": on, "presentMinutes": scheduled - (missing or {}).get(on, 0)})


def certify(f, source, trainee, time, category, valid_from, valid_to, documents):
    f.add(source, "identity.certified", trainee, time,
          {"category": category, "validFrom": valid_from, "validTo": valid_to, "documents": documents})


def leave(f, source, trainee, class_, request, on, length, kind, asked, decided, start=None, end=None):
    f.add(source, "leave.requested", trainee, asked,
          {"class": class_, "request": request, "on": on, "from": start, "to": end,
           "minutes": length, "kind": kind})
    f.add(source, "leave.approved", trainee, decided, {"class": class_, "request": request})


# --------------------------------------------------------------------------- COFFEE, ROC 115

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


def coffee():
    f = File("coffee-2026.jsonl", "coffee")
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
    f.write()


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


# --------------------------------------------------------------------------- SEMI, ROC 111

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


def semi():
    f = File("semi-2022.jsonl", "semi")
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
    f.write()


# --------------------------------------------------------------------------- TIP, 產業人才投資方案

ASSOC, UNION = "/units/taoyuan-design-association", "/units/taichung-instrument-union"
CENTRAL = "/branches/taichung-changhua-nantou"
TIMS = "/portals/tims"


class Tip:
    """Builds TIP classes and the enrolments in them."""

    def __init__(self, f):
        self.f, self.classes, self.known = f, {}, set()

    def class_(self, id_, course, fee, start, span, count, programme="industryTalent", batch=None,
               closed_after=14, union=False, fee_collection=None):
        """Weekly from the start day on but for holidays, `count` times; closed_after=None leaves the class open."""
        f, unit = self.f, UNION if union else ASSOC
        branch = CENTRAL if union else THM
        days, d = [], start
        while len(days) < count:
            if d not in HOLIDAYS:
                days.append(d)
            d = plus(d, 7)
        table = sessions({d: span for d in days})
        approved = plus(start, -60)
        f.add(branch, "class.approved", id_, at(approved, "10:00"),
              {"programme": programme, "courseName": course, "batch": batch,
               "unit": "U-TIP-UNION" if union else "U-TIP-ASSOC", "county": "臺中市" if union else "桃園市",
               "fee": fee, "seats": 30, "startsOn": start, "endsOn": days[-1],
               "selection": "firstCome", "feeCollection": fee_collection})
        f.add(unit, "class.scheduled", id_, at(approved, "11:00"), {"sessions": table})
        if closed_after is not None:
            on = plus(days[-1], closed_after)
            f.add(unit, "class.closed", id_, at(on, "16:00"), {"on": on})
        self.classes[id_] = {"source": unit, "branch": branch, "start": start, "end": days[-1],
                             "perDay": minutes_by_day(table), "fee": fee}

    def register(self, trainee, time, born, sex="female", name=None):
        self.known.add(trainee)
        self.f.add(TIMS, "trainee.registered", trainee, time,
                   {"birthDate": born, "sex": sex, "nationality": "national", "name": name})

    def enrol(self, trainee, class_, spells, born="1990-01-15", sex="female", name=None, employer=None,
              order=0, missing=None, joined=None, prepaid=None, certificate=None, method="system",
              payout=None, early_check=None):
        """One trainee in one class, from the application to the certificate.

        certificate = (category, validFrom, validTo, papers); payout = (payout ID, amount, day)."""
        f, c = self.f, self.classes[class_]
        start, source = c["start"], c["source"]
        first = opens(start)
        if trainee not in self.known:
            self.register(trainee, at(first, "09:00"), born, sex, name)
        applied = at(first, f"12:{order:02d}")
        f.add(TIMS, "application.submitted", trainee, applied, {"class": class_, "at": applied, "employer": employer})
        if early_check is not None:
            f.add(BLI, "insurance.verified", trainee, at(first, "18:00"),
                  {"asOf": first, "method": "system", "spells": early_check})
        admitted = plus(joined, -1) if joined else plus(first, 5)
        f.add(source, "enrolment.admitted", trainee, at(admitted, f"10:{order:02d}"),
              {"class": class_, "seat": "subsidised"})
        paid_on = admitted if joined else plus(first, 9)
        f.add(source, "fee.paid", trainee, at(paid_on, f"15:{order:02d}"),
              {"class": class_, "amount": c["fee"] if prepaid is None else prepaid, "on": paid_on})
        if certificate:
            certify(f, source, trainee, at(plus(first, 9), f"16:{order:02d}"), *certificate)
        on = joined or start
        f.add(source, "enrolment.started", trainee, at(on, "08:30"), {"class": class_, "on": on})
        f.add(BLI, "insurance.verified", trainee, at(on, "20:00"),
              {"asOf": on, "method": method, "spells": spells})
        attend(f, source, trainee, class_, c["perDay"], missing, joined, clock="21:45")
        f.add(source, "enrolment.completed", trainee, at(c["end"], "22:00"),
              {"class": class_, "on": c["end"], "certificate": True})
        survey = plus(c["end"], 2)
        f.add(TIMS, "survey.submitted", trainee, at(survey, "20:00"), {"class": class_, "on": survey})
        if payout:
            id_, amount, on = payout
            f.add(c["branch"], "payout.made", trainee, at(on, "10:00"),
                  {"payout": id_, "kind": "tuitionSubsidy", "class": class_, "amount": amount, "on": on,
                   "payee": "trainee"})


def opens(start):
    """The day online application opens: one month before the start day (T2)."""
    d = day(start)
    y, m = (d.year, d.month - 1) if d.month > 1 else (d.year - 1, 12)
    last = (date(y + m // 12, m % 12 + 1, 1) - timedelta(days=1)).day
    return date(y, m, min(d.day, last)).isoformat()


MORNING, EVENING = "09:00-12:00", "18:30-21:30"
HOLIDAYS = ("2015-06-19", "2024-04-06", "2025-04-05", "2025-04-06",
            "2026-04-04", "2026-04-05", "2026-06-20")       # 清明 and 端午: no class


def tip():
    f = File("tip-classes.jsonl", "tip")
    t = Tip(f)
    f.add(THM, "unit.registered", "U-TIP-ASSOC", at("2011-01-10", "09:00"),
          {"name": "社團法人桃園市示例設計協會", "kind": "associationInPublicInterest", "county": "桃園市",
           "foundedOn": "2004-05-01", "reviewGrade": "A"})
    f.add(CENTRAL, "unit.registered", "U-TIP-UNION", at("2011-01-11", "09:00"),
          {"name": "臺中市示例儀器工會", "kind": "labourUnion", "county": "臺中市", "foundedOn": "1998-09-01",
           "reviewGrade": "B", "insuranceArrears": False})
    working = job("2016-03-01", employer="示例電子股份有限公司")

    # T8, T9, T16: a class of NT$10,000, closed on 2026-05-16.
    t.class_("TIP-115-T08", "智慧製造數據分析班", 10000, "2026-03-07", MORNING, 8, batch="1")
    t.enrol("T-TIP-08", "TIP-115-T08", working, born="1975-06-20", order=1,
            certificate=("middleAged", "2020-06-20", "2040-06-20", ["idCard"]))
    t.enrol("T-TIP-08-ELDER", "TIP-115-T08", working, born="1961-03-07", sex="male", order=2,
            certificate=("elder", "2026-03-07", None, ["idCard"]))
    t.enrol("T-TIP-09", "TIP-115-T08", working, born="1987-09-14", order=3,
            certificate=("soleBreadwinner", "2026-01-01", "2026-12-31",
                         ["idCard", "householdRegister", "inSchoolProof", "affidavit"]))
    t.class_("TIP-114-T16", "商用英文簡報班", 15000, "2025-09-06", MORNING, 12)
    t.enrol("T-TIP-16", "TIP-114-T16", working, born="1993-04-02", order=1,
            payout=("P-TIP-16-1", 12000, "2026-01-15"))
    t.enrol("T-TIP-16", "TIP-115-T08", working, order=4)

    # T17: the same course again, ended, closing papers not sent: 80 % although the category is held.
    t.class_("TIP-115-T17", "智慧製造數據分析班", 10000, "2026-05-16", MORNING, 8, batch="2", closed_after=None)
    t.enrol("T-TIP-17", "TIP-115-T17", working, born="1991-02-28", sex="male", order=1,
            certificate=("indigenous", "1991-02-28", None, ["idCard", "householdRegister"]))

    # T10, T11 (and T5 to T7): insurance on the start day, 2026-03-08.
    t.class_("TIP-115-T10", "平面設計實務班", 7000, "2026-03-08", "09:00-12:00 13:00-14:00", 6)
    t.enrol("T-TIP-10", "TIP-115-T10", job("2022-07-01"), order=1)
    f.add(BLI, "insurance.verified", "T-TIP-10", at("2026-04-10", "09:00"),
          {"asOf": "2026-04-10", "method": "system", "spells": job("2022-07-01", "2026-03-20")})
    t.enrol("T-TIP-11", "TIP-115-T10", job("2021-01-04", "2026-02-28"), order=2, early_check=job("2021-01-04"))
    t.enrol("T-TIP-05-UNION", "TIP-115-T10", [spell("occupationalUnion", "2019-05-01")], order=3)
    t.enrol("T-TIP-05-TRAIN", "TIP-115-T10",
            [spell("labour", "2026-03-02", mark="training"), spell("farmers", "2018-01-01")], order=4)
    t.enrol("T-TIP-06", "TIP-115-T10", [], order=5)
    t.enrol("T-TIP-07", "TIP-115-T10", [spell("civilServant", "2015-10-01")], order=6)

    # T12: 25 hours, five Saturdays of 5 h; 小李 may miss 5 h, not 6 h. The fee of 4,999 shows the rounding.
    t.class_("TIP-115-T12", "機器人實戰設計體驗班", 4999, "2026-03-14", "09:00-12:00 13:00-15:00", 5)
    t.enrol("T-TIP-12-5H", "TIP-115-T12", working, name="小李", sex="male", order=1, missing={"2026-03-28": 300})
    t.enrol("T-TIP-12-6H", "TIP-115-T12", working, order=2, missing={"2026-03-28": 300, "2026-04-11": 60})

    # T13: 30 hours, ten Saturdays of 3 h; both move up (遞補) 14 days after the start, when 6 h are gone.
    t.class_("TIP-115-T13", "財金大數據分析班", 8000, "2026-03-07", MORNING, 10)
    t.enrol("T-TIP-13", "TIP-115-T13", working, name="小明", sex="male", order=1, joined="2026-03-21")
    t.enrol("T-TIP-13-LATE", "TIP-115-T13", working, order=2, joined="2026-03-21", missing={"2026-05-09": 30})

    # T14: window 2012-03-05 to 2015-03-04, used up; 2015-03-04 still falls in it, 2015-05-01 opens the next.
    since_2005 = job("2005-02-01", employer="示例機械有限公司")
    t.class_("TIP-101-T14-A", "工業設計學分班", 50000, "2012-03-05", EVENING, 12)
    t.class_("TIP-102-T14-B", "模具設計進階班", 37500, "2013-09-03", EVENING, 12)
    t.class_("TIP-104-T14-C", "電腦輔助製圖班", 10000, "2015-03-04", EVENING, 8)
    t.class_("TIP-104-T14-D", "三維列印應用班", 10000, "2015-05-01", EVENING, 8, programme="takeoff")
    t.enrol("T-TIP-14", "TIP-101-T14-A", since_2005, born="1980-03-30", sex="male", order=1,
            payout=("P-TIP-14-A", 40000, "2012-07-16"))
    t.enrol("T-TIP-14", "TIP-102-T14-B", since_2005, order=1, payout=("P-TIP-14-B", 30000, "2014-01-15"))
    t.enrol("T-TIP-14", "TIP-104-T14-C", since_2005, order=1)
    t.enrol("T-TIP-14", "TIP-104-T14-D", since_2005, order=1)

    # Four earlier classes that use up most of a window: 20,000 + 25,000 + 20,000 = 65,000 (T15),
    # 20,000 + 25,000 + 23,000 = 68,000 (T22).
    t.class_("TIP-113-P1", "專案管理學分班", 25000, "2024-03-02", MORNING, 12)
    t.class_("TIP-113-P2", "數據視覺化學分班", 31250, "2024-09-07", MORNING, 12)
    t.class_("TIP-114-P3", "行銷企劃學分班", 25000, "2025-03-01", MORNING, 12)
    t.class_("TIP-114-P4", "品質管理學分班", 28750, "2025-03-02", MORNING, 12)
    # T15: 65,000 used, fee 10,000.
    t.class_("TIP-115-T15", "網頁設計班", 10000, "2026-03-10", EVENING, 8)
    paid = {"TIP-113-P1": (20000, "2024-07-10"), "TIP-113-P2": (25000, "2025-01-20"),
            "TIP-114-P3": (20000, "2025-07-10"), "TIP-114-P4": (23000, "2025-07-11")}
    for n, c in enumerate(["TIP-113-P1", "TIP-113-P2", "TIP-114-P3"], 1):
        t.enrol("T-TIP-15", c, working, born="1989-12-12", order=1, payout=(f"P-TIP-15-{n}", *paid[c]))
    t.enrol("T-TIP-15", "TIP-115-T15", working, order=1)
    # T22: industryTalent, the whole fee prepaid …
    t.enrol("T-TIP-22-FULL", "TIP-115-T15", working, order=2)
    # … and labourSelfLearning, half prepaid: with the whole quota, and with 2,000 left.
    t.class_("TIP-115-T22", "儀器操作與維護班", 10000, "2026-03-11", EVENING, 8, programme="labourSelfLearning",
             union=True, fee_collection="half")
    t.enrol("T-TIP-22-HALF", "TIP-115-T22", working, order=1, prepaid=5000)
    for n, c in enumerate(["TIP-113-P1", "TIP-113-P2", "TIP-114-P4"], 1):
        t.enrol("T-TIP-22-LOW", c, working, born="1986-08-01", order=2, payout=(f"P-TIP-22-{n}", *paid[c]))
    t.enrol("T-TIP-22-LOW", "TIP-115-T22", working, order=2, prepaid=5000)
    f.write()


if __name__ == "__main__":
    coffee()
    semi()
    tip()
