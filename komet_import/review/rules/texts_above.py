"""What is offered for a blank cell below a text that goes for the rows of its group."""

from collections.abc import Mapping

from komet_import.review.reference import Directory
from komet_import.review.suggestions import comparable
from komet_import.types import ColumnFormat
from komet_import.types.codes import code_key
from komet_import.types.schema import Column

_SAID_EXACTLY = 97
"""The score of a suggestion that is the whole name of a customer, or a code beside its own name."""


def meant_above(column: Column, above: Mapping[str, str], directory: Directory) -> str | None:
    """What stands above a blank cell; where that is no code, but says the name of one customer, or a code
    beside its name, the code."""
    text = above.get(column.name)
    if text is None or column.kind is not ColumnFormat.CUSTOMER:
        return text
    known = directory.customer_suggester.best(text)
    if known is None or known.score < _SAID_EXACTLY or code_key(text) in directory.customers:
        return text
    named = comparable(known.name) == comparable(text)
    coded = code_key(known.code) in map(code_key, text.split())
    return known.code if named or coded else text
