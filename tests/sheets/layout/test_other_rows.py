"""Rows that are no data: what they are, how certain that is, and that no row of data is taken for one."""

from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import pytest

from komet_import.sheets.layout import arrangement
from komet_import.sheets.layout.header import header_row
from komet_import.sheets.layout.row_kinds import RowKind
from komet_import.sheets.layout.sheet import Sheet
from komet_import.sheets.worksheet import Held, Worksheet
from komet_import.types import CUSTOMERS, OPEN_CREDITS, ColumnFormat, ImportType, Need
from komet_import.types.open_invoices import OPEN_INVOICES
from tests.sheets.layout.sheets import KNOWN

DAY = date(2026, 11, 3)
HEAD = ("Customer Code", "Credit #", "Credit Date", "Credit Balance", "Comments")
Line = tuple[Any, ...]


def worksheet(*lines: Line, **further: Any) -> Worksheet:
    """A worksheet of these lines from row 1 on: numbers, days and bools as Excel holds them, an empty line is
    a blank row."""
    width = max(map(len, lines))
    letters = [chr(65 + place) for place in range(width)]
    texts, held, numbers = [], [], []
    for number, line in enumerate(lines, start=1):
        if not any(value is not None and value != "" for value in line):
            continue
        numbers.append(number)
        texts.append([_text(value) for value in line] + [""] * (width - len(line)))
        held.append([_held(value) for value in line] + [Held.TEXT] * (width - len(line)))
    index = pd.Index(numbers, dtype=np.int64, name="row")
    return Worksheet(
        name="Credits",
        text=pd.DataFrame(texts, index=index, columns=letters, dtype="str"),
        held=np.array(held, dtype=np.uint8),
        **further,
    )


def _text(value: Any) -> str:
    return "" if value is None else str(value).upper() if isinstance(value, bool) else str(value)


def _held(value: Any) -> Held:
    if isinstance(value, bool):
        return Held.BOOLEAN
    if isinstance(value, date):
        return Held.DATE
    return Held.NUMBER if isinstance(value, int | float) else Held.TEXT


def arranged(*lines: Line, type: ImportType = OPEN_CREDITS, **further: Any) -> Sheet:
    """The sheet of these lines, its header found as it is found in an upload."""
    seen = worksheet(*lines, **further)
    return arrangement.arrange(seen, header_row.find(seen, type), type)


def below(*lines: Line, **further: Any) -> Sheet:
    """The sheet of these lines below our headers, which are row 1."""
    return arranged(HEAD, *lines, **further)


def kinds(sheet: Sheet) -> dict[int, tuple[str, bool]]:
    """What rows are said to be, and whether for certain."""
    return {row: (str(aside.kind), aside.certain) for row, aside in sheet.aside.items()}


def totals(sheet: Sheet) -> list[int]:
    return list(sheet.total_rows)


def credit(code: str, number: str, amount: float, comment: str = "") -> Line:
    return (code, number, DAY, amount, comment)


# Labels ------------------------------------------------------------------------------------------------

LABELS = (
    "Total", "TOTAL:", "Grand Total", "Total general", "Suma total", "Subtotal", "Sub-total", "S/T",
    "Total Cliente", "Total due", "Total USD", "Totals", "Sum", "Total credits", "Totales", "Net total",
    "Total:  37 credits", "Ergebnis", "Total général", "Sous-total", "Totaal", "Totale", "Balance total",
    "Report Total", "Total Open Balance", "Summe", "Gesamtsumme", "Zwischensumme", "Gesamtergebnis",
    "Zwischen-Summe", "Summe Kunde", "Eindtotaal", "Subtotaal", "Tussentotaal", "Totaal klant", "Total geral",
    "Soma", "Totais", "Total do cliente", "Total del cliente", "Suma de abonos", "Totaux", "Somme",
    "Montant total", "Total client", "Totale generale", "Subtotale", "Summa", "Totalt", "Yhteensä", "Razem",
    "Celkem", "Összesen", "Toplam", "Genel Toplam", "Итого", "Всего", "小計", "합계", "Total: $1,234.50",
    "Balance due", "Saldo final", "Übertrag", "Brought forward", "Balance b/f",
)  # fmt: skip


@pytest.mark.parametrize("column", [0, 1, 2, 4])
def test_a_label_of_sums_makes_a_total_row_in_any_column_and_language(column: int) -> None:
    def is_total(label: str) -> bool:
        line = [None, None, None, 99, None]
        line[column] = label  # type: ignore[call-overload]
        return totals(below(credit("FL200", "A1", 10), credit("FL201", "A2", 20), tuple(line))) == [4]

    labels = LABELS if column == 0 else LABELS[::9]
    assert [label for label in labels if not is_total(label)] == []


