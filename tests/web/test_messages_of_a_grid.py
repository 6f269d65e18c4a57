"""What a grid may ask, field by field: the most of everything is taken, and one more is not."""

import json
from typing import Any

import pytest

from komet_import.row_numbers import LAST_NUMBER
from komet_import.web.review import grid_message
from komet_import.web.review.grid_message import BadMessage, GridMessage, read

UNREADABLE = "This change could not be read and was not entered; reload the page and make it again."
TOO_MANY = "That was too much at once and was not entered; paste fewer rows."
TOO_LONG = "A cell holds at most 32,767 characters; this text is longer and was not entered."
LONG = "x" * 32_767
LARGEST = 2**53 - 1


def said(*actions: Any, **more: Any) -> GridMessage | tuple[str, int | None]:
    """The message as it is read; the sentence and the number of the action where it is refused."""
    message = {"look": "l", "client": "c", "actions": list(actions)} | more
    try:
        return read(json.dumps(message).encode())
    except BadMessage as bad:
        assert bad.code == "bad-message"
        return bad.message, bad.seq


def one(kind: str, **fields: Any) -> dict[str, Any]:
    return {"seq": 1, "kind": kind, **fields}


TAKEN = [
    one("set", cells=[[1, "A", "", LONG], [LAST_NUMBER, LONG, LONG, ""]]),
    one("set", cells=[[1, "A", "", ""]] * 20_000, label="Fill down"),
    one("paste", row=1_048_576, column="A", block=[[LONG]], seen=LARGEST),
    one("paste", row=1, column="A", block=[[""] * 16_384, []], seen=0),
    one("paste", row=1, column="A", block=[[]] * 200_000),
    one("exclude", rows=[2] * 1_000),
    one("restore", rows=[1]),
    one("undo"),
    one("redo", seen=3),
    one("page", page=1_048_576),
    one("only", column="A", value=LONG),
    one("sort", column=None, descending=False),
    one("lookup", column="A", query="x" * 200),
    one("next-problem", **{"from": [None, None], "direction": -1}),
    one("next-problem", **{"from": [1, "A"], "direction": 1}),
]


@pytest.mark.parametrize("action", TAKEN, ids=lambda action: action["kind"])
def test_the_most_that_a_sheet_can_have_is_taken(action: dict[str, Any]) -> None:
    message = said(action)
    assert isinstance(message, GridMessage)
    (found,) = message.actions
    assert found.model_dump(mode="json", by_alias=True).items() >= action.items()


REFUSED = [
    (one("set", cells=[]), UNREADABLE),
    (one("set", cells=[[0, "A", "", ""]]), UNREADABLE),
    (one("set", cells=[[LAST_NUMBER + 1, "A", "", ""]]), UNREADABLE),
    (one("set", cells=[[2, "", "", ""]]), UNREADABLE),
    (one("set", cells=[[2, "A", "", LONG + "x"]]), TOO_LONG),
    (one("set", cells=[[2, "A", LONG + "x", ""]]), TOO_LONG),
    (one("set", cells=[["2", "A", "", ""]]), UNREADABLE),
    (one("set", cells=[[2.0, "A", "", ""]]), UNREADABLE),
    (one("set", cells=[[True, "A", "", ""]]), UNREADABLE),
    (one("set", cells=[[2, "A", "", "", ""]]), TOO_MANY),
    (one("set", cells=[[2, "A", "", ""]] * 20_001), TOO_MANY),
    (one("set", cells=[[2, "A", "", ""]], label="Anything"), UNREADABLE),
    (one("set", cells=[[2, "A", "", ""]], more=1), UNREADABLE),
    (one("paste", row=0, column="A", block=[[""]]), UNREADABLE),
    (one("paste", row=1, column="", block=[[""]]), UNREADABLE),
    (one("paste", row=1, column="A", block=[]), UNREADABLE),
    (one("paste", row=1, column="A", block=[[]] * 200_001), TOO_MANY),
    (one("paste", row=1, column="A", block=[[""] * 16_385]), TOO_MANY),
    (one("paste", row=1, column="A", block=[[LONG + "x"]]), TOO_LONG),
    (one("paste", row=1, column="A", block=[[None]]), UNREADABLE),
    (one("paste", row=1, column="A", block=[[""]], seen=-1), UNREADABLE),
    (one("undo", seen=LARGEST + 1), UNREADABLE),
    (one("exclude", rows=[]), UNREADABLE),
    (one("exclude", rows=[2] * 1_001), TOO_MANY),
    (one("exclude", rows=[0]), UNREADABLE),
    (one("page", page=0), UNREADABLE),
    (one("page", page=1_048_577), UNREADABLE),
    (one("filter", filter="ready"), UNREADABLE),
    (one("only", column="", value=""), UNREADABLE),
    (one("only", column="A", value=LONG + "x"), TOO_LONG),
    (one("sort", column="A", descending=0), UNREADABLE),
    (one("sort", column="", descending=True), UNREADABLE),
    (
        one("lookup", column="A", query="x" * 201),
        "A search has at most 200 characters; type less of the name.",
    ),
    (one("next-problem", **{"from": [1], "direction": 1}), UNREADABLE),
    (one("next-problem", **{"from": [1, "A"], "direction": 0}), UNREADABLE),
    (one("nothing"), UNREADABLE),
]


