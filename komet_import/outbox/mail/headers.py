"""The header lines of a mail, written out by the rules themselves (RFC 5322 and RFC 2047).

`email` of Python 3.11 loses the quotes of a long display name when it folds the line, so that a company
with a comma in its name became three addresses; it also breaks a long Message-ID into encoded words. What
is plain ASCII stands here as it is, a name in quotes; everything else as encoded words, which hold no
comma, quote or line break that anybody could take for a sign of the header's own.
"""

import re
from datetime import datetime
from email.header import Header
from email.utils import format_datetime

from komet_import.refusal import on_one_line

_LINE = 76
"""The longest line of a header that holds an encoded word (RFC 2047, section 2)."""
FOLD = "\r\n "
_ATOMS = r"[^\s<>()\[\]\\,;:\"@]+"
_ADDRESS = re.compile(rf'(?:{_ATOMS}|"[^"\\\r\n]+")@{_ATOMS}')


def is_address(address: str) -> bool:
    """Whether this is one bare address that may stand in a header; a line break would forge another one."""
    local, _, domain = address.rpartition("@")
    dotted = not any(part.startswith(".") or part.endswith(".") or ".." in part for part in (local, domain))
    return bool(_ADDRESS.fullmatch(address)) and dotted and address == on_one_line(address)


def mailbox(field: str, address: str, *, name: str = "") -> str:
    """`From: "Petals & Co." <imports@petals.example>`, or without a name the bare address."""
    name = on_one_line(name)
    if not name:
        return f"{field}: {address}"
    if _is_plain(name):
        name = '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'
        return _folded(f"{field}: {name} <{address}>")
    shown = f"{field}: {_encoded(field, name)}"
    room = _LINE - len(shown.rpartition("\r\n")[2])
    return f"{shown}{' ' if len(address) + 3 <= room else FOLD}<{address}>"


def text(field: str, value: str) -> str:
    """`Subject: 37 credits imported`."""
    value = on_one_line(value)
    if _is_plain(value):
        return _folded(f"{field}: {value}")
    return f"{field}: {_encoded(field, value)}"


def date(moment: datetime) -> str:
    """`Date: Mon, 02 Mar 2026 10:42:00 +0000`."""
    return f"Date: {format_datetime(moment)}"


def _is_plain(value: str) -> bool:
    """Whether it says the same as it stands: what looks like an encoded word would be decoded."""
    return value.isascii() and value.isprintable() and "=?" not in value


def _folded(line: str) -> str:
    """Broken at spaces, each of which stays: a reader takes out the line breaks alone."""
    field, first, *words = line.split(" ")
    lines = [f"{field} {first}"]  # alone, the field would have a text that begins with a space
    for word in words:
        if len(lines[-1]) + 1 + len(word) > _LINE:
            lines.append(word)
        else:
            lines[-1] += f" {word}"
    return FOLD.join(lines)


def _encoded(field: str, value: str) -> str:
    """Encoded words of at most 75 characters, none of which splits a character, on lines of their own."""
    return Header(value, "utf-8", header_name=field, maxlinelen=_LINE).encode(linesep="\r\n")
