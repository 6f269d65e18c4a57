"""Words as a sentence lists them."""

from collections.abc import Sequence

from komet_import.language import Phrase, _, phrase


def listed(words: Sequence[str], last: str = "and") -> str:
    """Words as a sentence lists them: `customer, date and amount`."""
    between = {"and": _("{first} and {last}"), "or": _("{first} or {last}")}[last]
    if len(words) < 2:
        return "".join(words)
    return between.format(first=", ".join(words[:-1]), last=words[-1])


def listed_later(words: Sequence[str | Phrase], last: str = "and") -> Phrase:
    """The same as a fact that is told later; a word that is a text is marked."""
    *most, end = (Phrase(word) if isinstance(word, str) else word for word in words)
    if not most:
        return end
    first = most[0]
    for one in most[1:]:
        first = phrase("{first}, {last}", first=first, last=one)
    return Phrase(
        {"and": "{first} and {last}", "or": "{first} or {last}"}[last], (("first", first), ("last", end))
    )
