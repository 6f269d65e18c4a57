"""What pages share and draw: the effect on balances, lists of imports, what goes with a deleted draft.

Each is drawn by a script of its own; what a test wants drawn lies in `DRAWN`, where that script finds it.
"""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import partial
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from streamlit.testing.v1 import AppTest

from komet_import import services
from komet_import.access import roles
from komet_import.clock import now
from komet_import.ledger import balances
from komet_import.ledger.balances import Balance
from komet_import.ledger.corrections import StillRejected
from komet_import.ledger.models import Batch, BatchStatus
from komet_import.ledger.open_sums import Open, Sums
from komet_import.ledger.receipt import Tally
from komet_import.review.effect import BalanceChange, Effect
from komet_import.review.figures import figures
from komet_import.review.judge import judge
from komet_import.review.reference import KnownCustomer, PartyStanding
from komet_import.review.tally import Tally as Counted
from komet_import.services import History, Listed, OpenRows, Work
from komet_import.sheets.files.book import TextOptions
from komet_import.types import CUSTOMERS, OPEN_CREDITS
from komet_import.types.open_invoices import OPEN_INVOICES
from komet_import.web.balances import ages, customers, statement
from komet_import.web.balances.choices import BalancesLook
from komet_import.web.home import overview
from komet_import.web.report import receipt, rejected_table, reversal_form
from komet_import.web.review import problems, status
from komet_import.web.review.cards import as_before
from komet_import.web.review.dialogs import confirm_dialog
from komet_import.web.review.look import Reviewing
from komet_import.web.review.reading_panel.text_file import text_file
from komet_import.web.review.rejected_before import rejected_before
from komet_import.web.shared import deletion_words, parts
from komet_import.web.shared.balance_effect import balance_effect
from komet_import.web.shared.imports_table import imports_table
from komet_import.web.shared.pager import pager, turned
from komet_import.web.shared.parts import plain
from tests.review.drafting import draft, reference, row
from tests.services.workspace import HEADERS, People, credit
from tests.services.workspace import opened as uploaded

DRAWN: list[Callable[[], object]] = []
ANSWERS: list[Any] = []


def _script() -> None:  # its source is run elsewhere, where no name of this file is known
    import sys

    here = next(m for name, m in sys.modules.items() if name.endswith("web.test_drawn"))
    here.ANSWERS.append(here.DRAWN[-1]())


def drawn(draw: Callable[[], object], **state: object) -> AppTest:
    DRAWN.append(draw)
    page = AppTest.from_function(_script, default_timeout=60)
    for name, value in state.items():
        page.session_state[name.replace("_", "-")] = value
    page.run()
    assert not page.exception
    return page


def frame(page: AppTest) -> dict[str, list[object]]:
    """A table by its headings, as it is drawn: a blank cell is None."""
    found: dict[str, list[object]] = page.dataframe[0].value.to_dict("list")
    return {name: [None if cell != cell else cell for cell in cells] for name, cells in found.items()}


# What an import does to balances.


def line(code: str, *, now: int, change: int, net: int = 0, documents: int = 1, **more: Any) -> BalanceChange:
    customer = KnownCustomer(id=1, code=code, name=code.title(), active=True, locations=frozenset())
    before = PartyStanding(amount=now, documents=documents, largest=now)
    return BalanceChange(customer=customer, rows=1, now=now, change=change, net=net, before=before, **more)


LINES = (
    line("FIRST", now=0, change=30_000, net=1, documents=0, times=None),
    line("FAR", now=1_005, change=12_000, net=2, documents=34, times=12),
    line("LESS", now=9_000, change=-2_000, net=3, times=None),
)


@pytest.mark.parametrize("done", [False, True])
def test_the_effect_is_told_in_sums_in_bars_and_by_customer(done: bool) -> None:
    told = Effect(type=OPEN_CREDITS, standing=(OPEN_CREDITS,), lines=LINES, netted=False)
    page = drawn(lambda: balance_effect(told, key="effect", done=done))
    now_or_before = "Before" if done else "Now"
    assert [(one.label, one.value.replace("\\", "")) for one in page.metric] == [
        ("Customers", "3"),
        (f"Open credits {now_or_before.lower()}", "$10.005"),
        ("This import", "+$40.00"),
        ("After", "$50.005"),
    ]
    assert [one.value for one in page.markdown] == [
        ":orange[:material/warning:] 1 customer is far above what they had before.",
        "**Changes**",
    ]
    assert frame(page) == {
        "Customer": ["FIRST First", "FAR Far", "LESS Less"],
        now_or_before: [Decimal(0), Decimal("1.005"), Decimal(9)],
        "This import": [Decimal(30), Decimal(12), Decimal(-2)],
        "After": [Decimal(30), Decimal("13.005"), Decimal(7)],
        "History": ["First credit", "12 times the largest of 34 before", ""],
    }


