"""Other systems' values for our codes: chosen once, remembered when posted, applied and said again."""

import json
from collections.abc import Callable

import pytest

from komet_import import cli, services
from komet_import.access.users import CurrentUser
from komet_import.ledger.models import ValueMemory
from komet_import.review import fixes
from komet_import.review.problem_list import problems
from komet_import.services import Opened
from komet_import.types import ALL, OPEN_CREDITS, Meaning
from tests.services import workspace
from tests.services.test_open_invoices import HEADERS as INVOICE_HEADERS
from tests.services.workspace import DAY, HEADERS, People, credit, refused, texts

THEIRS = "Flores Miami"
WHOSE, WHERE = "Customer Code", "Location Code"


def replace(user: CurrentUser, batch_id: str, value: str, code: str, column: str = WHOSE) -> None:
    """What the dialog that fixes many rows does."""

    def plan(opened: Opened):
        rows = fixes.rows_in_reach(opened.draft, None)
        return fixes.replace_value(opened.draft, opened.judgement, rows, column, value, code)

    assert services.apply_fix(user, batch_id, plan, label="").changed


def posted(user: CurrentUser, *rows: list[object], value: str = THEIRS, code: str = "FL219") -> str:
    """An import in which somebody chose our code for a value."""
    batch_id = workspace.opened(user, *rows)
    replace(user, batch_id, value, code)
    services.post(user, batch_id)
    return batch_id


def steps(user: CurrentUser, batch_id: str) -> list[str]:
    return [step.label for step in services.view(user, batch_id).steps if not step.undone]


def known() -> dict[str, str]:
    return {kept.text: kept.code for kept in workspace.own(ValueMemory)}


def test_what_a_person_chose_for_a_value_is_applied_the_next_time_said_and_undone(people: People) -> None:
    posted(people.rita, credit("A", customer=THEIRS), credit("B", customer=THEIRS))
    again = workspace.opened(
        people.carl, credit("C", customer=" flores MIAMI "), credit("D", customer="FL220")
    )
    assert texts(people.carl, again, WHOSE) == {2: "FL219", 3: "FL220"}
    (label,) = steps(people.carl, again)
    assert label.startswith("As on ") and label.endswith(f", by Rita: {THEIRS} → FL219")
    workspace.forget()
    assert services.open_questions(services.view(people.carl, again)) == []
    (told,) = services.standing_values(services.view(people.carl, again))
    assert (told["value"], told["code"], told["rows"], told["by"]) == (THEIRS, "FL219", 1, "Rita")
    assert not services.work_on(people.carl, again), "nobody has worked on it yet"
    assert [line.edits for line in services.unfinished(people.carl) if line.batch.id == again] == [0]
    services.undo(people.carl, again)
    assert texts(people.carl, again, WHOSE)[2] == " flores MIAMI "
    assert services.standing_values(services.view(people.carl, again)) == []


def test_the_report_says_what_stood_in_the_sheet_and_by_whose_choice_it_was_posted(people: People) -> None:
    first = posted(people.rita, credit("A", customer=THEIRS))
    second = workspace.opened(people.carl, credit("C", customer=THEIRS), credit("D", customer=THEIRS))
    services.post(people.carl, second)
    (chosen,) = services.replaced_values(people.rita, first)
    (applied,) = services.replaced_values(people.carl, second)
    assert (chosen.before, chosen.after, chosen.rows, chosen.by, chosen.known) == (
        THEIRS, "FL219", 1, "Rita", None,
    )  # fmt: skip
    assert (applied.before, applied.after, applied.rows) == (THEIRS, "FL219", 2)
    assert applied.known is not None and applied.known["by"] == "Rita"
    assert [line[0] for line in workspace.ledger()] == ["FL219"] * 3


def test_who_types_the_code_themselves_has_not_taken_it_from_memory(people_here: People) -> None:
    posted(people_here.rita, credit("A", customer=THEIRS))
    again = workspace.opened(people_here.carl, credit("C", customer=THEIRS))
    services.undo(people_here.carl, again)
    services.set_cells(people_here.carl, again, [(2, WHOSE, THEIRS, "FL219")])
    services.post(people_here.carl, again)
    (typed,) = services.replaced_values(people_here.carl, again)
    assert (typed.after, typed.by, typed.known) == ("FL219", "Carl", None)


