"""A draft's file is opened as something else: another sheet, table or type of it, or read another way."""

from collections.abc import Sequence

from komet_import.access.users import CurrentUser
from komet_import.language import _
from komet_import.ledger import database
from komet_import.refusal import Refusal
from komet_import.services.arrivals.new_batch import header_of, new_batch, posted
from komet_import.services.arrivals.uploads import keep, open_file, unfinished_of
from komet_import.services.draft.deletion import discard, may_delete, work_on
from komet_import.services.draft.desk import view
from komet_import.services.draft.stored import content_of
from komet_import.services.rights import require_right
from komet_import.sheets.files.book import TextOptions
from komet_import.sheets.layout import table_beside
from komet_import.types import ALL, ImportType


def choose_sheet(user: CurrentUser, batch_id: str, sheet: str) -> str:
    """Import another sheet of a draft's file instead; returns the id of the new draft.

    The old draft is deleted where nobody has worked on it and this user may do so; otherwise it stays, as
    its edits were of other rows. Raises Refusal as `open_file`.
    """
    return _instead(user, batch_id, sheet=sheet)


def choose_sheets(user: CurrentUser, batch_id: str, sheets: Sequence[str]) -> str:
    """Import several sheets of a draft's file as one instead; returns the id of the new draft. What becomes
    of the old one is as with `choose_sheet`. Raises Refusal as `open_file`, and `other-headings`.
    """
    names = tuple(dict.fromkeys(sheets))
    if len(names) == 1:
        return choose_sheet(user, batch_id, names[0])
    return _instead(user, batch_id, sheets=names)


def choose_table(user: CurrentUser, batch_id: str) -> str:
    """Open the table beside the one of a draft as a draft of its own, of the type that it is; returns its id.

    The draft itself stays. Raises Refusal `no-table` where there is none, and as `open_file`.
    """
    opened = view(user, batch_id)
    draft, sha256 = opened.draft, opened.batch.sha256
    table = draft.sheet.apart
    if draft.worksheet is None or table is None or draft.sheet.parts:
        raise Refusal("no-table", _("No other table of this sheet could be imported by itself."))
    type, place = ALL[table.type], table_beside.place_of(table)
    worksheet = table_beside.alone(draft.worksheet, table)
    with database.reading() as session:
        require_right(session, user, type)
        if earlier := unfinished_of(session, user, type, sha256, table=place):
            return earlier
    if refused := posted(type, sha256, worksheet.name):
        raise refused
    header = header_of(worksheet, type)
    name = opened.batch.file_name
    batch = new_batch(sha256, name, type, worksheet, header, user_id=user.id, chosen=True)
    batch.reading = {**batch.reading, "table": place}
    return keep(user, batch, type, _content_of(batch_id), worksheet, header)


def read_text_as(user: CurrentUser, batch_id: str, text: TextOptions) -> str:
    """Read a draft's text file in another encoding or with another delimiter instead; returns the id of the
    new draft. What becomes of the old one is as with `choose_sheet`. Raises Refusal as `open_file`.
    """
    return _instead(user, batch_id, text=text)


def read_as_type(user: CurrentUser, batch_id: str, type: ImportType) -> str:
    """Open a draft's file as another type of information instead; returns the id of the new draft. What
    becomes of the old one is as with `choose_sheet`. Raises Refusal as `open_file`.
    """
    return _instead(user, batch_id, type=type)


def _instead(
    user: CurrentUser,
    batch_id: str,
    *,
    sheet: str | None = None,
    sheets: Sequence[str] = (),
    text: TextOptions | None = None,
    type: ImportType | None = None,
) -> str:
    opened = view(user, batch_id)
    content, name = _content_of(batch_id), opened.batch.file_name
    chosen = open_file(
        user, type or opened.type, name, content, sheet=sheet, sheets=sheets, text=text, resume=False
    )
    if may_delete(user, opened.batch) and not (work := work_on(user, batch_id)):
        discard(user, batch_id, revision=work.revision)
    return chosen


def _content_of(batch_id: str) -> bytes:
    with database.reading() as session:
        return content_of(session, batch_id)
