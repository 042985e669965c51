"""Folds events (the contract section 1) into facts per class and person.

Retractions are collected first; then everything folds as if the retracted
events had never been.  Trainees that are linked at the end fold as one person.
"""
import json
from dataclasses import dataclass, field

from .dates import day, instant, taipei_day
from .steps import Enrolment, papers_of, step

DAY_FIELDS = {"startsOn", "endsOn", "applicationClosesOn", "recruitsFrom", "foundedOn"}
OPTIONAL = {"attendanceLimits", "feeCollection", "delivery", "applicationClosesOn",
            "recruitsFrom", "creditCourse", "trade", "batch", "ttqs", "reviewGrade",
            "insuranceArrears", "registeredPlace", "registeredTrades"}


class Terms:
    """Fields of a class or unit as attributes; optional ones may be missing."""

    def __getattr__(self, name):
        terms = self.__dict__.get("terms", {})
        if name in terms:
            return terms[name]
        if name in OPTIONAL:
            return None
        raise AttributeError(name)


@dataclass
class Unit(Terms):
    """A training unit after all its amendments."""
    id: str
    terms: dict


@dataclass
class Class(Terms):
    """A class after all its amendments, with its latest schedule."""
    id: str
    terms: dict
    sessions: list = field(default_factory=list)   # (day, from minute, to minute)
    cancelled: int | None = None
    closed: int | None = None

    def minutes_by_day(self):
        """Scheduled minutes of every training day, in order of day."""
        found = {}
        for on, begin, end in sorted(self.sessions):
            found[on] = found.get(on, 0) + end - begin
        return found


@dataclass
class Payout:
    """A payment and what was taken back of it by revocation."""
    id: str
    kind: str
    class_: str
    amount: int
    position: int
    half_months: int
    begin: int | None
    on: int = 0
    revoked: int = 0
    reasons: list = field(default_factory=list)     # (reason, day)

    @property
    def net(self):
        return self.amount - self.revoked


@dataclass
class Person:
    """All that is known of one person, however many trainee IDs there are."""
    trainees: list
    birth: int = 0
    sex: str = ""
    nationality: str = ""
    certificates: list = field(default_factory=list)
    revocations: list = field(default_factory=list)
    verifications: list = field(default_factory=list)
    work: list = field(default_factory=list)         # (kind, from, to|None)
    benefits: list = field(default_factory=list)     # data with days
    affidavits: list = field(default_factory=list)   # (class id, kind, day)
    searches: list = field(default_factory=list)     # days of jobSearch.registered
    referrals: list = field(default_factory=list)    # (class id, day)
    payouts: dict = field(default_factory=dict)
    enrolments: dict = field(default_factory=dict)   # class id -> Enrolment

    def certificates_for(self, on, category=None):
        """Live certificates that cover a day (CAT-01)."""
        return [c for c in self.certificates
                if category in (None, c["category"])
                and c["from"] <= on and (c["to"] is None or on <= c["to"])
                and not any(r["category"] == c["category"] and r["on"] <= on
                            and r["position"] > c["position"] for r in self.revocations)]

    def holds(self, category, on):
        return bool(self.certificates_for(on, category))

    def verification(self, on, method=None):
        """The insurance verification that counts for a day (TIP-05), or None."""
        usable = [v for v in self.verifications
                  if v["asOf"] >= on and method in (None, v["method"])]
        return max(usable, key=lambda v: (v["asOf"], v["position"]), default=None)

    def payouts_of(self, kind, class_id):
        return [p for p in self.payouts.values() if (p.kind, p.class_) == (kind, class_id)]


@dataclass
class World:
    classes: dict
    persons: dict            # trainee id -> Person (shared by linked IDs)
    as_of: int               # day of the last event's recorded time
    units: dict = field(default_factory=dict)
    now: object = None       # instant of the last event's recorded time

    def people(self):
        """Every person once."""
        return {id(p): p for p in self.persons.values()}.values()


def read(lines):
    """Events of JSON Lines text, repeated ones skipped."""
    seen, events = set(), []
    for line in lines:
        if line.strip():
            event = json.loads(line)
            key = event["source"], event["id"]
            if key not in seen:
                seen.add(key)
                events.append(event)
    return events


def _minute(clock):
    hours, minutes = clock.split(":")[:2]
    return int(hours) * 60 + int(minutes)


def _optional_day(data, name):
    return day(data[name]) if data.get(name) else None


