"""What Excel shows beside texts: fewer decimals, struck-through cells, results that nobody calculated.

Each sheet is read the swift way and the careful way, which must agree.
"""

import pytest

from komet_import.settings import Settings
from komet_import.sheets.files import chosen_sheet, guard, modern
from komet_import.sheets.files.job import Job
from komet_import.sheets.files.xlsx.cells import Limits
from komet_import.sheets.files.xlsx.swift import read_cells
from komet_import.sheets.worksheet import STRIKE, Held, Worksheet, not_struck, struck_through
from tests.data.workbooks import styles, workbook

JOB = Job(wanted=None, sheet=None, limits=Limits(rows=1000, columns=100, cells=10_000))


@pytest.fixture(params=["swiftly", "carefully"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    if request.param == "carefully":
        monkeypatch.setattr(modern, "read_cells", lambda *a: read_cells(*a, swiftly=False))
    return str(request.param)


def read(content: bytes) -> Worksheet:
    guard.check(content, "march.xlsx", Settings())
    return Worksheet.from_bytes(chosen_sheet.read_workbook(content, JOB))


def column(seen: Worksheet, letter: str = "A") -> list[str]:
    return [str(text) for text in seen.text[letter]]


def numbers(*stored: str, style: int = 1, first: int = 1) -> str:
    """Rows with one number each, in a style."""
    return "".join(
        f'<row r="{n}"><c r="A{n}" s="{style}"><v>{value}</v></c></row>'
        for n, value in enumerate(stored, start=first)
    )


# --- decimals


def test_numbers_with_more_decimals_than_excel_shows_are_known(way: str) -> None:
    rows = numbers("1.5", "33.333333333", "6.825", "7", "0.30000000000000004", "1E-05")
    seen = read(workbook(rows, styles=styles("#,##0.00")))
    assert [(r.letters, r.decimals, r.rows) for r in seen.rounded] == [("A", 2, ((2, 3), (6, 6)))]
    assert Worksheet.from_bytes(seen.to_bytes()).rounded == seen.rounded


@pytest.mark.parametrize(
    ("code", "decimals"),
    [
        ("0", 0),
        ("#,##0", 0),
        ("0.0", 1),
        ('_("$"* #,##0.00_);_("$"* \\(#,##0.00\\)', 2),
        ("[$€-2] 0.00", 2),
        ("[Red]0.00;[Blue]-0.00", 2),
        ("General", None),
        ("#,##0,", None),
        ("0.0,,", None),
        ("# ?/?", None),
        ("0.00E+00", None),
        ("[<1]0.00;0", None),
        ("@", None),
    ],
)
def test_a_format_says_how_many_decimals_excel_shows(way: str, code: str, decimals: int | None) -> None:
    seen = read(workbook(numbers("12.3456", "1", "2", "3"), styles=styles(code)))
    assert [r.decimals for r in seen.rounded] == ([] if decimals is None else [decimals])


@pytest.mark.parametrize(("number", "decimals"), [(1, 0), (2, 2), (4, 2), (44, 2), (0, None), (49, None)])
def test_formats_that_excel_knows_by_number_say_so_as_well(
    way: str, number: int, decimals: int | None
) -> None:
    about = f'<cellXfs><xf numFmtId="0"/><xf numFmtId="{number}"/></cellXfs>'
    seen = read(workbook(numbers("12.3456", "1", "2"), styles=about))
    assert [r.decimals for r in seen.rounded] == ([] if decimals is None else [decimals])


def test_styles_that_show_as_many_decimals_are_one_column(way: str) -> None:
    rows = numbers("1.234", style=1) + numbers("1.234", style=2, first=2) + numbers("1.234", style=3, first=3)
    seen = read(workbook(rows, styles=styles("0.00", "#,##0.00", "0")))
    assert [(r.decimals, r.rows) for r in seen.rounded] == [(0, ((3, 3),)), (2, ((1, 2),))]


def test_a_cell_without_a_style_has_the_first_one(way: str) -> None:
    about = '<cellXfs><xf numFmtId="14"/></cellXfs>'
    assert column(read(workbook('<row r="1"><c r="A1"><v>46083</v></c></row>', styles=about))) == [
        "2026-03-02"
    ]


# --- struck through

STRUCK = (
    '<fonts><font/><font><strike/></font><font><strike val="0"/></font></fonts>'
    '<cellXfs><xf numFmtId="0" fontId="0"/><xf numFmtId="0" fontId="1"/><xf numFmtId="14" fontId="1"/>'
    '<xf numFmtId="0" fontId="2"/></cellXfs>'
)
"""Styles 1 and 2 are struck through, 2 as a date; 0 and 3 are not."""

LINE = "<rPr><strike/></rPr>"
NO_LINE = "<rPr><b/></rPr>"


def inline(name: str, inner: str, style: int = 0) -> str:
    return f'<c r="{name}" s="{style}" t="inlineStr"><is>{inner}</is></c>'


def run(text: str, about: str = "") -> str:
    return f'<r>{about}<t xml:space="preserve">{text}</t></r>'


def test_a_row_whose_filled_cells_are_all_struck_through_is_known(way: str) -> None:
    rows = "".join(
        f'<row r="{n}"><c r="A{n}" s="{one}"><v>{n}</v></c><c r="B{n}" s="{two}"><v>46083</v></c>'
        f'<c r="C{n}" s="{three}" t="inlineStr"><is><t>x</t></is></c><c r="D{n}" s="0"/></row>'
        for n, (one, two, three) in enumerate(
            [(0, 0, 0), (1, 2, 1), (3, 0, 3), (1, 2, 1), (1, 2, 0)], start=1
        )
    )
    seen = read(workbook(rows, styles=STRUCK))
    assert seen.struck == {2, 4}
    assert column(seen, "B")[1] == "2026-03-02"
    assert Worksheet.from_bytes(seen.to_bytes()).struck == seen.struck


def test_a_struck_cell_of_another_row_says_so_in_its_text(way: str) -> None:
    rows = '<row r="1"><c r="A1" s="1"><v>100</v></c><c r="B1"><v>7</v></c></row>'
    seen = read(workbook(rows, styles=STRUCK))
    assert (column(seen), column(seen, "B")) == ([struck_through("100")], ["7"])
    assert seen.held.tolist() == [[Held.TEXT, Held.NUMBER]]
    assert not seen.struck


CELLS = {
    "a struck part before another": (
        0,
        run("100", LINE) + run("450", NO_LINE),
        struck_through("100") + "450",
    ),
    "a struck part behind another": (0, run("450 ") + run("100", LINE), "450 " + struck_through("100")),
    "a part that is not struck in a struck cell": (
        1,
        run("100 ") + run("450", NO_LINE),
        struck_through("100") + " 450",
    ),
    "a part like its cell": (0, run("100 ") + run("450", NO_LINE), "100 450"),
    "strike-through that is switched off": (
        0,
        run("100", '<rPr><strike val="0"/></rPr>') + run("450"),
        "100450",
    ),
    "a struck blank": (0, run(" ", LINE) + run("450"), " 450"),
    "an escape in a struck part": (0, run("_x0041_", LINE) + run("_x"), f"A{STRIKE}_x"),
}


@pytest.mark.parametrize("where", ["inline", "shared"])
@pytest.mark.parametrize("what", CELLS)
def test_a_text_says_which_part_of_it_is_struck_through(way: str, what: str, where: str) -> None:
    style, inner, text = CELLS[what]
    other = '<c r="B1"><v>1</v></c>'
    if where == "inline":
        content = workbook(f'<row r="1">{inline("A1", inner, style)}{other}</row>', styles=STRUCK)
    else:
        cell = f'<c r="A1" s="{style}" t="s"><v>0</v></c>'
        content = workbook(f'<row r="1">{cell}{other}</row>', styles=STRUCK, shared=f"<si>{inner}</si>")
    assert column(read(content)) == [text]


@pytest.mark.parametrize("where", ["inline", "shared"])
def test_a_text_whose_every_part_is_struck_is_a_struck_cell(way: str, where: str) -> None:
    inner = run("100 ", LINE) + run("450", LINE)
    cell = inline("A1", inner) if where == "inline" else '<c r="A1" t="s"><v>0</v></c>'
    alone = workbook(f'<row r="1">{cell}</row>', shared=f"<si>{inner}</si>")
    assert (column(read(alone)), read(alone).struck) == (["100 450"], {1})
    beside = workbook(f'<row r="1">{cell}<c r="B1"><v>1</v></c></row>', shared=f"<si>{inner}</si>")
    assert (column(read(beside)), read(beside).struck) == ([struck_through("100 450")], frozenset())


def test_strike_through_of_one_text_is_not_that_of_the_next(way: str) -> None:
    struck = "<is><r><rPr><strike/></rPr></r></is>"
    cells = f'<c r="A1" t="inlineStr">{struck}</c>' + inline("B1", "<t>7</t>")
    assert column(read(workbook(f'<row r="1">{cells}</row>')), "B") == ["7"]
    shared = "<si><r><rPr><strike/></rPr><t>1</t></r></si><si><t>2</t></si>"
    cells = '<c r="A1" t="s"><v>1</v></c><c r="B1"><v>1</v></c>'
    assert column(read(workbook(f'<row r="1">{cells}</row>', shared=shared))) == ["2"]


def test_what_is_not_struck_through_is_left() -> None:
    assert not_struck(struck_through("100") + " 450") == " 450"
    assert not_struck(struck_through("FL 219")) == " "
    assert not_struck("plain") == "plain"


# --- never calculated


@pytest.mark.parametrize(
    ("formula", "stored", "text"),
    [
        ("62694.66", "0.0", "=62694.66"),
        ("((10)+(13))+(16)", "0", "=((10)+(13))+(16)"),
        ("-50", "-0", "=-50"),
        ("ROUND(12.344,2)", "0", "=ROUND(12.344,2)"),
        ("SUM(1,2)*10%", "0", "=SUM(1,2)*10%"),
        ("5-5", "0", ""),
        ("62694.66", "62694.66", ""),
        ("B1*2", "0", ""),
        ('IF(1,0,"x")', "0", ""),
    ],
)
def test_a_result_of_nought_that_constants_contradict_is_none(
    way: str, formula: str, stored: str, text: str
) -> None:
    rows = "".join(f'<row r="{n}"><c r="A{n}"><f>{formula}</f><v>{stored}</v></c></row>' for n in (1, 2, 3))
    seen = read(workbook(rows))
    assert column(seen) == [text or stored] * 3
    assert set(seen.held[:, 0]) == {Held.UNCALCULATED if text else Held.NUMBER}
