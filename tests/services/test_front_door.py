"""The front door, walked through whole: every use case asks for the rights of that moment.

A use case that comes later is walked through as well; where it needs an argument that is not known here, the
test says so.
"""

import inspect
from collections.abc import Callable
from datetime import date
from types import ModuleType
from typing import Any

import pytest
from sqlalchemy import text

from komet_import import services
from komet_import.access import users
from komet_import.access.roles import REVERSING
from komet_import.access.users import CurrentUser
from komet_import.ledger import database
from komet_import.ledger.adjustments import By
from komet_import.outbox.mail.send_error import SendError
from komet_import.refusal import Refusal
from komet_import.review.edits import Changes
from komet_import.review.issues import Issue
from komet_import.services import File
from komet_import.sheets.files.book import TextOptions
from komet_import.types import OPEN_CREDITS, Meaning, Role
from tests.services import workspace
from tests.services.workspace import People, credit, workbook

NO_USE_CASES = {
    "acknowledged",
    "address_of",
    "approval_reason",
    "history_address",
    "is_remembered",
    "issues",
    "may_delete",
    "open_questions",
    "may_reverse",
    "months",
    "report_url",
    "require_sound_types",
    "review_url",
    "standing",
    "standing_values",
    "totals_explained",
    "weeks",
    "why_second",
}
"""They only look at what a use case has given out, or at what is declared."""
OF_EVERYBODY = {
    "anything_imported",
    "drafts",
    "first_steps",
    "forget_browser",
    "history",
    "mail_server",
    "message",
    "messages",
    "password_changed",
    "people",
    "read_in",
    "read_message",
    "reversals_waiting_for",
    "send_message",
    "sign_out_everywhere",
    "signed_in_browsers",
    "trusted_browsers",
    "unfinished",
    "unread",
    "waiting_for",
}
"""What no role is needed for: one's own messages and sessions, and lists of what one may see."""
ABOUT_MONEY = {
    "balances",
    "count_adjustments",
    "customer_details",
    "customer_list",
    "deleted",
    "places",
    "statement",
}
"""What needs a role that imports money, without naming an import."""
OF_REVERSERS = {"reverse", "ask_reversal", "approve_reversal", "return_reversal"}
"""What a role must allow beside importing."""
OF_SETUP = {"close_period", "periods", "reopen_period"}
"""What Setup may do as well as an Admin."""
NEW_SHEET = workbook(credit("NEW"))
USE_CASES = {
    name: getattr(services, name)
    for name in services.__all__
    if inspect.isfunction(getattr(services, name)) and name not in NO_USE_CASES
}


def arguments(people: People, draft: str, posted: str, act: Callable[..., object]) -> dict[str, Any]:
    """What a use case is called with besides the user: whatever would do something, were it allowed."""
    about_posted = {
        "effect_of_import",
        "posted_rows",
        "report",
        "rejected_workbook",
        "reverse",
        "fix_rejected",
        "just_posted",
        "reversals",
        "timeline",
        "replaced_values",
        "was_edited",
        "ask_reversal",
        "approve_reversal",
        "effect_of_request",
        "return_reversal",
        "reversals_asked",
        "withdraw_reversal",
    }
    known: dict[str, Any] = {
        "batch_id": posted if act.__name__ in about_posted else draft,
        "type": OPEN_CREDITS,
        "file_name": "credits.xlsx",
        "content": NEW_SHEET,
        "opened": _looked_at() if act.__name__ == "other_sheets" else None,
        "cells": [(2, "Comments", "", "changed")],
        "rows": "7" if act.__name__ == "expect" else [2],
        "planned": lambda opened: Changes(left_out=(2,)),
        "label": "a fix",
        "seen": [Issue(row=2, column="Credit Balance", code="possible-duplicate", value="120.00")],
        "question": "hidden",
        "column": "",
        "given": {("hidden", ""): "count"} if act.__name__ == "answer_all" else "count",
        "chosen": {},
        "seq": 1,
        "sheet": "Credits",
        "sheets": ["Credits"],
        "text": TextOptions(),
        "reason": "a mistake",
        "month": date(2020, 1, 1),
        "moments": services.weeks(None, 2),
        "note": "a note",
        "wanted": services.Range(by=By.DATED, first=workspace.DAY, last=workspace.DAY),
        "file": File.SAMPLE,
        "of": OPEN_CREDITS.slug,
        "message_id": 1,
        "request_id": 1,
        "user_id": people.lou.id,
        "location_id": 1,
        "customer_id": 1,
        "slug": OPEN_CREDITS.slug,
        "layout": "a layout",
        "meaning": Meaning.PARTY,
        "key": "FLORES MIAMI",
        "browser_id": 1,
        "language": None,
        "mark": "a mark",
        "username": "new",
        "email": "new@komet.example",
        "name": "New",
        "values": [],
        "roles": [Role.ADMIN],
        "password": "tulips-and-more-roses",
        "new": "tulips-and-more-roses",
        "code": "FL219" if act.__name__ == "statement" else "NEW",
    }
    wanted = [
        name
        for name, parameter in inspect.signature(act).parameters.items()
        if name != "user" and (parameter.default is parameter.empty or name == "rows")
    ]
    unknown = [name for name in wanted if name not in known]
    assert not unknown, f"say in this test what {unknown} of services.{act.__name__} may be"
    return {name: known[name] for name in wanted}


