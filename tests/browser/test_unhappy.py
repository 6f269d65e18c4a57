"""What goes wrong in an office: wrong files, closed tabs, restarted servers, two people at one sheet."""

from pathlib import Path

from playwright.sync_api import BrowserContext, Page, expect
from sqlmodel import col, select

from komet_import import demo
from komet_import.ledger import database
from komet_import.ledger.models import Adjustment, Batch, Edit
from tests.browser.conftest import Server, StartServer
from tests.browser.driving import MAIN, Review, heading, link, radio, sign_in, signed_in, upload, upload_files
from tests.browser.reviewing import expect_rows, open_workbook
from tests.browser.sheets import good_rows, workbook

RECONNECTED = 60_000
"""Milliseconds; Streamlit looks for a lost server at longer and longer intervals, of 15 s at the most."""


def uploaded(page: Page, name: str, content: bytes) -> Review:
    upload(page, name, content)
    return Review(page).past_the_panel()


# -- files that are not what they should be ------------------------------------------------------------


def protected() -> bytes:
    """The beginning of a workbook with a password: an OLE container with the stream of its encryption."""
    start = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
    return start + "EncryptedPackage".encode("utf-16-le") + bytes(512)


def test_a_wrong_file_gets_one_sentence_and_the_right_one_may_follow(home: Page) -> None:
    home.route("**/upload_file/**", lambda sent: sent.abort("connectionreset"))
    upload(home, "lost.xlsx", workbook(good_rows(1, tag="LOST")))
    expect(home.locator("[data-testid=stFileChip][aria-invalid=true]")).to_be_visible()
    told = home.locator(".st-key-drop").evaluate("place => getComputedStyle(place, '::after').content")
    assert told.startswith('"The file in red did not arrive')
    home.unroute("**/upload_file/**")
    upload(home, "bad.xlsx", protected())
    alert = home.locator(MAIN).locator("[role=alert]:visible")
    expect(alert).to_have_count(1)
    expect(alert).to_contain_text("“bad.xlsx” is protected with a password; remove it in Excel")
    expect(heading(home, "Data import")).to_be_visible()
    with database.reading() as session:
        assert session.exec(select(Batch).where(Batch.file_name == "bad.xlsx")).all() == []
    uploaded(home, "right.xlsx", workbook(good_rows(2, tag="RIGHT")))
    expect(home.get_by_text("right.xlsx")).to_be_visible()


def test_a_sheet_over_the_limits_is_told_the_limit(
    demo_database: str, server: StartServer, page: Page, context: BrowserContext, tmp_path: Path
) -> None:
    started = server(demo_database, KOMET_MAX_ROWS="5", KOMET_MAX_UPLOAD_MB="1")
    signed_in(context, "rita", url=started.url)
    page.goto(started.url)
    upload(page, "long.xlsx", workbook(good_rows(6, tag="LIMIT")))
    expect(page.locator(MAIN).locator("[role=alert]:visible")).to_contain_text(
        "more than 5 rows below its headers"
    )
    upload(page, "large.xlsx", b"PK" + bytes(1_100_000))
    expect(page.locator(MAIN).locator("[role=alert]:visible")).to_contain_text(
        "“large.xlsx” has 1.1 MB; at most 1 MB are read."
    )
    huge = tmp_path / "huge.pdf"
    with huge.open("wb") as file:
        file.truncate(12 << 20)
    upload_files(page, huge)
    expect(page.locator(MAIN).locator("[role=alert]:visible")).to_contain_text(
        "“huge.pdf” has 12.0 MB; at most 1 MB are read."
    )
    uploaded(page, "short.xlsx", workbook(good_rows(5, tag="LIMIT")))


def test_a_file_of_any_name_is_told_what_to_choose_instead(home: Page) -> None:
    upload(home, "march.numbers", b"PK\x03\x04" + bytes(200))
    alert = home.locator(MAIN).locator("[role=alert]:visible")
    expect(alert).to_have_count(1)
    expect(alert).to_contain_text("“march.numbers”")


def test_of_two_files_at_once_each_becomes_a_draft_or_is_told(home: Page) -> None:
    files = {"both-1.xlsx": workbook(good_rows(2, tag="BOTH")), "both-2.txt": b"Dear Rita,"}
    upload_files(home, [{"name": name, "mimeType": "", "buffer": content} for name, content in files.items()])
    main = home.locator(MAIN)
    expect(main.locator("[role=alert]:visible")).to_have_count(1)
    expect(main.locator("[role=alert]:visible")).to_contain_text("“both-2.txt” is a text file")
    expect(link(main, "both-1.xlsx", exact=True)).to_be_visible()
    link(main, "“both-1.xlsx” is a draft; review it").click()
    expect(home.locator("[role=grid]")).to_be_visible()
    link(home, "Data import").click()
    expect(heading(main, "Data import")).to_be_visible()
    expect(main.locator("[role=alert]:visible")).to_have_count(0)


