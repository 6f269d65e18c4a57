"""The grid's way to its draft: who is answered, with what, and what is refused how. By real requests."""

import http.client
import time
from datetime import UTC, timedelta
from urllib.parse import urlencode, urlsplit
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select, update
from sqlmodel import col

from komet_import import services
from komet_import.access.users import CurrentUser
from komet_import.ledger import database
from komet_import.ledger.models import Adjustment, UserSession, now
from komet_import.review.window import Look, Show
from komet_import.services import revision
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


def test_a_message_that_comes_twice_is_done_once(grid: Grid, people: People, looking: Reviewing) -> None:
    grid.ask(setting(3, "Credit Balance", "-5", "5.25"))
    grid.seq = 0
    _, answer = grid.ask(setting(3, "Credit Balance", "-5", "5.25"))
    assert answer["notices"] == []
    assert len(services.view(people.rita, looking.batch_id).steps) == 1


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


def test_turning_pages_and_looking_up_leave_the_page_around_as_it_is(grid: Grid, looking: Reviewing) -> None:
    _, before = grid.ask()
    _, after = grid.ask(
        {"kind": "lookup", "column": "Customer Code", "query": "rosas"}, {"kind": "page", "page": 1}
    )
    assert after["lookup"]["options"][0]["value"] == "FL219"
    assert after["version"] == before["version"]
    looking.choose(Look(show=Show.ATTENTION))
    _, filtered = grid.ask()
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


