"""One mail handed to the mail server: yagmail connects, encrypts and signs in; the mail itself is ours.

yagmail 0.16 cannot be trusted with the content and the sending (measured): it takes a body that is the
path of a file for an attachment, fetches linked stylesheets, repeats the HTML as the text part, splits
headers at line breaks, hides a dropped connection behind `False` after 18 seconds, and sends mail in the
name of the login. So the headers are ours (`headers`), the parts a standard `EmailMessage`, and the delivery
is spoken here, command by command: `smtplib` has one time-out for all of them, and does not tell a mail that
was refused from one whose answer was lost. One client for each mail: threads that share one lose mails.
"""

import logging
import re
import smtplib
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from email import policy
from email.message import EmailMessage
from email.utils import parseaddr

import yagmail

from komet_import.language import _
from komet_import.language.current import Language, speaking
from komet_import.outbox.mail import headers, why
from komet_import.outbox.mail.send_error import SendError, explained, told_answer
from komet_import.refusal import on_one_line
from komet_import.settings import Settings, settings

log = logging.getLogger(__name__)

_DATA_SECONDS, _BLOCK_SECONDS = 120.0, 180.0
"""Longest waits for the leave to send the content, and for its sending (RFC 5321, section 4.5.3.2)."""
_FAREWELL_SECONDS = 5.0


@dataclass(frozen=True, kw_only=True)
class Letter:
    """A mail that is ready to be sent. `written_at` becomes its date, whenever it is sent; `language` is that
    of its reader, in which a company without a name is told.
    """

    message_id: str
    recipient: str
    subject: str
    html: str
    text: str
    written_at: datetime
    language: Language = Language.ENGLISH


@dataclass(frozen=True, kw_only=True)
class Waits:
    """The longest waits in seconds: for an answer to a command, to DATA, for the content, for the verdict."""

    command: float
    data: float
    block: float
    verdict: float


def waits(longest: float | None = None) -> Waits:
    """The waits as RFC 5321 (section 4.5.3.2) has them, shorter where the settings or `longest` say so."""
    command = settings().smtp_timeout_seconds
    verdict = 2 * command  # 5 minutes for a command, 10 for what the server does before it takes a mail
    if longest is not None:
        command, verdict = min(command, longest), min(verdict, longest)
    return Waits(
        command=command, data=min(command, _DATA_SECONDS), block=min(command, _BLOCK_SECONDS), verdict=verdict
    )


def longest_verdict() -> timedelta:
    """How long the server may think about a mail that it has."""
    return timedelta(seconds=waits().verdict)


def send(
    letter: Letter,
    *,
    handing_over: Callable[[], None] = lambda: None,
    taken: Callable[[], None] = lambda: None,
    longest: float | None = None,
) -> None:
    """Hand a mail to the mail server of the settings; returns once the server has taken it.

    `handing_over` is called when the server has all but the last line of the mail: before that it cannot
    have taken it, after that nobody knows until it answers. What it raises stops the sending. `taken` is
    called as soon as the server has answered that it took the mail, before the farewell. `longest` shortens
    every wait. Raises SendError where the server did not take it, or did not say (`unclear`).
    """
    chosen = settings()
    sender = sender_address(chosen)
    content = _content(letter, sender, chosen)
    allowed = waits(longest)
    client = _client(chosen, allowed)
    dialogue = _Dialogue(client, allowed)
    try:
        dialogue.begin()
        dialogue.deliver(content, sender=sender, recipient=letter.recipient, handing_over=handing_over)
        taken()
    except (OSError, UnicodeError) as wrong:  # smtplib's exceptions are OSErrors too
        raise explained(wrong, chosen, recipient=letter.recipient, waited=dialogue.waiting) from None
    finally:
        # The server has the mail, or we know why not: what happens to the connection now changes neither.
        try:
            dialogue.end()
        except Exception as wrong:
            log.info(
                "The talk with the mail server ended without a farewell: %s: %s", type(wrong).__name__, wrong
            )


