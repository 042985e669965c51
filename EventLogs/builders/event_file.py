"""What the builders share: days and times, insurance spells, and the file that numbers its events."""

import json
from datetime import date, timedelta
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent


def day(text):
    return date.fromisoformat(text)


def plus(text, days):
    return (day(text) + timedelta(days=days)).isoformat()


def at(on, clock):
    """A time in Taipei: at("2026-06-01", "09:30")."""
    return f"{on}T{clock}:00+08:00"


def minutes(clock):
    return int(clock[:2]) * 60 + int(clock[3:])


def sessions(table):
    """{"2026-06-01": "09:30-10:30 10:30-12:30"} as a list of session objects."""
    out = []
    for on, text in table.items():
        for span in text.split():
            start, end = span.split("-")
            out.append({"on": on, "from": start, "to": end})
    return out


def minutes_by_day(sessions_):
    out = {}
    for s in sessions_:
        out[s["on"]] = out.get(s["on"], 0) + minutes(s["to"]) - minutes(s["from"])
    return out


def spell(scheme, start, end=None, **more):
    """One insurance spell; without an end it is still in force."""
    s = {"scheme": scheme, "from": start}
    if end:
        s["to"] = end
    return s | more


def job(start, end=None, employer=None):
    """A job brings labour and employment insurance together."""
    more = {"employer": employer} if employer else {}
    return [spell("labour", start, end, **more), spell("employment", start, end, **more)]


class File:
    """Collects events, numbers them, and writes them sorted by time (equal times keep their order).

    An event's number is part of its ID and stays once given: what is added after `keep_numbers` is numbered after
    all that came before, wherever its time puts it in the file."""

    def __init__(self, name, prefix):
        self.path, self.prefix, self.events, self.numbered = HERE / name, prefix, [], 0

    def add(self, source, type_, subject, time, data):
        event = {"specversion": "1.0", "id": None, "source": source, "type": type_,
                 "subject": subject, "time": time, "data": {k: v for k, v in data.items() if v is not None}}
        self.events.append(event)
        return event

    def retract(self, source, target, time, reason):
        self.add(source, "event.retracted", target["subject"], time,
                 {"retractsSource": target["source"], "retractsId": target, "reason": reason})

    def keep_numbers(self):
        for e in sorted(self.events[self.numbered:], key=lambda e: e["time"]):
            self.numbered += 1
            e["id"] = f"{self.prefix}-{self.numbered:04d}"

    def write(self):
        self.keep_numbers()
        self.events.sort(key=lambda e: e["time"])
        for position, e in enumerate(self.events):
            if e["type"] == "event.retracted":
                e["data"]["retractsId"] = e["data"]["retractsId"]["id"]
            if e["type"] == "decision.issued":
                # Of a ledger that holds this file first: what came before the decision is what it rests on.
                e["data"]["atSequence"] = position
        with open(self.path, "w", encoding="utf-8", newline="\n") as out:
            for e in self.events:
                out.write(json.dumps(e, ensure_ascii=False, separators=(",", ":")) + "\n")


def attend(f, source, trainee, class_, per_day, missing=None, joined=None, left=None, clock="18:10"):
    """One attendance.recorded for every session day from joining until the day before leaving."""
    for on, scheduled in per_day.items():
        if (joined and on < joined) or (left and on >= left):
            continue
        f.add(source, "attendance.recorded", trainee, at(on, clock),
              {"class": class_, "on": on, "presentMinutes": scheduled - (missing or {}).get(on, 0)})


def certify(f, source, trainee, time, category, valid_from, valid_to, documents):
    f.add(source, "identity.certified", trainee, time,
          {"category": category, "validFrom": valid_from, "validTo": valid_to, "documents": documents})


def leave(f, source, trainee, class_, request, on, length, kind, asked, decided, start=None, end=None):
    f.add(source, "leave.requested", trainee, asked,
          {"class": class_, "request": request, "on": on, "from": start, "to": end,
           "minutes": length, "kind": kind})
    f.add(source, "leave.approved", trainee, decided, {"class": class_, "request": request})
