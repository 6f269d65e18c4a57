"""The same workbook as .xlsx, .xls, .ods and .csv, saved by LibreOffice: the same values, the same marks."""

import io
import random
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from komet_import.refusal import SheetRefusal
from komet_import.settings import Settings
from komet_import.sheets.files import chosen_sheet, guard
from komet_import.sheets.files.job import Job
from komet_import.sheets.files.xlsx.cells import Limits
from komet_import.sheets.layout.values.amounts import read_amount
from komet_import.sheets.layout.values.dates import read_date
from komet_import.sheets.worksheet import Held, Worksheet, struck_through
from tests.data import mutations, workbooks
from tests.sheets.files.shown_values import VALUES, source
from tests.sheets.soffice import saved_as

LIMITS = Limits(rows=1000, columns=100, cells=10_000)


def read(content: bytes, *, sheet: str | None = None) -> Worksheet:
    """What the child makes of a file, in this process."""
    kind = guard.check(content, "march.xlsx", Settings())
    job = Job(kind=kind, wanted=None, sheet=sheet, limits=LIMITS, currency="USD")
    return Worksheet.from_bytes(chosen_sheet.read_workbook(content, job))


@dataclass(frozen=True)
class Saved:
    """The workbook as LibreOffice saved it, results of formulas included."""

    xlsx: bytes
    xls: bytes
    ods: bytes


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Saved:
    made = {
        kind: saved_as(kind, [source()], tmp_path_factory.mktemp(kind))[0] for kind in ("xlsx", "xls", "ods")
    }
    return Saved(**made)


@pytest.mark.parametrize("kind", ["xls", "ods"])
def test_another_kind_of_file_soffice_saved_reads_the_same(saved: Saved, kind: str) -> None:
    plain, other = read(saved.xlsx, sheet="Credits"), read(getattr(saved, kind), sheet="Credits")
    assert dict(zip(VALUES, zip(other.text["B"], other.held[:, 1], strict=False), strict=False)) == dict(
        zip(VALUES, zip(plain.text["B"], plain.held[:, 1], strict=False), strict=False)
    )
    assert other.text.equals(plain.text)
    assert (other.held == plain.held).all()
    assert (
        (other.hidden_rows, other.hidden_columns)
        == (plain.hidden_rows, plain.hidden_columns)
        == ({33}, {"D"})
    )
    assert (other.struck, other.merges) == (plain.struck, plain.merges) == ({30}, ("A34:B36",))
    assert other.text.at[31, "B"] == struck_through("100")
    assert other.text.at[32, "A"] == struck_through("100") + " 450"
    assert [(s.name, s.visible) for s in other.sheets] == [
        ("Credits", True),
        ("Open one", True),
        ("Hidden one", False),
    ]
    shown = {(one.currency, one.letters, one.rows) for one in other.currencies}
    assert {(letters, rows) for _, letters, rows in shown} == {("B", ((12, 12),))}
    assert [(r.letters, r.decimals, r.rows) for r in other.rounded] == [
        (r.letters, r.decimals, r.rows) for r in plain.rounded
    ]


def test_errors_are_errors_in_every_kind_of_file_soffice_saved(saved: Saved) -> None:
    for content in (saved.xlsx, saved.xls, saved.ods):
        seen = read(content, sheet="Credits")
        errors = {
            str(text)
            for text, held in zip(seen.text["B"], seen.held[:, 1], strict=True)
            if held == Held.ERROR
        }
        assert errors == {"#DIV/0!", "#N/A"}


def test_what_an_ods_file_holds_is_what_calamine_finds_in_it_soffice(saved: Saved) -> None:
    """Calamine knows neither errors nor formats; all else is the same."""
    seen = read(saved.ods, sheet="Credits")
    rows = CalamineWorkbook.from_filelike(io.BytesIO(saved.ods)).get_sheet_by_name("Credits").to_python()
    for number, what in enumerate(VALUES, start=1):
        held, text = seen.held[number - 1, 1], seen.text.at[number, "B"]
        value = rows[number - 1][1]
        if held == Held.NUMBER and what != "a code of zeros":
            assert float(text) == pytest.approx(value), what
        elif held == Held.DATE and "small" not in what:
            assert str(value).startswith(text[:10]), what
        elif isinstance(value, str) and held == Held.TEXT:
            assert text == value, what


