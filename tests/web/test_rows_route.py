"""The way of a grid to its draft: who gets which rows, and what is refused how. By real requests."""

import http.client
from datetime import UTC, timedelta
from urllib.parse import urlencode, urlsplit
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select, update
from sqlmodel import col

from komet_import import services
from komet_import.access.users import CurrentUser
from komet_import.ledger import database
from komet_import.ledger.models import UserSession, now
from komet_import.review.window import Look, Show
from komet_import.types.codes import code_key
from komet_import.web.review.look import NEWS, ROWS, Reviewing
from komet_import.web.server import rows_route
from komet_import.web.shared.auth import SESSION_COOKIE
from tests.services import workspace
from tests.services.workspace import People, credit
from tests.web.grids import JSON, Grid, refusal, setting, token_of


def test_an_edit_is_answered_with_the_rows_judged_again(grid: Grid) -> None:
    status, before = grid.ask()
    assert (status, before["problems"]) == (200, 1)
    status, after = grid.ask(setting(3, "Credit Balance", "-5", "5.25"))
    assert (status, after["problems"], after["acknowledged"]["c"]) == (200, 0, 1)
    assert [row["values"][3] for row in after["rows"]] == ["120", "5.25", "120"]
    assert after["version"] != before["version"]
    assert [row["was"] for row in after["rows"]] == [{}, {"3": "-5"}, {}], (
        "the file's own, where it was changed"
    )


def test_what_a_row_says_of_another_day_is_told_in_the_readers_zone(address: str, people: People) -> None:
    first = services.post(people.rita, workspace.opened(people.rita, credit("CR-1"))).posted_at
    looking = Reviewing(workspace.opened(people.rita, credit("CR-1"), credit("CR-2")), people.rita.id)
    grid = Grid(address, token_of(people.rita), looking.identity)

    def told() -> str:
        _, answer = grid.ask()
        (issue,) = answer["rows"][0]["issues"]["Credit #"]
        return str(issue["message"])

    assert f"imported on {first.astimezone(UTC):%Y-%m-%d} UTC" in told()
    for zone in (ZoneInfo("Pacific/Kiritimati"), ZoneInfo("Etc/GMT+12")):  # one of them has another day
        looking.zone = zone
        assert f"imported on {first.astimezone(zone):%Y-%m-%d};" in told()


def test_a_total_row_is_shown_and_counted_apart(address: str, people: People) -> None:
    rows = [credit("CR-1"), credit("CR-2"), ("Total", None, None, 240, None, None)]
    looking = Reviewing(workspace.opened(people.rita, *rows), people.rita.id)
    _, answer = Grid(address, token_of(people.rita), looking.identity).ask()
    assert [row["state"] for row in answer["rows"]] == ["ready", "ready", "set-aside"]
    assert (answer["total"], answer["set_aside"]) == (3, 1)


def test_of_rows_to_be_confirmed_those_alone_are_duplicates_that_look_alike(
    address: str, people: People
) -> None:
    rows = [credit("CR-1"), credit("", amount=7), credit("", amount=7), credit("CR-2", day="2019-01-02")]
    looking = Reviewing(workspace.opened(people.rita, *rows), people.rita.id)
    grid = Grid(address, token_of(people.rita), looking.identity)
    states = [row["state"] for row in grid.ask()[1]["rows"]]
    assert states == ["ready", "ready", "duplicate", "to-confirm"], "the first of two equal ones is no copy"


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
    services.post(people.carl, looking.batch_id)
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
    unsaid = iter([b" " * 600, b" " * 600, b"{}"])  # in pieces, without a word of how much comes
    assert refusal(grid.post(unsaid, JSON)) == (413, "too-much")


def test_what_a_colleague_does_is_news_and_what_stands_is_none(
    grid: Grid, people: People, looking: Reviewing
) -> None:
    _, shown = grid.ask()
    assert grid.news(shown["version"]) == 204
    services.set_cells(people.carl, looking.batch_id, [(2, "Comments", "", "his")])
    assert grid.news(shown["version"]) == 200
    _, shown = grid.ask()
    assert shown["rows"][0]["values"][5] == "his" and grid.news(shown["version"]) == 204
    workspace.change_customer("FL219", active=False)
    assert grid.news(shown["version"]) == 200
    services.post(people.carl, looking.batch_id, even_nothing=True)
    assert grid.news(shown["version"]) == 410


def test_news_are_told_to_the_look_s_own_person_only(grid: Grid, people: People) -> None:
    grid.token = token_of(people.carl)
    assert grid.news("") == 404
    grid.token = "of nobody"
    assert grid.news("") == 401


def test_a_page_that_only_keeps_itself_up_to_date_does_not_keep_its_session_alive(
    grid: Grid, people: People
) -> None:
    with database.transaction() as session:
        session.execute(
            update(UserSession)
            .where(col(UserSession.user_id) == people.rita.id)
            .values(seen_at=now() - timedelta(hours=1))
        )
    assert grid.news("") == 200
    assert seen_ago(people.rita) > timedelta(minutes=50)
    grid.ask()
    assert seen_ago(people.rita) < timedelta(minutes=1)


def seen_ago(user: CurrentUser) -> timedelta:
    with database.reading() as session:
        query = select(col(UserSession.seen_at)).where(col(UserSession.user_id) == user.id)
        return now() - session.execute(query).scalar_one()


# Where a request comes from, and what keeps the answer.


def told(grid: Grid, path: str, method: str = "GET", **headers: str) -> tuple[int, str | None]:
    """Status and Cache-Control of the answer to a request made by hand."""
    connection = http.client.HTTPConnection(urlsplit(grid.address).netloc, timeout=20)
    connection.request(method, path, headers={"Cookie": f"{SESSION_COOKIE}={grid.token}", **headers})
    answer = connection.getresponse()
    return answer.status, answer.headers["Cache-Control"]


def test_news_are_told_to_this_app_s_own_page_and_kept_by_no_cache(grid: Grid) -> None:
    _, shown = grid.ask()
    for version, status in (("", 200), (shown["version"], 204)):
        path = f"{NEWS}?{urlencode({'look': grid.look, 'version': version})}"
        for site, said in (("same-origin", status), ("same-site", 403), ("cross-site", 403), ("none", 403)):
            assert told(grid, path, **{"Sec-Fetch-Site": site}) == (said, "no-store")
        assert told(grid, path) == (status, "no-store")
    assert told(grid, NEWS) == (404, "no-store")


def test_a_look_at_the_rows_is_kept_by_no_cache(grid: Grid) -> None:
    body = f'{{"look": "{grid.look}", "client": "c"}}'
    connection = http.client.HTTPConnection(urlsplit(grid.address).netloc, timeout=20)
    connection.request(
        "POST",
        ROWS,
        body,
        {"Cookie": f"{SESSION_COOKIE}={grid.token}", "Content-Type": "Application/JSON; charset=utf-8"},
    )
    answer = connection.getresponse()
    assert (answer.status, answer.headers["Cache-Control"]) == (200, "no-store")


def test_whom_a_code_names_stands_beside_it_as_the_ledger_calls_them(address: str, people: People) -> None:
    rows = [credit("A"), credit("B", customer="fl219"), credit("C", customer="FL21")]
    looking = Reviewing(workspace.opened(people.rita, *rows), people.rita.id)
    _, answer = Grid(address, token_of(people.rita), looking.identity).ask()
    name = services.view(people.rita, looking.batch_id).reference.directory.customers[code_key("FL219")].name
    assert [row["called"] for row in answer["rows"]] == [{"0": name}, {"0": name}, {}]
