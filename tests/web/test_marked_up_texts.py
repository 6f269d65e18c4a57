"""Streamlit reads Markdown in nearly every text that it is given: what people wrote goes there by `plain`."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from komet_import.settings import ROOT

MARKDOWN = frozenset(
    {
        *(
            "markdown",
            "caption",
            "title",
            "header",
            "subheader",
            "error",
            "info",
            "warning",
            "success",
            "toast",
        ),
        *(
            "button",
            "form_submit_button",
            "link_button",
            "download_button",
            "page_link",
            "popover",
            "expander",
        ),
        *("spinner", "status", "checkbox", "toggle", "radio", "text_input", "number_input", "text_area"),
        *(
            "selectbox",
            "multiselect",
            "segmented_control",
            "pills",
            "file_uploader",
            "metric",
            "tabs",
            "badge",
        ),
        *("date_input", "dialog", "write"),
    }
)
READ = frozenset({"label", "body", "help", "placeholder", "text"})
"""The parameters by name that are read as Markdown; the first one by place is, too."""
SAFE = frozenset({"plain", "unseen", "counted", "counted_rows", "local_time", "len", "page"})
"""What gives text that holds no signs of Markdown, or has escaped them; the file of a page."""
DECLARED = frozenset({"title", "done", "icon", "PASSWORD", "max_upload_mb", "roles", "state"})
"""What the program itself declares: names of types, problems, roles and states, words, icons."""
FILES = [*sorted((ROOT / "komet_import" / "web").rglob("*.py")), *sorted((ROOT / "pages").glob("*.py"))]


def texts(call: ast.Call) -> Iterator[ast.expr]:
    yield from call.args[:1]
    yield from (keyword.value for keyword in call.keywords if keyword.arg in READ)


class Module:
    """A module's own functions, and what the names of one of its scopes are made of."""

    def __init__(self, path: Path) -> None:
        self.path = path
        tree = ast.parse(path.read_text(encoding="utf-8"))
        functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
        self.scopes = [list(ast.walk(function)) for function in functions]
        inside = {id(node) for scope in self.scopes for node in scope}
        self.scopes.append([node for node in ast.walk(tree) if id(node) not in inside])
        self.returned = {
            function.name: [n.value for n in scope if isinstance(n, ast.Return) and n.value]
            for function, scope in zip(functions, self.scopes, strict=False)
        }
        self.assigned: dict[str, list[ast.expr]] = {}

    def _enter(self, scope: list[ast.AST]) -> None:
        self.assigned = {}
        for node in scope:
            if isinstance(node, ast.Assign):
                for target in node.targets:
                    self._assign(target, node.value)

    def _assign(self, target: ast.expr, value: ast.expr) -> None:
        if isinstance(target, ast.Name):
            self.assigned.setdefault(target.id, []).append(value)
        elif isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
            for one, part in zip(target.elts, value.elts, strict=True):
                self._assign(one, part)

    def bare(self, text: ast.expr, seen: frozenset[str] = frozenset()) -> Iterator[ast.expr]:
        """The parts of a text that come from elsewhere and that nobody has escaped."""
        match text:
            case ast.Call(func=ast.Name(id=name)) | ast.Call(func=ast.Attribute(attr=name)) if name in SAFE:
                return
            case ast.Call(func=ast.Attribute(attr="join"), args=[ast.GeneratorExp(elt=each)]):
                inner = [each]
            # What a text shows in the format of a number is one, as is the count of `ngettext`.
            case ast.Call(func=ast.Name(id="_" | "ngettext"), args=[*told], keywords=places):
                said = ast.unparse(text)
                inner = [*told[:2], *(p.value for p in places if f"{{{p.arg}:" not in said)]
            case ast.Call(func=ast.Name(id=name)) if name in self.returned and name not in seen:
                inner, seen = self.returned[name], seen | {name}
            case ast.Name(id=name) if name not in seen:
                inner, seen = self.assigned.get(name, []), seen | {name}
            case ast.JoinedStr(values=inner) | ast.BoolOp(values=inner) | ast.List(elts=inner):
                pass
            case ast.FormattedValue(format_spec=None, value=value):
                inner = [value]
            case ast.BinOp(left=left, right=right) | ast.IfExp(body=left, orelse=right):
                inner = [left, right]
            # A constant of a module is a text of ours.
            case ast.Attribute(attr=name) if name not in DECLARED and not name.isupper():
                yield text
                return
            case _:
                return
        for part in inner:
            yield from self.bare(part, seen)

    def found(self) -> Iterator[str]:
        """Where such a part reaches Streamlit."""
        for scope in self.scopes:
            self._enter(scope)
            for call in scope:
                match call:
                    case ast.Call(func=ast.Attribute(value=ast.Name(), attr=name)) if name in MARKDOWN:
                        for text in texts(call):
                            for part in self.bare(text):
                                yield f"{self.path.name}:{part.lineno}: {name}: {ast.unparse(part)}"


def test_every_text_that_is_read_as_markdown_is_escaped() -> None:
    assert len(FILES) > 100
    assert [place for path in FILES for place in Module(path).found()] == []


@pytest.mark.parametrize(
    "line",
    [
        "st.error(wrong.message)",
        "st.caption(f'{user.name}, {local_time(at)}')",
        "st.button('Use', help=known.name)",
        "st.info(_('Of {name}', name=user.name))",
        "st.info(' '.join(f.name for f in x))",
        "words = f'“{problem.value}”' if problem else 'blank'\nst.markdown(f'**{words}**')",
        "def said(x):\n    return x.text\nst.warning(said(1))",
    ],
)
def test_one_that_is_not_is_found(tmp_path: Path, line: str) -> None:
    (tmp_path / "page.py").write_text(line, encoding="utf-8")
    assert list(Module(tmp_path / "page.py").found())
