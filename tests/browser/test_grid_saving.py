"""Nothing typed into the review grid is lost: what is not saved yet, refused, or failed is shown so."""

from typing import Any

from playwright.sync_api import Dialog, Page, Route, expect

from tests.browser.grid_driving import ROWS, Grid, OpenGrid

NOTED = {"message": "It is noted as error 12ab34cd."}


def type_over(grid: Grid, row: int, text: str) -> None:
    grid.cell(row, "Comments").click()
    grid.type(text)
    grid.press("Enter")


def failing(page: Page, *, times: int) -> list[list[int]]:
    """The server fails at the next messages with actions; returns the numbers of the actions of each."""
    sent: list[list[int]] = []

    def answer(route: Route) -> None:
        actions = route.request.post_data_json["actions"]
        if not actions or len(sent) == times:
            route.continue_()
            return
        sent.append([action["seq"] for action in actions])
        route.fulfill(status=500, json={**NOTED, "seq": actions[0]["seq"]})

    page.route(ROWS, answer)
    return sent


def noted(page: Page) -> list[dict[str, Any]]:
    """The messages with actions that are sent from now on."""
    sent: list[dict[str, Any]] = []

    def note(route: Route) -> None:
        message = route.request.post_data_json
        sent.extend([message] if message["actions"] else [])
        route.continue_()

    page.route(ROWS, note)
    return sent


def test_an_edit_that_the_server_has_not_seen_is_shown_as_such(open_grid: OpenGrid) -> None:
    grid = open_grid("mixed")
    with grid.unanswered():
        type_over(grid, 5, "waiting")
        expect(grid.cell(5, "Comments")).to_have_attribute("data-pending", "true")
        expect(grid.table).to_have_attribute("data-pending", "1")
        expect(grid.page.get_by_text("Saving…")).to_be_visible()
    grid.settled()
    expect(grid.cell(5, "Comments")).not_to_have_attribute("data-pending", "true")
    assert grid.text(5, "Comments") == "waiting"


def test_an_edit_of_which_the_answer_was_lost_at_a_reload_is_entered_once(open_grid: OpenGrid) -> None:
    grid = open_grid("mixed")
    before = int(grid.revision or 0)
    sent: list[tuple[str, Any]] = []

    def lose_the_first(route: Route) -> None:
        message = route.request.post_data_json
        if message["actions"] and not sent:
            route.fetch()  # it comes to the server, and what that says to nobody
        else:
            route.continue_()
        sent.extend([(message["client"], message["actions"])] if message["actions"] else [])

    grid.page.route(ROWS, lose_the_first)
    type_over(grid, 5, "kept")
    grid.until(lambda: len(sent) == 1)
    grid.page.once("dialog", lambda dialog: dialog.accept())
    grid.page.reload()
    expect(grid.cell(5, "Comments")).to_have_text("kept")
    grid.settled()
    expect(grid.table).to_have_attribute("data-revision", str(before + 1))
    assert sent == [sent[0]] * 2, "the same was sent again"


def test_leaving_with_an_unsaved_edit_is_asked_about(open_grid: OpenGrid) -> None:
    grid = open_grid("mixed")
    asked: list[str] = []

    def leave(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    grid.page.once("dialog", leave)
    grid.cell(5, "Comments").click()
    grid.type("half a wo")
    grid.page.reload()
    assert asked == ["beforeunload"]


def test_what_the_server_refuses_is_given_back_with_its_sentence_and_not_sent_again(
    open_grid: OpenGrid,
) -> None:
    grid = open_grid("mixed")
    sent = noted(grid.page)
    grid.cell(5, "Comments").click()
    grid.paste("x" * 50_000)
    told = f"Not saved: Comments in row 5 as “{'x' * 59}…”. A cell holds at most 32,767 characters"
    expect(grid.page.get_by_text(told)).to_be_visible()
    grid.settled()
    assert grid.text(5, "Comments") == ""
    type_over(grid, 6, "next")
    grid.settled()
    assert grid.text(6, "Comments") == "next"
    assert [len(message["actions"]) for message in sent] == [1, 1]


def test_an_undo_of_what_is_refused_takes_nothing_else_back(open_grid: OpenGrid) -> None:
    grid = open_grid("mixed")
    type_over(grid, 5, "stays")
    grid.settled()
    with grid.unanswered():
        grid.cell(6, "Comments").click()
        grid.paste("x" * 50_000)
        grid.press("Control+z")
        expect(grid.table).to_have_attribute("data-pending", "2")
    expect(grid.page.get_by_text("Not saved: Comments in row 6")).to_be_visible()
    grid.settled()
    assert grid.texts(range(5, 7), "Comments") == ["stays", ""]


def test_what_the_server_fails_at_stays_in_view_until_it_is_tried_again(open_grid: OpenGrid) -> None:
    grid = open_grid("mixed")
    sent = failing(grid.page, times=3)
    type_over(grid, 5, "mine")
    expect(grid.page.get_by_role("alert").get_by_text("error 12ab34cd")).to_be_visible()
    expect(grid.page.get_by_text("1 not saved")).to_be_visible()
    expect(grid.cell(5, "Comments")).to_have_text("mine")
    expect(grid.cell(5, "Comments")).to_have_attribute("data-pending", "true")
    assert sent == [sent[0]] * 3 and len(sent[0]) == 1
    grid.page.get_by_role("button", name="Try again").click()
    grid.settled()
    assert grid.text(5, "Comments") == "mine"
    expect(grid.page.get_by_text("error 12ab34cd")).to_have_count(0)


def test_what_cannot_be_saved_can_be_given_up(open_grid: OpenGrid) -> None:
    grid = open_grid("mixed")
    grid.page.route(ROWS, lambda route: route.fulfill(status=400, json={"message": "Not this way."}), times=1)
    type_over(grid, 5, "mine")
    expect(grid.page.get_by_role("alert").get_by_text("Not this way.")).to_be_visible()
    grid.page.get_by_role("button", name="Drop unsaved changes").click()
    grid.settled()
    assert grid.text(5, "Comments") == ""


def test_half_a_character_is_sent_as_one_that_is_not_known(open_grid: OpenGrid) -> None:
    grid = open_grid("mixed")
    grid.cell(5, "Comments").click()
    grid.press("F2")
    grid.page.evaluate("document.execCommand('insertText', false, 'cut \\ud83c')")
    grid.press("Enter")
    grid.settled()
    assert grid.text(5, "Comments") == "cut \ufffd"
