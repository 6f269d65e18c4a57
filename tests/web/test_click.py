"""A click on Import: it is done once, for what the button said, however late its page is drawn."""

import time
from collections.abc import Iterator
from datetime import date

import pytest
import streamlit as st

from komet_import import services
from komet_import.ledger.models import Adjustment
from komet_import.ledger.posting import PostingRefusal
from komet_import.ledger.states import Move
from komet_import.services import Opened
from komet_import.settings import settings
from komet_import.web.review.dialogs import confirm_dialog
from komet_import.web.review.look import Reviewing, news
from komet_import.web.shared.on_screen import KEPT, OnScreen
from tests.services import workspace
from tests.services.workspace import People, credit, refused


def test_a_click_is_done_however_late_its_page_is_drawn(people: People, looking: Reviewing) -> None:
    looking.click.promise(services.view(people.rita, looking.batch_id), decides=False)
    looking.click.begin(people.rita)
    deadline = time.monotonic() + 20
    while not (looking.click.posting and looking.click.posting.done()) and time.monotonic() < deadline:
        time.sleep(0.01)
    assert workspace.count(Adjustment) == 2  # and nothing of the page has run since
    receipt = looking.click.settle()
    assert receipt is not None and receipt.posted.rows == 2
    assert looking.click.settle() is None


def test_a_click_for_what_was_said_before_another_changed_it_is_answered(
    people: People, looking: Reviewing
) -> None:
    looking.click.promise(services.view(people.rita, looking.batch_id), decides=False)
    services.set_cells(people.carl, looking.batch_id, [(2, "Customer Code", "FL219", "FL220")])
    looking.click.begin(people.rita)
    assert looking.click.settle() is None and looking.click.answer is not None
    assert [d.words for d in looking.click.answer.differences] == [
        "Customer Code in row 2: “FL219” → “FL220”"
    ]
    assert workspace.count(Adjustment) == 0
    looking.click.promise(services.view(people.rita, looking.batch_id), decides=False)
    looking.click.begin(people.rita)
    assert looking.click.settle() is not None and looking.click.answer is None


def test_a_click_on_what_a_colleague_has_imported_says_where_that_is(
    people: People, looking: Reviewing
) -> None:
    looking.click.promise(services.view(people.rita, looking.batch_id), decides=False)
    services.post(people.carl, looking.batch_id)
    looking.click.begin(people.rita)
    refusal = refused("already-imported", looking.click.settle)
    assert isinstance(refusal, PostingRefusal) and refusal.batch_id == looking.batch_id
    assert looking.click.answer is None


