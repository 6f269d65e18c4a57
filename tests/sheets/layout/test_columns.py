"""Two columns of equal right are a question, what values say counts, and what is missing is for a person."""

import json
import pickle
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from komet_import.refusal import SheetRefusal
from komet_import.sheets.layout.header import header_row
from komet_import.sheets.layout.modifiers import Modifies
from komet_import.sheets.layout.sheet import Header
from komet_import.sheets.layout.values.known import Known
from komet_import.types import CUSTOMERS, OPEN_CREDITS, ImportType, Meaning
from komet_import.types.open_invoices import OPEN_INVOICES
from tests.sheets.layout.sheets import KNOWN, found, modifier, sheet

MONEY = "Credit Balance"


# Rivals -----------------------------------------------------------------------------------------------


def test_two_columns_of_the_same_heading_are_rivals() -> None:
    seen = found("""
        Customer Code | Date | Invoice # | Amount | Credit # | Date | Amount
        FL200 | 2026-11-03 | 1001 | 500 | A1 | 2026-11-03 | 45
        FL201 | 2026-11-03 | 1002 | 600 | A2 | 2026-11-03 | 55
    """)
    assert seen.rivals == {MONEY: ("D", "G")}
    assert MONEY not in seen.columns.values() and not {"D", "G"} & set(seen.ignored)
    assert seen.columns["B"] == "Credit Date", "two columns that say the same are no question"


def two_amounts(one: str, other: str) -> Header:
    """Two columns of amounts that differ, below these headings."""
    return found(f"""
        Customer Code | Credit Date | {one} | {other}
        FL200 | 2026-11-03 | 500 | 45
        FL201 | 2026-11-03 | 80 | 80
    """)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Amount", "Remaining Amount"),
        ("Amount", "Open Balance"),
        ("Credit Amount", "Balance"),
        ("Importe", "Saldo pendiente"),
        ("Betrag", "Restbetrag"),
        ("Amount", "Total"),
        ("Total", "Net Amount"),
        ("Credit Balance", "Remaining"),
        ("Credit Balance", "Amount USD"),
        ("Credit Balance", "Amount (USD)"),
        ("Amount", "Amount (COP)"),
    ],
)
def test_what_is_left_and_what_once_was_are_rivals(one: str, other: str) -> None:
    assert two_amounts(one, other).rivals == {MONEY: ("C", "D")}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Credit Balance", "Credit Balance.1"),  # as pandas writes it
        ("Amount", "Amount2"),  # as a table of Excel's
        ("Amount (1)", "Amount (2)"),
        ("Importe", "Importe_2"),
        ("Net Amount", "O/S Amount"),
    ],
)
def test_a_heading_that_is_there_once_more_with_a_number_behind_it_is_the_same(one: str, other: str) -> None:
    assert two_amounts(one, other).rivals == {MONEY: ("C", "D")}


def test_beside_rivals_a_column_that_says_less_is_no_question_of_its_own() -> None:
    seen = found("""
        Customer Code | Credit Date | Amount | Open balance | Sum
        FL200 | 2026-11-03 | 500 | 45 | 7
        FL201 | 2026-11-03 | 80 | 80 | 8
    """)
    assert (seen.rivals, seen.doubtful, seen.ignored) == ({MONEY: ("C", "D")}, {}, ("E",))


def test_the_places_of_columns_in_a_form_are_no_part_of_their_headings() -> None:
    for places in (
        ("1. ", "2. ", "3. ", "4. "),
        ("(1) ", "(2) ", "(3) ", "(4) "),
        ("a) ", "b) ", "c) ", "d) "),
    ):
        headings = map(
            "".join, zip(places, ("Customer Code", "Credit #", "Credit Date", "Amount"), strict=True)
        )
        seen = found(f"""
            {" | ".join(headings)}
            FL200 | A1 | 2026-11-03 | 500
        """)
        assert dict(seen.columns) == {"A": "Customer Code", "B": "Credit #", "C": "Credit Date", "D": MONEY}
    assert not found("Customer Code | Credit Date | Amount | 1-30\nFL200 | 2026-11-03 | 5 | 5").rivals


@pytest.mark.parametrize("heading", ["Bill-to Customer", "Parent", "Transfer to", "Konzernkunde"])
def test_who_is_billed_is_a_rival_of_who_was_sold_to_where_both_are_customers(
    heading: str,
) -> None:
    seen = found(f"""
        Customer Code | {heading} | Credit Date | Amount
        FL200 | FL201 | 2026-11-03 | 500
        FL202 | FL202 | 2026-11-03 | 80
    """)
    assert seen.rivals == {"Customer Code": ("A", "B")}
    same = found(f"""
        Customer Code | {heading} | Credit Date | Amount
        FL200 | FL200 | 2026-11-03 | 500
    """)
    assert (same.columns["A"], same.rivals) == ("Customer Code", {}), "both say the same"
    other = found("""
        Customer Code | Account | Credit Date | Amount
        FL200 | 11000 | 2026-11-03 | 500
    """)
    assert (other.columns["A"], other.rivals) == ("Customer Code", {}), "an account is no customer"


