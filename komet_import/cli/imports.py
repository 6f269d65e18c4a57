"""`check` and `import`: a sheet is judged, and posted."""

import argparse
import shlex
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np

from komet_import import services
from komet_import.access import users
from komet_import.access.users import CurrentUser
from komet_import.cli.answering import SHEET, add_answers, add_sheets, by_question, given, sheets_meant
from komet_import.cli.reading import add_text_options, content_of, text_options
from komet_import.cli.words import FINE, SOME_REJECTED, amount_text, print_json
from komet_import.clock import told_day
from komet_import.language.phrases import from_json
from komet_import.ledger import database
from komet_import.ledger.posting import expected_of
from komet_import.refusal import Refusal, quoted
from komet_import.review.catalogue import CONFIRMABLE, DUPLICATES, POSSIBLE_DUPLICATE, Severity
from komet_import.review.control import hash_total
from komet_import.review.differences import RecordChange
from komet_import.review.figures import Apart, Tally
from komet_import.review.how_read import rows_set_aside
from komet_import.review.issues import Issue
from komet_import.review.seen import kept_in_window
from komet_import.row_numbers import told
from komet_import.services import Opened, Request
from komet_import.types import ALL, ImportType, usual
from komet_import.types.schema import listed, money

GIVEN = frozenset({"hidden-row"})
"""What whoever gives a file here means by it: there is no view in which a row would be hidden. It is told all
the same; on a page it waits for a person, who may not have seen it in Excel."""


def add_import_commands(commands: Any) -> None:
    for name, run, about in (
        ("check", _check, "read and judge a sheet, write nothing"),
        ("import", _import, "post the good rows of a sheet, queue the mail"),
    ):
        command = commands.add_parser(name, help=about)
        command.add_argument("file", type=Path, metavar="FILE")
        add_text_options(command)
        add_sheets(command)
        command.add_argument("--type", choices=list(ALL), default=usual().slug)
        command.add_argument("--json", action="store_true", help="print one JSON object")
        command.add_argument(
            "--confirm",
            action="append",
            choices=[POSSIBLE_DUPLICATE, *sorted(CONFIRMABLE - DUPLICATES - GIVEN)],
            default=[],
            help="these are meant: without it rows that somebody has to confirm are rejected",
        )
        for option, about in _TOTALS.items():
            command.add_argument(f"--expect-{option}", metavar="N", help=f"control total: {about}")
        add_answers(command)
        if name == "import":
            command.add_argument("--user", required=True, metavar="USERNAME", help="who imports")
            command.add_argument("--reason", help="why it is imported though its control totals differ")
        command.set_defaults(run=run)


_TOTALS = {
    "rows": "how many rows the sheet has",
    "total": "what their amounts come to",
    "hash": "the digits of each customer code as one number, added up",
}


def _expected(chosen: argparse.Namespace) -> dict[str, str]:
    """The control totals of a command, as `services.expect` takes them."""
    given = {"rows": chosen.expect_rows, "amount": chosen.expect_total, "hash_total": chosen.expect_hash}
    return {name: text for name, text in given.items() if text is not None}


def _check(chosen: argparse.Namespace) -> int:
    database.require_current()
    type = ALL[chosen.type]
    content = content_of(chosen.file)
    answers = given(chosen)
    sheet, sheets = sheets_meant(chosen, answers)
    opened, _ = services.check(
        services.TERMINAL,
        content,
        chosen.file.name,
        type,
        confirmed=_confirmed(chosen),
        answers=by_question(answers),
        expected=_expected(chosen),
        sheet=sheet,
        sheets=sheets,
        text=text_options(chosen),
    )
    told = _told(opened, chosen.file)
    if chosen.json:
        print_json(told)
    else:
        _print_summary(opened)
    differs = opened.totals_differ or opened.totals_missing
    return SOME_REJECTED if told["rows"]["rejected"] or told["questions"] or differs else FINE


