"""The reader: what Excel shows is what the text says, and nothing is lost without a note."""

import io
import json
import os
import re
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import openpyxl
import pyarrow as pa
import pytest

from komet_import.refusal import SheetRefusal
from komet_import.settings import settings
from komet_import.sheets.files import reader
from komet_import.sheets.layout.header.header_row import wanted
from komet_import.sheets.layout.notes import sentences
from komet_import.sheets.worksheet import MOST_MERGES, Held, Worksheet
from komet_import.types import OPEN_CREDITS
from tests.data import workbooks
from tests.data.workbooks import package, parts, relation, relations, row, sheet, styles, table, workbook

ROOT = Path(reader.__file__).resolve().parents[3]


def read(content: bytes, **options: object) -> Worksheet:
    return reader.read(content, "march.xlsx", **options)  # type: ignore[arg-type]


def cells(content: bytes) -> dict[str, tuple[str, Held]]:
    """Every filled cell by its name."""
    seen = read(content)
    return {
        f"{letter}{number}": (text, Held(seen.held[place, column]))
        for place, number in enumerate(seen.text.index)
        for column, letter in enumerate(seen.text.columns)
        if (text := seen.text.iat[place, column])
    }


def notes(content: bytes) -> dict[str, tuple[int, tuple[str, ...]]]:
    return {note.code: (note.count, note.where) for note in read(content).notes}


CELLS = {
    "a whole number": ("><v>219</v>", "219", Held.NUMBER),
    "a whole number with a decimal point": ("><v>219.0</v>", "219", Held.NUMBER),
    "cents": ("><v>503.67</v>", "503.67", Held.NUMBER),
    "the dust of binary numbers": ("><v>0.30000000000000004</v>", "0.3", Held.NUMBER),
    "more digits than Excel keeps": ("><v>12345678901234567</v>", "12345678901234600", Held.NUMBER),
    "a number with an exponent": ("><v>1.5E3</v>", "1500", Held.NUMBER),
    "a small number": ("><v>1E-05</v>", "0.00001", Held.NUMBER),
    "an absurd number": ("><v>1E+308</v>", "1E+308", Held.NUMBER),
    "a number beyond all": ("><v>1E+999</v>", "1E+999", Held.TEXT),
    "not a number": ("><v>NaN</v>", "NaN", Held.TEXT),
    "minus nought": ("><v>-0</v>", "0", Held.NUMBER),
    "a negative number": ("><v>-13.89</v>", "-13.89", Held.NUMBER),
    "inline text": ('t="inlineStr"><is><t>FL219</t></is>', "FL219", Held.TEXT),
    "text that looks like a number": ('t="inlineStr"><is><t>00042</t></is>', "00042", Held.TEXT),
    "text with blanks": ('t="inlineStr"><is><t xml:space="preserve"> a </t></is>', " a ", Held.TEXT),
    "rich text": ('t="inlineStr"><is><r><t>Rosas </t></r><r><t>SA</t></r></is>', "Rosas SA", Held.TEXT),
    "phonetic text": (
        't="inlineStr"><is><t>東京</t><rPh sb="0" eb="2"><t>トウキョウ</t></rPh></is>',
        "東京",
        Held.TEXT,
    ),
    "entities": ('t="inlineStr"><is><t>A &amp; B &lt;x&gt; &#65;&#x42;</t></is>', "A & B <x> AB", Held.TEXT),
    "a line break": ('t="inlineStr"><is><t>one_x000D_\ntwo</t></is>', "one\ntwo", Held.TEXT),
    "an escape that two runs only make together": (
        't="inlineStr"><is><r><t>_x00</t></r><r><t>41_ _</t></r><r><t>x0042_ _x0043_</t></r></is>',
        "_x0041_ _x0042_ C",
        Held.TEXT,
    ),
    "an escaped escape": ('t="inlineStr"><is><t>a_x005F_x000D_b</t></is>', "a_x000D_b", Held.TEXT),
    "two halves of an emoji": ('t="inlineStr"><is><t>_xD83D__xDE00_</t></is>', "😀", Held.TEXT),
    "half an emoji": ('t="inlineStr"><is><t>a_xD83D_b</t></is>', "ab", Held.TEXT),
    "a control character": ('t="inlineStr"><is><t>a_x0007_b&#x85;c</t></is>', "abc", Held.TEXT),
    "a tab": ('t="inlineStr"><is><t>a&#9;b</t></is>', "a\tb", Held.TEXT),
    "CDATA": ('t="inlineStr"><is><t><![CDATA[<b>&amp;]]></t></is>', "<b>&amp;", Held.TEXT),
    "a formula's text": ('t="str"><f>A2&amp;"x"</f><v>FL219x</v>', "FL219x", Held.TEXT),
    "a formula's number": ("><f>1+1</f><v>2</v>", "2", Held.NUMBER),
    "a shared formula's number": ('><f t="shared" si="0"/><v>2</v>', "2", Held.NUMBER),
    "a formula without a value": ("><f>SUM(B1:B9)</f><v></v>", "=SUM(B1:B9)", Held.UNCALCULATED),
    "a formula with an empty value": ("><f>A2&amp;B2</f><v/>", "=A2&B2", Held.UNCALCULATED),
    "a formula alone": ("><f>SUM(B1:B9)</f>", "=SUM(B1:B9)", Held.UNCALCULATED),
    "a formula that gives no text": ('t="str"><f>""</f><v></v>', "", Held.TEXT),
    "yes": ('t="b"><v>1</v>', "TRUE", Held.BOOLEAN),
    "no": ('t="b"><v>0</v>', "FALSE", Held.BOOLEAN),
    "an error": ('t="e"><v>#N/A</v>', "#N/A", Held.ERROR),
    "an error of a formula": ('t="e"><f>1/0</f><v>#DIV/0!</v>', "#DIV/0!", Held.ERROR),
    "an ISO date": ('t="d"><v>2026-03-02</v>', "2026-03-02", Held.DATE),
    "an ISO date at midnight": ('t="d"><v>2026-03-02T00:00:00</v>', "2026-03-02", Held.DATE),
    "an ISO date with a time": ('t="d"><v>2026-03-02T10:42:01Z</v>', "2026-03-02 10:42:01", Held.DATE),
    "an ISO date that is none": ('t="d"><v>soon</v>', "soon", Held.TEXT),
    "nothing but a style": ('s="1">', "", Held.TEXT),
}


