"""What a page keeps between its runs are ids: a draft that it held would stay in memory with a closed tab."""

import ast
import gc
import weakref
from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from komet_import import services
from komet_import.review.problem_list import problems
from komet_import.services import Report, ReportRow
from komet_import.services.draft.desk import DESK
from komet_import.web.review.grid_answer import grid_answer
from komet_import.web.review.look import Reviewing
from komet_import.web.shared import auth
from tests.services import workspace
from tests.services.workspace import credit
from tests.web.tabs import token_of

ROOT = Path(__file__).resolve().parents[2]
SOURCES = sorted([*ROOT.glob("komet_import/web/**/*.py"), *ROOT.glob("pages/*.py")])
DRAFTS = {"opened", "draft", "judgement"}
"""How a draft, or what holds one, is called in these rooms."""


def kept(tree: ast.AST) -> Iterator[str]:
    """The drafts that functions made inside of functions, and partials, take with them."""
    for outer in ast.walk(tree):
        inner = [outer] if isinstance(outer, ast.Lambda) else []
        if isinstance(outer, ast.FunctionDef):
            inner = [
                node for node in ast.walk(outer) if isinstance(node, ast.FunctionDef) and node is not outer
            ]
        for function in inner:
            own = {argument.arg for argument in ast.walk(function.args) if isinstance(argument, ast.arg)}
            for name in ast.walk(function):
                if isinstance(name, ast.Name) and isinstance(name.ctx, ast.Store):
                    own.add(name.id)
            for name in ast.walk(function):
                if isinstance(name, ast.Name) and name.id in DRAFTS - own:
                    yield f"line {name.lineno}: {name.id}"
        called = outer.func if isinstance(outer, ast.Call) else None
        # A dialog is drawn anew with what it was first called with, and a partial is called with it later.
        if isinstance(outer, ast.Call) and (
            isinstance(called, ast.Call) or (isinstance(called, ast.Name) and called.id == "partial")
        ):
            for argument in (*outer.args, *(keyword.value for keyword in outer.keywords)):
                if isinstance(argument, ast.Name) and argument.id in DRAFTS:
                    yield f"line {argument.lineno}: {argument.id}"


def test_no_callback_holds_a_draft() -> None:
    assert len(SOURCES) > 100
    held = {source.name: list(kept(ast.parse(source.read_text(encoding="utf-8")))) for source in SOURCES}
    assert {name: drafts for name, drafts in held.items() if drafts} == {}


def test_a_callback_that_holds_a_draft_would_be_found() -> None:
    leaking = (
        "def draw(opened):\n    button(on_click=lambda: undo(opened.batch.id))\n    partial(undo, opened)\n"
    )
    assert len(list(kept(ast.parse(leaking)))) == 2
    fine = "def draw(opened):\n    partial(undo, opened.batch.id)\n    fix(lambda opened: opened)\n"
    assert list(kept(ast.parse(fine))) == []


def test_a_look_that_is_kept_lets_its_draft_go(sqlite_database: str) -> None:
    people = workspace.fill()
    looking = Reviewing(
        workspace.opened(people.rita, credit("A"), credit("B", amount="1,234")), people.rita.id
    )
    opened = services.view(people.rita, looking.batch_id)
    looking.click.promise(opened, decides=False)
    looking.questions(opened, problems(opened.judgement))
    grid_answer(looking, opened, "c")
    gone = weakref.ref(opened), weakref.ref(opened.draft), weakref.ref(opened.judgement)
    DESK.drop(looking.batch_id)
    del opened
    gc.collect()
    assert [ref() for ref in gone] == [None, None, None]
    assert looking.click.last is not None


def test_a_report_that_is_shown_lets_its_rows_go(
    sqlite_database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A list of rows to choose from, say, would keep all of them for as long as the tab is open."""
    people = workspace.fill()
    posted = workspace.opened(
        people.rita, credit("A"), credit("B", amount=-7), credit("C", amount=-8), credit("D")
    )
    services.post(people.rita, posted)
    services.drop_rows(people.rita, posted, [4], reason="Not ours")
    token = token_of(people.rita.id)
    monkeypatch.setattr(auth, "session_token", lambda: token)
    monkeypatch.setattr(auth, "_address", str)  # there is no browser

    def script(user, batch_id):  # its source is run elsewhere, where no name of this file is known
        from komet_import import services
        from komet_import.web.report import posted_rows, receipt, reversal_form

        report = services.report(user, batch_id)
        receipt.receipt(report)
        receipt.rejected(user, report)
        posted_rows.posted_rows(report)
        receipt.left_out(report)
        reversal_form.reverse(user, report)

    page = AppTest.from_function(script, args=(people.rita, posted), default_timeout=30).run()
    assert not page.exception and [one.label for one in page.multiselect] == ["Rows"]
    gc.collect()
    assert [one for one in gc.get_objects() if isinstance(one, Report | ReportRow)] == []
