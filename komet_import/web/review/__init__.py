"""The parts of the Review page: a look, the grid, problems, bulk edits, the button and its click."""