def test_the_only_column_that_numbers_papers_is_asked_about_whatever_it_is_called() -> None:
    seen = found("""
        Customer Code | Nota di credito | Credit Date | Credit Balance
        FL200 | NC-1 | 2026-11-03 | 500
        FL201 | NC-2 | 2026-11-03 | 80
    """)
    assert seen.doubtful == {"B": "Credit #"}
    for heading, one, other in (
        ("Box", "1", "2"),  # lines are counted so
        ("Phone", "305-555-1", "305-555-2"),  # certainly something else
        ("Route", "R-1", "R-1"),
        ("Rep", "Ann", "Bob"),
    ):
        plain = found(f"""
            Customer Code | {heading} | Credit Date | Credit Balance
            FL200 | {one} | 2026-11-03 | 500
            FL201 | {other} | 2026-11-03 | 80
        """)
        assert plain.doubtful == {}, heading
    numbered = found("""
        Customer Code | Credit # | Xyz | Credit Date | Credit Balance
        FL200 | A1 | NC-1 | 2026-11-03 | 500
        FL201 | A2 | NC-2 | 2026-11-03 | 80
    """)
    assert (numbered.columns["B"], numbered.doubtful) == ("Credit #", {})


def test_a_contact_is_the_customer_where_nothing_else_is() -> None:
    seen = found("""
        ContactName | Date | Amount
        Petal & Stem Florist | 2026-11-03 | 500
    """)
    assert seen.doubtful == {"A": "Customer Code"}
    beside = found("""
        Customer | Contact | Date | Amount
        FL200 | Ann Lee | 2026-11-03 | 500
    """)
    assert (beside.columns["A"], beside.doubtful, beside.rivals) == ("Customer Code", {}, {})


def test_lists_of_other_systems_are_asked_about_and_not_refused() -> None:
    xero = found("*ContactName | AccountNumber | EmailAddress\nBloom | X1 | a@b.c", CUSTOMERS)
    assert xero.doubtful == {"A": "Customer Name", "B": "Customer Code"}
    odoo = found("Display Name | Reference | Active\nBloom | X1 | TRUE", CUSTOMERS)
    assert odoo.doubtful == {"B": "Customer Code"}
    quickbooks = found("Customer Code | Company | Contact\nFL200 | Bloom | Ann Lee", CUSTOMERS)
    assert (quickbooks.columns["B"], quickbooks.doubtful) == ("Customer Name", {})


@pytest.mark.parametrize(("one", "other"), [("Amount", "Remaining Amount"), ("Amount", "Amount")])
@pytest.mark.parametrize("value", ["", "45"])
def test_a_column_without_values_or_with_the_same_ones_is_no_rival(one: str, other: str, value: str) -> None:
    seen = found(f"""
        Customer Code | Credit Date | {one} | {other}
        FL200 | 2026-11-03 | 45 | {value}
    """)
    assert seen.columns["C"] == MONEY and not seen.rivals and seen.ignored == ("D",)


def test_of_two_columns_of_one_heading_the_filled_one_is_taken() -> None:
    seen = found("""
        Customer Code | Credit Date | Amount | Amount
        FL200 | 2026-11-03 | | 45
    """)
    assert seen.columns["D"] == MONEY and not seen.rivals


def test_a_hidden_column_does_not_win_against_a_visible_one() -> None:
    text = """
        Customer Code | Credit Date | Credit Balance | Amount
        FL200 | 2026-11-03 | 999 | 45
    """
    assert found(text).columns["C"] == MONEY
    hidden = found(text, hidden="C")
    assert hidden.rivals == {MONEY: ("C", "D")} and "hidden" in str(hidden.evidence["C"])
    assert found(text, hidden="D").columns["C"] == MONEY


def test_an_amount_that_nobody_sees_is_a_question_and_other_hidden_columns_are_read() -> None:
    text = """
        Customer Code | Credit Date | Credit Balance | Truck
        FL200 | 2026-11-03 | 999 | 45
    """
    seen = found(text, hidden="C")
    assert seen.doubtful == {"C": MONEY} and MONEY not in seen.columns.values()
    assert str(seen.evidence["C"]) == "hidden column"
    others = found(text, hidden="A B")
    assert others.columns == {"A": "Customer Code", "B": "Credit Date", "C": MONEY} and not others.doubtful


def test_the_code_of_a_customer_is_stronger_than_the_bare_word() -> None:
    seen = found("""
        Customer | Customer No. | Date | Amount
        Rosas del Valle Wholesale | FL200 | 2026-11-03 | 45
    """)
    assert seen.columns["B"] == "Customer Code" and seen.ignored == ("A",)


@pytest.mark.parametrize("order", range(4))
def test_the_order_of_the_columns_decides_nothing(order: int) -> None:
    columns = [
        ("Customer", "FL200", "FL201"),
        ("Num", "A1", "A2"),
        ("Date", "2026-11-03", "2026-11-04"),
        ("Amount", "500", "600"),
        ("Open Balance", "45", "55"),
        ("Type", "Invoice", "Credit Memo"),
        ("Truck", "T1", "T2"),
    ]
    random.Random(order).shuffle(columns)
    seen = found("\n".join(" | ".join(line) for line in zip(*columns, strict=True)))
    heads = {
        name: sorted(seen.headers[letter] for letter in letters) for name, letters in seen.rivals.items()
    }
    assert heads == {MONEY: ["Amount", "Open Balance"]}
    assert {seen.headers[letter]: name for letter, name in seen.columns.items()} == {
        "Customer": "Customer Code",
        "Date": "Credit Date",
    }
    assert {seen.headers[letter]: name for letter, name in seen.doubtful.items()} == {"Num": "Credit #"}
    assert modifier(seen, Modifies.KIND).header == "Type"
    assert [seen.headers[letter] for letter in seen.ignored] == ["Truck"]


