"""Faults while credits are posted: nothing half, nothing lost, nothing doubled.

    python -m bench faults [PERCENT]

Real servers (processes of their own, at one database on a disk that is waited for) post small sheets while:

kill      one is killed with SIGKILL, before a random statement or at a random moment; then it is tried again
two       one draft is posted by two people, on one server or on two
collide   two people post the same credits out of two files, whole or in part
cut       PostgreSQL ends the connection before a random statement; on SQLite somebody else holds the lock
approve   one is killed while a second person approves a sheet, which posts it; then somebody else approves it
period    one is killed while it closes a month, and one while it opens that again; its drafts obey what holds
reverse   a server is killed while it reverses an import; then that is tried again
rows      the same for chosen rows, which are imported again then, while the rest is reversed
disk      the disk is full before a random block is written (SQLite: no file of the server may grow further;
          PostgreSQL: one with a small file system of its own, mounted in memory, of which so much is left)
zones     the server's clock stands in another time zone each time: no day of a document shifts
backup    a backup is taken while two servers post, and restored: it is whole; at rest it equals the ledger
amounts   random amounts in many shapes come in, by the front door and by the terminal, and are added up apart

After each try the whole ledger is compared with what the sheets said and what the people were told: batch,
adjustments, opposites, rows that are not posted, claims, closed months, audit entries and mails agree to the
thousandth, and the chain of the audit trail is whole. 100 percent are 200 kills, 100 by two, 100 collisions,
60 cuts, 40 approvals, 40 months (two kills each), 60 reversals, 40 of chosen rows, 40 full disks, 16 zones,
10 backups and 4,000 amounts on each database. Same seed, same tries; where a process is at a random moment is
up to the machine.
"""

import io
import json
import logging
import multiprocessing
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, redirect_stdout
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from sqlalchemy import Engine, create_engine, event, text  # noqa: E402 - the path comes first
from sqlmodel import Session, col, select  # noqa: E402

from bench.workbooks import workbook  # noqa: E402
from komet_import import cli, services  # noqa: E402
from komet_import import settings as settings_module  # noqa: E402
from komet_import.access import password_hashes, users  # noqa: E402
from komet_import.ledger import audit_chain, database, engines  # noqa: E402
from komet_import.ledger.models import Batch, Customer, CustomerLocation, Location, now  # noqa: E402
from komet_import.ledger.reference import key_claim  # noqa: E402
from komet_import.refusal import Refusal  # noqa: E402
from komet_import.services.draft.desk import DESK  # noqa: E402
from komet_import.types import OPEN_CREDITS, Role  # noqa: E402
from komet_import.types.codes import code_key  # noqa: E402
from tests.postgresql import Cluster, Unavailable  # noqa: E402
from tests.postgresql import programs as binaries  # noqa: E402

ROWS = (5,)
"""Percent of the tries, where nothing else is said: a quick look."""
WHOLE = {
    "kill": 200, "two": 100, "collide": 100, "cut": 60, "approve": 40, "period": 40, "reverse": 60,
    "rows": 40, "disk": 40, "zones": 16, "backup": 10, "amounts": 4_000,
}  # fmt: skip
CUSTOMERS = ("FL219", "FL220", "00042")
PEOPLE = {"rita": Role.ACCOUNTS_RECEIVABLES, "carl": Role.CREDIT_MANAGER, "ada": Role.ADMIN}
SAID = {
    "posted", "reversed", "closed", "reopened", "killed", "already-imported", "already-reversed",
    "already-closed", "not-closed", "not-posted", "posting-unclear", "nothing-to-import",
}  # fmt: skip
"""What a person may read in these tries; anything else is a fault."""
ZONES = ("Pacific/Kiritimati", "America/Bogota", "Pacific/Pago_Pago", "Asia/Kathmandu")
"""Fourteen hours before UTC, five and eleven behind it, and one a quarter of an hour off."""
OWN_DISK = ("disk",)
"""Tries for which PostgreSQL needs a file system of its own, since it writes and not our server."""
SHORT_PATIENCE = 1
"""Seconds for which a writer waits while somebody else holds SQLite's lock."""
PROCESSES = multiprocessing.get_context("forkserver")
PROCESSES.set_forkserver_preload(["bench.faults"])


@dataclass(frozen=True, kw_only=True)
class Job:
    """What a server is to do, with which batch and rows of it, or with which month; before which of its
    statements what happens; in which time zone it stands; and how many bytes it may add to SQLite's files.
    """

    user: str
    batch_id: str = ""
    does: str = "post"
    rows: tuple[int, ...] | None = None
    month: date | None = None
    fault: str = ""
    statement: int = 0
    zone: str = ""
    room: int | None = None


