"""Short histories for the self tests."""
from .build import Writer, sessions_of
from .dates import day, text
from .decide import admissions, decide
from .facts import fold

PAPERS = ["applicationForm", "idCard", "allowanceAffidavit"]


class Story:
    """A history in few words."""

    def __init__(self, born="1990-01-01"):
        self.w = Writer("s")
        self.w.add(day("2000-01-01"), "unit.registered", "U", name="U", kind="government",
                   county="新北市", foundedOn="1990-01-01")
        self.w.add(day("2000-01-01"), "trainee.registered", "T", birthDate=born, sex="female",
                   nationality="national")

    def class_(self, id_, start, end, days, programme="industryTalent", fee=10_000, **more):
        w, on = self.w, day(start) - 20
        w.add(on, "class.approved", id_, programme=programme, courseName=id_, unit="U",
              county="新北市", fee=fee, seats=20, startsOn=start, endsOn=end,
              selection="firstCome", **more)
        w.add(on, "class.scheduled", id_, sessions=sessions_of(days))
        w.add(on, "application.submitted", "T", class_=id_, at=start + "T08:00:00+08:00")
        w.add(on, "enrolment.admitted", "T", class_=id_, seat="subsidised")

    def attend(self, id_, start, end, days, absent=0, joined=None, finish=True, closed=True):
        w, joined = self.w, day(joined or start)
        w.add(joined, "enrolment.started", "T", class_=id_, on=text(joined))
        for on in sorted(days):
            minutes = sum(b - a for a, b in days[on])
            missed = min(absent, minutes)
            if on >= joined:
                absent -= missed
                w.add(on, "attendance.recorded", "T", class_=id_, on=text(on),
                      presentMinutes=minutes - missed)
        if finish:
            w.add(day(end), "enrolment.completed", "T", class_=id_, on=end, certificate=True)
            w.add(day(end), "survey.submitted", "T", class_=id_, on=end)
        if closed:
            w.add(day(end) + 1, "class.closed", id_, on=end)

    def insured(self, as_of, *spells, method="system"):
        self.w.add(day(as_of), "insurance.verified", "T", asOf=as_of, method=method,
                   spells=list(spells))

    def labour(self, as_of):
        self.insured(as_of, {"scheme": "labour", "from": "2010-01-01"})

    def certify(self, category, *papers, on="2001-01-01", to=None):
        self.w.add(day(on), "identity.certified", "T", category=category, validFrom=on,
                   validTo=to, documents=list(papers))

    def apply(self, id_, on, *papers):
        self.w.add(day(on), "allowance.applied", "T", kind="livingAllowance", class_=id_, on=on,
                   documents=list(papers))

    def world(self):
        return fold(list(self.w.events()))

    def decide(self, kind, id_):
        return decide(self.world(), kind, id_, "T")

    def plain(self, id_, start, end, **more):
        """A pre-employment class that nobody has applied for yet."""
        data = {"programme": "preEmployment", "courseName": id_, "unit": "U", "county": "新北市",
                "fee": 63_500, "seats": 20, "selection": "firstCome", "delivery": "commissioned"}
        self.w.add(day(start) - 70, "class.approved", id_, startsOn=start, endsOn=end,
                   **(data | more))

    def submit(self, id_, at, trainee="T", **more):
        self.w.add(day(at[:10]), "application.submitted", trainee, class_=id_,
                   at=at if "T" in at else at + "T10:00:00+08:00", **more)

    def person(self, trainee, born="1990-01-01"):
        self.w.add(day("2000-01-02"), "trainee.registered", trainee, birthDate=born,
                   sex="female", nationality="national")

    def rows(self, id_):
        """(trainee, rank, seat, outcome) of an admission."""
        return [(r["trainee"], r["rank"], r["seat"], r["outcome"])
                for r in admissions(self.world(), id_)]


def expect(found, **wanted):
    for name, value in wanted.items():
        assert found[name] == value, (name, found[name], value, found)
