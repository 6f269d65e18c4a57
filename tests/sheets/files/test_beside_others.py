"""Our reader of .xlsx beside openpyxl and calamine: the same value in every cell, or a known difference."""

import datetime as dt
import io
import math
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from openpyxl.utils import column_index_from_string
from python_calamine import CalamineWorkbook

from komet_import.settings import ROOT
from komet_import.sheets.files import chosen_sheet
from komet_import.sheets.files.job import Job
from komet_import.sheets.files.xlsx.cells import Limits
from komet_import.sheets.workbooks.sample import write_sample
from komet_import.sheets.worksheet import STRIKE, Held, Worksheet
from komet_import.types import OPEN_CREDITS
from tests.data import mutations, workbooks
from tests.sheets.files import shown_values
from tests.sheets.soffice import saved_as

LIMITS = Limits(rows=200_000, columns=300, cells=3_000_000)
Cell = tuple[str, Held]


def contents() -> Iterator[tuple[str, bytes]]:
    """Every workbook that the tests have or build."""
    for file in sorted((ROOT / "tests" / "data").rglob("*.xlsx")):
        yield file.name, file.read_bytes()
    for number, content in enumerate(mutations.originals()):
        yield f"original {number}", content
    yield "credits", workbooks.good()
    yield "values", shown_values.source()
    yield "sample", write_sample(OPEN_CREDITS, customers=[], locations=[])


def ours(content: bytes, name: str) -> dict[tuple[int, int], Cell]:
    job = Job(wanted=None, sheet=name, limits=LIMITS)
    seen = Worksheet.from_bytes(chosen_sheet.read_workbook(content, job))
    texts = seen.text.to_numpy(dtype=object)
    return {
        (int(number), column_index_from_string(str(letter))): (str(texts[place, column]), Held(held))
        for column, letter in enumerate(seen.text.columns)
        for place, (number, held) in enumerate(zip(seen.text.index, seen.held[:, column], strict=True))
        if texts[place, column]
    }


def by_openpyxl(content: bytes, name: str) -> dict[tuple[int, int], object]:
    rows = openpyxl.load_workbook(io.BytesIO(content), data_only=True)[name].iter_rows()
    return {(c.row, c.column): c.value for row in rows for c in row if c.value is not None}


def by_calamine(content: bytes, name: str) -> dict[tuple[int, int], object]:
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_name(name)
    rows = sheet.to_python(skip_empty_area=False)
    return {
        (row, column): value
        for row, values in enumerate(rows, start=1)
        for column, value in enumerate(values, start=1)
        if value != ""
    }


def difference(cell: Cell | None, value: object) -> str:
    """What differs between our cell and another reader's value; blank where nothing does."""
    if cell is None:
        return "only they have it"
    text, held = cell
    if held is Held.UNCALCULATED:
        return "a formula that was never calculated is not its stored 0" if value in (None, 0) else "formula"
    if value is None:
        return "an error is no blank cell" if held is Held.ERROR else "a value below a merged cell stays"
    if isinstance(value, bool):
        return "" if text == str(value).upper() else "truth"
    if isinstance(value, int | float):
        return _number_difference(text, held, value)
    if isinstance(value, dt.datetime | dt.date):
        return _day_difference(text, held, value)
    plain = text.replace(STRIKE, "")
    if str(value) == plain:
        return "" if plain == text else "what is struck through says so"
    if re.search("_x[0-9A-Fa-f]{4}_", str(value)):
        return "an escape of Excel is decoded"
    return "a time is told to the second" if isinstance(value, dt.time | dt.timedelta) else f"text {value!r}"


def _number_difference(text: str, held: Held, value: float) -> str:
    if held is Held.NUMBER:
        return "" if math.isclose(float(text), value, rel_tol=1e-14) else f"number {value!r}"
    if text.endswith("%"):
        return "a percentage is shown as one"
    if text.replace(STRIKE, "") == f"{value:g}":
        return "what is struck through says so"
    return "a code is read as it is shown" if f"{value:g}" in text else f"number {value!r}, not {text!r}"


def _day_difference(text: str, held: Held, value: dt.datetime | dt.date) -> str:
    moment = value if isinstance(value, dt.datetime) else dt.datetime.combine(value, dt.time())
    said = moment.isoformat(sep=" ", timespec="seconds").removesuffix(" 00:00:00")
    if said == text.replace(STRIKE, ""):
        return ""
    return "a day before March 1900 is Excel's" if text < "1900-03" else f"day {said}, not {text}"


KNOWN = {
    "a value below a merged cell stays",
    "an escape of Excel is decoded",
    "a formula that was never calculated is not its stored 0",
    "an error is no blank cell",
    "a percentage is shown as one",
    "what is struck through says so",
    "a code is read as it is shown",
    "a day before March 1900 is Excel's",
    "a time is told to the second",
}


def differences(content: bytes) -> dict[str, Counter[str]]:
    """By reader, what differs from ours and how often, over all sheets that can be read."""
    found: dict[str, Counter[str]] = {"openpyxl": Counter(), "calamine": Counter()}
    below = {
        (row, column)
        for sheet in openpyxl.load_workbook(io.BytesIO(content))
        for merged in sheet.merged_cells.ranges
        for row, column in merged.cells
    }
    for name in openpyxl.load_workbook(io.BytesIO(content), read_only=True).sheetnames:
        here = ours(content, name)
        for reader, there in (
            ("openpyxl", by_openpyxl(content, name)),
            ("calamine", by_calamine(content, name)),
        ):
            for place in here.keys() | there.keys():
                if said := difference(here.get(place), there.get(place)):
                    assert said != "a value below a merged cell stays" or place in below, place
                    found[reader][said] += 1
    return found


@pytest.mark.parametrize(("name", "content"), list(contents()), ids=[name for name, _ in contents()])
def test_every_value_is_the_same_or_differs_in_a_known_way(name: str, content: bytes) -> None:
    found = differences(content)
    assert {said for counts in found.values() for said in counts} <= KNOWN


def test_what_libreoffice_writes_differs_in_known_ways_only_soffice(tmp_path: Path) -> None:
    (content,) = saved_as("xlsx", [shown_values.source()], tmp_path)
    found = differences(content)
    assert {said for counts in found.values() for said in counts} <= KNOWN
    assert found["calamine"]["an error is no blank cell"] == 2
