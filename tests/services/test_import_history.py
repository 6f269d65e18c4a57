"""History: what is found of the imports, what became of them, what of them is open; and the first steps."""

import io
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from openpyxl import load_workbook
from sqlmodel import Session

from komet_import import services
from komet_import.access import users
from komet_import.clock import earlier
from komet_import.ledger import corrections, database
from komet_import.ledger.corrections import StillRejected
from komet_import.ledger.models import Batch, now
from komet_import.refusal import Refusal
from komet_import.review.tally import NOTHING, Tally, by_type
from komet_import.services import File, HistoryFilter, OpenRows, State, history_address
from komet_import.services.history_filter import wanted_of
from komet_import.settings import settings
from komet_import.types import CUSTOMERS, OPEN_CREDITS, ImportType
from komet_import.types.open_invoices import OPEN_INVOICES
from tests import databases
from tests.services import workspace
from tests.services.test_corrections import rejecting, with_button
from tests.services.test_open_invoices import HEADERS as INVOICES
from tests.services.test_open_invoices import invoice
from tests.services.workspace import People, credit

CODES = ["Customer Code", "Customer Name"]


@pytest.fixture
def each(people: People) -> dict[str, str]:
    """An import of each state, by its name, the oldest first."""
    return databases.prepared(settings().database, "history", lambda: _each(people))


def _each(people: People) -> dict[str, str]:
    made = {}
    for days, name, rows in (
        (9, "clean", [credit("A1", amount=10)]),
        (8, "open", [credit("B1", amount=20), credit("B2", amount=-5)]),
        (7, "fixed", [credit("C1", amount=30), credit("C2", customer="NOBODY", amount=7)]),
        (6, "gone", [credit("D1", amount=40)]),
        (5, "dropped", [credit("E1", amount=50), credit("E2", customer="NOBODY", amount=8)]),
    ):
        with earlier(timedelta(days=days)):
            made[name] = workspace.opened(people.rita, *rows, file_name=f"{name}.xlsx")
            services.post(people.carl, made[name])
    fixing = services.fix_rejected(people.rita, made["fixed"])
    services.set_cells(people.rita, fixing, [(2, "Customer Code", "NOBODY", "FL219")])
    services.post(people.rita, fixing)
    services.reverse(people.carl, made["gone"], reason="a mistake")
    services.drop_rows(people.carl, made["dropped"], [3], reason="not ours")
    return made


def credits_in(found: OpenRows) -> Tally:
    """What of open rows is credits."""
    return found.money.get(OPEN_CREDITS, NOTHING)


def states(people: People, wanted: HistoryFilter, made: dict[str, str]) -> dict[str, State]:
    found = services.history(people.rita, wanted)
    names = {batch_id: name for name, batch_id in made.items()}
    return {names[line.batch.id]: found.state(line) for line in found.lines if line.batch.id in names}


@pytest.mark.twin
def test_what_became_of_an_import_is_its_state(people: People, each: dict[str, str]) -> None:
    every = {
        "dropped": State.DROPPED,
        "gone": State.REVERSED,
        "fixed": State.CORRECTED,
        "open": State.OPEN,
        "clean": State.COMPLETE,
    }
    assert states(people, HistoryFilter(), each) == every
    assert list(states(people, HistoryFilter(), each)) == list(every), "newest first"
    for name, state in every.items():
        assert states(people, HistoryFilter(state=state), each) == {name: state}


@pytest.mark.twin
@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("OPEN", {"open"}),
        ("a1", {"clean"}),
        ("no such", set()),
        ("%", set()),
        ("ROSAS", None),
        ("a\x001\ud800", {"clean"}),
    ],
)
def test_an_import_is_found_by_file_number_and_customer(
    people: People, each: dict[str, str], text: str, names: set[str] | None
) -> None:
    assert set(states(people, HistoryFilter(text=text), each)) == (each.keys() if names is None else names)


@pytest.mark.twin
def test_an_import_is_found_by_person_type_and_time(people: People, each: dict[str, str]) -> None:
    assert set(states(people, HistoryFilter(by=people.carl.id), each)) == each.keys()
    assert states(people, HistoryFilter(by=people.ada.id), each) == {}
    assert states(people, HistoryFilter(type=CUSTOMERS.slug), each) == {}
    since, until = now() - timedelta(days=8.5), now() - timedelta(days=6.5)
    assert set(states(people, HistoryFilter(since=since, until=until), each)) == {"open", "fixed"}
    with database.reading() as session:
        posted = session.get_one(Batch, each["fixed"]).posted_at
    assert states(people, HistoryFilter(since=posted, until=posted), each) == {}, (
        "before, and not at that time"
    )


