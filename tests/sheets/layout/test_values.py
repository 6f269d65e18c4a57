"""Amounts and dates from text: one reading is a value, two are a question, none is a doubt."""

import itertools
import re
from datetime import date, timedelta
from decimal import Decimal

import pytest
from babel.dates import format_date
from hypothesis import given
from hypothesis import strategies as st

from komet_import.currencies import CODES
from komet_import.review.catalogue import CATALOGUE
from komet_import.review.issues import Issue
from komet_import.sheets.layout import calendar_words
from komet_import.sheets.layout.amounts import (
    MARKS,
    amount_evidence,
    read_amount,
    unclear_mark,
    written_amount,
)
from komet_import.sheets.layout.dates import ORDERS, date_evidence, read_date
from komet_import.sheets.layout.doubt import Doubt
from komet_import.sheets.worksheet import Held
from komet_import.types import Side

AMOUNTS = st.decimals(min_value=Decimal("-9999999"), max_value=Decimal("9999999"), places=3)
DAYS = st.dates(min_value=date(1970, 1, 1), max_value=date(2099, 12, 31))
SPACES = " \u00a0\u2009\u202f\u2007"


def outcome(read: object) -> str:
    """A value as its text, a doubt as `code suggestion` or `code first|second`."""
    if not isinstance(read, Doubt):
        return f"{read.normalize() + 0:f}" if isinstance(read, Decimal) else str(read)
    if read.code.startswith("ambiguous"):
        return f"{read.code} {read.facts['first']}|{read.facts['second']}"
    return f"{read.code} {read.suggestion}" if read.suggestion else read.code


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
    # one sensible mend
    ("12.", "not-a-number 12"),
    ("12,", "not-a-number 12"),
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
    assert found.sentence == "2 of 6 can only have a decimal point, 1 of 6 can only have a decimal comma."
    assert amount_evidence(["1,234", "2"]).sentence == "1 of 2 can be read two ways."
    assert amount_evidence(["N/A"]).sentence == ""


