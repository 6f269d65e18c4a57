"""Each start of a server is recorded, with the settings in force and what changed of them."""

import pytest

from komet_import.ledger.models import AuditEntry
from komet_import.services.start import record_start, shown
from komet_import.settings import settings
from tests.services import workspace
from tests.services.workspace import People

SECRETS = {"KOMET_SMTP_PASSWORD": "correct horse", "KOMET_SMTP_USER": "robot"}


def starts() -> list[AuditEntry]:
    return [entry for entry in workspace.own(AuditEntry) if entry.action == "started"]


def restart(monkeypatch: pytest.MonkeyPatch, **changed: str) -> None:
    for name, value in changed.items():
        monkeypatch.setenv(name, value)
    settings.cache_clear()
    record_start()


def test_a_start_says_the_settings_and_what_changed_since_the_last(
    people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    restart(monkeypatch, KOMET_AMOUNT_CEILING="4000")
    restart(monkeypatch, KOMET_AMOUNT_CEILING="5000")
    restart(monkeypatch)
    restart(monkeypatch, KOMET_AMOUNT_CEILING="9000", KOMET_COMPANY="Petals & Co.")
    first, last, same, other = starts()
    assert {entry.address for entry in starts()} == {"server"} and first.user_id is None
    assert first.details["settings"]["amount_ceiling"] == "4000" and "before" not in first.details
    assert last.details["after"] == {"amount_ceiling": "5000"}
    assert "before" not in same.details and "after" not in same.details
    assert other.details["before"] == {"amount_ceiling": "5000", "company": "Your company"}
    assert other.details["after"] == {"amount_ceiling": "9000", "company": "Petals & Co."}


def test_every_setting_is_told_and_no_secret(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    restart(monkeypatch, **SECRETS)
    (entry,) = starts()
    assert set(entry.details["settings"]) == set(type(settings()).model_fields)
    assert entry.details["settings"]["smtp_password"] == "set"
    assert "correct horse" not in str(entry.details)
    monkeypatch.setenv("KOMET_DATABASE_URL", "postgresql://komet:secret-word@db.example/komet")
    settings.cache_clear()
    assert shown(settings())["database_url"] == "postgresql+psycopg://komet:***@db.example/komet"


@pytest.mark.twin
def test_a_server_starts_though_the_database_does_not_answer(
    people: People, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    url = settings().database
    restart(monkeypatch, KOMET_DATABASE_URL="postgresql://nobody@127.0.0.1:1/none?connect_timeout=2")
    assert "is not in the audit trail: " in caplog.text
    restart(monkeypatch, KOMET_DATABASE_URL=url)
    assert len(starts()) == 1
