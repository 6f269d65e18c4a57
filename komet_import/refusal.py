"""What is said when something that a person asked for is not done.

    Refusal                     one sentence for the person, a code for programs
    └─ SheetRefusal             this file cannot become a sheet: nothing was stored, nothing is lost

Rows that are wrong are never exceptions: they are issues (`review/issues.py`).
"""

import re
from pathlib import PurePosixPath, PureWindowsPath

from komet_import.language import _

LONGEST_QUOTE = 40
LONGEST_NAME = 200
_UNSAID = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")
"""Control characters, and what breaks a line or a paragraph."""
_HALF = re.compile("[\ud800-\udfff]")
_DIRECTION = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""What turns the direction of a text: `gpj.exe` must not look like `exe.jpg`."""


class Refusal(Exception):
    """Something that may not or cannot happen, in one sentence: what is wrong, where, what to do.

    `code` is kebab-case and stable: scripts and tests rely on it.
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


def why(wrong: Exception) -> str:
    """Why a file is not read or written, without the name under which that was tried: the sentence has the
    one that people know."""
    return (wrong.strerror if isinstance(wrong, OSError) else None) or str(wrong)


def on_one_line(text: str) -> str:
    """Text that may stand in a sentence, a mail's header or a terminal: one line, no character that is a
    command, hides others or reverses them. Of half a character a mark is left.
    """
    text = _HALF.sub("\N{REPLACEMENT CHARACTER}", _DIRECTION.sub("", text))
    return " ".join(_UNSAID.sub(" ", text).split())


def quoted(text: str) -> str:
    """A person's text as a sentence quotes it: on one line, cut where it is long."""
    line = on_one_line(text)
    if not line:
        return _("An empty text")
    return f"“{line}”" if len(line) <= LONGEST_QUOTE else f"“{line[: LONGEST_QUOTE - 1]}…”"


def name_of_file(path: str) -> str:
    """A file's own name as sentences say it and the ledger keeps it: without folders, on one line, without
    characters that nobody sees; cut where it is long, but not in its ending. Blank where there is none.
    """
    name = PurePosixPath(PureWindowsPath(path).name).name
    name = "".join(c if c.isprintable() else " " for c in name).strip()
    if len(name) <= LONGEST_NAME:
        return name
    ending = PurePosixPath(name).suffix[:10]
    return f"{name[: LONGEST_NAME - len(ending) - 1]}…{ending}"


class SheetRefusal(Refusal):
    """This file cannot be read as a sheet; exists so that callers can tell it from a missing right.

    `fits` is the slug of the import type of which it is a sheet, where it is one of another.
    """

    def __init__(self, code: str, message: str, *, fits: str = "") -> None:
        super().__init__(code, message)
        self.fits = fits
