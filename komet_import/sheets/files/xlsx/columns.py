"""One column of a sheet while it is read: its texts, and beside them what they held."""

import numpy as np
import numpy.typing as npt
import pyarrow as pa


class ColumnTexts:
    """The texts of a column by the place of their row, and beside them what they held.

    What is complete is packed away in pieces: a text in an Arrow array needs a tenth of what it needs as an
    object of Python.
    """

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.held = bytearray()
        self.packed = 0  # how many places are packed away
        self._pieces: list[pa.Array] = []

    def put(self, place: int, text: str, held: int) -> bool:
        """Put a text into its place; False where another one is there already."""
        if place < self.packed:
            self.texts = [text for piece in self._pieces for text in piece.to_pylist()] + self.texts
            self.packed, self._pieces = 0, []
        here = place - self.packed
        if here == len(self.texts):
            self.texts.append(text)
            self.held.append(held)
            return True
        self.fill(place + 1)
        if self.texts[here]:
            return False
        self.texts[here] = text
        self.held[place] = held
        return True

    def text_at(self, place: int) -> str:
        """The text in a place, blank where there is none."""
        if place >= self.packed:
            here = place - self.packed
            return self.texts[here] if here < len(self.texts) else ""
        for piece in self._pieces:
            if place < len(piece):
                return str(piece[place].as_py())
            place -= len(piece)
        return ""

    def fill(self, length: int) -> None:
        """Make the column that long, with blanks."""
        missing = length - self.packed - len(self.texts)
        if missing > 0:
            self.texts.extend([""] * missing)
            self.held.extend(bytes(missing))

    def pack(self, length: int) -> None:
        """Pack away that many places."""
        self.fill(length)
        self._pieces.append(pa.array(self.texts, pa.large_string()))
        self.texts = []
        self.packed = length

    def extend(self, place: int, texts: list[str], held: bytes) -> None:
        """Put texts into places that follow one another, none of which holds a text yet."""
        self.fill(place)
        self.texts.extend(texts)
        self.held.extend(held)

    def arrays(self, length: int, order: npt.NDArray[np.int64] | None) -> tuple[pa.ChunkedArray, pa.Array]:
        """All texts and what they held, in that order of places (None: as they are)."""
        self.pack(length)
        texts, held = pa.chunked_array(self._pieces), pa.array(np.frombuffer(self.held, dtype=np.uint8))
        return (texts, held) if order is None else (texts.take(order), held.take(order))
