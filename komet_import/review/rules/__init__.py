"""The rules by which a sheet is judged: of cells, of rows, of the whole sheet."""
