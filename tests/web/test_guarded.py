"""Nothing in `pages/` or `web/` runs beside a page's guard without one of its own, or past the front door.

Each finding names its place: use `shared.guarded` or `shared.download_link`, or ask a use case of `services`.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from komet_import.access import sessions
from komet_import.ledger import database
from komet_import.settings import ROOT
from komet_import.web.shared import auth
from tests.services import workspace
from tests.services.workspace import People
from tests.web.tabs import token_of

SCREENS = sorted([*(ROOT / "pages").glob("*.py"), *(ROOT / "komet_import" / "web").rglob("*.py")])
GUARD = ROOT / "komet_import" / "web" / "shared" / "guarded.py"
RUNS_ON_ITS_OWN = {"fragment", "experimental_fragment", "dialog", "experimental_dialog"}
SERVES_FILES = {"download_button", "image", "audio", "video", "pdf", "logo", "audio_input", "camera_input"}
"""They put a file where Streamlit's /media serves it to whoever is signed in, whatever their rights."""
PART_OF_THE_PAGE = {"logo(brand_alone(), size='large')"}
"""A drawing that is given as text travels in the page itself."""
STANDS_AT_THE_DOOR = {
    *("auth.py", "application.py", "routes.py", "headers.py", "router.py", "sockets.py", "sign_in.py"),
    *("tabs.py", "upload_limits.py"),
}
"""Sign-in, sessions, health, what a browser sends: what is there before there is a user."""
BEHIND_THE_DOOR = (
    "komet_import.ledger.database",
    "komet_import.ledger.locations",
    "komet_import.access.users",
)
BEHIND_THE_DOOR += (
    "komet_import.access.password_hashes",
    "komet_import.access.browsers",
    "komet_import.access.sessions",
    "komet_import.ledger.balances",
    "komet_import.outbox.queries",
)


def parsed() -> Iterator[tuple[Path, ast.AST]]:
    for file in SCREENS:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            yield file, node


def at(file: Path, node: ast.AST) -> str:
    return f"{file.relative_to(ROOT)}:{getattr(node, 'lineno', 0)}"


def is_guarded(value: ast.expr) -> bool:
    """A word for Streamlit, the guard, or `later` or `promising`: they leave the work to the guarded run."""
    if isinstance(value, ast.Constant):
        return True
    if isinstance(value, ast.Call) and isinstance(value.func, ast.Attribute):
        return ast.unparse(value.func) == "guarded.callback" or value.func.attr in ("later", "promising")
    if isinstance(value, ast.Attribute) and value.attr.startswith("on_"):
        return True  # given under such a name, where it was looked at
    # A component of ours is told to run the page when something was chosen; nothing else.
    return isinstance(value, ast.Lambda) and isinstance(value.body, ast.Constant)


def test_every_callback_asks_who_is_there() -> None:
    found = [
        at(file, node)
        for file, node in parsed()
        if isinstance(node, ast.Call) and file != GUARD and ast.unparse(node.func) != "guarded.dialog"
        for argument in node.keywords
        if (argument.arg or "").startswith("on_") and not is_guarded(argument.value)
    ]
    assert found == []


def test_every_fragment_and_dialog_asks_who_is_there() -> None:
    found = [
        at(file, node)
        for file, node in parsed()
        if isinstance(node, ast.Attribute) and file != GUARD
        if node.attr in RUNS_ON_ITS_OWN and ast.unparse(node.value) != "guarded"
    ]
    assert found == []


def test_no_file_goes_where_strangers_could_find_it() -> None:
    found = [
        at(file, node)
        for file, node in parsed()
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
        if node.func.attr in SERVES_FILES
        if ast.unparse(node).removeprefix("st.") not in PART_OF_THE_PAGE
    ]
    assert found == []


def test_every_page_asks_first_who_is_there() -> None:
    pages = list((ROOT / "pages").glob("*.py"))
    assert len(pages) > 10
    for page in pages:
        statements = ast.parse(page.read_text(encoding="utf-8")).body
        doing = (
            one
            for one in statements
            if not isinstance(one, ast.Import | ast.ImportFrom | ast.FunctionDef)
            and not isinstance(getattr(one, "value", None), ast.Constant)
        )
        assert ast.unparse(next(doing)).startswith("user = auth.guard("), page.name


def test_screens_reach_the_data_through_the_front_door() -> None:
    """Types and constants may be named; functions that read or write without a user may not."""
    found = []
    for file, node in parsed():
        if file.name in STANDS_AT_THE_DOOR or not isinstance(node, ast.ImportFrom):
            continue
        for alias in node.names:
            name = f"{node.module}.{alias.name}"
            if name in BEHIND_THE_DOOR or (node.module in BEHIND_THE_DOOR and alias.name.islower()):
                found.append(f"{at(file, node)} {name}")
    assert found == []


@pytest.fixture
def people(sqlite_database: str) -> People:
    return workspace.fill()


def script() -> None:  # its source is run elsewhere, where no name of this file is known
    import streamlit as st

    from komet_import.web.shared import guarded

    def clicked() -> None:
        st.session_state["clicked"] = st.session_state.get("clicked", 0) + 1

    @guarded.fragment
    def body(user, words):  # type: ignore[no-untyped-def]
        st.text(f"{words} {user.name}")

    st.button("Click", on_click=guarded.callback(clicked))
    body("drawn for")


def test_a_callback_and_a_fragment_are_for_who_is_there_at_that_moment(
    people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    rita, carl = token_of(people.rita.id), token_of(people.carl.id)
    here = [rita]
    monkeypatch.setattr(auth, "session_token", lambda: here[0])
    page = AppTest.from_function(script).run()
    assert page.text[0].value == "drawn for Rita"
    page.button[0].click().run()
    assert page.session_state["clicked"] == 1
    here[0] = carl
    assert page.run().text[0].value == "drawn for Carl"
    with database.transaction() as session:
        sessions.end(session, carl)
    page.button[0].click().run()
    assert page.session_state["clicked"] == 1
    assert len(page.text) == 0 and "not signed in" in page.info[0].value
