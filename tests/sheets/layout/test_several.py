"""Several sheets as one: what becomes of the rows, columns, notes and marks of each of them."""

from dataclasses import replace

import pandas as pd
import pytest

from komet_import.refusal import SheetRefusal
from komet_import.row_numbers import APART, MOST_SHEETS
from komet_import.sheets.cell_comments import CellComment
from komet_import.sheets.layout import arrangement
from komet_import.sheets.layout.alignment import is_same, place
from komet_import.sheets.layout.header import header_row
from komet_import.sheets.layout.notes import OTHER_COLUMNS, OTHER_SHEETS
from komet_import.sheets.layout.several import together
from komet_import.sheets.layout.sheet import Header
from komet_import.sheets.worksheet import Held, Note, Rounded, Shown, Worksheet
from komet_import.types import OPEN_CREDITS
from tests.sheets.layout.sheets import KNOWN, sheet

JANUARY = """
    Customer Code | Credit # | Credit Date | Credit Balance
    FL200 | C1 | 2026-11-01 | 10.00
    FL201 | C2 | 2026-11-02 | 20.00
"""
FEBRUARY = """
    Open credits of February
    Remarks | Client code | Credit # | Credit Date | Credit Balance
    late | FL202 | C3 | 2026-11-03 | 30.00
"""


def read(text: str, name: str, **further: object) -> tuple[Worksheet, Header]:
    one = replace(sheet(text), name=name, **further)  # type: ignore[arg-type]
    return one, header_row.find(one, OPEN_CREDITS, KNOWN)


def cells(one: Worksheet) -> dict[int, list[str]]:
    return {int(row): [str(text) for text in texts] for row, *texts in one.text.itertuples()}


def test_rows_of_a_further_sheet_stand_under_the_columns_of_the_first_one() -> None:
    both = together([read(JANUARY, "Jan"), read(FEBRUARY, "Feb")], OPEN_CREDITS)
    assert cells(both) == {
        1: ["Customer Code", "Credit #", "Credit Date", "Credit Balance", "Remarks"],
        2: ["FL200", "C1", "2026-11-01", "10.00", ""],
        3: ["FL201", "C2", "2026-11-02", "20.00", ""],
        APART + 3: ["FL202", "C3", "2026-11-03", "30.00", "late"],
    }
    assert (both.name, both.parts, list(both.text.columns)) == ("Jan, Feb", ("Jan", "Feb"), list("ABCDE"))
    assert both.notes == (
        Note(
            code=OTHER_COLUMNS,
            count=4,
            where=(
                "Feb: B “Client code” as A “Customer Code”",
                "Feb: C “Credit #” as B “Credit #”",
                "Feb: D “Credit Date” as C “Credit Date”",
                "Feb: E “Credit Balance” as D “Credit Balance”",
            ),
        ),
    )
    again = together([read(JANUARY, "Jan"), read(JANUARY, "Feb")], OPEN_CREDITS)
    assert (list(again.text.index), again.notes) == ([1, 2, 3, APART + 2, APART + 3], ())
    assert again.text.shape == (5, 4), "the same headings again are read once"


def marked(text: str, name: str, *, row: int, letters: str) -> tuple[Worksheet, Header]:
    """A sheet with each kind of mark on a row and a column, on its title as well."""
    head = header_row.find(sheet(text), OPEN_CREDITS, KNOWN).row
    one, header = read(
        text,
        name,
        hidden_rows=frozenset({1, row}),
        hidden_columns=frozenset({letters}),
        totals=frozenset({row}),
        struck=frozenset({row}),
        merges=(f"{letters}{row}:{letters}{row + 1}", "Z1:Z2", "A1:Z1"),
        currencies=(
            Shown(currency="€", letters=letters, rows=((row, row + 1),)),
            Shown(currency="€", letters="Z", rows=((1, 1),)),
        ),
        rounded=(
            Rounded(letters=letters, decimals=1, rows=((row, row),)),
            Rounded(letters="Z", decimals=1, rows=((1, 1),)),
        ),
        comments=(
            CellComment(row=row, letters=letters, text="void"),
            CellComment(row=head, letters=letters, text="head"),
            CellComment(row=1, letters=letters, text="title"),
            CellComment(row=row, letters="Z", text="beside"),
        ),
    )
    one.held[list(one.text.index).index(row), list(one.text.columns).index(letters)] = Held.NUMBER
    return one, header


