"""Excel in and out: bytes to a `Sheet` of text, and workbooks to download.

`guard` looks at the bytes before anything parses them; `reader` parses them in a disposable child
process; `headers` finds the header row and matches it to an import type; `values` reads amounts and
dates from text; `template` and `rejected` write workbooks. Nothing here knows the database.
"""