@pytest.mark.parametrize(
    "label",
    [
        "FL200 Total", "Total FL200", "Total for FL200", "Subtotal FL200", "FL200 - Subtotal", "Summe FL200",
        "FL200 Ergebnis", "Total de FL200", "Sous-total FL200", "Totaal voor FL200", "FL200: total due",
        "Total for Rosas del Valle", "Summe für Rosas", "Total de Rosas del Valle", "FL200 Rosas Total",
    ],
)  # fmt: skip
def test_a_label_may_name_the_customer_whose_rows_it_adds_up(label: str) -> None:
    """Whatever its amount: rows may be filtered, or the sum be wrong, which is said."""
    sheet = below(credit("FL200", "A1", 10), credit("FL200", "A2", 11), (label, None, None, 99))
    assert kinds(sheet) == {4: ("subtotal", True)}
    assert str(sheet.aside[4].why) == f"labelled “{label}”" and sheet.aside[4].sums == ()


def test_a_sum_says_which_rows_it_adds_up() -> None:
    sheet = below(
        credit("FL200", "A1", 10),
        credit("FL200", "A2", 11),
        ("FL200 Total", None, None, 21),
        credit("FL201", "A3", 12),
        ("Total for Petal & Stem", None, None, 12),
        ("Grand Total", None, None, 33),
    )
    assert {row: (aside.kind, aside.sums) for row, aside in sheet.aside.items()} == {
        4: (RowKind.SUBTOTAL, (2, 3)),
        6: (RowKind.SUBTOTAL, (5,)),
        7: (RowKind.TOTAL, (2, 3, 5)),
    }
    assert str(sheet.aside[4].why) == "labelled “FL200 Total”, the sum of rows 2 to 3"


def test_what_a_named_sum_is_not_of_is_asked() -> None:
    """“Total Flowers” may be a customer whose date is missing."""
    sheet = below(credit("FL200", "A1", 10), credit("FL201", "A2", 11), ("Total Flowers", None, None, 9))
    assert kinds(sheet) == {4: ("subtotal", False)}
    summed = below(credit("FL200", "A1", 10), credit("FL201", "A2", 11), ("Total Flowers", None, None, 21))
    assert totals(summed) == [4]


@pytest.mark.parametrize(
    "lines",
    [
        (("FL200", "Total", DAY, 21),),
        (("FL200", None, DAY, 21, "Subtotal"),),
        (("FL200", "Total FL200", DAY, 21),),
        (("FL200", "T", "Total", 21),),
        (("FL200", "Total", None, 21),),
    ],
)
def test_a_sum_may_carry_the_code_and_the_day_of_its_customer(lines: tuple[Line, ...]) -> None:
    assert totals(below(credit("FL200", "A1", 10), credit("FL200", "A2", 11), *lines)) == [4]


def test_the_totals_row_of_a_table_is_one_whatever_it_is_called() -> None:
    sheet = below(credit("FL200", "A1", 10), ("Hitunan", 1, None, 7), totals=frozenset({3}))
    assert totals(sheet) == [3] and "Excel table" in str(sheet.aside[3].why)


# Arithmetic --------------------------------------------------------------------------------------------


def test_bare_sums_are_found_at_every_level() -> None:
    sheet = below(
        credit("FL200", "A1", 10.1),
        credit("FL200", "A2", 11.2),
        (None, None, None, 21.3),
        credit("FL201", "A3", 12),
        credit("FL201", "A4", 1.25),
        (None, None, None, 13.25),
        (None, None, None, 34.55),
    )
    assert totals(sheet) == [4, 7, 8]


def test_a_bare_sum_may_have_other_sums_beside_it() -> None:
    head = (*HEAD[:4], "Fee")
    sheet = arranged(head, ("A", "1", DAY, 10, 1), ("B", "2", DAY, 20, 2), (None, None, None, 30, 3))
    assert totals(sheet) == [4]


def test_a_sum_of_more_decimals_than_money_has_is_one() -> None:
    amounts = [33.333333333, 33.333333333, 33.333333334]
    lines = [credit("FL200", f"A{n}", amount) for n, amount in enumerate(amounts)]
    assert totals(below(*lines, (None, None, None, 100))) == [5]


def test_sums_of_unnumbered_rows_among_numbered_ones_are_asked_even_with_code_and_day() -> None:
    sheet = below(
        credit("FL200", "A1", 10),
        credit("FL200", "A2", 11),
        ("FL200", None, DAY, 21),
        credit("FL201", "A3", 12),
        credit("FL201", "A4", 13),
        ("FL201", None, DAY, 25),
    )
    assert kinds(sheet) == {4: ("subtotal", False), 7: ("subtotal", False)}
    assert str(sheet.aside[4].why) == "the sum of rows 2 to 3" and sheet.aside[4].sums == (2, 3)


@pytest.mark.parametrize("others", [(), (("FL201", None, DAY, 14), ("FL202", None, DAY, 17))])
def test_where_no_row_has_a_number_the_sum_of_two_is_asked_about(others: tuple[Line, ...]) -> None:
    lines = [("FL200", None, DAY, amount) for amount in (10, 20, 30)]
    sheet = below(*lines, *others)
    assert {row: aside.certain for row, aside in sheet.aside.items()} == {4: False}
    assert kinds(below(*lines[:2], ("FL200", None, DAY, 31), *others)) == {}


def test_a_pattern_of_sums_is_asked_about_in_rows_that_lack_nothing() -> None:
    lines = []
    for party in ("FL200", "FL201", "FL202"):
        lines += [credit(party, f"{party}-{n}", n) for n in (1.5, 2.25)] + [credit(party, f"{party}-S", 3.75)]
    assert kinds(below(*lines)) == dict.fromkeys((4, 7, 10), ("subtotal", False))


