#!/usr/bin/env python3
"""Rebuilds a ledger, or compares two rulebooks, over an Apache Spark cluster.

Spark does nothing but hand out numbers: every shard is one run of `trainledger fold-shard` by whichever executor is free.
A shard gives the same bytes wherever and however often it is run, so that Spark may retry what it likes.
"""

import argparse
import json
import os
import subprocess
import sys
import uuid
from pathlib import Path


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("ledger", type=Path, help="the ledger, at the same path on every machine")
    parser.add_argument("--work", type=Path, required=True,
                        help="a directory on shared storage for the plan and the results, outside the ledger")
    parser.add_argument("--shards", type=int, default=64, help="how many shards (default: %(default)s)")
    parser.add_argument("--program", default="trainledger", help="the program, at the same path on every machine")
    parser.add_argument("--master", help="the cluster; left out where spark-submit names it")
    parser.add_argument("--as-of", help="what the ledger knew: a date, an instant, or @N")
    parser.add_argument("--rulebook", help="decide by this rulebook; by default by the one that the ledger adopted")
    parser.add_argument("--compare", nargs=2, metavar=("A", "B"), help="compare two rulebooks instead")
    parser.add_argument("--expect", metavar="DIGEST", help="end with status 1 if the digest is another one")
    return parser.parse_args()


def run(command, environment=None):
    """The output of a command; what it complains of is told with its status."""
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True,
                          env={**os.environ, **(environment or {})})
    if done.returncode != 0:
        raise RuntimeError(f"{command[1]} ended with status {done.returncode}: {done.stderr.strip()}")
    return done.stdout


def fold(shard, command, work, environment):
    """One shard, on whichever machine Spark chose: its result line. Every start leaves a mark, for who counts them."""
    Path(work, "starts", f"{shard}-{uuid.uuid4().hex}").touch()
    line = json.loads(run([*command, "--shard", shard, "--output", Path(work, f"{shard}.part"), "--json"], environment))
    if line["shard"] != shard:
        raise RuntimeError(f"asked for shard {shard}, got {line['shard']}")
    return line


def distribute(options, command, count):
    """Folds all shards over the cluster; one result line each, in the order of the shards."""
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.appName("trainledger").config("spark.ui.enabled", "false")
    if options.master:
        builder = builder.master(options.master)
    # Who asks and what for goes along, so that the log of reads names every shard's reader.
    environment = {name: value for name, value in os.environ.items()
                   if name in ("TRAINLEDGER_CREDENTIAL", "TRAINLEDGER_PURPOSE")}
    work = str(options.work)
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    try:
        lines = session.sparkContext.parallelize(range(count), count).map(
            lambda shard: fold(shard, command, work, environment)).collect()
    finally:
        session.stop()
    return sorted(lines, key=lambda line: line["shard"])


def main():
    options = arguments()
    options.work.mkdir(parents=True, exist_ok=True)
    (options.work / "starts").mkdir(exist_ok=True)
    plan = options.work / "plan"
    before = options.compare[0] if options.compare else options.rulebook
    planned = json.loads(run(
        [options.program, "plan", options.ledger, "--shards", options.shards, "--output", plan, "--json"]
        + (["--as-of", options.as_of] if options.as_of else []) + (["--rulebook", before] if before else [])))
    command = [options.program, "fold-shard", str(options.ledger), str(plan)]
    if options.compare:
        command += ["--compare-with", options.compare[1]]
    lines = distribute(options, command, len(planned["shards"]))
    for line in lines:
        print(json.dumps(line, sort_keys=True), file=sys.stderr)
    results = [options.work / f"{line['shard']}.part" for line in lines]
    merged = run([options.program, "merge", options.ledger, plan, *results, "--json"]
                 + (["--compare"] if options.compare else []))
    sys.stdout.write(merged)
    if options.expect and not options.compare:
        digest = json.loads(merged)["digest"]
        if digest != options.expect:
            sys.exit(f"the digest is {digest}, not {options.expect}")


if __name__ == "__main__":
    main()
