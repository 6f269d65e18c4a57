"""Around the grid: problems fixed once for all rows, the list of edits, two people, no mouse."""

import re
from datetime import date

from playwright.sync_api import Page, expect

from tests.browser.conftest import Server
from tests.browser.driving import MAIN, Review, button, expect_figure, heading, link, radio, settled
from tests.browser.reviewing import (
    BALANCE,
    CODE,
    COMMENTS,
    DAY,
    NUMBER,
    PLACE,
    expect_button,
    expect_column,
    expect_edits,
    expect_kinds,
    expect_rows,
    journal,
    open_review,
    panel,
    press,
    press_step,
    say,
    search,
    to_edits,
    undo,
    with_place,
)
from tests.browser.sheets import active_customers, good_rows

# -- problems ------------------------------------------------------------------------------------------


def test_problems_are_listed_by_kind_what_is_to_be_confirmed_first_and_most_frequent_first(tab: Page) -> None:
    rows = good_rows(12, tag="KINDS")
    for n in (1, 4, 8):
        rows[n][CODE] = "FL21"
    rows[2][BALANCE], rows[3][BALANCE] = -4, 0
    rows[5][DAY] = "soon"
    for n in (6, 7, 9, 10):
        rows[n][DAY] = date(2031, 1, 1 + n)
    review = open_review(tab, "KINDS", rows)
    kinds = (
        "Unknown customer · 3 rows",
        "Credit Balance must be above zero · 1 row",
        "Credit Balance is zero · 1 row",
        "Credit Date not a date · 1 row",
    )
    expect_kinds(tab, r"Unusual date · 4 rows · \$37\.00", *kinds)

    press(tab, "View rows", nth=1)
    expect_rows(review, 3, 6, 10)
    button(tab, "Only Unknown customer").click()
    expect_rows(review, *range(2, 14))
    press(tab, "View rows")
    expect_rows(review, 8, 9, 11, 12)
    radio(tab, "To confirm 4").click()
    expect(button(tab, "Only Unusual date")).to_have_count(0)
    expect_rows(review, 8, 9, 11, 12)


def test_a_suggestion_is_taken_once_for_all_rows_and_undone_whole(tab: Page) -> None:
    rows = good_rows(6, tag="ALL")
    for n in (0, 2, 5):
        rows[n][CODE] = "FL2O3"
        with_place(rows[n], "FL203")
    review = open_review(tab, "ALL", rows)
    expect_kinds(tab, "Unknown customer · 3 rows")
    expect_button(review, "Import 3 credits · $11.75 (3 rows stay out)")
    press(tab, "Use FL203 for all 3")
    expect_column(review, "Customer Code", {2: "FL203", 4: "FL203", 7: "FL203"})
    expect(tab.get_by_text("No problems.")).to_be_visible()
    expect_button(review, "Import 6 credits · $22.50")
    to_edits(tab)
    expect_edits(tab, "Customer Code: “FL2O3” → “FL203” in 3 rows")
    press_step(review, "undo")
    expect_column(review, "Customer Code", {2: "FL2O3", 4: "FL2O3", 7: "FL2O3"})
    expect_button(review, "Import 3 credits · $11.75 (3 rows stay out)")


def test_negative_amounts_become_positive_in_one_step(tab: Page) -> None:
    rows = good_rows(5, tag="POS")
    rows[0][BALANCE], rows[2][BALANCE], rows[3][BALANCE] = -4, -13.89, 0
    review = open_review(tab, "POS", rows)
    zero = "Credit Balance is zero · 1 row"
    expect_kinds(tab, "Credit Balance must be above zero · 2 rows", zero)
    press(tab, "Make them all positive")
    expect_column(review, "Credit Balance", {2: "4.00", 4: "13.89", 5: "0.00"})
    expect_kinds(tab, zero)
    expect_figure(tab, "Ready", 4, "$25.39")
    assert journal(review.batch) == ["Must be above zero: suggestions applied in 2 rows"]
    undo(review)
    expect_column(review, "Credit Balance", {2: "-4.00", 4: "-13.89", 5: "0.00"})
    expect_figure(tab, "Ready", 2, "$7.50")


