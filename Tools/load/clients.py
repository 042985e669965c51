"""A ledger for many clients, a running server, and one client that tries again until it is answered."""

import base64
import contextlib
import http.client
import json
import os
import signal
import socket
import subprocess
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SEED = "1"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class LoadLedger:
    """A generated population under access control, and clerks of all units who may record events."""

    def __init__(self, directory: Path, program: Path, trainees: int, clerks: int):
        self.directory, self.program = directory, program
        self.ledger = str(directory / "ledger")
        self._environment = {key: value for key, value in os.environ.items() if not key.startswith("TRAINLEDGER_")}
        self.run("init", self.ledger)
        self.run("generate", self.ledger, "--trainees", str(trainees), "--seed", SEED)
        #: Trainees with the class that they began, as (trainee, class, day).
        self.enrolments = [(event["subject"], event["data"]["class"], event["data"]["on"]) for event in self.events(
            "--type", "enrolment.started")]
        self.run("principal", "enable", self.ledger, "--officer", "lin", "--officer", "wang", "--credentials",
                 str(directory))
        #: What clients show: a credential each, as a bearer token.
        self.tokens = [self._add(f"clerk-{number}", "--role", "clerk", "--all-units") for number in range(clerks)]
        self._add("auditor", "--role", "auditor")
        self._environment["TRAINLEDGER_CREDENTIAL"] = str(directory / "auditor.credential")
        self._environment["TRAINLEDGER_PURPOSE"] = "load"

    def run(self, *arguments: str) -> str:
        done = subprocess.run([str(self.program), *arguments], env=self._environment, capture_output=True, text=True,
                              encoding="utf-8", check=False)
        if done.returncode != 0:
            raise RuntimeError(f"{arguments[0]}: status {done.returncode}: {done.stderr}")
        return done.stdout

    def events(self, *arguments: str) -> list[dict]:
        return [json.loads(line) for line in self.run("events", self.ledger, "--json", *arguments).splitlines()]

    def _add(self, name: str, *role: str) -> str:
        """Makes somebody known, and gives what they show as a bearer token."""
        officers = ["--credential", str(self.directory / "lin.credential"), "--second",
                    str(self.directory / "wang.credential")]
        credential = self.directory / f"{name}.credential"
        self.run("principal", "add", self.ledger, name, "--new-credential", str(credential), *officers)
        self.run("principal", "grant", self.ledger, name, *role, *officers)
        return base64.b64encode(credential.read_bytes()).decode()


class Process:
    """A server that runs until it is stopped or killed."""

    def __init__(self, command: list[str], port: int, log: Path):
        self.port, self._log = port, log
        self._command = command
        self._process = None

    def start(self) -> None:
        with open(self._log, "ab") as log:
            self._process = subprocess.Popen(self._command, stdout=log, stderr=log)
        end = time.monotonic() + 30
        while not self._is_well():
            if self._process.poll() is not None or time.monotonic() > end:
                self.kill()
                raise RuntimeError(f"{self._command[0]} does not start: {self._log.read_text(encoding='utf-8')}")
            time.sleep(0.02)

    def kill(self) -> None:
        """Ends it at once, as kill -9 does."""
        self._process.kill()
        self._process.wait()

    def signal(self, number: signal.Signals) -> None:
        self._process.send_signal(number)

    def stop(self) -> None:
        """Ends it as it should end: what was asked is answered first."""
        self._process.send_signal(signal.SIGTERM)
        try:
            self._process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            self.kill()

    @contextlib.contextmanager
    def running(self):
        self.start()
        try:
            yield self
        finally:
            self.stop()

    def _is_well(self) -> bool:
        try:
            return Client(self.port).ask("GET", "/health")[0] == 200
        except OSError:
            return False


def ledger_server(ledger: LoadLedger) -> Process:
    port = free_port()
    return Process(
        [str(ledger.program), "serve", ledger.ledger, "--port", str(port), "--looks-a-second", "1000",
         "--records-a-second", "1000"], port, ledger.directory / "server.log")


class Client:
    """One connection, made anew when it breaks."""

    def __init__(self, port: int, token: str = ""):
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        self._headers = {"Authorization": f"Bearer {token}", "Purpose": "load"} if token else {}

    def ask(self, method: str, path: str, body: dict | None = None) -> tuple[int, bytes]:
        """Status and body of the answer.

        Raises OSError where there is no whole answer.
        """
        headers = dict(self._headers)
        if body is not None:
            headers["Content-Type"] = "application/cloudevents+json"
        try:
            self._connection.request(method, path, None if body is None else json.dumps(body), headers)
            answer = self._connection.getresponse()
            return answer.status, answer.read()
        except (OSError, http.client.HTTPException) as fault:
            self._connection.close()
            raise ConnectionError(str(fault)) from fault


def attendance(source: str, number: str, enrolment: tuple[str, str, str], minutes: int = 60) -> dict:
    """An event that the ledger takes for anybody who began a class."""
    trainee, class_id, day = enrolment
    return {
        "specversion": "1.0", "id": number, "source": source, "type": "attendance.recorded", "subject": trainee,
        "time": f"{day}T18:00:00+08:00", "data": {"class": class_id, "on": day, "presentMinutes": minutes}}
