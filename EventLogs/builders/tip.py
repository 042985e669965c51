"""TIP, 產業人才投資方案: the worked examples of the trainees' questions."""

from datetime import date, timedelta

from builders.coffee import BLI
from builders.event_file import at, attend, certify, day, job, minutes_by_day, plus, sessions, spell
from builders.semi import THM

ASSOC, UNION = "/units/taoyuan-design-association", "/units/taichung-instrument-union"
CENTRAL = "/branches/taichung-changhua-nantou"
TIMS = "/portals/tims"


class Tip:
    """Builds TIP classes and the enrolments in them."""

    def __init__(self, f):
        self.f, self.classes, self.known = f, {}, set()

    def class_(self, id_, course, fee, start, span, count, programme="industryTalent", batch=None,
               closed_after=14, union=False, fee_collection=None, seats=30, credit=None, unit_id=None, trade=None):
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
               "unit": unit_id or ("U-TIP-UNION" if union else "U-TIP-ASSOC"), "county": "臺中市" if union else "桃園市",
               "fee": fee, "seats": seats, "startsOn": start, "endsOn": days[-1],
               "selection": "firstCome", "feeCollection": fee_collection, "creditCourse": credit, "trade": trade})
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
              payout=None, early_check=None, seat="subsidised"):
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
              {"class": class_, "seat": seat})
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


def tip(f):
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
