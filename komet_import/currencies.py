"""Currencies: their codes (ISO 4217), and the signs by which sheets name them.

Amounts are never converted; whoever writes another currency than the ledger's must be asked.
"""

import re

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
_NAMES = {
    **WORDS,
    **dict.fromkeys(("us dollar", "us dollars", "dólar americano", "dólares americanos"), frozenset({"USD"})),
    **dict.fromkeys(("peso colombiano", "pesos colombianos"), frozenset({"COP"})),
    **dict.fromkeys(("peso mexicano", "pesos mexicanos"), frozenset({"MXN"})),
    **dict.fromkeys(("sterling", "pounds sterling"), frozenset({"GBP"})),
    **dict.fromkeys(("soles",), frozenset({"PEN"})),
    **dict.fromkeys(("yen",), frozenset({"JPY"})),
    **dict.fromkeys(("francs", "franken"), frozenset({"CHF", "XAF", "XOF"})),
    **dict.fromkeys(("quetzales",), frozenset({"GTQ"})),
    **dict.fromkeys(("lempiras",), frozenset({"HNL"})),
    **dict.fromkeys(("colones",), frozenset({"CRC"})),
}
_EVERYDAY = frozenset(
    {"USD", "EUR", "GBP", "COP", "MXN", "CAD", "AUD", "CLP", "PEN", "BRL", "ARS", "CHF", "JPY", "CNY", "NZD"}
)
_LETTERED = {f"{code}$": frozenset({code}) for code in DOLLARS} | {
    "U$S": frozenset({"USD"}),
    "U$D": frozenset({"USD"}),
    "NT$": frozenset({"TWD"}),
    **{sign: codes for sign, codes in SIGNS.items() if not sign.isalpha()},
}
_SIGN = re.compile("|".join(map(re.escape, sorted(_LETTERED, key=len, reverse=True))))

_SIGN_CHARACTERS = frozenset(c for sign in _LETTERED for c in sign if not c.isalpha())
_JOINT = re.compile(r"(?<=[a-z])(?=[A-Z])")
_WORD = re.compile(r"[^\W\d_]+")


def said(text: str) -> frozenset[str]:
    """The currencies that a text can mean which is nothing but a code, a sign or a name; none for others."""
    text = " ".join(text.split()).strip(".()[]")
    if text.upper() in CODES:
        return frozenset({text.upper()})
    return _LETTERED.get(text.upper()) or SIGNS.get(text) or _NAMES.get(text.casefold()) or frozenset()


def named_in(heading: str) -> tuple[str, str, frozenset[str]]:
    """A heading without the currency that it names, that currency as written, and what it can mean.

    A code counts where it is written as one: in capitals in a heading that is not, or one of every day.
    """
    heading = _JOINT.sub(" ", heading)
    if not _SIGN_CHARACTERS.isdisjoint(heading) and (found := _SIGN.search(heading)):
        return heading.replace(found[0], " ", 1), found[0], _LETTERED[found[0]]
    shouted = heading.isupper()
    for word in _WORD.findall(heading):
        code = word.upper()
        if code in CODES and (code in _EVERYDAY or (word.isupper() and not shouted)):
            codes = frozenset({code})
        else:
            codes = SIGNS.get(word) or _NAMES.get(word.casefold()) or frozenset()
            codes = codes if word.casefold() != "real" else frozenset()
        if codes:
            return re.sub(rf"(?<![^\W_]){re.escape(word)}(?![^\W_])", " ", heading, count=1), word, codes
    return heading, "", frozenset()


def meant(word: str) -> frozenset[str]:
    """The currencies that a sign, code or word can mean."""
    found = SIGNS.get(word) or SIGNS.get(word.rstrip(".")) or WORDS.get(word.casefold())
    return found or frozenset({word})


def prefix(code: str) -> str:
    """What stands before an amount of that currency: its sign where everybody knows it, else its code."""
    return {"USD": "$", "EUR": "€", "GBP": "£"}.get(code, f"{code} ")
