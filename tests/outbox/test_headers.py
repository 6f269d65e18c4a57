"""Names and subjects of every kind: one address, and the same text, whoever reads them."""

import re
from base64 import b64decode
from email import policy
from email.header import decode_header, make_header
from email.parser import BytesParser
from email.utils import getaddresses
from quopri import decodestring

import pytest
from hypothesis import example, given
from hypothesis import strategies as some

from komet_import.outbox.mail import headers
from komet_import.refusal import on_one_line

ADDRESS = "imports@komet.example"
TEXTS = some.text(max_size=220) | some.text(alphabet='a,"\\<>@;:()é🌹 =?_.\r\n\t', max_size=220)
HARD = (
    "Rosas del Valle, Flores y Plantas de Exportación de la Sabana de Bogotá, Sociedad por Acciones",
    "Petals, Stems & Leaves Wholesale Company of South Florida, a Division of Green Holdings, Inc.",
    'The "Daisy" Barn, <Miami>; est. 1987: (flowers) \\ "' + "x" * 150,
    "=?utf-8?q?Bcc:_eve=40evil.example?=, Inc.",
    "a\r\nBcc: eve@evil.example\r\n\r\nbody",
    "山田花店、東京" * 28,
    "🌹, " * 50,
    "é" * 200,
    "x" * 200,
    "Группа «Цветы», ООО " * 9,
)


def raw(line: str) -> str:
    """What is written, on one line, as a reader that knows only the rules puts it together."""
    assert line.isascii()
    assert all(part.startswith(" ") for part in line.split("\r\n")[1:])
    assert max(len(part) for part in line.split("\r\n")) <= 998
    return line.replace("\r\n", "")


def by_the_rules(value: str) -> str:
    """Encoded words decoded as RFC 2047 has it: the white space between two of them is none of the text."""
    word = re.compile(r"=\?utf-8\?([bq])\?([^? ]*)\?=")
    assert all(len(one[0]) <= 75 for one in word.finditer(value))

    def decoded(found: re.Match[str]) -> str:
        if found[1] == "b":
            return b64decode(found[2]).decode()
        return decodestring(found[2].encode(), header=True).decode()

    return word.sub(decoded, re.sub(r"(\?=)\s+(=\?)", r"\1\2", value))


def hard(test):  # type: ignore[no-untyped-def]
    for one in HARD:
        test = example(one)(test)
    return given(TEXTS)(test)


@hard
def test_a_name_of_any_kind_is_one_address_with_that_name(name: str) -> None:
    written = headers.mailbox("From", ADDRESS, name=name)
    meant = on_one_line(name)
    mail = BytesParser(policy=policy.default).parsebytes(written.encode() + b"\r\n\r\n")
    assert mail.keys() == ["From"]
    (address,) = mail["From"].addresses
    assert address.addr_spec == ADDRESS
    # Python 3.11 reads a space between two encoded words of a name, which by the rules is none.
    assert address.display_name.replace(" ", "") == meant.replace(" ", "")
    if meant.isascii() and "=?" not in meant:
        assert address.display_name == meant

    line = raw(written)
    ((shown, bare),) = getaddresses([line.removeprefix("From: ")])
    assert (str(make_header(decode_header(shown))), bare) == (meant, ADDRESS)

    quoted = re.fullmatch(r'From: "((?:[^"\\]|\\.)*)" <(.*)>', line)
    encoded = re.fullmatch(r"From: ((?:=\?utf-8\?[bq]\?[\w!*+/=-]*\?= ?)+) <(.*)>", line)
    if quoted:
        assert (re.sub(r"\\(.)", r"\1", quoted[1]), quoted[2]) == (meant, ADDRESS)
        assert "=?" not in quoted[1]
    elif encoded:
        assert (by_the_rules(encoded[1]), encoded[2]) == (meant, ADDRESS)
    else:
        assert (line, meant) == (f"From: {ADDRESS}", "")


@hard
def test_a_subject_of_any_kind_reads_as_it_was_written(subject: str) -> None:
    written = headers.text("Subject", subject)
    meant = on_one_line(subject)
    mail = BytesParser(policy=policy.default).parsebytes(written.encode() + b"\r\n\r\n")
    assert mail.keys() == ["Subject"]
    assert str(mail["Subject"]) == meant
    assert by_the_rules(raw(written).removeprefix("Subject: ")) == meant


@pytest.mark.parametrize("words", [["x" * size] * 40 for size in (1, 2, 7, 30, 36, 37, 38, 66, 67, 68, 90)])
def test_a_plain_subject_is_broken_where_the_next_word_has_no_room(words: list[str]) -> None:
    first, *others = headers.text("Subject", " ".join(words)).split("\r\n ")
    assert first.startswith(f"Subject: {words[0]}")
    longest = max(len(word) for word in words)
    assert all(len(line) <= max(76, len("Subject: ") + longest) for line in (first, *others))
    for line, after in zip((first, *others), others, strict=False):
        assert len(line) + 1 + len(after.split(" ")[0]) > 76


@pytest.mark.parametrize(
    ("address", "fits"),
    [
        ("rita@komet.example", True),
        ("rita+credits@mail.komet.example", True),
        ("o'hara_%x@komet.example", True),
        ('"rita gómez"@komet.example', True),
        ("rita@blüten.example", True),
        ("x" * 64 + "@" + "y" * 180 + ".example", True),
        ("", False),
        ("rita", False),
        ("rita@", False),
        ("@komet.example", False),
        ("a b@c.example", False),
        ("a@b, c@d", False),
        ("Rita <rita@komet.example>", False),
        ("rita@komet.example\nBcc: eve@evil.example", False),
        ('"a\nb"@komet.example', False),
        (".rita@komet.example", False),
        ("rita..g@komet.example", False),
        ("rita@komet..example", False),
        ("rita@komet.example.", False),
        ("ri\u202eta@komet.example", False),
    ],
)
def test_only_one_bare_address_is_an_address(address: str, fits: bool) -> None:
    assert headers.is_address(address) is fits
    if fits and address.isascii():
        written = headers.mailbox("To", address)
        mail = BytesParser(policy=policy.default).parsebytes(written.encode() + b"\r\n\r\n")
        assert [one.addr_spec for one in mail["To"].addresses] == [address]


def test_the_address_comes_beside_the_name_where_the_line_has_room_for_it() -> None:
    beside = []
    for length in range(1, 60):
        lines = headers.mailbox("From", ADDRESS, name="é" * length).split("\r\n")
        assert all(len(line) <= headers._LINE for line in lines), lines
        beside.append(not lines[-1].startswith(" <"))
        assert beside[-1] or len(lines[-2]) + len(lines[-1]) > headers._LINE, lines
    assert {*beside} == {True, False}
