#!/usr/bin/env python3
"""Kills a server with SIGKILL again and again while clients record events and try again until they are answered.

In the end every event must stand in the ledger exactly once, what was acknowledged must be there, and the ledger must
pass `verify`. The last line is "N passed, N failed".
"""

import argparse
import json
import random
import tempfile
import threading
import time
from pathlib import Path

from clients import ROOT, Client, LoadLedger, attendance, ledger_server


class Recorder(threading.Thread):
    """A client that records its events one after the other, and each until it is acknowledged."""

    def __init__(self, number: int, ledger: LoadLedger, port: int, count: int, end: float):
        super().__init__(daemon=True)
        self.source = f"/load/client-{number}"
        self._client = Client(port, ledger.tokens[number % len(ledger.tokens)])
        self._events = [attendance(self.source, f"e-{index}", ledger.enrolments[(number + index) % len(
            ledger.enrolments)], index % 480) for index in range(count)]
        self._end = end
        #: Positions that the server acknowledged, by ID of the event.
        self.acknowledged: dict[str, int] = {}
        self.tries = 0
        self.duplicates = 0
        self.fault = ""

    def run(self) -> None:
        for event in self._events:
            while event["id"] not in self.acknowledged and not self.fault:
                if time.monotonic() > self._end:
                    self.fault = "time is up"
                else:
                    self._try(event)

    def _try(self, event: dict) -> None:
        self.tries += 1
        try:
            status, body = self._client.ask("POST", "/events", event)
        except OSError:
            time.sleep(0.02)
            return
        if status in (200, 201):
            line = json.loads(body)["events"][0]
            self.acknowledged[event["id"]] = int(line["sequence"])
            self.duplicates += line["duplicate"]
        elif status in (429, 503):
            time.sleep(0.05)
        else:
            self.fault = f"status {status}: {body[:300]!r}"


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    options.add_argument("--program", type=Path, default=ROOT / ".build/debug/trainledger")
    options.add_argument("--clients", type=int, default=8)
    options.add_argument("--events", type=int, default=40, help="of each client")
    options.add_argument("--kills", type=int, default=4)
    options.add_argument("--seconds", type=int, default=120, help="after which the clients give up")
    options.add_argument("--seed", type=int, default=random.randrange(1 << 32))
    asked = options.parse_args()
    print(f"seed {asked.seed}")
    with tempfile.TemporaryDirectory() as directory:
        Path(directory).chmod(0o700)
        faults = kill_and_count(asked, Path(directory))
    for fault in faults:
        print(fault)
    print(f"{0 if faults else 1} passed, {1 if faults else 0} failed")
    return 1 if faults else 0


def kill_and_count(asked, directory: Path) -> list[str]:
    """Runs the clients and the kills, and says what is wrong with the ledger afterwards."""
    chance = random.Random(asked.seed)
    ledger = LoadLedger(directory, asked.program.resolve(), trainees=50, clerks=min(8, asked.clients))
    before = len(ledger.events())
    server = ledger_server(ledger)
    server.start()
    end = time.monotonic() + asked.seconds
    recorders = [Recorder(number, ledger, server.port, asked.events, end) for number in range(asked.clients)]
    for recorder in recorders:
        recorder.start()
    total, kills = asked.clients * asked.events, 0
    # Each kill waits for its share of the events, so that all of them fall among the work.
    while kills < asked.kills and time.monotonic() < end and any(recorder.is_alive() for recorder in recorders):
        if sum(len(recorder.acknowledged) for recorder in recorders) < total * (kills + 1) // (asked.kills + 1):
            time.sleep(0.005)
            continue
        time.sleep(chance.random() * 0.05)
        server.kill()
        kills += 1
        server.start()
    for recorder in recorders:
        recorder.join()
    server.stop()
    return verdict(ledger, recorders, before, total, kills, asked.kills)


def verdict(ledger: LoadLedger, recorders: list[Recorder], before: int, total: int, kills: int, wanted: int) -> list[str]:
    faults = [f"{recorder.source}: {recorder.fault}" for recorder in recorders if recorder.fault]
    if kills < wanted:
        faults.append(f"only {kills} kills of {wanted} fell among the work")
    events = ledger.events()
    positions: dict[tuple[str, str], list[int]] = {}
    for event in events:
        if event["source"].startswith("/load/"):
            positions.setdefault((event["source"], event["id"]), []).append(int(event["sequence"]))
    doubled = sum(len(found) > 1 for found in positions.values())
    lost = sum(positions.get((recorder.source, name)) != [position]
               for recorder in recorders for name, position in recorder.acknowledged.items())
    if doubled or lost or len(positions) != total or len(events) != before + total:
        faults.append(f"{len(positions)} of {total} events are there, {doubled} more than once, {lost} not where they "
                      f"were acknowledged; {len(events)} in all, {before + total} expected")
    tries = sum(recorder.tries for recorder in recorders)
    print(f"{total} events of {len(recorders)} clients, {kills} kills, {tries} requests, "
          f"{sum(recorder.duplicates for recorder in recorders)} answered as already there")
    try:
        ledger.run("verify", ledger.ledger)
    except RuntimeError as fault:
        faults.append(str(fault))
    return faults


if __name__ == "__main__":
    raise SystemExit(main())
