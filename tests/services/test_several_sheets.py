"""Several sheets of a file as one import: each row keeps its sheet and its number there."""

import io
from collections.abc import Sequence
from functools import partial

import pytest
from openpyxl import Workbook, load_workbook

from komet_import import services
from komet_import.language.phrases import from_json
from komet_import.ledger import reference
from komet_import.ledger.adjustments import By
from komet_import.ledger.corrections import origin_key
from komet_import.row_numbers import APART, told
from komet_import.services import Opened
from komet_import.services.arrivals.waiting_sheets import OtherSheet
from komet_import.sheets.row_keys import ROW_HEADING
from komet_import.types import OPEN_CREDITS, Need
from komet_import.types.open_invoices import OPEN_INVOICES
from komet_import.types.schema import ColumnFormat
from tests.services import workspace
from tests.services.workspace import DAY, HEADERS, People, credit, refused

SHEETS: dict[str, list[Sequence[object]]] = {
    "January": [HEADERS, credit("CR-1", amount=100), credit("CR-2", amount=20), ("Total", "", "", 120)],
    "February": [
        ("Open credits of February",),
        HEADERS,
        credit("CR-1", amount=100),  # stands in January, too
        credit("CR-3", amount="n/a"),
        credit("CR-4", amount=5),
        ("Total", "", "", 105),
    ],
}


def in_sheets(sheets: dict[str, list[Sequence[object]]]) -> bytes:
    made = Workbook()
    made.remove(made.active)
    for title, rows in sheets.items():
        sheet = made.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
    written = io.BytesIO()
    made.save(written)
    return written.getvalue()


MONTHS = in_sheets(SHEETS)


@pytest.fixture
def both(people: People) -> str:
    """A draft of January and February."""
    first = services.open_file(people.rita, OPEN_CREDITS, "months.xlsx", MONTHS)
    chosen = services.choose_sheets(people.rita, first, ["January", "February"])
    refused("discarded", lambda: services.view(people.rita, first))
    workspace.forget()
    return chosen


@pytest.mark.parametrize(
    ("january", "february", "expected", "where", "lacking"),
    [
        (
            ("Control totals", "Rows", 2, 120),
            ("Control totals", "Rows 3", "", 105),
            (5, 225_000),
            "row 5 of “January” and row 7 of “February”",
            None,
        ),
        (("Control totals", "Rows", 2, 120), ("", "", "", ""), (None, None), None, ("February",)),
        (
            ("Control totals", "", "", 120),
            ("Control totals", "Rows 3", "", 105),
            (None, 225_000),
            "row 5 of “January” and row 7 of “February”",
            ("January",),
        ),
    ],
)
def test_control_totals_of_several_sheets_are_added_up_where_each_has_them(
    people_here: People,
    january: Sequence[object],
    february: Sequence[object],
    expected: tuple[int | None, int | None],
    where: str | None,
    lacking: tuple[str, ...] | None,
) -> None:
    lines = {"January": january, "February": february}
    content = in_sheets({name: [*rows, lines[name]] for name, rows in SHEETS.items()})
    opened, _ = services.check(
        people_here.rita, content, "months.xlsx", OPEN_CREDITS, sheets=["January", "February"]
    )
    assert (opened.batch.expected_rows, opened.batch.expected_amount) == expected
    kept = opened.batch.reading.get("control_totals")
    assert (str(from_json(kept)) if kept else None) == where
    notes = {note.code: note.where for note in opened.draft.sheet.notes}
    assert notes.get("control-totals-lacking") == lacking


def test_a_sheet_of_control_totals_speaks_for_the_whole_workbook(people_here: People) -> None:
    sheets = SHEETS | {"Control totals": [("Rows", 5), ("Amount", 225)]}
    sheets["January"] = [*sheets["January"], ("Control totals", "Rows", 2, 120)]
    opened, _ = services.check(
        people_here.rita, in_sheets(sheets), "months.xlsx", OPEN_CREDITS, sheets=["January", "February"]
    )
    assert (opened.batch.expected_rows, opened.batch.expected_amount) == (5, 225_000)
    assert "control-totals-lacking" not in {note.code for note in opened.draft.sheet.notes}


def places(opened: Opened, chosen: str) -> list[str]:
    """The rows of a kind, as people are told them."""
    return [told(row) for row in opened.judgement.numbers[getattr(opened.judgement, chosen)].tolist()]


