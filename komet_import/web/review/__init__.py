"""The parts of the Review page: a look at a draft, the grid, problems, bulk edits, the one button."""
