#!/usr/bin/env python3
"""Kills or freezes a leader under load, promotes the follower that is furthest, and counts.

Each run: a leader and two followers, clients that record until they are acknowledged. The leader is killed with -9, or
frozen and let go on later; a follower is promoted, the clients go on with it, the other follower follows it. In the end
every acknowledged event stands where it was acknowledged and exactly once, both copies have the same head and pass
`verify`, and the old leader was refused. A line a run; the last line is "N passed, N failed".
"""

import argparse
import json
import random
import signal
import sys
import tempfile
import time
from pathlib import Path

from cluster import Client, Etcd, LoadLedger, Node, Recorder, attendance, set_up

ROOT = Path(__file__).resolve().parents[2]


def wait_for_copies(nodes: list[Node]) -> None:
    """Until both followers have the ledger that the leader began with."""
    end = time.monotonic() + 120
    while not all("events" in (node.directory / f"{node.name}.follow.log").read_text(encoding="utf-8") for node in nodes):
        if time.monotonic() > end:
            raise RuntimeError("the followers do not follow")
        time.sleep(0.02)


def one_run(seed: int, base: LoadLedger, etcd: Etcd, asked) -> tuple[list[str], str]:
    """What was wrong, and what took place."""
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory() as name:
        directory = Path(name)
        directory.chmod(0o700)
        nodes = set_up(base, directory, asked.program.resolve(), asked.lease_seconds)
        end = time.monotonic() + asked.seconds
        recorders = [Recorder(number, base, nodes, asked.events, end) for number in range(asked.clients)]
        try:
            return fail_over(chance, nodes, recorders, etcd, base)
        finally:
            for node in nodes:
                node.end()


def fail_over(
    chance: random.Random, nodes: list[Node], recorders: list[Recorder], etcd: Etcd, base: LoadLedger
) -> tuple[list[str], str]:
    faults = []
    old, *copies = nodes
    old.lead(etcd)
    for node in copies:
        node.follow(nodes)
    wait_for_copies(copies)
    for recorder in recorders:
        recorder.start()
    if chance.random() < 0.3:
        # A follower that falls behind, or is killed in the middle of a step.
        behind = chance.choice(copies)
        time.sleep(chance.uniform(0, 0.5))
        behind.stop_following()
        if chance.random() < 0.5:
            behind.follow(nodes)
    time.sleep(chance.uniform(0.05, 1.0))
    is_frozen = chance.random() < 0.4
    if is_frozen:
        old.freeze()
    else:
        old.process.kill()
    for node in copies:
        node.stop_following(chance.choice([signal.SIGKILL, signal.SIGTERM]))
    known = sum(len(recorder.acknowledged) for recorder in recorders)
    heads = [node.head()["size"] for node in copies]
    new = copies[0] if heads[0] >= heads[1] else copies[1]
    other = copies[1] if new is copies[0] else copies[0]
    new.run("promote", new.ledger)
    new.lead(etcd)
    other.follow(nodes)
    if is_frozen:
        old.thaw()
        time.sleep(0.1)
        faults += acknowledges(old, base)
        old.process.kill()
    status, reason = old.try_to_lead(etcd)
    if status != 75 or "writes this ledger now" not in reason:
        faults.append(f"the old leader ends with {status} while the new one leads, not 75: {reason}")
    for recorder in recorders:
        recorder.join()
        faults += [recorder.fault] if recorder.fault else []
    new.process.stop()
    other.stop_following()
    status, reason = old.try_to_lead(etcd)
    if status != 73 or "lacks what was recorded since" not in reason:
        faults.append(f"the old leader ends with {status} when nobody leads, not 73: {reason}")
    faults += differences(new, other, recorders, base)
    story = f"{'frozen' if is_frozen else 'killed'} at {known} acknowledged, copies at {heads}"
    return faults, story


def acknowledges(old: Node, base: LoadLedger) -> list[str]:
    """An old leader that wakes up acknowledges nothing."""
    event = attendance("/copies/late", "late", base.enrolments[0], 1)
    try:
        status, _ = Client(old.port, base.tokens[0]).ask("POST", "/events", event)
    except OSError:
        return []
    return [f"the old leader answers {status}"] if status in (200, 201) else []


def differences(new: Node, other: Node, recorders: list[Recorder], base: LoadLedger) -> list[str]:
    faults = []
    new.run("follow", other.ledger, "--from", new.address, "--key", str(new.directory / f"{new.name}.vkey"), "--once",
            check=False)
    places: dict[tuple[str, str], list[int]] = {}
    for line in new.run(
            "events", new.ledger, "--json", "--type", "attendance.recorded", "--credential",
            str(base.directory / "auditor.credential"), "--purpose", "copies").stdout.splitlines():
        event = json.loads(line)
        places.setdefault((event["source"], event["id"]), []).append(int(event["sequence"]))
    for recorder in recorders:
        for key, position in recorder.acknowledged.items():
            if places.get(key) != [position]:
                faults.append(f"{key} was acknowledged at {position} and stands at {places.get(key)}")
        if recorder.events - recorder.acknowledged.keys() and not recorder.fault:
            faults.append("a client ended before its last event")
    for node in (new, other):
        done = node.run("verify", node.ledger, check=False)
        if done.returncode != 0:
            faults.append(f"verify {node.name}: {done.stdout[-500:]}{done.stderr[-500:]}")
    size = other.head()
    again = json.loads(new.run("verify", new.ledger, "--json").stdout)["treeHead"]
    if (size["size"], size["root"]) != (again["size"], again["root"]):
        faults.append(f"the copies end differently: {size} and {again}")
    return faults


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    options.add_argument("--program", type=Path, default=ROOT / ".build/debug/trainledger")
    options.add_argument("--runs", type=int, default=1)
    options.add_argument("--clients", type=int, default=4)
    options.add_argument("--events", type=int, default=60, help="of each client")
    options.add_argument("--seconds", type=int, default=300, help="after which the clients give up")
    options.add_argument("--lease-seconds", type=int, default=2)
    options.add_argument("--seed", type=int, default=random.randrange(1 << 32), help="of the first run")
    asked = options.parse_args()
    failed = 0
    with tempfile.TemporaryDirectory() as name:
        directory = Path(name)
        directory.chmod(0o700)
        base = LoadLedger(directory, asked.program.resolve(), 30, clerks=asked.clients)
        base._add("operator", "--role", "operator")
        for number in range(asked.runs):
            # A ledger of its own in etcd's eyes too: each run begins with an empty one.
            with tempfile.TemporaryDirectory() as place, Etcd(Path(place)) as etcd:
                start = time.monotonic()
                faults, story = one_run(
                    asked.seed + number, base, etcd, asked)
            print(f"seed {asked.seed + number}: {story}, {time.monotonic() - start:.1f} s", flush=True)
            for fault in faults:
                print(f"    {fault}", flush=True)
            failed += bool(faults)
    print(f"{asked.runs - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