WRITTEN_DATES = [
    ("2025-03-02", "2025-03-02"),
    (" 2025-03-02\u00a0", "2025-03-02"),
    # one reading, another format
    ("25/03/2025", "date-format 2025-03-25"),
    ("03/25/2025", "date-format 2025-03-25"),
    ("3/3/2025", "date-format 2025-03-03"),
    ("2025/03/02", "date-format 2025-03-02"),
    ("2025.03.02", "date-format 2025-03-02"),
    ("2025-3-2", "date-format 2025-03-02"),
    ("20250302", "date-format 2025-03-02"),
    ("3 Mar 2025", "date-format 2025-03-03"),
    ("03-Mar-2025", "date-format 2025-03-03"),
    ("3rd March 2025", "date-format 2025-03-03"),
    ("Mar 3, 2025", "date-format 2025-03-03"),
    ("SEPT. 3 2025", "date-format 2025-09-03"),
    ("3 de marzo de 2025", "date-format 2025-03-03"),
    ("2025-03-02 00:00:00", "date-format 2025-03-02"),
    ("2025-03-02T00:00", "date-format 2025-03-02"),
    ("25/03/2025 12:00 AM", "date-format 2025-03-25"),
    # a year of two digits, as Excel reads it
    ("25/03/25", "date-format 2025-03-25"),
    ("03/25/29", "date-format 2029-03-25"),
    ("03/25/30", "date-format 1930-03-25"),
    ("25.03.99", "date-format 1999-03-25"),
    ("3-Mar-25", "date-format 2025-03-03"),
    ("Mar 3 '25", "date-format 2025-03-03"),
    ("31-12-29", "date-format 2029-12-31"),
    # names of months and days
    ("15-mar-26", "date-format 2026-03-15"),
    ("5 de marzo del 2026", "date-format 2026-03-05"),
    ("15-sept-2026", "date-format 2026-09-15"),
    ("5-dic.-2026", "date-format 2026-12-05"),
    ("1 setiembre 2026", "date-format 2026-09-01"),
    ("5 de março de 2026", "date-format 2026-03-05"),
    ("7 out. 2026", "date-format 2026-10-07"),
    ("1er août 2026", "date-format 2026-08-01"),
    ("12 févr. 2026", "date-format 2026-02-12"),
    ("3. März 2026", "date-format 2026-03-03"),
    ("24. Dez. 2026", "date-format 2026-12-24"),
    ("2 mei 2026", "date-format 2026-05-02"),
    ("30 mrt 2026", "date-format 2026-03-30"),
    ("2026-Nov-03", "date-format 2026-11-03"),
    ("Monday, November 2, 2026", "date-format 2026-11-02"),
    ("lunes, 2 de noviembre de 2026", "date-format 2026-11-02"),
    ("quarta-feira, 4 de novembro de 2026", "date-format 2026-11-04"),
    ("mercredi 4 novembre 2026", "date-format 2026-11-04"),
    ("Di., 3. Nov. 2026", "date-format 2026-11-03"),
    ("za 7 nov 2026", "date-format 2026-11-07"),
    ("mar 3 nov 2026", "date-format 2026-11-03"),  # a Tuesday in Spanish, and no March
    ("Mon 11/16/2026", "date-format 2026-11-16"),
    ("Mon 11/02/2026", "date-format 2026-11-02"),  # the other reading is a Wednesday
    ("Fri 03/04/26", "date-format 2026-04-03"),
    ("Tue 11/02/2026", "wrong-weekday"),
    ("Tuesday, November 2, 2026", "wrong-weekday"),
    # other separators and digits alone
    ("3. 11. 2026", "ambiguous-date 2026-11-03|2026-03-11"),
    ("25.03.2025.", "date-format 2025-03-25"),
    ("2025‑03‑02", "2025-03-02"),  # hyphens that do not break
    ("25032025", "date-format 2025-03-25"),
    ("03042025", "ambiguous-date 2025-04-03|2025-03-04"),
    # a time with a zone: the day as it is written
    ("2025-03-02T23:30:00Z", "has-time 2025-03-02"),
    ("2025-03-02T00:00:00+05:00", "has-time 2025-03-02"),
    ("2026-11-03 00:00:00 UTC", "has-time 2026-11-03"),
    ("2026-11-03T14:05:00.000-0500", "has-time 2026-11-03"),
    ("2026-11-03Z", "date-format 2026-11-03"),
    ("2026-11-03-05:00", "date-format 2026-11-03"),
    ("Tue Nov 03 2026 14:05:00 GMT-0500 (Colombia Standard Time)", "has-time 2026-11-03"),
    ("25/03/2025 2:05 p. m.", "has-time 2025-03-25"),
    ("03/04/2025 10:30 EST", "ambiguous-date 2025-04-03|2025-03-04"),
    # a time of day
    ("2025-03-02 10:30:00", "has-time 2025-03-02"),
    ("2025-03-02T10:30:00.5", "has-time 2025-03-02"),
    ("25/03/2025 12:00 PM", "has-time 2025-03-25"),
    # two readings
    ("03/04/2025", "ambiguous-date 2025-04-03|2025-03-04"),
    ("03.04.2025", "ambiguous-date 2025-04-03|2025-03-04"),
    ("3-4-2025", "ambiguous-date 2025-04-03|2025-03-04"),
    ("03/04/2025 10:30", "ambiguous-date 2025-04-03|2025-03-04"),
    ("03/04/25", "ambiguous-date 2025-04-03|2025-03-04"),
    ("26-11-03", "ambiguous-date 2003-11-26|2026-11-03"),
    ("03-04-05", "ambiguous-date 2005-04-03|2005-03-04"),
    # a count of days
    ("45000", "serial-date 2023-03-15"),
    ("45000.5", "serial-date 2023-03-15"),
    # no reading
    *(
        (text, "not-a-date")
        for text in (
            *("", "TBD", "N/A", "2025-02-30", "2025-13-01", "0000-01-01", "99/99/9999", "30/02/2025"),
            *(
                "2025",
                "2025-03",
                "Mar 2025",
                "3 Foo 2025",
                "03/04",
                "1/1/1",
                "03/04-2025",
                "-45000",
                "12",
            ),
            *(
                "99999999",
                "20251332",
                "٢٠٢٥-٠٣-٠٢",
                "２０２５-03-02",
                "2025-03-02x",
                "10:30",
                "yesterday",
            ),
        )
    ),
]


def test_a_text_date_is_read_or_doubted() -> None:
    assert [(text, outcome(read_date(text, Held.TEXT))) for text, _ in WRITTEN_DATES] == WRITTEN_DATES


