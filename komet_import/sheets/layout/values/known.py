"""What is known of the company's customers and places, as far as the values of a column can be compared."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Known:
    """Codes of parties (`codes.code_key`), their names (`name_key`), and codes of locations."""

    codes: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    locations: frozenset[str] = frozenset()


def name_key(name: str) -> str:
    """A name as it is compared: without case, and with one space between words."""
    return " ".join(name.casefold().split())
