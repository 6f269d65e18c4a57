"""From a file to its judged preview, and from an edit to the judged cell: of a good sheet and of bad ones.

    python -m bench judging [ROWS …]

Times are of this process and of the reader's child, the best of some runs. A sheet that nobody can import is
looked at as quickly as a good one: the kinds below are those in which every row is unlike a row of data, and
one whose question is asked again at each edit. It calls nothing but the front door, so that it measures
another commit as well: put this file into its `bench/`.
"""

import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench import ours
from bench.workbooks import credit_rows, workbook
from komet_import import services
from komet_import.access.users import CurrentUser
from komet_import.settings import settings
from komet_import.types import OPEN_CREDITS

ROWS = (50_000,)
RUNS = 3
Row = list[object]


def as_they_are(place: int, row: Row) -> Row:
    """One row in twenty is bad, in the ways in which real sheets are."""
    return row


def without_readable_amounts(place: int, row: Row) -> Row:
    """Each amount is a text that nobody can read."""
    return [*row[:3], f"about {place}", *row[4:]]


def of_unknown_customers(place: int, row: Row) -> Row:
    """Each row has a customer of another system's."""
    return [f"Another {place % 2_000}", *row[1:]]


def without_days(place: int, row: Row) -> Row:
    """No row has a day."""
    return [*row[:2], None, *row[3:]]


def of_two_papers(place: int, row: Row) -> Row:
    """One number in a hundred is an invoice's: which of them are credits is asked."""
    return [row[0], f"{'CM' if place % 100 else 'INV'}-{place}", *row[2:]]


KINDS: Mapping[str, Callable[[int, Row], Row]] = {
    "as real sheets are": as_they_are,
    "no readable amount": without_readable_amounts,
    "unknown customers": of_unknown_customers,
    "no days": without_days,
    "two papers": of_two_papers,
}


def timed(act: Callable[[], object]) -> tuple[float, float]:
    """Seconds that people wait, and those of processors."""
    cpu, started = time.process_time() + ours.reader_cpu(), time.monotonic()
    act()
    return time.monotonic() - started, time.process_time() + ours.reader_cpu() - cpu


def opening(user: CurrentUser, content: bytes, found: list[str]) -> tuple[float, float]:
    """A file becomes a judged draft, whose id is added to those found."""
    return timed(
        lambda: found.append(services.open_file(user, OPEN_CREDITS, "bench.xlsx", content, resume=False))
    )


def edits(user: CurrentUser, batch_id: str) -> Iterator[Callable[[], object]]:
    """Edits of one cell after another, each answered with the row judged again."""
    column = OPEN_CREDITS.columns[-1].name
    for row in range(2, 2 + RUNS):
        text = str(services.view(user, batch_id).draft.rows.at[row, column])
        yield lambda row=row, text=text: services.set_cells(user, batch_id, [(row, column, text, "seen")])


def main(counts: list[int]) -> None:
    """Measure each kind and print a table."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"KOMET_DATABASE_URL": f"sqlite:///{folder}/komet.sqlite3", "KOMET_MAX_ROWS": "200000"}
        settings.cache_clear()
        user = ours.prepare()
        print(f"{'rows':>8}  {'kind':<20} {'preview s':>10} {'cpu s':>7} {'edit ms':>9}")
        for rows in counts:
            for name, kind in KINDS.items():
                content = workbook(
                    kind(place, list(row.values)) for place, row in enumerate(credit_rows(rows))
                )
                found: list[str] = []
                wall, cpu = map(min, zip(*(opening(user, content, found) for _ in range(RUNS)), strict=True))
                edit = min(timed(act)[0] for act in edits(user, found[-1]))
                print(f"{rows:>8,}  {name:<20} {wall:>10.2f} {cpu:>7.2f} {edit * 1000:>9.0f}", flush=True)