def _looked_at() -> services.Opened:
    """A sheet that was read and judged, and not kept."""
    return services.check(services.TERMINAL, NEW_SHEET, "credits.xlsx", OPEN_CREDITS)[0]


def given(user: CurrentUser, people: People, batches: tuple[str, str], name: str) -> object:
    """What the user gets of a use case; the refusal's code where it is refused."""
    act = USE_CASES[name]
    try:
        return act(user, **arguments(people, *batches, act))
    except Refusal as refused:
        return refused.code
    except SendError as wrong:  # there is no mail server here, which only an Admin may find out
        return wrong


@pytest.fixture
def batches(people: People) -> tuple[str, str]:
    return _batches(people)


def _batches(people: People) -> tuple[str, str]:
    """A draft with an edit, and a posted batch with a rejected row: Rita's."""
    draft = workspace.opened(people.rita, credit("D1"), credit("D2"))
    services.set_cells(people.rita, draft, [(3, "Comments", "", "edited")])
    posted = workspace.opened(people.rita, credit("P1"), credit("P2", amount=-5), file_name="posted.xlsx")
    services.post(people.rita, posted)
    return draft, posted


def test_no_module_stands_in_the_place_of_a_use_case_of_its_name() -> None:
    assert [name for name in services.__all__ if isinstance(getattr(services, name), ModuleType)] == []


def test_every_use_case_takes_the_user_first() -> None:
    assert len(USE_CASES) > 40
    for name, act in USE_CASES.items():
        assert next(iter(inspect.signature(act).parameters)) == "user", name


def test_nothing_is_done_or_shown_for_who_was_deactivated(people: People, batches: tuple[str, str]) -> None:
    workspace.person("anna", Role.ADMIN)
    with database.transaction() as session:
        users.deactivate(session, user_id=people.rita.id)
        users.deactivate(session, user_id=people.ada.id)
    before = workspace.everything()
    for user in (people.rita, people.ada):
        for name in USE_CASES:
            got = given(user, people, batches, name)
            assert got in ("no-right", "not-found") or not got, (user.username, name, got)
    assert workspace.everything() == before


def test_nothing_is_done_or_shown_for_who_has_lost_the_role(people: People, batches: tuple[str, str]) -> None:
    """With the rights of before in hand, as a tab that was opened then has them."""
    workspace.person("anna", Role.ADMIN)
    with database.transaction() as session:
        for user in (people.rita, people.ada):
            users.set_roles(session, user_id=user.id, roles=[Role.SALESPERSON])
    before = workspace.everything()
    for user in (people.rita, people.ada):
        for name in USE_CASES.keys() - OF_EVERYBODY:
            got = given(user, people, batches, name)
            assert got in ("no-right", "not-found") or not got, (user.username, name, got)
        assert services.history(user).count == 0 and services.unfinished(user) == []
    assert workspace.everything() == before