def test_marks_of_rows_and_columns_go_with_them() -> None:
    first = marked(JANUARY, "Jan", row=2, letters="D")
    both = together([first, marked(FEBRUARY, "Feb", row=3, letters="E")], OPEN_CREDITS)
    there = APART + 3
    assert both.hidden_rows == {1, 2, there} and both.hidden_columns == {"D"}
    assert both.totals == both.struck == {2, there}
    assert both.merges == ("D2:D3", f"D{there}:D{there + 1}")
    assert [(one.letters, one.rows) for one in both.currencies] == [
        ("D", ((2, 3),)),
        ("D", ((there, there + 1),)),
    ]
    assert [(one.letters, one.rows) for one in both.rounded] == [("D", ((2, 2),)), ("D", ((there, there),))]
    assert [(one.row, one.letters, one.text) for one in both.comments] == [
        (2, "D", "void"),
        (1, "D", "head"),
        (1, "D", "title"),
        (there, "D", "void"),
        (APART + 2, "D", "head"),
    ]
    filled = pd.DataFrame(both.held, index=both.text.index, columns=both.text.columns)
    assert filled.loc[2, "D"] == filled.loc[there, "D"] == Held.NUMBER
    assert int((both.held == Held.NUMBER).sum()) == 2


def test_a_range_that_is_merged_over_columns_stays_one_where_they_stand_side_by_side_in_all() -> None:
    further = read(FEBRUARY, "Feb", merges=("C3:D3", "A3:B3", "odd"))
    assert together([read(JANUARY, "Jan"), further], OPEN_CREDITS).merges == (f"B{APART + 3}:C{APART + 3}",)


def test_a_column_of_a_further_sheet_alone_is_hidden_as_there_and_one_of_both_as_in_the_first() -> None:
    further = read(FEBRUARY, "Feb", hidden_columns=frozenset({"A", "E"}))
    assert together([read(JANUARY, "Jan"), further], OPEN_CREDITS).hidden_columns == {"E"}


def test_notes_are_added_up_with_their_sheets_and_only_sheets_that_were_not_read_are_other_ones() -> None:
    notes = [
        (
            Note(code="errors", count=1, where=("A2",)),
            Note(code=OTHER_SHEETS, count=2, where=("Mar", "Feb")),
        ),
        (
            Note(code="errors", count=12, where=tuple(f"B{n}" for n in range(2, 14))),
            Note(code=OTHER_SHEETS, count=2, where=("Jan", "Apr")),
        ),
    ]
    both = together(
        [read(JANUARY, name, notes=own) for name, own in zip(("Jan", "Feb"), notes, strict=True)],
        OPEN_CREDITS,
    )
    first, others = both.notes
    assert (first.code, first.count, len(first.where), first.where[:2]) == (
        "errors",
        13,
        10,
        ("Jan!A2", "Feb!B2"),
    )
    assert others == Note(code=OTHER_SHEETS, count=2, where=("Apr", "Mar"))


def test_more_sheets_than_there_are_numbers_for_are_refused() -> None:
    one = read(JANUARY, "Jan")
    assert len(together([one] * MOST_SHEETS, OPEN_CREDITS).parts) == MOST_SHEETS
    with pytest.raises(SheetRefusal) as wrong:
        together([one] * (MOST_SHEETS + 1), OPEN_CREDITS)
    assert wrong.value.code == "too-many-sheets" and "101" in wrong.value.message


