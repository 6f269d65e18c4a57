"""What a grid's actions do to a draft, and what its person is told of them. By real requests."""

import pytest

from komet_import import services
from komet_import.review.window import Look, Show
from komet_import.services.draft import revision
from komet_import.types import CUSTOMERS
from komet_import.web.review import actions
from komet_import.web.review.look import Reviewing
from tests.services import workspace
from tests.services.workspace import People, credit
from tests.web.grids import Grid, refusal, setting, token_of


def test_a_message_that_comes_twice_is_done_once(grid: Grid, people: People, looking: Reviewing) -> None:
    grid.ask(setting(3, "Credit Balance", "-5", "5.25"))
    grid.seq = 0
    _, answer = grid.ask(setting(3, "Credit Balance", "-5", "5.25"))
    assert answer["notices"] == []
    assert len(services.view(people.rita, looking.batch_id).steps) == 1


def test_a_look_that_was_chosen_before_is_not_chosen_again_by_a_message_that_comes_twice(
    grid: Grid, looking: Reviewing
) -> None:
    sort = {"kind": "sort", "column": "Credit #", "descending": True}
    grid.ask(sort)
    grid.ask({**sort, "column": None})
    grid.seq = 0
    grid.ask(sort)
    assert looking.look.sort is None


def test_turning_pages_and_looking_up_leave_the_page_around_as_it_is(grid: Grid, looking: Reviewing) -> None:
    _, before = grid.ask()
    _, after = grid.ask(
        {"kind": "lookup", "column": "Customer Code", "query": "rosas"}, {"kind": "page", "page": 1}
    )
    assert after["lookup"]["options"][0]["value"] == "FL219"
    assert after["version"] == before["version"]
    looking.choose(Look(show=Show.ATTENTION))
    _, filtered = grid.ask()
    assert filtered["version"] != before["version"]
    assert [row["row"] for row in filtered["rows"]] == [3]


