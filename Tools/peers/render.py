"""Writes docs/benchmarks.md and its pictures from the results in docs/benchmarks/*.json."""
import glob
import json
import os

from . import pictures
from .measure import Failed
from .rows import REPORTS, SECTIONS, digits, quantity, times


def load(folder):
    """(results of the largest comparison, results of every size in order of events)."""
    peers, alone = [], []
    for path in sorted(glob.glob(os.path.join(folder, "*.json"))):
        with open(path, encoding="utf-8") as file:
            results = json.load(file)
        alone.append(results)
        if os.path.basename(path).startswith("peers-"):
            peers.append(results)
    if not peers:
        raise Failed(f"there are no results in {folder}: run Tools/compare-peers first")
    # Of one size, what was measured for growth alone counts: it can be made anew without the peers.
    by_size = {one["alone"]["events"]: one for one in sorted(alone, key=lambda one: "read" not in one)}
    return max(peers, key=lambda one: one["alone"]["events"]), [by_size[size] for size in sorted(by_size)]


def write(folder):
    """Writes the page and the pictures beside the folder of the results."""
    results, sizes = load(folder)
    docs = os.path.dirname(os.path.abspath(folder))
    rows = {title: list(make(results)) for title, make in SECTIONS}
    pictures.ratios(rows, os.path.join(docs, "benchmarks-ratios.svg"))
    pictures.growth(sizes, os.path.join(docs, "benchmarks-growth.svg"))
    text = "\n".join(page(results, sizes, rows)) + "\n"   # whole, before the old page is touched
    with open(os.path.join(docs, "benchmarks.md"), "w", encoding="utf-8") as file:
        file.write(text)


def table(head, lines, right=()):
    """A Markdown table."""
    rule = ["---:" if index in right else "---" for index in range(len(head))]
    return ["| " + " | ".join(line) + " |" for line in [head, rule, *lines]]


def page(results, sizes, rows):
    """The lines of the page."""
    alone, machine, of = results["alone"], results["machine"], results["of"]
    yield "# Benchmarks"
    yield ""
    yield "Written by a command, from one run; rerun it and every figure, table and picture is made again:"
    yield ""
    yield f"    Tools/compare-peers {of['trainees']} {of['seed']}"
    yield ""
    yield (f"{machine['processor']}, {machine['cores']} cores, {machine['memory_gib']} GiB, Linux {machine['kernel']}, "
           f"{machine['architecture']}. A synthetic population of {alone['trainees']:,} trainees: "
           f"{alone['events']:,} events, {results['read']['attendance'] * 100 // alone['events']} % of them attendance. "
           + ", ".join(f"{name} {version}" for name, version in results["versions"].items()) + ".")
    if machine["load"] > machine["cores"] / 4:
        yield ""
        yield (f"**Other work ran on the machine (load {machine['load']} on {machine['cores']} cores): times are upper "
               "bounds, ratios rough.**")
    yield ""
    yield "![How many times faster or smaller than each peer](benchmarks-ratios.svg)"
    yield ""
    yield from floors(results)
    yield ""
    yield "## Beside each other"
    yield ""
    yield ("The ratio says how many times better TrainLedger is; below 1 the peer is. The floor is what the machine "
           "does without any of us: for questions and replay, the bytes of the log at the speed of `lz4 -b`; for the "
           "import, reading the file; for a timeline, a process that does nothing; for appends, write and fdatasync "
           "of 512 bytes, times the records a sync.")
    for title, lines in rows.items():
        if lines:
            yield ""
            yield f"### {title}"
            yield ""
            yield from table(("question", "TrainLedger", "peer", "", "ratio", "floor"), [
                (row.question, quantity(row.ours, row.unit), row.peer, quantity(row.theirs, row.unit),
                 times(row.ratio), quantity(row.floor, row.unit)) for row in lines], right=(1, 3, 4, 5))
    yield ""
    yield from answers(results)
    yield ""
    yield from by_itself(results)
    yield ""
    yield from growth(sizes)
    yield ""
    yield from conditions(results)


def floors(results):
    """The machine's own figures."""
    found = results["floors"]
    rows = [("write and fdatasync of 512 bytes", _sync(found["sync-512"])),
            ("write and fdatasync of 64 KiB", _sync(found["sync-65536"])),
            ("memory copied by one thread (numpy)", f"{found['memory']['bytes_per_second'] / 1e9:.1f} GB/s"),
            ("reading a file from the page cache", f"{found['read']['bytes_per_second'] / 1e9:.1f} GB/s"),
            ("`lz4 -b1` on a segment, 64 KiB blocks",
             f"{found['lz4']['compress_mb']:,.0f} MB/s in, {found['lz4']['decompress_mb']:,.0f} MB/s out"),
            ("SHA-256 (`openssl speed`, 16 KiB)", f"{found['sha256']['bytes_per_second'] / 1e9:.2f} GB/s")]
    return ["## The machine", "", *table(("what", "measured"), rows)]


def _sync(found):
    return (f"{digits(found['per_second'])}/s, median {digits(found['median_us'])} µs, "
            f"p99 {digits(found['p99_us'])} µs")


