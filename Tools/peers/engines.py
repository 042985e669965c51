"""DuckDB, SQLite and PostgreSQL behind one interface: load the typed tables, run a question, say what it came to."""
import os
import sqlite3
import tempfile
import time

from . import schema
from .postgres import Server

FACTS = schema.FACTS + (schema.CALENDAR, schema.NUMBERS)
ALL = (schema.EVENTS,) + FACTS


class Engine:
    """A system with the events loaded."""
    name = ""
    #: How many threads it can use on one question.
    threads = (1,)
    #: Whether it runs within this process, so that its CPU time can be told.
    is_embedded = True

    def ask(self, statements, threads=1):
        """Seconds of wall time and of this process's CPU until the answer stands in a temporary table, and its rows.

        The last statement is the query; the ones before it make its stages, and are timed with it.
        """
        self.prepare(threads)
        began, spent = time.monotonic(), time.process_time()
        for statement in statements[:-1]:
            self.db.execute(statement)
        self.db.execute(f"create temp table answer as {statements[-1]}")
        taken = {"seconds": time.monotonic() - began}
        if self.is_embedded:
            taken["cpu"] = time.process_time() - spent
        return taken, text_of(self.rows("select * from answer"))

    def prepare(self, threads):
        """Sets the number of threads and drops what an earlier answer left."""
        raise NotImplementedError

    def rows(self, sql):
        return self.db.execute(sql).fetchall()

    def timeline(self, subject):
        """The events of a subject, in order: (sequence, type, data)."""
        return self.rows(TIMELINE.format(subject=subject))

    def close(self):
        """Gives back what it holds."""


TIMELINE = "select sequence, type, data from events where subject = '{subject}' order by sequence"


def text_of(rows):
    """Rows as the report prints them: values with tabs between."""
    return ["\t".join(map(str, row)) for row in rows]


def declaration(table, key=True):
    """The columns of a table, with its key."""
    listed = [f"{name} {kind}" for name, kind in table.columns]
    if key and table.key:
        listed.append(f"primary key ({', '.join(table.key)})")
    return ", ".join(listed)


class DuckDB(Engine):
    """DuckDB with its own columnar file. It makes the typed tables for the others too."""
    name = "DuckDB"
    threads = (1, 2)

    def __init__(self, path):
        import duckdb
        self.path, self.db = path, duckdb.connect(path)
        self.db.execute("set timezone = 'UTC'")
        self.version = duckdb.__version__

    def read(self, file, threads):
        """Reads the JSON Lines into a table of whole events; seconds."""
        self.db.execute(f"set threads = {threads}")
        self.db.execute("drop table if exists events")
        began = time.monotonic()
        self.db.execute(f"create table events as {schema.EVENTS.query}", {"file": file})
        return time.monotonic() - began

    def make(self, calendar, numbers, progress):
        """Makes the typed tables from the whole events."""
        for table in schema.FACTS:
            progress(f"DuckDB: {table.name}")
            self.db.execute(f"drop table if exists {table.name}")
            order = f" order by {', '.join(table.key)}" if table.key else ""
            self.db.execute(f"create table {table.name} ({declaration(table, key=False)})")
            self.db.execute(f"insert into {table.name} select {', '.join(table.names)} from ({table.query}){order}")
        for table, rows in ((schema.CALENDAR, calendar), (schema.NUMBERS, numbers)):
            self.db.execute(f"create or replace table {table.name} ({declaration(table, key=False)})")
            with tempfile.NamedTemporaryFile("w", suffix=".csv", encoding="ascii") as file:
                file.writelines(",".join(map(str, row)) + "\n" for row in rows)
                file.flush()
                self.db.execute(f"copy {table.name} from '{file.name}' (format csv, header false)")
        self.db.execute("create index if not exists events_of_subject on events (subject)")
        self.db.execute("checkpoint")

    def export(self, folder, progress):
        """Writes every table as CSV for the others; the path of each."""
        paths = {}
        for table in ALL:
            progress(f"DuckDB: {table.name} as CSV")
            paths[table.name] = os.path.join(folder, f"{table.name}.csv")
            self.db.execute(f"copy (select {', '.join(table.names)} from {table.name}) to '{paths[table.name]}' "
                            "(format csv, header false)")
        return paths

    def prepare(self, threads):
        self.db.execute(f"set threads = {threads}")
        self.db.execute("drop table if exists answer")

    def close(self):
        self.db.close()


