"""People who may sign in: adding, finding and changing them.

Every function works inside a transaction of the caller's and refuses in one sentence. Who did it (`by`,
the id of a user, None for the terminal) goes into the audit trail with the change, in one commit. Passwords
come to it hashed (`new_hash`): that takes half a second, in which SQLite's other writers would wait.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, delete, select

from komet_import.access import browsers, sessions
from komet_import.access import roles as rights
from komet_import.access.user_details import checked_email, checked_name, checked_username, username_key
from komet_import.language import _
from komet_import.language.current import Language
from komet_import.ledger import audit
from komet_import.ledger.audit import Event
from komet_import.ledger.models import User, UserRole, now
from komet_import.refusal import Refusal
from komet_import.types import Role


@dataclass(frozen=True, kw_only=True)
class CurrentUser:
    """Who is asking, with the rights of this moment. This is what the rooms pass around.

    `language` is the code of the one they have chosen; empty for that of their browser, which was
    `met_language` when they signed in last. `zone` names the one in which mails tell them times; empty for
    UTC.
    """

    id: int
    username: str
    name: str
    email: str
    roles: tuple[Role, ...]
    language: str = ""
    met_language: str = ""
    zone: str = ""


@dataclass(frozen=True, kw_only=True)
class ListedUser:
    """A line of the list of users. Timestamps are in UTC."""

    id: int
    username: str
    name: str
    email: str
    roles: tuple[Role, ...]
    active: bool
    created_at: datetime
    password_changed_at: datetime


def add(
    session: Session,
    *,
    username: str,
    email: str,
    name: str,
    roles: Iterable[str],
    password_hash: str,
    by: int | None = None,
) -> User:
    """A new, active user. Raises Refusal for a name that is taken, or a value that cannot be used."""
    username, email, name = checked_username(username), checked_email(email), checked_name(name)
    held = rights.parse(roles)
    if find(session, username) is not None:
        raise Refusal(
            "user-exists",
            _("There is a user “{username}” already; choose another user name.", username=username),
        )
    user = User(
        username=username,
        username_key=username_key(username),
        name=name,
        email=email,
        password_hash=password_hash,
    )
    session.add(user)
    session.flush()
    session.add_all(UserRole(user_id=_id(user), role=role) for role in held)
    _record(session, by, Event.USER_ADDED, user, after=_told(user, held))
    return user


def find(session: Session, username: str) -> User | None:
    """The user of that name, without regard to case; also one who is not active."""
    return session.exec(select(User).where(User.username_key == username_key(username))).one_or_none()


def get(session: Session, user_id: int) -> User:
    """The user of that id. Raises Refusal `no-such-user`."""
    user = session.get(User, user_id)
    if user is None:
        raise Refusal("no-such-user", _("This user does not exist; reload the list."))
    return user


def current(session: Session, user_id: int) -> CurrentUser | None:
    """The user with the rights of this moment; None for one who does not exist or is not active."""
    query = (
        select(User, UserRole.role)
        .outerjoin(UserRole, col(UserRole.user_id) == User.id)
        .where(User.id == user_id)
        .execution_options(populate_existing=True)
    )
    rows = session.execute(query).all()
    if not rows or not rows[0][0].active:
        return None
    user, held = rows[0][0], {role for _user, role in rows}
    return CurrentUser(
        id=user_id,
        username=user.username,
        name=user.name,
        email=user.email,
        roles=_in_order(held),
        language=user.language,
        met_language=user.met_language,
        zone=user.zone,
    )


def all(session: Session) -> list[ListedUser]:
    """Every user, active ones first, by name."""
    people = session.exec(select(User).order_by(col(User.active).desc(), User.username_key)).all()
    held = _roles_of(session, [_id(user) for user in people])
    return [
        ListedUser(
            id=_id(user),
            username=user.username,
            name=user.name,
            email=user.email,
            roles=held.get(_id(user), ()),
            active=user.active,
            created_at=user.created_at,
            password_changed_at=user.password_changed_at,
        )
        for user in people
    ]


def holding(session: Session, roles: Collection[Role]) -> list[CurrentUser]:
    """Every active user who holds one of these roles, by name."""
    query = (
        select(User.id)
        .join(UserRole, col(UserRole.user_id) == User.id)
        .where(col(UserRole.role).in_(roles))
        .group_by(col(User.id), col(User.username_key))
        .order_by(User.username_key)
    )
    found = [current(session, user_id or 0) for user_id in session.exec(query).all()]
    return [person for person in found if person is not None]


def exist(session: Session) -> bool:
    """Whether there is any user at all."""
    return session.exec(select(User.id).limit(1)).first() is not None


def change_password(
    session: Session,
    *,
    user_id: int,
    password_hash: str,
    keep_token: str | None = None,
    keep_mark: str = "",
) -> None:
    """The user's own change (`password_check` asks for the old one); ends all sessions but `keep_token`'s.

    Other browsers than that of `keep_mark` are strangers again: whoever knew the old password may be one.
    """
    user = get(session, user_id)
    _store_password(session, user, password_hash)
    sessions.end_all(session, user_id=user_id, but_token=keep_token)
    browsers.forget_all(session, user_id=user_id, but_mark=keep_mark)
    _record(session, user_id, Event.PASSWORD_CHANGED, user)


def reset_password(session: Session, *, user_id: int, password_hash: str, by: int | None = None) -> None:
    """A new password set by an Admin or at the terminal; ends all of the user's sessions, and trusts none of
    their browsers any more.
    """
    user = get(session, user_id)
    _store_password(session, user, password_hash)
    sessions.end_all(session, user_id=user_id)
    browsers.forget_all(session, user_id=user_id)
    _record(session, by, Event.PASSWORD_RESET, user)


def set_roles(session: Session, *, user_id: int, roles: Iterable[str], by: int | None = None) -> None:
    """The user's roles from now on. Raises Refusal `last-admin` where nobody could manage users then."""
    user = get(session, user_id)
    held = rights.parse(roles)
    if Role.ADMIN not in held:
        _keep_an_admin(session, without=user_id)
    before = _roles_of(session, [user_id]).get(user_id, ())
    session.exec(delete(UserRole).where(col(UserRole.user_id) == user_id))
    session.add_all(UserRole(user_id=user_id, role=role) for role in held)
    sessions.announce(session)
    _record(session, by, Event.ROLES_CHANGED, user, before=_roles_told(before), after=_roles_told(held))


