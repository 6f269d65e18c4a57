"""Addresses in what people and files bring: a mail shows them, and none becomes a link.

A reader makes links of a plain text by itself. The name of a file comes from anybody, and in a mail of ours
the link would look like ours, which leads to the report.
"""

import re

_JOINER = "\u2060"
"""A sign that is not seen and takes no room (WORD JOINER)."""
_LINKED = re.compile(r"(?<=:)(?=//)|(?<=\bmailto)(?=:)|(?<=\w)(?=@\w)", re.I)
"""Where an address has the sign by which it is known."""
_HOST = re.compile(r"(?<![\w-])(?:(?:[^\W_]|-)+\.)+([^\W\d_]{2,})(?!\w)")
_FILES = frozenset(("xlsx", "xlsm", "xltx", "xls", "xlsb", "ods", "csv", "tsv", "txt"))
"""What stands at the end of a file's name, and of no host's."""


def unlinked(text: str) -> str:
    """The text as it reads, with an unseen sign in each address: `https://…`, `ada@…`, `www.flor.example`.

    The name of a sheet's file is none.
    """
    return _LINKED.sub(_JOINER, _HOST.sub(_cut, text))


def _cut(host: re.Match[str]) -> str:
    is_file = host[1].lower() in _FILES and not host[0].lower().startswith("www.")
    return host[0] if is_file else host[0].replace(".", f"{_JOINER}.")
