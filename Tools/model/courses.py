"""Random units and classes for histories.py."""
from dataclasses import dataclass, field

from .build import sessions_of, split_day
from .dates import day, period_end, text, weekday
from .unitmaker import Units

EDGES = [day(d) for d in ("2025-11-30", "2025-12-01", "2025-12-02", "2025-12-31", "2026-01-01",
                          "2022-06-01", "2022-06-30", "2022-07-01", "2024-02-29", "2026-03-31",
                          "2020-06-29", "2020-06-30", "2021-09-01", "2022-05-02")]
COUNTIES = ["新北市", "新竹市", "臺中市", "嘉義縣", "臺東縣"]
DELIVERIES = ["localGovernment", "commissioned", "selfRun", "subsidised"]
YOUTH_STARTS = [day(d) for d in ("2020-06-29", "2020-06-30", "2021-03-03", "2021-09-01",
                                 "2022-01-05", "2022-06-01", "2022-06-30", "2022-07-01")]
FIRST, LAST = day("2021-01-04"), day("2026-08-31")


@dataclass
class Course:
    """What the generator remembers of a class."""
    id: str
    programme: str
    start: int
    end: int
    fee: int
    days: dict                       # latest schedule: day -> [(from, to)]
    cancelled: int | None = None
    closed: int | None = None
    half: bool = False
    name: str = ""
    unit: str = ""
    selection: str = "firstCome"
    seats: int = 0
    closes: int | None = None
    recruits: int | None = None
    twin: object = None              # the class beside which it was made
    attended: int = 0                # people with an interview mark
    dropped: list = field(default_factory=list)   # days of the first schedule only

    def minutes(self):
        return {on: sum(b - a for a, b in self.days[on]) for on in sorted(self.days)}


