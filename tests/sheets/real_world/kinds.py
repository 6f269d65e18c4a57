"""Sheets with traits that people met in public, one of each kind, and what is right of each.

What is right, all of it optional:

    ready        {row: amount}: exactly these rows are ready to be posted, with these amounts
    not_ready    rows that are not ready before a person was asked
    told         rows that, if they are ready, carry at least a warning, or the sheet a question
    suggest      {"row column": text} that is offered; not_suggest: that is not
    code         {row: codes}: one of these is said of the row; not_code: none of these
    columns      {header: column}: matched, or asked about, but not passed over
    refused      ["*"]: the sheet is no sheet of the type
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple


class Shown(NamedTuple):
    """A value in a number format."""

    value: object
    format: str


class Struck(NamedTuple):
    """A value that is struck through."""

    value: object


class Parts(NamedTuple):
    """One text of which the first part is struck through."""

    struck: str
    left: str


@dataclass(frozen=True)
class Kind:
    """A kind of sheet: its rows from A1 on, and what is right. `other` is a second sheet, `open` the one that
    Excel shows; `before` was imported earlier; `read` is how many rows are rows at all."""

    id: str
    trait: str
    rows: Sequence[Sequence[object]]
    right: Mapping[str, Any]
    type: str = "open-credits"
    places: bool = False
    merged: Sequence[str] = ()
    hidden_rows: Sequence[int] = ()
    hidden_columns: Sequence[str] = ()
    table: str = ""
    title: str = "Sheet1"
    other: tuple[str, Sequence[Sequence[object]]] | None = None
    open: int = 0
    before: Sequence[Sequence[object]] = ()
    read: int | None = None


def day(iso: str) -> datetime:
    """A real date of Excel's, with or without a time."""
    return datetime.fromisoformat(iso)