def test_an_edit_for_which_others_were_too_fast_is_not_acknowledged(
    grid: Grid, people: People, looking: Reviewing, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(revision, "ATTEMPTS", 0)
        assert refusal(grid.ask(setting(3, "Credit Balance", "-5", "5.25"))) == (503, "busy")
    assert looking.acknowledged == {}
    grid.seq = 0  # it is sent again
    status, answer = grid.ask(setting(3, "Credit Balance", "-5", "5.25"))
    assert (status, answer["acknowledged"]["c"], answer["problems"]) == (200, 1, 0)


def test_a_block_is_not_pasted_over_what_another_changed_after_the_look(
    grid: Grid, people: People, looking: Reviewing
) -> None:
    _, shown = grid.ask()
    services.set_cells(people.carl, looking.batch_id, [(3, "Comments", "", "his")])
    block = {
        "kind": "paste",
        "row": 2,
        "column": "Comments",
        "block": [["a"], ["b"]],
        "seen": shown["revision"],
    }
    _, answer = grid.ask(block)
    assert [row["values"][5] for row in answer["rows"]] == ["a", "his", ""]
    assert "changed to “his” in the meantime" in answer["notices"][0]["text"]
    _, answer = grid.ask({**block, "seen": answer["revision"]})
    assert [row["values"][5] for row in answer["rows"]] == ["a", "b", ""]


def test_undo_does_not_take_back_what_another_did_after_the_look(
    grid: Grid, people: People, looking: Reviewing
) -> None:
    _, shown = grid.ask(setting(2, "Comments", "", "mine"))
    services.set_cells(people.carl, looking.batch_id, [(3, "Comments", "", "his")])
    _, answer = grid.ask({"kind": "undo", "seen": shown["revision"]})
    assert [row["values"][5] for row in answer["rows"]] == ["mine", "his", ""]
    assert "Carl was faster" in answer["refused"]["message"]


def test_what_did_not_fit_is_said_and_the_rest_is_pasted(grid: Grid) -> None:
    block = {
        "kind": "paste",
        "row": 3,
        "column": "Location Code",
        "block": [["MIA", "a", "x"], ["MIA"], ["z"]],
    }
    _, answer = grid.ask(block)
    assert [row["values"][4:] for row in answer["rows"]] == [["MIA", ""], ["MIA", "a"], ["MIA", ""]]
    assert answer["notices"][-1]["text"] == "1 row and 1 column did not fit and were not pasted."
    assert answer["notices"][-1]["level"] == "warning"


def test_what_is_seen_is_not_what_is_written_and_pasted_where_it_is_seen_changes_nothing(
    address: str, people: People
) -> None:
    rows = [credit(f"CR-{n}", amount=f"{n}.5") for n in (1, 2)]
    looking = Reviewing(workspace.opened(people.rita, *rows), people.rita.id)
    grid = Grid(address, token_of(people.rita), looking.identity)
    _, before = grid.ask()
    assert [(row["values"][3], row["seen"]) for row in before["rows"]] == [
        ("1.5", {"3": "1.50"}),
        ("2.5", {"3": "2.50"}),
    ]
    block = [["1.50"], ["1.50"]]
    _, after = grid.ask({"kind": "paste", "row": 2, "column": "Credit Balance", "block": block})
    assert [(row["values"][3], row["seen"]) for row in after["rows"]] == [
        ("1.5", {"3": "1.50"}),
        ("1.50", {}),
    ]


def test_a_step_is_taken_back_and_done_again_by_name_until_there_is_none(grid: Grid) -> None:
    grid.ask({"kind": "set", "label": "Clear", "cells": [[2, "Comments", "", "a"], [4, "Comments", "", "b"]]})
    said, steps = [], []
    for kind in ("undo", "undo", "redo", "redo"):
        _, answer = grid.ask({"kind": kind})
        said.append(answer["notices"][-1]["text"])
        steps.append((answer["steps"]["undo"], answer["steps"]["redo"]))
    assert steps == [(False, True), (False, True), (True, False), (True, False)]
    step = "Clear: 2 cells in 2 rows"
    assert said == [
        f"Undone: {step}",
        "There is nothing to undo.",
        f"Redone: {step}",
        "There is nothing to redo.",
    ]
    assert [row["values"][5] for row in answer["rows"]] == ["a", "", "b"]


def test_rows_are_left_out_and_taken_in_again(grid: Grid) -> None:
    def states(*actions: dict[str, object]) -> list[str]:
        return [row["state"] for row in grid.ask(*actions)[1]["rows"]]

    assert states() == ["ready", "attention", "ready"]
    assert states({"kind": "exclude", "rows": [2, 3]}) == ["left-out", "left-out", "ready"]
    assert states({"kind": "restore", "rows": [3]}) == ["left-out", "attention", "ready"]


def test_an_order_and_a_value_are_looked_at_from_the_first_page(grid: Grid, looking: Reviewing) -> None:
    grid.ask(setting(2, "Comments", "", "late"))
    _, answer = grid.ask({"kind": "sort", "column": "Credit #", "descending": True})
    assert [row["row"] for row in answer["rows"]] == [4, 3, 2]
    assert answer["sort"] == {"column": "Credit #", "descending": True}
    _, answer = grid.ask({"kind": "sort", "column": None, "descending": False})
    assert ([row["row"] for row in answer["rows"]], answer["sort"]) == ([2, 3, 4], None)
    looking.choose(Look(show=Show.ATTENTION))
    _, answer = grid.ask({"kind": "page", "page": 99})
    assert ([row["row"] for row in answer["rows"]], answer["page"], answer["pages"]) == ([3], 1, 1)
    _, answer = grid.ask({"kind": "only", "column": "Comments", "value": "late"})
    assert ([row["row"] for row in answer["rows"]], answer["filter"], answer["total"]) == ([2], "all", 1)


def test_the_next_problem_is_found_from_everywhere_and_its_end_is_said(
    grid: Grid, looking: Reviewing
) -> None:
    ask = {"kind": "next-problem", "from": [None, None], "direction": 1}
    looking.choose(Look(show=Show.READY))
    _, answer = grid.ask(ask)
    assert (answer["goto"]["row"], answer["goto"]["column"], answer["filter"]) == (3, "Credit Balance", "all")
    _, answer = grid.ask(setting(3, "Credit Balance", "-5", "5"), ask)
    assert answer["notices"][-1]["text"] == "No row needs attention."


def test_lists_are_searched_for_customers_and_locations_with_their_names(grid: Grid) -> None:
    _, answer = grid.ask({"kind": "lookup", "column": "Location Code", "query": "ang"})
    assert answer["lookup"] == {
        "column": "Location Code",
        "query": "ang",
        "options": [{"value": "LAX", "label": "Los Angeles", "note": ""}],
    }
    _, answer = grid.ask({"kind": "lookup", "column": "Comments", "query": "a"})
    assert answer["refused"]["message"] == "The column “Comments” has no list of values to search."


def test_in_a_column_of_several_locations_one_is_searched(sqlite_database: str) -> None:
    ada = workspace.fill().ada
    names = ("Customer Code", "Customer Name", "Location Codes")
    batch_id = workspace.opened(ada, ["N1", "New", "MIA"], headers=names, type=CUSTOMERS)
    look = Reviewing(batch_id, ada.id)
    actions._look_up(look, services.view(ada, batch_id), "Location Codes", "ang")
    assert look.lookup is not None
    assert [option["value"] for option in look.lookup["options"]] == ["LAX"]
