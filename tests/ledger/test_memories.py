"""What is remembered of layouts and of values: each of them is kept, used and forgotten by itself."""

from komet_import import services
from komet_import.ledger import database, reading_memory, value_memory
from komet_import.review.questions.answer_changes import Given
from komet_import.review.value_memory import SaidValue
from komet_import.types import OPEN_CREDITS, Meaning
from komet_import.types.open_invoices import OPEN_INVOICES
from tests.services import workspace
from tests.services.workspace import HEADERS, credit

ORDER, MARK = ("order", "Credit Date"), ("mark", "Credit Balance")


def test_each_layout_is_remembered_used_and_forgotten_by_itself(sqlite_database: str) -> None:
    rita = workspace.fill().rita
    headers = [
        services.view(rita, workspace.opened(rita, [*credit(), "x"], headers=[*HEADERS, more])).draft.read_by
        for more in ("One", "Two")
    ]
    layouts = [(OPEN_CREDITS, headers[0]), (OPEN_CREDITS, headers[1]), (OPEN_INVOICES, headers[0])]

    def remember(n: int, given: Given) -> None:
        with database.transaction() as session:
            reading_memory.remember(session, *layouts[n], given, file_name=f"{n}.xlsx", by=rita.id)

    def recalled() -> list[object]:
        with database.reading() as session:
            found = [reading_memory.recall(session, *layout) for layout in layouts]
        return [one and dict(one.answers) for one in found]

    def kept() -> list[tuple[str, bool]]:
        with database.reading() as session:
            return [(one.file_name, one.used_at is not None) for one in reading_memory.layouts(session)]

    for n in range(3):
        remember(n, {ORDER: str(n)})
    assert recalled() == [{ORDER: "0"}, {ORDER: "1"}, {ORDER: "2"}]
    with database.transaction() as session:
        reading_memory.used(session, *layouts[0])
    assert kept() == [("2.xlsx", False), ("1.xlsx", False), ("0.xlsx", True)], "the latest first"
    remember(1, {MARK: "."})
    remember(1, {ORDER: "9", ("sheet", ""): "Credits"})
    assert recalled() == [{ORDER: "0"}, {ORDER: "9", MARK: "."}, {ORDER: "2"}]
    with database.transaction() as session:
        key = next(one for one in reading_memory.layouts(session) if one.file_name == "0.xlsx")
        assert reading_memory.forget(session, OPEN_INVOICES.slug, "no such layout") is None
        assert reading_memory.forget(session, key.type, key.layout) == "0.xlsx"
    assert recalled() == [None, {ORDER: "9", MARK: "."}, {ORDER: "2"}]


def test_each_value_is_remembered_used_and_forgotten_by_itself(sqlite_database: str) -> None:
    """Also one that means two things: a name may be that of a customer and of a place."""
    people = workspace.fill()
    keys = [(Meaning.PARTY, "DORAL"), (Meaning.LOCATION, "DORAL"), (Meaning.PARTY, "MIRAMAR")]

    def keep(hand: int, *said: tuple[int, str]) -> list[object]:
        values = {
            keys[n]: SaidValue(text=keys[n][1].title(), code=code, target=len(code), hand=hand)
            for n, code in said
        }
        with database.transaction() as session:
            return [*value_memory.keep(session, values, file_name="a.xlsx")]

    def kept() -> dict[object, tuple[str, str, bool]]:
        with database.reading() as session:
            found = value_memory.values(session)
            assert [one.at for one in found] == sorted((one.at for one in found), reverse=True)
            return {(one.meaning, one.key): (one.code, one.by, one.used_at is not None) for one in found}

    assert keep(people.rita.id, (0, "FL219"), (1, "MIA"), (2, "FL220")) == keys
    with database.transaction() as session:
        value_memory.used(session, keys[:1])
    hers = {keys[0]: ("FL219", "Rita", True), keys[1]: ("MIA", "Rita", False)}
    assert kept() == hers | {keys[2]: ("FL220", "Rita", False)}
    assert keep(0, (0, "FL219")) == [], "as it was"
    assert keep(0, (2, "FL9")) == [] and kept() == hers, "not what it was taken for"
    assert keep(people.carl.id, (1, "LAX")) == [keys[1]]
    assert kept() == {keys[0]: hers[keys[0]], keys[1]: ("LAX", "Carl", False)}
    with database.reading() as session:
        assert {*value_memory.recall(session, [Meaning.LOCATION])} == {keys[1]}
    with database.transaction() as session:
        assert value_memory.forget(session, keys[2]) is None
        assert value_memory.forget(session, keys[0]) == ("Doral", "FL219")
    assert kept() == {keys[1]: ("LAX", "Carl", False)}
    anew = SaidValue(text="Doral", code="LAX", target=99, hand=0)  # the code is another place's by now
    with database.transaction() as session:
        assert value_memory.keep(session, {keys[1]: anew}, file_name="b.xlsx") == []
    assert kept() == {}
