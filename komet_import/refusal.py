"""What is said when a file cannot be read at all.

    Refusal                     one sentence for the person, a code for programs
    └─ SheetRefusal             this file cannot become a sheet: nothing was stored, nothing is lost

Rows that are wrong are never exceptions: they are issues (`review/issues.py`).
"""

LONGEST_QUOTE = 40


class Refusal(Exception):
    """Something that may not or cannot happen, in one sentence: what is wrong, where, what to do.

    `code` is kebab-case and stable: scripts and tests rely on it.
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


def quoted(text: str) -> str:
    """A person's text as a sentence quotes it: on one line, cut where it is long."""
    line = " ".join(text.split())
    if not line:
        return "An empty text"
    return f"“{line}”" if len(line) <= LONGEST_QUOTE else f"“{line[: LONGEST_QUOTE - 1]}…”"


class SheetRefusal(Refusal):
    """This file cannot be read as a sheet; exists so that callers can tell it from a missing right."""
