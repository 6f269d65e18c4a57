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


EVERY_DAY = {
    "USD": "840", "EUR": "978", "GBP": "826", "CAD": "124", "AUD": "036", "NZD": "554", "CHF": "756",
    "JPY": "392", "CNY": "156", "COP": "170", "MXN": "484", "BRL": "986", "PEN": "604", "CLP": "152",
    "ARS": "032", "UYU": "858", "BOB": "068", "PYG": "600", "CRC": "188", "GTQ": "320", "HNL": "340",
    "DOP": "214", "PAB": "590", "KES": "404", "ZAR": "710", "ILS": "376", "TRY": "949", "INR": "356",
    "SEK": "752", "NOK": "578", "DKK": "208", "PLN": "985", "CZK": "203", "HUF": "348",
}  # fmt: skip


def test_every_currency_has_one_number_and_those_of_every_day_have_theirs():
    found = {number: currencies.numbered(f"{number:03}") for number in range(1000)}
    named = [codes for codes in found.values() if codes]
    assert all(len(codes) == 1 for codes in named)
    assert sorted(code for codes in named for code in codes) == sorted(currencies.CODES)
    assert len(currencies.CODES) == 155
    assert {code: currencies.numbered(number) for code, number in EVERY_DAY.items()} == {
        code: {code} for code in EVERY_DAY
    }


def test_excel_takes_away_the_zeros_before_a_number_and_one_figure_is_none():
    assert currencies.numbered("36") == {"AUD"} and currencies.numbered("84") == {"BZD"}
    assert currencies.numbered("8") == currencies.numbered("0840") == currencies.numbered("") == frozenset()


@pytest.mark.parametrize(
    ("heading", "rest", "word", "means"),
    [
        ("Amount USD", "Amount", "USD", "USD"),
        ("AmountUSD", "Amount", "USD", "USD"),
        ("Amount (US$)", "Amount ( )", "US$", "USD"),
        ("amount eur", "amount", "eur", "EUR"),
        ("AMOUNT EUR", "AMOUNT", "EUR", "EUR"),
        (
            "amount sek",
            "amount sek",
            "",
            "",
        ),  # no word of every day: it counts in capitals among small letters
        ("Amount SEK", "Amount", "SEK", "SEK"),
        ("AMOUNT ALL", "AMOUNT ALL", "", ""),
        ("TOP 10", "TOP 10", "", ""),
        ("Betrag in Euro", "Betrag in", "Euro", "EUR"),
        ("Eurozone", "Eurozone", "", ""),
        ("Saldo real", "Saldo real", "", ""),  # that is what it really comes to
        ("Valor em Reais", "Valor em", "Reais", "BRL"),
        ("Amount C$", "Amount", "C$", "CAD NIO"),
        ("Amount CAD$", "Amount", "CAD$", "CAD"),
        ("Amount MX$", "Amount", "MX$", "MXN"),
        ("Saldo U$S", "Saldo", "U$S", "USD"),
        ("Amount £ / €", "Amount / €", "£", "GBP"),
        ("COP saldo en COP", "saldo en COP", "COP", "COP"),
        ("Amount kr", "Amount", "kr", "DKK ISK NOK SEK"),
        ("Monto en pesos", "Monto en", "pesos", "ARS CLP COP CUP DOP MXN PHP UYU"),
        ("Preis in Franken", "Preis in", "Franken", "CHF XAF XOF"),
        ("Saldo", "Saldo", "", ""),
    ],
)
def test_a_heading_names_a_currency_and_says_the_rest(heading: str, rest: str, word: str, means: str) -> None:
    left, named, codes = currencies.named_in(heading)
    assert (" ".join(left.split()), named, codes) == (rest, word, frozenset(means.split()))


@pytest.mark.parametrize(
    ("text", "means"),
    [
        ("usd", "USD"), (" (EUR) ", "EUR"), ("[cop]", "COP"), ("US  Dollars", "USD"), ("sterling", "GBP"),
        ("pesos mexicanos", "MXN"), ("peso colombiano", "COP"), ("quetzales", "GTQ"), ("soles", "PEN"),
        ("lempiras", "HNL"), ("colones", "CRC"), ("yen", "JPY"), ("Real", "BRL"), ("€", "EUR"), ("R$", "BRL"),
        ("r$", "BRL"), ("cad$", "CAD"), ("zł", "PLN"), ("Kč", "CZK"), ("S/", "PEN"), ("Fr.", "CHF"),
        ("kr", "DKK ISK NOK SEK"), ("KR", ""), ("dollars only", ""), ("840", ""), ("Q", ""), ("", ""),
        ("libras", "EGP GBP LBP"), ("¥", "CNY JPY"), ("Bs", "BOB VES"),
    ],
)  # fmt: skip
def test_a_text_that_is_nothing_else_says_a_currency(text: str, means: str) -> None:
    assert currencies.said(text) == frozenset(means.split())


@pytest.mark.parametrize(
    ("word", "means"),
    [("Rs.", "INR LKR MUR NPR PKR SCR"), ("Bs.", "BOB VES"), ("Euro", "EUR"), ("XYZ", "XYZ"), ("EUR", "EUR")],
)
def test_a_word_beside_an_amount_means_what_it_is_a_sign_of_else_itself(word: str, means: str) -> None:
    assert currencies.meant(word) == frozenset(means.split())


def test_a_dollar_sign_may_mean_the_dollars_and_pesos_that_are_written_with_it():
    here = {"USD", "CAD", "MXN", "COP", "CLP", "ARS", "DOP", "AUD", "NZD", "UYU"}
    assert here <= currencies.meant("$") == currencies.said("$") == currencies.meant("Dollars")
    assert not {"EUR", "GBP", "BRL", "PEN", "CRC", "GTQ", "PHP"} & currencies.meant("$")
    assert currencies.prefix("GBP") == "£"