@pytest.fixture(scope="module")
def all_cells() -> dict[str, tuple[str, Held]]:
    """All of CELLS in one sheet, one row each, in their order."""
    rows = "".join(
        f'<row r="{number}"><c r="A{number}" {cell}</c></row>'
        for number, (cell, _, _) in enumerate(CELLS.values(), start=1)
    )
    return cells(workbook(rows))


@pytest.mark.parametrize("what", CELLS)
def test_a_cell_reads_as_excel_shows_it(what: str, all_cells: dict[str, tuple[str, Held]]) -> None:
    _, text, held = CELLS[what]
    assert all_cells.get(f"A{list(CELLS).index(what) + 1}", ("", Held.TEXT)) == (text, held)


FORMATS = [
    ("00000", "219", "00219", Held.NUMBER),
    ("00000", "219.5", "219.5", Held.NUMBER),
    ("000", "-5", "-005", Held.NUMBER),
    ("yyyy-mm-dd", "46083", "2026-03-02", Held.DATE),
    ("d/m/yy;@", "46083", "2026-03-02", Held.DATE),
    ("[$-409]mmmm d, yyyy", "46083", "2026-03-02", Held.DATE),
    ("mmm\\-yy", "46083", "2026-03-02", Held.DATE),
    ("yyyy-mm-dd hh:mm", "46083.5", "2026-03-02 12:00:00", Held.DATE),
    ("yyyy-mm-dd", "46083.75", "2026-03-02 18:00:00", Held.DATE),
    ("yyyy-mm-dd", "46083.999999999", "2026-03-03", Held.DATE),
    ("yyyy-mm-dd", "59", "1900-02-28", Held.DATE),
    ("yyyy-mm-dd", "60", "60", Held.NUMBER),
    ("yyyy-mm-dd", "61", "1900-03-01", Held.DATE),
    ("yyyy-mm-dd", "-1", "-1", Held.NUMBER),
    ("yyyy-mm-dd", "2958466", "2958466", Held.NUMBER),
    ("hh:mm", "0.5", "12:00:00", Held.TEXT),
    ("[h]:mm", "0.25", "06:00:00", Held.TEXT),
    ("0%", "0.5", "50%", Held.TEXT),
    ("0.0%", "0.1234567", "12.34567%", Held.TEXT),
    ("0%", "0", "0%", Held.TEXT),
    ("0%", "-2", "-200%", Held.TEXT),
    ('"$"#,##0.00', "1234.5", "1234.5", Held.NUMBER),
    ("[$€-2] #,##0.00", "1234.5", "1234.5", Held.NUMBER),
    ('#,##0.00" days"', "3", "3", Held.NUMBER),
    ("[Red]0.00;[Blue]-0.00", "3", "3", Held.NUMBER),
    ("General", "46083", "46083", Held.NUMBER),
    ("0.00E+00", "46083", "46083", Held.NUMBER),
    ('"CU-"0', "219", "CU-219", Held.TEXT),
    ('"CR-"0000', "42", "CR-0042", Held.TEXT),
    ('"CR-"0000', "12345", "CR-12345", Held.TEXT),
    ('"CR-"0000', "4.5", "4.5", Held.NUMBER),
    ('"CR-"0000', "-4", "-4", Held.NUMBER),
    ("\\F\\L000", "7", "FL007", Held.TEXT),
    ('"FL"General', "7", "FL7", Held.TEXT),
    ('"FL"#', "7", "FL7", Held.TEXT),
    ("000-000", "42", "000-042", Held.TEXT),
    ('0000"/26"', "42", "0042/26", Held.TEXT),
    ('0" boxes"', "5", "5", Held.NUMBER),
    ('"Net "#,##0.00', "5", "5", Held.NUMBER),
    ('"USD "0', "5", "5", Held.NUMBER),
    ("#,##0", "5", "5", Held.NUMBER),
    ('#,##0.00" Dr"', "125.5", "125.5 Dr", Held.TEXT),
    ('#,##0.00" CR";#,##0.00" DR"', "125.5", "125.5 CR", Held.TEXT),
    ('#,##0.00" CR";#,##0.00" DR"', "-125.5", "125.5 DR", Held.TEXT),
    ('"$"0.00" Cr"', "-125.5", "-125.5 Cr", Held.TEXT),
    ('0.0" thousand"', "125.5", "125.5", Held.VEILED),
    ('0"K"', "250", "250", Held.VEILED),
    ('0" Mio"', "250", "250", Held.VEILED),
    ('#,##0,"K"', "12500", "12500", Held.NUMBER),  # divided, so it is what is shown
    ('0" boxes"', "250", "250", Held.NUMBER),
    (";;;", "125.5", "125.5", Held.VEILED),
    (";;;", "-125.5", "-125.5", Held.VEILED),
    (";;;", "0", "0", Held.NUMBER),
    (";-0.00", "125.5", "125.5", Held.VEILED),
    (";-0.00", "-125.5", "-125.5", Held.NUMBER),
    ("0.00;", "-125.5", "-125.5", Held.VEILED),
    ("0.00;;", "125.5", "125.5", Held.NUMBER),
    ('"Paid"', "125.5", "125.5", Held.VEILED),
    ('0.00;-0.00;"-"', "0", "0", Held.NUMBER),
    ("-0.00", "125.5", "125.5", Held.VEILED),
    ('"-"0.00', "125.5", "125.5", Held.VEILED),
    ("\\-#,##0", "125.5", "125.5", Held.VEILED),
    ("0.00-", "125.5", "125.5", Held.VEILED),
    ("(0.00)", "125.5", "125.5", Held.VEILED),
    ('"USD "-0.00', "125.5", "125.5", Held.VEILED),
    ('"USD "-0', "125", "125", Held.VEILED),
    ('"CM-"0', "125", "CM-125", Held.TEXT),
    ("-[$€-2] #,##0.00", "125.5", "125.5", Held.VEILED),
    ("-0%", "0.5", "0.5", Held.VEILED),
    ("0.00;(0.00)", "-125.5", "-125.5", Held.NUMBER),
    ("0.00;(0.00)", "125.5", "125.5", Held.NUMBER),
    ('"Net-"#,##0.00', "5", "5", Held.NUMBER),
    ('#,##0.00" - net"', "5", "5", Held.NUMBER),
    ('_(* #,##0.00_);_(* (#,##0.00);_(* "-"??_);_(@_)', "5", "5", Held.NUMBER),
    ('_(* #,##0.00_);_(* (#,##0.00);_(* "-"??_);_(@_)', "-5", "-5", Held.NUMBER),
    ("#,##0,", "125000", "125000", Held.NUMBER),
    ('0.0,,"M"', "125000", "125000", Held.NUMBER),
    ('[<100]"few";0.00', "5", "5", Held.VEILED),
    ('[<100]"few";0.00', "500", "500", Held.NUMBER),
    ("[Red][<0]-0.00;0.00", "-5", "-5", Held.NUMBER),
    ("[Red][>100]0.00;[Blue]0.00", "5", "5", Held.NUMBER),
]


