"""Opening and posting a sheet of credits: Komet Import beside django-import-export, in time and in memory.

    python -m bench importing [ROWS …]

Each figure is the best of some runs, in turns, of a process of its own, on a database of its own: see
`ours.py` and `peer_django.py` for what their clocks cover. Opening stands beside the peer's preview,
posting beside its commit, which reads the file again. CPU is the fairer figure on a busy machine, wall time
is what people wait. On SQLite ours waits for the disk at each commit, as a ledger must; PostgreSQL runs
without that. The peak of ours is that of the process, and of the reader's child beside it.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench.workbooks import good_money  # noqa: E402 - the path comes first
from tests.postgresql import Cluster, Unavailable  # noqa: E402

ROWS = (1_000, 10_000, 100_000)
PEER_ROWS = 10_000
"""The most rows that the peer is asked for: the default one takes half a minute for these."""

RUNS, LARGE_RUNS = 3, 2
OURS = "Komet Import, SQLite"
"""What all others are compared with."""
STEPS = {"open": "preview", "post": "commit"}
"""Our step, and the peer's that does the same for a person."""

Figures = dict[str, Any]
Runner = Callable[[str, Path], Figures]


def run(*command: str | Path, **environment: str) -> Figures:
    """What a measured process says."""
    ran = subprocess.run(
        [sys.executable, *map(str, command)],
        cwd=ROOT,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if ran.returncode:
        raise SystemExit(f"{command[0]} failed:\n{ran.stderr}")
    figures: Figures = json.loads(ran.stdout)
    return figures


def ours_on_sqlite(step: str, file: Path) -> Figures:
    """Ours, on a fresh SQLite file beside the sheet."""
    folder = Path(tempfile.mkdtemp(dir=file.parent))
    try:
        return ours(step, file, f"sqlite:///{folder / 'komet.sqlite3'}")
    finally:
        shutil.rmtree(folder)


def ours(step: str, file: Path, url: str) -> Figures:
    """Ours, on that database. The sheet's header is a row too, so 100,000 credits need one row more."""
    return run("bench/ours.py", step, file, KOMET_DATABASE_URL=url, KOMET_MAX_ROWS="200000")


@contextmanager
def ours_everywhere(sqlite: str, postgresql: str, *, durable: bool = False) -> Iterator[dict[str, Runner]]:
    """Ours on SQLite and on a cluster of PostgreSQL of its own, under these names; without the second where
    PostgreSQL is not there, which is said. `durable` as `Cluster` has it."""
    own: dict[str, Runner] = {sqlite: ours_on_sqlite}
    try:
        cluster = Cluster(durable=durable)
    except Unavailable as missing:
        print(missing)
        yield own
        return

    def on_postgresql(step: str, file: Path) -> Figures:
        name = cluster.create()
        try:
            return ours(step, file, cluster.url(name))
        finally:
            cluster.drop(name)

    try:
        yield own | {postgresql: on_postgresql}
    finally:
        cluster.close()


def peer(step: str, file: Path) -> Figures:
    """The peer as documented."""
    return run("bench/peer_django.py", STEPS[step], file)


def tuned_peer(step: str, file: Path) -> Figures:
    """The peer with its settings for large files."""
    return run("bench/peer_django.py", STEPS[step], file, "--tuned")


def workbook(folder: Path, rows: int) -> Path:
    """A sheet of so many credits; written by a process of its own, to keep this one small.

    A large process would show in the peaks of those that it starts.
    """
    file = folder / f"{rows}.xlsx"
    code = (
        "import sys; from pathlib import Path; from bench.workbooks import credits_workbook as made; "
        "Path(sys.argv[1]).write_bytes(made(int(sys.argv[2])))"
    )
    subprocess.run([sys.executable, "-c", code, str(file), str(rows)], cwd=ROOT, check=True)
    return file


def best_of(runners: dict[str, Runner], step: str, file: Path, rows: int) -> dict[str, Figures]:
    """The best wall time and the best CPU time of each, measured in turns: a busy moment hits all."""
    best: dict[str, Figures] = {}
    good = good_money(rows)
    for _ in range(RUNS if rows <= 1_000 else LARGE_RUNS):
        for name, runner in runners.items():
            found = runner(step, file)
            require(name, step, found, rows, good)
            kept = best.setdefault(name, found)
            for figure in ("seconds", "cpu_seconds", "peak_mb"):
                kept[figure] = min(kept[figure], found[figure])
    return best


def require(name: str, step: str, found: Figures, rows: int, good: tuple[int, Decimal]) -> None:
    """End the measurement where a run did other work than it was asked for: its time would mean nothing."""
    seen: tuple[object, ...] = (found["rows"], found["ready"])
    wanted: tuple[object, ...] = (rows, good[0])
    if step == "post":
        seen += (found["posted"], Decimal(found["amount"]))
        wanted += good
    if seen != wanted:
        raise SystemExit(f"{name}, {step} of {rows:,} rows: did {seen} instead of {wanted}; nothing counts.")


def print_table(step: str, rows: int, best: dict[str, Figures]) -> None:
    """The lines of one step at one size; ratios are to ours on SQLite."""
    base = best[OURS]
    for name, found in best.items():
        wall, cpu = found["seconds"] / base["seconds"], found["cpu_seconds"] / base["cpu_seconds"]
        beside = f" + {found['child_mb']:.0f}" if found.get("child_mb") else ""
        print(
            f"{step:<6}{rows:>8,}  {name:<26}{found['seconds']:>9.2f}{wall:>8.1f}×"
            f"{found['cpu_seconds']:>9.2f}{cpu:>8.1f}×{found['peak_mb']:>8.0f}{beside}",
            flush=True,
        )


def print_growth(ours: dict[tuple[str, int], Figures]) -> None:
    """How the time of one row grows from 10,000 to 100,000 rows."""
    for step in STEPS:
        small, large = ours.get((step, 10_000)), ours.get((step, 100_000))
        if small and large:
            wall = large["seconds"] / small["seconds"] / 10
            cpu = large["cpu_seconds"] / small["cpu_seconds"] / 10
            print(
                f"{step}: a row of 100,000 takes {wall:.2f} (CPU {cpu:.2f}) of the time of a row of 10,000."
            )


def main(counts: list[int]) -> None:
    """Print the table."""
    peers: dict[str, Runner] = {"django-import-export": peer, "django-import-export tuned": tuned_peer}
    measured: dict[tuple[str, int], Figures] = {}
    with (
        ours_everywhere(OURS, "Komet Import, PostgreSQL") as own,
        tempfile.TemporaryDirectory() as folder,
    ):
        print(f"{'step':<6}{'rows':>8}  {'':<26}{'seconds':>9}{'ours':>9}{'CPU':>9}{'ours':>9}{'peak MB':>8}")
        for rows in counts:
            file = workbook(Path(folder), rows)
            for step in STEPS:
                best = best_of(own | (peers if rows <= PEER_ROWS else {}), step, file, rows)
                print_table(step, rows, best)
                measured[step, rows] = best[OURS]
    print_growth(measured)
