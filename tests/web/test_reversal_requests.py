"""A reversal that waits, on the screens: what each person is shown of it; a button does what it says."""

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from komet_import import services
from komet_import.access.users import CurrentUser
from komet_import.settings import settings
from komet_import.web.report import reversal_request
from komet_import.web.report.reversal_form import DONE
from komet_import.web.shared import auth
from tests.services import workspace
from tests.services.workspace import People, credit
from tests.web.tabs import token_of


@pytest.fixture
def people(sqlite_database: str, monkeypatch: pytest.MonkeyPatch) -> People:
    workspace.forget()
    people = workspace.fill()
    monkeypatch.setattr(auth, "_address", str)  # there is no browser
    return people


@pytest.fixture
def posted(people: People, monkeypatch: pytest.MonkeyPatch) -> str:
    batch_id = workspace.opened(people.rita, credit("A"), credit("B", amount=7))
    services.post(people.rita, batch_id)
    monkeypatch.setenv("KOMET_APPROVAL", "always")
    settings.cache_clear()
    return batch_id


def screen(user: CurrentUser, batch_id: str, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    """The parts of the Report page about reversals."""
    token = token_of(user.id)
    monkeypatch.setattr(auth, "session_token", lambda: token)

    def script(user, batch_id):  # its source is run elsewhere, where no name of this file is known
        from komet_import import services
        from komet_import.web.report import reversal_form, reversal_request

        report = services.report(user, batch_id)
        reversal_form.reversed_notices(user, report)
        reversal_request.requests(user, report)
        reversal_form.reverse(user, report)

    return AppTest.from_function(script, args=(user, batch_id), default_timeout=30).run()


def labels(page: AppTest) -> set[str]:
    assert not page.exception, page.exception
    return {button.label for button in page.button}


def click(page: AppTest, label: str) -> AppTest:
    next(button for button in page.button if button.label == label).click()
    return page.run()


def test_who_may_reverse_sends_who_else_may_approves_and_the_report_names_both(
    people: People, posted: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    carls = screen(people.carl, posted, monkeypatch)
    send = "Send the reversal of 2 credits for approval"
    assert labels(carls) == {send}
    carls.text_input[0].input("Wrong month")
    click(carls, send)
    assert "Withdraw request" in labels(carls)
    told = " ".join(part.value for part in (*carls.subheader, *carls.caption))
    assert "2 credits" in told and "127" in told and "Waits for Ada" in told.replace("\\", "")

    assert labels(screen(people.rita, posted, monkeypatch)) == set()
    adas = screen(people.ada, posted, monkeypatch)
    assert {"Approve and reverse 2 credits", "Return"} <= labels(adas)
    assert [metric.label for metric in adas.metric][2] == "This reversal"
    click(adas, "Return")
    assert adas.error[0].value and services.reversals_asked(people.ada, posted)
    click(adas, "Approve and reverse 2 credits")
    assert not adas.exception
    assert "by Ada (asked for by Carl)" in adas.info[0].value.replace("\\", "")
    assert services.report(people.rita, posted).batch.status == "reversed"


def test_the_home_page_lists_reversals_with_what_they_take_back(
    people: People, posted: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    services.ask_reversal(people.carl, posted, reason="Wrong", rows=[2])

    def script(user):
        import streamlit as st

        from komet_import import services
        from komet_import.web.home import approvals

        st.page_link = lambda *_, label, **__: st.text(label)  # there is no router here
        approvals.waiting(services.waiting_for(user), services.reversals_waiting_for(user))

    page = AppTest.from_function(script, args=(people.ada,)).run()
    assert not page.exception, page.exception
    assert page.subheader[0].value == "Waiting for approval (1)"
    said = page.caption[0].value.replace("\\", "")
    assert said.startswith("Reversal of 1 credit · −$120.00") and "Sent by Carl" in said
    page = AppTest.from_function(script, args=(people.carl,)).run()
    assert not page.exception and not page.subheader


def test_what_is_reversed_while_a_click_is_being_done_is_told_and_nothing_else_is_done(
    people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch_id = workspace.opened(people.rita, credit("A"), credit("B", amount=7))
    services.post(people.rita, batch_id)
    page = screen(people.carl, batch_id, monkeypatch)
    reverse = services.reverse

    def after_ada(*args: object, **options: object) -> object:
        reverse(people.ada, batch_id, reason="Wrong", rows=[2])
        return reverse(*args, **options)

    monkeypatch.setattr(services, "reverse", after_ada)
    page.text_input[0].input("Wrong month")
    click(page, "Reverse 2 credits")
    assert not page.exception
    assert ["were reversed meanwhile" in error.value for error in page.error] == [True]
    (done,) = services.reversals(people.carl, batch_id)
    assert (done.reversed_by, done.rows) == ("Ada", (2,))


def test_what_a_decision_did_is_kept_for_the_page_that_is_drawn_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    kept: list[object] = []
    monkeypatch.setattr(st, "rerun", lambda: kept.append(st.session_state.pop(DONE, None)))
    reversal_request._submit(lambda: "reversed but row 3")
    assert kept == ["reversed but row 3"]