@pytest.mark.parametrize(
    ("text", "order", "expected"),
    [
        ("03/04/2025", "dmy", "2025-04-03"),
        ("03/04/2025", "mdy", "2025-03-04"),
        ("25/03/2025", "dmy", "2025-03-25"),
        ("2025/03/02", "ymd", "2025-03-02"),
        ("20250302", "ymd", "2025-03-02"),
        ("3 Mar 2025", "dmy", "2025-03-03"),
        ("Mar 3, 2025", "mdy", "2025-03-03"),
        ("45000", "serial", "2023-03-15"),
        ("45000.5", "serial", "has-time 2023-03-15"),
        ("2025", "serial", "not-a-date"),
        ("03/04/2025 00:00:00", "dmy", "2025-04-03"),
        ("03/04/2025 10:30", "dmy", "has-time 2025-04-03"),
        # texts that the answer does not reach
        ("25/03/2025", "mdy", "date-format 2025-03-25"),
        ("2025/03/02", "dmy", "date-format 2025-03-02"),
        ("03/04/2025", "ymd", "ambiguous-date 2025-04-03|2025-03-04"),
        ("03/04/25", "dmy", "2025-04-03"),
        ("03/04/25", "slash=dmy", "ambiguous-date 2025-04-03|2025-03-04"),  # asked about apart
        ("03/04/25", "slash-short=mdy", "2025-03-04"),
        ("03/04/2025", "slash-short=mdy", "ambiguous-date 2025-04-03|2025-03-04"),
        ("26-11-03", "dash-short=ymd", "2026-11-03"),
        ("26-11-03", "dash-short=mdy", "ambiguous-date 2003-11-26|2026-11-03"),
        ("03042025", "compact=mdy", "2025-03-04"),
        ("Mon 11/02/2026", "slash=dmy", "date-format 2026-11-02"),
        ("2025-04-03", "real=swapped", "2025-04-03"),  # a text
        ("45000", "dmy", "serial-date 2023-03-15"),
        ("2025-03-02", "mdy", "2025-03-02"),
        ("2025-03-02 00:00:00", "dmy", "date-format 2025-03-02"),
        # an answer about texts that are written in one way only
        ("03/04/2025", "slash=dmy", "2025-04-03"),
        ("03.04.2025", "slash=dmy", "ambiguous-date 2025-04-03|2025-03-04"),
        ("03.04.2025", "slash=mdy dot=dmy", "2025-04-03"),
        ("3-4-2025", "dash=mdy", "2025-03-04"),
        ("3 4 2025", "space=mdy", "2025-03-04"),
        ("25/03/2025", "slash=dmy", "2025-03-25"),
        ("3 Mar 2025", "slash=dmy", "date-format 2025-03-03"),
        ("45000", "slash=dmy", "serial-date 2023-03-15"),
        ("45000", "slash=dmy number=serial", "2023-03-15"),
        ("03/04/2025", "number=serial", "ambiguous-date 2025-04-03|2025-03-04"),
    ],
)
def test_an_answered_order_of_dates_is_applied_and_never_forced(text: str, order: str, expected: str) -> None:
    assert outcome(read_date(text, Held.TEXT, order=order)) == expected


@pytest.mark.parametrize(
    ("text", "held", "expected"),
    [
        ("2025-03-02", Held.DATE, "2025-03-02"),
        ("2025-03-02 00:00:00", Held.DATE, "2025-03-02"),
        ("2025-03-02 10:30:00", Held.DATE, "has-time 2025-03-02"),
        ("45000", Held.NUMBER, "serial-date 2023-03-15"),
        ("20250302", Held.NUMBER, "date-format 2025-03-02"),
        ("3042025", Held.NUMBER, "ambiguous-date 2025-04-03|2025-03-04"),
        ("250302", Held.NUMBER, "not-a-date"),
        ("-1", Held.NUMBER, "not-a-date"),
        ("TRUE", Held.BOOLEAN, "not-a-date"),
        ("#N/A", Held.ERROR, "not-a-date"),
        ("=TODAY()", Held.UNCALCULATED, "not-a-date"),
    ],
)
def test_what_excel_held_decides_how_a_date_is_read(text: str, held: Held, expected: str) -> None:
    assert outcome(read_date(text, held)) == expected


