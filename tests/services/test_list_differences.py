"""A list of records is first of all a difference: what it would add, change, deactivate, and leave."""

import numpy as np
import pytest

from komet_import import services
from komet_import.review.differences import RecordChange
from komet_import.review.seen import kept_in_window
from komet_import.review.window import Show, filters, first_look, shown
from komet_import.services import Opened
from komet_import.types import CUSTOMERS, OPEN_CREDITS
from komet_import.web.review.grid_rows import grid_rows
from tests.services import workspace
from tests.services.workspace import People

EVERYTHING = (
    *("Customer Code", "Customer Name", "Location Codes", "Accounting Code", "Customer Type", "Salesperson"),
    "Active",
)


@pytest.fixture
def draft(people_here: People) -> str:
    """A list of six rows, one of which is an error."""
    known = ["FL220", "Petal", "MIA", "A-1", "retailer", "Marta", ""]
    services.post(
        people_here.ada, workspace.opened(people_here.ada, known, headers=EVERYTHING, type=CUSTOMERS)
    )
    return workspace.opened(
        people_here.ada,
        ["FL219", "Rosas del Valle", "", "", "", "", "no"],
        ["fl220", "Petals", "LAX:MIA", "(none)", "RETAILER", "", "yes"],
        ["FL900", "Closed Blooms", "", "", "", "", "YES"],
        ["NEW1", "New", "MIA", "", "", "", ""],
        ["00042", "", "", "", "", "", ""],
        ["FL220", "Petal", "", "", "", "", ""],
        headers=EVERYTHING,
        type=CUSTOMERS,
    )


def rows(opened: Opened, show: Show) -> list[int]:
    """The rows under a filter."""
    found: list[int] = opened.judgement.numbers[shown(opened.judgement, show)].tolist()
    return found


def test_each_row_says_what_it_makes_of_its_record_and_each_cell_what_is_kept(
    people_here: People, draft: str
) -> None:
    opened = services.view(people_here.ada, draft)
    made = [RecordChange(change).name for change in opened.judgement.records.tolist()]
    assert made == ["DEACTIVATED", "CHANGED", "CHANGED", "NEW", "UNCHANGED", "UNCHANGED"]
    kept = kept_in_window(opened.draft, opened.judgement, opened.reference.directory, np.arange(6))
    assert kept == [{6: "yes"}, {1: "Petal", 2: "MIA", 3: "A-1"}, {6: "no"}, {}, {}, {}]
    told = [(row["change"], row["kept"]) for row in grid_rows(opened, np.arange(4))]
    assert told[0] == ("deactivated", {6: "yes"}) and told[3] == ("new", {})


def test_only_what_changes_is_shown_first_and_each_kind_by_itself(people_here: People, draft: str) -> None:
    opened = services.view(people_here.ada, draft)
    assert first_look(CUSTOMERS).show is Show.CHANGES and Show.READY not in filters(CUSTOMERS)
    assert first_look(OPEN_CREDITS).show is Show.ALL and Show.CHANGES not in filters(OPEN_CREDITS)
    assert rows(opened, Show.CHANGES) == [2, 3, 4, 5, 6, 7], "an error is shown whatever else its row says"
    services.leave_out(people_here.ada, draft, [6, 7])
    opened = services.view(people_here.ada, draft)
    assert rows(opened, Show.CHANGES) == [2, 3, 4, 5]
    kinds = (Show.NEW, Show.CHANGED, Show.DEACTIVATED, Show.UNCHANGED)
    assert [rows(opened, show) for show in kinds] == [[5], [3, 4], [2], []]
    services.set_cells(people_here.ada, draft, [(4, "Active", "YES", "")])
    opened = services.view(people_here.ada, draft)
    assert (rows(opened, Show.CHANGED), rows(opened, Show.UNCHANGED)) == ([3], [4])
