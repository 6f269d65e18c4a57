"""What the pages Messages and Mail show."""

from collections.abc import Callable
from datetime import timedelta
from typing import Concatenate, ParamSpec, TypeVar

import pytest
from sqlmodel import Session

from komet_import.ledger.database import reading, transaction
from komet_import.ledger.models import Message, MessageStatus, now
from komet_import.outbox import mail_queue, queries
from komet_import.outbox.dispatcher import send_due
from komet_import.settings import settings
from tests.mail_server import MailServer, StartSmtp
from tests.outbox.people import ADDRESS, add_person, composed, message, queue_mail

P = ParamSpec("P")
T = TypeVar("T")


def read(query: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
    """What a query gives in a session of its own."""
    with reading() as session:
        return query(session, *args, **kwargs)


@pytest.fixture
def user_id(database_url: str) -> int:
    return add_person()


def test_a_user_sees_their_own_messages_newest_first(user_id: int, smtp: MailServer) -> None:
    first, second = queue_mail(user_id), queue_mail(user_id)
    queue_mail(add_person("Otto"))
    assert [line.id for line in read(queries.of_user, user_id)] == [second, first]
    assert [line.id for line in read(queries.of_user, user_id, limit=1)] == [second]
    assert read(queries.unread, user_id) == 2
    with transaction() as session:
        session.get_one(Message, first).read_at = now()
    assert read(queries.unread, user_id) == 1
    assert [line.read for line in read(queries.of_user, user_id)] == [False, True]


def test_a_message_can_be_read_by_its_user_only(user_id: int, smtp: MailServer) -> None:
    queued = queue_mail(user_id)
    opened = read(queries.opened, queued, user_id=user_id)
    assert opened is not None
    assert (opened.html, opened.text) == (composed().html, composed().text)
    assert (opened.batch_id, opened.line.user_name, opened.line.recipient) == (None, "Rita Álvarez", ADDRESS)
    assert read(queries.opened, queued, user_id=add_person("Otto")) is None
    assert read(queries.opened, queued + 1, user_id=user_id) is None


def test_states_are_words(user_id: int, smtp: MailServer) -> None:
    assert read(queries.queue) == queries.Queue(
        waiting=0, sent=0, unclear=0, failed=0, unsent=0, next_try_at=None
    )
    smtp.refused.add("gone@komet.example")
    smtp.busy.add("busy@komet.example")
    sent, gone, busy = (
        queue_mail(user_id, recipient=address)
        for address in (ADDRESS, "gone@komet.example", "busy@komet.example")
    )
    send_due()
    fresh = queue_mail(user_id)
    lines = {line.id: line for line in read(queries.of_user, user_id)}
    assert {key: line.state for key, line in lines.items()} == {
        sent: "Sent",
        gone: "Failed",
        busy: "Waiting for the next try",
        fresh: "About to be sent",
    }
    assert lines[sent].sent_at is not None
    assert "No such mailbox" in lines[gone].reason
    assert lines[busy].next_try_at is not None
    assert lines[fresh].next_try_at is None
    assert [line.id for line in read(queries.troubled)] == [fresh, busy, gone]
    assert [line.status for line in read(queries.troubled)][-1] is MessageStatus.FAILED
    counts = read(queries.queue)
    assert (counts.waiting, counts.sent, counts.failed, counts.unsent) == (2, 1, 1, 0)
    assert counts.next_try_at == message(fresh).due_at
    assert [key for key, line in lines.items() if line.may_be_sent] == [fresh, busy, gone]


def test_a_mail_that_may_have_arrived_says_so_and_when_it_is_sent_again(
    user_id: int, smtp: MailServer
) -> None:
    smtp.lost = True
    lost = queue_mail(user_id)
    send_due()
    (line,) = read(queries.of_user, user_id)
    assert line.state == "It may have arrived, and is tried again an hour later"
    assert line.reason == "The mail server has the mail but hung up."
    assert line.next_try_at is not None
    assert line.may_be_sent
    assert read(queries.queue).unclear == 1
    with transaction() as session:
        session.get_one(Message, lost).handed_over = mail_queue.MAX_UNCLEAR
    (line,) = read(queries.troubled)
    assert line.state == "It may have arrived, and is not sent again"
    assert line.next_try_at is None


def test_a_message_that_is_just_being_sent_is_not_offered_to_be_sent(user_id: int, smtp: MailServer) -> None:
    queue_mail(user_id)
    (line,) = read(queries.of_user, user_id)
    assert line.may_be_sent
    claimed = mail_queue.claim(due_before=now())
    assert claimed is not None
    (line,) = read(queries.of_user, user_id)
    assert (line.state, line.may_be_sent, line.next_try_at) == ("Being sent", False, None)
    mail_queue.mark_failed(claimed, reason="The mail server hung up.", permanent=False)
    (line,) = read(queries.of_user, user_id)
    assert (line.state, line.may_be_sent) == ("Waiting for the next try", True)
    assert line.reason == "The mail server hung up."
    assert mail_queue.claim(due_before=now() + timedelta(minutes=2)) is not None
    (line,) = read(queries.of_user, user_id)
    assert (line.state, line.reason) == ("Being sent", "")
    with transaction() as session:
        session.get_one(Message, line.id).claimed_until = now() - timedelta(seconds=1)
    (line,) = read(queries.of_user, user_id)
    assert (line.being_sent, line.reason) == (False, "The mail server hung up."), "nobody is at it any more"


def test_without_a_mail_server_the_message_says_so(user_id: int) -> None:
    queue_mail(user_id)
    (line,) = read(queries.of_user, user_id)
    assert line.state == "Not sent: no mail server was set"
    assert queries.server() is None
    assert read(queries.queue).unsent == 1


def test_a_server_that_was_taken_away_is_said_too(
    user_id: int, smtp: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    queue_mail(user_id)
    monkeypatch.setenv("KOMET_SMTP_HOST", "")
    settings.cache_clear()
    (line,) = read(queries.of_user, user_id)
    assert (line.state, line.may_be_sent) == ("Waiting: no mail server is set any more", False)


def test_the_server_is_shown_without_its_password(start_smtp: StartSmtp) -> None:
    start_smtp(login=("robot", "correct horse"))
    server = queries.server()
    assert server is not None
    assert (server.account, server.security, server.sender) == (
        "robot",
        "not encrypted",
        "imports@komet.example",
    )
    assert "correct horse" not in repr(server)


@pytest.mark.parametrize(("security", "said"), [("starttls", "STARTTLS"), ("tls", "TLS")])
def test_how_the_line_to_the_server_is_encrypted_is_shown(
    monkeypatch: pytest.MonkeyPatch, security: str, said: str
) -> None:
    monkeypatch.setenv("KOMET_SMTP_HOST", "smtp.komet.example")
    monkeypatch.setenv("KOMET_SMTP_SECURITY", security)
    settings.cache_clear()
    server = queries.server()
    assert server is not None
    assert (server.host, server.port, server.security) == ("smtp.komet.example", 587, said)
