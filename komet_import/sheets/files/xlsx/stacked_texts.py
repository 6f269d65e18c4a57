"""Stored values of cells below one another, made texts at once."""

from collections.abc import Sequence

from komet_import.sheets.files.xlsx.formats import digits_lost, is_plain_number, number_text
from komet_import.sheets.files.xlsx.formulas import is_nought
from komet_import.sheets.files.xlsx.texts import is_suspect
from komet_import.sheets.files.xlsx.xml import decoded


def no_result(value: str | None) -> bool:
    """Whether a formula's stored result may be none."""
    return not value or is_nought(value)


def rewritten(texts: list[str]) -> list[int]:
    """Write stored numbers as we write them; returns the places of what is more than that."""
    alone = []
    for place, stored in enumerate(texts):
        if stored and not is_plain_number(stored):
            number = number_text(stored)
            if number is None or (len(stored) > 15 and digits_lost(stored)):
                alone.append(place)
            else:
                texts[place] = number
    return alone


def plain_texts(values: Sequence[str | None]) -> list[str] | None:
    """Texts with their entities decoded; None where `texts.clean` may have to change one."""
    texts = [value or "" for value in values]
    together = "\n".join(texts)
    if "&" in together:
        texts = [decoded(text) for text in texts]
        together = "\n".join(texts)
    return None if is_suspect(together) else texts
