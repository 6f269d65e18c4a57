"""Dialogs and lists with a button: what stood on the screen is done, at once, and its own page opens.

Each is drawn by a script of its own; what a test wants drawn lies in `DRAWN`, where that script finds it.
"""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from komet_import import services
from komet_import.services.submission.promise import Seen
from komet_import.settings import settings
from komet_import.web import sign_in
from komet_import.web.home import approvals, drafts
from komet_import.web.review.dialogs import bulk_edit, confirm_dialog, deletion, values_dialog
from komet_import.web.review.look import Reviewing
from komet_import.web.review.reading_panel import reading
from komet_import.web.review.wish import ERRORS, FILL, REPLACE, Wish
from komet_import.web.shared import auth
from tests.services import workspace
from tests.services.workspace import People, credit

DRAWN: list[Callable[[], object]] = []


def _script() -> None:  # its source is run elsewhere, where no name of this file is known
    import sys

    next(m for name, m in sys.modules.items() if name.endswith("web.test_dialogs")).DRAWN[-1]()


def drawn(draw: Callable[[], object]) -> AppTest:
    DRAWN.append(draw)
    page = AppTest.from_function(_script, default_timeout=60).run()
    assert not page.exception, page.exception
    return page


@pytest.fixture
def people(sqlite_database: str, monkeypatch: pytest.MonkeyPatch) -> People:
    workspace.forget()
    people = workspace.fill()
    monkeypatch.setattr(auth, "current_user", lambda: people.rita)
    return people


@pytest.fixture
def batch_id(people: People) -> str:
    return workspace.opened(people.rita, credit("A"), credit("B", amount=-5))


@pytest.fixture
def looking(people: People, batch_id: str) -> Reviewing:
    return Reviewing(batch_id, people.rita.id)


def bulk(people: People, looking: Reviewing, wish: Wish) -> AppTest:
    """The dialog of bulk edits, as it is opened with this wish."""
    return drawn(lambda: bulk_edit._fix_many(people.rita, looking, wish))


def test_what_was_typed_for_one_bulk_edit_is_not_in_another(people: People, looking: Reviewing) -> None:
    page = bulk(people, looking, Wish(what=FILL, column="Comments"))
    page.text_input[0].input("late").run()
    again = [bulk(people, looking, Wish(what=FILL, column=name)) for name in ("Comments", "Credit #")]
    assert [page.text_input[0].value for page in again] == ["late", ""]


def test_a_bulk_edit_that_lacks_something_says_so_beside_its_button(
    people: People, looking: Reviewing
) -> None:
    page = bulk(people, looking, Wish(what=FILL, column="Comments"))
    assert [(button.label, button.disabled) for button in page.button] == [("Change rows", True)]
    assert page.caption[0].value.startswith("Fill in the fields:")
    page.text_input[0].input("late").run()
    assert [button.disabled for button in page.button] == [False] and "Comments" in page.button[0].label


def test_rows_that_need_attention_are_excluded_wherever_they_are(people: People, looking: Reviewing) -> None:
    asked = [len(bulk(people, looking, Wish(what=what)).get("button_group")) for what in (ERRORS, REPLACE)]
    assert asked == [0, 1]


def test_a_draft_that_changed_since_the_dialog_was_drawn_is_not_deleted(
    people: People, batch_id: str
) -> None:
    def draw() -> None:
        if not st.session_state.get("drawn"):
            drafts.kept_here()[drafts._TO_DELETE] = batch_id
            st.session_state["drawn"] = True
        if drafts.kept_here().get(drafts._TO_DELETE):
            drafts._asked(people.rita)

    page = drawn(draw)
    services.set_cells(people.carl, batch_id, [(3, "Credit Balance", "-5", "5")])
    page.button[1].click().run()
    assert ["nothing was done" in toast.value for toast in page.toast] == [True]
    assert [draft.batch.id for draft in services.unfinished(people.rita)].count(batch_id) == 1
    page.button[1].click().run()
    assert not page.toast
    assert [draft.batch.id for draft in services.unfinished(people.rita)].count(batch_id) == 0


def test_a_draft_that_was_imported_meanwhile_can_no_longer_be_asked_to_be_deleted(people: People) -> None:
    batch_id = workspace.opened(people.rita, credit("A"))

    def draw() -> None:
        drafts.kept_here()[drafts._TO_DELETE] = batch_id
        drafts._asked(people.rita)

    page = drawn(draw)
    assert [button.label for button in page.button] == ["Keep it", "Delete draft"]
    services.post(people.carl, batch_id)
    for draw_anew in (page.button[1].click, lambda: page):
        draw_anew().run()
        assert ["already imported" in error.value for error in page.error] == [True]
        assert not page.button and not page.markdown, "nothing is asked beside the answer"


def test_a_draft_is_deleted_by_the_page_right_after_the_click(
    people: People, looking: Reviewing, batch_id: str
) -> None:
    looking.ask_to_delete(True)
    page = drawn(lambda: deletion._ask(people.rita, looking) if looking.deleting else looking.run_next())
    page.button[1].click().run()
    assert not page.exception and not looking.deleting
    assert [draft.batch.id for draft in services.unfinished(people.rita)].count(batch_id) == 0


