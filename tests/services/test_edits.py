"""Editing: every change is a step of the journal that can be undone, done again, and survives a restart."""

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from komet_import import services
from komet_import.ledger.models import Edit
from komet_import.services import Conflict, Outcome, Sender
from komet_import.services.draft import facts
from komet_import.services.draft.desk import DESK
from komet_import.types import OPEN_CREDITS
from tests.properties import tries
from tests.services import threads, workspace
from tests.services.workspace import HEADERS, People, credit, refused, texts


def comments(people: People, batch_id: str) -> list[str]:
    return list(texts(people.rita, batch_id, "Comments").values())


def three(people: People) -> str:
    """A draft of three good rows without comments; returns the batch's id."""
    return workspace.opened(people.rita, credit("A"), credit("B"), credit("C"))


def test_set_leave_out_take_in_undo_and_redo(people: People) -> None:
    batch_id, rita = three(people), people.rita
    assert (
        services.set_cells(rita, batch_id, [(2, "Comments", "", "x"), (4, "Comments", "", "z")]).changed == 2
    )
    assert services.leave_out(rita, batch_id, [3, 4]).changed == 2
    assert services.leave_out(rita, batch_id, [2, 3]).changed == 1
    assert services.take_in(rita, batch_id, [4]).changed == 1
    assert services.view(rita, batch_id).judgement.left_out.tolist() == [True, True, False]
    assert services.undo(rita, batch_id) == "Included row 4"
    assert services.undo(rita, batch_id) == "Excluded row 2"
    assert services.undo(rita, batch_id) == "Excluded 2 rows"
    assert services.undo(rita, batch_id) == "2 cells in 2 rows"
    assert services.undo(rita, batch_id) is None
    opened = services.view(rita, batch_id)
    assert comments(people, batch_id) == ["", "", ""] and not opened.judgement.left_out.any()
    assert (opened.can_undo, opened.can_redo) == (False, True)
    for _ in range(4):
        assert services.redo(rita, batch_id)
    assert services.redo(rita, batch_id) is None
    assert comments(people, batch_id) == ["x", "", "z"]
    assert services.view(rita, batch_id).judgement.left_out.tolist() == [True, True, False]


def test_an_edit_that_fixes_a_row_makes_it_ready(people: People) -> None:
    batch_id = workspace.opened(people.rita, credit("A", amount=-13.89), credit("A", amount=1))
    assert workspace.found(people.rita, batch_id) == [
        (2, "Credit Balance", "not-positive"),
        (2, "Credit #", "split-number"),
        (3, "Credit #", "duplicate-in-sheet"),
    ]
    services.set_cells(people.rita, batch_id, [(2, "Credit Balance", "-13.89", "13.89")])
    services.set_cells(people.rita, batch_id, [(2, "Credit #", "A", "A2")])
    assert workspace.found(people.rita, batch_id) == []
    services.undo(people.rita, batch_id)
    assert workspace.found(people.rita, batch_id) == [
        (2, "Credit #", "split-number"),
        (3, "Credit #", "duplicate-in-sheet"),
    ]


def test_after_a_restart_rows_judgement_and_undo_are_what_they_were(people: People) -> None:
    batch_id = workspace.opened(
        people.rita, credit("A", amount=-1), credit("A"), credit("C", customer="FL21")
    )
    services.set_cells(people.rita, batch_id, [(4, "Customer Code", "FL21", "FL220")])
    services.set_cells(people.carl, batch_id, [(2, "Credit Balance", "-1", "one")])
    services.leave_out(people.rita, batch_id, [3])
    services.undo(people.rita, batch_id)
    before = services.view(people.rita, batch_id)
    workspace.forget()
    after = services.view(people.rita, batch_id)
    assert_same(before, after)
    assert [(step.seq, step.by, step.undone) for step in after.steps] == [
        (1, "Rita", False),
        (2, "Carl", False),
        (3, "Rita", True),
    ]
    assert services.redo(people.rita, batch_id) == "Excluded row 3"
    assert services.view(people.rita, batch_id).judgement.left_out.tolist() == [False, True, False]


def assert_same(one: services.Opened, other: services.Opened) -> None:
    """Two drafts hold the same rows, and are judged alike."""
    assert one.draft.rows.equals(other.draft.rows)
    assert np.array_equal(one.draft.held, other.draft.held)
    for name in ("ready", "rejected", "left_out", "warnings", "amounts"):
        assert np.array_equal(getattr(one.judgement, name), getattr(other.judgement, name)), name
    assert services.issues(one) == services.issues(other)
    assert [step.changes for step in one.steps] == [step.changes for step in other.steps]
    assert [(s.seq, s.undone, s.dropped) for s in one.steps] == [
        (s.seq, s.undone, s.dropped) for s in other.steps
    ]


