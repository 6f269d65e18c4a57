"""The ground on which the other tests stand."""

import os
import smtplib

from sqlalchemy import text

from komet_import.ledger import database
from komet_import.settings import ROOT, settings
from tests.mail_server import MailServer


def test_a_test_gets_a_fresh_migrated_database(database_url: str) -> None:
    assert settings().database == database_url
    database.require_current()
    with database.transaction() as session:
        assert session.connection().execute(text("SELECT count(*) FROM location")).scalar() == 0
        session.connection().execute(text("INSERT INTO location (code, code_key, name) VALUES ('A','A','A')"))


def test_and_it_is_fresh_again(database_url: str) -> None:
    test_a_test_gets_a_fresh_migrated_database(database_url)


def test_no_setting_of_the_machine_reaches_a_test() -> None:
    assert [name for name in os.environ if name.startswith("KOMET_")] == ["KOMET_DATA_DIR"]
    assert not settings().data_dir.is_relative_to(ROOT)


def test_the_mail_server_keeps_what_it_receives(smtp: MailServer) -> None:
    assert settings().smtp_port == smtp.port
    with smtplib.SMTP("127.0.0.1", smtp.port) as client:
        client.sendmail("a@komet.example", ["b@komet.example"], "Subject: Hello\n\nThere")
    (received,) = smtp.messages
    assert received.recipients == ("b@komet.example",)
    assert received.mail["Subject"] == "Hello"
