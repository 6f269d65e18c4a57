"""Every command: what it is asked with, and how what goes wrong becomes one line and an exit status."""

import argparse
import logging
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, TextIO

from komet_import import services
from komet_import.cli.approval import add_approval_commands
from komet_import.cli.audit import add_audit_commands
from komet_import.cli.database import add_database_commands
from komet_import.cli.imports import add_import_commands
from komet_import.cli.locations import add_location_commands
from komet_import.cli.mail import add_mail_commands
from komet_import.cli.periods import add_period_commands
from komet_import.cli.sheets import add_reading_commands
from komet_import.cli.users import add_user_commands
from komet_import.cli.words import REFUSED, Misuse, Parser, print_json
from komet_import.language.current import Language, asked_for, speaking
from komet_import.ledger import audit
from komet_import.refusal import Refusal, on_one_line
from komet_import.settings import SettingsError, settings

LOG = "terminal.log"
log = logging.getLogger("komet_import")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit status."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    with speaking(Language.ENGLISH if "--json" in words else _asked_for()):
        return _run(words)


def _asked_for() -> Language:
    """The language of the terminal, in the order in which POSIX says it; JSON is for programs, in English."""
    said = (os.environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    return asked_for(next(filter(None, said), ""))


def _run(words: list[str]) -> int:
    try:
        _log(to_the_terminal="--debug" in words)
        words = [word for word in words if word != "--debug"]
        services.require_sound_types()
        audit.came_from(audit.TERMINAL)
        chosen = _parser().parse_args(words)
        return int(chosen.run(chosen))
    except Refusal as refusal:
        return _refuse(words, refusal.code, refusal.message, getattr(refusal, "batch_id", None))
    except SettingsError as wrong:
        return _refuse(words, "wrong-setting", str(wrong))
    except Misuse as wrong:
        return _refuse(words, "misuse", str(wrong))
    except KeyboardInterrupt:
        return _refuse(words, "interrupted", "Interrupted; nothing more was done.")
    except Exception as wrong:
        log.exception("Unexpected in the terminal.")
        return _refuse(
            words, "unexpected", f"Something unexpected went wrong ({type(wrong).__name__}: {wrong})."
        )


def _log(*, to_the_terminal: bool) -> None:
    """One line is for the person; what it came from is for the log, or for standard error with `--debug`."""
    root = logging.getLogger()
    for former in [kept for kept in root.handlers if kept.get_name() == LOG]:
        root.removeHandler(former)
        former.close()
    handler: logging.Handler
    handler = logging.StreamHandler() if to_the_terminal else _LogFile(settings().data_dir / LOG)
    handler.set_name(LOG)
    handler.setLevel(logging.DEBUG if to_the_terminal else logging.ERROR)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    root.addHandler(handler)
    if to_the_terminal:
        root.setLevel(logging.INFO)


class _LogFile(logging.FileHandler):
    """A file of the data folder, for this account only, which begins with the first thing there is to write.

    Where it cannot be written nothing is said of that: the person has their line all the same.
    """

    def __init__(self, file: Path) -> None:
        super().__init__(file, encoding="utf-8", delay=True)

    def _open(self) -> TextIO:  # type: ignore[override]
        file = Path(self.baseFilename)
        file.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        return os.fdopen(descriptor, "a", encoding="utf-8")

    def emit(self, record: logging.LogRecord) -> None:
        """Write it if that can be done."""
        with suppress(OSError):
            super().emit(record)

    def handleError(self, record: logging.LogRecord) -> None:
        """Not a word: this would print a traceback."""


def _refuse(words: Sequence[str], code: str, message: str, batch_id: str | None = None) -> int:
    line = on_one_line(message)
    if "--json" in words:
        error: dict[str, Any] = {"code": code, "message": line}
        if batch_id:
            error |= {"batch": batch_id, "report_url": services.report_url(batch_id)}
        print_json({"error": error})
    print(line, file=sys.stderr)
    return REFUSED


def _parser() -> argparse.ArgumentParser:
    parser = Parser(
        prog="python -m komet_import",
        description="Import sheets into the ledger, and look after it.",
        epilog="--debug, anywhere, prints what goes wrong in full; otherwise it is in terminal.log.",
    )
    commands = parser.add_subparsers(required=True, metavar="command", parser_class=Parser)
    add_import_commands(commands)
    add_approval_commands(commands)
    add_reading_commands(commands)
    add_database_commands(commands)
    add_user_commands(commands)
    add_location_commands(commands)
    add_period_commands(commands)
    add_mail_commands(commands)
    add_audit_commands(commands)
    return parser
