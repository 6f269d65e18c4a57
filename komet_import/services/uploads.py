"""Uploads: a file becomes a draft, or is only looked at."""

import base64
import hashlib
import secrets
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from sqlalchemy import insert, select
from sqlmodel import Session, col

from komet_import.access.users import CurrentUser
from komet_import.ledger import audit, corrections, database, posting, reading_memory
from komet_import.ledger.audit import Event
from komet_import.ledger.models import (
    Batch,
    BatchFile,
    BatchStatus,
    now,
)
from komet_import.ledger.posting import PostingRefusal, expected_of
from komet_import.ledger.states import IN_WORK
from komet_import.refusal import Refusal, SheetRefusal, name_of_file, quoted
from komet_import.review import fixes
from komet_import.review.answering import Given, all_answered, as_remembered
from komet_import.review.edits import Changes
from komet_import.review.judgement import rejudge
from komet_import.review.reference import Directory
from komet_import.review.value_memory import replacing
from komet_import.services.control_totals import given_by, set_totals, told_totals, typed_totals
from komet_import.services.deletion import discard, may_delete, work_on
from komet_import.services.desk import DESK, view
from komet_import.services.facts import directory_now, facts_now
from komet_import.services.open_draft import Opened
from komet_import.services.remembered import apply_layout, apply_values, known_values, told_of
from komet_import.services.reports import nothing_rejected, rejected_workbook, report, unfinished
from komet_import.services.revision import note_figures
from komet_import.services.rights import Asking, require_asking, require_right
from komet_import.services.stored import judged
from komet_import.settings import settings
from komet_import.sheets.files import reader
from komet_import.sheets.files.book import TextOptions
from komet_import.sheets.files.reader import Waiting
from komet_import.sheets.layout import control_line, header_row, several, table_beside
from komet_import.sheets.layout.notes import other_sheets
from komet_import.sheets.layout.sheet import Header
from komet_import.sheets.worksheet import Worksheet
from komet_import.types import ALL, ImportType

NO_ANSWERS: Given = MappingProxyType({})
NO_TOTALS: Mapping[str, str] = MappingProxyType({})


def check(
    user: Asking,
    content: bytes,
    file_name: str,
    type: ImportType,
    *,
    confirmed: Collection[str] = (),
    answers: Given = NO_ANSWERS,
    expected: Mapping[str, str] = NO_TOTALS,
    sheet: str | None = None,
    text: TextOptions | None = None,
) -> tuple[Opened, Worksheet]:
    """Read and judge a file without keeping anything; as if a person had confirmed what has the `confirmed`
    codes, given these `answers`, by kind and column, and typed these control totals (`expect`). `text` says
    how a text file is to be read.

    Raises Refusal, `no-right` and those of `answer_all` and `expect` among others.
    """
    with database.reading() as session:
        require_asking(session, user, type)
    worksheet, header = _read(content, file_name, type, sheet, text=text)
    sha256 = hashlib.sha256(content).hexdigest()
    batch = _new_batch(sha256, file_name, type, worksheet, header, user_id=0, chosen=sheet is not None)
    with database.reading() as session:
        directory, stamp = directory_now(session)
        opened = judged(session, batch, type, "", worksheet, header, [], directory, stamp)
        _take_totals(batch, content, file_name, worksheet, header, type)
        if expected:
            set_totals(batch, typed_totals(expected_of(batch), type, expected))
        remembered = reading_memory.recall(session, type, header)
        if remembered:
            batch.reading = {**batch.reading, "remembered": remembered.to_json()}
            known = as_remembered(opened.draft, opened.judgement, opened.reference, remembered.answers)
            opened = _read_anew(session, opened, known, directory)
        if answers:
            given = all_answered(opened.draft, opened.judgement, opened.reference, answers)
            opened = _read_anew(session, opened, given, directory)
        values = known_values(opened)
        if values:
            batch.reading = {**batch.reading, "values": told_of(values)}
            opened = _read_anew(session, opened, replacing(values), directory)
    seen = [issue for issue in opened.judgement.waiting() if issue.code in confirmed]
    return _changed(opened, fixes.confirm(opened.draft, seen)), worksheet


def _read_anew(session: Session, opened: Opened, changes: Changes, directory: Directory) -> Opened:
    """A draft after answers, which may be about every row."""
    draft = opened.draft.apply(changes)
    facts, judgement = facts_now(session, draft, directory)
    return replace(opened, draft=draft, judgement=judgement, reference=facts)


def _changed(opened: Opened, changes: Changes) -> Opened:
    draft = opened.draft.apply(changes)
    places = draft.positions(sorted(changes.rows)).tolist()
    judgement = rejudge(opened.judgement, draft, opened.reference, places)
    return replace(opened, draft=draft, judgement=judgement)


