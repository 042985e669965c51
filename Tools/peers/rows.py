"""The rows of docs/benchmarks.md, from the results: question, ours, the peer, the ratio, the floor."""
from dataclasses import dataclass

REPORTS = {"attendance": "attendance of every enrolment", "quota": "quota of everyone on a date",
           "half-months": "allowance months before every class"}


@dataclass(frozen=True)
class Row:
    """One comparison. `lower` says that less is better, as with seconds and bytes."""
    question: str
    ours: float
    peer: str
    theirs: float
    unit: str
    lower: bool = True
    floor: float | None = None
    note: str = ""

    @property
    def ratio(self):
        """How many times better ours is; below 1 it is worse."""
        return self.theirs / self.ours if self.lower else self.ours / self.theirs


def quantity(value, unit):
    """A value with its unit, in three digits."""
    if value is None:
        return "–"
    if unit == "s":
        for factor, name in ((1, "s"), (1e3, "ms"), (1e6, "µs")):
            if value * factor >= 1 or name == "µs":
                return f"{digits(value * factor)} {name}"
    return f"{digits(value)} {unit}".strip()


def digits(value):
    """Three digits that count, thousands with commas."""
    if value >= 100:
        step = 10 ** (len(str(int(value))) - 3)
        return f"{round(value / step) * step:,.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def times(ratio):
    """A ratio in words: 3.2 ×, or 1/40 × where the peer is far ahead."""
    return f"{digits(ratio)} ×" if ratio >= 0.1 else f"1/{digits(1 / ratio)} ×"


def threads_text(number):
    return f"{number} thread" if number == "1" else f"{number} threads"


def questions(results):
    """The three reports, whole process against query, by threads."""
    for kind, label in REPORTS.items():
        found = results[kind]
        for peer, kept in found["peers"].items():
            for threads in ("1", "2"):
                if threads in kept:
                    yield Row(f"{label}, {threads_text(threads)}",
                              found["ours"][threads]["seconds"], peer, kept[threads]["seconds"], "s",
                              floor=fold_floor(results))


def fold_floor(results):
    """Seconds to decompress the log, at the speed that `lz4 -b` shows on its bytes."""
    lz4 = results["floors"]["lz4"]
    return results["alone"]["bytes"]["segments"] * lz4["ratio"] / (lz4["decompress_mb"] * 1e6)


def within(results):
    """What the program measures within one process, beside the Python library's replay."""
    events = results["alone"]["events"]
    sourced = results["eventsourcing"]["recorders"]
    whole = min(one["seconds"] for one in results["alone"]["rebuild"].values())
    bench = results["alone"].get("bench", {}).get("1", {}).get("facts")
    for name, one in sourced.items():
        peer = f"eventsourcing, {name}, {results['eventsourcing']['trainees']} trainees"
        if bench:
            yield Row("replay of the facts, 1 thread", events / bench["seconds"], peer, one["replay_per_second"],
                      "events/s", lower=False, floor=events / fold_floor(results))
        yield Row("rebuild: facts, all decisions, digests", events / whole, peer, one["replay_per_second"], "events/s",
                  lower=False, floor=events / fold_floor(results))


def imports(results):
    """JSON Lines in."""
    events, floor = results["alone"]["events"], results["floors"]["read"]["bytes_per_second"]
    lines = results["sizes"]["json"] / events
    ours = events / results["imports"]["import"]["seconds"]
    again = events / results["imports"]["import-again"]["seconds"]
    limit = floor / lines
    for threads in ("1", "2"):
        yield Row("JSON Lines: checked, durable", ours, f"DuckDB reads them, {threads_text(threads)}, checks nothing",
                  events / results["read"][threads], "events/s", False, limit)
    for name, one in results["eventsourcing"]["recorders"].items():
        yield Row("JSON Lines: checked, durable", ours, f"eventsourcing, {name}, events ready-made",
                  one["append_per_second"], "events/s", False, limit)
    yield Row("JSON Lines again: all duplicates", again, "DuckDB reads them, 2 threads, checks nothing",
              events / results["read"]["2"], "events/s", False, limit)


def timelines(results):
    """One trainee."""
    found, start = results["timeline"], results["alone"]["start-up"]["seconds"]
    ours = found["ours"]["seconds"]
    yield Row("timeline, whole process", ours, "sqlite3 with an index, whole process",
              found["peers"]["SQLite, process"]["seconds"], "s", floor=start)
    for peer in ("SQLite", "PostgreSQL", "DuckDB"):
        yield Row("timeline, whole process", ours, f"{peer}, a query of an open connection",
                  found["peers"][peer]["seconds"], "s", floor=start)


def appends(results):
    """Durable appends; the floor is that of the same minutes, the best of all rounds as everything else."""
    found = results["append"]
    syncs = found["floor"]["one"]["per_second"]
    for kind, label, floor in (("one", "durable append, one at a time", syncs),
                               ("batch", "durable append, 1,000 a sync", syncs * 1_000),
                               ("crowd", "durable append, 64 writers", syncs * 64)):
        for peer in ("SQLite", "PostgreSQL", "DuckDB"):
            if "ours" in found:
                yield Row(label, found["ours"][kind]["per_second"], peer, found[peer][kind]["per_second"],
                          "records/s", False, floor)


def sizes(results):
    """Bytes an event."""
    found, events = results["sizes"], results["alone"]["events"]
    ours = found["log"] / events
    for peer, key in (("Parquet + zstd", "parquet-zstd"), ("JSON Lines + zstd -19", "json-zstd"),
                      ("SQLite, whole events and an index", "sqlite-events"), ("JSON Lines", "json")):
        yield Row("size: the log", ours, peer, found[key] / events, "bytes/event")
    if found["derived"]:
        yield Row("size: the log and what is derived from it", ours + found["derived"] / events,
                  "SQLite, whole events and an index", found["sqlite-events"] / events, "bytes/event")


def allowance(results):
    """The formula of the living allowance beside all kinds of decision of a trainee."""
    found, alone = results["openfisca"], results["alone"]
    bench = alone.get("bench", {}).get("1", {})
    if "decisions" in bench:
        each = bench["decisions"]["seconds"] / alone["trainees"]
    elif "facts" in bench:
        each = (alone["rebuild"]["1"]["seconds"] - bench["facts"]["seconds"]) / alone["trainees"]
    else:
        return
    for label, key in (("one at a time", "single"), ("10,000 at once", "crowd")):
        yield Row("all decisions of a trainee, with reasons", each,
                  f"OpenFisca, the living allowance alone, {label}", found[key], "s")


SECTIONS = (("Questions of everyone", questions), ("Replay and rebuild", within), ("Import", imports),
            ("One trainee", timelines), ("Durable appends", appends), ("Size", sizes), ("Decisions", allowance))
