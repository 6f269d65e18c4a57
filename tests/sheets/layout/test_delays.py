"""Lines and notes that say that rows are not to be posted yet, and those that only sound so."""

import pytest

from komet_import.sheets.layout.words.delays import note_says_to_wait, says_to_wait


@pytest.mark.parametrize(
    "line",
    [
        *("Wait for Jim before posting", "Hold until approved", "Post only after 12/1", "For review only"),
        *("Not final", "Pending Jim's approval", "Needs approval before posting", "Work in progress", "FYI"),
        "Hi Rita, Jim still has to approve them, so please wait with the import.",
        *("Check with Dan before entering", "Replaced by the file of 11/28", "In dispute - wait"),
        *("Need Carlos' sign-off first", "Zur Prüfung durch Jim"),
        *("For review", "Do not touch this until Marta is back", "Not to be posted before January"),
        *("These are estimates", "v1 - outdated, use v2", "Credits on hold until the farm confirms"),
        *("Approval date: pending", "Do not post b4 12/1", "Not until Jim says so"),
        *("Superseded by rev 2", "See new version", "To be posted on 12/1", "Enter when approved"),
        *("Esperar a Jaime antes de contabilizar", "Pendiente de aprobación", "Solo para revisión"),
        *("Registrar solo después del 1/12", "Reemplazado por la versión 2", "Por confirmar"),
        *("Bitte erst nach Freigabe buchen", "Nur zur Ansicht", "Noch nicht freigegeben", "Freigabe fehlt"),
        *("Wachten op Jan voor het boeken", "Alleen ter controle", "Pas boeken na 1 december"),
        *("Attendre Jean avant de comptabiliser", "Pour vérification uniquement", "En attente d'approbation"),
        *("Aspettare Gianni prima di registrare", "Solo per verifica", "In attesa di approvazione"),
        *("Aguardar João antes de lançar", "Somente para revisão", "Lançar somente após 1/12"),
    ],
)
def test_a_line_says_that_the_rows_wait(line: str) -> None:
    assert says_to_wait(line)


@pytest.mark.parametrize(
    "line",
    [
        *("Approved by Jim 11/28", "Reviewed and approved - OK to post", "Please post by Friday"),
        *("Wait list", "Confirmed with Jim", "Contact Jim Holder for questions"),
        *("Prepared by: Jim", "For questions call Jim before 5 pm", "Only credits after 11/1 are shown"),
        *("Customers on hold are not included", "Credits over $500 require approval", "No approval needed"),
        *("Excludes credits pending approval", "Supersedes list of 11/20", "Approval: ______"),
        *("Enter the credit date when the credit was issued", "Use the latest version of this template"),
        *("See version history on sheet 2", "Use this sheet to enter credits", "Prices subject to change"),
        *("Approval date: 11/27/2026", "Do not enter dates before 2020"),
        *("Solo créditos después del 1/11/2026", "Notas de crédito por aplicar", "Créditos pendientes"),
        *("Nur Gutschriften nach dem 1.11.", "Freigegeben von Jim am 28.11.", "Avoirs à imputer"),
    ],
)
def test_a_line_that_speaks_of_something_else_says_no_such_thing(line: str) -> None:
    assert not says_to_wait(line)


@pytest.mark.parametrize(
    "note",
    [
        *("wait for Jim", "hold until 12/15", "pending approval", "post after 12/1", "waiting for Jim"),
        *("wird noch geprüft", "under review"),
        *("wait 4 Jim", "hold 4 approval", "ask Jim b4 posting", "wait til Monday", "nog niet boeken"),
        *("noch nicht buchen", "todavía no aplicar", "ne pas encore comptabiliser"),
        *("w8 for Jim", "not until Jim says ok", "dont post b4 12/1", "check w/ Jim", "verify first"),
        *("on hold - Jim", "hold pls", "confirm w farm first", "ask Jim", "not ready"),
        *("TBC", "Jim to confirm", "on hold per Jim", "not to be posted yet", "pend. approval"),
        *("waiting on farm confirmation", "awaiting credit from farm", "to be confirmed", "not yet approved"),
        *("late truck - wait for Jim", "en espera de aprobación", "pendiente de confirmar", "need approval"),
        *("on hold/Marta", "hold/Marta", "HOLD / AR", "hold per Marta", "held by Marta", "on hold w/ Jim"),
        *("retenido/Marta", "retenido por Marta", "en espera/Marta", "retido por Marta", "aguardando/Marta"),
        *("gesperrt durch Marta", "zurückgestellt/Marta", "bloqué par Marta", "en attente/Marta"),
        *("bloccato da Marta", "in attesa/Marta", "geblokkeerd/Marta", "in de wacht - Marta"),
        *("warten auf Freigabe", "en attente", "in afwachting van akkoord", "in attesa di conferma"),
    ],
)
def test_a_note_says_that_its_row_waits(note: str) -> None:
    assert note_says_to_wait(note)


@pytest.mark.parametrize(
    "note",
    [
        *("", "approved by Jim", "waited 3 hours at dock", "customer waiting for flowers, late", "pending"),
        *("hold the line", "holding temperature too high", "not ok at all", "needs new vase, approved"),
        *("waiting time at dock 2 h", "awaiting payment", "to be applied to INV-9", "review of prices"),
        *("no confirmation of delivery", "sin flores", "nicht geliefert", "als Gutschrift buchen"),
        *("wait 4 hours at dock", "hold 4 boxes", "noch nicht gebucht", "aún no aplicado", "not yet applied"),
        *(
            "See Attached",
            "call Monday",
            "call them first",
            "hold 4 C exceeded",
            "verify temps at farm",
            "see photos first",
        ),
        *("not until Friday delivered", "not ready when the truck came", "hold - 4 boxes"),
        *(
            "held/customs",
            "Held by USDA",
            "hold/Customs",
            "held in cooler 3 days",
            "held at MIA",
            "hold/4 boxes",
        ),
        *("on hold 40 min at airport", "retenido en aduana", "retenido por Aduana", "durch Zoll gesperrt"),
        *("bloqué par Douane", "shipment on hold/Customs", "held with other boxes", "holding temp/High"),
        *("Unable to confirm order", "box on hold at customs 3 days", "reclamo confirmado"),
    ],
)
def test_a_note_that_tells_why_there_is_a_credit_says_no_such_thing(note: str) -> None:
    assert not note_says_to_wait(note)


@pytest.mark.parametrize(
    "note",
    [
        *(
            "need backup",
            "pending photos from farm",
            "waiting on vendor credit",
            "espera soportes",
            "needs proof",
        ),
        *("en attente des justificatifs", "to be re-issued", "will be confirmed", "wird noch bestätigt"),
        *("faltan fotos", "Beleg fehlt", "Backup missing", "photos still pending", "manca documentazione"),
    ],
)
def test_a_note_says_that_its_row_waits_for_papers(note: str) -> None:
    assert note_says_to_wait(note)


@pytest.mark.parametrize(
    "text",
    [
        "faltan 2 cajas",
        "foto's volgen",
        "photos attached",
        "missing stems",
        "photos requested",
        "needs repacking",
        "requires refrigeration",
        "will be late",
        "wird abgeholt",
    ],
)
def test_what_flowers_need_keeps_no_row_waiting(text: str) -> None:
    assert not note_says_to_wait(text)


@pytest.mark.parametrize(
    "line", ["All claims need photos", "Credits require documentation", "Claims require proof"]
)
def test_a_line_that_says_how_claims_are_made_keeps_no_rows_waiting(line: str) -> None:
    assert not says_to_wait(line)
