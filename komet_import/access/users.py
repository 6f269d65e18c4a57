"""People who may sign in: adding, finding and changing them.

Every function works inside a transaction of the caller's and refuses in one sentence. Who did it (`by`,
the id of a user, None for the terminal) goes into the audit trail with the change, in one commit.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

import bcrypt
from sqlmodel import Session, col, delete, select

from komet_import.access import browsers, sessions
from komet_import.access import roles as rights
from komet_import.access.username import username_key
from komet_import.ledger.models import AuditEntry, User, UserRole, now
from komet_import.refusal import Refusal, quoted
from komet_import.types import Role

BCRYPT_COST = 12
"""2 to the power of this many rounds: about a quarter of a second for each guess. Tests lower it."""

NOBODYS_HASH = f"$2b${BCRYPT_COST}$" + "." * 53
"""A hash without a known password: an unknown name takes as long to refuse as a known one."""

SHORTEST_PASSWORD = 8
LONGEST_PASSWORD_BYTES = 72
"""bcrypt looks at 72 bytes; what is longer would be cut off silently, so it is refused."""

_NAME_MARKS = frozenset("._-@+")
_EMAIL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9-]*\.?[A-Za-z0-9])*")
_TRIED_FIRST = """
    12345678 123456789 1234567890 123123123 11111111 00000000 87654321 88888888 qwertyui qwertyuiop
    qwerty123 1q2w3e4r 1qaz2wsx asdfghjk asdfghjkl zxcvbnm1 password password1 password12 password123
    passw0rd p@ssword p@ssw0rd iloveyou sunshine princess football baseball superman trustno1 starwars
    welcome1 welcome123 letmein1 letmein123 changeme changeme1 changeme123 admin123 admin1234
    administrator abcdefgh abcd1234 abc12345 a1b2c3d4 secret12 secret123 computer internet whatever
    michelle jennifer
