"""One person's steps in one class: applications, enrolment, attendance, money."""
from dataclasses import dataclass, field

from .dates import civil_day, day, instant

STATES = {"application.submitted": "applied", "application.withdrawn": "applicationWithdrawn",
          "application.refused": "applicationRefused", "enrolment.admitted": "admitted",
          "enrolment.started": "started", "enrolment.forfeited": "forfeited",
          "enrolment.withdrawn": "withdrawn", "enrolment.expelled": "expelled",
          "enrolment.completed": "completed"}
DROPPED = {"application.withdrawn", "application.refused", "enrolment.forfeited"}
ENDINGS = {"enrolment.withdrawn": "left", "enrolment.expelled": "expelled",
           "enrolment.completed": "completed"}
ENDED = {"withdrawn", "expelled", "completed"}


@dataclass
class Application:
    """One application; it stands until withdrawn, refused or forfeited."""
    trainee: str
    at: object
    position: int
    employer: str | None = None
    special: bool = False
    papers: list = field(default_factory=list)
    stands: bool = True

    @property
    def day(self):
        return civil_day(self.at)

    @property
    def order(self):
        """TIP-02: submission, then recording."""
        return self.at, self.position


@dataclass
class Enrolment:
    """One person in one class."""
    trainees: list = field(default_factory=list)
    state: str = "none"
    seat: str | None = None
    joined: int | None = None
    left: int | None = None
    certificate: bool = False
    survey: bool = False
    evaded: bool = False
    present: dict = field(default_factory=dict)     # day -> minutes
    leaves: dict = field(default_factory=dict)      # request -> [day, minutes, approved]
    fees: list = field(default_factory=list)        # fee.paid amounts
    refunds: int = 0
    refund_days: list = field(default_factory=list)  # when each was asked for
    applied: list = field(default_factory=list)     # allowance.applied data
    applications: list = field(default_factory=list)
    endings: list = field(default_factory=list)     # (how, day, in the adaptation period)
    forfeits: list = field(default_factory=list)    # days
    score: dict | None = None                       # the last selection.scored
    scored: int = 0                                 # its position
    first: int | None = None                        # position of the first step

    def approved_leave(self, on):
        """Minutes of approved leave for a day."""
        return sum(m for d, m, ok in self.leaves.values() if ok and d == on)

    def application(self):
        """The first submitted of those that stand, else the latest; None without any."""
        if not self.applications:
            return None
        standing = [a for a in self.applications if a.stands]
        if standing:
            return min(standing, key=lambda a: a.order)
        return max(self.applications, key=lambda a: a.position)

    def live(self):
        """Applied for or enrolled, and neither dropped nor ended."""
        return self.state in ("applied", "admitted", "started")


class Paper(str):
    """The code of a document, and the day on which it was issued if that is recorded."""
    issued: int | None = None


def papers_of(data):
    """The documents of an event."""
    found = []
    for one in data.get("documents", []):
        paper = Paper(one if isinstance(one, str) else one["code"])
        if not isinstance(one, str) and one.get("issuedOn"):
            paper.issued = day(one["issuedOn"])
        found.append(paper)
    return found


def step(enrolment, subject, position, kind, data):
    """Takes one event into the enrolment."""
    if kind in STATES:
        enrolment.state = STATES[kind]
        if subject not in enrolment.trainees:
            enrolment.trainees.append(subject)
        if enrolment.first is None:
            enrolment.first = position
    if kind == "application.submitted":
        enrolment.applications.append(Application(
            subject, instant(data["at"]), position, data.get("employer"),
            bool(data.get("specialProject")), papers_of(data)))
    if kind in DROPPED:
        for one in enrolment.applications:
            if one.trainee == subject:
                one.stands = False
    if kind in ENDINGS:
        enrolment.endings.append((ENDINGS[kind], day(data["on"]),
                                  bool(data.get("adaptationPeriod"))))
    if kind == "enrolment.admitted":
        enrolment.seat = data["seat"]
    elif kind == "enrolment.started":
        enrolment.joined, enrolment.left = day(data["on"]), None
    elif kind in ("enrolment.withdrawn", "enrolment.expelled"):
        enrolment.left = day(data["on"])
    elif kind == "enrolment.forfeited":
        enrolment.forfeits.append(day(data["on"]))
    elif kind == "enrolment.completed":
        enrolment.certificate = data["certificate"]
    elif kind == "survey.submitted":
        enrolment.survey = True
    elif kind == "inspection.evaded":
        enrolment.evaded = True
    elif kind == "selection.scored":
        enrolment.score, enrolment.scored = data, position
    elif kind == "attendance.recorded":
        enrolment.present[day(data["on"])] = data["presentMinutes"]
    elif kind == "leave.requested":
        enrolment.leaves[data["request"]] = [day(data["on"]), data["minutes"], False]
    elif kind in ("leave.approved", "leave.rejected"):
        enrolment.leaves[data["request"]][2] = kind.endswith("approved")
    elif kind == "fee.paid":
        enrolment.fees.append(data["amount"])
    elif kind == "fee.refunded":
        enrolment.refunds += data["amount"]
        enrolment.refund_days.append(day(data.get("requestedOn") or data["on"]))
    elif kind == "allowance.applied":
        enrolment.applied.append({"kind": data["kind"], "on": day(data["on"]),
                                  "documents": papers_of(data)})
