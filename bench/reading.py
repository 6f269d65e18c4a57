"""Reading a sheet of credits: Komet Import beside plain openpyxl and pandas, in time and in peak memory.

    python bench/reading.py [ROWS …]

Each reading runs in a process of its own that has loaded its libraries; the time is from the bytes to all
rows (for us: guard, child process and Worksheet), the memory is the peak of the process and, for us, of the
child beside it (pages that it shares with its server count). The best of three runs counts. Texts are shared,
as Excel writes them.
"""

import json
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.data import workbooks  # noqa: E402 — the path comes first

ROWS = (1_000, 10_000, 50_000, 100_000)
RUNS = 3

OURS = """
import threading
from komet_import.sheets.files import reader
reader.warm()
reader.read(small, "small.xlsx")
server = reader._server[0].pid
def watch():
    global child
    while True:
        for pid in Path(f"/proc/{server}/task/{server}/children").read_text().split():
            with contextlib.suppress(OSError, IndexError):
                status = Path(f"/proc/{pid}/status").read_text()
                child = max(child, int(status.partition("VmHWM:")[2].split()[0]))
        time.sleep(0.01)
threading.Thread(target=watch, daemon=True).start()
def run(): return reader.read(content, "credits.xlsx").text
def money(rows): return sum(map(float, rows["D"].iloc[1:]))
"""
OPENPYXL = """
import openpyxl
def run():
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    return list(book.worksheets[0].iter_rows(values_only=True))
def money(rows): return sum(row[3] for row in rows[1:])
"""
PANDAS = """
import pandas
pandas.read_excel(io.BytesIO(small), header=None)
def run(): return pandas.read_excel(io.BytesIO(content), header=None)
def money(rows): return sum(rows[3].iloc[1:])
"""
HEADERS = ("Customer Code", "Credit #", "Credit Date", "Credit Balance", "Location Code", "Comments")
READERS = {"Komet Import": OURS, "openpyxl": OPENPYXL, "pandas": PANDAS}

FRAME = """
import contextlib, io, json, resource, sys, time
from pathlib import Path
child = 0
content, small = Path(sys.argv[1]).read_bytes(), Path(sys.argv[2]).read_bytes()
{reader}
start = time.perf_counter()
rows = run()
seconds = time.perf_counter() - start
own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
found = dict(rows=len(rows), money=round(money(rows), 2), seconds=seconds)
print(json.dumps(found | dict(megabytes=own / 1024, child=child / 1024)))
"""


def workbook(rows: int) -> tuple[bytes, float]:
    """A sheet of credits with seven columns and shared texts, and the sum of its amounts."""
    chance = random.Random(rows)
    cents = 0
    shared: dict[str, int] = {}

    def text(name: str, value: str) -> str:
        return f'<c r="{name}" t="s"><v>{shared.setdefault(value, len(shared))}</v></c>'

    lines = ["".join(text(f"{c}1", value) for c, value in zip("ABCDEFG", (*HEADERS, "Ref"), strict=True))]
    for n in range(2, rows + 1):
        amount = chance.randint(100, 200_000)
        cents += amount
        comment = f"{chance.choice(('late truck', 'short shipment', 'agreed by phone'))} {n % 977}"
        lines.append(
            text(f"A{n}", f"FL{chance.randint(100, 999)}")
            + text(f"B{n}", f"CR-{n}")
            + f'<c r="C{n}" s="1"><v>{46_000 + chance.randint(0, 300)}</v></c>'
            + f'<c r="D{n}"><v>{amount / 100}</v></c>'
            + text(f"E{n}", chance.choice(("MIA", "BOG", "UIO")))
            + text(f"F{n}", comment)
            + f'<c r="G{n}"><v>{n}</v></c>'
        )
    body = "".join(f'<row r="{n}" spans="1:7">{line}</row>' for n, line in enumerate(lines, start=1))
    texts = "".join(f"<si><t>{value}</t></si>" for value in shared)
    content = workbooks.workbook(body, shared=texts, styles=workbooks.styles("yyyy-mm-dd"))
    return content, cents / 100


def measure(reader: str, file: Path, small: Path) -> dict[str, float]:
    """Rows, seconds and megabytes of one reading in a fresh process."""
    ran = subprocess.run(
        [sys.executable, "-c", FRAME.replace("{reader}", reader), str(file), str(small)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    found: dict[str, float] = json.loads(ran.stdout)
    return found


def main(counts: list[int]) -> None:
    """Print the table."""
    print(f"{'rows':>8}  {'reader':<14}{'seconds':>9}{'times ours':>12}{'peak MB':>10}{'child MB':>10}")
    with tempfile.TemporaryDirectory() as folder:
        small = Path(folder) / "small.xlsx"
        small.write_bytes(workbook(10)[0])
        for count in counts:
            file = Path(folder) / f"{count}.xlsx"
            content, wanted = workbook(count)
            file.write_bytes(content)
            best: dict[str, dict[str, float]] = {}
            for _ in range(RUNS):  # in turns, so that a busy moment hits all of them
                for name, reader in READERS.items():
                    found = measure(reader, file, small)
                    if (seen := (found["rows"], found["money"])) != (count, wanted):
                        raise SystemExit(f"{name} read {seen} instead of {(count, wanted)}; nothing counts.")
                    if name not in best or found["seconds"] < best[name]["seconds"]:
                        best[name] = found
            ours = best["Komet Import"]["seconds"]
            for name, found in best.items():
                ratio = found["seconds"] / ours
                print(
                    f"{count:>8,}  {name:<14}{found['seconds']:>9.3f}{ratio:>11.1f}×"
                    f"{found['megabytes']:>10.0f}{found['child']:>10.0f}"
                )


if __name__ == "__main__":
    started = time.monotonic()
    main([int(count.replace(",", "")) for count in sys.argv[1:]] or list(ROWS))
    print(f"measured in {time.monotonic() - started:.0f} s")
