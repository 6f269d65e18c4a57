"""Currencies: their codes (ISO 4217), and the signs by which sheets name them.

Amounts are never converted; whoever writes another currency than the ledger's must be asked.
"""

_CODES = """
    AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD
    CAD CDF CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD
    GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT
    LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR
    NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP
    STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VES VND VUV WST XAF XCD XOF
    XPF YER ZAR ZMW ZWG
"""
_DOLLARS = """
    USD ARS AUD BBD BMD BND BSD BZD CAD CLP COP CUP DOP FJD GYD HKD JMD KYD LRD MXN NAD NZD SBD SGD SRD
    TTD TWD UYU XCD
"""

CODES = frozenset(_CODES.split())

DOLLARS = frozenset(_DOLLARS.split())
"""The currencies, dollars and pesos, that write `$` at home; there it means their own."""

SIGNS = {
    "US$": frozenset({"USD"}),
    "$": DOLLARS,
    "€": frozenset({"EUR"}),
    "£": frozenset({"GBP"}),
    "¥": frozenset({"JPY", "CNY"}),
    "₹": frozenset({"INR"}),
    "₩": frozenset({"KRW"}),
    "₽": frozenset({"RUB"}),
    "₺": frozenset({"TRY"}),
    "₪": frozenset({"ILS"}),
    "₫": frozenset({"VND"}),
    "฿": frozenset({"THB"}),
    "₴": frozenset({"UAH"}),
    "₱": frozenset({"PHP"}),
    "₡": frozenset({"CRC"}),
    "₦": frozenset({"NGN"}),
    "R$": frozenset({"BRL"}),
    "C$": frozenset({"CAD", "NIO"}),
    "CA$": frozenset({"CAD"}),
    "A$": frozenset({"AUD"}),
    "AU$": frozenset({"AUD"}),
    "NZ$": frozenset({"NZD"}),
    "HK$": frozenset({"HKD"}),
    "S$": frozenset({"SGD"}),
    "MX$": frozenset({"MXN"}),
    "COL$": frozenset({"COP"}),
    "RD$": frozenset({"DOP"}),
    "S/": frozenset({"PEN"}),
    "kr": frozenset({"DKK", "ISK", "NOK", "SEK"}),
    "zł": frozenset({"PLN"}),
    "Kč": frozenset({"CZK"}),
    "Ft": frozenset({"HUF"}),
    "Fr": frozenset({"CHF"}),
    "Rs": frozenset({"INR", "LKR", "MUR", "NPR", "PKR", "SCR"}),
    "Bs": frozenset({"BOB", "VES"}),
}
"""Which currencies a sign can mean."""

WORDS = {
    **dict.fromkeys(("dollar", "dollars", "dólares", "dolares", "dólar", "dolar"), DOLLARS),
    **dict.fromkeys(("euro", "euros"), frozenset({"EUR"})),
    **dict.fromkeys(("pound", "pounds", "libras"), frozenset({"EGP", "GBP", "LBP"})),
    **dict.fromkeys(("peso", "pesos"), frozenset({"ARS", "CLP", "COP", "CUP", "DOP", "MXN", "PHP", "UYU"})),
    **dict.fromkeys(("reais", "real"), frozenset({"BRL"})),
    **dict.fromkeys(("rupees", "rupee"), frozenset({"INR", "LKR", "MUR", "NPR", "PKR", "SCR"})),
}
"""Which currencies a word can mean, whatever its case."""


def meant(word: str) -> frozenset[str]:
    """The currencies that a sign, code or word can mean."""
    found = SIGNS.get(word) or SIGNS.get(word.rstrip(".")) or WORDS.get(word.casefold())
    return found or frozenset({word})


def prefix(code: str) -> str:
    """What stands before an amount of that currency: its sign where everybody knows it, else its code."""
    return {"USD": "$", "EUR": "€", "GBP": "£"}.get(code, f"{code} ")
