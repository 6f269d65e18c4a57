"""Notes that speak of another amount than their row."""

from decimal import Decimal

import pyarrow as pa
import pytest

from komet_import.sheets.layout.rows.amounts_said import amounts_said, speaking


def meant(text: str) -> list[list[str]]:
    said = amounts_said(text)
    return [sorted(map(str, readings)) for readings in said.meant] if said else []


def used(text: str) -> list[list[str]]:
    said = amounts_said(text)
    return [sorted(map(str, readings)) for readings in said.used] if said else []


MEANT = {
    "only 5.00 left": "5.00",
    "balance 40": "40",
    "Balance is now $40.00": "40.00",
    "Orig 100.00, bal 40.00": "40.00",
    "late truck; only $40 left": "40",
    "should be 15.00": "15.00",
    "corrected amount: 75": "75",
    "quedan 5,00": "5.00",
    "saldo 40": "40",
    "debe ser 15.00": "15.00",
    "resta 12,50": "12.50",
    "il reste 12,50": "12.50",
    "solde: 12,50 EUR": "12.50",
    "nur noch 5,00 offen": "5.00",
    "Rest 40": "40",
    "noch 1.250,00 offen": "1250.00",
    "muss 15,00 sein": "15.00",
    "nog 12,50 over": "12.50",
    "restano 12,50": "12.50",
}
USED = {
    "$15 applied to INV-7": "15",
    "applied 25.00": "25.00",
    "60 usados": "60",
    "davon 20,00 verrechnet": "20.00",
    "already used 30": "30",
    "ya aplicado 12.50": "12.50",
    "utilisé 12,50": "12.50",
    "utilizzati 12,50": "12.50",
}


@pytest.mark.parametrize(("text", "amount"), MEANT.items())
def test_a_note_of_what_is_left_or_meant(text: str, amount: str) -> None:
    assert (meant(text), used(text)) == ([[amount]], [])
    assert speaking(pa.array(["late truck", text])) == [1]


@pytest.mark.parametrize(("text", "amount"), USED.items())
def test_a_note_of_what_is_spent(text: str, amount: str) -> None:
    assert (meant(text), used(text)) == ([], [[amount]])
    assert speaking(pa.array(["late truck", text])) == [1]


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            "late truck",
            "40",
            "40.00",
            "credit for 4 boxes",
            "40 boxes left behind",
            "5 stems left in truck",
        ),
        *("paid 60 for freight", "faltan 5", "used 4 boxes", "price should be 1.20 per stem", "only 5"),
        *(
            "only 3 boxes arrived",
            "open 24 hours",
            "left 40 boxes",
            "40 left on truck",
            "applied 5% discount",
        ),
        *("5 used for wedding", "invoice 1001 balance", "INV 12 applied", "2 roses open", "rest of order 40"),
        *("saldo de la factura 40", "resto del pedido 12", "5 Kisten offen", "balance due on INV-40"),
        "balance 40" + " " * 300,
    ],
)
def test_other_notes_speak_of_no_amount_of_their_row(text: str) -> None:
    assert amounts_said(text) is None


def test_most_notes_with_figures_are_not_looked_at() -> None:
    texts = ["claim 7 short 2 boxes", "12 stems sold as 10", "25,00 übrig", "utilisé 12,50"]
    assert speaking(pa.array(texts)) == [2, 3]
    assert speaking(pa.array([*texts, *[""] * 100])) == [2, 3], "many are looked at by Arrow"


def test_an_amount_with_two_readings_agrees_with_either() -> None:
    said = amounts_said("balance 1.250")
    assert said and said.agree(Decimal("1.25")) and said.agree(Decimal(1250)) and not said.agree(Decimal(12))
    assert said.offered is None


def test_what_is_said_to_be_left_decides_where_a_note_says_what_is_spent_too() -> None:
    said = amounts_said("used 60.00, 40.00 remaining")
    assert said and said.agree(Decimal(40)) and not said.agree(Decimal(100))
    assert said.offered == Decimal("40.00")


def test_a_row_of_less_than_what_is_spent_is_what_is_left() -> None:
    said = amounts_said("used 60.00")
    assert said and said.agree(Decimal(40)) and not said.agree(Decimal(100)) and said.offered is None


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("40 usd left on it", [["40"]]),
        ("$40 left on it", [["40"]]),
        ("only 40 left on it", [["40"]]),
        ("only 40 usd", [["40"]]),
        ("only 40", []),
        ("40 left on it", []),
    ],
)
def test_a_whole_number_is_an_amount_with_a_currency_before_or_behind_it(
    text: str, amounts: list[list[str]]
) -> None:
    assert meant(text) == amounts
