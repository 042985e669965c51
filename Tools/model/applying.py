"""Applications, selection and affidavits of one trainee for one class, for histories.py."""
from .dates import month_before, text

EMPLOYERS = ["Employer 1"] * 5 + ["Employer 2", "Employer 3", None, None]
MARKS = [0, 40, 58, 59, 59, 60, 60, 60, 61, 62, 80, 80, 100]


def stamp(rng, on, minute, second=0):
    """An instant of a day in Taipei; sometimes written in another zone."""
    if rng.random() < 0.15:
        shifted = minute - 480
        on, minute = (on - 1, shifted + 1440) if shifted < 0 else (on, shifted)
        return f"{text(on)}T{minute // 60:02}:{minute % 60:02}:{second:02}Z"
    return f"{text(on)}T{minute // 60:02}:{minute % 60:02}:{second:02}+08:00"


def plan(rng, course):
    """(day, minute, second) of the first application: near the edges, often the same."""
    start = course.start
    if course.programme != "preEmployment":
        opens = month_before(start)
        return rng.choice([(opens, 720, 0), (opens, 719, 59), (opens, 720, 1), (opens, 721, 0),
                           (opens, 720, 0), (opens, 480, 0), (opens - 1, 1000, 0),
                           (opens + 1, 3, 0), (opens + 1, 3, 0), (opens + 2, 719, 0),
                           (start - 9, 615, 0), (start - rng.randint(6, 25), 61, 0)])
    closes = course.closes if course.closes is not None else start - 7
    return rng.choice([(closes, 1439, 59), (closes + 1, 0, 0), (closes, 540, 0),
                       (closes - 1, 1439, 0), (closes - 3, 601, 0), (closes - 3, 601, 0),
                       (closes - 8, 600, 7), (start - rng.randint(10, 33), 777, 0),
                       (start - 30, 600, 0)])


class Applying:
    """Writes the applications of one trainee for one class."""

    def __init__(self, enrolling, instant):
        self.e, self.c, self.rng = enrolling, enrolling.c, enrolling.rng
        self.on, self.minute, self.second = instant
        self.pre = enrolling.pre

    def write(self):
        """The day of the admission, or None if it never comes to one."""
        rng, e = self.rng, self.e
        self._submit()
        fate = rng.random()
        if fate < 0.1:
            self._drop(rng.choice(["application.withdrawn", "application.refused"]))
            if fate < 0.04:
                return None
            self._again()
            if fate < 0.05:
                self._drop("application.withdrawn")
                return None
        self._score()
        if 0.1 <= fate < 0.14:
            return None
        if 0.14 <= fate < 0.18:     # straight in, without a recorded admission
            return self.on
        self._admit()
        if fate > 0.95:
            self._drop("enrolment.forfeited")
            if fate > 0.975:
                return None
            self._again()
            self._admit()
        return self.on

    def _submit(self):
        rng = self.rng
        papers = rng.choice([None, None, ["applicationForm", "photo", "idCard"],
                             ["idCard", "affidavit", "householdRegister"], ["residencePermit"]])
        self.e.add(self.on, "application.submitted",
                   at=stamp(rng, self.on, self.minute, self.second),
                   employer=None if self.pre else rng.choice(EMPLOYERS), documents=papers,
                   specialProject=True if self.pre and rng.random() < 0.12 else None)

    def _drop(self, kind):
        self.on += self.rng.choice([0, 1])
        self.e.add(self.on, kind, on=text(self.on), reason="other plans")

    def _again(self):
        self.on = max(self.on, min(self.on + self.rng.choice([0, 1]), self.c.start - 3))
        self.minute, self.second = self.rng.choice([540, 720, 1439]), 0
        self._submit()

    def _admit(self):
        seat = "extra" if not self.pre and self.rng.random() < 0.05 else "subsidised"
        self.on = max(self.on, self.c.start - self.rng.choice([3, 4]))
        self.e.add(self.on, "enrolment.admitted", seat=seat)

    def _score(self):
        """Selection marks, with parts missing and minutes late."""
        rng, c = self.rng, self.c
        if not self.pre or c.selection == "firstCome" or rng.random() < 0.05:
            return
        self.on = max(self.on, c.start - 5)
        for data in score(rng, c.selection, 2 if rng.random() < 0.05 else 1):
            self.e.add(self.on, "selection.scored", **data)
        c.attended += "interview" in data


def score(rng, selection, times=1):
    """Data of selection.scored, `times` of them."""
    for _ in range(times):
        if selection == "interview":
            yield {} if rng.random() < 0.08 else {"interview": rng.choice(MARKS)}
            continue
        data = {"written": rng.choice(MARKS), "oral": rng.choice(MARKS)}
        if rng.random() < 0.4:      # totals that tie, with another written part
            data = rng.choice([{"written": 70, "oral": 60}, {"written": 60, "oral": 70},
                               {"written": 59, "oral": 60}, {"written": 50, "oral": 70}])
        if rng.random() < 0.1:
            data.pop(rng.choice(["written", "oral"]))
        if rng.random() < 0.2:
            data["minutesLate"] = rng.choice([0, 14, 15, 16, 20])
        yield data