class SQLite(Engine):
    """SQLite with a file of its own, as its documentation advises: WAL, a large cache, indexes."""
    name = "SQLite"

    def __init__(self, path):
        self.path = path
        self.db = sqlite3.connect(path, isolation_level=None)
        self.version = sqlite3.sqlite_version
        for pragma in ("journal_mode = wal", "synchronous = full", "cache_size = -2000000", "temp_store = memory",
                       "mmap_size = 34359738368"):
            self.db.execute(f"pragma {pragma}")

    def load(self, source, progress):
        """Copies every table out of DuckDB; keys make the tables clustered."""
        for table in ALL:
            progress(f"SQLite: {table.name}")
            self.db.execute(f"drop table if exists {table.name}")
            clustered = " without rowid" if len(table.key) > 1 else ""
            # An integer key is the row's own number only if its type is spelt so.
            listed = declaration(table).replace("bigint", "integer")
            self.db.execute(f"create table {table.name} ({listed}){clustered}")
            order = f" order by {', '.join(table.key)}" if table.key else ""
            rows = source.execute(f"select {', '.join(table.names)} from {table.name}{order}")
            places = ", ".join("?" * len(table.columns))
            self.db.execute("begin")
            while part := rows.fetchmany(50_000):
                self.db.executemany(f"insert into {table.name} values ({places})", part)
            for number, index in enumerate(table.indexes):
                self.db.execute(f"create index {table.name}_{number} on {table.name} ({', '.join(index)})")
            self.db.execute("commit")
        self.db.execute("pragma analysis_limit = 1000")
        self.db.execute("analyze")
        self.db.execute("pragma wal_checkpoint(truncate)")

    def prepare(self, threads):
        for (name,) in self.rows("select name from sqlite_temp_master where type = 'table'"):
            self.db.execute(f"drop table temp.{name}")

    def close(self):
        self.db.close()


class PostgreSQL(Engine):
    """PostgreSQL on a private socket, with memory set for a machine of its own."""
    name = "PostgreSQL"
    threads = (1, 2)
    is_embedded = False

    def __init__(self, folder):
        import psycopg
        self.server = Server(folder)
        self.server.start()
        self.db = psycopg.connect(self.server.address, autocommit=True, prepare_threshold=None)
        self.version = self.db.info.parameter_status("server_version").split()[0]

    def load(self, paths, progress):
        """Copies every table from CSV, then makes keys and indexes."""
        for table in ALL:
            progress(f"PostgreSQL: {table.name}")
            self.db.execute(f"drop table if exists {table.name}")
            self.db.execute(f"create table {table.name} ({declaration(table, key=False)})")
            with open(paths[table.name], "rb") as file, self.db.cursor().copy(
                    f"copy {table.name} from stdin (format csv)") as copy:
                while part := file.read(1 << 20):
                    copy.write(part)
            if table.key:
                self.db.execute(f"alter table {table.name} add primary key ({', '.join(table.key)})")
            for index in table.indexes:
                self.db.execute(f"create index on {table.name} ({', '.join(index)})")
        self.db.execute("vacuum analyze")
        self.db.execute("checkpoint")

    def prepare(self, threads):
        self.db.execute(f"set max_parallel_workers_per_gather = {threads - 1}")
        self.db.execute("drop table if exists answer")

    def close(self):
        self.db.close()
        self.server.stop()
