"""Columns whose headings say the opposite of what a column of the type says: `Inactive` for Active."""

from dataclasses import replace

import pytest

from komet_import.sheets.layout import arrangement
from komet_import.types import CUSTOMERS, Meaning
from tests.sheets.layout.sheets import found, sheet

ACTIVE = CUSTOMERS.name_for(Meaning.ACTIVE)


def read(heading: str, *texts: str) -> tuple[str, list[str]]:
    """What is asked of a column with this heading, and its texts once it is said to be the type's."""
    lines = "\n".join(f"FL20{n} | Name {n} | {text}" for n, text in enumerate(texts))
    worksheet = sheet(f"Customer Code | Customer Name | {heading}\n{lines}")
    header = found(f"Customer Code | Customer Name | {heading}\n{lines}", CUSTOMERS)
    said = header.doubtful.get("C") or header.columns["C"]
    matched = replace(header, columns={**header.columns, "C": said}, doubtful={})
    return str(header.evidence["C"]), arrangement.arrange(worksheet, matched, CUSTOMERS).rows[said].tolist()


@pytest.mark.parametrize(
    "heading", ["Inactive", "Blocked", "Customer Blocked?", "Bloqueado", "Gesperrt", "Inactif"]
)
def test_below_a_heading_that_says_the_opposite_yes_is_no(heading: str) -> None:
    why, texts = read(heading, "Yes", "no", "TRUE", "0", "Sí", "", "All", "x", "Inactive")
    assert why == "heading says the opposite: its yes becomes no"
    assert texts == ["no", "yes", "no", "yes", "no", "", "All", "x", "Inactive"], "a state is what it says"


@pytest.mark.parametrize("heading", ["Active", "Is Active", "Aktiv"])
def test_below_a_heading_that_says_it_yes_stays_yes(heading: str) -> None:
    assert read(heading, "Yes", "no", "Inactive")[1] == ["Yes", "no", "Inactive"]


def test_below_a_heading_that_says_nothing_yes_stays_yes_where_a_person_says_what_it_is() -> None:
    text = "Customer Code | Customer Name | Xyz\nFL200 | Name | Yes"
    header = replace(found(text, CUSTOMERS), columns={"A": "Customer Code", "C": ACTIVE}, doubtful={})
    assert arrangement.arrange(sheet(text), header, CUSTOMERS).rows[ACTIVE].tolist() == ["Yes"]