def test_duplicates_are_left_out_from_the_panel_and_a_total_row_counts_nowhere(tab: Page) -> None:
    rows = good_rows(5, tag="OUT")
    for n in (2, 4):
        rows[n][:PLACE] = [rows[0][CODE], rows[0][NUMBER], rows[n][DAY], rows[0][BALANCE]]
        rows[n][PLACE] = rows[0][PLACE]
    rows.append(["Total", None, None, 10.25, None, None])
    review = open_review(tab, "OUT", rows)
    expect_kinds(tab, "Duplicate in this file · 2 rows")
    expect_button(review, "Import 3 credits · $7.75 (2 rows stay out)")
    expect(tab.get_by_role("rowheader", name="Row 7, total row, not imported")).to_be_visible()
    expect(radio(tab, "All 5")).to_be_visible()
    expect(tab.get_by_role("navigation", name="Pages", exact=True)).to_contain_text("5 rows and 1 total row")
    review.open_totals()
    expect(tab.get_by_text("Total row 7 of the sheet ($10.25) matches the rows above it.")).to_be_visible()
    button(tab, "Use the total row as control total").click()
    expect(tab.get_by_label("Expected amount")).to_have_value("10.25")
    expect(button(tab, "Control totals match")).to_be_visible()
    tab.keyboard.press("Escape")
    press(tab, "Exclude 2 rows")
    expect_button(review, "Import 3 credits · $7.75 (2 rows stay out)")
    expect_figure(tab, "Excluded", 2, "$2.50")
    assert journal(review.batch) == ["Excluded 2 rows"]
    undo(review)
    expect_kinds(tab, "Duplicate in this file · 2 rows")


def test_another_value_is_found_by_a_customers_name_and_put_into_all_rows(tab: Page) -> None:
    rows = good_rows(5, tag="OTHER")
    for n in (1, 3):
        rows[n][CODE] = "ROSES"
        with_place(rows[n], "FL230")
    review = open_review(tab, "OTHER", rows)
    dialog = tab.locator("[role=dialog]:visible")
    button(tab, "Bulk edit").click()
    dialog.get_by_label("Find").fill("something else")
    tab.keyboard.press("Escape")
    expect(dialog).to_have_count(0)

    press(tab, "Replace…")
    expect(dialog.get_by_label("Find")).to_have_value("ROSES")
    expect(dialog.get_by_role("combobox", name=re.compile("Column"))).to_have_value("Customer Code")
    say(dialog, "Replace with", "rosas del valle")
    codes = dialog.get_by_role("radiogroup", name="Which one").locator("input")
    expect(codes).to_have_count(4)
    dialog.get_by_text("FL230 · Rosas del Valle Florist").click()
    expect(dialog.get_by_text("Ready: 3 → 5 rows · $9.75 → $16.25 (+$6.50)")).to_be_visible()
    expect_column(review, "Customer Code", {3: "ROSES", 5: "ROSES"})
    button(dialog, "Customer Code: “ROSES” → “FL230” in 2 rows").click()
    expect(dialog).to_have_count(0)
    expect_column(review, "Customer Code", {3: "FL230", 5: "FL230"})
    expect_button(review, "Import 5 credits · $16.25")


def test_blank_cells_are_filled_in_from_the_panel(tab: Page) -> None:
    rows = good_rows(5, tag="BLANK")
    rows[1][DAY] = rows[2][DAY] = None
    review = open_review(tab, "BLANK", rows)
    expect_kinds(tab, "Credit Date missing · 2 rows")
    press(tab, "Fill blanks…")
    dialog = tab.locator("[role=dialog]:visible")
    expect(dialog.get_by_role("combobox", name=re.compile("What to do"))).to_have_value("Fill blank cells")
    expect(dialog.get_by_role("combobox", name=re.compile("Column"))).to_have_value("Credit Date")
    say(dialog, "Fill blank cells with", "2026-03-02")
    button(dialog, "Fill Credit Date with 2026-03-02 in 2 rows").click()
    expect_column(review, "Credit Date", {3: "2026-03-02", 4: "2026-03-02"})
    expect_button(review, "Import 5 credits · $16.25")


