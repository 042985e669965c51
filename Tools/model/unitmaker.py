"""Random training units for courses.py, near the edges of TIP-21."""
from .dates import day, text, years_before

KINDS = ("vocationalInstitution university industryAssociation commercialAssociation "
         "farmersAssociation fishersAssociation researchInstitution foundation "
         "associationInPublicInterest labourUnion labourUnion government company "
         "cramSchool").split()
REGISTERED = day("2016-01-01")
#: The usual closing days; classes close their own applications on other days.
ANCHORS = [day(d) for d in ("2022-05-25", "2025-12-01", "2026-03-01", "2026-11-15")]


class Units:
    """Writes units, and amends some of them later."""

    def __init__(self, writer, rng):
        self.w, self.rng = writer, rng

    def make(self):
        """IDs of the units that get classes; one more has none."""
        count = self.rng.randint(2, 5)
        for number in range(1, count + 2):
            self._unit(f"U-{number}")
        return [f"U-{n}" for n in range(1, count + 1)]

    def _unit(self, name):
        rng, anchor = self.rng, self.rng.choice(ANCHORS)
        founded = rng.choice([day("2001-01-01"), day("2001-01-01"),
                              years_before(anchor, 2) + rng.choice([-1, 0, 1]),
                              day("2024-02-29")])
        kind = rng.choice(KINDS)
        self.w.add(REGISTERED, "unit.registered", name, name=name, kind=kind, county="新北市",
                   foundedOn=text(founded), ttqs=self._certificate(anchor),
                   reviewGrade=rng.choice([None, "A", "A", "B", "B", "C", "C", "D"]),
                   insuranceArrears=rng.choice([None, False, False, True]),
                   registeredPlace=rng.choice([None, "新北市"]),
                   registeredTrades=rng.choice([None, ["trade 1", "trade 3"]]))
        if rng.random() < 0.3:
            on = anchor - rng.choice([1, 30, 400])
            self.w.add(on, "unit.amended", name, reason="reviewed", **rng.choice([
                {"reviewGrade": "B"}, {"reviewGrade": "D"}, {"insuranceArrears": False},
                {"ttqs": self._certificate(anchor)}]))

    def _certificate(self, anchor):
        rng = self.rng
        if rng.random() < 0.04:
            return None
        if rng.random() < 0.4:
            begin, end = day("2019-01-01"), day("2027-12-31")
        else:
            begin, end = self._edges(anchor)
        return {"edition": rng.choice(["trainingInstitution"] * 7 + ["external"]),
                "grade": rng.choice(["通過"] * 7 + ["合格", "銅牌", "金牌", "未通過"]),
                "validFrom": text(min(begin, end)), "validTo": text(max(begin, end))}

    def _edges(self, anchor):
        rng = self.rng
        begin = rng.choice([anchor - 900, anchor - 300, anchor, anchor + 1])
        end = rng.choice([anchor + 400, anchor + 1, anchor, anchor - 118, anchor - 119,
                          anchor - 120, anchor - 121])
        return begin, end
