"""One trainee's way through one class, for histories.py."""
from .applying import Applying
from .dates import day, text

YOUTH = day("2020-06-01"), day("2022-07-31")
COMMON = ["applicationForm", "idCard", "allowanceAffidavit"]


class Enrolling:
    """Writes application, enrolment, attendance, leave, end and payouts."""

    def __init__(self, history, trainee, course):
        self.h, self.t, self.c = history, trainee, course
        self.rng, self.w = history.rng, history.w
        self.pre = course.programme == "preEmployment"
        self.joined = self.left = None

    def add(self, on, kind, /, **data):
        return self.w.add(on, kind, self.t, class_=self.c.id, **data)

    def leaf(self, on, kind, /, **data):
        return self.h.leaf(on, kind, self.t, class_=self.c.id, **data)

    def write(self, instant):
        rng, c = self.rng, self.c
        on = Applying(self, instant).write()
        if on is None:
            return
        self._fee(on)
        if rng.random() < 0.04 or c.cancelled is not None and c.cancelled <= c.start:
            return
        self._start()
        self._attend()
        self._end()
        if self.pre:
            self._allowance()
            self._reward()
        elif self.completed and rng.random() < 0.65:
            self._tuition_payout()

    def _fee(self, on):
        """The whole fee, a half or the trainee's share; some of it paid back."""
        rng, c = self.rng, self.c
        if rng.random() < (0.5 if self.pre else 0.2):
            return
        amount = c.fee
        if self.pre:
            amount = c.fee - c.fee * 80 // 100 + rng.choice([0, 0, 0, 1])
        elif c.half:
            amount = rng.choice([(c.fee + 1) // 2, c.fee // 2])
        handle = self.leaf(on, "fee.paid", amount=amount, on=text(on))
        if rng.random() < (0.3 if c.cancelled is not None else 0.1):
            self.h.leaves = [x for x in self.h.leaves if x[0] != handle]
            asked = max(on, c.start + rng.choice([-1, -1, 0, 3]))
            self.add(asked, "fee.refunded", amount=rng.choice([amount, amount, amount // 2]),
                     on=text(asked), requestedOn=rng.choice([None, text(asked)]))

    def _start(self):
        rng, c = self.rng, self.c
        self.joined = c.start
        if rng.random() < 0.2:
            days = sorted(c.days)
            self.joined = min(c.end, rng.choice([c.start + 1, c.start + 14, days[min(1, len(days) - 1)],
                                                 days[min(2, len(days) - 1)]]))
        if c.cancelled is not None:
            self.joined = min(self.joined, max(c.start, c.cancelled - 1))
        self.add(self.joined, "enrolment.started", on=text(self.joined))
        self.fate = rng.choices(["completed", "plain", "withdrawn", "expelled", "open"],
                                [80, 3, 7, 4, 6])[0]
        if self.fate in ("withdrawn", "expelled"):
            wish = self.joined + rng.choice([1, 7, 29, 30, 31, 39, 40, 50, 59, 60])
            self.left = min(wish, c.end)
        self.last = c.end
        if self.left is not None:
            self.last = self.left - 1
        if c.cancelled is not None:
            self.last = min(self.last, c.cancelled - 1)

    # Attendance ----------------------------------------------------------------

    def _attend(self):
        rng, minutes = self.rng, self.c.minutes()
        total = sum(minutes.values())
        mine = [d for d in minutes if self.joined <= d <= self.last]
        missed, leave = {}, {}
        before = sum(m for d, m in minutes.items() if d < self.joined)
        style = rng.random()
        if self.pre:
            if for_youth(self.c) and style < 0.6:
                before = sum(m for d, m in minutes.items() if d < self.joined)
                self._allot(missed, mine, minutes,
                            -(-total // 10) - before + rng.choice([-60, -1, -1, 0, 0, 1]))
                if style < 0.3:
                    leave = {d: m for d, m in missed.items() if m > 1}
                    missed = {}
            elif style < 0.35:
                self._allot(missed, mine, minutes, total * 4 // 100 + rng.choice([-1, 0, 0, 1, 2]))
            if 0.25 < style < 0.6 and not leave and not for_youth(self.c):
                self._allot(leave, mine, minutes,
                            total // 600 * 60 + rng.choice([-1, 0, 0, 1, 30]), missed)
        elif style < 0.5:
            self._allot(missed, mine, minutes,
                        total // 5 - before + rng.choice([-60, -1, 0, 0, 0, 1, 60]))
            if style < 0.25:        # some of it is leave: no difference to TIP-10
                leave = {d: m // 2 for d, m in missed.items() if m > 1}
                missed = {d: m - leave.get(d, 0) for d, m in missed.items()}
        blank = set(rng.sample(mine, min(len(mine), rng.randint(1, 3)))) \
            if rng.random() < 0.15 else set()
        for d in mine:
            if d in blank:
                continue
            present = minutes[d] - missed.get(d, 0) - leave.get(d, 0)
            if rng.random() < 0.01:
                self.leaf(d, "attendance.recorded", on=text(d), presentMinutes=0)
            if present == minutes[d] and rng.random() < 0.02:
                present += 30       # more than scheduled: counts as scheduled
            self.leaf(d, "attendance.recorded", on=text(d), presentMinutes=present)
        for d in self.c.dropped:    # a record for a day that is no longer scheduled
            if rng.random() < 0.3 and self.joined <= d <= self.last and d not in minutes:
                self.leaf(d, "attendance.recorded", on=text(d), presentMinutes=60)
        for n, (d, m) in enumerate(sorted(leave.items())):
            self._leave(n, d, m)

    def _allot(self, into, days, minutes, target, taken=None):
        """Takes `target` minutes from random days."""
        for d in self.rng.sample(days, len(days)):
            room = minutes[d] - (taken or {}).get(d, 0)
            part = min(room, target)
            if part <= 0:
                if target <= 0:
                    return
                continue
            into[d] = part
            target -= part

    def _leave(self, number, on, minutes):
        rng, request = self.rng, f"R-{self.t}-{self.c.id}-{number}"
        self.add(max(on - 1, self.joined), "leave.requested", request=request, on=text(on),
                 minutes=minutes + rng.choice([0, 0, 0, 60]),
                 kind=rng.choice(["personal", "sick", "official"]))
        outcome = rng.random()
        if outcome < 0.8:
            late = rng.choice([0, 0, 0, 2, 5])
            self.leaf(max(on, self.joined) + late, "leave.approved", request=request)
        elif outcome < 0.9:
            self.leaf(on + 1, "leave.rejected", request=request)

    # The end -------------------------------------------------------------------

    def _end(self):
        rng, c = self.rng, self.c
        self.completed = False
        if c.cancelled is not None:
            return
        if self.fate in ("completed", "plain"):
            self.completed = True
            on = c.end + rng.choice([0, 0, 1, 3])
            self.add(on, "enrolment.completed", on=text(c.end), certificate=self.fate == "completed")
            if rng.random() < 0.88:
                later = on + rng.choice([0, 1, 30])
                self.leaf(later, "survey.submitted", on=text(later))
        elif self.fate == "withdrawn":
            self.add(self.left, "enrolment.withdrawn", on=text(self.left),
                     reason=rng.choice(["employment", "illness", "family", "other"]),
                     adaptationPeriod=rng.choice([None, None, True, False]))
        elif self.fate == "expelled":
            self.add(self.left, "enrolment.expelled", on=text(self.left),
                     reason=rng.choice(["truancy", "leave", "conduct"]))

    def _tuition_payout(self):
        rng, c = self.rng, self.c
        on = c.end + rng.choice([30, 45, 60, 400])
        amount = rng.choice([c.fee * 80 // 100] * 5 + [c.fee, c.fee // 3, 5000, 65_000])
        self._pay(on, "tuitionSubsidy", min(amount, 70_000), 1,
                  payee="unit" if c.half else "trainee")

    def _pay(self, on, kind, amount, number, **more):
        """A payout, sometimes revoked in part or whole."""
        rng, name = self.rng, f"P-{self.t}-{self.c.id}-{number}"
        data = {"payout": name, "kind": kind, "class_": self.c.id, "amount": amount,
                "on": text(on), **more}
        if rng.random() < 0.14:
            self.w.add(on, "payout.made", self.t, **data)
            back = on + rng.choice([5, 40, 300])
            self.w.add(back, "payout.revoked", self.t, payout=name,
                       amount=rng.choice([amount, amount, max(1, amount // 2)]), on=text(back),
                       reason=rng.choice(["falseClaim", "ineligible", "overpaid", "duplicate",
                                          "returned"]), repayBy=text(back + 30))
        else:
            self.h.leaf(on, "payout.made", self.t, **data)

    def _reward(self):
        """What YTH and PRE-12 look at besides."""
        rng, c = self.rng, self.c
        if rng.random() < 0.2:
            on = c.start + rng.choice([-2, 0, 1])
            if on >= self.joined:
                self.leaf(on, "allowance.applied", kind="feeWaiver", on=text(on),
                          documents=rng.choice([["idCard"], ["residencePermit"],
                                                ["householdRegister", "idCard", "affidavit"]]))
        if not for_youth(c):
            return
        if rng.random() < 0.9:
            self.leaf(self.joined, "allowance.applied", kind="learningReward",
                      on=text(self.joined))
        if rng.random() < 0.05:
            self.leaf(self.joined + 3, "inspection.evaded", on=text(self.joined + 3))
        if rng.random() < 0.35:
            self._pay(c.end + 30, "learningReward", rng.choice([8000, 12_000, 16_000]), 9,
                      halfMonths=2, from_=text(self.joined), to=text(self.joined + 29),
                      payee="trainee")

    def _allowance(self):
        rng, c = self.rng, self.c
        if rng.random() < 0.9:
            papers = list(COMMON)
            if rng.random() < 0.12:
                papers.remove(rng.choice(["applicationForm", "allowanceAffidavit"]))
            on = self.joined + rng.choice([0, 5])
            self.leaf(on, "allowance.applied", kind="livingAllowance", on=text(on),
                      documents=papers)
        if rng.random() < (0.1 if for_youth(c) else 0.45):
            for n in range(max(1, (self.last - self.joined + 1) // 30)):
                begin = self.joined + 30 * n
                self._pay(begin + 35, "livingAllowance", rng.choice([14_400, 15_150, 17_700]), n,
                          halfMonths=2, from_=text(begin), to=text(begin + 29), payee="trainee")


def for_youth(course):
    """Whether the learning reward's dates are near."""
    return YOUTH[0] <= course.start <= YOUTH[1]
