"""One mail handed to the mail server: yagmail connects, encrypts and signs in; the mail itself is ours.

yagmail 0.16 cannot be trusted with the content and the sending (measured): it takes a body that is the
path of a file for an attachment, fetches linked stylesheets, repeats the HTML as the text part, splits
headers at line breaks, hides a dropped connection behind `False` after 18 seconds, and sends mail in the
name of the login. So the mail is a standard `EmailMessage`, and its `smtp.send_message` delivers it.
One client for each mail: threads that share one lose mails.
"""

import smtplib
import socket
import ssl
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from email import policy
from email.errors import HeaderParseError
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import parseaddr

import yagmail

from komet_import.mail.messages import one_line
from komet_import.settings import Settings, settings


class SendError(Exception):
    """A mail that was not sent, in one sentence; `permanent` where trying again cannot help."""

    def __init__(self, message: str, *, permanent: bool = False) -> None:
        super().__init__(message)
        self.message = message
        self.permanent = permanent


@dataclass(frozen=True, kw_only=True)
class Letter:
    """A mail that is ready to be sent. `written_at` becomes its date, whenever it is sent."""

    message_id: str
    recipient: str
    subject: str
    html: str
    text: str
    written_at: datetime


def send(letter: Letter, *, taken: Callable[[], None] = lambda: None) -> None:
    """Hand a mail to the mail server of the settings; returns once the server has taken it.

    `taken` is called as soon as the server has answered so, before the farewell, for which a server may be
    waited for as long as for any answer. Raises SendError where it did not take it. A connection that breaks
    while the server answers leaves the outcome open: the mail will be sent again, with the same Message-ID,
    from which receivers know the copy.
    """
    chosen = settings()
    mail = _mail(letter, chosen)
    client = _client(chosen)
    try:
        client.login()
        try:
            refused = client.smtp.send_message(mail, sender_address(chosen), [letter.recipient])
        except smtplib.SMTPNotSupportedError:
            raise SendError(
                f"The mail server cannot deliver to {letter.recipient}: it takes only plain letters in "
                "addresses.",
                permanent=True,
            ) from None
        if refused:
            raise smtplib.SMTPRecipientsRefused(refused)
        taken()
    except SendError:
        raise
    except (OSError, UnicodeError) as wrong:  # smtplib's exceptions are OSErrors too
        raise _explained(wrong, letter, chosen) from None
    finally:
        # The server has the mail, or we know why not: what happens to the connection now changes neither.
        with suppress(Exception):
            client.close()


def sender_address(chosen: Settings) -> str:
    """The bare address that mails come from. Raises SendError where the settings name none."""
    address = parseaddr(chosen.sender)[1]
    if "@" not in address:
        raise SendError("No sender address is set: set KOMET_SMTP_FROM.")
    return address


def _client(chosen: Settings) -> yagmail.Client:
    trusted = ssl.create_default_context()  # yagmail and smtplib check no certificate of their own accord
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
        timeout=chosen.smtp_timeout_seconds,
        **options,
    )
    client.set_logging(None)  # else every client adds two handlers to one logger, for ever
    return client


def _mail(letter: Letter, chosen: Settings) -> EmailMessage:
    sender = _address(sender_address(chosen), name=chosen.company)
    if sender is None:
        raise SendError(f"The sender “{one_line(chosen.sender)}” is no mail address: set KOMET_SMTP_FROM.")
    recipient = _address(letter.recipient)
    if recipient is None:
        raise SendError(
            f"“{one_line(letter.recipient)}” is not a mail address; an Admin can correct it under Users.",
            permanent=True,
        )
    mail = EmailMessage(policy=policy.SMTP)
    mail["From"] = sender
    mail["To"] = recipient
    mail["Subject"] = _header(letter.subject)
    mail["Date"] = letter.written_at
    mail["Message-ID"] = letter.message_id
    mail["Auto-Submitted"] = "auto-generated"  # so that nobody's out-of-office answers
    mail.set_content(letter.text)
    mail.add_alternative(letter.html, subtype="html")
    return mail


def _address(address: str, *, name: str = "") -> Address | None:
    """The address for a header, or None where it is none; a line break in it would forge another header."""
    try:
        made = Address(_header(name), addr_spec=address)
    except (ValueError, IndexError, HeaderParseError):
        return None
    return made if made.username and made.domain else None


def _header(value: str) -> str:
    """Text for a header; a name that is itself an encoded word must not be decoded into line breaks."""
    return one_line(value).replace("=?", "= ?")


def _explained(wrong: Exception, letter: Letter, chosen: Settings) -> SendError:
    """The one sentence for whatever went wrong between us and the server."""
    server = f"The mail server {chosen.smtp_host}:{chosen.smtp_port}"
    match wrong:
        case smtplib.SMTPRecipientsRefused():
            code, reason = next(iter(wrong.recipients.values()))
            return SendError(
                f"The mail server refused the address {letter.recipient}: {_answer(code, reason)}.",
                permanent=code >= 500,
            )
        case smtplib.SMTPAuthenticationError():
            return SendError(
                f"{server} refused the account or its password: {_answer(wrong.smtp_code, wrong.smtp_error)}."
            )
        case smtplib.SMTPSenderRefused():
            return SendError(
                f"{server} refused the sender {wrong.sender}: {_answer(wrong.smtp_code, wrong.smtp_error)}."
            )
        case smtplib.SMTPDataError():
            return SendError(
                f"{server} refused the mail: {_answer(wrong.smtp_code, wrong.smtp_error)}.",
                permanent=wrong.smtp_code >= 500,
            )
        case smtplib.SMTPResponseException():
            return SendError(f"{server} answered {_answer(wrong.smtp_code, wrong.smtp_error)}.")
        case smtplib.SMTPNotSupportedError():
            missing = "sign-in" if "AUTH" in str(wrong) else "STARTTLS"
            return SendError(f"{server} offers no {missing}: check KOMET_SMTP_SECURITY and KOMET_SMTP_USER.")
        case ssl.SSLCertVerificationError():
            return SendError(f"{server} shows a certificate that is not trusted: {wrong.verify_message}.")
        case ssl.SSLError():
            return SendError(f"{server} does not speak TLS as set: check KOMET_SMTP_SECURITY and the port.")
        case socket.gaierror():
            return SendError(f"{server} is not known: check KOMET_SMTP_HOST.")
        case smtplib.SMTPServerDisconnected() if "timed out" not in str(wrong):
            return SendError(f"{server} hung up.")
        case TimeoutError() | smtplib.SMTPServerDisconnected():
            return SendError(f"{server} did not answer within {chosen.smtp_timeout_seconds:g} seconds.")
        case UnicodeError():
            return SendError(f"{server} cannot be used: its name, account or password has unusual letters.")
    cause = one_line(getattr(wrong, "strerror", None) or str(wrong)).rstrip(".")
    what = "used" if isinstance(wrong, smtplib.SMTPException) else "reached"
    return SendError(f"{server} cannot be {what}: {cause}.")


def _answer(code: int, reason: bytes | str) -> str:
    text = reason.decode("utf-8", "replace") if isinstance(reason, bytes) else reason
    return f"{code} {one_line(text)[:200]}".rstrip(". ")