@pytest.mark.parametrize(
    ("headings", "letters", "added", "lacks"),
    [
        ("Customer Code | Credit # | Credit Date | Credit Balance", "A B C D", {}, ""),
        ("Credit Balance | Credit Date | Credit # | Customer Code", "D C B A", {}, ""),
        ("CUSTOMER CODE | Credit No | Date of credit | Credit balance", "A B C D", {}, ""),
        # A second column of the same heading is one of its own, and so is one without a heading.
        ("Customer Code | Credit # | Credit Date | Credit Balance | Note | Note", "A B C D E F",
         {"E": "Note", "F": "Note"}, ""),
        ("Customer Code | Credit # | | Credit Date | Credit Balance", "A B E C D", {"E": ""}, ""),
        ("Customer Code | Credit # | Credit Date | Credit Balance (EUR)", "", {}, "Credit Balance"),
        ("Customer Code | Credit # | Paid | Credit Balance", "", {}, "Credit Date"),
        ("Paid | Credit # | Credit Date | Credit Balance", "", {}, "Customer Code"),
    ],
)  # fmt: skip
def test_a_column_belongs_where_its_heading_or_its_meaning_stands(
    headings: str, letters: str, added: dict[str, str], lacks: str
) -> None:
    first, header = read(JANUARY, "Jan")
    below = {
        "Customer Code": "FL202", "Credit Date": "2026-11-03", "Credit Balance": "5.00", "Note": "x", "": "y",
    }  # fmt: skip
    names = [name.strip() for name in headings.split("|")]
    values = [below.get(name.strip().title(), below.get(name, "C9")) for name in names]
    values = ["2026-11-03" if "ate" in name else value for name, value in zip(names, values, strict=True)]
    further, other = read(f"{headings}\n{' | '.join(values)}", "Feb")
    if lacks:
        with pytest.raises(SheetRefusal) as wrong:
            place(first, header, further, other, OPEN_CREDITS)
        assert wrong.value.code == "other-headings"
        assert f"certainly “{lacks}”, as “{lacks}” is in “Jan”" in wrong.value.message
        return
    placed = place(first, header, further, other, OPEN_CREDITS)
    assert " ".join(dict(sorted(placed.letters.items())).values()) == letters
    assert placed.added == added


def test_a_further_sheet_has_one_of_the_columns_of_which_the_first_one_has_several() -> None:
    several = JANUARY.replace("Credit Balance", "Amount | Open balance").replace(".00", ".00 | 7.00")
    first, header = read(several, "Jan")
    assert header.rivals == {"Credit Balance": ("D", "E")}
    line = "\nFL202 | C9 | 2026-11-03 | 5.00"
    further, other = read(f"Customer Code | Credit # | Credit Date | Open balance{line}", "Feb")
    assert place(first, header, further, other, OPEN_CREDITS).letters["D"] == "E"
    further, other = read(f"Customer Code | Credit # | Credit Date | Amount (EUR){line}", "Feb")
    with pytest.raises(SheetRefusal) as wrong:
        place(first, header, further, other, OPEN_CREDITS)
    assert "certainly “Credit Balance”, as “Amount” is in “Jan”" in wrong.value.message


def test_two_columns_of_one_heading_are_the_first_and_the_second_in_each_sheet() -> None:
    names = "Customer Code | Credit # | Credit Date | Credit Balance"
    first, header = read(f"{names} | Note | Note\nFL200 | C1 | 2026-11-01 | 1 | x | y", "Jan")
    further, other = read(f"{names} | Note | Other | Note\nFL200 | C2 | 2026-11-01 | 1 | x | z | y", "Feb")
    placed = place(first, header, further, other, OPEN_CREDITS)
    assert (placed.letters["E"], placed.letters["G"], placed.letters["F"]) == ("E", "F", "G")
    assert placed.told(header, further, other) == ("Feb: G “Note” as F “Note”",)


def test_a_column_that_only_further_sheets_have_is_one_of_the_type_for_all_of_them() -> None:
    first, header = read(JANUARY, "Jan")
    wider = JANUARY.replace("Balance", "Balance | Location Code").replace(".00", ".00 | MIA")
    further, other = read(wider, "Feb")
    wide = place(first, header, further, other, OPEN_CREDITS).widened(header, other)
    assert wide.columns["E"] == "Location Code" and wide.headers["E"] == "Location Code"
    assert {**wide.columns, "E": ""} == {**header.columns, "E": ""}


def test_headings_are_the_same_whatever_their_case_and_only_under_the_same_letters() -> None:
    _, header = read(JANUARY, "Jan")
    assert is_same(header, read(JANUARY.replace("Credit #", "CREDIT  #"), "Feb")[1])
    assert not is_same(header, read(JANUARY.replace("Credit # |", "Credit # | |"), "Feb")[1])


def test_rows_of_each_sheet_are_added_up_by_themselves() -> None:
    months = [read(f"{JANUARY}\n Total | | | 30.00", name) for name in ("Jan", "Feb")]
    both = together(months, OPEN_CREDITS)
    sheet = arrangement.arrange(both, header_row.find(both, OPEN_CREDITS, KNOWN), OPEN_CREDITS)
    there = APART + 5
    assert {row: (str(one.kind), one.sums) for row, one in sheet.aside.items()} == {
        5: ("total", (2, 3)),
        there: ("total", (APART + 2, APART + 3)),
    }
