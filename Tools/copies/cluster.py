"""A leader, two followers and an etcd, each a process with a port of its own."""

import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "load"))

from clients import Client, LoadLedger, Process, attendance, free_port  # noqa: E402



class Etcd:
    """One etcd with its data in a directory."""

    def __init__(self, directory: Path):
        self.port, peer = free_port(), free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        peers = f"http://127.0.0.1:{peer}"
        self._command = ["etcd", "--data-dir", str(directory / "etcd"), "--listen-client-urls", self.address,
                         "--advertise-client-urls", self.address, "--listen-peer-urls", peers,
                         "--initial-advertise-peer-urls", peers, "--initial-cluster", f"default={peers}"]
        self._log = directory / "etcd.log"
        self._process = None

    def __enter__(self):
        with open(self._log, "ab") as log:
            self._process = subprocess.Popen(self._command, stdout=log, stderr=log)
        end = time.monotonic() + 30
        while True:
            try:
                if b"true" in Client(self.port).ask("GET", "/health")[1]:
                    return self
            except OSError:
                pass
            if self._process.poll() is not None or time.monotonic() > end:
                self.__exit__()
                raise RuntimeError(f"etcd does not start: {self._log.read_text(encoding='utf-8')[-2000:]}")
            time.sleep(0.05)

    def __exit__(self, *_):
        self._process.kill()
        self._process.wait()


@dataclass
class Node:
    """One machine: a directory of the ledger, a port, a key that signs heads."""

    name: str
    directory: Path
    program: Path
    #: Seconds after which a lease is lost whose holder is gone.
    lease_seconds: int
    port: int = field(default_factory=free_port)
    process: Process | None = None
    follower: subprocess.Popen | None = None

    @property
    def ledger(self) -> str:
        return str(self.directory / self.name)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def key(self) -> Path:
        return self.directory / f"{self.name}.key"

    def run(self, *arguments: str, check: bool = True) -> subprocess.CompletedProcess:
        done = subprocess.run([str(self.program), *arguments], capture_output=True, text=True, encoding="utf-8",
                              env=self.environment(), check=False, timeout=60)
        if check and done.returncode != 0:
            raise RuntimeError(f"{self.name}: {' '.join(arguments)}: status {done.returncode}: {done.stderr}")
        return done

    def environment(self) -> dict:
        return {**{key: value for key, value in os.environ.items() if not key.startswith("TRAINLEDGER_")},
                "TRAINLEDGER_CREDENTIAL": str(self.directory / "operator.credential")}

    def serve_command(self, etcd: Etcd) -> list[str]:
        return [str(self.program), "serve", self.ledger, "--port", str(self.port), "--copy-key", str(self.key),
                "--confirmations", "1", "--lease", etcd.address, "--lease-seconds", str(self.lease_seconds),
                "--looks-a-second", "1000", "--records-a-second", "1000"]

    def lead(self, etcd: Etcd, patience: float = 120) -> None:
        """Serves; waits until the lease is free."""
        end = time.monotonic() + patience
        while True:
            process = Process(self.serve_command(etcd), self.port, self.directory / f"{self.name}.log")
            try:
                process.start()
                self.process = process
                return
            except RuntimeError:
                if time.monotonic() > end:
                    raise
                time.sleep(0.1)

    def try_to_lead(self, etcd: Etcd) -> tuple[int, str]:
        """The status with which a server that may not lead ends at once, and why; -1 for one that goes on."""
        command = self.serve_command(etcd)
        command[command.index("--port") + 1] = "0"
        try:
            done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False, timeout=30)
        except subprocess.TimeoutExpired:
            return -1, "it leads"
        return done.returncode, done.stderr

    def follow(self, nodes: list["Node"]) -> None:
        command = [str(self.program), "follow", self.ledger]
        for node in nodes:
            if node is not self:
                command += ["--from", node.address]
            command += ["--key", str(node.directory / f"{node.name}.vkey")]
        log = open(self.directory / f"{self.name}.follow.log", "ab")
        self.follower = subprocess.Popen(command, stdout=log, stderr=log, env=self.environment())

    def stop_following(self, how: signal.Signals = signal.SIGKILL) -> None:
        if self.follower:
            self.follower.send_signal(how)
            self.follower.wait()
            self.follower = None

    def head(self) -> dict:
        """How far a copy that nobody follows with is."""
        return json.loads(self.run("promote", self.ledger, "--show", "--json").stdout)["treeHead"]

    def freeze(self) -> None:
        self.process.signal(signal.SIGSTOP)

    def thaw(self) -> None:
        self.process.signal(signal.SIGCONT)

    def end(self) -> None:
        self.stop_following()
        if self.process:
            self.process.kill()
            self.process = None


class Recorder(threading.Thread):
    """A client that records its events one after the other, each until some server acknowledges it."""

    def __init__(self, number: int, base: LoadLedger, nodes: list[Node], count: int, end: float):
        super().__init__(daemon=True)
        token = base.tokens[number % len(base.tokens)]
        self._clients = [Client(node.port, token) for node in nodes]
        self._current = 0
        self._events = [attendance(f"/copies/client-{number}", f"e-{index}", base.enrolments[
            (number * 7 + index) % len(base.enrolments)], index % 480) for index in range(count)]
        self._end = end
        #: Positions that a server acknowledged, by source and ID of the event.
        self.acknowledged: dict[tuple[str, str], int] = {}
        self.fault = ""

    @property
    def events(self) -> set[tuple[str, str]]:
        return {(event["source"], event["id"]) for event in self._events}

    def run(self) -> None:
        for event in self._events:
            key = (event["source"], event["id"])
            while key not in self.acknowledged and not self.fault:
                if time.monotonic() > self._end:
                    self.fault = f"time is up at {key}"
                else:
                    self._try(event, key)

    def _try(self, event: dict, key: tuple[str, str]) -> None:
        try:
            status, body = self._clients[self._current].ask("POST", "/events", event)
        except OSError:
            status, body = 503, b""
        if status in (200, 201):
            self.acknowledged[key] = int(json.loads(body)["events"][0]["sequence"])
        elif status in (429, 503):
            self._current = (self._current + 1) % len(self._clients)
            time.sleep(0.02)
        else:
            self.fault = f"status {status}: {body[:300]!r}"


def set_up(base: LoadLedger, directory: Path, program: Path, lease_seconds: int) -> list[Node]:
    """Three machines: the first has the ledger, the others its keys and who may do what."""
    nodes = [Node(name, directory, program, lease_seconds) for name in "abc"]
    for node in nodes:
        for suffix in [".keys", ".keys.register", ".access"]:
            shutil.copytree(base.ledger + suffix, node.ledger + suffix)
        shutil.copy2(base.ledger + ".keys.kek", node.ledger + ".keys.kek")
        node.run("key", "make", str(node.key), "--name", f"copies.example/{node.name}")
        shown = json.loads(node.run("key", "show", str(node.key), "--json").stdout)
        (directory / f"{node.name}.vkey").write_text(shown["key"] + "\n", encoding="utf-8")
    shutil.copytree(base.ledger, nodes[0].ledger)
    shutil.copy2(base.directory / "operator.credential", directory / "operator.credential")
    return nodes