@pytest.mark.twin
def test_a_click_sends_for_approval_what_the_button_said_or_nothing(
    people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KOMET_APPROVAL", "always")
    settings.cache_clear()
    batch_id = workspace.opened(people.rita, credit("A"), credit("B", customer="FL220"))
    looking = Reviewing(batch_id, people.rita.id)
    looking.click.promise(services.view(people.rita, batch_id), decides=False)
    workspace.change_customer("FL220", active=False)
    looking.click.begin(people.rita)
    assert looking.click.move is Move.SEND, "what is being done, whatever is drawn meanwhile"
    assert looking.click.settle() is None and looking.click.answer is not None
    assert "changed since you looked" in looking.click.answer.message
    assert services.waiting_for(people.carl) == []


def test_two_clicks_post_once(people: People, looking: Reviewing) -> None:
    looking.click.promise(services.view(people.rita, looking.batch_id), decides=False)
    for _ in range(5):
        looking.click.begin(people.rita)
    assert looking.click.settle() is not None
    assert workspace.count(Adjustment) == 2


CHANGED = "Customer Code in row 2: “FL219” → “FL220”"


@pytest.fixture
def screen() -> Iterator[None]:
    """What a browser says of its fields goes with the test."""
    yield
    for key in ("import-shown", "confirm-shown"):
        st.session_state.pop(key, None)


def drawn(people: People, looking: Reviewing) -> Opened:
    """The page is drawn here, as the draft is now; its browser does not show that yet."""
    opened = services.view(people.rita, looking.batch_id)
    looking.click.promise(opened, decides=False)
    return opened


def shown(drawing: int | str) -> None:
    """The browser shows this drawing of the page."""
    st.session_state["import-shown"] = str(drawing)


def rows_shown(people: People, looking: Reviewing, opened: Opened) -> None:
    """The grid shows the rows of then, and asks whether there are others."""
    news(people.rita, looking.identity, looking.version(opened))


def changed_by_carl(people: People, looking: Reviewing) -> None:
    services.set_cells(people.carl, looking.batch_id, [(2, "Customer Code", "FL219", "FL220")])


def told(looking: Reviewing) -> list[str]:
    """What the last click is answered with instead of being done."""
    assert looking.click.settle() is None and looking.click.answer is not None
    return [difference.words for difference in looking.click.answer.differences]


def test_a_click_promises_the_drawing_that_stood_on_the_screen_not_the_last_one(
    people: People, looking: Reviewing, screen: None
) -> None:
    before = drawn(people, looking)
    shown(1)
    changed_by_carl(people, looking)
    after = drawn(people, looking)  # on its way to the browser
    rows_shown(people, looking, after)
    looking.click.begin(people.rita)
    assert told(looking) == [CHANGED] and workspace.count(Adjustment) == 0
    assert before.figures.ready == after.figures.ready, "or else the numbers would have told"


def test_a_click_promises_no_rows_that_the_grid_did_not_show(
    people: People, looking: Reviewing, screen: None
) -> None:
    before = drawn(people, looking)
    rows_shown(people, looking, before)
    changed_by_carl(people, looking)
    drawn(people, looking)
    shown(2)  # the figures have come, the rows have not
    looking.click.begin(people.rita)
    assert told(looking) == [CHANGED] and workspace.count(Adjustment) == 0
    looking.click.begin(people.rita)
    assert told(looking) == [CHANGED], "a click that came before the answer was to be seen"
    drawn(people, looking)
    shown(3)
    looking.click.begin(people.rita)
    assert looking.click.settle() is not None, "what is said beside the button was seen"


def test_what_the_grid_shows_was_seen_whether_it_was_drawn_around_it_before_or_after(
    people: People, looking: Reviewing, screen: None
) -> None:
    drawn(people, looking)
    changed_by_carl(people, looking)
    rows_shown(people, looking, services.view(people.rita, looking.batch_id))
    drawn(people, looking)
    shown(2)
    looking.click.begin(people.rita)
    assert looking.click.settle() is not None and workspace.count(Adjustment) == 2


def test_what_one_did_oneself_was_seen_wherever_the_drawings_are(
    people: People, looking: Reviewing, screen: None
) -> None:
    rows_shown(people, looking, drawn(people, looking))
    for comment in range(3):
        services.set_cells(
            people.rita, looking.batch_id, [(2, "Comments", str(comment or ""), f"{comment + 1}")]
        )
        drawn(people, looking)
    shown(2)
    looking.click.begin(people.rita)
    assert looking.click.settle() is not None and workspace.count(Adjustment) == 2


@pytest.mark.parametrize("version", ["", "x-1", "9" * 30, "-1", "²-1"])
def test_a_grid_that_says_nonsense_of_its_rows_is_answered(
    people: People, looking: Reviewing, version: str
) -> None:
    opened = drawn(people, looking)
    assert news(people.rita, looking.identity, version)
    assert looking.click.rows_seen is not None
    assert looking.click.rows_seen.revision == opened.batch.revision


def planned(people: People, looking: Reviewing, chosen: str | None) -> None:
    """The dialog is drawn in which that was chosen for each kind of warning."""
    opened = drawn(people, looking)
    choices = [
        confirm_dialog._Choice(code=code, seen=seen, chosen=chosen)
        for code, seen in confirm_dialog._by_code(opened).items()
    ]
    assert choices
    looking.plans.keep(confirm_dialog._planned(looking, opened, choices))


def test_who_chooses_and_clicks_at_once_is_not_asked_to_choose(people: People, screen: None) -> None:
    looking = Reviewing(
        workspace.opened(people.rita, credit("A"), credit("B", day=date(2019, 1, 1))), people.rita.id
    )
    planned(people, looking, None)
    st.session_state["confirm-shown"] = "1"
    planned(people, looking, confirm_dialog.IMPORT)  # not in the browser yet
    confirm_dialog._chosen(people.rita, looking)
    looking.run_next()
    assert looking.click.settle() is not None and workspace.count(Adjustment) == 2


def test_a_click_in_the_dialog_does_what_stood_in_it_on_the_screen(people: People, screen: None) -> None:
    looking = Reviewing(
        workspace.opened(people.rita, credit("A"), credit("B", day=date(2019, 1, 1))), people.rita.id
    )

    planned(people, looking, confirm_dialog.EXCLUDE)
    st.session_state["confirm-shown"] = "1"
    changed_by_carl(people, looking)
    planned(people, looking, confirm_dialog.IMPORT)  # chosen in the moment before the click
    confirm_dialog._chosen(people.rita, looking)
    looking.run_next()
    assert told(looking) == [CHANGED] and workspace.count(Adjustment) == 0
    opened = services.view(people.rita, looking.batch_id)
    assert opened.figures.left_out.rows == 1, "what stood in the dialog is done"


def test_where_the_dialog_leaves_no_row_it_excludes_them_and_nothing_is_imported(
    people: People, screen: None
) -> None:
    batch_id = workspace.opened(people.rita, credit("B", day=date(2019, 1, 1)))
    looking = Reviewing(batch_id, people.rita.id)
    looking.click.ask_to_confirm(people.rita)
    planned(people, looking, confirm_dialog.EXCLUDE)
    confirm_dialog._chosen(people.rita, looking)
    looking.run_next()
    assert looking.click.posting is None and looking.click.answer is None and not looking.click.confirming
    assert services.view(people.rita, batch_id).figures.left_out.rows == 1


def test_of_many_drawings_the_last_are_kept_and_an_unknown_one_is_the_oldest(screen: None) -> None:
    button = OnScreen[str]("import-shown")
    assert button.on_screen() is None and button.last is None
    for number in range(KEPT + 5):
        button.keep(f"what {number}")
        button.keep(f"what {number}")
    assert len(button.kept()) == KEPT and button.on_screen() == button.last == f"what {KEPT + 4}"
    for number, what in (
        (str(KEPT + 5), f"what {KEPT + 4}"),
        ("6", "what 5"),
        ("5", "what 5"),
        ("x", "what 5"),
    ):
        shown(number)
        assert button.on_screen() == what