def _persons(live):
    """Trainee id -> Person: components of the links that stand at the end."""
    order, links = [], set()
    for _, event in live:
        if event["type"] == "trainee.registered":
            order.append(event["subject"])
        elif event["type"] in ("trainee.linked", "trainee.unlinked"):
            pair = frozenset((event["subject"], event["data"]["other"]))
            (links.add if event["type"].endswith(".linked") else links.discard)(pair)
    group = {t: {t} for t in order}
    for pair in links:
        merged = set().union(*(group[t] for t in pair))
        for trainee in merged:
            group[trainee] = merged
    made, found = {}, {}
    for trainee in order:
        key = id(group[trainee])
        if key not in made:
            made[key] = Person([t for t in order if t in group[trainee]])
        found[trainee] = made[key]
    return found


def fold(events, as_of=None):
    """The World that a list of events describes."""
    gone = {(e["data"]["retractsSource"], e["data"]["retractsId"])
            for e in events if e["type"] == "event.retracted"}
    live = [(n, e) for n, e in enumerate(events) if (e["source"], e["id"]) not in gone]
    now = None
    if as_of is None and events:
        stamp = events[-1].get("recordedtime") or events[-1]["time"]
        as_of, now = taipei_day(stamp), instant(stamp)
    world = World({}, _persons(live), as_of or 0, now=now)
    for position, event in live:
        kind, subject, data = event["type"], event["subject"], event["data"]
        if kind.startswith("class."):
            _class_event(world, kind, subject, data)
        elif kind == "unit.registered":
            world.units[subject] = Unit(subject, _terms(data))
        elif kind == "unit.amended":
            world.units[subject].terms.update(_terms(data))
        elif subject in world.persons:
            person = world.persons[subject]
            if not _personal_event(person, position, event):
                if "class" in data:
                    enrolment = person.enrolments.setdefault(data["class"], Enrolment())
                    step(enrolment, subject, position, kind, data)
    return world


def _terms(data):
    return {k: day(v) if k in DAY_FIELDS else v for k, v in data.items() if k != "reason"}


def _class_event(world, kind, subject, data):
    if kind == "class.approved":
        world.classes[subject] = Class(subject, _terms(data))
        return
    class_ = world.classes[subject]
    if kind == "class.amended":
        class_.terms.update(_terms(data))
    elif kind == "class.scheduled":
        class_.sessions = [(day(s["on"]), _minute(s["from"]), _minute(s["to"]))
                           for s in data["sessions"]]
    elif kind == "class.cancelled":
        class_.cancelled = day(data["on"])
    elif kind == "class.closed":
        class_.closed = day(data["on"])


def _personal_event(person, position, event):
    """Facts that belong to no enrolment; says whether it was one."""
    kind, data = event["type"], event["data"]
    if kind in ("trainee.registered", "trainee.amended"):
        if event["subject"] == person.trainees[0]:
            if "birthDate" in data:
                person.birth = day(data["birthDate"])
            person.sex = data.get("sex", person.sex)
            person.nationality = data.get("nationality", person.nationality)
    elif kind == "identity.certified":
        person.certificates.append({
            "category": data["category"], "from": day(data["validFrom"]),
            "to": _optional_day(data, "validTo"), "papers": papers_of(data),
            "known": taipei_day(event["time"]), "position": position})
    elif kind == "identity.revoked":
        person.revocations.append({"category": data["category"], "on": day(data["on"]),
                                   "position": position})
    elif kind == "insurance.verified":
        spells = [{"scheme": s["scheme"], "from": day(s["from"]),
                   "to": _optional_day(s, "to"), "mark": s.get("mark")}
                  for s in data["spells"]]
        person.verifications.append({"asOf": day(data["asOf"]), "method": data["method"],
                                     "spells": spells, "position": position})
    elif kind == "work.reported":
        person.work.append((data["kind"], day(data["from"]), _optional_day(data, "to")))
    elif kind == "benefit.recorded":
        person.benefits.append({"kind": data["kind"], "from": day(data["from"]),
                                "to": _optional_day(data, "to"),
                                "halfMonths": data.get("halfMonths", 0)})
    elif kind == "affidavit.filed":
        person.affidavits.append((data["class"], data["kind"], day(data["on"])))
    elif kind == "jobSearch.registered":
        person.searches.append(day(data["on"]))
    elif kind == "referral.issued":
        person.referrals.append((data["class"], day(data["on"])))
    elif kind == "payout.made":
        person.payouts[data["payout"]] = Payout(
            data["payout"], data["kind"], data["class"], data["amount"], position,
            data.get("halfMonths", 0), _optional_day(data, "from"), day(data["on"]))
    elif kind == "payout.revoked":
        payout = person.payouts[data["payout"]]
        payout.revoked += data["amount"]
        payout.reasons.append((data["reason"], day(data["on"])))
    else:
        return False
    return True

