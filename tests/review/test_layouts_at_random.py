"""However a sheet is laid out around its rows, the same values are posted: tried at random."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from komet_import.review.draft import Draft
from komet_import.review.judge import judge
from komet_import.sheets.layout import arrangement
from komet_import.sheets.layout.header import header_row
from komet_import.types import OPEN_CREDITS
from tests.properties import tries
from tests.review.drafting import HEADERS, reference
from tests.sheets.layout.test_other_rows import Line, worksheet

DAYS = (date(2026, 3, 1), date(2026, 3, 2), date(2026, 3, 3))
NOTES = ("", "late truck", "total loss", "Total", "page 3 of the claim")
AMOUNTS = st.integers(min_value=1, max_value=400_000).map(lambda cents: cents / 100) | st.sampled_from(
    [10, 20, 30, 25, 50]
)
ROWS = st.lists(
    st.tuples(
        st.sampled_from(["FL219", "FL220", "00219"]),
        st.sampled_from(DAYS),
        AMOUNTS,
        st.sampled_from(NOTES),
    ),
    min_size=1,
    max_size=12,
)
TITLES = ("Open credits", "Komet Flowers, Inc.", "As of November 27, 2026", "Créditos abiertos")
FOOTERS = (
    "Page 1 of 1", "Accrual Basis Friday, November 27, 2026 02:05 PM GMT-05:00", "Prepared by R. Álvarez",
    "Printed on 11/27/2026", "All amounts are in US dollars, without tax.", "End of report",
    "12 rows", "Anzahl: 3", "Total de registros: 7", "Nombre de lignes : 1 002",
)  # fmt: skip


def lines(rows: Sequence[tuple[str, date, float, str]]) -> list[Line]:
    """Good credits, each with a number of its own."""
    place = {"FL219": "MIA", "FL220": "MIA", "00219": "LAX"}
    return [(code, f"CR-{n}", day, sum_, place[code], note) for n, (code, day, sum_, note) in enumerate(rows)]


def posted(*sheet: Line) -> list[tuple[Any, ...]]:
    """What would be posted of a sheet, and what a person is asked about: its values, row by row."""
    seen = worksheet(*sheet)
    header = header_row.find(seen, OPEN_CREDITS)
    draft = Draft.of(
        arrangement.arrange(seen, header, OPEN_CREDITS), OPEN_CREDITS, multi_location=True, worksheet=seen
    )
    judgement = judge(draft, reference())
    columns = [judgement.readings[name].tolist() for name in HEADERS if name in judgement.readings]
    return [
        (bool(ready), *values)
        for ready, out, *values in zip(judgement.ready, judgement.out, *columns, strict=True)
        if not out
    ]


@settings(max_examples=tries(15), deadline=None)
@given(rows=ROWS)
def test_a_plain_sheet_loses_no_row(rows: list[tuple[str, date, float, str]]) -> None:
    found = posted(HEADERS, *lines(rows))
    assert [values[4] for values in found] == [Decimal(str(row[2])) for row in rows]


@settings(max_examples=tries(15), deadline=None)
@given(rows=ROWS, titles=st.lists(st.sampled_from(TITLES), max_size=3), gap=st.integers(0, 2))
def test_titles_above_change_no_posted_value(
    rows: list[tuple[str, date, float, str]], titles: list[str], gap: int
) -> None:
    plain = lines(rows)
    above = [(title,) for title in titles] + [()] * gap
    assert posted(*above, HEADERS, *plain) == posted(HEADERS, *plain)


@settings(max_examples=tries(15), deadline=None)
@given(rows=ROWS, order=st.permutations(range(len(HEADERS))), blanks=st.sets(st.integers(0, 6), max_size=2))
def test_permuted_and_blank_columns_change_no_posted_value(
    rows: list[tuple[str, date, float, str]], order: list[int], blanks: set[int]
) -> None:
    def laid(line: Line) -> Line:
        cells = [line[place] for place in order]
        for place in sorted(blanks):
            cells.insert(place, None)
        return tuple(cells)

    plain = [HEADERS, *lines(rows)]
    assert posted(*map(laid, plain)) == posted(*plain)


@settings(max_examples=tries(15), deadline=None)
@given(
    rows=ROWS,
    footers=st.lists(st.sampled_from(FOOTERS), min_size=1, max_size=3),
    gap=st.integers(0, 2),
    column=st.integers(0, 5),
)
def test_text_below_changes_no_posted_value(
    rows: list[tuple[str, date, float, str]], footers: list[str], gap: int, column: int
) -> None:
    plain = [HEADERS, *lines(rows)]
    below = [((None,) * column + (text,)) for text in footers]
    assert posted(*plain, *[()] * gap, *below) == posted(*plain)


@settings(max_examples=tries(15), deadline=None)
@given(rows=ROWS, label=st.sampled_from(["Total", "Grand Total", "Summe", "Total general", "Sous-total"]))
def test_a_total_row_changes_no_posted_value(rows: list[tuple[str, date, float, str]], label: str) -> None:
    plain = [HEADERS, *lines(rows)]
    total = float(sum(Decimal(str(row[2])) for row in rows))
    assert posted(*plain, (label, None, None, total)) == posted(*plain)


@settings(max_examples=tries(15), deadline=None)
@given(rows=ROWS, label=st.sampled_from(["Stand 27.11.2026", "Saldo al 30/11/2026", "As of Nov 27, 2026"]))
def test_a_sum_to_a_day_changes_no_posted_value_though_it_has_all_that_a_row_has(
    rows: list[tuple[str, date, float, str]], label: str
) -> None:
    plain = [HEADERS, *lines([(code, day, sum_, "") for code, day, sum_, _ in rows])]
    before = posted(*plain)
    assume(all(ready for ready, *_ in before))  # rows that may be sums themselves are asked about
    total = float(sum(Decimal(str(row[2])) for row in rows))
    assert posted(*plain, (plain[-1][0], label, DAYS[0], total, plain[-1][4], "")) == before


OTHER_HEADERS = (
    ("Kundennummer", "Cód. cliente", "Code client", "Klantcode"), ("Gutschriftnr.", "Nº nota de crédito"),
    ("Gutschriftdatum", "Fecha de la nota de crédito"), ("Credit Balance",), ("Location Code",),
    ("Comments",),
)  # fmt: skip


@settings(max_examples=tries(15), deadline=None)
@given(rows=ROWS, headers=st.tuples(*map(st.sampled_from, OTHER_HEADERS)))
def test_headings_in_another_language_change_no_posted_value(
    rows: list[tuple[str, date, float, str]], headers: tuple[str, ...]
) -> None:
    plain = lines(rows)
    assert posted(headers, *plain) == posted(HEADERS, *plain)


@settings(max_examples=tries(15), deadline=None)
@given(rows=ROWS, pages=st.integers(2, 4))
def test_the_headers_of_printed_pages_change_no_posted_value(
    rows: list[tuple[str, date, float, str]], pages: int
) -> None:
    plain = lines(rows)
    printed = [
        (HEADERS, *plain[first : first + pages], (f"Page {first} of 9",))
        for first in range(0, len(plain), pages)
    ]
    assert posted(*(line for page in printed for line in page)) == posted(HEADERS, *plain)
