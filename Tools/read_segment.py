#!/usr/bin/env python3
"""Prints the events of a ledger as `trainledger events LEDGER --json` does, from the published formats alone.

    Tools/read_segment.py LEDGER
    Tools/read_segment.py --records FILE

LEDGER is read by docs/segment-format.md (segment_log.py), its records by docs/events.proto. FILE holds records in
hexadecimal, one a line, in the order of a log that begins at 0; - is the standard input. Needs the PyPI packages
protobuf and, for a ledger, lz4. Exit: 0 printed, 2 usage, 65 damaged or not canonical, 66 no such input.
"""

import argparse
import os
import pathlib
import sys

from google.protobuf.message import DecodeError

from ledger_reader.events import NotCanonical, Reader, json_text
from ledger_reader.schema import Schema

HERE = pathlib.Path(__file__).resolve().parent


def hexadecimal_records(path):
    """The records of a file of hexadecimal lines."""
    with sys.stdin if path == "-" else open(path, encoding="ascii") as lines:
        for position, line in enumerate(lines):
            yield position, bytes.fromhex(line)


def main():
    parser = argparse.ArgumentParser(description="Prints the events of a ledger as JSON Lines.")
    parser.add_argument("ledger", nargs="?", help="the directory of a ledger")
    parser.add_argument("--records", metavar="FILE", help="records in hexadecimal, one a line")
    arguments = parser.parse_args()
    if (arguments.ledger is None) == (arguments.records is None):
        parser.error("a ledger or --records")
    damages = (NotCanonical, DecodeError, ValueError)
    if arguments.records not in (None, "-") and not os.path.isfile(arguments.records):
        print(f"{arguments.records}: no such file", file=sys.stderr)
        return 66
    if arguments.records is not None:
        records = hexadecimal_records(arguments.records)
    else:
        import segment_log

        if not os.path.isdir(arguments.ledger):
            print(f"{arguments.ledger}: no such ledger", file=sys.stderr)
            return 66
        damages += (segment_log.Damaged,)
        records = segment_log.records(arguments.ledger)
    reader = Reader(Schema((HERE.parent / "docs" / "events.proto").read_text(encoding="utf-8")))
    done = 0
    try:
        for position, record in records:
            sys.stdout.buffer.write(json_text(reader.event(position, record)).encode() + b"\n")
            done = position + 1
    except damages as error:
        sys.stdout.buffer.flush()
        print(f"event {done}: {error}", file=sys.stderr)
        return 65
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except BrokenPipeError:
        os._exit(0)