# Values -----------------------------------------------------------------------------------------------


def test_a_column_of_known_codes_is_proposed_though_another_is_called_the_customer() -> None:
    seen = found("""
        Customer | Account # | Date | Amount
        Rosas del Valle Wholesale | FL200 | 2026-11-03 | 10
        Petal & Stem Florist | FL201 | 2026-11-03 | 20
    """)
    assert seen.doubtful == {"B": "Customer Code"} and seen.ignored == ("A",)
    assert "2 of 2 are your codes" in str(seen.evidence["B"])
    assert "2 of 2 are names of your customers" in str(seen.evidence["A"])


@pytest.mark.parametrize("header", ["Xyz", "Ext. key", "Clave interna", ""])
def test_a_column_of_known_codes_is_proposed_whatever_it_is_called(header: str) -> None:
    seen = found(f"""
        {header} | Date | Amount
        FL200 | 2026-11-03 | 10
        FL201 | 2026-11-03 | 20
    """)
    assert seen.doubtful == {"A": "Customer Code"}


def test_a_column_without_a_heading_whose_values_stand_above_groups_of_rows_is_asked_about() -> None:
    lines = """
        | Date | Num | Amount
        Flores Nuevas | | |
        | 2026-11-03 | A1 | 10
        | 2026-11-04 | A2 | 12
        Total for Flores Nuevas | | | 22
    """
    seen = found(lines)
    assert seen.doubtful["A"] == "Customer Code" and "above groups" in str(seen.evidence["A"])
    beside = found(lines.replace("Flores Nuevas | | |", "Flores Nuevas | | late |"))
    assert "A" not in beside.doubtful, "it stands beside something else"
    named = found(lines.replace("| Date", "Branch | Date", 1))
    assert "A" not in named.doubtful, "its heading says something else"


def test_codes_contest_a_header_that_says_code_where_none_is_known() -> None:
    seen = found("""
        Customer No. | Account # | Date | Amount
        10001 | FL200 | 2026-11-03 | 10
        10002 | FL201 | 2026-11-03 | 20
    """)
    assert seen.rivals == {"Customer Code": ("A", "B")}


def test_without_known_codes_the_header_alone_is_asked_about() -> None:
    text = """
        Account # | Date | Amount
        FL200 | 2026-11-03 | 10
    """
    assert found(text, known=Known()).doubtful == {"A": "Customer Code"}


def test_names_under_the_header_of_the_code_are_said_to_be_names() -> None:
    seen = found("""
        Customer Code | Date | Amount
        Bloom & Co | 2026-11-03 | 10
    """)
    assert seen.columns["A"] == "Customer Code"
    assert "1 of 1 are names of your customers" in str(seen.evidence["A"])


@pytest.mark.parametrize("header", ["Customer Name", "Nombre", "Xyz"])
def test_names_are_proposed_where_no_column_has_codes(header: str) -> None:
    seen = found(f"""
        {header} | Date | Amount
        Bloom & Co | 2026-11-03 | 10
        Tulipán Events | 2026-11-03 | 12
    """)
    assert seen.doubtful == {"A": "Customer Code"}


def test_the_only_column_of_days_and_the_only_one_of_amounts_are_proposed() -> None:
    seen = found("""
        Customer Code | Fch. | Impte. | Truck
        FL200 | 13/11/2026 | 1.234,50 | T1
        FL201 | 2026-11-03 | 20 | T2
    """)
    assert seen.doubtful == {"B": "Credit Date", "C": MONEY}


def test_of_two_columns_of_amounts_none_is_proposed() -> None:
    seen = found("""
        Customer Code | Date | This | That
        FL200 | 2026-11-03 | 10 | 20
    """)
    assert MONEY not in {*seen.columns.values(), *seen.doubtful.values(), *seen.rivals}
    assert seen.ignored == ("C", "D")


def test_one_header_that_may_be_two_columns_is_decided_by_its_values() -> None:
    rows = "FL200 | 2026-11-03 | {} | {}"
    both = "Customer Code | Credit Date | {} | {}\n"
    number = found((both + rows).format("Gutschrift", "Betrag", "GS-77", "12,50"))
    assert number.doubtful == {"C": "Credit #"} and number.columns["D"] == MONEY
    money = found((both + rows).format("Gutschrift", "Beleg", "12,50", "GS-77"))
    assert money.doubtful == {"C": MONEY, "D": "Credit #"}


