"""Our reader of .xlsx files, which runs in the disposable child process only.

Why our own, as neither of the others will do. A cell that is read wrongly is money: python-calamine, the
fastest reader that there is, turns `#N/A` into an empty cell and knows no number formats (a code shown as
00042 is 42 to it, 12% is 0.12 and €5 is 5), no fonts (100 struck through before 450 is 100450) and no hidden
rows, reads a UTF-16 sheet as empty, and a cell at XFD1048576 in a file of 3 KB ends the process. openpyxl
keeps all that, but needs more than four times as long (`make bench`), loops for minutes on a row number of
two thousand million, loses one of two rows with the same number, and opens a Strict workbook without its
sheets. A test holds the three against each other: what differs in a value is one of a few known things, each
with a name.

Here expat checks every byte of XML, and what is written as plainly as spreadsheet programs write it is taken
by expressions, column by column (`swift`); all else goes element by element (`careful`). Both ways give the
same, which the tests compare.
"""
