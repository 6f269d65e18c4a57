"""The outbox: in the transaction of what it reports, out to one dispatcher at a time."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from komet_import.ledger.database import transaction
from komet_import.ledger.models import Message, MessageStatus, now
from komet_import.outbox import mail_queue
from komet_import.refusal import Refusal
from komet_import.settings import settings
from tests.mail_server import MailServer
from tests.outbox.people import ADDRESS, add_person, composed, message, queue_mail
from tests.services import workspace


@pytest.fixture
def user_id(database_url: str) -> int:
    """One of several people; of the others' mails one is just being sent, and must stay as it is."""
    workspace.others_only()
    return add_person()


def set_message(message_id: int, **values: object) -> None:
    with transaction() as session:
        found = session.get_one(Message, message_id)
        for name, value in values.items():
            setattr(found, name, value)


def claim_now() -> mail_queue.Claimed:
    claimed = mail_queue.claim(due_before=now())
    assert claimed is not None
    return claimed


def test_a_mail_is_queued_with_what_it_says(user_id: int, smtp: MailServer) -> None:
    queued = message(queue_mail(user_id))
    mail = composed()
    assert (queued.subject, queued.html, queued.text) == (mail.subject, mail.html, mail.text)
    assert (queued.recipient, queued.status, queued.attempts) == (ADDRESS, MessageStatus.QUEUED, 0)


def test_a_mail_is_not_queued_when_what_it_reports_is_undone(user_id: int, smtp: MailServer) -> None:
    with pytest.raises(ZeroDivisionError), transaction() as session:
        mail_queue.queue(session, user_id=user_id, recipient=ADDRESS, batch_id=None, composed=composed())
        _ = 1 / 0
    assert workspace.own(Message) == []


def test_message_ids_are_our_own_and_differ(user_id: int, smtp: MailServer) -> None:
    first, second = message(queue_mail(user_id)), message(queue_mail(user_id))
    assert first.message_id != second.message_id
    assert first.message_id.startswith("<")
    assert first.message_id.endswith("@komet.example>")


def test_without_a_mail_server_a_mail_is_kept_and_not_due(user_id: int) -> None:
    kept = queue_mail(user_id)
    assert message(kept).status == MessageStatus.UNSENT
    assert mail_queue.claim(due_before=now()) is None