def open_file(
    user: CurrentUser,
    type: ImportType,
    file_name: str,
    content: bytes,
    *,
    sheet: str | None = None,
    sheets: Sequence[str] = (),
    text: TextOptions | None = None,
    resume: bool = True,
    waiting: Waiting | None = None,
) -> str:
    """Keep a file as a draft; returns the batch's id.

    Without `sheet` the first one that fits and was not imported yet is taken; `sheets` are several that are
    read as one. `text` says how a text file is to be read. With `resume`, a file that this user has uploaded
    before and not yet imported is the draft that it already is, with the edits made so far. `waiting` is
    entered while other files are being read first. Raises Refusal: `no-right`, `already-imported`, or why the
    file cannot be read.
    """
    sha256 = hashlib.sha256(content).hexdigest()
    with database.reading() as session:
        require_right(session, user, type)
        if resume and (earlier := _unfinished(session, user, type, sha256)):
            return earlier
    if sheets:
        worksheet, header, chosen = *_read_several(content, file_name, type, sha256, sheets), True
    else:
        worksheet, header, chosen = _read_unposted(content, file_name, type, sha256, sheet, text, waiting)
    batch = _new_batch(sha256, file_name, type, worksheet, header, user_id=user.id, chosen=chosen)
    taken = _take_totals(
        batch, content, file_name, worksheet, header, type, waiting, several_sheets=bool(sheets)
    )
    return _keep(user, batch, type, content, worksheet, header, taken=taken)


def _keep(
    user: CurrentUser,
    batch: Batch,
    type: ImportType,
    content: bytes,
    worksheet: Worksheet,
    header: Header,
    *,
    taken: str = "",
) -> str:
    """Keep a new batch with its file, and read it as such a layout was read before; returns its id. `taken`
    is where the file says what it comes to, if it does."""
    with database.reading() as session:
        require_right(session, user, type)
        directory, stamp = directory_now(session)
        opened = judged(session, batch, type, user.name, worksheet, header, [], directory, stamp)
        remembered = reading_memory.recall(session, type, header)
    if remembered:
        batch.reading = {**batch.reading, "remembered": remembered.to_json()}
    batch.continues = corrections.continued(opened.draft.origins)
    note_figures(batch, opened)
    file = {"batch_id": batch.id, "content": content, "worksheet": worksheet.to_bytes()}
    with database.transaction() as session:
        session.add(batch)
        session.flush()
        session.execute(insert(BatchFile).values(**file))
        told = {"file": batch.file_name, "sha256": batch.sha256}
        audit.record(session, what=Event.UPLOADED, by=user.id, about=batch.id, details=told)
        if taken:
            said = {"taken from": taken, "before": {}, "after": told_totals(expected_of(batch))}
            audit.record(session, what=Event.EXPECTED, by=user.id, about=batch.id, details=said)
    session.expunge_all()
    DESK.keep(opened)
    if remembered:
        apply_layout(user, batch.id, remembered)
    apply_values(user, batch.id)
    return batch.id


def _take_totals(
    batch: Batch,
    content: bytes,
    file_name: str,
    worksheet: Worksheet,
    header: Header,
    type: ImportType,
    waiting: Waiting | None = None,
    *,
    several_sheets: bool = False,
) -> str:
    """Have the batch expect what the file itself says that it comes to; returns where it says so, or blank.

    A line of the sheet counts before a sheet of its own, which is read for this where there is one; a line of
    one of several sheets is not what all of them come to.
    """
    found = None if several_sheets else control_line.in_sheet(worksheet, header, type)
    if found is None and (name := control_line.sheet_of(worksheet)):
        found = control_line.of_sheet(reader.read(content, file_name, sheet=name, waiting=waiting))
    totals = given_by(found, type) if found else None
    if not found or not totals:
        return ""
    set_totals(batch, totals)
    batch.reading = {**batch.reading, "control_totals": found.where}
    return found.where


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
    if draft.worksheet is None or not draft.sheet.beside or draft.sheet.parts:
        raise Refusal("no-table", "No other table stands beside this one that could be imported by itself.")
    table = draft.sheet.beside[0]
    type, place = ALL[table.type], table_beside.place_of(table)
    worksheet = table_beside.alone(draft.worksheet, table)
    with database.reading() as session:
        require_right(session, user, type)
        if earlier := _unfinished(session, user, type, sha256, table=place):
            return earlier
    if refused := _posted(type, sha256, worksheet.name):
        raise refused
    header = _header(worksheet, type)
    name = opened.batch.file_name
    batch = _new_batch(sha256, name, type, worksheet, header, user_id=user.id, chosen=True)
    batch.reading = {**batch.reading, "table": place}
    return _keep(user, batch, type, _content(batch_id), worksheet, header)


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
    content, name = _content(batch_id), opened.batch.file_name
    chosen = open_file(
        user, type or opened.type, name, content, sheet=sheet, sheets=sheets, text=text, resume=False
    )
    if may_delete(user, opened.batch) and not (work := work_on(user, batch_id)):
        discard(user, batch_id, revision=work.revision)
    return chosen


