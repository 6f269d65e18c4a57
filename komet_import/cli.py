"""The front door for a terminal: scripts, schedulers and acceptance use it.

Exit status 0: all rows fine; 1: some rows rejected; 2: refused or misused, with one line on standard
error, and with --json an object with `error.code` and `error.message`. Never a traceback.
"""

import argparse
import getpass
import json
import logging
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NoReturn

from komet_import import services
from komet_import.access import users
from komet_import.ledger import database, locations
from komet_import.outbox import dispatcher
from komet_import.refusal import Refusal
from komet_import.review.figures import Apart, Tally
from komet_import.review.issues import POSSIBLE_DUPLICATE
from komet_import.services import Opened
from komet_import.settings import SettingsError, settings
from komet_import.sheets.files import reader
from komet_import.types import ALL, ImportType, usual
from komet_import.types.schema import PARTIES, counted, from_thousandths, money

FINE, SOME_REJECTED, REFUSED = 0, 1, 2


class _Misuse(Exception):
    """The words of the command are off; exists so that argparse says it in one line."""


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise _Misuse(f"{message} (see `python -m komet_import --help`)")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit status."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    logging.basicConfig(level=logging.ERROR)
    try:
        services.require_sound_types()
        chosen = _parser().parse_args(words)
        return int(chosen.run(chosen))
    except Refusal as refusal:
        return _refuse(words, refusal.code, refusal.message, getattr(refusal, "batch_id", None))
    except SettingsError as wrong:
        return _refuse(words, "wrong-setting", str(wrong))
    except _Misuse as wrong:
        return _refuse(words, "misuse", str(wrong))
    except KeyboardInterrupt:
        return _refuse(words, "interrupted", "Interrupted; nothing more was done.")
    except BrokenPipeError:
        sys.stderr.close()  # whoever read our output is gone: there is nobody to tell
        return REFUSED
    except Exception as wrong:
        logging.getLogger(__name__).debug("unexpected", exc_info=True)
        return _refuse(
            words, "unexpected", f"Something unexpected went wrong ({type(wrong).__name__}: {wrong})."
        )


def _refuse(words: Sequence[str], code: str, message: str, batch_id: str | None = None) -> int:
    line = " ".join(message.split())
    if "--json" in words:
        error: dict[str, Any] = {"code": code, "message": line}
        if batch_id:
            error |= {"batch": batch_id, "report_url": services.report_url(batch_id)}
        _print_json({"error": error})
    print(line, file=sys.stderr)
    return REFUSED


def _print_json(told: Any) -> None:
    """In ASCII: whatever the terminal's encoding is, and however odd a file's name, it stays JSON."""
    print(json.dumps(told))


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="python -m komet_import", description="Import open credits into the ledger.")
    commands = parser.add_subparsers(required=True, metavar="command", parser_class=_Parser)
    _add_import_commands(commands)
    _add_database_commands(commands)
    _add_user_commands(commands)
    _add_location_commands(commands)
    mail = commands.add_parser("mail", help="send what is due and end")
    sending = mail.add_subparsers(required=True, metavar="action", parser_class=_Parser)
    sending.add_parser("send", help="send what is due and end").set_defaults(run=_mail_send)
    return parser


def _add_import_commands(commands: Any) -> None:
    for name, run, about in (
        ("check", _check, "read and judge a sheet, write nothing"),
        ("import", _import, "post the good rows of a sheet, queue the mail"),
    ):
        command = commands.add_parser(name, help=about)
        command.add_argument("file", type=Path, metavar="FILE.xlsx")
        command.add_argument("--type", choices=list(ALL), default=usual().slug)
        command.add_argument("--json", action="store_true", help="print one JSON object")
        command.add_argument(
            "--confirm",
            action="append",
            choices=[POSSIBLE_DUPLICATE],
            default=[],
            help="these are meant: without it rows that somebody has to confirm are rejected",
        )
        if name == "import":
            command.add_argument("--user", required=True, metavar="USERNAME", help="who imports")
        command.set_defaults(run=run)
    read = commands.add_parser("read", help="show what the reader sees, before any import type")
    read.add_argument("file", type=Path, metavar="FILE")
    read.add_argument("--sheet", metavar="NAME")
    read.add_argument("--cells", action="store_true", help="add every cell's text")
    read.add_argument("--json", action="store_true", help="print one JSON object")
    read.set_defaults(run=_read)
    template = commands.add_parser("template", help="write the sample workbook of a type")
    template.add_argument("type", choices=list(ALL))
    template.add_argument("-o", "--output", type=Path, required=True, metavar="FILE.xlsx")
    template.add_argument("--with-existing", action="store_true", help="customers: with existing records")
    template.set_defaults(run=_template)


