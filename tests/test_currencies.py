"""The ledger's currency: set by its code, told from all others by sign and code."""

import pytest

from komet_import import currencies, settings
from komet_import.ledger import reference
from komet_import.review.reference import Directory, Posted
from komet_import.types.money import money


def test_every_sign_means_currencies_that_exist():
    for sign, codes in currencies.SIGNS.items():
        assert codes and codes <= currencies.CODES, sign


def test_the_set_currency_is_what_sheets_are_judged_against(monkeypatch):
    monkeypatch.setenv("KOMET_CURRENCY", "eur")
    settings.settings.cache_clear()
    assert reference.load(Directory({}, {}), Posted()).currency == "EUR"


@pytest.mark.parametrize("wrong", ["", "EURO", "€", "XYZ"])
def test_a_currency_that_does_not_exist_stops_the_start_with_one_sentence(monkeypatch, wrong):
    monkeypatch.setenv("KOMET_CURRENCY", wrong)
    settings.settings.cache_clear()
    with pytest.raises(settings.SettingsError, match="KOMET_CURRENCY cannot be used: must be the code"):
        settings.settings()


@pytest.mark.parametrize(
    ("currency", "shown"), [("USD", "−$8,310.50"), ("EUR", "−€8,310.50"), ("CAD", "−CAD 8,310.50")]
)
def test_amounts_are_shown_in_the_ledgers_currency(
    monkeypatch: pytest.MonkeyPatch, currency: str, shown: str
) -> None:
    monkeypatch.setenv("KOMET_CURRENCY", currency)
    settings.settings.cache_clear()
    assert money(-8_310_500) == shown
