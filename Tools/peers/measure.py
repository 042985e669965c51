"""Running and timing: processes with their CPU time and memory, and the best of some runs."""
import hashlib
import json
import os
import subprocess
import sys
import time

#: A measurement is repeated until there are so many runs, or so many seconds are spent; the first one warms.
RUNS, PATIENCE = 3, 45.0
RUNNER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "runner.py")


class Failed(Exception):
    """A program that should have worked ended otherwise."""


def say(text):
    """Progress, on standard error."""
    print(f"{time.strftime('%H:%M:%S')} {text}", file=sys.stderr, flush=True)


def process(command, output=os.devnull):
    """Runs a program: seconds of wall and CPU time, and the most memory it held, in MB."""
    done = subprocess.run([sys.executable, "-I", "-S", RUNNER, output, *command], stderr=subprocess.PIPE, text=True,
                          check=False)
    complaints, _, last = done.stderr.rstrip("\n").rpartition("\n")
    found = json.loads(last)
    if status := found.pop("status"):
        raise Failed(f"{' '.join(command)} ended with {status}: {complaints[-500:]}")
    return found


def best(run, runs=RUNS):
    """The quickest of some runs of `run`, which gives a dictionary with `seconds`; says how many there were."""
    found, spent = [], 0.0
    while len(found) < runs and (not found or spent + found[0]["seconds"] < PATIENCE):
        found.append(run())
        spent += found[-1]["seconds"]
    return min(found, key=lambda one: one["seconds"]) | {"runs": len(found)}


def digest(lines):
    """SHA-256 of the lines, sorted bytewise, each with a newline: what `sort | sha256sum` says with LC_ALL=C."""
    hasher = hashlib.sha256()
    for line in sorted(line.encode() for line in lines):
        hasher.update(line + b"\n")
    return hasher.hexdigest()


def size(path):
    """Bytes of a file, or of all files below a directory."""
    if os.path.isfile(path):
        return os.path.getsize(path)
    return sum(os.path.getsize(os.path.join(folder, name)) for folder, _, names in os.walk(path) for name in names)