# -- the list of edits ---------------------------------------------------------------------------------


def test_edits_say_who_and_when_and_one_in_the_middle_is_taken_back(tab: Page, colleague: Page) -> None:
    review = open_review(tab, "EDITS", good_rows(4, tag="EDITS"))
    colleague.goto(tab.url)
    theirs = Review(colleague).opened()
    review.type(2, "Comments", "first")
    theirs.type(3, "Comments", "second")
    review.type(4, "Comments", "third")
    to_edits(tab)
    first, second, third = (
        f"Comments in row {row}: “credit {row - 1}” → “{word}”"
        for row, word in ((2, "first"), (3, "second"), (4, "third"))
    )
    expect_edits(tab, third, second, first)
    when = r"\d{4}-\d\d-\d\d \d\d:\d\d"
    people = ("Rita Álvarez", "Carl Nguyen", "Rita Álvarez")
    expect(panel(tab).get_by_test_id("stCaptionContainer")).to_have_text(
        [re.compile(f"^{name}, {when}$") for name in people]
    )
    press(tab, "Undo", nth=1)
    expect_column(review, "Comments", {2: "first", 3: "credit 2", 4: "third"})
    expect_edits(tab, f"Undid: {second}", third, second, first)

    review.type(2, "Comments", "later")
    press(tab, "Undo", nth=4)
    told = f"A later edit changed the same: {first.partition(':')[0]}"
    expect(review.main.get_by_text(told)).to_be_visible()
    expect_column(review, "Comments", {2: "later"})


def test_undone_edits_are_struck_out_and_done_again(tab: Page) -> None:
    review = open_review(tab, "REDO", good_rows(3, tag="REDO"))
    to_edits(tab)
    expect(
        panel(tab).get_by_text("No changes yet. Every change is listed here and can be undone.")
    ).to_be_visible()
    expect(tab.get_by_role("button", name="Undo", exact=True)).to_be_disabled()
    review.type(2, "Credit Balance", "100")
    review.type(3, "Credit Balance", "200")
    expect_button(review, "Import 3 credits · $303.25")
    press_step(review, "undo")
    expect(panel(tab).locator("del")).to_have_text(["Credit Balance in row 3: “2.25” → “200”"])
    press_step(review, "undo")
    expect(panel(tab).locator("del")).to_have_count(2)
    expect_button(review, "Import 3 credits · $6.75")
    expect(tab.get_by_role("button", name="Undo", exact=True)).to_be_disabled()
    press_step(review, "redo")
    expect_button(review, "Import 3 credits · $105.50")
    press_step(review, "redo")
    expect_button(review, "Import 3 credits · $303.25")
    expect(tab.get_by_role("button", name="Redo", exact=True)).to_be_disabled()
    expect(panel(tab).locator("del")).to_have_count(0)


# -- looking -------------------------------------------------------------------------------------------


def test_fixed_rows_stay_in_view_until_the_list_is_refreshed(tab: Page) -> None:
    rows = good_rows(5, tag="STAY")
    rows[1][BALANCE], rows[3][BALANCE] = -1, "n/a"
    review = open_review(tab, "STAY", rows)
    refresh = button(tab, "Refresh")
    expect(refresh).to_have_count(0)
    radio(tab, "Needs attention 2").click()
    expect_rows(review, 3, 5)
    expect(refresh).to_be_disabled()
    above = review.grid.bounding_box()
    review.type(3, "Credit Balance", "1")
    expect(radio(tab, "Needs attention 1")).to_be_checked()
    hide = button(tab, "Hide fixed rows (1)")
    expect(hide).to_be_enabled()
    expect_rows(review, 3, 5)
    now = review.grid.bounding_box()
    assert above and now and above["y"] == now["y"], "the grid stays under the hands"
    hide.click()
    expect_rows(review, 5)
    expect(refresh).to_be_disabled()


