"""The audit trail as an Admin reads it: filtered, in pages, as a workbook; and the timeline of an import."""

import io
from collections.abc import Iterator
from datetime import timedelta

import pytest
from openpyxl import load_workbook

from komet_import import services
from komet_import.clock import earlier
from komet_import.language.current import Language, speaking
from komet_import.ledger import audit, audit_trail, database
from komet_import.ledger.audit import Event
from komet_import.ledger.audit_trail import NOBODY, TrailFilter
from komet_import.ledger.models import AuditEntry, AuditSeal, Message, MessageStatus, now
from komet_import.review.edits import Changes
from komet_import.services import File
from komet_import.services.draft.step_record import parts_of
from komet_import.services.history_filter import HistoryFilter, State
from komet_import.services.trail import audit_words
from komet_import.services.trail.trail_filter import filter_of
from komet_import.settings import settings
from tests.mail_server import MailServer
from tests.services import workspace
from tests.services.workspace import People, credit, refused


@pytest.fixture
def batch_id(people: People) -> str:
    """An import that Rita uploaded and edited, that Carl posted three days later."""
    with earlier(timedelta(days=3)):
        made = workspace.opened(
            people.rita, credit("A"), credit("B", amount=-5), file_name="Märzgutschrift.xlsx"
        )
        services.set_cells(people.rita, made, [(2, "Comments", "", "50% of 100_000 “Blüten”")])
    services.post(people.carl, made)
    return made


def said(people: People, **wanted: object) -> list[tuple[str, str]]:
    """What is found: who and what, oldest first, without what the bystanders did."""
    theirs = {key[0] for key in workspace.BYSTANDERS[settings().database].rows["audit_entry"]}
    found = services.audit_trail(people.ada, TrailFilter(**wanted))  # type: ignore[arg-type]
    return [(line.who, line.what) for line in reversed(found.lines) if line.id not in theirs]


@pytest.mark.twin
def test_entries_are_found_by_person_kind_days_and_text(people: People, batch_id: str) -> None:
    uploaded, edited, posted = ("Rita", "upload"), ("Rita", "edit"), ("Carl", "post")
    assert said(people, by=people.rita.id) == [uploaded, edited]
    assert said(people, kinds=(Event.POSTED, Event.EDITED)) == [edited, posted]
    assert said(people, by=people.rita.id, kinds=(Event.POSTED,)) == []
    yesterday = now() - timedelta(days=1)
    assert said(people, until=yesterday) == [uploaded, edited]
    assert said(people, since=yesterday, text=batch_id) == [posted]
    assert {who for who, _ in said(people, by=NOBODY)} == {""}
    assert said(people, text="märzgutschrift") == [uploaded, edited, posted]
    assert said(people, text="gutSCHRIFT") == [uploaded, edited, posted]
    assert said(people, text="  50%   of 100_000 “Blüten”") == [edited], "in the details too, and literally"
    assert said(people, text="50_ of") == said(people, text="no such thing") == []
    assert said(people, text="carl", kinds=(Event.POSTED,)) == [posted]


def test_a_page_is_a_part_of_what_is_found_the_newest_first(people: People) -> None:
    most = audit_trail.PAGE_LINES
    with database.transaction() as session:
        for n in range(2 * most + 1):
            audit.record(session, what=Event.LOCATION_ADDED, by=people.ada.id, about=f"L{n}")
    wanted = TrailFilter(kinds=(Event.LOCATION_ADDED,))
    pages = [services.audit_trail(people.ada, wanted, page=page) for page in (1, 2, 3)]
    assert [len(page.lines) for page in pages] == [most, most, 1]
    assert {(page.entries, page.pages) for page in pages} == {(2 * most + 1, 3)}
    assert [line.about for page in pages for line in page.lines] == [f"L{n}" for n in range(2 * most, -1, -1)]
    assert services.audit_trail(people.ada, wanted, page=99) == pages[-1]
    assert services.audit_trail(people.ada, wanted, page=-1) == pages[0]
    empty = services.audit_trail(people.ada, TrailFilter(text="nothing like that"))
    assert (empty.lines, empty.entries, empty.pages) == ((), 0, 1)


def test_an_entry_is_told_with_its_place_its_seal_and_what_it_is_about(people: People, batch_id: str) -> None:
    line = services.audit_trail(people.ada, TrailFilter(kinds=(Event.POSTED,), by=people.carl.id)).lines[0]
    assert (line.who, line.username, line.title) == ("Carl", "carl", "Imported")
    assert (line.about, line.file_name, line.is_report) == (batch_id, "Märzgutschrift.xlsx", True)
    draft = workspace.opened(people.rita, credit("C"), file_name="later.xlsx")
    newest = services.audit_trail(people.ada, TrailFilter()).lines[0]
    assert (newest.about, newest.file_name, newest.is_report) == (draft, "later.xlsx", False)
    seal = next(one for one in workspace.own(AuditSeal) if one.entry_id == line.id)
    assert (line.place, line.seal) == (seal.place, seal.hash)
    assert audit_words.line(line.details) == "1 row · $120.00"