def answers(results):
    """The digests of both sides."""
    rows = []
    for kind, label in REPORTS.items():
        found = results[kind]
        for peer, one in found["peers"].items():
            rows.append((label, f"{found['rows']:,}", found["digest"], peer, _same(one["digest"], found["digest"])))
    found = results["timeline"]
    for peer, one in found["peers"].items():
        if "digest" in one:
            rows.append(("timelines", "", found["digest"], peer, _same(one["digest"], found["digest"])))
    found = results["eventsourcing"]
    for name, one in found["recorders"].items():
        rows.append((f"attendance of {found['trainees']} trainees", "", found["digest"], f"eventsourcing, {name}",
                     _same(one["digest"], found["digest"])))
    found = results["openfisca"]
    rows.append((f"living allowance of {found['trainees']} trainees", f"{found['trainees']}", found["ours-digest"],
                 "OpenFisca", _same(found["digest"], found["ours-digest"])))
    return ["## The answers are equal", "",
            "SHA-256 over the lines of the answer, values with tabs between, sorted bytewise: what `trainledger report "
            "LEDGER attendance | LC_ALL=C sort | sha256sum` says (`quota` was asked with `--on "
            f"{results['of']['on']}`). A run whose answers differ ends with an error and writes no page.", "",
            *table(("answer", "rows", "TrainLedger", "peer", "its digest"),
                   [(a, b, f"`{c[:16]}…`", d, e) for a, b, c, d, e in rows], right=(1,))]


def _same(theirs, ours):
    return "the same" if theirs == ours else f"**{theirs[:16]}…**"


#: Commands that need not look at every event.
PARTIAL = ("`balance --as-of` half the log", "`append` of nothing: open and close", "`timeline`",
           "`--version`: a process that does nothing")


def by_itself(results):
    """Our own commands, as whole processes."""
    alone, events = results["alone"], results["alone"]["events"]
    steps = [("`append` of the event lines: checked and durable", results["imports"]["import"]),
             ("the same again: all duplicates", results["imports"]["import-again"]),
             ("`rebuild --jobs 1`: facts, all decisions, digests", alone["rebuild"]["1"]),
             ("`rebuild --jobs 2`", alone["rebuild"]["2"]), ("`verify`: checksums, hashes, records", alone["verify"]),
             ("`compare` of two rulebooks, 2 threads", alone["compare"]),
             ("`balance --as-of` half the log", alone["as-of"]), ("`append` of nothing: open and close", alone["open"]),
             ("`timeline`", alone["timeline"]), ("`--version`: a process that does nothing", alone["start-up"])]
    for name, label in (("export", "`events --json` of everything"), ("generate", "`generate`: made and durable")):
        if name in results:
            steps.insert(0, (label, results[name]))
    return ["## By itself", "", *table(
        ("command", "wall", "CPU", "events/s", "memory"),
        [(label, quantity(one["seconds"], "s"), quantity(one.get("cpu"), "s"),
          digits(events / one["seconds"]) if label not in PARTIAL else "–", f"{one['megabytes']:,} MB")
         for label, one in steps], right=range(1, 5))]


def growth(sizes):
    """How our figures grow with the log."""
    lines = []
    for results in sizes:
        alone = results["alone"]
        events = alone["events"]
        rebuild = alone["rebuild"]
        bench = alone.get("bench", {})
        lines.append((
            f"{events:,}", *(quantity(bench[jobs]["facts"]["seconds"], "s") if jobs in bench else "–"
                             for jobs in ("1", "2")),
            *(quantity(rebuild[jobs]["seconds"], "s") for jobs in ("1", "2")), f"{rebuild['2']['megabytes']:,} MB",
            quantity(alone["verify"]["seconds"], "s"), quantity(alone["open"]["seconds"], "s"),
            quantity(alone["timeline"]["seconds"], "s"), f"{alone['timeline']['megabytes']:,} MB",
            f"{alone['bytes']['segments'] / events:.1f}", f"{alone['bytes']['derived'] / events:.1f}"))
    return ["## Growth", "", "`Tools/compare-peers TRAINEES --growth` adds a size. These runs are later than those above.", "",
            "![Seconds and memory by events](benchmarks-growth.svg)", "",
            *table(("events", "facts, 1 thread", "2", "rebuild, 1", "2", "memory", "verify", "open to write", "timeline",
                    "memory", "log, bytes/event", "derived"), lines, right=range(12))]


def conditions(results):
    """What is timed, and how the peers are set up."""
    return f"""## What is timed

- **Ours**: whole processes, from start to the last line, reading the log from the page cache. `facts` in the table of
  growth is `trainledger bench`: the fold within a process.
- **Peers**: only the query, from a warm connection, into a temporary table. Their tables are typed and indexed before
  any clock starts: days as integers, trainees, classes and codes as dense numbers, retractions with the position of
  their target, a calendar table for legal periods (`Tools/peers/schema.py`). Nothing of that is counted against them.
- The best of three runs, the first of which warms; fewer where they take long. Threads are set for each system; SQLite
  has one.
- The SQL is one text for the three (`Tools/peers/questions.py`), with the latest record of several found without a
  sort, quota windows by recursion, and SQLite's inner queries as indexed temporary tables.
- PostgreSQL has a private server: a sixth of the memory as shared buffers, work_mem a thirty-second, JIT off, fsync on.
  SQLite: WAL, synchronous FULL, 2 GB of cache. DuckDB: as it comes.
- `eventsourcing` gets {results['eventsourcing']['trainees']} trainees that no retraction or link touches: it cannot undo
  an event. One aggregate a trainee; replay builds each from its recorder and adds up attendance.
- OpenFisca computes LIV-06, LIV-07 and the cap of LIV-09 for who was granted the allowance in one class
  ({results['openfisca']['trainees']} trainees), from facts handed to it. Ours is every kind of decision of a trainee.
- Durable appends: records of 58 bytes under a running number, the storage alone, the best of two rounds, since the
  disk changes from minute to minute. PostgreSQL by `pgbench`, prepared statements.
- JSON Lines + zstd is measured on the first 24 MiB.
- A timeline is the median of {results['timeline']['ours']['runs']} trainees drawn at random, of
  {digits(results['timeline']['events'])} events each.""".splitlines()