def _add_database_commands(commands: Any) -> None:
    db = commands.add_parser("db", help="the database")
    actions = db.add_subparsers(required=True, metavar="action", parser_class=_Parser)
    actions.add_parser("upgrade", help="bring the database to this version").set_defaults(run=_db_upgrade)
    demo = commands.add_parser("demo", help="fill an empty workspace with the demo's people and customers")
    demo.set_defaults(run=_demo)


def _add_user_commands(commands: Any) -> None:
    people = commands.add_parser("users", help="who may sign in")
    actions = people.add_subparsers(required=True, metavar="action", parser_class=_Parser)
    add = actions.add_parser("add", help="add a user; the password comes from KOMET_PASSWORD or a prompt")
    add.add_argument("username", metavar="USERNAME")
    add.add_argument("--email", required=True)
    add.add_argument("--name", required=True)
    add.add_argument("--role", action="append", required=True, dest="roles", metavar="ROLE")
    add.set_defaults(run=_users_add)
    listed = actions.add_parser("list", help="list the users")
    listed.add_argument("--json", action="store_true")
    listed.set_defaults(run=_users_list)


def _add_location_commands(commands: Any) -> None:
    places = commands.add_parser("locations", help="the company's places; with two, money must name its own")
    actions = places.add_subparsers(required=True, metavar="action", parser_class=_Parser)
    add = actions.add_parser("add", help="add a location")
    add.add_argument("code", metavar="CODE")
    add.add_argument("--name", required=True)
    add.set_defaults(run=_locations_add)
    rename = actions.add_parser("rename", help="give a location another name, another code, or both")
    rename.add_argument("code", metavar="CODE")
    rename.add_argument("--name")
    rename.add_argument("--code", dest="new_code", metavar="NEW")
    rename.set_defaults(run=_locations_rename)
    remove = actions.add_parser("remove", help="take away a location that nothing refers to")
    remove.add_argument("code", metavar="CODE")
    remove.set_defaults(run=_locations_remove)
    listed = actions.add_parser("list", help="list the locations")
    listed.add_argument("--json", action="store_true")
    listed.set_defaults(run=_locations_list)


# -------------------------------------------------------------------------------------------- commands


def _check(chosen: argparse.Namespace) -> int:
    database.require_current()
    type = ALL[chosen.type]
    content = _content(chosen.file)
    opened, _ = services.check(
        services.TERMINAL, content, chosen.file.name, type, confirmed=bool(chosen.confirm)
    )
    told = _told(opened, chosen.file)
    if chosen.json:
        _print_json(told)
    else:
        _print_summary(opened)
    return SOME_REJECTED if told["rows"]["rejected"] else FINE


def _import(chosen: argparse.Namespace) -> int:
    database.require_current()
    type = ALL[chosen.type]
    with database.reading() as session:
        found = users.find(session, chosen.user)
        user = users.current(session, found.id or 0) if found else None
    if user is None:
        raise Refusal("no-such-user", f"There is no active user “{chosen.user}”.")
    batch_id = services.open_file(user, type, chosen.file.name, _content(chosen.file), resume=False)
    try:
        opened = services.view(user, batch_id)
        seen = opened.judgement.waiting() if chosen.confirm else []
        if seen:
            services.confirm(user, batch_id, seen)
            opened = services.view(user, batch_id)
        receipt = services.post(user, batch_id, even_nothing=True)
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
        "amount": {name: _amount(tally.amount) for name, tally in tallies.items()},
        "apart": _apart(receipt.apart),
        "possible_duplicates": {
            **told["possible_duplicates"],
            "confirmed": _rows_and_amount(receipt.confirmed),
        },
        "report_url": services.report_url(batch_id),
        "issues": told["issues"],
    }
    if chosen.json:
        _print_json(answer)
    else:
        _print_summary(opened)
        unchanged = f" · {receipt.unchanged.rows:,} unchanged" if receipt.unchanged.rows else ""
        done = f"{type.done.capitalize()} {_counted(type, receipt.posted)}{unchanged}"
        print(f"{done}. Report: {answer['report_url']}")
    return SOME_REJECTED if receipt.rejected.rows else FINE


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
        "amount": {name: _amount(tally.amount) for name, tally in tallies.items()},
        "apart": _apart(figures.apart),
        "possible_duplicates": {
            "unconfirmed": _rows_and_amount(figures.to_confirm),
            "confirmed": _rows_and_amount(figures.confirmed),
        },
        "issues": [issue.to_json() for issue in services.issues(opened)],
    }