def test_what_lists_call_open_is_what_the_reports_call_open(people: People, each: dict[str, str]) -> None:
    rita, before = people.rita, services.history(people.rita).open

    def added() -> tuple[int, int]:
        """The open rows of the company since, and the imports that have them, as every list says it."""
        lines = services.history(rita)
        found = lines.open
        still = {
            line.batch.id: s.rows for line in lines.lines if (s := lines.still_rejected.get(line.batch.id))
        }
        told = {line.batch.id: len(services.report(rita, line.batch.id).open) for line in lines.lines}
        assert {id_: rows for id_, rows in told.items() if rows} == {
            id_: rows for id_, rows in still.items() if rows
        }
        assert {line.batch.id for line in found.imports} >= {id_ for id_, rows in still.items() if rows}
        return found.rows - before.rows, (credits_in(found).amount or 0) - (credits_in(before).amount or 0)

    assert added() == (0, 0)
    batch_id = rejecting(people, "B", "C")
    assert added() == (2, 3_000)
    again = services.fix_rejected(rita, batch_id)
    services.post(rita, again, even_nothing=True)
    assert added() == (2, 3_000), "a row that is rejected again is one row"
    services.drop_rows(rita, again, [3], reason="not ours")
    assert added() == (1, 1_000)
    correcting = with_button(people.carl, batch_id)
    services.post(people.carl, correcting)
    assert added() == (0, 0)
    services.take_back_rows(rita, batch_id, [4])
    services.reverse(people.carl, correcting, reason="a mistake")
    assert added() == (2, 3_000)
    services.reverse(people.carl, batch_id, reason="another sheet is right")
    assert added() == (0, 0), "the rows of a reversed import, and what rejected them again and posted nothing"
    gone = {batch_id: State.REVERSED, again: State.REVERSED}
    names = {id_: id_ for id_ in gone}
    assert states(people, HistoryFilter(), names) == states(
        people, HistoryFilter(state=State.REVERSED), names
    )
    assert states(people, HistoryFilter(), names) == gone
    told = services.report(rita, batch_id)
    assert told.family.withdrawn == Tally(rows=2, amount=3_000) and told.family.adds_up
    assert [row.row for row in told.left] == [3, 4], "who wants them all the same may fix them"


def test_what_was_imported_is_summed_by_week_without_what_was_reversed(people_here: People) -> None:
    weeks = services.weeks(None, 3)

    def summed() -> list[tuple[int, int, int]]:
        spans = services.imported_in(people_here.rita, OPEN_CREDITS, weeks)
        return [(span.imports, span.documents, span.amount) for span in spans]

    before = summed()
    with earlier(timedelta(days=7)):
        services.post(people_here.rita, workspace.opened(people_here.rita, credit("A", amount=10)))
    gone = workspace.opened(people_here.rita, credit("B", amount=20))
    services.post(people_here.rita, gone)
    services.reverse(people_here.carl, gone, reason="a mistake")
    codes = workspace.opened(people_here.ada, ["N1", "New"], headers=CODES, type=CUSTOMERS)
    services.post(people_here.ada, codes)
    added = [tuple(a - b for a, b in zip(*two, strict=True)) for two in zip(summed(), before, strict=True)]
    assert added == [(0, 0, 0), (1, 1, 10_000), (1, 0, 0)]
    assert services.imported_in(people_here.lou, OPEN_CREDITS, weeks) == []


def test_months_and_weeks_follow_one_another() -> None:
    assert [month.day for month in services.months(None, 4)] == [1] * 5
    weeks = services.weeks(None, 4)
    assert [week.weekday() for week in weeks] == [0] * 5
    assert weeks[-2] <= now() < weeks[-1]
    tokyo = ZoneInfo("Asia/Tokyo")
    moments = [*services.weeks(tokyo, 1), *services.months(tokyo, 1)]
    assert {moment.utcoffset() for moment in moments} == {timedelta(hours=9)}


def test_a_filter_is_the_same_after_an_address(people_here: People) -> None:
    wanted = HistoryFilter(
        text="a&b=ñ", type="open-credits", by=3, state=State.OPEN, since=now(), until=now()
    )
    assert wanted_of(history_address(wanted)) == wanted
    assert wanted_of(history_address(HistoryFilter())) == HistoryFilter()
    for wrong in ("", "' OR 1=1", "everything", "text=a&more=1", "by=x", "text=a&text=b", "since=never"):
        with pytest.raises(Refusal) as refused:
            wanted_of(wrong)
        assert refused.value.code == "not-found"


def about(content: bytes) -> dict[object, object]:
    """What the last sheet of a workbook says about it."""
    return {line[0]: line[1] for line in load_workbook(io.BytesIO(content)).worksheets[-1].values}


