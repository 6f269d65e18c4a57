"""A click on what the page has no more when it comes is said not to be done; one that is done is not."""

import ast

import pytest
from streamlit.testing.v1 import AppTest

from komet_import.settings import ROOT

NOTHING = "so nothing was done"


def changing() -> None:
    """What others did is in the session's state here."""
    import streamlit as st

    from komet_import.web.shared import vanished

    with vanished.told():
        if st.session_state.get("gone"):
            st.text("gone")
            if st.session_state["gone"] == "stopped":
                vanished.stop()
            return
        rows = st.session_state.get("rows", 4)
        if st.button(f"Reverse {rows} credits"):
            st.text("done")
        if st.button("Keyed", key="keyed", disabled=bool(st.session_state.get("closed"))):
            st.text("done")
        called = {"called": True}
        st.button("Called", key="called-back", on_click=st.session_state.update, args=(called,))
        with st.form("form"):
            if st.form_submit_button(f"Send {rows}"):
                st.text("done")
        if st.session_state.get("ends"):
            vanished.stop()


def test_no_page_and_no_part_of_one_is_stopped_so_that_nothing_can_be_told() -> None:
    """The sign-in form alone: who has no session any more is told so there."""
    stopping = [
        source.name
        for source in [*ROOT.glob("pages/*.py"), *ROOT.glob("komet_import/web/**/*.py")]
        if any(
            isinstance(node, ast.Call) and ast.unparse(node.func) == "st.stop"
            for node in ast.walk(ast.parse(source.read_text(encoding="utf-8")))
        )
    ]
    assert stopping == ["router.py"]


@pytest.fixture
def page() -> AppTest:
    return AppTest.from_function(changing).run()


def toasts(page: AppTest) -> list[str]:
    return [toast.value for toast in page.toast]


def done(page: AppTest) -> list[str]:
    return [text.value for text in page.text]


@pytest.mark.parametrize("place", range(4))
@pytest.mark.parametrize("ends", (False, True), ids=("at its end", "stopped"))
def test_a_click_that_is_done_is_not_told(page: AppTest, place: int, ends: bool) -> None:
    page.session_state["ends"] = ends
    page.button[place].click().run()
    assert toasts(page) == []
    assert done(page) == ["done"] or page.session_state["called"]


@pytest.mark.parametrize("place", (0, 3))
def test_a_click_on_a_button_with_other_words_by_now_is_told(page: AppTest, place: int) -> None:
    page.session_state["rows"] = 3
    page.button[place].click().run()
    (said,) = toasts(page)
    assert NOTHING in said and done(page) == []
    page.run()
    assert toasts(page) == [], "it is said once"


@pytest.mark.parametrize("how", ("at its end", "stopped"))
@pytest.mark.parametrize("place", (0, 1, 3))
def test_a_click_on_a_button_of_a_page_that_ends_sooner_by_now_is_told(
    page: AppTest, place: int, how: str
) -> None:
    page.session_state["gone"] = how
    page.button[place].click().run()
    (said,) = toasts(page)
    assert NOTHING in said and done(page) == ["gone"]


def test_what_a_callback_did_is_not_told_though_its_button_has_gone(page: AppTest) -> None:
    page.session_state["gone"] = "stopped"
    page.button[2].click().run()
    assert toasts(page) == [] and page.session_state["called"]


def test_a_click_on_a_button_that_was_closed_before_it_came_is_told(page: AppTest) -> None:
    clicked = page.button[1]
    page.session_state["closed"] = True
    page.run()
    clicked.click().run()
    (said,) = toasts(page)
    assert NOTHING in said and done(page) == []


def test_the_second_click_of_two_is_not_told_for_the_first_was_done(page: AppTest) -> None:
    clicked = page.button[0]
    clicked.click().run()
    page.session_state["gone"] = True
    clicked.click().run()
    assert toasts(page) == []
    page.session_state["click-done"] -= 5
    clicked.click().run()
    assert len(toasts(page)) == 1, "later it is a click of its own"


def test_nor_is_one_after_what_a_callback_did(page: AppTest) -> None:
    other = page.button[0]
    page.button[2].click().run()
    page.session_state["gone"] = True
    other.click().run()
    assert toasts(page) == []