@dataclass(kw_only=True)
class Company:
    """The database of some tries, and what has to stand in it: the good rows of each sheet in thousandths.
    `asked` counts the mails of each request for approval; `disk` is that of the database where it is small,
    `statements` and `seconds` are what each work takes, as the last one that was done whole has shown.
    """

    url: str
    seed: str
    disk: "SmallDisk | None" = None
    good: dict[str, dict[int, int]] = field(default_factory=dict)
    bad: dict[str, int] = field(default_factory=dict)
    may_share: set[str] = field(default_factory=set)
    asked: dict[str, int] = field(default_factory=dict)
    statements: dict[str, int] = field(
        default_factory=lambda: {"post": 48, "approve": 56, "reverse": 30, "close": 10, "reopen": 10}
    )
    seconds: dict[str, float] = field(default_factory=lambda: defaultdict(lambda: 0.3))
    answers: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.chance = random.Random(self.seed)
        self.numbered = 0
        with database.transaction() as session:
            place = Location(code="MIA", code_key="MIA", name="Miami")
            session.add(place)
            for code in CUSTOMERS:
                customer = Customer(code=code, code_key=code, name=f"Florist {code}", active=True)
                session.add(customer)
                session.flush()
                session.add(CustomerLocation(customer_id=customer.id or 0, location_id=place.id or 0))
            for name, role in PEOPLE.items():
                users.add(
                    session,
                    username=name,
                    name=name.title(),
                    email=f"{name}@komet.example",
                    roles=[role],
                    password_hash=password_hashes.NOBODYS_HASH,
                )

    def heard(self, does: str, said: str, statements: int, seconds: float) -> str:
        """Count what was said; what a process of its own did whole shows how long that takes."""
        if said.partition(" ")[0] in DONE and statements:
            self.statements[does], self.seconds[does] = statements, seconds
        self.answers[said.partition(" ")[0]] += 1
        return said

    def number(self) -> str:
        """A credit number that nobody has had."""
        self.numbered += 1
        return f"N{self.numbered:06}"

    def row(self, number: str) -> list[object]:
        """A good row."""
        amount = Decimal(self.chance.randrange(1, 900_000_000)) / 1000
        return [self.chance.choice(CUSTOMERS), number, DAY, amount, "MIA", "late truck"]

    def rows(self) -> list[list[object]]:
        """Five to twenty good rows, most of them with a number."""
        count = self.chance.randrange(5, 21)
        return [self.row(self.number() if self.chance.random() < 0.8 else "") for _ in range(count)]

    def opened(self, user: str, rows: Sequence[list[object]], *, bad: int = 1) -> str:
        """A draft of these rows, and of some that nobody can post."""
        spoiled = [["NOBODY", "", DAY, 5, "MIA", ""]] * bad
        batch_id = services.open_file(named(user), OPEN_CREDITS, "try.xlsx", workbook([*rows, *spoiled]))
        DESK.drop(batch_id)
        self.good[batch_id] = {
            place: int(Decimal(str(row[3])) * 1000) for place, row in enumerate(rows, start=2)
        }
        self.bad[batch_id] = bad
        return batch_id

    def sent(self, user: str, rows: Sequence[list[object]]) -> str:
        """A draft of these rows that waits for approval, which the settings ask for meanwhile."""
        batch_id = self.opened(user, rows)
        os.environ["KOMET_APPROVAL"] = "always"
        settings_module.settings.cache_clear()
        try:
            self.asked[batch_id] = len(services.send(named(user), batch_id).approvers)
        finally:
            del os.environ["KOMET_APPROVAL"]
            settings_module.settings.cache_clear()
        return batch_id


DAY = now().date() - timedelta(days=10)
LAST_MONTH = now().date().replace(day=1) - timedelta(days=1)
"""A day of it."""


def named(username: str) -> users.CurrentUser:
    """The user of that name, with the rights of now."""
    with database.reading() as session:
        known = users.find(session, username)
        found = users.current(session, known.id or 0) if known else None
    assert found is not None
    return found


# A server: a process that posts.


def serve(url: str, job: Job, patience: int, answer: Connection, gate: Any) -> None:
    """Post, and tell what the person reads."""
    use(url)
    if job.zone:
        os.environ["TZ"] = job.zone
        time.tzset()
    if job.room is not None:
        _fill_the_disk(url, job.room)
    engines.PATIENCE = patience
    logging.disable()  # that the database failed is what is tried
    user = named(job.user)
    if gate is not None:
        gate.wait(60)
    answer.send(None)
    answer.send(_did(user, job))


def _fill_the_disk(url: str, room: int) -> None:
    """No file of this process may become larger than what SQLite has written by now, and so many bytes."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)  # the write fails instead, as on a full disk
    file = Path(url.removeprefix("sqlite:///"))
    log = file.with_name(f"{file.name}-wal")
    size = max(file.stat().st_size if log.stat().st_size == 0 else 0, log.stat().st_size) + room
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.getrlimit(resource.RLIMIT_FSIZE)[1]))


def _post(user: users.CurrentUser, job: Job) -> str:
    posted = (services.approve if job.does == "approve" else services.post)(user, job.batch_id).posted
    return f"posted {posted.rows} {posted.amount}"


def _reverse(user: users.CurrentUser, job: Job) -> str:
    done = services.reverse(user, job.batch_id, reason="Wrong month", rows=job.rows).taken_back
    return f"reversed {done.rows} {done.amount}"


def _close_or_reopen(user: users.CurrentUser, job: Job) -> str:
    assert job.month is not None
    change = services.close_period if job.does == "close" else services.reopen_period
    change(user, job.month, note="The books are done")
    return "closed" if job.does == "close" else "reopened"


WORK: dict[str, Callable[[users.CurrentUser, Job], str]] = {
    "post": _post,
    "approve": _post,
    "reverse": _reverse,
    "close": _close_or_reopen,
    "reopen": _close_or_reopen,
}
DONE = {"posted", "reversed", "closed", "reopened"}


def _did(user: users.CurrentUser, job: Job) -> tuple[str, int, float]:
    """What the person reads, how many statements it took, and how many seconds."""
    _watch(database.engine())
    _watched.job, _watched.count = job, 0
    started = time.perf_counter()
    try:
        said = WORK[job.does](user, job)
    except Refusal as refused:
        said = refused.code
    except Exception as wrong:
        said = type(wrong).__name__
    return said, _watched.count, time.perf_counter() - started


_watched = threading.local()


@cache
def _watch(engine: Engine) -> None:
    """Count the statements and commits of each thread's job, and let its fault happen before one of them."""

    def at_statement(connection: Any, *_: Any) -> None:
        job: Job | None = getattr(_watched, "job", None)
        if job is None:
            return
        _watched.count += 1
        if _watched.count == job.statement:
            FAULTS[job.fault](connection)

    event.listen(engine, "before_cursor_execute", at_statement)
    event.listen(engine, "commit", at_statement)


