"""Seeded random histories: valid by the contract, rich in boundaries of the rules.

Nothing here looks at decisions; it only aims facts at the edges.  With `odd`
it also writes facts on which README.md's open readings differ.
"""
import random

from .applying import plan
from .build import Writer
from .courses import Courses
from .crowds import Crowd
from .dates import birthday, day, text, working_day_before, years_before
from .insuring import Insuring
from .pasts import Past
from .people import YOUTH, Enrolling, for_youth
from .rulebook import HOLIDAYS

NOW = day("2026-11-15")
COMMON = ["applicationForm", "idCard", "allowanceAffidavit"]
PAPERS = {"soleBreadwinner": ["householdRegister", "affidavit", "inSchoolProof"],
          "middleAged": [], "disabled": ["disabilityCard"], "indigenous": ["householdRegister"],
          "lowIncome": ["lowIncomeProof"],
          "longTermUnemployed": ["jobSeekerProof", "affidavit", "diploma", "militaryServiceProof"],
          "returningWoman": ["familyReasonProof", "affidavit", "serviceProof"],
          "domesticViolenceVictim": ["protectionOrder"],
          "sexualAssaultVictim": ["assaultReport"], "rehabilitatedOffender": ["releaseProof"],
          "newResident": ["residencePermit", "householdRegister"],
          "youthNotInSchoolOrWork": ["householdRegister", "affidavit", "legalGuardianConsent",
                                     "suspensionProof"],
          "elder": [], "occupationalInjury": ["injuryBenefitLetter"], "registeredHomeless": [],
          "crimeVictim": ["victimCertificate"], "disasterVictim": ["disasterProof"],
          "traffickingVictim": ["stayPermit", "workPermit"],
          "nationalWithoutHousehold": ["residencePermit"],
          "stateless": ["residencePermit", "workPermit"], "tradeLiberalisationAffected": [],
          "independentYouth": ["youthCertificate"], "economicHardship": ["referralLetter"],
          "voluntaryUnemployedInsured": [], "dischargingSoldier": ["soldierReferral"],
          "other": []}


