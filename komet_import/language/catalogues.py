"""What the texts are called in a language: `<code>.po` beside this module, in the form that translators know.

A catalogue is read when its language is spoken first: nobody compiles anything.
"""

from functools import cache
from pathlib import Path

from babel.messages import pofile

from komet_import.language.current import NAMES, Language

FOLDER = Path(__file__).parent
Forms = tuple[str, ...]
"""The translation of a text: one, or for one and for several."""


def in_every_language(text: str) -> frozenset[str]:
    """What a text of one form is called, in all languages."""
    return frozenset({text, *(catalogue(language).get(text, (text,))[0] for language in NAMES)})


@cache
def catalogue(language: Language) -> dict[str, Forms]:
    """The translations by their English text (of a pair the singular); none for English itself."""
    path = FOLDER / f"{language}.po"
    if not path.exists():
        return {}
    with path.open("rb") as file:
        read = pofile.read_po(file)
    found: dict[str, Forms] = {}
    for message in read:
        told = message.string if isinstance(message.string, tuple) else (message.string,)
        if message.id and all(told) and not message.fuzzy:
            found[message.id if isinstance(message.id, str) else message.id[0]] = tuple(map(str, told))
    return found
