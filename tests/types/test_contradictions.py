"""A declaration that cannot hold stops the start with one sentence: a rule that finds no column is silent."""

import textwrap
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from komet_import import cli, types
from komet_import.types import (
    CUSTOMERS,
    OPEN_CREDITS,
    Column,
    ColumnFormat,
    ImportType,
    Meaning,
    Need,
    contradictions,
)
from komet_import.types.contradictions import Contradiction
from komet_import.types.declared import declared, require_sound
from komet_import.web.server import application

Change = Callable[[ImportType], ImportType]


def without(*meanings: Meaning) -> Change:
    """The same type without the columns of these meanings."""
    return lambda type: replace(type, columns=tuple(c for c in type.columns if c.meaning not in meanings))


def saying(meaning: Meaning, **changed: Any) -> Change:
    """The same type with its column of that meaning declared in another way."""
    return lambda type: replace(
        type,
        columns=tuple(replace(c, **changed) if c.meaning is meaning else c for c in type.columns),
    )


def with_column(**said: Any) -> Change:
    """The same type with one column more."""
    wanted: dict[str, Any] = {"name": "More", "meaning": Meaning.REFERENCE, "kind": ColumnFormat.TEXT}
    wanted |= {"rule": "More.", "max_length": 20, **said}
    return lambda type: replace(type, columns=(*type.columns, Column(**wanted)))


def declaring(**changed: Any) -> Change:
    """The same type, declaring something else as a whole."""
    return lambda type: replace(type, **changed)


PARTY, NUMBER, DAY, MONEY = Meaning.PARTY, Meaning.NUMBER, Meaning.DAY, Meaning.MONEY
ALIKE = (PARTY, DAY, MONEY)

MONEY_CANNOT: list[tuple[Change, str]] = [
    (without(PARTY), "its key names the customer, which no column says"),
    (lambda t: replace(without(PARTY)(t), key=(NUMBER,), likeness=(MONEY,)), "no column says the customer"),
    (without(DAY), "its likeness names the date, which no column says"),
    (lambda t: replace(without(DAY)(t), likeness=(PARTY, MONEY)), "money, but no column says the date"),
    (without(NUMBER), "its key names the number, which no column says"),
    (without(MONEY), "its likeness names the amount, which no column says"),
    (lambda t: replace(without(MONEY)(t), likeness=()), "its sum names the amount, which no column says"),
    (
        lambda t: replace(without(MONEY)(t), likeness=(), summed=None),
        "it is posted once, but has no money; only money is",
    ),
    (
        lambda t: replace(without(MONEY)(t), likeness=(), summed=None, once=False),
        "it says a sign, a side, a likeness or a sum, but has no money",
    ),
    (
        lambda t: replace(without(MONEY)(t), likeness=(), summed=None, once=False, sign=None, side=None),
        "it has neither money nor a record, so that there is nothing to post",
    ),
    (saying(PARTY, need=Need.OPTIONAL), "“Customer Code” says the customer of money and must be required"),
    (
        saying(PARTY, need=Need.MULTI_LOCATION),
        "“Customer Code” says the customer of money and must be required",
    ),
    (saying(DAY, need=Need.OPTIONAL), "“Credit Date” says the date of money and must be required"),
    (saying(MONEY, need=Need.OPTIONAL), "“Credit Balance” says the amount of money and must be required"),
    (declaring(once=False), "money must be posted once"),
    (declaring(sign=None), "money needs the sign that it must have and the side"),
    (declaring(side=None), "money needs the sign that it must have and the side"),
    (declaring(summed=None), "what is summed must be the money that is posted"),
    (declaring(summed=NUMBER), "what is summed must be the money that is posted"),
    (declaring(likeness=()), "possible duplicates pass unseen"),
    (declaring(likeness=(PARTY, DAY)), "possible duplicates pass unseen"),
    (declaring(likeness=(DAY, MONEY)), "possible duplicates pass unseen"),
    (declaring(likeness=(*ALIKE, Meaning.NOTE)), "its likeness names the comments, which cannot be compared"),
    (declaring(likeness=(*ALIKE, Meaning.RECORD)), "its likeness names the code, which no column says"),
    (declaring(key=()), "“Credit #” is a number, but not in the key, so that it may come twice"),
    (declaring(key=(PARTY, DAY)), "“Credit #” is a number, but not in the key"),
    (declaring(key=(PARTY, NUMBER, Meaning.NOTE)), "its key names the comments, which identifies nothing"),
    (with_column(name="Again", meaning=MONEY, kind=ColumnFormat.AMOUNT), "two columns say the amount"),
    (with_column(name="Again", meaning=PARTY, kind=ColumnFormat.CUSTOMER), "two columns say the customer"),
    (with_column(meaning=Meaning.RECORD, kind=ColumnFormat.NEW_CODE), "either money or a record, not both"),
    (with_column(name="Credit #"), "two columns are called “Credit #”"),
    (with_column(name="credit no."), "“credit no.” means both “Credit #” and “credit no.”"),
    (with_column(synonyms=("Customer Code",)), "“Customer Code” means both “Customer Code” and “More”"),
    (with_column(synonyms=("Open Amount",)), "“Open Amount” means both “Credit Balance” and “More”"),
    (with_column(name="…"), "“…” is no heading"),
    (saying(MONEY, kind=ColumnFormat.TEXT), "says the amount, which cannot have the format text"),
    (saying(DAY, kind=ColumnFormat.TEXT), "says the date, which cannot have the format text; use date"),
    (saying(PARTY, kind=ColumnFormat.TEXT), "cannot have the format text; use customer"),
    (saying(MONEY, decimals=4), "“Credit Balance” cannot have 4 decimals; the ledger keeps three"),
    (saying(MONEY, decimals=-1), "“Credit Balance” cannot have -1 decimals"),
    (saying(NUMBER, max_length=21), "“Credit #” must say that it has at most 20 characters"),
    (saying(NUMBER, max_length=None), "“Credit #” must say that it has at most 20 characters"),
    (saying(Meaning.NOTE, max_length=501), "“Comments” must say that it has at most 500 characters"),
    (declaring(title=""), "it needs a title, a noun, columns, and roles that may import it"),
    (declaring(slug="Open Credits"), "its slug “Open Credits” must be lower-case words joined by hyphens"),
    (declaring(slug="open-credits-of-many-years"), "at most 20 characters"),
    (declaring(roles=frozenset()), "it needs a title, a noun, columns, and roles"),
    (declaring(noun=("credit", "")), "it needs a title, a noun, columns, and roles"),
]  # fmt: skip