def test_what_comes_may_have_another_name_and_both_sides_are_netted_where_they_are_seen() -> None:
    fees = replace(OPEN_INVOICES, slug="fees", noun=("fee", "fees"))
    told = Effect(type=OPEN_INVOICES, standing=(fees, OPEN_INVOICES), lines=(LINES[2],) * 11, netted=True)
    page = drawn(lambda: balance_effect(told, key="effect", comes="Reversal"))
    assert [(one.label, one.value.replace("\\", "")) for one in page.metric][1:3] == [
        ("Open fees and invoices now", "$99.00"),
        ("Reversal", "−$22.00"),
    ]
    assert [one.value for one in page.markdown] == ["**Ten largest changes**"]
    cells = frame(page)
    assert list(cells) == ["Customer", "Now", "Reversal", "After", "Net", "History"]
    assert cells["Net"] == [Decimal("0.003")] * 11


@pytest.mark.parametrize(
    ("of_ages", "said"),
    [
        ((996, 4, 0, 0), [">99%", "<1%", "0%", "0%"]),
        ((994, 6, 0, 0), ["99%", "1%", "0%", "0%"]),
        ((1000, 0, 0, 0), ["100%", "0%", "0%", "0%"]),
    ],
)
def test_a_share_is_called_none_or_all_only_where_it_is(of_ages: tuple[int, ...], said: list[str]) -> None:
    found = Sums(of={OPEN_CREDITS.slug: Open(standing=2, amount=1000, ages=of_ages)})
    page = drawn(lambda: ages.ages(found, (OPEN_CREDITS,)))
    shares = [one.label.replace("\\", "").partition("· ")[2].removesuffix("]") for one in page.metric]
    assert shares[1:] == said


