"""Open credits: money the company owes a customer. The columns follow docs/komet-sales.md §2."""

from komet_import.language import marked, marked_pair
from komet_import.types.languages import Paper
from komet_import.types.schema import Column, ColumnFormat, ImportType, Meaning, Need, Role, Side, Sign

OPEN_CREDITS = ImportType(
    slug="open-credits",
    title=marked("Open Credits"),
    noun=(marked("credit"), marked("credits")),
    outcome=marked_pair("{count:,} credit imported", "{count:,} credits imported"),
    one=marked("a credit"),
    description=marked("Money you owe customers. Each row adds one credit to a customer's balance."),
    roles=frozenset(
        {
            Role.ACCOUNTS_RECEIVABLES,
            Role.ADMIN,
            Role.CREDIT_MANAGER,
            Role.PROCUREMENT_MANAGER,
            Role.SALES_MANAGER,
            Role.SETUP,
            Role.SHIPPING,
        }
    ),
    key=(Meaning.PARTY, Meaning.NUMBER),
    likeness=(Meaning.PARTY, Meaning.DAY, Meaning.MONEY),
    summed=Meaning.MONEY,
    sign=Sign.POSITIVE,
    side=Side.WE_OWE,
    paper=Paper.CREDIT,
    once=True,
    usual=True,
    columns=(
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
            name=marked("Credit #"),
            meaning=Meaning.NUMBER,
            kind=ColumnFormat.TEXT,
            max_length=20,
            rule=marked("Your credit memo number, at most 20 characters; unique per customer."),
            synonyms=("Credit Number", "Credit No", "Credit Memo", "Credit Memo #", "Credit Num", "Memo #"),
            examples=("CR-1001", "CR-1002", "CR-1003"),
        ),
        Column(
            name=marked("Credit Date"),
            meaning=Meaning.DAY,
            kind=ColumnFormat.DATE,
            need=Need.REQUIRED,
            rule=marked("The day of the credit, without a time; as text it must be YYYY-MM-DD."),
            synonyms=("Date", "Date of Credit", "Memo Date"),
        ),
        Column(
            name=marked("Credit Balance"),
            meaning=Meaning.MONEY,
            kind=ColumnFormat.AMOUNT,
            need=Need.REQUIRED,
            decimals=3,
            rule=marked("A positive number with at most 3 decimals."),
            synonyms=("Balance", "Amount", "Credit Amount", "Open Balance", "Open Credit", "Open Amount"),
            examples=("125.50", "48.00", "310.075"),
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
        Column(
            name=marked("Comments"),
            meaning=Meaning.NOTE,
            kind=ColumnFormat.TEXT,
            max_length=500,
            rule=marked("Free text, at most 500 characters."),
            synonyms=("Comment", "Notes", "Note", "Remarks", "Memo", "Reason"),
            # Whoever leaves these rows in the sheet posts them: each must say what it is.
            examples=(
                marked("Example: boxes arrived late"),
                marked("Example: short shipment, 2 bunches"),
                marked("Example: price agreed by phone"),
            ),
        ),
    ),
)