@pytest.mark.twin
def test_the_list_is_taken_away_as_a_workbook(people: People, each: dict[str, str]) -> None:
    made = services.download(people.rita, File.HISTORY, history_address(HistoryFilter(state=State.OPEN)))
    head, *rows = load_workbook(io.BytesIO(made.content)).worksheets[0].iter_rows(values_only=True)
    assert head[:3] == ("File", "Type", "State")
    assert ("open.xlsx", "Open Credits", "Rejected rows open") in [row[:3] for row in rows]
    assert "clean.xlsx" not in [row[0] for row in rows]
    assert about(made.content)["Filter"] == "State: Rejected rows open"
    since, until = datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 4, 1, tzinfo=UTC)
    narrow = HistoryFilter(text="march", type=OPEN_CREDITS.slug, by=people.carl.id, since=since, until=until)
    made = services.download(people.rita, File.HISTORY, history_address(narrow))
    assert about(made.content)["Filter"] == (
        "Search: march · Type: Open Credits · By: Carl · From: 2026-03-01 00:00 UTC · "
        "Before: 2026-04-01 00:00 UTC"
    )
    made = services.download(people.rita, File.HISTORY, history_address(HistoryFilter()))
    assert about(made.content)["Filter"] == "none"


def test_a_draft_says_in_lists_how_it_stood_when_it_was_changed_last(people: People) -> None:
    batch_id = workspace.opened(people.rita, credit("A", amount=10), credit("B", amount=-5))

    def listed() -> tuple[int, int, int | None]:
        with database.reading() as session:
            batch = session.get(Batch, batch_id)
            assert batch is not None
            return batch.rows_read, batch.rows_rejected, batch.amount_read

    assert listed() == (2, 1, 10_000)
    services.set_cells(people.rita, batch_id, [(3, "Credit Balance", "-5", "5")])
    assert listed() == (2, 0, 15_000)


def test_a_list_tells_no_sum_of_amounts_that_could_not_be_read(people: People) -> None:
    rita, before = people.rita, credits_in(services.history(people.rita).open)
    batch_id = workspace.opened(rita, credit("A", amount="n/a"), credit("B", amount=-5))

    def told() -> str:
        return next(one for one in services.unfinished(rita) if one.batch.id == batch_id).read.told

    assert told() == "1 amount could not be read · 1 amount has the wrong sign"
    services.set_cells(rita, batch_id, [(3, "Credit Balance", "-5", "5")])
    assert told() == "$5.00 · 1 amount could not be read"
    services.post(rita, batch_id)
    still = credits_in(services.history(rita).open)
    assert (still.rows - before.rows, still.unreadable - before.unreadable) == (1, 1)
    assert still.amount == (before.amount or 0)


def test_an_open_row_of_the_wrong_sign_is_told_and_in_no_sum(people: People) -> None:
    rita, before = people.rita, credits_in(services.history(people.rita).open)
    batch_id = workspace.opened(
        rita, credit("A"), credit("B", amount=-5), credit("C", customer="NOBODY", amount=7)
    )
    services.post(rita, batch_id)
    still = credits_in(services.history(rita).open)
    assert (still.rows - before.rows, still.against - before.against) == (2, 1)
    assert (still.amount or 0) - (before.amount or 0) == 7_000


def test_open_rows_are_told_from_the_import_that_waits_longest(people: People, each: dict[str, str]) -> None:
    newest = workspace.opened(people.rita, credit("N"), credit("M", customer="NOBODY"))
    services.post(people.rita, newest)
    batches = [line.batch for line in services.history(people.rita).open.imports]
    times = [batch.posted_at for batch in batches if batch.posted_at]
    assert times == sorted(times) and len(times) == len(batches)
    assert [batch.id for batch in batches if batch.id in (newest, each["open"])] == [each["open"], newest]


def test_what_we_owe_and_what_is_owed_to_us_are_not_added_up(people: People) -> None:
    ada, before = people.ada, services.history(people.ada)
    theirs = credit("A", amount=30), credit("B", customer="NOBODY", amount=7), credit("C", amount=5)
    batch_id = workspace.opened(ada, *theirs)
    services.post(ada, batch_id)
    services.reverse(people.carl, batch_id, rows=[4], reason="a mistake")
    rows = [invoice("A", amount=100), invoice("B", customer="NOBODY", amount=9)]
    services.post(ada, workspace.opened(ada, *rows, headers=INVOICES, type=OPEN_INVOICES))
    found = services.history(ada)

    def added(to: Mapping[ImportType, Tally], since: Mapping[ImportType, Tally]) -> list[tuple[int, int]]:
        pairs = [(to[type], since.get(type, NOTHING)) for type in (OPEN_CREDITS, OPEN_INVOICES)]
        return [(now.rows - then.rows, (now.amount or 0) - (then.amount or 0)) for now, then in pairs]

    assert found.count == before.count + 2
    assert added(found.money, before.money) == [(1, 30_000), (1, 100_000)]
    assert added(found.open.money, before.open.money) == [(1, 7_000), (1, 9_000)]


