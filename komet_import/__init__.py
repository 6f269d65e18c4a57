"""Komet Import: bring open credits from Excel into the ledger — exact, fast, obvious, reversible.

The rooms of the house; each imports from those above it in this list, and from none below:

    types       what can be imported, as data
    sheets      Excel in and out
    review      judgement: draft, edits, rules, issues, suggestions
    ledger      what is kept: database, posting, reversal
    access      who may
    outbox      what leaves
    services    the front door: open, edit, post, reverse
    web, cli    the screens and the server around them; a terminal at the same front door

`settings`, `currencies`, `refusal`, `clock`, `row_numbers`, `accents`, `memory` and `language` lie beside
them and know none of them; `demo` fills an empty database with a company to try the app with.
"""

import gc

# So many new objects that stay make the collector look at the new ones. With Python's own figure, 700, to
# look at what is loaded takes a fifth of a start, and to look at a sheet's cells a twentieth of a posting.
gc.set_threshold(10_000, *gc.get_threshold()[1:])
