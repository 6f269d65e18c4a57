"""Messages: everybody has their own, and only an Admin has everybody's."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

import pytest

from komet_import import services
from komet_import.access import users
from komet_import.clock import earlier
from komet_import.ledger import database
from komet_import.ledger.audit import Event
from komet_import.ledger.models import AuditEntry, Message, MessageStatus
from komet_import.outbox import bells
from komet_import.types import Role
from tests.mail_server import MailServer
from tests.services import workspace
from tests.services.workspace import People, credit, refused


@pytest.fixture
def mails(people_here: People) -> dict[str, list[int]]:
    """Two messages of Rita's and one of Carl's, none of them sent as no mail server was set: their ids."""
    for n, user in enumerate((people_here.rita, people_here.carl, people_here.rita)):
        services.post(user, workspace.opened(user, credit(f"N{n}", amount=n + 1), file_name=f"{n}.xlsx"))
    rita, carl = people_here.rita.id, people_here.carl.id
    own = workspace.own(Message)
    assert [m.user_id for m in own] == [rita, carl, rita]
    return {"rita": [own[0].id or 0, own[2].id or 0], "carl": [own[1].id or 0]}


@contextmanager
def heard() -> Iterator[threading.Event]:
    """A dispatcher's bell, which is rung where there is something to send."""
    bell = threading.Event()
    bells.hang(bell)
    yield bell
    bells.take_down(bell)


def waiting() -> set[int]:
    """The messages that are to be sent."""
    return {m.id or 0 for m in workspace.own(Message) if m.status == MessageStatus.QUEUED}


def test_everybody_reads_their_own_newest_first(people_here: People, mails: dict[str, list[int]]) -> None:
    rita, carl = people_here.rita, people_here.carl
    assert [line.id for line in services.messages(rita)] == mails["rita"][::-1]
    assert [line.id for line in services.messages(rita, limit=1)] == mails["rita"][1:]
    assert [line.id for line in services.messages(carl)] == mails["carl"]
    opened = services.message(carl, mails["carl"][0])
    assert opened is not None and "1.xlsx" in opened.text
    assert services.message(carl, mails["rita"][0]) is None
    assert services.message(people_here.ada, mails["rita"][0]) is None, "an Admin's own are no others'"


def test_a_message_is_read_once_and_by_the_one_whose_it_is(
    people_here: People, mails: dict[str, list[int]]
) -> None:
    def read() -> dict[int | None, datetime]:
        return {m.id: m.read_at for m in workspace.own(Message) if m.read_at is not None}

    first, _ = mails["rita"]
    for other in (people_here.carl, people_here.ada):
        services.read_message(other, first)
    assert read() == {}
    with earlier(timedelta(hours=1)):
        services.read_message(people_here.rita, first)
    before = read()
    assert list(before) == [first]
    services.read_message(people_here.rita, first)
    assert read() == before


def test_one_of_ones_own_messages_is_sent_and_no_other(
    people_here: People, mails: dict[str, list[int]], smtp: MailServer
) -> None:
    assert waiting() == set()
    first, second = mails["rita"]
    assert services.send_message(people_here.carl, first) == 0
    assert services.send_message(people_here.ada, first) == 0
    assert waiting() == set()
    with heard() as bell:
        assert services.send_message(people_here.rita, second) == 1
    assert bell.is_set()
    assert waiting() == {second}
    asked = [entry for entry in workspace.own(AuditEntry) if entry.action == Event.MAIL_AGAIN]
    assert [(entry.user_id, entry.details) for entry in asked] == [(people_here.rita.id, {"message": second})]


def test_an_admin_sends_everybodys_and_sees_where_they_stand(
    people_here: People, mails: dict[str, list[int]], smtp: MailServer
) -> None:
    ada = people_here.ada
    everybodys = {*mails["rita"], *mails["carl"]}
    assert everybodys <= {line.id for line in services.mail_troubled(ada)}
    assert services.mail_queue(ada).unsent == 3
    with heard() as bell:
        assert services.mail_again(ada) == 3
    assert bell.is_set()
    assert waiting() == everybodys
    assert services.mail_queue(ada).unsent == 0
    server = services.mail_server(people_here.lou)
    assert server is not None and server.host == "127.0.0.1"


def test_a_test_mail_goes_to_the_address_that_the_admin_has_now(
    people_here: People, smtp: MailServer
) -> None:
    from_a_page_of_before = people_here.ada
    with database.transaction() as session:
        users.get(session, people_here.ada.id).email = "ada@new.example"
    services.mail_test(from_a_page_of_before)
    assert [got.recipients for got in smtp.messages] == [("ada@new.example",)]


def test_what_is_everybodys_is_for_who_is_an_admin_now(
    people_here: People, mails: dict[str, list[int]], smtp: MailServer
) -> None:
    of_admins = (
        services.mail_queue,
        services.mail_troubled,
        services.mail_again,
        services.mail_test,
    )
    own = (
        lambda user: services.messages(user),
        lambda user: services.message(user, mails["rita"][0]),
        lambda user: services.send_message(user, mails["rita"][0]),
        services.mail_server,
    )
    with database.transaction() as session:
        users.set_roles(session, user_id=people_here.carl.id, roles=[Role.ADMIN])
        users.set_roles(session, user_id=people_here.ada.id, roles=[Role.CREDIT_MANAGER])
        users.deactivate(session, user_id=people_here.rita.id)
    for act in of_admins:
        refused("no-right", lambda a=act: a(people_here.ada))
        refused("no-right", lambda a=act: a(people_here.rita))
    for act in own:
        refused("no-right", lambda a=act: a(people_here.rita))
    assert waiting() == set() and smtp.messages == []
    assert services.mail_queue(people_here.carl).unsent == 3


def test_without_a_mail_server_nothing_is_pretended(people_here: People) -> None:
    refused("no-mail-server", lambda: services.mail_again(people_here.ada))
    refused("no-mail-server", lambda: services.send_message(people_here.rita, 1))
    assert services.mail_server(people_here.rita) is None
