"""What proves a posting is as immutable as the posting: every table and column tried with plain SQL."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest
from sqlalchemy import Table, text
from sqlalchemy.exc import DBAPIError
from sqlmodel import SQLModel

from komet_import import services
from komet_import.ledger import audit_chain, database
from komet_import.ledger.models import Adjustment, BatchStatus, Claim
from komet_import.ledger.receipt import Receipt
from komet_import.settings import settings
from tests import databases
from tests.bystanders import Bystanders
from tests.interleaving import meet
from tests.services import workspace
from tests.services.workspace import People, credit

DELIVERY = {"status", "attempts", "handed_over", "due_at", "claimed_until", "last_error", "sent_at"}
"""What the outbox may change of a mail: how its delivery stands."""

MAY_CHANGE: dict[str, set[str]] = {"message": DELIVERY | {"read_at"}}
"""The columns that may change of what is posted; all others may not."""

PROOF = (
    "batch", "edit", "unposted_row", "batch_file", "batch_effect", "claim", "message", "adjustment",
    "audit_entry",
)  # fmt: skip
FREE = {
    "app_user", "user_role", "user_session", "sign_in_ticket", "sign_in_attempt", "trusted_browser",
    "customer", "customer_location", "location", "reading_memory", "facts", "closed_month",
    "dropped_row", "value_memory", "reversal_request",
}  # fmt: skip
"""Tables that prove no posting."""
CHAIN = {"audit_seal", "audit_head"}
"""What holds the audit trail together: `test_audit_chain` tries it."""


@pytest.fixture
def standing(database_url: str) -> tuple[People, str]:
    """A posted batch with a row in every table of a posting, beside others; made once for all tests here."""
    workspace.forget()
    people, theirs, batch_id = databases.prepared(database_url, "posted", _posted)
    workspace.BYSTANDERS[database_url] = theirs
    return people, batch_id


def _posted() -> tuple[People, Bystanders, str]:
    people = workspace.fill()
    batch_id = workspace.opened(
        people.rita, credit("A"), credit("B", customer="FL21"), credit("C", amount=7), file_name="posted.xlsx"
    )
    services.set_cells(people.rita, batch_id, [(2, "Comments", "", "late")])
    services.leave_out(people.rita, batch_id, [4])
    services.undo(people.rita, batch_id)
    services.post(people.rita, batch_id)
    return people, workspace.BYSTANDERS[settings().database], batch_id


@pytest.fixture
def people(request: pytest.FixtureRequest, database_url: str) -> People:
    """Rita and the others; with what she has posted, where a test asks for that."""
    if "standing" in request.fixturenames:
        return request.getfixturevalue("standing")[0]
    return workspace.fill()


@pytest.fixture
def posted(standing: tuple[People, str]) -> str:
    """That batch."""
    return standing[1]


def table(name: str) -> Table:
    return SQLModel.metadata.tables[name]


def refuses(statement: str, **values: Any) -> bool:
    """Whether the database refuses a statement as one against what is immutable."""
    try:
        with database.engine().begin() as connection:
            connection.execute(text(statement), values)
    except DBAPIError as wrong:
        assert "immutable" in str(wrong.orig), f"{statement}: {wrong.orig}"
        return True
    return False


def of(name: str) -> str:
    """The column of a table that names the batch."""
    return {"batch": "id", "audit_entry": "subject"}.get(name, "batch_id")


def assignments(name: str) -> Iterator[tuple[str, str]]:
    """Every column of a table, and an expression that gives it another value of its type."""
    postgresql = database.engine().dialect.name == "postgresql"
    for column in table(name).columns:
        kind = str(column.type).split("(")[0]
        if column.foreign_keys and kind.startswith(("VARCHAR", "AutoString")):
            other = "(SELECT min(id) FROM batch)"  # another batch's: the draft's or the posted one's
        elif kind in ("INTEGER", "BIGINT"):
            other = f"coalesce({column.name}, 0) + 1"
        elif kind == "BOOLEAN":
            other = f"NOT {column.name}"
        elif kind == "JSON":
            other = "'{\"changed\": true}'"
        elif kind in ("BLOB", "BYTEA"):
            other = "'\\x00'" if postgresql else "x'00'"
        elif kind in ("DATETIME", "TIMESTAMP", "DATE"):
            other = "'2001-01-01 00:00:00'"
        else:
            other = "'changed'"
        yield column.name, other


def test_every_table_is_known_to_prove_a_posting_or_not_to(sqlite_database: str) -> None:
    assert set(SQLModel.metadata.tables) == {*PROOF, *FREE, *CHAIN}


@pytest.mark.parametrize("name", PROOF)
def test_no_column_of_what_is_posted_can_be_changed(people: People, posted: str, name: str) -> None:
    reversed_one = workspace.opened(people.carl, credit("R", customer="FL220"), credit("S", customer="FL21"))
    services.post(people.carl, reversed_one)
    services.reverse(people.carl, reversed_one, reason="Wrong")
    workspace.opened(people.rita, credit("D", amount=9))
    before = workspace.everything()
    for batch_id in (posted, reversed_one):
        if name in ("edit", "claim") and batch_id == reversed_one:
            continue  # it has none
        for column, other in assignments(name):
            statement = f"UPDATE {name} SET {column} = {other} WHERE {of(name)} = :batch"
            may = column in MAY_CHANGE.get(name, ())
            if not may:
                assert refuses(statement, batch=batch_id), statement
    assert workspace.everything() == before


@pytest.mark.parametrize("name", PROOF)
def test_nothing_of_what_is_posted_can_be_removed_or_replaced(people: People, posted: str, name: str) -> None:
    before = workspace.everything()
    assert refuses(f"DELETE FROM {name} WHERE {of(name)} = :batch", batch=posted)
    if database.engine().dialect.name == "postgresql":
        assert refuses(f"TRUNCATE {name} CASCADE")
    else:
        assert refuses(f"INSERT OR REPLACE INTO {name} SELECT * FROM {name}")
    assert workspace.everything() == before


def test_a_reversal_sets_nothing_of_the_batch_but_that_it_was_reversed(people: People, posted: str) -> None:
    before = workspace.everything()
    turned = "UPDATE batch SET status = 'reversed', rows_reversed = rows_posted, {} = {} WHERE id = :batch"
    may = {"status", "reversed_by", "reversed_at", "changed_at", "rows_reversed", "amount_reversed"}
    tried = [(column, other) for column, other in assignments("batch") if column not in may]
    for column, other in tried:
        assert refuses(turned.format(column, other), batch=posted), column
    assert len(tried) > 20 and workspace.everything() == before
    services.reverse(people.carl, posted, reason="Wrong")
    for status in ("draft", "posted", "discarded"):
        assert refuses("UPDATE batch SET status = :status WHERE id = :batch", status=status, batch=posted)


def listed(name: str) -> str:
    """The columns of a table, as a statement names them."""
    return ", ".join(f'"{column.name}"' for column in table(name).columns)


def another(name: str, **other: str) -> str:
    """A statement that adds a row like one of a table, with other values here and there."""
    values = ", ".join(other.get(column.name, f'"{column.name}"') for column in table(name).columns)
    return f"INSERT INTO {name} ({listed(name)}) SELECT {values} FROM {name}"


@pytest.mark.parametrize("status", [status for status in BatchStatus if status != BatchStatus.DRAFT])
def test_a_batch_comes_as_a_draft(people: People, posted: str, status: str) -> None:
    before = workspace.everything()
    one = " WHERE id = :batch"
    for values in ({}, {"rows_posted": "0", "amount_posted": "0"}):
        said = another("batch", id="'forged'", status=f"'{status}'", **values) + one
        assert refuses(said, batch=posted)
    assert workspace.everything() == before


POSTS = {"posted_by": "uploaded_by", "posted_at": "uploaded_at", "rows_posted": "0", "amount_posted": "NULL"}
"""What a posting of nothing says of its batch."""
SAYS_SO = {"at": "uploaded_at", "user_id": "uploaded_by", "action": "'post'", "subject": "id"}
"""What its entry of the audit trail says."""


def posts(**other: str) -> str:
    """A statement that makes a batch a posted one without rows, or says something else here and there."""
    said = {"status": "'posted'", **POSTS, **other}
    return f"UPDATE batch SET {', '.join(f'{k} = {v}' for k, v in said.items())} WHERE id = :batch"


def say_so(batch_id: str, **other: str) -> None:
    """Add such an entry of a batch beside the app, or one that says something else here and there."""
    said = {**SAYS_SO, "address": "''", "details": "'{}'", **other}
    statement = f"INSERT INTO audit_entry ({', '.join(said)}) SELECT {', '.join(said.values())} FROM batch"
    with database.engine().begin() as connection:
        connection.execute(text(f"{statement} WHERE id = :batch"), {"batch": batch_id})


@pytest.mark.parametrize(
    "values",
    [
        {"posted_by": "NULL"},
        {"posted_at": "NULL"},
        {"rows_posted": "1", "amount_posted": "1000"},
        {"rows_posted": "1", "amount_posted": "0"},
        {"amount_posted": "1000"},
        {"status": "'reversed'"},
    ],
    ids=lambda values: " ".join(values),
)
def test_a_draft_becomes_posted_with_the_adjustments_that_it_says(
    people: People, values: dict[str, str]
) -> None:
    batch_id = workspace.opened(people.rita, credit("A", amount=1))
    say_so(batch_id)
    before = workspace.everything()
    assert refuses(posts(**values), batch=batch_id)
    assert workspace.everything() == before


@pytest.mark.parametrize(
    "entry",
    [
        None,
        {"action": "'upload'"},
        {"subject": "'another'"},
        {"at": "'2001-01-01 00:00:00.000000'"},
        {"user_id": "(SELECT max(id) FROM app_user)"},
        {"user_id": "NULL"},
    ],
    ids=str,
)
def test_a_draft_becomes_posted_beside_the_entry_of_the_audit_trail_that_says_so(
    people: People, entry: dict[str, str] | None
) -> None:
    """Without rows nothing else tells it from one that was posted."""
    batch_id = workspace.opened(people.rita, credit("A", amount=1))
    if entry is not None:
        say_so(batch_id, **entry)
    before = workspace.everything()
    assert refuses(posts(), batch=batch_id)
    assert workspace.everything() == before


@pytest.mark.parametrize("action", ["post", "approve"])
def test_who_adds_that_entry_beside_the_app_is_told_of_by_the_chain(people: People, action: str) -> None:
    batch_id = workspace.opened(people.rita, credit("A", amount=1))
    say_so(batch_id, action=f"'{action}'")
    assert not refuses(posts(), batch=batch_id)
    with database.reading() as session:
        fault = audit_chain.verify(session).fault
    assert fault is not None and fault.code == "added"


def left(people: People, monkeypatch: pytest.MonkeyPatch, status: str) -> str:
    """A draft that somebody has left like that."""
    monkeypatch.setenv("KOMET_APPROVAL", "always")
    settings.cache_clear()
    batch_id = workspace.opened(people.rita, credit("L"))
    services.set_cells(people.rita, batch_id, [(2, "Comments", "", "late")])
    if status == "discarded":
        services.discard(people.rita, batch_id)
        return batch_id
    services.send(people.rita, batch_id)
    if status == "returned":
        services.send_back(people.carl, batch_id, reason="Which week?")
    return batch_id


@pytest.mark.parametrize("status", ["discarded", "waiting", "returned"])
def test_only_a_draft_becomes_posted(people: People, monkeypatch: pytest.MonkeyPatch, status: str) -> None:
    batch_id = left(people, monkeypatch, status)
    say_so(batch_id)
    assert refuses(posts(), batch=batch_id)


@pytest.mark.parametrize("name", (*PROOF, "audit_seal"))
def test_nothing_comes_in_the_place_of_what_is_posted(sqlite_database: str, name: str) -> None:
    """As from SQLite's own shell, whose REPLACE asks no trigger of DELETE."""
    people = workspace.fill()
    batch_id = workspace.opened(people.rita, credit("A"), credit("B", customer="?"))
    draft = workspace.opened(people.rita, credit("C", amount=3))
    for one in (batch_id, draft):
        services.set_cells(people.rita, one, [(2, "Comments", "", "late")])
    services.post(people.rita, batch_id)
    before = workspace.everything()
    statements = [another(name)]
    if "batch_id" in table(name).columns:
        statements.append(another(name, batch_id=f"'{draft}'"))
    if name == "batch":
        statements.append(f"UPDATE batch SET id = '{batch_id}' WHERE id = '{draft}'")
    with closing(sqlite3.connect(sqlite_database.removeprefix("sqlite:///"))) as shell:
        assert shell.execute(f"SELECT 1 FROM {name}").fetchone()
        for statement in statements:
            verb, *rest = statement.split(" ", 1)
            with pytest.raises(sqlite3.IntegrityError, match="immutable"):
                shell.execute(f"{verb} OR REPLACE {rest[0]}")
            shell.rollback()
    assert workspace.everything() == before


