"""Random insurance look-ups and work of one person, for histories.py."""
from .dates import day, text, years_before


class Insuring:
    """Employed but around pre-employment classes; one or more look-ups a class."""

    def __init__(self, history, trainee, plans):
        self.h, self.t, self.rng = history, trainee, history.rng
        self.plans = plans           # course id -> (day, minute, second) of the application

    def write(self, chosen):
        gaps = [(c.start - self.rng.choice([60, 60, 1250]), c.end + 10) for c in chosen if c.programme == "preEmployment"]
        spells, begin = [], day("2015-01-01")
        for first, last in sorted(gaps):
            if begin < first:
                spells.append(("labour", begin, first - 1, None))
            begin = max(begin, last + 1)
        spells.append(("labour", begin, None, None))
        for course in chosen:
            for as_of, method, content in self._twist(course, list(spells)):
                on = max(as_of, course.start - 20) + self.rng.choice([0, 0, 3])
                self._verify(on, as_of, method, content)
            if course.programme == "preEmployment":
                self._work(course)

    def _verify(self, on, as_of, method, spells):
        seen = [{"scheme": s, "from": text(b), "to": text(e) if e and e <= as_of else None,
                 "mark": m} for s, b, e, m in spells if b <= as_of]
        self.h.leaf(on, "insurance.verified", self.t, asOf=text(as_of), method=method,
                    spells=[{k: v for k, v in s.items() if v} for s in seen])

    def _twist(self, course, known):
        """The look-ups for one class: (asOf, method, spells)."""
        rng, start = self.rng, course.start
        applied = self.plans[course.id][0]
        after = start + rng.choice([0, 0, 1, 14, 60])
        style = rng.random()
        if style < 0.35:
            return [(after, "system", known)]
        if style < 0.40:
            return [(rng.choice([start - 1, applied - 1, applied]), "system", known)]
        if style < 0.43:
            return []
        if style < 0.47:
            return [(after, "system", [])]
        if style < 0.52:
            return [(after, "system", []), (start, "document", known)]
        if course.programme == "preEmployment":
            return self._around(course, applied, known)
        return self._employed(course, known)

    def _around(self, course, applied, known):
        """A spell of any scheme and mark that begins or ends near an edge."""
        rng, start, end = self.rng, course.start, course.end
        edges = [applied - 1, applied, applied + 1, start - 1, start, start + 1]
        begin = rng.choice(edges + [start + k for k in (9, 28, 29, 30, 31, 39, 40)]
                           + [end, end + 1, applied - 300])
        stop = rng.choice([None, None] + [e for e in edges + [end, begin + 13, begin + 14,
                                                              begin + 90] if e >= begin])
        scheme, mark = rng.choice([("labour", None)] * 4 + [
            ("employment", None), ("occupationalUnion", None), ("occupationalUnion", None),
            ("farmers", None), ("fishersAssociation", None), ("civilServant", None),
            ("military", None), ("nationalPension", None), ("labour", "training"),
            ("labour", "training"), ("labour", "laidOff"), ("labour", "occupationalInjury")])
        if rng.random() < 0.2:      # nothing but long ago: about a year, two, or half a year's cover
            stopped = years_before(start, rng.choice([1, 2])) + rng.choice([-2, -1, 0, 1])
            begin = stopped - rng.choice([13, 14, 178, 179, 180, 185, 900])
            known = [("labour", begin, stopped, None)]
            begin = rng.choice([start - 200, start])
            return [(start, "system", known + rng.choice([[], [(
                "labour", begin, begin + rng.choice([12, 13, 14]), None)]]))]
        as_of = rng.choice([end + 5] * 3 + [start, applied])
        return [(as_of, "system", known + [(scheme, begin, stop, mark)])]

    def _work(self, course):
        """Work of every kind around the application and the start."""
        rng, applied = self.rng, self.plans[course.id][0]
        if rng.random() < 0.14:
            begin = rng.choice([applied - 30, applied - 1, applied, course.start - 1, course.start,
                                course.start + 1, applied - 5])
            stop = rng.choice([None] + [e for e in (applied - 1, applied, applied + 1,
                                                    course.start - 1) if e >= begin] * 2)
            self.h.leaf(max(begin, applied), "work.reported", self.t, kind=rng.choice(
                ["employed", "partTime", "selfEmployed", "companyOfficer", "daySchool"]),
                from_=text(begin), to=text(stop))
        if rng.random() < 0.35:
            self.h.leaf(course.start - 4, "affidavit.filed", self.t, class_=course.id,
                        kind=rng.choice(["notWorking"] * 4 + ["notInSchool"]),
                        on=text(course.start - 4))
        if rng.random() < 0.3:
            recruits = course.recruits or course.start - 40
            on = rng.choice([recruits - 31, recruits - 30, recruits, course.start,
                             course.start - 1, course.start - 28, course.start - 31,
                             course.start - 32])
            self.h.leaf(on, "jobSearch.registered", self.t, on=text(on))
        if rng.random() < 0.15:
            on = course.start - rng.choice([0, 5, 20])
            self.h.leaf(on, "referral.issued", self.t, class_=course.id, on=text(on))

    def _employed(self, course, known):
        """Cover on the start day of a quota class, or just not."""
        rng, start = self.rng, course.start
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
        if self.h.odd:
            closer = rng.choice([closer, [("fishersAssociation", start - 9, None, None)]])
        found = [(start + 1, "system", other + closer)]
        if rng.random() < 0.3:      # another one that counts, or not
            found.append((start + rng.choice([0, 1, 2]), "system", known))
        if self.h.odd and rng.random() < 0.5:
            found.append((start + 2, "document", known if rng.random() < 0.5 else []))
        return found