def test_customers_are_not_added_under_their_names() -> None:
    seen = found(
        """
        Customer | Company | Phone | Open balance
        Snowdrop Ltd | Snowdrop Ltd | 305-555-0100 | 12.5
        Verde Vivo SA | Verde Vivo SA | 305-555-0101 | 0
        """,
        CUSTOMERS,
    )
    assert seen.columns == {"B": "Customer Name"} and seen.doubtful == {"A": "Customer Code"}
    assert "names" in str(seen.evidence["A"])


def test_customers_whose_codes_are_codes_are_matched() -> None:
    seen = found("Customer | Name\nSNOW1 | Snowdrop Ltd\nVV-2 | Verde Vivo SA", CUSTOMERS)
    assert seen.columns == {"A": "Customer Code", "B": "Customer Name"}


# Other currencies --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("header", "currency"),
    [
        ("Balance €", "€"),
        ("Amount (£)", "£"),
        ("Importe EUR", "EUR"),
        ("Credit Balance (COP)", "COP"),
        ("Betrag in EUR", "EUR"),
        ("Amount in Euros", "Euros"),
        ("amount_eur", "eur"),
        ("Amount CAD", "CAD"),
        ("AmountEUR", "EUR"),
        ("Valor R$", "R$"),
        ("Monto en pesos", "pesos"),
        ("Credit Balance (net) EUR", "EUR"),
    ],
)
def test_a_header_that_names_another_currency_is_a_question(header: str, currency: str) -> None:
    seen = found(f"Customer Code | Credit Date | {header}\nFL200 | 2026-11-03 | 100")
    assert seen.doubtful == {"C": MONEY} and seen.foreign == {"C": currency}


@pytest.mark.parametrize(
    "header", ["Amount USD", "Balance ($)", "Amount US$", "Importe (US Dollars)", "amount_usd"]
)
def test_a_header_that_names_the_currency_of_the_ledger_is_none(header: str) -> None:
    seen = found(f"Customer Code | Credit Date | {header}\nFL200 | 2026-11-03 | 100")
    assert not seen.foreign and MONEY in {*seen.columns.values(), *seen.doubtful.values()}


def test_an_amount_in_the_currency_of_the_ledger_is_taken_before_one_in_another() -> None:
    seen = found("Customer Code | Credit Date | Amount COP | Amount USD\nFL200 | 2026-11-03 | 400000 | 100")
    assert seen.columns["D"] == MONEY and not seen.rivals and not seen.foreign


# Debit, credit, running balance -------------------------------------------------------------------------


def test_of_a_pair_of_debit_and_credit_the_own_side_is_the_amount() -> None:
    text = """
        Customer Code | {} | Date | {} | {}
        FL200 | A1 | 2026-11-03 | | 100
        FL201 | A2 | 2026-11-03 | 200 | 0
    """
    for number, debit, credit in (
        ("Ref", "Debit", "Credit"),
        ("Ref", "Debit Amount", "Credit Amount"),
        ("Ref", "Debe", "Haber"),
        ("Ref", "Soll", "Haben"),
        ("Ref", "Soll", "Guthaben"),
        ("Ref", "Debet", "Krediet"),
        ("Ref", "Débit", "Crédit"),
        ("Ref", "Cargos", "Abonos"),
    ):
        seen = found(text.format(number, debit, credit))
        assert seen.columns["E"] == MONEY, (debit, credit)
        other = modifier(seen, Modifies.OTHER_SIDE)
        assert (other.letter, dict(other.values), other.usual) == ("D", {"200": 1, "": 1}, frozenset({""}))
    invoices = found(text.format("Invoice #", "Debit", "Credit"), OPEN_INVOICES)
    assert invoices.columns["D"] == "Invoice Balance"
    assert modifier(invoices, Modifies.OTHER_SIDE).usual == frozenset({"", "0"})


def test_a_pair_in_which_one_row_has_both_is_asked_about() -> None:
    seen = found("""
        Customer Code | Date | Debit | Credit
        FL200 | 2026-11-03 | 5 | 100
    """)
    assert seen.doubtful == {"D": MONEY}


@pytest.mark.parametrize(
    "heads", ["Debit | Credit | Balance", "Cargo | Abono | Saldo", "Charges | Credits | Credit Balance"]
)
def test_a_running_balance_never_wins(heads: str) -> None:
    seen = found(f"""
        Customer | Date | Ref | {heads}
        FL200 | 2026-11-03 | A1 | | 100 | 100
        FL200 | 2026-11-03 | A2 | | 50 | 150
        FL200 | 2026-11-03 | A3 | 30 | | 120
    """)
    assert seen.rivals == {MONEY: ("E", "F")}
    assert "running balance" in str(seen.evidence["F"])


@pytest.mark.parametrize(
    "lines",
    [
        ("5 | 1005", "7 | 1012", "-3 | 1009"),
        ("3 | 15", "7 | 12", "5 | 5"),
        ("5 | -5", "7 | -12", "1 | -13"),
        ("5 | 5", "7 | 12", "9 | 9", "2 | 11"),
    ],
    ids=["from an opening balance", "newest first", "of the other sign", "anew with each customer"],
)
def test_a_running_balance_is_told_by_arithmetic_whatever_stands_beside_it(lines: tuple[str, ...]) -> None:
    rows = "\n".join(f"FL200 | 2026-11-03 | {line}" for line in lines)
    seen = found(f"Customer | Date | Xyz | Balance\n{rows}")
    assert MONEY not in seen.columns.values()
    assert "running balance" in str(seen.evidence["D"])


