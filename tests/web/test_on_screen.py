"""A button that stands for rows and money is told from one that stood for others where it was clicked."""

import pytest
from streamlit.testing.v1 import AppTest


def reversing() -> None:
    """What others did is in the session's state here; the button says the same all along."""
    import streamlit as st

    from komet_import.web.shared.on_screen import stood

    with stood("reversal", (3, st.session_state.get("amount", 7))) as meant:
        clicked = meant(st.button("Reverse 3 credits"))
    if clicked:
        st.text("done")


@pytest.fixture
def page() -> AppTest:
    return AppTest.from_function(reversing).run()


def told(page: AppTest) -> list[str]:
    return [element.value for element in (*page.text, *page.toast)]


def test_a_click_on_what_stands_on_the_screen_is_done(page: AppTest) -> None:
    page.run()
    assert told(page.button[0].click().run()) == ["done"]


def test_a_click_on_what_others_changed_since_is_told_and_the_next_one_is_done(page: AppTest) -> None:
    page.session_state["amount"] = 9
    (said,) = told(page.button[0].click().run())
    assert "nothing was done" in said
    assert told(page.button[0].click().run()) == ["done"]


def test_a_click_on_a_drawing_that_is_not_the_last_one_is_told(page: AppTest) -> None:
    before = page.text_input[0].value
    page.session_state["amount"] = 9
    page.run()
    page.text_input[0].set_value(before)  # the browser does not show the last one yet
    (said,) = told(page.button[0].click().run())
    assert "nothing was done" in said


def test_a_click_on_an_older_drawing_that_stood_for_the_same_is_done(page: AppTest) -> None:
    before = page.text_input[0].value
    page.session_state["amount"] = 9
    page.run()
    page.session_state["amount"] = 7
    page.run()
    page.text_input[0].set_value(before)
    assert told(page.button[0].click().run()) == ["done"]