# -- the same file again -------------------------------------------------------------------------------


def test_a_file_that_was_imported_leads_to_its_report(demo_server: Server, home: Page) -> None:
    content = workbook(good_rows(3, tag="AGAIN"))
    review = uploaded(home, "again.xlsx", content)
    batch = review.batch
    review.button.click()
    expect(heading(home, "3 credits imported")).to_be_visible()
    home.goto(demo_server.url)
    upload(home, "another-name.xlsx", content)
    expect(home.locator(MAIN).locator("[role=alert]:visible")).to_contain_text(
        "“another-name.xlsx” is the same file as “again.xlsx”, imported on "
    )
    link(home, "Open its report").click()
    expect(heading(home, "3 credits imported")).to_be_visible()
    assert home.url == f"{demo_server.url}/report?batch={batch}"


def test_an_unfinished_file_goes_on_where_it_was_left(demo_server: Server, home: Page) -> None:
    content = workbook(good_rows(3, tag="RESUME"))
    review = uploaded(home, "resume.xlsx", content)
    batch = review.batch
    review.type(3, "Comments", "typed before")
    home.goto(demo_server.url)
    ours = link(home.locator(MAIN), "resume.xlsx")
    expect(ours).to_have_count(1)
    upload(home, "resume.xlsx", content)
    review.opened()
    assert review.batch == batch
    expect(review.cell(3, "Comments")).to_have_text("typed before")
    home.goto(demo_server.url)
    ours.click()
    expect(review.cell(3, "Comments")).to_have_text("typed before")
    assert review.batch == batch


# -- tabs and servers that go away ---------------------------------------------------------------------


def test_a_reload_in_the_middle_of_editing_keeps_the_edits(tab: Page) -> None:
    review = open_workbook(tab, "reload", workbook(good_rows(4, tag="RELOAD")))
    review.type(2, "Credit Balance", "77.125")
    review.cell(3, "Comments").click()
    tab.keyboard.type("sent as the tab is reloaded")
    tab.keyboard.press("Enter")
    tab.on("dialog", lambda dialog: dialog.accept())  # the grid asks before a tab with unsent edits goes
    tab.reload()
    review.opened()
    expect(review.cell(2, "Credit Balance")).to_have_text("77.125")
    expect(review.cell(3, "Comments")).to_have_text("sent as the tab is reloaded")
    review.settled()
    with database.reading() as session:
        steps = session.exec(select(Edit.label).where(Edit.batch_id == review.batch).order_by(col(Edit.seq)))
        assert [label.partition(":")[0] for label in steps] == [
            "Credit Balance in row 2",
            "Comments in row 3",
        ]


def test_a_restarted_server_keeps_edits_and_session(
    demo_database: str, server: StartServer, page: Page
) -> None:
    started = server(demo_database)
    page.goto(started.url)
    sign_in(page, "rita", demo.PASSWORD)
    review = uploaded(page, "restart.xlsx", workbook(good_rows(4, tag="RESTART")))
    review.type(2, "Comments", "before the restart")
    started.kill()
    review.cell(3, "Comments").click()
    page.keyboard.type("while it was down")
    page.keyboard.press("Enter")
    expect(review.grid).to_have_attribute("data-pending", "1")
    again = server(demo_database)
    assert again.url == started.url
    expect(review.grid).to_have_attribute("data-pending", "0", timeout=RECONNECTED)
    expect(review.cell(3, "Comments")).to_have_text("while it was down")
    page.on("dialog", lambda dialog: dialog.accept())
    page.reload()
    review.opened()
    expect(review.cell(2, "Comments")).to_have_text("before the restart")
    expect(review.cell(3, "Comments")).to_have_text("while it was down")
    again.kill()
    with page.expect_response(lambda answer: "/review/rows" in answer.url and answer.ok, timeout=RECONNECTED):
        server(demo_database)
    review.button.click()  # Streamlit alone would ignore it: the new server knows nothing of the page
    expect(heading(page, "4 credits imported")).to_be_visible()


# -- two at one sheet ----------------------------------------------------------------------------------