class Courses:
    """Writes units and classes, and keeps families of classes to choose from."""

    def __init__(self, writer, rng, odd):
        self.w, self.rng, self.odd, self.count = writer, rng, odd, 0
        self.families, self.pre = [], []
        self.units = Units(writer, rng).make()

    def make(self, size):
        for _ in range(max(2, size // 6)):
            self.families.append(self._family())
        for _ in range(max(3, size // 3)):
            self.pre.append(self.pre_class(self._start()))
        for _ in range(max(1, size // 10)):
            self.pre.append(self.pre_class(self.rng.choice(YOUTH_STARTS)))
        for course in list(self.pre[:max(1, len(self.pre) // 2)]):
            later = course.end + self.rng.choice([200, 350, 700, 729, 730, 731])
            if later <= LAST:
                self.pre.append(self.pre_class(later))
        return self

    def _start(self):
        if self.rng.random() < 0.4:
            return self.rng.choice(EDGES)
        return self.rng.randint(FIRST, LAST)

    def _family(self):
        """Quota classes around the end of a window that the first one opens."""
        rng = self.rng
        start = self._start() if rng.random() < 0.3 else rng.randint(FIRST, FIRST + 700)
        starts = [start] + [start + rng.randint(0, 900) for _ in range(rng.randint(2, 4))]
        end = period_end(start, 36)
        starts += [end + rng.choice([-1, 0]), end + rng.choice([1, 2, 60])]
        made = [self._quota(s) for s in starts if s <= LAST]
        if rng.random() < 0.6:
            made.append(self._twin(rng.choice(made)))
        return made

    def _twin(self, other):
        """A class beside another one: its sessions overlap, touch, or come close."""
        rng, days = self.rng, {}
        for on in rng.sample(sorted(other.days), rng.randint(1, len(other.days))):
            last = max(b for _, b in other.days[on])
            begin = last + rng.choice([0, 0, 0, -1, 1, -60])
            days[on] = [(begin, begin + 120)]
        extra = min(other.days) + rng.choice([-1, 0, 1, 2])
        days.setdefault(extra, [(18 * 60, 20 * 60)])
        course = Course(self._id("Q"), "industryTalent", min(days), max(days), 6000, days,
                        twin=other)
        return self._announce(course)

    def _announce(self, course, **more):
        w, rng = self.w, self.rng
        on = course.start - rng.randint(40, 70)
        course.name = course.name or f"course {course.id[-1]}"
        course.unit = course.unit or rng.choice(self.units)
        pre = course.programme == "preEmployment"
        course.seats = rng.choice([2, 4, 5, 9, 10, 11, 20, 30] if not pre else [1, 2, 4, 12, 20])
        if rng.random() < (0.85 if pre else 0.2):
            course.closes = course.start - rng.choice([5, 7, 7, 10])
        if pre and rng.random() < 0.7:
            course.recruits = course.start - rng.choice([30, 40, 42])
        w.add(on, "class.approved", course.id, programme=course.programme,
              courseName=course.name, unit=course.unit, county=rng.choice(COUNTIES),
              trade=rng.choice([None, "trade 1", "trade 2"]), fee=course.fee, seats=course.seats,
              startsOn=text(course.start), endsOn=text(course.end), selection=course.selection,
              applicationClosesOn=text(course.closes), recruitsFrom=text(course.recruits),
              creditCourse=True if not pre and rng.random() < 0.15 else None, **more)
        first = dict(course.days)
        moved = self._reschedule(course) if rng.random() < 0.3 else None
        w.add(on + 1, "class.scheduled", course.id, sessions=sessions_of(first))
        if moved is not None:
            w.add(moved, "class.scheduled", course.id, sessions=sessions_of(course.days))
        if rng.random() < 0.15:
            course.fee += rng.choice([-500, 1, 3000])
            w.add(course.start - rng.choice([5, 30]), "class.amended", course.id,
                  fee=course.fee, reason="corrected")
        if rng.random() < 0.08:
            course.end += rng.choice([1, 2, 5])
            w.add(course.start + 1, "class.amended", course.id, endsOn=text(course.end),
                  reason="make-up days")
        if rng.random() < 0.06:
            course.cancelled = rng.choice([course.start - 3, course.start,
                                           rng.randint(course.start, course.end),
                                           min(course.end, course.start + rng.choice([30, 31, 40]))])
            w.add(course.cancelled, "class.cancelled", course.id, on=text(course.cancelled),
                  reason="too few people")
        elif rng.random() < 0.8:
            course.closed = course.end + rng.choice([1, 5, 20, 21, 22])
            w.add(course.closed, "class.closed", course.id, on=text(course.closed))
        return course

    def _reschedule(self, course):
        """A typhoon takes a day away: moved to a free day, or lost."""
        rng, days = self.rng, sorted(course.days)
        gone = rng.choice(days)
        sessions = course.days.pop(gone)
        course.dropped.append(gone)
        free = [d for d in range(course.start, course.end + 1)
                if d not in course.days and d != gone]
        if free and rng.random() < 0.8 or not course.days:
            course.days[rng.choice(free) if free else gone] = sessions
        return gone - 1 if gone > course.start else course.start - 1

    def _id(self, letter):
        self.count += 1
        return f"{letter}-{self.count:03}"

    def _quota(self, start):
        rng = self.rng
        programme = rng.choice(["industryTalent"] * 3 + ["labourSelfLearning"] * 2
                               + ["takeoff", "careService"])
        minutes = rng.choice([120, 150, 180, 240, 300, 420])
        count = rng.randint(4, 12)
        step = rng.choice([7, 7, 3])
        days = {start + step * n: split_day(minutes) for n in range(count)}
        if rng.random() < 0.5:
            days[max(days)] = split_day(rng.choice([60, 61, 95, 200]))
        if rng.random() < 0.1:      # about four months long
            days[period_end(start, 4) + rng.choice([-1, 0, 1])] = split_day(120)
        course = Course(self._id("Q"), programme, start, max(days), rng.choice(
            [4999, 5000, 9999, 10_000, 12_345, 25_000, 40_000, 43_750, 60_000, 87_500, 90_000]),
            days, half=programme == "labourSelfLearning" and rng.random() < 0.6)
        return self._announce(course, feeCollection="half" if course.half else None)

    def past(self, end, name, unit=None):
        """A short record of a pre-employment class that ran for 30 days until `end`."""
        days = {end - 29: split_day(120), end: split_day(120)}
        course = Course(self._id("H"), "preEmployment", end - 29, end, 9000, days, name=name,
                        unit=unit or "", selection="firstCome")
        self._announce(course, delivery=self.rng.choice(DELIVERIES))
        return course

    def pre_class(self, start):
        """A pre-employment class whose months and hours are near the edges."""
        rng = self.rng
        full = rng.choice([1, 1, 1, 2, 2, 3])
        rest = rng.choice([1, 5, 9, 10, 11, 14, 19, 20, 21, 25, 29])
        style = rng.choice(["five"] * 12 + ["six"] * 6 + ["four"] * 2
                           + ["three", "evening", "short", "thin"])
        days = {}
        for on in range(start, start + 30 * full):
            if weekday(on) < {"three": 3, "four": 4, "six": 6}.get(style, 5):
                minutes = {"four": 420, "evening": 180, "thin": 240}.get(style, 360)
                days[on] = split_day(minutes, 18 * 60 + 30 if style == "evening" else 9 * 60)
        rest_days = [d for d in range(start + 30 * full, start + 30 * full + rest)
                     if weekday(d) < 6]
        hours = [59, 60, 61, 75] if rest >= 19 and full == 1 else [29, 30, 31, 40, 59, 60, 61]
        target = rng.choice(hours) * 60 + rng.choice([0, 0, 0, -1, 1])
        days.update(self._spread(rest_days, target))
        if style == "short" and days:
            days[min(days)] = [(9 * 60, 12 * 60 + 59)]
        end = start + 30 * full + rest - 1
        course = Course(self._id("P"), "preEmployment", start, end,
                        rng.choice([15_260, 63_500, 9999]), days, selection=rng.choice(
                            ["writtenOral", "interview", "interview", "firstCome"]))
        own = None
        if rng.random() < 0.3:
            own = {"truancyPercent": rng.choice([3, 4, 5, 10]),
                   "leavePercent": rng.choice([5, 10, 15, 20])}
        return self._announce(course, attendanceLimits=own, delivery=rng.choice(
            ["localGovernment"] * 3 + ["commissioned", "selfRun"] + DELIVERIES))

    def _spread(self, days, target):
        """Days of 4 to 8 hours whose minutes add up to the target, if they can."""
        rng = self.rng
        if not days:
            return {}
        count = min(len(days), max(1, target // rng.choice([240, 240, 360])))
        while count < len(days) and target > 480 * count:
            count += 1
        chosen = sorted(rng.sample(days, count))
        share, extra = divmod(min(target, 480 * count), count)
        return {on: split_day(share + (1 if n < extra else 0)) for n, on in enumerate(chosen)}