def test_an_amount_that_stands_in_the_column_of_its_age_once_more_is_no_running_balance() -> None:
    seen = found("""
        Customer | Date | Amount | Current | 1-30
        FL200 | 2026-11-03 | 10 | 10 |
        FL201 | 2026-11-03 | 20 | | 20
    """)
    assert seen.columns["C"] == MONEY and not seen.rivals


def test_amounts_that_do_not_add_up_are_no_running_balance() -> None:
    seen = found("""
        Customer | Date | Boxes held | Balance
        FL200 | 2026-11-03 | 5 | 100
        FL200 | 2026-11-03 | 50 | 151
        FL200 | 2026-11-03 | 20 | 90
    """)
    assert seen.columns["D"] == MONEY


# The header -------------------------------------------------------------------------------------------


def test_a_header_over_two_lines_is_read_as_one() -> None:
    seen = found("""
        Customer | | Credit | | | Comments
        Code | Name | # | Date | Balance |
        FL200 | Rosas | A1 | 2026-11-03 | 10 | late
    """)
    assert (seen.first_row, seen.row) == (1, 2)
    assert seen.columns == {
        "A": "Customer Code",
        "C": "Credit #",
        "D": "Credit Date",
        "E": MONEY,
        "F": "Comments",
    }
    assert seen.headers["B"] == "Customer Name" and seen.ignored == ("B",)


def test_words_broken_over_two_cells_are_one_header() -> None:
    seen = found("""
        Credits of November
        Customer | Credit | Credit | Credit
        Code | Number | Date | Amount
        FL200 | A1 | 2026-11-03 | 10
    """)
    assert (seen.first_row, seen.row) == (2, 3)
    assert list(seen.columns.values()) == ["Customer Code", "Credit #", "Credit Date", MONEY]


def test_what_stands_above_says_whose_date_it_is() -> None:
    seen = found("""
        Customer | Invoice | | Credit | |
        Code | Number | Date | Number | Date | Amount
        FL200 | 1001 | 2026-10-01 | A1 | 2026-11-03 | 10
    """)
    assert seen.columns == {"A": "Customer Code", "D": "Credit #", "E": "Credit Date", "F": MONEY}


@pytest.mark.parametrize("title", ["Open credits", "Open credits | November", "Credit | Report"])
def test_a_title_above_the_header_is_no_line_of_it(title: str) -> None:
    seen = found(f"{title}\nCustomer Code | Credit Date | Credit Balance\nFL200 | 2026-11-03 | 10")
    assert (seen.first_row, seen.row) == (None, 2)


@pytest.mark.parametrize(
    ("line", "header"),
    [
        (
            "Customer | All | Date | 11/27/2026 | Balance | Open",
            "Customer Code | Credit Date | Credit Balance",
        ),
        ("Customer Code | All | Credit Date | x | Credit Balance | Open", "Customer | Date | Amount"),
        ("Cliente | Todos | Fecha | 27/11/2026 | Saldo | > 0", "Cliente | Fecha | Saldo"),
        ("Customer: | All | Date: | 11/27/2026 | Status: | Open", "Cust # | Date | Amt"),
    ],
)
def test_a_line_of_parameters_above_is_not_the_header(line: str, header: str) -> None:
    seen = found(f"{line}\n\n{header}\nFL200 | 2026-11-03 | 10\nFL201 | 2026-11-04 | 11")
    assert seen.row == 3 and len({**seen.columns, **seen.doubtful}) == 3


def test_values_beside_their_merged_header_are_its_values() -> None:
    seen = found("""
        Open credits report

        Customer Code | | | Credit # | | Credit Date | | Credit Balance |
        | FL200 | | | A1 | | 2026-11-03 | | 10
        | FL201 | | | A2 | | 2026-11-04 | | 11
    """)
    assert seen.columns == {"B": "Customer Code", "E": "Credit #", "G": "Credit Date", "I": MONEY}
    assert seen.headers["B"] == "Customer Code" and seen.ignored == ()


def test_headers_that_come_again_on_the_next_page_are_no_values() -> None:
    seen = found("""
        Page 1 of 2
        Cliente | | Nº Crédito | Fecha | | Saldo
        FL200 | | A1 | 2026-11-03 | | 1
        Cliente | | Nº Crédito | Fecha | | Saldo
        FL201 | | A2 | 2026-11-04 | | 2
    """)
    assert seen.row == 2 and seen.columns == {
        "A": "Customer Code",
        "C": "Credit #",
        "D": "Credit Date",
        "F": MONEY,
    }


@pytest.mark.parametrize("gap", ["", "| "])
def test_a_table_beside_is_not_mixed_with_the_first(gap: str) -> None:
    head, one = "Customer Code | Credit Date | Credit Balance", "FL200 | 2026-11-03 | 10"
    seen = found(f"{head} | {gap}{head}\n{one} | {gap}FL201 | 2026-11-04 | 44")
    assert seen.columns == {"A": "Customer Code", "B": "Credit Date", "C": MONEY}
    assert not seen.rivals and len(seen.ignored) == 3


