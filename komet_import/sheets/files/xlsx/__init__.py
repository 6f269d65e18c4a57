"""Our reader of .xlsx files, which runs in the disposable child process only.

Why our own. A cell that is read wrongly is money: python-calamine, the fastest reader that there is, turns
`#N/A` into an empty cell and knows no number formats (a code shown as 00042 is 42 to it), reads a UTF-16
sheet as empty, and a cell at XFD1048576 in a file of 3 KB ends the process. openpyxl keeps all that, but
needs more than four times as long (`make bench`), loops for minutes on a row number of two thousand
million, and loses one of two rows with the same number. Here expat
checks every byte of XML, and what is written as plainly as spreadsheet programs write it is taken by
expressions, column by column (`swift`); all else goes element by element (`careful`). Both ways give the
same, which the tests compare.
"""
