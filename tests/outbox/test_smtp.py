"""One mail over a real connection: what arrives, and the one sentence where nothing does."""

import logging
import smtplib
import socket
from email.utils import parsedate_to_datetime
from pathlib import Path

import pytest

from komet_import.outbox.mail.send_error import SendError, explained, is_whole, told_answer
from komet_import.outbox.mail.smtp import Letter, Waits, send, waits
from komet_import.settings import settings
from tests.mail_server import Certificate, MailServer, StartSmtp
from tests.outbox.people import ADDRESS, WRITTEN, composed, receipt
from tests.postgresql import free_port

LOGIN = ("robot", "correct horse")


def letter(**changes: str) -> Letter:
    mail = composed()
    words = {
        "message_id": "<1@komet.example>",
        "recipient": ADDRESS,
        "subject": mail.subject,
        "html": mail.html,
        "text": mail.text,
    }
    return Letter(written_at=WRITTEN, **(words | changes))


def refusal(sent: Letter | None = None) -> SendError:
    with pytest.raises(SendError) as caught:
        send(sent or letter())
    assert "\n" not in caught.value.message
    assert LOGIN[1] not in caught.value.message
    return caught.value


def change(monkeypatch: pytest.MonkeyPatch, **values: str) -> None:
    for name, value in values.items():
        monkeypatch.setenv(f"KOMET_{name.upper()}", value)
    settings.cache_clear()


def test_a_mail_arrives_with_its_headers_and_both_parts(
    smtp: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    change(monkeypatch, company="Pétales & Co.")
    sent = letter()
    send(sent)
    (received,) = smtp.messages
    assert (received.sender, received.recipients) == ("imports@komet.example", (ADDRESS,))
    mail = received.mail
    assert mail["From"] == '"Pétales & Co." <imports@komet.example>'
    assert mail["To"] == ADDRESS
    assert mail["Subject"] == sent.subject
    assert mail["Message-ID"] == "<1@komet.example>"
    assert parsedate_to_datetime(mail["Date"]) == WRITTEN
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "text/html"]
    assert received.part("plain").replace("\r\n", "\n") == sent.text
    assert received.part("html").replace("\r\n", "\n").strip() == sent.html.strip()
    assert not mail.defects


@pytest.mark.parametrize(
    "subject",
    [
        "37 crédits importés, 3 rejetés — crédits März 🌹.xlsx",
        "تم استيراد ٣٧ — مارس.xlsx",
        "x" * 190,
        "é" * 190,
        "🌹" * 120,
        '<b>"quoted", and: more</b>',
    ],
)
def test_a_subject_arrives_as_it_was_written(smtp: MailServer, subject: str) -> None:
    send(letter(subject=subject))
    (received,) = smtp.messages
    assert received.mail["Subject"] == subject
    assert len(received.mail.keys()) == len(set(received.mail.keys()))
    assert max(len(line) for line in received.content.split(b"\r\n")) <= 998


@pytest.mark.parametrize(
    "subject",
    [
        "Hi\n\nx",
        "a\r\nBcc: eve@evil.example\r\n\r\nbody",
        "a\x00b\u2028c",
        "=?utf-8?q?a=0D=0ABcc:_eve=40evil.example=0D=0A=0D=0Ax?= — é.xlsx",
    ],
)
def test_a_subject_cannot_split_the_headers(smtp: MailServer, subject: str) -> None:
    send(letter(subject=subject))
    (received,) = smtp.messages
    assert received.recipients == (ADDRESS,)
    assert "Bcc" not in received.mail
    assert received.part("plain").startswith("Hello Rita")


