"""What is said around a table of all of its rows: by titles, the name of the sheet, units, lines of text."""

from dataclasses import replace

import pytest

from komet_import.sheets.layout.header import header_row
from komet_import.sheets.layout.sheet import Header
from komet_import.types import CUSTOMERS, OPEN_CREDITS, ImportType
from komet_import.types.open_invoices import OPEN_INVOICES
from tests.sheets.layout.sheets import KNOWN, sheet

TABLE = """
    Customer Code | Credit # | Credit Date | Credit Balance
    {units}
    FL200 | C1 | 2026-11-01 | 10.00
    FL201 | C2 | 2026-11-02 | 20.00
"""


def seen(
    *, title: str = "", units: str = "", end: str = "", name: str = "Sheet1", type: ImportType = OPEN_CREDITS
) -> Header:
    text = f"{title}\n{TABLE.strip().format(units=units)}\n\n{end}"
    if type is OPEN_INVOICES:
        text = text.replace("Credit #", "Invoice #").replace("Credit ", "Invoice ")
    return header_row.find(replace(sheet(text), name=name), type, KNOWN)


def asked(header: Header) -> str:
    """Why the amounts are a question; blank where they are none."""
    return str(header.evidence["D"]) if header.doubtful == {"D": "Credit Balance"} else ""


@pytest.mark.parametrize(
    "title",
    [
        "Voided credit memos",
        "Applied credits",
        "Vendor credits",
        "Accounts Payable Aging",
        "Notas de crédito anuladas",
        "Liste des avoirs annulés",
        "Stornierte Gutschriften",
        "Payments",
        "For review only",
        "OLD – superseded by rev 2",
        "Preliminary - subject to change",
        "Credits in dispute",
        "Ledger: AP",
        "Module: GL",
        "Libro auxiliar: CxP",
        "Refunded",
        "DRAFT",
        "Example",
        "PRELIMINARY — open credits November",
        "Write-offs",
        "Written off credits",
        "Créditos castigados",
        "Ausgebuchte Gutschriften",
        "Old",
        "Credits (old)",
        "Notas de crédito antiguas",
        "Oude creditnota's",
        "TEST",
        "Credits backup 2026",
        "Archive Oct 2025",
        "D R A F T",
        "** VOIDED **",
        "Credits to write off",
        "Credits to be cancelled",
        "To refund by check",
        "Créditos por castigar",
        "Gutschriften zum Ausbuchen",
        "Avoirs à annuler",
        "Af te boeken creditnota's",
        "Créditos a estornar",
        "Note di credito annullate",
        "Open vendor credits",
        "Credits by vendor",
        "Vendor credits by customer",
        "Customer credits denied by vendor",
        "Accounts Payable - Open Credits",
        "Créditos abiertos - proveedores",
        "Open A/P credits",
        "AP credit memos",
        "Open Invoices",
        "Open payments",
    ],
)
def test_a_title_that_says_something_else_is_a_question(title: str) -> None:
    assert asked(seen(title=title)) == f"row 1 says “{title}”"
    assert asked(seen(name=title)) == f"the sheet is called “{title}”"


@pytest.mark.parametrize(
    "title",
    [
        "Open credit memos",
        "Unapplied credits",
        "Credits not applied",
        "Credits to be applied",
        "Excluding voided credits",
        "Ledger: AR",
        "Module: Receivables",
        "Invoices and credits",
        "Créditos sin aplicar",
        "Credits as of 11/30/2026",
        "Gutschriften",
        "Nov 2026",
        "Credits USD",
        "Old Town Florist",
        "Test Gardens Inc. credits",
        "Credits not old",
        "Without write-offs",
        "Credits (2)",
        "Copy of credits",
        "Credits to import",
        "Credits to post this week",
        "Créditos por aplicar",
        "Zu verrechnende Gutschriften",
        "Not to be cancelled",
        "Open account customers",
        "Open credits by invoice",
        "Open customer credits by vendor",
        "Créditos de clientes por proveedor",
        "Kunden-Gutschriften nach Lieferant",
        "Credits prepared by AP",
        "Approval date: 11/27/2026",
        "Tel. (305) 555-0134   ar@florexports.example",
        "payments@flor.example",
        "Aprobación: 27/11/2026",
        "Hold-harmless agreement on file",
        "Payment terms: Net 30",
        "Dispute window: 7 days",
        "Currency used: USD",
    ],
)
def test_a_title_of_what_the_sheet_is_about_is_none(title: str) -> None:
    assert asked(seen(title=title)) == "" == asked(seen(name=title))


