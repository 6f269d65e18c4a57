"""A file is read and judged without keeping anything: what the terminal asks before it posts."""

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from sqlmodel import Session

from komet_import.ledger import database, reading_memory
from komet_import.ledger.posting import expected_of
from komet_import.review import fixes
from komet_import.review.edits import Changes
from komet_import.review.judge import rejudge
from komet_import.review.questions.answer_changes import Given, all_answered, as_remembered
from komet_import.review.reference import Directory
from komet_import.review.value_memory import replacing
from komet_import.services.arrivals.new_batch import new_batch, read_file, read_together, take_totals
from komet_import.services.draft.control_totals import set_totals, typed_totals
from komet_import.services.draft.facts import directory_now, facts_now
from komet_import.services.draft.open_draft import Opened
from komet_import.services.draft.remembered import known_values, told_of
from komet_import.services.draft.stored import judged
from komet_import.services.rights import Asking, require_asking
from komet_import.sheets.files.book import TextOptions
from komet_import.sheets.worksheet import Worksheet
from komet_import.types import ImportType

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
    sheets: Sequence[str] = (),
    text: TextOptions | None = None,
) -> tuple[Opened, Worksheet]:
    """Read and judge a file without keeping anything; as if a person had confirmed what has the `confirmed`
    codes, given these `answers`, by kind and column, and typed these control totals (`expect`). `sheets`
    are several that are read as one, `text` says how a text file is to be read.

    Raises Refusal, `no-right` and those of `answer_all` and `expect` among others.
    """
    with database.reading() as session:
        require_asking(session, user, type)
    added = None
    if sheets:
        worksheet, header, added = read_together(content, file_name, type, sheets)
    else:
        worksheet, header = read_file(content, file_name, type, sheet, text=text)
    sha256 = hashlib.sha256(content).hexdigest()
    batch = new_batch(sha256, file_name, type, worksheet, header, user_id=0, chosen=bool(sheet or sheets))
    with database.reading() as session:
        directory, stamp = directory_now(session)
        opened = judged(session, batch, type, "", worksheet, header, [], directory, stamp)
        take_totals(batch, content, file_name, worksheet, header, type, added=added)
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
