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
    "rehabilitatedOffender": ("releaseProof",),
    "newResident": ("residencePermit|idCard", "householdRegister"),
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
