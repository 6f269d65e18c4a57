"""When two user names are the same name."""

import unicodedata


def username_key(username: str) -> str:
    """The form in which two user names are the same name: trimmed, composed, without case.

    Whatever somebody types gets a key that a database can hold; what no name may have becomes `?`.
    """
    folded = unicodedata.normalize("NFKC", username.strip()).casefold()
    return folded.encode(errors="replace").decode().replace("\x00", "?")
