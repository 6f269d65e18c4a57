"""The page of what is remembered, and the lines above the grid: who confirmed what, and the way out."""

from html import escape

import pytest
from streamlit.testing.v1 import AppTest

from komet_import import services
from komet_import.access.users import CurrentUser
from komet_import.settings import ROOT
from komet_import.web.shared import auth
from tests.services import workspace
from tests.services.test_remembered_values import THEIRS, WHOSE, posted
from tests.services.workspace import People, credit, texts
from tests.web.tabs import token_of


@pytest.fixture
def people(sqlite_database: str, monkeypatch: pytest.MonkeyPatch) -> People:
    workspace.forget()
    people = workspace.fill()
    monkeypatch.setattr(auth, "_address", str)  # there is no browser
    return people


def signed_in(user: CurrentUser, monkeypatch: pytest.MonkeyPatch) -> None:
    token = token_of(user.id)
    monkeypatch.setattr(auth, "session_token", lambda: token)


@pytest.mark.usefixtures("three_types")
def test_an_admin_sees_what_values_and_layouts_are_taken_as(
    people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    posted(people.rita, credit("A", customer=THEIRS))
    layout = workspace.opened(people.rita, credit("B"), headers=["Wer", *workspace.HEADERS[1:]])
    services.answer_all(people.rita, layout, {("column", "A"): WHOSE}, remember=True)
    signed_in(people.ada, monkeypatch)
    page = AppTest.from_file(str(ROOT / "pages" / "remembered.py")).run()
    assert not page.exception
    values, layouts = (frame.value for frame in page.dataframe)
    assert values.iloc[0][["Column", "In sheets", "Your code", "Chosen by"]].tolist() == [
        WHOSE, THEIRS, "FL219", "Rita",
    ]  # fmt: skip
    assert layouts.iloc[0]["Taken as"] == f"Wer → {WHOSE}"
    assert [button.disabled for button in page.button] == [True, True], "nothing is chosen yet"


def test_a_layout_that_is_chosen_is_told_in_full(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    headings = ["Wer ist <der> Kunde", *workspace.HEADERS[1:]]
    layout = workspace.opened(people.rita, credit("B"), headers=headings)
    services.answer_all(people.rita, layout, {("column", "A"): WHOSE}, remember=True)
    signed_in(people.ada, monkeypatch)
    page = AppTest.from_file(str(ROOT / "pages" / "remembered.py")).run()
    assert not page.get("html")
    page.session_state["layouts-0"] = {"selection": {"rows": [0], "columns": [], "cells": []}}
    page.run()
    (told,) = (one.value for one in page.get("html"))
    assert f"<dd>{escape(', '.join(headings))}</dd>" in told
    assert f"<dd>Wer ist &lt;der&gt; Kunde → {WHOSE}</dd>" in told


def test_a_line_above_the_grid_says_whose_choice_stands(
    people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    posted(people.rita, credit("A", customer=THEIRS))
    again = workspace.opened(people.carl, credit("B", customer=THEIRS))
    signed_in(people.carl, monkeypatch)

    def script(user, batch_id):  # its source is run elsewhere, where no name of this file is known
        import streamlit as st

        from komet_import import services
        from komet_import.web.review.cards.as_before import as_before
        from komet_import.web.review.look import Reviewing

        looking = st.session_state.setdefault("looking", Reviewing(batch_id, user.id))
        looking.offers.begin()
        while looking.waiting:
            looking.run_next()
        as_before(user, looking, services.view(user, batch_id))
        looking.offers.end()

    page = AppTest.from_function(script, args=(people.carl, again)).run()
    assert not page.exception
    assert page.caption[0].value.endswith(", by Rita:")
    assert [button.label.replace("\\", "") for button in page.button] == ["Flores Miami → FL219"]
    page.button[0].click().run()
    assert texts(people.carl, again, WHOSE) == {2: THEIRS}
    assert not page.caption and not page.button, "what was taken back is not said any more"
