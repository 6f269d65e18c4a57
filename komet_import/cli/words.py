"""What all commands say alike: exit statuses, misuse, JSON."""

import argparse
import json
from typing import Any, NoReturn

from komet_import.types.money import from_thousandths

FINE, SOME_REJECTED, REFUSED = 0, 1, 2


class Misuse(Exception):
    """The words of the command are off; exists so that argparse says it in one line."""


class Parser(argparse.ArgumentParser):
    """A parser that raises Misuse, where that of Python ends the program."""

    def error(self, message: str) -> NoReturn:
        """Raises Misuse."""
        raise Misuse(f"{message} (see `python -m komet_import --help`)")


def print_json(told: Any) -> None:
    """In ASCII: whatever the terminal's encoding is, and however odd a file's name, it stays JSON."""
    print(json.dumps(told))


def amount_text(thousandths: int | None) -> str | None:
    """Thousandths as a decimal number: `12.500`; None where there is no amount."""
    return None if thousandths is None else str(from_thousandths(thousandths))
