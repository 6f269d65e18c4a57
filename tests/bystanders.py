"""People who have nothing to do with a test, and must find everything as they left it.

A test with one user, one draft and one batch cannot tell `this batch` from `every batch`. So beside the
people of a test there are colleagues with work of their own (edited, posted, reversed and discarded), their
customers, sessions, trusted browsers, failed sign-ins and mails; and after each test `changes` says what was
done to them.
"""

import functools
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import sqlalchemy
from openpyxl import Workbook
from sqlalchemy import Column, ColumnElement, Connection, Dialect, Select, Table, and_, false, or_, update
from sqlmodel import Session, SQLModel, col, select

from komet_import import services
from komet_import.access import browsers, password_hashes, sessions, throttle, users
from komet_import.access.users import CurrentUser
from komet_import.ledger import database, engines, reversal, reversal_request
from komet_import.ledger.models import (
    Customer,
    CustomerLocation,
    Location,
    Message,
    MessageStatus,
    RequestState,
    SignInAttempt,
    SignInTicket,
    User,
    UserRole,
    now,
)
from komet_import.types import CUSTOMERS, OPEN_CREDITS, Role
from komet_import.types.codes import code_key

LATER = timedelta(days=3650)
"""What would be cleared away in a minute stays: a template grows old while the tests run."""

CODES = ("ZZ1", "ZZ2")
"""Their customers; the second one is inactive. Last of all, so that a sample does not name them."""

OTHERS = {"location", "alembic_version", "facts", "audit_head"}
"""Tables that belong to nobody."""

NOT_COMPARED = {"customer": {"updated_at"}, "edit": {"turned_by"}}
"""Somebody who imports the whole list of customers as it stands touches theirs as well. A database that goes
back to an earlier version forgets who took a step back; whether it was, it keeps."""

Rows = dict[tuple[object, ...], tuple[object, ...]]


@dataclass(frozen=True, kw_only=True)
class Bystanders:
    """Their rows by table and primary key, and the ids by which other rows refer to them.

    `written` is all of it as one database writes it: quickly asked for, and the same while nothing changes.
    """

    rows: dict[str, Rows]
    written: list[tuple[str, str]] = field(default_factory=list)

    def ids(self, table: str) -> list[object]:
        """The first part of each primary key: ids of users, customers, batches."""
        return [key[0] for key in self.rows[table]]

    @functools.cached_property
    def looks(self) -> list[tuple[Table, Select[*tuple[object, ...]]]]:
        """What is asked after each test: to put these queries together takes longer than to run them."""
        return [(table, _look(table).where(_concerning(table, self))) for table in _tables()]

    @functools.cached_property
    def quick_look(self) -> Callable[[Connection], list[tuple[str, str]]]:
        """The same as one statement, which gives each row as one text."""
        statements: dict[str, str] = {}

        def written(connection: Connection) -> list[tuple[str, str]]:
            dialect = connection.dialect
            if dialect.name not in statements:
                statements[dialect.name] = " UNION ALL ".join(
                    _written(table, _concerning(table, self), dialect) for table in _tables()
                )
            return sorted((name, row) for name, row in connection.exec_driver_sql(statements[dialect.name]))

        return written


def add(places: Sequence[Location], day: object) -> Bystanders:
    """Let them do their work in an empty database; their credits look like those of the tests."""
    with database.transaction() as session:
        _add_customers(session, places)
        olga = _person(session, "olga", Role.ACCOUNTS_RECEIVABLES, Role.SETUP)
        piet = _person(session, "piet", Role.CREDIT_MANAGER)
        quinn = _person(session, "quinn", Role.ADMIN)
    listed = _sheet([CODES[0], "Renamed Blooms"], headers=["Customer Code", "Customer Name"])
    services.open_file(quinn, CUSTOMERS, "list.xlsx", listed)
    with database.transaction() as session:  # the only Admin here, so that nobody could do it
        session.execute(update(User).where(col(User.id) == quinn.id).values(active=False))
    _work(olga, piet, [place.code for place in places], day)
    for person in (olga, olga, piet):
        _sign_in(person)
    with database.transaction() as session:
        sessions.open_ticket(session, user_id=piet.id, browser="Piet's second browser")
    for name in ("olga", "olga", "piet", "nobody we know"):
        throttle.failed(throttle.sign_in(username=name, address="203.0.113.7", browser_id=None))
    with database.transaction() as session:  # else the tests' people would ask him to approve
        own = col(UserRole.user_id) == piet.id
        session.execute(update(UserRole).where(own).values(role=Role.SALES_MANAGER))
    _leave_standing()
    theirs = Bystanders(rows=_everything())
    with database.reading() as session:
        return replace(theirs, written=theirs.quick_look(session.connection()))


