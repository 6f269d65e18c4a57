"""What reports print below and between their tables is no row of them."""

import pytest

from komet_import.sheets.layout.words.footers import as_printed, is_footer


@pytest.mark.parametrize(
    "text",
    [
        "Page 1",
        "page 1 of 3",
        "Página 2 de 4",
        "Seite 3 von 9",
        "Blz. 2 van 3",
        "Komet Flowers page 2 of 3",
        "Prepared by Rita",
        "Printed on 11/30/2026",
        "Generated: from Komet at 10:42",
        "Run date 11/30",
        "Impreso por Ana",
        "Aprobado por: Jim",
        "Gerado em 30/11/2026",
        "Erstellt am 1.1.",
        "Stand 30.11.2026",
        "Geprüft",
        "Imprimé le 3",
        "Vérifié par Jim",
        "Opgesteld door Jan",
        "Cash basis",
        "Accrual Basis Monday",
        "End of report",
        "Fin del reporte",
        "Ende der Liste",
        "ENDE",
        "Confidential - do not share",
        "Continued",
        "continued on next page",
        "continúa en la página siguiente",
        "-----",
        "=== ===",
        "· · ·",
    ],
)
def test_a_line_that_reports_print_is_a_footer(text: str) -> None:
    assert is_footer(text)


@pytest.mark.parametrize(
    "text",
    [
        "Page one",
        "Page 1 x",
        "Prepared",
        "Printed flowers",
        "--",
        "Rosas del Valle",
        "Total",
        "Spring Page",
        "The end",
        "Endless Flowers",
        "Created",
        "1 of 3",
        "",
    ],
)
def test_other_lines_are_none(text: str) -> None:
    assert not is_footer(text)


def test_what_is_printed_on_every_page_is_found_again_with_other_figures_and_continued() -> None:
    first = as_printed({"A": "Open credits", "C": "Page 1 of 3"})
    assert as_printed({"C": "Page 2 of 3", "A": "Open Credits (cont'd)"}) == first
    assert as_printed({"A": "Open credits", "C": "Page 2 of 3 x"}) != first
    assert as_printed({"A": "Open credits", "D": "Page 1 of 3"}) != first
    assert as_printed({"A": "7"}) != as_printed({"A": "8"}), "figures alone are a value"
