"""Columns that a sheet lacks and its type needs."""

from dataclasses import replace

import pytest

from komet_import.review.draft import Draft
from komet_import.sheets.worksheet import Held
from komet_import.types import ALL, OPEN_CREDITS, Meaning, Need, saying
from tests.review.drafting import GOOD, HEADERS, draft


def test_several_locations_bring_their_column_even_where_the_sheet_lacks_it():
    headers = tuple(h for h in HEADERS if h != "Location Code")
    sheet = draft(tuple(v for h, v in zip(HEADERS, GOOD, strict=True) if h in headers), headers=headers)
    assert sheet.columns == list(HEADERS)
    assert sheet.rows["Location Code"].tolist() == [""]
    assert sheet.held.shape == sheet.rows.shape


def test_the_declared_types_say_when_locations_are_needed():
    needing = {slug for slug, type in ALL.items() for c in type.columns if c.need is Need.MULTI_LOCATION}
    located = {type.slug for type in saying(Meaning.LOCATION)}
    assert {"open-credits", "open-invoices"} <= located
    assert needing == located, "a type that has locations needs them where there are several"


def without(*missing: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The headers of a sheet that lacks some columns, and a good row under them."""
    kept = [(h, v) for h, v in zip(HEADERS, GOOD, strict=True) if h not in missing]
    return tuple(h for h, _ in kept), tuple(v for _, v in kept)


@pytest.mark.parametrize(
    ("missing", "several", "expected"),
    [
        ((), True, HEADERS),
        (("Customer Code",), True, HEADERS),
        (("Credit Date", "Credit Balance"), True, HEADERS),
        (("Credit #",), True, ("Customer Code", *HEADERS[2:])),
        (("Comments",), True, HEADERS[:-1]),
        (("Location Code",), True, HEADERS),
        (("Location Code",), False, tuple(h for h in HEADERS if h != "Location Code")),
        (("Customer Code", "Credit #", "Credit Date", "Credit Balance", "Location Code"), True,
         ("Customer Code", "Credit Date", "Credit Balance", "Location Code", "Comments")),
    ],
)  # fmt: skip
def test_a_column_that_is_needed_and_missing_comes_blank_at_its_place(missing, several, expected):
    headers, line = without(*missing)
    base = draft(line, headers=headers, held={(2, headers[0]): Held.NUMBER, (2, headers[-1]): Held.DATE})
    bare = (
        base.sheet.rows[list(headers)],
        base.sheet.held[:, [list(base.sheet.rows.columns).index(h) for h in headers]],
    )
    sheet = Draft.of(replace(base.sheet, rows=bare[0], held=bare[1]), OPEN_CREDITS, multi_location=several)
    assert tuple(sheet.rows.columns) == tuple(sheet.columns) == expected
    values = dict(zip(HEADERS, GOOD, strict=True))
    assert sheet.rows.iloc[0].tolist() == ["" if name in missing else values[name] for name in expected]
    marked = {headers[0]: Held.NUMBER, headers[-1]: Held.DATE}
    assert sheet.held.tolist() == [[marked.get(name, Held.TEXT) for name in expected]]
    assert list(bare[0].columns) == list(headers), "the sheet stays as it was read"
    assert (sheet.multi_location, sheet.left_out.tolist(), sheet.found) == (several, [False], base.found)
    assert (sheet.origins, sheet.worksheet) == ({}, None)
