"""Lines that name the company whose rows follow: one, several of them, or none."""

import pytest

from komet_import.sheets.layout.rows.company_lines import company_named, is_full_name, several_named


@pytest.mark.parametrize(
    ("line", "company", "several"),
    [
        ("Company: Komet Miami", "kometmiami", False),
        ("Company | Komet Miami", "kometmiami", False),
        ("Company: 100, Miami", "100miami", False),
        ("Company 1000", "1000", False),
        ("Sociedad: 1000", "1000", False),
        ("Legal entity: 12", "12", False),
        ("Company Code 1000 Miami", "", False),
        ("Company Komet", "", False),  # a heading, or two words of a name
        ("Company:", "", False),
        ("Company", "", False),
        ("Komet Miami Inc.", "kometmiamiinc", False),
        ("Komet Miami S. A.", "kometmiamisa", False),
        ("Komet Miami Inc. | 7", "", False),
        ("Komet Miami", "", False),
        ("Inc.", "", False),
        ("Company | a | b", "", False),
        ("Company | a | b | c", "", False),
        (f"Company: {'x' * 400}", "", False),
        ("Company: 1000, 2000", "", True),
        ("Mandant | 100 | 200", "", True),
        ("Company Code | 1000 | 1000", "", False),
        ("Company: all", "", True),
        ("Company | All", "", True),
        ("All companies", "", True),
        ("Todas las empresas", "", True),
        ("All customers", "", False),
        ("Consolidated", "", True),
        ("", "", False),
    ],
)
def test_a_line_names_one_company_several_or_none(line: str, company: str, several: bool) -> None:
    cells = [cell.strip() for cell in line.split("|")]
    assert (company_named(cells), several_named(cells)) == (company, several)


@pytest.mark.parametrize(
    ("text", "full"),
    [("Komet Miami L.L.C.", True), ("Komet S.A.", True), ("Inc", False), ("Komet Inc Miami", False),
     ("Komet GmbH", True), ("Komet", False), ("Komet Sales", False)],
)  # fmt: skip
def test_a_name_is_whole_with_the_form_of_a_company_behind_it(text: str, full: bool) -> None:
    assert is_full_name(text) is full
