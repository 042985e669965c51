"""Dated data of the three documents that the modelled kinds need."""
from .dates import day, year_of

QUOTA_PROGRAMMES = {"industryTalent", "labourSelfLearning", "takeoff", "careService"}
QUOTA_CAP = 70_000
QUOTA_MONTHS = 36
COMMON_RATE = 80

#: COFFEE's allowance table (ROC 114-12) begins here.
SECOND_TABLE = day("2025-12-01")

#: Employment Service Act art. 24 with its orders: the 12 common groups.
ARTICLE_24 = frozenset("""soleBreadwinner middleAged disabled indigenous lowIncome
    longTermUnemployed returningWoman domesticViolenceVictim rehabilitatedOffender
    newResident sexualAssaultVictim youthNotInSchoolOrWork""".split())
LATER_GROUPS = frozenset({"occupationalInjury", "registeredHomeless"})

MONTHLY_WAGE = {2018: 22_000, 2019: 23_100, 2020: 23_800, 2021: 24_000, 2022: 25_250,
                2023: 26_400, 2024: 27_470, 2025: 28_590, 2026: 29_500}

CAP_HALF_MONTHS, CAP_HALF_MONTHS_DISABLED = 12, 24
TRUANCY_PERCENT, LEAVE_PERCENT = 4, 10

COMMON_PAPERS = ("applicationForm", "idCard", "allowanceAffidavit")
_VICTIM = "victimCertificate|protectionOrder|assaultReport|medicalProof|judgment"
_RELEASE = "releaseProof|otherProof"
#: COFFEE rows 8 and 9: issued before the start day.
ISSUED_BEFORE_START = {_VICTIM, _RELEASE}
#: Papers per category; a|b are alternatives.  Conditional ones are in living.py.
CATEGORY_PAPERS = {
    "soleBreadwinner": ("householdRegister", "affidavit"),
    "middleAged": (),
    "disabled": ("disabilityCard",),
    "indigenous": ("householdRegister",),
    "lowIncome": ("lowIncomeProof",),
    "longTermUnemployed": ("jobSeekerProof", "affidavit"),
    "returningWoman": ("familyReasonProof", "affidavit"),
    "domesticViolenceVictim": (_VICTIM,),
    "sexualAssaultVictim": (_VICTIM,),
    "rehabilitatedOffender": (_RELEASE,),
    "newResident": ("residencePermit|settlementPermit|idCard|otherProof", "householdRegister"),
    "youthNotInSchoolOrWork": ("householdRegister", "affidavit"),
    "elder": (),
    "occupationalInjury": ("injuryBenefitLetter",),
    "registeredHomeless": (),
}


def full_rate_groups(start):
    """Categories whose tuition is paid in full for a class start (TIP-08)."""
    groups = ARTICLE_24 | {"elder", "crimeVictim"}
    return groups | LATER_GROUPS if start >= SECOND_TABLE else groups


def allowance_groups(start):
    """Categories of the living allowance for a class start (LIV-02)."""
    groups = ARTICLE_24 | {"elder"}
    return groups | LATER_GROUPS if start >= SECOND_TABLE else groups


def monthly_allowance(on):
    """60 % of the basic wage in force on a day (LIV-06), rounded down."""
    year = min(max(year_of(on), min(MONTHLY_WAGE)), max(MONTHLY_WAGE))
    return MONTHLY_WAGE[year] * 60 // 100


# Pre-employment training (PRE) ---------------------------------------------

AGENCY_DELIVERIES = {"selfRun", "commissioned", "subsidised"}
STRICT_DELIVERIES = {"localGovernment"}
SOLDIER_DELIVERIES = {"selfRun"}
BARRING_SCHEMES = {"labour", "employment", "civilServant", "military"}
AFFIDAVIT_SCHEMES = {"occupationalUnion", "farmers", "fishersAssociation"}
AFFIDAVIT_MARKS = {"laidOff", "occupationalInjury"}
IGNORED_MARK = "training"
PASS_MARK = 60
LATE_MINUTES = 15
TOO_FEW = 15

#: Holidays of ROC 115; COFFEE's timetable shows 06-19, the rest is the government's calendar.
HOLIDAYS = {day(f"2026-{d}") for d in """01-01 02-16 02-17 02-18 02-19 02-20 02-27 04-03 04-06
    05-01 06-19 09-25 09-28 10-09 10-26 12-25""".split()}