def test_of_two_who_type_in_one_cell_the_second_is_told(tab: Page, colleague: Page) -> None:
    mine = open_workbook(tab, "both", workbook(good_rows(4, tag="BOTH")))
    colleague.route("**/review/news*", lambda route: route.abort())  # else “mine” may be there first
    colleague.goto(tab.url)
    theirs = Review(colleague).opened()
    mine.type(4, "Comments", "mine")
    theirs.type(4, "Comments", "theirs")
    expect(colleague.get_by_text("Comments in row 4 was changed to “mine” in the meantime")).to_be_visible()
    expect(theirs.cell(4, "Comments")).to_have_text("mine")
    theirs.type(4, "Comments", "both of us")
    expect(theirs.cell(4, "Comments")).to_have_text("both of us")
    tab.reload()
    mine.opened()
    expect(mine.cell(4, "Comments")).to_have_text("both of us")


def test_a_click_after_somebody_elses_import_posts_nothing_and_leads_to_the_report(
    demo_server: Server, tab: Page, colleague: Page
) -> None:
    tab.route("**/review/news*", lambda route: route.abort())  # else the page may be faster than the click
    mine = open_workbook(tab, "second-click", workbook(good_rows(3, tag="SECOND")))
    batch = mine.batch
    colleague.goto(tab.url)
    theirs = Review(colleague).opened()
    theirs.button.click()
    expect(heading(colleague, "3 credits imported")).to_be_visible()
    mine.button.click()
    expect(tab.get_by_text("“second-click.xlsx” was already imported")).to_be_visible()
    link(tab, "Open its report").click()
    expect(heading(tab, "3 credits imported")).to_be_visible()
    assert tab.url == f"{demo_server.url}/report?batch={batch}"
    assert posted(batch) == 3


def posted(batch: str) -> int:
    with database.reading() as session:
        return len(session.exec(select(Adjustment.id).where(Adjustment.batch_id == batch)).all())


# -- rows that are left out, filtered, searched --------------------------------------------------------


def test_a_row_is_left_out_taken_back_in_and_undone(tab: Page) -> None:
    review = open_workbook(tab, "left-out", workbook(good_rows(4, tag="LEFT")))
    review.cell(3, "Comments").click()
    tab.keyboard.press("Control+-")
    review.settled()
    expect(review.button).to_have_accessible_name("Import 3 credits · $8.75 (1 row stays out)")
    expect(tab.get_by_role("rowheader", name="Row 3, excluded")).to_be_visible()
    tab.keyboard.press("Control+z")
    review.settled()
    expect(review.button).to_have_accessible_name("Import 4 credits · $11.00")
    tab.keyboard.press("Control+y")
    review.settled()
    expect(review.button).to_have_accessible_name("Import 3 credits · $8.75 (1 row stays out)")
    review.button.click()
    expect(heading(tab, "3 credits imported")).to_be_visible()
    tab.get_by_text("Excluded rows (1)").click()
    expect(tab.locator(MAIN).locator('tr[data-row="3"]')).to_contain_text("LEFT-2")


def test_filter_and_search_show_the_rows_that_they_name(tab: Page) -> None:
    rows = good_rows(6, tag="FIND")
    rows[1][3], rows[4][2], rows[5][5] = -1, "soon", "a LATE truck"
    review = open_workbook(tab, "find", workbook(rows))
    expect_rows(review, 2, 3, 4, 5, 6, 7)
    for name, shown in (("Needs attention 2", [3, 6]), ("Ready 4", [2, 4, 5, 7]), ("Excluded 0", [])):
        radio(tab, name).click()
        expect_rows(review, *shown)
    radio(tab, "All 6").click()
    expect_rows(review, 2, 3, 4, 5, 6, 7)
    search = tab.get_by_placeholder("Search", exact=True)
    for words, shown in (("late", [7]), ("FIND-3", [4]), ("nowhere", [])):
        search.fill(words)
        search.press("Enter")
        expect_rows(review, *shown)


# -- text that would like to be more -------------------------------------------------------------------


def test_clicks_that_come_while_the_page_changes_do_not_empty_the_next_one(tab: Page) -> None:
    for time in range(3):
        tag = f"BUSY{time}"
        review = open_workbook(tab, f"{tag}", workbook(good_rows(3, tag=tag)))
        expect(review.button).to_be_enabled()
        tab.evaluate(
            """() => {
              const buttons = () => document.querySelectorAll('[data-testid="stButtonGroup"] button');
              window.busy = setInterval(() => [...buttons()].forEach(button => button.click()), 7);
            }"""
        )
        review.button.click()
        imported = heading(tab, "3 credits imported")
        expect(imported).to_be_visible()
        tab.wait_for_timeout(500)
        expect(imported).to_be_visible()
        tab.evaluate("() => clearInterval(window.busy)")
        link(tab, "Import another sheet").click()
