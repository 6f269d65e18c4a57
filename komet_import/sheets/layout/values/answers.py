"""What a person's answer about a column's texts settles: only texts written as those that were shown.

An answer is kept as words, `comma=thousands point=decimals` or `slash=dmy number=serial`: for each way of
writing, how it is read. A column of dates with slashes and others with points is so asked about twice. The
short answers (`.`, `dmy`, …) say the same of every way of writing at once.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache

from komet_import.language import _, marked
from komet_import.language.kept_texts import retold

POINT, COMMA = ".", ","
SEPARATORS = {COMMA: marked("comma"), POINT: marked("point")}
"""How the only mark of an amount is called; it is read as `thousands` or as `decimals`."""

_READINGS = (marked("thousands"), marked("decimals"))
"""What the only mark of an amount is read as."""

DATE_SEPARATORS = {"/": "slash", "-": "dash", ".": "dot", " ": "space"}
"""How what stands between the parts of a date is called; beside these there are dates with the `name` of
a month, eight digits (`compact`), and Excel's `number` of a day."""

NAMED, SHORT_YEAR = "name", "-short"
"""A date with the name of a month; and what follows the way of writing where the year has two digits."""

REAL, SWAPPED, KEPT = "real", "swapped", "kept"
"""The real dates of a column: whether Excel swapped their days and months when it opened texts."""

_APART = (*DATE_SEPARATORS.values(), NAMED)
_ORDERED = (*_APART, *(f"{way}{SHORT_YEAR}" for way in _APART), "compact")
_SHORT = {
    POINT: {"comma": "thousands", "point": "decimals"},
    COMMA: {"comma": "decimals", "point": "thousands"},
    **{order: dict.fromkeys(_ORDERED, order) for order in ("dmy", "mdy", "ymd")},
    "serial": {"number": "serial"},
}
_SETTLED: dict[str, dict[str, tuple[str, ...]]] = {
    "mark": dict.fromkeys(SEPARATORS.values(), _READINGS),
    "order": {
        **dict.fromkeys(_ORDERED, ("dmy", "mdy", "ymd")),
        "number": ("serial",),
        REAL: (SWAPPED, KEPT),
    },
}


@lru_cache(maxsize=256)
def settled(answer: str | None) -> Mapping[str, str]:
    """How each way of writing is read that the answer is about; nothing for None."""
    if answer is None or answer in _SHORT:
        return _SHORT[answer] if answer else {}
    return dict(word.split("=", 1) for word in answer.split() if "=" in word)


def answer_to(settles: Mapping[str, str]) -> str:
    """The answer that settles this, in words."""
    return " ".join(f"{way}={reading}" for way, reading in settles.items())


def together(before: str | None, given: str) -> str:
    """An answer beside an earlier one about the same column; where both say something, the later holds. One
    that says nothing new leaves the earlier one as it is.
    """
    if not before:
        return given
    both = {**settled(before), **settled(given)}
    return before if both == settled(before) else answer_to(both)


def is_answer(question: str, given: str) -> bool:
    """Whether this answers a question about texts (`mark` or `order`) and settles something."""
    known, said = _SETTLED[question], settled(given)
    return bool(said) and all(reading in known.get(way, ()) for way, reading in said.items())


def in_words(question: str, before: str | None, given: str) -> str:
    """What an answer adds to the earlier one, for the list of edits: `comma for decimals`."""
    known = settled(before)
    added = {way: reading for way, reading in settled(given).items() if known.get(way) != reading}
    if question == "mark":
        readings = added.items()
        return ", ".join(_(_READ_AS, mark=_(way), reading=_(what)) for way, what in readings)
    said: dict[str, list[str]] = {}
    for way, reading in added.items():
        said.setdefault(_(_IN_WORDS[reading]), []).append(way)
    return ", ".join(
        words
        if len(ways) > 1 or ways[0] in ("number", REAL)
        else _(_WITH, order=words, way=_way_in_words(ways[0]))
        for words, ways in said.items()
    )


def told_again(kept: str) -> str:
    """What `in_words` said when it was kept in English, in the language of who reads."""
    return ", ".join(_again(one, (_READ_AS, _WITH)) for one in kept.split(", "))


def _again(kept: str, made_of: Sequence[str]) -> str:
    templates = [(text, "") for text in made_of]
    told = retold(kept, templates, {"way": lambda way: _again(way, (_TWO_DIGITS,))})
    return _(kept) if told == kept else told


def _way_in_words(way: str) -> str:
    plain = way.removesuffix(SHORT_YEAR)
    named = _(_IN_WORDS[plain])
    return named if plain == way else _(_TWO_DIGITS, way=named)


_READ_AS, _WITH = marked("{mark} for {reading}"), marked("{order} with {way}")
_TWO_DIGITS = marked("{way} and a year of two digits")
_IN_WORDS = {
    "dmy": marked("day first"),
    "mdy": marked("month first"),
    "ymd": marked("year first"),
    "serial": marked("numbers are days"),
    SWAPPED: marked("real dates with day and month swapped"),
    KEPT: marked("real dates as they are"),
    NAMED: marked("the name of a month"),
    "compact": marked("eight digits"),
    "slash": marked("a slash"),
    "dash": marked("a dash"),
    "dot": marked("a dot"),
    "space": marked("a space"),
}


def decimal_mark(answer: str | None) -> str:
    """The mark with which to write an amount into the column; either is read as it is meant."""
    said = settled(answer)
    return COMMA if said.get("comma") == "decimals" or said.get("point") == "thousands" else POINT
