"""Whole classes of applicants: interviews around 15 people, seats and employers."""
from .applying import EMPLOYERS, plan, score, stamp
from .dates import text


class Crowd:
    """Adds people who apply for one class and do little else."""

    def __init__(self, history):
        self.h, self.rng, self.w, self.number = history, history.rng, history.w, 0

    def write(self, courses):
        rng = self.rng
        interviews = [c for c in courses.pre if c.selection == "interview"]
        for course in rng.sample(interviews, min(len(interviews), 2)):
            self._interview(course)
        quota = [c for family in courses.families for c in family]
        written = [c for c in courses.pre if c.selection == "writtenOral"]
        small = sorted(quota, key=lambda c: c.seats)[:max(2, len(quota) // 2)]
        for course in rng.sample(small, min(len(small), 2)):
            for _ in range(rng.randint(2, 5) + min(course.seats, 11) * 2):
                self._apply(course)
        for course in rng.sample(written, min(len(written), 1)):
            for _ in range(rng.randint(3, 9)):
                self._scored(course)

    def _interview(self, course):
        """Fills a class up to 14, 15, 16 or 17 people who came."""
        target = self.rng.choice([14, 15, 15, 16, 16, 17])
        while course.attended < target:
            trainee = self._scored(course)
            if trainee is None:
                continue

    def _scored(self, course):
        trainee = self._apply(course)
        data = next(score(self.rng, course.selection))
        if self.rng.random() < 0.06:
            return None
        self.w.add(course.start - 4, "selection.scored", trainee, class_=course.id, **data)
        course.attended += "interview" in data
        if self.rng.random() < 0.1:
            self.w.add(course.start - 4, "application.withdrawn", trainee, class_=course.id,
                       on=text(course.start - 4))
        return trainee

    def _apply(self, course):
        rng = self.rng
        self.number += 1
        trainee = f"C-{self.number:04}"
        self.w.add(course.start - 60, "trainee.registered", trainee, sex="female",
                   birthDate=rng.choice(["1985-05-05", "1999-09-09"]), nationality="national")
        on, minute, second = plan(rng, course)
        pre = course.programme == "preEmployment"
        self.w.add(on, "application.submitted", trainee, class_=course.id,
                   at=stamp(rng, on, minute, second),
                   employer=None if pre else rng.choice(EMPLOYERS))
        if pre and rng.random() < 0.9:
            spell = {"scheme": "labour", "from": "2010-01-01",
                     "to": text(rng.choice([on - 400, on - 400, on - 1, on - 1, on]))}
            late = max(on, course.start - rng.choice([0, 4, 4]))
            self.w.add(late, "insurance.verified", trainee, asOf=text(late), method="system",
                       spells=rng.choice([[], [spell]]))
        return trainee
