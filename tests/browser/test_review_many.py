"""Many rows at once: fixes that foretell what they do, and questions about a whole column."""

import re
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.driving import button, expect_figure, radio
from tests.browser.reviewing import (
    BALANCE,
    CODE,
    COMMENTS,
    DAY,
    PLACE,
    expect_button,
    expect_column,
    expect_edits,
    expect_rows,
    journal,
    open_review,
    open_workbook,
    panel,
    press_step,
    say,
    search,
    to_edits,
    to_problems,
)
from tests.browser.sheets import (
    HEADERS,
    Row,
    active_customers,
    customers_of_large_credits,
    good_rows,
    opened,
    saved,
    workbook,
)
from tests.outbox.people import eventually

# -- fix many ------------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Fix:
    """A fix of the dialog: what is typed into its fields, what it foretells, and the outcome."""

    what: str
    fields: tuple[tuple[str, str], ...] = ()
    column: str | None = None
    foretold: str
    apply: str
    done: str
    then: str


BEFORE = "Import 3 credits · $12.75 (3 rows stay out)"
FIXES = (
    Fix(
        what="Replace a value",
        column="Comments",
        fields=(("Find", "late"), ("Replace with", "late truck")),
        foretold="Ready: 3 → 3 rows · $12.75 → $12.75 (+$0.00)",
        apply="Comments: “late” → “late truck” in 2 rows",
        done="Comments: “late” → “late truck” in 2 rows",
        then=BEFORE,
    ),
    Fix(
        what="Fill blank cells",
        column="Credit Date",
        fields=(("Fill blank cells with", "2026-03-02"),),
        foretold="Ready: 3 → 4 rows · $12.75 → $16.00 (+$3.25)",
        apply="Fill Credit Date with 2026-03-02 in 1 row",
        done="Filled Credit Date with 2026-03-02 in 1 row",
        then="Import 4 credits · $16.00 (2 rows stay out)",
    ),
    Fix(
        what="Trim and capitalize codes",
        foretold="Ready: 3 → 3 rows · $12.75 → $12.75 (+$0.00)",
        apply="Tidy Customer Code in 1 row",
        done="Tidied Customer Code in 1 row",
        then=BEFORE,
    ),
    Fix(
        what="Make negative amounts positive",
        foretold="Ready: 3 → 5 rows · $12.75 → $20.75 (+$8.00)",
        apply="Make amounts positive in 2 rows",
        done="Made amounts positive in 2 rows",
        then="Import 5 credits · $20.75 (1 row stays out)",
    ),
    Fix(
        what="Exclude rows that need attention",
        foretold="Ready: 3 → 3 rows · $12.75 → $12.75 (+$0.00)",
        apply="Exclude 3 rows",
        done="Excluded 3 rows",
        then=BEFORE,
    ),
    Fix(
        what="Exclude the filtered rows",
        foretold="Ready: 3 → 0 rows · $12.75 → $0.00 (−$12.75)",
        apply="Exclude 6 rows",
        done="Excluded 6 rows",
        then="Import 0 credits · $0.00 (6 rows stay out)",
    ),
)


def fixable(tag: str) -> list[Row]:
    """Three good rows, a blank date, two negative amounts, and a total row."""
    rows = good_rows(6, tag=tag)
    rows[0][COMMENTS] = rows[1][COMMENTS] = "late"
    rows[2][DAY] = None
    rows[3][BALANCE], rows[4][BALANCE] = -3, -5
    rows[5][BALANCE], rows[5][CODE], rows[5][PLACE] = 9.25, " fl203 ", dict(active_customers())["FL203"]
    rows.append(["Total", None, None, 8, None, None])
    return rows


def test_a_fix_of_many_rows_is_foretold_applied_in_one_step_and_undone_whole(tab: Page) -> None:
    review = open_review(tab, "FIX", fixable("FIX"))
    expect_button(review, BEFORE)
    before = review.grid.inner_text()
    for number, fix in enumerate(FIXES):
        # What it will come to is said before anything is done.
        done = [earlier.done for earlier in FIXES[:number]]
        dialog = open_fix(tab, fix.what)
        if fix.column:
            choose(dialog, "Column", fix.column)
        for label, text in fix.fields:
            say(dialog, label, text)
        expect(dialog.get_by_text(fix.foretold)).to_be_visible()
        assert journal(review.batch) == done
        expect_button(review, BEFORE)
        # One click does it, in one step.
        button(dialog, fix.apply).click()
        expect(dialog).to_have_count(0)
        expect(tab.get_by_text(f"{fix.done}.")).to_be_visible()
        expect_button(review, fix.then)
        assert journal(review.batch) == [*done, fix.done]
        # One step back, and the sheet is what it was.
        tab.keyboard.press("Control+z")  # wherever the dialog has left the focus
        expect(tab.get_by_text(f"Undone: {fix.done}")).to_be_visible()
        review.settled()
        expect_button(review, BEFORE)
        eventually(lambda: review.grid.inner_text() == before)
    # All of it was kept.
    tab.reload()
    review.opened()
    assert review.grid.inner_text() == before


