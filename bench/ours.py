"""Komet Import doing the measured sheet, for `bench/importing.py` and `bench/posting.py`.

    KOMET_DATABASE_URL=… python bench/ours.py open|post|insert FILE.xlsx [--profile OUT]

prints {"seconds", "cpu_seconds", "peak_mb", "child_mb", "rows", "ready", "rejected", "posted", "amount"}.
`open` runs from the bytes of the file to the judged draft that is kept in the database; `post` from there to
the committed receipt, with the draft at hand as it is on the server that showed it. Both are the front
door's own functions, with rights, journal, control totals, audit entry and mail. `insert` is one bare
statement with the adjustments that `post` writes, in one transaction, and nothing else. What waits to be
confirmed is confirmed before the clock starts. Starting Python, the libraries and the tables is not counted,
nor the start of the server of reader children: it stands before the first upload.
CPU is that of this process and of the reader's, `child_mb` the most that any process of the reader's held
(most of it pages of libraries, which all of them share).
"""

import argparse
import cProfile
import json
import os
import resource as process
import sys
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from sqlalchemy import insert, inspect
from sqlmodel import Session, select

from bench.workbooks import LOCATIONS, credits_workbook, customers
from komet_import import services
from komet_import.access import password_hashes, users
from komet_import.ledger import database
from komet_import.ledger.models import Adjustment, Customer, CustomerLocation, Location, User, now
from komet_import.ledger.posting import Posting
from komet_import.memory import settle
from komet_import.review.control import hash_total
from komet_import.review.sameness import number_key
from komet_import.sheets.files import reader
from komet_import.sheets.layout.header.header_row import wanted
from komet_import.types import OPEN_CREDITS, Meaning, Role
from komet_import.types.codes import code_key
from komet_import.types.money import to_thousandths

MEANINGS = (
    Meaning.PARTY,
    Meaning.LOCATION,
    Meaning.NUMBER,
    Meaning.DAY,
    Meaning.MONEY,
    Meaning.NOTE,
    Meaning.REFERENCE,
)
"""What an adjustment holds of a row."""


def prepare() -> users.CurrentUser:
    """The tables, the reference data, who imports, and a reader that has read."""
    database.upgrade()
    with database.transaction() as session:
        session.add(
            User(
                username="bench",
                username_key="bench",
                name="Bench",
                email="bench@example.com",
                password_hash=password_hashes.NOBODYS_HASH,
            )
        )
        _add_customers(session)
        session.flush()
        (user_id,) = session.exec(select(User.id))
        users.set_roles(session, user_id=user_id or 0, roles=[Role.ADMIN])
    with database.reading() as session:
        user = users.current(session, user_id or 0)
    assert user is not None
    reader.read(credits_workbook(1), "small.xlsx", wanted=wanted(OPEN_CREDITS))
    settle()  # as the server does once it has started
    return user


def _add_customers(session: Session) -> None:
    places = {code: Location(code=code, code_key=code_key(code), name=name) for code, name in LOCATIONS}
    session.add_all(places.values())
    known = [
        (Customer(code=c.code, code_key=code_key(c.code), name=c.name, active=c.active), c.locations)
        for c in customers()
    ]
    session.add_all(customer for customer, _ in known)
    session.flush()
    session.add_all(
        CustomerLocation(customer_id=customer.id or 0, location_id=places[code].id or 0)
        for customer, codes in known
        for code in codes
    )


def reader_cpu() -> float:
    """Seconds of the reader's server and of its children that have ended."""
    server = reader._server
    if server is None:  # ended, and waited for
        ended = process.getrusage(process.RUSAGE_CHILDREN)
        return ended.ru_utime + ended.ru_stime
    fields = Path(f"/proc/{server[0].pid}/stat").read_text().rpartition(")")[2].split()
    return sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")