def test_the_sum_of_all_rows_at_the_end_is_asked_about_though_it_lacks_nothing() -> None:
    lines = [credit(f"FL20{n}", f"A{n}", 10.5 + n) for n in range(4)]
    assert kinds(below(*lines, credit("FL209", "A9", 48))) == {6: ("total", False)}


# What is no sum ----------------------------------------------------------------------------------------

NO_SUMS: list[tuple[str, tuple[Line, ...]]] = [
    ("a customer called so", (credit("Total Flowers", "A1", 10), credit("Total Flowers", "A2", 10))),
    ("a customer called Sum", (credit("SUM", "A1", 10), credit("Soma", "A2", 10))),
    ("comments about totals", (credit("FL200", "A1", 10, "total loss"), credit("FL201", "A2", 5, "Total"))),
    ("full and partial credits", tuple(credit("F", f"A{n}", 10 + n * n, "Total") for n in range(9))),
    ("two equal credits", (credit("FL200", "A1", 25), credit("FL200", "A2", 25))),
    ("equal credits of two customers", (credit("FL200", "A1", 25), credit("FL201", "A2", 25))),
    ("10, 20, 30", tuple(credit("FL200", f"A{n}", n) for n in (10, 20, 30))),
    ("10, 20, 30 of three", tuple(credit(f"FL{n}", f"A{n}", n) for n in (10, 20, 30))),
    ("10, 20, 30, 60 of four", tuple(credit(f"FL{n}", f"A{n}", n) for n in (10, 20, 30, 60))),
    ("a sum for another", (credit("FL200", "A1", 10), credit("FL200", "A2", 20), credit("FL201", "A3", 30))),
    ("twenty equal ones", tuple(credit("FL200", f"A{n}", 25) for n in range(20))),
    ("amounts that cancel out", tuple(credit(f"C{n}", f"A{n}", a) for n, a in enumerate((9, -1, 2, -1, 9)))),
    ("numbers that say total", (credit("FL200", "TOTAL-1", 10), credit("FL200", "SUM-2", 20))),
    ("one of many by chance",
     tuple(credit(f"C{n // 4}", f"A{n}", 1 + n * 0.37) for n in range(40))
     + tuple(credit("Z", f"Z{n}", n) for n in (1, 2, 3, 6))),
]  # fmt: skip


@pytest.mark.parametrize(("what", "lines"), NO_SUMS, ids=[what for what, _ in NO_SUMS])
def test_a_row_of_data_is_never_taken_for_a_sum(what: str, lines: tuple[Line, ...]) -> None:
    assert kinds(below(*lines)) == {}


def test_a_list_of_customers_has_no_totals() -> None:
    head = ("Customer Code", "Customer Name", "Accounting Code")
    assert kinds(arranged(head, ("C1", "Bloom", "1"), ("Total", "1", ""), type=CUSTOMERS)) == {}


# Headers again, second tables --------------------------------------------------------------------------


def test_headers_titles_and_parameters_that_come_again_on_each_page_are_no_rows() -> None:
    page = (("Open credits", None, None, None), ("Date:", None, "11/27/2026"), HEAD)
    beside = ("Open credits", *[None] * 8, "Printed once")  # above no column of the table
    sheet = arranged(
        ("Page 1 of 2",),
        beside,
        *page[1:],
        credit("FL200", "A1", 1),
        credit("FL200", "A2", 2),
        ("Page 2 of 2",),
        *page,
        credit("FL200", "A3", 3),
        credit("FL201", "A4", 4),
    )
    assert kinds(sheet) == dict.fromkeys((7, 8, 9, 10), ("repeated-header", True))


def test_headers_that_come_again_keep_their_rows_in_a_list_of_customers_too() -> None:
    head = ("Customer Code", "Customer Name")
    sheet = arranged(head, ("C1", "Bloom"), head, ("C2", "Petal"), type=CUSTOMERS)
    assert kinds(sheet) == {3: ("repeated-header", True)}


OTHER_HEADS: list[Line] = [
    ("Customer Code", "Invoice #", "Invoice Date", "Invoice Balance", "Comments"),
    ("Customer", "Invoice Number", "Invoice Date", "Balance", None),
    ("Credit Date", "Customer Code", "Credit #", "Credit Balance", None),
    ("Customer Code", "Customer Name", "Accounting Code", "Customer Type", "Salesperson"),
]


@pytest.mark.parametrize("head", OTHER_HEADS)
@pytest.mark.parametrize("title", [(), (("Open invoices",),), (("Part 2",), ("of 2",))])
@pytest.mark.parametrize("gap", [0, 1, 3])
def test_what_stands_below_other_headers_is_none_of_the_rows(
    head: Line, title: tuple[Line, ...], gap: int
) -> None:
    rows = [credit("FL200", "I1", 700), credit("FL201", "I2", 800), ("Total", None, None, 1500)]
    sheet = below(credit("FL200", "A1", 10), credit("FL201", "A2", 20), *[()] * gap, *title, head, *rows)
    first = 4 + gap
    found = kinds(sheet)
    assert set(found) == set(range(first, first + len(title) + 4))
    assert all(found[row] == ("other-table", True) for row in range(first + len(title), max(found) + 1))


