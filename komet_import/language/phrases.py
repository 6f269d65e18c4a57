"""Phrases put together, and kept: what was found once is told to each in their language, years later too."""

from collections.abc import Iterable, Mapping
from typing import Any

from komet_import.language.texts import Phrase, phrase


def joined(parts: Iterable[Phrase]) -> Phrase:
    """Phrases one after the other, parted by commas; at least one."""
    found, *others = parts
    for one in others:
        found = phrase("{first}, {last}", first=found, last=one)
    return found


def to_json(told: Phrase) -> Any:
    """A phrase as a database keeps it: its English text, with its values where it has some."""
    return _kept(told) if told.values else told.text


def from_json(kept: Any) -> Phrase:
    """The phrase that `to_json` kept. What was kept before there were phrases is a text, told as it is."""
    if isinstance(kept, str):
        return Phrase(kept)
    values = tuple((name, _value(one)) for name, one in kept["values"].items())
    return Phrase(kept["text"], values, kept.get("several", ""))


def _kept(told: Phrase) -> dict[str, Any]:
    values = {name: _kept(one) if isinstance(one, Phrase) else one for name, one in told.values}
    several = {"several": told.several} if told.several else {}
    return {"text": told.text, "values": values, **several}


def _value(kept: Any) -> Any:
    return from_json(kept) if isinstance(kept, Mapping) else kept
