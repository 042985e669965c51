"""Durable appends: one record at a time, 1,000 a sync, and 64 writers at once; 58-byte records with their position.

What is compared is the storage alone: a key and the bytes, no second index, synced before the call returns.
"""
import os
import re
import shutil
import sqlite3
import subprocess
import threading
import time

from . import postgres
from .measure import Failed

RECORD = bytes(range(58))
BATCH, WRITERS = 1_000, 64
#: How long each kind of append goes on.
SECONDS = 3.0


def repeated(call, rows):
    """Calls again and again for SECONDS: rows a second."""
    call()
    began, calls = time.perf_counter(), 0
    while (spent := time.perf_counter() - began) < SECONDS:
        call()
        calls += 1
    return {"per_second": calls * rows / spent}


def crowd(make_call):
    """WRITERS threads, each with a connection of its own, one row a call: rows a second of all."""
    counts, stop = [0] * WRITERS, threading.Event()
    ready = threading.Barrier(WRITERS + 1)

    def write(number):
        call = make_call(number)
        ready.wait()
        while not stop.is_set():
            call()
            counts[number] += 1
    threads = [threading.Thread(target=write, args=(number,), daemon=True) for number in range(WRITERS)]
    for thread in threads:
        thread.start()
    ready.wait()
    began = time.perf_counter()
    time.sleep(SECONDS)
    done, spent = sum(counts), time.perf_counter() - began
    stop.set()
    for thread in threads:
        thread.join(60)
    return {"per_second": done / spent}


def sqlite(folder):
    """SQLite, WAL, synchronous = FULL: every commit is synced."""
    path = os.path.join(folder, "append.sqlite")
    for name in (path, path + "-wal", path + "-shm"):
        if os.path.exists(name):
            os.unlink(name)

    def connect():
        db = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=120)
        db.execute("pragma journal_mode = wal")
        db.execute("pragma synchronous = full")
        return db
    db = connect()
    db.execute("create table record (position integer primary key, bytes blob)")
    insert = "insert into record (bytes) values (?)"

    def batch():
        db.execute("begin")
        db.executemany(insert, [(RECORD,)] * BATCH)
        db.execute("commit")

    def writer(_):
        own = connect()
        return lambda: own.execute(insert, (RECORD,))
    return {"one": repeated(lambda: db.execute(insert, (RECORD,)), 1), "batch": repeated(batch, BATCH),
            "crowd": crowd(writer)}


def duckdb(folder):
    """DuckDB: a transaction a call; the crowd takes turns, as one process may write only."""
    import duckdb as system
    path = os.path.join(folder, "append.duckdb")
    for name in (path, path + ".wal"):
        if os.path.exists(name):
            os.unlink(name)
    db = system.connect(path)
    db.execute("create sequence position; "
               "create table record (position bigint default nextval('position'), bytes blob)")
    one = "insert into record (bytes) values (?)"
    many = f"insert into record (bytes) select cast(? as blob) from range({BATCH})"

    def writer(_):
        own = db.cursor()
        return lambda: own.execute(one, [RECORD])
    found = {"one": repeated(lambda: db.execute(one, [RECORD]), 1),
             "batch": repeated(lambda: db.execute(many, [RECORD]), BATCH), "crowd": crowd(writer)}
    db.close()
    return found


def postgresql(server, folder):
    """PostgreSQL with pgbench, its own load generator: prepared statements, 1 and 64 connections."""
    import psycopg
    with psycopg.connect(server.address, autocommit=True) as db:
        db.execute("drop table if exists record")
        db.execute("create table record (position bigint generated always as identity primary key, bytes bytea)")
    value = f"'\\x{RECORD.hex()}'"
    scripts = {"one": (f"insert into record (bytes) values ({value});", 1, 1),
               "batch": (f"insert into record (bytes) select {value}::bytea from generate_series(1, {BATCH});", 1, BATCH),
               "crowd": (f"insert into record (bytes) values ({value});", WRITERS, 1)}
    found = {}
    for name, (script, clients, rows) in scripts.items():
        path = os.path.join(folder, "append.sql")
        with open(path, "w", encoding="ascii") as file:
            file.write(script)
        done = subprocess.run(
            [os.path.join(postgres.programs(), "pgbench"), "-n", "-M", "prepared", "-h", server.socket, "-U",
             server.user, "-c", str(clients), "-j", "2", "-T", str(int(SECONDS)), "-f", path, "postgres"],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, check=False)
        rate = re.search(r"tps = ([\d.]+)", done.stdout)
        if not rate:
            raise Failed(f"pgbench: {done.stderr[-300:]}")
        found[name] = {"per_second": float(rate[1]) * rows}
    return found


#: The lines of `LogWorkload bench` that are wanted.
WORKLOAD = {"one": "append one by one", "batch": "append in batches of 1000",
            "crowd": "append one by one from 64 threads"}


def ours(workload, folder):
    """The log of TrainLedger, by its own benchmark program."""
    path = os.path.join(folder, "append-log")
    shutil.rmtree(path, ignore_errors=True)
    os.makedirs(path)
    done = subprocess.run([workload, "bench", path, "200000"], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          text=True, check=False)
    shutil.rmtree(path)
    rates = {line.rsplit(":", 1)[0]: line.rsplit(":", 1)[1] for line in done.stdout.splitlines() if ": " in line}
    found = {}
    for name, label in WORKLOAD.items():
        if label in rates:
            found[name] = {"per_second": float(rates[label].split()[0])}
    if done.returncode or len(found) < len(WORKLOAD):
        raise Failed(f"{workload} ended with {done.returncode}: {done.stderr[-300:]} {done.stdout[-300:]}")
    return found
