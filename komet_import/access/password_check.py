"""Checking a password, with every guess counted: at the sign-in, and where the own one is changed."""

from sqlmodel import Session, select

from komet_import.access import browsers, password_hashes, passwords, sessions, throttle, users
from komet_import.access.users import CurrentUser
from komet_import.clock import zone_named
from komet_import.language import _
from komet_import.ledger import database
from komet_import.ledger.models import User
from komet_import.refusal import Refusal


def ticket(
    *, username: str, password: str, address: str, mark: str, browser: str, zone: str = ""
) -> str | None:
    """A ticket for the user of that name (`sessions.open_ticket`); None where name or password is wrong.

    A name that does not exist, or is not active, is checked against a hash that nothing matches: it takes as
    long as a wrong password, reads the same, and is counted the same. `mark` is that of a browser which
    somebody has signed in from, `address` empty where it is not known. The time zone of their browser is kept
    for their mails, where it says one. Raises Refusal where too many failed.
    """
    with database.reading() as session:
        browser_id = browsers.known(session, username=username, mark=mark)
    attempt = throttle.sign_in(username=username, address=address, browser_id=browser_id)
    with database.reading() as session:
        user = users.find(session, username)
    kept = user.password_hash if user is not None and user.active else password_hashes.NOBODYS_HASH
    is_right = password_hashes.matches(password, kept)  # always, for this is what takes the time
    if user is None or user.id is None or not is_right:
        throttle.failed(attempt)
        return None
    throttle.right(attempt)
    renewed = password_hashes.renewed(kept, password)
    with database.transaction() as session:
        still = _still(session, user.id, kept)
        if still is None:
            return None
        still.password_hash = renewed
        if zone_named(zone):
            still.zone = zone
        return sessions.open_ticket(session, user_id=user.id, browser=browser)


def _still(session: Session, user_id: int, password_hash: str) -> User | None:
    """The user, locked, if the password that was checked is still theirs: it may be another one meanwhile."""
    return session.exec(
        select(User)
        .where(User.id == user_id, User.active, User.password_hash == password_hash)
        .with_for_update()
    ).one_or_none()


def change_password(user: CurrentUser, *, token: str, mark: str, old: str, new: str, again: str) -> None:
    """The user's own change of password, asked for with the old one; this session goes on.

    Wrong guesses at the old password are counted for this session, which ends after too many of them: nobody
    else can keep the owner from changing it, and an open browser is no place to guess. Raises Refusal.
    """
    if new != again:
        raise Refusal("different-passwords", _("The two new passwords differ; type them again."))
    attempt = throttle.old_password(username=user.username, token=token)
    try:
        kept, password_hash = _checked(user, old=old, new=new)
        with database.transaction() as session:
            if _still(session, user.id, kept) is None:
                raise Refusal("password-changed", _("The password was changed elsewhere; reload the page."))
            users.change_password(
                session, user_id=user.id, password_hash=password_hash, keep_token=token, keep_mark=mark
            )
    except Refusal as refused:
        if refused.code == "wrong-password":
            _count(attempt, token)
        else:
            throttle.right(attempt)
        raise
    throttle.right(attempt)


def _checked(user: CurrentUser, *, old: str, new: str) -> tuple[str, str]:
    """The hash that the old password was held against, and that of the new one. Raises Refusal."""
    with database.reading() as session:
        kept = users.get(session, user.id).password_hash
    if not password_hashes.matches(old, kept):
        raise Refusal("wrong-password", _("The current password is not right; type it again."))
    if passwords.normal(old) == passwords.normal(new):
        raise Refusal("same-password", _("The new password is the current one; choose another."))
    return kept, password_hashes.new_hash(new, username=user.username, email=user.email, name=user.name)


def _count(attempt: int, token: str) -> None:
    """Count a wrong guess. Raises Refusal `signed-out` once it was the last one of this session."""
    if throttle.failed(attempt) < throttle.IN_A_SESSION:
        return
    with database.transaction() as session:
        sessions.end(session, token)
    raise Refusal(
        "signed-out",
        _(
            "The current password was wrong {in_a_session} times, so this browser is signed out. "
            "Reload the page to sign in again.",
            in_a_session=throttle.IN_A_SESSION,
        ),
    )
