"""A good workbook, damaged at random, ends in rows or in one sentence, the same way each time."""

import random

import pytest

from komet_import.refusal import SheetRefusal
from komet_import.settings import Settings
from komet_import.sheets.files import chosen_sheet, guard, modern, reader
from komet_import.sheets.files.job import Job
from komet_import.sheets.files.xlsx.cells import Limits
from komet_import.sheets.files.xlsx.swift import read_cells
from komet_import.sheets.layout.header.header_row import wanted
from komet_import.sheets.worksheet import Worksheet
from komet_import.types import OPEN_CREDITS
from tests.data import mutations

JOB = Job(wanted=wanted(OPEN_CREDITS), sheet=None, limits=Limits(rows=1000, columns=100, cells=10_000))
Damage = list[bytes]


def damaged(kind: str, count: int) -> Damage:
    """Workbooks damaged at random, the same ones in every run."""
    chance = random.Random(20_260_302)
    damage = getattr(mutations, kind)
    originals = mutations.originals()
    return [damage(chance.choice(originals), chance) for _ in range(count)]


def outcome(content: bytes) -> bytes | str:
    """The sheet as the child sends it, or the code of the refusal. Any other exception is a defect."""
    try:
        guard.check(content, "march.xlsx", Settings())
        sheet = chosen_sheet.read_workbook(content, JOB)
    except SheetRefusal as refusal:
        assert refusal.message.endswith(".") and "\n" not in refusal.message
        return refusal.code
    Worksheet.from_bytes(sheet)
    return sheet


@pytest.mark.parametrize(("kind", "count"), [("damaged_bytes", 300), ("damaged_xml", 400)])
def test_any_damage_ends_in_rows_or_one_sentence(kind: str, count: int) -> None:
    outcomes = [outcome(content) for content in damaged(kind, count)]
    codes = {found for found in outcomes if isinstance(found, str)}
    assert len(codes) >= 3, "the damage is too mild to show anything"
    assert any(isinstance(found, bytes) for found in outcomes)


def test_the_swift_way_and_the_careful_way_see_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    contents = [*mutations.originals(), *damaged("damaged_xml", 400)]
    swift = [outcome(content) for content in contents]
    swift_read = read_cells
    monkeypatch.setattr(modern, "read_cells", lambda *a: swift_read(*a, swiftly=False))
    careful = [outcome(content) for content in contents]
    rows = [[found for found in outcomes if isinstance(found, bytes)] for outcomes in (swift, careful)]
    assert rows[0] == rows[1]  # what is refused may be refused for what comes first on either way
    assert len(rows[0]) > 100


def test_damage_that_goes_through_the_real_child_is_no_worse() -> None:
    for content in damaged("damaged_xml", 25):
        try:
            reader.read(content, "march.xlsx", wanted=wanted(OPEN_CREDITS))
        except SheetRefusal as refusal:
            assert refusal.code != "reading-failed"
