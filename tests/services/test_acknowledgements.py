"""Who confirmed which warnings: each by the step that did it, and only what still stands."""

from komet_import import services
from tests.services import workspace
from tests.services.workspace import People, credit

OLD, OLDER = "1999-12-31", "1998-12-31"
DATE = "Credit Date"


def test_warnings_of_several_kinds_are_named_in_one_step(people_here: People) -> None:
    rita = people_here.rita
    services.post(rita, workspace.opened(rita, credit("")))
    batch_id = workspace.opened(rita, credit("", comments="again"), credit("B", day=OLD))
    services.confirm(rita, batch_id, services.view(rita, batch_id).judgement.waiting())
    (step,) = services.view(rita, batch_id).steps
    assert step.words == "Confirmed possible duplicate and unusual date in 2 rows"


def test_each_warning_is_told_with_who_confirmed_it_as_long_as_it_stands(people_here: People) -> None:
    rita, carl = people_here.rita, people_here.carl
    rows = [credit(number, day=OLD) for number in "ABCDE"]
    batch_id = workspace.opened(rita, *rows)

    def confirm(user: object, *chosen: int) -> None:
        waiting = services.view(user, batch_id).judgement.waiting()  # type: ignore[arg-type]
        services.confirm(user, batch_id, [one for one in waiting if one.row in chosen])  # type: ignore[arg-type]

    def told() -> list[tuple[tuple[int, ...], str]]:
        return [(one.rows, one.by) for one in services.acknowledged(services.view(rita, batch_id))]

    assert told() == []
    confirm(carl, 4, 5)
    confirm(rita, 2, 3)
    assert told() == [((4, 5), "Carl"), ((2, 3), "Rita")], "in the order in which it was done"
    confirm(carl, 6)
    services.undo(rita, batch_id)
    assert told() == [((4, 5), "Carl"), ((2, 3), "Rita")]
    services.set_cells(rita, batch_id, [(4, DATE, OLD, OLDER)])
    assert told() == [((5,), "Carl"), ((2, 3), "Rita")], "what was seen is another day"
    services.leave_out(rita, batch_id, [2])
    assert told() == [((5,), "Carl"), ((3,), "Rita")]
    confirm(rita, 4)
    assert told() == [((5,), "Carl"), ((3,), "Rita"), ((4,), "Rita")]
    one, *_ = services.acknowledged(services.view(rita, batch_id))
    assert one.words == f"{one.title} in row 5: {one.message}"
    at = {step.hand_name: step.at for step in services.view(rita, batch_id).steps if step.kind == "confirm"}
    assert one.at < at["Rita"]
