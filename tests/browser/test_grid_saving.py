"""Nothing typed into the review grid is lost: what is not saved yet, refused, or failed is shown so."""

from playwright.sync_api import Page, Route, expect

from tests.browser.grid_driving import Harness, OpenGrid


def test_an_edit_that_the_server_has_not_seen_is_shown_as_such(open_grid: OpenGrid, harness: Harness) -> None:
    grid = open_grid()
    grid.cell(5, "Comments").click()
    with harness.asleep():
        grid.type("waiting")
        grid.press("Enter")
        expect(grid.cell(5, "Comments")).to_have_attribute("data-pending", "true")
        expect(grid.table).to_have_attribute("data-pending", "1")
        expect(grid.page.get_by_text("Saving…")).to_be_visible()
    grid.settled()
    expect(grid.cell(5, "Comments")).not_to_have_attribute("data-pending", "true")
    assert grid.text(5, "Comments") == "waiting"


def test_an_edit_on_its_way_at_a_reload_is_entered_once(open_grid: OpenGrid, harness: Harness) -> None:
    grid = open_grid(sheet="reloaded")
    grid.page.on("dialog", lambda dialog: dialog.accept())
    grid.cell(5, "Comments").click()
    with harness.asleep():
        grid.type("kept")
        grid.press("Enter")
        expect(grid.table).to_have_attribute("data-pending", "1")
        grid.page.evaluate("setTimeout(() => location.reload())")
    expect(grid.page.get_by_role("gridcell").first).to_be_visible(timeout=20_000)
    expect(grid.cell(5, "Comments")).to_have_text("kept")
    grid.settled()
    expect(grid.table).to_have_attribute("data-revision", "1")


def test_leaving_with_an_unsaved_edit_is_asked_about(open_grid: OpenGrid) -> None:
    grid = open_grid()
    asked: list[str] = []
    grid.page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    grid.cell(5, "Comments").click()
    grid.type("half a wo")
    grid.page.reload()
    assert asked == ["beforeunload"]


def answering(page: Page, *, status: int, told: dict[str, object], times: int) -> list[list[int]]:
    """The next messages with actions are answered so; returns the numbers of the actions of each message."""
    sent: list[list[int]] = []

    def answer(route: Route) -> None:
        actions = route.request.post_data_json["actions"]
        if not actions or len(sent) == times:
            route.continue_()
            return
        sent.append([action["seq"] for action in actions])
        route.fulfill(status=status, json={**told, "seq": actions[0]["seq"]})

    page.route("**/rows", answer)
    return sent


def test_what_the_server_refuses_is_given_back_with_its_sentence_and_not_sent_again(
    open_grid: OpenGrid,
) -> None:
    grid = open_grid()
    before = grid.text(5, "Comments")
    sent = answering(grid.page, status=400, told={"message": "A cell holds less."}, times=1)
    grid.cell(5, "Comments").click()
    grid.type("far too long")
    grid.press("Enter")
    told = grid.page.get_by_text("Not saved: Comments in row 5 as “far too long”. A cell holds less.")
    expect(told).to_be_visible()
    grid.settled()
    assert grid.text(5, "Comments") == before
    grid.cell(6, "Comments").click()
    grid.type("next")
    grid.press("Enter")
    grid.settled()
    assert grid.text(6, "Comments") == "next"
    assert sent == [[1]]


def test_an_undo_of_what_is_refused_takes_nothing_else_back(open_grid: OpenGrid) -> None:
    grid = open_grid()
    grid.cell(5, "Comments").click()
    grid.type("stays")
    grid.press("Enter")
    grid.settled()
    held: list[Route] = []
    grid.page.route("**/rows", lambda route: route.continue_() if held else held.append(route))
    grid.cell(6, "Comments").click()
    grid.type("refused")
    grid.press("Enter", "Control+z")
    expect(grid.table).to_have_attribute("data-pending", "2")
    held[0].fulfill(status=400, json={"seq": 2, "message": "No."})
    expect(grid.page.get_by_text("Not saved: Comments in row 6 as “refused”. No.")).to_be_visible()
    grid.settled()
    assert grid.text(5, "Comments") == "stays"


def test_what_the_server_fails_at_stays_in_view_until_it_is_tried_again(open_grid: OpenGrid) -> None:
    grid = open_grid()
    sent = answering(grid.page, status=500, told={"message": "It is noted as error 12ab34cd."}, times=3)
    grid.cell(5, "Comments").click()
    grid.type("mine")
    grid.press("Enter")
    expect(grid.page.get_by_role("alert").get_by_text("error 12ab34cd")).to_be_visible()
    expect(grid.page.get_by_text("1 not saved")).to_be_visible()
    expect(grid.cell(5, "Comments")).to_have_text("mine")
    expect(grid.cell(5, "Comments")).to_have_attribute("data-pending", "true")
    grid.page.wait_for_timeout(3000)
    assert sent == [[1]] * 3, "it is not tried for ever"
    grid.page.get_by_role("button", name="Try again").click()
    grid.settled()
    assert grid.text(5, "Comments") == "mine"
    expect(grid.page.get_by_text("error 12ab34cd")).to_have_count(0)


def test_what_the_server_fails_at_can_be_given_up(open_grid: OpenGrid) -> None:
    grid = open_grid()
    before = grid.text(5, "Comments")
    answering(grid.page, status=500, told={"message": "It is noted as error 12ab34cd."}, times=3)
    grid.cell(5, "Comments").click()
    grid.type("mine")
    grid.press("Enter")
    grid.page.get_by_role("button", name="Drop unsaved changes").click()
    grid.settled()
    assert grid.text(5, "Comments") == before


def test_a_paste_that_no_message_can_hold_is_told_without_being_sent(open_grid: OpenGrid) -> None:
    grid = open_grid(page=20)
    sent = answering(grid.page, status=413, told={"message": "never asked"}, times=1)
    grid.page.evaluate("text => navigator.clipboard.writeText(text)", ("ü" * 1000 + "\n") * 4500)
    grid.cell(5, "Comments").click()
    grid.press("Control+v")
    expect(grid.page.get_by_text("more than 8 MB at once; paste fewer rows")).to_be_visible(timeout=30_000)
    assert sent == []
    grid.settled()


def test_half_a_character_is_sent_as_one_that_is_not_known(open_grid: OpenGrid) -> None:
    grid = open_grid()
    grid.cell(5, "Comments").click()
    grid.press("F2")
    grid.page.evaluate("document.execCommand('insertText', false, 'cut \\ud83c')")
    grid.press("Enter")
    grid.settled()
    assert grid.text(5, "Comments") == "cut \ufffd"
