"""Open invoices: money a customer owes the company. The columns are Komet's (docs/komet-sales.md §2)."""

from komet_import.language import marked, marked_pair
from komet_import.types.languages import Paper
from komet_import.types.schema import Column, ColumnFormat, ImportType, Meaning, Need, Role, Side, Sign

OPEN_INVOICES = ImportType(
    slug="open-invoices",
    title=marked("Open Invoices"),
    noun=(marked("invoice"), marked("invoices")),
    outcome=marked_pair("{count:,} invoice imported", "{count:,} invoices imported"),
    one=marked("an invoice"),
    description=marked("Money customers owe you. Each row adds one invoice to a customer's balance."),
    roles=frozenset({Role.ADMIN}),
    key=(Meaning.PARTY, Meaning.NUMBER),
    likeness=(Meaning.PARTY, Meaning.DAY, Meaning.MONEY),
    summed=Meaning.MONEY,
    sign=Sign.POSITIVE,
    side=Side.THEY_OWE,
    paper=Paper.INVOICE,
    once=True,
    columns=(
        Column(
            name=marked("Invoice #"),
            meaning=Meaning.NUMBER,
            kind=ColumnFormat.TEXT,
            need=Need.REQUIRED,
            max_length=20,
            rule=marked("Your invoice number, at most 20 characters; unique per customer."),
            synonyms=("Invoice Number", "Invoice No", "Invoice Num", "Invoice", "Inv #", "Inv No"),
            examples=("INV-1001", "INV-1002", "INV-1003"),
        ),
        Column(
            name=marked("Customer Code"),
            meaning=Meaning.PARTY,
            kind=ColumnFormat.CUSTOMER,
            need=Need.REQUIRED,
            max_length=20,
            rule=marked("The code of an existing, active customer, at most 20 characters."),
            synonyms=(
                "Customer",
                "Cust Code",
                "Cust",
                "Customer No",
                "Customer #",
                "Customer ID",
                "Client Code",
            ),
        ),
        Column(
            name=marked("Invoice Date"),
            meaning=Meaning.DAY,
            kind=ColumnFormat.DATE,
            need=Need.REQUIRED,
            rule=marked("The day of the invoice, without a time; as text it must be YYYY-MM-DD."),
            synonyms=("Date", "Date of Invoice", "Inv Date"),
        ),
        Column(
            name=marked("Invoice Balance"),
            meaning=Meaning.MONEY,
            kind=ColumnFormat.AMOUNT,
            need=Need.REQUIRED,
            decimals=3,
            rule=marked("What is still open: a positive number with at most 3 decimals."),
            synonyms=("Balance", "Amount", "Invoice Amount", "Open Balance", "Open Amount", "Amount Due"),
            examples=("480.00", "92.50", "1210.125"),
        ),
        Column(
            name=marked("Customer PO"),
            meaning=Meaning.REFERENCE,
            kind=ColumnFormat.TEXT,
            need=Need.REQUIRED,
            max_length=20,
            rule=marked("The customer's purchase order, at most 20 characters; people search for it."),
            synonyms=("PO", "PO #", "PO Number", "Customer PO #", "Purchase Order"),
            # Whoever leaves these rows in the sheet posts them: each must say what it is.
            examples=("Example PO 1", "Example PO 2", "Example PO 3"),
        ),
        Column(
            name=marked("Location Code"),
            meaning=Meaning.LOCATION,
            kind=ColumnFormat.LOCATION,
            need=Need.MULTI_LOCATION,
            max_length=20,
            rule=marked("The code of a location that the customer belongs to."),
            synonyms=("Location", "Loc", "Loc Code", "Branch", "Branch Code"),
        ),
    ),
)