def _die(_connection: Any) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _cut(connection: Any) -> None:
    """End this connection as an administrator or a network would."""
    pid = connection.connection.dbapi_connection.info.backend_pid
    with create_engine(connection.engine.url).connect() as other:
        other.execute(text("SELECT pg_terminate_backend(:pid, 5000)"), {"pid": pid})


def _nothing(_connection: Any) -> None:
    return


FAULTS: dict[str, Callable[[Any], None]] = {"kill": _die, "cut": _cut, "": _nothing}


def use(url: str) -> None:
    """The settings point to that database."""
    os.environ["KOMET_DATABASE_URL"] = url
    settings_module.settings.cache_clear()


class Server:
    """A process that does a job, from its start to its end."""

    def __init__(
        self, company: Company, job: Job, *, patience: int = engines.PATIENCE, gate: Any = None
    ) -> None:
        self.company, self.does = company, job.does
        self.hears, tells = PROCESSES.Pipe(duplex=False)
        self.process = PROCESSES.Process(target=serve, args=(company.url, job, patience, tells, gate))
        self.process.start()
        tells.close()

    def begun(self) -> None:
        """Wait until it posts."""
        self.hears.recv()

    def answer(self) -> str:
        """What the person reads; `killed` where the process died first."""
        try:
            said, statements, seconds = self.hears.recv() or self.hears.recv()
        except EOFError:
            said, statements, seconds = "killed", 0, 0.0
        self.process.join(60)
        self.hears.close()
        return self.company.heard(self.does, said, statements, seconds)


def here(company: Company, *jobs: Job) -> list[str]:
    """What people read of this process, which is a server as well, when they click at the same moment."""
    together = threading.Barrier(len(jobs))
    _watch(database.engine())

    def run(job: Job) -> tuple[str, int, float]:
        user = named(job.user)
        together.wait(60)
        return _did(user, job)

    with ThreadPoolExecutor(len(jobs)) as pool:
        answers = zip(jobs, pool.map(run, jobs), strict=True)
        return [company.heard(job.does, said, 0, 0.0) for job, (said, _, _) in answers]


# The tries. Each returns what is wrong, in sentences; none where it held.


def kill(company: Company, number: int) -> list[str]:
    """A server dies; another one, or the same after its start, is asked again."""
    batch_id = company.opened("rita", company.rows())
    killed(company, Job(user="rita", batch_id=batch_id), number)
    wrong = torn(company)
    stood = status(batch_id) == "posted"
    (again,) = here(company, Job(user="carl", batch_id=batch_id))
    if again.partition(" ")[0] != ("already-imported" if stood else "posted"):
        wrong.append(f"after the kill the answer was {again}; posted: {stood}")
    return wrong + torn(company, posted=batch_id)


def killed(company: Company, job: Job, number: int) -> None:
    """A server dies while it does that: before a random statement, every second time at a random moment."""
    at = company.chance.randrange(1, company.statements[job.does] + 1) if number % 2 else 0
    server = Server(company, replace(job, fault="kill" if at else "", statement=at))
    if not at:
        server.begun()
        time.sleep(company.chance.random() * company.seconds[job.does] * 1.1)
        server.process.kill()
    server.answer()
    settled(company)


def approve(company: Company, number: int) -> list[str]:
    """A server dies while what waits is approved, which posts it; then another person approves it."""
    batch_id = company.sent("rita", company.rows())
    job = Job(user="carl", batch_id=batch_id, does="approve")
    killed(company, job, number)
    wrong, stood = torn(company), status(batch_id)
    (again,) = here(company, replace(job, user="ada"))
    if (stood, again.partition(" ")[0]) not in (("posted", "already-imported"), ("waiting", "posted")):
        wrong.append(f"after the kill it was {stood}, and the answer {again}")
    by = {username: named(username).id for username in PEOPLE}
    with database.reading() as session:
        batch = session.get_one(Batch, batch_id)
        if (batch.prepared_by, batch.posted_by) != (by["rita"], by["carl" if stood == "posted" else "ada"]):
            wrong.append(f"it says prepared by {batch.prepared_by}, posted by {batch.posted_by} of {by}")
    return wrong + torn(company, posted=batch_id)


