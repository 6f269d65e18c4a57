"""What every test stands on: settings of its own, a fresh migrated database, a real mail server.

A test that asks for `database_url` runs on SQLite and, where it has a twin (`twins`), on PostgreSQL as
well; one that asks for `sqlite_database` runs once, where the database does not matter. The settings point
there already.
"""

import itertools
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import hypothesis
import pytest

from komet_import import memory, types
from komet_import import settings as settings_module
from komet_import.access import password_hashes
from komet_import.ledger import audit, database, engines
from komet_import.sheets.files import child, reader
from komet_import.types import CUSTOMERS, OPEN_CREDITS
from komet_import.types.open_invoices import OPEN_INVOICES
from tests import bystanders, databases, twins
from tests.databases import Copyable, PostgresqlDatabase, SqliteFile
from tests.mail_server import Certificate, MailServer, Security, StartSmtp
from tests.postgresql import TEMPLATE, Cluster, Unavailable
from tests.properties import tries
from tests.services import workspace

_numbers = itertools.count(1)
FILES = Path(__file__).parent / "sheets" / "files"
REAL_COST, REAL_NOBODY = password_hashes.BCRYPT_COST, password_hashes.NOBODYS_HASH
"""What the product has: see `real_hashes`."""


def pytest_configure(config: pytest.Config) -> None:
    """What every test is run with."""
    # A busy machine is slow now and then: that must not fail a test of properties.
    hypothesis.settings.register_profile("komet", deadline=None, max_examples=tries(50))
    hypothesis.settings.load_profile("komet")
    # aiosmtpd warns of passwords on an open line; on loopback that is what some tests want.
    config.addinivalue_line("filterwarnings", "ignore:Requiring AUTH while not requiring TLS:UserWarning")


def pytest_addoption(parser: pytest.Parser) -> None:
    """What the run of all tests proves besides."""
    parser.addoption(
        "--both-databases",
        action="store_true",
        help="fail where a place that asks the database was tried on SQLite only",
    )


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Each process of a run has the same tests in the same order; of a set no two do."""
    if "database_url" in metafunc.fixturenames:
        metafunc.parametrize("database_url", twins.kinds(metafunc.definition), indirect=True)
    for mark in metafunc.definition.iter_markers("parametrize"):
        if isinstance(mark.args[1], (set, frozenset)):
            pytest.fail(f"{metafunc.definition.nodeid}: a set has no order; name its values in a list")


def pytest_collection_finish() -> None:
    """The collector looks no more often through what all tests have loaded than a server does."""
    memory.settle()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests are marked by their folder and come last: the fast ones shall speak first."""
    for item in items:
        if "browser" in item.path.relative_to(Path(__file__).parent).parts[:-1]:
            item.add_marker("browser")
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: object) -> None:
    """A process of a run at its end tells what its tests have asked."""
    for kind, places in getattr(node, "workeroutput", {}).get("asked", {}).items():
        twins.asked[kind].update(places)


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Tell what was asked, or judge it where this is the process that hears it from all."""
    told = getattr(session.config, "workeroutput", None)
    if told is not None:
        told["asked"] = {kind: sorted(places) for kind, places in twins.asked.items()}
    elif session.config.getoption("--both-databases") and twins.only_sqlite():
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Name what only one of the databases was asked."""
    if config.getoption("--both-databases") and (places := twins.only_sqlite()):
        terminalreporter.section("asked on SQLite only: mark a test that comes by there as `twin`", red=True)
        terminalreporter.write("\n".join([*places, ""]))


