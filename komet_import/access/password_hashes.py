"""The form in which a password is kept: bcrypt over a keyed digest, so that a long one counts in full."""

import base64
import hmac

import bcrypt

from komet_import.access import passwords
from komet_import.settings import settings

BCRYPT_COST = 12
"""2 to the power of this many rounds: about a quarter of a second for each guess. Tests lower it."""

_DIGESTED = "digest+"
"""Begins the hash of a password that is digested first: bcrypt alone looks at 72 bytes, which is 24 letters
in some scripts. A hash of before has no such beginning."""

NOBODYS_HASH = f"{_DIGESTED}$2b${BCRYPT_COST}$" + "." * 53
"""A hash without a known password: an unknown name takes as long to refuse as a known one."""

_BCRYPT_BYTES = 72


def new_hash(password: str, *, username: str, email: str, name: str) -> str:
    """The form in which a new password of this person's is kept. Raises Refusal `bad-password`."""
    passwords.check(password, about=_known_of(username, email, name))
    return hashed(password)


def hashed(password: str) -> str:
    """The form in which a password is kept."""
    return _DIGESTED + bcrypt.hashpw(_digest(password), bcrypt.gensalt(BCRYPT_COST)).decode()


def matches(password: str, password_hash: str) -> bool:
    """Whether this is the password of that hash; takes as long for one that is not, whatever its length."""
    if password_hash.startswith(_DIGESTED):
        return bcrypt.checkpw(_digest(password), password_hash.removeprefix(_DIGESTED).encode())
    plain = password.encode(errors="surrogatepass")
    try:
        if len(plain) > _BCRYPT_BYTES:  # no password of then, but it is tried all the same: that takes time
            plain = _digest(password)
        return bcrypt.checkpw(plain, password_hash.encode())
    except ValueError:  # a zero in the password, or no hash at all
        return False


def renewed(password_hash: str, password: str) -> str:
    """The hash of a password that was right, in the form of today."""
    return password_hash if password_hash.startswith(_DIGESTED) else hashed(password)


def _digest(password: str) -> bytes:
    """44 letters for a password of any length and script; keyed, so that no other list of digests fits."""
    typed = passwords.normal(password).encode(errors="surrogatepass")
    return base64.b64encode(hmac.digest(b"komet-import password", typed, "sha256"))


def _known_of(username: str, email: str, name: str) -> tuple[str, ...]:
    """What a stranger tries first for this person."""
    return (username, name, email.partition("@")[0], email.rpartition("@")[2], settings().company)