@pytest.mark.parametrize("restarted", [False, True])
def test_a_new_edit_ends_redo_and_the_auditor_still_sees_the_step(people: People, restarted: bool) -> None:
    batch_id, rita = three(people), people.rita
    services.set_cells(rita, batch_id, [(2, "Comments", "", "first")])
    services.undo(rita, batch_id)
    services.set_cells(rita, batch_id, [(3, "Comments", "", "second")])
    if restarted:
        workspace.forget()
    assert not services.view(rita, batch_id).can_redo
    assert services.redo(rita, batch_id) is None
    assert comments(people, batch_id) == ["", "second", ""]
    assert [(e.label, e.undone_at is not None, e.dropped) for e in workspace.own(Edit)] == [
        ("Comments in row 2: blank → “first”", True, True),
        ("Comments in row 3: blank → “second”", False, False),
    ]


def test_an_earlier_edit_is_taken_back_unless_a_later_one_touched_the_same(people: People) -> None:
    batch_id, rita = three(people), people.rita
    services.set_cells(rita, batch_id, [(2, "Comments", "", "x")])
    services.set_cells(rita, batch_id, [(3, "Comments", "", "y")])
    services.set_cells(rita, batch_id, [(2, "Comments", "x", "xx")])
    first, _second, third = (step.seq for step in services.view(rita, batch_id).steps)
    refusal = refused("touched-later", lambda: services.take_back(rita, batch_id, first))
    assert "row 2" in refusal.message
    services.take_back(rita, batch_id, third)
    assert comments(people, batch_id) == ["x", "y", ""]
    services.undo(rita, batch_id)
    services.undo(rita, batch_id)
    services.take_back(rita, batch_id, first)
    assert comments(people, batch_id) == ["", "y", ""]
    refused("no-such-step", lambda: services.take_back(rita, batch_id, 99))
    workspace.forget()
    assert comments(people, batch_id) == ["", "y", ""]


def test_who_comes_second_is_told_and_the_first_text_stays(people: People) -> None:
    batch_id = three(people)
    services.set_cells(people.rita, batch_id, [(2, "Comments", "", "Rita's")])
    outcome = services.set_cells(
        people.carl, batch_id, [(2, "Comments", "", "Carl's"), (3, "Comments", "", "free")]
    )
    assert outcome == Outcome(
        changed=1, conflicts=(Conflict(row=2, column="Comments", theirs="Rita's", mine="Carl's"),)
    )
    assert comments(people, batch_id) == ["Rita's", "free", ""]


def test_what_stands_there_already_is_no_step_and_no_conflict(people_here: People) -> None:
    batch_id = three(people_here)
    services.set_cells(people_here.rita, batch_id, [(2, "Comments", "", "same")])
    assert services.set_cells(people_here.carl, batch_id, [(2, "Comments", "", "same")]) == Outcome(changed=0)
    assert len(services.view(people_here.rita, batch_id).steps) == 1


@pytest.mark.parametrize("restarted", [False, True])
def test_an_action_that_is_sent_twice_is_done_once(people: People, restarted: bool) -> None:
    batch_id, rita = three(people), people.rita

    def again() -> None:
        if restarted:
            workspace.forget()

    first, second, third = (Sender(client="tab-1", seq=seq) for seq in (1, 2, 3))
    assert services.set_cells(rita, batch_id, [(2, "Comments", "", "x")], sender=first).changed == 1
    assert services.leave_out(rita, batch_id, [3], sender=second).changed == 1
    again()
    assert services.leave_out(rita, batch_id, [3], sender=second) == Outcome(changed=0)
    assert services.set_cells(rita, batch_id, [(2, "Comments", "", "y")], sender=first) == Outcome(changed=0)
    assert services.undo(rita, batch_id, sender=third) == "Excluded row 3"
    again()
    assert services.undo(rita, batch_id, sender=third) is None
    assert comments(people, batch_id) == ["x", "", ""]
    other = Sender(client="tab-2", seq=1)
    assert services.set_cells(rita, batch_id, [(4, "Comments", "", "z")], sender=other).changed == 1