def period(company: Company, number: int) -> list[str]:
    """A server dies while a month is closed, and one while it is opened again; that is tried again each time,
    and a draft of that month is refused or posted by what holds.
    """
    rows = company.rows()
    for row in rows:
        row[2] = LAST_MONTH
    batch_id, wrong = company.opened("rita", rows), []
    for does, done, before, then in (
        ("close", "closed", "already-closed", "nothing-to-import"),
        ("reopen", "reopened", "not-closed", "posted"),
    ):
        job = Job(user="ada", does=does, month=LAST_MONTH)
        killed(company, job, number)
        wrong += torn(company)
        stood = bool(services.periods(named("ada")).closed) == (does == "close")
        (again,) = here(company, job)
        if again != (before if stood else done):
            wrong.append(f"after the kill the answer to {does} was {again}; it stood: {stood}")
        (posted,) = here(company, Job(user="rita", batch_id=batch_id))
        if posted.partition(" ")[0] != then:
            wrong.append(f"once it was {done}, posting a row of that month was answered {posted}")
    return wrong + torn(company, posted=batch_id)


def two(company: Company, number: int) -> list[str]:
    """Two people click at one draft, in two tabs of one server or on two servers."""
    batch_id = company.opened("rita", company.rows())
    jobs = [Job(user=user, batch_id=batch_id) for user in ("rita", "carl")]
    told = sorted(answer.partition(" ")[0] for answer in side_by_side(company, jobs, number))
    wrong = [] if told == ["already-imported", "posted"] else [f"the two were told {told}"]
    return wrong + torn(company, posted=batch_id)


def collide(company: Company, number: int) -> list[str]:
    """The same credits in two files: the whole sheet, or beside others."""
    rows, whole = company.rows(), number % 5 > 2
    rows = [row if row[1] else company.row(company.number()) for row in rows]
    own = [] if whole else [company.row(company.number()), company.row(company.number())]
    first = company.opened("rita", [*rows, *own[:1]])
    second = company.opened("carl", [*own[1:], *reversed(rows)], bad=2)
    company.may_share |= {first, second}
    jobs = [Job(user="rita", batch_id=first), Job(user="carl", batch_id=second)]
    told = side_by_side(company, jobs, number)
    posted = [int(answer.split()[1]) for answer in told if answer.startswith("posted")]
    expected = [len(rows)] if whole else [1, len(rows) + 1]
    wrong = [] if sorted(posted) == expected else [f"posted were {posted} instead of {expected}: {told}"]
    return wrong + torn(company)


def side_by_side(company: Company, jobs: Sequence[Job], number: int) -> list[str]:
    """Do these jobs at the same moment: on one server, every second time on two."""
    if number % 2:
        return here(company, *jobs)
    gate = PROCESSES.Barrier(len(jobs))
    servers = [Server(company, job, gate=gate) for job in jobs]
    return [server.answer() for server in servers]


def cut(company: Company, number: int) -> list[str]:
    """The database fails in the middle: what the person reads is true, and a second click ends well."""
    batch_id = company.opened("rita", company.rows())
    if company.url.startswith("postgresql"):
        at = company.chance.randrange(1, company.statements["post"] + 1)
        said = Server(company, Job(user="rita", batch_id=batch_id, fault="cut", statement=at)).answer()
    else:
        said = _held_up(company, batch_id, whole=number % 2 == 0)
    settled(company)
    stands = status(batch_id) == "posted"
    if not company.url.startswith("postgresql") and number % 2 == 0 and said != "not-posted":
        return [f"somebody else held the lock, and the person was told {said}"]
    true = {"posted": stands, "not-posted": not stands}.get(said.partition(" ")[0], False)
    wrong = torn(company) + ([] if true else [f"the person was told {said}; posted: {stands}"])
    if not stands:
        here(company, Job(user="rita", batch_id=batch_id))
    return wrong + torn(company, posted=batch_id)


def _held_up(company: Company, batch_id: str, *, whole: bool) -> str:
    """What a person reads while somebody else writes into the SQLite file: from before the click until it is
    answered, or from a random moment on, for a while that may be longer than the patience.
    """
    server = Server(company, Job(user="rita", batch_id=batch_id), patience=SHORT_PATIENCE)
    if not whole:
        server.begun()
        time.sleep(company.chance.random() * company.seconds["post"] / 2)
    with database.transaction() as session:
        session.execute(text("SELECT 1"))  # the lock is taken with the first statement
        if whole:
            return server.answer()
        time.sleep(company.chance.random() * 2 * SHORT_PATIENCE)
    return server.answer()


def reverse(company: Company, number: int) -> list[str]:
    """A server dies while it reverses an import; the same is asked of another one."""
    batch_id = company.opened("rita", company.rows())
    here(company, Job(user="rita", batch_id=batch_id))
    job = Job(user="carl", batch_id=batch_id, does="reverse")
    killed(company, job, number)
    wrong, stood = torn(company), status(batch_id) == "reversed"
    (again,) = here(company, job)
    if again.partition(" ")[0] != ("already-reversed" if stood else "reversed"):
        wrong.append(f"after the kill the answer was {again}; reversed: {stood}")
    if status(batch_id) != "reversed":
        wrong.append("it is not reversed")
    return wrong + torn(company)