def test_the_dialog_stays_open_while_the_page_follows_an_edit(tab: Page) -> None:
    review = open_review(tab, "STAYS", good_rows(3, tag="STAYS"))
    review.cell(3, "Credit Balance").click()
    tab.keyboard.type("n/a")
    tab.keyboard.press("Enter")
    button(tab, "Bulk edit").click()
    dialog = tab.locator("[role=dialog]:visible")
    expect(dialog.get_by_label("Find")).to_be_visible()
    expect_button(review, "Import 2 credits · $4.50 (1 row stays out)")
    tab.wait_for_timeout(1000)
    found = dialog.get_by_label("Find")
    expect(found).to_be_visible()
    found.fill("late")
    found.press("Escape")
    expect(dialog).to_have_count(0)
    button(tab, "Bulk edit").click()
    expect(found).to_have_value("late")
    found.press("Escape")
    expect(dialog).to_have_count(0)
    review.type(3, "Credit Balance", "2")
    expect_button(review, "Import 3 credits · $6.50")
    expect(dialog).to_have_count(0)


def test_a_fix_may_reach_only_the_rows_shown_fixed_ones_among_them(tab: Page) -> None:
    rows = good_rows(7, tag="REACH")
    for n in (0, 2, 3):
        rows[n][BALANCE] = -n - 1
    review = open_review(tab, "REACH", rows)
    radio(tab, "Needs attention 3").click()
    expect_rows(review, 2, 4, 5)
    review.type(4, "Credit Balance", "3.50")
    search(tab, "REACH-4")
    expect_rows(review, 5)
    dialog = open_fix(tab, "Make negative amounts positive")
    expect(dialog.get_by_text("2 rows will change.")).to_be_visible()
    dialog.get_by_text("Filtered rows").click()
    button(dialog, "Make amounts positive in 1 row").click()
    expect(dialog).to_have_count(0)
    expect_button(review, "Import 6 credits · $28.50 (1 row stays out)")
    expect_rows(review, 5)
    dialog = open_fix(tab, "Exclude the filtered rows")
    button(dialog, "Exclude 1 row").click()
    expect_figure(tab, "Excluded", 1, "$4.00")


def open_fix(page: Page, what: str) -> Locator:
    button(page, "Bulk edit").click()
    dialog = page.locator("[role=dialog]:visible")
    choose(dialog, "What to do", what)
    return dialog


def choose(dialog: Locator, label: str, option: str) -> None:
    """Choose in a list of the dialog, with the keyboard: its options lie outside of the dialog."""
    box = dialog.get_by_role("combobox", name=re.compile(label))
    if box.input_value() == option:
        return
    box.fill(option)
    dialog.page.get_by_role("option", name=option, exact=True).click()
    expect(dialog.get_by_role("combobox", name=re.compile(label))).to_have_value(option)


# -- questions -----------------------------------------------------------------------------------------


def plain_rows(tag: str) -> list[Row]:
    return good_rows(6, tag=tag)


def doubtful_column(tag: str) -> bytes:
    headers = ["Cred Amt" if name == "Credit Balance" else name for name in HEADERS]
    return workbook(plain_rows(tag), headers=headers)


def unclear_amounts(tag: str) -> bytes:
    rows = plain_rows(tag)
    rows[0][BALANCE], rows[1][BALANCE], rows[2][BALANCE] = "1,234", "2,500", "$ 1,200.50"
    for row, (code, place) in zip(rows, customers_of_large_credits(3), strict=False):
        row[CODE], row[PLACE] = code, place
    return workbook(rows)


def unclear_dates(tag: str) -> bytes:
    rows = plain_rows(tag)
    rows[0][DAY], rows[1][DAY], rows[2][DAY] = "03/04/2025", "05/06/2025", "25/12/2025"
    return workbook(rows)


def serial_dates(tag: str) -> bytes:
    rows = plain_rows(tag)
    rows[0][DAY] = rows[1][DAY] = "46083"
    return workbook(rows)


def hidden_rows(tag: str) -> bytes:
    book = opened(workbook(plain_rows(tag)))
    for row in (3, 4):
        book.active.row_dimensions[row].hidden = True
    return saved(book)


