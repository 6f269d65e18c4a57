"""A rejected row is posted once, on whatever way it comes back: workbook, button, or the same file anew."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from openpyxl import load_workbook

from komet_import import services
from komet_import.access.users import CurrentUser
from komet_import.ledger.models import Adjustment, Claim
from komet_import.sheets.row_keys import KEY_HEADING, PREFIX
from komet_import.types import OPEN_CREDITS
from tests.services import threads, workspace
from tests.services.workspace import HEADERS, People, credit, refused, workbook


def rejecting(people: People, *numbers: str) -> str:
    """An import of one good credit and of others whose customer is unknown; returns the batch's id."""
    bad = [credit(number, customer="FL21", amount=n) for n, number in enumerate(numbers, start=1)]
    batch_id = workspace.opened(people.rita, credit("A", amount=100), *bad, file_name="march.xlsx")
    services.post(people.rita, batch_id)
    return batch_id


def fixed(content: bytes, change: Callable[[Any], None] = lambda sheet: None) -> bytes:
    """A workbook of rejected rows with the customer put right, and changed further."""
    book = load_workbook(io.BytesIO(content))
    sheet = book.worksheets[0]
    for row in range(2, sheet.max_row + 1):
        sheet.cell(row, 1).value = "FL219"
    change(sheet)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def from_workbook(user: CurrentUser, content: bytes, name: str = "fixed.xlsx") -> str:
    return services.open_file(user, OPEN_CREDITS, name, content)


def with_button(user: CurrentUser, batch_id: str) -> str:
    """The draft of the report's button, with the customer put right."""
    draft = services.fix_rejected(user, batch_id)
    cells = workspace.texts(user, draft, "Customer Code")
    wrong = [(row, "Customer Code", text, "FL219") for row, text in cells.items() if text == "FL21"]
    services.set_cells(user, draft, wrong)
    return draft


def told(user: CurrentUser, batch_id: str) -> list[str]:
    return [
        issue.message
        for issue in services.issues(services.view(user, batch_id))
        if issue.code in ("already-corrected", "copied-row")
    ]


def places(user: CurrentUser, batch_id: str) -> list[tuple[int, str | None, int | None]]:
    """The rejected rows of a report, and where each was corrected: file, row."""
    rows = services.report(user, batch_id).rejected
    return [(r.row, r.corrected and r.corrected.file_name, r.corrected and r.corrected.row) for r in rows]


def test_a_row_that_was_corrected_elsewhere_is_still_so_after_an_edit_of_it(people_here: People) -> None:
    people = people_here
    batch_id = rejecting(people, "CR-8", "CR-9")
    draft = with_button(people.carl, batch_id)
    services.post(people.rita, with_button(people.rita, batch_id))
    said = told(people.carl, draft)
    assert len(said) == 2
    row = list(workspace.texts(people.carl, draft, "Comments"))[-1]
    services.set_cells(people.carl, draft, [(row, "Comments", "", "late")])
    assert told(people.carl, draft) == said


@pytest.mark.parametrize("workbook_first", [True, False])
@pytest.mark.parametrize("number", ["CR-9", ""], ids=["with a number", "without one"])
def test_a_row_corrected_in_the_workbook_and_with_the_button_is_posted_once(
    people: People, workbook_first: bool, number: str
) -> None:
    batch_id = rejecting(people, number)
    drafts = [
        (people.rita, from_workbook(people.rita, fixed(services.rejected_workbook(people.rita, batch_id)))),
        (people.carl, with_button(people.carl, batch_id)),
    ]
    (one, first), (other, second) = drafts if workbook_first else reversed(drafts)
    assert workspace.found(one, first) == workspace.found(other, second) == []
    services.post(one, first)
    file = services.report(one, first).batch.file_name
    assert workspace.found(other, second) == [(2, "Customer Code", "already-corrected")]
    assert told(other, second) == [
        f"This is row 3 of “march.xlsx”, which was already corrected in “{file}”, row 2; exclude it here."
    ]
    refused("nothing-to-import", lambda: services.post(other, second))
    assert workspace.count(Adjustment) == 2
    assert places(people.ada, batch_id) == [(3, file, 2)]


