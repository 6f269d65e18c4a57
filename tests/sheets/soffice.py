"""LibreOffice without a screen, where it is installed: the second opinion on what we write."""

import csv
import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest


def sheet_as_libreoffice_sees_it(content: bytes, folder: Path, *, number: int = 1) -> list[list[str]]:
    """The cells of one worksheet (counted from 1) as LibreOffice shows them; skips where it is absent."""
    # 44 comma, 34 quote, 76 UTF-8; the cells as shown, every text quoted; then the number of the sheet.
    filter_options = f"csv:Text - txt - csv (StarCalc):44,34,76,1,,0,true,false,true,false,false,{number}"
    _convert([content], folder, filter_options, folder)
    (written,) = folder.glob("source*.csv")
    with written.open(encoding="utf-8", newline="") as lines:
        return list(csv.reader(lines))


def saved_as(kind: str, contents: Sequence[bytes], folder: Path) -> list[bytes]:
    """Workbooks as LibreOffice saves them as another kind of file, such as `xls`; skips without it."""
    made = folder / kind
    made.mkdir()
    _convert(contents, folder, kind, made)
    return [(made / f"source{place}.{kind}").read_bytes() for place in range(len(contents))]


def _convert(contents: Sequence[bytes], folder: Path, into: str, made: Path) -> None:
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("LibreOffice (soffice) is not installed")
    sources = []
    for place, content in enumerate(contents):
        sources.append(folder / f"source{place}.xlsx")
        sources[-1].write_bytes(content)
    subprocess.run(
        [
            program,
            f"-env:UserInstallation=file://{folder}/profile",
            *("--headless", "--convert-to", into, "--outdir", str(made), *map(str, sources)),
        ],
        check=True,
        capture_output=True,
        timeout=120,
        env={**os.environ, "HOME": str(folder)},
    )
