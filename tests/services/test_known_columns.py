"""The company's own codes say which column is the customer's, from the upload to the question."""

import pytest

from komet_import import services
from tests.services import workspace
from tests.services.workspace import DAY, People


@pytest.fixture
def people(database_url: str) -> People:
    return workspace.fill(locations=1)


def test_a_column_of_our_codes_is_asked_about_whatever_another_is_called(
    people: People,
) -> None:
    rows = [("Rosas del Valle", "FL219", DAY, 10), ("Petal & Stem", "fl220", DAY, 20)]
    headers = ("Customer", "Account #", "Date", "Amount")
    batch_id = workspace.opened(people.rita, *map(list, rows), headers=headers)
    header = services.view(people.rita, batch_id).draft.sheet.header
    assert header.doubtful == {"B": "Customer Code"} and header.ignored == ("A",)
    assert "2 of 2 are your codes" in str(header.evidence["B"])
    assert "2 of 2 are names of your customers" in str(header.evidence["A"])
    assert not services.view(people.rita, batch_id).judgement.ready.any()


@pytest.mark.twin
def test_what_the_headers_say_comes_back_with_the_draft(people: People) -> None:
    rows = [["FL219", DAY, 10, "Invoice", 5], ["FL220", DAY, 20, "Credit Memo", 20]]
    headers = ("Cliente", "Fecha", "Amount", "Type", "Remaining")
    batch_id = workspace.opened(people.rita, *rows, headers=headers)
    before = services.view(people.rita, batch_id).draft.sheet.header
    workspace.forget()
    assert services.view(people.rita, batch_id).draft.sheet.header == before
    assert before.rivals == {"Credit Balance": ("C", "E")}
    assert [modifier.header for modifier in before.modifiers] == ["Type"]


@pytest.mark.parametrize(
    ("kinds", "remembered"),
    [
        *((kind, True) for kind in ("column", "filter", "mark", "order", "field")),
        *((kind, False) for kind in ("sheet", "beside", "hidden", "header", "sign", "")),
        ("sheet order", True),
    ],
)
def test_answers_about_columns_are_remembered_and_those_about_one_files_rows_are_not(
    kinds: str, remembered: bool
) -> None:
    assert services.is_remembered({(kind, "Credit Date"): "x" for kind in kinds.split()}) is remembered
