"""Other sheets of a file that fit as well: their rows wait until a person says which sheet is meant."""

from dataclasses import dataclass

from komet_import.ledger import database
from komet_import.refusal import SheetRefusal
from komet_import.review.draft import Draft
from komet_import.review.held_rows import Hold, holds
from komet_import.review.issues import Issue
from komet_import.review.rules.finding import issue_of
from komet_import.review.rules.rows import open_question
from komet_import.services.arrivals.new_batch import posted, read_file
from komet_import.services.draft.open_draft import Opened
from komet_import.services.rights import Asking, require_asking
from komet_import.sheets.layout import arrangement
from komet_import.sheets.layout.notes import ROWS_NOT_LISTED
from komet_import.sheets.worksheet import Note

MOST_LISTED = 1_000
"""So many rows of each other sheet are listed; the further ones are counted."""


@dataclass(frozen=True, kw_only=True)
class OtherSheet:
    """A sheet that may be meant as well: its name, what is said of its first rows, by their numbers there,
    and how many further ones wait."""

    name: str
    waiting: tuple[Issue, ...]
    further: int

    @property
    def notes(self) -> tuple[Note, ...]:
        """That not all of its rows are listed, if it is so."""
        return (Note(code=ROWS_NOT_LISTED, count=self.further, where=(self.name,)),) if self.further else ()


def other_sheets(user: Asking, opened: Opened, content: bytes) -> list[OtherSheet]:
    """The sheets of this file that may be meant instead of the one that was opened, in the file's order.

    None where a person has said which one is meant; a sheet that was imported before is none. Of a sheet that
    cannot be imported as it is all filled rows are further ones. Raises Refusal `no-right`.
    """
    with database.reading() as session:
        require_asking(session, user, opened.type)
    return [
        _other(opened, content, name, hold)
        for hold in holds(opened.draft)
        if hold.kind == "sheet"
        for name in opened.draft.other_sheets
        if posted(opened.type, opened.batch.sha256, name) is None
    ]


def _other(opened: Opened, content: bytes, name: str, hold: Hold) -> OtherSheet:
    draft, type = opened.draft, opened.type
    try:
        worksheet, header = read_file(content, opened.batch.file_name, type, name, alone=True)
    except SheetRefusal:
        sizes = {sheet.name: sheet.rows for sheet in draft.worksheet.sheets} if draft.worksheet else {}
        return OtherSheet(name=name, waiting=(), further=sizes.get(name, 0))
    other = Draft.of(
        arrangement.arrange(worksheet, header, type),
        type,
        multi_location=draft.multi_location,
        worksheet=worksheet,
    )
    column, finding = other.columns[0], open_question(hold)
    rows = other.rows.loc[~other.out, column]
    first = rows.iloc[:MOST_LISTED]
    waiting = tuple(
        issue_of(row, column, text, finding)
        for row, text in zip(first.index.tolist(), first.tolist(), strict=True)
    )
    return OtherSheet(name=name, waiting=waiting, further=len(rows) - len(waiting))
