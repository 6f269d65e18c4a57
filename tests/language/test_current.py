"""Whose language is spoken, and how a text is told in it."""

import re

import pytest
from babel import Locale

from komet_import.language import _, current, marked, ngettext
from komet_import.language.current import Language
from komet_import.settings import ROOT

SPANISH = Language.SPANISH


@pytest.fixture
def both(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(current, "OFFERED", (Language.ENGLISH, Language.SPANISH))


@pytest.mark.parametrize(
    ("asked", "language"),
    [
        ("", "en"),
        ("es", "es"),
        ("es-CO,es;q=0.9,en;q=0.8", "es"),
        ("en-US,en;q=0.9,es;q=0.8", "en"),
        ("de-DE,de;q=0.9,es;q=0.5,en;q=0.3", "es"),
        ("en;q=0.4, es-EC;q=0.7", "es"),
        ("es_CO.UTF-8", "es"),
        ("C.UTF-8", "en"),
        ("de", "en"),
        ("es;q=much", "es"),
        (";;,,q=", "en"),
    ],
)
def test_a_browser_or_a_terminal_is_answered_in_its_dearest_language(
    both: None, asked: str, language: str
) -> None:
    assert current.asked_for(asked) == language


def test_what_a_person_chose_counts_more_than_their_browser(both: None) -> None:
    assert current.of_person("en", "es") is Language.ENGLISH
    assert current.of_person("", "es") is Language.SPANISH
    assert current.of_person("xx", "es") is Language.SPANISH


def test_a_language_that_is_not_offered_is_spoken_to_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(current, "OFFERED", (Language.ENGLISH,))
    assert current.of_person("es", "es-CO") is Language.ENGLISH


def test_texts_are_told_in_the_language_that_is_spoken() -> None:
    title = marked("Account")
    with current.speaking(SPANISH):
        assert _(title) == "Cuenta"
        assert [ngettext("{count:,} row", "{count:,} rows", n) for n in (0, 1, 1200)] == [
            "0 filas",
            "1 fila",
            "1,200 filas",
        ]
    assert _(title) == "Account" and ngettext("{count:,} row", "{count:,} rows", 1) == "1 row"


def test_a_text_without_a_translation_is_told_in_english() -> None:
    unknown = "A text that no {thing} knows"
    with current.speaking(SPANISH):
        assert _(unknown, thing="catalogue") == "A text that no catalogue knows"


def test_numbers_are_written_alike_in_every_language() -> None:
    """Sheets, the grid and the ledger write 1,234.50: in a language that writes it otherwise an amount would
    have two readings.
    """
    for language in current.NAMES:
        symbols = Locale.parse(language.locale).number_symbols["latn"]
        assert (symbols["decimal"], symbols["group"]) == (".", ","), language


def test_the_language_of_nobody_is_longer_and_keeps_what_is_no_word() -> None:
    with current.speaking(Language.PSEUDO):
        told = _(":green[:material/star:] **{name}** has `run me` at [here](https://x.example)", name="Eve")
    assert told.startswith("⟦:green[:material/star:] **Eve** hás `run me` át [héré](https://x.example)·")
    assert told.endswith("·⟧")


def test_no_column_of_a_table_is_written_as_the_browser_s_language_does() -> None:
    """Streamlit does so with these formats: an amount would stand beside another with the other mark."""
    formats = re.compile(r'format="(?:percent|localized|compact|dollar|euro|accounting|plain)"')
    folders = (ROOT / "pages", ROOT / "komet_import" / "web")
    files = [path for folder in folders for path in folder.rglob("*.py")]
    assert [path.name for path in files if formats.search(path.read_text(encoding="utf-8"))] == []