RECORDS_CANNOT: list[tuple[Change, str]] = [
    (declaring(once=True), "it is posted once, but has no money; only money is"),
    (declaring(summed=Meaning.NAME), "it says a sign, a side, a likeness or a sum, but has no money"),
    (declaring(likeness=(Meaning.NAME,)), "it says a sign, a side, a likeness or a sum, but has no money"),
    (declaring(key=(Meaning.RECORD, Meaning.NAME)), "its key names the name, which identifies nothing"),
    (
        declaring(key=()),
        "“Customer Code” says which record a row is: it must be required, and alone be the key",
    ),
    (saying(Meaning.RECORD, need=Need.OPTIONAL), "must be required, and alone be the key"),
    (saying(Meaning.CATEGORY, choices=()), "“Customer Type” is a choice of nothing"),
]


@pytest.mark.parametrize(
    ("type", "said"),
    [
        *((change(OPEN_CREDITS), said) for change, said in MONEY_CANNOT),
        *((change(CUSTOMERS), said) for change, said in RECORDS_CANNOT),
    ],
)
def test_a_declaration_that_contradicts_itself_is_refused_in_one_sentence(
    type: ImportType, said: str
) -> None:
    with pytest.raises(Contradiction) as refused:
        contradictions.refuse(type)
    message = refused.value.message
    assert said in message
    assert message.startswith(f"The import type “{type.title or type.slug}” contradicts itself: ")
    assert message.endswith(".") and "\n" not in message


@pytest.mark.parametrize(
    "change",
    [
        declaring(slug="x" * contradictions.LONGEST_SLUG),
        saying(Meaning.NUMBER, max_length=contradictions.LONGEST[Meaning.NUMBER]),
        saying(Meaning.NUMBER, max_length=1),
        saying(Meaning.MONEY, decimals=0),
        saying(Meaning.MONEY, decimals=3),
    ],
)
def test_what_is_just_within_its_limit_holds(change: Change) -> None:
    contradictions.refuse(change(OPEN_CREDITS))