def test_number_formats_say_what_a_number_is() -> None:
    rows = "".join(
        f'<row r="{n}"><c r="A{n}" s="{n}"><v>{stored}</v></c></row>'
        for n, (_, stored, _, _) in enumerate(FORMATS, start=1)
    )
    found = cells(workbook(rows, styles=styles(*(code for code, *_ in FORMATS))))
    assert [found[f"A{n}"] for n in range(1, len(FORMATS) + 1)] == [(t, h) for _, _, t, h in FORMATS]


def test_formats_that_change_what_a_person_sees_are_noted() -> None:
    rows = "".join(f'<row r="{n}"><c r="A{n}" s="{n}"><v>5</v></c></row>' for n in (1, 2, 3))
    found = notes(workbook(rows, styles=styles("0%", "[$€-2] 0.00", '0.00" net"')))
    assert found == {
        "percentages": (1, ("A1",)),
        "currencies": (1, ("A2",)),
        "formatted-numbers": (1, ("A3",)),
    }


SHOWN = [
    ("[$€-407] #,##0.00", "€"),
    ("#,##0.00\\ [$€-407]", "€"),
    ("[$EUR] 0.00", "EUR"),
    ('#,##0.00" EUR"', "EUR"),
    ('_-* #,##0.00 "€"_-', "€"),
    ("£#,##0.00", "£"),
    ("[$₹-4009] #,##0.00", "₹"),
    ('"$"#,##0.00', ""),
    ("[$$-409]#,##0.00", ""),
    ("[$USD] 0.00", ""),
    ("_-* #,##0.00 _€_-", ""),
    ("_-* #,##0.00\\ _€_-", ""),
    ("[$-409]0.00", ""),
    ('0.00" per box"', ""),
    ('"S/" #,##0.00', "S/"),
    ('"S/."#,##0.00', "S/"),
    ("[$S/-280A] #,##0.00", "S/"),
    ('"Bs."#,##0.00', "Bs"),
    ('"Q"#,##0.00', "GTQ"),
    ("[$Q-100A]#,##0.00", "GTQ"),
    ("[$L.-480A] #,##0.00", "HNL"),
    ('"Gs."#,##0', "PYG"),
    ('"₲"#,##0', "₲"),
    ('"₵"0.00', "₵"),
    ('"B/."#,##0.00', "PAB"),
    ('#,##0.00 "pesos"', "pesos"),
    ('#,##0.00 "dollars"', ""),
    ("[$XYZ] 0.00", "XYZ"),
    ('"$/box "0.00', ""),
    ("#,##0.0,", ""),
    ("# ?/?", ""),
]


def test_numbers_that_are_shown_in_another_currency_are_known() -> None:
    rows = "".join(f'<row r="{n}"><c r="A{n}" s="{n}"><v>5</v></c></row>' for n in range(1, len(SHOWN) + 1))
    seen = read(workbook(rows, styles=styles(*(code for code, _ in SHOWN))))
    found = {row: shown.currency for shown in seen.currencies for row in range(*shown.rows[0])}
    found |= {last: shown.currency for shown in seen.currencies for _, last in shown.rows}
    assert [found.get(n, "") for n in range(1, len(SHOWN) + 1)] == [currency for _, currency in SHOWN]
    assert set(seen.text["A"]) == {"5"}
    assert Worksheet.from_bytes(seen.to_bytes()).currencies == seen.currencies