@pytest.mark.parametrize(
    "title",
    [
        "Statement of supplier | X",
        "Statement | Supplier X",
        "Supplier | Rosen GmbH",
        "Vendor: | Flores del Campo | | Date: | 2026-11-30",
        "Statement from our vendor | | | Nov 2026",
        "Statement of account from our vendor Flores del Campo as of 30 Nov 2026",
        "STATEMENT OF SUPPLIER ROSEN GMBH, OPEN CREDITS, NOVEMBER 2026 (page 1)",
        "Open credits - statement of our supplier, the Rosen company in Hamburg",
        "Grower statement",
        "Farm's statement | open credits",
        "Estado de cuenta de nuestro proveedor Flores SA al 30 de noviembre de 2026",
        "Proveedor | Flores SA",
        "Estado de cuenta | finca La Rosa",
        "Extrato do fornecedor Flores Lda. em 30 de novembro de 2026",
        "Kontoauszug unseres Lieferanten Rosen GmbH vom 30. November 2026",
        "Lieferantenkontoauszug | November",
        "Relevé de compte du fournisseur Roses SARL au 30 novembre 2026",
        "Estratto conto del fornitore Rose Srl al 30 novembre 2026",
        "Rekeningoverzicht van leverancier Rozen BV per 30 november 2026",
        "Leverancier | Rozen BV",
    ],
)
def test_a_statement_of_a_supplier_is_a_question(title: str) -> None:
    assert asked(seen(title=title)).startswith("row 1 says ")


@pytest.mark.parametrize(
    "title",
    [
        "Statement | Customer FL200",
        "Statement of account",
        "Customer statement of open credits to be sent by our accounts receivable department in Miami",
        "Vendor | All",
        "Farm claims | November",
        "Finca | La Rosa",
        "Grower credits passed on to customers",
        "Estado de cuenta del cliente",
        "Credits to customers, whose amounts were compared with what the last vendor statement said",
    ],
)
def test_a_statement_of_a_customer_is_none(title: str) -> None:
    assert asked(seen(title=title)) == ""


ASKS = (
    "Please don't post these, Jim waits",
    "Hola Rita, NO cargar estos todavía.",
    "Please ignore row 3, it was paid out.",
    "Bitte nicht buchen, ich melde mich",
    "These were already posted last week:",
    "Ces avoirs sont déjà comptabilisés",
    "Wait for Jim before posting",
    "Please email Jim; hold until he approves",
)


@pytest.mark.parametrize("line", ASKS)
def test_a_line_that_asks_to_pass_over_the_rows_is_a_question_above_and_below_them(line: str) -> None:
    assert asked(seen(title=line)) == f"row 1 says “{line}”"
    assert asked(seen(end=line)) == f"row 6 says “{line}”"


@pytest.mark.parametrize(
    "line",
    [
        "Please post these today, thanks",
        "Do not enter negative amounts.",
        "Do not use commas in amounts, and do not skip rows",
        "Credits already applied are not in this list",
        "Only what was not already posted",
        "If you have received this e-mail in error, please ignore it and do not use it.",
        "Row 3 is for the second truck",
        "* already applied",
    ],
)
def test_a_line_that_says_how_a_sheet_is_filled_in_or_what_it_lacks_is_none(line: str) -> None:
    assert asked(seen(title=line)) == "" == asked(seen(end=line))


@pytest.mark.parametrize("line", ["Batch status: Unposted", "Document status: On hold", "Estado: Pagado"])
def test_a_line_that_says_a_state_of_all_rows_is_a_question(line: str) -> None:
    assert asked(seen(title=line)) == f"row 1 says “{line}”"
    assert asked(seen(title="Batch status: Open")) == ""


