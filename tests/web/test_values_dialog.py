"""The table of values keeps what a person put into it, whatever becomes of the dialog or of the rows."""

import pytest
from streamlit.testing.v1 import AppTest


def script() -> None:
    """One run of the dialog: the card says `said`; what is typed in the run comes with it."""
    import streamlit as st

    from komet_import.review.issues import Issue
    from komet_import.review.problem_list import Problem, kinds
    from komet_import.web.review.dialogs.values_dialog import Typed
    from komet_import.web.review.offers import Card

    if st.session_state.get("closed"):
        return
    issue = Issue(row=2, column="Customer Code", code="unknown-customer", value="?")
    (kind,) = kinds(
        [Problem(column="Customer Code", code="unknown-customer", value="?", rows=[2], issue=issue)]
    )
    typed = Typed.of(Card(kind=kind, said=st.session_state.get("said", "one")))
    st.text_input("table", key=typed.table, value=typed.start.get("?", ""))
    typed.now["?"] = st.session_state[typed.table]


@pytest.fixture
def page() -> AppTest:
    return AppTest.from_function(script).run()


def test_what_is_typed_stays_where_a_colleague_changes_the_rows(page: AppTest) -> None:
    page.text_input[0].input("FL219").run()
    page.session_state["said"] = "another"
    assert page.run().text_input[0].value == "FL219"
    page.text_input[0].input("FL220").run()
    page.session_state["said"] = "one"
    assert page.run().text_input[0].value == "FL220"


def test_it_is_there_where_the_dialog_is_opened_again(page: AppTest) -> None:
    page.text_input[0].input("FL219").run()
    page.session_state["closed"] = True
    page.run()
    page.session_state["closed"] = False
    assert page.run().text_input[0].value == "FL219"
