"""The connection and the migrations: the tables are the models', and what is wrong is one sentence."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, inspect
from sqlalchemy.exc import IntegrityError
from sqlmodel import SQLModel, text

from komet_import import services
from komet_import.ledger import database, engines, models
from komet_import.ledger.models import Location, UserRole
from komet_import.ledger.posting import documents
from komet_import.settings import settings
from tests.interleaving import meet
from tests.services import workspace
from tests.services.workspace import refused


def use(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    monkeypatch.setenv("KOMET_DATABASE_URL", url)
    settings.cache_clear()


def test_the_migrations_make_the_tables_of_the_models(database_url: str) -> None:
    assert models.Batch.metadata is SQLModel.metadata
    with database.engine().connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, SQLModel.metadata) == []


def test_what_refers_to_nothing_is_not_kept(database_url: str) -> None:
    with pytest.raises(IntegrityError), database.transaction() as session:
        session.add(UserRole(user_id=999_999, role="Admin"))


def test_a_second_upgrade_changes_nothing(database_url: str) -> None:
    workspace.fill()
    before = workspace.everything()
    database.upgrade()
    database.require_current()
    assert workspace.everything() == before
    assert database.answers()


def test_a_database_of_the_version_before_is_brought_up_to_date_with_all_that_it_holds(
    database_url: str,
) -> None:
    people = workspace.fill()
    batch_id = workspace.opened(people.rita, workspace.credit("A"))
    services.post(people.rita, batch_id)
    before, made_since = (
        workspace.everything(),
        {"trusted_browser", "batch_effect", "dropped_row", "reversal_request"},
    )
    workspace.lose(*made_since)
    with database.engine().begin() as connection:
        command.downgrade(database._config(connection), "0002")
    refused("database-not-migrated", database.require_current)
    database.upgrade()
    workspace.read_nothing()
    workspace.forget()
    after = workspace.everything()
    assert {n: len(rows) for n, rows in after.items()} == {
        name: 0 if name in made_since else len(rows) for name, rows in before.items()
    }
    # These know anew when they were changed, and by whom; what the steps are, the bystanders' are looked at.
    unchanged = set(after) - made_since - {"location", "facts", "edit"}
    assert {name: after[name] for name in unchanged} == {name: before[name] for name in unchanged}
    assert not services.report(people.rita, batch_id).receipt.expected
    second = workspace.opened(people.rita, workspace.credit("B"))
    assert workspace.found(people.rita, second) == []
    again = workspace.opened(people.rita, workspace.credit("a", amount=7))
    assert [code for _, _, code in workspace.found(people.rita, again)] == ["already-posted"]


def test_a_number_that_was_posted_before_is_like_others_as_it_is_now(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = workspace.fill()
    monkeypatch.setattr(documents, "number_key", lambda number: "No7")  # as it was of “Nº 7”
    services.post(people.rita, workspace.opened(people.rita, workspace.credit("Nº 7")))
    monkeypatch.undo()
    with database.engine().begin() as connection:
        command.downgrade(database._config(connection), "0036")
    database.upgrade()
    again = workspace.opened(people.rita, workspace.credit("no-7"))
    assert [code for _, _, code in workspace.found(people.rita, again)] == ["similar-posted"]


def rights(path: Path) -> str:
    return oct(path.stat().st_mode & 0o777)


@pytest.mark.parametrize("umask", [0o022, 0o000], ids=["usual", "none"])
def test_no_other_account_of_the_machine_reads_the_database(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, umask: int
) -> None:
    folder = tmp_path / "data"
    monkeypatch.setenv("KOMET_DATA_DIR", str(folder))
    monkeypatch.delenv("KOMET_DATABASE_URL", raising=False)
    settings.cache_clear()
    before = os.umask(umask)
    try:
        database.upgrade()
        with database.reading() as session:  # so that -wal and -shm are there
            session.connection().execute(text("SELECT 1 FROM batch"))
            made = {path.name: rights(path) for path in folder.iterdir()}
    finally:
        os.umask(before)
    assert set(made) == {"komet.sqlite3", "komet.sqlite3-wal", "komet.sqlite3-shm"}
    assert set(made.values()) == {"0o600"}
    assert rights(folder) == "0o700"


def test_a_database_that_others_could_read_is_closed_at_the_next_start(
    monkeypatch: pytest.MonkeyPatch, sqlite_database: str, tmp_path: Path
) -> None:
    monkeypatch.setenv("KOMET_DATA_DIR", str(tmp_path))
    settings.cache_clear()
    file, tmp_wal = tmp_path / "komet.sqlite3", tmp_path / "komet.sqlite3-wal"
    tmp_wal.touch()
    for path, open_to_all in ((file, 0o644), (tmp_wal, 0o666), (tmp_path, 0o755)):
        path.chmod(open_to_all)
    engines.engine_for.cache_clear()  # a start
    database.require_current()
    assert (rights(file), rights(tmp_path)) == ("0o600", "0o700")
    assert not tmp_wal.exists() or rights(tmp_wal) == "0o600"


def test_a_folder_that_is_not_ours_alone_keeps_its_rights(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    tmp_path.chmod(0o755)
    use(monkeypatch, f"sqlite:///{tmp_path}/komet.sqlite3")
    database.upgrade()
    assert (rights(tmp_path / "komet.sqlite3"), rights(tmp_path)) == ("0o600", "0o755")


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_database(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Iterator[None]:
    """A database without a single table."""
    if request.param == "sqlite":
        use(monkeypatch, f"sqlite:///{tmp_path}/new/komet.sqlite3")
        yield
        return
    cluster = request.getfixturevalue("postgresql")
    name = cluster.create()
    use(monkeypatch, cluster.url(name))
    yield
    database.engine().dispose()
    cluster.drop(name)


def test_two_servers_that_start_at_once_both_get_their_tables(empty_database: None) -> None:
    """The second one starts where the first is about to make its first table."""
    assert meet("CREATE TABLE", database.upgrade, database.upgrade) == [None, None]
    database.require_current()


def test_a_database_without_its_tables_says_what_to_run(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    use(monkeypatch, f"sqlite:///{tmp_path}/empty.sqlite3")
    assert "db upgrade" in refused("database-not-migrated", database.require_current).message
    assert not database.answers()


def test_a_database_of_a_newer_program_is_not_touched(
    sqlite_database: str, caplog: pytest.LogCaptureFixture
) -> None:
    assert database.answers() and not caplog.records
    with database.engine().begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    for act in (database.require_current, database.upgrade):
        told = refused("database-not-migrated", act).message
        assert "version 9999, which is newer than this program" in told and "db upgrade" not in told
    assert not database.answers()
    assert [record.message.partition(", ")[0] for record in caplog.records] == [
        "The database is of version 9999"
    ]


def test_a_database_that_is_not_ours_to_change_is_left_as_it_is(empty_database: None) -> None:
    with database.engine().begin() as connection:
        connection.execute(text("CREATE TABLE customer (theirs INTEGER)"))
    told = refused("database-not-upgraded", database.upgrade).message
    assert "is as it was" in told and "already exists" in told and "belong to the role" in told
    with database.engine().connect() as connection:
        assert inspect(connection).get_table_names() == ["customer"]


@pytest.mark.parametrize("act", [database.upgrade, database.require_current], ids=["upgrade", "use"])
def test_a_database_that_cannot_be_reached_is_one_sentence(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, act: type[None], caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "text.sqlite3").write_text("This is not a database. " * 100)
    for url in (
        "postgresql://nobody:secret-word@127.0.0.1:1/none?connect_timeout=2",
        f"sqlite:///{tmp_path}",
        f"sqlite:///{tmp_path}/text.sqlite3",
        f"sqlite:///{tmp_path}/text.sqlite3/below/komet.sqlite3",
    ):
        use(monkeypatch, url)
        assert "secret-word" not in refused("database-unreachable", act).message
        caplog.clear()
        assert not database.answers()
        (said,) = (record.message for record in caplog.records)
        assert said.startswith("The database does not answer: ") and len(said) > 40
        assert "secret-word" not in said and "\n" not in said


def test_sqlite_keeps_what_is_posted_through_a_power_cut_and_refers_to_what_is_there(tmp_path: Path) -> None:
    engine = engines.engine_for(f"sqlite:///{tmp_path / 'own' / 'komet.sqlite3'}")
    wanted = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "recursive_triggers": 1}
    with engine.connect() as connection:
        found = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar_one() for name in wanted}
    engine.dispose()
    assert found == wanted


def test_a_posting_on_sqlite_keeps_more_pages_in_memory_than_others(sqlite_database: str) -> None:
    def kept(connection: Connection | None = None) -> int:
        with database.reading(connection) as session:
            return int(session.execute(text("PRAGMA cache_size")).scalar_one())

    with database.connected() as ours:
        assert kept(ours) == -database.PAGES_KB < kept()
    assert kept() > -database.PAGES_KB


def test_a_reading_on_a_connection_of_ones_own_does_not_wait_for_a_writer(sqlite_database: str) -> None:
    with database.connected() as ours, database.transaction() as writing:
        writing.execute(text("UPDATE alembic_version SET version_num = version_num"))
        with database.reading(ours) as session:
            assert session.execute(text("SELECT count(*) FROM alembic_version")).scalar_one() == 1


def test_who_writes_only_if_nobody_else_does_leaves_the_next_one_patient(sqlite_database: str) -> None:
    def patience() -> int:
        with database.reading() as session:
            return int(session.execute(text("PRAGMA busy_timeout")).scalar_one())

    statement = text("UPDATE alembic_version SET version_num = version_num")
    for _ in range(2):  # once more with the connection that was given back
        assert database.write_if_free(statement)
        assert patience() == engines.PATIENCE * 1000


def guards_of(table: str) -> dict[str, str]:
    """The triggers that guard a table, as the database keeps them, by name."""
    of = {
        "sqlite": "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = :name",
        "postgresql": "SELECT tgname, pg_get_triggerdef(oid) FROM pg_trigger "
        "WHERE tgrelid = CAST(:name AS regclass) AND NOT tgisinternal",
    }[database.engine().dialect.name]
    with database.reading() as session:
        found = session.connection().execute(text(of), {"name": table}).all()
    return {name: said for name, said in found if "guard" in name}


def test_the_newest_version_puts_up_the_guards_of_now_whatever_stood_before(database_url: str) -> None:
    before, on = guards_of("batch"), "" if "sqlite" in database_url else " ON batch"
    assert before
    with database.engine().begin() as connection:
        command.downgrade(database._config(connection), "-1")
        for name in before:
            connection.execute(text(f'DROP TRIGGER IF EXISTS "{name}"{on}'))
    database.upgrade()
    assert guards_of("batch") == before


def test_all_that_is_read_at_once_is_of_one_moment(database_url: str) -> None:
    """Or what is judged by it is like credits that came meanwhile, and has none of their numbers."""
    workspace.fill()
    counting = text("SELECT count(*) FROM location")
    with database.reading() as session:
        before = session.connection().execute(counting).scalar_one()
        with database.transaction() as other:
            other.add(Location(code="NEW", code_key="NEW", name="New"))
        assert session.connection().execute(counting).scalar_one() == before
    with database.reading() as session:
        assert session.connection().execute(counting).scalar_one() == before + 1