class History:
    """One random history."""

    def __init__(self, seed, odd):
        self.rng, self.odd = random.Random(seed), odd
        self.w = Writer(f"m{seed}")
        self.leaves = []             # (handle, day) of events nothing needs

    def leaf(self, on, kind, subject, /, **data):
        """Adds an event that may be retracted."""
        handle = self.w.add(on, kind, subject, **data)
        self.leaves.append((handle, on))
        return handle

    def write(self, size):
        rng = self.rng
        courses = Courses(self.w, rng, self.odd).make(size)
        for number in range(1, size + 1):
            self._person(number, courses)
        Crowd(self).write(courses)
        for handle, on in self.leaves:
            if rng.random() < 0.015:
                self.w.retract(on + rng.choice([0, 1, 10, 40]), handle)
        return self.w.events(self._horizon(courses))

    def _horizon(self, courses):
        """The last day of the history; near a start, with a last event around 12:00."""
        rng, style = self.rng, self.rng.random()
        if style < 0.35:
            return NOW
        if style < 0.6:
            return rng.randint(day("2022-01-01"), NOW)
        twins = [c for family in courses.families for c in family if c.twin is not None]
        start = rng.choice(courses.pre + twins * 3).start
        last = working_day_before(start, HOLIDAYS)
        if style < 0.8:
            self.w.add_at(last, rng.choice([719, 720, 721]), "unit.amended", "U-1",
                          reason="new sign", name="U-1 again")
            return last
        return start + rng.choice([-6, -1, 0, 3, 20, 35])

    def _person(self, number, courses):
        rng = self.rng
        chosen = self._choose(courses)
        young = [c for c in chosen if for_youth(c) and c.programme == "preEmployment"]
        anchor = rng.choice(young or chosen).start
        birth = self._birth(anchor)
        ids = [f"T-{number:04}"]
        if rng.random() < 0.15:
            ids.append(f"T-{number:04}b")
        sex = rng.choice(["female", "male"])
        first = min(c.start for c in chosen) - 1300
        nation = rng.choice(["national"] * 24 + ["newResident", "foreign", "stateless"])
        for trainee in ids:
            self.w.add(first, "trainee.registered", trainee, birthDate=text(birth), sex=sex,
                       nationality=nation)
        self._link(ids, first)
        plans = {c.id: plan(rng, c) for c in chosen}
        Insuring(self, ids[0], plans).write(chosen)
        for course in chosen:
            trainee = rng.choice(ids)
            self._certify(rng.choice(ids), course, birth, plans[course.id][0])
            if course.programme == "preEmployment":
                self._benefits(rng.choice(ids), course)
                Past(self, ids, courses).write(course)
            Enrolling(self, trainee, course).write(plans[course.id])

    def _choose(self, courses):
        rng, chosen = self.rng, []
        if rng.random() < 0.65:
            family = rng.choice(courses.families)
            chosen += rng.sample(family, min(len(family), rng.randint(1, 5)))
            if rng.random() < 0.6:
                chosen += [c for c in family if c.twin in chosen and c not in chosen]
        if not chosen or rng.random() < 0.45:
            chosen += rng.sample(courses.pre, min(len(courses.pre), rng.choice([1, 1, 2, 3])))
        return sorted(chosen, key=lambda c: (c.start, c.id))

    def _birth(self, anchor):
        """Mostly adults; sometimes somebody whose birthday is the start day or next to it."""
        rng = self.rng
        if YOUTH[0] <= anchor <= YOUTH[1] and rng.random() < 0.75:
            return years_before(anchor, rng.randint(16, 29)) - rng.randint(0, 300)
        if rng.random() < 0.25:
            years = rng.choice([15, 15, 18, 30, 30, 45, 65, 66])
            return years_before(anchor, years) + rng.choice([-1, 0, 1])
        return rng.choice([day("1988-02-29"), rng.randint(day("1962-01-01"), day("2000-12-31"))])

    def _link(self, ids, first):
        if len(ids) < 2:
            return
        on = first + self.rng.choice([1, 400, 900, 1500])
        pair = ids if self.rng.random() < 0.5 else ids[::-1]
        self.w.add(on, "trainee.linked", pair[0], other=pair[1], evidence="same ID card",
                   on=text(on))
        if self.rng.random() < 0.2:
            self.w.add(on + 30, "trainee.unlinked", pair[0], other=pair[1],
                       evidence="mistaken", on=text(on + 30))

    # Categories and benefits -------------------------------------------------

    def _certify(self, trainee, course, birth, applied):
        rng, start = self.rng, course.start
        pre = course.programme == "preEmployment"
        if rng.random() < (0.1 if pre else 0.6):
            return
        held = rng.sample(sorted(PAPERS), rng.choice([1, 2, 2, 3] if pre else [1, 1, 2]))
        if pre and rng.random() < 0.2:
            held = [rng.choice(["longTermUnemployed", "returningWoman", "elder", "middleAged",
                                "youthNotInSchoolOrWork"])]
        for category in held:
            begin = start - rng.choice([300, 30, 1, 0, 0]) if rng.random() < 0.9 else start + 1
            end = rng.choice([None, None, None, start, start - 1, start + 40])
            if category in ("crimeVictim", "independentYouth"):
                begin = applied + rng.choice([-300, 0, 1])
            elif category == "dischargingSoldier":
                begin = applied + rng.choice([-30, 0, 1])
            if category == "middleAged" and rng.random() < 0.7:
                begin, end = birthday(birth, 45), birthday(birth, 65)
            elif category == "elder" and rng.random() < 0.7:
                begin, end = birthday(birth, 65) + (1 if pre else 0), None
            if end is not None and end < begin:
                end = begin
            papers = rng.choice([COMMON[1:2]] * 7 + [["residencePermit"], []]) + PAPERS[category]
            if rng.random() < 0.15 and PAPERS[category]:
                papers.remove(rng.choice(PAPERS[category]))
            on = start - rng.choice([3, 20, 20, 1, 0, 0, -1, -9])
            self._certificate(trainee, on, category, begin, end, papers)
        if pre and rng.random() < 0.12:
            known = start + rng.choice([-10, 0, 1, 20])
            self.w.add(known, "identity.certified", trainee, category="involuntaryUnemployed",
                       validFrom=text(start - rng.choice([100, 0, -1])),
                       documents=["referralLetter", "idCard"])

    def _certificate(self, trainee, on, category, begin, end, papers):
        rng = self.rng
        data = {"category": category, "validFrom": text(begin), "validTo": text(end),
                "documents": papers}
        if rng.random() < 0.08:
            self.w.add(on, "identity.certified", trainee, **data)
            gone = on + rng.choice([1, 3, 4, 20, 21])
            self.w.add(gone + rng.choice([0, 30]), "identity.revoked", trainee,
                       category=category, on=text(gone), reason="not true")
        else:
            self.leaf(on, "identity.certified", trainee, **data)

    def _benefits(self, trainee, course):
        rng, start = self.rng, course.start
        if rng.random() < 0.3:
            begin = rng.choice([years_before(start, 2) + rng.choice([-61, -60, -31, -30, -1, 0, 1]),
                                start - rng.choice([400, 370])])
            halves = rng.choice([1, 2, 5, 6, 8, 9, 10, 11, 12, 20, 22, 23, 24])
            end = min(begin + 15 * halves - 1, start - 1)
            self.leaf(start - 5, "benefit.recorded", trainee, kind=rng.choice(
                ["employmentInsuranceTrainingAllowance"] * 3 + ["otherTrainingAllowance"]),
                from_=text(begin), to=text(end), halfMonths=halves)
        if rng.random() < 0.15:
            length = course.end - start + 1
            days = rng.choice([1, 10, 14, max(1, length - 30), max(1, length - 29),
                               max(1, length - 40), max(1, length - 50)])
            begin = start + rng.choice([0, 0, -10, max(0, length - days)])
            self.leaf(start - 4, "benefit.recorded", trainee, kind="unemploymentBenefit",
                      from_=text(begin), to=text(begin + days - 1))
        if rng.random() < 0.06:
            self.leaf(start - 4, "benefit.recorded", trainee, kind="oldAgeBenefit",
                      from_=text(start + rng.choice([-500, 0, 1])))
            if rng.random() < 0.4:
                self.leaf(start - 4, "benefit.recorded", trainee, kind=rng.choice(
                    ["elderLivingSubsidy", "disabilityLivingSubsidy"]), from_=text(start - 90),
                    to=text(start + rng.choice([-1, 0, 30])))
        if rng.random() < 0.06:
            on = course.end + rng.choice([1, 300, 730])
            self.leaf(on, "benefit.recorded", trainee, to=text(on + 150), halfMonths=rng.choice(
                [8, 10, 11, 12]), kind="employmentInsuranceTrainingAllowance", from_=text(on))
        if rng.random() < 0.1:
            begin = start + rng.choice([-10, 0, 1, 28, 29, 30, 31, 39, 40])
            kinds = ["employed", "partTime", "selfEmployed"] + ["companyOfficer"] * self.odd
            self.leaf(max(begin, start - 3), "work.reported", trainee, kind=rng.choice(kinds),
                      from_=text(begin), to=rng.choice([None, text(max(begin, start - 1))]))
        if rng.random() < 0.08:
            length, edge = rng.choice([15, 30]), rng.choice([start, course.end + 1])
            begin = edge - rng.choice([length, length - 1, 0, 1])
            self.leaf(start - 4, "benefit.recorded", trainee, from_=text(begin),
                      to=text(begin + length - 1), halfMonths=length // 15, kind=rng.choice(
                          ["employmentInsuranceTrainingAllowance", "otherTrainingAllowance"]))


def generate(seed, size, odd=False):
    """Events of a random history, in order."""
    return History(seed, odd).write(size)
