"""A running `trainledger serve`."""

import http.client
import signal
import socket
import subprocess
import time
from pathlib import Path


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    """The pages of a ledger on this machine, from `with` to its end."""

    def __init__(self, office, log: Path, idle_minutes: int = 30):
        self.port = free_port()
        self.log = log
        self._command = [str(office.program), "serve", office.ledger, "--port", str(self.port), "--idle-minutes",
                         str(idle_minutes), "--lang", "en", "--copy-key", office.copy_key]
        self._process = None

    def __enter__(self):
        with open(self.log, "wb") as log:
            self._process = subprocess.Popen(self._command, stdout=log, stderr=log)
        end = time.monotonic() + 30
        while not self._is_well():
            if self._process.poll() is not None or time.monotonic() > end:
                raise RuntimeError(f"the server does not start: {self.log.read_text(encoding='utf-8')}")
            time.sleep(0.05)
        return self

    def __exit__(self, *_):
        if self._process.poll() is None:
            self._process.send_signal(signal.SIGTERM)
            try:
                self._process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()

    def _is_well(self) -> bool:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=2)
        try:
            connection.request("GET", "/health")
            return connection.getresponse().status == 200
        except OSError:
            return False
        finally:
            connection.close()
