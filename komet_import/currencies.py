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
}
"""Which currencies a sign can mean."""


def meant(word: str) -> frozenset[str]:
    """The currencies that a sign or code can mean."""
    return SIGNS.get(word, frozenset({word}))


def prefix(code: str) -> str:
    """What stands before an amount of that currency: its sign where everybody knows it, else its code."""
    return {"USD": "$", "EUR": "€", "GBP": "£"}.get(code, f"{code} ")
