"""Words that say that amounts are counted in thousands, millions or cents, in a heading or in a line."""

import re

_COUNTED = (
    r"thousands?|millions?|miles|millones|milhares|milh[oõ]es|milliers|tausend|tsd|duizend(?:tallen)?|migliaia|milioni"
    r"|cents|centavos|centimes|c[eé]ntimos|centesimi"
)
_NOUGHTS = r"(?<![\d.,])['’]?000['’]?s?(?![^\W_])"
_KILO = r"(?<![^\W_])k[ ]?(?:USD|EUR|[$€])|(?:\bUSD|\bEUR|[$€])[ ]?k(?![^\W_])"
_IN_LINE = re.compile(
    rf"(?i)\b(?:in|en|em) (?:{_COUNTED})\b|\b(?:thousands|millions|milhares|millones|milliers)\b"
    rf"|\bT(?:EUR|USD|€)|{_KILO}|{_NOUGHTS}"
)
_IN_HEADING = re.compile(
    rf"(?i)(?<![^\W_])(?:(?:in|en|em)[ _])?(?:{_COUNTED})(?![^\W_])\.?|(?<![^\W_])T(?:EUR|USD|€)|{_NOUGHTS}"
    rf"|\((?:k|mm?)\)|{_KILO}"
)
_JOINT = re.compile(r"(?<=[a-z])(?=[A-Z])")


def scale_in_line(text: str) -> str:
    """How a line of text says that amounts are counted (`in thousands`); blank where it does not."""
    found = _IN_LINE.search(text)
    return found[0] if found else ""


def scale_in_heading(heading: str) -> tuple[str, str]:
    """A heading without the words that say how its amounts are counted, and these; blank where none do."""
    parted = _JOINT.sub(" ", heading)
    found = _IN_HEADING.search(parted)
    if found is None:
        return heading, ""
    return f"{parted[: found.start()]} {parted[found.end() :]}", found[0].strip("()[]_. ")