def test_edits_of_many_threads_on_one_draft_are_all_kept(people: People) -> None:
    batch_id = workspace.opened(people.rita, *(credit(f"N{n}") for n in range(8)))
    outcomes = threads.together(
        *[
            lambda row=row: services.set_cells(
                people.rita if row % 2 else people.carl, batch_id, [(row, "Comments", "", f"row {row}")]
            )
            for row in range(2, 10)
        ]
    )
    assert outcomes == [Outcome(changed=1)] * 8
    expected = [f"row {row}" for row in range(2, 10)]
    assert comments(people, batch_id) == expected
    workspace.forget()
    assert comments(people, batch_id) == expected
    assert [step.seq for step in services.view(people.rita, batch_id).steps] == list(range(1, 9))


def test_another_server_that_changed_the_draft_is_noticed(people: People) -> None:
    """Two servers share the database, not the memory: this one's draft is older than the database says."""
    batch_id = three(people)
    old = services.view(people.rita, batch_id)
    services.set_cells(people.carl, batch_id, [(2, "Comments", "", "elsewhere")])
    DESK.keep(old)
    outcome = services.set_cells(people.rita, batch_id, [(2, "Comments", "", "here")])
    assert [conflict.theirs for conflict in outcome.conflicts] == ["elsewhere"]
    assert comments(people, batch_id) == ["elsewhere", "", ""]


def test_only_columns_that_are_imported_can_be_edited(people_here: People) -> None:
    batch_id = workspace.opened(people_here.rita, [*credit(), "T1"], headers=[*HEADERS, "Truck"])
    for column in ("Truck", "No such column"):
        refused(
            "not-editable",
            lambda c=column: services.set_cells(people_here.rita, batch_id, [(2, c, "T1", "T2")]),
        )
    assert services.view(people_here.rita, batch_id).steps == ()


@pytest.mark.parametrize("row", [1, 5, -1, 2**31, 2**70])
def test_a_row_that_is_not_in_the_sheet_changes_nothing(people_here: People, row: int) -> None:
    batch_id, before = three(people_here), workspace.everything()
    for act in (
        lambda: services.set_cells(
            people_here.rita, batch_id, [(2, "Comments", "", "x"), (row, "Comments", "", "x")]
        ),
        lambda: services.leave_out(people_here.rita, batch_id, [2, row]),
        lambda: services.take_in(people_here.rita, batch_id, [2, row]),
    ):
        assert f"no row {row}; nothing was changed" in refused("no-such-row", act).message
    assert {**workspace.everything(), "batch": before["batch"], "batch_file": before["batch_file"]} == {
        **before
    }


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("a\x00b", "ab"),
        ("a\ud800b", "ab"),
        ("\x00", ""),
        ("x" * 40_000, "x" * 32_767),
        ("🌷é\u202e<img src=x>", "🌷é\u202e<img src=x>"),
        ("=1+1", "=1+1"),
    ],
    ids=["NUL", "lone surrogate", "only NUL", "too long for Excel", "any script", "formula"],
)
def test_whatever_is_typed_is_kept_as_text_that_every_database_holds(
    people: People, typed: str, kept: str
) -> None:
    batch_id = workspace.opened(people.rita, credit("A", comments="old"))
    services.set_cells(people.rita, batch_id, [(2, "Comments", "old", typed)])
    workspace.forget()
    assert comments(people, batch_id) == [kept]


def test_without_the_right_a_draft_cannot_be_touched_and_is_as_if_it_were_not_there(people: People) -> None:
    batch_id = three(people)
    services.set_cells(people.rita, batch_id, [(2, "Comments", "", "x")])
    before = workspace.everything()
    for unknown in (batch_id, "a" * 26):
        for act in (
            lambda b: services.view(people.lou, b),
            lambda b: services.set_cells(people.lou, b, [(2, "Comments", "x", "y")]),
            lambda b: services.leave_out(people.lou, b, [2]),
            lambda b: services.undo(people.lou, b),
            lambda b: services.redo(people.lou, b),
            lambda b: services.take_back(people.lou, b, 1),
            lambda b: services.discard(people.lou, b),
            lambda b: services.post(people.lou, b),
            lambda b: services.report(people.lou, b),
            lambda b: services.rejected_workbook(people.lou, b),
        ):
            refusal = refused("not-found", lambda a=act, b=unknown: a(b))
            assert refusal.message == "There is no such import, or you may not see it."
    assert workspace.everything() == before


# Random work on a draft against a plain model of it.

