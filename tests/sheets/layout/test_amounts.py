"""Amounts from text: one reading is a value, two are a question, none is a doubt."""

import re
from decimal import Decimal

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from komet_import.currencies import CODES
from komet_import.review.issues import Issue
from komet_import.sheets.layout.rows.lines import amounts
from komet_import.sheets.layout.values.amount_forms import (
    MARKS,
    amount_evidence,
    unclear_mark,
    written_amount,
)
from komet_import.sheets.layout.values.amounts import read_amount
from komet_import.sheets.layout.values.dates import read_date
from komet_import.sheets.layout.values.doubt import Doubt
from komet_import.sheets.worksheet import Held
from komet_import.types import Side
from tests.sheets.layout.outcomes import outcome

AMOUNTS = st.decimals(min_value=Decimal("-9999999"), max_value=Decimal("9999999"), places=3)
SPACES = " \u00a0\u2009\u202f\u2007"


WRITTEN_AMOUNTS = [
    ("1234.5", "1234.5"),
    ("1234.50", "1234.5"),
    ("007.50", "7.5"),
    ("0.125", "0.125"),
    (".125", "0.125"),
    (",125", "0.125"),
    ("1234,5", "1234.5"),
    ("1234,567", "1234.567"),
    ("1.5000", "1.5"),
    ("1,234.50", "1234.5"),
    ("1.234,50", "1234.5"),
    ("1,234,567", "1234567"),
    ("1.234.567", "1234567"),
    ("1 234,50", "1234.5"),
    ("1\u00a0234,50", "1234.5"),
    ("1\u202f234,50", "1234.5"),
    ("1\u2009234.50", "1234.5"),
    ("1'234.50", "1234.5"),
    ("1’234.50", "1234.5"),
    *((f"1{mark}234.50", "1234.5") for mark in "‘ʼ`´′"),
    *((f"{dash}5.00", "-5") for dash in "‐‑‒–—−"),
    ("1 234,567", "1234.567"),
    ("  12.50\u00a0", "12.5"),
    ("$ 1,200.00", "1200"),
    ("$1,200.00", "1200"),
    ("US$ 5", "5"),
    ("USD 5", "5"),
    ("$5.00 USD", "5"),
    ("US$5.00 USD", "5"),
    # another currency than the ledger's dollars: never read as dollars
    *(
        (text, "other-currency")
        for text in (
            *("€5", "5 EUR", "5€", "£3", "3 £", "¥ 500", "EUR 5", "5 CAD", "$5.00 CAD", "$1,200.00 COP"),
            *(
                "(€12.50)",
                "€(12.50)",
                "-£3",
                "€1.234",
                "€1,200.00",
                "1.234,50 €",
                "€12.",
                "KES 5",
                "THB5",
            ),
        )
    ),
    ("+5", "5"),
    ("-12.50", "-12.5"),
    ("\u221212.50", "-12.5"),
    ("- 12.50", "-12.5"),
    ("(12.50)", "-12.5"),
    ("12.50-", "-12.5"),
    ("($12.50)", "-12.5"),
    ("$(12.50)", "-12.5"),
    ("-$12.50", "-12.5"),
    ("$-12.50", "-12.5"),
    ("(12.50 USD)", "-12.5"),
    ("0.00", "0"),
    ("-0", "0"),
    ("1" + "0" * 308, "1" + "0" * 308),
    # two readings
    ("1.234", "ambiguous-amount 1.2340|1234"),
    ("1,234", "ambiguous-amount 1234|1.2340"),
    ("$1.234", "ambiguous-amount 1.2340|1234"),
    ("(1,234)", "ambiguous-amount -1234|-1.2340"),
    ("012.345", "ambiguous-amount 12.3450|12345"),
    ("12.340", "ambiguous-amount 12.34|12340"),
    # currencies by word and by local sign
    *(
        (text, "other-currency")
        for text in (
            *(
                "Rs. 500.00",
                "Rs.500",
                "Rs 500",
                "R$ 5",
                "5 kr",
                "50 kr.",
                "kr 50",
                "zł 5",
                "5 Kč",
                "A$5",
                "C$ 5",
            ),
            *("S/ 500", "S/. 500", "5 euros", "5 EUROS", "Pesos 5", "Bs. 5", "HK$5.00", "R$ 1.234,50"),
        )
    ),
    ("5 dollars", "5"),
    ("Dólares 1,234.50", "1234.5"),
    ("$.50", "0.5"),
    # grouped as in India, or without cents: offered
    ("1,23,456.50", "not-a-number 123456.50"),
    ("1,23,456", "not-a-number 123456"),
    ("$12,34,567", "not-a-number 1234567"),
    ("-1,23,456.00", "not-a-number -123456"),
    ("125,-", "not-a-number 125"),
    ("125.--", "not-a-number 125"),
    ("€125,-", "other-currency"),
    # no amount of money
    ("5%", "percentage 0.05"),
    ("50 %", "percentage 0.50"),
    ("-2,5 %", "percentage -0.025"),
    ("(5%)", "percentage -0.05"),
    ("1 234.5%", "percentage 12.3450"),
    # one sensible fix
    ("12.", "not-a-number 12"),
    ("12,", "not-a-number 12"),
    ("12,,", "not-a-number"),
    ("12.,", "not-a-number"),
    # never rounded
    ("1.23456", "too-many-decimals"),
    ("0.0001", "too-many-decimals"),
    ("1,234.5678", "too-many-decimals"),
    # no reading
    *(
        (text, "not-a-number")
        for text in (
            *("", " ", "NULL", "N/A", "n/a", "-", "--", "TBD", "nan", "NaN", "inf", "Infinity", "None"),
            *("1e5", "1E5", "1e308", "1/2", "½", "0x10", "1_000", "12a", "abc", "$", "USD"),
            *("١٢", "１２", "१२", "12\n50", "12\t50", "1\u200b2", "12 50", "1  234", "1 .5", "1. 5"),
            *("12,34.50", "1.234.50", "1,2345.6", "1,234,56", "0,123.45", "1 234 50"),
            *(
                "1.234,567.8",
                "1,,234",
                "1..2",
                ".",
                ",",
                "..",
                "1,234.",
                "(5",
                "5)",
                "()",
                "-(5)",
                "(-5)",
            ),
            *(
                "(5-)",
                "--5",
                "-5-",
                "€5 USD",
                "USD 5 USD",
                "USD 5$",
                "5 XYZ",
                "$(5 USD)",
                "5 $ $",
                "TRUE",
            ),
        )
    ),
]