ADDED: dict[str, dict[str, str]] = {
    "adjustment": {"id": "id + 100", "reverses_id": "NULL"},
    "claim": {"key": "key || 'x'"},
    "edit": {"seq": "seq + 100"},
    "unposted_row": {"id": "id + 100", "row": '"row" + 100'},
}
"""Tables of what a posting consists of, and what makes another row of one."""


def adds(name: str, posted: str, /, **other: str) -> str:
    """A statement that adds a row like each one of a batch, with other values here and there."""
    new = ADDED.get(name, {}) | other
    columns = [column.name for column in table(name).columns]
    values = ", ".join(new.get(column, f'"{column}"') for column in columns)
    named = ", ".join(f'"{column}"' for column in columns)
    return f"INSERT INTO {name} ({named}) SELECT {values} FROM {name} WHERE batch_id = '{posted}'"


@pytest.mark.parametrize("name", ADDED)
@pytest.mark.parametrize("state", ["posted", "reversed"])
def test_nothing_is_added_to_what_is_posted(people: People, posted: str, name: str, state: str) -> None:
    statement = adds(name, posted)
    if state == "reversed":
        services.reverse(people.carl, posted, reason="Wrong")
        if name == "claim":
            statement = f"INSERT INTO claim (scope, key, batch_id) VALUES ('file', 'x', '{posted}')"
    before = workspace.everything()
    assert refuses(statement)
    assert workspace.everything() == before


