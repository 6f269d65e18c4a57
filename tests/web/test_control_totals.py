"""The control totals on the screen: typed, kept, compared, and what cannot be read stays as it was typed."""

import pytest
from streamlit.testing.v1 import AppTest

from komet_import import services
from komet_import.access.users import CurrentUser
from komet_import.ledger.receipt import ControlTotals
from komet_import.types import CUSTOMERS
from komet_import.web.review import title_row
from komet_import.web.shared import auth
from tests.services import workspace
from tests.services.workspace import People, credit
from tests.web.tabs import token_of


@pytest.fixture
def people(sqlite_database: str, monkeypatch: pytest.MonkeyPatch) -> People:
    """They are signed in: who it is does not matter to a screen that is given its user."""
    workspace.forget()
    people = workspace.fill()
    token = token_of(people.rita.id)
    monkeypatch.setattr(auth, "session_token", lambda: token)
    monkeypatch.setattr(auth, "_address", str)  # there is no browser
    return people


def screen(user: CurrentUser, batch_id: str) -> AppTest:
    """A page that holds nothing else; what is to be said at the button is its last text."""

    def script(user, batch_id):  # its source is run elsewhere, where no name of this file is known
        import streamlit as st

        from komet_import import services
        from komet_import.web.review.totals import control_totals

        st.text(control_totals(user, services.view(user, batch_id)))

    return AppTest.from_function(script, args=(user, batch_id)).run()


def seen(page: AppTest) -> tuple[list[str], str, str]:
    """What the inputs hold, what stands beside them, what is said at the button."""
    assert not page.exception
    told = " ".join(part.value for part in page.markdown)
    inputs = [part.value for part in page.text_input if part.label != "Expected hash total"]
    return inputs, told, page.text[-1].value


def test_what_is_typed_is_kept_compared_and_shown_as_money_is(people: People) -> None:
    batch_id = workspace.opened(people.rita, credit("A", amount=8_000), credit("B", amount=-1))
    page = screen(people.rita, batch_id)
    assert seen(page) == (["", ""], "", "")
    assert title_row._state(services.view(people.rita, batch_id))[0] == "Control totals"
    page.text_input[0].input("2").run()
    assert "Matches" in seen(page)[1]
    page.text_input[1].input("8013").run()
    inputs, told, at_button = seen(page)
    assert inputs == ["2", "8,013.00"]
    assert "14\\.00 less" in told
    assert at_button == "$14.00 less than expected."
    page.text_input[2].input("9").run()
    assert seen(page)[2] == "$14.00 less and a hash total 429 higher than expected."
    services.override(people.rita, batch_id, reason="A late truck")
    assert seen(page.run())[2].endswith("than expected. Reason: A late truck")
    page.text_input[2].input("").run()
    services.set_cells(people.rita, batch_id, [(3, "Credit Balance", "-1", "13")])
    page.run()
    assert "Matches" in seen(page)[1] and seen(page)[2] == ""
    assert title_row._state(services.view(people.rita, batch_id))[0] == "Control totals match"


def test_what_cannot_be_read_stays_as_it_was_typed_with_the_reason(people: People) -> None:
    batch_id = workspace.opened(people.rita, credit("A"))
    page = screen(people.rita, batch_id)
    page.text_input[0].input("1").run()
    page.text_input[1].input("about *9*").run()
    inputs, told, _ = seen(page)
    assert inputs == ["1", "about *9*"]
    assert "is not an amount" in told and "about \\*9\\*" in told
    page.text_input[0].input("2").run()
    assert seen(page)[0] == ["2", "about *9*"]
    page.text_input[1].input("9").run()
    assert seen(page)[0] == ["2", "9.00"] and "is not an amount" not in seen(page)[1]


def test_the_database_is_the_truth_for_another_tab_and_after_clearing(people: People) -> None:
    batch_id = workspace.opened(people.rita, credit("A"))
    page, other = screen(people.rita, batch_id), screen(people.carl, batch_id)
    page.text_input[0].input("1,200").run()
    assert seen(other.run())[0] == ["1,200", ""]
    page.text_input[0].input("").run()
    assert seen(page) == (["", ""], "", "") == seen(other.run())


def test_another_sheet_does_not_inherit_what_was_typed(people: People) -> None:
    first = workspace.opened(people.rita, credit("A"))
    second = workspace.opened(people.rita, credit("B"))
    page = screen(people.rita, first)
    page.text_input[0].input("many").run()
    page.args = (people.rita, second)
    page.run()
    assert seen(page) == (["", ""], "", "")


def test_a_type_without_money_is_asked_for_rows_only(people: People) -> None:
    headers = ("Customer Code", "Customer Name")
    batch_id = workspace.opened(people.ada, ["N1", "New"], headers=headers, type=CUSTOMERS)
    page = screen(people.ada, batch_id)
    assert [part.label for part in page.text_input] == ["Expected rows"]
    page.text_input[0].input("3").run()
    assert seen(page)[2] == "2 rows fewer than expected."


@pytest.mark.parametrize(
    ("rows", "says"), [("1", "Matches your control total"), ("2", "1 row fewer"), ("", "")], ids=str
)
def test_the_report_says_what_was_expected(people: People, rows: str, says: str) -> None:
    def script(user, batch_id):  # its source is run elsewhere, where no name of this file is known
        from komet_import import services
        from komet_import.web.review.totals import expected_line

        expected_line(services.report(user, batch_id).receipt)

    batch_id = workspace.opened(people.rita, credit("A"))
    assert services.expect(people.rita, batch_id, rows=rows) == ControlTotals(rows=int(rows or 0) or None)
    if rows == "2":
        services.override(people.rita, batch_id, reason="One is missing")
    services.post(people.rita, batch_id)
    page = AppTest.from_function(script, args=(people.carl, batch_id)).run()
    told = [part.value for part in (*page.caption, *page.warning)]
    assert (told == []) if not says else says in told[0]
    assert ("One is missing" in "".join(told)) is (rows == "2")
