"""Runs the comparison, or draws it again from what was measured. Called by Tools/compare-peers."""
import argparse
import os
import signal
import sys

from . import edges, render
from .measure import Failed, say
from .ours import Ours
from .steps import Comparison, unequal
from .work import Work, write_json

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
RESULTS = os.path.join(ROOT, "docs", "benchmarks")


def arguments():
    parser = argparse.ArgumentParser(prog="Tools/compare-peers", description=(
        "TrainLedger beside DuckDB, PostgreSQL, SQLite, eventsourcing and OpenFisca: the same events, the same "
        "questions, equal answers. A run that was stopped goes on where it was."))
    parser.add_argument("trainees", nargs="?", type=int, default=10_000)
    parser.add_argument("seed", nargs="?", type=int, default=1)
    parser.add_argument("--program", default=os.path.join(ROOT, ".build", "release", "trainledger"))
    parser.add_argument("--log-workload", help="the program for durable appends; default: beside the program")
    parser.add_argument("--ledger", help="a ledger that is there already; otherwise one is generated")
    parser.add_argument("--events", help="its events as JSON Lines, if they are there already")
    parser.add_argument("--work", default="/var/tmp/trainledger-peers", help=(
        "the directory to work in, some 2 GB a million events; default %(default)s"))
    parser.add_argument("--on", default="2023-12-31", help="the day that quotas are asked for")
    parser.add_argument("--again", nargs="+", default=(), metavar="STEP", help="steps to measure once more")
    parser.add_argument("--alone", action="store_true", help="no peers: how TrainLedger grows with the ledger")
    parser.add_argument("--growth", action="store_true", help="as --alone, and only what the picture of growth shows")
    parser.add_argument("--random", type=int, metavar="SEEDS",
                        help="no measurements: so many random histories, rich in boundaries, asked of both sides")
    parser.add_argument("--redraw", action="store_true", help="only write docs/benchmarks.md and its pictures again")
    return parser.parse_args()


def compare(options):
    """Measures what is not measured yet; the results, with what they are of."""
    name = f"{options.trainees}-{options.seed}"
    work = Work(os.path.join(options.work, name))
    ours = Ours(os.path.abspath(options.program), os.path.abspath(options.ledger or work.path("ledger")))
    events = os.path.abspath(options.events or work.path("events.jsonl"))
    if not options.ledger and not work.done("generate"):
        work.keep("generate", ours.generate(options.trainees, options.seed))
    if not options.alone and not os.path.exists(events):
        work.keep("export", ours.export(events))
    workload = options.log_workload or os.path.join(os.path.dirname(ours.program), "LogWorkload")
    comparison = Comparison(work, ours, events, options.on, workload)
    try:
        if options.alone:
            comparison.run_alone(options.again, is_brief=options.growth)
        else:
            comparison.run(options.again)
    finally:
        comparison.close()
    work.keep("of", {"trainees": options.trainees, "seed": options.seed, "on": options.on})
    return work.results


def main():
    options = arguments()
    options.alone |= options.growth
    # The server of PostgreSQL is stopped on the way out.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    if options.random:
        folder = os.path.join(options.work, "random")
        sys.exit(bool(edges.check(os.path.abspath(options.program), folder, options.random)))
    if not options.redraw:
        results = compare(options)
        different = unequal(results)
        for kind, peer in different:
            say(f"NOT EQUAL: {kind}, {peer}")
        os.makedirs(RESULTS, exist_ok=True)
        kind = "alone" if options.alone else "peers"
        write_json(os.path.join(RESULTS, f"{kind}-{options.trainees}.json"), results)
        if different:
            sys.exit(1)
    render.write(RESULTS)


try:
    main()
except Failed as failure:
    sys.exit(f"compare-peers: {failure}")
