"""A backup of SQLite is one whole file, for this account only, and is never put over another."""

import os
import sqlite3
import stat
from pathlib import Path

import pytest

from komet_import import cli, services
from komet_import.ledger import audit, backup, database
from komet_import.ledger.audit import Event
from komet_import.ledger.models import AuditEntry
from komet_import.settings import settings
from tests.services import workspace
from tests.services.workspace import credit, refused


def test_a_backup_holds_what_is_committed_and_nobody_else_reads_it(
    sqlite_database: str, tmp_path: Path
) -> None:
    people, target = workspace.fill(), tmp_path / "copy.sqlite3"
    services.post(people.rita, workspace.opened(people.rita, credit("A"), credit("B")))
    with database.transaction() as session:  # somebody is writing: it is not waited for
        session.connection().exec_driver_sql("UPDATE customer SET name = 'half done' WHERE code = 'FL219'")
        size = backup.write(target)
    assert size == target.stat().st_size and stat.S_IMODE(target.stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.glob("copy*")] == ["copy.sqlite3"]
    ours = 'SELECT batch_id, "row", amount FROM adjustment ORDER BY id'
    with sqlite3.connect(target) as copy:
        assert copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert copy.execute("SELECT count(*) FROM customer WHERE name = 'half done'").fetchone() == (0,)
        kept = copy.execute(ours).fetchall()
    with database.reading() as session:
        assert [tuple(row) for row in session.connection().exec_driver_sql(ours)] == kept


def test_a_file_that_is_there_is_not_overwritten_and_what_fails_leaves_none(
    sqlite_database: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    there = tmp_path / "there"
    there.write_text("mine")
    refused("backup-exists", lambda: backup.write(there))
    assert there.read_text() == "mine"
    late = tmp_path / "late"
    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(os, "fsync", lambda _: late.write_text("somebody's"))
        refused("backup-exists", lambda: backup.write(late))
    assert late.read_text() == "somebody's" and list(tmp_path.glob("late*")) == [late]
    assert cli.main(["db", "backup", str(tmp_path / "nowhere" / "x")]) == 2
    said = capsys.readouterr().err
    assert said.endswith(
        "could not be written to " + f"{tmp_path / 'nowhere' / 'x'}: No such file or directory.\n"
    )


def test_the_trail_says_that_a_backup_was_written_and_the_restored_one_is_whole(
    sqlite_database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    people, target = workspace.fill(), tmp_path / "copy.sqlite3"
    services.post(people.rita, workspace.opened(people.rita, credit("A")))
    assert cli.main(["db", "backup", str(target)]) == 0
    said = f"The backup is {target}, {target.stat().st_size:,} bytes.\n"
    assert capsys.readouterr().out == said
    newest = workspace.own(AuditEntry)[-1]
    told = {"file": "copy.sqlite3", "bytes": target.stat().st_size}
    assert (newest.action, newest.address, newest.details) == (Event.BACKED_UP, audit.TERMINAL, told)
    monkeypatch.setenv("KOMET_DATABASE_URL", f"sqlite:///{target}")
    settings.cache_clear()
    assert cli.main(["audit", "verify"]) == 0
    with database.engine().begin() as connection:
        connection.exec_driver_sql("ALTER TABLE audit_head RENAME TO gone")
    capsys.readouterr()
    assert cli.main(["db", "backup", str(tmp_path / "again")]) == 0, "the backup is there all the same"
    assert "is not in the audit trail: no such table: audit_head." in capsys.readouterr().out


def test_postgresql_is_backed_up_with_its_own_tool(postgresql_database: str, tmp_path: Path) -> None:
    refused("not-sqlite", lambda: backup.write(tmp_path / "x"))
