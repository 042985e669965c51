"""Reads case files: their YAML and the shorthands of Tests/CorpusTests/README.md."""
import glob
import os
import re
from datetime import timedelta

import yaml

from .dates import TAIPEI, civil_day, day, instant, moment, text, weekday

SOURCE = "/corpus"
DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
RANGES = {"mon-fri": range(5), "mon-sat": range(6), "all": range(7)}


class Loader(yaml.SafeLoader):
    """Plain YAML 1.2 scalars: dates and clock times stay text, `on` is no truth value."""


Loader.yaml_implicit_resolvers = {}
for _tag, _pattern, _first in (
        ("bool", r"^(?:true|false)$", "tf"), ("null", r"^(?:null|~|)$", ["n", "~", ""]),
        ("int", r"^[-+]?(?:0|[1-9][0-9]*)$", "-+0123456789"),
        ("float", r"^[-+]?[0-9]+\.[0-9]+$", "-+0123456789")):
    Loader.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(_pattern), list(_first))


def load(path):
    with open(path, encoding="utf-8") as file:
        return yaml.load(file, Loader)


def common(path):
    """The named lists of events of every Common*.yaml beside a file."""
    found = {}
    for name in sorted(glob.glob(os.path.join(os.path.dirname(path) or ".", "Common*.yaml"))):
        found.update(load(name) or {})
    return found


def stamp(value):
    """The moment of `YYYY-MM-DD`, `YYYY-MM-DD HH:MM` or an RFC 3339 text."""
    value = str(value)
    if "T" in value:
        return instant(value)
    on, _, clock = value.partition(" ")
    hours, minutes = (clock or "09:00").split(":")[:2]
    return moment(day(on), 60 * int(hours) + int(minutes))


def ids_of(span):
    """A01..A16 as a list of IDs."""
    first, last = span.split("..")
    prefix = re.match(r"^(.*?)(\d+)$", first)
    stop = int(re.search(r"(\d+)$", last)[1])
    width = len(prefix[2])
    return [f"{prefix[1]}{n:0{width}}" for n in range(int(prefix[2]), stop + 1)]


def put(value, id_, number):
    """Replaces $ and $n in a value."""
    if isinstance(value, dict):
        return {put(k, id_, number): put(v, id_, number) for k, v in value.items()}
    if isinstance(value, list):
        return [put(v, id_, number) for v in value]
    if value == "$n":
        return number
    return value.replace("$", id_) if isinstance(value, str) else value


def unfold(rows):
    """Rows with every `for` written out."""
    for row in rows or []:
        if isinstance(row, dict):
            for number, id_ in enumerate(ids_of(row["for"]), 1):
                yield from unfold(put(row["events"], id_, number))
        else:
            yield row


def sessions(data):
    """Sessions of the `daily` shorthand."""
    found = []
    for part in data["daily"]:
        without = {day(str(d)) for d in part.get("except", [])}
        named = part.get("weekdays", "all")
        wanted = RANGES[named] if isinstance(named, str) else [DAYS.index(d) for d in named]
        for on in range(day(str(part["from"])), day(str(part["to"])) + 1):
            if weekday(on) in wanted and on not in without:
                found += [dict(zip(("on", "from", "to"), (text(on), *hours.split("-"))))
                          for hours in part["hours"]]
    return found


def full_days(row, timetable):
    """The attendance.recorded that attendance.full stands for."""
    _, _, subject, data = row[:4]
    skipped = {day(str(d)): m for d, m in data.get("except", {}).items()}
    minutes = {}
    for one in timetable:
        on = day(str(one["on"]))
        begin, end = ([60 * int(h) + int(m) for h, m in [one[k].split(":")[:2]]][0]
                      for k in ("from", "to"))
        minutes[on] = minutes.get(on, 0) + end - begin
    first, last = (day(str(data[k])) if k in data else None for k in ("from", "to"))
    for on in sorted(minutes):
        present = skipped.get(on, minutes[on])
        if present == "none" or first is not None and on < first \
                or last is not None and on > last:
            continue
        yield [f"{text(on)} 18:00", "attendance.recorded", subject,
               {"class": data["class"], "on": text(on), "presentMinutes": present},
               {"recorded": row[0]}]


def events_of(case, lists):
    """The events of a case as the model reads them, in the order of recording."""
    rows = [row for name in case.get("use", []) for row in unfold(lists[name])]
    rows += list(unfold(case.get("events")))
    found, timetables, recorded = [], {}, None
    for number, row in enumerate(expand(rows, timetables)):
        when, kind, subject, data = row[:4]
        more = row[4] if len(row) > 4 else {}
        at = stamp(when)
        known = stamp(more["recorded"]) if "recorded" in more else at
        recorded = max(known, recorded) if recorded is not None else known
        data = dict(data)
        if kind == "event.retracted":
            data.setdefault("retractsSource", SOURCE)
        found.append({"source": SOURCE, "id": more.get("id", f"event-{number}"), "type": kind,
                      "subject": subject, "data": strings(data), "time": at.isoformat(),
                      "recordedtime": recorded.isoformat()})
    return found


def expand(rows, timetables):
    """Rows with timetables and full attendance written out."""
    for row in rows:
        if row[1] == "class.scheduled":
            data = dict(row[3])
            if "daily" in data:
                data = {"sessions": sessions(data)}
            timetables[row[2]] = data["sessions"]
            yield [row[0], row[1], row[2], data, *row[4:]]
        elif row[1] == "attendance.full":
            yield from full_days(row, timetables[row[3]["class"]])
        else:
            yield row


def strings(data):
    """Dates written as plain numbers (1150601) are text for the model."""
    return {k: str(v) if k in DATES and isinstance(v, int) else v for k, v in data.items()}


DATES = {"on", "from", "to", "asOf", "startsOn", "endsOn", "validFrom", "validTo", "birthDate",
         "applicationClosesOn", "recruitsFrom", "foundedOn", "requestedOn", "repayBy"}


def until(events, as_of):
    """The events known at `@N` or by the end of a day, and that day."""
    if as_of is None:
        return events
    if str(as_of).startswith("@"):
        return events[:int(as_of[1:])]
    if "T" in str(as_of):
        last = instant(as_of)
    else:
        last = moment(day(str(as_of)), 0).astimezone(TAIPEI) + timedelta(days=1, microseconds=-1)
    return [e for e in events if instant(e["recordedtime"]) <= last]


def day_of(event):
    return civil_day(instant(event["recordedtime"]))
