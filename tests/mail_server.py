"""A real SMTP server on loopback that keeps what it receives, and can be told to behave badly."""

import asyncio
import datetime
import errno
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from pathlib import Path
from typing import Any, Literal

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.postgresql import free_port

Security = Literal["none", "starttls", "tls"]


@dataclass(frozen=True)
class Received:
    """One mail as it arrived: the envelope, the bytes, and the mail parsed."""

    sender: str
    recipients: tuple[str, ...]
    content: bytes
    mail: EmailMessage

    def part(self, subtype: Literal["plain", "html"]) -> str:
        """The text of its plain or HTML part."""
        body = self.mail.get_body((subtype,))
        assert body is not None
        return str(body.get_content())


class MailServer:
    """An SMTP server on 127.0.0.1.

    `messages` is what it accepted, `logins` who tried to sign in, `connections` counts greetings. The rest
    tells it how to behave, at any time: `refused` recipients get 550, `busy` ones 451; `data_answer` replaces
    the answer to a mail's content; `drop` names the commands (`RCPT`, `DATA`) at which it hangs up, `lost`
    makes it do so once it has taken the mail; `slow` makes it take its time over a command, in seconds: over
    `DATA` once it has the content, which it takes and delivers all the same.
    """

    def __init__(
        self,
        *,
        security: Security = "none",
        login: tuple[str, str] | None = None,
        certificate: "Certificate | None" = None,
    ) -> None:
        self.security = security
        self.login = login
        self.certificate = certificate
        self.port = free_port()
        self.messages: list[Received] = []
        self.connections = 0
        self.logins: list[str] = []
        self.refused: set[str] = set()
        self.busy: set[str] = set()
        self.data_answer: str | None = None
        self.drop: set[str] = set()
        self.lost = False
        self.slow: dict[str, float] = {}
        self.at_farewell: Callable[[], None] = lambda: None
        self.at_verdict: Callable[[], None] = lambda: None
        self._controller: Controller | None = None
        self._has_listened = False

    @property
    def environment(self) -> dict[str, str]:
        """The settings with which a process sends its mail here."""
        user, password = self.login or ("", "")
        return {
            "KOMET_SMTP_HOST": "localhost" if self.certificate else "127.0.0.1",
            "KOMET_SMTP_PORT": str(self.port),
            "KOMET_SMTP_SECURITY": self.security,
            "KOMET_SMTP_USER": user,
            "KOMET_SMTP_PASSWORD": password,
            "KOMET_SMTP_FROM": "imports@komet.example",
        }

    def start(self) -> None:
        """Listen; after `stop`, on the same port again."""
        for _ in range(5):
            try:
                return self._listen()
            except OSError as wrong:  # somebody else took the free port before we did
                if wrong.errno != errno.EADDRINUSE or self._has_listened:
                    raise
                self.port = free_port()
        raise AssertionError("no free port for the mail server")

    def _listen(self) -> None:
        context = self.certificate.server_context() if self.certificate else None
        self._controller = Controller(
            self,
            hostname="127.0.0.1",
            port=self.port,
            ready_timeout=20,
            ssl_context=context if self.security == "tls" else None,
            tls_context=context if self.security == "starttls" else None,
            require_starttls=self.security == "starttls",
            authenticator=self._authenticate if self.login else None,
            auth_required=self.login is not None,
            auth_exclude_mechanism=None if self.login else ["LOGIN", "PLAIN"],
            auth_require_tls=False,
        )
        self._controller.start()
        self._has_listened = True

    def stop(self) -> None:
        """Stop listening; what was received stays."""
        if self._controller is not None:
            self._controller.stop()
            self._controller = None

    def _authenticate(
        self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any
    ) -> AuthResult:
        if not isinstance(data, LoginPassword):
            return AuthResult(success=False, handled=False)
        login, password = data.login.decode(errors="replace"), data.password.decode(errors="replace")
        self.logins.append(login)
        right = self.login == (login, password)
        return AuthResult(success=right, handled=False)

    # The handler that aiosmtpd calls

    async def handle_EHLO(
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        session.host_name = hostname
        self.connections += 1
        return responses

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        await self._take_time("RCPT")
        if "RCPT" in self.drop:
            return self._hang_up(server)
        if address in self.refused:
            return "550 5.1.1 No such mailbox"
        if address in self.busy:
            return "451 4.2.1 Mailbox busy, try again later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_MAIL(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        await self._take_time("MAIL")
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        if "DATA" in self.drop:
            return self._hang_up(server)
        if self.data_answer is not None:
            return self.data_answer
        assert isinstance(envelope.content, bytes)
        mail = BytesParser(policy=policy.default).parsebytes(envelope.content)
        assert isinstance(mail, EmailMessage)
        recipients = tuple(envelope.rcpt_tos)
        self.messages.append(Received(envelope.mail_from or "", recipients, envelope.content, mail))
        if self.lost:
            return self._hang_up(server)
        await self._take_time("DATA")
        self.at_verdict()
        return "250 OK"

    async def handle_QUIT(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        self.at_farewell()
        return "221 Bye"

    async def _take_time(self, command: str) -> None:
        await asyncio.sleep(self.slow.get(command, 0))

    @staticmethod
    def _hang_up(server: SMTP) -> str:
        assert server.transport is not None
        server.transport.close()
        return "421 gone"


@dataclass(frozen=True)
class Certificate:
    """A certificate of a host that nobody trusts unless SSL_CERT_FILE names its file."""

    file: Path

    @classmethod
    def made(cls, folder: Path, *, host: str = "localhost") -> "Certificate":
        """Make one, valid for a day."""
        key = ec.generate_private_key(ec.SECP256R1())
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
        today = datetime.datetime.now(datetime.UTC)
        certificate = (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(name)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(today - datetime.timedelta(hours=1))
            .not_valid_after(today + datetime.timedelta(days=1))
            .add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False)
            .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
            .sign(key, hashes.SHA256())
        )
        file = folder / f"{host}.pem"
        file.write_bytes(
            key.private_bytes(
                serialization.Encoding.PEM,
                serialization.PrivateFormat.PKCS8,
                serialization.NoEncryption(),
            )
            + certificate.public_bytes(serialization.Encoding.PEM)
        )
        return cls(file)

    def server_context(self) -> ssl.SSLContext:
        """What a server needs to show it."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.file)
        return context


StartSmtp = Callable[..., MailServer]
"""The fixture `start_smtp`: starts a further server and points the settings to it."""
