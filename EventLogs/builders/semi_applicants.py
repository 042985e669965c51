"""The rest of SEMI's applicants: a 65th birthday, bars from earlier classes, the selection, insurance when applying."""

from builders.coffee import ALLOWANCE_PAPERS, BLI
from builders.event_file import at, attend, certify, job, minutes_by_day, plus, spell
from builders.semi import NYCU, SEMI, TAIWANJOBS, THM

EARLIER = "U-SEMI-EARLIER"
UNION = [spell("occupationalUnion", "2020-02-01", employer="新竹市示例職業工會")]


def semi_applicants(f):
    scheduled = next(e for e in f.events if e["type"] == "class.scheduled" and e["subject"] == SEMI)
    per_day = minutes_by_day(scheduled["data"]["sessions"])
    idle = job("2016-09-01", "2020-03-31")

    def apply(no, born, spells=idle, on=None, clock="10:20", category=None, certificate=None, affidavit=False):
        """certificate = (category, validFrom, validTo, papers)"""
        t, on = f"T-SEMI-{no}", on or plus("2022-04-20", no - 12)
        f.add(TAIWANJOBS, "trainee.registered", t, at(on, "10:00"),
              {"birthDate": born, "sex": "female", "nationality": "national"})
        f.add(TAIWANJOBS, "application.submitted", t, at(on, clock),
              {"class": SEMI, "at": at(on, clock), "identityClaimed": category,
               "documents": ["applicationForm", "idCard", "diploma", "affidavit", "rightsConsent"]})
        f.add(BLI, "insurance.verified", t, at(on, "20:00"), {"asOf": on, "method": "system", "spells": spells})
        if affidavit:
            f.add(NYCU, "affidavit.filed", t, at(on, "21:00"), {"class": SEMI, "kind": "notWorking", "on": on})
        if certificate:
            certify(f, NYCU, t, at("2022-05-20", f"14:{no}"), *certificate)
        return t

    def score(t, written=None, oral=None, late=None):
        f.add(NYCU, "selection.scored", t, at("2022-05-14", f"17:{t[-2:]}"),
              {"class": SEMI, "written": written, "oral": oral, "minutesLate": late})

    def join(t, rank, spells=idle, left=None, fee=None):
        """Admitted and started; leaves in the adaptation period, or completes."""
        no = t[-2:]
        f.add(NYCU, "enrolment.admitted", t, at("2022-05-18", f"12:{no}"),
              {"class": SEMI, "seat": "subsidised", "rank": rank})
        if fee:
            f.add(NYCU, "fee.paid", t, at("2022-05-25", f"15:{no}"), {"class": SEMI, "amount": fee, "on": "2022-05-25"})
        f.add(NYCU, "enrolment.started", t, at("2022-06-01", "08:55"), {"class": SEMI, "on": "2022-06-01"})
        f.add(BLI, "insurance.verified", t, at("2022-06-01", f"19:{no}"),
              {"asOf": "2022-06-01", "method": "system",
               "spells": spells + [spell("labour", "2022-06-01", mark="training", employer="國立陽明交通大學")]})
        attend(f, NYCU, t, SEMI, per_day, left=left)
        if left:
            f.add(NYCU, "enrolment.withdrawn", t, at(left, "08:30"),
                  {"class": SEMI, "on": left, "reason": "family", "adaptationPeriod": True})
        else:
            f.add(NYCU, "enrolment.completed", t, at("2022-07-29", "19:00"),
                  {"class": SEMI, "on": "2022-07-29", "certificate": True})

    # 12 65th birthday on the start day: free by row 22 of ROC 111; for the allowance an elder is over 65.
    t = apply(12, "1957-06-01", job("1984-03-01", "2019-12-31"), category="elder",
              certificate=("elder", "2022-06-01", None, ["idCard"]))
    score(t, 70, 72)
    join(t, 12, job("1984-03-01", "2019-12-31"))
    f.add(NYCU, "allowance.applied", t, at("2022-06-07", "12:12"),
          {"kind": "livingAllowance", "class": SEMI, "on": "2022-06-07", "category": "elder",
           "documents": ALLOWANCE_PAPERS})

    # 13 Completed a class on 2021-12-03: the start is the 180th day after it. 14 on 2021-12-02: free.
    apply(13, "1991-03-03")
    t14 = apply(14, "1990-04-14")
    # 15 Expelled on 2021-06-01, the first day of the year before the start.
    apply(15, "1993-05-15")
    # 16 Left the same course on 2019-06-01, the first day of the three years before.
    apply(16, "1989-06-16")
    # 17 Left one class and completed another within two years; 18 the same, but left in the adaptation period.
    apply(17, "1992-07-17")
    t18 = apply(18, "1994-08-18")
    # 14 and 18 come to 63 both: the better written score ranks first.
    score(t14, 66, 60)
    score(t18, 60, 66)

    # 19 Sixteen minutes late to the written test. 20 59 1/2 points. 21 Not at the oral test.
    score(apply(19, "1995-09-19"), 90, 90, 16)
    score(apply(20, "1996-10-20"), 59, 60)
    score(apply(21, "1997-11-21"), written=88)

    # 22 Insured through a union, affidavit, no category. 23 the same, middle-aged. 24 as 23 without the affidavit.
    middle = ("middleAged", "2020-01-15", "2040-01-15", ["idCard"])
    t22 = apply(22, "1988-12-22", UNION, affidavit=True)
    t23 = apply(23, "1975-01-15", UNION, category="middleAged", certificate=middle, affidavit=True)
    t24 = apply(24, "1975-01-15", UNION, category="middleAged", certificate=middle)
    for t in (t22, t23, t24):
        score(t, 61, 61)
    f.add(BLI, "insurance.verified", t24, at("2022-06-01", "19:24"),
          {"asOf": "2022-06-01", "method": "system", "spells": UNION})

    # 25 Employed when applying, and no special-project application. 26 Applied after the closing day.
    score(apply(25, "1987-02-25", job("2019-01-02", "2022-05-27")), 60, 60)
    apply(26, "1986-03-26", on="2022-05-11")

    history(f)

    for rank, (t, spells, left, fee) in enumerate(
            [(t14, idle, "2022-06-02", 12700), (t18, idle, "2022-06-02", 12700), (t22, UNION, "2022-06-06", 12700),
             (t23, UNION, "2022-06-06", None)], 13):
        join(t, rank, spells, left, fee)


