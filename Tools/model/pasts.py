"""Earlier pre-employment classes whose ends stand near the edges of PRE-03 to PRE-06, PRE-11."""
from .dates import text, years_before


class Past:
    """Adds up to three ended or forfeited classes of a person before a class."""

    def __init__(self, history, ids, courses):
        self.h, self.ids, self.courses = history, ids, courses
        self.rng, self.w = history.rng, history.w

    def write(self, course):
        rng = self.rng
        if rng.random() < 0.55:
            return
        for _ in range(rng.choice([1, 1, 2, 3])):
            edge = rng.choice([course.start - 180, course.start - 180,
                               years_before(course.start, 1), years_before(course.start, 2),
                               years_before(course.start, 3)])
            if rng.random() < 0.25:
                edge = course.start - rng.randint(40, 1000)
            self._class(course, edge + rng.choice([-1, -1, 0, 0, 1]))
        if rng.random() < 0.2:
            self._forfeit(course)

    def _class(self, course, end):
        rng, trainee = self.rng, self.rng.choice(self.ids)
        past = self.courses.past(end, rng.choice([course.name, course.name, "another course"]))
        self._begin(trainee, past)
        self._add(past.start, "enrolment.started", trainee, past, on=text(past.start))
        kind = rng.choice(["enrolment.completed"] * 3 + ["enrolment.withdrawn"] * 2
                          + ["enrolment.expelled"])
        more = {"enrolment.completed": {"certificate": rng.random() < 0.9},
                "enrolment.withdrawn": {"reason": "family", "adaptationPeriod": rng.choice(
                    [None, True, True, False])},
                "enrolment.expelled": {"reason": "conduct"}}[kind]
        self._add(end, kind, trainee, past, on=text(end), **more)

    def _forfeit(self, course):
        """A place given up about a year before an application to the same centre, or another."""
        rng, trainee = self.rng, self.rng.choice(self.ids)
        start = years_before(course.start, 1) - rng.choice([0, 5, 7, 10, 12, 20, 30])
        past = self.courses.past(start + 29, "another course", unit=rng.choice(
            [course.unit, course.unit, None]))
        self._begin(trainee, past)
        self._add(past.start, "enrolment.forfeited", trainee, past, on=text(past.start))

    def _begin(self, trainee, past):
        on = past.start - 10
        self._add(on, "application.submitted", trainee, past, at=f"{text(on)}T10:00:00+08:00")
        self._add(on + 1, "enrolment.admitted", trainee, past, seat="subsidised")

    def _add(self, on, kind, trainee, past, /, **data):
        self.w.add(on, kind, trainee, class_=past.id, **data)

