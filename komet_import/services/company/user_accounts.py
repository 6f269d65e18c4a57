"""Users, as an Admin adds and changes them.

Each asks for the right of now in the transaction that it works in.
"""

from collections.abc import Iterable

from komet_import.access import password_hashes, users
from komet_import.access.users import CurrentUser, ListedUser
from komet_import.ledger import database
from komet_import.services.admin_work import as_admin
from komet_import.services.rights import require_admin


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
    password_hash = password_hashes.new_hash(password, username=username, email=email, name=name)
    with as_admin(user) as session:
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
    with as_admin(user) as session:
        users.set_roles(session, user_id=user_id, roles=roles, by=user.id)


def reset_password(user: CurrentUser, user_id: int, *, new: str) -> None:
    """A new password for another user (`users.reset_password`)."""
    with database.reading() as session:
        require_admin(session, user)
        whose = users.get(session, user_id)
    password_hash = password_hashes.new_hash(new, username=whose.username, email=whose.email, name=whose.name)
    with as_admin(user) as session:
        users.reset_password(session, user_id=user_id, password_hash=password_hash, by=user.id)


def deactivate(user: CurrentUser, user_id: int) -> None:
    """Another user may not sign in any more (`users.deactivate`)."""
    with as_admin(user) as session:
        users.deactivate(session, user_id=user_id, by=user.id)


def reactivate(user: CurrentUser, user_id: int) -> None:
    """Another user may sign in again (`users.reactivate`)."""
    with as_admin(user) as session:
        users.reactivate(session, user_id=user_id, by=user.id)
