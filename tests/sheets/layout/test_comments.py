"""Comments of cells: what they say of an amount's currency, and of rows that no longer count."""

from dataclasses import replace

import pytest

from komet_import.settings import settings
from komet_import.sheets.cell_comments import CellComment
from komet_import.sheets.layout.arrangement import arrange
from komet_import.sheets.layout.header import header_row
from komet_import.sheets.layout.sheet import Sheet
from komet_import.sheets.row_keys import REASONS_HEADING
from komet_import.sheets.worksheet import Held, Worksheet
from komet_import.types import CUSTOMERS, OPEN_CREDITS
from tests.sheets.layout.sheets import KNOWN, sheet

TABLE = """
    Customer Code | Credit # | Credit Date | Credit Balance
    FL200 | C1 | 2026-11-01 | 950000.00
    FL201 | C2 | 2026-11-02 | 20.00
"""


def commented(cell: str, text: str, table: str = TABLE) -> Worksheet:
    return replace(sheet(table), comments=(CellComment(letters=cell[0], row=int(cell[1:]), text=text),))


def arranged(cell: str, text: str) -> Sheet:
    made = commented(cell, text)
    return arrange(made, header_row.find(made, OPEN_CREDITS, KNOWN), OPEN_CREDITS)


@pytest.mark.parametrize(
    ("cell", "text"),
    [("D1", "in COP"), ("D1", "All amounts in EUR"), ("D1", "Amounts in thousands"), ("D9", "COP")],
)
def test_a_comment_on_the_heading_of_amounts_is_a_question(cell: str, text: str) -> None:
    header = header_row.find(commented(cell, text), OPEN_CREDITS, KNOWN)
    assert header.doubtful == {"D": "Credit Balance"}
    assert str(header.evidence["D"]) == f"the comment in {cell} says “{text}”"


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("D1", "in USD"),
        ("D1", "what is left of the credit"),
        ("C1", "in COP"),
        ("D1", "We paid a customer of ours in COP once, which is why Ana asks for the day of each of them"),
    ],
)
def test_other_comments_on_headings_say_nothing_of_the_amounts(cell: str, text: str) -> None:
    assert not header_row.find(commented(cell, text), OPEN_CREDITS, KNOWN).doubtful


@pytest.mark.parametrize("cell", ["A1", "D1"])
def test_a_comment_on_a_heading_that_asks_to_wait_is_a_question(cell: str) -> None:
    assert header_row.find(commented(cell, "Do not post until approved"), OPEN_CREDITS, KNOWN).doubtful


@pytest.mark.parametrize("text", ["COP", "in COP", "COP, not USD", "This is EUR instead of USD"])
def test_an_amount_whose_comment_names_another_currency_is_in_that(text: str) -> None:
    word = "EUR" if "EUR" in text else "COP"
    assert arranged("D2", text).rows["Credit Balance"].tolist() == [f"{word} 950000.00", "20.00"]


@pytest.mark.parametrize(("amount", "read"), [("EUR 5", "EUR 5"), ("5 usd", "5 usd"), (" 5 ", "COP 5")])
def test_an_amount_that_says_its_currency_itself_is_in_that_whatever_its_comment_says(
    amount: str, read: str
) -> None:
    made = commented("D2", "in COP")
    made.text.loc[2, "D"] = amount
    arranged = arrange(made, header_row.find(made, OPEN_CREDITS, KNOWN), OPEN_CREDITS)
    assert arranged.rows["Credit Balance"].tolist() == [read, "20.00"]


@pytest.mark.parametrize("text", ["USD", "checked", "COP 950,000,000 = USD 950,000"])
def test_other_comments_leave_an_amount_as_it_is(text: str) -> None:
    assert arranged("D2", text).rows["Credit Balance"].tolist() == ["950000.00", "20.00"]