def test_both_ways_at_the_same_moment_post_once(people: People) -> None:
    batch_id = rejecting(people, "", "")
    first = from_workbook(people.rita, fixed(services.rejected_workbook(people.rita, batch_id)))
    second = with_button(people.carl, batch_id)
    # Another amount: the claim of the same content must not be what holds one of them up.
    row, before = list(workspace.texts(people.carl, second, "Credit Balance").items())[-1]
    outcome = services.set_cells(people.carl, second, [(row, "Credit Balance", before, "2.50")])
    assert (outcome.changed, outcome.conflicts) == (1, ())
    for user, draft in ((people.rita, first), (people.carl, second)):
        assert services.view(user, draft).judgement.ready.all()
    outcomes = threads.together(
        lambda: services.post(people.rita, first), lambda: services.post(people.carl, second)
    )
    assert threads.codes(outcomes) == ["done", "nothing-to-import"]
    assert workspace.count(Adjustment) == 3
    assert len({place[1] for place in places(people.ada, batch_id)}) == 1


@pytest.mark.twin
def test_a_key_travels_with_its_row_when_rows_are_sorted_inserted_deleted_and_copied(people: People) -> None:
    batch_id = rejecting(people, "B", "C", "D")

    def change(sheet: Any) -> None:
        rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
        for at, values in enumerate(reversed(rows), start=2):  # sorted the other way round
            for place, value in enumerate(values, start=1):
                sheet.cell(at, place).value = value
        sheet.delete_rows(3)  # C
        sheet.insert_rows(1, amount=2)

    draft = from_workbook(people.rita, fixed(services.rejected_workbook(people.rita, batch_id), change))
    services.post(people.rita, draft)
    assert places(people.rita, batch_id) == [(3, "fixed.xlsx", 5), (4, None, None), (5, "fixed.xlsx", 4)]
    left = with_button(people.carl, batch_id)
    assert list(workspace.texts(people.carl, left, "Credit #").values()) == ["C"]
    services.post(people.carl, left)
    refused("nothing-rejected", lambda: services.fix_rejected(people.rita, batch_id))
    refused("nothing-rejected", lambda: services.rejected_workbook(people.rita, batch_id))
    assert sorted(str(line[1]) for line in workspace.ledger()) == ["A", "B", "C", "D"]


def test_a_row_that_was_copied_into_another_sheet_is_still_the_same(people: People) -> None:
    """Whole rows are pasted with their hidden cells, under whatever headers the other sheet has."""
    batch_id = rejecting(people, "")
    sheet = load_workbook(io.BytesIO(services.rejected_workbook(people.rita, batch_id))).worksheets[0]
    pasted = [cell.value for cell in sheet[2]]
    pasted[0] = "FL219"
    april = services.open_file(people.rita, OPEN_CREDITS, "april.xlsx", workbook(credit("N"), pasted))
    services.post(people.rita, april)
    assert places(people.rita, batch_id) == [(3, "april.xlsx", 3)]


def test_the_same_row_twice_in_one_file_is_one(people: People) -> None:
    batch_id = rejecting(people, "", "")

    def change(sheet: Any) -> None:
        sheet.append([cell.value for cell in sheet[2]])
        sheet.cell(4, 4).value = 99

    draft = from_workbook(people.rita, fixed(services.rejected_workbook(people.rita, batch_id), change))
    assert workspace.found(people.rita, draft) == [(4, "Customer Code", "copied-row")]
    assert "row 3 of “march.xlsx”" in told(people.rita, draft)[0] and "row 2" in told(people.rita, draft)[0]
    services.leave_out(people.rita, draft, [2])  # then the copy is the one that counts
    assert workspace.found(people.rita, draft) == []
    services.post(people.rita, draft)
    assert places(people.rita, batch_id) == [(3, "fixed.xlsx", 4), (4, "fixed.xlsx", 3)]


@pytest.mark.parametrize("key", ["counted up", "another batch", "no key"])
def test_a_key_that_is_not_ours_is_none(people: People, key: str) -> None:
    batch_id = rejecting(people, "", "")

    def change(sheet: Any) -> None:
        cell = sheet.cell(2, sheet.max_column)
        assert str(cell.value).startswith(PREFIX)
        batch, row, check = str(cell.value).removeprefix(PREFIX).split(":")
        cell.value = {
            "counted up": f"{PREFIX}{batch}:{int(row) + 1}:{check}",
            "another batch": f"{PREFIX}{'a' * 26}:{row}:{check}",
            "no key": f"{PREFIX}once more",
        }[key]

    draft = from_workbook(people.rita, fixed(services.rejected_workbook(people.rita, batch_id), change))
    assert workspace.found(people.rita, draft) == []
    services.post(people.rita, draft)
    assert places(people.rita, batch_id) == [(3, None, None), (4, "fixed.xlsx", 3)]


