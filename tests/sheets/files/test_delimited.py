"""Text files: every cell is the text that it is, whatever the encoding and the mark between the values."""

import csv
import io

import pytest

from komet_import.refusal import SheetRefusal
from komet_import.settings import settings
from komet_import.sheets.files import reader
from komet_import.sheets.files.book import TextOptions
from komet_import.sheets.layout.header.header_row import wanted
from komet_import.sheets.layout.notes import sentences, text_options
from komet_import.sheets.worksheet import Held, Worksheet
from komet_import.types import OPEN_CREDITS
from tests.data import workbooks

ROWS = [
    ["Customer Code", "Credit #", "Credit Date", "Credit Balance", "Comments"],
    ["00042", "1e5", "2026-11-03", "1.234,50", "Müller, spät; größer | als\tnötig"],
    ["FL200", "NULL", "03/11/2026", "-13,89", '5" Vase, "schön"'],
    ["=1+1", "_x0041_", " ", "TRUE", "zwei\nZeilen"],
]


def read(content: bytes, name: str = "march.csv", **options: str) -> Worksheet:
    return reader.read(content, name, text=TextOptions(**options))


def written(delimiter: str = ",", *, quoting: int = csv.QUOTE_MINIMAL, end: str = "\r\n") -> str:
    sink = io.StringIO()
    csv.writer(sink, delimiter=delimiter, quoting=quoting, lineterminator=end).writerows(ROWS)
    return sink.getvalue()


def told(seen: Worksheet) -> TextOptions | None:
    return text_options(seen)


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "cp850"]
)
@pytest.mark.parametrize(
    ("delimiter", "name"), [(",", "comma"), (";", "semicolon"), ("\t", "tab"), ("|", "bar")]
)
def test_a_text_file_is_read_to_the_last_character(delimiter: str, name: str, encoding: str) -> None:
    seen = read(written(delimiter).encode(encoding))
    assert [list(row) for row in seen.text.to_numpy(dtype=object)] == ROWS
    assert set(seen.held.flat) == {Held.TEXT}
    assert told(seen) == TextOptions(encoding=encoding, delimiter=name)
    assert seen.active


@pytest.mark.parametrize("quoting", [csv.QUOTE_NONNUMERIC, csv.QUOTE_ALL])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_end_as_any_system_ends_them(quoting: int, end: str) -> None:
    seen = read(written(";", quoting=quoting, end=end).encode())
    assert [list(row) for row in seen.text.to_numpy(dtype=object)] == ROWS


@pytest.mark.parametrize(
    "text",
    [
        "Número;Saldo\nCódigo;1,50\nMañana, en Bogotá;2\n",
        "Kunde;Betrag\nGroß & Söhne;1,50\nÄpfel für Köln;2\n",
        "Client;Montant\nFête à Orléans;1,50\nŒuvres;2\n",
        "Cliente;Valor\nConceição;1,50\nSão João;2\n",
        "Klant;Bedrag\nJansen België;€ 5\n",
    ],
)
def test_the_languages_of_windows_are_told_from_those_of_central_europe(text: str) -> None:
    seen = read(text.encode("cp1252"))
    assert "".join(seen.text.to_numpy(dtype=object).flat) == text.replace(";", "").replace("\n", "")


@pytest.mark.parametrize("encoding", ["cp1252", "cp850"])
@pytest.mark.parametrize("note", ["Müller ñandú", "CAMIÓN TARDÍO", "größer", "Ñandú", "São João", "Société"])
def test_a_few_letters_tell_one_system_from_another(note: str, encoding: str) -> None:
    head = "Customer Code;Credit #;Credit Date;Credit Balance;Comments\r\n"
    content = f"{head}FL200;A1;2026-11-03;1.234,50;{note}\r\nFL201;A2;2026-11-03;20,00;x\r\n"
    assert read(content.encode(encoding)).text["E"].tolist() == ["Comments", note, "x"]


def test_what_keeps_excel_from_making_numbers_of_codes_is_no_part_of_them() -> None:
    seen = read(b'Code,Number,Note\n="00042","=""0007701""",=1+1\nFL200,=A1,"=""a"" & ""b"""\n')
    assert seen.text.iloc[1:].to_numpy().tolist() == [
        ["00042", "0007701", "=1+1"],
        ["FL200", "=A1", '="a" & "b"'],
    ]


def test_rows_are_counted_as_excel_counts_them() -> None:
    seen = read(b'Open credits\n\nCode;Note\nFL1;"two\nlines"\n\nFL2;x\n')
    assert list(seen.text.index) == [1, 3, 4, 6]