def _rows_and_amount(tally: Tally) -> dict[str, Any]:
    return {"rows": tally.rows, "amount": _amount(tally.amount)}


def _apart(apart: Apart) -> dict[str, Any]:
    """What is in no sum; total rows count as no row either."""
    return {
        "unreadable_amounts": apart.unreadable,
        "negative_amounts": _rows_and_amount(apart.negative),
        "total_rows": [
            {
                "row": total.row,
                "amount": _amount(total.amount),
                "rows_above": _amount(total.above),
                "matches": total.matches,
            }
            for total in apart.totals
        ],
    }


def _amount(thousandths: int | None) -> str | None:
    return None if thousandths is None else str(from_thousandths(thousandths))


def _print_summary(opened: Opened) -> None:
    figures, type = opened.figures, opened.type
    for words, tally in (
        ("ready", figures.ready),
        ("unchanged", figures.unchanged),
        ("rejected", figures.not_posted),
        ("left out", figures.left_out),
    ):
        if words == "unchanged" and type.once:
            continue
        print(f"{_counted(type, tally)} {words}")
    if figures.to_confirm.rows:
        print(
            f"{_counted(type, figures.to_confirm)} of the rejected may be duplicates; "
            f"--confirm {POSSIBLE_DUPLICATE} imports them"
        )
    if figures.confirmed.rows:
        print(f"{_counted(type, figures.confirmed)} of the ready confirmed as no duplicates")
    for sentence in figures.apart.sentences:
        print(f"not in the sums: {sentence}")
    for issue in services.issues(opened):
        print(f"row {issue.row}: {issue.severity}: {issue.message}")


def _counted(type: ImportType, tally: Tally) -> str:
    return type.counted(tally.rows) + ("" if tally.amount is None else f" · {money(tally.amount)}")


def _read(chosen: argparse.Namespace) -> int:
    seen, worksheet = reader.inspect(_content(chosen.file), chosen.file.name, sheet=chosen.sheet)
    cells = reader.values(worksheet) if chosen.cells else iter(())
    if chosen.json:
        _print_seen(seen, cells if chosen.cells else None)
        return FINE
    for sheet in seen["sheets"]:
        hidden = "" if sheet["visible"] else " (hidden)"
        print(f"sheet “{sheet['name']}”{hidden}: {sheet['rows']:,} rows, {sheet['cells']:,} cells")
    print(f"read “{seen['sheet']}”, rows {seen['first_row']} to {seen['last_row']}")
    for note in seen["notes"]:
        print(f"{note['code']}: {note['count']:,} ({', '.join(note['where'])})")
    for cell, text, _ in cells:
        print(f"{cell}: {text}")
    return FINE


def _print_seen(seen: dict[str, Any], cells: Iterator[tuple[str, str, bool]] | None) -> None:
    """One JSON object, its cells printed as they come: there may be millions."""
    if cells is None:
        _print_json(seen)
        return
    quoted = json.encoder.encode_basestring_ascii  # much faster than `dumps`, a text at a time
    write = sys.stdout.write
    write(json.dumps(seen)[:-1] + ', "values": {')
    between = ""
    for cell, text, typed in cells:
        write(f'{between}"{cell}": {{"text": {quoted(text)}, "typed": {"true" if typed else "false"}}}')
        between = ", "
    write("}}\n")