@pytest.mark.parametrize(
    "more", ["(continued)", "(cont.)", "- cont'd", "(continuación)", "(Fortsetzung)", ""]
)
def test_the_title_of_the_next_page_is_the_first_ones_and_the_rows_go_on(more: str) -> None:
    title = ("Open Credits", None, None)
    rows = [credit("FL200", f"C{place}", place) for place in (1, 2, 3)]
    again = [((f"Open Credits {more}", None, None, f"Page {place}"), HEAD) for place in (2, 3)]
    sheet = arranged((*title, "Page 1"), HEAD, rows[0], *again[0], rows[1], *again[1], rows[2])
    assert kinds(sheet) == dict.fromkeys((4, 5, 7, 8), ("repeated-header", True))


def test_headers_in_words_that_are_known_nowhere_are_asked_about() -> None:
    head = ("Proveedor", "Documento", "Vence", "Pendiente")
    sheet = below(credit("FL200", "A1", 10), (), head, credit("FL200", "I1", 700))
    assert kinds(sheet) == dict.fromkeys((4, 5), ("other-table", False))


@pytest.mark.parametrize(
    "title",
    [
        "Void credits", "Facturas", "Storniert", "APPLIED", "Crédits annulés", "Expired credits", "Refunded",
        "Créditos vencidos", "Abgelaufene Gutschriften", "On hold", "Borradores", "Already used",
        "Do not import", "NO IMPORTAR", "Pending approval", "Duplicates", "Remboursés", "Terugbetaald",
    ],
)  # fmt: skip
@pytest.mark.parametrize("again", [(), (HEAD,)])
def test_rows_below_a_line_that_says_something_else_of_them_are_asked_about(
    title: str, again: tuple[Line, ...]
) -> None:
    sheet = below(credit("FL200", "A1", 10), (), (title,), *again, credit("FL201", "A2", 20))
    headers = [("repeated-header", True)] if again else []
    assert list(kinds(sheet).values()) == [("heading", True), *headers, ("other-table", False)]


@pytest.mark.parametrize(
    "title",
    [
        "Inactive customers", "INACTIVE", "Former customers", "Blocked", "Prospects",
        "Clientes inactivos", "Clientes inativos", "Clients inactifs", "Inaktive Kunden", "Gesperrte Kunden",
        "Inactieve klanten",
    ],
)  # fmt: skip
@pytest.mark.parametrize("gap", [(), ((),)])
def test_customers_below_a_line_that_says_that_they_are_not_active_are_asked_about(
    title: str, gap: tuple[Line, ...]
) -> None:
    head = ("Customer Code", "Customer Name", "Customer Type")
    first, last = ("N1", "Flor Uno", "Retailer"), ("N2", "Flor Dos", "Retailer")
    found = kinds(arranged(head, first, *gap, (title,), last, type=CUSTOMERS))
    assert list(found.items()) == [(3 + len(gap), ("heading", True)), (4 + len(gap), ("other-table", False))]
    said = (*head, "Active")
    marked = arranged(said, (*first, "yes"), *gap, (title,), (*last, "no"), type=CUSTOMERS)
    assert ("other-table", False) not in kinds(marked).values(), "a column says it of each"


@pytest.mark.parametrize("title", ["Active customers", "Florists", "Miami", "Active and inactive customers"])
def test_customers_below_other_lines_are_not_asked_about(title: str) -> None:
    head, line = ("Customer Code", "Customer Name"), ("N1", "Flor Uno")
    found = kinds(arranged(head, line, (), (title,), ("N2", "Flor Dos"), type=CUSTOMERS))
    assert ("other-table", False) not in found.values()


def test_inactive_customers_credits_are_judged_by_the_customers_themselves() -> None:
    sheet = below(credit("FL200", "A1", 10), ("Inactive customers",), credit("FL201", "A2", 20))
    assert ("other-table", False) not in kinds(sheet).values()


@pytest.mark.parametrize(("again", "asked"), [((HEAD,), 2), ((("Customer FL202",), HEAD), 1)])
def test_the_headers_of_a_page_end_no_part_and_a_title_above_them_does(
    again: tuple[Line, ...], asked: int
) -> None:
    lines = (("Void credits",), credit("FL201", "A2", 20), *again, credit("FL202", "A3", 30))
    found = kinds(below(credit("FL200", "A1", 10), *lines))
    assert list(found.values()).count(("other-table", False)) == asked


def invoices() -> tuple[Line, Line]:
    """The headings of invoices, and one of them."""
    values = {ColumnFormat.AMOUNT: 700, ColumnFormat.DATE: DAY}
    line = tuple(values.get(column.kind, "X1") for column in OPEN_INVOICES.columns)
    return tuple(column.name for column in OPEN_INVOICES.columns), line


def test_in_a_sheet_of_invoices_credits_are_the_other_table() -> None:
    head, line = invoices()
    sheet = arranged(head, line, (), HEAD, credit("FL200", "A1", 10), type=OPEN_INVOICES)
    assert kinds(sheet) == dict.fromkeys((4, 5), ("other-table", True))