def _add_customers(session: Session, places: Sequence[Location]) -> None:
    for code, name, active in zip(CODES, ("Bystander Blooms", "By the Way"), (True, False), strict=True):
        customer = Customer(
            code=code,
            code_key=code_key(code),
            name=name,
            active=active,
            accounting_code=f"A-{code}",
            customer_type="Retailer",
            salesperson="Lou",
        )
        session.add(customer)
        session.flush()
        session.add_all(
            CustomerLocation(customer_id=customer.id or 0, location_id=place.id or 0) for place in places
        )


def _person(session: Session, username: str, *roles: Role) -> CurrentUser:
    added = users.add(
        session,
        username=username,
        email=f"{username}@bystander.example",
        name=username.title(),
        roles=roles,
        password_hash=password_hashes.hashed("nobody-here-signs-in"),
    )
    found = users.current(session, added.id or 0)
    assert found is not None
    return found


def _sheet(*rows: Sequence[object], headers: Sequence[str]) -> bytes:
    made = Workbook()
    made.active.title = "Credits"
    for row in (headers, *rows):
        made.active.append(list(row))
    written = io.BytesIO()
    made.save(written)
    return written.getvalue()


def _work(olga: CurrentUser, piet: CurrentUser, places: Sequence[str], day: object) -> None:
    """A draft with steps that were done, undone and dropped; batches posted, with a rejected row that nobody
    wants, reversed and discarded."""
    headers = ["Customer Code", "Credit #", "Credit Date", "Credit Balance", "Location Code", "Comments"]
    place = places[0] if places else ""

    def opened(user: CurrentUser, name: str, *numbers: str) -> str:
        rows = [[CODES[0], number, day, Decimal("120.00"), place, ""] for number in numbers]
        rows.append(["NOBODY", f"{name}-bad", day, Decimal("1.00"), place, ""])
        return services.open_file(user, OPEN_CREDITS, f"{name}.xlsx", _sheet(*rows, headers=headers))

    posted = opened(olga, "posted", "A", "B", "C", "CR-1")
    services.leave_out(olga, posted, [4])
    services.post(olga, posted)
    services.drop_rows(piet, posted, [6], reason="A bystander's reason")
    _ask_and_withdraw(olga, posted)
    reversed_ = opened(piet, "reversed", "D", "E")
    services.post(piet, reversed_)
    services.reverse(piet, reversed_, reason="A bystander's reason")
    discarded = opened(olga, "discarded", "A", "B")
    services.set_cells(olga, discarded, [(2, "Comments", "", "given up")])
    services.discard(olga, discarded)
    draft = opened(piet, "draft", "F", "G")
    services.set_cells(piet, draft, [(2, "Comments", "", "overtaken")])
    services.undo(piet, draft)
    for seq, (row, text) in enumerate([(2, "first"), (3, "second"), (4, "third")], start=1):
        sender = services.Sender(client="c", seq=seq)
        services.set_cells(piet, draft, [(row, "Comments", "", text)], sender=sender)
    services.undo(piet, draft)
    services.undo(piet, draft)


def _ask_and_withdraw(olga: CurrentUser, posted: str) -> None:
    """A reversal that nobody decides about any more; the settings of a test ask for no approval."""
    with database.transaction() as session:
        found = reversal.chosen(session, posted, [2])
        request = reversal_request.ask(session, found, reason="A bystander's reason", by=olga.id)
        reversal_request.decide(session, request, RequestState.WITHDRAWN, by=olga.id)