def test_a_server_that_is_set_later_sends_kept_mails_only_when_asked(
    user_id: int, smtp: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KOMET_SMTP_HOST", "")
    settings.cache_clear()
    kept = queue_mail(user_id)
    with pytest.raises(Refusal, match="No mail server is set") as refused:
        mail_queue.send_again()
    assert refused.value.code == "no-mail-server"
    monkeypatch.setenv("KOMET_SMTP_HOST", "127.0.0.1")
    settings.cache_clear()
    assert mail_queue.claim(due_before=now()) is None
    assert mail_queue.send_again(message_id=kept) == 1
    assert claim_now().id == kept


def test_a_claimed_message_is_nobody_elses(user_id: int, smtp: MailServer) -> None:
    queue_mail(user_id)
    assert claim_now().attempt == 1
    assert mail_queue.claim(due_before=now()) is None


def test_the_message_of_a_dispatcher_that_died_is_taken_over_after_its_lease(
    user_id: int, smtp: MailServer
) -> None:
    queued = queue_mail(user_id)
    dead = claim_now()
    set_message(queued, claimed_until=now() - timedelta(seconds=1))
    second = claim_now()
    assert (second.id, second.attempt) == (queued, 2)
    assert second.letter.message_id == dead.letter.message_id
    assert not mail_queue.mark_failed(dead, reason="too late to say so", permanent=True)
    assert message(queued).last_error == ""
    assert message(queued).claimed_until == second.until


def test_what_was_sent_is_sent_even_after_the_lease(user_id: int, smtp: MailServer) -> None:
    queued = queue_mail(user_id)
    slow = claim_now()
    set_message(queued, claimed_until=now() - timedelta(seconds=1))
    claim_now()
    mail_queue.mark_sent(slow)
    assert message(queued).status == MessageStatus.SENT


def test_a_handed_over_message_is_nobody_elses_until_the_verdict_must_have_come(
    user_id: int, smtp: MailServer
) -> None:
    queued = queue_mail(user_id)
    claimed = claim_now()
    handed = mail_queue.hand_over(claimed)
    assert handed is not None
    assert handed.until >= now() + timedelta(minutes=10)
    assert mail_queue.hand_over(claimed) is None
    assert (message(queued).status, message(queued).handed_over) == (MessageStatus.UNCLEAR, 1)
    assert mail_queue.claim(due_before=now() + timedelta(minutes=59)) is None
    set_message(queued, claimed_until=now() - timedelta(seconds=1))
    assert mail_queue.claim(due_before=now() + timedelta(minutes=59)) is None
    assert mail_queue.claim(due_before=now() + timedelta(minutes=61)) is not None


def test_bystanders_are_not_handed_over_or_marked(user_id: int, smtp: MailServer) -> None:
    queue_mail(user_id)
    first = claim_now()
    other = queue_mail(user_id)
    second = claim_now()
    handed = mail_queue.hand_over(first)
    assert handed is not None
    mail_queue.mark_unclear(handed, reason="No answer.")
    assert (message(other).status, message(other).last_error) == (MessageStatus.QUEUED, "")
    assert message(other).claimed_until == second.until


def test_what_may_have_arrived_is_sent_again_by_its_id_only(user_id: int, smtp: MailServer) -> None:
    queued = queue_mail(user_id)
    handed = mail_queue.hand_over(claim_now())
    assert handed is not None
    mail_queue.mark_unclear(handed, reason="No answer.")
    assert mail_queue.send_again() == 0
    assert mail_queue.send_again(user_id=user_id) == 0
    assert mail_queue.send_again(message_id=queued, user_id=user_id) == 1
    assert (message(queued).status, message(queued).handed_over) == (MessageStatus.QUEUED, 0)
    assert claim_now().id == queued


def test_a_refusal_of_what_was_handed_over_is_an_answer(user_id: int, smtp: MailServer) -> None:
    queued = queue_mail(user_id)
    handed = mail_queue.hand_over(claim_now())
    assert handed is not None
    assert mail_queue.mark_failed(handed, reason="Spam.", permanent=True, answered=True)
    assert (message(queued).status, message(queued).handed_over) == (MessageStatus.FAILED, 0)


def test_the_oldest_due_message_comes_first_and_a_later_one_waits(user_id: int, smtp: MailServer) -> None:
    later, second, first = (queue_mail(user_id) for _ in range(3))
    set_message(later, due_at=now() + timedelta(minutes=1))
    set_message(first, due_at=now() - timedelta(minutes=1))
    assert [claim_now().id, claim_now().id] == [first, second]
    assert mail_queue.claim(due_before=now()) is None


def test_failures_are_tried_again_ever_later_and_given_up_after_a_day(user_id: int, smtp: MailServer) -> None:
    queued = queue_mail(user_id)
    waits = []
    for attempt in range(1, mail_queue.MAX_ATTEMPTS):
        claimed = claim_now()
        assert claimed.attempt == attempt
        before = now()
        assert not mail_queue.mark_failed(claimed, reason="The server is busy.", permanent=False)
        stored = message(queued)
        assert stored.status == MessageStatus.QUEUED
        waits.append(round((stored.due_at - before).total_seconds() / 60))
        assert mail_queue.claim(due_before=now()) is None
        set_message(queued, due_at=now())
    assert waits == [1, 5, 15, 60, 180, 360, 720]
    assert mail_queue.mark_failed(claim_now(), reason="The server is busy.", permanent=False)
    assert message(queued).status == MessageStatus.FAILED
    assert message(queued).last_error == "The server is busy."


def test_a_permanent_refusal_is_given_up_at_once(user_id: int, smtp: MailServer) -> None:
    queued = queue_mail(user_id)
    assert mail_queue.mark_failed(claim_now(), reason="No such mailbox.", permanent=True)
    assert message(queued).status == MessageStatus.FAILED


def test_trying_again_gives_a_message_all_its_attempts_again(user_id: int, smtp: MailServer) -> None:
    queued = queue_mail(user_id)
    mail_queue.mark_failed(claim_now(), reason="No such mailbox.", permanent=True)
    assert mail_queue.send_again() == 1
    assert (message(queued).status, message(queued).attempts) == (MessageStatus.QUEUED, 0)
    assert claim_now().id == queued


def test_trying_again_touches_neither_what_is_sent_nor_what_is_being_sent(
    user_id: int, smtp: MailServer
) -> None:
    queue_mail(user_id)
    mail_queue.mark_sent(claim_now())
    queue_mail(user_id)
    claim_now()
    assert mail_queue.send_again() == 0


def test_a_user_sends_only_their_own_mails_again(user_id: int, smtp: MailServer) -> None:
    other = queue_mail(add_person("Otto"))
    assert mail_queue.send_again(message_id=other, user_id=user_id) == 0
    assert mail_queue.send_again(user_id=user_id) == 0


def test_many_claims_at_once_give_each_message_to_one(user_id: int, smtp: MailServer) -> None:
    queued = {queue_mail(user_id) for _ in range(12)}
    with ThreadPoolExecutor(8) as pool:
        claims = list(pool.map(lambda _: mail_queue.claim(due_before=now()), range(16)))
    taken = [claimed.id for claimed in claims if claimed]
    assert len(taken) == len(set(taken))
    while claimed := mail_queue.claim(due_before=now()):
        taken.append(claimed.id)
    assert sorted(taken) == sorted(queued)
