"""Seeded random histories: valid by the contract, rich in boundaries of the rules.

Nothing here looks at decisions; it only aims facts at the edges.  With `odd`
it also writes facts on which README.md's open readings differ.
"""
import random

from .build import Writer
from .courses import Courses
from .dates import birthday, day, period_end, text, years_before
from .people import Enrolling

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
          "crimeVictim": ["victimCertificate"], "disasterVictim": ["disasterProof"]}


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
        for handle, on in self.leaves:
            if rng.random() < 0.015:
                self.w.retract(on + rng.choice([0, 1, 10, 40]), handle)
        horizon = NOW if rng.random() < 0.4 else rng.randint(day("2022-01-01"), NOW)
        return self.w.events(horizon)

    def _person(self, number, courses):
        rng = self.rng
        chosen = self._choose(courses)
        anchor = rng.choice(chosen).start
        birth = self._birth(anchor)
        ids = [f"T-{number:04}"]
        if rng.random() < 0.15:
            ids.append(f"T-{number:04}b")
        sex = rng.choice(["female", "male"])
        first = min(c.start for c in chosen) - 760
        for trainee in ids:
            self.w.add(first, "trainee.registered", trainee, birthDate=text(birth), sex=sex,
                       nationality="national")
        self._link(ids, first)
        self._insure(ids[0], chosen)
        for course in chosen:
            trainee = rng.choice(ids)
            self._certify(rng.choice(ids), course, birth)
            if course.programme == "preEmployment":
                self._benefits(rng.choice(ids), course)
            Enrolling(self, trainee, course).write()

    def _choose(self, courses):
        rng, chosen = self.rng, []
        if rng.random() < 0.65:
            family = rng.choice(courses.families)
            chosen += rng.sample(family, min(len(family), rng.randint(1, 5)))
        if not chosen or rng.random() < 0.45:
            chosen += rng.sample(courses.pre, min(len(courses.pre), rng.choice([1, 1, 2, 3])))
        return sorted(chosen, key=lambda c: (c.start, c.id))

    def _birth(self, anchor):
        """Mostly adults; sometimes somebody whose birthday is the start day or next to it."""
        rng = self.rng
        if rng.random() < 0.25:
            years = rng.choice([15, 15, 18, 30, 45, 65, 66])
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

    # Insurance -------------------------------------------------------------

    def _insure(self, trainee, chosen):
        """Employed but around pre-employment classes; one or more look-ups a class."""
        gaps = [(c.start - 60, c.end + 10) for c in chosen if c.programme == "preEmployment"]
        spells, begin = [], day("2015-01-01")
        for first, last in sorted(gaps):
            if begin < first:
                spells.append(("labour", begin, first - 1, None))
            begin = max(begin, last + 1)
        spells.append(("labour", begin, None, None))
        for course in chosen:
            known = list(spells)
            extra = self._twist(course, known)
            for as_of, method, content in extra:
                on = max(as_of, course.start - 20) + self.rng.choice([0, 0, 3])
                self._verify(trainee, on, as_of, method, content)

    def _verify(self, trainee, on, as_of, method, spells):
        seen = [{"scheme": s, "from": text(b), "to": text(e) if e and e <= as_of else None,
                 "mark": m} for s, b, e, m in spells if b <= as_of]
        self.leaf(on, "insurance.verified", trainee, asOf=text(as_of), method=method,
                  spells=[{k: v for k, v in s.items() if v} for s in seen])

    def _twist(self, course, known):
        """The look-ups for one class: (asOf, method, spells)."""
        rng, start = self.rng, course.start
        after = start + rng.choice([0, 0, 1, 14, 60])
        late = course.end + 5
        style = rng.random()
        if style < 0.45:
            return [(after, "system", known)]
        if style < 0.50:
            return [(start - 1, "system", known)]
        if style < 0.53:
            return []
        if style < 0.57:
            return [(after, "system", [])]
        if style < 0.62:
            return [(after, "system", []), (start, "document", known)]
        if course.programme == "preEmployment":
            k = rng.choice([-5, -1, 0, 1, 9, 28, 29, 30, 31, 39, 40])
            spell = rng.choice([
                ("labour", start + k, start + k + 90, None), ("labour", start - 50, start - 1, None),
                ("labour", start - 50, start, None), ("employment", start + k, None, None),
                ("occupationalUnion", start - 40, None, None), ("farmers", start - 40, None, None),
                ("labour", start - 40, None, "laidOff"), ("labour", start, late, "training"),
                ("labour", start - 40, None, "occupationalInjury")])
            return [(late, "system", known + [spell])]
        other = [(s, b, e, m) for s, b, e, m in known if e and e < start]
        closer = rng.choice([
            [("labour", start - 300, start - 1, None)], [("labour", start - 300, start, None)],
            [("employment", start, None, None)], [("labour", start + 1, None, None)],
            [("civilServant", start - 300, None, None)], [("farmers", start - 300, None, None)],
            [("nationalPension", start - 300, None, None)],
            [("occupationalUnion", start - 9, start, None)],
            [("labour", start - 9, None, None),
             ("labour", start - 2, start, rng.choice(["training", "laidOff", "occupationalInjury"]))],
            [("labour", start - 9, None, None), ("labour", start - 5, start - 1, "training")]])
        if self.odd:
            closer = rng.choice([closer, [("fishersAssociation", start - 9, None, None)]])
        found = [(start + 1, "system", other + closer)]
        if rng.random() < 0.3:      # another one that counts, or not
            found.append((start + rng.choice([0, 1, 2]), "system", known))
        if self.odd and rng.random() < 0.5:
            found.append((start + 2, "document", known if rng.random() < 0.5 else []))
        return found

    # Categories and benefits -------------------------------------------------

    def _certify(self, trainee, course, birth):
        rng, start = self.rng, course.start
        pre = course.programme == "preEmployment"
        if rng.random() < (0.1 if pre else 0.6):
            return
        for category in rng.sample(sorted(PAPERS), rng.choice([1, 2, 2, 3] if pre else [1, 1, 2])):
            begin = start - rng.choice([300, 30, 1, 0, 0]) if rng.random() < 0.9 else start + 1
            end = rng.choice([None, None, None, start, start - 1, start + 40])
            if category == "middleAged":
                begin, end = birthday(birth, 45), birthday(birth, 65)
            elif category == "elder":
                begin, end = birthday(birth, 65) + (1 if pre else 0), None
            if end is not None and end < begin:
                end = begin
            papers = COMMON[1:2] + PAPERS[category]
            if rng.random() < 0.12 and PAPERS[category]:
                papers = COMMON[1:2] + PAPERS[category][1:]
            on = start - rng.choice([3, 20])
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


def generate(seed, size, odd=False):
    """Events of a random history, in order."""
    return History(seed, odd).write(size)
