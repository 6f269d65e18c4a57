"""The grid's way to its draft: who is answered, with what, and what is refused how. By real requests."""

from collections.abc import Iterator

import pytest

from komet_import import importing
from komet_import.review.window import Look, Show
from komet_import.web import rows_route
from komet_import.web.reviewing import Reviewing
from tests.importing import workspace
from tests.importing.workspace import People, credit
from tests.web.grids import JSON, Grid, refusal, served, setting, token_of


@pytest.fixture
def people(sqlite_database: str) -> People:
    workspace.forget()
    return workspace.fill()


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """The server's own routes on a free port of 127.0.0.1."""
    with served() as url:
        yield url


@pytest.fixture
def looking(people: People) -> Reviewing:
    """Rita's look at three rows, of which the second is bad."""
    rows = [credit("CR-1"), credit("CR-2", amount="-5"), credit("CR-3")]
    return Reviewing(workspace.opened(people.rita, *rows), people.rita.id)


@pytest.fixture
def grid(address: str, people: People, looking: Reviewing) -> Grid:
    return Grid(address, token_of(people.rita), looking.identity)


def test_an_edit_is_answered_with_the_rows_judged_again(grid: Grid) -> None:
    status, before = grid.ask()
    assert (status, before["problems"]) == (200, 1)
    status, after = grid.ask(setting(3, "Credit Balance", "-5", "5.25"))
    assert (status, after["problems"], after["acknowledged"]["c"]) == (200, 0, 1)
    assert [row["values"][3] for row in after["rows"]] == ["120", "5.25", "120"]
    assert after["version"] != before["version"]


def test_a_message_that_comes_twice_is_done_once(grid: Grid, people: People, looking: Reviewing) -> None:
    grid.ask(setting(3, "Credit Balance", "-5", "5.25"))
    grid.seq = 0
    _, answer = grid.ask(setting(3, "Credit Balance", "-5", "5.25"))
    assert answer["notices"] == []
    assert len(importing.view(people.rita, looking.batch_id).steps) == 1


def test_what_was_heard_is_not_said_again(grid: Grid, looking: Reviewing) -> None:
    looking.tell("one")
    looking.go_to(3, "Credit Balance")
    _, answer = grid.ask()
    assert [notice["text"] for notice in answer["notices"]] == ["one"]
    assert answer["goto"]["row"] == 3
    looking.tell("two")
    _, answer = grid.ask(heard=2)
    assert [notice["text"] for notice in answer["notices"]] == ["two"]
    assert answer["goto"] is None


def test_turning_pages_and_looking_up_leave_the_page_around_as_it_is(grid: Grid) -> None:
    _, before = grid.ask()
    _, after = grid.ask(
        {"kind": "lookup", "column": "Customer Code", "query": "rosas"}, {"kind": "page", "page": 1}
    )
    assert after["lookup"]["options"][0]["value"] == "FL219"
    assert after["version"] == before["version"]
    _, filtered = grid.ask({"kind": "filter", "filter": "attention"})
    assert filtered["version"] != before["version"]
    assert [row["row"] for row in filtered["rows"]] == [3]


def test_a_choice_made_on_the_page_is_in_the_next_answer(grid: Grid, looking: Reviewing) -> None:
    grid.ask()
    looking.choose(Look(show=Show.READY))
    _, answer = grid.ask()
    assert [row["row"] for row in answer["rows"]] == [2, 4]


def test_whoever_is_signed_out_gets_nothing(grid: Grid) -> None:
    grid.token = "of nobody"
    assert refusal(grid.ask()) == (401, "signed-out")


def test_another_persons_look_does_not_exist(grid: Grid, people: People) -> None:
    grid.token = token_of(people.carl)
    assert refusal(grid.ask(setting(3, "Credit Balance", "-5", "5"))) == (404, "gone")


def test_a_look_is_gone_with_its_browser_session(address: str, people: People) -> None:
    gone = Reviewing(workspace.opened(people.rita, credit()), people.rita.id).identity
    assert refusal(Grid(address, token_of(people.rita), gone).ask()) == (404, "gone")


def test_a_draft_that_was_imported_answers_that_it_is_none(
    grid: Grid, people: People, looking: Reviewing
) -> None:
    importing.post(people.carl, looking.batch_id)
    assert refusal(grid.ask(setting(3, "Credit Balance", "-5", "5"))) == (410, "already-imported")


def test_a_right_that_was_taken_away_counts_at_once(address: str, people: People, looking: Reviewing) -> None:
    looking.user_id = people.lou.id
    assert refusal(Grid(address, token_of(people.lou), looking.identity).ask()) == (410, "not-found")


@pytest.mark.parametrize(
    ("status", "body", "headers"),
    [
        (400, b"{", JSON),
        (400, b"[]", JSON),
        (403, b"{}", {"Content-Type": "text/plain"}),
        (403, b"{}", {**JSON, "Sec-Fetch-Site": "cross-site"}),
        (400, b"", JSON),
    ],
)
def test_what_no_grid_sends_is_refused(grid: Grid, status: int, body: bytes, headers: dict[str, str]) -> None:
    assert grid.post(body, headers)[0] == status


def test_more_than_fits_is_refused_before_it_is_read(grid: Grid, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rows_route, "MOST_BYTES", 1000)
    assert refusal(grid.ask(setting(3, "Comments", "", "x" * 1000))) == (413, "too-much")