def test_a_text_that_is_the_path_of_a_file_is_not_that_file(smtp: MailServer, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("do not send me")
    send(letter(text=str(secret), html=str(secret), subject=str(secret)))
    (received,) = smtp.messages
    assert b"do not send me" not in received.content
    assert received.part("plain").strip() == str(secret)
    assert not list(received.mail.iter_attachments())


def test_no_stylesheet_is_fetched(smtp: MailServer, tmp_path: Path) -> None:
    style = tmp_path / "style.css"
    style.write_text("p { color: rebeccapurple }")
    html = f'<link rel="stylesheet" href="{style}"><style>@import "{style}"</style><p>Hello</p>'
    send(letter(html=html))
    (received,) = smtp.messages
    assert received.part("html").strip() == html
    assert b"rebeccapurple" not in received.content


def test_a_line_that_is_a_single_dot_does_not_end_the_mail(smtp: MailServer) -> None:
    send(letter(text="before\n.\n..after\n" + "long " * 400))
    (received,) = smtp.messages
    assert received.part("plain").replace("\r\n", "\n") == "before\n.\n..after\n" + "long " * 400 + "\n"


@pytest.mark.parametrize(
    "name",
    [
        "Rosas del Valle GmbH",
        'A "B" <c@d.example>, E',
        "山田花店",
        "a\nBcc: x@y.z",
        "Petals, Stems & Leaves Wholesale Company of South Florida, a Division of Green Holdings, Inc.",
    ],
)
def test_a_company_of_any_name_sends_from_the_one_sender(
    smtp: MailServer, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    change(monkeypatch, company=name)
    send(letter())
    (received,) = smtp.messages
    (sender,) = received.mail["From"].addresses
    assert sender.addr_spec == "imports@komet.example"
    assert sender.display_name == name.replace("\n", " ")
    assert "Bcc" not in received.mail


@pytest.mark.parametrize(
    "address",
    [
        "",
        "rita",
        "rita@",
        "@komet.example",
        "a@b.example\nBcc: eve@evil.example",
        "a b@c.example",
        "a@b, c@d",
    ],
)
def test_what_is_no_address_is_refused_for_good(smtp: MailServer, address: str) -> None:
    wrong = refusal(letter(recipient=address))
    assert wrong.permanent
    assert "is not a mail address" in wrong.message
    assert smtp.connections == 0


def test_a_refused_address_is_refused_for_good(smtp: MailServer) -> None:
    smtp.refused.add(ADDRESS)
    wrong = refusal()
    assert wrong.permanent
    assert wrong.message == f"The mail server refused the address {ADDRESS}: 550 5.1.1 No such mailbox."


def test_a_busy_mailbox_is_worth_another_try(smtp: MailServer) -> None:
    smtp.busy.add(ADDRESS)
    wrong = refusal()
    assert not wrong.permanent
    assert "451" in wrong.message


@pytest.mark.parametrize(("answer", "permanent"), [("451 Try again later", False), ("554 Spam", True)])
def test_a_refused_content_is_told_from_a_postponed_one(
    smtp: MailServer, answer: str, permanent: bool
) -> None:
    smtp.data_answer = answer
    wrong = refusal()
    assert wrong.permanent is permanent
    assert answer in wrong.message


@pytest.mark.parametrize(
    ("code", "reason", "told"),
    [
        (451, b"Try again.", "451 Try again"),
        (-1, b"nonsense without a code", "nonsense without a code"),
        (550, b" .", "550, without a reason"),
        (25, b"", "25"),
        (554, b"x" * 201, f"554 {'x' * 200}"),
    ],
)
def test_an_answer_without_a_code_or_a_reason_is_told_without_one(
    code: int, reason: bytes, told: str
) -> None:
    assert told_answer(code, reason) == told


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        (smtplib.SMTPSenderRefused(25, b"", "a@b.c"), "answered “25”, which is not a complete answer."),
        (
            smtplib.SMTPRecipientsRefused({ADDRESS: (55, b"")}),
            "answered “55”, which is not a complete answer.",
        ),
        (smtplib.SMTPConnectError(-1, b"p of tea"), "answered “p of tea”, which is not a complete answer."),
        (smtplib.SMTPDataError(-1, b""), "gave an empty answer."),
        (smtplib.SMTPSenderRefused(550, b"", "a@b.c"), "refused the sender a@b.c: 550, without a reason."),
    ],
)
def test_half_an_answer_is_told_in_a_whole_sentence_and_refuses_nothing(
    smtp: MailServer, wrong: Exception, told: str
) -> None:
    said = explained(wrong, settings(), recipient=ADDRESS, waited=1)
    assert said.message == f"The mail server 127.0.0.1:{smtp.port} {told}"
    assert not said.permanent and not said.unclear


