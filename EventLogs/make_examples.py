#!/usr/bin/env python3
"""Writes coffee-2026.jsonl, semi-2022.jsonl and tip-classes.jsonl next to this file.

Standard library only (Python 3.11), no clock, no randomness: every run writes the same bytes.
All people are invented. Courses, timetable, fees and rules come from the three official documents.
What each trainee shows, and what must be decided, is in README.md and expected.json.
"""

import sys

sys.dont_write_bytecode = True

from builders.coffee import coffee
from builders.coffee_selection import coffee_selection
from builders.coffee_tea import coffee_tea
from builders.event_file import File
from builders.semi import semi
from builders.semi_applicants import semi_applicants
from builders.tip import tip
from builders.tip_seats import tip_seats


def write(name, prefix, *parts):
    """Each part is numbered after the ones before it."""
    f = File(name, prefix)
    for part in parts:
        part(f)
        f.keep_numbers()
    f.write()


if __name__ == "__main__":
    write("coffee-2026.jsonl", "coffee", coffee, coffee_tea, coffee_selection)
    write("semi-2022.jsonl", "semi", semi, semi_applicants)
    write("tip-classes.jsonl", "tip", tip, tip_seats)
