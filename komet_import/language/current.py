"""Whose language the present work speaks: that of a page's reader, of a mail's recipient, of a terminal.

It holds for this thread only, as the reader's time zone does (`clock`). Where nobody said, it is English:
so is all that is kept, such as the reasons in the audit trail.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from enum import StrEnum


class Language(StrEnum):
    """A language by its code, as browsers (RFC 5646) and the `lang` of a page write it."""

    ENGLISH = "en"
    SPANISH = "es"
    PSEUDO = "en-XA"
    """English with other letters and 40 % longer, for those who look whether screens have room for a language
    and tell all their texts in it. No person's browser asks for it."""

    @property
    def locale(self) -> str:
        """Whose names of months and days it has. Spanish is that of America: its numbers are written like
        those of the ledger, the sheets and the grid (a test holds it), so that no amount has two readings.
        """
        return {"en": "en_US", "es": "es_419"}.get(self, "en_US")


NAMES: Mapping[Language, str] = {Language.ENGLISH: "English", Language.SPANISH: "Español"}
"""What people choose from: each in its own language."""
OFFERED: tuple[Language, ...] = (Language.ENGLISH, Language.SPANISH)
"""The languages in which every screen is complete. A half-translated one is shown to nobody."""

_spoken: ContextVar[Language] = ContextVar("spoken", default=Language.ENGLISH)


def spoken() -> Language:
    """The language of the present work."""
    return _spoken.get()


def speak(language: Language) -> None:
    """From now on this thread speaks that language: it draws the page of one reader."""
    _spoken.set(language)


@contextmanager
def speaking(language: Language) -> Iterator[None]:
    """Inside, texts are told in that language; for this thread only."""
    token = _spoken.set(language)
    try:
        yield
    finally:
        _spoken.reset(token)


def offered(code: str) -> Language | None:
    """The language of a code, where people may have it: `es`, `es-CO` and `es_CO` are all Spanish."""
    code = code.strip().replace("_", "-").lower()
    if code == Language.PSEUDO.lower():
        return Language.PSEUDO
    return next((language for language in OFFERED if code.partition("-")[0] == language), None)


def asked_for(accepted: str) -> Language:
    """The language that a browser's `Accept-Language`, or a terminal's LANG, asks for first of those that
    there are; English without one.
    """
    wishes = [_wish(place, wish) for place, wish in enumerate(accepted.split(","))]
    for _weight, _place, code in sorted(wishes):
        if found := offered(code):
            return found
    return Language.ENGLISH


def of_person(chosen: str, accepted: str = "") -> Language:
    """What a person reads: what they chose, else what their browser asks for."""
    return offered(chosen) or asked_for(accepted)


def _wish(place: int, wish: str) -> tuple[float, int, str]:
    """A language that is wished for, so that the dearest stands first."""
    code, _, weight = wish.partition(";q=")
    try:
        return -float(weight or 1), place, code
    except ValueError:
        return 0.0, place, code