def _sign_in(person: CurrentUser) -> None:
    with database.transaction() as session:
        ticket = sessions.open_ticket(session, user_id=person.id, browser="theirs")
        assert sessions.redeem_ticket(session, ticket=ticket, browser="theirs")
        browsers.remember(session, user_id=person.id, mark="")


def _leave_standing() -> None:
    """Nothing of theirs is cleared away with time; of their mails one is being sent by another server."""
    with database.transaction() as session:
        session.execute(update(SignInTicket).values(expires_at=now() + LATER))
        session.execute(update(SignInAttempt).values(at=now() + LATER))
        session.execute(update(Message).values(status=MessageStatus.SENT, sent_at=now()))
        newest = session.execute(select(Message).order_by(col(Message.id).desc()).limit(1)).scalar_one()
        newest.status, newest.sent_at = MessageStatus.QUEUED, None
        newest.attempts, newest.claimed_until = 1, now() + LATER


def _everything() -> dict[str, Rows]:
    with database.reading() as session:
        connection = session.connection()
        return {table.name: _rows(connection, table, _look(table)) for table in _tables()}


def _tables() -> list[Table]:
    return [table for table in SQLModel.metadata.sorted_tables if table.name not in OTHERS]


def _look(table: Table) -> Select[*tuple[object, ...]]:
    """A query of what is compared, the primary key first."""
    return sqlalchemy.select(*_compared(table))


def _compared(table: Table) -> list[Column[Any]]:
    keys = list(table.primary_key)
    others = [c for c in table.columns if c not in keys and c.name not in NOT_COMPARED.get(table.name, ())]
    return [*keys, *others]


def _written(table: Table, which: ColumnElement[bool], dialect: Dialect) -> str:
    """A query of the table's name and of what is compared, as one text."""
    quoted = "quote({})" if dialect.name == "sqlite" else "quote_nullable(CAST({} AS TEXT))"
    names = (dialect.identifier_preparer.quote(column.name) for column in _compared(table))
    texts = " || ',' || ".join(quoted.format(name) for name in names)
    where = which.compile(dialect=dialect, compile_kwargs={"literal_binds": True})
    return f"SELECT '{table.name}', {texts} FROM {table.name} WHERE {where}"


def _rows(connection: Connection, table: Table, look: Select[*tuple[object, ...]]) -> Rows:
    parts = len(table.primary_key)
    return {tuple(row[:parts]): tuple(row[parts:]) for row in connection.execute(look)}


def changes(url: str, theirs: Bystanders) -> list[str]:
    """What was done to them in this database, row by row; nothing is as it should be."""
    found = []
    with engines.engine_for(url).connect().execution_options(komet_read_only=True) as connection:
        if theirs.quick_look(connection) == theirs.written:
            return []
        for table, look in theirs.looks:
            before = theirs.rows[table.name]
            after = _rows(connection, table, look)
            for key in sorted({*before, *after}, key=repr):
                was, is_ = before.get(key), after.get(key)
                if was != is_:
                    found.append(f"{table.name} {key}: {was} → {is_}")
    return found


def _concerning(table: Table, theirs: Bystanders) -> ColumnElement[bool]:
    """Their own rows, and whatever else refers to them."""
    reasons: list[ColumnElement[bool]] = []
    if keys := list(theirs.rows[table.name]):
        columns = list(table.primary_key)
        if len(columns) == 1:
            reasons.append(columns[0].in_([key[0] for key in keys]))
        else:
            reasons += [and_(*(c == part for c, part in zip(columns, key, strict=True))) for key in keys]
    for column in table.columns:
        for foreign in column.foreign_keys:
            owner = foreign.column.table.name
            if owner in ("app_user", "customer", "batch", "adjustment"):
                reasons.append(column.in_(theirs.ids(owner)))
    return or_(false(), *reasons)
