"""What the values of columns say that say what rows mean: papers, states, sides, currencies, days."""

from datetime import UTC, datetime, timedelta

import pytest

from komet_import import clock
from komet_import.sheets.layout.modifiers import EXPIRED, TO_COME, Modifies
from komet_import.sheets.layout.modifiers.modifier_values import (
    currencies_of,
    is_zero,
    kind_of,
    paper_word,
    says_nothing,
    state_of,
    told,
)
from komet_import.types.languages import Paper


@pytest.mark.parametrize(
    ("value", "paper", "alone"),
    [
        ("Credit Memo", Paper.CREDIT, True),
        ("credit-memo", Paper.CREDIT, True),
        ("CM", Paper.CREDIT, True),
        ("Gutschrift", Paper.CREDIT, True),
        ("Nota de crédito", Paper.CREDIT, True),
        ("Reversed credit memo", Paper.CREDIT, False),
        ("credit memo for invoice", Paper.CREDIT, False),
        ("INV", Paper.INVOICE, True),
        ("Void invoice 7", Paper.INVOICE, False),
        ("Deposit", Paper.PAYMENT, True),
        ("DZ", Paper.PAYMENT, True),
        ("Debit memo", Paper.DEBIT, True),
        ("Journal Entry", Paper.OTHER, True),
    ],
)
def test_a_value_names_a_paper_alone_or_among_other_words(value: str, paper: Paper, alone: bool) -> None:
    assert kind_of(value) == (paper, alone)


@pytest.mark.parametrize(
    "value", ["", "Something", "memo", "creditmemos7", "Memo of credit", f"Credit memo {'x' * 50}"]
)
def test_other_values_and_long_texts_name_none(value: str) -> None:
    assert kind_of(value) is None


@pytest.mark.parametrize(
    ("value", "state"),
    [
        ("Open", "open"), ("UNAPPLIED", "open"), ("Not applied", "open"), ("abierto", "open"),
        ("offen", "open"),
        ("Closed", "other"), ("paid", "other"), ("partially applied", "other"), ("Anulada", "other"),
        ("on hold", "other"), ("approved", "other"), ("storniert", "other"),
        ("Miami", ""), ("", ""), ("open today", ""), (f"open{' ' * 40}", ""), (f"open{' ' * 36}", "open"),
    ],
)  # fmt: skip
def test_a_value_is_a_state_in_which_a_paper_is_open_or_another_one(value: str, state: str) -> None:
    assert state_of(value) == state


@pytest.mark.parametrize(
    ("value", "zero", "nothing"),
    [
        ("", True, True), ("0", True, True), ("0.00", True, True), ("-", True, True), ("–", True, True),
        ("$0", True, False), ("no", False, True), ("0/0", False, True), ("00/00/0000", False, True),
        ("0.01", False, False), ("1", False, False), ("n/a", False, False), ("yes", False, False),
    ],
)  # fmt: skip
def test_nothing_is_written_in_several_ways(value: str, zero: bool, nothing: bool) -> None:
    assert (is_zero(value), says_nothing(value)) == (zero, nothing)


def test_a_value_of_a_column_of_currencies_is_a_sign_a_code_a_word_or_a_number() -> None:
    assert [sorted(currencies_of(value)) for value in ("usd", "€", "840", "36", "US dollars", "8", "x")] == [
        ["USD"], ["EUR"], ["USD"], ["AUD"], ["USD"], [], []
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("number", "word"),
    [
        ("INV-7", "INV"), ("inv7", "INV"), ("CM 12", "CM"), ("CR7701", "CR"), ("FAC/0012", "FAC"),
        ("Credit Memo 7", "CREDIT MEMO"), ("7-INV", "INV"), ("12 INV 3", "INV"), ("RE 2026/11", "RE"),
        ("7", ""), ("A7", ""), ("I-7", ""), ("C-7", ""), ("ABC-9", ""), ("MINV-7", ""),
    ],
)  # fmt: skip
def test_a_number_names_a_paper_by_its_word_and_never_by_one_letter(number: str, word: str) -> None:
    assert paper_word(number) == word


def test_a_last_day_is_past_from_the_next_day_on_and_a_first_day_has_come_on_its_own() -> None:
    today = clock.today()
    before, on, after = (str(today + timedelta(days=days)) for days in (-1, 0, 1))
    last = told(Modifies.EXPIRY, [before, on, after, "", "expired", "open", "n/a", "x" * 41])
    assert {text for text, said in last.items() if said == EXPIRED} == {before, "expired"}
    assert last[on] == last[after] != "" == last[""] == last["open"] == last["n/a"]
    first = told(Modifies.START, [before, on, after, "", "soon"])
    assert {text for text, said in first.items() if said == TO_COME} == {after}
    assert first[on] == first[before] != "" == first[""] == first["soon"]


def test_of_a_day_with_two_readings_the_one_for_which_the_row_waits_counts() -> None:
    """01/12 is past as 12 January and to come as 1 December."""
    with clock.earlier(clock.now() - datetime(2026, 6, 15, 12, tzinfo=UTC)):
        last = told(Modifies.EXPIRY, ["05/06/2025", "05/06/2028", "01/12/2026"])
        first = told(Modifies.START, ["05/06/2025", "05/06/2028", "01/12/2026"])
    assert [said == EXPIRED for said in last.values()] == [True, False, True]
    assert [said == TO_COME for said in first.values()] == [False, True, True]