def history(f):
    """Earlier classes of the branch; only how they ended for these applicants is recorded."""
    f.add(THM, "unit.registered", EARLIER, at("2018-12-03", "09:00"),
          {"name": "財團法人示例電子人才發展基金會", "kind": "foundation", "county": "新竹市", "foundedOn": "2008-05-20"})

    def class_(id_, course, start, end):
        f.add(THM, "class.approved", id_, at(plus(start, -60), "10:00"),
              {"programme": "preEmployment", "courseName": course, "unit": EARLIER, "county": "新竹市",
               "fee": 40000, "seats": 30, "startsOn": start, "endsOn": end, "selection": "writtenOral",
               "delivery": "commissioned"})

        def took(no, on, how, **more):
            t = f"T-SEMI-{no}"
            # Registered before the first of the classes, and so before the application to SEMI.
            registered = next(e for e in f.events if e["type"] == "trainee.registered" and e["subject"] == t)
            registered["time"] = min(registered["time"], at(plus(start, -30), "10:00"))
            f.add(NYCU, "enrolment.started", t, at(start, "09:00"), {"class": id_, "on": start})
            f.add(NYCU, f"enrolment.{how}", t, at(on, "18:00"), {"class": id_, "on": on} | more)
        return took

    pcb = class_("THM-110-PCB-1", "電路板實務班", "2021-10-04", "2021-12-03")
    optics = class_("THM-110-OPTICS-1", "光電元件班", "2021-10-04", "2021-12-02")
    drawing = class_("THM-110-CAD-1", "電腦輔助製圖班", "2021-05-03", "2021-07-30")
    same = class_("THM-108-SEMI-1", "多元半導體人才養成班", "2019-04-15", "2019-06-28")
    pcb(13, "2021-12-03", "completed", certificate=True)
    optics(14, "2021-12-02", "completed", certificate=True)
    drawing(15, "2021-06-01", "expelled", reason="truancy")
    same(16, "2019-06-01", "withdrawn", reason="family")
    for no, adaptation in [(17, None), (18, True)]:
        drawing(no, "2021-05-07", "withdrawn", reason="family", adaptationPeriod=adaptation)
        optics(no, "2021-12-02", "completed", certificate=True)
