"""TrainLedger's side: its own commands, each as a whole process, from start to end."""
import json
import os
import shutil
import subprocess

from .measure import Failed, best, process, say, size


#: The first of a generated population.
FIRST_TRAINEE = "T-0000000"


class Ours:
    """The program and one ledger."""

    def __init__(self, program, ledger):
        self.program, self.ledger = program, ledger

    def command(self, name, *arguments):
        return [self.program, name, self.ledger, *arguments]

    def lines(self, name, *arguments):
        """What a command prints."""
        done = subprocess.run(self.command(name, *arguments), stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                              check=False)
        if done.returncode not in (0, 1):
            raise Failed(f"trainledger {name} ended with {done.returncode}: {done.stderr.decode()[-500:]}")
        return done.stdout.decode().splitlines()

    def has(self, name):
        """Whether this build of the program knows a command."""
        done = subprocess.run([self.program, "help", name], stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)
        return f"USAGE: trainledger {name} ".encode() in done.stdout

    def start_up(self):
        """Seconds of a process that does nothing."""
        return best(lambda: process([self.program, "--version"]), 10)

    def import_into(self, path, events):
        """Imports the event lines into a new ledger, then the same again: all duplicates."""
        shutil.rmtree(path, ignore_errors=True)
        subprocess.run([self.program, "init", path], stdout=subprocess.DEVNULL, check=True)
        command = [self.program, "append", path, events, "--keep-recorded-time", "--json"]
        found = {"import": process(command) | {"runs": 1}, "import-again": process(command) | {"runs": 1}}
        found["bytes"] = {"log": size(os.path.join(path, "segments")),
                          "derived": size(os.path.join(path, "derived"))}
        shutil.rmtree(path)
        return found

    def rebuild(self, jobs, output):
        """The facts and decisions of everyone, from the log; what it said is left in a file."""
        return best(lambda: process(self.command("rebuild", "--jobs", str(jobs), "--json"), output))

    def verify(self):
        """Reads and checks everything: checksums, hashes, records."""
        return best(lambda: process(self.command("verify")))

    def compare(self):
        """Every decision by two rulebooks."""
        return best(lambda: process(self.command("compare", "--rulebook", "base", "--rulebook", "cap-2025", "--jobs",
                                                 "2", "--json")))

    def as_of(self, events):
        """One trainee's balance as the ledger knew it half-way."""
        return best(lambda: process(self.command("balance", FIRST_TRAINEE, "--as-of", f"@{events // 2}", "--json")))

    def open_for_writing(self):
        """Opens the ledger, ready to check the first event, and closes it again."""
        return best(lambda: process(self.command("append", os.devnull)))

    def bench(self, jobs):
        """The program's own measurements within one process, by name."""
        rows = [json.loads(line) for line in self.lines("bench", "--jobs", str(jobs), "--json")]
        return {row["name"].split(",")[0]: {"seconds": row["bestNanoseconds"] / 1e9,
                                            "megabytes": row["peakBytes"] >> 20} for row in rows}

    def report(self, kind, day, output, jobs):
        """One report as a whole process; the rows stay in a file."""
        asked = ("--on", day) if kind == "quota" else ()
        return best(lambda: process(self.command("report", kind, *asked, "--jobs", str(jobs)), output))

    def timelines(self, trainees):
        """Whole processes that print one trainee's timeline each: the seconds of each, sorted, and the memory."""
        runs = []
        for trainee in trainees:
            runs.append(process(self.command("timeline", trainee, "--json")))
            if sum(run["seconds"] for run in runs) > 40:
                break
        times = sorted(run["seconds"] for run in runs)
        return {"seconds": times[len(times) // 2], "worst": times[-1], "runs": len(times),
                "megabytes": max(run["megabytes"] for run in runs)}

    def entries(self, trainee):
        """A trainee's events as canonical lines: position, type, data."""
        answer = json.loads("\n".join(self.lines("timeline", trainee, "--json")))
        return [entry_line(entry["sequence"], entry["type"], entry["data"]) for entry in answer["entries"]
                if entry["subject"] == trainee]

    def generate(self, trainees, seed):
        """Makes the ledger; seconds."""
        say(f"generating {trainees} trainees")
        shutil.rmtree(self.ledger, ignore_errors=True)
        made = process(self.command("generate", "--trainees", str(trainees), "--seed", str(seed)))
        if self.has("seal"):
            say("sealing the full segments")
            made["seal"] = process(self.command("seal"))
        return made

    def export(self, path):
        """Writes all events as JSON Lines; seconds."""
        say("exporting the events")
        done = process(self.command("events", "--json"), path + ".part")
        os.replace(path + ".part", path)
        return done


def entry_line(sequence, kind, data):
    """An event as both sides write it: position, type, data with sorted keys."""
    canonical = json.dumps(data, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return f"{int(sequence)}\t{kind}\t{canonical}"
