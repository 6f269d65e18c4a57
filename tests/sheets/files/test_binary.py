"""Binary workbooks: what their records say, beside calamine and LibreOffice."""

import io
import random
from pathlib import Path

from python_calamine import CalamineWorkbook

from komet_import.refusal import SheetRefusal
from komet_import.settings import Settings
from komet_import.sheets.files import chosen_sheet, guard
from komet_import.sheets.files.job import Job
from komet_import.sheets.files.xlsx.cells import Limits
from komet_import.sheets.worksheet import Held, Worksheet, struck_through
from tests.data import binary_workbooks as binary
from tests.sheets.soffice import sheet_as_libreoffice_sees_it

LIMITS = Limits(rows=1000, columns=100, cells=10_000)
FORMATS = ("yyyy-mm-dd", "00000", '"CR-"0000', "[$€-407] #,##0.00", "0%", "0.00", "General")


def read(content: bytes, *, sheet: str | None = None) -> Worksheet:
    kind = guard.check(content, "march.xlsb", Settings())
    job = Job(kind=kind, wanted=None, sheet=sheet, limits=LIMITS, currency="USD")
    return Worksheet.from_bytes(chosen_sheet.read_workbook(content, job))


def book() -> bytes:
    rows = (
        binary.row(1, binary.shared(0, 0), binary.inline(1, "Credit #"), binary.shared(2, 1))
        + binary.row(2, binary.packed(0, 219), binary.packed(1, -1389, hundredth=True), binary.real(2, 0.07))
        + binary.row(3, binary.packed_double(0, 1.5), binary.truth(1, True), binary.error(2, 0x2A))
        + binary.row(
            5,
            binary.formula_number(0, 2.5),
            binary.formula_text(1, "a_x0041_b"),
            binary.formula_error(2, 0x07),
        )
        + binary.row(
            6, binary.real(0, 46329, 1), binary.packed(1, 42, 2), binary.packed(2, 1001, 3), hidden=True
        )
        + binary.row(7, binary.real(0, 12.5, 4), binary.real(1, 0.15, 5), binary.real(2, 33.333333333, 6))
        + binary.row(8, binary.packed(0, 1, 7), binary.shared(1, 2, 7))
        + binary.row(9, binary.shared(0, 3), binary.packed(1, 100, 7))
    )
    made = binary.sheet(rows, columns=binary.hidden_columns(2, 3), merges=[(0, 3, 0, 0)])
    other = binary.sheet(binary.row(1, binary.inline(0, "x")))
    return binary.workbook(
        made,
        other,
        active=1,
        states=(0, 1),
        texts=binary.shared_texts("Customer Code", "Größe", "gone", ("100 450", [(0, 1), (3, 0)])),
        formats=binary.styles(*FORMATS, struck=(7,)),
    )


def test_a_binary_workbook_says_all_that_a_plain_one_says() -> None:
    seen = read(book(), sheet="Credits")
    assert {int(n): list(row) for n, row in zip(seen.text.index, seen.text.to_numpy(), strict=True)} == {
        1: ["Customer Code", "Credit #", "Größe"],
        2: ["219", "-13.89", "0.07"],
        3: ["1.5", "TRUE", "#N/A"],
        5: ["2.5", "a_x0041_b", "#DIV/0!"],
        6: ["2026-11-03", "00042", "CR-1001"],
        7: ["12.5", "15%", "33.333333333"],
        8: ["1", "gone", ""],
        9: [f"{struck_through('100')} 450", struck_through("100"), ""],
    }
    number, day, truth, error = Held.NUMBER, Held.DATE, Held.BOOLEAN, Held.ERROR
    assert seen.held.tolist()[1:6] == [
        [number, number, number],
        [number, truth, error],
        [number, Held.TEXT, error],
        [day, number, Held.TEXT],
        [number, Held.TEXT, number],
    ]
    assert (seen.hidden_rows, seen.hidden_columns, seen.merges, seen.struck) == ({6}, {"C"}, ("A1:A4",), {8})
    assert [(one.currency, one.letters, one.rows) for one in seen.currencies] == [("€", "A", ((7, 7),))]
    assert [(one.letters, one.decimals, one.rows) for one in seen.rounded] == [("C", 2, ((7, 7),))]
    assert [(s.name, s.visible, s.active) for s in seen.sheets] == [
        ("Credits", True, False),
        ("Second", False, True),
    ]


def test_calamine_finds_the_same_values_in_it() -> None:
    found = CalamineWorkbook.from_filelike(io.BytesIO(book()))
    assert found.sheet_names == ["Credits", "Second"]
    rows = found.get_sheet_by_name("Credits").to_python(skip_empty_area=False)
    assert rows[0] == ["Customer Code", "Credit #", "Größe"]
    assert rows[1] == [219, -13.89, 0.07]
    assert rows[2] == [1.5, True, ""], "an error is a blank cell to it"
    assert rows[4][0] == 2.5
    assert str(rows[5][0]) == "2026-11-03" and rows[5][1:] == [42, 1001], "it knows no formats"
    assert rows[6] == [12.5, 0.15, 33.333333333]


def test_libreoffice_opens_what_the_tests_build_soffice(tmp_path: Path) -> None:
    rows = sheet_as_libreoffice_sees_it(book(), tmp_path)
    assert rows[0] == ["Customer Code", "Credit #", "Größe"]
    assert rows[5][:3] == ["2026-11-03", "00042", "CR-1001"]
    assert rows[1][:2] == ["219", "-13.89"]


def test_dates_count_from_1904_where_a_binary_workbook_says_so() -> None:
    made = binary.sheet(binary.row(1, binary.real(0, 44867, 1)))
    seen = read(binary.workbook(made, formats=binary.styles("yyyy-mm-dd"), from_1904=True))
    assert (seen.text.iat[0, 0], [note.code for note in seen.notes]) == ("2026-11-03", ["dates-from-1904"])


def test_any_damage_to_a_binary_workbook_ends_in_rows_or_one_sentence() -> None:
    chance = random.Random(20_261_103)
    good = binary.sheet(binary.row(1, binary.inline(0, "a"), binary.packed(1, 5), binary.real(2, 1.5)))
    texts = binary.shared_texts("a", ("bc", [(0, 1)]))
    codes = set()
    for _ in range(400):
        parts = [bytearray(part) for part in (good, texts, binary.styles("0.00"))]
        damaged = chance.choice(parts)
        for _ in range(chance.randint(1, 4)):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        if chance.random() < 0.3:
            del damaged[chance.randrange(1, len(damaged)) :]
        sheet, shared, formats = map(bytes, parts)
        try:
            read(binary.workbook(sheet, texts=shared, formats=formats))
            codes.add("fine")
        except SheetRefusal as refusal:
            assert refusal.message.endswith(".") and "\n" not in refusal.message
            codes.add(refusal.code)
    assert {"fine", "damaged-workbook"} <= codes
