"""Amounts and dates from text: one reading is a value, two are a question, none is a doubt."""

import itertools
import re
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from komet_import.currencies import CODES
from komet_import.review.issues import CATALOGUE, Issue
from komet_import.sheets.layout.amounts import MARKS, amount_evidence, read_amount, written_amount
from komet_import.sheets.layout.dates import ORDERS, date_evidence, read_date
from komet_import.sheets.layout.doubt import Doubt
from komet_import.sheets.worksheet import Held

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


@pytest.mark.parametrize(
    ("text", "expected"),
    [
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
                *("1e5", "1E5", "1e308", "5%", "50 %", "1/2", "½", "0x10", "1_000", "12a", "abc", "$", "USD"),
                *("١٢", "１２", "१२", "12\n50", "12\t50", "1\u200b2", "12 50", "1  234", "1 .5", "1. 5"),
                *("1,23,456.50", "12,34.50", "1.234.50", "1,2345.6", "1,234,56", "0,123.45", "1 234 50"),
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
                    "5 CR",
                    "12.50 DR",
                    "$(5 USD)",
                    "5 $ $",
                    "TRUE",
                ),
            )
        ),
    ],
)
def test_a_text_amount_is_read_or_doubted(text: str, expected: str) -> None:
    assert outcome(read_amount(text, Held.TEXT)) == expected


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


@pytest.mark.parametrize("held", [Held.DATE, Held.BOOLEAN, Held.ERROR, Held.UNCALCULATED])
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


@pytest.mark.parametrize(
    ("text", "expected"),
    [
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
        # a time of day
        ("2025-03-02 10:30:00", "has-time 2025-03-02"),
        ("2025-03-02T10:30:00.5", "has-time 2025-03-02"),
        ("25/03/2025 12:00 PM", "has-time 2025-03-25"),
        ("2025-03-02T23:30:00Z", "has-time"),
        ("2025-03-02T00:00:00+05:00", "has-time"),
        # two readings
        ("03/04/2025", "ambiguous-date 2025-04-03|2025-03-04"),
        ("03.04.2025", "ambiguous-date 2025-04-03|2025-03-04"),
        ("3-4-2025", "ambiguous-date 2025-04-03|2025-03-04"),
        ("03/04/2025 10:30", "ambiguous-date 2025-04-03|2025-03-04"),
        ("03/04/25", "ambiguous-date 2025-04-03|2025-03-04"),
        ("25/03/25", "ambiguous-date 2025-03-25|1925-03-25"),
        ("3-Mar-25", "ambiguous-date 2025-03-03|1925-03-03"),
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
    ],
)
def test_a_text_date_is_read_or_doubted(text: str, expected: str) -> None:
    assert outcome(read_date(text, Held.TEXT)) == expected


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
        ("03/04/25", "dmy", "ambiguous-date 2025-04-03|2025-03-04"),
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
        ("20250302", Held.NUMBER, "not-a-date"),
        ("-1", Held.NUMBER, "not-a-date"),
        ("TRUE", Held.BOOLEAN, "not-a-date"),
        ("#N/A", Held.ERROR, "not-a-date"),
        ("=TODAY()", Held.UNCALCULATED, "not-a-date"),
    ],
)
def test_what_excel_held_decides_how_a_date_is_read(text: str, held: Held, expected: str) -> None:
    assert outcome(read_date(text, held)) == expected


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
