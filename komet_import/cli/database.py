"""`db` and `demo`: the database and the demo workspace."""

import argparse
from pathlib import Path
from typing import Any

from komet_import.cli.words import FINE, Parser
from komet_import.ledger import backup, database


def add_database_commands(commands: Any) -> None:
    """The database, and the demo that fills one."""
    db = commands.add_parser("db", help="the database")
    actions = db.add_subparsers(required=True, metavar="action", parser_class=Parser)
    actions.add_parser("upgrade", help="bring the database to this version").set_defaults(run=_db_upgrade)
    saving = actions.add_parser("backup", help="write a whole copy of SQLite's database while people work")
    saving.add_argument("file", type=Path, metavar="FILE", help="a file that is not there yet")
    saving.set_defaults(run=_db_backup)
    demo = commands.add_parser("demo", help="fill an empty workspace with the demo's people and customers")
    demo.set_defaults(run=_demo)


def _db_upgrade(chosen: argparse.Namespace) -> int:
    database.upgrade()
    print("The database is up to date.")
    return FINE


def _db_backup(chosen: argparse.Namespace) -> int:
    size = backup.write(chosen.file)
    print(f"The backup is {chosen.file}, {size:,} bytes.")
    if wrong := backup.record(chosen.file, size):
        print(f"That it was written is not in the audit trail: {wrong}.")
    return FINE


def _demo(chosen: argparse.Namespace) -> int:
    from komet_import import demo  # only the demo pays for its names and numbers

    database.require_current()
    print(demo.seed())
    return FINE