@pytest.mark.parametrize("status", ["discarded", "waiting"])
def test_nothing_is_added_to_what_nobody_works_on(
    people: People, posted: str, monkeypatch: pytest.MonkeyPatch, status: str
) -> None:
    batch_id = left(people, monkeypatch, status)
    before = workspace.everything()
    for name in (*ADDED, "batch_effect"):
        assert refuses(adds(name, posted, batch_id=f"'{batch_id}'")), name
    assert refuses("UPDATE edit SET undone_at = at WHERE batch_id = :batch", batch=batch_id)
    assert workspace.everything() == before


def test_nothing_is_added_to_a_batch_that_is_none(sqlite_database: str) -> None:
    """As from SQLite's own shell, which asks for no foreign keys."""
    people = workspace.fill()
    posted = workspace.opened(people.rita, credit("A"), credit("B", customer="?"))
    services.set_cells(people.rita, posted, [(2, "Comments", "", "late")])
    services.post(people.rita, posted)
    with closing(sqlite3.connect(sqlite_database.removeprefix("sqlite:///"))) as shell:
        for name in (*ADDED, "batch_effect"):
            with pytest.raises(sqlite3.IntegrityError, match="immutable"):
                shell.execute(adds(name, posted, batch_id="'none'"))


def test_no_opposite_comes_into_a_draft(people: People, posted: str) -> None:
    """As one that is posted once the draft is: with rows and money of its own it would add up."""
    batch_id = workspace.opened(people.rita, credit("D"))
    before = workspace.everything()
    opposite = {"amount": "-amount", "reverses_id": "id", "batch_id": f"'{batch_id}'"}
    assert refuses(adds("adjustment", posted, **opposite))
    assert workspace.everything() == before


