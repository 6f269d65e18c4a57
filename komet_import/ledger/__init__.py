"""What is kept: the database, its tables, and the few functions that write money.

`database` opens the connection and migrates; `models` are the tables; `posting` and `reversal` write
adjustments inside a transaction of the caller's, `transition` sees that only one does, `receipt` says what
was done; `locations` keeps the company's places; `reference`, `balances` and `statement` read,
`open_sums` adds up.
"""
