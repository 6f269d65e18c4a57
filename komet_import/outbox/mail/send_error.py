"""Why a mail was not sent, in one sentence, whatever went wrong between us and the mail server."""

import smtplib
import socket
import ssl

from komet_import.language import _
from komet_import.outbox.mail import why
from komet_import.refusal import on_one_line
from komet_import.settings import Settings


class SendError(Exception):
    """A mail that was not sent, in one sentence; `permanent` where trying again cannot help.

    `unclear` where the server has the whole mail but did not say what it does with it: it may arrive.
    """

    def __init__(self, message: str, *, permanent: bool = False, unclear: bool = False) -> None:
        super().__init__(message)
        self.message = message
        self.permanent = permanent
        self.unclear = unclear


def explained(wrong: Exception, chosen: Settings, *, recipient: str, waited: float) -> SendError:
    """The one sentence for whatever went wrong between us and the server."""
    server = _(why.SERVER, host=chosen.smtp_host, port=chosen.smtp_port)
    answer = _answer(wrong)
    if answer is not None and not is_whole(answer[0]):
        # A code that was cut off, or none, refuses nothing, whatever it was the answer to.
        told = told_answer(*answer)
        return SendError(
            _(why.NOT_WHOLE, server=server, answer=told) if told else _(why.NO_WORD, server=server)
        )
    match wrong:
        case smtplib.SMTPRecipientsRefused():
            code, reason = next(iter(wrong.recipients.values()))
            return SendError(
                _(
                    why.REFUSED_ADDRESS,
                    recipient=recipient,
                    answer=told_answer(code, reason),
                ),
                permanent=code >= 500,
            )
        case smtplib.SMTPAuthenticationError():
            return SendError(
                _(
                    why.REFUSED_ACCOUNT,
                    server=server,
                    answer=told_answer(wrong.smtp_code, wrong.smtp_error),
                )
            )
        case smtplib.SMTPSenderRefused():
            return SendError(
                _(
                    why.REFUSED_SENDER,
                    server=server,
                    sender=wrong.sender,
                    answer=told_answer(wrong.smtp_code, wrong.smtp_error),
                )
            )
        case smtplib.SMTPDataError():
            return SendError(
                _(
                    why.REFUSED_MAIL,
                    server=server,
                    answer=told_answer(wrong.smtp_code, wrong.smtp_error),
                ),
                permanent=wrong.smtp_code >= 500,
            )
        case smtplib.SMTPResponseException():
            return SendError(
                _(
                    why.ANSWERED,
                    server=server,
                    answer=told_answer(wrong.smtp_code, wrong.smtp_error),
                )
            )
        case smtplib.SMTPNotSupportedError():
            missing = _(why.SIGN_IN) if "AUTH" in str(wrong) else "STARTTLS"
            return SendError(
                _(
                    why.OFFERS_NO,
                    server=server,
                    missing=missing,
                )
            )
        case ssl.SSLCertVerificationError():
            return SendError(
                _(
                    why.NOT_TRUSTED,
                    server=server,
                    verify_message=wrong.verify_message,
                )
            )
        case ssl.SSLError():
            return SendError(
                _(
                    why.NO_TLS,
                    server=server,
                )
            )
        case socket.gaierror():
            return SendError(_(why.NOT_KNOWN, server=server))
        case smtplib.SMTPServerDisconnected() if "timed out" not in str(wrong):
            return SendError(_(why.HUNG_UP, server=server))
        case TimeoutError() | smtplib.SMTPServerDisconnected():
            return SendError(_(why.LATE, server=server, waited=waited))
        case UnicodeError():
            return SendError(
                _(
                    why.ODD_LETTERS,
                    server=server,
                )
            )
    cause = on_one_line(getattr(wrong, "strerror", None) or str(wrong)).rstrip(".")
    what = _(why.USED if isinstance(wrong, smtplib.SMTPException) else why.REACHED)
    return SendError(_(why.CANNOT_BE, server=server, what=what, cause=cause))


def _answer(wrong: Exception) -> tuple[int, bytes | str] | None:
    """The code and the text of an answer that went wrong."""
    if isinstance(wrong, smtplib.SMTPRecipientsRefused):
        return next(iter(wrong.recipients.values()))
    return (wrong.smtp_code, wrong.smtp_error) if isinstance(wrong, smtplib.SMTPResponseException) else None


def is_whole(code: int) -> bool:
    """Whether an answer begins with a code of SMTP (RFC 5321, section 4.2)."""
    return 200 <= code <= 599


def told_answer(code: int, reason: bytes | str) -> str:
    """What a mail server answered; smtplib has a negative code for a line that began with none."""
    text = reason.decode("utf-8", "replace") if isinstance(reason, bytes) else reason
    said = on_one_line(text)[:200].rstrip(". ")
    if code < 0:
        return said
    if not said and is_whole(code):
        return _(why.NO_REASON, code=code)
    return f"{code} {said}".rstrip()
