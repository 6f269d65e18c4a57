"""What the label of a row that adds up others says: what it is the sum of, and whether of a part alone."""

from datetime import date

import pytest

from komet_import.sheets.layout.values.amounts import shows_all
from komet_import.sheets.layout.values.dates import swapped
from komet_import.sheets.layout.words.total_labels import TotalLabel, total_label


@pytest.mark.parametrize(
    ("text", "label"),
    [
        *(("Total", TotalLabel()), ("T O T A L", TotalLabel()), ("Grand total USD", TotalLabel())),
        *(("Sum of credits", TotalLabel()), ("Subtotal", TotalLabel(sub=True))),
        ("Total 2026", TotalLabel(figures=True)),
        ("Total Rosas", TotalLabel(about=("rosas",), sub=True)),
        ("Rosas Total", TotalLabel(about=("rosas",), sub=True)),
        ("Rosas del Valle Sum", TotalLabel(about=("rosas", "del", "valle"), sub=True)),
        ("Total for Rosas del Valle", TotalLabel(about=("rosas", "del", "valle"), linked=True, sub=True)),
        ("Rosas 2026 Total", TotalLabel(about=("rosas", "2026"), figures=True, sub=True)),
        ("Total Rosas 2026", TotalLabel(about=("rosas", "2026"), figures=True, sub=True)),
        *(("Total of Rosas Total", None), ("Rosas", None), ("3 credits", None), ("", None)),
    ],
)
def test_a_label_says_what_its_row_is_the_sum_of(text: str, label: TotalLabel | None) -> None:
    assert total_label(text) == label


@pytest.mark.parametrize(
    ("text", "decimals", "whole"),
    [
        *(("12", 0, True), ("12.5", 0, False), ("12.5", 1, True), ("12.55", 1, False), ("12.55", 2, True)),
        *(("1E5", 2, False), ("1e-05", 9, False)),
    ],
)
def test_a_number_is_shown_whole_with_as_many_decimals_as_it_has(
    text: str, decimals: int, whole: bool
) -> None:
    assert shows_all(text, decimals) is whole


@pytest.mark.parametrize(
    ("day", "other"),
    [
        (date(2026, 3, 12), date(2026, 12, 3)),
        (date(2026, 12, 1), date(2026, 1, 12)),
        (date(2026, 3, 13), None),
        (date(2026, 3, 3), None),
    ],
)
def test_a_day_up_to_the_twelfth_may_be_the_month(day: date, other: date | None) -> None:
    assert swapped(day) == other
