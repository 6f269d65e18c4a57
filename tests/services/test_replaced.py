"""Which of a sheet's values were changed before it was posted: of what stands, in rows that were posted."""

from komet_import import services
from tests.services import workspace
from tests.services.workspace import People, credit

NOTE = "Comments"


def test_what_was_replaced_is_what_stands_in_rows_that_were_posted(people_here: People) -> None:
    rita, carl = people_here.rita, people_here.carl
    rows = [credit("A", comments=" as sent "), credit("B", amount="-5"), *map(credit, "CDEF")]
    batch_id = workspace.opened(rita, *rows)

    def type_in(user: object, row: int, before: str, after: str) -> None:
        assert services.set_cells(user, batch_id, [(row, NOTE, before, after)]).changed  # type: ignore[arg-type]

    type_in(rita, 2, " as sent ", "overtaken")
    services.undo(rita, batch_id)
    type_in(rita, 3, "", "of a row that is rejected")
    type_in(rita, 4, "", "alone")
    type_in(rita, 2, " as sent ", "halfway")
    type_in(carl, 2, "halfway", "late")
    type_in(carl, 5, "", "late")
    type_in(carl, 6, "", "late")
    type_in(rita, 7, "", "and back")
    type_in(rita, 7, "and back", "")
    type_in(rita, 7, "", "undone")
    services.undo(rita, batch_id)
    assert services.post(rita, batch_id).posted.rows == 5
    found = services.replaced_values(rita, batch_id)
    assert [(one.column, one.before, one.after, one.rows, one.by, one.known) for one in found] == [
        (NOTE, "", "late", 2, "Carl", None),
        (NOTE, "", "alone", 1, "Rita", None),
        (NOTE, "as sent", "late", 1, "Carl", None),
    ]


def test_a_sheet_was_edited_as_long_as_a_step_of_its_own_stands(people_here: People) -> None:
    rita = people_here.rita
    other, batch_id = (workspace.opened(rita, credit(number)) for number in "AB")
    services.set_cells(rita, other, [(2, NOTE, "", "x")])
    assert not services.was_edited(rita, batch_id)
    services.set_cells(rita, batch_id, [(2, NOTE, "", "x")])
    services.set_cells(rita, batch_id, [(2, NOTE, "x", "y")])
    assert services.was_edited(rita, batch_id)
    services.undo(rita, batch_id)
    assert services.was_edited(rita, batch_id)
    services.undo(rita, batch_id)
    assert not services.was_edited(rita, batch_id)