def test_credits_are_the_same_in_every_kind_of_file_soffice_saves(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["Customer Code", "Credit #", "Credit Date", "Credit Balance", "Comments"])
    book.active.append(["00042", "1e5", date(2026, 11, 3), 1234.5, "Müller, “spät”; größer"])
    book.active.append(["FL200", "007", date(2026, 12, 24), 0.07, "two\nlines"])
    for row in (2, 3):
        book.active.cell(row, 3).number_format = "yyyy-mm-dd"
        book.active.cell(row, 4).number_format = "0.00"
    sink = io.BytesIO()
    book.save(sink)
    found = []
    for kind in ("xlsx", "xls", "ods", "csv"):
        seen = read(saved_as(kind, [sink.getvalue()], tmp_path)[0])
        held = seen.held.T.tolist()
        days = [read_date(day, Held(what)) for day, what in zip(seen.text["C"], held[2], strict=True)]
        money = [read_amount(one, Held(what)) for one, what in zip(seen.text["D"], held[3], strict=True)]
        texts = [tuple(seen.text[letter]) for letter in "ABE"]
        found.append((texts, days[1:], money[1:]))
    assert found[0] == found[1] == found[2] == found[3]
    assert found[0][1:] == ([date(2026, 11, 3), date(2026, 12, 24)], [Decimal("1234.5"), Decimal("0.07")])


def test_any_damage_to_an_older_workbook_ends_in_rows_or_one_sentence_soffice(saved: Saved) -> None:
    chance = random.Random(20_261_103)
    codes = set()
    for _ in range(60):
        try:
            read(mutations.damaged_bytes(saved.xls, chance))
            codes.add("fine")
        except SheetRefusal as refusal:
            assert refusal.message.endswith(".") and "\n" not in refusal.message
            codes.add(refusal.code)
    assert {"fine", "damaged-workbook"} <= codes


# --- files built by hand


def ods(rows: str, *, styles: str = "", before: str = "", **parts: str) -> bytes:
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text", "style", "config")
    )
    content = (
        f"<office:document-content {spaces}><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:spreadsheet>{before}<table:table table:name='S'>{rows}</table:table>"
        "</office:spreadsheet></office:body></office:document-content>"
    )
    made = {"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": content}
    return workbooks.package(made | {name.replace("_", "."): part for name, part in parts.items()})


def text(value: str, about: str = "") -> str:
    return f'<table:table-cell office:value-type="string" {about}><text:p>{value}</text:p></table:table-cell>'


def number(value: str, shown: str, about: str = 'office:value-type="float"') -> str:
    return f'<table:table-cell {about} office:value="{value}"><text:p>{shown}</text:p></table:table-cell>'


def line(*cells: str, about: str = "") -> str:
    return f"<table:table-row {about}>{''.join(cells)}</table:table-row>"


def test_repeated_cells_and_rows_stand_in_all_their_places() -> None:
    repeated = 'table:number-columns-repeated="2"'
    rows = line(text("a", repeated), text("b")) + line(about='table:number-rows-repeated="3"')
    rows += line(text("c"), about='table:number-rows-repeated="2"') + line(text("d"))
    seen = read(ods(rows))
    assert list(seen.text.index) == [1, 5, 6, 7]
    assert [list(row) for row in seen.text.to_numpy()] == [
        ["a", "a", "b"],
        ["c", "", ""],
        ["c", "", ""],
        ["d", "", ""],
    ]


def test_a_million_filled_rows_are_refused_by_the_limit() -> None:
    with pytest.raises(SheetRefusal) as refused:
        read(ods(line(text("a"), about='table:number-rows-repeated="1048576"')))
    assert refused.value.code == "too-many-rows"


def test_annotations_are_no_text_and_blanks_are_kept() -> None:
    note = "<office:annotation><text:p>seen by Rita</text:p></office:annotation>"
    inner = f'{note}<text:p>a<text:s text:c="2"/>b<text:tab/>c</text:p><text:p>d</text:p>'
    cell = f'<table:table-cell office:value-type="string">{inner}</table:table-cell>'
    assert read(ods(line(cell))).text.iat[0, 0] == "a  b\tc\nd"


