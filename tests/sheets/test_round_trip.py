"""What we hand out comes back: samples are judged ready as they are, rejected rows as what they were."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

import pytest

from komet_import.review.draft import Draft
from komet_import.review.judge import judge
from komet_import.review.judgement import Judgement
from komet_import.review.reference import Directory, KnownCustomer, KnownLocation, Reference
from komet_import.sheets.files import reader
from komet_import.sheets.layout import arrangement
from komet_import.sheets.layout.header import header_row
from komet_import.sheets.layout.header.header_row import wanted
from komet_import.sheets.layout.sheet import Sheet
from komet_import.sheets.workbooks.lists import SampleCustomer
from komet_import.sheets.workbooks.rejected import RejectedRow, write_rejected
from komet_import.sheets.workbooks.sample import write_sample
from komet_import.sheets.worksheet import Held
from komet_import.types import ALL, CUSTOMERS, OPEN_CREDITS, ImportType
from komet_import.types.codes import code_key

TODAY = date(2026, 3, 31)
LOCATIONS = (("BOG", "Bogotá"), ("MIA", "Miami"))
CUSTOMERS_OF_THE_COMPANY = (
    SampleCustomer(code="00042", name="Blooms & Co.", location="BOG"),
    SampleCustomer(code="FL219", name="Rosas del Valle", location="MIA"),
    SampleCustomer(code="=K7", name="Jardín Ñuñoa", location="MIA"),
)


def read_back(content: bytes, type: ImportType) -> Sheet:
    worksheet = reader.read(content, "sheet.xlsx", wanted=wanted(type))
    return arrangement.arrange(worksheet, header_row.find(worksheet, type), type)


def judged(sheet: Sheet, type: ImportType, locations: tuple[tuple[str, str], ...]) -> Judgement:
    known = {code_key(c): KnownLocation(n, c, name) for n, (c, name) in enumerate(locations, start=1)}
    customers = {
        code_key(c.code): KnownCustomer(
            n, c.code, c.name, True, frozenset({known[c.location].id} if c.location in known else ())
        )
        for n, c in enumerate(CUSTOMERS_OF_THE_COMPANY, start=1)
    }
    reference = Reference(directory=Directory(customers, known), ceiling=1_000_000_000, today=TODAY)
    return judge(Draft.of(sheet, type, multi_location=len(locations) > 1), reference)


@pytest.mark.parametrize("type", ALL.values(), ids=ALL)
@pytest.mark.parametrize("locations", [LOCATIONS, LOCATIONS[:1], ()], ids=["two", "one", "none"])
def test_a_sample_imports_cleanly_as_it_was_downloaded(
    type: ImportType, locations: tuple[tuple[str, str], ...]
) -> None:
    customers = [
        SampleCustomer(
            code=c.code, name=c.name, location=c.location if (c.location in dict(locations)) else ""
        )
        for c in CUSTOMERS_OF_THE_COMPANY
    ]
    sheet = read_back(write_sample(type, customers=customers, locations=locations, today=TODAY), type)
    judgement = judged(sheet, type, locations)
    assert [issue.message for issue in judgement.all()] == []
    assert judgement.ready.sum() == len(sheet.rows) == max(len(c.examples) for c in type.columns)
    assert sheet.header.ignored == () and sheet.header.doubtful == {} and sheet.total_rows == ()


def test_the_sample_of_one_type_is_not_taken_for_another() -> None:
    credits = write_sample(OPEN_CREDITS, customers=CUSTOMERS_OF_THE_COMPANY, locations=LOCATIONS, today=TODAY)
    assert reader.read(credits, "credits.xlsx", wanted=wanted(CUSTOMERS)).name == OPEN_CREDITS.title


def test_rejected_rows_are_read_again_as_what_they_were() -> None:
    rows = [
        RejectedRow(
            row=7,
            cells={
                "Customer Code": "00219",
                "Credit #": "1e5",
                "Credit Date": "2026-03-02",
                "Credit Balance": "31.125",
                "Comments": "=1+1",
                "Our ref": "-007",
            },
            issues=[("Customer Code", "Customer Code “00219” is not a customer.")],
            values={"Credit Balance": Decimal("31.125")},
        ),
        RejectedRow(
            row=9, cells={"Customer Code": "FL219", "Credit Date": "03/04/2026", "Credit Balance": "1,234"}
        ),
    ]
    sheet = read_back(write_rejected(OPEN_CREDITS, rows), OPEN_CREDITS)
    assert sheet.rows.to_dict("records")[0] == {
        **rows[0].cells,
        "Row in the upload": "7",
        "Why not imported": "Customer Code “00219” is not a customer.",
    }
    second = sheet.rows.iloc[1]
    assert [second[name] for name in ("Customer Code", "Credit Date", "Credit Balance", "Our ref")] == [
        *("FL219", "03/04/2026", "1,234", "")
    ]
    held = dict(zip(sheet.rows.columns, sheet.held[0], strict=True))
    assert (held["Credit Balance"], held["Credit Date"], held["Credit #"]) == (
        Held.NUMBER,
        Held.DATE,
        Held.TEXT,
    )
    assert sheet.header.doubtful == {}
    ignored = [sheet.header.headers[letter] for letter in sheet.header.ignored]
    assert ignored == ["Our ref", "Row in the upload", "Why not imported"]


LITERAL = (
    *(
        "=cmd|' /C calc'!A0",
        "+1",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "=1+1",
        "'=1",
        "{=1}",
        "00042",
        "1e5",
        "TRUE",
        "#N/A",
    ),
    *("_x0041_", "_x005F_x0041_", "__x0041__", "_x0041_x0042_", "a_x000D_b", "_x", "_xD83D_"),
    *(
        " lead",
        "trail ",
        "   ",
        "a\nb",
        "a\tb",
        "a\n",
        "\u00a0x\u00a0",
        "\u200bx",
        "Ñandú 😀 東京",
        "<&>\"'",
        "]]>",
    ),
)


def comments_read_back(texts: Iterable[str]) -> Sheet:
    """What comes back of rejected rows with these comments."""
    good = {"Customer Code": "FL219", "Credit Date": "2026-03-02", "Credit Balance": "5"}
    rows = [RejectedRow(row=n, cells={**good, "Comments": text}) for n, text in enumerate(texts, start=2)]
    return read_back(write_rejected(OPEN_CREDITS, rows), OPEN_CREDITS)


def test_texts_that_look_like_something_else_come_back_as_they_are() -> None:
    sheet = comments_read_back(LITERAL)
    assert sheet.rows["Comments"].tolist() == list(LITERAL)
    assert set(sheet.held[:, list(sheet.rows.columns).index("Comments")]) == {Held.TEXT}


def test_what_no_workbook_can_hold_is_left_out_and_line_ends_become_plain() -> None:
    texts = {
        "a\x00\x07b": "ab",
        "a\ud800b": "ab",
        "a\x7f\x85b": "ab",
        "a\r\nb\rc": "a\nb\nc",
        "a\ufffeb": "ab",
    }
    assert comments_read_back(texts).rows["Comments"].tolist() == list(texts.values())
