"""A ledger under access control, with somebody in every role, and its program on the command line."""

import hashlib
import json
import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

import story

ROOT = Path(__file__).resolve().parents[2]
PURPOSE = "訴願 115-12"
PASSWORD = "a long enough password"

# Who holds which role. `newcomer` is known and holds none.
REVIEWER, AUDITOR, CLERK, OPERATOR, OFFICER = "huang", "hsu", "chen", "kuo", "lin"
NEWCOMER = "newcomer"
ROLES = {
    REVIEWER: ["--role", "reviewer"],
    AUDITOR: ["--role", "auditor"],
    CLERK: ["--role", "clerk", "--unit", "U-NTPC-VTC"],
    OPERATOR: ["--role", "operator"],
}
CASES = [story.REVIEWED, "T-COFFEE-01", "T-COFFEE-32", "T-TIP-15"]


@dataclass
class Office:
    """The ledger in a directory, and its program."""

    directory: Path
    program: Path

    @property
    def ledger(self) -> str:
        return str(self.directory / "ledger")

    def credential(self, name: str) -> str:
        return str(self.directory / f"{name}.credential")

    def run(self, *arguments: str, name: str | None = None, text: str = "", second: str | None = None,
            statuses=(0,)) -> str:
        """What the program prints for somebody.

        Raises AssertionError, with what the program complained of, where it ends with another status.
        """
        environment = {key: value for key, value in os.environ.items() if not key.startswith("TRAINLEDGER_")}
        environment["TRAINLEDGER_PURPOSE"] = PURPOSE
        if name:
            environment["TRAINLEDGER_CREDENTIAL"] = self.credential(name)
        more = ["--second", self.credential(second)] if second else []
        done = subprocess.run(
            [str(self.program), *arguments, *more], input=text, env=environment, capture_output=True, text=True,
            encoding="utf-8", check=False)
        assert done.returncode in statuses, f"{arguments[0]}: status {done.returncode}: {done.stderr}"
        return done.stdout

    def answer(self, name: str, *arguments: str) -> dict:
        """The answer of one command to somebody, as JSON. A decision that says no is an answer too."""
        return json.loads(self.run(*arguments, "--json", name=name, statuses=(0, 1)))

    def lines(self, name: str, *arguments: str) -> list[dict]:
        """The answer of one command to somebody, as JSON Lines."""
        text = self.run(*arguments, "--json", name=name, statuses=(0, 1))
        return [json.loads(line) for line in text.splitlines()]

    def fill(self) -> None:
        """Makes the ledger, and everybody known with a password."""
        events = self.directory / "events.jsonl"
        with open(events, "w", encoding="utf-8") as lines:
            for event in story.events(ROOT):
                lines.write(json.dumps(event, ensure_ascii=False) + "\n")
        self.run("init", self.ledger)
        self.run("append", self.ledger, "--keep-recorded-time", str(events))
        self.run("principal", "enable", self.ledger, "--officer", OFFICER, "--officer", "wang", "--credentials",
                 str(self.directory))
        for name in [*ROLES, NEWCOMER]:
            self._change("add", name, "--new-credential", self.credential(name))
        for name, role in ROLES.items():
            self._change("grant", name, *role)
        for trainee in CASES:
            self._change("assign", REVIEWER, "--trainee", trainee)
        #: Signs heads for those who follow the ledger.
        self.copy_key = str(self.directory / "copies.key")
        self.run("key", "make", self.copy_key, "--name", "office.example/copies")
        self.run("principal", "password", self.ledger, "--password-file", "-", name=OPERATOR, text=PASSWORD + "\n")
        self._keep_cheap_passwords()

    def _keep_cheap_passwords(self) -> None:
        """Everybody else's password, in hashes that cost little: a debug build takes seconds for one at usual costs."""
        file = Path(self.ledger + ".access") / "passwords"
        lines = file.read_text(encoding="ascii").splitlines()
        for name in [REVIEWER, AUDITOR, CLERK, OFFICER, NEWCOMER]:
            salt = os.urandom(16)
            digest = hashlib.scrypt(PASSWORD.encode(), salt=salt, n=1024, r=8, p=1, dklen=32)
            lines.append(f"scrypt$1024$8$1${salt.hex()}${digest.hex()} {name}")
        lines.sort(key=lambda line: line.split(" ")[1])
        file.write_text("\n".join(lines) + "\n", encoding="ascii")

    def _change(self, command: str, *arguments: str) -> None:
        self.run("principal", command, self.ledger, *arguments, name=OFFICER, second="wang")