def test_an_edit_for_which_others_were_too_fast_is_not_acknowledged(
    grid: Grid, people: People, looking: Reviewing, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(revision, "ATTEMPTS", 0)
        assert refusal(grid.ask(setting(3, "Credit Balance", "-5", "5.25"))) == (503, "busy")
    assert looking.acknowledged == {}
    grid.seq = 0  # it is sent again
    status, answer = grid.ask(setting(3, "Credit Balance", "-5", "5.25"))
    assert (status, answer["acknowledged"]["c"], answer["problems"]) == (200, 1, 0)


def test_a_block_is_not_pasted_over_what_another_changed_after_the_look(
    grid: Grid, people: People, looking: Reviewing
) -> None:
    _, shown = grid.ask()
    services.set_cells(people.carl, looking.batch_id, [(3, "Comments", "", "his")])
    block = {
        "kind": "paste",
        "row": 2,
        "column": "Comments",
        "block": [["a"], ["b"]],
        "seen": shown["revision"],
    }
    _, answer = grid.ask(block)
    assert [row["values"][5] for row in answer["rows"]] == ["a", "his", ""]
    assert "changed to “his” in the meantime" in answer["notices"][0]["text"]
    _, answer = grid.ask({**block, "seen": answer["revision"]})
    assert [row["values"][5] for row in answer["rows"]] == ["a", "b", ""]


def test_undo_does_not_take_back_what_another_did_after_the_look(
    grid: Grid, people: People, looking: Reviewing
) -> None:
    _, shown = grid.ask(setting(2, "Comments", "", "mine"))
    services.set_cells(people.carl, looking.batch_id, [(3, "Comments", "", "his")])
    _, answer = grid.ask({"kind": "undo", "seen": shown["revision"]})
    assert [row["values"][5] for row in answer["rows"]] == ["mine", "his", ""]
    assert "Carl was faster" in answer["refused"]["message"]


# The click.


def test_a_click_is_done_however_late_its_page_is_drawn(people: People, looking: Reviewing) -> None:
    looking.promise(services.view(people.rita, looking.batch_id))
    looking.click(people.rita)
    deadline = time.monotonic() + 20
    while not (looking.posting and looking.posting.done()) and time.monotonic() < deadline:
        time.sleep(0.01)
    assert workspace.count(Adjustment) == 2  # and nothing of the page has run since
    receipt = looking.settle()
    assert receipt is not None and receipt.posted.rows == 2
    assert looking.settle() is None


def test_a_click_for_what_was_said_before_another_changed_it_is_answered(
    people: People, looking: Reviewing
) -> None:
    looking.promise(services.view(people.rita, looking.batch_id))
    services.set_cells(people.carl, looking.batch_id, [(2, "Customer Code", "FL219", "FL220")])
    looking.click(people.rita)
    assert looking.settle() is None and looking.answer is not None
    assert [d.words for d in looking.answer.differences] == ["Customer Code in row 2: “FL219” → “FL220”"]
    assert workspace.count(Adjustment) == 0
    looking.promise(services.view(people.rita, looking.batch_id))
    looking.click(people.rita)
    assert looking.settle() is not None and looking.answer is None


def test_two_clicks_post_once(people: People, looking: Reviewing) -> None:
    looking.promise(services.view(people.rita, looking.batch_id))
    for _ in range(5):
        looking.click(people.rita)
    assert looking.settle() is not None
    assert workspace.count(Adjustment) == 2


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


# What the look itself does.


def test_what_did_not_fit_is_said_and_the_rest_is_pasted(grid: Grid) -> None:
    block = {
        "kind": "paste",
        "row": 3,
        "column": "Location Code",
        "block": [["MIA", "a", "x"], ["MIA"], ["z"]],
    }
    _, answer = grid.ask(block)
    assert [row["values"][4:] for row in answer["rows"]] == [["MIA", ""], ["MIA", "a"], ["MIA", ""]]
    assert answer["notices"][-1]["text"] == "1 row and 1 column did not fit and were not pasted."
    assert answer["notices"][-1]["level"] == "warning"


def test_what_is_seen_is_not_what_is_written_and_pasted_where_it_is_seen_changes_nothing(
    address: str, people: People
) -> None:
    rows = [credit(f"CR-{n}", amount=f"{n}.5") for n in (1, 2)]
    looking = Reviewing(workspace.opened(people.rita, *rows), people.rita.id)
    grid = Grid(address, token_of(people.rita), looking.identity)
    _, before = grid.ask()
    assert [(row["values"][3], row["seen"]) for row in before["rows"]] == [
        ("1.5", {"3": "1.50"}),
        ("2.5", {"3": "2.50"}),
    ]
    block = [["1.50"], ["1.50"]]
    _, after = grid.ask({"kind": "paste", "row": 2, "column": "Credit Balance", "block": block})
    assert [(row["values"][3], row["seen"]) for row in after["rows"]] == [
        ("1.5", {"3": "1.50"}),
        ("1.50", {}),
    ]


def test_a_step_is_taken_back_and_done_again_by_name_until_there_is_none(grid: Grid) -> None:
    grid.ask({"kind": "set", "label": "Clear", "cells": [[2, "Comments", "", "a"], [4, "Comments", "", "b"]]})
    said = []
    for kind in ("undo", "undo", "redo", "redo"):
        _, answer = grid.ask({"kind": kind})
        said.append(answer["notices"][-1]["text"])
    step = "Clear: 2 cells in 2 rows"
    assert said == [
        f"Undone: {step}",
        "There is nothing to undo.",
        f"Done again: {step}",
        "There is nothing to redo.",
    ]
    assert [row["values"][5] for row in answer["rows"]] == ["a", "", "b"]


def test_rows_are_left_out_and_taken_in_again(grid: Grid) -> None:
    def states(*actions: dict[str, object]) -> list[str]:
        return [row["state"] for row in grid.ask(*actions)[1]["rows"]]

    assert states() == ["ready", "attention", "ready"]
    assert states({"kind": "exclude", "rows": [2, 3]}) == ["left-out", "left-out", "ready"]
    assert states({"kind": "restore", "rows": [3]}) == ["left-out", "attention", "ready"]


def test_an_order_and_a_value_are_looked_at_from_the_first_page(grid: Grid, looking: Reviewing) -> None:
    grid.ask(setting(2, "Comments", "", "late"))
    _, answer = grid.ask({"kind": "sort", "column": "Credit #", "descending": True})
    assert [row["row"] for row in answer["rows"]] == [4, 3, 2]
    assert answer["sort"] == {"column": "Credit #", "descending": True}
    _, answer = grid.ask({"kind": "sort", "column": None, "descending": False})
    assert ([row["row"] for row in answer["rows"]], answer["sort"]) == ([2, 3, 4], None)
    looking.choose(Look(show=Show.ATTENTION))
    _, answer = grid.ask({"kind": "page", "page": 99})
    assert ([row["row"] for row in answer["rows"]], answer["page"], answer["pages"]) == ([3], 1, 1)
    _, answer = grid.ask({"kind": "only", "column": "Comments", "value": "late"})
    assert ([row["row"] for row in answer["rows"]], answer["filter"], answer["total"]) == ([2], "all", 1)


def test_the_next_problem_is_found_from_everywhere_and_its_end_is_said(
    grid: Grid, looking: Reviewing
) -> None:
    ask = {"kind": "next-problem", "from": [None, None], "direction": 1}
    looking.choose(Look(show=Show.READY))
    _, answer = grid.ask(ask)
    assert (answer["goto"]["row"], answer["goto"]["column"], answer["filter"]) == (3, "Credit Balance", "all")
    _, answer = grid.ask(setting(3, "Credit Balance", "-5", "5"), ask)
    assert answer["notices"][-1]["text"] == "No row needs attention."


def test_lists_are_searched_for_customers_and_locations_with_their_names(grid: Grid) -> None:
    _, answer = grid.ask({"kind": "lookup", "column": "Location Code", "query": "ang"})
    assert answer["lookup"] == {
        "column": "Location Code",
        "query": "ang",
        "options": [{"value": "LAX", "label": "Los Angeles", "note": ""}],
    }
    _, answer = grid.ask({"kind": "lookup", "column": "Comments", "query": "a"})
    assert answer["refused"]["message"] == "The column “Comments” has no list of values to search."


def test_a_button_s_work_is_done_once_when_the_page_is_drawn_and_its_refusal_is_said(
    people: People, looking: Reviewing
) -> None:
    done: list[str] = []
    looking.doing(lambda: done.append("first"))()
    looking.doing(lambda: importing_nothing(people))()
    assert done == []
    looking.do()
    looking.do()
    assert (done, looking.to_do) == (["first"], [])
    assert [(notice["level"], notice["text"][-1]) for notice in looking.notices] == [("error", ".")]


def importing_nothing(people: People) -> None:
    services.view(people.rita, "no-such-batch")


def test_whom_a_code_names_stands_beside_it_as_the_ledger_calls_them(address: str, people: People) -> None:
    rows = [credit("A"), credit("B", customer="fl219"), credit("C", customer="FL21")]
    looking = Reviewing(workspace.opened(people.rita, *rows), people.rita.id)
    _, answer = Grid(address, token_of(people.rita), looking.identity).ask()
    name = services.view(people.rita, looking.batch_id).reference.directory.customers[code_key("FL219")].name
    assert [row["called"] for row in answer["rows"]] == [{"0": name}, {"0": name}, {}]
