"""A column of amounts under a heading that nobody knows contests the money; other numbers do not."""

import pytest

from komet_import.sheets.layout.modifiers import Modifies
from komet_import.sheets.layout.sheet import Header
from komet_import.types.number_headings import is_age
from komet_import.types.open_invoices import OPEN_INVOICES
from tests.sheets.layout.sheets import found, modifier

MONEY = "Credit Balance"
OWN = ("100.50", "80.00", "240.25", "19.99", "60.00", "75.10")


def beside(
    heading: str, *values: str, own: tuple[str, ...] = OWN, money: str = "Amount"
) -> dict[str, tuple[str, ...]]:
    """What contests the money beside a column with these values."""
    lines = [
        f"FL200 | 2026-11-{day:02} | {amount} | {value}"
        for day, (amount, value) in enumerate(zip(own, values, strict=False), 1)
    ]
    return dict(found(f"Customer Code | Credit Date | {money} | {heading}\n" + "\n".join(lines)).rivals)


ASKED = {MONEY: ("C", "D")}


@pytest.mark.parametrize("money", ["Amount", "Credit Balance", "Importe", "Betrag", "Amt"])
@pytest.mark.parametrize("heading", ["Xyz", "Zu zahlen noch", "Col 4", "Ledger", "Ledger 7%", ""])
def test_what_is_less_in_each_row_may_be_what_is_left(money: str, heading: str) -> None:
    values = ("50.25", "40.00", "100.00", "9.99", "12.00", "75.00")
    assert beside(heading, *values, money=money) == ASKED


@pytest.mark.parametrize(
    "values",
    [
        ("100.50", "80.00", "100.00", "19.99", "60.00", "75.10"),  # less in one
        ("100.50", "0", "240.25", "0", "60.00", "75.10"),
        ("100.50", "-", "240.25", "-", "60.00", "75.10"),
        ("100.50", "", "240.25", "", "60.00", "75.10"),  # blank where nothing is left
        ("", "", "100.00", "", "", ""),
        ("-50.25", "-40.00", "-100.00", "-9.99", "-12.00", "-75.00"),
        ("119.60", "95.20", "285.90", "23.79", "71.40", "89.37"),  # with tax
        ("84.45", "67.23", "201.89", "16.80", "50.42", "63.11"),  # without
        ("1,00", "2,50", "3,25", "4,00", "5,00", "6,00"),
    ],
)
def test_what_is_less_in_some_rows_or_a_little_more_in_each_is_asked_about(values: tuple[str, ...]) -> None:
    assert beside("Xyz", *values) == ASKED


def test_whole_amounts_contest_whole_amounts() -> None:
    assert beside("Xyz", "300", "80", own=("500", "80")) == ASKED
    assert beside("Xyz", "300", "40", own=("500", "80")) == ASKED
    assert beside("Xyz", "12", "7", own=("500", "80")) == {}, "a dozen beside hundreds counts something"


@pytest.mark.parametrize(
    ("heading", "values"),
    [
        ("Qty", ("1.50", "2.00", "3.00", "4.00", "5.00", "6.00")),
        ("Cajas", ("1", "2", "3", "4", "5", "6")),
        ("Xyz", ("12", "24", "12", "6", "24", "48")),  # whole beside cents
        ("Line", ("1", "2", "3", "4", "5", "6")),
        ("Disc %", ("5.50", "2.25", "5.50", "2.25", "5.50", "2.25")),
        ("Xyz", ("0.19", "0.05", "0.19", "0.05", "0.19", "0.05")),  # shares
        ("Xyz", ("12.5%", "10%", "12.5%", "10%", "12.5%", "10%")),
        ("Xyz", ("19.00", "19.00", "19.00", "19.00", "19.00", "19.00")),  # a rate
        ("Xyz", ("305-555-0101", "305-555-0102", "305-555-0103", "", "", "")),
        ("Zip", ("33101", "33102", "33103", "33104", "33105", "33106")),
        ("Xyz", ("33101", "33102", "33103", "33104", "33105", "33106")),
        ("Xyz", ("2026-11-01", "2026-11-02", "2026-11-03", "", "", "")),
        ("Xyz", ("4 boxes", "late", "short", "", "", "")),
        ("Xyz", ("950000", "880000", "120000", "450000", "310000", "770000")),  # of another kind altogether
        ("Credit Limit", ("90.00", "70.00", "90.00", "10.00", "50.00", "70.00")),
        ("Unit Price", ("1.50", "2.00", "3.00", "4.00", "5.00", "6.00")),
        ("Xyz", OWN),  # the same once more
        ("Xyz", ("", "", "", "", "", "")),
        ("Xyz", ("0", "0", "0", "0", "0", "0")),
        ("1-30", ("100.50", "", "240.25", "", "60.00", "")),
        ("Over 90", ("100.50", "", "240.25", "", "60.00", "")),
        ("", ("", "12.50", "", "", "", "")),  # without a heading, in a single row
    ],
)
def test_other_numbers_are_no_question(heading: str, values: tuple[str, ...]) -> None:
    assert beside(heading, *values) == {}


def test_whole_numbers_of_four_digits_in_each_row_number_something() -> None:
    own = ("5000", "8000", "9500")
    assert beside("Xyz", "4501", "4502", "4503", own=own) == {}
    assert beside("Xyz", "4500", "800", "9500", own=own) == ASKED