def test_a_text_amount_is_read_or_doubted() -> None:
    assert [(text, outcome(read_amount(text, Held.TEXT))) for text, _ in WRITTEN_AMOUNTS] == WRITTEN_AMOUNTS


@pytest.mark.parametrize(
    ("text", "mark", "expected"),
    [
        ("1.234", ".", "1.234"),
        ("1.234", ",", "1234"),
        ("1,234", ".", "1234"),
        ("1,234", ",", "1.234"),
        ("31,24", ",", "31.24"),
        ("31.24", ".", "31.24"),
        ("1.234,50", ",", "1234.5"),
        ("1 234", ",", "1234"),
        ("1234", ",", "1234"),
        ("$ 1,200.00", ".", "1200"),
        # texts that have one reading keep it
        ("31.24", ",", "31.24"),
        ("31,24", ".", "31.24"),
        ("1.5000", ",", "1.5"),
        ("0.125", ",", "0.125"),
        ("1,234,567", ",", "1234567"),
        ("1 234,50", ".", "1234.5"),
        ("N/A", ",", "not-a-number"),
        # an answer about texts that are written in one way only
        ("1,234", "comma=thousands", "1234"),
        ("1,234", "comma=decimals", "1.234"),
        ("1.234", "comma=thousands", "ambiguous-amount 1.2340|1234"),
        ("1,234", "point=decimals", "ambiguous-amount 1234|1.2340"),
        ("1.234", "comma=thousands point=thousands", "1234"),
        ("1.234", "comma=thousands point=decimals", "1.234"),
    ],
)
def test_an_answered_decimal_mark_chooses_between_two_readings_and_never_makes_one(
    text: str, mark: str, expected: str
) -> None:
    assert outcome(read_amount(text, Held.TEXT, mark=mark)) == expected