# What is missing ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "head",
    [
        "Customer Code | Comments",
        "Customer Code | Credit Balance",
        "Cliente | Valor neto",
        "Credit Date | Total",
    ],
)
def test_a_sheet_in_which_something_fits_opens(head: str) -> None:
    seen = found(f"{head}\nFL200 | 12")
    assert seen.row == 1 and {**seen.columns, **seen.doubtful}


@pytest.mark.parametrize(
    "text",
    [
        "Row Labels | Sum of Credit Balance\nFL200 | 30\nFL201 | 12\nGrand Total | 42",
        "Etiquetas de fila | Suma de Saldo\nFL200 | 30\nFL201 | 12",
        "Customer Code | Sum of Credit Balance\nFL200 | 30\nFL201 | 12",
        "Month | Boxes\nMay | 12",
        "Invoice # | Ship via\nN1 | New",
        "Comments | Truck\nlate | T1",
    ],
)
def test_a_sheet_in_which_nothing_fits_is_refused(text: str) -> None:
    with pytest.raises(SheetRefusal) as refused:
        found(text)
    assert refused.value.code in ("no-header", "missing-column")
    assert "“Credit Date”" in refused.value.message


def test_values_alone_open_a_sheet_whose_headings_say_nothing() -> None:
    text = "Uno | Dos | Tres\nFL200 | 2026-11-03 | 10\nFL201 | 2026-11-04 | 11"
    assert found(text).doubtful == {"A": "Customer Code", "B": "Credit Date", "C": MONEY}
    with pytest.raises(SheetRefusal):
        found(text, known=Known())


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("Customer Code | Customer Name | Active\nFL200 | Rosas | yes", "Customers"),
        ("Customer | Invoice # | Date | Balance | PO\nFL200 | 1 | 2026-11-03 | 10 | P1", "Open Invoices"),
    ],
)
def test_a_sheet_of_another_type_is_said_to_be_one(text: str, holds: str) -> None:
    with pytest.raises(SheetRefusal) as refused:
        found(text)
    assert refused.value.code == "wrong-type" and f"holds {holds}, not Open Credits" in refused.value.message


@pytest.mark.parametrize(
    ("headings", "day"),
    [
        ("Klantcode | Klantnaam | Factuurnummer | Factuurdatum | Openstaand bedrag", ""),
        ("Cliente | Nome Cliente | No. Titulo | DT Emissao | Saldo", "Credit Date"),
        ("Customer Code | Customer Name | Invoice # | Invoice Date | Open Balance", ""),
    ],
)
def test_a_sheet_of_money_that_lacks_something_is_no_list_of_customers(headings: str, day: str) -> None:
    seen = found(f"{headings}\nFL200 | Rosas | 1 | 2026-11-03 | 10\nFL201 | Petal | 2 | 2026-11-04 | 20")
    named = {**seen.columns, **seen.doubtful}
    assert (named["A"], named["E"], named.get("D", "")) == ("Customer Code", "Credit Balance", day)


def test_amounts_that_were_asked_for_and_approved_are_two_amounts() -> None:
    seen = found("""
        Customer | Credit # | Date | Requested Amount | Approved Amount
        FL200 | C1 | 2026-11-03 | 100 | 60
        FL201 | C2 | 2026-11-03 | 20 | 20
    """)
    assert seen.rivals == {"Credit Balance": ("D", "E")}


def test_the_spanish_list_of_odoo_is_read() -> None:
    seen = found("""
        Número | Fecha de factura | Total con signo | Importe adeudado con signo | Estado de pago
        RINV/1 | 2026-11-03 | -110 | -110 | No pagadas
        RINV/2 | 2026-11-03 | -11 | -4 | Pagado parcialmente
    """)
    assert seen.doubtful["D"] == "Credit Balance" and seen.doubtful["A"] == "Credit #"


def test_credits_that_say_of_which_invoice_they_are_remain_credits() -> None:
    seen = found("""
        Customer | Credit # | Invoice # | Date | Balance | PO
        FL200 | C1 | 1 | 2026-11-03 | 10 | P1
    """)
    assert seen.columns == {"A": "Customer Code", "B": "Credit #", "D": "Credit Date", "E": MONEY}


# Kept in databases, sent to the reader ------------------------------------------------------------------


def test_a_header_comes_back_from_a_database_as_it_was() -> None:
    seen = found("""
        Customer | Date | Amount € | Amount | Remaining | Type | Num
        FL200 | 2026-11-03 | 4 | 5 | 1 | Invoice | 7
        FL201 | 2026-11-03 | 4 | 5 | 2 | Credit Memo | 8
    """)
    assert seen.rivals and seen.modifiers and seen.doubtful and seen.foreign and seen.evidence
    assert Header.from_json(json.loads(json.dumps(seen.to_json()))) == seen


def test_a_header_that_was_kept_before_there_were_modifiers_comes_back() -> None:
    kept = {
        "row": 1,
        "columns": {"A": "Customer Code"},
        "headers": {"A": "Customer"},
        "ignored": [],
        "doubtful": {},
    }
    seen = Header.from_json(kept)
    assert (seen.row, seen.columns, seen.rivals, seen.modifiers) == (1, {"A": "Customer Code"}, {}, ())