@pytest.mark.parametrize(
    ("text", "answer", "expected"),
    [
        ("2026-05-10", "real=swapped", "2026-10-05"),
        ("2026-05-10", "slash=dmy real=swapped", "2026-10-05"),
        ("2026-05-10", "real=kept", "2026-05-10"),
        ("2026-05-13", "real=swapped", "2026-05-13"),
        ("2026-05-10 00:00:00", "real=swapped", "2026-10-05"),
        ("2026-05-10 10:00:00", "real=swapped", "has-time 2026-10-05"),
    ],
)
def test_a_real_date_is_swapped_where_that_was_answered(text: str, answer: str, expected: str) -> None:
    assert outcome(read_date(text, Held.DATE, order=answer)) == expected


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
        # what is negative besides says two things
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


@given(DAYS, st.sampled_from(calendar_words.LANGUAGES), st.sampled_from(["full", "long", "medium"]))
def test_every_day_as_people_write_it_in_their_language_is_offered(
    day: date, language: str, form: str
) -> None:
    text = format_date(day, format=form, locale=language)
    read = read_date(text, Held.TEXT, order="dmy")
    offered = read.suggestion if isinstance(read, Doubt) else str(read)
    if "/" in text:
        return  # a medium date of figures is a matter of its order
    assert offered == str(day), text


def test_no_name_means_two_months_or_two_days_and_the_common_ones_are_known() -> None:
    assert {calendar_words.months()[name] for name in ("sept", "set", "sep", "setiembre")} == {9}
    assert calendar_words.weekdays()["mo"] == 0 and calendar_words.weekdays()["do"] == 3
    assert "may" in calendar_words.months() and len(set(calendar_words.months().values())) == 12


@given(DAYS)
def test_every_day_written_in_any_format_reads_back_under_its_order(day: date) -> None:
    assert read_date(day.isoformat(), Held.TEXT) == day
    for order, formats in {
        "dmy": ("%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y", "%d %b %Y", "%d-%b-%Y", "%d %B %Y"),
        "mdy": ("%m/%d/%Y", "%m-%d-%Y", "%b %d, %Y", "%B %d %Y"),
        "ymd": ("%Y/%m/%d", "%Y.%m.%d", "%Y%m%d"),
    }.items():
        for form in formats:
            assert read_date(day.strftime(form), Held.TEXT, order=order) == day
    serial = str((day - date(1899, 12, 30)) // timedelta(days=1))
    assert read_date(serial, Held.NUMBER, order="serial") == day


@given(DAYS, st.sampled_from("/-. "))
def test_no_date_with_two_readings_is_accepted_without_an_answer(day: date, separator: str) -> None:
    text = day.strftime(separator.join(("%d", "%m", "%Y")))
    read = read_date(text, Held.TEXT)
    assert isinstance(read, Doubt)
    two = day.day <= 12 and day.day != day.month
    assert read.code == ("ambiguous-date" if two else "date-format")
    offers = [str(read.facts["first"]), *([str(read.facts["second"])] if two else [])]
    assert str(day) in offers
    assert all(isinstance(read_date(offer, Held.TEXT), date) for offer in offers)


@given(st.text(max_size=30), st.sampled_from(Held), st.sampled_from([None, *ORDERS]))
def test_any_text_is_a_date_or_a_doubt_that_can_be_said(text: str, held: Held, order: str | None) -> None:
    read = read_date(text, held, order=order)
    if isinstance(read, Doubt):
        assert Issue(row=2, column="Credit Date", code=read.code, value=text, facts=read.facts).message


@given(st.lists(st.sampled_from([*"0123456789/-.: TZ", "Mar", "ene", " ", "20", "00"]), max_size=12))
def test_texts_that_resemble_dates_are_read_or_doubted_too(parts: list[str]) -> None:
    for held, order in itertools.product((Held.TEXT, Held.DATE, Held.NUMBER), (None, *ORDERS)):
        read = read_date("".join(parts), held, order=order)
        assert isinstance(read, date) or read.code in CATALOGUE


def test_the_evidence_of_a_column_of_dates_is_counted() -> None:
    found = date_evidence(["25/03/2025", "03/04/2025", "03/25/2025 10:00", "03/03/2025", "2025-03-02", "x"])
    assert (found.day_first, found.month_first, found.either, found.total) == (1, 1, 1, 4)
    assert found.sentence == "1 of 4 can only be day/month, 1 of 4 can only be month/day."
