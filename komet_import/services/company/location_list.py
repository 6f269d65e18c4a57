"""Locations, as an Admin adds, renames and removes them."""

from komet_import.access.users import CurrentUser
from komet_import.ledger import database, locations
from komet_import.ledger.locations import ListedLocation
from komet_import.services.admin_work import as_admin
from komet_import.services.rights import require_admin


def all_locations(user: CurrentUser) -> list[ListedLocation]:
    """Every location with what refers to it (`locations.all`)."""
    with database.reading() as session:
        require_admin(session, user)
        return locations.all(session)


def add_location(user: CurrentUser, *, code: str, name: str) -> None:
    """A new location (`locations.add`)."""
    with as_admin(user) as session:
        locations.add(session, code=code, name=name, by=user.id)


def change_location(user: CurrentUser, location_id: int, *, code: str, name: str) -> None:
    """Another code or name of a location (`locations.change`)."""
    with as_admin(user) as session:
        locations.change(session, location_id=location_id, code=code, name=name, by=user.id)


def remove_location(user: CurrentUser, location_id: int) -> None:
    """Take a location away that nothing refers to (`locations.remove`)."""
    with as_admin(user) as session:
        locations.remove(session, location_id=location_id, by=user.id)