class _Dialogue:
    """The talk with the mail server about one mail; `waiting` is the longest wait of the step it is at."""

    def __init__(self, client: yagmail.Client, allowed: Waits) -> None:
        self._client = client
        self._allowed = allowed
        self._in_content = False
        self.waiting = allowed.command

    def begin(self) -> None:
        """Connect, encrypt, sign in."""
        self._client.login()

    def deliver(
        self, content: bytes, *, sender: str, recipient: str, handing_over: Callable[[], None]
    ) -> None:
        """One mail, from its sender to the server's verdict. Raises SendError, OSError."""
        smtp: smtplib.SMTP = self._client.smtp
        smtp.ehlo_or_helo_if_needed()
        code, answer = smtp.mail(sender, self._options(smtp, content, sender, recipient))
        if code != 250:
            raise smtplib.SMTPSenderRefused(code, answer, sender)
        code, answer = smtp.rcpt(recipient)
        if code not in (250, 251):
            raise smtplib.SMTPRecipientsRefused({recipient: (code, answer)})
        self._wait(self._allowed.data)
        code, answer = smtp.docmd("DATA")
        if code != 354:
            raise smtplib.SMTPDataError(code, answer)
        self._in_content = True
        self._wait(self._allowed.block)
        smtp.send(re.sub(rb"(?m)^\.", b"..", content))  # a line of one dot is the end
        handing_over()
        self._wait(self._allowed.verdict)
        code, answer = self._verdict(smtp)
        self._in_content = False
        if not 200 <= code <= 299:
            raise smtplib.SMTPDataError(code, answer)

    def end(self) -> None:
        """Say farewell, or in the midst of a content, where any word would be a part of it, hang up."""
        if self._in_content:
            self._client.smtp.close()
        else:
            self._wait(min(self._allowed.command, _FAREWELL_SECONDS))
            self._client.close()

    def _verdict(self, smtp: smtplib.SMTP) -> tuple[int, bytes]:
        """The answer to the last line. Raises SendError `unclear` for whatever is no clear yes or no."""
        try:
            smtp.send(b".\r\n")
            code, answer = smtp.getreply()
        except OSError as wrong:
            late = "timed out" in str(wrong)
            how = _(why.LATE_AFTER, waiting=self.waiting) if late else _(why.HUNG_UP_AFTER)
            raise SendError(_(why.HAS_IT_BUT, how=how), unclear=True) from None
        if not (200 <= code <= 299 or 400 <= code <= 599):
            told, silent = told_answer(code, answer), _(why.HAS_IT_BUT, how=_(why.NO_WORD_AFTER))
            raise SendError(_(why.HAS_IT_AND_ANSWERED, answer=told) if told else silent, unclear=True)
        return code, answer

    def _options(self, smtp: smtplib.SMTP, content: bytes, sender: str, recipient: str) -> list[str]:
        options = [f"SIZE={len(content)}"] if smtp.has_extn("size") else []
        if not (sender + recipient).isascii():
            if not smtp.has_extn("smtputf8"):
                raise SendError(
                    _(
                        why.PLAIN_LETTERS,
                        sender=sender,
                        recipient=recipient,
                    ),
                    permanent=True,
                )
            options += ["SMTPUTF8", "BODY=8BITMIME"]
        return options

    def _wait(self, seconds: float) -> None:
        self.waiting = seconds
        if self._client.smtp.sock is not None:
            self._client.smtp.sock.settimeout(seconds)


def sender_address(chosen: Settings) -> str:
    """The bare address that mails come from. Raises SendError where the settings name none."""
    address = parseaddr(chosen.sender)[1]
    if "@" not in address:
        raise SendError(_(why.NO_SENDER))
    return address


def _client(chosen: Settings, allowed: Waits) -> yagmail.Client:
    # yagmail and smtplib check no certificate of their own accord.
    trusted = ssl.create_default_context() if chosen.smtp_security != "none" else None
    over_tls = chosen.smtp_security == "tls"
    options = {"context": trusted} if over_tls else {}
    client = yagmail.Client(
        # As a dictionary: yagmail appends @gmail.com to a login without @. Never None: it would ask the
        # home folder for the login, the keyring and then the terminal for the password.
        user={chosen.smtp_user: ""},
        password=chosen.smtp_password.get_secret_value(),
        host=chosen.smtp_host,
        port=chosen.smtp_port,
        smtp_ssl=over_tls,
        smtp_starttls={"context": trusted} if chosen.smtp_security == "starttls" else False,
        smtp_skip_login=not chosen.smtp_user,
        soft_email_validation=False,  # a login need not be an address
        timeout=allowed.command,
        **options,
    )
    client.set_logging(None)  # else every client adds two handlers to one logger, for ever
    return client


def _content(letter: Letter, sender: str, chosen: Settings) -> bytes:
    """The mail as it travels."""
    if not headers.is_address(sender):
        raise SendError(
            _(
                why.ODD_SENDER,
                sender=on_one_line(chosen.sender),
            )
        )
    if not headers.is_address(letter.recipient):
        raise SendError(
            _(
                why.ODD_RECIPIENT,
                recipient=on_one_line(letter.recipient),
            ),
            permanent=True,
        )
    with speaking(letter.language):
        company = chosen.told_company
    lines = (
        headers.mailbox("From", sender, name=company),
        headers.mailbox("To", letter.recipient),
        headers.text("Subject", letter.subject),
        headers.date(letter.written_at),
        f"Message-ID: {letter.message_id}",
        "Auto-Submitted: auto-generated",  # so that nobody's out-of-office answers
    )
    parts = EmailMessage(policy=policy.SMTP)
    parts.set_content(letter.text)
    parts.add_alternative(letter.html, subtype="html")
    return "".join(f"{line}\r\n" for line in lines).encode() + parts.as_bytes()