def test_a_filter_comes_back_from_the_address_that_names_it() -> None:
    for wanted in (
        TrailFilter(),
        TrailFilter(by=NOBODY, kinds=(Event.POSTED, Event.REVERSED), text="a&b=c “ü” %"),
        TrailFilter(by=7, since=now(), until=now() + timedelta(days=1)),
    ):
        assert filter_of(services.address_of(wanted)) == wanted
    for odd in (
        "by=x",
        "state=x",
        "so in another version",
        "kind=no-such-kind",
        "since=yesterday",
        f"by={'9' * 5_000}",
    ):
        refused("not-found", lambda odd=odd: filter_of(odd))


def test_the_workbook_has_what_the_filter_lets_through_and_is_recorded(people: People, batch_id: str) -> None:
    wanted = services.address_of(TrailFilter(by=people.rita.id))
    made = services.download(people.ada, File.AUDIT, wanted)
    head, *rows = load_workbook(io.BytesIO(made.content)).worksheets[0].iter_rows(values_only=True)
    told = [dict(zip(head, row, strict=True)) for row in rows]
    assert [row["What"] for row in told] == ["Edited", "Uploaded"]
    assert {row["About"] for row in told} == {"Märzgutschrift.xlsx"}
    assert told[0]["Before"] == "Comments, row 2: blank"
    assert told[0]["After"] == "Comments, row 2: 50% of 100_000 “Blüten”"
    seals = {seal.place: seal.hash for seal in workspace.own(AuditSeal)}
    assert [row["Seal"] for row in told] == [seals[row["Place"]] for row in told]
    entry = workspace.own(AuditEntry)[-1]
    assert (entry.action, entry.user_id, entry.details["filter"]) == ("download", people.ada.id, wanted)
    for user in (people.rita, people.carl, people.lou):
        refused("no-right", lambda user=user: services.download(user, File.AUDIT, "all"))


def happened(people: People, batch_id: str) -> Iterator[tuple[str, str, int]]:
    for happening in services.timeline(people.carl, batch_id):
        assert happening.at <= happening.until
        yield happening.what, happening.who, happening.times


@pytest.mark.twin
def test_a_timeline_tells_an_import_from_its_upload_to_its_reversal(people: People, smtp: MailServer) -> None:
    batch_id = workspace.opened(people.rita, credit("A"), credit("B"))
    other = workspace.opened(people.carl, credit("C"))
    for n in range(3):
        services.set_cells(people.rita, batch_id, [(2, "Comments", "x" * n, "x" * (n + 1))])
    services.leave_out(people.carl, batch_id, [3])
    services.undo(people.carl, batch_id)
    services.expect(people.rita, batch_id, rows="2")
    services.post(people.carl, batch_id)
    services.reverse(people.ada, batch_id, reason="Wrong month")
    services.post(people.carl, other)
    with database.transaction() as session:
        mail = session.get_one(Message, next(m.id for m in workspace.own(Message) if m.batch_id == batch_id))
        mail.status, mail.sent_at = MessageStatus.SENT, now() + timedelta(minutes=5)
    assert list(happened(people, batch_id)) == [
        ("Uploaded", "Rita", 1),
        ("Edited", "Rita", 3),
        ("Edited", "Carl", 1),
        ("Edit undone", "Carl", 1),
        ("Control total set", "Rita", 1),
        ("Imported", "Carl", 1),
        ("Reversed", "Ada", 1),
        ("Mail written", "Ada", 1),
        ("Mail written", "Carl", 1),
        ("Mailed", "Carl", 1),
    ]
    details = {happening.what: happening.detail for happening in services.timeline(people.rita, batch_id)}
    assert details["Uploaded"] == "credits.xlsx" and details["Edited"] == "Excluded row 3"
    assert details["Control total set"] == "Rows: none → 2"
    assert details["Reversed"].startswith("Wrong month · 2 rows")
    refused("not-found", lambda: services.timeline(people.lou, batch_id))


