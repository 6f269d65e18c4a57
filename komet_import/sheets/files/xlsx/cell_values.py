"""What the cells of a worksheet mean: stored values to texts; what there is to know of them is noted.

A cell is asked for alone (`text`), or together with the cells below it (`texts`), which are nearly always of
one kind: a column of shared texts, of plain numbers, of dates. Both give the same texts and the same notes.
"""

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal

from komet_import import currencies
from komet_import.language import _
from komet_import.sheets.files.xlsx.cell_notes import CellNotes
from komet_import.sheets.files.xlsx.formats import (
    Format,
    Shape,
    are_plain_numbers,
    date_text,
    digits_lost,
    is_plain_number,
    iso_date_text,
    number_text,
)
from komet_import.sheets.files.xlsx.formatted import coded, is_veiled, percent_text
from komet_import.sheets.files.xlsx.formulas import is_uncalculated
from komet_import.sheets.files.xlsx.stacked_texts import no_result, plain_texts, rewritten
from komet_import.sheets.files.xlsx.stored import Manner, Stack, WorkbookParts
from komet_import.sheets.files.xlsx.texts import clean
from komet_import.sheets.files.xlsx.xml import damaged, decoded, is_true
from komet_import.sheets.worksheet import STRIKE, Held

_MOST_REMEMBERED = 20_000
_BLANK = ("", 0)
_TEXTS = ("s", "str", "inlineStr")
_TAG = re.compile(r"<[^>]*>")

_NOTE_OF = {
    Shape.PERCENT: "percentages",
    Shape.CURRENCY: "currencies",
    Shape.LITERAL: "formatted-numbers",
}


