"""Random histories full of boundaries (Tools/model generates them): the peers' SQL against the reports."""
import os
import shutil
import subprocess
import sys

from . import engines
from .dimensions import calendar, numbers
from .measure import say
from .ours import Ours
from .questions import QUESTIONS


def differences(program, folder, seed, size, days):
    """What the reports and DuckDB or SQLite say differently of one random history."""
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    drawn, events = os.path.join(folder, "drawn.jsonl"), os.path.join(folder, "events.jsonl")
    tools = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    with open(drawn, "wb") as file:
        subprocess.run([sys.executable, "-m", "model", "generate", "--seed", str(seed), "--size", str(size)],
                       stdout=file, cwd=tools, check=True)
    ours = Ours(program, os.path.join(folder, "ledger"))
    ours.lines("init")
    ours.lines("append", drawn, "--keep-recorded-time")
    with open(events, "w", encoding="utf-8") as file:
        file.writelines(line + "\n" for line in ours.lines("events", "--json"))
    duckdb = engines.DuckDB(os.path.join(folder, "peer.duckdb"))
    duckdb.read(events, 1)
    duckdb.make(calendar(), numbers(), lambda text: None)
    sqlite = engines.SQLite(os.path.join(folder, "peer.sqlite"))
    sqlite.load(duckdb.db, lambda text: None)
    found = []
    for kind in QUESTIONS:
        for day in days if kind == "quota" else days[:1]:
            asked = ("--on", day) if kind == "quota" else ()
            wanted = set(ours.lines("report", kind, *asked))
            for peer in (duckdb, sqlite):
                answer = set(peer.ask(QUESTIONS[kind](peer.name, day))[1])
                found += [(kind, day, "TrainLedger", line) for line in sorted(wanted - answer)]
                found += [(kind, day, peer.name, line) for line in sorted(answer - wanted)]
    duckdb.close()
    sqlite.close()
    return found


def check(program, folder, seeds, size=25, days=("2020-06-30", "2022-01-15", "2024-02-29", "2026-03-01")):
    """Prints every difference of the seeds; how many there were."""
    count = 0
    for seed in range(1, seeds + 1):
        for kind, day, side, line in differences(program, folder, seed, size, days):
            count += 1
            print(f"seed {seed}: {kind} on {day}: only {side} says {line}", flush=True)
        say(f"seed {seed} of {seeds}: {count} differences so far")
    shutil.rmtree(folder, ignore_errors=True)
    return count