def _template(chosen: argparse.Namespace) -> int:
    database.require_current()
    content = services.sample(services.TERMINAL, ALL[chosen.type], with_existing=chosen.with_existing)
    try:
        chosen.output.write_bytes(content)
    except OSError as wrong:
        raise Refusal("cannot-write", f"{chosen.output} cannot be written: {wrong.strerror}.") from None
    print(f"Wrote {chosen.output}")
    return FINE


def _content(file: Path) -> bytes:
    try:
        if file.stat().st_size > settings().max_upload_mb * 1024 * 1024:
            raise Refusal(
                "too-large", f"{file.name} is larger than {settings().max_upload_mb} MB; split the sheet."
            )
        return file.read_bytes()
    except OSError as wrong:
        raise Refusal("cannot-read", f"{file} cannot be read: {wrong.strerror}.") from None


def _db_upgrade(chosen: argparse.Namespace) -> int:
    database.upgrade()
    print("The database is up to date.")
    return FINE


def _demo(chosen: argparse.Namespace) -> int:
    from komet_import import demo  # only the demo pays for its names and numbers

    database.require_current()
    print(demo.seed())
    return FINE


def _users_add(chosen: argparse.Namespace) -> int:
    database.require_current()
    password = os.environ.get("KOMET_PASSWORD") or _asked_password()
    about = {"username": chosen.username, "email": chosen.email, "name": chosen.name}
    password_hash = users.new_hash(password, **about)
    with database.transaction() as session:
        user = users.add(session, **about, roles=chosen.roles, password_hash=password_hash)
    print(f"Added {user.username}.")
    return FINE


def _asked_password() -> str:
    if not sys.stdin.isatty():
        raise Refusal("no-password", "Set KOMET_PASSWORD, or run this in a terminal that can ask for it.")
    password = getpass.getpass("Password: ")
    if password != getpass.getpass("Again: "):
        raise Refusal("password-mismatch", "The two passwords differ; nothing was added.")
    return password


def _users_list(chosen: argparse.Namespace) -> int:
    database.require_current()
    with database.reading() as session:
        listed = users.all(session)
    if chosen.json:
        people = [
            {
                "username": user.username,
                "name": user.name,
                "email": user.email,
                "roles": [str(role) for role in user.roles],
                "active": user.active,
            }
            for user in listed
        ]
        _print_json(people)
        return FINE
    for user in listed:
        state = "" if user.active else " (inactive)"
        print(f"{user.username}{state}: {user.name}, {user.email}, {', '.join(user.roles)}")
    return FINE


def _locations_add(chosen: argparse.Namespace) -> int:
    database.require_current()
    with database.transaction() as session:
        added = locations.add(session, code=chosen.code, name=chosen.name)
    print(f"Added {added.code}: {added.name}.")
    return FINE


def _locations_rename(chosen: argparse.Namespace) -> int:
    if chosen.name is None and chosen.new_code is None:
        raise _Misuse("say the new --name, the new --code, or both")
    database.require_current()
    with database.transaction() as session:
        place = locations.find(session, chosen.code)
        changed = locations.change(session, location_id=place.id or 0, code=chosen.new_code, name=chosen.name)
    print(f"It is now {changed.code}: {changed.name}.")
    return FINE


def _locations_remove(chosen: argparse.Namespace) -> int:
    database.require_current()
    with database.transaction() as session:
        place = locations.find(session, chosen.code)
        locations.remove(session, location_id=place.id or 0)
    print(f"Removed {place.code}.")
    return FINE


def _locations_list(chosen: argparse.Namespace) -> int:
    database.require_current()
    with database.reading() as session:
        listed = locations.all(session)
    if chosen.json:
        _print_json([{"code": p.code, "name": p.name, "customers": p.customers} for p in listed])
        return FINE
    for place in listed:
        print(f"{place.code}: {place.name}, {counted(place.customers, PARTIES)}")
    return FINE


def _mail_send(chosen: argparse.Namespace) -> int:
    database.require_current()
    if not settings().smtp_host:
        raise Refusal("no-mail-server", "No mail server is set: KOMET_SMTP_HOST is empty; nothing was sent.")
    counts = dispatcher.send_due()
    unclear = f", {counts.unclear} may have arrived" if counts.unclear else ""
    print(f"{counts.sent} sent, {counts.retried} to be tried again, {counts.failed} given up{unclear}.")
    return FINE if counts.sent == counts.tried else SOME_REJECTED
