"""The rest of COFFEE's list of applicants: a tie, alternates, who was absent, late or barred; and two small classes
that show a class without enough applicants and a branch's own class."""

from builders.coffee import APPLICATION_PAPERS, BLI, CLOUD, COFFEE, NORTH, NTPC
from builders.event_file import at, certify, job, plus, spell

PASTRY = "NTPC-115-PASTRY"          # too few came
WELDING = "TKY-115-WELDING"         # a branch's own class


def apply(f, trainee, class_, on, clock, born, spells, sex="female", papers=APPLICATION_PAPERS):
    """Registers who is new, applies, and looks up the insurance on that day."""
    if not any(e["type"] == "trainee.registered" and e["subject"] == trainee for e in f.events):
        f.add(CLOUD, "trainee.registered", trainee, at(on, "08:30"),
              {"birthDate": born, "sex": sex, "nationality": "national"})
    f.add(CLOUD, "application.submitted", trainee, at(on, clock),
          {"class": class_, "at": at(on, clock), "documents": list(papers)})
    f.add(BLI, "insurance.verified", trainee, at(on, "20:30"), {"asOf": on, "method": "system", "spells": spells})


def coffee_selection(f):
    def score(trainee, no, interview=None):
        f.add(NTPC, "selection.scored", trainee, at("2026-05-28", f"14:{no:02d}"),
              {"class": COFFEE, "interview": interview})

    def alternate(trainee, no, rank):
        f.add(NTPC, "enrolment.admitted", trainee, at("2026-05-28", f"17:{no:02d}"),
              {"class": COFFEE, "seat": "alternate", "rank": rank})

    idle = job("2018-01-02", "2026-03-31")

    # 22, 23 The same points: the earlier application ranks first. 24 one point less.
    # The three have the seats of 15, 16 and 18, who were not out of work.
    for no, born, clock, points in [(22, "1989-02-11", "21:00", 76), (23, "1994-07-19", "21:30", 76),
                                    (24, "2000-12-05", "22:00", 75)]:
        t = f"T-COFFEE-{no}"
        apply(f, t, COFFEE, "2026-05-24", clock, born, idle)
        score(t, no, points)
        alternate(t, no, no - 1)

    # 25 Alternate, no seat came free: lapsed on Friday 29 May at 12:00.
    apply(f, "T-COFFEE-25", COFFEE, "2026-05-25", "09:00", "1997-09-09", idle, "male")
    score("T-COFFEE-25", 25, 70)
    alternate("T-COFFEE-25", 25, 24)

    # 26 Absent from the interview.
    apply(f, "T-COFFEE-26", COFFEE, "2026-05-25", "09:30", "1999-06-21", idle)
    score("T-COFFEE-26", 26)

    # 27 Cancelled two days before the start, late; 28 three days before, in time.
    for no, born, on in [(27, "1990-10-10", "2026-05-30"), (28, "1991-11-11", "2026-05-29")]:
        t = f"T-COFFEE-{no}"
        apply(f, t, COFFEE, "2026-05-25", f"10:{no}", born, idle)
        score(t, no, 72)
        f.add(CLOUD, "application.withdrawn", t, at(on, "11:00"), {"class": COFFEE, "on": on, "reason": "family"})

    # 29 Applied the day after the closing day. 30 Is 15 only on 2 June.
    apply(f, "T-COFFEE-29", COFFEE, "2026-05-26", "08:45", "1985-03-30", idle, "male")
    apply(f, "T-COFFEE-30", COFFEE, "2026-05-25", "11:00", "2011-06-02", [])

    # 36 Forfeited a place of this centre in March: 90 points, and still behind the other alternates.
    apply(f, "T-COFFEE-36", COFFEE, "2026-05-25", "13:00", "1987-01-17", job("2015-01-05", "2025-12-31"))
    score("T-COFFEE-36", 36, 90)
    alternate("T-COFFEE-36", 36, 25)
    # 37 Completed a class on 1 April: barred for 180 days, until 28 September.
    apply(f, "T-COFFEE-37", COFFEE, "2026-05-25", "13:30", "1996-05-05", [], "male")
    score("T-COFFEE-37", 37, 74)

    pastry(f)
    welding(f)


def pastry(f):
    """Two came to the interview: the class is cancelled, and what was paid goes back."""
    f.add(NTPC, "class.approved", PASTRY, at("2026-07-20", "10:00"),
          {"programme": "preEmployment", "courseName": "西點製作班", "unit": "U-NTPC-VTC", "county": "新北市",
           "fee": 15260, "seats": 20, "startsOn": "2026-09-07", "endsOn": "2026-10-23",
           "applicationClosesOn": "2026-08-21", "recruitsFrom": "2026-07-27", "selection": "interview",
           "delivery": "localGovernment"})
    for no, born, points in [(39, "1988-04-04", 88), (40, "1993-03-13", 79)]:
        t = f"T-COFFEE-{no}"
        apply(f, t, PASTRY, "2026-08-10", f"09:{no}", born, job("2017-03-01", "2026-05-31"))
        f.add(NTPC, "selection.scored", t, at("2026-08-27", f"10:{no}"), {"class": PASTRY, "interview": points})
    f.add(NTPC, "fee.paid", "T-COFFEE-39", at("2026-08-27", "15:00"),
          {"class": PASTRY, "amount": 3052, "on": "2026-08-27"})
    f.add(NTPC, "class.cancelled", PASTRY, at("2026-08-28", "10:00"),
          {"on": "2026-08-28", "reason": "no more than 15 came to the interview"})
    f.add(NTPC, "fee.refunded", "T-COFFEE-39", at("2026-09-10", "10:00"),
          {"class": PASTRY, "amount": 3052, "on": "2026-09-10", "requestedOn": "2026-08-28"})


def welding(f):
    """From ROC 115 a branch's own class is free for everybody; soldiers about to be discharged may apply there."""
    f.add(NORTH, "unit.registered", "U-TKYHKM", at("2026-08-03", "09:00"),
          {"name": "勞動部勞動力發展署北基宜花金馬分署", "kind": "government", "county": "新北市",
           "foundedOn": "2014-02-17"})
    f.add(NORTH, "class.approved", WELDING, at("2026-08-03", "10:00"),
          {"programme": "preEmployment", "courseName": "電銲實務班", "unit": "U-TKYHKM", "county": "新北市",
           "fee": 48000, "seats": 25, "startsOn": "2026-12-07", "endsOn": "2027-02-26",
           "applicationClosesOn": "2026-11-20", "recruitsFrom": "2026-10-01", "selection": "firstCome",
           "delivery": "selfRun"})
    # 41 No category.
    apply(f, "T-COFFEE-41", WELDING, "2026-10-05", "09:00", "1999-09-01", job("2022-01-03", "2026-08-31"), "male")
    # 42 A soldier about to be discharged, with the papers; 43 a soldier without them.
    for no, papers in [(42, ["idCard", "soldierReferral"]), (43, ["idCard"])]:
        t, on = f"T-COFFEE-{no}", plus("2026-10-05", no - 41)
        apply(f, t, WELDING, on, "09:00", "2002-02-02", [spell("military", "2022-12-01")], "male")
        certify(f, NORTH, t, at(on, "10:00"), "dischargingSoldier", "2026-09-01", "2026-11-30", papers)
