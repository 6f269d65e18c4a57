"""The plain sheet behind the grid in its Chromium tests answers in the shape of the real server."""

from typing import Any

import pytest

from komet_import.web.review.look import Reviewing
from tests.browser.grid_model import Model, sheet_of
from tests.web.grids import Grid


def shape(told: dict[str, Any]) -> dict[str, set[str]]:
    """The names of what is told: at the top, of columns, rows, issues, notices, and of what is found."""
    issues = [issue for row in told["rows"] for found in row["issues"].values() for issue in found]
    parts = {
        "columns": told["columns"],
        "rows": told["rows"],
        "issues": issues,
        "notices": told["notices"],
        "sort": [told["sort"]],
        "goto": [told["goto"]],
        "lookup": [told["lookup"]],
        "options": told["lookup"]["options"],
    }
    assert all(parts.values()), "one of each is there to be compared"
    return {"": set(told)} | {name: {key for one in part for key in one} for name, part in parts.items()}


@pytest.fixture
def actions() -> list[dict[str, Any]]:
    return [
        {"kind": "sort", "column": "Comments", "descending": True},
        {"kind": "lookup", "column": "Customer Code", "query": "FL"},
        {"kind": "next-problem", "from": [None, None], "direction": 1},
    ]


def test_the_sheet_of_the_grids_tests_answers_in_the_shape_of_the_server(
    grid: Grid, looking: Reviewing, actions: list[dict[str, Any]]
) -> None:
    looking.tell("Something.", level="warning")
    status, real = grid.ask(*actions)
    assert status == 200
    model = Model(rows=sheet_of(kind="mixed", count=20), page_size=20)
    model.say("warning", "Something.")
    for action in actions:
        model.act(action)
    assert shape(model.window()) == shape(real)