@pytest.mark.parametrize(
    ("text", "currency", "expected"),
    [
        ("€5", "EUR", "5"),
        ("5 EUR", "EUR", "5"),
        ("€5 EUR", "EUR", "5"),
        ("1.234,50 €", "EUR", "1234.5"),
        ("€1.234", "EUR", "ambiguous-amount 1.2340|1234"),
        ("5", "EUR", "5"),
        ("1,200.00", "EUR", "1200"),
        ("$5", "EUR", "other-currency"),
        ("$1,200.00", "EUR", "other-currency"),
        ("$ 1,200.00", "EUR", "other-currency"),
        ("USD 5", "EUR", "other-currency"),
        ("$1,200.00", "CAD", "1200"),
        ("$5 CAD", "CAD", "5"),
        ("$5 USD", "CAD", "other-currency"),
        ("US$5", "CAD", "other-currency"),
        ("$5", "COP", "5"),
        ("£3", "GBP", "3"),
        ("¥500", "JPY", "500"),
        ("¥500", "CNY", "500"),
        ("THB 5", "THB", "5"),
    ],
)
def test_only_the_ledgers_own_currency_is_read(text: str, currency: str, expected: str) -> None:
    assert outcome(read_amount(text, Held.TEXT, currency=currency)) == expected
    if expected == "other-currency":
        for mark in MARKS:
            assert outcome(read_amount(text, Held.TEXT, currency=currency, mark=mark)) == expected


@given(st.sampled_from(sorted(CODES - {"USD"})), st.sampled_from(["{} {}", "{}{}"]), AMOUNTS)
def test_no_foreign_code_is_ever_read_as_dollars(code: str, way: str, value: Decimal) -> None:
    text = written_amount(value)
    for written in (way.format(code, text), way.format(text, code)):
        assert outcome(read_amount(written, Held.TEXT)) == "other-currency"
        assert read_amount(written, Held.TEXT, currency=code) == value


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1234.5", "1234.5"),
        ("1.234", "1.234"),
        ("-13.89", "-13.89"),
        ("0", "0"),
        ("31.125", "31.125"),
        ("1E+22", "10000000000000000000000"),
        ("1e-07", "too-many-decimals"),
        ("0.12345", "too-many-decimals"),
        ("nan", "not-a-number"),
        ("Infinity", "not-a-number"),
    ],
)
def test_a_real_number_has_one_reading_whatever_was_answered(text: str, expected: str) -> None:
    for mark in (None, *MARKS):
        assert outcome(read_amount(text, Held.NUMBER, mark=mark)) == expected


@pytest.mark.parametrize("held", [Held.BOOLEAN, Held.ERROR, Held.UNCALCULATED])
def test_what_excel_held_as_something_else_is_no_amount(held: Held) -> None:
    assert outcome(read_amount("5", held)) == "not-a-number"


def test_a_column_with_fewer_decimals_doubts_the_third() -> None:
    assert outcome(read_amount("1234.567", Held.TEXT, decimals=2)) == "too-many-decimals"
    assert outcome(read_amount("1234.56", Held.TEXT, decimals=2)) == "1234.56"
    assert outcome(read_amount("1234.5", Held.NUMBER, decimals=0)) == "too-many-decimals"


def grouped(value: Decimal, *, group: str, mark: str) -> str:
    whole, part = f"{abs(value):,.3f}".split(".")
    return whole.replace(",", group) + mark + part


@given(AMOUNTS)
def test_what_is_written_plain_reads_back_the_same(value: Decimal) -> None:
    assert read_amount(written_amount(value), Held.TEXT) == value
    assert read_amount(written_amount(value, mark=","), Held.TEXT) == value
    assert read_amount(f"{value:f}", Held.NUMBER) == value
    for mark in MARKS:
        assert read_amount(written_amount(value, mark=mark), Held.TEXT, mark=mark) == value


