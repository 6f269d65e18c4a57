"""Every page drawn in the language of nobody, in which each text of ours stands in brackets: what stands
outside of them, and is nobody's name or file, has bypassed the catalogues.
"""

import calendar
import re
from collections.abc import Iterator, Set
from typing import Any

import pandas as pd
import pytest
from google.protobuf.message import Message
from sqlmodel import select
from streamlit.testing.v1 import AppTest

from komet_import import services
from komet_import.access.users import CurrentUser
from komet_import.language.current import Language, speaking
from komet_import.ledger import database
from komet_import.ledger.models import Message as Mail
from komet_import.settings import settings
from komet_import.types import Role
from komet_import.web.shared import auth
from tests.services import workspace
from tests.services.workspace import People, credit
from tests.web.tabs import token_of

SHOWN = {"label", "body", "help", "placeholder", "text", "title", "alt", "message", "options"}
"""What Streamlit shows of an element, by the names of its fields."""
TOLD = re.compile(r"⟦[^⟦⟧]*⟧")
NO_WORDS = re.compile(
    r"(?s)<style>.*?</style>|:material/\w+:|:[a-z-]+\[|https?://\S+|`[^`]*`|KOMET_\w+|<[^>]*>|[^\s<>]+@[^\s<>]+|\S+\\?\.xlsx"
)
NAMES = {
    *("credits", "xlsx", "csv", "sha", "utc", "none", "english", "español", "komet"),
    *map(str.casefold, (*calendar.month_name, *calendar.month_abbr)),
}
"""Of files, languages and months; Excel and the server's own."""
WORD = re.compile(r"[A-Za-zÀ-ÿ]{3,}")


def shown(message: Message, name: str = "") -> Iterator[str]:
    """The texts of an element."""
    for field, value in message.ListFields():
        for one in value if field.is_repeated else [value]:
            if isinstance(one, Message):
                yield from shown(one, field.name)
            elif isinstance(one, str) and (field.name in SHOWN or (field.name, name) == ("value", "label")):
                yield one


def texts(page: AppTest) -> Iterator[str]:
    for node in page._tree:  # what stands at the bottom and in dialogs too
        proto: Any = getattr(node, "proto", None)
        if isinstance(proto, Message):
            yield from shown(proto)
        value = getattr(node, "value", None)
        if isinstance(value, pd.DataFrame):
            yield from map(str, value.columns)


def bypassing(told: str, of_people: Set[str] = frozenset()) -> set[str]:
    """The words of a text that nobody has told."""
    left = told
    while TOLD.search(left):
        left = TOLD.sub(" ", left)
    left = NO_WORDS.sub(" ", left)
    words = {word.casefold() for word in WORD.findall(left)}
    return words - NAMES - {word.casefold() for role in Role for word in role.split()} - of_people


@pytest.fixture
def people(sqlite_database: str, monkeypatch: pytest.MonkeyPatch) -> People:
    workspace.forget()
    people = workspace.fill()
    monkeypatch.setattr(auth, "_address", str)  # there is no browser
    monkeypatch.setattr(auth, "browser_mark", str)
    monkeypatch.setattr(auth, "accepted_languages", lambda: str(Language.PSEUDO))
    posted = workspace.opened(people.rita, credit("A"), credit("B", amount=-5), credit("C", customer="XX"))
    services.post(people.rita, posted)
    workspace.opened(people.rita, credit("D"), file_name="credits.xlsx")
    return people


def kept_words() -> set[str]:
    """The words of the names of people, customers and places."""
    rows = workspace.everything()
    said = str([rows[table] for table in ("app_user", "customer", "location")])
    with database.reading() as session:
        said += str(
            session.exec(select(Mail.last_error, Mail.subject)).all()
        )  # are kept as they were written
    return {word.casefold() for word in WORD.findall(said)}


def script(file: str) -> None:  # its source is run elsewhere, where no name of this file is known
    import streamlit as st

    from komet_import.web.router import PAGES, SCREENS

    pages = [
        st.Page(PAGES / s.file, title=s.title, default=s.file == file, url_path=s.path or "home")
        for s in SCREENS
    ]
    st.navigation(pages, position="hidden").run()


def drawn(user: CurrentUser, page: str, monkeypatch: pytest.MonkeyPatch, **query: str) -> AppTest:
    token = token_of(user.id)
    monkeypatch.setattr(auth, "session_token", lambda: token)
    test = AppTest.from_function(script, args=(f"{page}.py",), default_timeout=30)
    for name, value in query.items():
        test.query_params[name] = value
    return test.run()