def _import(chosen: argparse.Namespace) -> int:
    database.require_current()
    type = ALL[chosen.type]
    user = user_named(chosen.user)
    answers = given(chosen)
    said = by_question(answers)
    content, text = content_of(chosen.file), text_options(chosen)
    sheet, sheets = sheets_meant(chosen, answers)
    batch_id = services.open_file(
        user, type, chosen.file.name, content, sheet=sheet, sheets=sheets, text=text, resume=False
    )
    try:
        if said:
            services.answer_all(user, batch_id, said)
        opened = services.view(user, batch_id)
        confirmed = _confirmed(chosen)
        seen = [issue for issue in opened.judgement.waiting() if issue.code in confirmed]
        if seen:
            services.confirm(user, batch_id, seen)
        if expected := _expected(chosen):
            services.expect(user, batch_id, **expected)
        opened = services.view(user, batch_id)
        if opened.totals_differ and chosen.reason:
            services.override(user, batch_id, reason=chosen.reason)
            opened = services.view(user, batch_id)
        if services.approval_reason(opened):
            return _sent(chosen, opened, services.send(user, batch_id, unconfirmed_stay_out=True))
        receipt = services.post(user, batch_id, even_nothing=True, unconfirmed_stay_out=True)
    except Refusal as refused:
        if refused.code != "posting-unclear":  # it may stand posted, and must not be brought in another way
            services.discard(user, batch_id)
            raise
        url = services.report_url(batch_id)
        raise Refusal(refused.code, f"{refused.message} Its page: {url}") from refused
    told = _told(opened, chosen.file)
    tallies = {
        "read": receipt.read,
        "ready": receipt.posted,
        "posted": receipt.posted,
        "rejected": receipt.rejected,
        "left_out": receipt.left_out,
    }
    posted = {name: tally.rows for name, tally in tallies.items()}
    if not type.once:
        posted["unchanged"] = receipt.unchanged.rows
    answer = {
        "batch": batch_id,
        "status": "posted",
        "rows": {**told["rows"], **posted},
        "amount": {name: amount_text(tally.amount) for name, tally in tallies.items()},
        "apart": _apart(receipt.apart),
        "warnings": {
            **told["warnings"],
            "confirmed": _rows_and_amount(receipt.confirmed),
        },
        "control_totals": told["control_totals"],
        "report_url": services.report_url(batch_id),
        "questions": told["questions"],
        "notes": told["notes"],
        "set_aside": told["set_aside"],
        "applied": told["applied"],
        "issues": told["issues"],
        **({"changes": told["changes"]} if "changes" in told else {}),
    }
    if chosen.json:
        print_json(answer)
    else:
        _print_summary(opened)
        unchanged = f" · {receipt.unchanged.rows:,} unchanged" if receipt.unchanged.rows else ""
        done = f"{type.done.capitalize()} {_counted(type, receipt.posted)}{unchanged}"
        print(f"{done}. Report: {answer['report_url']}")
    return SOME_REJECTED if receipt.rejected.rows else FINE


def _sent(chosen: argparse.Namespace, opened: Opened, request: Request) -> int:
    """Say that the import waits for a second person: nothing is posted yet."""
    url = services.review_url(request.batch.id)
    if chosen.json:
        told = _told(opened, chosen.file)
        waits = {"batch": request.batch.id, "status": "waiting", "approvers": list(request.approvers)}
        print_json({**told, **waits, "review_url": url})
    else:
        _print_summary(opened)
        named = listed(request.approvers, "or")
        print(f"{_counted(request.type, request.asked)} wait for approval by {named}. Review: {url}")
    return SOME_REJECTED


def user_named(username: str) -> CurrentUser:
    """The active user in whose name a command works. Raises Refusal `no-such-user`."""
    with database.reading() as session:
        found = users.find(session, username)
        user = users.current(session, found.id or 0) if found else None
    if user is None:
        raise Refusal("no-such-user", f"There is no active user {quoted(username)}.")
    return user


def _confirmed(chosen: argparse.Namespace) -> frozenset[str]:
    """The codes that somebody confirms; whatever says that rows may be duplicates goes by one name."""
    given = frozenset(chosen.confirm) | GIVEN
    return given | DUPLICATES if POSSIBLE_DUPLICATE in given else given


def _told(opened: Opened, file: Path) -> dict[str, Any]:
    """A judged sheet as the terminal gives it: what nobody has confirmed is rejected."""
    judgement, figures = opened.judgement, opened.figures
    header = opened.draft.sheet.header
    tallies = {
        "read": figures.read,
        "ready": figures.ready,
        "rejected": figures.not_posted,
        "left_out": figures.left_out,
    }
    further = {"with_warnings": int((judgement.warnings & ~judgement.out).sum())}
    if not opened.type.once:
        further["unchanged"] = figures.unchanged.rows
    return {
        "file": str(file),
        "sha256": opened.batch.sha256,
        "type": opened.type.slug,
        "sheet": opened.draft.sheet.name,
        "header_row": header.row,
        "columns": {header.headers[letter]: name for letter, name in header.columns.items()},
        "ignored_columns": [header.headers[letter] for letter in header.ignored],
        "rows": {name: tally.rows for name, tally in tallies.items()} | further,
        "amount": {name: amount_text(tally.amount) for name, tally in tallies.items()},
        "apart": _apart(figures.apart),
        "warnings": {
            "unconfirmed": _rows_and_amount(figures.to_confirm),
            "confirmed": _rows_and_amount(figures.confirmed),
        },
        "control_totals": _totals(opened),
        "questions": [question.to_json() for question in services.open_questions(opened)],
        "notes": [note.to_json() for note in opened.draft.sheet.notes],
        "applied": _applied(opened),
        "set_aside": [
            {"kind": str(one.kind), "rows": one.tally.rows, "amount": amount_text(one.tally.amount)}
            for one in rows_set_aside(opened.draft, judgement)
        ],
        "issues": [_issue(opened, issue) for issue in services.issues(opened)],
        **({} if opened.type.once else {"changes": _changes(opened)}),
    }


