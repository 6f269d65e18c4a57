"""Sentences that are kept in English, told again in the language of who reads them.

What was filled into a sentence is read out of it by its template and told in the template's translation. A
sentence that fits none, as those of a version that had other words, stays as it was.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from string import Formatter

from komet_import.language.current import Language, spoken
from komet_import.language.texts import Phrase, _

Template = tuple[str, str]
"""The text for one and that for several (`marked_pair`); the second is blank where nothing is counted."""

Within = Sequence[Template] | Callable[[str], str]
"""What tells what stands at a place: the templates of which it was made, or a function."""


def retold(kept: str, templates: Sequence[Template], within: Mapping[str, Within]) -> str:
    """A kept sentence that was made of one of these templates. `within` tells what stands at some places;
    what stands at another is told if it is a text of ours, and else as it is.
    """
    if spoken() is Language.ENGLISH:
        return kept
    for one, several in templates:
        for form in filter(None, (one, several)):
            if (found := filled_in(kept, form)) is not None:
                return _refilled(one, several, found, within)
    return kept


def filled_in(kept: str, form: str) -> dict[str, str] | None:
    """What stands at the places of a kept sentence that was made of this text; None for any other."""
    found = _pattern(form).fullmatch(kept)
    return found.groupdict() if found else None


def _refilled(one: str, several: str, facts: Mapping[str, str], within: Mapping[str, Within]) -> str:
    values: dict[str, object] = {}
    for name, fact in facts.items():
        if name in within:
            told = within[name]
            values[name] = told(fact) if callable(told) else retold(fact, told, within)
        elif name in _counts(one):
            values[name] = int(fact.replace(",", ""))
        else:
            values[name] = _(fact)
    return str(Phrase(one, tuple(values.items()), several))


@cache
def _counts(form: str) -> frozenset[str]:
    """The places at which numbers stand."""
    return frozenset(name for _text, name, spec, _conversion in Formatter().parse(form) if name and spec)


@cache
def _pattern(form: str) -> re.Pattern[str]:
    """What finds in a sentence what stands at the places of its template."""
    pattern = ""
    for text, name, spec, _conversion in Formatter().parse(form):
        pattern += re.escape(text)
        if name:
            pattern += f"(?P<{name}>[0-9,]+)" if spec else f"(?P<{name}>.*?)"
    return re.compile(pattern, re.DOTALL)