def test_search_covers_every_column_and_the_whole_sheet(tab: Page) -> None:
    rows = good_rows(260, tag="FAR")
    rows[229][COMMENTS] = "needle in a haystack"
    rows[244][NUMBER] = "NEEDLE-7"
    review = open_review(tab, "FAR", rows)
    search(tab, "needle")
    expect_rows(review, 231, 246)
    search(tab, "246.25")
    expect_rows(review, 247)
    search(tab, "")
    expect(tab.get_by_text("rows 1–200 of 260")).to_be_visible()


def test_rows_are_looked_at_by_one_value_of_a_column(tab: Page) -> None:
    rows = good_rows(6, tag="ONLY")
    rows[1][COMMENTS] = rows[4][COMMENTS] = "late truck"
    review = open_review(tab, "ONLY", rows)
    button(tab, "Filter", exact=True).click()
    tab.get_by_role("combobox", name="Column").click()
    tab.get_by_role("option", name="Comments").click()
    tab.locator(".st-key-filter-value-Comments").get_by_role("combobox", name="Value").click()
    tab.get_by_role("option", name="late truck · 2").click()
    expect_rows(review, 3, 6)
    tab.keyboard.press("Escape")
    button(tab, "Comments: late truck").click()
    expect_rows(review, 2, 3, 4, 5, 6, 7)
    review.cell(4, "Credit Balance").click(button="right")
    tab.get_by_role("menuitem", name="Only rows with").click()
    expect_rows(review, 4)
    expect(button(tab, "Credit Balance: 3.25")).to_be_visible()


def test_the_problems_stand_beside_the_grid_or_below_it(tab: Page) -> None:
    review = open_review(tab, "PLACE", good_rows(6, tag="PLACE"))

    def places() -> tuple[float, float, float]:
        grid, side = review.grid.bounding_box(), panel(tab).bounding_box()
        assert grid and side
        return side["x"] - grid["x"], side["y"] - grid["y"], side["width"]

    right, _, width = places()
    assert right > 500 and width > 250
    tab.set_viewport_size({"width": 900, "height": 1000})
    expect(panel(tab)).to_be_visible()
    tab.wait_for_function("() => document.querySelector('[role=tabpanel]').getBoundingClientRect().x < 300")
    right, below, width = places()
    assert abs(right) < 20 and below > 150 and width > 400


def test_of_several_buttons_clicked_at_once_each_does_its_work(tab: Page) -> None:
    rows = good_rows(4, tag="ATONCE")
    rows[0][BALANCE], rows[1][NUMBER], rows[2][CODE] = -1, rows[0][NUMBER], "FL2O3"
    rows[1][CODE], rows[1][PLACE], rows[2][PLACE] = (
        rows[0][CODE],
        rows[0][PLACE],
        dict(active_customers())["FL203"],
    )
    review = open_review(tab, "ATONCE", rows)
    for name in ("Use 1", "Use FL203"):
        expect(button(panel(tab), name, exact=True)).to_be_visible()
    expect(button(panel(tab), "Exclude 1 row", exact=True)).to_have_count(3)
    panel(tab).evaluate(
        """side => [...side.querySelectorAll("button[kind=secondary]")]
             .filter(button => /Use|Exclude/.test(button.textContent)).forEach(button => button.click())"""
    )
    expect_button(review, "Import 3 credits · $8.50 (1 row stays out)")
    assert len(journal(review.batch)) == 3


