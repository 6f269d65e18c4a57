"""What was said about a header row comes back for such a row of the same type, and for no other."""

from dataclasses import replace

import pytest

from komet_import.ledger import column_memory, database
from komet_import.sheets.layout.sheet import Header
from komet_import.types import CUSTOMERS, OPEN_CREDITS, ImportType
from tests.services import workspace

HEADER = Header(row=1, columns={}, headers={"A": "Customer", "B": "Cred Amt", "C": "Straße"})
CREDITS = OPEN_CREDITS
LIKE_IT = {
    "other case": {"A": "CUSTOMER", "B": "cred amt", "C": "STRASSE"},
    "spaces around": {"A": "  Customer", "B": "Cred Amt\n", "C": " Straße "},
    "another order of reading": {"C": "Straße", "B": "Cred Amt", "A": "Customer"},
}
OTHERS = {
    "another text": {"A": "Customer", "B": "Debit Amt", "C": "Straße"},
    "one column more": {"A": "Customer", "B": "Cred Amt", "C": "Straße", "D": "Truck"},
    "one column less": {"A": "Customer", "B": "Cred Amt"},
    "columns that have moved": {"A": "Customer", "B": "Straße", "C": "Cred Amt"},
    "another letter": {"A": "Customer", "B": "Cred Amt", "D": "Straße"},
}


@pytest.fixture(autouse=True)
def _filled(database_url: str) -> None:
    workspace.fill()


def remember(letter: str, name: str, header: Header = HEADER, type: ImportType = CREDITS) -> None:
    with database.transaction() as session:
        column_memory.remember(session, type, header, letter, name)


def recalled(header: Header = HEADER, type: ImportType = CREDITS) -> dict[str, str]:
    with database.reading() as session:
        return column_memory.recall(session, type, header)


def test_answers_add_up_and_the_last_one_of_a_column_holds() -> None:
    assert recalled() == {}
    remember("B", "Credit Balance")
    remember("C", "Comments")
    remember("B", "")
    assert recalled() == {"B": "", "C": "Comments"}


@pytest.mark.parametrize("kind", LIKE_IT)
def test_the_same_headers_are_known_however_they_are_written(kind: str) -> None:
    remember("B", "Credit Balance")
    assert recalled(replace(HEADER, row=7, headers=LIKE_IT[kind])) == {"B": "Credit Balance"}


@pytest.mark.parametrize("kind", OTHERS)
def test_another_header_row_has_answers_of_its_own(kind: str) -> None:
    other = replace(HEADER, headers=OTHERS[kind])
    remember("B", "Credit Balance")
    assert recalled(other) == {}
    remember("A", "Customer Code", other)
    remember("C", "Comments")
    assert recalled() == {"B": "Credit Balance", "C": "Comments"}
    assert recalled(other) == {"A": "Customer Code"}


def test_another_type_has_answers_of_its_own() -> None:
    remember("B", "Credit Balance")
    assert recalled(type=CUSTOMERS) == {}
    remember("B", "Customer Name", type=CUSTOMERS)
    remember("A", "Customer Code")
    assert recalled() == {"A": "Customer Code", "B": "Credit Balance"}
    assert recalled(type=CUSTOMERS) == {"B": "Customer Name"}
