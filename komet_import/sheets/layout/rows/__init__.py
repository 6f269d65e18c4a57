"""Which rows are data, whose they are, and what the other ones say: sums, tables, notes, marks."""
