"""What is struck through: rows as a whole, and cells that say so in their texts because their row is not."""

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from komet_import.sheets.worksheet import Held, struck_through


def strike(
    numbers: npt.NDArray[np.int32],
    texts: dict[str, pa.ChunkedArray],
    held: dict[str, pa.Array],
    cells: Iterable[tuple[int, str]],
) -> list[int]:
    """The rows all of whose filled cells are among these struck ones (row and column letters).

    The struck cells of other rows, which are ascending, get texts that say it, in place.
    """
    columns: dict[str, list[int]] = {}
    for row, letters in cells:
        columns.setdefault(letters, []).append(row)
    if not columns:
        return []
    places = {letters: np.searchsorted(numbers, np.array(rows)) for letters, rows in columns.items()}
    filled = np.zeros(len(numbers), dtype=np.int32)
    struck = np.zeros(len(numbers), dtype=np.int32)
    for letters, column in texts.items():
        filled += pc.not_equal(column, "").to_numpy()
        if letters in places:
            struck[places[letters]] += 1
    whole = (struck > 0) & (struck == filled)
    for letters, found in places.items():
        some = np.sort(found[~whole[found]])
        if len(some):
            texts[letters], held[letters] = _said(texts[letters], held[letters], some)
    return [int(number) for number in numbers[whole]]


def _said(
    texts: pa.ChunkedArray, held: pa.Array, places: npt.NDArray[np.intp]
) -> tuple[pa.ChunkedArray, pa.Array]:
    """The texts of a column, those in these places struck through."""
    mask = np.zeros(len(texts), dtype=np.bool_)
    mask[places] = True
    said = [struck_through(text) for text in texts.take(pa.array(places)).to_pylist()]
    changed = pc.replace_with_mask(texts.combine_chunks(), pa.array(mask), pa.array(said, pa.large_string()))
    what = held.to_numpy(zero_copy_only=False).copy()
    what[mask] = Held.TEXT
    return pa.chunked_array([changed]), pa.array(what)
