"""Posting a sheet of credits beside a bare insert of the same rows: what claims, audit and mail cost.

    python -m bench posting [ROWS …]

`post` is the front door's own, with everything on: judged anew, control totals compared, laid ready, claimed,
written, kept with its effect on balances, audited, mailed. `insert` is one core `insert()` of the adjustments
that it writes, in one transaction, with the guards and indexes that the table has. Each is the best of some
runs, in turns, in a process of its own on a database of its own (`ours.py`). The aim is AIM at the most.
"""

import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench.importing import Figures, Runner, ours_everywhere, workbook  # noqa: E402
from bench.workbooks import good_money  # noqa: E402

ROWS = (10_000, 100_000)
AIM = 2.5
RUNS = 3


def best_of(runner: Runner, file: Path, rows: int) -> dict[str, Figures]:
    """The best wall and CPU time of each step; a run that did other work than it was asked for ends all."""
    best: dict[str, Figures] = {}
    for _ in range(RUNS):
        for step in ("insert", "post"):
            found = runner(step, file)
            if found["posted"] != good_money(rows)[0]:
                raise SystemExit(f"{step} of {rows:,} rows wrote {found['posted']:,}; nothing counts.")
            kept = best.setdefault(step, found)
            for figure in ("seconds", "cpu_seconds"):
                kept[figure] = min(kept[figure], found[figure])
    return best


def print_line(name: str, rows: int, best: dict[str, Figures]) -> None:
    """One size on one database."""
    bare, whole = best["insert"], best["post"]
    times = whole["seconds"] / bare["seconds"]
    verdict = "" if times <= AIM else f"  more than {AIM}×"
    print(
        f"{rows:>8,}  {name:<12}{bare['seconds']:>9.2f}{whole['seconds']:>9.2f}{times:>8.1f}×"
        f"{whole['cpu_seconds'] / bare['cpu_seconds']:>8.1f}×{verdict}",
        flush=True,
    )


def main(counts: list[int]) -> None:
    """Print the table."""
    with (
        ours_everywhere("SQLite", "PostgreSQL", durable=True) as on,
        tempfile.TemporaryDirectory() as folder,
    ):
        print(f"{'rows':>8}  {'':<12}{'insert s':>9}{'post s':>9}{'times':>9}{'CPU':>9}")
        for rows in counts:
            file = workbook(Path(folder), rows)
            for name, runner in on.items():
                print_line(name, rows, best_of(runner, file, rows))
