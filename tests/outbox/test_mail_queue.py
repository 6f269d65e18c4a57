"""The outbox: in the transaction of what it reports, out to one dispatcher at a time."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import col, update

from komet_import.clock import earlier
from komet_import.ledger.database import transaction
from komet_import.ledger.models import Message, MessageStatus, now
from komet_import.outbox import mail_queue
from komet_import.outbox.mail.smtp import Letter, longest_verdict
from komet_import.refusal import Refusal
from komet_import.settings import settings
from komet_import.types import Role
from tests.interleaving import meet
from tests.mail_server import MailServer
from tests.outbox.people import ADDRESS, add_person, composed, message, queue_mail, send_again
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
        send_again()
    assert refused.value.code == "no-mail-server"
    monkeypatch.setenv("KOMET_SMTP_HOST", "127.0.0.1")
    settings.cache_clear()
    assert mail_queue.claim(due_before=now()) is None
    assert send_again(message_id=kept) == 1
    assert claim_now().id == kept


def test_a_claimed_message_is_nobody_elses(user_id: int, smtp: MailServer) -> None:
    queue_mail(user_id)
    assert claim_now().attempt == 1
    assert mail_queue.claim(due_before=now()) is None


def test_what_came_of_one_message_is_said_of_no_other_that_was_taken_at_the_same_time(
    user_id: int, smtp: MailServer
) -> None:
    for _ in range(2):
        queue_mail(user_id)
    first, second = claim_now(), claim_now()
    set_message(second.id, claimed_until=first.until)
    mail_queue.mark_failed(first, reason="The mail server hung up.", permanent=True)
    assert [message(one.id).status for one in (first, second)] == [MessageStatus.FAILED, MessageStatus.QUEUED]
    assert message(second.id).claimed_until == first.until


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
    assert send_again() == 0
    assert send_again(user_id=user_id) == 0
    assert send_again(message_id=queued, user_id=user_id) == 1
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
    assert send_again() == 1
    assert (message(queued).status, message(queued).attempts) == (MessageStatus.QUEUED, 0)
    assert claim_now().id == queued


def test_trying_again_touches_neither_what_is_sent_nor_what_is_being_sent(
    user_id: int, smtp: MailServer
) -> None:
    queue_mail(user_id)
    mail_queue.mark_sent(claim_now())
    queue_mail(user_id)
    claim_now()
    assert send_again() == 0


def test_a_user_sends_only_their_own_mails_again(user_id: int, smtp: MailServer) -> None:
    other = queue_mail(add_person("Otto"))
    assert send_again(message_id=other, user_id=user_id) == 0
    assert send_again(user_id=user_id) == 0


def test_many_claims_at_once_give_each_message_to_one(user_id: int, smtp: MailServer) -> None:
    queued = {queue_mail(user_id) for _ in range(12)}
    with ThreadPoolExecutor(8) as pool:
        claims = list(pool.map(lambda _: mail_queue.claim(due_before=now()), range(16)))
    taken = [claimed.id for claimed in claims if claimed]
    assert len(taken) == len(set(taken))
    while claimed := mail_queue.claim(due_before=now()):
        taken.append(claimed.id)
    assert sorted(taken) == sorted(queued)


def test_who_takes_a_message_does_not_wait_for_another_who_does(
    postgresql_database: str, smtp: MailServer
) -> None:
    workspace.others_only()
    first, second = (queue_mail(user_id) for user_id in [add_person()] for _ in range(2))
    taken: list[int] = []
    meet("UPDATE message", lambda: taken.append(claim_now().id), lambda: taken.append(claim_now().id))
    assert taken == [second, first], "the second one is done while the first still holds its own"


def test_who_hands_over_late_and_who_takes_it_over_are_not_both_at_it(user_id: int, smtp: MailServer) -> None:
    """The lease is over; the one who still has the message locks it before the server gets it."""
    queued = queue_mail(user_id)
    claimed = claim_now()
    over = now() - timedelta(seconds=1)
    set_message(queued, claimed_until=over)
    handed, taken = meet(
        "UPDATE message",
        lambda: mail_queue.hand_over(replace(claimed, until=over)),
        lambda: mail_queue.claim(due_before=now()),
    )
    assert handed is not None and taken is None
    assert message(queued).status == MessageStatus.UNCLEAR


def test_a_mail_is_queued_for_whom_and_about_what_it_is(user_id: int, smtp: MailServer) -> None:
    rita = workspace.person("zoe", Role.ACCOUNTS_RECEIVABLES)
    batch_id = workspace.opened(rita, workspace.credit())
    with transaction() as session:
        queued = mail_queue.queue(
            session, user_id=rita.id, recipient=ADDRESS, batch_id=batch_id, composed=composed()
        )
        key = queued.id or 0
    stored = message(key)
    assert (stored.user_id, stored.batch_id, stored.handed_over, stored.claimed_until) == (
        rita.id,
        batch_id,
        0,
        None,
    )
    claimed = claim_now()
    assert (claimed.id, claimed.letter) == (
        key,
        Letter(
            message_id=stored.message_id,
            recipient=ADDRESS,
            subject=stored.subject,
            html=stored.html,
            text=stored.text,
            written_at=stored.created_at,
        ),
    )


@pytest.mark.parametrize(
    ("sender", "public_url", "domain"),
    [
        ("Petals <a@mail.example>", "https://import.example.com", "mail.example"),
        ("", "https://import.example.com:8443", "import.example.com"),
        ("a@bl\u00fcten.example", "https://import.example.com", "import.example.com"),
    ],
)
def test_a_message_id_ends_in_a_domain_of_ours(
    user_id: int, monkeypatch: pytest.MonkeyPatch, sender: str, public_url: str, domain: str
) -> None:
    monkeypatch.setenv("KOMET_SMTP_FROM", sender)
    monkeypatch.setenv("KOMET_PUBLIC_URL", public_url)
    settings.cache_clear()
    given = mail_queue.new_message_id()
    assert given.startswith("<") and given.endswith(f"@{domain}>")
    assert len(given) == 1 + 32 + len(f"@{domain}>")


def test_a_claim_is_good_for_ten_minutes_and_not_longer(user_id: int, smtp: MailServer) -> None:
    with earlier(timedelta(minutes=9, seconds=30)):
        queued = queue_mail(user_id)
        claimed = claim_now()
        assert claimed.until == message(queued).claimed_until
    assert mail_queue.claim(due_before=now()) is None
    with earlier(timedelta(seconds=-40)):
        assert claim_now().attempt == 2


def test_of_those_due_at_once_the_one_queued_first_goes_first(user_id: int, smtp: MailServer) -> None:
    keys = [queue_mail(user_id) for _ in range(3)]
    moment = now() - timedelta(minutes=5)
    with transaction() as session:
        session.execute(update(Message).where(col(Message.user_id) == user_id).values(due_at=moment))
    assert mail_queue.claim(due_before=moment - timedelta(seconds=1)) is None
    assert [claim_now().id for _ in keys] == keys


def test_what_was_handed_over_says_so_until_an_answer_comes(user_id: int, smtp: MailServer) -> None:
    queued = queue_mail(user_id)
    handed = mail_queue.hand_over(claim_now())
    assert handed is not None
    stored = message(queued)
    assert stored.last_error == "The program ended before the mail server answered."
    assert stored.claimed_until == handed.until
    assert abs(stored.due_at - now() - timedelta(hours=1)) < timedelta(minutes=1)
    assert abs(handed.until - now() - longest_verdict() - timedelta(minutes=1)) < timedelta(minutes=1)
    set_message(queued, due_at=now())
    mail_queue.mark_unclear(handed, reason="No answer.")
    stored = message(queued)
    assert (stored.status, stored.handed_over, stored.last_error) == (MessageStatus.UNCLEAR, 1, "No answer.")
    assert stored.claimed_until is None
    assert abs(stored.due_at - now() - timedelta(hours=1)) < timedelta(minutes=1)


def test_whoever_has_lost_the_lease_says_nothing_any_more(user_id: int, smtp: MailServer) -> None:
    """Neither that it was handed over, nor what became of it; only that it was sent counts always."""
    queued = queue_mail(user_id)
    late = claim_now()
    handed = mail_queue.hand_over(late)
    assert handed is not None
    set_message(queued, claimed_until=now() - timedelta(seconds=1), due_at=now())
    claim_now()
    before = message(queued)
    for one in (late, handed):
        assert mail_queue.hand_over(one) is None
        mail_queue.mark_unclear(one, reason="x")
        assert mail_queue.mark_failed(one, reason="x", permanent=True, answered=True) is False
    assert message(queued).model_dump() == before.model_dump()


def test_what_was_sent_stays_sent(user_id: int, smtp: MailServer) -> None:
    queued = queue_mail(user_id)
    claimed = claim_now()
    set_message(queued, last_error="The server was busy.")
    mail_queue.mark_sent(claimed)
    stored = message(queued)
    assert (stored.last_error, stored.claimed_until) == ("", None)
    assert stored.sent_at is not None and abs(stored.sent_at - now()) < timedelta(minutes=1)
    set_message(queued, claimed_until=claimed.until)
    assert mail_queue.hand_over(claimed) is None
    mail_queue.mark_unclear(claimed, reason="x")
    assert not mail_queue.mark_failed(claimed, reason="x", permanent=True)
    assert (message(queued).status, message(queued).last_error) == (MessageStatus.SENT, "")


def test_a_temporary_answer_takes_the_doubt_away_and_a_broken_line_leaves_it(
    user_id: int, smtp: MailServer
) -> None:
    for answered, status in ((True, MessageStatus.QUEUED), (False, MessageStatus.UNCLEAR)):
        queued = queue_mail(user_id)
        handed = mail_queue.hand_over(claim_now())
        assert handed is not None
        assert not mail_queue.mark_failed(handed, reason="Later.", permanent=False, answered=answered)
        stored = message(queued)
        assert (stored.status, stored.handed_over, stored.claimed_until) == (status, int(not answered), None)
        assert abs(stored.due_at - now() - timedelta(minutes=1)) < timedelta(minutes=1)


def test_only_a_person_sends_what_was_handed_over_three_times(user_id: int, smtp: MailServer) -> None:
    queued = queue_mail(user_id)
    for status, handed_over, again in (
        (MessageStatus.QUEUED, 0, True),
        (MessageStatus.UNCLEAR, mail_queue.MAX_UNCLEAR - 1, True),
        (MessageStatus.UNCLEAR, mail_queue.MAX_UNCLEAR, False),
        (MessageStatus.FAILED, 0, False),
        (MessageStatus.UNSENT, 0, False),
        (MessageStatus.SENT, 0, False),
    ):
        set_message(queued, status=status, handed_over=handed_over, claimed_until=None, attempts=0)
        assert mail_queue.will_be_sent_again(message(queued)) is again
        assert (mail_queue.claim(due_before=now()) is not None) is again
    set_message(
        queued,
        status=MessageStatus.UNCLEAR,
        handed_over=mail_queue.MAX_UNCLEAR,
        attempts=8,
        claimed_until=None,
    )
    assert send_again(message_id=queued) == 1
    stored = message(queued)
    assert (stored.status, stored.handed_over, stored.attempts) == (MessageStatus.QUEUED, 0, 0)
    assert claim_now().attempt == 1


def test_trying_again_is_for_the_one_that_was_meant_and_for_now(user_id: int, smtp: MailServer) -> None:
    mine, other, ottos = queue_mail(user_id), queue_mail(user_id), queue_mail(add_person("Otto"))
    for key in (mine, other, ottos):
        set_message(key, due_at=now() + timedelta(hours=3), attempts=5)
    assert send_again(message_id=mine) == 1
    assert [message(key).attempts for key in (mine, other, ottos)] == [0, 5, 5]
    assert message(mine).due_at <= now()
    assert send_again(user_id=user_id) == 2
    assert [message(key).attempts for key in (mine, other, ottos)] == [0, 0, 5]
    assert send_again() == 3
    set_message(mine, claimed_until=now() - timedelta(seconds=1))  # of a dispatcher that died
    set_message(other, claimed_until=now() + timedelta(minutes=1))
    assert send_again(user_id=user_id) == 1
    assert message(mine).claimed_until is None
    assert {claim_now().id, claim_now().id} == {mine, ottos}
    assert mail_queue.claim(due_before=now()) is None
