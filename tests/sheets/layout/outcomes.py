"""What became of a text that was read, in one line, for the tests of amounts and dates."""

from decimal import Decimal

from komet_import.sheets.layout.values.doubt import Doubt


def outcome(read: object) -> str:
    """A value as its text, a doubt as `code suggestion` or `code first|second`."""
    if not isinstance(read, Doubt):
        return f"{read.normalize() + 0:f}" if isinstance(read, Decimal) else str(read)
    if read.code.startswith("ambiguous"):
        return f"{read.code} {read.facts['first']}|{read.facts['second']}"
    return f"{read.code} {read.suggestion}" if read.suggestion else read.code