@dataclass(frozen=True, kw_only=True)
class Answer:
    """A button of a question, and what it does."""

    says: str
    after: str
    edit: str


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A sheet with something unclear, what is asked, and what each of the answers does."""

    sheet: Callable[[str], bytes]
    text: str
    evidence: str
    before: str
    answers: tuple[Answer, ...]


QUESTIONS = {
    "column": Asked(
        sheet=doubtful_column,
        text="Match “Cred Amt” to Credit Balance?",
        evidence="First values: 1.25, 2.25, 3.25",
        before="Import 0 credits · $0.00 (6 rows stay out)",
        answers=(
            Answer(
                says="Yes, it is Credit Balance",
                after="Import 6 credits · $22.50",
                edit="Column D: Credit Balance",
            ),
            Answer(
                says="Don't import it",
                after="Import 0 credits · $0.00 (6 rows stay out)",
                edit="Column D: not imported",
            ),
        ),
    ),
    "amounts": Asked(
        sheet=unclear_amounts,
        text="Credit Balance: how much is “1,234”?",
        evidence="1 of 3 amounts only works with a decimal point.",
        before="Import 4 credits · $1,216.25 (2 rows stay out)",
        answers=(
            Answer(
                says="1,234 is $1,234.00 and 2,500 is $2,500.00",
                after="Import 6 credits · $4,950.25",
                edit="Credit Balance: comma for thousands",
            ),
            Answer(
                says="1,234 is $1.234 and 2,500 is $2.50",
                after="Import 6 credits · $1,219.984",
                edit="Credit Balance: comma for decimals",
            ),
        ),
    ),
    "dates": Asked(
        sheet=unclear_dates,
        text="Credit Date: is “03/04/2025” in April or in March?",
        evidence="1 of 3 dates only works as day/month.",
        before="Import 3 credits · $15.75 (3 rows stay out)",
        answers=(
            Answer(
                says="03/04/2025 is 3 April 2025 and 25/12/2025 is 25 December 2025",
                after="Import 6 credits · $22.50",
                edit="Credit Date: day first with a slash",
            ),
            Answer(
                says="03/04/2025 is March 4, 2025 and 05/06/2025 is May 6, 2025",
                after="Import 5 credits · $19.25 (1 row stays out)",
                edit="Credit Date: month first with a slash",
            ),
        ),
    ),
    "serial": Asked(
        sheet=serial_dates,
        text="Credit Date: is “46083” Excel's number of a day?",
        evidence="1 value is a number.",
        before="Import 4 credits · $19.00 (2 rows stay out)",
        answers=(
            Answer(
                says="Yes: 46083 is 2 March 2026",
                after="Import 6 credits · $22.50",
                edit="Credit Date: numbers are days",
            ),
        ),
    ),
    "hidden": Asked(
        sheet=hidden_rows,
        text="2 rows are hidden in Excel. Import them?",
        evidence="They are marked in the grid.",
        before="2 warnings to confirm",
        answers=(
            Answer(says="Import them", after="Import 6 credits · $22.50", edit="Hidden rows count"),
            Answer(
                says="Exclude", after="Import 4 credits · $17.00 (2 rows stay out)", edit="Excluded 2 rows"
            ),
        ),
    ),
}


@pytest.mark.parametrize("name", QUESTIONS)
def test_what_is_unclear_is_asked_answered_with_one_click_and_asked_again_when_undone(
    tab: Page, name: str
) -> None:
    asked = QUESTIONS[name]
    review = open_workbook(tab, f"ask-{name}", asked.sheet(f"ASK-{name}"))
    given: list[str] = []
    for answer in asked.answers:
        # It is asked, the second time because the first answer was taken back.
        question = review.main.get_by_text(asked.text, exact=True)
        expect(question).to_be_visible()
        expect(review.main.get_by_text(asked.evidence)).to_be_visible()
        expect_button(review, asked.before)
        # One click answers it, in one step.
        button(tab, answer.says, exact=True).click()
        expect(question).to_have_count(0)
        expect_button(review, answer.after)
        given.insert(0, answer.edit)
        to_edits(tab)
        expect_edits(tab, *given)
        # The step is taken back.
        press_step(review, "undo")
        expect_button(review, asked.before)
        expect(panel(tab).locator("del")).to_have_text(given)
        to_problems(tab)
        expect(question).to_be_visible()


def test_nothing_can_be_imported_before_a_required_column_is_known(tab: Page) -> None:
    review = open_workbook(tab, "unknown-column", doubtful_column("UNKNOWN"))
    expect(review.button).to_be_disabled()
    expect(tab.get_by_text("Match column D first.")).to_be_visible()
    button(tab, re.compile("^Yes, it is Credit Balance")).click()
    expect(review.button).to_be_enabled()
    expect_column(review, "Credit Balance", {2: "1.25", 7: "6.25"})
    expect_figure(tab, "Ready", 6, "$22.50")