def test_what_was_reversed_is_not_reversed_back(people: People) -> None:
    batch_id = workspace.opened(people.rita, credit("A"), credit("B"))
    services.post(people.rita, batch_id)
    services.reverse(people.carl, batch_id, reason="Wrong", rows=[2])
    before = workspace.everything()
    opposite = adds("adjustment", batch_id, amount="-amount", reverses_id="id")
    assert refuses(f"{opposite} AND reverses_id IS NOT NULL")
    assert workspace.everything() == before


@pytest.mark.parametrize(
    "values",
    [
        "status = 'reversed'",  # without a row that was
        "rows_reversed = rows_reversed + 1",  # the last row, and still posted
        "status = 'reversed', rows_reversed = rows_posted + 1",
        "rows_reversed = 0",
        "changed_at = '2001-01-01 00:00:00'",
    ],
)
def test_a_batch_is_reversed_with_the_last_of_its_rows_and_not_before(
    people: People, posted: str, values: str
) -> None:
    before = workspace.everything()
    assert refuses(f"UPDATE batch SET {values} WHERE id = :batch", batch=posted)
    assert workspace.everything() == before


REVERSES = {
    "status": "'reversed'", "rows_reversed": "rows_posted", "amount_reversed": "amount_posted",
    "changed_at": "uploaded_at", "reversed_by": "uploaded_by", "reversed_at": "uploaded_at",
}  # fmt: skip
"""What a reversal says of its batch."""
IN_PART = {"status": "'posted'", "rows_reversed": "1", "amount_reversed": "{amount}"}
IN_PART |= {"reversed_by": "NULL", "reversed_at": "NULL"}