def test_a_draft_that_changes_between_the_click_and_its_work_is_not_deleted(
    people: People, looking: Reviewing, batch_id: str
) -> None:
    looking.ask_to_delete(True)
    page = drawn(lambda: deletion._ask(people.rita, looking) if looking.deleting else None)
    page.button[1].click().run()
    services.set_cells(people.carl, batch_id, [(3, "Credit Balance", "-5", "5")])
    looking.run_next()
    assert len(looking.notices) == 1
    assert [draft.batch.id for draft in services.unfinished(people.rita)].count(batch_id) == 1


def test_what_a_dialog_excludes_confirms_and_gives_a_reason_for_is_all_done(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    done: list[tuple[str, object]] = []
    for name in ("leave_out", "confirm", "override"):
        monkeypatch.setattr(
            confirm_dialog.services,
            name,
            lambda _user, _batch, *given, reason=None, name=name: done.append((name, *given, reason)),
        )
    user: Any = None
    plan: Any = SimpleNamespace(excluded=[3], confirmed=["seen"])
    confirm_dialog._settle(user, Reviewing("settled", 1), plan, "two sheets")
    assert done == [("leave_out", [3], None), ("confirm", ["seen"], None), ("override", "two sheets")]
    done.clear()
    confirm_dialog._settle(user, Reviewing("settled", 1), SimpleNamespace(excluded=[], confirmed=[]), "")
    assert done == []


def test_each_dialog_says_which_drawing_its_browser_shows(people: People, looking: Reviewing) -> None:
    """A click comes with what that field says, and is for what stood in the drawing with that number."""
    opened = services.view(people.rita, looking.batch_id)
    plan = confirm_dialog._planned(looking, opened, [])
    page = drawn(lambda: confirm_dialog._buttons(people.rita, looking, opened, plan))
    assert page.text_input(key="confirm-shown").value == "1" and looking.plans.last == plan
    seen: Any = SimpleNamespace(answers={}, open=[], draft=opened.draft)
    page = drawn(lambda: reading._bottom(people.rita, looking, opened, seen))
    assert page.text_input(key="reading-shown").value == "1"


def test_values_are_replaced_once_one_is_put_in(people: People) -> None:
    rows = [credit("A", customer="Zephyr"), credit("B", customer="Quark")]
    looking = Reviewing(workspace.opened(people.rita, *rows), people.rita.id)
    column, code = "Customer Code", "unknown-customer"
    looking.fix_values((column, code))

    def draw() -> None:
        values_dialog._fix_values(people.rita, looking, column, code)

    page = drawn(draw)
    assert page.button(key="values-apply").disabled and not page.caption[-1].value.startswith("1 ")
    page.session_state["values-typed"].now["Quark"] = "FL220"
    del page.session_state[page.session_state["values-typed"].table]
    page.run()
    assert not page.exception and not page.button(key="values-apply").disabled
    assert page.button(key="values-apply").label == "Replace 1 value in 1 row"


@pytest.mark.parametrize("ended", [False, True])
def test_where_a_session_has_ended_the_form_is_closed_until_its_tab_is_drawn_anew(
    people: People, monkeypatch: pytest.MonkeyPatch, ended: bool
) -> None:
    monkeypatch.setenv("KOMET_DEMO", "1")
    settings.cache_clear()
    monkeypatch.setattr(auth, "_address", str)
    monkeypatch.setattr(auth, "ended_here", lambda: False)
    context = SimpleNamespace(cookies={auth.BROWSER_COOKIE: "x" * 32}, headers={}, timezone="")
    monkeypatch.setattr(auth.st, "context", context)
    page = drawn(lambda: sign_in.sign_in("/", ended=ended))
    parts = [*page.text_input, *page.button]
    assert len(parts) > 4 and {part.disabled for part in parts} == {ended}


def test_what_waits_opens_where_it_is_decided(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(auth, "current_user", lambda: people.ada)
    monkeypatch.setattr(st, "page_link", lambda *_, **__: None)  # there is no router here
    gone: list[tuple[str, str]] = []
    monkeypatch.setattr(approvals, "go_to", lambda page, *, batch_id: gone.append((page, batch_id)))
    posted = workspace.opened(people.rita, credit("A"))
    services.post(people.rita, posted)
    monkeypatch.setenv("KOMET_APPROVAL", "always")
    settings.cache_clear()
    services.ask_reversal(people.carl, posted, reason="Wrong")
    waiting = workspace.opened(people.rita, credit("B"))
    opened = services.view(people.rita, waiting)
    services.send(people.rita, waiting, promised=opened.figures.ready, seen=Seen.of(opened))
    page = drawn(
        lambda: approvals.waiting(
            services.waiting_for(people.ada), services.reversals_waiting_for(people.ada)
        )
    )
    for button in range(2):
        page.button[button].click().run()
    assert gone == [("review", waiting), ("report", posted)]
