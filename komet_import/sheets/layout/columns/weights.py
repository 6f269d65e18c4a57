"""What a heading claims, weighed by the values below it."""

from dataclasses import dataclass, replace

from komet_import.language import phrase
from komet_import.sheets.layout.columns.claims import HeadingClaim, Level, Vocabulary, heading_names
from komet_import.sheets.layout.columns.table import Table
from komet_import.sheets.layout.modifiers import modifier_search
from komet_import.sheets.layout.values.contents import Contents
from komet_import.types import ImportType, Meaning
from komet_import.types.schema import Column

_LIKE_NAMES = phrase("values look like names, not codes")


@dataclass(frozen=True, kw_only=True)
class Weighing:
    """How headings are weighed: a type's words for its columns, over one table."""

    table: Table
    type: ImportType
    words: Vocabulary
    needed: tuple[str, ...]

    def claims(self, letter: str) -> list[HeadingClaim]:
        """What a heading claims, weighed by the values below it."""
        said = self.words.said(self.table.headers[letter], self.table.currency)
        contents = self.table.contents[letter]
        possible = [c for c in said if not contents.contradict(self._column(c))]
        if not possible:  # a vague word over texts is no amount
            possible = [c for c in said if not (c.meaning.is_money and c.level is Level.VAGUE)]
        chosen = [self._by_values_below(claim, contents) for claim in possible]
        if any(claim.level <= Level.VAGUE for claim in chosen) and self._is_mark(letter):
            chosen = [claim for claim in chosen if claim.level > Level.VAGUE]
        optional = [c for c in chosen if c.name not in self.needed and c.level <= Level.VAGUE]
        return [claim for claim in chosen if not (contents.blank and claim in optional)]

    def _is_mark(self, letter: str) -> bool:
        values = self.table.contents[letter].values
        return modifier_search.is_mark(self.table.headers[letter], values, self.type, self.table.currency)

    def _by_values_below(self, claim: HeadingClaim, contents: Contents) -> HeadingClaim:
        """A bare word is sure where the type itself declares it, or the values prove it."""
        if not claim.home and claim.level > Level.VAGUE:
            return replace(claim, level=Level.VAGUE, why=heading_names(claim.currency))
        if claim.level is not Level.PLAIN:
            return claim
        column = self._column(claim)
        if claim.meaning is Meaning.RECORD and not contents.agree(column) and not contents.blank:
            # A named customer is no code: it would be added under its name.
            return replace(claim, level=Level.VAGUE, why=_LIKE_NAMES)
        if claim.declared or contents.blank or contents.agree(column):
            return claim
        return replace(claim, level=Level.VAGUE)

    def _column(self, claim: HeadingClaim) -> Column:
        return self.type.columns_by_name[claim.name]