def test_of_many_values_that_are_undone_three_are_named(people_here: People) -> None:
    values = ["Aster", "Begonia", "Calla", "Dahlia"]
    for value in values:
        posted(people_here.rita, credit(value, customer=value), value=value)
    again = workspace.opened(people_here.carl, *(credit(f"N{value}", customer=value) for value in values))
    standing = services.standing_values(services.view(people_here.carl, again))
    named = "Undid: Aster → FL219, Begonia → FL219, Calla → FL219"
    for several, said in ((standing[:3], named), (standing, f"{named} and 1 more")):
        services.undo_values(people_here.carl, again, several)
        assert steps(people_here.carl, again)[-1] == said
        services.undo(people_here.carl, again)


def test_one_of_several_values_is_undone_by_itself(people_here: People) -> None:
    posted(people_here.rita, credit("A", customer=THEIRS))
    posted(people_here.rita, credit("B", customer="Rosario"), value="Rosario", code="FL220")
    rows = [credit("C", customer=THEIRS), credit("D", customer="rosario "), credit("E", customer="FL220")]
    again = workspace.opened(people_here.carl, *rows, credit("F", customer="Rosario"))
    assert len(steps(people_here.carl, again)) == 1, "one choice"
    services.set_cells(people_here.carl, again, [(5, WHOSE, "FL220", "FL219")])
    told = [one["rows"] for one in services.standing_values(services.view(people_here.carl, again))]
    assert told == [1, 1], "of two rows one stands no longer"
    services.undo(people_here.carl, again)
    both = services.standing_values(services.view(people_here.carl, again))
    rosario = both[1]
    services.undo_values(people_here.carl, again, [rosario])
    refused("overtaken", lambda: services.undo_values(people_here.carl, again, both))
    assert texts(people_here.carl, again, WHOSE) == {2: "FL219", 3: "rosario ", 4: "FL220", 5: "Rosario"}
    assert steps(people_here.carl, again)[1] == "Undid: Rosario → FL220"
    (left,) = services.standing_values(services.view(people_here.carl, again))
    assert left["value"] == THEIRS
    services.undo(people_here.carl, again)
    assert texts(people_here.carl, again, WHOSE)[3] == "FL220"
    services.post(people_here.carl, again)
    assert known() == {THEIRS: "FL219", "Rosario": "FL220"}


def test_what_several_people_chose_is_a_step_for_each_of_them(people_here: People) -> None:
    posted(people_here.rita, credit("A", customer=THEIRS))
    posted(people_here.carl, credit("B", customer="Rosario"), value="Rosario", code="FL220")
    rows = [credit("C", customer=THEIRS), credit("D", customer="Rosario"), credit("E", customer=THEIRS)]
    again = workspace.opened(people_here.ada, *rows)
    assert [label.partition(", by ")[2] for label in steps(people_here.ada, again)] == [
        "Carl: Rosario → FL220", f"Rita: {THEIRS} → FL219"
    ]  # fmt: skip
    services.undo(people_here.ada, again)
    assert texts(people_here.ada, again, WHOSE) == {2: THEIRS, 3: "FL220", 4: THEIRS}
    told = services.standing_values(services.view(people_here.ada, again))
    assert [(one["value"], one["rows"]) for one in told] == [("Rosario", 1)]


def test_a_suggestion_taken_for_a_value_is_remembered(people_here: People) -> None:
    batch_id = workspace.opened(people_here.rita, credit(customer="Rosas del Vale"))
    found = [
        p for p in problems(services.view(people_here.rita, batch_id).judgement) if p.suggestion == "FL219"
    ]
    plan = lambda now: fixes.take_suggestions(now.draft, now.judgement, found)  # noqa: E731
    services.apply_fix(people_here.rita, batch_id, plan, label="")
    services.post(people_here.rita, batch_id)
    assert known() == {"Rosas del Vale": "FL219"}


