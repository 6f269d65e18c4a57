"""What the server of children imports, so that no child need do it: the layout, the types' words, those of
refusals, and what reading a sheet makes once."""

import clevercsv

from komet_import import types
from komet_import.language.catalogues import catalogue
from komet_import.language.current import Language
from komet_import.sheets.layout.columns.claims import vocabulary
from komet_import.sheets.layout.header import header_row
from komet_import.sheets.layout.rehearsal import rehearse

__all__ = ["clevercsv", "header_row"]

for _language in Language:
    catalogue(_language)
for _type in types.ALL.values():
    vocabulary(_type)
    rehearse(_type)