@pytest.mark.parametrize("title", ["Invoices", "Facturas", "Open Invoices", "Facturas abiertas"])
def test_what_a_type_is_called_itself_says_nothing_else_of_its_rows(title: str) -> None:
    head, line = invoices()
    sheet = arranged(head, line, (), (title,), line, type=OPEN_INVOICES)
    assert "other-table" not in {kind for kind, _ in kinds(sheet).values()}


def test_a_table_beside_is_counted_and_not_read() -> None:
    sheet = arranged(
        (*HEAD[:4], None, *HEAD[:4]),
        (*credit("FL200", "A1", 10)[:4], None, *credit("FL201", "B1", 44)[:4]),
        (*credit("FL202", "A2", 20)[:4], None, *credit("FL210", "B2", 55)[:4]),
        (None, None, None, None, None, *credit("FL210", "B3", 1)[:4]),
    )
    (beside,) = sheet.beside
    assert (beside.row, beside.letters, beside.rows, beside.amount) == (1, ("F", "G", "H", "I"), 3, 100_000)
    assert [note.code for note in sheet.notes] == ["table-beside"] and list(sheet.rows.index) == [2, 3]


def test_a_table_above_the_headings_is_counted_and_not_read() -> None:
    columns = [column for column in OPEN_INVOICES.columns if column.need is Need.REQUIRED]
    values = {ColumnFormat.AMOUNT: 700, ColumnFormat.DATE: DAY, ColumnFormat.CUSTOMER: "FL200"}
    line = tuple(values.get(column.kind, "X1") for column in columns)
    head = tuple(column.name for column in columns)
    below_it = [HEAD, credit("FL200", "A1", 10)]
    sheet = arranged(("Open items",), head, line, line, (), ("Credits",), *below_it)
    (above,) = sheet.beside
    assert (above.row, above.rows, above.amount, above.type) == (2, 2, 1_400_000, "open-invoices")
    assert [note.code for note in sheet.notes] == ["table-beside"] and list(sheet.rows.index) == [8]
    assert arranged(head, (), *below_it).beside == ()
    assert arranged(("Open items", DAY), ("Customer", "All"), *below_it).beside == ()


@pytest.mark.parametrize(
    "ageing",
    [
        [
            ("Customer", "0-30", "31-60", "61-90", "Total"),
            ("FL200", 100, 0, 0, 100),
            ("Total", 100, 0, 0, 100),
        ],
        [("Aging",), ("Current", "1-30", "31-60", "61-90", ">90"), (100, 0, 0, 50, 12)],
        [("Cliente", "0 a 30 días", "31 a 60 días", "Más de 90", "Total"), ("FL200", 100, 0, 0, 100)],
        [("", "0 à 30 jours", "31 à 60 jours", "> 60 jours"), ("FL200", 100, 0, 50)],
        [("Kunde", "0 bis 30 Tage", "31 bis 60 Tage", "über 60 Tage"), ("FL200", 100, 0, 50)],
        [("Bucket", "Amount"), ("0-30", 300), ("31-60", 210)],
        [("Days", "Customers", None, "Open"), ("0-30", 3, None, 300), ("31-60", 2, None, 210)],
        [(30, 60, 90), (100, 20, 5)],
        [("30", "60", "90"), (100, 20, 5)],
        [("Customer", 30, 60, 90), ("FL200", 100, 20, 5), ("FL201", 10, 0, 5)],
        [("Aging",), (0, 30, 60, 90, 120), (100, 20, 5, 0, 0)],
        [("Current", 30, 60, "90+"), (100, 20, 30, 5)],
        [("Cliente", "Por vencer", 30, 60, 90), ("FL200", 100, 20, 5, 0)],
    ],
)
@pytest.mark.parametrize("gap", [1, 0])
def test_an_ageing_below_is_another_table(ageing: list[Line], gap: int) -> None:
    sheet = below(*_five(), *[()] * gap, *ageing)
    first = 7 + gap
    assert kinds(sheet) == dict.fromkeys(range(first, first + len(ageing)), ("other-table", True))


def test_one_line_of_days_is_no_ageing() -> None:
    assert kinds(below(*_five(), ("0-30", 300))) == {}


def test_plain_numbers_are_no_ageing_above_a_row_of_a_day_or_beside_other_figures() -> None:
    assert kinds(below(("Customer", 30, 60, 90), credit("FL200", "A9", 10))) == {}
    assert kinds(below(("FL200", 30, 60, 90), ("FL201", 90, 60, 30))) == {}
    assert kinds(below(("Customer", 31, 62, 93))) == {}


def test_a_code_like_days_is_a_customer_where_its_row_is_complete() -> None:
    assert kinds(below(credit("0-30", "A1", 10), credit("31-60", "A2", 20))) == {}


@pytest.mark.parametrize("number", ["B/F", "C/F", "b/f", "Bal. B/F"])
def test_a_balance_brought_forward_in_place_of_a_number_repeats_the_rows_above(number: str) -> None:
    lines = [credit("FL200", "A1", 10), credit("FL200", "A2", 20), credit("FL200", number, 30)]
    assert totals(below(*lines, credit("FL201", "A3", 5))) == [4]
    assert totals(below(credit("FL200", "CB/F7", 10), credit("FL200", "A2", 20))) == []