def read_in(session: Session, *, user_id: int, language: str) -> None:
    """The user has chosen the language of their screens and mails; empty for what the browser asks for."""
    user = get(session, user_id)
    user.language = language
    session.add(user)


def met_in(session: Session, *, user_id: int, language: Language) -> None:
    """The user has signed in with a browser of that language: until they choose one, mails are written in it
    as well.
    """
    user = get(session, user_id)
    user.met_language = language
    session.add(user)


def deactivate(session: Session, *, user_id: int, by: int | None = None) -> None:
    """The user may not sign in any more, and is signed out everywhere. Raises Refusal `last-admin`."""
    user = get(session, user_id)
    _keep_an_admin(session, without=user_id)
    user.active = False
    session.add(user)
    sessions.end_all(session, user_id=user_id)
    browsers.forget_all(session, user_id=user_id)
    _record(session, by, Event.USER_DEACTIVATED, user)


def reactivate(session: Session, *, user_id: int, by: int | None = None) -> None:
    """The user may sign in again, with the password and roles of before."""
    user = get(session, user_id)
    user.active = True
    session.add(user)
    _record(session, by, Event.USER_REACTIVATED, user)


def _store_password(session: Session, user: User, password_hash: str) -> None:
    user.password_hash = password_hash
    user.password_changed_at = now()
    session.add(user)


def _keep_an_admin(session: Session, *, without: int) -> None:
    """Raises Refusal `last-admin`. Locks the Admins' rows, so that two cannot remove each other at once."""
    admins = session.exec(
        select(User.id)
        .join(UserRole, col(UserRole.user_id) == User.id)
        .where(User.active, UserRole.role == Role.ADMIN)
        .with_for_update()
    ).all()
    if set(admins) == {without}:
        raise Refusal("last-admin", _("This is the last active Admin; make somebody else Admin first."))


def _roles_of(session: Session, user_ids: Sequence[int]) -> dict[int, tuple[Role, ...]]:
    rows = session.exec(select(UserRole).where(col(UserRole.user_id).in_(user_ids))).all()
    held: dict[int, set[str]] = {}
    for row in rows:
        held.setdefault(row.user_id, set()).add(row.role)
    return {user_id: _in_order(names) for user_id, names in held.items()}


def _in_order(held: Collection[str]) -> tuple[Role, ...]:
    return tuple(role for role in Role if role in held)


def _record(session: Session, by: int | None, what: Event, user: User, **details: object) -> None:
    audit.record(session, what=what, by=by, about=user.username, details=details)


def _told(user: User, held: Sequence[Role]) -> dict[str, object]:
    return {"name": user.name, "email": user.email, **_roles_told(held)}


def _roles_told(held: Sequence[Role]) -> dict[str, object]:
    return {"roles": list(held)}


def _id(user: User) -> int:
    assert user.id is not None, "a stored user has an id"  # noqa: S101
    return user.id