def rows(company: Company, number: int) -> list[str]:
    """A server dies while it reverses some rows of an import; that is tried again, these rows are imported
    again, and the others are reversed.
    """
    sheet = [company.row(company.number()) for _ in company.rows()]
    batch_id = company.opened("rita", sheet)
    here(company, Job(user="rita", batch_id=batch_id))
    chosen = company.chance.sample(range(len(sheet)), company.chance.randrange(1, len(sheet)))
    job = Job(user="carl", batch_id=batch_id, does="reverse", rows=tuple(sorted(at + 2 for at in chosen)))
    killed(company, job, number)
    wrong, stood = torn(company), _reversed(batch_id)
    (again,) = here(company, job)
    answers = {job.rows: "already-reversed", (): "reversed"}
    if again.partition(" ")[0] != answers.get(stood):
        wrong.append(f"after the kill {stood} of {job.rows} were reversed, and the answer was {again}")
    if _reversed(batch_id) != job.rows:
        wrong.append(f"{_reversed(batch_id)} are reversed instead of {job.rows}")
    once_more = company.opened("rita", [sheet[at] for at in chosen])
    here(company, Job(user="rita", batch_id=once_more))
    wrong += torn(company, posted=once_more)
    here(company, replace(job, rows=None))
    if status(batch_id) != "reversed":
        wrong.append("the rest is not reversed")
    return wrong + torn(company)


def _reversed(batch_id: str) -> tuple[int, ...]:
    """The rows of a batch that are reversed."""
    query = text('SELECT "row" FROM adjustment WHERE batch_id = :id AND reverses_id IS NOT NULL ORDER BY 1')
    with database.reading() as session:
        return tuple(session.execute(query, {"id": batch_id}).scalars())


def disk(company: Company, number: int) -> list[str]:
    """There is no more room before everything is written: nothing is posted, and the next click ends well.

    On PostgreSQL the log may be what has no more room: the server goes down, and it is not known what became
    of the posting before it is started again.
    """
    small, true = company.disk, {"posted": {True}, "not-posted": {False}, "OperationalError": {False}}
    if small is None:
        batch_id, room = company.opened("rita", company.rows()), company.chance.randrange(0, 100_000)
        said = Server(company, Job(user="rita", batch_id=batch_id, room=room)).answer()
    else:
        many, room = company.chance.randrange(5, 400), company.chance.randrange(0, 300_000)
        batch_id = company.opened("rita", [company.row(company.number()) for _ in range(many)])
        with small.filled(room):
            said = Server(company, Job(user="rita", batch_id=batch_id)).answer()
        small.cluster.restart()
        true["posting-unclear"] = {True, False}
    stands = status(batch_id) == "posted"
    wrong = torn(company)
    if stands not in true.get(said.partition(" ")[0], ()):
        wrong.append(f"with {room:,} bytes left the person was told {said}; posted: {stands}")
    company.answers["not-posted"] += company.answers.pop("OperationalError", 0)
    (again,) = here(company, Job(user="carl", batch_id=batch_id))
    if again.partition(" ")[0] != ("already-imported" if stands else "posted"):
        wrong.append(f"with room again the answer was {again}; posted before: {stands}")
    return wrong + torn(company, posted=batch_id)


class SmallDisk:
    """A file system of its own, in memory, with a PostgreSQL server on it; it can be filled up to the last
    bytes. Raises Unavailable where this account may mount none.
    """

    SIZE = "160m"
    LOG = ("min_wal_size=2MB", "max_wal_size=4MB")
    """As small as it gets, so that it needs room as often as the tables do."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="komet-disk-"))
        with ExitStack() as stack:
            stack.callback(self.folder.rmdir)
            _mount("mount", "-t", "tmpfs", "-o", f"size={self.SIZE},mode=755", "tmpfs", str(self.folder))
            stack.callback(_mount, "umount", str(self.folder))
            self.cluster = Cluster(durable=True, within=self.folder, segment=1, options=self.LOG)
            stack.callback(self.cluster.close)
            self.close = stack.pop_all().close

    @contextmanager
    def filled(self, room: int) -> Iterator[None]:
        """So many bytes are left."""
        ballast = self.folder / "ballast"
        with ballast.open("wb") as file:
            os.posix_fallocate(file.fileno(), 0, shutil.disk_usage(self.folder).free - room)
        try:
            yield
        finally:
            ballast.unlink()


def _mount(*command: str) -> None:
    made = subprocess.run(command, capture_output=True, text=True, check=False)
    if made.returncode:
        raise Unavailable(f"PostgreSQL's disk is not filled, for that needs one of its own: {made.stderr}")


def zones(company: Company, number: int) -> list[str]:
    """The days that a sheet says are those of the ledger, wherever the server's clock stands."""
    zone = ZONES[number % len(ZONES)]
    days = [DAY - timedelta(days=back) for back in range(0, 400, 37)]
    rows = [company.row(company.number()) for _ in days]
    for row, day in zip(rows, days, strict=True):
        row[2] = day if company.chance.random() < 0.5 else str(day)
    batch_id = company.opened("rita", rows)
    Server(company, Job(user="rita", batch_id=batch_id, zone=zone)).answer()
    wrong = torn(company, posted=batch_id)
    with database.reading() as session:
        query = text('SELECT credit_date FROM adjustment WHERE batch_id = :id ORDER BY "row"')
        kept = [str(day) for (day,) in session.execute(query, {"id": batch_id})]
    return wrong if kept == [str(day) for day in days] else [*wrong, f"in {zone} the days are {kept}"]