@pytest.mark.twin
def test_what_an_admin_does_is_refused_to_others(people: People, batches: tuple[str, str]) -> None:
    before = workspace.everything()
    of_admins = {name for name in USE_CASES if given(people.lou, people, batches, name) == "no-right"}
    assert {"all_users", "add_user", "set_roles", "mail_queue", "mail_test", "all_locations"} <= of_admins
    for name in ("all_users", "add_user", "set_roles", "reset_password", "deactivate", "reactivate"):
        assert given(people.rita, people, batches, name) == "no-right"
    assert workspace.everything() == before


@pytest.mark.twin
def test_with_the_right_every_use_case_answers(people: People, batches: tuple[str, str]) -> None:
    """Or the tests above would pass for the wrong reason: a refusal that everybody gets."""
    same = {"deactivate", "sign_out_everywhere"}
    refused = {
        name: got
        for name in sorted(USE_CASES.keys() - same)
        if (got := given(people.ada, people, batches, name)) in ("no-right", "not-found")
    }
    assert refused == {}


def test_a_server_that_a_newer_program_has_overtaken_writes_nothing_and_says_so(people_here: People) -> None:
    people, batches = people_here, _batches(people_here)
    with database.engine().begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    before = workspace.everything()
    ending = {"sign_out_everywhere", "end_session", "download", "read"}
    answers = {name: given(people.ada, people, batches, name) for name in sorted(USE_CASES.keys() - ending)}
    assert workspace.everything() == before
    said = {name for name, answer in answers.items() if answer == "program-outdated"}
    assert said >= {"set_cells", "post", "reverse", "open_file", "discard", "expect", "deactivate"}
    assert answers["history"] != "program-outdated", "who only looks is answered"


def _of_admins(name: str) -> bool:
    """Whatever is neither everybody's nor about a draft, an import, a type or money, so a later one too."""
    about = inspect.signature(USE_CASES[name]).parameters.keys() & {"batch_id", "opened", "type", "of"}
    return not about and name not in OF_EVERYBODY | ABOUT_MONEY


@pytest.mark.usefixtures("three_types")
@pytest.mark.parametrize("role", Role)
def test_a_role_is_given_what_it_may_and_refused_all_else(people_here: People, role: Role) -> None:
    """Every use case, with an import that is there and with one that is not."""
    drawn_up = _batches(people_here)
    user = workspace.person("newcomer", role)
    imports = role in OPEN_CREDITS.roles
    before = workspace.everything()
    for name in sorted(USE_CASES.keys() - OF_EVERYBODY):
        may = role is Role.ADMIN if _of_admins(name) else imports
        may = may or (name in OF_SETUP and role is Role.SETUP)
        if name in OF_REVERSERS:
            may = role in REVERSING
        if "batch_id" in inspect.signature(USE_CASES[name]).parameters:
            unknown = given(user, people_here, ("nosuchimport", "nosuchimport"), name)
            assert unknown == "not-found" or not unknown, name
        got = given(user, people_here, drawn_up, name)
        if not may:
            assert got in ("no-right", "not-found") or not got, (name, got)
        else:
            assert got not in ("no-right", "not-found"), (name, got)
    if not imports:
        assert workspace.everything() == before


ODD = {"nul": "a\x00b", "half": "a\ud800b", "long": "x" * 100_000, "line": "a\nb", "only nul": "\x00"}


OF_OURS = {"question"}
"""Arguments that name something of the program's: nobody types them."""


@pytest.mark.twin
@pytest.mark.parametrize("odd", ODD.values(), ids=ODD)
def test_an_odd_text_is_taken_or_refused_in_a_sentence(people: People, odd: str) -> None:
    """Each text of each use case: the database's own words are nobody's answer."""
    batches = _batches(people)
    tried, wrong = 0, {}
    for name, act in sorted(USE_CASES.items()):
        known = arguments(people, *batches, act)
        for argument, value in known.items():
            if type(value) is not str or argument in OF_OURS:
                continue
            tried += 1
            try:
                act(people.ada, **known | {argument: odd})
            except Refusal as refused:
                if "\n" in refused.message or len(refused.message) > 400:
                    wrong[name, argument] = refused.message[:200]
            except SendError:
                continue
            except Exception as other:
                wrong[name, argument] = repr(other)[:200]
    assert wrong == {}
    assert tried > 40
