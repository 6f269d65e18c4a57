"""Understanding a worksheet: the header row, what its columns mean, which rows are data, how values read.

Pure functions; nothing here is ever guessed: what has more than one reading is a question for a person.
"""
