"""A small writer of CloudEvents, used by the generator and the self test."""
from .dates import text

SOURCE = "/model/generator"


class Writer:
    """Collects events with a day, then orders and numbers them.

    Events of one day keep the order in which they were added, so a caller only
    has to keep days from going backwards along every chain of dependencies.
    """

    def __init__(self, prefix):
        self.prefix, self.rows = prefix, []

    def add(self, on, kind, subject, /, **data):
        """Adds an event that happens on a day; returns its handle."""
        return self.add_at(on, 8 * 60, kind, subject, **data)

    def add_at(self, on, minute, kind, subject, /, **data):
        """Adds an event that happens at a minute of a day, or just after others of it."""
        clean = {key.rstrip("_"): value for key, value in data.items() if value is not None}
        self.rows.append((on, minute, len(self.rows), kind, subject, clean))
        return len(self.rows) - 1

    def retract(self, on, handle, reason="entered by mistake"):
        """Retracts an added event on a later day."""
        row = self.rows[handle]
        return self.add(on, "event.retracted", row[4], retractsSource=SOURCE,
                        retractsId=self.name(handle), reason=reason)

    def name(self, handle):
        return f"{self.prefix}-{handle:06}"

    def events(self, until=None):
        """The events in order of time; those after the day `until` are left out."""
        clock = {}
        for on, minute, number, kind, subject, data in sorted(self.rows, key=lambda r: r[:3]):
            if until is not None and on > until:
                return
            second = clock[on] = max(clock.get(on, -1) + 1, 60 * minute)
            stamp = (f"{text(on)}T{second // 3600:02}:{second // 60 % 60:02}:"
                     f"{second % 60:02}+08:00")
            yield {"specversion": "1.0", "id": self.name(number), "source": SOURCE,
                   "type": kind, "subject": subject, "time": stamp, "recordedtime": stamp,
                   "data": data}


def clock(minute):
    return f"{minute // 60:02}:{minute % 60:02}"


def sessions_of(days):
    """Session objects from {day: [(from minute, to minute)]}."""
    return [{"on": text(on), "from": clock(a), "to": clock(b)}
            for on in sorted(days) for a, b in days[on]]


def split_day(minutes, start=9 * 60):
    """One training day of `minutes`, with an hour of lunch after three hours."""
    if minutes <= 180:
        return [(start, start + minutes)]
    return [(start, start + 180), (start + 240, start + 240 + minutes - 180)]