@pytest.mark.parametrize(
    ("details", "line"),
    [
        ({}, ""),
        ({"before": {"roles": ["Setup"]}, "after": {"roles": []}}, "Roles: Setup → none"),
        ({"before": {}, "after": {"rows": 7, "amount": None}}, "Rows: none → 7"),
        ({"before": ["Setup"], "after": ["Admin"]}, "Roles: Setup → Admin"),
        (
            {"before": {"a": 1, "b": 2, "c": 3}, "after": {"a": 2, "b": 3, "c": 4}},
            "a: 1 → 2 · b: 2 → 3 · 1 more",
        ),
        (
            {"before": {"amount": 5_000, "same": 1}, "after": {"amount": None, "same": 1}},
            "Amount: $5.00 → none",
        ),
        ({"label": "Fixed 3", "after": {"x": "y"}, "step": 4}, "Fixed 3"),
        ({"reason": "Wrong", "rows": 1, "amount": 7_000}, "Wrong · 1 row · $7.00"),
        ({"file": "x" * 300}, "x" * 200 + "…"),
    ],
)
def test_an_entry_is_one_line(details: dict[str, object], line: str) -> None:
    assert audit_words.line(details) == line


@pytest.mark.parametrize(
    ("part", "told"),
    [
        (("row 3", "included", "excluded"), ("Fila 3", "incluida", "excluida")),
        (("Credit Date, row 2", "included", "x"), ("Fecha del crédito, fila 2", "included", "x")),
        (
            ("possible-duplicate, row 2", None, "confirmed"),
            ("Posible duplicado, fila 2", "ninguno", "confirmado"),
        ),
        (("header", None, "row 3"), ("Encabezados", "como se encontraron", "fila 3")),
        (("column D", None, "Credit Date"), ("Columna D", "sin respuesta", "Fecha del crédito")),
        (("column D", "Z", ""), ("Columna D", "Z", "no se importa")),
        (
            ("order Credit Date", None, "slash=dmy"),
            ("Fecha del crédito", "sin respuesta", "día primero con barra"),
        ),
        (
            ("order Credit Date", "slash=dmy", "slash=dmy slash-short=mdy dash=d…"),
            (
                "Fecha del crédito",
                "día primero con barra",
                "día primero con barra, mes primero con barra y año de dos dígitos",
            ),
        ),
        (
            ("mark Credit Balance", None, "."),
            ("Saldo del crédito", "sin respuesta", "coma para miles, punto para decimales"),
        ),
        (("field Comments", "F", ""), ("Comentarios", "columna F", "ninguna de las columnas")),
        (("filter G", None, '["paid", ""]'), ("Columna G", "sin respuesta", "solo paid y en blanco")),
        (("filter G", None, '["paid", "op…'), ("Columna G", "sin respuesta", "solo paid y …")),
        (("filter G", '["*"]', "[]"), ("Columna G", "todos los valores cuentan", "ningún valor cuenta")),
        (
            ("sign Credit Balance", None, "negative"),
            ("Saldo del crédito", "sin respuesta", "se importan los montos negativos"),
        ),
        (("sheet", None, "column A"), ("Hoja", "sin respuesta", "column A")),
        (("beside", None, "this"), ("Tabla de al lado", "sin respuesta", "no se importa")),
        (("hidden", None, "count"), ("Filas ocultas", "sin respuesta", "importadas")),
        (("of another version", "a", "b"), ("of another version", "a", "b")),
    ],
)
def test_a_part_of_an_edit_is_told_in_the_language_of_who_reads_and_what_was_typed_stays(
    part: tuple[str, str | None, str], told: tuple[str, str, str]
) -> None:
    name, before, after = part
    with speaking(Language.SPANISH):
        changed = audit_words.changes({"label": "", "before": {name: before}, "after": {name: after}})
    assert changed == [told]


@pytest.mark.parametrize(
    ("kept", "told"),
    [
        ("4 rows and $120.00 more", "4 filas y $120.00 más"),
        ("1 row more and $14.00 less", "1 fila más y $14.00 menos"),
        (
            "1 row fewer, $14.00 more and a hash total 1,005 lower",
            "1 fila menos, $14.00 más y un total hash 1,005 menor",
        ),
        ("so in another version", "so in another version"),
    ],
)
def test_a_kept_difference_is_told_in_the_language_of_who_reads(kept: str, told: str) -> None:
    with speaking(Language.SPANISH):
        assert audit_words.facts({"difference": kept}) == {"Diferencia": told}


@pytest.mark.parametrize(
    ("wanted", "told"),
    [
        (services.address_of(TrailFilter()), "everything"),
        (
            services.address_of(TrailFilter(by=7, kinds=(Event.POSTED, Event.REVERSED), text="a&b")),
            "Person: Rita · What was done: Imported, Reversed · Search: a&b",
        ),
        (
            services.address_of(TrailFilter(kinds=(Event.POSTED,), by=NOBODY)),
            "Person: Terminal and server · What was done: Imported",
        ),
        (
            services.history_address(HistoryFilter(type="open-credits", state=State.OPEN, by=8)),
            "Type: Open Credits · By: 8 · State: Rejected rows open",
        ),
        ("so in another version", "so in another version"),
    ],
)
def test_the_filter_of_a_file_is_told_in_words_and_with_the_name_of_the_person(
    wanted: str, told: str
) -> None:
    assert audit_words.facts({"filter": wanted}, {7: "Rita"}) == {"Filter": told}