def test_the_grid_stays_where_it_is_when_a_question_is_answered(tab: Page) -> None:
    rows = good_rows(40, tag="ROOM")
    rows[3][DAY] = "03/04/2026"
    review = open_review(tab, "ROOM", rows)

    def height() -> float:
        box = tab.locator(".frame").bounding_box()
        return box["height"] if box else 0

    settled(tab)  # what stands below the rows is drawn after them
    before = height()
    button(tab, "03/04/2026 is 3 April 2026").click()
    expect(button(tab, "03/04/2026 is 3 April 2026")).to_have_count(0)
    expect_button(review, "Import 40 credits · $830.00")
    assert height() == before


def test_a_click_on_a_header_sorts_money_by_its_worth(tab: Page) -> None:
    rows = good_rows(6, tag="SORT")
    for row, amount in zip(rows, (9, 100, 20.5, "n/a", 1000, None), strict=True):
        row[BALANCE] = amount
    review = open_review(tab, "SORT", rows)
    header = tab.get_by_role("columnheader", name=re.compile("Credit Balance"))
    header.locator(".sort").click()
    expect(header).to_have_attribute("aria-sort", "ascending")
    expect_rows(review, 2, 4, 3, 6, 5, 7)
    header.locator(".sort").click()
    expect(header).to_have_attribute("aria-sort", "descending")
    expect_rows(review, 5, 6, 3, 4, 2, 7)


# -- two at one sheet ----------------------------------------------------------------------------------


def test_each_of_two_sees_the_others_edits_after_their_next_action(tab: Page, colleague: Page) -> None:
    for page in (tab, colleague):
        page.route(
            "**/review/news*", lambda route: route.abort()
        )  # else a page may be told before its person acts
    mine = open_review(tab, "TWO", good_rows(6, tag="TWO"))
    colleague.goto(tab.url)
    theirs = Review(colleague).opened()
    theirs.type(2, "Credit Balance", "50")
    mine.type(3, "Credit Balance", "60")
    expect_column(mine, "Credit Balance", {2: "50.00", 3: "60.00"})
    expect_button(mine, "Import 6 credits · $129.00")  # the page has caught up, and asks for nothing more
    theirs.type(4, "Credit Balance", "70")
    expect_column(theirs, "Credit Balance", {2: "50.00", 3: "60.00", 4: "70.00"})
    mine.type(4, "Credit Balance", "80")
    expect(tab.get_by_text("Credit Balance in row 4 was changed to “70” in the meantime")).to_be_visible()
    expect(tab.get_by_text("your “80” was not entered")).to_be_visible()
    for review in (mine, theirs):
        expect_column(review, "Credit Balance", {2: "50.00", 3: "60.00", 4: "70.00"})
        expect_button(review, "Import 6 credits · $195.75")


# -- the one button ------------------------------------------------------------------------------------


def test_the_button_says_at_each_stage_what_it_will_do(tab: Page) -> None:
    rows = good_rows(2, tag="WORDS")
    rows[0][BALANCE], rows[1][BALANCE] = -1, -2
    review = open_review(tab, "WORDS", rows)
    expect_button(review, "Import 0 credits · $0.00 (2 rows stay out)")
    expect(review.button).to_be_disabled()
    expect(tab.get_by_text("No rows are ready yet. Fix at least one.")).to_be_visible()
    expect(tab.get_by_text("stays out:")).to_have_count(0)  # the button and the sentence say it all
    review.type(2, "Credit Balance", "1234.5")
    expect_button(review, "Import 1 credit · $1,234.50 (1 row stays out)")
    expect(tab.get_by_text("stays out: 1 needs attention")).to_be_visible()
    expect(review.button).to_be_enabled()
    review.type(3, "Credit Balance", "0.125")
    expect_button(review, "Import 2 credits · $1,234.625")
    review.cell(2, "Comments").click()
    tab.keyboard.press("Control+a")
    tab.keyboard.press("Control+-")
    expect_button(review, "Import 0 credits · $0.00 (2 rows stay out)")
    expect(review.button).to_be_disabled()
    expect(tab.get_by_text("All rows are excluded. Include at least one.")).to_be_visible()