def is_reversed(batch_id: str, **other: str) -> bool:
    """Whether a batch is, by opposites and a statement beside the app that may say something else."""
    values = REVERSES | other
    said = f"UPDATE batch SET {', '.join(f'{k} = {v}' for k, v in values.items())} WHERE id = '{batch_id}'"
    rows = ' AND "row" = 2' if values["rows_reversed"].startswith("1") else ""
    opposite = adds("adjustment", batch_id, amount="-amount", reverses_id="id") + rows
    with database.engine().connect() as connection:
        connection.execute(text(opposite))
        came = connection.execute(
            text("SELECT -amount FROM adjustment WHERE batch_id = :b AND reverses_id IS NOT NULL"),
            {"b": batch_id},
        ).scalars()
        try:
            connection.execute(text(said.replace("{amount}", str(sum(came)))))
        except DBAPIError as wrong:
            assert "immutable" in str(wrong.orig), f"{said}: {wrong.orig}"
            return False
    return True


@pytest.mark.parametrize("part", [{}, IN_PART], ids=["whole", "in part"])
def test_a_reversal_says_of_its_batch_what_its_opposites_come_to_and_the_audit_trail_tells(
    people: People, part: dict[str, str]
) -> None:
    batch_id = workspace.opened(people.rita, credit("A"), credit("B", amount=7))
    services.post(people.rita, batch_id)
    assert not is_reversed(batch_id, **part), "no entry"
    for other in (
        {"action": "'post'"},
        {"subject": "'another'"},
        {"at": "'2001-01-01 00:00:00.000000'"},
    ):
        say_so(batch_id, **{"action": "'reverse'", **other})
        assert not is_reversed(batch_id, **part), other
    say_so(batch_id, action="'reverse'")
    assert is_reversed(batch_id, **part)
    amount = (REVERSES | part)["amount_reversed"]
    wrong = [{"amount_reversed": f"{amount} + 1"}, {"amount_reversed": "NULL"}, {"amount_reversed": "0"}]
    wrong += [{"changed_at": "'2002-02-02 00:00:00.000000'"}, {"status": "'draft'"}]
    wrong += [part | {"status": "'draft'", "reversed_by": "uploaded_by", "reversed_at": "uploaded_at"}]
    wrong += [REVERSES | {"rows_reversed": "1 + 1", "amount_reversed": "{amount}"}]
    turned = ("status", "reversed_by", "reversed_at")
    wrong += [{name: (REVERSES if part else IN_PART)[name] for name in turned}]
    if not part:
        wrong += [{"reversed_by": "NULL"}, {"reversed_at": "NULL"}]
        wrong += [{"reversed_by": "(SELECT max(id) FROM app_user)"}, {"reversed_at": "posted_at"}]
    for other in wrong:
        assert not is_reversed(batch_id, **part | other), other


def test_the_rows_of_a_batch_that_are_reversed_only_grow_in_number(people: People) -> None:
    batch_id = workspace.opened(people.rita, credit("A"), credit("B"), credit("C", amount=7))
    services.post(people.rita, batch_id)
    services.reverse(people.carl, batch_id, reason="Wrong", rows=[2, 3])
    before = workspace.everything()
    for values in ("rows_reversed = 1", "rows_reversed = 2", "status = 'reversed'", "amount_reversed = 0"):
        assert refuses(f"UPDATE batch SET {values} WHERE id = :batch", batch=batch_id), values
    assert workspace.everything() == before


