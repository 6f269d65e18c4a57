"""Lines that say how many rows a list has are no rows of it."""

import pytest

from komet_import.sheets.layout.words.row_counts import rows_counted


@pytest.mark.parametrize(
    ("line", "count"),
    [
        ("2 rows", 2),
        ("Total: 1,234 records", 1_234),
        ("1.234.567 Zeilen", 1_234_567),
        ("Rows found: 12", 12),
        ("37 credits", 37),
        ("12 customers", 12),
        ("Count 5", 5),
        ("Anzahl: 2", 2),
        ("Total de registros: 12", 12),
        ("Nombre de lignes : 3", 3),
        ("Aantal geselecteerd 4", 4),
        ("row 1", 1),
        ("1 row", 1),
        ("0 rows", 0),
    ],
)
def test_a_line_counts_rows(line: str, count: int) -> None:
    assert rows_counted(line) == count


@pytest.mark.parametrize(
    "line",
    [
        "Item 2",  # one of them may be a number
        "2",
        "rows",
        "Total 2",
        "2 of 3 rows",
        "2 red rows",
        "12 roses",
        "12345678 rows",
        "report of the list of all rows total shown 2",
        "",
    ],
)
def test_other_lines_count_none(line: str) -> None:
    assert rows_counted(line) is None