def test_a_price_times_a_quantity_is_no_question() -> None:
    seen = found("""
        Customer Code | Credit Date | Amount | Each | Bloom
        FL200 | 2026-11-01 | 25.00 | 12.50 | 2
        FL201 | 2026-11-02 | 33.75 | 11.25 | 3
        FL200 | 2026-11-03 | 90.00 | 9.00 | 10
        FL201 | 2026-11-04 | 0.00 | 7.50 | 4
    """)
    assert seen.columns["C"] == MONEY and not seen.rivals, "what came to nothing says nothing of it"
    seen = found("""
        Customer Code | Credit Date | Amount | Each | Bloom
        FL200 | 2026-11-01 | 30 | 1.50 | 20
        FL201 | 2026-11-02 | 24 | 1.50 | 16
        FL200 | 2026-11-03 | 45 | 2.50 | 18
    """)
    assert seen.columns["C"] == MONEY and not seen.rivals, "nor is the quantity, which might be what is left"


def test_one_of_each_proves_no_price() -> None:
    values = ("100.50", "80.00", "100.00", "19.99", "60.00", "75.10")  # less in one
    assert beside("Xyz | Bloom", *(f"{value} | 1" for value in values)) == ASKED


def test_the_evidence_says_in_how_many_rows() -> None:
    seen = found("""
        Customer Code | Credit Date | Amount | Xyz
        FL200 | 2026-11-01 | 25.00 | 12.50
        FL201 | 2026-11-02 | 33.75 | 33.75
    """)
    assert str(seen.evidence["D"]) == "less than the other in 1 of 2 rows"
    assert not seen.ignored and MONEY not in seen.columns.values()


def test_several_of_them_are_one_question() -> None:
    seen = found("""
        Customer Code | Credit Date | Amount | Xyz | Abc | Color
        FL200 | 2026-11-01 | 25.00 | 12.50 | 12.50 | red
        FL201 | 2026-11-02 | 33.75 | 33.75 | 0.00 | blue
    """)
    assert seen.rivals == {MONEY: ("C", "D", "E")} and seen.ignored == ("F",)


def test_it_is_so_for_every_type_of_money() -> None:
    seen = found(
        """
        Invoice # | Customer Code | Invoice Date | Amount | Customer PO | Xyz
        1001 | FL200 | 2026-11-01 | 25.00 | PO1 | 12.50
        1002 | FL201 | 2026-11-02 | 33.75 | PO2 | 33.75
        """,
        OPEN_INVOICES,
    )
    assert seen.rivals == {"Invoice Balance": ("D", "F")}


def test_what_a_line_above_says_of_amounts_is_said_of_each_that_contests() -> None:
    seen = found("""
        Currency: EUR
        Customer Code | Credit Date | Amount | Xyz
        FL200 | 2026-11-01 | 25.00 | 12.50
        FL201 | 2026-11-02 | 33.75 | 33.75
    """)
    assert seen.rivals == ASKED
    assert seen.foreign == {"C": "EUR", "D": "EUR"} and "Currency" in str(seen.evidence["C"])


@pytest.mark.parametrize("heading", ["IVA 19%", "VAT 20%", "MwSt 19 %", "TVA 5,5%", "BTW 21%"])
def test_a_rate_in_the_heading_of_a_tax_changes_nothing(heading: str) -> None:
    seen = found(f"""
        Customer Code | Credit Date | Amount | {heading}
        FL200 | 2026-11-01 | 25.00 | 4.75
        FL201 | 2026-11-02 | 33.75 | 6.41
    """)
    assert modifier(seen, Modifies.TAX).letter == "D"


def test_what_is_known_to_be_a_part_of_it_is_asked_about_as_that() -> None:
    seen = found(
        """
        Invoice # | Customer Code | Invoice Date | Amount | Customer PO | Paid
        1001 | FL200 | 2026-11-01 | 25.00 | PO1 | 12.50
        """,
        OPEN_INVOICES,
    )
    assert modifier(seen, Modifies.APPLIED).letter == "F" and not seen.rivals


@pytest.mark.parametrize(
    "heading",
    ["0-30", "1 - 30", "31–60", "0 a 30 días", "Más de 90", ">90", "90+", "91 bis 120", "über 90", "60 days"],
)
def test_headings_of_an_ageing(heading: str) -> None:
    assert is_age(heading)


@pytest.mark.parametrize(
    "heading", ["Amount", "Amount 2", "Q3-2026", "2026", "Invoice 1001", "Net 30 terms x", ""]
)
def test_other_headings_with_figures(heading: str) -> None:
    assert not is_age(heading)


MEASURES = [
    *("Temp °C", "Temp.", "Temperature (F)", "°C", "Distance km", "Km", "Peso", "Peso neto", "Peso total"),
    *("Net Weight", "Gross weight (kg)", "Gewicht brutto", "Stems", "Boxes", "Largo cm", "Poids net"),
    "Volume m³",
]


@pytest.mark.parametrize("heading", MEASURES)
def test_what_measures_or_counts_is_no_amount(heading: str) -> None:
    seen = beside_amounts(heading)
    assert seen.columns["C"] == MONEY and "D" in seen.ignored and not seen.rivals


@pytest.mark.parametrize(
    "heading", ["Net", "Gross", "Net amount per kg", "Value of boxes", "Pesos", "Importe peso", "Pendiente"]
)
def test_what_may_be_money_is_asked_about(heading: str) -> None:
    assert MONEY not in beside_amounts(heading).columns.values()


def beside_amounts(heading: str) -> Header:
    """A sheet with numbers of this heading beside its amounts."""
    return found(f"""
        Customer Code | Credit Date | Amount | {heading}
        FL200 | 2026-11-01 | 25.00 | 4.75
        FL201 | 2026-11-02 | 33.75 | 6.41
        FL202 | 2026-11-03 | 12.50 | 12.5
    """)


def test_what_is_less_in_most_rows_but_more_in_others_is_something_else() -> None:
    assert beside("Xyz", "50.00", "40.00", "300.00", "9.99", "70.00", "5.00") == {}
    assert beside("Xyz", "50.00", "40.00", "100.00", "9.99", "70.00", "5.00") == ASKED
