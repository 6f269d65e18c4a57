"""The worklist: one thing to do first on each card, a tick for what is done, and many values in one step."""

import re
from collections.abc import Sequence
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest
import streamlit as st

from komet_import import services
from komet_import.review.judge import judge
from komet_import.review.problem_list import kinds, problems
from komet_import.review.window import Look, positions
from komet_import.services import OVERTAKEN
from komet_import.settings import settings
from komet_import.web.review import import_button
from komet_import.web.review.cards import card_actions, worklist
from komet_import.web.review.dialogs import values_dialog
from komet_import.web.review.look import Reviewing
from komet_import.web.review.offers import Card
from tests.services import workspace
from tests.services.workspace import People, credit
from tests.web.test_drawn import drawn


@pytest.fixture
def people(sqlite_database: str) -> People:
    workspace.forget()
    return workspace.fill()


def cards(
    people: People, *rows: Sequence[object]
) -> tuple[Reviewing, list[tuple[str, list[str], list[str]]]]:
    """Each card of a sheet: its heading, its first buttons, and the others."""
    looking = Reviewing(workspace.opened(people.rita, *rows), people.rita.id)
    opened = services.view(people.rita, looking.batch_id)
    found = []
    for kind in kinds(problems(opened.judgement)):
        first, others = card_actions.actions(people.rita, looking, opened, kind)
        found.append((kind.heading, [one.label for one in first], [one.label for one in others]))
    return looking, found


def test_a_card_says_its_column_and_has_one_thing_to_do_first_and_every_one_excludes(people: People) -> None:
    rows = [
        *(credit(f"D{n}", day=None) for n in range(3)),
        *(credit(f"P{n}", amount=-n - 1) for n in range(2)),
        credit("U", customer="FL21"),
        credit("N", amount="soon"),
        credit("M", amount="later"),
        credit("M"),
    ]
    _, found = cards(people, *rows)
    assert found == [
        ("Credit Date missing", ["Fill blanks…"], ["Exclude 3 rows"]),
        (
            "Credit Balance must be above zero",
            ["Make them all positive"],
            ["Fix 2 values…", "Exclude 2 rows"],
        ),
        ("Credit Balance not a number", ["Fix 2 values…"], ["Exclude 2 rows"]),
        ("Unknown customer", ["Use FL219"], ["Replace…", "Exclude 1 row"]),
        ("Duplicate in this file", ["Exclude 1 row"], []),
    ]


