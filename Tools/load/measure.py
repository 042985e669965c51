#!/usr/bin/env python3
"""Requests a second and the time that 99 of 100 requests stay under, for 64 clients that each wait for their answer.

A plain Hummingbird server that says hello is measured in every round beside the ledger's, and the disk beside both: how
many times a second it can sync 512 bytes. Rounds alternate; the median of each is printed.
"""

import argparse
import http.client
import json
import os
import statistics
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from clients import ROOT, LoadLedger, Process, attendance, free_port, ledger_server

HERE = Path(__file__).resolve().parent
CLIENTS = 64


@dataclass
class Step:
    """Something that 64 clients ask for, and what the rounds gave."""

    name: str
    lines: Path
    port: int
    rounds: list

    def median(self, key: str) -> float:
        return statistics.median(found[key] for found in self.rounds)


def lines_file(directory: Path, name: str, lines: list[str]) -> Path:
    file = directory / f"{name}.requests"
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return file


def steps(ledger: LoadLedger, directory: Path, port: int, hello_port: int) -> list[Step]:
    asks: dict[str, list[str]] = {"timeline": [], "decide": [], "append": []}
    # A number of requests that the number of clerks does not divide, so that all clerks meet all trainees.
    for index, enrolment in enumerate(ledger.enrolments[:997]):
        token, (trainee, class_id, _) = ledger.tokens[index % len(ledger.tokens)], enrolment
        asks["timeline"].append(f"{token}\tGET\t/timelines/{trainee}")
        asks["decide"].append(f"{token}\tGET\t/decisions/attendance?class={class_id}&trainee={trainee}")
        body = json.dumps(attendance("/load/wrk", "@ID@", enrolment), separators=(",", ":"))
        asks["append"].append(f"{token}\tPOST\t/events\t{body}")
    hello = Step("hello", lines_file(directory, "hello", ["\tGET\t/"]), hello_port, [])
    return [hello] + [Step(name, lines_file(directory, name, lines), port, []) for name, lines in asks.items()]


def settle(step: Step) -> None:
    """Asks once and waits for the answer: what the step before left in the queue is then out of the way."""
    token, method, path = step.lines.read_text(encoding="utf-8").split("\n", 1)[0].split("\t")[:3]
    if method == "GET":
        connection = http.client.HTTPConnection("127.0.0.1", step.port, timeout=120)
        connection.request(method, path, headers={"Authorization": f"Bearer {token}", "Purpose": "load"})
        connection.getresponse().read()
        connection.close()


def measure(step: Step, seconds: int, prefix: str) -> dict:
    settle(step)
    done = subprocess.run(
        ["wrk", "--threads", "1", "--connections", str(CLIENTS), "--duration", f"{seconds}s", "--timeout", "10s",
         "--script", str(HERE / "requests.lua"), f"http://127.0.0.1:{step.port}", "--", str(step.lines), prefix],
        capture_output=True, text=True, check=True, timeout=seconds + 60)
    result = json.loads(next(line for line in done.stdout.splitlines() if line.startswith("RESULT "))[7:])
    if result["refused"] or result["broken"]:
        raise RuntimeError(f"{step.name}: {result['refused']} requests refused, {result['broken']} broken")
    if not result["requests"]:
        raise RuntimeError(f"{step.name}: no request was answered in {seconds} s")
    return {"rate": result["requests"] * 1e6 / result["microseconds"], "p50": result["p50"] / 1000,
            "p99": result["p99"] / 1000, "most": result["most"] / 1000}


def syncs_a_second(directory: Path, seconds: float = 1.0) -> float:
    """How often this disk makes 512 bytes durable, one after the other."""
    file = os.open(directory / "sync", os.O_CREAT | os.O_WRONLY, 0o600)
    try:
        os.posix_fallocate(file, 0, 1 << 26)
        os.fsync(file)
        count, start = 0, time.monotonic()
        while time.monotonic() - start < seconds:
            os.pwrite(file, bytes([count % 255 + 1]) * 512, count * 512 % (1 << 26))
            os.fdatasync(file)
            count += 1
        return count / (time.monotonic() - start)
    finally:
        os.close(file)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    options.add_argument("--program", type=Path, required=True, help="a release build of trainledger")
    options.add_argument("--hello", type=Path, required=True, help="a release build of Tools/load/hello")
    options.add_argument("--seconds", type=int, default=5, help="of each step in each round")
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--trainees", type=int, default=1_000)
    asked = options.parse_args()
    with tempfile.TemporaryDirectory() as name:
        directory = Path(name)
        directory.chmod(0o700)
        ledger = LoadLedger(directory, asked.program.resolve(), asked.trainees, clerks=CLIENTS)
        hello_port = free_port()
        hello = Process([str(asked.hello.resolve()), str(hello_port)], hello_port, directory / "hello.log")
        server = ledger_server(ledger)
        syncs = []
        with hello.running(), server.running():
            measured = steps(ledger, directory, server.port, hello_port)
            for number in range(asked.rounds):
                syncs.append(syncs_a_second(directory))
                for step in measured:
                    step.rounds.append(measure(step, asked.seconds, f"r{number}"))
        appended = sum(event["source"] == "/load/wrk" for event in ledger.events("--type", "attendance.recorded"))
    report(measured, syncs, asked, appended)


def report(measured: list[Step], syncs: list[float], asked, appended: int) -> None:
    hello = measured[0].median("rate")
    print(f"{CLIENTS} clients, {asked.rounds} rounds of {asked.seconds} s each, {os.cpu_count()} cores shared by "
          f"server and clients, {asked.trainees} trainees")
    print(f"{'':10}{'requests/s':>12}{'of hello':>10}{'p50 ms':>10}{'p99 ms':>10}{'most ms':>10}")
    for step in measured:
        rate = step.median("rate")
        print(f"{step.name:10}{rate:>12,.0f}{rate / hello:>10.3f}{step.median('p50'):>10.1f}"
              f"{step.median('p99'):>10.1f}{step.median('most'):>10.1f}")
    print(f"this disk syncs 512 bytes {statistics.median(syncs):,.0f} times a second; {appended:,} events were appended")


if __name__ == "__main__":
    main()
