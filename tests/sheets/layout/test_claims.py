"""The words of all types and languages together: none is sure of two columns, and all are found."""

import pytest

from komet_import import types
from komet_import.language.catalogues import in_every_language
from komet_import.sheets.layout.columns.claims import Level, vocabulary
from komet_import.types import CUSTOMERS, OPEN_CREDITS, ImportType
from komet_import.types.headings import telling, words
from komet_import.types.languages import PAPERS, PARTY, Paper, SheetLanguage
from komet_import.types.synonyms import HEADINGS, OPEN

ALL = list(types.ALL.values())


@pytest.mark.parametrize("type", ALL, ids=lambda type: type.slug)
def test_no_heading_is_sure_of_two_columns(type: ImportType) -> None:
    for key, claims in vocabulary(type).claims.items():
        sure = {claim.name for claim in claims if claim.level >= Level.CERTAIN}
        assert len(sure) < 2, (key, sure)


@pytest.mark.parametrize("type", ALL, ids=lambda type: type.slug)
def test_every_column_and_every_synonym_is_a_sure_heading(type: ImportType) -> None:
    known = vocabulary(type)
    for column in type.columns:
        for said in in_every_language(column.name):
            assert [(c.name, c.level) for c in known.said(said, "USD")][:1] == [(column.name, Level.NAME)]
        for said in (*in_every_language(column.name), *column.synonyms):
            assert known.said(said, "USD")[0].name == column.name
            assert known.said(said, "USD")[0].level >= Level.PLAIN
            assert not known.is_elsewhere(said)


@pytest.mark.parametrize("type", ALL, ids=lambda type: type.slug)
def test_every_language_has_a_sure_heading_for_what_is_required(type: ImportType) -> None:
    found = vocabulary(type).claims.values()
    keys = {str(claim.why) for claims in found for claim in claims if claim.level > 1}
    assert {
        f"{language} heading" for language in SheetLanguage if language is not SheetLanguage.ENGLISH
    } <= keys


@pytest.mark.parametrize("type", ALL, ids=lambda type: type.slug)
@pytest.mark.parametrize("said", ["Saldo inicial", "Solde initial", "Saldo inicial (USD)"])
def test_what_was_open_before_is_no_amount_though_an_amounts_words_say_it(
    type: ImportType, said: str
) -> None:
    assert vocabulary(type).is_elsewhere(said)
    assert vocabulary(type).said(said, "USD") == ()


@pytest.mark.parametrize(
    ("said", "claims"), [("Original amt", 1), ("Importe original", 1), ("Original amount balance", 0)]
)
def test_an_amounts_word_among_words_that_go_with_it_says_it_and_two_of_them_say_nothing(
    said: str, claims: int
) -> None:
    assert len(vocabulary(OPEN_CREDITS).said(said, "USD")) == claims


def test_every_meaning_of_a_document_is_said_in_every_language() -> None:
    for meaning, phrases in HEADINGS.items():
        spoken = {language for said in phrases.values() for language in said}
        assert spoken == set(SheetLanguage), meaning
    assert set(PARTY) == set(SheetLanguage)
    assert all(set(said) == set(SheetLanguage) for said in PAPERS.values())


def test_no_heading_has_a_hole_left() -> None:
    for type in ALL:
        for key in vocabulary(type).claims:
            assert key and not {"party", "paper"} & {word for word in key if "{" in word}


def test_a_money_type_says_which_paper_it_is_made_of() -> None:
    papers = {type.slug: type.paper for type in ALL if type.summed or type.paper is not None}
    assert None not in papers.values()
    assert {"open-credits": Paper.CREDIT, "open-invoices": Paper.INVOICE}.items() <= papers.items()
    assert CUSTOMERS.slug not in papers


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Nº Crédito", "No. Credito"),
        ("N° Crédito", "numero de credito"),
        ("N.º crédito", "Nº Crédito"),
        ("CUSTOMER_ID", "customer id"),
        ("TxnDate", "Txn Date"),
        ("Saldo a favor", "SALDO  FAVOR"),
        ("Date d’avoir", "Date d'avoir"),
        ("Fecha del crédito", "fecha credito"),
        ("Kunden-Nr.", "Kunden #"),
    ],
)
def test_headings_are_compared_without_accents_articles_and_the_ways_to_write_number(
    one: str, other: str
) -> None:
    assert telling(one) == telling(other)


def test_the_words_of_what_is_left_are_words() -> None:
    assert all(words(word) == (word,) for word in OPEN)


def test_a_unit_beside_what_is_no_money_says_nothing() -> None:
    known = vocabulary(OPEN_CREDITS)
    (amount,) = known.said("Credit balance in thousands", "USD")
    assert (amount.name, amount.home) == ("Credit Balance", False)
    assert known.said("Customer in thousands", "USD") == () == known.said("Credit date in thousands", "USD")