def measure(step: str, content: bytes, profile: cProfile.Profile | None) -> dict[str, Any]:
    """One opening or one posting of the file, measured."""
    user = prepare()
    if step != "open":
        post_something(user)
        batch_id = services.open_file(user, OPEN_CREDITS, "credits.xlsx", content)
        services.confirm(user, batch_id, services.view(user, batch_id).judgement.waiting())
        reader._forget()
    if step == "post":
        expect_what_is_there(user, batch_id)
    adjustments = written(user, batch_id) if step == "insert" else []
    readers_before = reader_cpu()
    started, started_cpu = time.perf_counter(), time.process_time()
    if profile is not None:
        profile.enable()
    if step == "post":
        services.post(user, batch_id)
    elif step == "insert":
        with database.transaction() as session:
            # The table, not the class: that would take the rows through the ORM, which is slower.
            session.execute(insert(inspect(Adjustment).local_table), adjustments)
    else:
        batch_id = services.open_file(user, OPEN_CREDITS, "credits.xlsx", content)
    if profile is not None:
        profile.disable()
    seconds, cpu_seconds = time.perf_counter() - started, time.process_time() - started_cpu
    peak = int(Path("/proc/self/status").read_text().partition("VmHWM:")[2].split()[0])
    reader._forget()  # its last child counts only once it was waited for
    child_peak = process.getrusage(process.RUSAGE_CHILDREN).ru_maxrss if step == "open" else 0
    return {
        "seconds": round(seconds, 3),
        "cpu_seconds": round(cpu_seconds + reader_cpu() - readers_before, 3),
        "peak_mb": round(peak / 1024, 1),
        "child_mb": round(child_peak / 1024, 1),
        **(outcome_of_post(user, batch_id) if step == "post" else outcome_of_open(user, batch_id)),
        **({"posted": len(adjustments)} if step == "insert" else {}),
    }


def post_something(user: users.CurrentUser) -> None:
    """A small sheet, as every server but one that has just started has posted some: its statements and the
    templates of its mails are compiled."""
    batch_id = services.open_file(user, OPEN_CREDITS, "small.xlsx", credits_workbook(1, seed=7))
    services.post(user, batch_id)


def expect_what_is_there(user: users.CurrentUser, batch_id: str) -> None:
    """Control totals that match, so that they are compared."""
    opened = services.view(user, batch_id)
    counted = opened.figures.counted
    services.expect(
        user,
        batch_id,
        rows=str(counted.rows),
        amount=f"{(counted.amount or 0) / 1000:.3f}",
        hash_total=str(hash_total(opened.draft)),
    )


def written(user: users.CurrentUser, batch_id: str) -> list[dict[str, Any]]:
    """The adjustments of a draft as values of the table: those that its posting writes."""
    opened, at = services.view(user, batch_id), now()
    posting = Posting(
        batch=opened.batch, draft=opened.draft, judgement=opened.judgement, user_id=user.id, at=at
    )
    said = posting.said
    same = {"batch_id": batch_id, "type": opened.type.slug, "posted_by": user.id, "posted_at": at}
    columns = (said.of(meaning) for meaning in MEANINGS)
    return [
        {
            "row": row,
            "customer_id": party.id,
            "location_id": place.id if place else None,
            "number": number or "",
            "number_key": number_key(number or ""),
            "credit_date": day,
            "amount": opened.type.in_balance(to_thousandths(amount)),
            "comments": note or "",
            "reference": reference or "",
            **same,
        }
        for row, party, place, number, day, amount, note, reference in zip(
            said.numbers, *columns, strict=True
        )
    ]


def outcome_of_open(user: users.CurrentUser, batch_id: str) -> dict[str, Any]:
    """What the draft would post."""
    judgement = services.view(user, batch_id).judgement
    rejected, _ = judgement.tally(judgement.rejected)
    ready, _ = judgement.tally(judgement.ready | judgement.to_confirm)
    return {"rows": ready + rejected, "ready": ready, "rejected": rejected, "posted": 0, "amount": "0.000"}


def outcome_of_post(user: users.CurrentUser, batch_id: str) -> dict[str, Any]:
    """What the receipt says."""
    receipt = services.report(user, batch_id).receipt
    return {
        "rows": receipt.read.rows,
        "ready": receipt.posted.rows,
        "rejected": receipt.rejected.rows,
        "posted": receipt.posted.rows,
        "amount": f"{(receipt.posted.amount or 0) / 1000:.3f}",
    }


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("step", choices=("open", "post", "insert"))
    parser.add_argument("file", type=Path)
    parser.add_argument(
        "--profile", type=Path, help="write what cProfile saw of the measured step, in CPU time"
    )
    given = parser.parse_args()
    profile = cProfile.Profile(time.process_time) if given.profile else None
    print(json.dumps(measure(given.step, given.file.read_bytes(), profile)))
    if profile is not None:
        profile.dump_stats(given.profile)


if __name__ == "__main__":
    main()
