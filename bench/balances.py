"""What an import does to balances, and what is unusual: how long an edit of a large sheet takes with it.

    python -m bench balances [ROWS …]

A sheet of so many rows beside a ledger of LEDGER credits of the same customers, on SQLite:

open      from the bytes of the file to the judged draft, with the history of its customers
edit      the edit of one cell, written to its journal, as without the tab
effect    what the tab beside Problems adds up after that edit (aim: 0.3 s together with its edit)
balances  the first page of the Balances page, by age, over the whole ledger
"""

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

ROWS = (50_000,)
LEDGER = 200_000
EDITS = 15
AIM = 0.3


def main(counts: list[int]) -> None:
    """Measure each size in a database of its own."""
    print(f"{'rows':>8} {'ledger':>9} {'open':>8} {'edit':>8} {'effect':>8} {'together':>9} {'balances':>9}")
    for rows in counts:
        with tempfile.TemporaryDirectory() as folder:
            os.environ["KOMET_DATA_DIR"] = folder
            told = measured(rows)
        print(
            f"{rows:>8,} {LEDGER:>9,} {told['open']:>7.2f}s {told['edit']:>7.3f}s {told['effect']:>7.3f}s "
            f"{told['edit'] + told['effect']:>8.3f}s {told['balances']:>8.3f}s"
        )
        if told["edit"] + told["effect"] > AIM:
            raise SystemExit(f"An edit and its effect take longer than {AIM} s.")


def measured(rows: int) -> dict[str, float]:
    """Seconds of each; of edits the median."""
    from bench.ours import prepare
    from bench.workbooks import credits_workbook
    from komet_import import services
    from komet_import.types import OPEN_CREDITS

    user = prepare()
    fill(user.id)
    content = credits_workbook(rows)
    batch: list[str] = []
    found = {
        "open": timed(lambda: batch.append(services.open_file(user, OPEN_CREDITS, "credits.xlsx", content)))
    }
    opened = services.view(user, batch[0])
    column = OPEN_CREDITS.amount_column or ""
    edits, effects = [], []
    for edit in range(EDITS):
        row = int(opened.judgement.numbers[edit * 7])
        seen = str(services.view(user, batch[0]).draft.rows[column].loc[row])
        cell = (row, column, seen, f"{edit + 1}.25")
        edits.append(timed(lambda cell=cell: services.set_cells(user, batch[0], [cell])))
        effects.append(timed(lambda: services.effect_of(user, batch[0])))
    found["edit"], found["effect"] = statistics.median(edits), statistics.median(effects)
    found["balances"] = statistics.median(timed(lambda: services.balances(user)) for _ in range(5))
    return found


def timed(work: Callable[[], object]) -> float:
    """Seconds that it takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def fill(user_id: int) -> None:
    """So many credits in the ledger, spread over all customers, in one batch."""
    from sqlalchemy import text

    from komet_import.ledger import audit, database
    from komet_import.ledger.audit import Event

    with database.transaction() as session:
        session.execute(
            text(
                "INSERT INTO batch (id, type, status, file_name, sha256, reading, revision, acknowledged,"
                " uploaded_by, uploaded_at, changed_at, rows_read, rows_posted, rows_rejected, rows_left_out,"
                " rows_confirmed, rows_unreadable, rows_negative, amount_negative, total_rows)"
                " VALUES ('ledger', 'open-credits', 'draft', 'ledger.xlsx', '0', '{}', 0, '{}', :user,"
                " '2026-01-01', '2026-01-01', 0, 0, 0, 0, 0, 0, 0, 0, '[]')"
            ),
            {"user": user_id},
        )
        session.execute(
            text(
                "INSERT INTO adjustment (batch_id, type, row, customer_id, number, credit_date, amount,"
                " comments, posted_by, posted_at)"
                " WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :count)"
                " SELECT 'ledger', 'open-credits', n.i, c.id, '', date('2026-01-01', '+' || (n.i % 300) ||"
                " ' days'), 1000 + n.i % 400000, '', :user, '2026-01-01' FROM n"
                " JOIN customer c ON c.id = 1 + n.i % (SELECT count(*) FROM customer)"
            ),
            {"count": LEDGER, "user": user_id},
        )
        audit.record(session, what=Event.POSTED, by=user_id, about="ledger")
        session.execute(
            text(
                "UPDATE batch SET status = 'posted', posted_by = uploaded_by,"
                " posted_at = (SELECT at FROM audit_entry WHERE action = 'post' AND subject = batch.id),"
                " (rows_posted, amount_posted) = (SELECT count(*), sum(amount) FROM adjustment"
                " WHERE batch_id = batch.id) WHERE id = 'ledger'"
            )
        )


if __name__ == "__main__":
    main([int(word) for word in sys.argv[1:]] or list(ROWS))
