"""The events of the ledger that the browser tests look at.

They are those of EventLogs/, with a recorded time of their own, and a few more that tell of one appeal: a trainee was
told and paid NT$17,700 when the ledger held a report of unemployment benefit that lasted ten days into the class; a
month later the insurer took the report back, and NT$26,550 was due. In another class two requests for leave wait for a
decision.
"""

import json
from pathlib import Path

REVIEWED = "T-COFFEE-13"
CLASS = "NTPC-115-COFFEE-2"
#: A class in which an attendance is missing, and two requests for leave wait.
OPEN_CLASS = "NTPC-115-TEA-1"
ON_LEAVE = ["T-COFFEE-34", "T-COFFEE-37"]
TOLD_ON = "2026-07-20"
TOLD = 17_700
DUE_NOW = 26_550

_BRANCH = "/branches/taipei-keelung-yilan-hualien-kinmen-matsu"
_INSURER = "/insurance/bli"


def _event(source, name, kind, time, data, subject=REVIEWED):
    return {
        "specversion": "1.0", "id": name, "source": source, "type": kind, "subject": subject, "time": time,
        "data": data,
    }


def _appeal(known):
    """What happened after the class, where `known` events were in the ledger when the decision was made."""
    return [
        _event(_BRANCH, "story-1", "decision.issued", f"{TOLD_ON}T14:00:00+08:00", {
            "kind": "livingAllowance", "class": CLASS, "on": TOLD_ON, "outcome": "granted", "amount": TOLD,
            "rulebook": "base", "atSequence": known}),
        _event(_BRANCH, "story-2", "payout.made", "2026-07-24T14:00:00+08:00", {
            "payout": "P-STORY-1", "kind": "livingAllowance", "class": CLASS, "amount": TOLD, "on": "2026-07-24",
            "halfMonths": 2, "from": "2026-06-11", "to": "2026-07-10", "payee": "trainee"}),
        _event(_INSURER, "story-3", "event.retracted", "2026-08-20T10:00:00+08:00", {
            "retractsSource": _INSURER, "retractsId": "coffee-0674",
            "reason": "the benefit ended on 31 May; 10 June was a typing error"}),
        _event(_INSURER, "story-4", "benefit.recorded", "2026-08-20T10:05:00+08:00", {
            "kind": "unemploymentBenefit", "from": "2026-05-12", "to": "2026-05-31"}),
        _event(_BRANCH, "story-5", "appeal.filed", "2026-08-28T09:00:00+08:00", {
            "appeal": "A-115-12", "kind": "livingAllowance", "class": CLASS, "on": "2026-08-28"}),
    ] + [
        _event("/units/ntpc", f"story-leave-{trainee}", "leave.requested", "2026-07-21T09:00:00+08:00", {
            "class": OPEN_CLASS, "request": f"L-{trainee}", "on": "2026-03-10", "minutes": 60, "kind": "sick"}, trainee)
        for trainee in ON_LEAVE
    ]


def events(root: Path):
    """Every event in the order in which the ledger learnt of it, each with a recorded time."""
    def read(name):
        with open(root / "EventLogs" / name, encoding="utf-8") as lines:
            return [json.loads(line) for line in lines]

    coffee = read("coffee-2026.jsonl")
    known = sum(event["time"] < f"{TOLD_ON}T14:00" for event in coffee)
    told = coffee[:known] + sorted(coffee[known:] + _appeal(known), key=lambda event: event["time"])
    last = ""
    for event in told + read("semi-2022.jsonl") + read("tip-classes.jsonl"):
        last = max(last, event["time"])
        yield {**event, "recordedtime": last}


if __name__ == "__main__":
    for line in events(Path(__file__).resolve().parents[2]):
        print(json.dumps(line, ensure_ascii=False))