@pytest.mark.parametrize(
    ("code", "whole"), [(-1, False), (25, False), (199, False), (200, True), (599, True), (600, False)]
)
def test_a_whole_answer_has_a_code_of_the_standard(code: int, whole: bool) -> None:
    assert is_whole(code) is whole


def test_a_dropped_connection_is_noticed_at_once(smtp: MailServer) -> None:
    smtp.drop.add("RCPT")
    wrong = refusal()
    assert not wrong.permanent
    assert not wrong.unclear
    assert wrong.message.endswith("hung up.")
    assert smtp.connections == 1


@pytest.mark.parametrize("command", ["MAIL", "RCPT"])
def test_a_silent_server_is_not_waited_for_longer_than_set(
    smtp: MailServer, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    change(monkeypatch, smtp_timeout_seconds="0.3")
    smtp.slow[command] = 60
    wrong = refusal()
    assert not wrong.permanent
    assert not wrong.unclear
    assert "did not answer within 0.3 seconds" in wrong.message
    assert smtp.messages == []


def test_the_verdict_on_a_mail_may_take_twice_as_long_as_an_answer_to_a_command(
    smtp: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    change(monkeypatch, smtp_timeout_seconds="1")
    smtp.slow["DATA"] = 1.5
    send(letter())
    assert len(smtp.messages) == 1


@pytest.mark.parametrize("failure", ["slow", "lost", "DATA", "354 what", "nonsense", "999 what"])
def test_a_mail_whose_verdict_is_lost_may_have_arrived(
    smtp: MailServer, monkeypatch: pytest.MonkeyPatch, failure: str
) -> None:
    change(monkeypatch, smtp_timeout_seconds="0.3")
    match failure:
        case "slow":
            smtp.slow["DATA"] = 60
        case "lost":
            smtp.lost = True
        case "DATA":
            smtp.drop.add("DATA")
        case answer:
            smtp.data_answer = answer
    wrong = refusal()
    assert wrong.unclear
    assert not wrong.permanent
    assert wrong.message.startswith("The mail server has the mail but")
    assert failure != "slow" or "within 0.6 seconds" in wrong.message, "so long it was waited for"


@pytest.mark.parametrize("answer", ["250 OK", "200 fine", "251 forwarded"])
def test_every_yes_is_a_yes(smtp: MailServer, answer: str) -> None:
    smtp.data_answer = answer
    send(letter())


def test_before_the_last_line_the_server_cannot_have_taken_the_mail(smtp: MailServer) -> None:
    def stop() -> None:
        raise SendError("Somebody else is sending it.")

    steps: list[str] = []
    with pytest.raises(SendError, match="Somebody else"):
        send(letter(), handing_over=stop)
    assert smtp.messages == []
    send(
        letter(),
        handing_over=lambda: steps.append(f"handing over, {len(smtp.messages)} arrived"),
        taken=lambda: steps.append(f"taken, {len(smtp.messages)} arrived"),
    )
    assert steps == ["handing over, 0 arrived", "taken, 1 arrived"]


def test_the_waits_are_those_of_the_standard_or_shorter(
    smtp: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert waits() == Waits(command=300, data=120, block=180, verdict=600)
    assert waits(30) == Waits(command=30, data=30, block=30, verdict=30)
    change(monkeypatch, smtp_timeout_seconds="20")
    assert waits() == Waits(command=20, data=20, block=20, verdict=40)


def test_a_server_that_is_down_is_named(smtp: MailServer) -> None:
    smtp.stop()
    assert (
        refusal().message == f"The mail server 127.0.0.1:{smtp.port} cannot be reached: Connection refused."
    )


def test_a_server_of_an_unknown_name_is_named_and_worth_another_try(monkeypatch: pytest.MonkeyPatch) -> None:
    change(monkeypatch, smtp_host="mail.komet.invalid", smtp_from="imports@komet.example")
    wrong = refusal()
    assert wrong.message == "The mail server mail.komet.invalid:587 is not known: check KOMET_SMTP_HOST."
    assert not wrong.permanent and not wrong.unclear


def test_a_server_that_speaks_no_smtp_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", free_port())) as deaf:
        change(
            monkeypatch,
            smtp_host="127.0.0.1",
            smtp_port=str(deaf.getsockname()[1]),
            smtp_security="none",
            smtp_from="a@komet.example",
            smtp_timeout_seconds="0.3",
        )
        assert "did not answer within 0.3 seconds" in refusal().message


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_an_encrypted_connection_with_a_trusted_certificate_works(
    start_smtp: StartSmtp, certificate: Certificate, monkeypatch: pytest.MonkeyPatch, security: str
) -> None:
    server = start_smtp(security=security, login=LOGIN)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate.file))
    send(letter())
    assert len(server.messages) == 1


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_an_unknown_certificate_gets_neither_password_nor_mail(start_smtp: StartSmtp, security: str) -> None:
    server = start_smtp(security=security, login=LOGIN)
    wrong = refusal()
    assert "certificate that is not trusted" in wrong.message
    assert not wrong.permanent
    assert server.messages == []
    assert server.logins == []


def test_a_certificate_of_another_name_is_refused(
    start_smtp: StartSmtp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    foreign = Certificate.made(tmp_path, host="elsewhere.example")
    server = start_smtp(security="tls", shown=foreign)
    monkeypatch.setenv("SSL_CERT_FILE", str(foreign.file))
    assert "not trusted: Hostname mismatch" in refusal().message
    assert server.messages == []


def test_starttls_is_demanded_even_where_the_server_offers_none(
    smtp: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    change(monkeypatch, smtp_security="starttls")
    wrong = refusal()
    assert "offers no STARTTLS" in wrong.message
    assert smtp.messages == []


def test_tls_against_a_plain_server_is_one_sentence(
    smtp: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    change(monkeypatch, smtp_security="tls")
    assert "does not speak TLS" in refusal().message


def test_a_login_need_not_be_an_address(start_smtp: StartSmtp) -> None:
    server = start_smtp(login=LOGIN)
    send(letter())
    assert server.logins == ["robot"]
    assert server.messages[0].sender == "imports@komet.example"


@pytest.mark.parametrize("password", ["wrong", "", "pässwörd"])
def test_a_wrong_password_is_worth_another_try(
    start_smtp: StartSmtp, monkeypatch: pytest.MonkeyPatch, password: str
) -> None:
    server = start_smtp(login=LOGIN)
    change(monkeypatch, smtp_password=password)
    wrong = refusal()
    assert not wrong.permanent
    assert "password" in wrong.message
    assert password not in wrong.message or not password
    assert server.messages == []


def test_a_login_for_a_server_that_has_none_is_one_sentence(
    smtp: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    change(monkeypatch, smtp_user="robot", smtp_password="secret")
    assert refusal().message.endswith("cannot be used: No suitable authentication method found.")


def test_without_a_sender_the_setting_is_named(smtp: MailServer, monkeypatch: pytest.MonkeyPatch) -> None:
    change(monkeypatch, smtp_from="")
    assert refusal().message == "No sender address is set: set KOMET_SMTP_FROM."
    change(monkeypatch, smtp_user="apikey")  # a login that is no address
    assert refusal().message == "No sender address is set: set KOMET_SMTP_FROM."
    change(monkeypatch, smtp_from="im..ports@komet.example")
    assert (
        refusal().message == "The sender “im..ports@komet.example” is no mail address: set KOMET_SMTP_FROM."
    )


def test_sending_leaves_no_log_handlers_behind(smtp: MailServer) -> None:
    def handlers() -> int:
        known = logging.Logger.manager.loggerDict.values()
        return sum(len(logger.handlers) for logger in known if isinstance(logger, logging.Logger))

    send(letter())
    before = handlers()
    for _ in range(3):
        send(letter())
    assert handlers() == before


def test_a_hostile_file_name_arrives_as_text(smtp: MailServer) -> None:
    mail = composed(receipt(file_name="<b>x</b>\r\nBcc: eve@evil.example"))
    send(letter(subject=mail.subject, html=mail.html, text=mail.text))
    (received,) = smtp.messages
    assert received.recipients == (ADDRESS,)
    assert received.mail["Subject"].endswith("— <b>x</b> Bcc: eve@evil.example")
    assert "&lt;b&gt;x&lt;/b&gt;" in received.part("html")