@given(AMOUNTS, st.sampled_from([(",", "."), (".", ","), *((g, m) for g in SPACES + "'’" for m in MARKS)]))
def test_every_way_of_grouping_reads_back_under_its_own_mark(value: Decimal, way: tuple[str, str]) -> None:
    group, mark = way
    text = grouped(value, group=group, mark=mark)
    for sign in ("-{}", "({})", "{}-", "- {}", "(${})", "-USD {}") if value < 0 else ("{}", "$ {}", "{} USD"):
        assert read_amount(sign.format(text), Held.TEXT, mark=mark) == value


@given(AMOUNTS, st.sampled_from([(",", "."), (".", ",")]))
def test_grouping_is_read_without_an_answer_where_both_marks_stand(
    value: Decimal, way: tuple[str, str]
) -> None:
    if abs(value) >= 1000:
        group, mark = way
        assert read_amount(grouped(value, group=group, mark=mark), Held.TEXT) == abs(value)


AMOUNT_LIKE = st.text(alphabet="0123456789.,", min_size=1, max_size=9)


def readings_by_hand(text: str) -> set[Decimal]:
    """Every value that digits with points and commas can have: the slow definition, for comparison."""
    found = set()
    for mark, group in (".,", ",."):
        whole, separated, part = text.partition(mark)
        groups = whole.split(group)
        well_grouped = len(groups) == 1 or (
            1 <= len(groups[0]) <= 3 and groups[0] != "0" and all(len(g) == 3 for g in groups[1:])
        )
        complete = bool(part) if separated else bool(whole)
        if complete and well_grouped and re.fullmatch("[0-9]*", part):
            found.add(Decimal(f"{''.join(groups) or '0'}.{part or '0'}"))
    return found


@given(AMOUNT_LIKE)
def test_no_amount_with_two_readings_is_accepted_without_an_answer(text: str) -> None:
    possible = readings_by_hand(text)
    read = read_amount(text, Held.TEXT)
    if isinstance(read, Decimal):
        assert possible == {read}
    else:
        assert (read.code == "ambiguous-amount") == (len(possible) == 2)
        assert len(possible) != 1 or read.code == "too-many-decimals"


@given(AMOUNT_LIKE, st.sampled_from([None, *MARKS]))
def test_what_a_doubt_offers_is_itself_read_without_a_question(text: str, mark: str | None) -> None:
    read = read_amount(text, Held.TEXT, mark=mark)
    if isinstance(read, Doubt):
        for offer in (read.suggestion, read.facts.get("first"), read.facts.get("second")):
            if offer is not None:
                assert outcome(read_amount(offer, Held.TEXT)) in (
                    outcome(read_amount(offer, Held.TEXT, mark=mark)),
                    "too-many-decimals",
                )
                assert not outcome(read_amount(offer, Held.TEXT)).startswith(("ambiguous", "not-a"))


@given(st.text(alphabet="0123456789.,' ()$-+", max_size=10), st.sampled_from([None, *MARKS]))
def test_spaces_around_an_amount_change_nothing(text: str, mark: str | None) -> None:
    assert outcome(read_amount(text, Held.TEXT, mark=mark)) == outcome(
        read_amount(f"\u00a0{text} ", Held.TEXT, mark=mark)
    )


@given(st.text(max_size=30), st.sampled_from(Held), st.sampled_from([None, *MARKS]))
def test_any_text_is_an_amount_or_a_doubt_that_can_be_said(text: str, held: Held, mark: str | None) -> None:
    read = read_amount(text, held, mark=mark)
    if isinstance(read, Doubt):
        issue = Issue(row=2, column="Credit Balance", code=read.code, value=text, facts=read.facts)
        assert issue.message
    else:
        assert read.is_finite()


def test_very_long_texts_end_quickly_and_quietly() -> None:
    for text in ("1" * 32_767, "1" * 32_766 + "x", "1," * 16_000, "(" * 32_767, "1 " * 16_000, " " * 32_767):
        read_amount(text, Held.TEXT)
        read_date(text, Held.TEXT)
        read_date(text, Held.NUMBER)


