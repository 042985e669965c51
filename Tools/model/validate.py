"""Checks that a generated history obeys the contract: python3 -m model.validate FILE..."""
import json
import sys

from .dates import day

REQUIRED = {
    "unit.registered": "name kind county foundedOn",
    "class.approved": "programme courseName unit county fee seats startsOn endsOn selection",
    "class.amended": "reason", "class.scheduled": "sessions", "class.cancelled": "on reason",
    "class.closed": "on", "trainee.registered": "birthDate sex nationality",
    "trainee.linked": "other evidence on", "trainee.unlinked": "other evidence on",
    "identity.certified": "category validFrom documents",
    "identity.revoked": "category on reason", "insurance.verified": "asOf method spells",
    "work.reported": "kind from", "benefit.recorded": "kind from",
    "application.submitted": "class at", "application.withdrawn": "class on",
    "application.refused": "class on", "enrolment.admitted": "class seat",
    "fee.paid": "class amount on", "fee.refunded": "class amount on",
    "enrolment.started": "class on", "enrolment.forfeited": "class on",
    "leave.requested": "class request on minutes kind", "leave.approved": "class request",
    "leave.rejected": "class request", "attendance.recorded": "class on presentMinutes",
    "enrolment.withdrawn": "class on reason", "enrolment.expelled": "class on reason",
    "enrolment.completed": "class on certificate", "survey.submitted": "class on",
    "allowance.applied": "kind class on", "payout.made": "payout kind class amount on",
    "payout.revoked": "payout amount on reason",
    "event.retracted": "retractsSource retractsId reason",
    "unit.amended": "reason", "selection.scored": "class", "affidavit.filed": "class kind on",
    "jobSearch.registered": "on", "referral.issued": "class on",
    "inspection.evaded": "class on"}

#: event -> states of the enrolment in which it is a legal step
STEPS = {"application.submitted": {None, "application.withdrawn", "application.refused",
                                   "enrolment.forfeited"},
         "application.withdrawn": {"application.submitted"},
         "application.refused": {"application.submitted"},
         "enrolment.admitted": {"application.submitted"},
         "enrolment.forfeited": {"enrolment.admitted"},
         "enrolment.started": {"enrolment.admitted", "application.submitted"},
         "enrolment.withdrawn": {"enrolment.started"}, "enrolment.expelled": {"enrolment.started"},
         "enrolment.completed": {"enrolment.started"}}
AFTER_START = {"attendance.recorded", "leave.requested", "survey.submitted", "payout.made"}
STARTED = {"enrolment.started", "enrolment.withdrawn", "enrolment.expelled", "enrolment.completed"}
NEEDED = set(STEPS) | {"class.approved", "trainee.registered", "unit.registered",
                       "leave.requested", "event.retracted"}


def problems(events):
    """Every breach found, as text."""
    known, state, payouts, requests, kinds = set(), {}, {}, set(), {}
    retracted, revoked, last = set(), set(), ""
    for n, event in enumerate(events):
        kind, subject, data = event["type"], event["subject"], event["data"]
        where = f"{n} {kind} {subject}: "
        missing = [f for f in REQUIRED[kind].split() if f not in data]
        if missing or any(v is None for v in data.values()):
            yield where + f"missing {missing} or null"
        if event["time"] < last:
            yield where + "time goes back"
        last = event["time"]
        if event["id"] in kinds:
            yield where + "id used twice"
        kinds[event["id"]] = kind, data
        if kind in ("unit.registered", "class.approved", "trainee.registered"):
            known.add(subject)
        for name in [subject] + [data[f] for f in ("class", "unit", "other") if f in data]:
            if name not in known:
                yield where + f"unknown {name}"
        place = subject, data.get("class")
        if kind in STEPS:
            if state.get(place) not in STEPS[kind]:
                yield where + f"not after {state.get(place)}"
            state[place] = kind
        if kind in AFTER_START and state.get(place) not in STARTED:
            yield where + f"not in {state.get(place)}"
        if kind == "leave.requested":
            requests.add(data["request"])
        if kind in ("leave.approved", "leave.rejected") and data["request"] not in requests:
            yield where + "unknown request"
        if kind == "payout.made":
            payouts[data["payout"]] = data["amount"]
        if kind == "payout.revoked":
            payouts[data["payout"]] = payouts.get(data["payout"], -1) - data["amount"]
            revoked.add(data["payout"])
            if payouts[data["payout"]] < 0:
                yield where + "revoked more than paid"
        if kind == "event.retracted":
            target, its = kinds.get(data["retractsId"], (None, {}))
            if target is None or target in NEEDED or data["retractsId"] in retracted:
                yield where + f"cannot retract {target}"
            if its.get("payout") in revoked and target == "payout.made":
                yield where + "payout has a revocation"
            retracted.add(data["retractsId"])
        if kind == "class.scheduled":
            spans = sorted((s["on"], s["from"], s["to"]) for s in data["sessions"])
            for a, b in zip(spans, spans[1:]):
                if a[0] == b[0] and a[2] > b[1]:
                    yield where + f"sessions overlap on {a[0]}"
            if any(s[1] >= s[2] or not "00:00" <= s[2] <= "24:00" for s in spans):
                yield where + "session without length"
        for first, second in (("from", "to"), ("validFrom", "validTo"), ("startsOn", "endsOn")):
            if first in data and second in data and day(data[first]) > day(data[second]):
                yield where + f"{first} after {second}"
        for spell in data.get("spells", []):
            if "to" in spell and spell["from"] > spell["to"]:
                yield where + "spell ends before it begins"


def main():
    bad = 0
    for name in sys.argv[1:]:
        with open(name, encoding="utf-8") as file:
            for text in problems([json.loads(line) for line in file]):
                print(name, text)
                bad += 1
    sys.exit(1 if bad else 0)


if __name__ == "__main__":
    main()