def test_invoices_are_what_a_sheet_of_invoices_is_about() -> None:
    assert not seen(name="Invoices", title="Customer invoices", type=OPEN_INVOICES).doubtful
    assert seen(name="Credit memos paid", type=OPEN_INVOICES).doubtful == {"D": "Invoice Balance"}


@pytest.mark.parametrize("word", ["vendor", "invoices", "payments", "proveedores", "applied", "facturas"])
def test_a_type_whose_title_has_such_a_word_reads_its_own_sheet_without_a_question(word: str) -> None:
    type = replace(OPEN_CREDITS, title=f"{word.title()} Deposits", noun=("deposit", "deposits"))
    assert asked(seen(name=type.title, title=f"{type.title}, November", type=type)) == ""
    for other in (word, f"{word} invoices", f"Expired {word} deposits"):
        assert asked(seen(name=other, type=type)) == f"the sheet is called “{other}”"


def test_a_sheet_called_like_a_currency_is_in_it() -> None:
    assert seen(name="Credits €").foreign == {"D": "€"} and not seen(name="Credits $").foreign
    assert seen(name="EUR").foreign == {"D": "EUR"} and not seen(name="USD").foreign


def test_a_line_of_units_below_the_headings_says_the_currency() -> None:
    assert seen(units=" | | | EUR").foreign == {"D": "EUR"}
    assert not seen(units=" | | | USD").doubtful


@pytest.mark.parametrize(
    "end", ["All amounts in COP", "Importes en COP", "Amounts in thousands", "All amounts in kUSD"]
)
def test_a_line_at_the_end_says_it_too(end: str) -> None:
    assert asked(seen(end=end)) == f"row 6 says “{end}”"


@pytest.mark.parametrize(
    "line",
    [
        "Currency: Euro", "Moneda: pesos", "Devise : euro", "Amounts in euros", "Importes en pesos",
        "Currency (EUR)", "in COP", "Values in €", "Open credits £",
    ],
)  # fmt: skip
def test_another_currency_by_its_word_or_sign_is_asked_about_wherever_it_stands(line: str) -> None:
    assert asked(seen(title=line)) == f"row 1 says “{line}”"
    assert asked(seen(end=line)) == f"row 6 says “{line}”"
    assert asked(seen(name=line)) == f"the sheet is called “{line}”"


@pytest.mark.parametrize(
    "line", ["Currency: USD", "Amounts in dollars", "US$ and €", "Euro Florist", "Eurostar"]
)
def test_the_ledgers_currency_and_words_like_another_are_not_asked_about(line: str) -> None:
    assert asked(seen(title=line)) == asked(seen(end=line)) == asked(seen(name=line)) == ""


@pytest.mark.parametrize(
    ("cells", "asks"),
    [
        ("Currency | EUR", True),
        ("Amounts | in | COP", True),
        ("These | amounts | in | COP", False),  # more cells than a line of words has
    ],
)
def test_a_line_of_a_few_cells_says_it_together(cells: str, asks: bool) -> None:
    assert bool(asked(seen(title=cells))) == asks


@pytest.mark.parametrize("end", ["All amounts in USD", "Printed by Rita", "Total | | | 30.00", "EUR"])
def test_other_lines_at_the_end_say_nothing_of_the_amounts(end: str) -> None:
    assert (asked(seen(end=end)) == "") == (end != "EUR")


BESIDE = """
    {left} | Customer Code | Credit # | Credit Date | Credit Balance | {right}
     | FL200 | C1 | 2026-11-01 | 10.00 | {first}
     | FL201 | C2 | 2026-11-02 | 20.00 |
"""


def beside(**cells: str) -> str:
    """Why the amounts of a table with that beside it are a question; blank where they are none."""
    header = seen_of(BESIDE.format(**{"left": "", "right": "", "first": "", **cells}))
    return str(header.evidence["E"]) if header.doubtful == {"E": "Credit Balance"} else ""