@pytest.mark.parametrize("type", types.ALL.values(), ids=lambda type: type.slug)
def test_what_is_declared_holds(type: ImportType) -> None:
    contradictions.refuse(type)


@pytest.mark.parametrize(
    ("several", "said"),
    [
        ([OPEN_CREDITS, replace(OPEN_CREDITS, title="Other")], "have the slug “open-credits”"),
        ([OPEN_CREDITS, replace(OPEN_CREDITS, slug="other")], "have the title “Open Credits”"),
        ([CUSTOMERS], "Exactly one import type is the usual one, not none"),
        (
            [OPEN_CREDITS, replace(CUSTOMERS, usual=True)],
            "Exactly one import type is the usual one, not Open Credits and Customers",
        ),
    ],
)
def test_types_that_cannot_stand_beside_each_other_are_refused(several: list[ImportType], said: str) -> None:
    with pytest.raises(Contradiction) as refused:
        contradictions.refuse_together(several)
    assert said in refused.value.message


def package_in(folder: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty package that can be imported."""
    package = folder / name
    package.mkdir()
    (package / "__init__.py").write_text("")
    monkeypatch.syspath_prepend(folder)
    return package


def test_types_are_offered_money_first_and_of_that_the_usual_and_then_by_title(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = package_in(tmp_path, "offered", monkeypatch)
    (package / "all.py").write_text(
        textwrap.dedent("""\
        from dataclasses import replace
        from komet_import.types import CUSTOMERS, OPEN_CREDITS
        AGENTS = replace(CUSTOMERS, slug="agents", title="Agents")
        RENTS = replace(OPEN_CREDITS, slug="rents", title="Rents", usual=False)
        BONDS = replace(OPEN_CREDITS, slug="bonds", title="Bonds", usual=False)
    """)
    )
    offered = [type.title for _, type in declared("offered", [str(package)])]
    assert offered == ["Open Credits", "Bonds", "Rents", "Agents", "Customers"]
    assert [type.slug for type in types.ALL.values()] == list(types.ALL)
    assert next(iter(types.ALL)) == types.usual().slug


def test_a_type_is_found_by_its_file_and_must_be_called_like_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = package_in(tmp_path, "declared_elsewhere", monkeypatch)
    declaration = textwrap.dedent("""\
        from dataclasses import replace
        from komet_import.types.open_credits import OPEN_CREDITS as FIRST
        DEBITS = replace(FIRST, slug="debit-notes", title="Debit Notes")
        del FIRST
    """)
    (package / "debit_notes.py").write_text(declaration)
    found = declared("declared_elsewhere", [str(package)])
    assert [(module, type.slug) for module, type in found] == [("debit_notes", "debit-notes")]
    require_sound(found)
    with pytest.raises(Contradiction, match="Two import types have the slug “debit-notes”"):
        require_sound([*found, *found])
    (package / "debits.py").write_text(declaration)
    with pytest.raises(
        Contradiction, match=r"declared in debits\.py; its slug “debit-notes” belongs into debit_notes\.py"
    ):
        require_sound(declared("declared_elsewhere", [str(package)]))


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (
            [("open_credits", replace(OPEN_CREDITS, likeness=()))],
            "The import type “Open Credits” contradicts itself: money needs a likeness with at least "
            "customer and amount, or possible duplicates pass unseen.",
        ),
        (
            [("no_such_type", replace(OPEN_CREDITS, slug="no-such-type", title="No Such Type"))],
            "The import type “No Such Type” has no posting; write ledger/posting/no_such_type.py.",
        ),
    ],
)
def test_a_contradiction_stops_every_command_and_the_server_with_one_sentence(
    found: list[tuple[str, ImportType]],
    said: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(types, "_DECLARED", found)
    for _, type in found:
        monkeypatch.setitem(types.ALL, type.slug, type)
    assert cli.main(["db", "upgrade"]) == 2
    assert capsys.readouterr().err == f"{said}\n"
    with pytest.raises(SystemExit) as ended:
        application.prepare()
    assert ended.value.code == 2
    assert capsys.readouterr().err == f"Komet Import does not start. {said}\n"