@pytest.mark.parametrize(
    ("of_each", "said"),
    [
        (
            [(500, -500), (400, -10), (100, 0), (0, -490)],
            ["The 2 largest hold 90% of all open credits.", "The 2 largest hold 99% of all open invoices."],
        ),
        ([(500, 0), (400, 0), (100, 0)], ["The 2 largest hold 90% of all open credits."]),
        ([(0, -7)], ["The largest holds 100% of all open invoices."]),
        ([], []),
    ],
)
def test_the_largest_are_picked_and_summed_on_the_side_that_is_spoken_of(
    of_each: list[tuple[int, int]], said: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(balances, "TOP", 2)
    lines = [
        Balance(
            customer_id=n,
            code=f"FL{n}",
            name="",
            active=True,
            of={
                type.slug: Open(standing=1, amount=amount, ages=(amount, 0, 0, 0))
                for type, amount in zip((OPEN_CREDITS, OPEN_INVOICES), amounts, strict=True)
            },
        )
        for n, amounts in enumerate(of_each)
    ]
    monkeypatch.setattr(balances, "every", lambda **_: lines)
    page = drawn(lambda: ages.largest(balances.balances(), (OPEN_CREDITS, OPEN_INVOICES)))
    assert [one.value for one in page.caption] == said


def test_where_nothing_is_ready_no_balance_changes() -> None:
    told = Effect(type=OPEN_CREDITS, standing=(OPEN_CREDITS,), lines=(), netted=False)
    page = drawn(lambda: balance_effect(told, key="effect"))
    assert [one.value for one in page.caption] == ["No rows are ready yet, so no balance changes."]
    assert not page.metric and not page.dataframe


# Lists of imports.


def batch(name: str, **values: Any) -> Listed:
    made = Batch(
        id=name, type="open-credits", status=BatchStatus.POSTED, file_name=f"{name}.xlsx", sha256="-",
        reading={}, uploaded_by=1, rows_posted=2, amount_posted=12_500,
        posted_at=datetime(2026, 3, 2, 10, 42, tzinfo=UTC),
    )  # fmt: skip
    for field, value in values.items():
        setattr(made, field, value)
    return Listed(batch=made, type=OPEN_CREDITS, uploaded_by="Ada", mine=False, posted_by="Rita")


LISTED = (
    batch("clean"),
    batch("open", rows_rejected=3),
    batch("gone", status=BatchStatus.REVERSED, amount_posted=None),
)
FOUND = History(
    lines=LISTED,
    still_rejected={
        "open": StillRejected(open={"key": 5}, dropped=0),
        "gone": StillRejected(open={}, dropped=0),
    },
    count=3,
    money={},
    page=1,
    open=OpenRows(imports=LISTED[1:2], rows=3, money={OPEN_CREDITS: Tally(rows=3, amount=5, unreadable=1)}),
)


def test_imports_are_listed_with_their_state_rows_and_money() -> None:
    page = drawn(lambda: imports_table(FOUND, LISTED, key="list"))
    cells = frame(page)
    assert ANSWERS[-1] is None, "nothing was pressed"
    assert "with the keys: Shift+Space" in page.dataframe[0].proto.alt
    assert cells.pop("Imported") == ["2026-03-02 10:42 UTC"] * 3
    assert cells == {
        "File": ["clean.xlsx", "open.xlsx", "gone.xlsx"],
        "State": [["All imported"], ["Rejected rows open"], ["Reversed"]],
        "Rows": [2, 2, 2],
        "Amount": [Decimal("12.5"), Decimal("12.5"), None],
        "Rejected": [None, 3, None],
        "Still open": [None, 1, None],
        "By": ["Rita"] * 3,
        "Type": ["Open Credits"] * 3,
    }
    short = frame(drawn(lambda: imports_table(FOUND, LISTED, key="list", short=True)))
    assert list(short) == ["File", "State", "Rows", "Amount", "Imported", "By"]


@pytest.mark.parametrize(("thousandths", "smaller"), [(9_791_221_170, False), (11_803_566_029, True)])
def test_the_weeks_figure_is_written_smaller_where_it_has_no_room(
    monkeypatch: pytest.MonkeyPatch, thousandths: int, smaller: bool
) -> None:
    span = services.Span(since=datetime(2026, 3, 2, tzinfo=UTC), imports=1, documents=2, amount=thousandths)
    monkeypatch.setattr(services, "imported_in", lambda *_: [span])
    page = drawn(lambda: overview.weeks(None, OPEN_CREDITS))  # type: ignore[arg-type]
    keys = "".join(str(one.proto) for one in page.main if one.proto is not None)
    assert ("small-week" in keys) is smaller


def test_no_screen_tells_a_sum_of_amounts_that_could_not_be_read() -> None:
    unread = OpenRows(
        imports=LISTED[1:2], rows=1, money={OPEN_CREDITS: Tally(rows=1, amount=0, unreadable=1)}
    )
    page = drawn(lambda: overview.still_rejected(unread))
    assert [one.value.replace("\\", "").partition(".xlsx")[2].partition(".")[0] for one in page.caption] == [
        " · 1 amount could not be read"
    ]
    people = replace(unread, money={})
    page = drawn(lambda: overview.still_rejected(people))
    assert page.caption[0].value.replace("\\", "").startswith("From open.xlsx. ")


FIXED_THERE = "rejected, to be fixed on the report"


@pytest.mark.parametrize(
    ("amounts", "excluded", "said"),
    [
        (("5", "n/a"), [], ["**Stays out: 1 row**", f"1 {FIXED_THERE} · 1 amount could not be read"]),
        (("5", "7"), [3], ["**Stays out: 1 row**", "1 excluded · $7.00"]),
        (
            ("5", "n/a", "-3", "7"),
            [5],
            [
                "**Stays out: 3 rows**",
                f"2 {FIXED_THERE} · 1 amount could not be read · 1 amount has the wrong sign",
                "1 excluded · $7.00",
            ],
        ),
    ],
)  # fmt: skip
def test_what_stays_out_of_an_import_is_told_without_a_sum_of_what_was_not_read(
    amounts: tuple[str, ...], excluded: list[int], said: list[str]
) -> None:
    sheet = draft(*(row(number=f"C-{n}", amount=amount) for n, amount in enumerate(amounts)))
    judgement = judge(sheet, reference())
    opened: Any = SimpleNamespace(judgement=judgement, figures=figures(judgement))
    plan: Any = SimpleNamespace(excluded=excluded)
    page = drawn(lambda: confirm_dialog._stays_out(opened, plan))
    told = [re.sub(r"^:small\[:\w+\[.*?\] |\]$|\\", "", one.value) for one in page.markdown]
    assert told == said


# Before a draft is deleted.


def work(**values: Any) -> Work:
    told = {"own": True, "mine": 0, "others": (), "expects": False} | values
    return Work(file_name="march.xlsx", rows=1_200, revision=5, uploaded_by="Rita *R*", **told)


@pytest.mark.parametrize(
    ("goes", "said"),
    [
        ({}, "Nobody has edited it."),
        ({"expects": True}, "Nobody has edited it. Its control total goes with it."),
        ({"mine": 1}, "1 edit goes with it: 1 of yours."),
        ({"others": (("Carl", 2), ("Ada", 1))}, "3 edits go with it: 2 of Carl, 1 of Ada."),
        (
            {"mine": 1, "others": (("Carl", 2),), "expects": True},
            "3 edits go with it: 1 of yours, 2 of Carl. So does the control total that was typed.",
        ),
    ],
)
def test_it_is_said_whose_edits_go_with_a_draft(goes: dict[str, Any], said: str) -> None:
    assert deletion_words.what_goes(work(**goes)) == said


@pytest.mark.parametrize("own", [True, False])
def test_it_is_said_whose_draft_it_is_and_where_it_comes_back(own: bool) -> None:
    page = drawn(lambda: deletion_words.about(work(own=own, mine=1), restored="from History"))
    assert [one.value for one in page.markdown] == [
        r"**march\.xlsx** · 1,200 rows", r"1 edit goes with it\: 1 of yours\."
    ]  # fmt: skip
    assert [one.value for one in page.caption] == [
        "Nothing is posted. The draft can be restored from History."
    ]
    warned = [] if own else [r"This is the draft of Rita \*R\*, not yours\."]
    assert [one.value for one in page.warning] == warned
    assert deletion_words.label(work(own=own)) == (
        "Delete draft" if own else r"Delete the draft of Rita \*R\*"
    )


# Moments, counts and pages.


@pytest.mark.parametrize(("zone", "hour"), [(ZoneInfo("America/New_York"), 5), (None, 0)])
def test_a_day_begins_at_its_readers_midnight(
    monkeypatch: pytest.MonkeyPatch, zone: ZoneInfo | None, hour: int
) -> None:
    monkeypatch.setattr(parts, "browser_zone", lambda: zone)
    assert parts.local_midnight(date(2026, 3, 2)) == datetime(2026, 3, 2, hour, tzinfo=UTC)


def test_how_long_ago_something_was_is_told_until_a_day_has_gone() -> None:
    told = {}

    def draw() -> None:
        for minutes in (0, 1, 59, 60, 119, 120, 24 * 60 - 1):
            told[minutes] = parts.ago(now() - timedelta(minutes=minutes, seconds=1))
        told[-1] = parts.ago(now() - timedelta(days=1, seconds=1))

    drawn(draw)
    day = told.pop(-1)
    assert told == {
        0: "just now", 1: "1 min ago", 59: "59 min ago", 60: "1 hour ago", 119: "1 hour ago",
        120: "2 hours ago", 24 * 60 - 1: "23 hours ago",
    }  # fmt: skip
    assert day.endswith(" UTC") and (parts.counted_rows(1), parts.counted_edits(1_200)) == (
        "1 row",
        "1,200 edits",
    )


def test_a_list_of_one_page_is_not_turned() -> None:
    drawn(lambda: turned(1, 1, key="pages"))
    assert ANSWERS[-1] is None
    drawn(lambda: turned(3, 2, key="pages"))
    assert ANSWERS[-1] is None, "the page that is shown is none to turn to"


@pytest.mark.parametrize(
    ("found", "page", "said"),
    [(100, 1, "1–100 of 1,042 credits"), (100, 10, "901–1,000 of 1,042 credits"), (42, 11, "1,001–1,042 of")],
)
def test_a_list_says_which_of_its_lines_are_shown(found: int, page: int, said: str) -> None:
    shown = drawn(lambda: pager(found, page=page, pages=11, size=100, of="1,042 credits", key="pages"))
    assert [caption.value[: len(said)] for caption in shown.caption] == [said]
    assert ANSWERS[-1] is None


def test_what_is_pressed_in_a_list_is_opened_and_only_what_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    from komet_import.web.shared import opening_table

    shown = SimpleNamespace(selection=SimpleNamespace(rows=[]))
    monkeypatch.setattr(opening_table.st, "dataframe", lambda *_, **__: shown)
    for pressed, chosen, opened in ((1, [], "open"), (None, [2], "gone"), (0, [2], "clean"), (7, [], None)):
        shown.selection.rows = chosen
        state = {"list-open": SimpleNamespace(row=pressed)} if pressed is not None else {}
        monkeypatch.setattr(opening_table.st, "session_state", state)
        found = imports_table(FOUND, LISTED, key="list")
        assert (found.batch.id if found else None) == opened


# How a text file was read.


def test_what_stands_between_values_is_told_whether_or_not_it_has_a_name(people: People) -> None:
    for mark, told in {";": "semicolon", "^": "^", "{": "{"}.items():
        rows = [["FL219", f"CR-{n}", "2026-03-02", "12.50", "MIA", "late, short"] for n in (1, 2)]
        content = "\n".join(mark.join(line) for line in (HEADERS, *rows)).encode()
        options = TextOptions(encoding="utf-8", delimiter=mark)
        batch_id = services.open_file(people.rita, OPEN_CREDITS, "march.csv", content, text=options)
        page = drawn(partial(text_file, people.rita, services.view(people.rita, batch_id)))
        assert page.selectbox(key="text-delimiter").options[0] == told


@pytest.mark.twin
def test_rows_that_came_back_are_unchanged_until_one_is_changed(people: People) -> None:
    posted = uploaded(people.rita, credit("A"), credit("B", customer="FL21"), file_name="march.xlsx")
    services.post(people.rita, posted)
    again = services.fix_rejected(people.rita, posted)

    def line() -> AppTest:
        return drawn(lambda: rejected_before(people.rita, services.view(people.rita, again)))

    page = line()
    assert [told.value for told in page.caption] == [plain("1 row back from march.xlsx, unchanged so far")]
    assert not page.expander
    services.set_cells(people.rita, again, [(2, "Comments", "", "x")])
    page = line()
    assert page.expander[0].label == plain("1 row back from march.xlsx: 1 value changed since")
    assert not page.caption


@pytest.mark.parametrize(
    ("tally", "said"),
    [
        (Counted(rows=0, amount=0), "**0**"),
        (Counted(rows=1_200, amount=8_310_500), "**1,200** · " + plain("$8,310.50")),
        (Counted(rows=2, amount=0, unreadable=2), "**2**"),
        (Counted(rows=2, amount=None), "**2**"),
    ],
)
def test_a_state_says_its_rows_and_a_sum_where_there_is_one(tally: Counted, said: str) -> None:
    assert status._counted(tally) == said


@pytest.mark.parametrize("more", [0, 1])
def test_of_the_steps_the_newest_are_listed_and_said_to_be_where_there_are_more(more: int) -> None:
    count = problems.SHOWN_STEPS + more
    steps = [
        SimpleNamespace(words=f"Step {seq}", undone=True, by="Rita", at=now(), seq=seq)
        for seq in range(1, count + 1)
    ]
    opened: Any = SimpleNamespace(steps=steps, draft=draft(row()))
    user: Any = None
    page = drawn(lambda: problems._edits(user, Reviewing("steps", 1), opened))
    assert [one.value for one in page.markdown] == [f"~~Step {seq}~~" for seq in range(count, more, -1)]
    assert [one.value for one in page.caption if "newest" in one.value] == (
        [f"The newest {problems.SHOWN_STEPS} of {count}."] if more else []
    )


def test_ages_and_sides_without_money_are_a_dash_and_a_sum_of_nothing_is_zero(people: People) -> None:
    other = credit("B", customer="FL220", amount=15)
    services.post(people.rita, uploaded(people.rita, credit("A", amount=5), other, file_name="one.xlsx"))
    types = roles.money_types(people.ada)
    found = services.balances(people.ada, search="FL219", settled=True)
    page = drawn(lambda: customers.customers(BalancesLook(), found, types))
    cells = frame(page)
    assert cells["You owe"] == [Decimal(5)] and cells["They owe"] == [None]
    assert cells["Net"] == [Decimal(5)] and cells["Over 90 days"] == [None]
    assert page.dataframe[0].proto.placeholder == "–"
    page = drawn(lambda: customers.customers(BalancesLook(), services.balances(people.ada), [OPEN_CREDITS]))
    whole = json.loads(page.dataframe[0].proto.columns)["Share"]["type_config"]["max_value"]
    assert whole == max(frame(page)["Share"]) < 100, "the bar of the largest is as long as there is room"
    nothing = services.balances(people.ada, search="00042", settled=True)
    cells = frame(drawn(lambda: customers.customers(BalancesLook(), nothing, types)))
    assert cells["Net"] == [Decimal(0)] and cells["You owe"] == cells["They owe"] == [None]


@pytest.mark.parametrize("at_one", [False, True])
def test_the_statement_that_is_taken_away_is_of_the_location_that_is_shown(
    people: People, at_one: bool
) -> None:
    services.post(people.rita, uploaded(people.rita, credit("A", amount=5)))
    place = services.places(people.rita)[0].id if at_one else None
    found = services.statement(people.rita, "FL219")
    assert found is not None
    page = drawn(lambda: statement.entries(BalancesLook(), found, (OPEN_CREDITS,), place=place))
    of = f"{found.balance.customer_id}-{place}" if at_one else f"{found.balance.customer_id}"
    assert f"/statement/{of}'" in page.main.children[0].proto.body


def test_rows_that_said_what_was_known_are_told_whether_any_was_excluded_or_not(people: People) -> None:
    headers = ["Customer Code", "Customer Name"]
    known, new, other = ["FL219", "Rosas del Valle"], ["N1", "Nueva"], ["N2", "Otra"]
    said = []
    for rows, excluded in (([known, new], []), ([known, other, ["N3", "Ninguna"]], [4])):
        posted = uploaded(people.ada, *rows, headers=headers, type=CUSTOMERS)
        services.leave_out(people.ada, posted, excluded)
        services.post(people.ada, posted)
        page = drawn(lambda: receipt.rejected(people.ada, services.report(people.ada, posted)))  # noqa: B023
        said += [one.value for one in page.success]
    assert said == [
        "All rows were added, or said what was known already.",
        "All rows were added, said what was known already, or were excluded on purpose.",
    ]


@pytest.mark.parametrize(
    ("excluded", "said"),
    [([], "All rows were imported."), ([3], "All rows were imported or excluded on purpose.")],
)
def test_where_no_row_was_rejected_the_report_says_what_became_of_them(
    people: People, excluded: list[int], said: str
) -> None:
    posted = uploaded(people.rita, credit("A"), credit("B", amount=7))
    if excluded:
        services.leave_out(people.rita, posted, excluded)
    services.post(people.rita, posted)
    page = drawn(lambda: receipt.rejected(people.rita, services.report(people.rita, posted)))
    assert [one.value for one in page.success] == [said]


def test_a_report_says_what_its_sums_lack_what_is_open_and_what_a_reversal_takes_back(people: People) -> None:
    bad = credit("C", customer="NOBODY", amount=7)
    posted = uploaded(people.rita, credit("A"), credit("B", amount=30), bad, credit("D", amount="n/a"))
    services.post(people.rita, posted)

    def told(draw: Callable[..., object]) -> list[str]:
        page = drawn(lambda: draw(services.report(people.rita, posted)))
        return [one.value for one in (*page.caption, *page.markdown)]

    assert plain("1 row has no readable amount.") in told(receipt.receipt)
    rejected = partial(receipt.rejected, people.rita)
    assert any(one.startswith(f"2 rows open · {plain('$7.00')}. Fix them here") for one in told(rejected))
    services.reverse(people.carl, posted, rows=[2], reason="a test")
    assert any(plain("$30.00") in one for one in told(partial(reversal_form.reverse, people.carl)))
    services.reverse(people.carl, posted, rows=None, reason="a test")
    assert any(f"2 rows not imported · {plain('$7.00')}. " in one for one in told(rejected))


@pytest.mark.parametrize(
    ("text", "whole"),
    [("2026-03-02", True), (" CR-1 ", True), ("late truck", False), ("X" * rejected_table.UNBROKEN, True),
     ("X" * (rejected_table.UNBROKEN + 1), False)],
)  # fmt: skip
def test_a_number_or_a_day_of_a_rejected_row_is_not_broken(text: str, whole: bool) -> None:
    row: Any = SimpleNamespace(cells={"A": text}, issues=[], held={})
    assert ("class='bare'" in rejected_table._cell(row, "A", "why")) is whole


@pytest.mark.parametrize("checks", [False, True])
def test_who_decides_sees_the_values_of_before_and_undoes_none(checks: bool) -> None:
    values = [{"value": f"X{n}", "code": "FL219", "column": "Customer Code", "rows": 1} for n in range(2)]
    looking, user = Reviewing("before", 1), SimpleNamespace(id=1)
    looking.checks = checks
    page = drawn(lambda: as_before._values(user, looking, "0", "Like Rita", values))  # type: ignore[arg-type]
    assert len(page.button) == (0 if checks else 3)