def _changes(opened: Opened) -> list[dict[str, Any]]:
    """What the ready rows of an upsert change: each row, and of a known record cell by cell what is kept and
    what it becomes."""
    draft, judgement = opened.draft, opened.judgement
    places = np.flatnonzero(judgement.ready)
    kept = kept_in_window(draft, judgement, opened.reference.directory, places)
    names = [str(name) for name in draft.rows.columns]
    return [
        {
            "row": int(judgement.numbers[place]),
            "change": RecordChange(judgement.records[place]).name.lower(),
            "cells": {
                names[at]: {"before": before, "after": str(draft.rows.iat[place, at]).strip()}
                for at, before in cells.items()
            },
        }
        for place, cells in zip(places.tolist(), kept, strict=True)
    ]


def _applied(opened: Opened) -> list[dict[str, Any]]:
    """What memory settled: how the layout is read, and our codes for other systems' values."""
    layout = opened.batch.reading.get("remembered")
    return [*([layout] if layout else []), *services.standing_values(opened)]


def _totals(opened: Opened) -> dict[str, Any]:
    """What was expected, what was read, and a few rows that would account for the difference."""
    expected, counted = expected_of(opened.batch), opened.figures.counted
    return {
        "expected": {
            "rows": expected.rows,
            "amount": amount_text(expected.amount),
            "hash_total": expected.hash_total,
        },
        "read": {
            "rows": counted.rows,
            "amount": amount_text(counted.amount),
            "hash_total": hash_total(opened.draft),
        },
        "from": from_json(came).english if (came := opened.batch.reading.get("control_totals")) else None,
        "difference": opened.totals_differ,
        "accounting_rows": list(opened.accounting_rows) if opened.totals_differ else [],
        "reason": opened.batch.overridden_why,
    }


def _issue(opened: Opened, issue: Issue) -> dict[str, Any]:
    """An issue as the terminal gives it: what nobody has confirmed stops its row, as an error does."""
    waits = {"severity": str(Severity.ERROR)} if opened.judgement.asks(issue) else {}
    place = {"place": told(issue.row)} if opened.draft.sheet.parts else {}
    return {**issue.to_json(), **place, **waits}


def _rows_and_amount(tally: Tally) -> dict[str, Any]:
    return {"rows": tally.rows, "amount": amount_text(tally.amount)}


def _apart(apart: Apart) -> dict[str, Any]:
    """What is in no sum; total rows count as no row either."""
    return {
        "unreadable_amounts": apart.unreadable,
        "negative_amounts": _rows_and_amount(apart.negative),
        "total_rows": [
            {
                "row": total.row,
                "amount": amount_text(total.amount),
                "rows_above": amount_text(total.above),
                "matches": total.matches,
            }
            for total in apart.totals
        ],
    }


def _print_summary(opened: Opened) -> None:
    figures, type = opened.figures, opened.type
    for words, tally in (
        ("ready", figures.ready),
        ("unchanged", figures.unchanged),
        ("rejected", figures.not_posted),
        ("excluded", figures.left_out),
    ):
        if words == "unchanged" and type.once:
            continue
        print(f"{_counted(type, tally)} {words}")
    if figures.to_confirm.rows:
        waiting = {issue.code for issue in opened.judgement.waiting()}
        named = {POSSIBLE_DUPLICATE if code in DUPLICATES else code for code in waiting}
        options = " ".join(f"--confirm {code}" for code in sorted(named))
        print(
            f"{_counted(type, figures.to_confirm)} of the rejected must be confirmed; {options} imports them"
        )
    if figures.confirmed.rows:
        print(f"{_counted(type, figures.confirmed)} of the ready confirmed")
    for known in _applied(opened):
        day = told_day(datetime.fromisoformat(known["at"]))
        what = f"{known['value']} → {known['code']}" if "value" in known else "how the columns are read"
        print(f"as on {day}, by {known['by']}: {what}")
    if sentence := expected_of(opened.batch).sentence(figures.counted, opened.hash_total):
        print(f"control totals: {services.totals_explained(opened) or sentence}")
    for sentence in figures.apart.sentences:
        print(f"not in the sums: {sentence}")
    for question in services.open_questions(opened):
        print(f"question {question.id}: {question.text} {question.evidence}".rstrip())
        if question.kind == SHEET:
            together = " ".join(f"--sheet {shlex.quote(option.answer)}" for option in question.options)
            print(f"    {together}: all of them as one import")
        for option in question.options:
            print(f"    --answer {shlex.quote(f'{question.id}={option.answer}')}: {option.words}")
    for issue in services.issues(opened):
        print(f"row {told(issue.row)}: {issue.severity}: {issue.message}")


def _counted(type: ImportType, tally: Tally) -> str:
    return type.counted(tally.rows) + ("" if tally.amount is None else f" · {money(tally.amount)}")
