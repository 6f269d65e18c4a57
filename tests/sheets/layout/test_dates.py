"""Dates from text: one reading is a value, two are a question, none is a doubt."""

import itertools
from datetime import date, timedelta

import pytest
from babel.dates import format_date
from hypothesis import given
from hypothesis import strategies as st

from komet_import.review.catalogue import CATALOGUE
from komet_import.review.issues import Issue
from komet_import.sheets.layout.values.answers import answer_to
from komet_import.sheets.layout.values.dates import (
    ORDERS,
    date_evidence,
    date_way,
    perhaps_year_first,
    read_date,
)
from komet_import.sheets.layout.values.doubt import Doubt
from komet_import.sheets.layout.words import calendar_words
from komet_import.sheets.worksheet import Held
from tests.sheets.layout.outcomes import outcome

DAYS = st.dates(min_value=date(1970, 1, 1), max_value=date(2099, 12, 31))


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
    ("den 3. November 2026", "date-format 2026-11-03"),
    ("le 3 novembre 2026", "date-format 2026-11-03"),
    ("Dienstag, den 3.11.2026", "date-format 2026-11-03"),
    # other separators and digits alone
    ("20261103.0", "date-format 2026-11-03"),
    ("20261103.5", "not-a-date"),
    ("'2026-11-03", "date-format 2026-11-03"),
    ("'03/04/2025", "ambiguous-date 2025-04-03|2025-03-04"),
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
    ("Nov  3 2026  2:05PM", "has-time 2026-11-03"),
    ("03-NOV-26 02.05.00.000000 PM", "has-time 2026-11-03"),
    ("25/03/2025 14h05", "has-time 2025-03-25"),
    ("25.03.2025 um 14:05 Uhr", "has-time 2025-03-25"),
    ("25/03/2025 a las 14:05", "has-time 2025-03-25"),
    ("25.03.2025 00.00", "date-format 2025-03-25"),
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
        ("45000.0", "serial", "2023-03-15"),
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
    assert found.sentence == "1 of 4 dates only works as day/month, 1 of 4 dates only works as month/day."


YEAR_FIRST = [
    ("26/11/03", "ambiguous-date 2003-11-26|2026-11-03", "2026-11-03"),
    ("26.11.03", "ambiguous-date 2003-11-26|2026-11-03", "2026-11-03"),
    ("26-11-03", "ambiguous-date 2003-11-26|2026-11-03", "2026-11-03"),
    ("26/11/21", "ambiguous-date 2021-11-26|2026-11-21", "2026-11-21"),
    ("26/05/04", "ambiguous-date 2004-05-26|2026-05-04", "2026-05-04"),
    ("25/11/26", "date-format 2026-11-25", "2025-11-26"),
    ("24/11/26", "date-format 2026-11-24", "2024-11-26"),
    ("26/11/26", "date-format 2026-11-26", "2026-11-26"),
    ("03/04/26", "ambiguous-date 2026-04-03|2026-03-04", "2003-04-26"),
    ("11/12/10", "ambiguous-date 2010-12-11|2010-11-12", "2011-12-10"),
]


def doubted(text: str, monkeypatch: pytest.MonkeyPatch) -> tuple[Doubt, list[str]]:
    """What is asked about a date at the end of 2026, and the days that are offered."""
    monkeypatch.setattr("komet_import.sheets.layout.values.date_forms.today", lambda: date(2026, 11, 29))
    read = read_date(text, Held.TEXT)
    assert isinstance(read, Doubt)
    return read, [str(read.facts[name]) for name in ("first", "second") if name in read.facts]


@pytest.mark.parametrize(("text", "asked", "answered"), YEAR_FIRST)
def test_of_years_of_two_digits_every_likely_reading_is_offered_and_any_can_be_answered(
    text: str, asked: str, answered: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    read, days = doubted(text, monkeypatch)
    assert f"{read.code} {'|'.join(days)}" == asked
    way = date_way(text)
    assert read_date(text, Held.TEXT, order=answer_to({way: "ymd"})) == date.fromisoformat(answered)


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("29-11-03", "ambiguous-date 2003-11-29|2029-11-03"),
        ("30-11-03", "date-format 2003-11-30"),
        ("31-10-03", "date-format 2003-10-31"),
        ("32-11-03", "date-format 1932-11-03"),
        ("9-11-03", "ambiguous-date 2003-11-09|2003-09-11"),
    ],
)
def test_a_day_that_no_recent_year_has_is_the_day_and_what_no_month_has_the_year(
    text: str, asked: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    read, days = doubted(text, monkeypatch)
    assert f"{read.code} {'|'.join(days or [str(read.suggestion)])}" == asked


def test_a_date_with_its_year_perhaps_in_front_is_no_evidence_of_the_day_first(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("komet_import.sheets.layout.values.date_forms.today", lambda: date(2026, 11, 29))
    assert not date_evidence(["26/11/03", "26-11-03"]).day_first
    assert date_evidence(["25/11/26", "26/11/26"]).day_first == 2


def test_beside_a_year_in_front_other_dates_of_two_digits_have_that_reading_too(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("komet_import.sheets.layout.values.date_forms.today", lambda: date(2026, 11, 29))
    column = ["25/11/26", "26/11/03", "24/11/27 10:00"]
    ways = perhaps_year_first(column)
    assert ways == {"slash-short"} and not perhaps_year_first(column[::2])
    read = read_date("25/11/26", Held.TEXT, year_first=ways)
    assert isinstance(read, Doubt) and read.code == "ambiguous-date"
    assert (read.facts["first"], read.facts["second"]) == ("2026-11-25", "2025-11-26")
    assert read_date("25/11/26", Held.TEXT, order="slash-short=dmy", year_first=ways) == date(2026, 11, 25)
    dotted = read_date("25.11.26", Held.TEXT, year_first=ways)
    assert isinstance(dotted, Doubt) and dotted.suggestion == "2026-11-25", "another way of writing"
    found = date_evidence(column)
    assert (found.day_first, found.either) == (0, 3)
    assert found.sentence == "All 3 dates can be read two ways."


@pytest.mark.parametrize("text", ["2026-03-02 00:00", "2026-03-02T00:00:00", "2026-03-02 12:00 am"])
def test_a_day_at_midnight_is_offered_and_named(text: str) -> None:
    read = read_date(text, Held.TEXT)
    assert isinstance(read, Doubt) and read.code == "date-format"
    assert (read.suggestion, read.facts) == ("2026-03-02", {"first": "2026-03-02"})
