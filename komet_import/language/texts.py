"""The functions that tell a text in the language that is spoken (`speaking`)."""

from dataclasses import dataclass

from komet_import.language.catalogues import catalogue
from komet_import.language.current import Language, speaking, spoken
from komet_import.language.pseudo import disguised


def marked(text: str) -> str:
    """A constant's text, as it is: this mark puts it into the catalogues, `_` tells it when it is shown."""
    return text


def marked_pair(one: str, several: str) -> tuple[str, str]:
    """The two texts of a number of things as a constant: `ngettext(*PAIR, count)` tells one of them."""
    return one, several


def _(text: str, /, **values: object) -> str:
    """A text told in the language that is spoken, with `values` at its places: `{count:,} rows`.

    A text without a translation is told in English: an English sentence is better than none.
    """
    return _filled(_form(text, 0), values)


def ngettext(one: str, several: str, count: int, /, **values: object) -> str:
    """The same of a number of things: `one` for 1, else `several`. `{count}` in it is that number.

    English and Spanish have these two forms in common.
    """
    return _of_number(one, several, {"count": count, **values})


@dataclass(frozen=True, slots=True)
class Phrase:
    """A text with its values that is told when it is shown: what is found once, each reads in their language.

    It stands in another text's place as a text does, and so may another phrase in its own. With `several` it
    is of a number of things, which is `count` among its values.
    """

    text: str
    values: tuple[tuple[str, object], ...] = ()
    several: str = ""

    def __str__(self) -> str:
        values = dict(self.values)
        return _of_number(self.text, self.several, values) if self.several else _(self.text, **values)

    @property
    def english(self) -> str:
        """As it is kept."""
        with speaking(Language.ENGLISH):
            return str(self)

    def __format__(self, form: str) -> str:
        return format(str(self), form)


def phrase(text: str, /, **values: object) -> Phrase:
    """A text that is told later, with its values."""
    return Phrase(text, tuple(values.items()))


def nphrase(one: str, several: str, count: int, /, **values: object) -> Phrase:
    """A text of a number of things that is told later, as `ngettext` tells it."""
    return Phrase(one, (("count", count), *values.items()), several)


def forms(one: str, several: str = "") -> tuple[str, ...]:
    """What a text is called, for one and for several where there are two, with its places as they are: for
    those who fill them elsewhere, as the grid does in a browser.
    """
    return (_form(one, 0), _form(one, 1, several)) if several else (_form(one, 0),)


def _form(text: str, number: int, several: str = "") -> str:
    language = spoken()
    english = several or text
    if language is Language.ENGLISH:
        return english
    if language is Language.PSEUDO:
        return disguised(english)
    forms = catalogue(language).get(text)
    return forms[number] if forms and number < len(forms) else english


def _of_number(one: str, several: str, values: dict[str, object]) -> str:
    form = _form(one, 0) if values["count"] == 1 else _form(one, 1, several)
    return _filled(form, values)


def _filled(text: str, values: dict[str, object]) -> str:
    return text.format(**values) if values else text
