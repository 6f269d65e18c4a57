"""What the server of children has done before the first sheet comes."""

import subprocess
import sys
from pathlib import Path

from tests.services import workspace

ROOT = Path(__file__).resolve().parents[3]

READ_ONE = """
import sys
from komet_import.sheets.files import child, job
from komet_import.sheets.files.xlsx.cells import Limits
from komet_import.sheets.layout import ready
from komet_import.sheets.layout.header import header_row
from komet_import.types import OPEN_CREDITS
before = set(sys.modules)
wanted = job.Job(
    wanted=header_row.wanted(OPEN_CREDITS), sheet=None, limits=Limits(rows=99, columns=99, cells=9_999)
)
refused, sheet = child.answer(open(sys.argv[1], "rb").read(), wanted)
print(refused, len(sheet) > 0, sorted(set(sys.modules) - before))
"""


def test_a_child_has_nothing_left_to_load(tmp_path: Path) -> None:
    file = tmp_path / "credits.xlsx"
    file.write_bytes(workspace.workbook(workspace.credit()))
    done = subprocess.run(
        [sys.executable, "-c", READ_ONE, file], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "{} True []", done.stderr
