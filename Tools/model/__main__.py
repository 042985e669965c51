"""Command line: generate histories, and print what they should decide."""
import argparse
import json
import sys

from .balance import balances
from .dates import day
from .deadlines import deadlines
from .decide import decisions
from .derived import findings
from .facts import fold, read
from .units import class_findings


def _line(data):
    return json.dumps(data, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def main():
    parser = argparse.ArgumentParser(prog="python3 -m model", description=__doc__)
    parts = parser.add_subparsers(dest="command", required=True)
    make = parts.add_parser("generate", help="a random valid history as JSON Lines")
    make.add_argument("--seed", type=int, required=True)
    make.add_argument("--size", type=int, default=20, help="number of trainees")
    make.add_argument("--odd", action="store_true",
                      help="also make what the rules leave open (README.md)")
    make.add_argument("--no-recorded-time", action="store_true")
    tell = parts.add_parser("expect", help="the decisions and balances of a history")
    tell.add_argument("file", help="JSON Lines, - for standard input")
    tell.add_argument("--first", type=int, help="only the first N events (--as-of @N)")
    tell.add_argument("--as-of-day", help="day of recording, if events carry none")
    tell.add_argument("--on", help="day of the balances")
    chosen = parser.parse_args()
    if chosen.command == "generate":
        from .histories import generate
        for event in generate(chosen.seed, chosen.size, chosen.odd):
            if chosen.no_recorded_time:
                event.pop("recordedtime", None)
            print(_line(event))
        return
    source = sys.stdin if chosen.file == "-" else open(chosen.file, encoding="utf-8")
    with source:
        events = read(source)
    if chosen.first is not None:
        events = events[:chosen.first]
    world = fold(events, day(chosen.as_of_day) if chosen.as_of_day else None)
    for found in decisions(world):
        print(_line(found))
    for found in balances(world, day(chosen.on) if chosen.on else None):
        print(_line(found))
    for found in findings(world):
        print(_line(found))
    for found in class_findings(world):
        print(_line(found))
    print(_line(deadlines(world)))


if __name__ == "__main__":
    main()
