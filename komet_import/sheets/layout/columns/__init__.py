"""Which columns below a header mean what to an import type.

A heading that says a column's name is sure, and so is one that is called so in another language. One that
merely resembles it (`Amt`, `Custmer Code`) or may say something else is doubtful: a question for the person,
never a silent match. Two columns of equal right are a question as well; what is left of an amount contests
what the amount once was. Values speak beside headings: a column of known codes is the customer's whatever it
is called, and a column that has no value is nobody's rival.

`table` is what is matched, `match` what comes of it. On the way the columns are `taken`, step by step: by
their headings as the values below bear them out (`by_heading`, `weights`), by the values alone
(`by_values`), and without what merely adds up its neighbors (`running_balances`).
"""
