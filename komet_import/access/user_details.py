"""What is typed of a user: user name, name and address; and when two user names are the same name."""

import re
import unicodedata

from komet_import.language import _
from komet_import.refusal import Refusal, quoted

_NAME_MARKS = frozenset("._-@+")
_EMAIL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9-]*\.?[A-Za-z0-9])*")


def username_key(username: str) -> str:
    """The form in which two user names are the same name: trimmed, composed, without case.

    Whatever somebody types gets a key that a database can hold; what no name may have becomes `?`.
    """
    folded = unicodedata.normalize("NFKC", username.strip()).casefold()
    return folded.encode(errors="replace").decode().replace("\x00", "?")


def checked_email(email: str) -> str:
    """The address, trimmed. Raises Refusal `bad-email`."""
    email = email.strip()
    if len(email) > 254 or not _EMAIL.fullmatch(email) or ".." in email:
        raise Refusal(
            "bad-email",
            _("{email} is not an e-mail address; it looks like name@company.com.", email=quoted(email)),
        )
    return email


def checked_username(username: str) -> str:
    """The user name, composed and trimmed. Raises Refusal `bad-username`."""
    username = unicodedata.normalize("NFKC", username.strip())
    if not 1 <= len(username) <= 64 or not _is_plain(username):
        raise Refusal(
            "bad-username",
            _(
                "{username} is no user name; use up to 64 letters, digits and . _ - @ +, no spaces.",
                username=quoted(username),
            ),
        )
    return username


def _is_plain(username: str) -> bool:
    return username.isprintable() and not {c for c in username if not c.isalnum()} - _NAME_MARKS


def checked_name(name: str) -> str:
    """The person's name, with single spaces. Raises Refusal `bad-name`."""
    name = " ".join(name.split())
    if not 1 <= len(name) <= 100 or not name.isprintable():
        raise Refusal("bad-name", _("The name must have 1 to 100 printable characters."))
    return name
