"""Excel in and out, in three rooms.

`files`       bytes → `Worksheet`: the guard, the child process, the readers of each kind of file
`layout`      `Worksheet` → `Sheet`: the header row, its columns, what is no data, amounts and days
`workbooks`   what we write: the sample, the rejected rows

What they share lies here: the worksheet as text (`worksheet`), and the keys by which rejected rows are known
again (`row_keys`).
"""