def test_the_reader_s_child_judges_by_the_same_words() -> None:
    wanted = pickle.loads(pickle.dumps(header_row.wanted(OPEN_CREDITS)))
    rows = [{"A": "Código cliente", "B": "Fecha", "C": "Saldo"}, {"A": "FL200", "B": "2026-11-03", "C": "10"}]
    assert (
        wanted.fit(rows) > wanted.fit([{"A": "Código cliente", "B": "Notas"}, {"A": "FL200", "B": "x"}]) > 0
    )
    assert wanted.fit([{"A": "Month", "B": "Boxes"}]) == 0
    assert KNOWN.codes


# Whatever stands around -------------------------------------------------------------------------------

TABLE = [
    ("Cliente", "FL200", "FL201", "FL202"),
    ("Nº Crédito", "A1", "A2", "A3"),
    ("Fecha", "2026-11-03", "2026-11-04", "2026-11-05"),
    ("Saldo", "10.50", "20", "7.25"),
    ("Moneda", "USD", "USD", "COP"),
    ("Observaciones", "late", "", "short"),
]


def meant(columns: list[tuple[str, ...]], *, above: int = 0) -> set[tuple[str, str]]:
    """What each header means, in a sheet of these columns below so many lines of a title."""
    lines = [" | ".join(line) for line in zip(*columns, strict=True)]
    title = ["Flores del Sur S.A.S.", "Notas crédito pendientes"][:above]
    seen = found("\n".join([*title, *lines]))
    assert seen.row == above + 1
    said = {(seen.headers[letter], name) for letter, name in {**seen.columns, **seen.doubtful}.items()}
    said |= {(seen.headers[one], name) for name, letters in seen.rivals.items() for one in letters}
    return said | {(each.header, each.modifies.value) for each in seen.modifiers}


EXPECTED = {
    ("Cliente", "Customer Code"),
    ("Nº Crédito", "Credit #"),
    ("Fecha", "Credit Date"),
    ("Saldo", MONEY),
    ("Moneda", "currency"),
    ("Observaciones", "Comments"),
}


@given(
    order=st.permutations(TABLE),
    blank=st.integers(0, len(TABLE)),
    above=st.integers(0, 2),
    footer=st.sampled_from([("", ""), ("Página 1 de 1", ""), ("Total", "37.75")]),
    more=st.booleans(),
)
@settings(max_examples=40, deadline=None)
def test_a_moved_a_blank_or_a_further_column_a_title_and_a_footer_change_nothing(
    order: list[tuple[str, ...]], blank: int, above: int, footer: tuple[str, str], more: bool
) -> None:
    columns = [
        (*column, footer[1] if column[0] == "Saldo" else footer[0] if place == 0 else "")
        for place, column in enumerate(order)
    ]
    columns.insert(blank, ("",) * len(columns[0]))
    if more:
        columns.append(("Camión", "T1", "T2", "T3", ""))
    assert meant(columns, above=above) == EXPECTED


@pytest.mark.timeout(60)
@pytest.mark.parametrize(
    ("head", "cell"), [("Amount", "{}.25"), ("Customer", "Customer"), ("Foo bar", "alpha beta {}")]
)
def test_the_widest_sheet_is_no_matter_of_minutes(head: str, cell: str) -> None:
    width, height = 200, 250
    lines = [" | ".join(["Customer Code", "Credit Date", *[head] * (width - 2)])]
    lines += [
        " | ".join(["FL200", "2026-11-03", *(cell.format(n * place + 1) for place in range(width - 2))])
        for n in range(height)
    ]
    seen = found("\n".join(lines))
    assert seen.columns["A"] == "Customer Code"
    assert len(seen.rivals.get(MONEY, ())) == (width - 2 if head == "Amount" else 0)


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("FL200 | Rosas del Valle\nFL205 | Verde Vivo\nFL201 | Petal", {"A": "code", "B": "name"}),
        ("N1 | Alpha Florist\nN2 | Beta\nN3 | Gamma", {"A": "code", "B": "name"}),
        ("Alpha Florist | N1 | Marta Ruiz\nBeta | N2 | Marta Ruiz", {"A": "name", "B": "code"}),
    ],
)
def test_a_list_of_customers_without_headings_is_asked_about(text: str, columns: dict[str, str]) -> None:
    names = {"code": CUSTOMERS.name_for(Meaning.RECORD), "name": CUSTOMERS.name_for(Meaning.NAME)}
    header = found(text, CUSTOMERS)
    assert header.headless and header.row == 0 and not header.columns
    assert header.doubtful == {letter: names[said] for letter, said in columns.items()}


@pytest.mark.parametrize("text", ["Please call back\non Monday", "Order 5 | 12\nOrder 6 | 13"])
def test_what_is_no_list_of_customers_is_refused(text: str) -> None:
    with pytest.raises(SheetRefusal, match="no row of headers"):
        found(text, CUSTOMERS)


