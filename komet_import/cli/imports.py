"""`check` and `import`: a sheet is judged, and posted."""

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sqlalchemy.exc import SQLAlchemyError

from komet_import import services
from komet_import.access import users
from komet_import.access.users import CurrentUser
from komet_import.cli.answer_options import add_answers, add_sheets, by_question, given, sheets_meant
from komet_import.cli.judged import apart_json, judged_json, print_summary, rows_and_amount
from komet_import.cli.sheets import add_text_options, content_of, text_options
from komet_import.cli.words import FINE, SOME_REJECTED, amount_text, print_json
from komet_import.language.lists import listed
from komet_import.ledger import database
from komet_import.ledger.receipt import Receipt
from komet_import.refusal import Refusal, quoted
from komet_import.review.catalogue import CONFIRMABLE, DUPLICATES, POSSIBLE_DUPLICATE
from komet_import.review.tally import counted_money
from komet_import.services import Opened, OtherSheet, Request
from komet_import.services.arrivals.new_batch import new_id
from komet_import.types import ALL, usual

GIVEN = frozenset({"hidden-row"})
"""What whoever gives a file here means by it: there is no view in which a row would be hidden. It is told all
the same; on a page it waits for a person, who may not have seen it in Excel."""


def add_import_commands(commands: Any) -> None:
    """Checking a sheet, and importing one."""
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
    others = services.other_sheets(services.TERMINAL, opened, content)
    told = judged_json(opened, chosen.file, others)
    if chosen.json:
        print_json(told)
    else:
        print_summary(opened, others)
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
    batch_id = new_id()
    try:
        services.open_file(
            user,
            type,
            chosen.file.name,
            content,
            sheet=sheet,
            sheets=sheets,
            text=text,
            resume=False,
            kept_as=batch_id,
        )
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
        others = services.other_sheets(user, opened, content)
        left = _drafts_left(user, opened)
        if services.approval_reason(opened):
            request = services.send(user, batch_id, unconfirmed_stay_out=True)
            return _sent(chosen, opened, others, request, left)
        receipt = services.post(user, batch_id, even_nothing=True, unconfirmed_stay_out=True)
    except Refusal as refused:
        if refused.code != "posting-unclear":  # it may stand posted, and must not be brought in another way
            _delete(user, batch_id)
            raise
        url = services.report_url(batch_id)
        raise Refusal(refused.code, f"{refused.message} Its page: {url}") from refused
    except KeyboardInterrupt:
        raise _interrupted(user, batch_id) from None
    return _posted(chosen, opened, others, receipt, left)


def _delete(user: CurrentUser, batch_id: str) -> None:
    """Delete the draft, if it was kept yet."""
    try:
        services.discard(user, batch_id)
    except Refusal as refused:
        if refused.code != "not-found":
            raise


def _interrupted(user: CurrentUser, batch_id: str) -> Refusal:
    """Delete the draft, and say what became of the import: it may have been posted in this very moment."""
    try:
        _delete(user, batch_id)
    except (Refusal, SQLAlchemyError):
        url = services.report_url(batch_id)
        return Refusal("interrupted", f"Interrupted; whether it was imported stands on its page: {url}")
    return Refusal("interrupted", "Interrupted; nothing was imported.")


def _drafts_left(user: CurrentUser, opened: Opened) -> list[str]:
    """The addresses of this person's other drafts of the file: of an import that was killed, or of a page."""
    own = opened.batch
    return [
        services.review_url(one.batch.id)
        for one in services.unfinished(user)
        if one.mine and one.type is opened.type and one.batch.sha256 == own.sha256 and one.batch.id != own.id
    ]


def _drafts_json(left: Sequence[str]) -> dict[str, Sequence[str]]:
    return {"drafts": left} if left else {}


def _print_drafts(left: Sequence[str]) -> None:
    for url in left:
        print(f"Another draft of this file is left; go on with it or delete it: {url}")


def _posted(
    chosen: argparse.Namespace,
    opened: Opened,
    others: Sequence[OtherSheet],
    receipt: Receipt,
    left: Sequence[str],
) -> int:
    """Say what was posted, of what was judged before."""
    type, told = opened.type, judged_json(opened, chosen.file, others)
    tallies = {
        "read": receipt.read,
        "ready": receipt.posted,
        "posted": receipt.posted,
        "rejected": receipt.rejected,
        "left_out": receipt.left_out,
    }
    posted = {name: tally.rows for name, tally in tallies.items()}
    if not type.once:
        posted["added"] = receipt.added or 0
        posted["unchanged"] = receipt.unchanged.rows
    answer = {
        "batch": receipt.batch_id,
        "status": "posted",
        "rows": {**told["rows"], **posted},
        "amount": {name: amount_text(tally.amount) for name, tally in tallies.items()},
        "apart": apart_json(receipt.apart),
        "warnings": {
            **told["warnings"],
            "confirmed": rows_and_amount(receipt.confirmed),
        },
        "control_totals": told["control_totals"],
        "report_url": services.report_url(receipt.batch_id),
        "questions": told["questions"],
        "notes": told["notes"],
        "set_aside": told["set_aside"],
        "applied": told["applied"],
        "issues": told["issues"],
        **({"changes": told["changes"]} if "changes" in told else {}),
        **_drafts_json(left),
    }
    if chosen.json:
        print_json(answer)
    else:
        print_summary(opened, others)
        unchanged = f" · {receipt.unchanged.rows:,} unchanged" if receipt.unchanged.rows else ""
        done = (
            type.told_posted(receipt.posted.rows, receipt.added)
            if receipt.added
            else f"{type.done.capitalize()} {counted_money(type, receipt.posted)}"
        )
        _print_drafts(left)
        print(f"{done}{unchanged}. Report: {answer['report_url']}")
    return SOME_REJECTED if receipt.rejected.rows or told["questions"] else FINE


def _sent(
    chosen: argparse.Namespace,
    opened: Opened,
    others: Sequence[OtherSheet],
    request: Request,
    left: Sequence[str],
) -> int:
    """Say that the import waits for a second person: nothing is posted yet."""
    url = services.review_url(request.batch.id)
    if chosen.json:
        told = judged_json(opened, chosen.file, others)
        waits = {"batch": request.batch.id, "status": "waiting", "approvers": list(request.approvers)}
        print_json({**told, **waits, "review_url": url, **_drafts_json(left)})
    else:
        print_summary(opened, others)
        _print_drafts(left)
        named = listed(request.approvers, "or")
        print(f"{counted_money(request.type, request.asked)} wait for approval by {named}. Review: {url}")
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
