"""The house: what holds for every file of it."""

import ast
import re
import subprocess
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from komet_import.settings import ROOT

FOREIGN = re.compile(
    rb"(?<![\w.])/(?:work|root|home)/[\w.-]|/tmp/(?!\.X11)[\w.-]+|/Users/[a-z]+/|farm[-]studio|helper[ ]agent"
)
"""Paths and words of the machine on which something was written: nobody else has them."""


def tracked() -> list[Path]:
    """Every file of the repository; without git, those of the folders that the program consists of."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    if listed.returncode == 0 and listed.stdout:
        return [
            ROOT / name for name in listed.stdout.decode().split("\0") if name and (ROOT / name).is_file()
        ]
    return [
        p for folder in ("komet_import", "pages", "tests", "bench") for p in (ROOT / folder).rglob("*.py")
    ]


FILES = tracked()


def test_no_file_names_a_path_of_somebodys_machine() -> None:
    found = [
        (str(file.relative_to(ROOT)), match.decode(errors="replace"))
        for file in FILES
        for match in FOREIGN.findall(file.read_bytes())
        if file != Path(__file__).resolve()
    ]
    assert found == []


@pytest.mark.parametrize("folder", ["komet_import", "pages", "tests", "bench"])
def test_every_module_says_what_it_holds(folder: str) -> None:
    silent = [
        str(file.relative_to(ROOT))
        for file in FILES
        if file.suffix == ".py" and file.is_relative_to(ROOT / folder)
        for tree in [ast.parse(file.read_bytes())]
        if tree.body and not ast.get_docstring(tree)
    ]
    assert silent == []


def test_no_two_classes_are_called_alike() -> None:
    named = Counter(
        node.name
        for file in FILES
        if file.suffix == ".py" and file.is_relative_to(ROOT / "komet_import")
        for node in ast.parse(file.read_bytes()).body
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_")
    )
    assert [name for name, count in named.items() if count > 1] == []


NOUNS = {
    "ageing",
    "by_heading",
    "draft_posting",
    "finding",
    "greeting",
    "listing",
    "posting",
    "reading",
    "staging",
    "standing",
    "wording",
}
"""Words in -ing that name a thing, as the glossary or a bookkeeper has them."""


def test_no_module_is_called_by_what_it_does() -> None:
    named = {
        file.stem for file in FILES if file.suffix == ".py" and file.is_relative_to(ROOT / "komet_import")
    }
    assert {name for name in named if name.endswith("ing") and not name[:4].isdigit()} <= NOUNS


LONGEST = 300
"""Lines of a module: a longer one holds two rooms."""
TABLES = {
    "komet_import/review/catalogue.py",
    "komet_import/types/synonyms.py",
    "komet_import/ledger/migrations/versions/0001_the_first_tables.py",
}
"""Data, which nobody reads from its beginning to its end, and what was migrated once: it stays as it was."""


def test_no_module_is_longer_than_it_is_read() -> None:
    lengths = {
        str(file.relative_to(ROOT)): len(file.read_bytes().splitlines())
        for file in FILES
        if file.suffix in (".py", ".js")
        and (ROOT / "komet_import" in file.parents or file.parent == ROOT / "pages")
    }
    assert {name for name, lines in lengths.items() if lines > LONGEST} == TABLES


DOCUMENT = re.compile(r"\bdocs/[\w/-]+\.\w+|\b[A-Z]{4,}\.md\b")


def test_every_document_that_a_file_names_is_there() -> None:
    found = {
        (str(file.relative_to(ROOT)), name)
        for file in FILES
        if file.suffix in (".py", ".js", ".md", ".toml") and file != Path(__file__).resolve()
        for name in DOCUMENT.findall(file.read_text(encoding="utf-8"))
        if not (ROOT / name).is_file()
    }
    assert found == set()


def test_scripts_without_a_suffix_are_linted_as_the_rest_is() -> None:
    """The hooks before a commit know a script by its first line, ruff by its name only."""
    scripts = [
        str(file.relative_to(ROOT))
        for file in FILES
        if not file.suffix and re.match(rb"#!.*python", file.read_bytes())
    ]
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())
    assert scripts and settings["tool"]["ruff"]["extend-include"] == scripts


def test_no_line_asks_to_be_finished_later() -> None:
    found = [
        f"{file.relative_to(ROOT)}: {line.strip()}"
        for file in FILES
        if file.suffix in (".py", ".js", ".css", ".toml") and file != Path(__file__).resolve()
        for line in file.read_text(encoding="utf-8").splitlines()
        if re.search(r"\b(TODO|FIXME|XXX|HACK)\b", line) and not re.search("[\"'].*XXX.*[\"']", line)
    ]
    assert found == []


EVERYTHING = {"Exception", "BaseException"}
TELLS = {"log", "failures", "_place", "print_json", "_refuse"}
"""What a handler calls to say what went wrong: the log, or what hands it on to somebody who logs it."""


def swallowing(tree: ast.AST) -> Iterator[int]:
    """The lines of handlers of everything that neither raise again nor say what went wrong."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "suppress":
            yield from (node.lineno for argument in node.args if ast.unparse(argument) in EVERYTHING)
        if not isinstance(node, ast.ExceptHandler):
            continue
        if node.type and ast.unparse(node.type) not in EVERYTHING:
            continue
        inside = list(ast.walk(ast.Module(body=node.body, type_ignores=[])))
        called = {ast.unparse(one.func).partition(".")[0] for one in inside if isinstance(one, ast.Call)}
        if not (TELLS & called or any(isinstance(one, ast.Raise) for one in inside)):
            yield node.lineno


def test_whoever_catches_everything_says_what_went_wrong() -> None:
    found = [
        f"{file.relative_to(ROOT)}:{line}"
        for file in FILES
        if file.suffix == ".py" and file.is_relative_to(ROOT / "komet_import")
        for line in swallowing(ast.parse(file.read_bytes()))
    ]
    assert found == []


@pytest.mark.parametrize(
    ("code", "lines"),
    [
        ("try: f()\nexcept Exception: pass", [2]),
        ("try: f()\nexcept: x = 1", [2]),
        ("with suppress(Exception): f()", [1]),
        ("try: f()\nexcept Exception: log.exception('f failed')", []),
        ("try: f()\nexcept Exception as e: raise Refusal('x') from e", []),
        ("try: f()\nexcept OSError: pass", []),
    ],
)
def test_one_who_does_not_is_found(code: str, lines: list[int]) -> None:
    assert list(swallowing(ast.parse(code))) == lines


def test_every_test_in_chromium_can_be_collected() -> None:
    """They run last, a quarter of an hour after a name that one of them lacks was taken away."""
    collected = subprocess.run(
        [sys.executable, "-m", "pytest", "--collect-only", "-q", "-p", "no:cacheprovider", "tests/browser"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert collected.returncode == 0, collected.stdout