LOOSE = ("FL200", "CR-9", DAY, 77.5)


@pytest.mark.parametrize(
    ("above", "rows"),
    [
        ([LOOSE], [1]),
        ([("Credits of November",), (), LOOSE, ()], [3]),
        ([LOOSE, ("FL201", "CR-8", DAY, "12.50")], [1, 2]),
        ([("FL200", None, DAY, 77.5)], [1]),
        ([("FL200", "CR-9", None, 77.5)], [1]),
        ([("FL200", "CR-9", "3 Nov 2026", "77.50", "late")], [1]),
    ],
)
def test_a_loose_row_of_data_above_the_headings_is_told(above: list[Line], rows: list[int]) -> None:
    sheet = arranged(*above, HEAD, credit("FL200", "A1", 10))
    (loose,) = sheet.beside
    assert loose.loose and sheet.apart is None
    assert (loose.row, loose.last, loose.rows) == (rows[0], rows[-1], len(rows))
    assert loose.amount == (90_000 if len(rows) == 2 else 77_500)
    (note,) = sheet.notes
    assert (note.code, note.count, note.where) == ("rows-above", len(rows), (f"A{rows[0]}:E{rows[-1]}",))


@pytest.mark.parametrize(
    "above",
    [
        ("Credits", None, DAY),
        ("Customer", "FL200", None, 500),
        ("Customer:", "FL200", DAY, 500),
        ("Opening balance", None, DAY, 500),
        ("Total", 3, None, 500),
        ("Acme Flowers", None, None, 2026),
        ("From", DAY, "to", DAY),
        ("3 rows", None, DAY, 500),
        ("1", "2", "3", "4", "5"),
        ("(1)", "(2)", "(3)", "(4)"),
    ],
)
def test_a_title_or_a_parameter_above_the_headings_is_no_row_of_data(above: Line) -> None:
    assert arranged(above, HEAD, credit("FL200", "A1", 10)).beside == ()


def test_loose_rows_and_a_table_above_the_headings_are_both_told() -> None:
    head = ("Customer Code", "Credit #", "Credit Date", "Credit Balance")
    sheet = arranged(LOOSE, (), head, credit("FL201", "B1", 44)[:4], (), HEAD, *_five())
    assert [(table.row, table.loose, table.rows) for table in sheet.beside] == [(3, False, 1), (1, True, 1)]


def test_rows_without_headings_have_none_above_them() -> None:
    seen = worksheet(*_five())
    header = header_row.find(seen, OPEN_CREDITS, KNOWN)
    assert header.headless and arrangement.arrange(seen, header, OPEN_CREDITS).beside == ()


def _five() -> list[Line]:
    return [credit("FL200", f"A{n}", 10.5 + n, "late") for n in range(5)]


@pytest.mark.parametrize(("gap", "beside"), [((), 0), ((None,), 1)])
def test_further_columns_are_a_table_beside_only_past_a_blank_column(gap: Line, beside: int) -> None:
    columns = [column for column in OPEN_INVOICES.columns if column.need is Need.REQUIRED]
    columns.sort(key=lambda column: column.kind is not ColumnFormat.CUSTOMER)
    further = tuple(column.name for column in columns)
    values = {ColumnFormat.AMOUNT: 700, ColumnFormat.DATE: DAY}
    line = tuple(values.get(column.kind, "X1") for column in columns)
    head = ("Customer Code", "Credit #", "Credit Date", "Credit Balance")
    sheet = arranged((*head, *gap, *further), (*credit("FL200", "A1", 10)[:4], *gap, *line))
    assert len(sheet.beside) == beside


@pytest.mark.parametrize(
    ("further", "beside"),
    [
        (("Customer Code", "Invoice #", "Invoice Date", "Invoice Balance"), 1),  # without what only we need
        (("Customer", "Invoice #", "Amount"), 1),
        (("Customer", "Amount"), 0),  # a summary
        (("Phone", "City", "Fax"), 0),
    ],
)
@pytest.mark.parametrize("gap", [(), (None,)])
def test_a_table_of_another_system_beside_lacks_what_only_we_need(
    further: Line, beside: int, gap: Line
) -> None:
    values = {"Customer Code": "FL201", "Customer": "FL201", "Invoice Date": DAY}
    line = tuple(values.get(name, 700 if name in ("Amount", "Invoice Balance") else "X1") for name in further)
    head = ("Customer Code", "Credit #", "Credit Date", "Credit Balance")
    sheet = arranged((*head, *gap, *further), (*credit("FL200", "A1", 10)[:4], *gap, *line))
    assert len(sheet.beside) == (beside if gap else 0)


# Text --------------------------------------------------------------------------------------------------

FOOTERS = (
    "Accrual Basis Friday, November 27, 2026 02:05 PM GMT-05:00", "Page 1 of 1", "Prepared by R. Álvarez",
    "Printed on 11/27/2026", "Página 1 de 2", "Seite 1 von 1", "Erstellt am 27.11.2026",
    "End of report", "Elaborado por: R. Álvarez", "----------", "Imprimé le 27/11/2026", "Confidential",
    "30 days net, in cash",
)  # fmt: skip


