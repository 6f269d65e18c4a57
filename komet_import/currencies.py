"""Currencies: their codes (ISO 4217), and the signs by which sheets name them.

Amounts are never converted; whoever writes another currency than the ledger's must be asked.
"""

import re

_CODES = """
    AED-784 AFN-971 ALL-008 AMD-051 ANG-532 AOA-973 ARS-032 AUD-036 AWG-533 AZN-944 BAM-977 BBD-052
    BDT-050 BGN-975 BHD-048 BIF-108 BMD-060 BND-096 BOB-068 BRL-986 BSD-044 BTN-064 BWP-072 BYN-933
    BZD-084 CAD-124 CDF-976 CHF-756 CLP-152 CNY-156 COP-170 CRC-188 CUP-192 CVE-132 CZK-203 DJF-262
    DKK-208 DOP-214 DZD-012 EGP-818 ERN-232 ETB-230 EUR-978 FJD-242 FKP-238 GBP-826 GEL-981 GHS-936
    GIP-292 GMD-270 GNF-324 GTQ-320 GYD-328 HKD-344 HNL-340 HTG-332 HUF-348 IDR-360 ILS-376 INR-356
    IQD-368 IRR-364 ISK-352 JMD-388 JOD-400 JPY-392 KES-404 KGS-417 KHR-116 KMF-174 KPW-408 KRW-410
    KWD-414 KYD-136 KZT-398 LAK-418 LBP-422 LKR-144 LRD-430 LSL-426 LYD-434 MAD-504 MDL-498 MGA-969
    MKD-807 MMK-104 MNT-496 MOP-446 MRU-929 MUR-480 MVR-462 MWK-454 MXN-484 MYR-458 MZN-943 NAD-516
    NGN-566 NIO-558 NOK-578 NPR-524 NZD-554 OMR-512 PAB-590 PEN-604 PGK-598 PHP-608 PKR-586 PLN-985
    PYG-600 QAR-634 RON-946 RSD-941 RUB-643 RWF-646 SAR-682 SBD-090 SCR-690 SDG-938 SEK-752 SGD-702
    SHP-654 SLE-925 SOS-706 SRD-968 SSP-728 STN-930 SVC-222 SYP-760 SZL-748 THB-764 TJS-972 TMT-934
    TND-788 TOP-776 TRY-949 TTD-780 TWD-901 TZS-834 UAH-980 UGX-800 USD-840 UYU-858 UZS-860 VES-928
    VND-704 VUV-548 WST-882 XAF-950 XCD-951 XOF-952 XPF-953 YER-886 ZAR-710 ZMW-967 ZWG-924
"""
"""Each code with its number."""
_DOLLARS = """
    USD ARS AUD BBD BMD BND BSD BZD CAD CLP COP CUP DOP FJD GYD HKD JMD KYD LRD MXN NAD NZD SBD SGD SRD
    TTD TWD UYU XCD
"""

_NUMBERED = {each[:3]: each[4:] for each in _CODES.split()}

CODES = frozenset(_NUMBERED)

_BY_NUMBER = {number: frozenset({code}) for code, number in _NUMBERED.items()}

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
    "₲": frozenset({"PYG"}),
    "₵": frozenset({"GHS"}),
    "₸": frozenset({"KZT"}),
    "₼": frozenset({"AZN"}),
    "₾": frozenset({"GEL"}),
    "₮": frozenset({"MNT"}),
    "₭": frozenset({"LAK"}),
    "៛": frozenset({"KHR"}),
    "৳": frozenset({"BDT"}),
    "֏": frozenset({"AMD"}),
    "؋": frozenset({"AFN"}),
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
    "NT$": frozenset({"TWD"}),
    "J$": frozenset({"JMD"}),
    "TT$": frozenset({"TTD"}),
    "BZ$": frozenset({"BZD"}),
    "$b": frozenset({"BOB"}),
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

SHOWN_SIGNS = {
    "Q": "GTQ",
    "L": "HNL",
    "Lps": "HNL",
    "R": "ZAR",
    "RM": "MYR",
    "Rp": "IDR",
    "KSh": "KES",
    "TSh": "TZS",
    "lei": "RON",
    "TL": "TRY",
    "SFr": "CHF",
    "Gs": "PYG",
    "B/": "PAB",
    "din": "RSD",
    "лв": "BGN",
    "руб": "RUB",
    "р": "RUB",
    "грн": "UAH",
}
"""Signs that are letters, and too much like other words to be signs elsewhere than beside the digits of a
number that Excel shows with them."""

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


def numbered(text: str) -> frozenset[str]:
    """The currency whose number (ISO 4217) a text is, `840`; Excel takes away a zero before it (`36`). Only
    where a heading says that currencies stand there is a number one.
    """
    return _BY_NUMBER.get(text.zfill(3), frozenset()) if len(text) > 1 else frozenset()


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
