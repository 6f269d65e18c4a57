"""`locations`: the company's places."""

import argparse
from typing import Any

from komet_import.cli.words import FINE, Misuse, Parser, print_json
from komet_import.ledger import database, locations
from komet_import.types.schema import PARTIES, counted


def add_location_commands(commands: Any) -> None:
    """The company's places."""
    places = commands.add_parser("locations", help="the company's places; with two, money must name its own")
    actions = places.add_subparsers(required=True, metavar="action", parser_class=Parser)
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


def _locations_add(chosen: argparse.Namespace) -> int:
    database.require_current()
    with database.transaction() as session:
        added = locations.add(session, code=chosen.code, name=chosen.name)
    print(f"Added {added.code}: {added.name}.")
    return FINE


def _locations_rename(chosen: argparse.Namespace) -> int:
    if chosen.name is None and chosen.new_code is None:
        raise Misuse("say the new --name, the new --code, or both")
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
        print_json([{"code": p.code, "name": p.name, "customers": p.customers} for p in listed])
        return FINE
    for place in listed:
        print(f"{place.code}: {place.name}, {counted(place.customers, PARTIES)}")
    return FINE
