"""A click on a card does what the card said where it was clicked, or is told not to be done."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
import streamlit as st

from komet_import import services
from komet_import.review.problem_list import problems
from komet_import.services import OVERTAKEN
from komet_import.web.review.cards import as_before, question_card, worklist
from komet_import.web.review.look import Reviewing
from tests.services import workspace
from tests.services.workspace import People, credit

DAY = workspace.DAY


@pytest.fixture
def people(sqlite_database: str) -> Iterator[People]:
    workspace.forget()
    yield workspace.fill()
    st.session_state.pop("cards-shown", None)


class Page:
    """Rita's page of a draft: its cards are drawn here, her browser shows the drawing that it is `shown`.

    Streamlit calls what was drawn last, whatever the browser shows.
    """

    def __init__(self, people: People, batch_id: str, monkeypatch: pytest.MonkeyPatch) -> None:
        self.user, self.looking = people.rita, Reviewing(batch_id, people.rita.id)
        self._buttons: dict[str, Callable[[], None]] = {}
        self.drawing = 0
        for module in (worklist.st, question_card.st, as_before.st):
            monkeypatch.setattr(module, "button", self._button)
        monkeypatch.setattr(st, "expander", lambda *_args, **_options: _Open())

    def _button(self, _label: str, *, key: str, on_click: Callable[[], None], **_options: Any) -> bool:
        self._buttons[key] = on_click
        return False

    def draw(self) -> list[str]:
        """Draw it, as the draft is now; the keys of its buttons."""
        self._buttons.clear()
        opened = services.view(self.user, self.looking.batch_id)
        found = problems(opened.judgement)
        self.looking.offers.begin()
        as_before.as_before(self.user, self.looking, opened)
        asked = self.looking.questions(opened, found)
        worklist.worklist(self.user, self.looking, opened, found, asked)
        self.looking.offers.end()
        self.drawing = int(st.session_state["cards-shown"])
        return list(self._buttons)

    def click(self, key: str, *, shown: int) -> list[str]:
        """Click on a button while the browser shows this drawing; what is told."""
        st.session_state["cards-shown"] = str(shown)
        self._buttons[key]()
        while self.looking.waiting:
            self.looking.run_next()
        return self.looking.taken_notices()


class _Open:
    open = True

    def __enter__(self) -> "_Open":
        return self

    def __exit__(self, *_: object) -> None:
        """Nothing is to be closed."""


@dataclass(frozen=True)
class Case:
    """Rows of a draft, the button of a card, and what a colleague does to its rows, and to others."""

    rows: tuple[tuple[object, ...], ...]
    key: str
    theirs: tuple[int, str, str, str]
    others: tuple[int, str, str, str] = (5, "Comments", "", "late")


SUGGESTED = (
    credit("A", customer="FL21"),
    credit("B", customer="FL21"),
    credit("C", customer="FL21"),
    credit("D"),
)
OLD = (
    *(credit(name, amount=amount, day=date(2019, 1, 1)) for name, amount in (("A", 7), ("B", 8), ("C", 9))),
    credit("D"),
)
NEGATIVE = (credit("A", amount=-1), credit("B", amount=-2), credit("C", amount=-3), credit("D"))
TWICE = (credit("A"), credit("A", amount=2), credit("A", amount=3), credit("D"))
AMBIGUOUS = (
    credit("A", day="03/04/2026"),
    credit("B", day="05/06/2026"),
    credit("C", day="07/08/2026"),
    credit("D"),
)
CASES = {
    "use for all": Case(
        SUGGESTED, "fix-values-unknown-customer-Customer Code", (3, "Customer Code", "FL21", "FL220")
    ),
    "exclude an error": Case(
        SUGGESTED, "leave-unknown-customer-Customer Code", (3, "Customer Code", "FL21", "FL220")
    ),
    "all suggestions": Case(NEGATIVE, "every-not-positive-Credit Balance", (3, "Credit Balance", "-2", "-4")),
    "exclude duplicates": Case(TWICE, "leave-duplicate-in-sheet-Credit #", (3, "Credit #", "A", "E")),
    "confirm all, another sum": Case(
        OLD, "confirm-unusual-date-Credit Date", (3, "Credit Balance", "8", "8000")
    ),
    "exclude all, another sum": Case(
        OLD, "leave-unusual-date-Credit Date", (3, "Credit Balance", "8", "8000")
    ),
    "exclude all, another number": Case(
        OLD, "leave-unusual-date-Credit Date", (3, "Credit Date", "2019-01-01", str(DAY))
    ),
    "confirm one": Case(
        OLD, "confirm-unusual-date-Credit Date-3", (3, "Credit Date", "2019-01-01", "2019-01-02")
    ),
    "exclude one": Case(
        OLD, "leave-unusual-date-Credit Date-3", (3, "Credit Date", "2019-01-01", "2019-01-02")
    ),
    "answer": Case(
        AMBIGUOUS, "answer-order:Credit Date:slash-slash=dmy", (3, "Credit Date", "05/06/2026", "25/06/2026")
    ),
}


def steps(people: People, page: Page) -> int:
    return len(services.view(people.rita, page.looking.batch_id).steps)


@pytest.fixture(params=CASES.values(), ids=CASES.keys())
def case(request: pytest.FixtureRequest) -> Case:
    found: Case = request.param
    return found


@pytest.fixture
def page(case: Case, people: People, monkeypatch: pytest.MonkeyPatch) -> Page:
    made = Page(people, workspace.opened(people.rita, *case.rows), monkeypatch)
    keys = made.draw()
    assert case.key in keys, keys
    return made


def test_a_click_does_what_the_card_says_and_the_grid_tells_of_it(
    case: Case, people: People, page: Page
) -> None:
    told = page.click(case.key, shown=page.drawing)
    assert OVERTAKEN not in told and steps(people, page) == 1
    if case.key.startswith(("leave", "confirm")):
        (step,) = services.view(people.rita, page.looking.batch_id).steps
        assert told == [f"{step.words}."]


def test_a_click_on_a_card_that_a_colleague_changed_since_is_told_and_not_done(
    case: Case, people: People, page: Page
) -> None:
    """The grid of the page has not heard of it yet."""
    services.set_cells(people.carl, page.looking.batch_id, [case.theirs])
    assert page.click(case.key, shown=page.drawing) == [OVERTAKEN] and steps(people, page) == 1


def test_a_click_on_a_card_that_was_drawn_anew_but_not_shown_yet_is_told_and_not_done(
    case: Case, people: People, page: Page
) -> None:
    before = page.drawing
    services.set_cells(people.carl, page.looking.batch_id, [case.theirs])
    if case.key in page.draw():
        assert page.click(case.key, shown=before) == [OVERTAKEN] and steps(people, page) == 1
        assert OVERTAKEN not in page.click(case.key, shown=page.drawing) and steps(people, page) == 2


def test_what_a_colleague_does_to_other_rows_keeps_nobody_from_a_click(
    case: Case, people: People, page: Page
) -> None:
    before = page.drawing
    services.set_cells(people.carl, page.looking.batch_id, [case.others])
    page.draw()
    assert OVERTAKEN not in page.click(case.key, shown=before) and steps(people, page) == 2


def test_the_second_click_of_two_is_not_told_for_the_first_was_done(
    case: Case, people: People, page: Page
) -> None:
    st.session_state["cards-shown"] = str(page.drawing)
    page._buttons[case.key]()
    assert OVERTAKEN not in page.click(case.key, shown=page.drawing) and steps(people, page) == 1