def test_a_comment_is_held_against_the_ledgers_own_currency(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KOMET_CURRENCY", "COP")
    settings.cache_clear()
    assert arranged("D2", "in COP").rows["Credit Balance"].tolist() == ["950000.00", "20.00"]
    assert arranged("D2", "in USD").rows["Credit Balance"].tolist() == ["USD 950000.00", "20.00"]


def test_a_number_that_is_in_another_currency_is_a_text_from_then_on() -> None:
    made = commented("D2", "COP")
    held = made.held.copy()
    held[1:, 3] = Held.NUMBER
    made = replace(made, held=held)
    read = arrange(made, header_row.find(made, OPEN_CREDITS, KNOWN), OPEN_CREDITS)
    place = list(read.rows.columns).index("Credit Balance")
    assert read.rows["Credit Balance"].tolist() == ["COP 950000", "20.00"]
    assert read.held[:, place].tolist() == [Held.TEXT, Held.NUMBER]
    assert made.held[1:, 3].tolist() == [Held.NUMBER] * 2, "the file holds what it held"


def test_a_currency_beside_another_cell_says_nothing_of_the_amount() -> None:
    assert arranged("B2", "COP").rows["Credit Balance"].tolist() == ["950000.00", "20.00"]


@pytest.mark.parametrize("text", ["VOID", "Anulado por error", "already applied", "applied to INV-9"])
def test_a_row_whose_comment_says_that_it_no_longer_counts_is_marked(text: str) -> None:
    assert arranged("B3", text).commented == {1: ("Credit #", text)}
    assert arranged("G3", text).commented == {1: ("Customer Code", text)}
    assert arranged("B7", text).commented == {}


@pytest.mark.parametrize("text", ["cancelled order", "asked for it on Monday"])
def test_a_row_whose_comment_says_why_it_is_there_is_not(text: str) -> None:
    assert arranged("B3", text).commented == {}


def test_comments_in_a_list_of_customers_are_only_comments() -> None:
    made = commented("A2", "VOID", "Customer Code | Customer Name\nN1 | Nueva\nN2 | Otra")
    assert arrange(made, header_row.find(made, CUSTOMERS, KNOWN), CUSTOMERS).commented == {}


NOTED = """
    Customer Code | Credit # | Credit Date | Credit Balance | Comments
    FL200 | C1 | 2026-11-01 | 950000.00 | {text}
    FL201 | C2 | 2026-11-02 | 20.00 | late
"""


def noted(text: str) -> list[str]:
    made = sheet(NOTED.format(text=text))
    header = header_row.find(made, OPEN_CREDITS, KNOWN)
    return list(arrange(made, header, OPEN_CREDITS).rows["Credit Balance"])


@pytest.mark.parametrize(
    "text",
    ["COP", "in COP", "Importe en COP", "pesos colombianos", "€", "CRC", "should be EUR", "amt in EUR"],
)
def test_a_row_whose_comment_is_nothing_but_another_currency_is_in_that(text: str) -> None:
    first, second = noted(text)
    assert first.endswith(" 950000.00") and second == "20.00"


@pytest.mark.parametrize("text", ["USD", "late", "$", "COP rate was wrong", "", "All", "TOP", "Try"])
def test_other_comments_of_a_row_leave_its_amount_as_it_is(text: str) -> None:
    assert noted(text) == ["950000.00", "20.00"]


OURS = """
    Customer Code | Credit # | Credit Date | Credit Balance | Comments | Row in the upload | Why not imported
    FL200 | C1 | 2026-11-01 | 10.00 | | 7 | {reasons}
"""


def test_what_we_wrote_ourselves_says_nothing_whoever_is_called_its_author() -> None:
    said = "already applied to INV-7; in COP"
    assert arranged_by_us("D2", said, reasons=said).commented == {}
    assert arranged_by_us("D2", said, reasons="Something else").commented == {0: ("Credit Balance", said)}
    long = f"already applied {'x' * 300}"
    assert arranged_by_us("B2", long[:200], reasons=long).commented == {}


def arranged_by_us(cell: str, text: str, *, reasons: str) -> Sheet:
    made = commented(cell, text, OURS.format(reasons=reasons))
    return arrange(made, header_row.find(made, OPEN_CREDITS, KNOWN), OPEN_CREDITS)


def test_a_note_alone_in_the_row_below_speaks_of_the_row_above_it() -> None:
    noted = """
        Customer Code | Credit # | Credit Date | Credit Balance | Comments
        FL200 | C1 | 2026-11-01 | 10.00 |
        | | | | late truck
        FL201 | C2 | 2026-11-02 | 20.00 |
        | | | | void - wrong count
        FL202 | C3 | 2026-11-02 | 30.00 | void
    """
    made = sheet(noted)
    seen = arrange(made, header_row.find(made, OPEN_CREDITS, KNOWN), OPEN_CREDITS)
    assert seen.commented == {2: ("Comments", "void - wrong count")}


@pytest.mark.parametrize(
    ("reasons", "comment", "said"),
    [
        ("Void", "Void", {}),  # we wrote it
        ("x\nVoid x credit", "Void x credit\nx", {}),  # the longest reason first, whatever their order
        ("Void", "Void, applied", {0: ("Credit #", "Void, applied")}),
        ("", "Void", {0: ("Credit #", "Void")}),
    ],
)
def test_a_comment_that_says_what_the_reasons_of_its_row_say_is_ours(
    reasons: str, comment: str, said: dict[int, tuple[str, str]]
) -> None:
    table = TABLE.replace("Balance", f"Balance | {REASONS_HEADING}").replace(".00", ".00 | x")
    made = commented("B2", comment, table)
    made.text.loc[2, "E"] = reasons
    assert arrange(made, header_row.find(made, OPEN_CREDITS, KNOWN), OPEN_CREDITS).commented == said


def test_what_a_column_of_no_meaning_says_of_amounts_is_kept_without_blanks_around_it() -> None:
    made = sheet(TABLE.replace("Balance", "Balance | Shelf").replace(".00", ".00 | x"))
    made.text.loc[made.text.index[1], "E"] = "  balance 40.00 "
    read = arrange(made, header_row.find(made, OPEN_CREDITS, KNOWN), OPEN_CREDITS)
    assert read.remarks == {0: ("balance 40.00",)}


def test_a_note_that_is_merged_over_rows_goes_for_all_of_them() -> None:
    made = replace(sheet(NOTED.format(text="APPLIED 11/12").replace("| late", "|")), merges=("E2:E3",))
    read = arrange(made, header_row.find(made, OPEN_CREDITS, KNOWN), OPEN_CREDITS)
    assert read.commented == {1: ("Comments", "APPLIED 11/12")}


def test_a_credit_below_which_its_application_is_listed_waits() -> None:
    made = sheet("""
        Customer Code | Credit # | Credit Date | Credit Balance
        FL200 | C1 | 2026-11-01 | 50
        | Applied to INV 881 | 2026-11-10 | -20
        | Applied to INV 882 | 2026-11-11 | -5
        FL201 | C2 | 2026-11-02 | 20
    """)
    read = arrange(made, header_row.find(made, OPEN_CREDITS, KNOWN), OPEN_CREDITS)
    assert list(read.commented) == [0]


def test_an_application_above_which_nobodys_credit_stands_holds_no_row_back() -> None:
    made = sheet("""
        Customer Code | Credit # | Credit Date | Credit Balance
        | Applied to INV 881 | 2026-11-10 | -20
        FL200 | C1 | 2026-11-01 | 50
    """)
    assert not arrange(made, header_row.find(made, OPEN_CREDITS, KNOWN), OPEN_CREDITS).commented
