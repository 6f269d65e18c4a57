"""Notes of a few words that say that a row is in doubt, or to be left out."""

import pytest

from komet_import.sheets.layout.arrangement import arrange
from komet_import.sheets.layout.words.hesitations import hesitates, may_hesitate, says_to_leave_out
from komet_import.types import OPEN_CREDITS
from tests.sheets.layout.sheets import found, sheet


@pytest.mark.parametrize(
    "note",
    [
        *("?", "???", "(?)", "?!", "amount?", "customer??", "who is this?", "void?", "OK?", "same as CM-2?"),
        *("check amt", "verify the amount", "Betrag prüfen", "revisar monto", "check", "review", "verify"),
        *("see Jim", "see me", "pend Jim", "pending farm", "not sure", "est.", "estimated - farm to confirm"),
        *("need to verify", "pls check amount", "pend. Marta"),
        *("ojo", "revisar", "prüfen", "klopt niet", "nakijken", "vérifier", "conferir"),
        *("wrong amt", "date wrong", "Amount is wrong", "the date is off", "amt doesn't match", "fix amt"),
        *("wrong amt - s/b 15.00", "wrong date (see email)", "Wrong amt, fix", "pls correct date"),
        *("fecha incorrecta", "monto equivocado", "el importe no cuadra", "corregir fecha", "valor errado"),
        *("data errada", "o valor não confere", "Betrag falsch", "falsches Datum", "Betrag stimmt nicht"),
        *("Betrag korrigieren", "montant incorrect", "mauvaise date", "corriger la date", "importo errato"),
        *("data sbagliata", "bedrag klopt niet", "verkeerde datum", "bedrag aanpassen", "wrong cust"),
    ],
)
def test_a_note_says_that_its_row_is_in_doubt(note: str) -> None:
    assert hesitates(note)


@pytest.mark.parametrize(
    "note",
    [
        *("", "late truck", "late?", "20?", "qty 20?", "box #? wet label", "color? pink instead of red"),
        *("customer asked why late - driver", "check-in temp 12C", "check temperature log attached"),
        *(
            "reviewed OK",
            "ask: box 3 photo",
            "verified by QC",
            "checked with farm, ok",
            "invoice price wrong",
            "est. 20 stems",
        ),
        *("see photo #3", "See Attached", "See Invoice 8812", "see below", "siehe Foto", "pending boxes"),
        *(
            "wrong price",
            "price wrong",
            "wrong amount billed",
            "wrong amount of boxes",
            "wrong delivery date",
        ),
        *("wrong date on box label", "amount wrong on invoice 4411", "bad stems", "off color", "total loss"),
        *("correct amount of stems sent late", "customer wrong about color", "adjust price", "wrong item"),
        *("fecha de entrega incorrecta", "cantidad incorrecta", "falsche Menge", "falscher Preis"),
        *("mauvaise couleur", "prezzo sbagliato", "preço errado", "verkeerde kleur", "change of flowers"),
        *("estimated 20% damage", "date of delivery 11/12", "code 12 - botrytis", "Datum falsch geliefert"),
    ],
)
def test_a_note_that_tells_why_there_is_a_credit_is_in_no_doubt(note: str) -> None:
    assert not hesitates(note)


@pytest.mark.parametrize(
    "note", ["DNP", "skip - dup", "Skip this one", "dup", "NO", "no va", "no subir", "nee"]
)
def test_a_note_says_that_its_row_is_to_be_left_out(note: str) -> None:
    assert says_to_leave_out(note)


@pytest.mark.parametrize(
    "note", ["", "no label", "skipped delivery", "duplicate shipment", "not ours", "N/A"]
)
def test_a_note_that_goes_on_says_no_such_thing(note: str) -> None:
    assert not says_to_leave_out(note)


@pytest.mark.parametrize(("heading", "value"), [("Pays by", "Check"), ("Photo", "no"), ("Grade", "?")])
def test_the_same_word_in_a_column_of_no_meaning_holds_no_row(heading, value):
    rows = (
        f"Customer Code | Credit # | Credit Date | Credit Balance | {heading}\nFL200 | C1 | 2026-11-03 | 5 | "
    )
    seen = arrange(sheet(rows + value), found(rows + value), OPEN_CREDITS)
    assert seen.voided == {}


@pytest.mark.parametrize(
    "note",
    [
        *("ignore", "Ignore this row", "delete me", "please delete", "pls remove this", "exclude", "REVERSE"),
        *(
            "test - ignore",
            "late truck - delete",
            "broken stems; skip it",
            "roses (remove)",
            "ignorar",
            "à ignorer",
        ),
        *(
            "posted",
            "Entered 11/3",
            "posted in Komet",
            "keyed in QB 11/3 JM",
            "in komet already",
            "in system",
        ),
        *("processed", "registrado en el sistema", "gebucht am 3.11.", "saisi", "ingevoerd", "inserito"),
        "contabilizada 3/11",
        *("anular", "à annuler", "da annullare", "caja rota - anular", "annuleren"),
    ],
)
def test_a_note_says_that_its_row_is_to_be_left_out_or_was_entered_already(note: str) -> None:
    assert says_to_leave_out(note)
    assert may_hesitate(note)


@pytest.mark.parametrize(
    "note",
    [
        *(
            "photos: no",
            "claim form - none",
            "remove thorns",
            "omitted from shipment",
            "removed foliage poorly",
        ),
        *(
            "posted on wrong account",
            "booked on wrong flight",
            "entered late by farm",
            "processed late at customs",
        ),
        *(
            "in box 3 broken stems",
            "in system failure of cooler",
            "on invoice 20045 overcharged",
            "im Karton 3",
        ),
        *("input error", "keyed wrong price", "hand-delete", "uploaded photos to portal"),
        *("late truck, and nobody was there whom we could have asked - delete", "reverse logistics"),
    ],
)
def test_a_note_in_which_such_a_word_stands_otherwise_says_no_such_thing(note: str) -> None:
    assert not says_to_leave_out(note)


@pytest.mark.parametrize("note", ["amount to be verified", "Betrag noch nicht bestätigt", "see CR-1002"])
def test_an_amount_that_waits_and_another_paper_leave_a_row_in_doubt(note: str) -> None:
    assert hesitates(note)


@pytest.mark.parametrize("note", ["see PO-881", "see AWB-123", "see INV-1001", "see lot FL-20", "see 1001"])
def test_what_is_no_paper_like_the_row_leaves_none(note: str) -> None:
    assert not hesitates(note)