def test_rows_of_several_sheets_are_judged_as_one_and_told_by_sheet_and_row(
    people: People, both: str
) -> None:
    opened = services.view(people.rita, both)
    assert places(opened, "ready") == ["January!2", "January!3", "February!5"]
    assert places(opened, "rejected") == ["February!3", "February!4"]
    assert places(opened, "set_aside") == ["January!4", "February!6"], "each sheet has its own total"
    said = {told(issue.row): issue.message for issue in services.issues(opened)}
    assert "is also in row January!2" in said["February!3"]
    assert "January!2 to January!3" in said["January!4"]
    services.set_cells(people.rita, both, [(APART + 5, "Comments", "", "late")])
    assert services.view(people.rita, both).steps[-1].label == "Comments in row February!5: blank → “late”"


@pytest.mark.twin
def test_what_was_posted_and_rejected_says_of_which_sheet_it_is(people: People, both: str) -> None:
    assert services.post(people.rita, both).posted.amount == 125_000
    entries = services.posted_rows(people.rita, both).entries
    assert [entry.place for entry in entries] == ["January!2", "January!3", "February!5"]
    report = services.report(people.rita, both)
    assert [row.place for row in report.rejected] == ["February!3", "February!4"]
    today = reference.today()
    days = services.Range(by=By.IMPORTED, first=today, last=today).words
    taken = services.download(people.rita, services.File.ADJUSTMENTS, days).content
    head, *listed = load_workbook(io.BytesIO(taken))["Adjustments"].values
    told = [dict(zip(head, row, strict=True)) for row in listed]
    rows = [row["Row"] for row in told if row["File"] == "months.xlsx"]
    assert rows == ["January!2", "January!3", "February!5"]
    sheet = load_workbook(io.BytesIO(services.rejected_workbook(people.rita, both))).active
    column = [cell.value for cell in sheet[1]].index(ROW_HEADING)
    assert [sheet.cell(n, column + 1).value for n in (2, 3)] == ["February!3", "February!4"]


def test_no_sheet_of_them_is_imported_again_and_its_rejected_rows_are_those_of_the_sheet(
    people: People, both: str
) -> None:
    services.post(people.rita, both)
    for sheet in SHEETS:
        again = partial(services.open_file, people.carl, OPEN_CREDITS, "a.xlsx", MONTHS, sheet=sheet)
        refused("already-imported", again)
    report = services.report(people.rita, both)
    sha256 = report.batch.sha256
    fixing = services.fix_rejected(people.rita, both)
    keys = [origin.key for origin in services.view(people.rita, fixing).draft.origins.values()]
    assert keys == [origin_key("open-credits", sha256, "February", row) for row in (3, 4)]


def test_a_sheet_that_was_imported_is_not_imported_with_others(people: People) -> None:
    january = services.open_file(people.rita, OPEN_CREDITS, "months.xlsx", MONTHS, sheet="January")
    services.post(people.rita, january)
    february = services.open_file(people.rita, OPEN_CREDITS, "months.xlsx", MONTHS, sheet="February")
    for sheets in (["January", "February"], ["February", "January"]):
        refused("already-imported", partial(services.choose_sheets, people.rita, february, sheets))
    assert services.view(people.rita, february).draft.sheet.name == "February"


def test_each_sheet_is_read_by_its_own_headings_and_no_column_is_passed_over(people_here: People) -> None:
    number, whose = HEADERS.index("Credit #"), HEADERS.index("Customer Code")
    amount = HEADERS.index("Credit Balance")
    order = [amount, number, *(n for n in range(len(HEADERS)) if n not in (amount, number))]
    march = [["Betrag" if n == amount else HEADERS[n] for n in order] + ["Currency"]]
    for row, currency in ((credit("CR-7", amount="7.00"), "COP"), (credit("CR-8", amount=8), "USD")):
        march.append([*(row[n] for n in order), currency])
    again = [["Currency", *HEADERS], ["USD", *credit("CR-9", amount=9)]]
    made = in_sheets({"January": SHEETS["January"], "March": march, "April": again})
    first = services.open_file(people_here.rita, OPEN_CREDITS, "months.xlsx", made)
    opened = services.view(
        people_here.rita,
        services.choose_sheets(people_here.rita, first, ["January", "March", "April"]),
    )
    there = opened.draft.rows
    seen = {
        told(row): tuple(there.loc[row, [HEADERS[whose], "Credit #", HEADERS[amount]]]) for row in there.index
    }
    assert seen["March!2"] == ("FL219", "CR-7", "7.00") and seen["April!2"] == ("FL219", "CR-9", "9")
    assert there["Currency"].tolist() == ["", "", "", "COP", "USD", "USD"]
    assert [question.kind for question in services.open_questions(opened)] == ["filter"], "COP is asked about"
    (note,) = [note for note in opened.draft.sheet.notes if note.code == "other-columns"]
    assert f"March: A “Betrag” as {'ABCDEF'[amount]} “Credit Balance”" in note.where