KINDS = (
    Kind(
        "m01",
        "QuickBooks export: amounts are formulas of one constant whose stored result is 0.0",
        [
            ["Customer Code", "Credit #", "Credit Date", "Credit Balance", "Comments"],
            ["FL200", "A1", day("2026-11-03"), "=62694.66", "x"],
            ["FL201", "A2", day("2026-11-03"), "=((10)+(13))+(16)", "y"],
            ["FL202", "A3", day("2026-11-03"), 12.5],
        ],
        {
            "not_ready": [2, 3],
            "code": {2: ["uncalculated-formula"], 3: ["uncalculated-formula"]},
            "not_code": {2: ["not-positive"]},
        },
    ),
    Kind(
        "m03",
        "computed balances carry binary noise: 1000.10-999.99 is stored as 0.11000000000001364",
        [
            ["Customer Code", "Credit #", "Credit Date", "Credit Balance", "Comments"],
            ["FL200", "A1", day("2026-11-03"), 0.1100000000000136],
            ["FL201", "A2", day("2026-11-03"), 4166.230000000003],
            ["FL202", "A3", day("2026-11-03"), 1479.9],
        ],
        {"suggest": {"2 Credit Balance": "0.11"}, "ready": {2: "0.11", 3: "4166.23", 4: "1479.9"}},
    ),
    Kind(
        "m04",
        "amount computed to many decimals, shown with two: 33.333333333 as 33.33",
        [
            ["Customer Code", "Credit #", "Credit Date", "Credit Balance", "Comments"],
            ["FL200", "A1", day("2026-11-03"), Shown(33.33333333333334, "#,##0.00")],
            ["FL200", "A2", day("2026-11-03"), 10],
        ],
        {"not_ready": [2], "suggest": {"2 Credit Balance": "33.33"}},
    ),
    Kind(
        "m05",
        "amounts with the suffix CR (credit) and DR (debit), with and without a space",
        [
            ["Customer Code", "Credit #", "Credit Date", "Credit Balance", "Comments"],
            ["FL200", "A1", day("2026-11-03"), "125.00 CR"],
            ["FL201", "A2", day("2026-11-03"), "1,234.50CR"],
            ["FL202", "A3", day("2026-11-03"), "80.00 DR"],
            ["FL202", "A4", day("2026-11-03"), "80.00Dr"],
            ["FL202", "A5", day("2026-11-03"), 7],
        ],
        {"not_ready": [4, 5], "suggest": {"2 Credit Balance": "125.00", "3 Credit Balance": "1234.50"}},
    ),
    Kind(
        "m06",
        "all amounts positive, a column D/C says which are debits",
        [
            ["Customer Code", "Credit #", "Credit Date", "Amount", "D/C", "Comments"],
            ["FL200", "A1", day("2026-11-03"), 100, "C"],
            ["FL201", "A2", day("2026-11-03"), 200, "D"],
            ["FL202", "A3", day("2026-11-03"), 300, "C"],
            ["FL210", "A4", day("2026-11-03"), 400, "D"],
        ],
        {"not_ready": [3, 5]},
    ),
    Kind(
        "m08",
        "a column Currency beside the amounts: USD, EUR, COP",
        [
            ["Customer Code", "Credit #", "Credit Date", "Credit Balance", "Currency", "Comments"],
            ["FL200", "A1", day("2026-11-03"), 100, "USD"],
            ["FL201", "A2", day("2026-11-03"), 200, "EUR"],
            ["FL202", "A3", day("2026-11-03"), 950000, "COP"],
        ],
        {"not_ready": [3, 4]},
    ),
    Kind(
        "m10",
        "open items: invoices positive, credit notes negative, a column Type says which",
        [
            ["Customer", "Type", "Date", "Num", "Open Balance"],
            ["FL200", "Invoice", day("2026-11-03"), "1001", 500],
            ["FL200", "Credit Memo", day("2026-11-03"), "CM-7", -45.5],
            ["FL201", "Invoice", day("2026-11-03"), "1002", 750],
            ["FL201", "Credit Memo", day("2026-11-03"), "CM-8", -20],
            ["FL202", "Invoice", day("2026-11-03"), "1003", 300],
        ],
        {"not_ready": [2, 4, 6]},
    ),
    Kind(
        "m12",
        "a pair of columns Debit, Credit",
        [
            ["Customer Code", "Reference", "Date", "Debit", "Credit"],
            ["FL200", "A1", day("2026-11-03"), None, 100],
            ["FL201", "A2", day("2026-11-03"), 200],
        ],
        {"not_ready": [3], "columns": {"Credit": "Credit Balance"}},
    ),
    Kind(
        "m13",
        "Debit Amount, Credit Amount with zeros in the unused one",
        [
            ["Customer Code", "Credit No", "Date", "Debit Amount", "Credit Amount"],
            ["FL200", "A1", day("2026-11-03"), 0, 100],
            ["FL201", "A2", day("2026-11-03"), 200, 0],
        ],
        {"ready": {2: "100"}},
    ),
    Kind(
        "m14",
        "decimal commas as text: 13,75 became 1375",
        [
            ["Customer Code", "Credit #", "Credit Date", "Credit Balance", "Comments"],
            ["FL200", "A1", day("2026-11-03"), "13,75"],
            ["FL200", "A2", day("2026-11-03"), "1 234,50"],
            ["FL200", "A3", day("2026-11-03"), "1'234.50"],
            ["FL200", "A4", day("2026-11-03"), "1\u202f234,50"],
            ["FL200", "A5", day("2026-11-03"), "12’345.67"],
        ],
        {"ready": {2: "13.75", 3: "1234.5", 4: "1234.5", 5: "1234.5", 6: "12345.67"}},
    ),
    Kind(
        "m15",
        "Indian grouping as text: 1,23,456.00 and Rs. prefix",
        [
            ["Customer Code", "Credit #", "Credit Date", "Credit Balance", "Comments"],
            ["FL200", "A1", day("2026-11-03"), "1,23,456.00"],
            ["FL200", "A2", day("2026-11-03"), "Rs. 500.00"],
        ],
        {"not_ready": [3], "suggest": {"2 Credit Balance": "123456.00"}},
    ),
    Kind(
        "m17",
        "Excel's own apostrophe (quotePrefix style), green triangles",
        [
            ["Customer Code", "Credit #", "Credit Date", "Credit Balance", "Comments"],
            ["00042", "A1", day("2026-11-03"), "125.50"],
        ],
        {"ready": {2: "125.5"}},
    ),
    Kind(
        "m18",
        "accounting format of a European Excel with only a space as wide as a euro sign: _-* #,##0.00\\ _€_-",
        [
            ["Customer Code", "Credit #", "Credit Date", "Credit Balance", "Comments"],
            [
                "FL200",
                "A1",
                day("2026-11-03"),
                Shown(125.5, '_-* #,##0.00\\ _€_-;\\-* #,##0.00\\ _€_-;_-* "-"??\\ _€_-;_-@_-'),
            ],
        ],
        {"ready": {2: "125.5"}},
    ),
    Kind(
        "m20",
        "amount format that scales: #,##0,K shows 12K for 12500; 0.0,, shows millions",
        [
            ["Customer Code", "Credit #", "Credit Date", "Credit Balance", "Comments"],
            ["FL200", "A1", day("2026-11-03"), Shown(12500, '#,##0,"K"')],
            ["FL201", "A2", day("2026-11-03"), Shown(250000, "0.0,,")],
        ],
        {"ready": {2: "12500", 3: "250000"}},
    ),
    Kind(
        "m21",
        "negative zero and rounding dust: -0, -0.00 as text, -1E-12",
        [
            ["Customer Code", "Credit #", "Credit Date", "Credit Balance", "Comments"],
            ["FL200", "A1", day("2026-11-03"), 0],
            ["FL200", "A2", day("2026-11-03"), "-0.00"],
            ["FL200", "A3", day("2026-11-03"), -1e-12],
            ["FL200", "A4", day("2026-11-03"), 2],
        ],
        {"not_ready": [2, 3, 4], "not_suggest": {"4 Credit Balance": "0.000000000001"}},
    ),
    Kind(
        "d01",
        "Excel of another country opened a day-first CSV: real dates (already swapped) mixed with "
        "texts 13/10/2026 that can only be day-first",
        [
            ["Customer Code", "Credit #", "Credit Date", "Credit Balance", "Comments"],
            ["FL200", "A1", day("2026-05-10"), 10, "meant 2026-10-05"],
            ["FL200", "A2", day("2026-06-10"), 11, "meant 2026-10-06"],
            ["FL200", "A3", "13/10/2026", 12],
            ["FL200", "A4", day("2026-08-10"), 13, "meant 2026-10-08"],
            ["FL200", "A5", "27/10/2026", 14],
        ],
        {"told": [2, 3, 5], "not_ready": []},
    ),
    Kind(
        "d03",
        "two-digit years as text with month names: 15-mar-26, 3-nov-26, 03-Nov-26",
        [
            ["Customer Code", "Credit #", "Credit Date", "Credit Balance", "Comments"],
            ["FL200", "A1", "15-mar-26", 10],
            ["FL200", "A2", "3-nov-26", 11],
            ["FL200", "A3", "03-Nov-26", 12],
        ],
        {"suggest": {"2 Credit Date": "2026-03-15", "3 Credit Date": "2026-11-03"}},
    ),
    Kind(
        "d05",
        "month names in Spanish and English: 5 de marzo de 2026, 15-sept-2026, Mar 5, 2026, "
        "5-dic.-2026, 1 setiembre 2026",
        [
            ["Customer Code", "Credit #", "Credit Date", "Credit Balance", "Comments"],
            ["FL200", "A1", "5 de marzo de 2026", 1],
            ["FL200", "A2", "15-sept-2026", 2],
            ["FL200", "A3", "Mar 5, 2026", 3],
            ["FL200", "A4", "5-dic.-2025", 4],
            ["FL200", "A5", "1 setiembre 2026", 5],
        ],
        {
            "suggest": {
                "2 Credit Date": "2026-03-05",
                "3 Credit Date": "2026-09-15",
                "4 Credit Date": "2026-03-05",
                "5 Credit Date": "2025-12-05",
                "6 Credit Date": "2026-09-01",
            }
        },
    ),
    Kind(
        "d06",
        "long dates as text: Monday, November 2, 2026; lunes, 2 de noviembre de 2026; Mon 11/16/2026",
        [
            ["Customer Code", "Credit #", "Credit Date", "Credit Balance", "Comments"],
            ["FL200", "A1", "Monday, November 2, 2026", 1],
            ["FL200", "A2", "lunes, 2 de noviembre de 2026", 2],
            ["FL200", "A3", "Mon 11/16/2026", 3],
        ],
        {
            "suggest": {
                "2 Credit Date": "2026-11-02",
                "3 Credit Date": "2026-11-02",
                "4 Credit Date": "2026-11-16",
            }
        },
    ),
    Kind(
        "d08",
        "SAP's 20261103: as text, and as a number",
        [
            ["Customer Code", "Credit #", "Credit Date", "Credit Balance", "Comments"],
            ["FL200", "A1", "20261103", 1],
            ["FL200", "A2", 20261103, 2],
        ],
        {"suggest": {"2 Credit Date": "2026-11-03", "3 Credit Date": "2026-11-03"}},
    ),
    Kind(
        "d09",
        "real dates in odd formats: with the weekday, redefined as MM/dd/yyyy, of an era, in Chinese",
        [
            ["Customer Code", "Credit #", "Credit Date", "Credit Balance", "Comments"],
            ["FL200", "A1", Shown(day("2026-11-03"), "[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy"), 1],
            ["FL200", "A2", Shown(day("2026-11-03"), "MM/dd/yyyy"), 2],
            ["FL200", "A3", Shown(day("2026-11-03"), "[$-411]ge.m.d;@"), 3],
            ["FL200", "A4", Shown(day("2026-11-03"), 'yyyy"年"m"月"d"日"'), 4],
        ],
        {"ready": {2: "1", 3: "2", 4: "3", 5: "4"}},
    ),
    Kind(
        "c01",
        "codes as text with a trailing .0 from a data frame: 40.0, 42.0 where customers 40, 400 "
        "and 00042 exist",
        [
            ["Customer Code", "Credit #", "Credit Date", "Credit Balance", "Comments"],
            ["40.0", "A1", day("2026-11-03"), 10],
            ["42.0", "A2", day("2026-11-03"), 11],
        ],
        {
            "not_ready": [2, 3],
            "suggest": {"2 Customer Code": "40", "3 Customer Code": "00042"},
            "not_suggest": {"2 Customer Code": "400"},
        },
    ),
    Kind(
        "c02",
        "the same credit again under a number that Excel or a data frame changed: 0001001 then "
        "1001; 1001 then 1001.0; CR-1001 then CR 1001",
        [
            ["Customer Code", "Credit #", "Credit Date", "Credit Balance", "Comments"],
            ["FL200", "0001001", day("2026-11-03"), 10],
            ["FL200", 1001, day("2026-11-03"), 10],
            ["FL201", "2001", day("2026-11-03"), 20],
            ["FL201", "2001.0", day("2026-11-03"), 20],
            ["FL202", "CR-3001", day("2026-11-03"), 30],
            ["FL202", "CR 3001", day("2026-11-03"), 30],
        ],
        {"told": [3, 5, 7]},
    ),
    Kind(
        "c03",
        "customer by name instead of code, and code with name: Rosas del Valle Wholesale; FL200 - "
        "Rosas del Valle Wholesale; Petal & Stem; PETAL AND STEM FLORIST",
        [
            ["Customer Code", "Credit #", "Credit Date", "Credit Balance", "Comments"],
            ["Rosas del Valle Wholesale", "A1", day("2026-11-03"), 1],
            ["FL200 - Rosas del Valle Wholesale", "A2", day("2026-11-03"), 2],
            ["Petal & Stem", "A3", day("2026-11-03"), 3],
            ["PETAL AND STEM FLORIST", "A4", day("2026-11-03"), 4],
        ],
        {
            "suggest": {
                "2 Customer Code": "FL200",
                "3 Customer Code": "FL200",
                "4 Customer Code": "FL201",
                "5 Customer Code": "FL201",
            },
            "not_suggest": {"3 Customer Code": "FL203"},
        },
    ),
    Kind(
        "c05",
        "codes that differ by O and 0: FLO (letter), FL2OO, FLZ00",
        [
            ["Customer Code", "Credit #", "Credit Date", "Credit Balance", "Comments"],
            ["FLO", "A1", day("2026-11-03"), 1],
            ["FL2OO", "A2", day("2026-11-03"), 2],
            ["FLZ00", "A3", day("2026-11-03"), 3],
        ],
        {"suggest": {"2 Customer Code": "FL0", "3 Customer Code": "FL200", "4 Customer Code": "FL200"}},
    ),
    Kind(
        "c06",
        "customers: an edited export comes back with 42 for 00042 and 815 for 0815: an upsert "
        "makes second customers",
        [
            ["Customer Code", "Customer Name"],
            [42, "Bloom & Co"],
            [815, "Snowdrop"],
            ["FL200", "Rosas del Valle Wholesale"],
        ],
        {"told": [2, 3]},
        type="customers",
    ),
    Kind(
        "c08",
        "customers: columns present but blank for customers that have values (salesperson, type, "
        "accounting code, locations)",
        [
            ["Customer Code", "Customer Name", "Accounting Code", "Customer Type", "Salesperson", "Active"],
            ["FL210", "Åkerblom Events"],
        ],
        {"told": [2]},
        type="customers",
    ),
    Kind(
        "c09",
        "customers: QuickBooks export with Customer (a name), Company, no code",
        [
            ["Customer", "Company", "Phone", "Open balance"],
            ["Snowdrop Ltd", "Snowdrop Ltd", "305-555-0100", 12.5],
            ["Verde Vivo SA", "Verde Vivo SA", "305-555-0101", 0],
        ],
        {"told": [2, 3]},
        type="customers",
    ),
    Kind(
        "c10",
        "customers: flags in Spanish and from software: Sí, Activo, Inactivo, VERDADERO, x, 1.0, "
        "TRUE (boolean), A",
        [
            ["Customer Code", "Customer Name", "Active"],
            ["N1", "Name 1", "Sí"],
            ["N2", "Name 2", "Activo"],
            ["N3", "Name 3", "Inactivo"],
            ["N4", "Name 4", "VERDADERO"],
            ["N5", "Name 5", "x"],
            ["N6", "Name 6", 1],
            ["N7", "Name 7", True],
            ["N8", "Name 8", "A"],
        ],
        {"not_ready": [6, 9], "ready": {2: None, 3: None, 4: None, 5: None, 7: None, 8: None}},
        type="customers",
    ),
    Kind(
        "c15",
        "customers: sorted in Excel without the codes, so that each name stands beside another code",
        [
            ["Customer Code", "Customer Name"],
            ["FL200", "Petal & Stem Florist"],
            ["FL201", "Blumen Müller"],
            ["FL202", "Blumen Mueller"],
        ],
        {"not_ready": [2, 3], "code": {2: ["name-of-another"]}, "not_code": {4: ["name-of-another"]}},
        type="customers",
    ),
    Kind(
        "c16",
        "customers: words of programs for nothing: N/A, NULL, nan, 0, TBD as a code",
        [
            ["Customer Code", "Customer Name", "Salesperson", "Accounting Code"],
            ["FL200", "Rosas del Valle Wholesale", "N/A", None],
            ["FL201", "Petal & Stem Florist", None, "NULL"],
            ["FL202", "nan", "Ann Lee", None],
            ["FL203", "Rosas del Valle Florist", 0, None],
            ["TBD", "Fresh Stems", "Ann Lee", None],
            ["FL210", "Åkerblom Events", "Ann Lee", None],
        ],
        {"ready": {7: None}, "not_ready": [2, 3, 4, 5, 6]},
        type="customers",
    ),
    Kind(
        "c17",
        "customers: names in UTF-8 that were read as Windows-1252: MÃ¼ller, Ã…kerblom",
        [
            ["Customer Code", "Customer Name"],
            ["FL202", "Blumen MÃ¼ller"],
            ["FL210", "Ã…kerblom Events"],
            ["NEW1", "Jardín Ñandú"],
        ],
        {
            "ready": {4: None},
            "suggest": {"2 Customer Name": "Blumen Müller", "3 Customer Name": "Åkerblom Events"},
        },
        type="customers",
    ),
    Kind(
        "c19",
        "customers: a column that says the opposite of ours: Blocked, with yes and no",
        [
            ["Customer Code", "Customer Name", "Blocked"],
            ["FL200", "Rosas del Valle Wholesale", "No"],
            ["FL201", "Petal & Stem Florist", "Yes"],
        ],
        {"not_ready": [2, 3], "columns": {"Blocked": "Active"}},
        type="customers",
    ),
    Kind(
        "c18",
        "credit numbers that Excel spoiled: 3-11 made a date, 1.6E+09, more than 15 digits; and N/A for none",
        [
            ["Customer Code", "Credit #", "Credit Date", "Credit Balance"],
            ["FL200", Shown(day("2026-11-03"), "d-mmm"), day("2026-11-03"), 10],
            ["FL201", "1.6E+09", day("2026-11-03"), 20],
            ["FL202", 12345678901234567, day("2026-11-03"), 30],
            ["FL203", "N/A", day("2026-11-03"), 40],
            ["FL210", Shown(1600000001, "0.00E+00"), day("2026-11-03"), 50],
        ],
        {"ready": {6: "50"}, "not_ready": [2, 3, 4, 5]},
    ),
    Kind(
        "h01",
        "header over two rows: Customer | Credit (merged) above Code | # | Date | Balance",
        [
            ["Customer", None, "Credit"],
            ["Code", "Name", "#", "Date", "Balance"],
            ["FL200", "Rosas", "A1", day("2026-11-03"), 10],
        ],
        {"readable": True},
        merged=["A1:B1", "C1:E1"],
    ),
    Kind(
        "h03",
        "two columns called Amount: the first is the invoice's, the second the credit's",
        [
            ["Customer Code", "Date", "Invoice #", "Amount", "Credit #", "Date", "Amount"],
            ["FL200", day("2026-11-03"), "1001", 500, "A1", day("2026-11-03"), 45],
            ["FL201", day("2026-11-03"), "1002", 600, "A2", day("2026-11-03"), 55],
        ],
        {"told": [2, 3]},
    ),
    Kind(
        "h05",
        "headers of other systems' credit templates: CUSTOMER_ID, REFERENCE, TxnDate, REMARKS, AMOUNT",
        [
            ["CUSTOMER_ID", "REFERENCE", "TxnDate", "REMARKS", "AMOUNT"],
            ["FL200", "A1", day("2026-11-03"), "late boxes", 10],
        ],
        {"columns": {"TxnDate": "Credit Date"}},
    ),
    Kind(
        "h06",
        "Xero's words: Credit Note Number, Credit Note Date, Credit Note Amount beside Customer Code",
        [
            ["Customer Code", "Credit Note Number", "Credit Note Date", "Credit Note Amount"],
            ["FL200", "A1", day("2026-11-03"), 10],
        ],
        {
            "columns": {
                "Credit Note Number": "Credit #",
                "Credit Note Date": "Credit Date",
                "Credit Note Amount": "Credit Balance",
            }
        },
    ),
    Kind(
        "h07",
        "the number's column is called Credit Note #, the rest as ours: number ignored without a word",
        [["Customer Code", "Credit Note #", "Date", "Amount"], ["FL200", "A1", day("2026-11-03"), 10]],
        {"told": [2], "columns": {"Credit Note #": "Credit #"}},
    ),
    Kind(
        "h09",
        "Spanish headers with accents and ordinals: Código cliente, Nº Crédito, Fecha crédito, "
        "Saldo, Sede, Observaciones",
        [
            ["Código cliente", "Nº Crédito", "Fecha crédito", "Saldo", "Sede", "Observaciones"],
            ["FL200", "A1", day("2026-11-03"), 10],
        ],
        {
            "columns": {
                "Código cliente": "Customer Code",
                "Nº Crédito": "Credit #",
                "Fecha crédito": "Credit Date",
                "Saldo": "Credit Balance",
                "Observaciones": "Comments",
            }
        },
    ),
    Kind(
        "h12",
        "a hidden old column Credit Balance beside the visible Amount",
        [
            ["Customer Code", "Credit #", "Credit Date", "Credit Balance", "Amount"],
            ["FL200", "A1", day("2026-11-03"), 999, 45],
        ],
        {"told": [2]},
        hidden_columns=["D"],
    ),
    Kind(
        "h13",
        "SSRS: header merged over two columns, values in the second of them; empty columns between",
        [
            ["Open credits report"],
            [],
            ["Customer Code", None, None, "Credit #", None, "Credit Date", None, "Credit Balance"],
            [None, "FL200", None, None, "A1", None, day("2026-11-03"), None, 10],
        ],
        {"ready": {4: "10"}},
        merged=["A3:B3", "D3:E3", "F3:G3", "H3:I3"],
    ),
    Kind(
        "h14",
        "SSRS: header and values merged alike, empty columns between, page header repeated after 3 rows",
        [
            ["Page 1 of 2"],
            ["Customer Code", None, "Credit #", "Credit Date", None, "Credit Balance"],
            ["FL200", None, "A1", day("2026-11-03"), None, 1],
            ["FL200", None, "A2", day("2026-11-03"), None, 2],
            ["FL200", None, "A3", day("2026-11-03"), None, 3],
            ["Customer Code", None, "Credit #", "Credit Date", None, "Credit Balance"],
            ["FL200", None, "A4", day("2026-11-03"), None, 4],
            ["FL200", None, "A5", day("2026-11-03"), None, 5],
        ],
        {"ready": {3: "1", 4: "2", 5: "3", 7: "4", 8: "5"}, "not_code": {6: ["unknown-customer"]}},
    ),
    Kind(
        "l01",
        "grouped report: the customer only on the first row of its group",
        [
            ["Customer Code", "Credit #", "Credit Date", "Credit Balance", "Comments"],
            ["FL200", "A1", day("2026-11-03"), 10],
            [None, "A2", day("2026-11-03"), 11],
            ["FL201", "A3", day("2026-11-03"), 12],
            [None, "A4", day("2026-11-03"), 13],
        ],
        {"not_ready": [3, 5], "suggest": {"3 Customer Code": "FL200", "5 Customer Code": "FL201"}},
    ),
    Kind(
        "l02",
        "subtotals per customer: «FL200 Total», «Total for Rosas del Valle», «Total FL201», and Grand Total",
        [
            ["Customer Code", "Credit #", "Credit Date", "Credit Balance", "Comments"],
            ["FL200", "A1", day("2026-11-03"), 10],
            ["FL200", "A2", day("2026-11-03"), 11],
            ["FL200 Total", None, None, 21],
            ["FL201", "A3", day("2026-11-03"), 12],
            ["Total for Petal & Stem", None, None, 12],
            ["FL202", "A4", day("2026-11-03"), 5],
            ["Total FL202", None, None, 5],
            ["Grand Total", None, None, 38],
        ],
        {
            "ready": {2: "10", 3: "11", 5: "12", 7: "5"},
            "code": {4: ["total-line"], 6: ["total-line"], 8: ["total-line"], 9: ["total-line"]},
            "not_suggest": {"4 Customer Code": "FL200"},
        },
    ),
    Kind(
        "l04",
        "a second table below with its own header: Open invoices, same order of columns (Invoice "
        "#, Invoice Date, Invoice Balance)",
        [
            ["Customer Code", "Credit #", "Credit Date", "Credit Balance", "Comments"],
            ["FL200", "A1", day("2026-11-03"), 10],
            ["FL201", "A2", day("2026-11-03"), 20],
            [],
            ["Open invoices"],
            ["Customer Code", "Invoice #", "Invoice Date", "Invoice Balance", "Comments"],
            ["FL200", "INV-1", day("2026-11-03"), 700],
            ["FL201", "INV-2", day("2026-11-03"), 800],
        ],
        {"not_ready": [7, 8]},
    ),
    Kind(
        "l06",
        "two tables side by side: credits left, the same columns for another branch right",
        [
            [
                "Customer Code",
                "Credit #",
                "Credit Date",
                "Credit Balance",
                None,
                "Customer Code",
                "Credit #",
                "Credit Date",
                "Credit Balance",
            ],
            ["FL200", "A1", day("2026-11-03"), 10, None, "FL201", "B1", day("2026-11-03"), 44],
            ["FL202", "A2", day("2026-11-03"), 20, None, "FL210", "B2", day("2026-11-03"), 55],
        ],
        {"told": [2, 3]},
    ),
    Kind(
        "l07",
        "a table (ListObject) with its total row on: its label in a German Excel is «Ergebnis»; "
        "sum and count",
        [
            ["Customer Code", "Credit #", "Credit Date", "Credit Balance", "Comments"],
            ["FL200", "A1", day("2026-11-03"), 10],
            ["FL201", "A2", day("2026-11-03"), 20],
            ["Ergebnis", None, None, 30, 2],
        ],
        {"ready": {2: "10", 3: "20"}, "code": {4: ["total-line"]}},
        table="A1:E4",
    ),
    Kind(
        "l08",
        "report lines below: blank, «Accrual Basis Friday, November 27, 2026 02:05 PM GMT-05:00», "
        "«Page 1 of 1», «Prepared by R. Álvarez»",
        [
            ["Customer Code", "Credit #", "Credit Date", "Credit Balance", "Comments"],
            ["FL200", "A1", day("2026-11-03"), 10],
            ["FL201", "A2", day("2026-11-03"), 20],
            [],
            ["Accrual Basis Friday, November 27, 2026 02:05 PM GMT-05:00"],
            ["Page 1 of 1"],
        ],
        {
            "ready": {2: "10", 3: "20"},
            "not_code": {5: ["unknown-customer", "too-long"], 6: ["unknown-customer"]},
        },
    ),
    Kind(
        "l09",
        "two sheets that fit: October (first) and November (the open tab, activeTab=1)",
        [
            ["Customer Code", "Credit #", "Credit Date", "Credit Balance", "Comments"],
            ["FL200", "A1", day("2026-10-05"), 10],
        ],
        {"ready": {}, "elsewhere": {"October": [2]}},
        title="October",
        other=(
            "November",
            [
                ["Customer Code", "Credit #", "Credit Date", "Credit Balance", "Comments"],
                ["FL201", "B1", day("2026-11-03"), 99],
                ["FL202", "B2", day("2026-11-03"), 98],
            ],
        ),
        open=1,
    ),
    Kind(
        "l10",
        "a row struck through (cancelled by the clerk)",
        [
            ["Customer Code", "Credit #", "Credit Date", "Credit Balance", "Comments"],
            ["FL200", "A1", day("2026-11-03"), 10],
            [Struck("FL201"), Struck("A2"), day("2026-11-03"), Struck(20)],
        ],
        {"told": [3]},
    ),
    Kind(
        "l12",
        'rows with ht="0" but no customHeight, as abap2xlsx writes: Excel shows them',
        [
            ["Customer Code", "Credit #", "Credit Date", "Credit Balance", "Comments"],
            ["FL200", "A1", day("2026-11-03"), 10],
        ],
        {"not_code": {2: ["hidden-row"]}, "ready": {2: "10"}},
    ),
    Kind(
        "l13",
        "a pivot table's sheet: Row Labels, Sum of Credit Balance",
        [["Row Labels", "Sum of Credit Balance"], ["FL200", 30], ["FL201", 12], ["Grand Total", 42]],
        {"refused": ["*"], "not_ready": []},
    ),
    Kind(
        "l14",
        "a filter that hides rows, cell notes, validation lists, protected sheet, empty columns "
        "in the middle",
        [
            ["Customer Code", None, "Credit #", "Credit Date", None, None, "Credit Balance"],
            ["FL200", None, "A1", day("2026-11-03"), None, None, 10],
            ["FL201", None, "A2", day("2026-11-03"), None, None, 20],
        ],
        {"told": [3], "ready": {2: "10", 3: "20"}},
        hidden_rows=[3],
    ),
    Kind(
        "m22",
        "the header carries the sign of another currency: Balance €",
        [["Customer Code", "Credit #", "Credit Date", "Balance €"], ["FL200", "A1", day("2026-11-03"), 100]],
        {"not_ready": [2]},
    ),
    Kind(
        "m24",
        "a column Status: Open, Void, Applied",
        [
            ["Customer Code", "Credit #", "Credit Date", "Credit Balance", "Status"],
            ["FL200", "A1", day("2026-11-03"), 10, "Open"],
            ["FL201", "A2", day("2026-11-03"), 20, "Void"],
            ["FL202", "A3", day("2026-11-03"), 30, "Applied"],
        ],
        {"not_ready": [3, 4]},
    ),
    Kind(
        "m36",
        "what settled a row beside it: a clearing document, a day on which it was voided",
        [
            ["Kundennummer", "Gutschriftnr.", "Gutschriftdatum", "Betrag", "Ausgleichsbeleg", "Voided on"],
            ["FL200", "A1", day("2026-11-03"), 10],
            ["FL201", "A2", day("2026-11-03"), 20, 1400000123],
            ["FL202", "A3", day("2026-11-03"), 30, None, day("2026-11-09")],
        ],
        {"not_ready": [3, 4]},
    ),
    Kind(
        "m37",
        "marks of the two sides below a heading that says nothing: Kz with S and H",
        [
            ["Customer Code", "Credit #", "Credit Date", "Amount", "Kz"],
            ["FL200", "A1", day("2026-11-03"), 10, "H"],
            ["FL201", "A2", day("2026-11-03"), 20, "S"],
        ],
        {"not_ready": [3]},
    ),
    Kind(
        "m38",
        "short names of papers below any heading, and a system's own letters below Typ",
        [
            ["Customer Code", "Credit #", "Credit Date", "Amount", "Journal", "Typ"],
            ["FL200", "A1", day("2026-11-03"), 10, "ARCM", "G"],
            ["FL201", "A2", day("2026-11-03"), 20, "ARINV", "R"],
        ],
        {"not_ready": [2, 3]},
    ),
    Kind(
        "m39",
        "VOID written into the comment or beside the number",
        [
            ["Customer Code", "Credit #", "Credit Date", "Credit Balance", "Comments"],
            ["FL200", "A1", day("2026-11-03"), 10, "Cancelled order"],
            ["FL201", "A2", day("2026-11-03"), 20, "VOID: late truck"],
            ["FL202", "A3 (anulado)", day("2026-11-03"), 30, "Anúlese a mano"],
        ],
        {"ready": {2: "10"}, "not_ready": [3, 4]},
    ),
    Kind(
        "m40",
        "tax beside the amount, written like two words: MwSt",
        [
            ["Kundennummer", "Gutschriftnr.", "Gutschriftdatum", "Betrag", "MwSt"],
            ["FL200", "A1", day("2026-11-03"), 100, 19],
        ],
        {"not_ready": [2]},
    ),
    Kind(
        "m25",
        "Amount (original) beside Remaining Amount",
        [
            ["Customer No.", "Credit No.", "Date", "Amount", "Remaining Amount"],
            ["FL200", "A1", day("2026-11-03"), 500, 45],
        ],
        {"not_ready": [2]},
    ),
    Kind(
        "m27",
        "an amount formatted as percent: 15% (0.15), 12.50% whose sign is text; one with an apostrophe",
        [
            ["Customer Code", "Credit #", "Credit Date", "Credit Balance", "Comments"],
            ["FL200", "A1", day("2026-11-03"), Shown(0.15, "0%")],
            ["FL201", "A2", day("2026-11-03"), 5],
            ["FL202", "A3", day("2026-11-03"), Shown(12.5, '0.00"%"')],
            ["FL202", "A4", day("2026-11-03"), "'125.00"],
        ],
        {"not_ready": [2, 4], "suggest": {"5 Credit Balance": "125"}},
    ),
    Kind(
        "m28",
        "an amount that Excel formatted as a date by accident: 125.5 shown as 4-May-00",
        [
            ["Customer Code", "Credit #", "Credit Date", "Credit Balance", "Comments"],
            ["FL200", "A1", day("2026-11-03"), Shown(day("1900-05-04T12:00"), "d-mmm-yy")],
            ["FL201", "A2", day("2026-11-03"), 5],
        ],
        {"not_ready": [2], "suggest": {"2 Credit Balance": "125.50"}},
    ),
    Kind(
        "m29",
        "texts 791.666,00 and 791,666.00 in one column",
        [
            ["Customer Code", "Credit #", "Credit Date", "Credit Balance", "Comments"],
            ["FL200", "A1", day("2026-11-03"), "791.666,00"],
            ["FL201", "A2", day("2026-11-03"), "791,666.00"],
        ],
        {"ready": {2: "791666", 3: "791666"}},
    ),
    Kind(
        "c12",
        'credit numbers as numbers with the format "CR-"0000, and the same as text CR-1001',
        [
            ["Customer Code", "Credit #", "Credit Date", "Credit Balance", "Comments"],
            ["FL200", Shown(1001, '"CR-"0000'), day("2026-11-03"), 10],
            ["FL200", "CR-1001", day("2026-11-03"), 10],
        ],
        {"told": [3]},
    ),
    Kind(
        "l17",
        "one credit on several lines: the same Credit # with 100.00 and 50.00",
        [
            ["Customer Code", "Credit #", "Credit Date", "Credit Balance", "Comments"],
            ["FL200", "A1", day("2026-11-03"), 100, "item 1"],
            ["FL200", "A1", day("2026-11-03"), 50, "item 2"],
            ["FL201", "A2", day("2026-11-03"), 7],
        ],
        {"told": [2]},
    ),
    Kind(
        "l18",
        "thirty labels of total lines in the code's column, no date, with an amount",
        [
            ["Customer Code", "Credit #", "Credit Date", "Credit Balance", "Comments"],
            ["FL200", "A1", day("2026-11-03"), 10],
            ["Total", None, None, 10],
            ["TOTAL:", None, None, 10],
            ["Grand Total", None, None, 10],
            ["Total general", None, None, 10],
            ["Suma total", None, None, 10],
            ["Subtotal", None, None, 10],
            ["Sub-total", None, None, 10],
            ["Sub Total", None, None, 10],
            ["Subtotal FL200", None, None, 10],
            ["Total Cliente", None, None, 10],
            ["Total FL200", None, None, 10],
            ["FL200 Total", None, None, 10],
            ["Total for FL200", None, None, 10],
            ["Total due", None, None, 10],
            ["Total USD", None, None, 10],
            ["Totals", None, None, 10],
            ["Sum", None, None, 10],
            ["Total credits", None, None, 10],
            ["Totales", None, None, 10],
            ["Total:  37 credits", None, None, 10],
            ["Ergebnis", None, None, 10],
            ["Total général", None, None, 10],
            ["Sous-total", None, None, 10],
            ["Totaal", None, None, 10],
            ["Totale", None, None, 10],
            ["Net total", None, None, 10],
            ["Balance total", None, None, 10],
            ["Report Total", None, None, 10],
            ["Total Open Balance", None, None, 10],
            ["Total Rosas del Valle Wholesale", None, None, 10],
        ],
        {
            "code": {
                3: ["total-line"],
                4: ["total-line"],
                5: ["total-line"],
                6: ["total-line"],
                7: ["total-line"],
                8: ["total-line"],
                9: ["total-line"],
                10: ["total-line"],
                11: ["total-line"],
                12: ["total-line"],
                13: ["total-line"],
                14: ["total-line"],
                15: ["total-line"],
                16: ["total-line"],
                17: ["total-line"],
                18: ["total-line"],
                19: ["total-line"],
                20: ["total-line"],
                21: ["total-line"],
                22: ["total-line"],
                23: ["total-line"],
                24: ["total-line"],
                25: ["total-line"],
                26: ["total-line"],
                27: ["total-line"],
                28: ["total-line"],
                29: ["total-line"],
                30: ["total-line"],
                31: ["total-line"],
                32: ["total-line"],
            }
        },
    ),
    Kind(
        "l19",
        "the clerk's sheet (first, open) has fewer columns than an old sheet «Archive 2025» with all of ours",
        [["Customer", "Date", "Amount"], ["FL200", day("2026-11-03"), 10]],
        {"ready": {}, "not_ready": [2], "elsewhere": {"Archive 2025": [2, 3]}},
        title="November",
        other=(
            "Archive 2025",
            [
                ["Customer Code", "Credit #", "Credit Date", "Credit Balance", "Comments"],
                ["FL201", "OLD1", day("2025-11-03"), 998],
                ["FL201", "OLD2", day("2025-11-04"), 999],
            ],
        ),
        open=0,
    ),
    Kind(
        "l20",
        "rows prepared in advance: a checkbox column FALSE and a formula column 0 down to row "
        "200, two rows filled in",
        [
            ["Customer Code", "Credit #", "Credit Date", "Credit Balance", "Comments", "Checked", "Fee"],
            ["FL200", "A2", day("2026-11-03"), 10, None, False, 0],
            ["FL200", "A3", day("2026-11-03"), 20, None, False, 0],
            *[[None, None, None, None, None, False, 0]] * 197,
        ],
        {"ready": {2: "10", 3: "20"}},
        read=2,
    ),
    Kind(
        "l21",
        "customer cell merged over the three rows of its credits",
        [
            ["Customer Code", "Credit #", "Credit Date", "Credit Balance", "Comments"],
            ["FL200", "A1", day("2026-11-03"), 10],
            [None, "A2", day("2026-11-03"), 11],
            [None, "A3", day("2026-11-03"), 12],
            ["FL201", "A4", day("2026-11-03"), 13],
        ],
        {"suggest": {"3 Customer Code": "FL200", "4 Customer Code": "FL200"}},
        merged=["A2:A4"],
    ),
    Kind(
        "d11",
        "dates with midnight, and with a time 14:05 (web shop export)",
        [
            ["Customer Code", "Credit #", "Credit Date", "Credit Balance", "Comments"],
            ["FL200", "A1", day("2026-11-03"), 1],
            ["FL200", "A2", day("2026-11-03T14:05"), 2],
        ],
        {"ready": {2: "1"}, "suggest": {"3 Credit Date": "2026-11-03"}},
    ),
    Kind(
        "d12",
        "ISO times with zone: 2026-11-03T14:05:00-05:00, 2026-11-03 00:00:00 UTC",
        [
            ["Customer Code", "Credit #", "Credit Date", "Credit Balance", "Comments"],
            ["FL200", "A1", "2026-11-03T14:05:00-05:00", 1],
            ["FL200", "A2", "2026-11-03 00:00:00 UTC", 2],
        ],
        {"suggest": {"2 Credit Date": "2026-11-03", "3 Credit Date": "2026-11-03"}},
    ),
    Kind(
        "l24",
        "sum rows that carry code and date of the customer: Total in Credit #, Subtotal in "
        "Comments, «Total FL202» in Credit #",
        [
            ["Customer Code", "Credit #", "Credit Date", "Credit Balance", "Comments"],
            ["FL200", "A1", day("2026-11-03"), 10],
            ["FL200", "A2", day("2026-11-03"), 11],
            ["FL200", "Total", day("2026-11-03"), 21],
            ["FL201", "A3", day("2026-11-03"), 12],
            ["FL201", None, day("2026-11-03"), 12, "Subtotal"],
            ["FL202", "A4", day("2026-11-03"), 5],
            ["FL202", "Total FL202", day("2026-11-03"), 5],
        ],
        {"not_ready": [4, 6, 8]},
    ),
    Kind(
        "l25",
        "sums without a label that carry code and date, and a bare sum of all right below",
        [
            ["Customer Code", "Credit #", "Credit Date", "Credit Balance"],
            ["FL200", "A1", day("2026-11-03"), 100],
            ["FL200", "A2", day("2026-11-04"), 50],
            ["FL200", None, day("2026-11-04"), 150],
            ["FL201", "A3", day("2026-11-05"), 30],
            ["FL201", "A4", day("2026-11-05"), 45],
            ["FL201", None, day("2026-11-05"), 75],
            [None, None, None, 225],
        ],
        {"ready": {2: "100", 3: "50", 5: "30", 6: "45"}, "not_ready": [4, 7]},
    ),
    Kind(
        "l26",
        "the sum of each customer above its rows, with code and date",
        [
            ["Customer Code", "Credit #", "Credit Date", "Credit Balance"],
            ["FL200", None, day("2026-11-05"), 150],
            ["FL200", "A1", day("2026-11-03"), 100],
            ["FL200", "A2", day("2026-11-04"), 50],
            ["FL201", None, day("2026-11-05"), 75],
            ["FL201", "A3", day("2026-11-05"), 30],
            ["FL201", "A4", day("2026-11-05"), 45],
        ],
        {"ready": {3: "100", 4: "50", 6: "30", 7: "45"}, "not_ready": [2, 5]},
    ),
    Kind(
        "l27",
        "sums with code and date under labels of few letters: Tot., T O T A L, Saldo al 27/11/2026",
        [
            ["Customer Code", "Credit #", "Credit Date", "Credit Balance"],
            ["FL200", "A1", day("2026-11-03"), 100],
            ["FL200", "A2", day("2026-11-04"), 7],
            ["FL200", "Tot.", day("2026-11-04"), 107],
            ["FL201", "A3", day("2026-11-05"), 5],
            ["FL201", "A4", day("2026-11-05"), 6],
            ["FL201", "T O T A L", day("2026-11-05"), 11],
            ["FL202", "A5", day("2026-11-05"), 8],
            ["FL202", "A6", day("2026-11-05"), 9],
            ["FL202", "Saldo al 27/11/2026", day("2026-11-05"), 17],
        ],
        {"not_ready": [4, 7, 10]},
    ),
    Kind(
        "m41",
        "currencies by number: those of ISO 4217 (840 is the dollar) beside a system's own (2)",
        [
            ["Kundennummer", "Gutschriftnr.", "Gutschriftdatum", "Betrag", "Währungsnr."],
            ["FL200", "A1", day("2026-11-03"), 10, 840],
            ["FL201", "A2", day("2026-11-03"), 950000, 170],
            ["FL202", "A3", day("2026-11-03"), 30, 2],
        ],
        {"ready": {2: "10"}, "not_ready": [3, 4]},
    ),
    Kind(
        "m42",
        "a heading that counts in thousands",
        [
            ["Customer Code", "Credit #", "Credit Date", "Credit Balance (USD '000)"],
            ["FL200", "A1", day("2026-11-03"), 12.5],
        ],
        {"not_ready": [2], "columns": {"Credit Balance (USD '000)": "Credit Balance"}},
    ),
    Kind(
        "m45",
        "what goes off an amount beside it: discount, withholding, a fee; noughts there go off nothing",
        [
            ["Cliente", "Crédito #", "Fecha", "Importe", "Retención", "Descuento"],
            ["FL200", "A1", day("2026-11-03"), 100, 10, 0],
            ["FL201", "A2", day("2026-11-03"), 50, 0, 0],
            ["FL202", "A3", day("2026-11-03"), 60, None, 6],
        ],
        {"ready": {3: "50"}, "not_ready": [2, 4]},
    ),
    Kind(
        "m46",
        "a box Approved that is not ticked, and notes that say not to post",
        [
            ["Customer Code", "Credit #", "Credit Date", "Credit Balance", "Comments", "Approved"],
            ["FL200", "A1", day("2026-11-03"), 10, "late truck", "Yes"],
            ["FL201", "A2", day("2026-11-03"), 20, "late truck", "No"],
            ["FL202", "A3", day("2026-11-03"), 30, "Do not post", "Yes"],
            ["FL203", "A4", day("2026-11-03"), 40, "already applied to INV-7", "Yes"],
        ],
        {"ready": {2: "10"}, "not_ready": [3, 4, 5]},
    ),
    Kind(
        "c20",
        "two columns of customers: who was sold to, and who is billed",
        [
            ["Customer Code", "Bill-to Customer", "Credit #", "Credit Date", "Credit Balance"],
            ["FL200", "FL201", "A1", day("2026-11-03"), 10],
            ["FL202", "FL202", "A2", day("2026-11-03"), 20],
        ],
        {"not_ready": [2, 3], "columns": {"Bill-to Customer": "Customer Code"}},
    ),
    Kind(
        "m43",
        "formats that write K or thousand behind amounts which they do not divide, and one that divides",
        [
            ["Customer Code", "Credit #", "Credit Date", "Credit Balance"],
            ["FL200", "A1", day("2026-11-03"), Shown(12.5, '0.0" thousand"')],
            ["FL201", "A2", day("2026-11-03"), Shown(250, '0"K"')],
            ["FL202", "A3", day("2026-11-03"), Shown(12500, '#,##0,"K"')],
        ],
        {"ready": {4: "12500"}, "not_ready": [2, 3]},
    ),
    Kind(
        "h19",
        "the headings of an exported table: places of a form before them, and Amount2 for a second Amount",
        [
            ["1. Customer Code", "2. Credit #", "3. Credit Date", "4. Amount", "Amount2"],
            ["FL200", "A1", day("2026-11-03"), 500, 45],
            ["FL201", "A2", day("2026-11-03"), 70, 70],
        ],
        {"not_ready": [2, 3], "columns": {"2. Credit #": "Credit #"}},
    ),
    Kind(
        "h21",
        "headings in a language that nobody taught us: the number is asked about, too",
        [
            ["Codice cliente", "Nota di credito", "Data", "Importo"],
            ["FL200", "A1", day("2026-11-03"), 10],
            ["FL201", "A2", day("2026-11-04"), 20],
        ],
        {"not_ready": [2, 3], "columns": {"Nota di credito": "Credit #", "Importo": "Credit Balance"}},
    ),
    Kind(
        "h20",
        "Xero's and Sage's words: ContactName, O/S Amount beside Net Amount",
        [
            ["ContactName", "Ref", "Date", "Net Amount", "O/S Amount"],
            ["Rosas del Valle Wholesale", "CN1", day("2026-11-03"), 100, 45],
            ["Petal & Stem Florist", "CN2", day("2026-11-03"), 50, 50],
        ],
        {
            "not_ready": [2, 3],
            "columns": {"ContactName": "Customer Code", "O/S Amount": "Credit Balance"},
        },
    ),
    Kind(
        "l28",
        "sums to a day with code and date: Stand 27.11.2026, Per 30. November 2026, and one nobody knows",
        [
            ["Customer Code", "Credit #", "Credit Date", "Credit Balance"],
            ["FL200", "A1", day("2026-11-03"), 100],
            ["FL200", "A2", day("2026-11-04"), 7],
            ["FL200", "Stand 27.11.2026", day("2026-11-27"), 107],
            ["FL201", "A3", day("2026-11-05"), 5],
            ["FL201", "A4", day("2026-11-05"), 6],
            ["FL201", "Per 30. November", day("2026-11-30"), 11],
            ["FL202", "A5", day("2026-11-05"), 8],
            ["FL202", "A6", day("2026-11-05"), 9],
            ["FL202", "Arqueo 27/11/2026", day("2026-11-27"), 17],
            ["FL203", "A7", day("2026-11-05"), 3],
        ],
        {"ready": {2: "100", 3: "7", 5: "5", 6: "6", 8: "8", 9: "9", 11: "3"}, "not_ready": [4, 7, 10]},
    ),
    Kind(
        "l29",
        "lines that count the rows, in one cell and in two, one with its number in the column of amounts",
        [
            ["Customer Code", "Credit #", "Credit Date", "Credit Balance"],
            ["FL200", "A1", day("2026-11-03"), 10],
            ["FL201", "A2", day("2026-11-03"), 20],
            ["Anzahl: 2"],
            ["2 rows selected"],
            ["Total de registros:", 2],
            ["Count", None, None, 2],
            ["Nombre de lignes : 1 002"],
        ],
        {
            "ready": {2: "10", 3: "20"},
            "code": {row: ["footer-line"] for row in (4, 5, 6, 7, 8)},
        },
        read=2,
    ),
    Kind(
        "h17",
        "no headings at all: a title, rows from the first on, one of a customer whom nobody knows, a sum",
        [
            ["Credits November 2026"],
            ["NEW1", "A1", day("2026-11-03"), 10.5, "EUR"],
            ["FL201", "A2", day("2026-11-04"), 20, "EUR"],
            ["FL202", "A3", day("2026-11-05"), 5, "EUR"],
            ["Total", None, None, 35.5],
        ],
        {"ready": {}, "not_ready": [2, 3, 4, 5]},
        read=4,
    ),
    Kind(
        "l30",
        "a table of invoices below, whose headings are the same but one, and rows below a line «Vendors»",
        [
            ["Customer", "Ref", "Date", "Amount"],
            ["FL200", "A1", day("2026-11-03"), 10],
            [],
            ["Customer", "Invoice #", "Date", "Amount"],
            ["FL201", "F1", day("2026-11-03"), 99],
            [],
            ["Vendors"],
            ["FL202", "V1", day("2026-11-03"), 98],
        ],
        {"not_ready": [5, 8], "code": {5: ["other-table"]}},
    ),
    Kind(
        "l31",
        "headings repeated on the next page (suite), subtotals between few rows, dashes in prepared rows",
        [
            ["Client", "N° avoir", "Date", "Montant"],
            ["FL200", "A1", day("2026-11-03"), 10],
            ["FL200", "A2", day("2026-11-03"), 20],
            ["Sous-total FL200", None, None, 30],
            ["Client", "N° avoir", "Date", "Montant (suite)"],
            ["FL201", "A3", day("2026-11-03"), 5],
            ["Sous-total FL201", None, None, 5],
            *[[None, None, None, "-"]] * 3,
        ],
        {"ready": {2: "10", 3: "20", 6: "5"}},
        read=3,
    ),
    Kind(
        "l32",
        "the customer on a line of its own above its credits: by name, by code and name, behind a label",
        [
            ["Customer Code", "Credit #", "Credit Date", "Credit Balance"],
            ["Rosas del Valle Wholesale"],
            [None, "A1", day("2026-11-03"), 10],
            [None, "A2", day("2026-11-04"), 12],
            ["Total Rosas del Valle Wholesale", None, None, 22],
            ["FL201 - Petal & Stem Florist"],
            [None, "A3", day("2026-11-03"), 5],
            ["Customer:", "FL202"],
            [None, "A4", day("2026-11-03"), 7],
            ["Page 1 of 2"],
            ["Customer Code", "Credit #", "Credit Date", "Credit Balance"],
            [None, "A5", day("2026-11-03"), 8],
            ["FL210", "Åkerblom Events"],
            [None, "A6", day("2026-11-03"), 9],
        ],
        {
            "not_ready": [3, 4, 7, 9, 12, 14],
            "suggest": {
                f"{row} Customer Code": code
                for row, code in (
                    (3, "FL200"),
                    (4, "FL200"),
                    (7, "FL201"),
                    (9, "FL202"),
                    (12, "FL202"),
                    (14, "FL210"),
                )
            },
            "code": {row: ["heading-line"] for row in (2, 6, 8, 13)},
        },
        read=6,
    ),
    Kind(
        "l33",
        "sums with code and date under words that no list of labels has, and a balance that is carried",
        [
            ["Customer Code", "Credit #", "Credit Date", "Credit Balance"],
            ["FL200", "A1", day("2026-11-03"), 100],
            ["FL200", "A2", day("2026-11-04"), 7],
            ["FL200", "Kundenkonto", day("2026-11-27"), 107],
            ["FL201", "A3", day("2026-11-05"), 5],
            ["FL201", "A4", day("2026-11-05"), 6],
            ["FL202", "Carry forward", day("2026-11-27"), 250],
        ],
        {"ready": {2: "100", 3: "7", 5: "5", 6: "6"}, "not_ready": [4, 7]},
    ),
    Kind(
        "l34",
        "QuickBooks: the customer in a column without a heading, on a line of its own, sums below",
        [
            [None, "Date", "Credit Memo #", "Amount"],
            ["Rosas del Valle Wholesale"],
            [None, day("2026-11-03"), "CM-1", 10],
            [None, day("2026-11-04"), "CM-2", 12],
            ["Total for Rosas del Valle Wholesale", None, None, 22],
            ["Jardín Nuevo"],
            [None, day("2026-11-05"), "CM-3", 5],
            ["Total for Jardín Nuevo", None, None, 5],
            ["TOTAL", None, None, 27],
        ],
        {"ready": {}, "not_ready": [3, 4, 7], "columns": {"Column A": "Customer Code"}},
    ),
    Kind(
        "l35",
        "a block for each branch, with sums of its own, and a summary by customer below",
        [
            ["Miami"],
            ["Customer Code", "Credit #", "Credit Date", "Credit Balance"],
            ["FL200", "A1", day("2026-11-03"), 10],
            ["FL200", "A2", day("2026-11-04"), 12],
            ["Total Miami", None, None, 22],
            [],
            ["Los Angeles"],
            ["Customer Code", "Credit #", "Credit Date", "Credit Balance"],
            ["FL201", "A3", day("2026-11-05"), 5],
            ["FL202", "A4", day("2026-11-05"), 6],
            ["Total Los Angeles", None, None, 11],
            ["Grand total", None, None, 33],
            [],
            ["Summary"],
            ["Customer", "Total"],
            ["FL200", 22],
            ["FL201", 5],
        ],
        {
            "ready": {3: "10", 4: "12"},
            "not_ready": [9, 10],
            "code": {11: ["total-line"], 12: ["total-line"], 15: ["other-table"], 16: ["other-table"]},
        },
        read=4,
    ),
    Kind(
        "h19",
        "what is open in the columns of its age beside the amount: every amount stands there once more",
        [
            ["Customer Code", "Credit #", "Credit Date", "Amount", "Current", "1-30", "31-60"],
            ["FL200", "A1", day("2026-11-03"), 10, 10],
            ["FL201", "A2", day("2026-10-03"), 20, None, 20],
        ],
        {"ready": {2: "10", 3: "20"}},
    ),
    Kind(
        "h18",
        "headings over two lines, of which the lower alone lacks the customer: Kunden | Nr.",
        [
            ["Kunden", "Gutschrift", "Gutschrift", "Betrag"],
            ["Nr.", "Nr.", "Datum", "USD"],
            ["FL200", "A1", day("2026-11-03"), 10],
        ],
        {"ready": {3: "10"}},
    ),
    Kind(
        "p01",
        "two places and more: location by name or city instead of code: Miami, FL; Miami; MIAMI; "
        "Bogota; Los Angeles; LA",
        [
            ["Customer Code", "Credit #", "Credit Date", "Credit Balance", "Location Code"],
            ["FL200", "A1", day("2026-11-03"), 1, "Miami, FL"],
            ["FL200", "A2", day("2026-11-03"), 2, "Miami"],
            ["FL200", "A3", day("2026-11-03"), 3, "MIAMI"],
            ["FL200", "A4", day("2026-11-03"), 4, "Bogota"],
            ["FL200", "A5", day("2026-11-03"), 5, "Los Angeles"],
            ["FL200", "A6", day("2026-11-03"), 6, "LA"],
        ],
        {
            "suggest": {
                "2 Location Code": "MIA",
                "3 Location Code": "MIA",
                "4 Location Code": "MIA",
                "5 Location Code": "BOG",
                "6 Location Code": "LAX",
                "7 Location Code": "LAX",
            }
        },
        places=True,
    ),
    Kind(
        "m31",
        "a customer statement: Debit, Credit and a running Balance",
        [
            ["Customer", "Date", "Ref", "Debit", "Credit", "Balance"],
            ["FL200", day("2026-11-03"), "A1", None, 100, 100],
            ["FL200", day("2026-11-03"), "A2", None, 50, 150],
            ["FL200", day("2026-11-03"), "A3", 30, None, 120],
        ],
        {"not_ready": [3, 4]},
    ),
    Kind(
        "m33",
        "rich text in the amount: 100 struck through, then 450",
        [
            ["Customer Code", "Credit #", "Credit Date", "Credit Balance", "Comments"],
            ["FL200", "A1", day("2026-11-03"), Parts("100", "450")],
        ],
        {"not_ready": [2]},
    ),
    Kind(
        "c14",
        "Customer holds the name, Account # the code",
        [
            ["Customer", "Account #", "Date", "Amount"],
            ["Rosas del Valle Wholesale", "FL200", day("2026-11-03"), 10],
            ["Petal & Stem Florist", "FL201", day("2026-11-03"), 20],
        ],
        {"columns": {"Account #": "Customer Code"}},
    ),
    Kind(
        "m35",
        "6.825 held, 6.83 shown (15% of 45.50, two decimals)",
        [
            ["Customer Code", "Credit #", "Credit Date", "Credit Balance", "Comments"],
            ["FL200", "A1", day("2026-11-03"), Shown(6.825, "#,##0.00")],
            ["FL201", "A2", day("2026-11-03"), Shown(3.415, "#,##0.00")],
        ],
        {"told": [2]},
    ),
    Kind(
        "h16",
        "a line of parameters above: Customer | All | Date | 11/27/2026 | Balance | Open; the "
        "true header Customer Code, Credit Date, Credit Balance below",
        [
            ["Customer", "All", "Date", "11/27/2026", "Balance", "Open"],
            [],
            ["Customer Code", "Credit Date", "Credit Balance"],
            ["FL200", day("2026-11-03"), 10],
        ],
        {"ready": {4: "10"}},
    ),
    Kind(
        "r01",
        "last week's sheet without credit numbers once more, with one row more (an export of all "
        "open credits)",
        [
            ["Customer", "Date", "Amount"],
            ["FL202", day("2026-09-15"), 71.11],
            ["FL202", day("2026-09-15"), 72.22],
            ["FL203", day("2026-09-15"), 73.33],
            ["FL203", day("2026-09-15"), 74.44],
        ],
        {"not_ready": [2, 3, 4]},
        before=[
            ["Customer", "Date", "Amount"],
            ["FL202", day("2026-09-15"), 71.11],
            ["FL202", day("2026-09-15"), 72.22],
            ["FL203", day("2026-09-15"), 73.33],
        ],
    ),
    Kind(
        "p02",
        "places by what stands around their names and codes: Warehouse Miami, LAX Airport, MIA 33122",
        [
            ["Customer Code", "Credit #", "Credit Date", "Credit Balance", "Location Code"],
            ["FL200", "A1", day("2026-11-03"), 1, "Warehouse Miami"],
            ["FL200", "A2", day("2026-11-03"), 2, "LAX Airport"],
            ["FL200", "A3", day("2026-11-03"), 3, "Bodega Bogotá"],
            ["FL200", "A4", day("2026-11-03"), 4, "MIA 33122"],
        ],
        {
            "suggest": {
                f"{row} Location Code": code for row, code in ((2, "MIA"), (3, "LAX"), (4, "BOG"), (5, "MIA"))
            },
            "not_ready": [2, 3, 4, 5],
        },
        places=True,
    ),
    Kind(
        "r03",
        "the same credits exported once more, numbered anew by line",
        [
            ["Customer Code", "Credit #", "Credit Date", "Credit Balance"],
            ["FL202", 1, day("2026-09-16"), 61.11],
            ["FL202", 2, day("2026-09-16"), 62.22],
            ["FL203", 3, day("2026-09-16"), 63.33],
            ["FL203", 4, day("2026-09-16"), 64.44],
        ],
        {"not_ready": [2, 3, 4], "ready": {5: "64.44"}},
        before=[
            ["Customer Code", "Credit #", "Credit Date", "Credit Balance"],
            ["FL202", "CM-1", day("2026-09-16"), 61.11],
            ["FL202", "CM-2", day("2026-09-16"), 62.22],
            ["FL203", "CM-3", day("2026-09-16"), 63.33],
        ],
    ),
    Kind(
        "r02",
        "the same with credit numbers, whose zeros Excel took away in between: 0007701 then 7701",
        [
            ["Customer Code", "Credit #", "Credit Date", "Credit Balance", "Comments"],
            ["FL202", 7701, day("2026-09-15"), 81.11],
            ["FL203", 7702, day("2026-09-15"), 82.22],
        ],
        {"told": [2, 3]},
        before=[
            ["Customer Code", "Credit #", "Credit Date", "Credit Balance", "Comments"],
            ["FL202", "0007701", day("2026-09-15"), 81.11],
            ["FL203", "0007702", day("2026-09-15"), 82.22],
        ],
    ),
)
