"""A private PostgreSQL cluster for the tests: its own folder, its own port, gone when the tests end."""

import functools
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

import psycopg
from sqlalchemy import Engine, QueuePool
from sqlalchemy.exc import DBAPIError

USER = "postgres"
TEMPLATE = "komet_template"
FILLED_BY_MIGRATIONS = {"alembic_version", "facts", "audit_head"}
"""Tables that a database without anybody's work has rows in."""

SCHEMA = """
SELECT md5(string_agg(part, ';' ORDER BY part)) FROM (
    SELECT concat_ws(' ', attrelid::regclass, attname, atttypid, atttypmod, attnotnull) AS part
    FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
    WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'i') AND NOT attisdropped
    UNION ALL SELECT concat_ws(' ', tgrelid::regclass, tgname, tgenabled) FROM pg_trigger
    UNION ALL SELECT concat_ws(' ', proname, md5(prosrc)) FROM pg_proc
    WHERE pronamespace = 'public'::regnamespace
    UNION ALL SELECT concat_ws(' ', conrelid::regclass, pg_get_constraintdef(oid)) FROM pg_constraint
    WHERE connamespace = 'public'::regnamespace
    UNION ALL SELECT version_num FROM alembic_version
) AS parts
"""
"""The tables, triggers, functions and constraints of a database, as one value."""


class Unavailable(Exception):
    """PostgreSQL cannot be started here; the sentence says what is missing."""


def programs() -> Path:
    """The folder of `initdb` and `pg_ctl`. Debian keeps them off the path, one folder for each version."""
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: int(p.parts[-3]))
    found = shutil.which("initdb") or (str(versions[-1]) if versions else None)
    if found is None:
        raise Unavailable(
            "PostgreSQL is not installed: `make test` installs it as root, "
            "and `pytest -k 'not postgresql'` leaves its tests out."
        )
    return Path(found).resolve().parent


@dataclass(frozen=True)
class Owner:
    """The account that runs the cluster: PostgreSQL refuses to run as root."""

    uid: int
    gid: int

    @classmethod
    def chosen(cls) -> "Owner":
        if os.geteuid() != 0:
            return cls(os.geteuid(), os.getegid())
        known = {entry.pw_name: entry for entry in pwd.getpwall()}
        entry = known.get("postgres") or known["nobody"]
        return cls(entry.pw_uid, entry.pw_gid)

    def run(self, *command: str | Path) -> subprocess.CompletedProcess[str]:
        """Run a command as this account and give its output. Nothing of ours may stay open in the server."""
        as_root = os.geteuid() == 0
        return subprocess.run(
            [str(part) for part in command],
            cwd="/",
            user=self.uid if as_root else None,
            group=self.gid if as_root else None,
            extra_groups=[] if as_root else None,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=60,
            check=False,
        )