def typed_into_a_cell(user: CurrentUser, batch_id: str) -> None:
    services.set_cells(user, batch_id, [(2, WHOSE, THEIRS, "FL219"), (3, WHOSE, THEIRS, "FL219")])


def replaced_but_one(user: CurrentUser, batch_id: str) -> None:
    replace(user, batch_id, THEIRS, "FL219")
    services.set_cells(user, batch_id, [(3, WHOSE, "FL219", "FL220")])


def replaced_and_undone(user: CurrentUser, batch_id: str) -> None:
    replace(user, batch_id, THEIRS, "FL219")
    services.undo(user, batch_id)
    typed_into_a_cell(user, batch_id)


@pytest.mark.parametrize("act", [typed_into_a_cell, replaced_but_one, replaced_and_undone])
def test_what_is_said_of_single_rows_is_not_remembered(
    people_here: People, act: Callable[[CurrentUser, str], None]
) -> None:
    rows = [credit("A", customer=THEIRS), credit("B", customer=THEIRS)]
    batch_id = workspace.opened(people_here.rita, *rows)
    act(people_here.rita, batch_id)
    assert services.post(people_here.rita, batch_id).posted.rows == 2
    assert known() == {}


@pytest.mark.parametrize(
    ("value", "code"),
    [("FL219", "FL220"), ("fl900", "FL219")],
    ids=["a code of ours", "an inactive code of ours"],
)
def test_a_code_of_ours_is_never_taken_for_another(people_here: People, value: str, code: str) -> None:
    posted(people_here.rita, credit("A", customer=value), value=value, code=code)
    assert known() == {}


def test_nothing_is_remembered_before_it_is_posted(people_here: People) -> None:
    batch_id = workspace.opened(people_here.rita, credit(customer=THEIRS))
    replace(people_here.rita, batch_id, THEIRS, "FL219")
    again = workspace.opened(people_here.carl, credit("C", customer=THEIRS))
    assert texts(people_here.carl, again, WHOSE) == {2: THEIRS}


def test_the_latest_choice_holds(people: People) -> None:
    posted(people.rita, credit("A", customer=THEIRS))
    other = workspace.opened(people.carl, credit("B", customer=THEIRS))
    replace(people.carl, other, "FL219", "FL220")
    services.post(people.carl, other)
    third = workspace.opened(people.rita, credit("C", customer=THEIRS))
    assert texts(people.rita, third, WHOSE) == {2: "FL220"}
    assert steps(people.rita, third)[0].endswith(f", by Carl: {THEIRS} → FL220")


def test_a_choice_that_was_undone_and_contradicted_is_applied_no_more(people_here: People) -> None:
    posted(people_here.rita, credit("A", customer=THEIRS))
    other = workspace.opened(people_here.carl, credit("B", customer=THEIRS))
    services.undo(people_here.carl, other)
    services.set_cells(people_here.carl, other, [(2, WHOSE, THEIRS, "FL220")])
    services.post(people_here.carl, other)
    assert known() == {}


def test_who_was_chosen_must_be_there_active_and_the_same_one(people: People) -> None:
    posted(people.rita, credit("A", customer=THEIRS))
    workspace.change_customer("FL219", active=False)
    off = workspace.opened(people.rita, credit("B", customer=THEIRS))
    assert texts(people.rita, off, WHOSE) == {2: THEIRS}
    workspace.change_customer("FL219", active=True)
    placed = workspace.opened(people.rita, credit("C", location="Doral"))
    replace(people.rita, placed, "Doral", "MIA", column=WHERE)
    services.post(people.rita, placed)
    for code, other in (("MIA", "OLD"), ("LAX", "MIA")):
        place = next(one for one in services.all_locations(people.ada) if one.code == code)
        services.change_location(people.ada, place.id, code=other, name=other)
    elsewhere = workspace.opened(people.rita, credit("D", location="Doral"))
    assert texts(people.rita, elsewhere, WHERE) == {2: "Doral"}
    assert steps(people.rita, off) == steps(people.rita, elsewhere) == []


