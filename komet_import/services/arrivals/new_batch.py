"""A file that comes in: read, unless it was imported before, and a batch of it that nobody has kept yet."""

import base64
import secrets
from collections.abc import Sequence
from dataclasses import replace

from komet_import.language import _
from komet_import.language.phrases import to_json
from komet_import.ledger import database, posting
from komet_import.ledger.models import Batch, BatchStatus, now
from komet_import.ledger.posting import PostingRefusal
from komet_import.refusal import SheetRefusal, name_of_file
from komet_import.services.draft.control_totals import Told, added_up, given_by, set_totals
from komet_import.services.draft.facts import directory_now
from komet_import.settings import settings
from komet_import.sheets.files import reader
from komet_import.sheets.files.book import TextOptions
from komet_import.sheets.files.reader import Waiting
from komet_import.sheets.layout import several
from komet_import.sheets.layout.header import header_row
from komet_import.sheets.layout.notes import TOTALS_LACKING, other_sheets, subject
from komet_import.sheets.layout.rows import control_line
from komet_import.sheets.layout.rows.control_line import Given
from komet_import.sheets.layout.sheet import Header
from komet_import.sheets.worksheet import Note, Worksheet
from komet_import.types import ImportType


def read_file(
    content: bytes,
    file_name: str,
    type: ImportType,
    sheet: str | None = None,
    waiting: Waiting | None = None,
    text: TextOptions | None = None,
    *,
    alone: bool = False,
) -> tuple[Worksheet, Header]:
    """A sheet and its header; with `alone` nothing is said of other sheets than the named one."""
    worksheet = reader.read(
        content,
        file_name,
        wanted=header_row.wanted(type),
        sheet=sheet,
        alone=alone,
        text=text,
        waiting=waiting,
    )
    return worksheet, header_of(worksheet, type)


def read_unposted(
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
    first = read_file(content, file_name, type, sheet, waiting, text)
    refused = posted(type, sha256, first[0].name, called=file_name)
    if refused is None:
        return *first, sheet is not None
    others = other_sheets(first[0]) if sheet is None else ()
    left = [name for name in others if posted(type, sha256, name) is None]
    if not left:
        raise refused
    return *read_file(content, file_name, type, left[0], waiting), len(left) == 1


def read_several(
    content: bytes, file_name: str, type: ImportType, sha256: str, sheets: Sequence[str]
) -> tuple[Worksheet, Header, Told | None]:
    """Several sheets as one, and what they say that they come to; none of them may have been imported
    before."""
    for sheet in sheets:
        if refused := posted(type, sha256, sheet, called=file_name):
            raise refused
    return read_together(content, file_name, type, sheets)


def read_together(
    content: bytes, file_name: str, type: ImportType, sheets: Sequence[str]
) -> tuple[Worksheet, Header, Told | None]:
    """Several sheets as one, and what they say that they come to."""
    read = [read_file(content, file_name, type, sheet) for sheet in sheets]
    told, lacking = added_up(read, type)
    worksheet = several.together(read, type)
    if lacking and not control_line.sheet_of(worksheet):
        note = Note(code=TOTALS_LACKING, count=len(lacking), where=lacking)
        worksheet = replace(worksheet, notes=(*worksheet.notes, note))
    return worksheet, header_of(worksheet, type), told


def posted(type: ImportType, sha256: str, sheet: str, *, called: str = "") -> PostingRefusal | None:
    """Why a sheet of a file was posted already, `called` as it is then told; None where it was not, or may
    be again."""
    if not type.once:
        return None
    with database.reading() as session:
        found = posting.posted_before(session, type.slug, sha256, sheet)
        return posting.already_imported(found, called=called) if found else None


def header_of(worksheet: Worksheet, type: ImportType) -> Header:
    """The header of a sheet that is not too long. Raises SheetRefusal."""
    with database.reading() as session:
        known = directory_now(session)[0].known
    header = header_row.find(worksheet, type, known)
    limit = settings().max_rows
    if int((worksheet.text.index > header.row).sum()) > limit:
        raise SheetRefusal(
            "too-many-rows",
            _(
                "{sheet} has more than {limit:,} rows below its headers; split it.",
                sheet=subject(worksheet),
                limit=limit,
            ),
        )
    return header


def take_totals(
    batch: Batch,
    content: bytes,
    file_name: str,
    worksheet: Worksheet,
    header: Header,
    type: ImportType,
    waiting: Waiting | None = None,
    *,
    added: Told | None = None,
) -> str:
    """Have the batch expect what the file itself says that it comes to; returns where it says so, or blank.

    A line of the sheet, or those of several that were `added` up, count before a sheet of its own, which is
    read for this where there is one; a line of one of several sheets is not what all of them come to.
    """
    told = added
    if told is None and not worksheet.parts:
        told = _told(control_line.in_sheet(worksheet, header, type), type)
    if told is None and (name := control_line.sheet_of(worksheet)):
        told = _told(
            control_line.of_sheet(reader.read(content, file_name, sheet=name, waiting=waiting)), type
        )
    if told is None:
        return ""
    totals, where = told
    set_totals(batch, totals)
    batch.reading = {**batch.reading, "control_totals": to_json(where)}
    return where.english


def _told(found: Given | None, type: ImportType) -> Told | None:
    totals = given_by(found, type) if found else None
    return (totals, found.where) if found and totals else None


def new_batch(
    sha256: str,
    file_name: str,
    type: ImportType,
    worksheet: Worksheet,
    header: Header,
    *,
    user_id: int,
    chosen: bool,
    kept_as: str | None = None,
) -> Batch:
    """A draft that is not kept yet. `chosen`: a person, not we, chose the sheet."""
    return Batch(
        id=kept_as or new_id(),
        type=type.slug,
        status=BatchStatus.DRAFT,
        file_name=kept_name(file_name),
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


def kept_name(name: str) -> str:
    """A file's name as the ledger keeps it, never blank."""
    return name_of_file(name) or "sheet.xlsx"
