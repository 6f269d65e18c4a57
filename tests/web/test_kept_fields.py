"""What was typed into a dialog's fields is there when it is opened again, until what it asks for is done."""

import pytest
from streamlit.testing.v1 import AppTest

from komet_import.web.shared import auth


def script() -> None:
    """One run of a dialog that may be closed; each opening has fields of its own."""
    from functools import partial

    import streamlit as st

    from komet_import.web.review.kept_fields import forget, keep, kept_place, text_field
    from komet_import.web.review.wish import FILL, REPLACE, Wish
    from komet_import.web.shared import guarded

    state = st.session_state
    typed = state.setdefault("typed", {})
    if state.get("done"):
        forget(typed, *typed)
    if state.get("closed"):
        return
    opening = state.get("opening", 1)
    wish = Wish(what=FILL if state.get("other") else REPLACE, value="n/a", opening=opening)
    text_field(typed, "Find", name=wish.field("value"), key=f"value-{opening}", start=wish.value)
    name, offered = wish.field("what"), ["A", "B"]
    st.selectbox(
        "What",
        offered,
        index=kept_place(typed, offered, name=name),
        key=f"what-{opening}",
        on_change=guarded.callback(partial(keep, typed, name, f"what-{opening}")),
    )


@pytest.fixture
def page(monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.setattr(auth, "current_user", lambda: "somebody")
    return AppTest.from_function(script).run()


def again(page: AppTest, **state: object) -> tuple[str | None, str | None]:
    """Close the dialog, open it again, and say what stands in its fields."""
    page.session_state["closed"] = True
    page.run()
    for name, value in {"closed": False, "opening": 2, **state}.items():
        page.session_state[name] = value
    page.run()
    return page.text_input[0].value, page.selectbox[0].value


def test_the_fields_begin_with_what_is_to_be_fixed(page: AppTest) -> None:
    assert (page.text_input[0].value, page.selectbox[0].value) == ("n/a", "A")


def test_what_was_typed_and_chosen_is_there_when_it_is_opened_again(page: AppTest) -> None:
    page.text_input[0].input("late").run()
    page.selectbox[0].select("B").run()
    assert again(page) == ("late", "B")


def test_what_was_emptied_stays_empty(page: AppTest) -> None:
    page.text_input[0].input("").run()
    assert again(page) == ("", "A")


def test_another_wish_has_nothing_of_it_and_what_was_done_is_forgotten(page: AppTest) -> None:
    page.text_input[0].input("late").run()
    assert again(page, other=True) == ("n/a", "A")
    assert again(page, other=False, opening=3, done=True) == ("n/a", "A")
