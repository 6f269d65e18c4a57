"""Which password may be used. Length counts more than signs, and what others try first counts as nothing.

How many guesses a password takes is estimated by zxcvbn, which knows the common passwords, names, words,
dates, keyboard rows and the usual ways to dress them up. What is made of the person's own names or of the
company's is refused here as well: that is what somebody tries who knows where the person works.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator

from zxcvbn import zxcvbn

from komet_import.accents import folded
from komet_import.language import _
from komet_import.refusal import Refusal

SHORTEST = 12
LONGEST = 256
ENOUGH = 4
"""zxcvbn's best score: ten thousand million guesses and more."""
_MEASURED = 72
"""zxcvbn takes no more, and its time grows fast; who needs more has passed by then."""
_TRADE = (
    "flower", "flowers", "florist", "floral", "bloom", "rose", "roses", "bouquet",
    "wholesale", "credit", "credits", "invoice", "invoices", "customer",
)  # fmt: skip
"""What comes to mind at work here, before a year and a sign or two: known to whoever guesses."""
_FAMOUS = tuple(
    phrase.replace("-", "")
    for phrase in (
        "correct-horse-battery-staple", "cleft-cam-synod-lacy-yr-wok", "may-the-force-be-with-you",
        "the-quick-brown-fox-jumps-over-the-lazy-dog", "to-be-or-not-to-be-that-is-the-question",
        "to-be-or-not-to-be", "once-upon-a-time", "roses-are-red-violets-are-blue", "you-shall-not-pass",
        "the-lord-is-my-shepherd", "the-lord-is-my-shepherd-i-shall-not-want", "i-have-a-dream",
        "in-the-beginning-was-the-word", "in-the-beginning-god-created-the-heaven-and-the-earth",
        "our-father-who-art-in-heaven", "for-god-so-loved-the-world", "never-gonna-give-you-up",
        "somewhere-over-the-rainbow", "twinkle-twinkle-little-star", "lorem-ipsum-dolor-sit-amet",
        "padre-nuestro-que-estas-en-el-cielo", "en-un-lugar-de-la-mancha", "ser-o-no-ser-esa-es-la-cuestion",
        "orchid-and-fern",  # the demo's, which its sign-in page shows
    )
)  # fmt: skip
"""Phrases that are known whole. zxcvbn counts their words and takes them for good, as its lists hold single
words, and nobody keeps up a list of phrases to install: so these are some that come to mind first."""
_BETWEEN = re.compile(r"[\s\-_.,;:'’]+")
"""What stands between the words of a phrase, or does not."""
_OWN_SIGNS = 8
"""How many letters and digits must be left of a password without the names in it."""


def hint() -> str:
    """What is said of a new password before one is typed."""
    return _(
        "At least {shortest} characters. Four words that do not belong together are easy to remember.",
        shortest=SHORTEST,
    )


def normal(password: str) -> str:
    """The password in the one form in which it is kept: machines write the same letter in different ways."""
    return unicodedata.normalize("NFKC", password)


def check(password: str, *, about: Iterable[str] = ()) -> None:
    """Raises Refusal `bad-password` for a password that may not be used, with what to do instead.

    `about` is what everybody knows who knows the person: names, the address, the company.
    """
    password = normal(password)
    reason = _form(password) or _guessable(password, sorted(set(_words(about)), key=len, reverse=True))
    if reason:
        raise Refusal("bad-password", _("The password {reason}.", reason=reason))


def _form(password: str) -> str:
    if len(password) < SHORTEST:
        return _("is too short; use at least {shortest} characters", shortest=SHORTEST)
    if len(password) > LONGEST:
        return _("is too long; use at most {longest} characters", longest=LONGEST)
    if password != password.strip():  # the sign-in form trims what is typed
        return _("may not start or end with a space")
    if not password.isprintable():
        return _("may not hold control characters")
    return ""


def _guessable(password: str, words: list[str]) -> str:
    rest = folded(password)
    for word in words:
        rest = rest.replace(word, "")
    if len(rest) < len(folded(password)) and sum(sign.isalnum() for sign in rest) < _OWN_SIGNS:
        return _("is made of names that others know; use four words that have nothing to do with them")
    known = [*words, *_TRADE]
    if zxcvbn(password[:_MEASURED], user_inputs=known)["score"] < ENOUGH or _famous(password, known):
        return _("is too easy to guess; use four words that do not belong together, or a longer one")
    return ""


def _famous(password: str, known: list[str]) -> bool:
    """Whether a phrase that everybody knows is what makes it long, however that is dressed up."""
    joined = _BETWEEN.sub("", folded(password))[:_MEASURED]
    with_them = zxcvbn(joined, user_inputs=[*known, *_FAMOUS])
    if with_them["score"] >= ENOUGH:
        return False
    return bool(with_them["guesses"] < zxcvbn(joined, user_inputs=known)["guesses"])


def _words(about: Iterable[str]) -> Iterator[str]:
    """The words of the names, each alone and all together, as they are typed without accents and signs."""
    for name in (*about, "komet import"):
        parts = [part for part in re.split(r"[\W_]+", folded(name)) if part]
        yield from (word for word in (*parts, "".join(parts)) if len(word) >= 3)
