"""The dispatcher: everything that is due goes out once, whatever happens to servers and databases."""

import os
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from multiprocessing.queues import SimpleQueue
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError, SQLAlchemyError

from komet_import.language.current import Language, speaking
from komet_import.ledger import database
from komet_import.ledger.database import transaction
from komet_import.ledger.models import Message, MessageStatus, User, now
from komet_import.outbox import bells, dispatcher, mail_queue
from komet_import.outbox.dispatcher import Counts, send_due
from komet_import.outbox.mail.send_error import SendError
from komet_import.outbox.mail.smtp import Letter, send
from komet_import.settings import settings
from tests import forks
from tests.mail_server import MailServer
from tests.outbox.people import (
    ADDRESS,
    add_person,
    composed,
    eventually,
    message,
    queue_mail,
    receipt,
    send_again,
)
from tests.services import workspace


@pytest.fixture
def user_id(database_url: str) -> int:
    """One of several people; of the others' mails one is just being sent, and must stay as it is."""
    workspace.others_only()
    return add_person()


@pytest.fixture
def start(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], Callable[[], None]]]:
    """Start dispatchers that come round often, and stop them in the end."""
    monkeypatch.setattr(dispatcher, "ROUND_SECONDS", 0.05)
    stops: list[Callable[[], None]] = []

    def started() -> Callable[[], None]:
        stops.append(dispatcher.start())
        return stops[-1]

    yield started
    for stop in stops:
        stop()


def due_now(message_id: int) -> None:
    with transaction() as session:
        session.connection().execute(
            text("UPDATE message SET due_at = created_at WHERE id = :id"), {"id": message_id}
        )


def test_what_is_due_is_sent_once(user_id: int, smtp: MailServer) -> None:
    queued = queue_mail(user_id)
    assert send_due() == Counts(sent=1)
    assert send_due() == Counts()
    (received,) = smtp.messages
    stored = message(queued)
    assert received.mail["Message-ID"] == stored.message_id
    assert stored.status == MessageStatus.SENT
    assert stored.sent_at is not None
    assert stored.claimed_until is None


def test_a_limit_is_kept(user_id: int, smtp: MailServer) -> None:
    for _ in range(3):
        queue_mail(user_id)
    assert send_due(limit=2) == Counts(sent=2)
    assert send_due(limit=2) == Counts(sent=1)


def test_without_a_mail_server_nothing_is_due(user_id: int) -> None:
    kept = queue_mail(user_id)
    assert send_due() == Counts()
    assert message(kept).status == MessageStatus.UNSENT
    dispatcher.start()()