"""
_COMMON = frozenset(_TRIED_FIRST.split())


@dataclass(frozen=True, kw_only=True)
class CurrentUser:
    """Who is asking, with the rights of this moment. This is what the rooms pass around."""

    id: int
    username: str
    name: str
    email: str
    roles: tuple[Role, ...]


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


def add(
    session: Session,
    *,
    username: str,
    email: str,
    name: str,
    roles: Iterable[str],
    password: str,
    by: int | None = None,
) -> User:
    """A new, active user. Raises Refusal for a name that is taken, or a value that cannot be used."""
    username, email, name = _checked_username(username), checked_email(email), _checked_name(name)
    held = rights.parse(roles)
    password_hash = hashed(password, username=username)
    if find(session, username) is not None:
        raise Refusal("user-exists", f"There is a user “{username}” already; choose another user name.")
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
    _audit(session, by, "user-added", user, roles=list(held))
    return user


def find(session: Session, username: str) -> User | None:
    """The user of that name, without regard to case; also one who is not active."""
    return session.exec(select(User).where(User.username_key == username_key(username))).one_or_none()


def get(session: Session, user_id: int) -> User:
    """The user of that id. Raises Refusal `no-such-user`."""
    user = session.get(User, user_id)
    if user is None:
        raise Refusal("no-such-user", "This user does not exist; reload the list.")
    return user


def current(session: Session, user_id: int) -> CurrentUser | None:
    """The user with the rights of this moment; None for one who does not exist or is not active."""
    user = session.get(User, user_id, populate_existing=True)
    if user is None or not user.active:
        return None
    return CurrentUser(
        id=user_id,
        username=user.username,
        name=user.name,
        email=user.email,
        roles=_roles_of(session, [user_id]).get(user_id, ()),
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
        )
        for user in people
    ]


def exist(session: Session) -> bool:
    """Whether there is any user at all."""
    return session.exec(select(User.id).limit(1)).first() is not None


def change_password(
    session: Session,
    *,
    user_id: int,
    old: str,
    new: str,
    keep_token: str | None = None,
    keep_mark: str = "",
) -> None:
    """The user's own change: asks for the old password, ends every session but that of `keep_token`.

    Other browsers than that of `keep_mark` are strangers again: whoever knew the old password may be one.
    Raises Refusal `wrong-password`, `same-password`, or what `hashed` says of the new one.
    """
    user = get(session, user_id)
    if not matches(old, user.password_hash):
        raise Refusal("wrong-password", "The current password is not right; type it again.")
    if old == new:
        raise Refusal("same-password", "The new password is the current one; choose another.")
    _store_password(session, user, new)
    sessions.end_all(session, user_id=user_id, but_token=keep_token)
    browsers.forget_all(session, user_id=user_id, but_mark=keep_mark)
    _audit(session, user_id, "password-changed", user)


def reset_password(session: Session, *, user_id: int, new: str, by: int | None = None) -> None:
    """A new password set by an Admin or at the terminal; ends all of the user's sessions, and trusts none of
    their browsers any more.
    """
    user = get(session, user_id)
    _store_password(session, user, new)
    sessions.end_all(session, user_id=user_id)
    browsers.forget_all(session, user_id=user_id)
    _audit(session, by, "password-reset", user)


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
    _audit(session, by, "roles-changed", user, before=list(before), after=list(held))


def deactivate(session: Session, *, user_id: int, by: int | None = None) -> None:
    """The user may not sign in any more, and is signed out everywhere. Raises Refusal `last-admin`."""
    user = get(session, user_id)
    _keep_an_admin(session, without=user_id)
    user.active = False
    session.add(user)
    sessions.end_all(session, user_id=user_id)
    browsers.forget_all(session, user_id=user_id)
    _audit(session, by, "user-deactivated", user)


def reactivate(session: Session, *, user_id: int, by: int | None = None) -> None:
    """The user may sign in again, with the password and roles of before."""
    user = get(session, user_id)
    user.active = True
    session.add(user)
    _audit(session, by, "user-reactivated", user)


def hashed(password: str, *, username: str = "") -> str:
    """The bcrypt hash of a password that may be used. Raises Refusal for one that may not."""
    _check_password(password, username)
    return bcrypt.hashpw(password.encode(), bcrypt.gensalt(BCRYPT_COST)).decode()


def matches(password: str, password_hash: str) -> bool:
    """Whether this is the password of that hash."""
    try:
        return bcrypt.checkpw(password.encode(), password_hash.encode())
    except ValueError:  # longer than bcrypt takes, or not text: no password of ours
        return False


def checked_email(email: str) -> str:
    """The address, trimmed. Raises Refusal `bad-email`."""
    email = email.strip()
    if len(email) > 254 or not _EMAIL.fullmatch(email) or ".." in email:
        raise Refusal(
            "bad-email",
            f"{quoted(email)} is not an e-mail address; it looks like name@company.com.",
        )
    return email


def _checked_username(username: str) -> str:
    username = unicodedata.normalize("NFKC", username.strip())
    if not 1 <= len(username) <= 64 or not _is_plain(username):
        raise Refusal(
            "bad-username",
            f"{quoted(username)} is no user name; use up to 64 letters, digits and . _ - @ +, no spaces.",
        )
    return username


def _is_plain(username: str) -> bool:
    return username.isprintable() and not {c for c in username if not c.isalnum()} - _NAME_MARKS


def _checked_name(name: str) -> str:
    name = " ".join(name.split())
    if not 1 <= len(name) <= 100 or not name.isprintable():
        raise Refusal("bad-name", "The name must have 1 to 100 printable characters.")
    return name


def _check_password(password: str, username: str) -> None:
    """Raises Refusal `bad-password`. Length counts more than signs; what everybody tries first is refused."""
    reason = ""
    if len(password) < SHORTEST_PASSWORD:
        reason = f"is too short; use at least {SHORTEST_PASSWORD} characters"
    elif len(password.encode(errors="replace")) > LONGEST_PASSWORD_BYTES:
        reason = f"is too long; use at most {LONGEST_PASSWORD_BYTES} characters (fewer with accents)"
    elif password != password.strip():  # the sign-in form trims what is typed
        reason = "may not start or end with a space"
    elif not password.isprintable():
        reason = "may not hold control characters"
    elif len(set(password)) < 4 or password.lower() in _COMMON:
        reason = "is too easy to guess; choose a longer one"
    elif username and username_key(username) == username_key(password):
        reason = "may not be the user name"
    if reason:
        raise Refusal("bad-password", f"The password {reason}.")


def _store_password(session: Session, user: User, new: str) -> None:
    user.password_hash = hashed(new, username=user.username)
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
        raise Refusal("last-admin", "This is the last active Admin; make somebody else Admin first.")


def _roles_of(session: Session, user_ids: Sequence[int]) -> dict[int, tuple[Role, ...]]:
    rows = session.exec(select(UserRole).where(col(UserRole.user_id).in_(user_ids))).all()
    held: dict[int, set[str]] = {}
    for row in rows:
        held.setdefault(row.user_id, set()).add(row.role)
    return {user_id: tuple(role for role in Role if role in names) for user_id, names in held.items()}


def _audit(session: Session, by: int | None, action: str, user: User, **details: object) -> None:
    session.add(AuditEntry(user_id=by, action=action, subject=user.username, details=dict(details)))


def _id(user: User) -> int:
    assert user.id is not None, "a stored user has an id"  # noqa: S101
    return user.id