#: 免費參訓 rows of SEMI (ROC 111); from 2026-01-01 COFFEE's (ROC 115).  Keys are categories.
SECOND_FREE_TABLE = day("2026-01-01")
_ABUSED = "victimCertificate|protectionOrder|judgment"
_HARDSHIP = ("idCard", "referralLetter")
FREE_FIRST = {
    "involuntaryUnemployed": ("idCard|residencePermit", "referralLetter"),
    "soleBreadwinner": ("idCard", "householdRegister"),
    "middleAged": ("idCard",),
    "disabled": ("idCard", "disabilityCard"),
    "indigenous": ("idCard", "householdRegister"),
    "lowIncome": ("idCard", "lowIncomeProof"),
    "longTermUnemployed": ("idCard", "jobSeekerProof"),
    "returningWoman": ("idCard", "familyReasonProof|householdRegister|affidavit"),
    "domesticViolenceVictim": ("idCard", _ABUSED),
    "rehabilitatedOffender": ("idCard", "releaseProof"),
    "youthNotInSchoolOrWork": ("idCard", "affidavit"),
    "newResident": ("residencePermit",),
    "sexualAssaultVictim": ("idCard", _ABUSED),
    "traffickingVictim": ("stayPermit", "workPermit"),
    "nationalWithoutHousehold": ("residencePermit",),
    "stateless": ("residencePermit", "workPermit"),
    "crimeVictim": ("idCard", "victimCertificate"),
    "disasterVictim": ("idCard", "disasterProof"),
    "tradeLiberalisationAffected": ("idCard",),
    "independentYouth": ("idCard", "youthCertificate"),
    "economicHardship": _HARDSHIP,
    "registeredHomeless": _HARDSHIP,
    "elder": ("idCard",),
    "voluntaryUnemployedInsured": ("idCard|residencePermit",),
    "other": (),
}
FREE_SECOND = FREE_FIRST | {
    "sexualAssaultVictim": ("idCard", "victimCertificate|assaultReport|medicalProof|judgment"),
    "occupationalInjury": ("injuryBenefitLetter|injurySubsidyLetter",),
}
ON_APPLICATION_DAY = {"crimeVictim", "independentYouth"}
GOVERNMENT_SHARE = 80


def free_table(start):
    """PRE-12: category -> papers of the free-training table for a class start."""
    return FREE_SECOND if start >= SECOND_FREE_TABLE else FREE_FIRST


def free_for_all(class_):
    """PRE-12: a branch's own class from ROC 115 on."""
    return class_.delivery == "selfRun" and class_.startsOn >= SECOND_FREE_TABLE


# 學習獎勵金 (YTH), units, places -----------------------------------------------

REWARD_FROM, REWARD_TO = day("2020-06-30"), day("2022-06-30")
REWARD_HALF_MONTH = 4_000
REWARD_HOURS = 50
REWARD_ABSENCE_PERCENT = 10

UNIT_KINDS = set("""vocationalInstitution university industryAssociation commercialAssociation
    farmersAssociation fishersAssociation researchInstitution foundation
    associationInPublicInterest labourUnion""".split())
#: TTQS grades, best first; 合格 does for a union only.
GOOD_GRADES = {"白金牌", "金牌", "銀牌", "銅牌", "白金", "金", "銀", "銅", "通過"}
UNION_GRADES = GOOD_GRADES | {"合格"}
CERTIFICATE_DAYS = 120
CLASS_MONTHS = 4
CLOSING_DAYS, PAYOUT_MONTHS = 21, 2

BRANCHES = {
    "tkyhkm": "新北市 臺北市 宜蘭縣 花蓮縣 基隆市 金門縣 連江縣".split(),
    "thmr": "桃園市 新竹縣 新竹市 苗栗縣".split(),
    "tcnr": "臺中市 彰化縣 南投縣".split(),
    "yct168": "臺南市 雲林縣 嘉義縣 嘉義市".split(),
    "kpptr": "高雄市 屏東縣 臺東縣 澎湖縣".split(),
}


def branch(county):
    """TIP-18: the branch whose area holds a county; 台 is read as 臺."""
    wanted = county.replace("台", "臺")
    return next((code for code, area in BRANCHES.items() if wanted in area), None)
