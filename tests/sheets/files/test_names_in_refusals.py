"""A file's name in a sentence: whatever it holds, the sentence stays one line and names the file."""

import io
import zipfile

import pytest

from komet_import.refusal import SheetRefusal, name_of_file
from komet_import.settings import settings
from komet_import.sheets.files import guard
from tests.services.workspace import credit, workbook

ODD = {
    "line": ("march\ncredits", "march credits"),
    "return": ("march\r\ncredits", "march  credits"),
    "nul": ("march\x00credits", "march credits"),
    "half": ("march\ud800credits", "march credits"),
    "separator": ("march\u2028credits", "march credits"),
    "turned": ("march\u202ecredits", "march credits"),
    "escape": ("march\x1b[2Jcredits", "march [2Jcredits"),
    # What is left of it depends on its ending.
    "long": ("x" * 100_000, ""),
}


def zipped(**parts: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return made.getvalue()


CONTENTS = {
    "nothing": (b"", ".xlsx"),
    "blanks": (b"   ", ".xlsx"),
    "picture": (b"\x89PNG\r\n\x1a\n", ".xlsx"),
    "text": (b"just a text", ".xlsx"),
    "page": (b"<!doctype html><html></html>", ".xlsx"),
    "damaged": (b"PK\x03\x04", ".xlsx"),
    "archive": (zipped(a="1"), ".xlsx"),
    "large": (b"PK" + bytes(2 << 20), ".xlsx"),
    "macros": (workbook(credit("A")), ".xlsm"),
    "extension": (workbook(credit("A")), ".pdf"),
}


@pytest.mark.parametrize(("content", "ending"), CONTENTS.values(), ids=CONTENTS)
@pytest.mark.parametrize(("name", "said"), ODD.values(), ids=ODD)
def test_a_refusal_names_the_file_on_one_line(
    monkeypatch: pytest.MonkeyPatch, content: bytes, ending: str, name: str, said: str
) -> None:
    monkeypatch.setenv("KOMET_MAX_UPLOAD_MB", "1")
    settings.cache_clear()
    with pytest.raises(SheetRefusal) as refused:
        guard.check(content, name + ending, settings())
    told, said = refused.value.message, said or "x" * (199 - len(ending)) + "…"
    assert f"“{said}{ending}”" in told
    assert told.isprintable() and len(told) < 400


@pytest.mark.parametrize("name", [name for name, _ in ODD.values()])
def test_a_workbook_with_an_odd_name_is_read(name: str) -> None:
    guard.check(workbook(credit("A")), f"{name}.xlsx", settings())


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("march.xlsx", "march.xlsx"),
        ("/sheets/2026/march.xlsx", "march.xlsx"),
        ("C:\\Sheets\\march.xlsx", "march.xlsx"),
        ("march.xlsx\n", "march.xlsx"),
        ("\n", ""),
        ("", ""),
        ("x" * 300, "x" * 199 + "…"),
        ("x" * 300 + "." + "y" * 300, "x" * 189 + "….yyyyyyyyy"),
        ("玫瑰 März.xlsx", "玫瑰 März.xlsx"),
    ],
)
def test_a_file_is_called_by_its_own_name_without_folders(path: str, name: str) -> None:
    assert name_of_file(path) == name
