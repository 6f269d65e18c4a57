"""A private PostgreSQL cluster for the tests: its own folder, its own port, gone when the tests end."""

import functools
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

USER = "postgres"
TEMPLATE = "komet_template"


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


class Cluster:
    """A running cluster, on 127.0.0.1 only; nothing in it outlives the tests, so nothing is synced."""

    def __init__(self) -> None:
        self.programs = programs()
        self.owner = Owner.chosen()
        # Not pytest's own folder: that one is closed to the account that runs the server.
        self.folder = Path(tempfile.mkdtemp(prefix="komet-postgresql-"))
        os.chown(self.folder, self.owner.uid, self.owner.gid)
        self.data = self.folder / "data"
        self.port = 0
        self._count = 0
        try:
            made = self.owner.run(
                self.programs / "initdb", "--pgdata", self.data, "--username", USER,
                "--auth", "trust", "--encoding", "UTF8", "--locale", "C", "--no-sync",
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
            options = (
                f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' "
                "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=200"
            )
            log = self.folder / "log"
            started = self.owner.run(
                self.programs / "pg_ctl", "--pgdata", self.data, "--log", log, "-w", "-o", options, "start"
            )
            if started.returncode == 0:
                return
        raise Unavailable(f"PostgreSQL did not start: {log.read_text(errors='replace').strip()}")

    def url(self, database: str) -> str:
        """The SQLAlchemy URL of one of its databases."""
        return f"postgresql+psycopg://{USER}@127.0.0.1:{self.port}/{database}"

    def execute(self, statement: str) -> None:
        """Run one statement outside any transaction, as CREATE DATABASE demands."""
        with self._connected() as connection:
            connection.execute(statement.encode())

    def _connected(self) -> psycopg.Connection[Any]:
        where = f"host=127.0.0.1 port={self.port} user={USER} dbname=postgres"
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

    def close(self) -> None:
        """Stop the server and remove its folder."""
        self.owner.run(self.programs / "pg_ctl", "--pgdata", self.data, "-w", "-m", "immediate", "stop")
        shutil.rmtree(self.folder, ignore_errors=True)
