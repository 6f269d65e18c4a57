"""`users`: who may sign in."""

import argparse
import getpass
import os
import sys
from typing import Any

from komet_import.access import password_hashes, users
from komet_import.cli.words import FINE, Parser, print_json
from komet_import.ledger import database
from komet_import.refusal import Refusal


def add_user_commands(commands: Any) -> None:
    """Who may sign in."""
    people = commands.add_parser("users", help="who may sign in")
    actions = people.add_subparsers(required=True, metavar="action", parser_class=Parser)
    add = actions.add_parser("add", help="add a user; the password comes from KOMET_PASSWORD or a prompt")
    add.add_argument("username", metavar="USERNAME")
    add.add_argument("--email", required=True)
    add.add_argument("--name", required=True)
    add.add_argument("--role", action="append", required=True, dest="roles", metavar="ROLE")
    add.set_defaults(run=_users_add)
    listed = actions.add_parser("list", help="list the users")
    listed.add_argument("--json", action="store_true")
    listed.set_defaults(run=_users_list)


def _users_add(chosen: argparse.Namespace) -> int:
    database.require_current()
    password = os.environ.get("KOMET_PASSWORD") or _asked_password()
    about = {"username": chosen.username, "email": chosen.email, "name": chosen.name}
    password_hash = password_hashes.new_hash(password, **about)
    with database.transaction() as session:
        user = users.add(session, **about, roles=chosen.roles, password_hash=password_hash)
    print(f"Added {user.username}.")
    return FINE


def _asked_password() -> str:
    unasked = Refusal("no-password", "Set KOMET_PASSWORD, or run this in a terminal that can ask for it.")
    if sys.stdin is None or not sys.stdin.isatty():
        raise unasked
    try:
        password, again = getpass.getpass("Password: "), getpass.getpass("Again: ")
    except EOFError:
        raise unasked from None
    if password != again:
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
        print_json(people)
        return FINE
    for user in listed:
        state = "" if user.active else " (inactive)"
        print(f"{user.username}{state}: {user.name}, {user.email}, {', '.join(user.roles)}")
    return FINE