def backup(company: Company, number: int) -> list[str]:
    """A backup that is taken while two servers post is whole; one at rest has the ledger's totals."""
    jobs = [Job(user=user, batch_id=company.opened(user, company.rows())) for user in ("rita", "carl")]
    servers = [Server(company, job) for job in jobs]
    for server in servers:
        server.begun()
    time.sleep(company.chance.random() * company.seconds["post"])
    with restored(company, f"busy-{number}") as copy:
        for server in servers:
            server.answer()
        wrong = [f"in the backup under load: {sentence}" for sentence in _looked_at(company, copy)[0]]
    live = _looked_at(company, company.url)
    with restored(company, f"still-{number}") as copy:
        still = _looked_at(company, copy)
    if still != live:
        wrong.append(f"the backup at rest says {still}, the ledger {live}")
    return wrong + live[0]


def _looked_at(company: Company, url: str) -> tuple[list[str], list[tuple[Any, ...]], bool]:
    """What is torn in a database, its totals by batch, and whether its audit trail is whole."""
    use(url)
    try:
        with database.reading() as session:
            both = f"{PARTS['adjustments']} UNION ALL {PARTS['opposites']} ORDER BY 1, 2, 3"
            totals = session.execute(text(both))
            totals = [(batch_id, int(rows), int(money)) for batch_id, rows, money in totals]
        with redirect_stdout(io.StringIO()):
            whole = cli.main(["audit", "verify"]) == 0
        return torn(company), totals, whole
    finally:
        use(company.url)


@contextmanager
def restored(company: Company, name: str) -> Iterator[str]:
    """A backup of the database as it is at this moment, restored beside it as the README says."""
    if company.url.startswith("sqlite"):
        file = Path(company.url.removeprefix("sqlite:///")).with_name(f"{name}.sqlite3")
        with redirect_stdout(io.StringIO()):
            assert cli.main(["db", "backup", str(file)]) == 0
        yield f"sqlite:///{file}"
        engines.engine_for(f"sqlite:///{file}").dispose()
        return
    url = company.url.replace("+psycopg", "")
    base, _, original = url.rpartition("/")
    copy = f"{original.partition('?')[0]}_{name.replace('-', '_')}"
    programs = binaries()
    with tempfile.TemporaryDirectory() as folder:
        dump = f"{folder}/komet.dump"
        for command in (
            [programs / "pg_dump", "--format=custom", f"--file={dump}", url],
            [programs / "createdb", f"--maintenance-db={url}", copy],
            [programs / "pg_restore", "--exit-on-error", "--no-owner", f"--dbname={base}/{copy}", dump],
        ):
            subprocess.run([str(word) for word in command], check=True, capture_output=True)
    yield company.url.replace(f"/{original}", f"/{copy}")
    engines.engine_for(company.url.replace(f"/{original}", f"/{copy}")).dispose()
    subprocess.run([str(programs / "dropdb"), f"--maintenance-db={url}", copy], check=True)


SHAPES: tuple[Callable[[Decimal], object], ...] = (
    lambda amount: amount,
    float,
    str,
    lambda amount: f"{amount:,.3f}",
    lambda amount: f"${amount:,.3f}",
    lambda amount: f" {amount} ",
)


def amounts(company: Company, number: int) -> list[str]:
    """A sheet of up to a hundred amounts; every fourth one comes by the terminal."""
    count = min(100, WHOLE["amounts"])
    exact = [
        Decimal(company.chance.randrange(1, 10 ** company.chance.randrange(1, 10))) / 1000
        for _ in range(count)
    ]
    rows = [company.row(company.number()) for _ in exact]
    for row, amount in zip(rows, exact, strict=True):
        row[3] = amount
    good = {place: int(amount * 1000) for place, amount in enumerate(exact, start=2)}
    for row, amount in zip(rows, exact, strict=True):
        # A grouped amount below 1,000 has one point only, and so is asked about where it has three decimals.
        shapes = SHAPES if amount >= 1000 else SHAPES[:2]
        row[3] = company.chance.choice(shapes)(amount)
    content = workbook(rows)
    if number % 4:
        batch_id = services.open_file(named("rita"), OPEN_CREDITS, "amounts.xlsx", content)
        services.post(named("rita"), batch_id)
    else:
        batch_id = by_terminal(content)
    company.good[batch_id], company.bad[batch_id] = good, 0
    wrong = torn(company, posted=batch_id)
    kept, total = Decimal(0), sum(exact, Decimal(0))
    with database.reading() as session:
        for (thousandths,) in session.execute(
            text("SELECT amount FROM adjustment WHERE batch_id = :id"), {"id": batch_id}
        ):
            kept += Decimal(thousandths) / 1000
    return wrong if kept == total else [*wrong, f"the ledger has {kept} instead of {total}"]


def by_terminal(content: bytes) -> str:
    """Import a file at the terminal; returns the batch's id."""
    said = io.StringIO()
    with tempfile.TemporaryDirectory() as folder, redirect_stdout(said):
        file = Path(folder) / "amounts.xlsx"
        file.write_bytes(content)
        cli.main(["import", str(file), "--user", "rita", "--json"])
    return str(json.loads(said.getvalue())["batch"])


# What has to stand.


def status(batch_id: str) -> str:
    """The status of a batch."""
    with database.reading() as session:
        return str(session.execute(select(col(Batch.status)).where(col(Batch.id) == batch_id)).scalar_one())


