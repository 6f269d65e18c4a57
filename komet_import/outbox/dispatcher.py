"""The dispatcher: sends what is due, in a thread of the server, or once from the terminal.

Any number of dispatchers may run, in any number of processes: the outbox gives a message to one of them.
An outage of the database or the mail server is a line in the log; the next round tries again.
"""

import logging
import re
import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

from sqlalchemy.exc import SQLAlchemyError

from komet_import.language.current import Language, speaking, spoken
from komet_import.ledger.failed_statement import said
from komet_import.ledger.models import now
from komet_import.outbox import bells, mail_queue, queries
from komet_import.outbox.mail import send_error, smtp, why
from komet_import.outbox.mail.wording import compose_test
from komet_import.settings import settings

ROUND_SECONDS = 5.0
STOP_SECONDS = 2.0

TEST_SECONDS = 30.0
"""Somebody looks at the page while a test mail is sent."""

Outcome = Literal["sent", "retried", "failed", "unclear"]

log = logging.getLogger(__name__)

_ADDRESS = re.compile(r"[^\s<>()“”\"',;:]+@[^\s<>()“”\"',;:]+")
"""Whatever may be a mail address: a server's answer writes them as it likes, and names others too."""
_delivered: deque[mail_queue.Claimed] = deque()
_noting = threading.Lock()


@dataclass(frozen=True, kw_only=True)
class Counts:
    """What a round did: mails sent, put back for a later attempt, given up, and taken without an answer."""

    sent: int = 0
    retried: int = 0
    failed: int = 0
    unclear: int = 0

    @property
    def tried(self) -> int:
        """How many mails that were."""
        return self.sent + self.retried + self.failed + self.unclear


def send_due(*, limit: int | None = None, stopping: Callable[[], bool] = lambda: False) -> Counts:
    """Send what is due now, each message once, at most `limit` of them; stops early when `stopping` says so.

    Without a mail server in the settings nothing is due. Raises SQLAlchemyError where the database is away.
    """
    if not settings().smtp_host:
        return Counts()
    _note_delivered()
    counts, started = Counts(), now()
    while (limit is None or counts.tried < limit) and not stopping():
        if not queries.anything_due(before=started):
            break
        claimed = mail_queue.claim(due_before=started)
        if claimed is None:
            break
        outcome = deliver(claimed)
        counts = replace(counts, **{outcome: getattr(counts, outcome) + 1})
    return counts


def deliver(claimed: mail_queue.Claimed) -> Outcome:
    """Send a claimed message, and write down what came of it."""
    if claimed.attempt > mail_queue.MAX_ATTEMPTS:
        reason = why.GIVEN_UP
        return "failed" if mail_queue.mark_failed(claimed, reason=reason, permanent=True) else "retried"
    ours, handed_over = claimed, False

    def handing_over() -> None:
        nonlocal ours, handed_over
        handed = mail_queue.hand_over(claimed)
        if handed is None:
            raise send_error.SendError(why.SOMEBODY_ELSE)
        ours, handed_over = handed, True

    def taken() -> None:
        _delivered.append(ours)
        try:
            _note_delivered()
        except SQLAlchemyError as wrong:  # it is tried again below, and in every round
            log.warning("It was not noted that mail %d was sent: %s", ours.id, said(wrong))

    try:
        with speaking(Language.ENGLISH):  # what is kept of a failure
            smtp.send(claimed.letter, handing_over=handing_over, taken=taken)
    except send_error.SendError as wrong:
        # The person who may see the address sees it in the app; the log is read by others as well.
        log.warning(
            "Mail %d was not sent: %s",
            claimed.id,
            _ADDRESS.sub("(an address)", wrong.message),
        )
        if wrong.unclear:
            mail_queue.mark_unclear(ours, reason=wrong.message)
            return "unclear"
        given_up = mail_queue.mark_failed(
            ours, reason=wrong.message, permanent=wrong.permanent, answered=handed_over
        )
        return "failed" if given_up else "retried"
    except SQLAlchemyError:
        raise
    except Exception as wrong:  # one mail that nobody foresaw must not stop the others
        log.exception("Mail %d was not sent", claimed.id)
        reason = why.UNFORESEEN.format(kind=type(wrong).__name__)
        if handed_over:
            mail_queue.mark_unclear(ours, reason=reason)
            return "unclear"
        return "failed" if mail_queue.mark_failed(ours, reason=reason, permanent=False) else "retried"
    _note_delivered()
    return "sent"


def _note_delivered() -> None:
    """Write down what the mail server has taken. Should the database be away just now, the next round does
    it: a mail is not sent twice because of an outage.
    """
    with _noting:
        while _delivered:
            mail_queue.mark_sent(_delivered[0])
            _delivered.popleft()


def send_test(*, recipient: str, name: str) -> None:
    """Send a test mail at once, past the outbox, so that the person sees what the server says.

    Raises SendError with one sentence where the server did not take it.
    """
    chosen = settings()
    mail = compose_test(recipient_name=name, company=chosen.told_company, public_url=chosen.public_url)
    smtp.send(
        smtp.Letter(
            message_id=mail_queue.new_message_id(),
            recipient=recipient,
            subject=mail.subject,
            html=mail.html,
            text=mail.text,
            written_at=now(),
            language=spoken(),
        ),
        longest=TEST_SECONDS,
    )


def start() -> Callable[[], None]:
    """Start the thread that sends what is due; call what is returned to stop it, within two seconds.

    A mail that is being sent at that moment is finished if it can be, else sent again after its lease.
    Without a mail server in the settings there is nothing to start.
    """
    if not settings().smtp_host:
        log.info("No mail server is set: mails stay in Messages.")
        return lambda: None
    stopped, bell = threading.Event(), threading.Event()
    bells.hang(bell)
    thread = threading.Thread(target=_run, args=(stopped, bell), name="komet-mail", daemon=True)
    thread.start()

    def stop() -> None:
        bells.take_down(bell)
        stopped.set()
        bell.set()
        thread.join(STOP_SECONDS)

    return stop


def _run(stopped: threading.Event, bell: threading.Event) -> None:
    away = False
    while True:
        bell.clear()  # before the round: what is queued during it rings for the next one
        if stopped.is_set():
            return
        try:
            send_due(stopping=stopped.is_set)
            away = False
        except SQLAlchemyError as wrong:
            if not away:  # once for each outage, not every five seconds
                log.warning("Mails wait: the database does not answer: %s", said(wrong))
            away = True
        except Exception:  # the thread must outlive whatever a round runs into
            log.exception("A round of sending mails failed")
        bell.wait(ROUND_SECONDS)
