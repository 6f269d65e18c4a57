"""Which texts the program has: those that `_`, `ngettext` and `marked` name in its code and its mails, and
`tell` and `tellCount` in the grid's.
"""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from babel.messages import pofile
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir

from komet_import.language.catalogues import FOLDER
from komet_import.language.current import Language

ROOT = FOLDER.parents[1]
"""The repository's; the settings, which know it too, have texts of their own to tell."""
Text = str | tuple[str, ...]
"""A text, or the two of a number of things."""
_NAMED = {"_": 1, "marked": 1, "phrase": 1, "ngettext": 2, "nphrase": 2, "marked_pair": 2}
"""What names texts in our code, and how many arguments of it are texts."""
_MAILS = "komet_import/outbox/mail/templates"
_IN_MAILS = {"_": None, "ngettext": (1, 2)}
_GRID = "komet_import/web/review/grid"
_IN_GRID = {"tell": None, "tellCount": (1, 2)}


def texts() -> dict[Text, str]:
    """Every text, with the file in which it stands first."""
    found: dict[Text, str] = {}
    for path in sorted([*(ROOT / "komet_import").rglob("*.py"), *(ROOT / "pages").glob("*.py")]):
        for text in named_in(ast.parse(path.read_text(encoding="utf-8"))):
            found.setdefault(text, str(path.relative_to(ROOT)))
    for file, _line, text, _comments, _context in extract_from_dir(
        ROOT / _MAILS, method_map=[("**", "jinja2")], keywords=_IN_MAILS, comment_tags=()
    ):
        found.setdefault(text, f"{_MAILS}/{file}")
    for text, file in of_the_grid().items():
        found.setdefault(text, file)
    return found


@cache
def of_the_grid() -> dict[Text, str]:
    """Every text that the grid tells in the browser, with the file in which it stands first."""
    found: dict[Text, str] = {}
    for file, _line, text, _comments, _context in extract_from_dir(
        ROOT / _GRID, method_map=[("**.js", "javascript")], keywords=_IN_GRID, comment_tags=()
    ):
        found.setdefault(text, f"{_GRID}/{file}")
    return found


def named_in(tree: ast.AST) -> Iterator[Text]:
    """The texts that a piece of Python names. Babel's own search does not look into f-strings."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _NAMED:
            wanted = node.args[: _NAMED[node.func.id]]
            told = [
                one.value for one in wanted if isinstance(one, ast.Constant) and isinstance(one.value, str)
            ]
            if told and len(told) == _NAMED[node.func.id]:
                yield told[0] if len(told) == 1 else tuple(told)


def path_of(language: Language) -> Path:
    """The file of a language's catalogue."""
    return FOLDER / f"{language}.po"


def read(language: Language) -> Catalog:
    """A catalogue as it stands in its file; an empty one where there is none."""
    path = path_of(language)
    if not path.exists():
        return Catalog()
    with path.open("rb") as file:
        return pofile.read_po(file)


def brought_up_to_date(before: Catalog) -> Catalog:
    """The catalogue with exactly the texts that there are now, by the file in which they stand first;
    without a translation where there was none. Without a locale of Babel's it has the two forms of a number
    that `ngettext` knows; Babel's Spanish has a third one, for millions.
    """
    now = Catalog(
        header_comment="# What the texts are called; `scripts/catalogue` brings it up to date.",
        project="Komet Import",
        version="1",
        msgid_bugs_address="-",
        last_translator="-",
        language_team="-",
        fuzzy=False,
        creation_date=before.creation_date,
        revision_date=before.creation_date,
    )
    for text, file in sorted(texts().items(), key=lambda one: (one[1], str(one[0]))):
        kept = before.get(text if isinstance(text, str) else text[0])
        fits = kept is not None and isinstance(kept.id, str) == isinstance(text, str)
        now.add(text, kept.string if kept is not None and fits else None, locations=[(file, 1)])
    return now


def write(catalogue: Catalog, language: Language) -> None:
    """Write its file anew."""
    with path_of(language).open("wb") as file:
        pofile.write_po(file, catalogue, width=110, include_lineno=False, omit_header=False)