def test_what_waits_goes_on_waiting_where_the_mail_server_is_taken_away(
    user_id: int, smtp: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    queued = queue_mail(user_id)
    monkeypatch.setenv("KOMET_SMTP_HOST", "")
    settings.cache_clear()
    assert send_due() == Counts()
    assert (message(queued).status, message(queued).attempts) == (MessageStatus.QUEUED, 0)


def test_one_bad_address_does_not_stop_the_others(user_id: int, smtp: MailServer) -> None:
    smtp.refused.add("gone@komet.example")
    smtp.busy.add("busy@komet.example")
    gone = queue_mail(user_id, recipient="gone@komet.example")
    busy = queue_mail(user_id, recipient="busy@komet.example")
    queue_mail(user_id)
    assert send_due() == Counts(sent=1, retried=1, failed=1)
    assert message(gone).status == MessageStatus.FAILED
    assert "No such mailbox" in message(gone).last_error
    assert message(busy).status == MessageStatus.QUEUED
    assert message(busy).due_at > now()


def test_the_log_names_the_mail_and_not_the_address(
    user_id: int, smtp: MailServer, caplog: pytest.LogCaptureFixture
) -> None:
    queued = queue_mail(user_id)
    smtp.refused.add(ADDRESS)
    send_due()
    smtp.refused.clear()
    smtp.data_answer = f"554 5.7.1 <{ADDRESS.upper()}>: blocked by postmaster@elsewhere.example"
    blocked = queue_mail(user_id)
    send_due()
    said = " ".join(one.getMessage() for one in caplog.records if one.name.startswith("komet_import"))
    assert f"Mail {queued} was not sent" in said
    assert f"Mail {blocked} was not sent" in said and "blocked by (an address)" in said
    assert ADDRESS not in said.lower()
    assert ADDRESS in message(queued).last_error, "who may see it is told"
    assert ADDRESS.upper() in message(blocked).last_error


def test_a_server_that_was_down_gets_the_mail_when_it_is_up_again(user_id: int, smtp: MailServer) -> None:
    queued = queue_mail(user_id)
    smtp.stop()
    assert send_due() == Counts(retried=1)
    stored = message(queued)
    assert stored.last_error.endswith("cannot be reached: Connection refused.")
    smtp.start()
    assert send_due() == Counts()
    due_now(queued)
    assert send_due() == Counts(sent=1)
    assert smtp.messages[0].mail["Message-ID"] == stored.message_id
    assert message(queued).last_error == ""


def test_a_mail_that_was_put_off_is_sent_again_with_the_same_message_id(
    user_id: int, smtp: MailServer
) -> None:
    queued = queue_mail(user_id)
    smtp.data_answer = "451 Greylisted, try again"
    assert send_due() == Counts(retried=1)
    assert (message(queued).status, message(queued).handed_over) == (MessageStatus.QUEUED, 0)
    smtp.data_answer = None
    due_now(queued)
    assert send_due() == Counts(sent=1)
    assert [received.mail["Message-ID"] for received in smtp.messages] == [message(queued).message_id]


@pytest.fixture
def slow(smtp: MailServer, monkeypatch: pytest.MonkeyPatch) -> MailServer:
    """A mail server that takes a mail and thinks about it for longer than anybody waits."""
    monkeypatch.setenv("KOMET_SMTP_TIMEOUT_SECONDS", "0.1")
    settings.cache_clear()
    smtp.slow["DATA"] = 30
    return smtp


def test_a_slow_server_gets_one_copy_within_the_hour(user_id: int, slow: MailServer) -> None:
    before = now()
    queued = queue_mail(user_id)
    assert send_due() == Counts(unclear=1)
    assert [send_due() for _ in range(8)] == [Counts()] * 8
    assert len(slow.messages) == 1
    stored = message(queued)
    assert (stored.status, stored.attempts, stored.claimed_until) == (MessageStatus.UNCLEAR, 1, None)
    assert stored.due_at >= before + timedelta(hours=1)
    assert stored.last_error == "The mail server has the mail but did not answer within 0.2 seconds."


def test_a_server_that_never_answers_gets_three_copies_at_most(user_id: int, slow: MailServer) -> None:
    queued = queue_mail(user_id)
    for _ in range(8):
        send_due()
        due_now(queued)
    assert len({received.mail["Message-ID"] for received in slow.messages}) == 1
    assert len(slow.messages) == mail_queue.MAX_UNCLEAR == 3
    assert message(queued).status == MessageStatus.UNCLEAR


def test_a_server_that_answers_at_the_second_try_settles_it(user_id: int, slow: MailServer) -> None:
    queued = queue_mail(user_id)
    assert send_due() == Counts(unclear=1)
    due_now(queued)
    slow.slow.clear()
    assert send_due() == Counts(sent=1)
    assert message(queued).status == MessageStatus.SENT


def test_what_may_have_arrived_stays_so_when_the_next_try_does_not_get_through(
    user_id: int, slow: MailServer
) -> None:
    queued = queue_mail(user_id)
    send_due()
    due_now(queued)
    slow.stop()
    assert send_due() == Counts(retried=1)
    assert (message(queued).status, message(queued).handed_over) == (MessageStatus.UNCLEAR, 1)


def test_a_program_that_ends_while_it_waits_for_the_verdict_leaves_no_second_copy(
    user_id: int, smtp: MailServer
) -> None:
    queue_mail(user_id)
    claimed = mail_queue.claim(due_before=now())
    assert claimed is not None
    send(claimed.letter, handing_over=lambda: mail_queue.hand_over(claimed) and None)  # and the power fails
    with transaction() as session:
        session.connection().execute(
            text(f"UPDATE message SET claimed_until = created_at WHERE user_id = {user_id}")
        )
    assert send_due() == Counts()
    assert len(smtp.messages) == 1


def test_who_is_too_late_does_not_hand_it_over(user_id: int, smtp: MailServer) -> None:
    queue_mail(user_id)
    late = mail_queue.claim(due_before=now())
    assert late is not None
    with transaction() as session:
        session.connection().execute(
            text(f"UPDATE message SET claimed_until = created_at WHERE user_id = {user_id}")
        )
    assert mail_queue.claim(due_before=now()) is not None
    assert dispatcher.deliver(late) == "retried"
    assert smtp.messages == []


def test_a_message_that_ended_the_program_each_time_is_given_up(user_id: int, smtp: MailServer) -> None:
    queued = queue_mail(user_id)
    with transaction() as session:
        session.connection().execute(text(f"UPDATE message SET attempts = 8 WHERE user_id = {user_id}"))
    assert send_due() == Counts(failed=1)
    assert smtp.messages == []
    assert message(queued).last_error.startswith("Failed")


def test_two_dispatchers_send_each_of_thirty_mails_once(user_id: int, smtp: MailServer) -> None:
    queued = [queue_mail(user_id) for _ in range(30)]
    together = threading.Barrier(2)

    def round_() -> Counts:
        together.wait()
        return send_due()

    with ThreadPoolExecutor(2) as pool:
        counts = [future.result() for future in [pool.submit(round_), pool.submit(round_)]]
    assert sum(count.sent for count in counts) == 30
    assert all(count.retried == count.failed == 0 for count in counts)
    arrived = Counter(received.mail["Message-ID"] for received in smtp.messages)
    assert arrived == Counter(message(one).message_id for one in queued)


def send_and_tell(sent: "SimpleQueue[int]") -> None:
    """What each of the two processes does."""
    sent.put(send_due().sent)


def test_two_processes_send_each_mail_once(user_id: int, smtp: MailServer) -> None:
    for _ in range(10):
        queue_mail(user_id)
    sent = forks.forks.SimpleQueue()
    running = [forks.start(os.environ, send_and_tell, sent) for _ in range(2)]
    for process in running:
        process.join(60)
    assert [process.exitcode for process in running] == [0, 0]
    assert sent.get() + sent.get() == 10
    assert len({received.mail["Message-ID"] for received in smtp.messages}) == len(smtp.messages) == 10


def test_the_thread_sends_what_is_queued_later(
    user_id: int, smtp: MailServer, start: Callable[[], Callable[[], None]]
) -> None:
    start()
    queue_mail(user_id)
    eventually(lambda: len(smtp.messages) == 1)


def test_what_is_queued_makes_it_look_at_once(
    user_id: int,
    smtp: MailServer,
    start: Callable[[], Callable[[], None]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(dispatcher, "ROUND_SECONDS", 3600)
    start()
    for count in range(1, 4):
        queue_mail(user_id)
        eventually(lambda count=count: len(smtp.messages) == count)  # type: ignore[misc]


@pytest.mark.parametrize("again", [False, True])
def test_the_bells_ring_once_what_is_queued_is_there_to_see(
    user_id: int, smtp: MailServer, again: bool
) -> None:
    queued = queue_mail(user_id)
    bell = threading.Event()
    bells.hang(bell)
    try:
        with transaction() as session:
            if again:
                mail_queue.send_again(session, message_id=queued)
            else:
                mail_queue.queue(
                    session, user_id=user_id, recipient=ADDRESS, batch_id=None, composed=composed()
                )
            assert not bell.is_set()
        assert bell.is_set()
    finally:
        bells.take_down(bell)


def test_stopping_ends_the_thread_and_leaves_the_rest_in_the_outbox(
    user_id: int, smtp: MailServer, start: Callable[[], Callable[[], None]]
) -> None:
    stop = start()
    stop()
    assert "komet-mail" not in {thread.name for thread in threading.enumerate()}
    queued = queue_mail(user_id)
    assert message(queued).status == MessageStatus.QUEUED


def test_the_thread_outlives_an_outage_of_the_database(
    user_id: int,
    smtp: MailServer,
    start: Callable[[], Callable[[], None]],
    caplog: pytest.LogCaptureFixture,
) -> None:
    start()
    with database.engine().begin() as connection:
        connection.execute(text("ALTER TABLE message RENAME TO message_away"))
    eventually(lambda: "Mails wait" in caplog.text)
    with database.engine().begin() as connection:
        connection.execute(text("ALTER TABLE message_away RENAME TO message"))
    queue_mail(user_id)
    eventually(lambda: len(smtp.messages) == 1)
    assert caplog.text.count("Mails wait") == 1
    assert "Traceback" not in caplog.text


def away(name: str) -> None:
    with database.engine().begin() as connection:
        connection.execute(text(name))


def test_a_mail_is_not_sent_twice_when_the_database_goes_away_during_the_sending(
    user_id: int, smtp: MailServer
) -> None:
    queued = queue_mail(user_id)
    claimed = mail_queue.claim(due_before=now())
    assert claimed is not None
    smtp.at_verdict = lambda: away("ALTER TABLE message RENAME TO message_away")
    with pytest.raises(SQLAlchemyError):
        dispatcher.deliver(claimed)
    away("ALTER TABLE message_away RENAME TO message")
    away(f"UPDATE message SET claimed_until = created_at WHERE user_id = {user_id}")
    assert send_due() == Counts()
    assert len(smtp.messages) == 1
    assert message(queued).status == MessageStatus.SENT


def test_a_database_that_is_away_for_a_moment_is_no_fault_of_the_mail(
    user_id: int, smtp: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is held against the mail, and it is tried again once its lease is over."""
    queued = queue_mail(user_id)

    def fails(_claimed: mail_queue.Claimed) -> None:
        raise OperationalError("UPDATE message", {}, Exception("the line is cut"))

    monkeypatch.setattr(mail_queue, "hand_over", fails)
    with pytest.raises(OperationalError):
        send_due()
    stored = message(queued)
    assert smtp.messages == [] and stored.last_error == ""
    assert stored.claimed_until is not None and stored.claimed_until > now()


def test_nothing_is_handed_over_while_the_database_is_away(user_id: int, smtp: MailServer) -> None:
    queue_mail(user_id)
    claimed = mail_queue.claim(due_before=now())
    assert claimed is not None
    away("ALTER TABLE message RENAME TO message_away")
    with pytest.raises(SQLAlchemyError):
        dispatcher.deliver(claimed)
    away("ALTER TABLE message_away RENAME TO message")
    away(f"UPDATE message SET claimed_until = created_at WHERE user_id = {user_id}")
    assert smtp.messages == []
    assert send_due() == Counts(sent=1)


def test_what_the_server_has_taken_is_noted_before_the_farewell(user_id: int, smtp: MailServer) -> None:
    queued, noted = queue_mail(user_id), []
    smtp.at_farewell = lambda: noted.append(message(queued).status)
    assert send_due() == Counts(sent=1)
    assert noted == [MessageStatus.SENT]


def test_who_dies_before_the_last_line_leaves_a_mail_that_is_sent_after_the_lease(
    user_id: int, smtp: MailServer
) -> None:
    queued = queue_mail(user_id)
    assert mail_queue.claim(due_before=now()) is not None  # and then the power fails
    assert send_due() == Counts()  # until the lease has run out nobody else touches it
    away(f"UPDATE message SET claimed_until = created_at WHERE user_id = {user_id}")
    assert send_due() == Counts(sent=1)
    assert send_due() == Counts()
    assert [received.mail["Message-ID"] for received in smtp.messages] == [message(queued).message_id]


def test_a_file_with_the_name_of_a_mail_is_not_attached(
    user_id: int, smtp: MailServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "secret.xlsx").write_text("do not send me")
    queue_mail(user_id, mail=composed(receipt(file_name="secret.xlsx")))
    assert send_due() == Counts(sent=1)
    (received,) = smtp.messages
    assert received.recipients == (ADDRESS,)
    assert b"do not send me" not in received.content


def test_a_round_that_is_to_stop_begins_no_further_mail(user_id: int, smtp: MailServer) -> None:
    for _ in range(3):
        queue_mail(user_id)
    assert send_due(stopping=lambda: True) == Counts()
    assert send_due(stopping=lambda: len(smtp.messages) == 2) == Counts(sent=2)
    assert send_due(limit=0) == Counts()
    assert len(smtp.messages) == 2


def test_what_another_dispatcher_takes_first_ends_the_round(
    user_id: int, smtp: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dispatcher.queries, "anything_due", lambda *, before: True)
    assert send_due() == Counts()


def test_without_a_mail_server_there_is_nothing_to_start(
    user_id: int, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level("INFO"):
        stop = dispatcher.start()
    assert "komet-mail" not in {thread.name for thread in threading.enumerate()}
    assert "No mail server is set" in caplog.text
    stop()


def test_what_a_round_tried_is_counted_whatever_came_of_it() -> None:
    assert Counts(sent=1, retried=2, failed=4, unclear=8).tried == 15
    assert Counts().tried == 0


def test_the_last_attempt_is_made_and_the_one_after_it_is_not(user_id: int, smtp: MailServer) -> None:
    queued = queue_mail(user_id)
    with transaction() as session:
        session.connection().execute(text(f"UPDATE message SET attempts = 7 WHERE user_id = {user_id}"))
    smtp.busy.add(ADDRESS)
    assert send_due() == Counts(failed=1)
    assert message(queued).status == MessageStatus.FAILED
    assert (message(queued).attempts, message(queued).claimed_until) == (8, None)


@pytest.mark.parametrize("handed_over", [False, True], ids=["before the last line", "after it"])
def test_one_mail_that_nobody_foresaw_does_not_stop_the_others(
    user_id: int,
    smtp: MailServer,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    handed_over: bool,
) -> None:
    odd, good = queue_mail(user_id, mail=composed(receipt(file_name="odd.xlsx"))), queue_mail(user_id)

    def fails_at_one(letter: Letter, *, handing_over: Callable[[], None], taken: Callable[[], None]) -> None:
        if "odd.xlsx" not in letter.subject + letter.text:
            send(letter, handing_over=handing_over, taken=taken)
            return
        if handed_over:
            handing_over()
        raise UnicodeError("that nobody foresaw")

    monkeypatch.setattr(dispatcher.smtp, "send", fails_at_one)
    assert send_due() == (Counts(sent=1, unclear=1) if handed_over else Counts(sent=1, retried=1))
    assert message(good).status == MessageStatus.SENT
    stored = message(odd)
    assert stored.status == (MessageStatus.UNCLEAR if handed_over else MessageStatus.QUEUED)
    assert (stored.last_error, stored.claimed_until) == ("It could not be sent: UnicodeError.", None)
    assert stored.due_at > now() + (timedelta(minutes=59) if handed_over else timedelta(seconds=50))
    assert f"Mail {odd} was not sent" in caplog.text and "that nobody foresaw" in caplog.text


def test_a_mail_that_is_sent_again_by_hand_goes_at_once(
    user_id: int,
    smtp: MailServer,
    start: Callable[[], Callable[[], None]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(dispatcher, "ROUND_SECONDS", 3600)
    smtp.refused.add(ADDRESS)
    queued, other = queue_mail(user_id), queue_mail(add_person("Otto"))
    assert send_due() == Counts(failed=2)
    smtp.refused.clear()
    start()
    assert send_again(message_id=queued, user_id=user_id) == 1
    eventually(lambda: message(queued).status == MessageStatus.SENT)
    assert message(other).status == MessageStatus.FAILED
    assert send_again(user_id=user_id) == 0
    assert send_again() == 1
    eventually(lambda: message(other).status == MessageStatus.SENT)


def test_a_test_mail_goes_to_its_person_at_once_and_stays_in_no_outbox(
    user_id: int, smtp: MailServer
) -> None:
    dispatcher.send_test(recipient=ADDRESS, name="Rita Álvarez")
    (received,) = smtp.messages
    assert received.recipients == (ADDRESS,)
    assert received.mail["Message-ID"].endswith("@komet.example>")
    assert b"Rita" in received.content
    assert workspace.own(Message) == []
    smtp.refused.add(ADDRESS)
    with pytest.raises(SendError, match="No such mailbox"):
        dispatcher.send_test(recipient=ADDRESS, name="Rita Álvarez")


def test_a_company_without_a_name_is_told_in_the_language_of_the_reader(
    user_id: int, smtp: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    with transaction() as session:
        session.get_one(User, user_id).language = Language.SPANISH
    queue_mail(user_id)
    queue_mail(add_person("Otto"))
    send_due()
    with speaking(Language.SPANISH):
        dispatcher.send_test(recipient=ADDRESS, name="Rita Álvarez")
    assert [each.mail["From"].addresses[0].display_name for each in smtp.messages] == [
        "Su empresa",
        "Your company",
        "Su empresa",
    ]
    smtp.messages.clear()
    monkeypatch.setenv("KOMET_COMPANY", "Flores, Frutas & Años S.A.S.")
    settings.cache_clear()
    queue_mail(user_id)
    send_due()
    (address,) = smtp.messages[0].mail["From"].addresses
    assert address.display_name == "Flores, Frutas & Años S.A.S."


def test_the_thread_outlives_a_round_that_goes_wrong(
    user_id: int,
    smtp: MailServer,
    start: Callable[[], Callable[[], None]],
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    rounds = iter([ZeroDivisionError("a bad round")])

    def goes_wrong_once(**how: object) -> Counts:
        for wrong in rounds:
            raise wrong
        return send_due(**how)  # type: ignore[arg-type]

    monkeypatch.setattr(dispatcher, "send_due", goes_wrong_once)
    start()
    queue_mail(user_id)
    eventually(lambda: len(smtp.messages) == 1)
    assert "A round of sending mails failed" in caplog.text and "a bad round" in caplog.text


def test_each_outage_of_the_database_is_logged_once_however_many_rounds_it_lasts(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    away = OperationalError("SELECT 1", {}, Exception("no server"))
    rounds = [away, away, None, away, away]
    stopped, bell = threading.Event(), threading.Event()

    def look(**_: object) -> Counts:
        bell.set()
        wrong = rounds.pop(0)
        if not rounds:
            stopped.set()
        if wrong is not None:
            raise wrong
        return Counts()

    monkeypatch.setattr(dispatcher, "send_due", look)
    dispatcher._run(stopped, bell)
    assert caplog.text.count("Mails wait") == 2