@pytest.mark.parametrize("text", FOOTERS)
@pytest.mark.parametrize("gap", [0, 1])
@pytest.mark.parametrize("column", [0, 4])
def test_text_below_the_table_is_no_row(text: str, gap: int, column: int) -> None:
    line = [None] * column + [text]
    sheet = below(credit("FL200", "A1", 10), credit("FL201", "A2", 20), *[()] * gap, tuple(line))
    assert kinds(sheet) == {4 + gap: ("footer", True)}


@pytest.mark.parametrize(
    "line",
    [
        ("FL202",),
        ("Rosas",),
        ("FL202", "A3"),
        ("FL202", None, DAY),
        (None, "A3"),
        (None, None, None, None, "late"),
    ],
)
def test_a_row_that_is_not_finished_is_a_row(line: Line) -> None:
    sheet = below(credit("FL200", "A1", 10), line)
    assert kinds(sheet) == {} and list(sheet.rows.index) == [2, 3]


# Blank rows --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "prepared",
    [
        (None, None, None, None, None, False, 0),
        (None, None, None, 0, None, False, 0),
        (None, None, None, 0, None, None, None),
        (None, None, None, None, None, True, "open"),
        (None, None, DAY, None, None, False, 0),
        (None, None, DAY, 0, None, None, "USD"),
    ],
)
def test_prepared_rows_are_blank(prepared: Line) -> None:
    rows = [(*credit("FL200", f"A{n}", 10), False, 0) for n in (1, 2)]
    sheet = arranged((*HEAD, "Checked", "Fee"), *rows, *[prepared] * 5)
    assert list(sheet.rows.index) == [2, 3]


def test_line_numbers_alone_make_no_rows() -> None:
    rows = [(n, *credit("FL200", f"A{n}", 10)) for n in (1, 2)]
    sheet = arranged(("No.", *HEAD), *rows, *[(n,) for n in range(3, 9)])
    assert list(sheet.rows.index) == [2, 3]


def test_a_row_stays_if_a_person_has_had_to_do_with_it() -> None:
    seen = worksheet((*HEAD, "Checked"), (*credit("FL200", "A1", 10), True), *[(None,) * 5 + (False,)] * 3)
    header = header_row.find(seen, OPEN_CREDITS)
    assert list(arrangement.arrange(seen, header, OPEN_CREDITS, kept={4, 99}).rows.index) == [2, 4]


@pytest.mark.parametrize("label", ["Net", "Kumuliert", "Alles zusammen", "Recap"])
def test_words_in_place_of_a_number_beside_a_sum_are_asked_about(label: str) -> None:
    rows = credit("FL200", "A1", 10), credit("FL200", "A2", 11), credit("FL200", label, 21)
    assert kinds(below(*rows, credit("FL201", "A3", 5))) == {4: ("subtotal", False)}
    lower = credit("FL200", "A1", 10), credit("FL200", "A2", 11), credit("FL200", label, 20)
    assert kinds(below(*lower, credit("FL201", "A3", 5))) == {}, "no sum"
    worded = [credit("FL200", text, amount) for text, amount in (("Net", 10), ("Due", 11), (label, 21))]
    assert kinds(below(*worded, credit("FL201", "All", 5))) == {}, "as most numbers are"


@pytest.mark.parametrize(
    "label", ["Carry forward", "b/fwd", "Suma y sigue", "Transporte", "Previous balance"]
)
def test_a_balance_that_is_carried_is_asked_about_whatever_it_comes_to(label: str) -> None:
    rows = credit("FL200", "A1", 10), credit("FL200", "A2", 11), credit("FL201", label, 1000)
    assert kinds(below(*rows, credit("FL201", "A3", 5))) == {4: ("total", False)}


def test_sums_of_what_may_be_another_table_are_sums_whatever_a_person_says_of_it() -> None:
    sheet = below(
        credit("FL200", "A1", 10),
        ("Closed",),
        credit("FL201", "A2", 20),
        credit("FL202", "A3", 5),
        ("Total", None, None, 25),
        ("Grand total", None, None, 35),
    )
    assert {row: said for row, said in kinds(sheet).items() if row > 3} == {
        4: ("other-table", False), 5: ("other-table", False), 6: ("subtotal", True), 7: ("total", True)
    }  # fmt: skip


def test_headings_of_a_summary_begin_another_table() -> None:
    gap: Line = ()
    rows = credit("FL200", "A1", 10), gap, ("Customer", "Total"), ("FL200", 10)
    assert kinds(below(*rows)) == {4: ("other-table", True), 5: ("other-table", True)}
    dated = below(rows[0], gap, ("Customer", "Total"), credit("FL201", "A2", 5))
    assert "other-table" not in str(kinds(dated)), "a row of data follows"


def test_an_amount_or_a_customer_alone_is_a_row() -> None:
    sheet = below(credit("FL200", "A1", 10), ("FL200",), (None, None, None, 5), credit("FL200", "A2", 1))
    assert list(sheet.rows.index) == [2, 3, 4, 5]


# Groups ------------------------------------------------------------------------------------------------


