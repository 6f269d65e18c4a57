"""Texts for people that no function of `komet_import.language` names: they would stay English for all."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from komet_import.settings import ROOT

TOLD = (
    *("pages", "komet_import/web", "komet_import/sheets", "komet_import/types", "komet_import/services"),
    *("komet_import/access", "komet_import/ledger", "komet_import/outbox"),
    *(
        f"komet_import/review/{name}.py"
        for name in ("catalogue", "figures", "held_rows", "how_read", "issues", "rows_aside")
    ),
    *("komet_import/review/questions", "komet_import/review/rules"),
    "komet_import/language/lists.py",
)
"""Where every text is told; the list only grows."""
OF_SHEETS = (
    *(f"komet_import/sheets/layout/words/{name}.py" for name in ("flags", "total_labels")),
    *(
        f"komet_import/types/{name}.py"
        for name in (
            "amount_notes",
            "box_headings",
            "company_headings",
            "delay_words",
            "format_words",
            "hesitation_words",
            "ledger_headings",
            "languages",
            "mark_headings",
            "marks",
            "number_headings",
            "payout_words",
            "statement_words",
            "synonyms",
            "void_words",
        )
    ),
)
"""What sheets say, in all languages."""
OF_PROGRAMS = (
    *(f"komet_import/types/{name}.py" for name in ("contradictions", "declared")),
    *(f"komet_import/ledger/{name}" for name in ("migrations/", "posting/by_type.py", "staging.py")),
    *(
        f"komet_import/ledger/{name}.py"
        for name in ("audit_chain", "backup", "database", "engines", "failed_statement")
    ),
    "komet_import/web/server/greeting.py",
)
"""What stops the start, stands in logs or in a terminal, and what is said to a database: English."""
TELLING = {"_", "ngettext", "nphrase", "marked", "marked_pair", "phrase"}
SENTENCE = re.compile(r"[A-Za-z’']{2,}[,;:.]? [a-z’']{2,}|^[A-Z][a-z]{2,}[.…]?$")
"""Two words with a blank between, or one word with a capital."""
NO_TEXT = re.compile(
    r"^\s*(?:SELECT|<|\.komet|:root|@|import |const |export |\(function)"
    r"|\{[^}]*:[^}]*;|\\[wsd]|[{<]/?\w+ \w+=|aria-|data-|var\(--|\.txt$"
    r"|^(?:attachment; |frame-ancestors |public, max-age|Auto-Submitted: |Komet Import does not start)"
)
"""Styles, scripts, elements, patterns, names of files, headers, and what a server says as it stops."""
NO_WORDS = {
    *("", "Komet", "Excel", "Visio", "Word", "Book", "Workbook", "Target", "Type", "Text", "General"),
    *("Allow", "From", "Subject", "hash total", "taken from", "komet import"),
}
"""Names: of programs, of parts of a workbook, of headers, of what the audit trail keeps."""
UNSAID = {
    "ValueError",
    "getLogger",
    "compile",
    "container",
    "form",
    "TypeVar",
    "ContextVar",
    "setLevel",
    "Font",
    "get_template",
    "words",
    "_all",
    "split",
    *("ValueError", "KeyError", "TypeError", "LookupError"),
}
"""What is called with texts that are no words for people: what sheets say, mistakes of a program."""
PLACES = {
    "key",
    "icon",
    "width",
    "format",
    "type",
    "color",
    "autocomplete",
    "synonyms",
    "examples",
    "choices",
    "html",
    "basis",
}
"""Parameters of that kind."""


def bypassing(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """The sentences of a module that nothing tells, with their lines."""
    parents = {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
    for node in ast.walk(tree):
        said = sentence(node)
        if said not in NO_WORDS and not NO_TEXT.search(said) and not told(node, parents):
            yield getattr(node, "lineno", 0), said[:60]


def sentence(node: ast.AST) -> str:
    """The text of a piece of code that is one, if it has words."""
    if isinstance(node, ast.JoinedStr):
        said = "".join(str(v.value) if isinstance(v, ast.Constant) else "0" for v in node.values)
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        said = node.value
    else:
        return ""
    return said if SENTENCE.search(said) else ""


def told(node: ast.AST, parents: dict[ast.AST, ast.AST]) -> bool:
    """Whether a text is told, or is none for people: a docstring, a name of something, a comparison, what an
    enumeration is kept as.
    """
    child: ast.AST = node
    while (parent := parents.get(child)) is not None:
        match parent:
            case ast.Call(func=ast.Name(id=name)) if name in TELLING | UNSAID:
                return True
            case ast.Call(func=ast.Attribute(attr=name)) if name in UNSAID or ast.unparse(
                parent.func
            ).startswith("log."):
                return True
            case ast.keyword(arg=arg) if arg in PLACES:
                return True
            case ast.Subscript(slice=place) if place is child:
                return True
            case ast.Compare() | ast.Assert() | ast.JoinedStr() | ast.FormattedValue():
                return isinstance(parent, ast.Compare | ast.Assert) or told(parent, parents)
            case ast.Expr() if child is node:
                return True
            case ast.AnnAssign(annotation=ast.Subscript(value=ast.Name(id="Literal"))):
                return True
            case (
                ast.AnnAssign(annotation=said) | ast.arg(annotation=said) | ast.FunctionDef(returns=said)
            ) if said is child:
                return True
            case ast.Assign(targets=[ast.Name(id="__all__")]):
                return True
            case ast.Assign() if isinstance(enum := parents.get(parent), ast.ClassDef):
                return any(ast.unparse(base) == "StrEnum" for base in enum.bases)
            case ast.stmt():
                return False
        child = parent
    return False


def modules() -> Iterator[Path]:
    for place in TOLD:
        path = ROOT / place
        yield from [path] if path.suffix else sorted(path.rglob("*.py"))


def test_every_text_of_these_rooms_is_told() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{line}: {said}"
        for path in modules()
        if not str(path.relative_to(ROOT)).startswith((*OF_SHEETS, *OF_PROGRAMS))
        for line, said in bypassing(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert found == []


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ('st.info("Rows were read")', True),
        ('st.info(f"{count} rows were read")', True),
        ('st.button("Import")', True),
        ('st.info(_("Rows were read"))', False),
        ('st.info(ngettext("{count} row was read", "{count} rows were read", 2))', False),
        ('st.button(_("Import"), key="the import", icon=":material/add:")', False),
        ('"""What it is."""', False),
    ],
)
def test_a_text_that_bypasses_is_found(line: str, found: bool) -> None:
    assert bool(list(bypassing(ast.parse(line)))) is found


def hiding(tree: ast.AST) -> Iterator[int]:
    """Where a function that tells texts binds the name by which it does, as `for _ in …` would."""
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda | ast.Module):
            inside = list(own(function))
            called = any(isinstance(n, ast.Call) and ast.unparse(n.func) == "_" for n in inside)
            bound = [n for n in inside if isinstance(n, ast.Name | ast.arg) and named(n) == "_"]
            yield from (node.lineno for node in bound if called)


def named(node: ast.Name | ast.arg) -> str:
    """The name that a piece of code binds, if it does."""
    if isinstance(node, ast.arg):
        return node.arg
    return node.id if isinstance(node.ctx, ast.Store) else ""


def own(scope: ast.AST) -> Iterator[ast.AST]:
    """What stands in a scope itself: comprehensions and functions have their own."""
    for node in ast.iter_child_nodes(scope):
        yield node
        if not isinstance(
            node,
            ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda | ast.ClassDef | ast.comprehension,
        ):
            yield from own(node)


def test_no_function_hides_what_tells_its_texts() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{line}"
        for folder in ("komet_import", "pages")
        for path in sorted((ROOT / folder).rglob("*.py"))
        for tree in [ast.parse(path.read_text(encoding="utf-8"))]
        if "komet_import.language" in ast.unparse(tree)
        for line in hiding(tree)
    ]
    assert found == []


@pytest.mark.parametrize(
    ("code", "lines"),
    [
        ('def f():\n    a, _ = x\n    st.info(_("Rows"))', [2]),
        ('def f():\n    for _ in x:\n        pass\n    return _("Rows")', [2]),
        ('def f():\n    y = [a for a, _ in x]\n    return _("Rows")', []),
        ("def f():\n    a, _ = x", []),
    ],
)
def test_a_name_that_hides_it_is_found(code: str, lines: list[int]) -> None:
    assert list(hiding(ast.parse(code))) == lines