def test_before_there_are_customers_one_card_says_so_and_nothing_of_the_rows_is_to_be_fixed(
    people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [credit(f"C{n}", customer=f"FL{n}") for n in range(3)]
    looking = Reviewing(workspace.opened(people.ada, *rows), people.ada.id)
    opened = services.view(people.ada, looking.batch_id)
    nobody = replace(opened.reference, directory=replace(opened.reference.directory, customers={}))
    opened = replace(opened, reference=nobody, judgement=judge(opened.draft, nobody))
    (kind,) = kinds(problems(opened.judgement))
    assert (kind.heading, kind.rows) == ("No customers yet", 3)
    linked: list[str] = []
    monkeypatch.setattr(st, "page_link", lambda *_, label, **__: linked.append(label))  # no router here
    monkeypatch.setattr(worklist, "page", str)
    for user in (people.ada, people.rita):  # she reads whom to ask
        card = drawn(lambda: worklist._card(user, looking, opened, kind))  # noqa: B023
        assert [button.label for button in card.button] == ["View rows"]
    assert linked == ["Import customers"]
    for user, told in (
        (people.ada, "Import your list of customers first."),
        (people.rita, "Ask an Admin to import the list of customers first."),
    ):
        assert import_button.why_nothing(user, opened, []) == told


def test_what_has_no_sign_has_a_card_of_its_own_beside_what_is_turned(people: People) -> None:
    rows = [credit(f"P{n}", amount=amount) for n, amount in enumerate((-5, 0, "0.00", -7))]
    looking, found = cards(people, *rows)
    assert found == [
        (
            "Credit Balance must be above zero",
            ["Make them all positive"],
            ["Fix 2 values…", "Exclude 2 rows"],
        ),
        ("Credit Balance is zero", ["Fix 2 values…"], ["Exclude 2 rows"]),
    ]
    opened = services.view(people.rita, looking.batch_id)
    negative, zero = kinds(problems(opened.judgement))
    for kind, rows_of in ((negative, [2, 5]), (zero, [3, 4])):
        look = Look(problem=(kind.column, kind.listed_as, None))
        shown = positions(opened.draft, opened.judgement, look)
        assert opened.judgement.numbers[shown].tolist() == rows_of


def test_many_unknown_codes_are_replaced_in_one_step_each_by_its_own(people: People) -> None:
    codes = [f"?{n}" for n in range(18)]
    looking, found = cards(people, *(credit(f"U{n}", customer=code) for n, code in enumerate(codes)))
    assert found == [("Unknown customer", ["Fix 18 values…"], ["Exclude 18 rows"])]
    opened = services.view(people.rita, looking.batch_id)
    known = sorted(c.code for c in opened.reference.directory.customers.values() if c.active)
    (kind,) = kinds(problems(opened.judgement))
    assert list(values_dialog._options(opened, kind.column)) == known
    wanted = [(problem, known[n % len(known)]) for n, problem in enumerate(kind.problems)]
    services.set_cells(people.carl, looking.batch_id, [(2, kind.column, "?0", "FL219")])
    card = Card.of(opened, kind)

    def applied() -> None:
        looking.later(
            lambda: values_dialog._apply(people.rita, looking, card, wanted, "18 values replaced")
        )()
        looking.run_next()

    applied()
    assert services.view(people.rita, looking.batch_id).draft.rows[kind.column].tolist()[1:] == codes[1:]
    assert [(notice["text"], notice["level"]) for notice in looking.notices] == [(OVERTAKEN, "warning")]
    looking.notices = []
    now = services.view(people.rita, looking.batch_id)
    card = Card.of(now, kinds(problems(now.judgement))[0])
    applied()
    after = services.view(people.rita, looking.batch_id)
    assert after.draft.rows[kind.column].tolist() == ["FL219", *(text for _, text in wanted[1:])], (
        "what another changed meanwhile stays"
    )
    assert [(notice["text"], notice["undo"]) for notice in looking.notices] == [("18 values replaced.", True)]
    services.undo(people.rita, looking.batch_id)
    assert services.view(people.rita, looking.batch_id).draft.rows[kind.column].tolist()[1:] == codes[1:]


def test_a_click_that_was_on_its_way_meets_the_card_it_was_made_on_wherever_that_stands(
    people: People,
) -> None:
    rows = [credit("D", day=None), credit("E", day=None), credit("U", customer="FL21")]
    looking = Reviewing(workspace.opened(people.rita, *rows), people.rita.id)

    def buttons() -> dict[str, str | None]:
        opened = services.view(people.rita, looking.batch_id)
        found = problems(opened.judgement)
        page = drawn(lambda: worklist.worklist(people.rita, looking, opened, found, []))
        return {button.label: button.key for button in page.button}

    before = buttons()
    services.set_cells(
        people.carl, looking.batch_id, [(row, "Credit Date", "", "2026-03-02") for row in (2, 3)]
    )
    after = buttons()
    assert {"Use FL219", "Exclude 1 row"} < after.keys()
    assert after.items() <= before.items()


def test_a_table_of_values_that_are_settled_by_then_closes_and_says_so(people: People) -> None:
    looking = Reviewing(workspace.opened(people.rita, credit("A")), people.rita.id)
    looking.fix_values(("Customer Code", "unknown-customer"))
    drawn(lambda: looking.values and values_dialog._fix_values(people.rita, looking, *looking.values))
    assert looking.values is None
    assert [(notice["text"], notice["level"]) for notice in looking.notices] == [(OVERTAKEN, "warning")]


def test_what_is_next_is_what_the_button_does_and_nothing_once_it_was_sent(
    people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    looking = Reviewing(workspace.opened(people.rita, credit("A", amount=7)), people.rita.id)

    def said() -> list[str]:
        opened = services.view(people.rita, looking.batch_id)
        page = drawn(lambda: worklist.worklist(people.rita, looking, opened, [], []))
        return [caption.value for caption in page.caption]

    assert said() == [r"Next: import 1 credit · \$7\.00 with the button below (Ctrl+Enter)."]
    monkeypatch.setenv("KOMET_APPROVAL", "always")
    settings.cache_clear()
    assert said() == [r"Next: send 1 credit · \$7\.00 for approval with the button below (Ctrl+Enter)."]
    services.send(people.rita, looking.batch_id)
    assert said() == []


def test_of_what_is_done_the_latest_have_a_tick_and_what_is_there_again_has_none() -> None:
    def kinds_named(*names: str) -> Any:
        return [SimpleNamespace(column=name, listed_as="not-positive", heading=name) for name in names]

    most = worklist.SHOWN_DONE
    names = [f"K{n}" for n in range(most + 3)]
    looking = Reviewing("done", 1)
    page = drawn(lambda: worklist._done(looking, kinds_named(*names)))
    assert not page.caption
    page = drawn(lambda: worklist._done(looking, kinds_named("K1", names[-1])))
    assert [re.findall(r"K[0-9]+", one.value) for one in page.caption] == [
        [name] for name in ["K0", *names[2:-1]][-most:]
    ]


@pytest.mark.parametrize(("several", "more"), [(1, []), (0, []), (-1, ["and 1 more value"])])
def test_the_first_values_of_a_card_are_named_and_the_others_counted(several: int, more: list[str]) -> None:
    count = worklist.SHOWN_VALUES - several
    found = [SimpleNamespace(value=f"X{n}", suggestion=None, rows=[n]) for n in range(count)]
    kind: Any = SimpleNamespace(problems=found, code="unknown-customer")
    opened: Any = None
    shown = [f"“X{n}” · 1 row" for n in range(min(count, worklist.SHOWN_VALUES))]
    assert worklist._values(opened, kind) == [*shown, *more]
