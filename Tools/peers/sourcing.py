"""The Python library `eventsourcing`: an aggregate a trainee, replayed to answer the attendance of its enrolments."""
import os
import time
from uuid import NAMESPACE_URL, uuid5

from eventsourcing.application import Application
from eventsourcing.domain import Aggregate, event

RECORDERS = {
    "SQLite": lambda path: {"PERSISTENCE_MODULE": "eventsourcing.sqlite", "SQLITE_DBNAME": path},
    "in memory": lambda path: {"PERSISTENCE_MODULE": "eventsourcing.popo"},
}


class Trainee(Aggregate):
    """One trainee, as the library's documentation builds aggregates."""

    @event("Registered")
    def __init__(self, name):
        self.name = name
        self.joined, self.ended, self.present, self.leaves = {}, {}, {}, {}

    @staticmethod
    def create_id(name):
        return uuid5(NAMESPACE_URL, f"/trainees/{name}")

    @event("Started")
    def start(self, course, day):
        self.joined[course] = day

    @event("Ended")
    def end(self, course, day, completed):
        self.ended[course] = None if completed else day

    @event("Recorded")
    def record(self, course, day, present):
        self.present[course, day] = present

    @event("LeaveRequested")
    def request(self, course, request, day, minutes):
        self.leaves[course, request] = [day, minutes, False]

    @event("LeaveDecided")
    def decide(self, course, request, approved):
        self.leaves[course, request][2] = approved

    def minutes(self, course, days, cancelled):
        """The sums of ATT-01 to ATT-04 as a line of the report has them."""
        approved = {}
        for (other, _), (day, minutes, good) in self.leaves.items():
            if good and other == course:
                approved[day] = approved.get(day, 0) + minutes
        outside = min((d for d in (self.ended.get(course), cancelled) if d is not None), default=None)
        scheduled = present = leave = truancy = before = unrecorded = 0
        for day, minutes in days:
            scheduled += minutes
            if outside is not None and day >= outside:
                continue
            if day < self.joined[course]:
                before += minutes
            elif (course, day) not in self.present:
                unrecorded += minutes
            else:
                here = min(self.present[course, day], minutes)
                away = min(minutes - here, approved.get(day, 0))
                present, leave, truancy = present + here, leave + away, truancy + minutes - here - away
        return scheduled, present, leave, truancy, leave + truancy + before, unrecorded


#: How a row of `history` becomes a call; the columns are kind, class, day, number, request.
CALLS = {
    "start": lambda t, c, d, n, r: t.start(c, d),
    "end": lambda t, c, d, n, r: t.end(c, d, bool(n)),
    "record": lambda t, c, d, n, r: t.record(c, d, n),
    "request": lambda t, c, d, n, r: t.request(c, r, d, n),
    "decide": lambda t, c, d, n, r: t.decide(c, r, bool(n)),
}

_PLAIN = """select t.trainee from trainee t where t.trainee not in (select trainee from link union
    select other from link) and t.trainee not in (select e.trainee from step e semi join retraction r on
    r.target = e.sequence union select e.trainee from attendance e semi join retraction r on r.target = e.sequence
    union select e.trainee from leave_request e semi join retraction r on r.target = e.sequence union
    select e.trainee from leave_decision e semi join retraction r on r.target = e.sequence)
    order by t.trainee limit {count}"""

_HISTORY = """select t.id, h.kind, k.id, h.day, h.number, h.request from (
    select sequence, trainee, class, case when kind = 4 then 'start' else 'end' end as kind, day,
        cast(kind = 8 as integer) as number, '' as request from step where kind in (4, 6, 7, 8)
    union all select sequence, trainee, class, 'record', day, present, '' from attendance
    union all select sequence, trainee, class, 'request', day, minutes, request from leave_request
    union all select sequence, trainee, class, 'decide', 0, approved, request from leave_decision) h
    join ({plain}) p on p.trainee = h.trainee join trainee t on t.trainee = h.trainee
    join class k on k.class = h.class order by h.sequence"""

_DAYS = """with live as (select class, max(sequence) as sequence from session
    where sequence not in (select target from retraction) group by class)
    select k.id, s.day, sum(s.minutes) from session s join live using (class, sequence)
    join class k on k.class = s.class group by k.id, s.day order by k.id, s.day"""

_CANCELLED = """select k.id, e.day from class_end e join class k on k.class = e.class where e.closed = 0
    and e.sequence not in (select target from retraction)"""


def subset(duckdb, count):
    """Of the first trainees that no link and no retraction touches: their events, and the days of the classes."""
    history = duckdb.rows(_HISTORY.format(plain=_PLAIN.format(count=count)))
    days = {}
    for course, day, minutes in duckdb.rows(_DAYS):
        days.setdefault(course, []).append((day, int(minutes)))
    return history, days, dict(duckdb.rows(_CANCELLED))


def measure(folder, history, days, cancelled):
    """Per recorder: events appended and replayed a second, and the lines of the answer."""
    found = {}
    for name, settings in RECORDERS.items():
        path = os.path.join(folder, "eventsourcing.sqlite")
        if os.path.exists(path):
            os.unlink(path)
        app = Application(env=settings(path))
        aggregates = {}
        for trainee, kind, course, day, number, request in history:
            one = aggregates.get(trainee) or aggregates.setdefault(trainee, Trainee(trainee))
            CALLS[kind](one, course, day, number, request)
        events = sum(len(one.pending_events) for one in aggregates.values())
        began = time.perf_counter()
        for one in aggregates.values():
            app.save(one)
        saved = time.perf_counter() - began
        lines, replayed = [], None
        for _ in range(2):
            began = time.perf_counter()
            lines = [line for trainee in aggregates for line in _lines(app, trainee, days, cancelled)]
            replayed = min(replayed or 1e9, time.perf_counter() - began)
        found[name] = {"events": events, "append_per_second": events / saved, "replay_per_second": events / replayed,
                       "lines": lines}
        app.close()
    return found


def _lines(app, name, days, cancelled):
    trainee = app.repository.get(Trainee.create_id(name))
    for course in trainee.joined:
        sums = trainee.minutes(course, days[course], cancelled.get(course))
        yield "\t".join(map(str, (name, course, *sums)))
