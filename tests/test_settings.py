"""The settings: a wrong value is one sentence that names it, the file is read, the README tells them all."""

import re
from pathlib import Path

import pytest

from komet_import import settings as module
from komet_import.settings import ROOT, Settings, SettingsError, settings


def test_without_any_setting_the_defaults_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("KOMET_DATA_DIR")
    assert settings().database == f"sqlite:///{ROOT / 'data' / 'komet.sqlite3'}"
    assert (settings().max_upload_mb, settings().max_rows, settings().demo) == (20, 100_000, False)


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("KOMET_MAX_ROWS", "0", "greater than or equal to 1"),
        ("KOMET_MAX_ROWS", "many", "integer"),
        ("KOMET_MAX_UPLOAD_MB", "201", "less than or equal to 200"),
        ("KOMET_AMOUNT_CEILING", "-1", "greater than 0"),
        ("KOMET_DEMO", "perhaps", "boolean"),
        ("KOMET_PUBLIC_URL", "komet.example", "must start with http:// or https://"),
        ("KOMET_DATABASE_URL", "mysql://localhost/komet", "must start with sqlite:/// or postgresql://"),
        ("KOMET_SMTP_PORT", "70000", "less than or equal to 65535"),
        ("KOMET_SMTP_SECURITY", "ssl", "starttls"),
    ],
)
def test_a_wrong_value_is_one_sentence_that_names_the_setting(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, said: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as wrong:
        settings()
    message = str(wrong.value)
    assert name in message and said in message and "\n" not in message


@pytest.mark.parametrize(
    ("given", "used"),
    [
        ("postgres://me@db/komet", "postgresql+psycopg://me@db/komet"),
        ("postgresql://me@db/komet", "postgresql+psycopg://me@db/komet"),
        ("postgresql+psycopg://me@db/komet", "postgresql+psycopg://me@db/komet"),
        ("sqlite:////var/komet.sqlite3", "sqlite:////var/komet.sqlite3"),
    ],
)
def test_every_way_to_write_the_database_is_understood(
    monkeypatch: pytest.MonkeyPatch, given: str, used: str
) -> None:
    monkeypatch.setenv("KOMET_DATABASE_URL", given)
    assert settings().database == used


def test_the_secrets_file_is_read_and_a_variable_outdoes_it(monkeypatch: pytest.MonkeyPatch) -> None:
    module.SECRETS.parent.mkdir(parents=True)
    module.SECRETS.write_text(
        '[other]\nx = 1\n[komet]\ncompany = "Petals"\nmax_rows = 7\nsmtp_password = "s"\n'
    )
    monkeypatch.setenv("KOMET_MAX_ROWS", "8")
    assert (settings().company, settings().max_rows) == ("Petals", 8)
    assert settings().smtp_password.get_secret_value() == "s" and "'s'" not in repr(settings())


@pytest.mark.parametrize(
    "content", ["[komet\n", "komet = 5\n[", "\ufeff[komet]\nx"], ids=["cut", "mixed", "BOM"]
)
def test_a_secrets_file_that_is_no_toml_is_one_sentence(content: str) -> None:
    module.SECRETS.parent.mkdir(parents=True)
    module.SECRETS.write_text(content)
    with pytest.raises(SettingsError, match=r"secrets\.toml"):
        settings()


def test_a_password_is_not_told_in_the_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KOMET_DATABASE_URL", "mysql://me:hidden-word@localhost/komet")
    with pytest.raises(SettingsError) as wrong:
        settings()
    assert "hidden-word" not in str(wrong.value)


def test_the_table_of_the_readme_names_every_setting() -> None:
    readme = ROOT / "README.md"
    if not Path(readme).exists():
        pytest.skip("the README is not written yet")
    named = re.findall(r"^\|\s*`(KOMET_[A-Z_]+)`", readme.read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted(named) == sorted(f"KOMET_{field.upper()}" for field in Settings.model_fields)