@pytest.mark.parametrize(("action", "told"), REFUSED, ids=lambda part: str(part)[:40])
def test_one_more_is_refused_with_its_number_and_a_reason(action: dict[str, Any], told: str) -> None:
    assert said({"seq": 7, "kind": "undo"}, {**action, "seq": 8}) == (told, 8)


@pytest.mark.parametrize("seq", [0, -1, LARGEST + 1, 1.5, "1", None, True])
def test_a_number_that_is_none_is_not_given_back(seq: Any) -> None:
    assert said({"kind": "undo", "seq": seq}) == (UNREADABLE, True if seq is True else None)


def test_actions_come_in_their_order_and_each_once() -> None:
    undo = {"kind": "undo"}
    for wrong in ([2, 1], [1, 1], [1, 3, 2]):
        assert said(*({**undo, "seq": seq} for seq in wrong)) == (UNREADABLE, None)
    message = said(*({**undo, "seq": seq} for seq in (1, 2, LARGEST)))
    assert isinstance(message, GridMessage)
    assert [action.seq for action in message.actions] == [1, 2, LARGEST]


def test_one_look_up_is_enough_for_a_message() -> None:
    ask = {"kind": "lookup", "column": "A", "query": ""}
    assert isinstance(said({**ask, "seq": 1}, {"kind": "undo", "seq": 2}), GridMessage)
    assert said({**ask, "seq": 1}, {**ask, "seq": 2}) == (UNREADABLE, None)


def test_a_message_holds_a_hundred_actions() -> None:
    assert grid_message.MOST_ACTIONS == 100
    assert isinstance(said(*({"kind": "undo", "seq": n} for n in range(1, 101))), GridMessage)
    assert said(*({"kind": "undo", "seq": n} for n in range(1, 102))) == (TOO_MANY, None)


@pytest.mark.parametrize("name", ["look", "client"])
def test_names_are_short_and_plain(name: str) -> None:
    for good in ("a", "Z-_9", "x" * 64):
        assert isinstance(said(**{name: good}), GridMessage)
    for bad in ("", "x" * 65, "a b", "ñ", "a\n", "a/b", None, 1):
        assert said(**{name: bad}) == (UNREADABLE, None)


def test_what_is_not_said_is_nothing() -> None:
    message = read(b'{"look":"l","client":"c"}')
    assert (message.heard, message.actions) == (0, [])
    assert isinstance(said(heard=LARGEST), GridMessage)
    for heard in (-1, LARGEST + 1, "0", None):
        assert said(heard=heard) == (UNREADABLE, None)
    assert said(more=1) == (UNREADABLE, None)
