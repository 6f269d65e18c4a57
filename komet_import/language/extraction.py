"""Which texts the program has: those that `_`, `ngettext` and `marked` name, in its code and its mails."""

from collections.abc import Iterator
from pathlib import Path

from babel.messages import pofile
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir

from komet_import.language.catalogues import FOLDER
from komet_import.language.speaking import Language
from komet_import.settings import ROOT

Text = str | tuple[str, ...]
"""A text, or the two of a number of things."""
_KEYWORDS = {"_": None, "marked": None, "marked_pair": (1, 2), "ngettext": (1, 2), "phrase": None}
_ENDINGS = [("**.py", "python"), ("**/templates/**.html", "jinja2"), ("**/templates/**.txt", "jinja2")]
_JINJA = {"trimmed": "true", "silent": "false"}


def texts() -> dict[Text, str]:
    """Every text, with the file in which it stands first."""
    found: dict[Text, str] = {}
    for folder in ("komet_import", "pages"):
        for file, text in _of_folder(ROOT / folder):
            found.setdefault(text, f"{folder}/{file}")
    return found


def _of_folder(folder: Path) -> Iterator[tuple[str, Text]]:
    options = {pattern: _JINJA if kind == "jinja2" else {"encoding": "utf-8"} for pattern, kind in _ENDINGS}
    extracted = extract_from_dir(
        folder, method_map=_ENDINGS, options_map=options, keywords=_KEYWORDS, comment_tags=()
    )
    for file, _line, text, _comments, _context in extracted:
        yield file, text


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