TRANSLATED = (
    *("account", "audit", "balances", "customers", "data_import", "history", "locations", "mail"),
    *("messages", "periods", "remembered", "report", "users"),
)
"""The pages whose texts all go through the catalogues; the list only grows."""


def test_every_text_of_the_pages_is_told(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    imported = services.history(people.ada).lines[0].batch.id
    names, found = kept_words(), []
    for page in TRANSLATED:
        query = {"batch": imported} if page == "report" else {}
        test = drawn(people.ada, page, monkeypatch, **query)
        assert not test.exception, page
        told = list(texts(test))
        if page == "data_import":
            next(button for button in test.button if str(button.key).startswith("delete-")).click().run()
            assert set(texts(test)) - set(told), "no dialog that asks"
            told = list(texts(test))
        assert any("⟦" in one for one in told), page
        found += [(page, words, one[-300:]) for one in told if (words := bypassing(one, names))]
    assert found == []


HEADINGS = (
    "Código cliente",
    "Número crédito",
    "Fecha crédito",
    "Saldo crédito",
    "Código sede",
    "Comentarios",
)
"""Of a Spanish sheet: no word of them is one of ours."""
DIALOGS = ("fix-many", "show-keys", "other-", "delete-draft", "import")
"""What of Review is opened with a button, by the beginning of its key."""


def test_every_text_of_review_is_told(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    batch = workspace.opened(
        people.rita,
        *(credit("M", amount=7), credit(""), credit("N", day=""), credit("O", day="")),
        *(credit("P", customer="ZZ"), credit("Q", customer="YY", amount=-5)),
        *(credit("R", day="03/04/2026"), credit("S", amount="x")),
        ["Total", "", "", 900, "", ""],
        headers=HEADINGS,
        file_name="your.xlsx",
    )
    services.expect(people.rita, batch, rows="3", amount="10")
    of_sheet = {word.casefold() for word in WORD.findall(" ".join(HEADINGS))}
    names = kept_words() | of_sheet | {"total"}
    with speaking(Language.PSEUDO):  # the test itself asks how what it chose is told
        test = drawn(people.rita, "review", monkeypatch, batch=batch)
        assert not test.exception
        drawings = [list(texts(test))]  # the panel about how the file was read
        test.button(key="reading-later").click().run()
        drawings.append(list(texts(test)))
        looking = test.session_state["reviewing"]
        for key in DIALOGS:
            next(button for button in test.button if str(button.key).startswith(key)).click().run()
            assert not test.exception, key
            drawings.append(list(texts(test)))
            assert set(drawings[-1]) - set(drawings[1]), f"{key} opened nothing"
            looking.wish_for(None)
            looking.show_keys(False)
            looking.click.confirmed()
        looking.fix_values(("Customer Code", "unknown-customer"))
        drawings.append(list(texts(test.run())))
        assert set(drawings[-1]) - set(drawings[1]), "no table of values"
    found = [(words, one[-300:]) for told in drawings for one in told if (words := bypassing(one, names))]
    assert found == []


def test_every_text_about_an_approval_is_told(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KOMET_APPROVAL", "always")
    settings.cache_clear()
    batch = workspace.opened(people.rita, credit("M", amount=7), credit("M", amount=7), file_name="your.xlsx")
    services.confirm(people.rita, batch, services.view(people.rita, batch).judgement.waiting())
    services.send(people.rita, batch)
    found = []
    for person in (people.carl, people.rita):
        test = drawn(person, "review", monkeypatch, batch=batch)
        assert len(test.info) == 1
        found += [(words, one) for one in texts(test) if (words := bypassing(one, kept_words()))]
    services.send_back(people.carl, batch, reason="Rita")
    test = drawn(people.rita, "review", monkeypatch, batch=batch)
    assert len(test.warning) == 1
    found += [(words, one) for one in texts(test) if (words := bypassing(one, kept_words()))]
    assert found == []


def test_a_text_that_bypasses_is_found() -> None:
    assert bypassing("⟦Rows ⟦wëre⟧ read⟧ and others, credits.xlsx") == {"and", "others"}
    assert bypassing(":material/star: **⟦Imported⟧** Rita", {"rita"}) == set()