@pytest.mark.parametrize(
    ("column", "other"),
    [
        ("amount", "amount"),
        ("amount", "-amount - 1"),
        ("customer_id", "(SELECT max(id) FROM customer)"),
        ("location_id", "(SELECT max(id) FROM location WHERE id <> coalesce(location_id, 0))"),
        ("number", "number || '1'"),
        ("type", "'open-invoices'"),
        ("credit_date", "'2001-01-01'"),
        ("credit_date", "'2101-01-02'"),  # the first of a later month is the first open day
        ("batch_id", "(SELECT min(id) FROM batch WHERE status = 'posted' AND id <> batch_id)"),
        ("reverses_id", "NULL"),
    ],
)
def test_to_what_stands_only_the_opposites_are_added(
    people: People, posted: str, column: str, other: str
) -> None:
    """Tried where the opposites themselves would come, and with one of them all the same."""
    earlier = workspace.opened(people.carl, credit("R", customer="FL220"))
    services.post(people.carl, earlier)
    opposite = {"amount": "-amount", "reverses_id": "id"}

    def comes(**values: str) -> None:
        with database.engine().begin() as connection:
            connection.execute(text(adds("adjustment", posted, **values)))
            connection.rollback()

    comes(**opposite)
    with pytest.raises(DBAPIError, match="immutable"):
        comes(**opposite | {column: other})


@pytest.mark.parametrize("name", ["claim", "adjustment"])
def test_who_adds_beside_a_posting_that_is_under_way_is_refused_once_it_is_done(
    people: People, name: str
) -> None:
    services.post(people.carl, workspace.opened(people.carl, credit("Z", customer="FL220")))
    batch_id = workspace.opened(people.rita, credit("A"))
    new = f"SELECT 'file', 'another', '{batch_id}'"
    statement = {
        "claim": f"INSERT INTO claim (scope, key, batch_id) {new}",
        "adjustment": (
            'INSERT INTO adjustment (batch_id, type, "row", customer_id, number, credit_date, amount, '
            f"comments, posted_by, posted_at) SELECT '{batch_id}', type, 99, customer_id, 'X', credit_date, "
            "7, '', posted_by, posted_at FROM adjustment WHERE number = 'Z'"
        ),
    }[name]
    done, added = meet(
        "INSERT INTO adjustment", lambda: services.post(people.rita, batch_id), lambda: refuses(statement)
    )
    assert added is True
    assert isinstance(done, Receipt) and done.posted.rows == 1
    assert len(workspace.own(Adjustment)) == 2


def is_not_given_back(claim: Claim) -> bool:
    return refuses("DELETE FROM claim WHERE scope = :scope AND key = :key", scope=claim.scope, key=claim.key)


def test_the_claims_of_what_stands_are_not_given_back(people: People, posted: str) -> None:
    other = workspace.opened(people.carl, credit("Z", customer="FL220"))
    services.post(people.carl, other)
    services.reverse(people.carl, other, reason="Wrong")
    before = workspace.everything()
    claims = workspace.own(Claim)
    assert {claim.batch_id for claim in claims} == {posted} and len(claims) > 3
    assert all(map(is_not_given_back, claims))
    assert workspace.everything() == before


def test_only_the_claims_of_the_rows_that_were_reversed_are_given_back(people: People) -> None:
    batch_id = workspace.opened(people.rita, credit("A"), credit("B"))
    services.post(people.rita, batch_id)
    services.reverse(people.carl, batch_id, reason="Wrong", rows=[2])
    before = workspace.everything()
    claims = workspace.own(Claim)
    assert sorted((claim.scope, claim.row) for claim in claims if claim.row) == [("key", 3)]
    assert all(map(is_not_given_back, claims))
    assert workspace.everything() == before


def test_the_journal_of_a_draft_can_be_undone_but_not_rewritten(people: People) -> None:
    batch_id = workspace.opened(people.rita, credit("A"))
    services.set_cells(people.rita, batch_id, [(2, "Comments", "", "late")])
    services.undo(people.rita, batch_id)
    before = workspace.everything()
    for column, other in assignments("edit"):
        if column not in ("undone_at", "turned_by", "dropped"):
            assert refuses(f"UPDATE edit SET {column} = {other} WHERE batch_id = :batch", batch=batch_id), (
                column
            )
    assert refuses("DELETE FROM edit")
    assert refuses("UPDATE batch SET id = 'another' WHERE id = :batch", batch=batch_id)
    assert workspace.everything() == before
    assert services.redo(people.rita, batch_id) is not None
