"""What the terminal makes of sheets as the world writes them, and of a neighbor of each kind."""

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from komet_import import cli
from komet_import.ledger import database
from komet_import.ledger.models import Customer, CustomerLocation, Location
from komet_import.types import Role
from komet_import.types.codes import code_key
from tests.services import workspace
from tests.sheets.real_world.building import ABOVE, workbook
from tests.sheets.real_world.kinds import KINDS, Kind

CUSTOMERS = (
    ("FL200", "Rosas del Valle Wholesale"), ("FL201", "Petal & Stem Florist"), ("FL202", "Blumen Müller"),
    ("FL203", "Rosas del Valle Florist"), ("FL210", "Åkerblom Events"), ("00042", "Bloom & Co"),
    ("40", "Tulipán Events"), ("400", "Green Thumb Florist"), ("0815", "Snowdrop"), ("FL0", "Verde Vivo"),
)  # fmt: skip
PLACES = (("MIA", "Miami, FL"), ("LAX", "Los Angeles, CA"), ("BOG", "Bogotá, Colombia"))
AMOUNT = re.compile(r"[0-9]+(\.[0-9]+)?").fullmatch


def company(*, places: bool) -> None:
    """Ten customers; with places, the first belongs to all three, the others to the first."""
    with database.transaction() as session:
        there = [Location(code=c, code_key=c, name=n) for c, n in PLACES] if places else []
        session.add_all(there)
        for code, name in CUSTOMERS:
            known = Customer(
                code=code, code_key=code_key(code), name=name, accounting_code=f"A-{code}",
                customer_type="Retailer", salesperson="Marta Ruiz",
            )  # fmt: skip
            session.add(known)
            session.flush()
            session.add_all(
                CustomerLocation(customer_id=known.id or 0, location_id=place.id or 0)
                for place in (there if code == "FL200" else there[:1])
            )
    workspace.person("boss", Role.ADMIN)


def told(file: Path, content: bytes, capsys, *words: str) -> dict[str, Any]:
    file.write_bytes(content)
    cli.main([words[0], str(file), *words[1:], "--json"])
    answer: dict[str, Any] = json.loads(capsys.readouterr().out)
    return answer


def wrong(kind: Kind, answer: dict[str, Any], *, down: int) -> Iterator[str]:
    """What is not right of an answer about a kind that is moved down by so many rows."""
    right = kind.right
    if "error" in answer:
        if "refused" not in right:
            yield f"refused: {answer['error']['code']}"
        return
    if right.get("refused") == ["*"]:
        yield "not refused"
    said: dict[int, list[dict[str, Any]]] = {}
    elsewhere: dict[str, list[int]] = {}
    for issue in answer["issues"]:
        if "sheet" not in issue:
            said.setdefault(issue["row"] - down, []).append(issue)
        elif issue["severity"] == "error":
            row = issue["row"] - (down if issue["sheet"] == kind.title else 0)  # the other one is not moved
            elsewhere.setdefault(issue["sheet"], []).append(row)
    if elsewhere != right.get("elsewhere", {}):
        yield f"of other sheets {elsewhere} wait"
    stopped = {row for row, issues in said.items() if any(i["severity"] == "error" for i in issues)}
    if "ready" in right:
        if missing := sorted(set(right["ready"]) & stopped):
            yield f"rows {missing} are stopped: {[i['code'] for row in missing for i in said[row]]}"
        elif answer["rows"]["ready"] != len(right["ready"]):
            yield f"{answer['rows']['ready']} rows are ready"
        elif None not in right["ready"].values():
            whole = sum(map(float, right["ready"].values()))
            if float(answer["amount"]["ready"] or 0) != pytest.approx(whole):
                yield f"{answer['amount']['ready']} is ready"
    if kind.read is not None and answer["rows"]["read"] != kind.read:
        yield f"{answer['rows']['read']} rows are read"
    yield from (f"row {row} would be posted" for row in right.get("not_ready", ()) if row not in stopped)
    for row in right.get("told", ()):
        if not said.get(row) and not answer["questions"]:
            yield f"row {row} would be posted without a word"
    yield from _offers(right, said)
    for row, codes in right.get("code", {}).items():
        if not set(codes) & {issue["code"] for issue in said.get(row, ())}:
            yield f"row {row} says {[issue['code'] for issue in said.get(row, ())]}, not {codes}"
    for row, codes in right.get("not_code", {}).items():
        if set(codes) & {issue["code"] for issue in said.get(row, ())}:
            yield f"row {row} says {codes}"
    for header, column in right.get("columns", {}).items():
        if answer["columns"].get(header) != column and header in answer["ignored_columns"]:
            yield f"“{header}” is passed over"


def _amount(text: str) -> object:
    """A text as an amount, or as itself."""
    return float(text) if AMOUNT(text) else text


def _offers(right: Mapping[str, Any], said: Mapping[int, list[dict[str, Any]]]) -> Iterator[str]:
    for key, wanted in (("suggest", True), ("not_suggest", False)):
        for place, text in right.get(key, {}).items():
            row, _, column = place.partition(" ")
            issues = said.get(int(row), [])
            offered = [i["suggestion"] for i in issues if i["column"] == column and i["suggestion"]]
            same = any(one == text or _amount(one) == _amount(text) for one in offered)
            if same != wanted and (issues or not wanted):
                yield (
                    f"{place}: {offered} is offered, not {text}" if wanted else f"{place}: {text} is offered"
                )


@pytest.mark.parametrize("moved", [False, True], ids=["met", "neighbor"])
@pytest.mark.parametrize("places", [False, True], ids=["single", "several"])
def test_each_kind_of_sheet_is_judged_right(
    sqlite_database: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], places: bool, moved: bool
) -> None:
    company(places=places)
    found = {}
    for kind in KINDS:
        if kind.places != places:
            continue
        if kind.before:
            before = workbook(Kind(f"before {kind.id}", "", kind.before, {}))
            told(tmp_path / f"before-{kind.id}.xlsx", before, capsys, "import", "--user", "boss")
        content = workbook(kind, moved=moved)
        answer = told(tmp_path / f"{kind.id}.xlsx", content, capsys, "check", "--type", kind.type)
        bad = list(wrong(kind, answer, down=ABOVE if moved else 0))
        if bad:
            found[kind.id] = bad
    assert found == {}


def test_a_sheet_without_headings_is_read_as_a_person_says_column_by_column(
    sqlite_database: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    company(places=False)
    content = workbook(next(kind for kind in KINDS if kind.id == "h17"))
    asked = told(tmp_path / "bare.xlsx", content, capsys, "check")
    offered = {question["id"]: question["suggested"] for question in asked["questions"]}
    assert offered == {
        "column:A": "Customer Code", "column:B": "Credit #", "column:C": "Credit Date",
        "column:D": "Credit Balance", "filter:E": None,
    }  # fmt: skip
    answers = [f"--answer={name}={said}" for name, said in offered.items() if said]
    dollars = 'filter:E=["EUR"]'  # the person knows better
    read = told(tmp_path / "bare.xlsx", content, capsys, "check", *answers, f"--answer={dollars}")
    assert read["header_row"] is None
    assert read["columns"]["Column D"] == "Credit Balance"
    assert (read["amount"]["ready"], read["rows"]["rejected"]) == ("25.000", 1)
    assert [aside["kind"] for aside in read["set_aside"]] == ["total"]