def test_a_sheet_that_lacks_what_is_needed_is_no_part_of_one_import(people_here: People) -> None:
    short = [[*HEADERS[:5]], [*credit("CR-9")[:5]]]
    short = [[cell for at, cell in enumerate(row) if HEADERS[at] != "Credit Date"] for row in short]
    made = in_sheets({"January": SHEETS["January"], "Other": short})
    first = services.open_file(people_here.rita, OPEN_CREDITS, "months.xlsx", made)
    refusal = refused(
        "other-headings", lambda: services.choose_sheets(people_here.rita, first, ["January", "Other"])
    )
    assert "“Other” has no column that is certainly “Credit Date”" in refusal.message
    assert services.view(people_here.rita, first).draft.sheet.name == "January"


@pytest.mark.twin
def test_a_table_beside_is_a_draft_of_its_own_and_each_of_them_is_imported_once(people: People) -> None:
    gap, there = [None], [credit("CR-7", amount=70), credit("CR-8", amount=8)]
    lines = [
        [*HEADERS, *gap, *HEADERS],
        *([*credit(f"CR-{n}", amount=n), *gap, *row] for n, row in enumerate(there, 1)),
    ]
    sheet = workspace.workbook(*lines[1:], headers=lines[0])
    here = services.open_file(people.rita, OPEN_CREDITS, "beside.xlsx", sheet)
    table = services.choose_table(people.rita, here)
    assert services.choose_table(people.rita, here) == table, "once"
    assert services.open_file(people.rita, OPEN_CREDITS, "beside.xlsx", sheet) == here
    workspace.forget()
    opened = services.view(people.rita, table)
    assert (opened.draft.sheet.name, places(opened, "ready")) == ("Credits H1", ["2", "3"])
    services.answer(people.rita, here, "beside", "", "this")
    sums = [services.post(people.rita, one).posted.amount for one in (table, here)]
    assert sums == [78_000, 3_000]
    refused("already-imported", lambda: services.open_file(people.carl, OPEN_CREDITS, "b.xlsx", sheet))


def test_a_table_above_is_a_draft_of_its_own_and_holds_the_other_one_until_that_is_answered(
    people_here: People,
) -> None:
    ada, values = (
        people_here.ada,
        {ColumnFormat.AMOUNT: 70, ColumnFormat.DATE: DAY, ColumnFormat.CUSTOMER: "FL220"},
    )
    columns = [column for column in OPEN_INVOICES.columns if column.need is Need.REQUIRED]
    invoice = [values.get(column.kind, "X1") for column in columns]
    sheet = workspace.workbook(
        invoice, [None], HEADERS, credit("CR-1", amount=1), headers=[c.name for c in columns]
    )
    here = services.open_file(ada, OPEN_CREDITS, "above.xlsx", sheet)
    opened = services.view(ada, here)
    assert places(opened, "ready") == [] and [q.id for q in services.open_questions(opened)] == ["beside"]
    assert services.open_questions(opened)[0].evidence == "Not read: 1 row ($70.00) in row 2."
    table = services.view(ada, services.choose_table(ada, here))
    assert (table.type, len(table.draft.rows)) == (OPEN_INVOICES, 1)
    services.answer(ada, here, "beside", "", "this")
    assert services.post(ada, here).posted.amount == 1_000


def test_where_no_table_stands_beside_none_is_opened(people: People) -> None:
    batch_id = workspace.opened(people.rita, credit())
    refused("no-table", lambda: services.choose_table(people.rita, batch_id))


def test_rows_of_another_sheet_that_are_not_listed_are_told_from_the_first_one_on() -> None:
    assert OtherSheet(name="B", waiting=(), further=0).notes == ()
    (note,) = OtherSheet(name="B", waiting=(), further=1).notes
    assert (note.code, note.count, note.where) == ("rows-not-listed", 1, ("B",))