def settled(company: Company) -> None:
    """Wait until the database has noticed what became of the one that died."""
    if not company.url.startswith("postgresql"):
        return
    query = (
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
        " AND pid <> pg_backend_pid() AND state <> 'idle'"
    )
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        with database.reading() as session:
            if not session.execute(text(query)).scalar():
                return
        time.sleep(0.01)
    raise SystemExit("a connection of a server that died is still at work")


POSTED = "action IN ('post', 'approve')"
PARTS = {
    "adjustments": "SELECT batch_id, count(*), sum(amount) FROM adjustment WHERE reverses_id IS NULL "
    "GROUP BY batch_id",
    "opposites": "SELECT batch_id, count(*), sum(amount) FROM adjustment WHERE reverses_id IS NOT NULL "
    "GROUP BY batch_id",
    "unposted": "SELECT batch_id, count(*), 0 FROM unposted_row GROUP BY batch_id",
    "claims": "SELECT batch_id, count(*), 0 FROM claim GROUP BY batch_id",
    "audit": f"SELECT subject, count(*), 0 FROM audit_entry WHERE {POSTED} GROUP BY subject",
    "mails": "SELECT batch_id, count(*), 0 FROM message WHERE batch_id IS NOT NULL GROUP BY batch_id",
}
NO_OPPOSITES = (
    "SELECT own.id FROM adjustment opposite JOIN adjustment own ON own.id = opposite.reverses_id "
    "WHERE (own.batch_id, own.row, own.customer_id, own.amount) "
    "<> (opposite.batch_id, opposite.row, opposite.customer_id, -opposite.amount)"
)
PERIODS = "SELECT count(*) FROM audit_entry WHERE action = 'period-{}'"


def torn(company: Company, *, posted: str = "") -> list[str]:
    """What of the whole database does not agree with itself, or with what the sheets said."""
    with database.reading() as session:
        return list(_torn(session, company, posted))


def _torn(session: Session, company: Company, posted: str) -> Iterator[str]:
    found = {
        part: {
            batch_id: (int(rows), int(money or 0)) for batch_id, rows, money in session.execute(text(query))
        }
        for part, query in PARTS.items()
    }
    entries: dict[str, Any] = dict(
        _pairs(session, f"SELECT subject, details FROM audit_entry WHERE {POSTED}")
    )
    mails: dict[str, list[str]] = defaultdict(list)
    for batch_id, mail in _pairs(session, "SELECT batch_id, text FROM message"):
        mails[batch_id].append(mail)
    taken: dict[str, list[Any]] = defaultdict(list)
    for batch_id, told in _pairs(
        session, "SELECT subject, details FROM audit_entry WHERE action = 'reverse'"
    ):
        taken[batch_id].append(_read(told))
    numbered = _numbers(session, company)
    yield from (f"a credit stands twice: {key}" for key, count in Counter(numbered[""]).items() if count > 1)
    yield from (
        f"{one} has an opposite that is none" for one in session.execute(text(NO_OPPOSITES)).scalars()
    )
    yield from _torn_months(session, len(mails.pop(None, [])))  # type: ignore[call-overload]
    if fault := audit_chain.verify(session).fault:
        yield f"the audit trail is broken: {fault.message}"
    for batch in session.execute(select(Batch)).scalars():
        here = {part: counts.get(batch.id, (0, 0)) for part, counts in found.items()}
        about, asked = f"{batch.id[:6]} ({batch.status})", company.asked.get(batch.id, 0)
        if batch.status not in ("posted", "reversed"):
            if here.pop("mails")[0] != asked:
                yield f"{about} has other mails than {asked} that ask for approval"
            yield from (f"{about} has {part}" for part, (rows, _) in here.items() if rows)
            if batch.id == posted:
                yield f"{about} is not posted"
            continue
        good, bad = company.good[batch.id], company.bad[batch.id]
        rows, money = here["adjustments"]
        if batch.id not in company.may_share and (rows, money) != (len(good), sum(good.values())):
            yield f"{about}: {rows} credits of {money} instead of {len(good)} of {sum(good.values())}"
        if batch.id == posted and _amounts(session, batch.id) != good:
            yield f"{about}: other amounts than the sheet's"
        if (batch.rows_posted, batch.amount_posted or 0) != (rows, money):
            yield f"{about} says {batch.rows_posted}, {batch.amount_posted}; the ledger {rows}, {money}"
        if not batch.rows_read == len(good) + bad == rows + here["unposted"][0]:
            yield f"{about}: of {len(good) + bad} rows {rows} are posted and {here['unposted'][0]} kept"
        if batch.rows_rejected != here["unposted"][0]:
            yield f"{about} says {batch.rows_rejected} rejected, {here['unposted'][0]} are kept"
        back = (here["opposites"][0], -here["opposites"][1])
        said = sum(one["rows"] for one in taken[batch.id]), sum(one["amount"] for one in taken[batch.id])
        if not back == said == (batch.rows_reversed, batch.amount_reversed or 0):
            yield f"{about}: of {back} opposites it says {batch.rows_reversed}, the audit trail {said}"
        if (batch.status == "reversed") != (rows > 0 and back[0] == rows):
            yield f"{about} has {back[0]} opposites for {rows} credits"
        if here["claims"][0] != (2 if rows > back[0] else 0) + len(numbered[batch.id]):
            yield f"{about} has {here['claims'][0]} claims for {len(numbered[batch.id])} numbers"
        results = 2 if asked else 1  # to who posted it, and to who had asked
        if (here["audit"][0], here["mails"][0]) != (1, asked + results + 2 * len(taken[batch.id])):
            yield f"{about} has {here['audit'][0]} audit entries and {here['mails'][0]} mails"
            continue
        entry = _read(entries[batch.id])
        if (entry["rows"], entry["amount"]) != (rows, money):
            yield f"{about}: the audit entry says {entry}"
        amount = Decimal(money) / 1000
        if sum(f"{amount:,.2f}" in mail or f"{amount:,.3f}" in mail for mail in mails[batch.id]) < results:
            yield f"{about}: the mail does not say {money}"


