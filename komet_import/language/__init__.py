"""The languages that people are told things in: English, which stands in the code, and Spanish beside it.

A text for people is written in English where it is made, and told in the language of the one who reads:

    _("{count:,} rows were read", count=rows)            a text, with its places by name
    ngettext("{count} row", "{count} rows", rows)        one or several; `count` is given by itself
    phrase("{years} years ago", years=3)                 a fact that is told later, to each in theirs
    TITLE = marked("Audit trail") … _(TITLE)             a constant: marked here, told when it is shown

The frame of a terminal (usage, headings, what it alone says), logs and the audit trail are English for all:
scripts and administrators read them. What a terminal shares with screens it tells in the language of LANG,
but as JSON in English.

`speaking` holds whose language it is, `catalogues` what its texts are called (`es.po`). This is ground:
everybody may stand on it. Nothing is told while rows are judged: an issue is data until somebody sees it.
"""

from komet_import.language.texts import Phrase, _, marked, marked_pair, ngettext, nphrase, phrase

__all__ = ["Phrase", "_", "marked", "marked_pair", "ngettext", "nphrase", "phrase"]
