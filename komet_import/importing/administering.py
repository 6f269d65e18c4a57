"""What an Admin does: users and locations. And what everybody does with their own sessions.

Each asks for the right of now in the transaction that it works in.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from sqlmodel import Session

from komet_import.access import browsers, sessions, users
from komet_import.access.browsers import KnownBrowser
from komet_import.access.users import CurrentUser, ListedUser
from komet_import.importing.desk import require_active, require_admin
from komet_import.ledger import database, locations
from komet_import.ledger.locations import ListedLocation


@contextmanager
def _as_admin(user: CurrentUser) -> Iterator[Session]:
    """A transaction of somebody who is an Admin now. Raises Refusal `no-right`."""
    with database.transaction() as session:
        require_admin(session, user)
        yield session


def all_users(user: CurrentUser) -> list[ListedUser]:
    """Everybody who may sign in or could. Raises Refusal `no-right`, as do the others here."""
    with database.reading() as session:
        require_admin(session, user)
        return users.all(session)


def add_user(
    user: CurrentUser, *, username: str, email: str, name: str, roles: Iterable[str], password: str
) -> None:
    """A new user (`users.add`)."""
    with database.reading() as session:
        require_admin(session, user)
    password_hash = users.new_hash(password, username=username, email=email, name=name)
    with _as_admin(user) as session:
        users.add(
            session,
            username=username,
            email=email,
            name=name,
            roles=roles,
            password_hash=password_hash,
            by=user.id,
        )


def set_roles(user: CurrentUser, user_id: int, *, roles: Iterable[str]) -> None:
    """Another user's roles from now on (`users.set_roles`)."""
    with _as_admin(user) as session:
        users.set_roles(session, user_id=user_id, roles=roles, by=user.id)


def reset_password(user: CurrentUser, user_id: int, *, new: str) -> None:
    """A new password for another user (`users.reset_password`)."""
    with database.reading() as session:
        require_admin(session, user)
        whose = users.get(session, user_id)
    password_hash = users.new_hash(new, username=whose.username, email=whose.email, name=whose.name)
    with _as_admin(user) as session:
        users.reset_password(session, user_id=user_id, password_hash=password_hash, by=user.id)


def deactivate(user: CurrentUser, user_id: int) -> None:
    """Another user may not sign in any more (`users.deactivate`)."""
    with _as_admin(user) as session:
        users.deactivate(session, user_id=user_id, by=user.id)


def reactivate(user: CurrentUser, user_id: int) -> None:
    """Another user may sign in again (`users.reactivate`)."""
    with _as_admin(user) as session:
        users.reactivate(session, user_id=user_id, by=user.id)


def all_locations(user: CurrentUser) -> list[ListedLocation]:
    """Every location with what refers to it (`locations.all`)."""
    with database.reading() as session:
        require_admin(session, user)
        return locations.all(session)


def add_location(user: CurrentUser, *, code: str, name: str) -> None:
    """A new location (`locations.add`)."""
    with _as_admin(user) as session:
        locations.add(session, code=code, name=name, by=user.id)


def change_location(user: CurrentUser, location_id: int, *, code: str, name: str) -> None:
    """Another code or name of a location (`locations.change`)."""
    with _as_admin(user) as session:
        locations.change(session, location_id=location_id, code=code, name=name, by=user.id)


def remove_location(user: CurrentUser, location_id: int) -> None:
    """Take a location away that nothing refers to (`locations.remove`)."""
    with _as_admin(user) as session:
        locations.remove(session, location_id=location_id, by=user.id)


def signed_in_browsers(user: CurrentUser) -> int:
    """In how many browsers this user is signed in."""
    with database.reading() as session:
        return sessions.count(session, user_id=require_active(session, user).id)


def sign_out_everywhere(user: CurrentUser) -> None:
    """End every session of this user's."""
    with database.transaction() as session:
        sessions.end_all(session, user_id=require_active(session, user).id)


def trusted_browsers(user: CurrentUser, *, mark: str) -> tuple[KnownBrowser, ...]:
    """The browsers that this user has signed in from; the one with that mark is `here`."""
    with database.reading() as session:
        return browsers.of_user(session, user_id=require_active(session, user).id, mark=mark)


def forget_browser(user: CurrentUser, browser_id: int) -> None:
    """One of this user's browsers is a stranger again."""
    with database.transaction() as session:
        browsers.forget(session, user_id=require_active(session, user).id, browser_id=browser_id)