COLUMNS = ("Customer Code", "Credit #", "Credit Balance", "Comments")
TEXTS = ("", "FL219", "FL220", "FL900", "A", "B", "12.50", "-3", "7", "n/a", "00042")
ROWS = (2, 3, 4, 5)
cells = st.lists(
    st.tuples(st.sampled_from(ROWS), st.sampled_from(COLUMNS), st.sampled_from(TEXTS)),
    min_size=1,
    max_size=4,
    unique_by=lambda cell: cell[:2],
)
rows = st.lists(st.sampled_from(ROWS), min_size=1, max_size=3, unique=True)
actions = st.one_of(
    st.tuples(st.just("set"), cells),
    st.tuples(st.just("leave out"), rows),
    st.tuples(st.just("take in"), rows),
    st.tuples(st.just("undo"), st.none()),
    st.tuples(st.just("undo"), st.none()),
    st.tuples(st.just("redo"), st.none()),
    st.tuples(st.just("forget"), st.none()),
)
State = tuple[dict[tuple[int, str], str], frozenset[int]]


class Model:
    """A draft as a plain dict and a set, with every state it was in."""

    def __init__(self, start: State) -> None:
        self.states, self.at = [start], 0

    @property
    def now(self) -> State:
        return self.states[self.at]

    def do(self, kind: str, argument: list) -> None:  # type: ignore[type-arg]
        texts, left_out = self.now
        if kind == "set":
            after = ({**texts, **{(row, column): text for row, column, text in argument}}, left_out)
        elif kind == "leave out":
            after = (texts, left_out | set(argument))
        else:
            after = (texts, left_out - set(argument))
        if after != self.now:
            self.states = [*self.states[: self.at + 1], after]
            self.at += 1

    def undo(self) -> None:
        self.at -= self.at > 0

    def redo(self) -> None:
        self.at += self.at < len(self.states) - 1


def state(people: People, batch_id: str) -> State:
    opened = services.view(people.rita, batch_id)
    found = {(row, column): opened.draft.rows[column][row] for row in ROWS for column in COLUMNS}
    return found, frozenset(opened.judgement.numbers[opened.judgement.left_out].tolist())


@settings(max_examples=tries(8), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(work=st.lists(actions, min_size=5, max_size=20))
def test_random_work_comes_to_what_a_plain_model_comes_to(
    people: People,
    work: list[tuple[str, list]],  # type: ignore[type-arg]
) -> None:
    rita = people.rita
    sheet = [credit("A"), credit("B", amount="x"), credit("A", customer="FL21"), credit("", amount=-7)]
    content = workspace.workbook(*sheet)
    batch_id = services.open_file(rita, OPEN_CREDITS, "r.xlsx", content, resume=False)
    model = Model(state(people, batch_id))
    for kind, argument in work:
        if kind == "undo":
            model.undo()
            services.undo(rita, batch_id)
        elif kind == "redo":
            model.redo()
            services.redo(rita, batch_id)
        elif kind == "forget":
            workspace.forget()
        else:
            texts_now = model.now[0]
            model.do(kind, argument)
            if kind == "set":
                services.set_cells(rita, batch_id, [(r, c, texts_now[r, c], t) for r, c, t in argument])
            elif kind == "leave out":
                services.leave_out(rita, batch_id, argument)
            else:
                services.take_in(rita, batch_id, argument)
        assert state(people, batch_id) == model.now
    kept = services.view(rita, batch_id)
    workspace.forget()
    assert_same(kept, services.view(rita, batch_id))


def test_an_edit_that_meets_the_ledger_keeps_what_is_known_of_other_rows(people_here: People) -> None:
    """A posting judges all rows by the facts at hand: one whose warning they lost would be posted."""
    services.post(
        people_here.rita,
        workspace.opened(
            people_here.rita, credit("P-1", amount=5), credit("P-2", amount=6), credit("X-77", amount=8)
        ),
    )
    rows = [credit("P-1", amount=50), credit("", amount=5), credit("X.77", amount=8), credit("B", amount=7)]
    batch_id = workspace.opened(people_here.carl, *rows)
    for cells in (
        [(5, "Credit #", "B", "P-2")],
        [(5, "Credit #", "P-2", "N"), (5, "Credit Balance", "7", "6")],
        [(5, "Credit #", "N", "X/77"), (5, "Credit Balance", "6", "8")],
    ):
        services.set_cells(people_here.carl, batch_id, cells)
        opened = services.view(people_here.carl, batch_id)
        anew = facts.judged_by(opened.draft, opened.reference)
        assert {issue.row for issue in anew.all()} >= {2, 3, 4}
        assert [*anew.all()] == [*opened.judgement.all()]
