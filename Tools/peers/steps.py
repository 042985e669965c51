"""The steps of a comparison: each comes to one JSON value, and is left out when it is there already."""
import json
import os
import random
import subprocess
import time

from . import appending, engines, fisca, floors, sourcing
from .dimensions import calendar, numbers
from .measure import PATIENCE, best, digest, process, say, size
from .ours import entry_line
from .questions import QUESTIONS
from model.rulebook import MONTHLY_WAGE

#: How many trainees' timelines are asked for, and how many trainees the Python library gets.
TIMELINES, SOURCED = 20, 300
#: Rounds of durable appends.
ROUNDS = 2
#: Bytes of the event lines that zstd -19 is tried on.
SAMPLE = 24 << 20


class Comparison:
    """Everything that the steps share: our side, the events, the peers."""

    def __init__(self, work, ours, events, day, workload):
        self.work, self.ours, self.events, self.day, self.workload = work, ours, events, day, workload
        self._peers = {}

    # The peers, loaded when the first step wants them -----------------------

    @property
    def duckdb(self):
        if "DuckDB" not in self._peers:
            self._peers["DuckDB"] = engines.DuckDB(self.work.path("peer.duckdb"))
        return self._peers["DuckDB"]

    @property
    def sqlite(self):
        if "SQLite" not in self._peers:
            self._peers["SQLite"] = engines.SQLite(self.work.path("peer.sqlite"))
        return self._peers["SQLite"]

    @property
    def postgresql(self):
        if "PostgreSQL" not in self._peers:
            self._peers["PostgreSQL"] = engines.PostgreSQL(self.work.path("postgresql"))
        return self._peers["PostgreSQL"]

    @property
    def peers(self):
        return self.duckdb, self.sqlite, self.postgresql

    def close(self):
        for peer in self._peers.values():
            peer.close()
        self._peers = {}

    # Loading ----------------------------------------------------------------

    def read_lines(self):
        """DuckDB reads the event lines; the typed tables follow, outside the clock."""
        one = self.duckdb.read(self.events, 1)
        two = self.duckdb.read(self.events, 2)
        self.duckdb.make(calendar(), numbers(), say)
        rows = self.duckdb.rows("select count(*), count(*) filter (where type = 'attendance.recorded'), "
                                "count(distinct subject) filter (where type = 'trainee.registered') from events")[0]
        return {"1": one, "2": two, "events": rows[0], "attendance": rows[1], "trainees": rows[2]}

    def load_sqlite(self):
        self.sqlite.load(self.duckdb.db, say)
        return True

    def load_postgresql(self):
        folder = self.work.path("csv")
        os.makedirs(folder, exist_ok=True)
        paths = self.duckdb.export(folder, say)
        self.postgresql.load(paths, say)
        for path in paths.values():
            os.unlink(path)
        return True

    # Questions --------------------------------------------------------------

    def question(self, kind):
        """One question of everyone, on both sides: seconds, rows, digests."""
        output = self.work.path(f"{kind}.tsv")
        found = {"ours": {str(jobs): self.ours.report(kind, self.day, output, jobs) for jobs in (1, 2)}}
        with open(output, encoding="utf-8") as file:
            rows = file.read().splitlines()
        found |= {"rows": len(rows), "digest": digest(rows), "peers": {}}
        for peer in self.peers:
            statements = QUESTIONS[kind](peer.name, self.day)
            kept = {}
            for threads in peer.threads:
                say(f"{kind}: {peer.name}, {threads} threads")
                answers = []

                def run():
                    taken, answer = peer.ask(statements, threads)
                    answers.append(answer)
                    return taken
                kept[str(threads)] = best(run)
            found["peers"][peer.name] = kept | {"digest": digest(answers[-1])}
        return found

    def timeline(self):
        """Single trainees: whole processes on our side and SQLite's, queries within one process besides."""
        ids = [one for (one,) in self.duckdb.rows("select id from trainee order by trainee")]
        chosen = random.Random(1).sample(ids, min(TIMELINES, len(ids)))
        found = {"ours": self.ours.timelines(chosen), "peers": {}}
        file = self.work.path("peer.sqlite")
        query = [engines.TIMELINE.format(subject=trainee) for trainee in chosen]
        times = sorted(process(["sqlite3", "-readonly", file, one])["seconds"] for one in query)
        found["peers"]["SQLite, process"] = {"seconds": times[len(times) // 2], "worst": times[-1]}
        for peer in self.peers:
            times = []
            for _ in range(3):
                for trainee in chosen:
                    began = time.perf_counter()
                    peer.timeline(trainee)
                    times.append(time.perf_counter() - began)
            times = sorted(times[len(chosen):])
            found["peers"][peer.name] = {"seconds": times[len(times) // 2], "worst": times[-1]}
        few = chosen[:found["ours"]["runs"]][:5]
        found["digest"] = digest(line for trainee in few for line in self.ours.entries(trainee))
        for peer in self.peers:
            lines = [entry_line(sequence, kind, json.loads(data)) for trainee in few
                     for sequence, kind, data in peer.timeline(trainee)]
            found["peers"][peer.name]["digest"] = digest(lines)
        found["events"] = len(lines) / len(few)
        return found

    def growth(self):
        """What the picture of growth shows, and no more: large ledgers take minutes a step."""
        output = self.work.path("rebuild.json")
        found = {"rebuild": {str(jobs): self.ours.rebuild(jobs, output) for jobs in (1, 2)}}
        with open(output, encoding="utf-8") as file:
            answer = json.load(file)
        found |= {key: answer[key] for key in ("events", "trainees", "classes", "digest")}
        found |= {"verify": self.ours.verify(), "open": self.ours.open_for_writing(),
                  "start-up": self.ours.start_up(),
                  "bytes": {name: size(os.path.join(self.ours.ledger, name)) for name in ("segments", "derived")}}
        chosen = random.Random(1).sample(range(found["trainees"]), min(TIMELINES, found["trainees"]))
        found["timeline"] = self.ours.timelines([f"T-{number:07}" for number in chosen])
        return found

    def alone(self):
        """What needs no peer: rebuilding, checking, opening; what the program measures within itself."""
        found = self.growth()
        found |= {"compare": self.ours.compare(), "as-of": self.ours.as_of(found["events"])}
        if self.ours.has("bench"):
            found["bench"] = {str(jobs): self.ours.bench(jobs) for jobs in (1, 2)}
        return found

    def imports(self):
        """The event lines validated and made durable, and the same again."""
        return self.ours.import_into(self.work.path("imported"), self.events)

    # Others -----------------------------------------------------------------

    def append(self):
        """Durable appends beside the floor, in rounds, since a disk changes from minute to minute."""
        folder = self.work.path("append")
        os.makedirs(folder, exist_ok=True)
        sides = {"floor": lambda: {"one": floors.sync(folder, 512)}, "SQLite": lambda: appending.sqlite(folder),
                 "PostgreSQL": lambda: appending.postgresql(self.postgresql.server, folder),
                 "DuckDB": lambda: appending.duckdb(folder)}
        if os.path.exists(self.workload):
            sides["ours"] = lambda: appending.ours(self.workload, folder)
        else:
            say(f"{self.workload} is not there: durable appends of TrainLedger are left out")
        found, slow = {name: {} for name in sides}, set()
        for number in range(ROUNDS):
            for name, run in sides.items():
                if name in slow:
                    continue
                say(f"append, round {number + 1}: {name}")
                began = time.monotonic()
                rates = run()
                if time.monotonic() - began > PATIENCE:
                    slow.add(name)
                for kind, rate in rates.items():
                    kept = found[name].get(kind, rate)
                    found[name][kind] = max(kept, rate, key=lambda one: one["per_second"])
        return found

    def eventsourcing(self):
        """The Python library on a subset: events appended and replayed a second, answers equal to the report's."""
        history, days, cancelled = sourcing.subset(self.duckdb, SOURCED)
        found = sourcing.measure(self.work.folder, history, days, cancelled)
        wanted = {line.split("\t")[0] for one in found.values() for line in one["lines"]}
        ours = [line for line in self.ours.lines("report", "attendance") if line.split("\t")[0] in wanted]
        return {"trainees": len(wanted), "digest": digest(ours), "recorders": {
            name: {key: value for key, value in one.items() if key != "lines"} | {"digest": digest(one["lines"])}
            for name, one in found.items()}}

    def openfisca(self):
        """The living allowance of the class that drew most of it, as OpenFisca formulas."""
        used = {}
        for line in self.ours.lines("report", "half-months"):
            trainee, course, _, _, cap, drawn, _ = line.split("\t")
            used[trainee, course] = int(cap), int(drawn)
        rows = self.duckdb.rows(fisca.CASES)
        decided = {}
        for line in self.ours.lines("decide", "livingAllowance", "--class", rows[0][1], "--json"):
            one = json.loads(line)
            if one["outcome"] in ("granted", "reduced"):
                decided[one["trainee"]] = one["amount"]
        cases, ids = [], []
        for trainee, course, days, minutes, year in rows:
            if trainee in decided:
                cap, drawn = used[trainee, course]
                ids.append(trainee)
                cases.append({"days": days, "remainder_minutes": minutes, "used": drawn, "cap": cap,
                              "monthly_wage": MONTHLY_WAGE[year]})
        rules = fisca.system()
        amounts = fisca.amounts(rules, cases)
        single, crowd = fisca.seconds_each(rules, cases)
        return {"trainees": len(cases), "single": single, "crowd": crowd,
                "digest": digest(f"{trainee}\t{amount}" for trainee, amount in zip(ids, amounts)),
                "ours-digest": digest(f"{trainee}\t{decided[trainee]}" for trainee in ids)}

    def sizes(self):
        """Bytes an event: the log, what is derived from it, and the same events elsewhere."""
        parquet, sample = self.work.path("events.parquet"), self.work.path("sample.jsonl")
        self.duckdb.db.execute(f"copy (select * from events order by sequence) to '{parquet}' "
                               "(format parquet, compression zstd)")
        with open(self.events, "rb") as source, open(sample, "wb") as file:
            file.write(source.read(SAMPLE))
        subprocess.run(["zstd", "-q", "-f", "-19", "-T2", sample, "-o", sample + ".zst"], check=True)
        whole = size(self.events)
        found = {"log": size(os.path.join(self.ours.ledger, "segments")),
                 "derived": size(os.path.join(self.ours.ledger, "derived")), "json": whole,
                 "json-zstd": size(sample + ".zst") / size(sample) * whole, "parquet-zstd": size(parquet)}
        for path in (sample, sample + ".zst", parquet):
            os.unlink(path)
        self.sqlite.db.execute("pragma wal_checkpoint(truncate)")
        pages = dict(self.sqlite.rows("select name, sum(pgsize) from dbstat where name in "
                                      "('events', 'events_0') group by name"))
        return found | {"sqlite-events": sum(pages.values()), "sqlite-all": size(self.sqlite.path),
                        "duckdb-all": size(self.duckdb.path)}

    def floors(self):
        """What the machine does without any of us."""
        folder = os.path.join(self.ours.ledger, "segments")
        return {"sync-512": floors.sync(self.work.folder, 512), "sync-65536": floors.sync(self.work.folder, 65_536),
                "memory": floors.memory_copy(), "lz4": floors.lz4(folder), "sha256": floors.sha256(),
                "read": floors.page_cache_read(self.events)}

    def run_alone(self, again=(), is_brief=False):
        """The steps that need no peer."""
        self._run([("machine", floors.machine), ("alone", self.growth if is_brief else self.alone)], again)

    def run(self, again=()):
        """Every step, in order."""
        steps = [("machine", floors.machine), ("alone", self.alone), ("floors", self.floors),
                 ("read", self.read_lines), ("imports", self.imports), ("load-sqlite", self.load_sqlite),
                 ("load-postgresql", self.load_postgresql)]
        steps += [(kind, lambda kind=kind: self.question(kind)) for kind in QUESTIONS]
        steps += [("timeline", self.timeline), ("append", self.append), ("eventsourcing", self.eventsourcing),
                  ("openfisca", self.openfisca), ("sizes", self.sizes)]
        self._run(steps, again)
        self.work.keep("versions", {"DuckDB": self.duckdb.version, "SQLite": self.sqlite.version,
                                    "PostgreSQL": self.postgresql.version} | package_versions())

    def _run(self, steps, again):
        for number, (name, step) in enumerate(steps, 1):
            if self.work.done(name) and name not in again:
                continue
            say(f"{number}/{len(steps)} {name}")
            began = time.monotonic()
            self.work.keep(name, step())
            say(f"{number}/{len(steps)} {name}: {time.monotonic() - began:.0f} s")


def package_versions():
    """The versions of the Python libraries compared."""
    from importlib.metadata import version
    return {name: version(name) for name in ("eventsourcing", "OpenFisca-Core")}


def unequal(results):
    """The answers that differ from ours: (question, peer)."""
    found = []
    for kind in (*QUESTIONS, "timeline"):
        if kind in results:
            found += [(kind, peer) for peer, one in results[kind]["peers"].items()
                      if one.get("digest", results[kind]["digest"]) != results[kind]["digest"]]
    if "eventsourcing" in results:
        one = results["eventsourcing"]
        found += [("attendance", f"eventsourcing, {name}") for name, each in one["recorders"].items()
                  if each["digest"] != one["digest"]]
    if "openfisca" in results and results["openfisca"]["digest"] != results["openfisca"]["ours-digest"]:
        found.append(("living allowance", "OpenFisca"))
    return found
