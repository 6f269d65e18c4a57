"""LibreOffice without a screen, where it is installed: the second opinion on what we write."""

import csv
import os
import shutil
import subprocess
from pathlib import Path

import pytest


def sheet_as_libreoffice_sees_it(content: bytes, folder: Path, *, number: int = 1) -> list[list[str]]:
    """The cells of one worksheet (counted from 1) as LibreOffice shows them; skips where it is absent."""
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("LibreOffice (soffice) is not installed")
    source = folder / "source.xlsx"
    source.write_bytes(content)
    # 44 comma, 34 quote, 76 UTF-8; the cells as shown, every text quoted; then the number of the sheet.
    filter_options = f"csv:Text - txt - csv (StarCalc):44,34,76,1,,0,true,false,true,false,false,{number}"
    subprocess.run(
        [
            program,
            f"-env:UserInstallation=file://{folder}/profile",
            *("--headless", "--convert-to", filter_options, "--outdir", str(folder), str(source)),
        ],
        check=True,
        capture_output=True,
        timeout=120,
        env={**os.environ, "HOME": str(folder)},
    )
    (written,) = folder.glob("source*.csv")
    with written.open(encoding="utf-8", newline="") as lines:
        return list(csv.reader(lines))
