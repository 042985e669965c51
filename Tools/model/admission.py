"""Admission to a class: order, seats and cancellation (TIP-02, TIP-19, PRE-08 to PRE-11)."""
import unicodedata
from dataclasses import dataclass, field

from .dates import lookback, moment, working_day_before
from .registration import registration
from .rulebook import HOLIDAYS, LATE_MINUTES, PASS_MARK, QUOTA_PROGRAMMES, TOO_FEW


@dataclass
class Row:
    """One application while it is being ranked."""
    person: object
    enrolment: object
    answer: object
    application: object
    failed: list = field(default_factory=list)
    missing: list = field(default_factory=list)
    place: int = 0              # 0 passes, 1 ranks as alternate, 2 fails, 3 absent, 4 no result
    marks: tuple = ()           # higher is better

    @property
    def key(self):
        return self.place, tuple(-m for m in self.marks), self.application.order


def judged(score):
    """PRE-08: (place, marks) of written and oral parts."""
    if score is None:
        return 4, ()
    written, oral = score.get("written"), score.get("oral")
    if written is None or oral is None or score.get("minutesLate", 0) > LATE_MINUTES:
        return 3, ()
    return (0 if written + oral >= 2 * PASS_MARK else 2), (written + oral, written)


def interviewed(score):
    """PRE-09: (place, marks) of an interview."""
    if score is None:
        return 4, ()
    mark = score.get("interview")
    if mark is None:
        return 3, ()
    return (0 if mark >= PASS_MARK else 2), (mark,)


def forfeited(person, classes, class_, application, answer):
    """PRE-11: a place at this centre forfeited within the year before the application."""
    found = False
    for id_, enrolment in person.enrolments.items():
        other = classes[id_]
        if other.programme != "preEmployment" or other.unit != class_.unit:
            continue
        first, last = lookback(application.day, 1)
        for on in enrolment.forfeits:
            found |= first <= on <= last
            if on in (first, application.day) or id_ == class_.id:
                answer.read("R43")
    return found


def few_came(world, class_):
    """PRE-09: (no more than 15 came, somebody has no result yet)."""
    came, open_ = 0, False
    for person in world.people():
        enrolment = person.enrolments.get(class_.id)
        if enrolment is None:
            continue
        if enrolment.score is not None and enrolment.score.get("interview") is not None:
            came += 1
        application = enrolment.application()
        open_ |= application is not None and application.stands and enrolment.score is None
    return 0 < came <= TOO_FEW, open_


def one_name(employer):
    """An employer's name without the differences of spelling that make no other employer."""
    if employer is None:
        return None
    plain = unicodedata.normalize("NFKC", employer).casefold().replace("台", "臺")
    return "".join(plain.split())


def seat_rows(class_, rows):
    """TIP-19 and the approved seats: sets the seat of every row in order."""
    quota = class_.programme in QUOTA_PROGRAMMES
    extra = class_.seats // 5 if quota else 0
    if quota and class_.creditCourse:
        extra = len(rows)
    taken, employers = 0, {}
    for row in rows:
        row.answer.seat = "notAdmitted"
        if row.failed or row.place > 1:
            continue
        employer = one_name(row.application.employer) if quota else None
        crowded = employer is not None and employers.get(employer, 0) >= class_.seats // 2
        if crowded:
            row.answer.read("R44")
        if crowded or row.place == 1 or taken >= class_.seats + extra:
            row.answer.seat = "alternate"
            continue
        row.answer.seat = "subsidised" if taken < class_.seats else "extra"
        taken += 1
        if employer is not None:
            employers[employer] = employers.get(employer, 0) + 1


def lapsed(world, class_):
    """PRE-10: 12:00 on the last working day before the start has come."""
    if class_.programme in QUOTA_PROGRAMMES:
        return False
    last = working_day_before(class_.startsOn, HOLIDAYS)
    if world.now is None:
        return world.as_of >= last
    return world.now >= moment(last, 12 * 60)


def admission(world, class_, new_answer):
    """The answers of a class, one an application, in rank order."""
    rows, dropped = [], []
    for person in world.people():
        enrolment = person.enrolments.get(class_.id)
        application = enrolment.application() if enrolment else None
        if application is None:
            continue
        row = Row(person, enrolment, new_answer(application.trainee), application)
        if not application.stands:
            dropped.append(row)
            continue
        row.failed, row.missing = registration(person, world.classes, class_, enrolment,
                                               row.answer, until_start=True)
        select(world, class_, row)
        rows.append(row)
    rows.sort(key=lambda r: r.key)
    few, unfinished = few_came(world, class_) if selection(class_) == "interview" else (False,) * 2
    seat_rows(class_, rows)
    gone, quota = lapsed(world, class_), class_.programme in QUOTA_PROGRAMMES
    numbers = serials(world, class_) if quota else {
        row.application.position: rank for rank, row in enumerate(rows, 1)}
    stale = any(r.enrolment.score is not None and r.enrolment.scored < r.application.position
                for r in rows)
    barred = not quota and any(r.failed and r.place < 2 for r in rows)
    for row in rows:
        answer = row.answer
        answer.rank = numbers[row.application.position]
        answer.cancelled = few
        if barred or not quota and row.place == 3:
            answer.read("R51")
        if stale:
            answer.read("R52")
        if quota and len(numbers) > len(rows) + len(dropped):
            answer.read("R42")
        if class_.cancelled is not None:
            answer.read("R48")
        if few:
            answer.seat = "notAdmitted"
            answer.read("R47", *(["R46"] if unfinished else []))
            answer.refuse("PRE-09", ["PRE-09"] + row.failed)
        else:
            conclude(class_, row, gone)
    dropped.sort(key=lambda r: r.application.order)
    for row in dropped:
        row.answer.read("R40")
        row.answer.seat, row.answer.cancelled = "notAdmitted", few
        row.answer.rank = numbers.get(row.application.position)
        row.answer.not_applicable()
    return [r.answer for r in rows + dropped]


def serials(world, class_):
    """TIP-02: position of every application, also dropped ones -> its number."""
    found = [a for p in world.people() if class_.id in p.enrolments
             for a in p.enrolments[class_.id].applications]
    found.sort(key=lambda a: a.order)
    return {a.position: number for number, a in enumerate(found, 1)}


def selection(class_):
    """How places are given: a quota class always in the order of application (T20)."""
    return "firstCome" if class_.programme in QUOTA_PROGRAMMES else class_.selection


def select(world, class_, row):
    """Sets the place and marks of a row."""
    way = selection(class_)
    if way == "writtenOral":
        row.place, row.marks = judged(row.enrolment.score)
    elif way == "interview":
        row.place, row.marks = interviewed(row.enrolment.score)
    if class_.programme == "preEmployment" and row.place == 0 and \
            forfeited(row.person, world.classes, class_, row.application, row.answer):
        row.place = 1


def conclude(class_, row, gone):
    """The outcome that follows from seat, selection and registration."""
    answer = row.answer
    if row.failed:
        answer.refuse(row.failed[0], row.failed)
    elif row.place in (2, 3):
        answer.refuse("PRE-08" if class_.selection == "writtenOral" else "PRE-09")
    elif row.place == 4:
        answer.read("R45")
        answer.wait(row.missing + ["selection.scored"], 0)
    elif answer.seat == "alternate":
        if row.enrolment.joined is not None:
            answer.read("R49")
        elif gone:
            answer.read("R50")
            answer.refuse("PRE-10")
            return
        answer.wait(row.missing, 0)
    elif row.missing:
        answer.read("R41")
        answer.wait(row.missing, 0)
    else:
        answer.grant(0)
