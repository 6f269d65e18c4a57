"""Why a mail was not sent is kept in English, and told to who looks at their mails."""

import pytest

from komet_import.language.current import Language, speaking
from komet_import.outbox.mail import why

SERVER = "The mail server mail.example:25"


@pytest.mark.parametrize(
    ("kept", "told"),
    [
        (
            f"{SERVER} refused the mail: 552 too large.",
            "El servidor de correo mail.example:25 rechazó el correo: 552 too large.",
        ),
        (
            "The mail server has the mail but did not answer within 20 seconds.",
            "El servidor de correo tiene el correo pero no respondió en 20 segundos.",
        ),
        (
            f"{SERVER} cannot be reached: Connection refused.",
            "El servidor de correo mail.example:25: no se puede contactar; Connection refused.",
        ),
        (
            f"{SERVER} refused the sender a@b.c: 550, without a reason.",
            "El servidor de correo mail.example:25 rechazó al remitente a@b.c: 550, sin motivo.",
        ),
        (
            f"{SERVER} answered “25”, which is not a complete answer.",
            "El servidor de correo mail.example:25 respondió “25”, que no es una respuesta completa.",
        ),
        (why.ENDED_BEFORE, "El programa terminó antes de que el servidor de correo respondiera."),
        ("A sentence of another version.", "A sentence of another version."),
    ],
)
def test_a_kept_reason_is_told_to_who_reads_it(kept: str, told: str) -> None:
    assert why.told(kept) == kept
    with speaking(Language.SPANISH):
        assert why.told(kept) == told
