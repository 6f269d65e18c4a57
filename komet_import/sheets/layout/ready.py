"""What the server of children imports, so that no child need do it: the layout, and the types' words."""

from komet_import import types
from komet_import.sheets.layout import header_row
from komet_import.sheets.layout.claims import vocabulary

__all__ = ["header_row"]

for _type in types.ALL.values():
    vocabulary(_type)