def test_a_draft_is_deleted_after_a_question_and_may_be_restored_or_opened_anew(
    demo_server: Server, tab: Page
) -> None:
    rows = good_rows(2, tag="GONE")
    review = open_review(tab, "GONE", rows)
    batch = review.batch
    review.type(2, "Comments", "in vain")
    button(tab, "Delete draft…").click()
    dialog = tab.locator("[role=dialog]:visible")
    expect(dialog.get_by_text("1 edit goes with it: 1 of yours.")).to_be_visible()
    button(dialog, "Keep it").click()
    expect(dialog).to_have_count(0)
    expect(review.cell(2, "Comments")).to_have_text("in vain")
    button(tab, "Delete draft…").click()
    button(dialog, "Delete draft").click()
    expect(tab.get_by_text("“GONE.xlsx” was deleted.")).to_be_visible()
    expect(review.grid).to_have_count(0)
    button(tab, "Restore").click()
    expect(review.cell(2, "Comments")).to_have_text("in vain")
    button(tab, "Delete draft…").click()
    button(dialog, "Delete draft").click()
    expect(tab.get_by_text("“GONE.xlsx” was deleted.")).to_be_visible()
    link(tab, "Import another sheet").click()
    expect(heading(tab, "Data import")).to_be_visible()
    expect(tab.locator(MAIN).get_by_role("link", name="GONE.xlsx")).to_have_count(0)
    open_review(tab, "GONE", rows)
    assert review.batch != batch
    expect(review.cell(2, "Comments")).to_have_text("credit 1")


def test_somebody_elses_import_is_told_by_itself_and_leads_to_the_report(tab: Page, colleague: Page) -> None:
    mine = open_review(tab, "LATE", good_rows(3, tag="LATE"))
    batch = mine.batch
    colleague.goto(tab.url)
    theirs = Review(colleague).opened()
    theirs.button.click()
    expect(heading(colleague, "3 credits imported")).to_be_visible()
    expect(tab.get_by_text("“LATE.xlsx” was already imported")).to_be_visible()
    link(tab, "Open its report").click()
    expect(heading(tab, "3 credits imported")).to_be_visible()
    assert journal(batch) == []


# -- without the mouse ---------------------------------------------------------------------------------


def test_three_problems_are_fixed_without_the_mouse(tab: Page) -> None:
    rows = good_rows(40, tag="KEYS")
    rows[4][CODE] = "FL2O3"
    with_place(rows[4], "FL203")
    rows[17][BALANCE] = "n/a"
    rows[33][BALANCE] = -13.89
    review = open_review(tab, "KEYS", rows)
    expect_button(review, "Import 37 credits · $772.25 (3 rows stay out)")
    keys = tab.keyboard
    focused = tab.locator('[role="gridcell"]:focus')
    while not focused.count():
        keys.press("Tab")
    keys.press("F8")
    expect(review.cell(6, "Customer Code")).to_be_focused()
    keys.press("Alt+Enter")
    expect(review.cell(6, "Customer Code")).to_have_text("FL203")
    keys.press("F8")
    expect(review.cell(19, "Credit Balance")).to_be_focused()
    keys.type("18.25")
    keys.press("Enter")
    expect(review.cell(20, "Credit Balance")).to_be_focused()
    keys.press("F8")
    expect(review.cell(35, "Credit Balance")).to_be_focused()
    keys.press("Alt+Enter")
    review.settled()
    assert review.marked() == set()
    expect_button(review, "Import 40 credits · $809.64")
    keys.press("F8")
    expect(review.main.get_by_text("No row needs attention.")).to_be_visible()
    keys.press("Escape")  # then Tab leaves the grid
    while not review.button.evaluate("button => button === document.activeElement"):
        keys.press("Tab")
    keys.press("Enter")
    expect(heading(tab, "40 credits imported · $809.64")).to_be_visible()