def mend_rejected(user: CurrentUser, batch_id: str) -> str:
    """The rejected rows of a posted batch that nobody has corrected, as a draft of their own; returns its id.

    Whoever began that before goes on with it. Raises Refusal `not-found`, or `nothing-rejected`.
    """
    found = report(user, batch_id)
    if not found.open:
        raise nothing_rejected(found)
    name = f"rejected-{batch_id[:8]}-{found.batch.file_name}"
    for draft in unfinished(user):
        if draft.mine and draft.batch.file_name == _file_name(name):
            return draft.batch.id
    return open_file(user, found.type, name, rejected_workbook(user, batch_id), resume=False)


def _read_unposted(
    content: bytes,
    file_name: str,
    type: ImportType,
    sha256: str,
    sheet: str | None,
    text: TextOptions | None,
    waiting: Waiting | None,
) -> tuple[Worksheet, Header, bool]:
    """The sheet, or where that was imported before, another one of the file that fits and was not; and
    whether no other one may be meant."""
    first = _read(content, file_name, type, sheet, waiting, text)
    refused = _posted(type, sha256, first[0].name)
    if refused is None:
        return *first, sheet is not None
    others = other_sheets(first[0]) if sheet is None else ()
    left = [name for name in others if _posted(type, sha256, name) is None]
    if not left:
        raise refused
    return *_read(content, file_name, type, left[0], waiting), len(left) == 1


def _read_several(
    content: bytes, file_name: str, type: ImportType, sha256: str, sheets: Sequence[str]
) -> tuple[Worksheet, Header]:
    """Several sheets as one; none of them may have been imported before."""
    read = []
    for sheet in sheets:
        if refused := _posted(type, sha256, sheet):
            raise refused
        read.append(_read(content, file_name, type, sheet))
    worksheet = several.together(read)
    return worksheet, _header(worksheet, type)


def _posted(type: ImportType, sha256: str, sheet: str) -> PostingRefusal | None:
    if not type.once:
        return None
    with database.reading() as session:
        found = posting.posted_before(session, type.slug, sha256, sheet)
        return posting.already_imported(found) if found else None


def _content(batch_id: str) -> bytes:
    """A batch's file."""
    with database.reading() as session:
        found: bytes = session.execute(
            select(col(BatchFile.content)).where(col(BatchFile.batch_id) == batch_id)
        ).scalar_one()
    return found


def _unfinished(
    session: Session, user: CurrentUser, type: ImportType, sha256: str, *, table: str | None = None
) -> str | None:
    """The draft that a file is already; with `table`, that of a table beside the one of its sheet."""
    of = col(Batch.reading)["table"].as_string()
    return (
        session.execute(
            select(col(Batch.id))
            .where(
                col(Batch.sha256) == sha256,
                col(Batch.type) == type.slug,
                col(Batch.status).in_(IN_WORK),
                col(Batch.uploaded_by) == user.id,
                of.is_(None) if table is None else of == table,
            )
            .order_by(col(Batch.uploaded_at).desc())
        )
        .scalars()
        .first()
    )


def _read(
    content: bytes,
    file_name: str,
    type: ImportType,
    sheet: str | None = None,
    waiting: Waiting | None = None,
    text: TextOptions | None = None,
) -> tuple[Worksheet, Header]:
    worksheet = reader.read(
        content, file_name, wanted=header_row.wanted(type), sheet=sheet, text=text, waiting=waiting
    )
    return worksheet, _header(worksheet, type)


def _header(worksheet: Worksheet, type: ImportType) -> Header:
    """The header of a sheet that is not too long. Raises SheetRefusal."""
    with database.reading() as session:
        known = directory_now(session)[0].known
    header = header_row.find(worksheet, type, known)
    limit = settings().max_rows
    if int((worksheet.text.index > header.row).sum()) > limit:
        raise SheetRefusal(
            "too-many-rows",
            f"The sheet {quoted(worksheet.name)} has more than {limit:,} rows below its headers; split it.",
        )
    return header


def _new_batch(
    sha256: str,
    file_name: str,
    type: ImportType,
    worksheet: Worksheet,
    header: Header,
    *,
    user_id: int,
    chosen: bool,
) -> Batch:
    return Batch(
        id=new_id(),
        type=type.slug,
        status=BatchStatus.DRAFT,
        file_name=_file_name(file_name),
        sha256=sha256,
        reading={
            "sheet": worksheet.name,
            "header": header.to_json(),
            "chosen": chosen,
            **({"parts": list(worksheet.parts)} if worksheet.parts else {}),
        },
        uploaded_by=user_id,
        uploaded_at=now(),
    )


def new_id() -> str:
    """128 random bits in base32, lower case, without padding."""
    return base64.b32encode(secrets.token_bytes(16)).decode().rstrip("=").lower()


def _file_name(name: str) -> str:
    return name_of_file(name) or "sheet.xlsx"