@pytest.mark.twin
def test_a_city_is_remembered_for_a_location_and_another_type_knows_the_same(people: People) -> None:
    batch_id = workspace.opened(people.rita, credit(customer=THEIRS, location="Doral"))
    replace(people.rita, batch_id, THEIRS, "FL219")
    replace(people.rita, batch_id, "Doral", "MIA", column=WHERE)
    services.post(people.rita, batch_id)
    row = ["I-1", THEIRS, DAY, 10, "PO-1", "DORAL"]
    invoice = workspace.opened(people.ada, row, headers=INVOICE_HEADERS, type=ALL["open-invoices"])
    assert texts(people.ada, invoice, WHOSE) == {2: "FL219"}
    assert texts(people.ada, invoice, WHERE) == {2: "MIA"}
    (label,) = steps(people.ada, invoice)
    assert label.endswith(f", by Rita: {THEIRS} → FL219, Doral → MIA")


def test_values_are_applied_to_a_sheet_whose_layout_is_remembered_as_well(people_here: People) -> None:
    headers = [*HEADERS[:3], "Cred Amt", *HEADERS[4:]]
    first = workspace.opened(people_here.rita, credit("A", customer=THEIRS), headers=headers)
    services.answer_all(people_here.rita, first, {("column", "D"): "Credit Balance"}, remember=True)
    replace(people_here.rita, first, THEIRS, "FL219")
    services.post(people_here.rita, first)
    again = workspace.opened(people_here.carl, credit("B", customer=THEIRS), headers=headers)
    assert texts(people_here.carl, again, WHOSE) == {2: "FL219"}
    assert [label.partition(" on ")[0] for label in steps(people_here.carl, again)] == ["Read as", "As"]


def test_values_of_a_column_that_is_matched_later_are_applied_then_and_only_then(people_here: People) -> None:
    posted(people_here.rita, credit("A", customer=THEIRS))
    headers = ["Wer", *HEADERS[1:]]
    batch_id = workspace.opened(people_here.carl, credit("B", customer=THEIRS), headers=headers)
    services.answer_all(people_here.carl, batch_id, {("column", "A"): WHOSE})
    assert texts(people_here.carl, batch_id, WHOSE) == {2: "FL219"}
    services.undo(people_here.carl, batch_id)
    services.answer_all(people_here.carl, batch_id, {("column", "F"): ""})
    assert texts(people_here.carl, batch_id, WHOSE) == {2: THEIRS}, "a person took it back"


@pytest.mark.twin
def test_an_admin_sees_what_is_remembered_and_forgets_it_and_the_trail_says_so(people: People) -> None:
    posted(people.rita, credit("A", customer=THEIRS))
    refused("no-right", lambda: services.remembered_values(people.rita))
    (kept,) = services.remembered_values(people.ada)
    assert (kept.text, kept.code, kept.by, kept.used_at) == (THEIRS, "FL219", "Rita", None)
    workspace.opened(people.carl, credit("B", customer=THEIRS))
    (kept,) = services.remembered_values(people.ada)
    assert kept.used_at is not None
    refused("no-right", lambda: services.forget_value(people.rita, Meaning.PARTY, kept.key))
    services.forget_value(people.ada, Meaning.PARTY, kept.key)
    assert services.remembered_values(people.ada) == []
    said = [line.title for line in services.audit_trail(people.ada).lines]
    assert "Value forgotten" in said and "Values remembered" in said


def test_the_terminal_says_what_memory_settled(people_here: People, tmp_path, capsys) -> None:
    posted(people_here.rita, credit("A", customer=THEIRS))
    file = tmp_path / "next.xlsx"
    file.write_bytes(workspace.workbook(credit("B", customer=THEIRS), credit("C", customer=THEIRS)))
    assert cli.main(["check", str(file), "--type", OPEN_CREDITS.slug, "--json"]) == 0
    (told,) = json.loads(capsys.readouterr().out)["applied"]
    assert (told["column"], told["value"], told["code"], told["rows"]) == (WHOSE, THEIRS, "FL219", 2)
    assert cli.main(["import", str(file), "--user", "carl", "--json"]) == 0
    done = json.loads(capsys.readouterr().out)
    assert done["applied"] == [told] and done["rows"]["posted"] == 2