def test_what_a_file_is_filtered_by_is_told_with_names_on_the_page_and_in_the_workbook(
    people: People, batch_id: str
) -> None:
    wanted = services.address_of(TrailFilter(by=people.rita.id))
    services.download(people.ada, File.AUDIT, wanted)
    page = services.audit_trail(people.ada, TrailFilter(kinds=(Event.DOWNLOADED,), by=people.ada.id))
    assert audit_words.facts(page.lines[0].details, page.people)["Filter"] == "By: Rita"
    only = services.address_of(TrailFilter(kinds=(Event.DOWNLOADED,), by=people.ada.id))
    made = services.download(people.ada, File.AUDIT, only)
    head, row = list(load_workbook(io.BytesIO(made.content)).worksheets[0].iter_rows(values_only=True))[:2]
    assert "Filter: By: Rita" in dict(zip(head, row, strict=True))["Details"]


def test_what_a_download_is_of_is_told_by_its_title(people: People, batch_id: str) -> None:
    for file, of in (
        (File.SAMPLE, "open-credits"),
        (File.BALANCES, "all"),
        (File.ORIGINAL, batch_id),
        (File.ADJUSTMENTS, "dated_2026-01-01_2026-01-31"),
    ):
        services.download(people.ada, file, of)
    page = services.audit_trail(people.ada, TrailFilter(kinds=(Event.DOWNLOADED,), by=people.ada.id))
    told = [audit_words.about(line) for line in reversed(page.lines)]
    assert told == ["Open Credits", "", "Märzgutschrift.xlsx", "2026-01-01 to 2026-01-31"]


def test_the_workbook_tells_what_the_page_tells(people: People, batch_id: str) -> None:
    line = services.audit_trail(people.ada, TrailFilter(by=people.rita.id, kinds=(Event.EDITED,))).lines[0]
    with speaking(Language.SPANISH):
        made = services.download(people.ada, File.AUDIT, services.address_of(TrailFilter(text="Blüten")))
        facts, (change,) = audit_words.facts(line.details), audit_words.changes(line.details)
    head, row = load_workbook(io.BytesIO(made.content)).worksheets[0].iter_rows(values_only=True)
    told = dict(zip(head, row, strict=True))
    assert told["Detalles"] == "\n".join(f"{name}: {said}" for name, said in facts.items())
    assert "Qué se cambió: Comentarios en la fila 2" in told["Detalles"]
    assert told["Antes"] == f"{change.name}: {change.before}" == "Comentarios, fila 2: en blanco"


def test_all_of_an_entry_is_told_in_full_but_what_is_for_the_chain() -> None:
    told = {
        "settings": {"demo": False},
        "sha256": "ab",
        "step": 1_000,
        "changes_sha256": "cd",
        "after": {"x": 1},
    }
    assert audit_words.facts(told) == {
        "KOMET_DEMO": "no", "SHA-256 of the file": "ab", "Number of the edit": "1,000"
    }  # fmt: skip
    assert audit_words.changes(told) == [("KOMET_X", "none", "1")]


def test_rows_that_are_counted_or_set_aside_are_parts_of_a_step_as_those_included_and_excluded() -> None:
    changes = Changes(left_out=(2,), set_aside=(3,), taken_in=(4,), admitted=(5,))
    said = {"row 2": "excluded", "row 3": "excluded", "row 4": "included", "row 5": "included"}
    assert {name: after for name, _, after in parts_of(changes)} == said
    assert {(before, after) for _, before, after in parts_of(changes)} == {
        ("included", "excluded"),
        ("excluded", "included"),
    }


@pytest.mark.parametrize(
    ("details", "told"),
    [
        ({"active": True, "closed": False}, ["yes", "no"]),
        ({"a": None, "b": "", "c": []}, ["none", "blank", "none"]),
        ({"rows": 1234, "amount": 1_234_500, "amount_read": -500}, ["1,234", "$1,234.50", "−$0.50"]),
        ({"roles": ["Admin", "Setup"], "other": {"codes": [7, True]}}, ["Admin, Setup", "7, yes"]),
    ],
)
def test_what_an_entry_says_is_told_in_words_and_money(details: dict[str, object], told: list[str]) -> None:
    assert list(audit_words.facts(details).values()) == told
