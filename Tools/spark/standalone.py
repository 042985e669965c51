"""A Spark cluster of a master and two workers as processes of this machine, on loopback ports, and what has to hold of
it: the digest of a rebuild is that of one process, also where a worker is killed in the middle."""

import argparse
import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

import pyspark

HERE = Path(__file__).resolve().parent
SPARK = Path(pyspark.__file__).resolve().parent
# Several JVMs share a small machine for a minute: they are to start quickly, not to run for days.
QUICK_START = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xshare:auto"


def arguments():
    parser = argparse.ArgumentParser(description="Rebuild over a standalone cluster, and kill a worker meanwhile.")
    parser.add_argument("--program", default=str(HERE.parent.parent / ".build/release/trainledger"))
    parser.add_argument("--ledger", help="the ledger; by default one is generated")
    parser.add_argument("--trainees", type=int, default=2_000, help="of a generated ledger (default: %(default)s)")
    parser.add_argument("--shards", type=int, default=32)
    parser.add_argument("--killed-only", action="store_true", help="leave out the run in which nothing happens")
    parser.add_argument("--memory", default="512m", help="of each executor")
    return parser.parse_args()


def free_port():
    with contextlib.closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def fail(reason):
    sys.exit(f"run-standalone: {reason}")


class Cluster:
    """A master and workers, each the leader of a process group of its own: to kill a worker takes its executors along, as
    the loss of a machine does."""

    def __init__(self, directory, workers, memory):
        self.directory = directory
        self.processes = []
        port, self.page = free_port(), free_port()
        self.url = f"spark://127.0.0.1:{port}"
        self.start("master", "org.apache.spark.deploy.master.Master",
                   ["--host", "127.0.0.1", "--port", port, "--webui-port", self.page])
        self.wait(0)
        self.workers = [
            self.start(f"worker-{number}", "org.apache.spark.deploy.worker.Worker",
                       ["--host", "127.0.0.1", "--cores", 1, "--memory", memory, "--webui-port", free_port(),
                        "--work-dir", directory / f"worker-{number}", self.url])
            for number in range(workers)
        ]
        self.wait(workers)

    def start(self, name, main_class, options):
        log = open(self.directory / f"{name}.log", "wb")
        environment = {**os.environ, "SPARK_HOME": str(SPARK), "SPARK_LOCAL_IP": "127.0.0.1",
                       "SPARK_DAEMON_MEMORY": "256m", "SPARK_DAEMON_JAVA_OPTS": QUICK_START, "SPARK_NO_DAEMONIZE": "1"}
        process = subprocess.Popen([SPARK / "bin/spark-class", main_class, *map(str, options)], stdout=log,
                                   stderr=subprocess.STDOUT, env=environment, start_new_session=True)
        self.processes.append(process)
        return process

    def wait(self, workers):
        """Until so many workers have reported to the master."""
        deadline = time.monotonic() + 90
        while time.monotonic() < deadline:
            if any(process.poll() is not None for process in self.processes):
                break
            with contextlib.suppress(OSError, ValueError):
                with urllib.request.urlopen(f"http://127.0.0.1:{self.page}/json/", timeout=2) as answer:
                    if json.load(answer)["aliveworkers"] >= workers:
                        return
            time.sleep(0.2)
        logs = "\n".join(path.read_text(errors="replace")[-1_500:] for path in self.directory.glob("*.log"))
        fail(f"the cluster did not start:\n{logs}")

    @staticmethod
    def kill(process):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def stop(self):
        for process in self.processes:
            self.kill(process)


def rebuild(options, ledger, work, cluster, digest):
    """Starts a rebuild over the cluster."""
    log = open(f"{work}.log", "wb")
    command = [sys.executable, HERE / "rebuild.py", ledger, "--work", work, "--shards", str(options.shards),
               "--program", options.program, "--master", cluster.url, "--expect", digest]
    environment = {**os.environ, "SPARK_HOME": str(SPARK), "SPARK_LOCAL_IP": "127.0.0.1",
                   "PYSPARK_PYTHON": sys.executable,
                   "PYSPARK_SUBMIT_ARGS": f"--driver-memory 512m --executor-memory {options.memory} "
                                          f"--driver-java-options '{QUICK_START}' "
                                          f"--conf 'spark.executor.extraJavaOptions={QUICK_START}' pyspark-shell"}
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log, env=environment, start_new_session=True)


def finish(process, work):
    output, _ = process.communicate(timeout=1_800)
    if process.returncode != 0:
        fail(f"the rebuild ended with {process.returncode}:\n{Path(f'{work}.log').read_text(errors='replace')[-4_000:]}")
    return json.loads(output)["digest"]


def results(work):
    return len(list(work.glob("*.part")))


def starts(work):
    return len(list((work / "starts").glob("*")))


def make_ledger(options, directory):
    ledger = directory / "ledger"
    subprocess.run([options.program, "generate", ledger, "--trainees", str(options.trainees)], check=True,
                   stdout=subprocess.DEVNULL)
    return ledger


def main():
    options = arguments()
    with tempfile.TemporaryDirectory(prefix="trainledger-spark-") as name:
        directory = Path(name)
        ledger = Path(options.ledger).resolve() if options.ledger else make_ledger(options, directory)
        began = time.monotonic()
        single = json.loads(subprocess.run([options.program, "rebuild", ledger, "--json"], check=True,
                                           stdout=subprocess.PIPE).stdout)
        print(f"one process: {single['events']} events, {single['digest']}, {time.monotonic() - began:.1f} s")
        cluster = Cluster(directory, 2, options.memory)
        try:
            if not options.killed_only:
                undisturbed(options, ledger, directory / "undisturbed", cluster, single["digest"])
            killed(options, ledger, directory / "killed", cluster, single["digest"])
        finally:
            cluster.stop()


def undisturbed(options, ledger, work, cluster, digest):
    began = time.monotonic()
    found = finish(rebuild(options, ledger, work, cluster, digest), work)
    if found != digest:
        fail(f"two workers came to {found}")
    print(f"two workers: the same digest, {starts(work)} runs of {options.shards} shards, {time.monotonic() - began:.1f} s")


def killed(options, ledger, work, cluster, digest):
    began = time.monotonic()
    process = rebuild(options, ledger, work, cluster, digest)
    while process.poll() is None and results(work) < max(1, options.shards // 4):
        time.sleep(0.01)
    done = results(work)
    cluster.kill(cluster.workers[0])
    if not 0 < done < options.shards:
        fail(f"the worker was to be killed in the middle, but {done} of {options.shards} shards were done")
    found = finish(process, work)
    if found != digest:
        fail(f"with a worker killed the digest is {found}")
    print(f"one of them killed after {done} shards: the same digest, {starts(work)} runs of {options.shards} shards, "
          f"{time.monotonic() - began:.1f} s")


if __name__ == "__main__":
    main()