@pytest.fixture(autouse=True)
def _own_settings(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[None]:
    """No test sees the settings of the machine or of another test, nor writes into the real data folder."""
    for name in [name for name in os.environ if name.startswith("KOMET_")]:
        monkeypatch.delenv(name)
    folder = tmp_path_factory.getbasetemp() / f"data-{next(_numbers)}"
    monkeypatch.setattr(settings_module, "SECRETS", folder / "secrets.toml")
    monkeypatch.setenv("KOMET_DATA_DIR", str(folder))
    settings_module.settings.cache_clear()
    audit.came_from("")  # what the test before did at the terminal
    yield
    settings_module.settings.cache_clear()
    engines.engine_for.cache_clear()


@pytest.fixture(autouse=True)
def _own_main() -> Iterator[None]:
    """Streamlit puts a script that it runs in the place of the program, from which children are started."""
    ours = sys.modules["__main__"]
    yield
    sys.modules["__main__"] = ours


@pytest.fixture(autouse=True)
def _quick_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hashes that are quickly made and checked, nobody's too; `real_hashes` is for tests of how long."""
    quick = REAL_NOBODY.replace(f"${REAL_COST}$", "$04$")
    monkeypatch.setattr(password_hashes, "BCRYPT_COST", 4)
    monkeypatch.setattr(password_hashes, "NOBODYS_HASH", quick)


@pytest.fixture
def real_hashes(monkeypatch: pytest.MonkeyPatch, _quick_hashes: None) -> None:
    """Hashes that take as long as in production, for tests of that."""
    monkeypatch.setattr(password_hashes, "BCRYPT_COST", REAL_COST)
    monkeypatch.setattr(password_hashes, "NOBODYS_HASH", REAL_NOBODY)


@pytest.fixture(autouse=True)
def _read_here(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Workbooks are read in this process: to fork a child takes ten times as long as to read a small sheet.
    What is about children (`sheets/files`), a server or the program at the terminal has them."""
    if FILES not in request.path.parents:
        monkeypatch.setattr(reader, "_in_a_child", child.answer)


@pytest.fixture
def three_types() -> Iterator[None]:
    """Credits, invoices and customers, and no other type: for sentences and sums of whatever is declared."""
    declared = dict(types.ALL)
    types.ALL.clear()
    types.ALL.update({type.slug: type for type in (OPEN_CREDITS, OPEN_INVOICES, CUSTOMERS)})
    yield
    types.ALL.clear()
    types.ALL.update(declared)


def _use(monkeypatch: pytest.MonkeyPatch, values: dict[str, str]) -> None:
    for name, value in values.items():
        monkeypatch.setenv(name, value)
    settings_module.settings.cache_clear()


def _migrate(url: str) -> None:
    """Migrate a database that tests are copied from, and let go of it: a copy needs it unused."""
    with pytest.MonkeyPatch.context() as patch:
        _use(patch, {"KOMET_DATABASE_URL": url})
        database.upgrade()
        databases.share_compiled(database.engine())
        database.engine().dispose()
        engines.engine_for.cache_clear()
    settings_module.settings.cache_clear()


@pytest.fixture(scope="session")
def _sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = (databases.STORE or tmp_path_factory.mktemp("template")) / "komet.sqlite3"
    if databases.STORE is not None and not databases.KEEPING:
        return file
    _migrate(f"sqlite:///{file}")
    return file


@contextmanager
def _in_use(ours: Copyable, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The settings point to this database; afterwards nothing may have happened to the bystanders in it."""
    databases.CURRENT[ours.url] = ours
    _use(monkeypatch, {"KOMET_DATABASE_URL": ours.url})
    databases.share_compiled(database.engine())
    databases.wait_for_no_disk(database.engine())
    yield ours.url
    del databases.CURRENT[ours.url]
    theirs = workspace.BYSTANDERS.pop(ours.url, None)
    try:
        done = bystanders.changes(ours.url, theirs) if theirs else []
    finally:
        ours.ends(engines.engine_for(ours.url))
    assert not done, "the test did something to bystanders:\n" + "\n".join(done)


@pytest.fixture(scope="session")
def _filled_templates(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return databases.STORE if databases.STORE and databases.KEEPING else tmp_path_factory.mktemp("filled")


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Cluster]:
    """The private cluster with the migrated template; started by the first test that needs it."""
    try:
        cluster = Cluster()
    except Unavailable as missing:
        pytest.fail(str(missing), pytrace=False)
    try:
        template = cluster.create()
        _migrate(cluster.url(template))
        cluster.execute(f"ALTER DATABASE {template} RENAME TO {TEMPLATE}")
        yield cluster
    finally:
        cluster.close()


@pytest.fixture
def sqlite_database(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, _sqlite_template: Path, _filled_templates: Path
) -> Iterator[str]:
    """The URL of a fresh migrated SQLite database, to which the settings point."""
    file = tmp_path / "komet.sqlite3"
    shutil.copyfile(_sqlite_template, file)
    ours = SqliteFile(file, _filled_templates)
    with _in_use(ours, monkeypatch) as url:
        yield url


@pytest.fixture
def postgresql_database(monkeypatch: pytest.MonkeyPatch, postgresql: Cluster) -> Iterator[str]:
    """The URL of a fresh migrated PostgreSQL database, to which the settings point."""
    lent = postgresql.lend()
    with _in_use(PostgresqlDatabase(lent), monkeypatch) as url:
        lent.lent_to(database.engine())
        yield url
    postgresql.take_back(lent)


@pytest.fixture
def database_url(request: pytest.FixtureRequest) -> str:
    """The URL of a fresh migrated database, once on SQLite and once on PostgreSQL."""
    return str(request.getfixturevalue(f"{request.param}_database"))


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Certificate:
    """A certificate for localhost; trusted where SSL_CERT_FILE names its file."""
    return Certificate.made(tmp_path_factory.mktemp("certificate"))


@pytest.fixture
def start_smtp(monkeypatch: pytest.MonkeyPatch, certificate: Certificate) -> Iterator[StartSmtp]:
    """Start a mail server, `start_smtp(security="starttls", login=("user", "password"))`, and use it."""
    started: list[MailServer] = []

    def start(
        *,
        security: Security = "none",
        login: tuple[str, str] | None = None,
        shown: Certificate = certificate,
    ) -> MailServer:
        server = MailServer(security=security, login=login, certificate=None if security == "none" else shown)
        server.start()
        started.append(server)
        _use(monkeypatch, server.environment)
        return server

    yield start
    for server in started:
        server.stop()


@pytest.fixture
def smtp(start_smtp: StartSmtp) -> MailServer:
    """A mail server without encryption or login, to which the settings point; see `MailServer`."""
    return start_smtp()