def _torn_months(session: Session, mails: int) -> Iterator[str]:
    """Each closed month has one entry more than it was opened again, and each entry told the one Admin."""
    closed, reopened = (
        session.execute(text(PERIODS.format(what))).scalar_one() for what in ("closed", "reopened")
    )
    shut = session.execute(text("SELECT count(*) FROM closed_month")).scalar_one()
    if (shut, mails) != (closed - reopened, closed + reopened):
        yield f"{shut} months are closed; {closed} closed and {reopened} reopened are told, {mails} by mail"


def _read(details: Any) -> Any:
    """JSON, which SQLite gives as its text."""
    return json.loads(details) if isinstance(details, str) else details


def _pairs(session: Session, query: str) -> list[tuple[Any, Any]]:
    return [(one, other) for one, other in session.execute(text(query))]


def _numbers(session: Session, company: Company) -> dict[str, list[str]]:
    """The claims that the numbers in the ledger should have: all of them, and by batch."""
    found: dict[str, list[str]] = {"": [], **{batch_id: [] for batch_id in company.good}}
    query = text(
        "SELECT batch_id, customer_id, number FROM adjustment WHERE number <> '' AND reverses_id IS NULL "
        "AND NOT EXISTS (SELECT 1 FROM adjustment opposite WHERE opposite.reverses_id = adjustment.id)"
    )
    for batch_id, customer_id, number in session.execute(query):
        for of in ("", batch_id):
            found[of].append(key_claim(OPEN_CREDITS, (customer_id, code_key(number))))
    return found


def _amounts(session: Session, batch_id: str) -> dict[int, int]:
    query = text('SELECT "row", amount FROM adjustment WHERE batch_id = :id AND reverses_id IS NULL')
    return {int(row): int(amount) for row, amount in session.execute(query, {"id": batch_id})}


TRIES: dict[str, Callable[[Company, int], list[str]]] = {
    "kill": kill,
    "two": two,
    "collide": collide,
    "cut": cut,
    "approve": approve,
    "period": period,
    "reverse": reverse,
    "rows": rows,
    "disk": disk,
    "zones": zones,
    "backup": backup,
    "amounts": amounts,
}


def tried(
    url: str, *, percent: int, kinds: Sequence[str] = tuple(WHOLE), disk: SmallDisk | None = None
) -> bool:
    """Make the tries at a migrated database that is empty; whether all of them held."""
    company = Company(url=url, seed=f"{url.partition(':')[0]} 9", disk=disk)
    whole = True
    for kind in kinds:
        of_one = 100 if kind == "amounts" else 1
        tries = max(1, WHOLE[kind] * percent // 100 // of_one)
        company.answers.clear()
        started, held = time.monotonic(), 0
        for number in range(tries):
            wrong = TRIES[kind](company, number)
            held += not wrong
            for sentence in wrong:
                print(f"  {kind} {number}: {sentence}", flush=True)
        told = ", ".join(f"{said} {count}" for said, count in sorted(company.answers.items()))
        print(
            f"{url.partition(':')[0]:<20}{kind:<9}{held * of_one:>6,} of {tries * of_one:>6,} held"
            f"{time.monotonic() - started:>8.1f} s   {told}",
            flush=True,
        )
        whole = whole and held == tries and not company.answers.keys() - SAID
    return whole


@dataclass(frozen=True, kw_only=True)
class Place:
    """An empty database, and the tries that are made at it."""

    url: str
    kinds: tuple[str, ...]
    disk: SmallDisk | None = None


@contextmanager
def places(kinds: Sequence[str]) -> Iterator[list[Place]]:
    """Databases of both kinds for these tries, whose disks are waited for as in earnest."""
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        os.environ["KOMET_DATA_DIR"] = folder
        found = [Place(url=f"sqlite:///{folder}/komet.sqlite3", kinds=tuple(kinds))]
        try:
            if others := tuple(kind for kind in kinds if kind not in OWN_DISK):
                cluster = Cluster(durable=True)
                stack.callback(cluster.close)
                found.append(Place(url=cluster.url(cluster.create()), kinds=others))
            if full := tuple(kind for kind in kinds if kind in OWN_DISK):
                small = SmallDisk()
                stack.callback(small.close)
                found.append(Place(url=small.cluster.url(small.cluster.create()), kinds=full, disk=small))
        except Unavailable as missing:
            print(missing)
        yield found
        for place in found:
            engines.engine_for(place.url).dispose()


def main(percents: list[int], kinds: Sequence[str] = tuple(WHOLE)) -> None:
    """Make the tries on both databases."""
    with places(kinds) as found:
        held = []
        for place in found:
            use(place.url)
            database.upgrade()
            held.append(tried(place.url, percent=percents[0], kinds=place.kinds, disk=place.disk))
    if not all(held):
        raise SystemExit("NOT ALL HELD")