def test_a_formula_without_a_result_is_uncalculated_in_ods() -> None:
    bare = '<table:table-cell table:formula="of:=[.A1]*2"/>'
    nought = number("0", "0", 'office:value-type="float" table:formula="of:=62694.66"')
    seen = read(ods(line(bare, nought)))
    assert list(seen.text.iloc[0]) == ["=[.A1]*2", "=62694.66"]
    assert set(seen.held.flat) == {Held.UNCALCULATED}


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        (number("5", "5,00 Kč", 'office:value-type="currency" office:currency="CZK"'), "CZK"),
        (number("5", "5,00 €", 'office:value-type="currency"'), "€"),
        (number("5", "$5.00", 'office:value-type="currency" office:currency="USD"'), ""),
    ],
)
def test_a_currency_of_an_ods_file_is_known(cell: str, said: str) -> None:
    assert [shown.currency for shown in read(ods(line(cell))).currencies] == ([said] if said else [])


@pytest.mark.parametrize(
    ("value", "shown", "read_as"),
    [
        ("42", "00042", ("00042", Held.NUMBER)),
        ("1001", "CR-1001", ("CR-1001", Held.TEXT)),
        ("7", "FL007", ("FL007", Held.TEXT)),
        ("125.5", "125,50 Dr", ("125.5 Dr", Held.TEXT)),
        ("1234.5", "1.234,50", ("1234.5", Held.NUMBER)),
        ("5", "5 boxes", ("5", Held.NUMBER)),
        ("5", "", ("5", Held.VEILED)),
        ("0", "", ("0", Held.NUMBER)),
        ("0", "-", ("0", Held.NUMBER)),
        ("5", "Paid", ("5", Held.VEILED)),
        ("125.5", "-125.50", ("125.5", Held.VEILED)),
        ("125.5", "(125,50)", ("125.5", Held.VEILED)),
        ("125", "EUR −125", ("125", Held.VEILED)),
        ("-125.5", "(125,50)", ("-125.5", Held.NUMBER)),
    ],
)
def test_what_an_ods_file_shows_of_a_number_says_what_it_is(
    value: str, shown: str, read_as: tuple[str, Held]
) -> None:
    seen = read(ods(line(number(value, shown))))
    assert (seen.text.iat[0, 0], seen.held[0, 0]) == read_as


def test_what_an_ods_file_does_not_show_is_hidden_where_it_says_what_it_shows() -> None:
    about = 'office:value-type="string" office:string-value="FL200"'
    hidden = f"<table:table-cell {about}><text:p/></table:table-cell>"
    untold = f'<table:table-cell {about}/><table:table-cell office:value-type="float" office:value="5"/>'
    seen = read(ods(line(hidden, untold)))
    assert list(seen.text.iloc[0]) == ["FL200", "FL200", "5"]
    assert list(seen.held[0]) == [Held.VEILED, Held.TEXT, Held.NUMBER]


def test_dates_that_count_from_1904_are_noted_in_ods() -> None:
    first = '<table:null-date table:date-value="1904-01-01"/>'
    settings = f"<table:calculation-settings>{first}</table:calculation-settings>"
    assert [n.code for n in read(ods(line(text("a")), before=settings)).notes] == ["dates-from-1904"]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (ods("<table:table-row>"), "damaged-workbook"),
        (ods(line(text("&nothing;"))), "damaged-workbook"),
        (
            workbooks.package(
                {"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "x"}
            ),
            "damaged-workbook",
        ),
        (workbooks.package({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}), "no-sheets"),
        (ods("", settings_xml='<!DOCTYPE a [<!ENTITY b "c">]><a/>'), "doctype"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "Workbook".encode("utf-16-le"),
            "damaged-workbook",
        ),
    ],
)
def test_what_is_damaged_is_refused_in_a_sentence(content: bytes, code: str) -> None:
    with pytest.raises(SheetRefusal) as refused:
        read(content)
    assert refused.value.code == code
    assert refused.value.message.endswith(".")