def test_open_rows_without_money_have_no_sum(people_here: People) -> None:
    batch_id = workspace.opened(people_here.ada, ["FL900", ""], headers=CODES, type=CUSTOMERS)
    services.post(people_here.ada, batch_id, even_nothing=True)
    found = services.history(people_here.ada).open
    assert (found.rows, found.money, by_type(found.money)) == (1, {}, "")


def test_the_first_steps_end_with_the_first_money(people_here: People) -> None:
    steps = services.first_steps(people_here.ada)
    assert (len(steps.locations), steps.customers, steps.mail) == (2, True, False)


def test_an_empty_company_has_all_of_them_to_do(sqlite_database: str) -> None:
    with database.transaction() as session:
        made = users.add(
            session, username="ada", email="ada@example.com", name="Ada", roles=["Admin"], password_hash="-"
        )
        ada = users.current(session, made.id or 0)
    assert ada is not None
    steps = services.first_steps(ada)
    assert (steps.done, steps.customers, steps.money) == (0, False, False)
    services.post(ada, workspace.opened(ada, ["FL219", "Rosas"], headers=CODES, type=CUSTOMERS))
    draft = workspace.opened(ada, credit("A", location=""))
    steps = services.first_steps(ada)
    assert (steps.done, steps.customers, steps.money) == (1, True, False), "no money is posted yet"
    services.post(ada, draft)
    assert services.first_steps(ada).money


def test_a_message_is_new_until_its_person_has_had_it_before_them(people_here: People) -> None:
    for number in ("A", "B"):
        services.post(people_here.rita, workspace.opened(people_here.rita, credit(number)))
    (line, *_) = services.messages(people_here.rita)
    new = services.unread(people_here.rita)
    assert not line.read and new >= 2
    services.read_message(people_here.carl, line.id)
    assert services.unread(people_here.rita) == new, "nobody reads it for somebody else"
    services.read_message(people_here.rita, line.id)
    assert services.unread(people_here.rita) == new - 1
    assert services.messages(people_here.rita)[0].read


def test_the_oldest_document_of_a_balance_is_one_that_stands(people: People) -> None:
    code, days = "FL220", [workspace.DAY - timedelta(days=n) for n in (40, 20, 0)]
    rows = [credit(f"O{n}", customer=code, day=day) for n, day in enumerate(days)]
    batch_id = workspace.opened(people.rita, *rows)
    services.post(people.rita, batch_id)

    def oldest() -> object:
        found, _ = services.customer_list(people.rita, search=code)
        return found.lines[0].oldest

    assert oldest() == days[0]
    services.reverse(people.carl, batch_id, reason="a mistake", rows=[2])
    assert oldest() == days[1]
    services.reverse(people.carl, batch_id, reason="a mistake")
    assert oldest() is None


@pytest.mark.twin
def test_the_list_of_customers_has_what_is_known_of_each(people: People) -> None:
    found, details = services.customer_list(people.rita, search="petal")
    (line,) = found.lines
    assert (line.code, details[line.customer_id].locations) == ("FL220", ("LAX", "MIA"))
    assert services.customer_details(people.rita, 0) is None


def test_who_has_imported_is_told_of_the_types_that_one_may_see(people_here: People) -> None:
    rita, carl, ada = people_here.rita, people_here.carl, people_here.ada
    before = services.people(rita)
    services.post(carl, workspace.opened(rita, credit("A")))
    services.post(ada, workspace.opened(ada, ["NEW1", "New Blooms"], headers=CODES, type=CUSTOMERS))
    assert services.people(rita) == before | {carl.id: "Carl"}
    assert list(services.people(rita).values()) == sorted(services.people(rita).values())
    assert services.people(ada).items() >= {carl.id: "Carl", ada.id: "Ada"}.items()


@pytest.mark.twin
def test_a_page_of_history_and_what_is_open_read_the_rejected_rows_once(
    people: People, each: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    read, reading = [], corrections.still_rejected

    def counted(session: Session, slugs: list[str]) -> dict[str, StillRejected]:
        read.append(slugs)
        return reading(session, slugs)

    monkeypatch.setattr(corrections, "still_rejected", counted)
    found = services.history(people.rita, HistoryFilter(state=State.OPEN))
    assert {line.batch.id for line in found.lines} <= {line.batch.id for line in found.open.imports}
    assert found.open.rows >= 1 and len(read) == 1
    far = services.history(people.rita, HistoryFilter(state=State.OPEN), page=99)
    assert (far.page, far.pages) == (1, 1), "where there are not so many the last one is shown"
    assert [line.batch.id for line in far.lines] == [line.batch.id for line in found.lines] != []
