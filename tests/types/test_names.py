"""No name of a column or a type stands outside its declaration and its posting.

A rule that asks for a name is silent for the type that calls it otherwise.
"""

import ast
import re
from collections.abc import Iterator

import pytest

from komet_import import types
from komet_import.settings import ROOT

PLACES = [
    "komet_import/types/",
    *(f"komet_import/ledger/posting/{type.module}.py" for type in types.ALL.values()),
    "komet_import/ledger/migrations/",  # they say what was, whatever it is called today
    "komet_import/demo.py",  # its past is made of sheets, and these have headings
]
"""Where names may stand."""

SEARCHED = [
    file
    for folder in ("komet_import", "pages")
    for file in sorted((ROOT / folder).rglob("*"))
    if file.suffix in (".py", ".js", ".css", ".html", ".txt")
] + [ROOT / "app.py"]

COLUMNS = {column.name for type in types.ALL.values() for column in type.columns}
PHRASES = {name for name in COLUMNS if not name.isalpha()}
WORDS = (COLUMNS - PHRASES) | set(types.ALL)
CONSTANTS = {type.module.upper() for type in types.ALL.values()}
"""The names: those of several words are found wherever they stand; a single word as a whole text only, for it
may be one of the language's; and the constants of the types."""

OTHER_WORDS = {
    ("komet_import/cli/locations.py", "customers"),  # how many customers a location has, in its JSON
    ("komet_import/web/router.py", "customers"),  # the address of the list of customers
}
"""Texts that are called like a type or a column and mean something else."""


def found_in(path: str, text: str) -> Iterator[str]:
    """The names that stand in a file."""
    yield from (name for name in PHRASES if name in text)
    if not path.endswith(".py"):
        words = (word for word in WORDS if (path, word) not in OTHER_WORDS)
        yield from (word for word in words if re.search(rf"([\"'`]){re.escape(word)}\1", text))
        return
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Constant) and node.value in WORDS and (path, node.value) not in OTHER_WORDS:
            yield str(node.value)
        names = [getattr(node, "id", ""), getattr(node, "attr", ""), getattr(node, "name", "")]
        yield from CONSTANTS.intersection(name for name in names if isinstance(name, str))


def test_no_name_of_a_column_or_a_type_stands_outside_its_declaration() -> None:
    assert len(SEARCHED) > 400
    told = {}
    for file in SEARCHED:
        path = str(file.relative_to(ROOT))
        if not path.startswith(tuple(PLACES)):
            told[path] = sorted(found_in(path, file.read_text(encoding="utf-8")))
    assert {path: names for path, names in told.items() if names} == {}


@pytest.mark.parametrize(
    ("path", "text", "found"),
    [
        ("a.py", 'x = readings["Credit Balance"]', ["Credit Balance"]),
        ("a.py", '"""Of the `Credit #` column."""', ["Credit #"]),
        ("a.py", 'head = ("Date", "Comments")', ["Comments"]),
        ("a.py", 'if type.slug == "open-credits": pass', ["open-credits"]),
        ("a.py", "from komet_import.types import OPEN_CREDITS", ["OPEN_CREDITS"]),
        ("a.py", "types.CUSTOMERS.counted(1)", ["CUSTOMERS"]),
        ("a.py", "customers = 'comments are welcome'", []),
        ("a.js", 'cell.column === "Customer Code"', ["Customer Code"]),
        ("a.js", "kind === 'Active'", ["Active"]),
        ("a.js", "// the customers that were found", []),
        ("a.html", "<td>Credit Date</td>", ["Credit Date"]),
    ],
)
def test_a_name_is_found_wherever_it_stands(path: str, text: str, found: list[str]) -> None:
    assert sorted(found_in(path, text)) == found
