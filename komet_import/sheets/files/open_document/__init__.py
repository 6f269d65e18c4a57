"""OpenDocument spreadsheets (.ods), as LibreOffice and others write them.

Read by expat, like a workbook of Excel: python-calamine gives the values only, not which cells are errors,
which currency or how many decimals are shown, what is hidden or struck through. (A test holds both against
each other.) What a number's format does is told by what the file says is shown. Runs in the disposable child
process only.
"""
