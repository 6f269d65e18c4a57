"""JUDGEMENT: what a draft holds, what is wrong with it, and what would fix it. Nothing here knows a database.

`draft`, `edits`          the sheet as it came, and a person's edits replayed over it
`rows_aside`              rows that are not to be imported because of what they are
`judgement`, `rules`      what the cells mean, and what is wrong with cells, rows and the sheet
`reference`, `sameness`   what a sheet is judged against; when two rows are the same
`catalogue`, `issues`     the kinds of issues: codes, titles, messages; and the issues of a draft
`questions`               where a text has two readings, a person says which
`fixes`, `suggestions`    many cells at once; what was probably meant
`figures`, `window`       rows and money by state; what of a draft is looked at
"""