def seen_of(text: str) -> Header:
    return header_row.find(sheet(text), OPEN_CREDITS, KNOWN)


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("Currency: EUR", "Currency: EUR"),
        ("Currency | EUR", "Currency EUR"),
        ("Moneda: | COP", "Moneda: COP"),
        ("Amounts in thousands", "Amounts in thousands"),
        ("All amounts in COP", "All amounts in COP"),
        ("Status: Voided", "Status: Voided"),
        ("Printed by Rita | Currency: EUR", "Printed by Rita Currency: EUR"),
    ],
)
def test_what_stands_beside_the_table_says_it_as_a_line_above_does(cell: str, said: str) -> None:
    assert beside(right=cell) == f"row 1 says “{said}”"
    assert beside(right=f" | {cell}") == f"row 1 says “{said}”"
    if "|" not in cell:
        assert beside(left=cell) == f"row 1 says “{said}”"
        assert beside(first=f" | {cell}") == f"row 2 says “{said}”"


@pytest.mark.parametrize(
    "cell",
    [
        "Currency",
        "Currency: USD",
        "Printed by Rita",
        "Status",
        "Status | Void",  # two columns that nobody has filled in
        "Balance EUR",
        "EUR | USD",
        "Exported 2026-11-03",
        "Applied",
    ],
)
def test_blank_columns_and_other_remarks_beside_it_say_nothing_of_the_amounts(cell: str) -> None:
    assert beside(right=cell) == ""


def test_a_currency_alone_beside_the_headings_is_a_remark_and_a_column_with_a_heading_is_none() -> None:
    assert beside(right="EUR") == "row 1 says “EUR”" == beside(left="EUR")
    assert beside(right="Remarks", first="paid in EUR") == ""


def test_of_several_cells_beside_it_only_those_are_quoted_that_say_it() -> None:
    assert beside(right="Balance EUR | Amounts in COP") == "row 1 says “Amounts in COP”"
    assert beside(right="Printed by Rita | Amounts in COP | page 1") == "row 1 says “{}”".format(
        "Printed by Rita Amounts in COP page 1"
    )


def test_a_line_at_the_end_says_it_above_many_others_and_a_name_says_it_too() -> None:
    notes = "\n".join(f"Condition {word}" for word in "abcdefghijklmnopqrst")
    assert asked(seen(end=f"All amounts in COP\n{notes}")) == "row 6 says “All amounts in COP”"
    assert asked(seen(name="Credits (in thousands)")) == "the sheet is called “Credits (in thousands)”"
    assert asked(seen(name="Batch 000")) == ""


LIST = """
    {title}
    Customer Code | Customer Name | {last}
    N1 | Flor Uno | {value}
    N2 | Flor Dos | {value}
"""


def listed(
    title: str, *, name: str = "Sheet1", last: str = "Customer Type", value: str = "Retailer"
) -> Header:
    text = LIST.format(title=title, last=last, value=value)
    return header_row.find(replace(sheet(text), name=name), CUSTOMERS, KNOWN)


@pytest.mark.parametrize(
    "title",
    [
        "Inactive customers",
        "Clientes inactivos",
        "Status: Inactive",
        "Status | Blocked",
        "Gesperrte Kunden",
        "Old customers",
        "Backup",
    ],
)
def test_a_list_of_customers_that_are_not_active_is_a_question(title: str) -> None:
    header = listed(title)
    assert header.doubtful == {"A": "Customer Code"}
    assert str(header.evidence["A"]) == f"row 1 says “{' '.join(title.replace('|', ' ').split())}”"
    named = listed("Customers", name=title.replace(":", "").replace("|", ""))
    assert str(named.evidence["A"]).startswith("the sheet is called")
    assert not listed(title, last="Active", value="no").doubtful, "a column says it of each"


@pytest.mark.parametrize(
    "title",
    ["Customers", "Active customers", "Active / inactive", "All customers, also inactive", "No inactive"],
)
def test_a_list_of_other_customers_is_none(title: str) -> None:
    assert not listed(title).doubtful