class CellValues:
    """The meaning of one worksheet's cells."""

    def __init__(self, workbook: WorkbookParts, notes: CellNotes) -> None:
        self._workbook = workbook
        self._notes = notes
        self._remembered: dict[tuple[str, str], tuple[str, int]] = {}
        shown = {one.currency for one in workbook.formats if one.currency and workbook.currency}
        self._foreign = {word for word in shown if workbook.currency not in currencies.meant(word)}
        self._struck_styles = {str(style) for style, one in enumerate(workbook.formats) if one.struck}
        self._plain_styles = {
            str(style): one.decimals
            for style, one in enumerate(workbook.formats)
            if one.shape is Shape.PLAIN
            and not one.zeros
            and not one.veiling
            and one.currency not in self._foreign
        }
        for style in self._struck_styles:
            self._plain_styles.pop(style, None)
        if not workbook.formats:
            self._plain_styles[""] = None
        elif "0" in self._plain_styles:
            self._plain_styles[""] = self._plain_styles["0"]
        self._veiling_texts = {str(style) for style, one in enumerate(workbook.formats) if one.veils_texts}
        if "0" in self._veiling_texts:
            self._veiling_texts.add("")
        if "0" in self._struck_styles:
            self._struck_styles.add("")

    # One cell ------------------------------------------------------------------------------------

    def text(
        self, letters: str, row: int, style: str, kind: str, formula: str, value: str, inline: str
    ) -> tuple[str, int]:
        """The text of a cell and what it held. Raises SheetRefusal where it contradicts the workbook."""
        text, held = self._text(letters, row, style, kind, formula, value, inline)
        if text and style in self._struck_styles and STRIKE not in text:
            self._notes.strike(letters, row)
        if text and style in self._veiling_texts and kind in _TEXTS:
            held = Held.VEILED
        return text, held

    def is_struck(self, style: str) -> bool:
        """Whether a style is struck through."""
        return style in self._struck_styles

    def _text(
        self, letters: str, row: int, style: str, kind: str, formula: str, value: str, inline: str
    ) -> tuple[str, int]:
        if formula:
            self._notes.note("formulas", letters, row)
        if kind == "s":
            return self._shared_text(letters, row, style, value), 0
        if kind in ("", "n"):
            if value and not (formula and is_uncalculated(formula[1:], value)):
                if style in self._plain_styles and is_plain_number(value):
                    self._notes.note_rounded(letters, row, value, self._plain_styles[style])
                    return value, 1
                return self._remembered.get((style, value)) or self._number(letters, row, style, value)
            if formula:
                self._notes.note("uncalculated-formulas", letters, row)
                return "=" + clean(formula[1:])[0], Held.UNCALCULATED
            return self._plain_text(inline, letters, row)
        if kind == "inlineStr":
            return self._plain_text(inline or value, letters, row)
        if kind == "str":
            return self._plain_text(value or inline, letters, row)
        if kind == "b":
            return ("TRUE" if is_true(value) else "FALSE") if value else "", Held.BOOLEAN
        if kind == "e":
            self._notes.note("error-cells", letters, row)
            return clean(value)[0] or "#VALUE!", Held.ERROR
        if kind == "d":
            return iso_date_text(value) if value else ("", 0)
        raise damaged(
            _("cell {letters}{row} is of the unknown type {kind!r}", letters=letters, row=row, kind=kind[:20])
        )

    def _shared_text(self, letters: str, row: int, style: str, value: str) -> str:
        if not value:
            return ""
        shared = self._workbook.shared
        try:
            index = int(value)
            text = shared.texts[index] if index >= 0 else None
        except (IndexError, ValueError):
            text = None
        if text is None:
            raise damaged(
                _("cell {letters}{row} points to a text that is not there", letters=letters, row=row)
            )
        if shared.dirty and index in shared.dirty:
            self._notes.note("control-characters", letters, row)
        if index in shared.struck:
            self._notes.strike(letters, row)
        return shared.in_struck.get(index, text) if style in self._struck_styles else text

    def _plain_text(self, raw: str, letters: str, row: int) -> tuple[str, int]:
        text, dirty = clean(raw)
        if dirty:
            self._notes.note("control-characters", letters, row)
        return text, 0

    def _number(self, letters: str, row: int, style: str, value: str) -> tuple[str, int]:
        """A stored number as text."""
        shown = self._format(style)
        if shown.shape is Shape.DATE or shown.shape is Shape.TIME:
            date = self._date(style, value, shown.shape)
            if date[1] is Held.NUMBER:
                self._notes.note("impossible-dates", letters, row)
            return date
        text = number_text(value, shown.zeros)
        if text is None:
            text, dirty = clean(value.strip())
            self._notes.note("control-characters" if dirty else "unreadable-numbers", letters, row)
            return text, Held.TEXT
        if len(value) > 15 and digits_lost(value):
            self._notes.note("digits-lost", letters, row)
        if shown.veiling and is_veiled(shown.veiling, Decimal(text)):
            return text, Held.VEILED
        if shown.code and (code := coded(shown.code, text)) is not None:
            return code, Held.TEXT
        if shown.shape is not Shape.PLAIN:
            self._notes.note(_NOTE_OF[shown.shape], letters, row)
        if shown.shape is Shape.PERCENT:
            return f"{percent_text(text)}%", Held.TEXT
        if word := shown.sides[text.startswith("-")]:
            own = shown.sides[0] != shown.sides[1]  # the negative numbers have a section of their own
            return f"{text.lstrip('-') if own else text} {word}", Held.TEXT
        self._notes.note_rounded(letters, row, text, shown.decimals)
        if shown.currency in self._foreign:
            self._notes.note_currency(shown.currency, letters, row)
        return text, Held.NUMBER

    def _note_all_rounded(
        self, letters: str, rows: Sequence[int], texts: list[str], decimals: str, alone: Iterable[int]
    ) -> None:
        """The same for numbers below one another, but for those that are read alone."""
        if decimals and re.search(rf"\.[0-9]{{{int(decimals) + 1}}}", "\n".join(texts)):
            for place in set(range(len(texts))).difference(alone):
                self._notes.note_rounded(letters, rows[place], texts[place], int(decimals))

    def _format(self, style: str) -> Format:
        formats = self._workbook.formats
        place = int(style) if style else 0
        return formats[place] if place < len(formats) else Format(Shape.PLAIN)

    def _date(self, style: str, value: str, kind: Shape) -> tuple[str, int]:
        """A stored date as text; it is remembered, because dates come again."""
        found = date_text(value, kind, from_1904=self._workbook.from_1904)
        if found[1] is not Held.NUMBER and len(self._remembered) < _MOST_REMEMBERED:
            self._remembered[style, value] = found
        return found

    # Many cells of a column ----------------------------------------------------------------------

    def texts(self, letters: str, rows: Sequence[int], stack: Stack) -> tuple[list[str], bytes]:
        """The texts of cells below one another ("" where there is none) and what each held.

        Raises SheetRefusal as `text` does.
        """
        texts, held, alone = self._together(letters, rows, stack)
        if stack.formulas is not None:
            named = [place for place, formula in enumerate(stack.formulas) if formula]
            alone = sorted({*alone, *(place for place in named if no_result(stack.values[place]))})
            for place in set(named).difference(alone):
                self._notes.note("formulas", letters, rows[place])
        for place in alone:
            how, value = stack.hows[place], stack.values[place]
            formula = stack.formulas[place] if stack.formulas is not None else None
            if how is None or not (value or formula):
                continue
            manner = stack.manners[how]
            whole = "\0" + decoded(_TAG.sub("", formula)) if formula else ""
            value, inline = decoded(value or ""), ""
            if manner.inline:
                value, inline = "", value
            text, what = self.text(letters, rows[place], manner.style, manner.kind, whole, value, inline)
            texts[place], held[place] = text, what if text else 0
        return texts, bytes(held)

    def _together(
        self, letters: str, rows: Sequence[int], stack: Stack
    ) -> tuple[list[str], bytearray, Iterable[int]]:
        """The texts that can be read at once, what each held, and the places that must be read alone."""
        values = stack.values
        count = len(values)
        kinds = {self._simple_kind(stack.manners[how]) for how in set(stack.hows) if how is not None}
        kind, style = kinds.pop() if len(kinds) == 1 else ("", "")
        if kind == "number":
            texts = [value or "" for value in values]
            plain = are_plain_numbers(texts)
            alone = () if plain else rewritten(texts)
            self._note_all_rounded(letters, rows, texts, style, alone)
            return texts, bytearray(map(bool, texts)), alone
        if kind == "styled":
            shape = self._format(style).shape
            if shape not in (Shape.DATE, Shape.TIME) or "&" in "".join(filter(None, values)):
                return [""] * count, bytearray(count), range(count)
            known = self._remembered.get
            pairs = [
                (known((style, value)) or self._date(style, value, shape)) if value else _BLANK
                for value in values
            ]
            alone = [i for i, pair in enumerate(pairs) if pair[1] == Held.NUMBER]
            return [text for text, _ in pairs], bytearray(held for _, held in pairs), alone
        found = None
        if kind == "shared":
            found = self._shared_texts(values)
        elif kind == "text":
            found = plain_texts(values)
        return (found or [""] * count), bytearray(count), (range(count) if found is None else ())

    def _simple_kind(self, manner: Manner) -> tuple[str, str]:
        """What cells written so have in common, and the style where it matters; blank if too little."""
        kind = manner.kind
        if manner.style in self._struck_styles or manner.style in self._veiling_texts:
            return "", ""
        if manner.inline:
            return ("text" if kind == "inlineStr" else "", "")
        if kind in ("", "n"):
            if manner.style not in self._plain_styles:
                return "styled", manner.style
            decimals = self._plain_styles[manner.style]
            return "number", "" if decimals is None else str(decimals)
        return {"s": "shared", "str": "text"}.get(kind, ""), ""

    def _shared_texts(self, values: Sequence[str | None]) -> list[str] | None:
        shared = self._workbook.shared
        try:
            indices = [int(value) for value in values if value]
        except ValueError:
            return None
        if indices and (min(indices) < 0 or max(indices) >= len(shared.texts)):
            return None
        if not (shared.dirty.isdisjoint(indices) and shared.struck.isdisjoint(indices)):
            return None
        texts = shared.texts
        if len(indices) == len(values):
            return [texts[index] for index in indices]
        return [texts[int(value)] if value else "" for value in values]