def free_port() -> int:
    """A port of 127.0.0.1 that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass(kw_only=True)
class Lent:
    """A database that one test after the other has: its address for this one, a connection to see to it
    between two of them, and those that the tests have left."""

    name: str
    connection: psycopg.Connection[Any]
    url: str = ""
    pool: QueuePool | None = None

    def lent_to(self, engine: Engine) -> None:
        """The engine of a test begins with the connections that the one before has left."""
        if self.pool is not None:
            engine.pool = self.pool

    def left_by(self, engine: Engine) -> None:
        """What an engine has of connections is for the next one, if all of them are back."""
        self.pool = engine.pool if isinstance(engine.pool, QueuePool) else None
        if self.pool is not None and self.pool.checkedout():
            self.pool = None

    def alone(self) -> None:
        """End every connection to the database but these."""
        kept = [self.connection.info.backend_pid]
        if self.pool is not None:
            left = [self.pool.connect() for _ in range(self.pool.checkedin())]
            kept += [one.driver_connection.info.backend_pid for one in left if one.driver_connection]
            for one in left:
                one.close()
        self.connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> ALL (%s)",
            [kept],
        )

    def close(self) -> None:
        """Let go of every connection."""
        if self.pool is not None:
            self.pool.dispose()
        self.connection.close()


class Cluster:
    """A running cluster, on 127.0.0.1 only; nothing in it outlives the tests, so nothing is synced.

    A `durable` one waits for the disk at each commit, as one in earnest does. It lies `within` a folder, with
    its log in segments of so many MB, and is started with more `options`, where these are given.
    """

    def __init__(
        self,
        *,
        durable: bool = False,
        within: Path | None = None,
        segment: int = 16,
        options: Sequence[str] = (),
    ) -> None:
        fast = () if durable else ("fsync=off", "synchronous_commit=off", "full_page_writes=off")
        self.options = (*fast, *options)
        self.programs = programs()
        self.owner = Owner.chosen()
        # Not pytest's own folder: that one is closed to the account that runs the server.
        self.folder = Path(tempfile.mkdtemp(prefix="komet-postgresql-", dir=within))
        os.chown(self.folder, self.owner.uid, self.owner.gid)
        self.data = self.folder / "data"
        self.port = 0
        self._count = 0
        self._emptied: list[Lent] = []
        try:
            made = self.owner.run(
                self.programs / "initdb", "--pgdata", self.data, "--username", USER,
                "--auth", "trust", "--encoding", "UTF8", "--locale", "C", "--no-sync",
                f"--wal-segsize={segment}",
            )  # fmt: skip
            if made.returncode != 0:
                raise Unavailable(f"initdb failed: {made.stdout.strip()}")
            self._start()
        except BaseException:
            shutil.rmtree(self.folder, ignore_errors=True)
            raise

    def _start(self) -> None:
        for _ in range(5):  # somebody else may take the free port before the server does
            self.port = free_port()
            if self._runs("start"):
                return
        self._refuse()

    def restart(self) -> None:
        """End it at once and start it again on its port, or start it where it went down by itself."""
        if "_administration" in vars(self):
            self._administration.close()
            del self._administration
        if not self._runs("restart", "-m", "immediate"):
            self._refuse()

    def _runs(self, *how: str) -> bool:
        options = [
            f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories=''",
            "max_connections=200",
            *self.options,
        ]
        done = self.owner.run(
            self.programs / "pg_ctl", "--pgdata", self.data, "--log", self.folder / "log", "-w",
            "-o", " -c ".join(options), *how,
        )  # fmt: skip
        return done.returncode == 0

    def _refuse(self) -> NoReturn:
        log = (self.folder / "log").read_text(errors="replace").strip()
        raise Unavailable(f"PostgreSQL did not start: {log}")

    def url(self, database: str) -> str:
        """The SQLAlchemy URL of one of its databases."""
        return f"postgresql+psycopg://{USER}@127.0.0.1:{self.port}/{database}"

    def execute(self, statement: str) -> None:
        """Run one statement outside any transaction, as CREATE DATABASE demands."""
        self._administration.execute(statement.encode())

    @functools.cached_property
    def _administration(self) -> psycopg.Connection[Any]:
        """One for all statements: to connect takes longer than each of them."""
        return self._connected()

    def _connected(self, database: str = "postgres") -> psycopg.Connection[Any]:
        where = f"host=127.0.0.1 port={self.port} user={USER} dbname={database}"
        return psycopg.connect(where, autocommit=True)

    @functools.cached_property
    def _version(self) -> int:
        with self._connected() as connection:
            return connection.info.server_version // 10_000

    def create(self, *, template: str = "template1") -> str:
        """A new database; returns its name."""
        self._count += 1
        name = f"komet_{self._count}"
        # From 15 on a copy goes through the log by default, which takes three times as long as copying files.
        strategy = " STRATEGY FILE_COPY" if self._version >= 15 else ""
        self.execute(f"CREATE DATABASE {name} TEMPLATE {template}{strategy}")
        return name

    def drop(self, name: str) -> None:
        """Drop a database, whoever is still connected to it."""
        self.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

    def lend(self) -> "Lent":
        """A database like the template `komet_template`, at an address that no other test has had.

        To make one takes ten times as long as to empty one, so those that come back are given out again, with
        the connections to them: what a fresh one has to learn of forty tables takes longer than a small test.
        """
        if self._emptied:
            lent = self._emptied.pop()
        else:
            name = self.create(template=TEMPLATE)
            lent = Lent(name=name, connection=self._connected(name))
            lent.connection.execute("SET session_replication_role = replica")  # no trigger guards the rows
        self._count += 1
        lent.url = f"{self.url(lent.name)}?application_name=test_{self._count}"
        return lent

    def take_back(self, lent: "Lent") -> None:
        """Empty a database that was lent, or drop it where more than its rows was changed."""
        try:
            lent.alone()
            whole = lent.connection.execute(SCHEMA).fetchone() == self._schema
            if whole:
                self._empty(lent.connection)
        except (psycopg.Error, DBAPIError):  # not even the tables are there any more, or the server went down
            whole = False
        if whole:
            self._emptied.append(lent)
        else:
            lent.close()
            self.drop(lent.name)

    @functools.cached_property
    def _schema(self) -> tuple[Any, ...] | None:
        name = self.create(template=TEMPLATE)
        try:
            with self._connected(name) as connection:
                return connection.execute(SCHEMA).fetchone()
        finally:
            self.drop(name)

    def _empty(self, connection: psycopg.Connection[Any]) -> None:
        tables = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
        # DELETE, not TRUNCATE: that one makes every file of a table anew, at ten times the price.
        deletes = [f"DELETE FROM {name}" for (name,) in tables if name not in FILLED_BY_MIGRATIONS]
        connection.execute(";".join(deletes).encode())
        connection.execute("UPDATE audit_head SET entries = 0, hash = repeat('0', 64)")
        connection.execute(
            "SELECT setval(sequencename::regclass, start_value, false) FROM pg_sequences"
            " WHERE last_value IS NOT NULL"
        )

    def close(self) -> None:
        """Stop the server and remove its folder."""
        for lent in self._emptied:
            lent.close()
        if "_administration" in vars(self):
            self._administration.close()
        self.owner.run(self.programs / "pg_ctl", "--pgdata", self.data, "-w", "-m", "immediate", "stop")
        shutil.rmtree(self.folder, ignore_errors=True)