def test_the_customer_of_a_group_is_proposed_for_its_rows() -> None:
    sheet = below(
        credit("FL200", "A1", 10), credit("", "A2", 11), credit("FL201", "A3", 12), credit("", "A4", 13)
    )
    assert sheet.fills == {3: {HEAD[0]: "FL200"}, 5: {HEAD[0]: "FL201"}} and sheet.merged_fills == {}


def test_a_customer_above_the_rows_of_a_group_is_a_heading_and_proposed() -> None:
    sheet = below(
        ("Rosas del Valle",),
        credit("", "A1", 10),
        credit("", "A2", 11),
        ("Total for Rosas del Valle", None, None, 21),
        ("Petal & Stem",),
        credit("", "A3", 12),
        ("Total for Petal & Stem", None, None, 12),
        credit("", "A5", 1),
    )
    assert kinds(sheet) == {
        2: ("heading", True), 5: ("subtotal", True), 6: ("heading", True), 8: ("subtotal", True)
    }  # fmt: skip
    names = {row: texts[HEAD[0]] for row, texts in sheet.fills.items()}
    assert names == {3: "Rosas del Valle", 4: "Rosas del Valle", 7: "Petal & Stem"}, "never past a total"


@pytest.mark.parametrize(
    "line",
    [
        ("Customer: FL200",),
        ("Customer:", "FL200"),
        ("FL200", "Rosas del Valle"),
        ("FL200", None, None, None, "Miami"),
    ],
)
def test_a_line_above_a_group_names_it_beside_a_label_or_further_words(line: Line) -> None:
    sheet = below(line, credit("", "A1", 10), credit("", "A2", 11), credit("FL201", "A3", 12))
    assert kinds(sheet) == {2: ("heading", True)}
    assert sheet.fills == {3: {HEAD[0]: "FL200"}, 4: {HEAD[0]: "FL200"}}


@pytest.mark.parametrize("line", [("FL200", "A9"), ("FL200", None, DAY), ("", "Customer:")])
def test_a_row_that_is_not_finished_heads_no_group(line: Line) -> None:
    assert "heading" not in str(kinds(below(line, credit("", "A1", 10), credit("FL201", "A3", 12))))


def test_a_group_goes_on_below_what_is_printed_on_every_page() -> None:
    sheet = below(
        credit("FL200", "A1", 10), credit("", "A2", 11), ("Page 1 of 2",), HEAD, credit("", "A3", 12)
    )
    assert kinds(sheet) == {4: ("footer", True), 5: ("repeated-header", True)}
    assert sheet.fills == {3: {HEAD[0]: "FL200"}, 6: {HEAD[0]: "FL200"}}


def test_a_line_that_says_first_what_its_group_comes_to_names_it() -> None:
    sheet = below(
        ("FL200", None, None, 21), credit("", "A1", 10), credit("", "A2", 11), credit("FL201", "A3", 12)
    )
    assert kinds(sheet) == {2: ("subtotal", False)}
    assert sheet.fills == {3: {HEAD[0]: "FL200"}, 4: {HEAD[0]: "FL200"}}


def test_what_is_merged_over_rows_is_certain() -> None:
    sheet = below(
        ("FL200", "A1", DAY, 10),
        ("", "A2", "", 11),
        ("", "A3", "", 12),
        credit("FL201", "A4", 13),
        merges=("A2:A4", "C2:C4", "B9:B10"),
    )
    wanted = {HEAD[0]: "FL200", HEAD[2]: str(DAY)}
    assert sheet.fills == sheet.merged_fills == {3: wanted, 4: wanted}
    assert sheet.shared_amounts == {}


def test_an_amount_that_is_merged_over_rows_of_data_is_told_once_and_not_over_blank_rows_or_a_total() -> None:
    sheet = below(
        credit("FL200", "A1", 90),
        ("FL201", "A2", DAY, ""),
        ("FL202", "A3", DAY, ""),
        credit("FL201", "A4", 13),
        credit("FL201", "A5", 7),
        ("Total", "", "", 110),
        merges=("D2:D4", "D5:D5", "D7:D8"),
    )
    assert sheet.shared_amounts == {2: 3}


def test_a_blank_in_a_column_that_is_otherwise_filled_is_just_a_blank() -> None:
    lines = [credit("FL200" if n % 3 else "FL201", f"A{n}", n + 0.5) for n in range(12)]
    lines[5] = credit("", "A5", 5)
    assert below(*lines).fills == {}


def test_a_day_in_a_footer_says_nothing_of_how_the_days_of_the_rows_were_read() -> None:
    rows = [HEAD, ("FL200", "C1", DAY, 10), ("FL201", "C2", DAY, 20), ()]
    footer = worksheet(*rows, ("Approved by:", "", "______"), ("Date:", "", "11/27/2026"))
    header = header_row.find(footer, OPEN_CREDITS, KNOWN)
    assert arrangement.arrange(footer, header, OPEN_CREDITS).swap_doubts == {}
    row = worksheet(*rows, ("FL202", "C3", "11/27/2026", 30))
    assert arrangement.arrange(row, header, OPEN_CREDITS).swap_doubts.keys() == {"Credit Date"}