def test_dollars_are_another_currency_where_the_ledger_is_in_euros(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KOMET_CURRENCY", "EUR")
    settings.cache_clear()
    rows = "".join(f'<row r="{n}"><c r="A{n}" s="{n % 2 + 1}"><v>5</v></c></row>' for n in range(1, 7))
    seen = read(workbook(rows, styles=styles("[$€-407] 0.00", '"$"0.00')))
    assert [(s.currency, s.letters, s.rows) for s in seen.currencies] == [
        ("$", "A", ((1, 1), (3, 3), (5, 5)))
    ]


def test_a_sign_of_letters_before_a_code_is_a_part_of_the_code() -> None:
    content = workbook('<row r="1"><c r="A1" s="1"><v>7</v></c></row>', styles=styles('"R"0000'))
    assert cells(content)["A1"] == ("R0007", Held.TEXT) and not read(content).currencies


def test_dates_count_from_1904_where_the_workbook_says_so() -> None:
    content = workbook(
        '<row r="1"><c r="A1" s="1"><v>44621</v></c></row>', styles=styles("yyyy-mm-dd"), from_1904=True
    )
    assert cells(content)["A1"] == ("2026-03-02", Held.DATE)
    assert "dates-from-1904" in notes(content)


def test_shared_texts_are_found_and_their_phonetics_left_out() -> None:
    shared = "<si><t>FL219</t></si><si><r><t>Rosas</t></r><r><t> &amp; Co</t></r></si>"
    shared += "<si><t>東京</t><rPh sb='0' eb='2'><t>トウ</t></rPh></si><si><t>a_x0001_b</t></si><si/>"
    names = "".join(f'<c r="{c}1" t="s"><v>{i}</v></c>' for i, c in enumerate("ABCDE"))
    content = workbook(f'<row r="1">{names}</row>', shared=shared)
    assert {k: text for k, (text, _) in cells(content).items()} == {
        "A1": "FL219",
        "B1": "Rosas & Co",
        "C1": "東京",
        "D1": "ab",
    }
    assert notes(content) == {"control-characters": (1, ("D1",))}


def test_each_run_of_a_shared_text_is_decoded_alone() -> None:
    runs = "<r><t>_</t></r><r><t>x0041_ _x0042_</t></r>"
    content = workbook('<row r="1"><c r="A1" t="s"><v>0</v></c></row>', shared=f"<si>{runs}</si>")
    assert cells(content)["A1"] == ("_x0041_ B", Held.TEXT)


@pytest.mark.parametrize("encoding", ["ISO-8859-1", "UTF-8", "UTF-16"])
def test_parts_are_read_in_the_encoding_that_they_declare(encoding: str) -> None:
    found = parts(
        sheet(row(1, ["Ñandú"]) + '<row r="2"><c r="A2" t="s"><v>0</v></c></row>'),
        shared="<si><t>Bogotá</t></si>",
    )
    encoded = {
        name: str(part).replace("UTF-8", encoding).encode(encoding)
        if "sheet1" in name or "shared" in name
        else part
        for name, part in found.items()
    }
    assert [text for text, _ in cells(package(encoded)).values()] == ["Ñandú", "Bogotá"]


def test_parts_whose_elements_have_a_prefix_are_read_alike() -> None:
    """As the Open XML SDK and what is built on it write them."""
    prefixed = {
        name: re.sub("<(/?)(?=[a-z])", r"<\1x:", str(part)).replace("xmlns=", "xmlns:x=")
        if "sheet" in name or "shared" in name
        else part
        for name, part in parts(
            sheet(row(1, ["a", 1]) + '<row r="2"><c r="A2" t="s"><v>1</v></c></row>'),
            shared="<si><t>no</t></si><si><t>FL219</t></si>",
        ).items()
    }
    assert {k: text for k, (text, _) in cells(package(prefixed)).items()} == {
        "A1": "a",
        "B1": "1",
        "A2": "FL219",
    }


def test_hidden_rows_and_columns_are_kept_and_noted() -> None:
    rows = (
        row(1, ["a", "b", "c", "d", "e"])
        + row(2, ["c", "d"], attributes=' hidden="1"')
        + row(4, ["e"], attributes=' ht="0" customHeight="1"')
    )
    columns = '<cols><col min="2" max="3" hidden="1"/><col min="5" max="5" width="0"/></cols>'
    content = package(parts(sheet(rows, head=columns)))
    seen = read(content)
    assert seen.hidden_rows == {2, 4}
    assert seen.hidden_columns == {"B", "C", "E"}
    assert list(seen.text.index) == [1, 2, 4]
    assert notes(content) == {"hidden-rows": (2, ("2", "4")), "hidden-columns": (3, ("B", "C", "E"))}


@pytest.mark.parametrize("attributes", ['ht="0"', 'ht="0.0" customHeight="0"', 'ht="0.1" customHeight="1"'])
def test_a_height_that_excel_chooses_anew_hides_no_row(attributes: str) -> None:
    assert not read(workbook(row(1, ["a"]) + row(2, ["b"], attributes=f" {attributes}"))).hidden_rows


def test_rows_hidden_by_default_are_hidden() -> None:
    rows = row(1, ["a"], attributes=' hidden="0"') + row(2, ["b"])
    assert read(package(parts(sheet(rows, head='<sheetFormatPr zeroHeight="1"/>')))).hidden_rows == {2}


def test_merged_cells_errors_and_formulas_are_noted() -> None:
    rows = '<c r="A1" t="e"><v>#REF!</v></c><c r="B1"><f>1+1</f><v>2</v></c><c r="C1"><f>2</f></c>'
    rows = f'<row r="1">{rows}</row>'
    found = notes(package(parts(sheet(rows, tail='<mergeCells><mergeCell ref="A1:A2"/></mergeCells>'))))
    assert found == {
        "error-cells": (1, ("A1",)),
        "formulas": (2, ("B1", "C1")),
        "uncalculated-formulas": (1, ("C1",)),
        "merged-cells": (1, ("A1:A2",)),
    }


def test_merged_ranges_are_handed_on() -> None:
    merged = "".join(f'<mergeCell ref="{reference}"/>' for reference in ("A2:A4", "B7:C7"))
    content = package(parts(sheet(row(2, ["a"]), tail=f"<mergeCells>{merged}</mergeCells>")))
    assert read(content).merges == ("A2:A4", "B7:C7")


def test_so_many_merged_ranges_that_nobody_made_them_are_counted_only() -> None:
    merged = "".join(f'<mergeCell ref="A{n}:B{n}"/>' for n in range(2, MOST_MERGES + 3))
    content = package(parts(sheet(row(2, ["a"]), tail=f"<mergeCells>{merged}</mergeCells>")))
    assert len(read(content).merges) == MOST_MERGES
    assert notes(content)["merged-cells"][0] == MOST_MERGES + 1


def test_the_total_row_of_a_table_object_is_known_whatever_it_says() -> None:
    rows = table([["Kunde", "Betrag"], ["FL200", 10], ["Ergebnis", 10], ["FL201", 7]])
    found = parts(sheet(rows))
    found["xl/worksheets/_rels/sheet1.xml.rels"] = relations(
        relation("rId1", "table", "../tables/table1.xml") + relation("rId2", "table", "../tables/table2.xml")
    )
    about = {"table1": 'ref="A1:B3" totalsRowCount="1"', "table2": 'ref="D1:E4" totalsRowShown="0"'}
    for name, said in about.items():
        found[f"xl/tables/{name}.xml"] = f'<table xmlns="{workbooks.MAIN}" {said}/>'
    assert read(package(found)).totals == {3}


def test_the_sheet_whose_tab_is_open_is_known() -> None:
    content = opened(1, sheet(table([["a"]])), sheet(table([["b"]])), names=("First", "Second"))
    seen = read(content)
    assert [(s.name, s.active) for s in seen.sheets] == [("First", False), ("Second", True)]
    assert not seen.active
    assert read(content, sheet="Second").active


def test_a_sheet_that_was_kept_before_more_was_known_of_it_still_opens() -> None:
    seen = read(opened(0, sheet(row(1, ["a", "b"])), names=("First",)))
    stored = pa.ipc.open_file(seen.to_bytes()).read_all()
    about = json.loads(stored.schema.metadata[b"about"])
    earlier = {key: about[key] for key in ("name", "visible", "hidden_rows", "notes")} | {
        "sheets": [["First", True, 1, 2]]
    }
    changed = stored.replace_schema_metadata({"about": json.dumps(earlier)})
    sink = io.BytesIO()
    with pa.ipc.new_file(sink, changed.schema) as writer:
        writer.write_table(changed)
    kept = Worksheet.from_bytes(sink.getvalue())
    assert kept.text.equals(seen.text)
    assert (kept.merges, kept.totals, kept.struck, kept.active) == ((), frozenset(), frozenset(), False)


def opened(number: int, *sheets: str, names: tuple[str, ...]) -> bytes:
    """A workbook that was saved with that tab open."""
    found = parts(*sheets, names=names)
    views = f'<bookViews><workbookView activeTab="{number}"/></bookViews><sheets>'
    found["xl/workbook.xml"] = str(found["xl/workbook.xml"]).replace("<sheets>", views)
    return package(found)


def test_the_open_sheet_is_taken_before_one_that_fits_more_fully() -> None:
    archive = sheet(table(workbooks.credits_table()))
    plain = sheet(table([["Customer Code", "Credit Date", "Credit Balance"], ["FL200", "2026-11-03", 5]]))
    for number, names in ((0, ("November", "Archive")), (1, ("Archive", "November"))):
        ordered = (plain, archive) if number == 0 else (archive, plain)
        seen = read(opened(number, *ordered, names=names), wanted=wanted(OPEN_CREDITS))
        assert seen.name == "November"
        assert [note.where for note in seen.notes if note.code == "other-sheets-fit"] == [("Archive",)]


def test_an_open_sheet_that_does_not_fit_gives_way_to_one_that_does() -> None:
    fitting = sheet(table(workbooks.credits_table()))
    rates = sheet(table([["Rates"], ["USD", 1]]))
    assert (
        read(opened(1, fitting, rates, names=("March", "Rates")), wanted=wanted(OPEN_CREDITS)).name == "March"
    )


def test_only_rows_and_columns_with_something_in_them_are_there() -> None:
    blank = '<row r="2"><c r="A2" s="0"/></row><row r="3"/>'
    seen = read(workbook(row(1, ["a", None, "b"]) + blank + row(9, [None, None, "c"])))
    assert (list(seen.text.index), list(seen.text.columns)) == ([1, 9], ["A", "C"])


def test_the_visible_sheet_that_fits_the_type_is_read() -> None:
    other = sheet(table([["Rates"], ["USD", 1]]))
    fitting = sheet(table(workbooks.credits_table()))
    content = package(parts(other, fitting, names=("Rates", "March"), states=("visible", "visible")))
    seen = read(content, wanted=wanted(OPEN_CREDITS))
    assert seen.name == "March"
    assert [(s.name, s.visible, s.rows, s.cells) for s in seen.sheets] == [
        ("Rates", True, 2, 3),
        ("March", True, 4, 24),
    ]


def test_that_another_sheet_fits_as_well_is_noted() -> None:
    fitting = sheet(table(workbooks.credits_table()))
    seen = read(package(parts(fitting, fitting, names=("March", "April"))), wanted=wanted(OPEN_CREDITS))
    assert seen.name == "March"
    assert [(n.code, n.where) for n in seen.notes] == [("other-sheets-fit", ("April",))]


def test_of_sheets_that_lack_nothing_but_whose_their_rows_are_each_is_noted() -> None:
    own = sheet(table([["Credit #", "Credit Date", "Credit Balance"], ["C1", "2026-11-03", 5]]))
    prepared = sheet(table([["Credit #", "Credit Date", "Credit Balance"], ["no", "credits", "yet"]]))
    content = package(parts(own, own, prepared, names=("FL200", "FL201", "FL202")))
    seen = read(content, wanted=wanted(OPEN_CREDITS))
    assert [(n.code, n.where) for n in seen.notes] == [("other-sheets-fit", ("FL201",))]
    named = read(content, wanted=wanted(OPEN_CREDITS), sheet="FL201")
    assert [(n.code, n.where) for n in named.notes] == [("other-sheets-fit", ("FL200",))]


def test_beside_a_sheet_that_lacks_nothing_one_without_customers_is_none_to_choose() -> None:
    whole = sheet(table(workbooks.credits_table()))
    without = sheet(table([["Credit #", "Credit Date", "Credit Balance"], ["C1", "2026-11-03", 5]]))
    for names in (("March", "Sums"), ("Sums", "March")):
        sheets = (whole, without) if names[0] == "March" else (without, whole)
        seen = read(opened(names.index("Sums"), *sheets, names=names), wanted=wanted(OPEN_CREDITS))
        assert (seen.name, seen.notes) == ("March", ())


@pytest.mark.parametrize(
    "rows",
    [
        [["Customer Code", "Credit #", "Credit Date", "Credit Balance"]],  # a template that nobody filled in
        [
            ["Customer Code", "Credit #", "Credit Date", "Credit Balance"],
            ["required", "optional", "required", "required"],
        ],
        [["Credits of March"], ["prepared by", "Marta Ruiz"]],
        [["Notes"], ["FL200 called about the credit of March 3, amount 20.00"]],
        [["Customer Code", "Customer Name", "Credit Limit"], ["FL200", "Rosas del Valle", 5000]],
        [["Customer Code", "Sum of Credit Balance"], ["FL200", 120], ["Grand Total", 120]],  # a pivot table
        [["Customer Code", "Invoice #", "Invoice Date", "Invoice Balance"], ["FL200", "I1", "2026-11-03", 5]],
    ],
    ids=["template", "needs", "cover", "notes", "customers", "pivot", "invoices"],
)
def test_a_sheet_that_holds_no_credits_is_none_to_choose(rows: list[list[object]]) -> None:
    march, other = sheet(table(workbooks.credits_table())), sheet(table(rows))
    for sheets, names in (((march, other), ("March", "Other")), ((other, march), ("Other", "March"))):
        seen = read(opened(0, *sheets, names=names), wanted=wanted(OPEN_CREDITS))
        assert (seen.name, [note.code for note in seen.notes]) == ("March", [])


def test_every_sheet_that_fits_is_named_and_a_sentence_names_the_first_ones() -> None:
    names = tuple(f"Month {number}" for number in range(1, 13))
    fitting = sheet(table(workbooks.credits_table()))
    seen = read(opened(11, *[fitting] * 12, names=names), wanted=wanted(OPEN_CREDITS))
    (note,) = seen.notes
    assert (seen.name, note.count, note.where) == ("Month 12", 11, names[:11])
    (said,) = sentences(seen.notes)
    assert said.startswith("11 other sheets also match (Month 1, ") and said.endswith(", Month 10 …).")


def test_a_sheet_is_read_without_a_look_at_the_others() -> None:
    fitting = sheet(table(workbooks.credits_table()))
    content = package(parts(fitting, fitting, names=("March", "April")))
    whole, alone = (
        read(content, wanted=wanted(OPEN_CREDITS), sheet="April", alone=alone) for alone in (False, True)
    )
    assert whole.text.equals(alone.text) and whole.name == alone.name == "April"
    assert ([s.name for s in alone.sheets], alone.notes) == (["April"], ())


def test_a_sheet_can_be_chosen_by_its_name() -> None:
    content = package(parts(sheet(table([["a"]])), sheet(table([["b"]])), states=("visible", "hidden")))
    assert read(content, sheet="second").text.iat[0, 0] == "b"
    with pytest.raises(SheetRefusal, match="it has “Credits”, “Second”") as refused:
        read(content, sheet="Third")
    assert refused.value.code == "unknown-sheet"


def test_a_hidden_sheet_is_never_read_unasked() -> None:
    content = package(
        parts(
            sheet(table([["x"]])), sheet(table(workbooks.credits_table())), states=("visible", "veryHidden")
        )
    )
    with pytest.raises(SheetRefusal) as refused:
        read(content, wanted=wanted(OPEN_CREDITS))
    assert refused.value.code == "hidden-sheet"
    assert read(content, wanted=wanted(OPEN_CREDITS), sheet="Second").visible is False


FOREIGN = {
    "a prefix here and there": f'<worksheet xmlns="{workbooks.MAIN}" xmlns:x="{workbooks.MAIN}"><sheetData>'
    '<row r="2"><x:c r="B2" t="inlineStr"><x:is><x:t>FL219</x:t></x:is></x:c></row></sheetData></worksheet>',
    "a prefix that one row declares": sheet(
        f'<row r="2" xmlns:x="{workbooks.MAIN}"><x:c r="B2" t="inlineStr"><x:is><x:t>FL219</x:t></x:is></x:c>'
        "</row>"
    ),
    "an instruction that looks like the end": sheet(
        '<row r="2"><?x <row r="3"/></sheetData>?><c r="B2" t="inlineStr"><is><t>FL219</t></is></c></row>'
    ),
    "the row's number last": sheet(
        '<row collapsed="false" hidden="false" r="2"><c r="B2" t="inlineStr"><is><t>FL219</t></is></c></row>'
    ),
    "the type before the style": sheet(
        '<row r="2"><c r="B2" t="inlineStr" s="0"><is><t>FL219</t></is></c></row>'
    ),
    "prefixed elements": f'<x:worksheet xmlns:x="{workbooks.MAIN}"><x:sheetData><x:row r="2"><x:c r="B2" '
    't="inlineStr"><x:is><x:t>FL219</x:t></x:is></x:c></x:row></x:sheetData></x:worksheet>',
    "UTF-16": f'<?xml version="1.0" encoding="UTF-16"?><worksheet xmlns="{workbooks.MAIN}"><sheetData>'
    '<row r="2"><c r="B2" t="inlineStr"><is><t>FL219</t></is></c></row></sheetData></worksheet>',
    "another order of attributes": sheet(
        '<row spans="1:2" r="2"><c t="inlineStr" r="B2"><is><t>FL219</t></is></c></row>'
    ),
    "no cell names": sheet("<row/><row><c/><c t='inlineStr'><is><t>FL219</t></is></c></row>"),
    "line breaks between all": sheet(
        '\n<row\n r="2"\n>\n<c\n r="B2" t="inlineStr"\n>\n<is>\n<t>FL219</t>\n</is>\n</c>\n</row>\n'
    ),
    "comments": sheet(
        '<!-- x --><row r="2"><!--<c r="A2"><v>1</v></c>-->'
        '<c r="B2" t="inlineStr"><is><t>FL<!-- -->219</t></is></c></row>'
    ),
    "a lying dimension": sheet(
        '<row r="2"><c r="B2" t="inlineStr"><is><t>FL219</t></is></c></row>', head='<dimension ref="A1:A1"/>'
    ),
    "foreign attributes": sheet(
        '<row r="2" spans="1:9" ht="15" customHeight="1">'
        '<c r="B2" t="inlineStr" cm="1"><is><t>FL219</t></is></c></row>'
    ),
}


@pytest.mark.parametrize("what", FOREIGN)
def test_unusual_but_correct_xml_is_read_alike(what: str) -> None:
    xml = FOREIGN[what]
    content = package(parts(xml.encode("utf-16") if what == "UTF-16" else xml))
    assert cells(content) == {"B2": ("FL219", Held.TEXT)}


def test_rows_out_of_order_are_put_in_order_and_noted() -> None:
    content = workbook(row(5, ["e"]) + row(2, ["b"]) + row(3, [None, "c"]))
    seen = read(content)
    assert list(seen.text.index) == [2, 3, 5]
    assert [list(values) for values in seen.text.to_numpy()] == [["b", ""], ["", "c"], ["e", ""]]
    assert notes(content) == {"rows-out-of-order": (2, ("2", "3"))}


def test_a_row_in_two_parts_is_put_together_and_noted() -> None:
    content = workbook(row(2, ["a"]) + row(3, ["x"]) + row(2, [None, "b"]))
    assert {k: text for k, (text, _) in cells(content).items()} == {"A2": "a", "B2": "b", "A3": "x"}
    assert notes(content)["duplicate-rows"] == (1, ("2",))


def test_rows_that_are_written_alike_are_read_as_they_are_one_by_one() -> None:
    """Whole columns are read at once; each of these rows has something that must not be read so."""
    odd = {
        100: '<c r="A100" t="s"><v>1</v></c><c r="B100"><v>0.30000000000000004</v></c>',
        200: '<c r="A200" t="s"><v>0</v></c><c r="C200" s="1"><v>60</v></c>',
        300: '<c r="A300" t="inlineStr"><is><t>a_x0007_b &amp; c</t></is></c>',
        400: '<c r="B400"><f>1+1</f><v>2</v></c><c r="C400"><f>A1</f><v></v></c>',
        500: '<c r="A500" t="b"><v>1</v></c><c r="B500" t="e"><v>#N/A</v></c>',
        600: '<c r="D600" t="str"><v>&#70;L219</v></c>',
        700: '<c r="A700" t="s"><v>2</v></c><c r="B700"><v>1.50</v></c>',
        800: '<c r="B800" s="1"/>',
        900: '<c r="A900" t="s"><v>&#49;</v></c><c r="B900"><v>2</v></c>'
        '<c r="C900" s="1"><v>&#52;6084</v></c>',
    }
    plain = '<c r="A{0}" t="s"><v>0</v></c><c r="B{0}"><v>{0}</v></c><c r="C{0}" s="1"><v>46083</v></c>'
    rows = "".join(
        f'<row r="{n}" hidden="{int(n == 600)}">{odd.get(n, plain.format(n))}</row>' for n in range(1, 1001)
    )
    content = workbook(
        rows, shared="<si><t>FL1</t></si><si><t>FL2</t></si><si/>", styles=styles("yyyy-mm-dd")
    )
    seen = read(content)
    assert [list(seen.text.loc[n]) for n in (1, *odd) if n in seen.text.index] == [
        ["FL1", "1", "2026-03-02", ""],
        ["FL2", "0.3", "", ""],
        ["FL1", "", "60", ""],
        ["ab & c", "", "", ""],
        ["", "2", "=A1", ""],
        ["TRUE", "#N/A", "", ""],
        ["", "", "", "FL219"],
        ["", "1.5", "", ""],
        ["FL2", "2", "2026-03-03", ""],
    ]
    assert (len(seen.text), seen.hidden_rows) == (999, {600})
    assert [Held(h) for h in seen.held[399]] == [Held.TEXT, Held.NUMBER, Held.UNCALCULATED, Held.TEXT]
    assert notes(content) == {
        "control-characters": (1, ("A300",)),
        "error-cells": (1, ("B500",)),
        "formulas": (2, ("B400", "C400")),
        "hidden-rows": (1, ("600",)),
        "impossible-dates": (1, ("C200",)),
        "uncalculated-formulas": (1, ("C400",)),
    }


def test_a_long_sheet_is_read_to_its_last_cell() -> None:
    rows = [[f"FL{n}", None if n % 3 else n] for n in range(20_000)]
    seen = read(workbook(table(rows, first=5)))
    assert list(seen.text.index) == list(range(5, 20_005))
    assert seen.text["A"].tolist() == [values[0] for values in rows]
    assert seen.text["B"].tolist() == ["" if values[1] is None else str(values[1]) for values in rows]


def test_late_parts_of_a_long_sheet_join_its_early_rows() -> None:
    rows = table([[f"FL{n}"] for n in range(1, 20_001)]) + row(7, [None, "late"])
    seen = read(workbook(rows))
    assert (seen.text["A"][7], seen.text["B"][7], seen.text["A"][20_000]) == ("FL7", "late", "FL20000")


def test_what_openpyxl_writes_is_read_to_the_last_cell() -> None:
    book = openpyxl.Workbook()
    book.active.append(["Customer Code", "Credit Balance", None, "=SUM(B1:B2)"])
    book.active.append(["FL219", 12.5, True, "Café ☕"])
    sink = io.BytesIO()
    book.save(sink)
    assert {k: text for k, (text, _) in cells(sink.getvalue()).items()} == {
        "A1": "Customer Code",
        "B1": "Credit Balance",
        "D1": "=SUM(B1:B2)",
        "A2": "FL219",
        "B2": "12.5",
        "C2": "TRUE",
        "D2": "Café ☕",
    }


def test_inspecting_tells_what_was_seen() -> None:
    content = workbook(row(3, ["FL219", 503.67]) + row(4, [None, None, "x"], attributes=' hidden="1"'))
    told, seen = reader.inspect(content, "march.xlsx")
    assert told == {
        "file": "march.xlsx",
        "sheets": [{"name": "Credits", "visible": True, "rows": 2, "cells": 3}],
        "sheet": "Credits",
        "first_row": 3,
        "last_row": 4,
        "rows": 2,
        "cells": 3,
        "notes": [{"code": "hidden-rows", "count": 1, "where": ["4"]}],
    }
    assert list(reader.values(seen)) == [("A3", "FL219", False), ("B3", "503.67", True), ("C4", "x", False)]


def test_an_empty_sheet_is_seen_as_empty() -> None:
    told, seen = reader.inspect(workbook(""), "march.xlsx")
    assert (told["rows"], told["cells"], told["first_row"], list(reader.values(seen))) == (0, 0, None, [])
    assert json.loads(json.dumps(told)) == told


# The child ------------------------------------------------------------------------------------------


def test_a_server_of_children_that_died_is_started_again() -> None:
    reader.warm()
    assert reader._server is not None
    first = reader._server[0]
    first.kill()
    first.wait()
    assert read(workbooks.good()).name == "Credits"
    assert reader._server is not None and reader._server[0].pid != first.pid


def test_more_than_two_uploads_at_once_wait_their_turn() -> None:
    begun, over = threading.Event(), threading.Event()
    done: list[str] = []

    @contextmanager
    def waiting() -> Iterator[None]:
        begun.set()
        yield
        over.set()

    def upload() -> None:
        done.append(reader.read(workbooks.good(), "march.xlsx", waiting=waiting).name)

    for _ in range(reader.AT_ONCE):
        reader._turns.acquire()
    third = threading.Thread(target=upload)
    third.start()
    assert begun.wait(30)
    assert (done, over.is_set()) == ([], False)
    for _ in range(reader.AT_ONCE):
        reader._turns.release()
    third.join(60)
    assert (done, over.is_set()) == (["Credits"], True)


def test_who_is_called_away_at_the_end_of_the_wait_leaves_no_turn_taken() -> None:
    """Streamlit interrupts a script at whatever it shows."""

    @contextmanager
    def waiting() -> Iterator[None]:
        for _ in range(reader.AT_ONCE):
            reader._turns.release()
        yield
        raise KeyboardInterrupt

    for _ in range(reader.AT_ONCE):
        reader._turns.acquire()
    with pytest.raises(KeyboardInterrupt):
        reader.read(workbooks.good(), "march.xlsx", waiting=waiting)
    assert [reader._turns.acquire(blocking=False) for _ in range(reader.AT_ONCE)] == [True] * reader.AT_ONCE
    for _ in range(reader.AT_ONCE):
        reader._turns.release()


def test_a_child_never_runs_the_program_that_started_it(tmp_path: Path) -> None:
    """Under Streamlit the program is the page: reading must not run it once more."""
    program = tmp_path / "app.py"
    program.write_text(
        textwrap.dedent("""
            import sys
            from pathlib import Path
            from komet_import.sheets.files import reader
            with Path(sys.argv[1]).open("a") as log:
                log.write("run\\n")
            print(reader.read(Path(sys.argv[2]).read_bytes(), "march.xlsx").name)
        """)
    )
    good = tmp_path / "march.xlsx"
    good.write_bytes(workbooks.good())
    log = tmp_path / "log"
    ran = subprocess.run(
        [sys.executable, program, log, good],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
        cwd=tmp_path,
    )
    assert (ran.stdout, ran.stderr, log.read_text()) == ("Credits\n", "", "run\n")


def test_the_server_of_children_ends_with_the_program_that_started_it() -> None:
    program = (
        "from komet_import.sheets.files import reader; reader.warm();"
        "print(reader._server[0].pid, flush=True); import os; os._exit(9)"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False
    )
    pid = int(ran.stdout)
    deadline = time.monotonic() + 30
    while Path(f"/proc/{pid}/cmdline").exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not Path(f"/proc/{pid}/cmdline").exists()


def test_the_server_of_children_knows_no_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KOMET_SMTP_PASSWORD", "secret")
    reader._forget()
    reader.warm()
    assert reader._server is not None
    assert b"secret" not in Path(f"/proc/{reader._server[0].pid}/environ").read_bytes()


@pytest.mark.parametrize("rows", [1, 3])
def test_a_text_that_its_format_hides_is_told_as_that(rows: int) -> None:
    book = openpyxl.Workbook()
    for number in range(1, rows + 1):
        for letter, code in {"A": ";;;", "B": "General", "C": "_(@_)", "D": '0;-0;0;"text"'}.items():
            book.active[f"{letter}{number}"] = "late"
            book.active[f"{letter}{number}"].number_format = code
    out = io.BytesIO()
    book.save(out)
    found = cells(out.getvalue())
    assert {found[f"A{n}"] for n in range(1, rows + 1)} == {("late", Held.VEILED)}
    assert found["D1"] == ("late", Held.VEILED)
    assert found["B1"] == found["C1"] == ("late", Held.TEXT)
