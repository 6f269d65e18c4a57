"""The table of rows that were not imported, as it is drawn on the Report page."""

from typing import Any

import pytest

from komet_import.services import ReportRow
from komet_import.sheets.worksheet import Held
from komet_import.types import OPEN_CREDITS
from komet_import.web.report import rejected_table


@pytest.mark.parametrize(
    ("text", "held", "seen"),
    [
        ("23.5", Held.NUMBER, "23.50"),
        ("1234", Held.NUMBER, "1,234.00"),
        ("-13.89", Held.NUMBER, "-13.89"),
        ("23.5", Held.TEXT, "23.5"),  # as it was written
        ("abc", Held.TEXT, "abc"),
    ],
)
def test_a_number_of_an_amount_is_seen_as_in_review(
    monkeypatch: pytest.MonkeyPatch, text: str, held: Held, seen: str
) -> None:
    drawn: list[str] = []
    monkeypatch.setattr(rejected_table, "still", drawn.append)
    issues: list[dict[str, Any]] = []
    cells = {"Credit #": "7", "Credit Balance": text}
    row = ReportRow(
        row=2, place="2", outcome="rejected", amount=None, cells=cells,
        held={"Credit #": Held.NUMBER, "Credit Balance": held}, issues=issues,
    )  # fmt: skip
    rejected_table.rejected_table([row], OPEN_CREDITS.columns_by_name, key="x")
    assert f">{seen}</span></td>" in drawn[0]
    assert ">7</span></td>" in drawn[0], "a number that is no amount stays as it is"
