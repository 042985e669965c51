"""TIP: the opening minute, registration numbers, seats, overlapping classes, deadlines, a complaint, and units that
may apply or may not."""

from builders.event_file import at, job, plus
from builders.semi import THM
from builders.tip import EVENING, MORNING, TIMS, Tip

NOON_CLASS, AFTERNOON = "11:30-14:30", "12:00-15:00"


def tip_seats(f):
    t = Tip(f)
    t.known = {e["subject"] for e in f.events if e["type"] == "trainee.registered"}
    units(f)
    deadlines(f, t)

    def apply(trainee, class_, moment, employer=None, recorded=None):
        """`moment` is when it was sent, `recorded` when the event came, if later."""
        if trainee not in t.known:
            t.register(trainee, at("2026-10-30", "09:00"), "1988-06-15")
        f.add(TIMS, "application.submitted", trainee, recorded or moment,
              {"class": class_, "at": moment, "employer": employer})

    # T2: opens on 2026-11-05 at 12:00. U6: 5 seats, 1 extra, 2 for the employees of one employer.
    t.class_("TIP-115-T02", "人工智慧應用班", 9000, "2026-12-05", MORNING, 4, closed_after=None, seats=5)
    opening = "2026-11-05"
    apply("T-TIP-02-EARLY", "TIP-115-T02", at(opening, "11:59"))
    apply("T-TIP-02-NOON", "TIP-115-T02", at(opening, "12:00"), recorded=at(opening, "12:30"))
    firm = "示例科技股份有限公司"
    for n in (1, 2, 3):
        apply(f"T-TIP-U6-FIRM-{n}", "TIP-115-T02", at(opening, f"12:0{n}"), firm)
    for n in (4, 5, 6, 7):
        apply(f"T-TIP-U6-{n}", "TIP-115-T02", at(opening, f"12:0{n}"))

    # U6: in a credit course (學分班) only the 2 subsidised seats are limited.
    t.class_("TIP-115-U6-CREDIT", "工程統計學分班", 12000, "2026-12-08", EVENING, 4, closed_after=None, seats=2,
             credit=True, unit_id="U-TIP-UNIVERSITY")
    for n in (4, 5, 6, 7):
        apply(f"T-TIP-U6-{n}", "TIP-115-U6-CREDIT", at("2026-11-08", f"12:0{n}"))

    # T21: Saturdays 11:30 to 14:30 overlap with T02's mornings; 12:00 to 15:00 only touches them.
    t.class_("TIP-115-T21-OVER", "簡報設計班", 6000, "2026-12-12", NOON_CLASS, 3, closed_after=None)
    t.class_("TIP-115-T21-TOUCH", "攝影實務班", 6000, "2026-12-12", AFTERNOON, 3, closed_after=None)
    apply("T-TIP-02-NOON", "TIP-115-T21-OVER", at("2026-11-12", "12:00"))
    f.add("/units/taoyuan-design-association", "application.refused", "T-TIP-02-NOON", at("2026-11-12", "16:00"),
          {"class": "TIP-115-T21-OVER", "on": "2026-11-12", "reason": "overlaps another class"})
    apply("T-TIP-02-NOON", "TIP-115-T21-TOUCH", at("2026-11-12", "17:00"))
    apply("T-TIP-U6-FIRM-1", "TIP-115-T21-OVER", at("2026-11-12", "12:10"))

    # U4, U5: across the year end, and a week too long; not at the institution's place, nor in its trade.
    t.class_("TIP-115-U4", "烘焙實務班", 15000, "2026-12-07", EVENING, 19, closed_after=None,
             unit_id="U-TIP-INSTITUTE", trade="餐飲")
    apply("T-TIP-U4", "TIP-115-U4", at("2026-11-07", "12:00"))


def deadlines(f, t):
    """T18: the class ended on 2026-04-21, was closed on 05-16, four days late; of two one was paid, a day late."""
    working = job("2018-05-02", employer="示例食品股份有限公司")
    t.class_("TIP-115-T18", "食品標示法規班", 5000, "2026-03-31", EVENING, 4, closed_after=25)
    t.enrol("T-TIP-18-PAID", "TIP-115-T18", working, order=1, payout=("P-TIP-18-1", 4000, "2026-06-22"))
    t.enrol("T-TIP-18", "TIP-115-T18", working, order=2)
    t.enrol("T-TIP-U6-EXTRA", "TIP-115-T18", working, order=3, seat="extra")
    # T23: a complaint about it, to be kept confidential.
    f.add(TIMS, "complaint.filed", "TIP-115-T18", at("2026-05-04", "10:00"),
          {"complaint": "CP-TIP-18-1", "on": "2026-05-04", "county": "桃園市", "confidential": True,
           "handler": "THM-COMPLAINTS", "text": "lessons began late twice"})


def units(f):
    """U1, U2, U5, for the closing day 2026-11-12: 120 days back is 2026-07-16, two years back 2024-11-12."""
    def certificate(valid_to, edition="trainingInstitution", grade="通過"):
        return {"edition": edition, "grade": grade, "validFrom": plus(valid_to, -729), "validTo": valid_to}

    def unit(id_, name, kind, founded, ttqs, county="桃園市", **more):
        f.add(THM, "unit.registered", id_, at("2026-01-05", "09:00"),
              {"name": name, "kind": kind, "county": county, "foundedOn": founded, "ttqs": ttqs} | more)

    for id_, ttqs in [("U-TIP-ASSOC", certificate("2027-06-30", grade="銀牌")),
                      ("U-TIP-UNION", certificate("2027-03-31", "external", "合格"))]:
        f.add(THM, "unit.amended", id_, at("2026-01-05", "09:00"), {"ttqs": ttqs, "reason": "certificate handed in"})
    unit("U-TIP-UNIVERSITY", "示例科技大學", "university", "2026-02-01", certificate("2026-07-16"))
    unit("U-TIP-EXPIRED", "社團法人示例行銷協會", "associationInPublicInterest", "2010-03-01",
         certificate("2026-07-15"))
    unit("U-TIP-TWO-YEARS", "財團法人示例研究院", "researchInstitution", "2024-11-12", certificate("2027-01-31"))
    unit("U-TIP-YOUNG", "財團法人示例教育基金會", "foundation", "2024-11-13", certificate("2027-01-31"))
    unit("U-TIP-EXTERNAL", "桃園市示例商業會", "commercialAssociation", "2001-07-01",
         certificate("2027-01-31", "external", "合格"))
    unit("U-TIP-ARREARS", "桃園市示例產業工會", "labourUnion", "2005-04-01",
         certificate("2027-01-31", "external", "合格"), insuranceArrears=True)
    unit("U-TIP-COMPANY", "示例管理顧問股份有限公司", "company", "1999-09-09", certificate("2027-01-31", grade="金牌"))
    unit("U-TIP-GRADE-D", "桃園市示例工業會", "industryAssociation", "1995-05-05", certificate("2027-01-31"),
         reviewGrade="D")
    unit("U-TIP-INSTITUTE", "示例職業訓練中心", "vocationalInstitution", "2012-08-01", certificate("2027-01-31"),
         county="新竹市", registeredPlace="新竹市", registeredTrades=["電機", "機械"])
