"""Tables whose headings say nothing, or that have none: what their values tell, and where they begin."""

import pytest

from komet_import.sheets.layout.header.header_search import NEAR_THE_TOP, TRIED, Found
from komet_import.sheets.layout.header.headless import full_rows, header_by_values, without_header
from komet_import.sheets.layout.values.known import Known
from komet_import.types import CUSTOMERS, OPEN_CREDITS, ImportType
from tests.sheets.layout.sheets import KNOWN
from tests.sheets.layout.test_header_search import rows

DATA = "FL200 | C1 | 2026-11-01 | 10.00"
STRANGER = "ZZ9 | C3 | 2026-11-03 | 30.00"
KNOWN_ROWS = "\n".join(f"FL20{n % 3} | C{n} | 2026-11-0{n} | {n}0.00" for n in range(1, 9))
WORDS = "Aaa | Bbb | Ccc | Ddd"
NOBODY = Known(codes=frozenset(), names=frozenset(), locations=frozenset())


def told(found: Found | None) -> tuple[int, str, str] | None:
    """The row above the values, its headings, and the columns that the values tell, by their first words."""
    if found is None:
        return None
    names = " ".join(sorted(name.split()[-1] for name in found.match.found))
    return found.last.number, "".join(found.headers.values()), names


@pytest.mark.parametrize(
    ("text", "type", "found"),
    [
        (DATA, OPEN_CREDITS, (0, "", "# Balance Code Date")),
        (f"{WORDS}\n{DATA}", OPEN_CREDITS, (1, "AaaBbbCccDdd", "Balance Code Date")),
        (f"Title\n{DATA}", OPEN_CREDITS, (1, "", "# Balance Code Date")),
        (f"Title\n\n{DATA}", OPEN_CREDITS, (2, "", "# Balance Code Date")),
        # A row right above goes on upwards, though it names nobody who is known.
        (f"{STRANGER}\n{DATA}", OPEN_CREDITS, (0, "", "# Balance Code Date")),
        (f"{STRANGER}\n{STRANGER}\n{KNOWN_ROWS}", OPEN_CREDITS, (0, "", "# Balance Code Date")),
        (f"{STRANGER}\n{STRANGER}\n{DATA}", OPEN_CREDITS, None),  # one in three is known: whose are they?
        (f"{STRANGER}\n\n{DATA}", OPEN_CREDITS, (2, "", "# Balance Code Date")),
        (f" | | | 5.00\n{DATA}", OPEN_CREDITS, (1, "", "# Balance Code Date")),
        ("FL200 | 10.00\nFL201 | 5.00", OPEN_CREDITS, (0, "", "Balance Code")),
        ("FL200 | 2026-11-01", OPEN_CREDITS, (0, "", "Code Date")),
        ("Rosas del Valle Wholesale | 10.00", OPEN_CREDITS, (0, "", "Balance Code")),
        ("FL200 | x\nFL201 | y", OPEN_CREDITS, None),
        ("x | 10.00", OPEN_CREDITS, None),
        (f"Sum of Amount | x\n{DATA}", OPEN_CREDITS, None),
        ("\n".join(["Title"] * (NEAR_THE_TOP - 1) + [DATA]), OPEN_CREDITS, (19, "", "# Balance Code Date")),
        ("\n".join(["Title"] * NEAR_THE_TOP + [DATA]), OPEN_CREDITS, None),
        ("C1 | Bloom Here\nC2 | Petal", CUSTOMERS, (0, "", "Code Name")),
        ("Bloom Here | C1", CUSTOMERS, (0, "", "Code Name")),
        ("FL200", CUSTOMERS, None),
        ("Bloom | Petal", CUSTOMERS, None),
        ("Bloom Here | Petal Store", CUSTOMERS, None),
    ],
)
def test_rows_without_headings_begin_where_somebody_is_named_beside_a_value(
    text: str, type: ImportType, found: tuple[int, str, str] | None
) -> None:
    assert told(without_header(rows(text), type, KNOWN)) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (f"{WORDS}\n{DATA}", (1, "AaaBbbCccDdd", "Balance Code Date")),
        (f"T | U\n{WORDS}\n{DATA}", (2, "AaaBbbCccDdd", "Balance Code Date")),
        (f"{WORDS}\nFL200 | C1 | x | 10.00", None),  # no day
        ("Aaa | Bbb\nFL200 | 10.00", None),
        (f"Sum of Amount | x | y | z\n{DATA}", None),
        ("\n".join(["x | y | z"] * (TRIED - 1) + [WORDS, DATA]), (6, "AaaBbbCccDdd", "Balance Code Date")),
        ("\n".join(["x | y | z"] * TRIED + [WORDS, DATA]), None),
    ],
)
def test_headings_that_say_nothing_stand_above_columns_whose_values_say_all_that_is_needed(
    text: str, found: tuple[int, str, str] | None
) -> None:
    assert told(header_by_values(rows(text), OPEN_CREDITS, KNOWN)) == found
    assert header_by_values(rows(text), OPEN_CREDITS, NOBODY) is None


def test_sums_and_footers_are_no_values() -> None:
    lines = [{"A": "1", "B": "2", "C": "3", "D": "4"}, {"A": "1", "B": "2"}, {"A": "1", "B": "2", "C": "3"}]
    assert full_rows(lines) == [lines[0], lines[2]] and full_rows([]) == []
