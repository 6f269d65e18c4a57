"""A person's own sessions, the browsers that are known to be theirs, how old their password is, and the
language that they read.
"""

from datetime import datetime

from komet_import.access import browsers, sessions, users
from komet_import.access.browsers import KnownBrowser
from komet_import.access.users import CurrentUser
from komet_import.language.current import Language
from komet_import.ledger import audit, database
from komet_import.ledger.audit import Event
from komet_import.services.rights import require_active


def signed_in_browsers(user: CurrentUser) -> int:
    """In how many browsers this user is signed in."""
    with database.reading() as session:
        return sessions.count(session, user_id=require_active(session, user).id)


def password_changed(user: CurrentUser) -> datetime:
    """When this user's password was set or changed last, in UTC."""
    with database.reading() as session:
        return users.get(session, require_active(session, user).id).password_changed_at


def sign_out_everywhere(user: CurrentUser, *, mark: str = "") -> None:
    """End every session of this user's. Other browsers than the one with that mark are strangers again:
    whoever has one that was lost guesses there as seldom as anybody.
    """
    with database.transaction() as session:
        ended = sessions.end_all(session, user_id=require_active(session, user).id)
        browsers.forget_all(session, user_id=user.id, but_mark=mark)
        if ended:
            told = {"sessions": ended}
            audit.record(session, what=Event.SIGNED_OUT_EVERYWHERE, by=user.id, details=told)


def trusted_browsers(user: CurrentUser, *, mark: str) -> tuple[KnownBrowser, ...]:
    """The browsers that this user has signed in from; the one with that mark is `here`."""
    with database.reading() as session:
        return browsers.of_user(session, user_id=require_active(session, user).id, mark=mark)


def forget_browser(user: CurrentUser, browser_id: int) -> None:
    """One of this user's browsers is a stranger again."""
    with database.transaction() as session:
        if browsers.forget(session, user_id=require_active(session, user).id, browser_id=browser_id):
            audit.record(session, what=Event.BROWSER_FORGOTTEN, by=user.id)


def read_in(user: CurrentUser, language: Language | None) -> None:
    """The language of this user's screens and mails; None for what the browser asks for."""
    with database.transaction() as session:
        users.read_in(session, user_id=require_active(session, user).id, language=language or "")