def test_the_evidence_of_a_column_of_amounts_is_counted() -> None:
    found = amount_evidence(["1,234", "1,234.5", "31.24", "4", "N/A", "1.234.567", "1 234"])
    assert (found.point, found.comma, found.either, found.total) == (2, 1, 1, 6)
    assert (
        found.sentence
        == "2 of 6 amounts only work with a decimal point, 1 of 6 amounts only works with a decimal comma."
    )
    assert amount_evidence(["1,234", "2"]).sentence == "1 of 2 amounts can be read two ways."
    assert amount_evidence(["N/A"]).sentence == ""


@pytest.mark.parametrize(
    ("text", "side", "expected"),
    [
        ("125.00 CR", Side.WE_OWE, "side-mark 125"),
        ("1,234.50CR", Side.WE_OWE, "side-mark 1234.50"),
        ("CR 125.00", Side.WE_OWE, "side-mark 125"),
        ("Cr. 125,50", Side.WE_OWE, "side-mark 125.50"),
        ("Cr.125", Side.WE_OWE, "side-mark 125"),
        ("$125.00 cr", Side.WE_OWE, "side-mark 125"),
        ("125 USD CR", Side.WE_OWE, "side-mark 125"),
        ("CR USD 125", Side.WE_OWE, "side-mark 125"),
        ("125 H", Side.WE_OWE, "side-mark 125"),
        ("125 S", Side.WE_OWE, "other-side"),
        ("80.00 DR", Side.WE_OWE, "other-side"),
        ("80.00Dr", Side.WE_OWE, "other-side"),
        ("DR80", Side.WE_OWE, "other-side"),
        ("80.00 DR", Side.THEY_OWE, "side-mark 80"),
        ("80.00 CR", Side.THEY_OWE, "other-side"),
        ("80.00 CR", None, "other-side"),
        ("125.00 (CR)", Side.WE_OWE, "side-mark 125"),
        ("$125 (Cr.)", Side.WE_OWE, "side-mark 125"),
        ("125 (H)", Side.WE_OWE, "side-mark 125"),
        ("80.00(DR)", Side.WE_OWE, "other-side"),
        # what is negative besides says two things
        ("(125.00) (CR)", Side.WE_OWE, "not-a-number"),
        ("-125 CR", Side.WE_OWE, "side-mark"),
        ("(125) CR", Side.WE_OWE, "side-mark"),
        # what stands before a mark is read as ever
        ("1,234 CR", Side.WE_OWE, "ambiguous-amount 1234|1.2340"),
        ("€5 CR", Side.WE_OWE, "other-currency"),
        ("1.23456 CR", Side.WE_OWE, "too-many-decimals"),
        ("CR", Side.WE_OWE, "not-a-number"),
        ("C 5", Side.WE_OWE, "not-a-number"),
        ("CRC 5", Side.WE_OWE, "other-currency"),
        ("n/a CR", Side.WE_OWE, "not-a-number"),
    ],
)
def test_an_amount_marked_as_debit_or_credit_is_offered_on_its_own_side_only(
    text: str, side: Side | None, expected: str
) -> None:
    assert outcome(read_amount(text, Held.TEXT, side=side)) == expected


def test_a_marked_amount_with_two_readings_is_settled_by_the_answer_for_its_mark() -> None:
    marked = read_amount("1,234 CR", Held.TEXT, mark="comma=decimals", side=Side.WE_OWE)
    assert outcome(marked) == "side-mark 1,2340"
    assert unclear_mark("1,234 CR") == ","
    found = amount_evidence(["1,234.50 CR", "5,25 DR", "CR 7"])
    assert (found.point, found.comma, found.total) == (1, 1, 3)


def test_the_amounts_of_a_column_are_read_at_once_also_where_their_format_hides_them() -> None:
    cells = [
        ("10.5", Held.NUMBER, 10_500_000),
        ("20.5", Held.VEILED, 20_500_000),
        ("1,234.50", Held.TEXT, 1_234_500_000),
        (" 7 ", Held.VEILED, 7_000_000),
        ("n/a", Held.VEILED, None),
        ("", Held.TEXT, None),
        ("2026-03-02", Held.DATE, None),
    ]
    texts, held, read = zip(*cells, strict=True)
    money, there = amounts(pa.array(texts), np.array(held, dtype=np.uint8))
    assert [one if known else None for one, known in zip(money.tolist(), there, strict=True)] == list(read)