def test_a_row_that_is_rejected_again_stays_the_same_row(people: People) -> None:
    batch_id = rejecting(people, "")
    content = services.rejected_workbook(people.rita, batch_id)
    again = from_workbook(people.rita, content, "still-wrong.xlsx")
    services.post(people.rita, again, even_nothing=True)
    later = with_button(people.carl, again)
    services.post(people.carl, later)
    file = services.report(people.carl, later).batch.file_name
    assert places(people.rita, batch_id) == [(3, file, 2)] and places(people.rita, again) == [(2, file, 2)]
    late = from_workbook(people.rita, fixed(content), "late.xlsx")
    assert workspace.found(people.rita, late) == [(2, "Customer Code", "already-corrected")]


def test_the_same_file_again_has_the_same_rows(people: People) -> None:
    """Of a file of which nothing was posted nothing is claimed: it may come anew, beside its workbook."""
    content = workbook(credit("", customer="FL900"), credit("", customer="FL900", amount=7))
    first = services.open_file(people.rita, OPEN_CREDITS, "march.xlsx", content)
    second = services.open_file(people.carl, OPEN_CREDITS, "march.xlsx", content)
    services.post(people.rita, first, even_nothing=True)
    book = services.rejected_workbook(people.rita, first)
    workspace.change_customer("FL900", active=True)
    services.leave_out(people.carl, second, [3])
    services.post(people.carl, second)
    assert places(people.rita, first) == [(2, "march.xlsx", 2), (3, None, None)]
    draft = services.open_file(people.rita, OPEN_CREDITS, "fixed.xlsx", book)
    assert workspace.found(people.rita, draft) == [(2, "Customer Code", "already-corrected")]


def test_a_reversal_of_the_correction_gives_the_row_back(people: People) -> None:
    batch_id = rejecting(people, "")
    content = fixed(services.rejected_workbook(people.rita, batch_id))
    first = from_workbook(people.rita, content)
    second = with_button(people.carl, batch_id)
    services.post(people.rita, first)
    assert workspace.found(people.carl, second) == [(2, "Customer Code", "already-corrected")]
    services.reverse(people.carl, first, reason="Wrong customer")
    assert places(people.rita, batch_id) == [(3, None, None)]
    assert workspace.found(people.carl, second) == []
    services.post(people.carl, second)
    assert places(people.rita, batch_id) == [(3, services.report(people.carl, second).batch.file_name, 2)]


def test_what_is_ours_in_the_workbook_is_neither_seen_nor_read_as_a_row(people_here: People) -> None:
    batch_id = rejecting(people_here, "B", "C")

    def change(sheet: Any) -> None:
        assert sheet.cell(1, sheet.max_column).value == KEY_HEADING
        assert sheet.column_dimensions[sheet.cell(1, sheet.max_column).column_letter].hidden
        for place in range(1, len(HEADERS) + 1):
            sheet.cell(2, place).value = None  # somebody empties a row rather than deleting it

    content = fixed(services.rejected_workbook(people_here.rita, batch_id), change)
    opened = services.view(people_here.rita, from_workbook(people_here.rita, content))
    header = opened.draft.sheet.header
    assert opened.draft.rows.index.tolist() == [3]
    assert KEY_HEADING not in [*header.headers.values(), *opened.draft.rows.columns]
    assert opened.draft.sheet.notes == ()


def test_an_import_of_new_rows_claims_none(people_here: People) -> None:
    rejecting(people_here, "B")
    assert workspace.count(Claim) == 3  # file, content and the number of the row that was posted


def test_of_a_column_that_the_sheet_had_not_its_correction_changed_nothing(people_here: People) -> None:
    rows = [credit("A", amount=100)[:-1], credit("B", customer="FL21", amount=2)[:-1]]
    batch_id = workspace.opened(people_here.rita, *rows, headers=HEADERS[:-1])
    services.post(people_here.rita, batch_id)
    draft = with_button(people_here.carl, batch_id)
    services.post(people_here.carl, draft)
    (row,) = services.report(people_here.rita, batch_id).rejected
    assert row.changes == (("Customer Code", "FL21", "FL219"),)