def test_a_first_line_that_names_the_delimiter_is_obeyed_and_no_row() -> None:
    seen = read(b"sep=;\r\nCode;Amount, in dollars\r\nFL1;1,50\r\nFL2;2,50\r\n")
    assert list(seen.text.iloc[0]) == ["Code", "Amount, in dollars"]
    assert list(seen.text.index) == [1, 2, 3]


def test_blanks_before_a_quotation_mark_belong_to_the_file_and_not_to_the_value() -> None:
    seen = read(b'"Code", "Name"\n"FL1", "Rosas, SA"\n"FL2", "Tulip"\n')
    assert [list(row) for row in seen.text.to_numpy(dtype=object)][1] == ["FL1", "Rosas, SA"]


def test_a_person_may_say_how_it_is_to_be_read() -> None:
    content = "Код;Сумма\nFL1;1,50\nFL2;2,50\n".encode("cp1251")
    assert read(content, encoding="cp1251").text.iat[0, 0] == "Код"
    assert told(read(content, encoding="CP1251", delimiter=",")) == TextOptions(
        encoding="cp1251", delimiter="comma"
    )
    assert list(read(content, delimiter="comma").text.columns) == ["A", "B"]
    assert list(read(b"a#b\nc#d,e;f\ng;h\n", delimiter="#").text.iloc[0]) == ["a", "b"]


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ({"encoding": "klingon"}, "unknown-encoding"),
        ({"encoding": "zip"}, "unknown-encoding"),
        ({"encoding": "a\0b"}, "unknown-encoding"),
        ({"encoding": "ascii"}, "wrong-encoding"),
        ({"delimiter": "comma and space"}, "unknown-delimiter"),
        ({"delimiter": '"'}, "unknown-delimiter"),
        ({"delimiter": "x"}, "unknown-delimiter"),
        ({"delimiter": ""}, "unknown-delimiter"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(options: dict[str, str], code: str) -> None:
    with pytest.raises(SheetRefusal) as refused:
        read("Kunde;Größe\nFL1;1\nFL2;2\n".encode(), **options)
    assert refused.value.code == code
    assert refused.value.message.endswith(".")


@pytest.mark.parametrize(
    "content",
    [
        b'Code;Note\nFL1;"never closed\nFL2;x\nFL3;y\n',
        b'Code;Note\nFL1;"closed" too early\nFL2;x\n',
    ],
)
def test_a_quotation_mark_that_swallows_rows_is_told_and_never_read(content: bytes) -> None:
    with pytest.raises(SheetRefusal, match=r"line \d") as refused:
        read(content)
    assert refused.value.code == "broken-quotes"


def test_how_it_was_read_is_told_in_words() -> None:
    assert sentences(read(written(";").encode("cp1252")).notes) == [
        "A text file, read in the encoding cp1252.",
        "Its values are parted by: semicolon.",
    ]


def test_a_workbook_has_no_encoding() -> None:
    assert text_options(reader.read(workbooks.good(), "march.xlsx")) is None


@pytest.mark.parametrize("content", [b"Customer Code,Credit Date\n", b"Customer Code\nFL1\nFL2\n"])
def test_a_file_that_is_called_a_table_is_one_though_it_has_but_one_line_or_column(content: bytes) -> None:
    assert read(content).text.iat[0, 0] == "Customer Code"
    with pytest.raises(SheetRefusal, match="is a text file"):
        read(content, "march.txt")


def test_a_text_file_fits_a_type_like_a_workbook() -> None:
    content = b"Customer Code;Credit Date;Credit Balance\nFL1;2026-11-03;5\nFL2;2026-11-03;6\n"
    seen = reader.read(content, "march.csv", wanted=wanted(OPEN_CREDITS))
    assert (seen.name, len(seen.text)) == ("Text", 3)


def test_control_characters_are_taken_out_and_noted() -> None:
    seen = read(b"Code;Note\nFL1;a\x07b\nFL2;c\n")
    assert seen.text.iat[1, 1] == "ab"
    assert ("control-characters", 1) in [(note.code, note.count) for note in seen.notes]


def test_the_limits_of_a_sheet_hold_for_text_as_well(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KOMET_MAX_ROWS", "5")
    settings.cache_clear()
    with pytest.raises(SheetRefusal) as refused:
        read(b"a;b\n" * 7)
    assert refused.value.code == "too-many-rows"
