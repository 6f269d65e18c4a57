"""Komet Import: bring open credits from Excel into the ledger — exact, fast, obvious, reversible.

The rooms of the house; imports run one way, from the top of this list to its end:

    types       what can be imported, as data
    sheets      Excel in and out
    review      judgement: draft, edits, rules, issues, suggestions
    ledger      what is kept: database, posting, reversal
    access      who may
    outbox      what leaves
    services    the front door: open, edit, post, reverse
    web, cli    the screens' shared parts, and the same front door for a terminal

`settings`, `currencies`, `refusal`, `clock`, `row_numbers`, `memory` and `language` lie beside them and
know none of them.
"""
