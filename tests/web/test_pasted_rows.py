"""What is pasted and is no table of rows is told so, without a word of files and sheets that nobody chose."""

import pytest

from komet_import import services
from komet_import.services.draft.open_draft import open_questions
from komet_import.types import OPEN_CREDITS
from komet_import.web.home import pasted_rows
from komet_import.web.home.dropped_files import taken
from tests.services.workspace import People

WHY = {
    "Dear Rita,\nplease find the credits below.": "is no table of rows and columns",
    "FL219": "is no table of rows and columns",
    "{}": "is no table of rows and columns",
    " \n ": "is no table of rows and columns",
    "sep=\t\nroses\tred\ntulips\tyellow": "has no headings such as “Customer Code”",
    "sep=\t\nCustomer\tCredit Date\tAmount": "Only headings were pasted",
}


@pytest.mark.parametrize("text", WHY)
def test_what_is_no_table_is_told_so_and_what_to_do(people: People, text: str) -> None:
    outcome = taken(people.rita, OPEN_CREDITS, pasted_rows.NAME, text.encode())
    assert WHY[text] in outcome.message
    assert not any(word in outcome.message for word in (pasted_rows.NAME, "“Text”", ".xlsx"))


def test_rows_that_were_pasted_without_their_headings_are_asked_about(people: People) -> None:
    rows = b"sep=\t\nFL219\tCR-1\t2026-11-02\t120.00"
    batch_id = taken(people.rita, OPEN_CREDITS, pasted_rows.NAME, rows).batch_id
    assert batch_id is not None
    opened = services.view(people.rita, batch_id)
    assert open_questions(opened)
    assert opened.figures.ready.rows == 0


def test_the_fields_script_calls_the_rows_as_the_page_does() -> None:
    script = (pasted_rows.HERE / "pasted_rows.js").read_text(encoding="utf-8")
    assert f'const NAME = "{pasted_rows.NAME}";' in script