@pytest.mark.parametrize("type", [OPEN_CREDITS, OPEN_INVOICES], ids=lambda type: type.slug)
@pytest.mark.parametrize(
    ("line", "foreign"),
    [
        ("Currency | EUR", "EUR"),
        ("Moneda: COP", "COP"),
        ("Alle Beträge in EUR", "EUR"),
        ("Importes expresados en pesos", "pesos"),
        ("Open items November (CAD)", "CAD"),
        ("Amounts in thousands of USD", "in thousands"),
        ("Valores en miles", "en miles"),
        ("Open credits, USD thousands", "thousands"),
        ("Thousand Flowers Inc.", ""),
        ("Currency | USD", ""),
        ("Exchange rate EUR/USD | 1.08", ""),
        ("Customer | All", ""),
        ("As of 1,000 days", ""),
    ],
)
def test_another_currency_above_the_header_is_a_question(type: ImportType, line: str, foreign: str) -> None:
    names = [
        type.name_for(meaning) for meaning in (Meaning.PARTY, Meaning.NUMBER, Meaning.DAY, Meaning.MONEY)
    ]
    header = found(f"{line}\n{' | '.join(names)}\nFL200 | A1 | 2026-11-03 | 45", type)
    assert header.foreign == ({"D": foreign} if foreign else {})
    assert header.doubtful == ({"D": names[-1]} if foreign else {})
    assert header.columns.get("D") == (None if foreign else names[-1])


@pytest.mark.parametrize(
    ("heading", "said"),
    [
        ("Balance (in thousands)", "in thousands"),
        ("Amount (000s)", "000s"),
        ("Amount USD '000", "'000"),
        ("Importe (en miles)", "en miles"),
        ("Betrag TEUR", "TEUR"),
        ("Betrag (Tsd.)", "Tsd"),
        ("Montant en milliers", "en milliers"),
        ("Amount (k)", "k"),
        ("Amount k$", "k$"),
        ("amount_cents", "cents"),
        ("AmountInCents", "In Cents"),
        ("Valor (centavos)", "centavos"),
    ],
)
def test_a_heading_that_counts_in_thousands_or_cents_is_a_question_that_nothing_speaks_for(
    heading: str, said: str
) -> None:
    header = found(f"Customer Code | Credit Date | {heading}\nFL200 | 2026-11-03 | 45")
    assert (header.doubtful, header.foreign["C"].casefold()) == ({"C": MONEY}, said.casefold())
    assert "C" not in header.columns


@pytest.mark.parametrize(
    ("line", "asked"),
    [
        ("Status: Voided", True),
        ("Status | Closed", True),
        ("Estado: Anulados", True),
        ("Status: Open", False),
    ],
)
def test_a_state_above_the_header_in_which_nothing_stands_open_is_a_question(line: str, asked: bool) -> None:
    header = found(f"{line}\nCustomer Code | Credit Date | Credit Balance\nFL200 | 2026-11-03 | 45")
    assert header.doubtful == ({"C": MONEY} if asked else {}) and header.foreign == {}


PARTED = [
    ("Amount | ", "Original | Open", ("Amount Original", "Amount Open")),
    ("Amount | | ", "Original | Applied | Open", ("Amount Original", "Amount Applied", "Amount Open")),
    ("Importe | ", "Original | Pendiente", ("Importe Original", "Importe Pendiente")),
    ("Betrag | ", "Gesamt | Offen", ("Gesamt", "Betrag Offen")),
]


@pytest.mark.parametrize(("above", "under", "read"), PARTED)
def test_a_heading_that_reaches_over_two_columns_is_parted_by_the_line_below(
    above: str, under: str, read: tuple[str, ...]
) -> None:
    values = " | ".join(str(10 * n) for n in range(len(read), 0, -1))
    seen = found(
        f"Customer Code | Credit # | Credit Date | {above}\n"
        f" | | | {under}\n"
        f"FL200 | A1 | 2026-11-03 | {values}\nFL201 | A2 | 2026-11-04 | {values}"
    )
    assert (seen.first_row, seen.row) == (1, 2)
    assert tuple(seen.headers.values())[3:] == read
    last = "DEF"[len(read) - 1]
    assert last in {*seen.doubtful, *seen.rivals.get(MONEY, ())} and MONEY not in seen.columns.values()


def test_headings_in_two_lines_are_read_as_one_whichever_of_them_is_chosen() -> None:
    rows = sheet(
        "Customer Code | Credit # | Credit Date | Amount |\n | | | Original | Open\n"
        "FL200 | A1 | 2026-11-03 | 100 | 45"
    )
    for row in (1, 2):
        chosen = header_row.at(rows, OPEN_CREDITS, row, KNOWN)
        assert (chosen.first_row, chosen.row, chosen.headers["E"]) == (1, 2, "Amount Open")


@pytest.mark.parametrize(
    "line",
    [
        " | | | | late",  # nothing is parted
        " | | | Original | ",
        "FL200 | | | Original | Open",  # something else is in the row
        " | | | 100 | 45",
    ],
)
def test_a_row_below_the_headings_that_parts_none_is_no_heading(line: str) -> None:
    seen = found(
        f"Customer Code | Credit # | Credit Date | Amount |\n{line}\nFL200 | A1 | 2026-11-03 | 100 | 45"
    )
    assert (seen.first_row, seen.row) == (None, 1)
