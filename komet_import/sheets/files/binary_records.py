"""The records of which the parts of a binary workbook are made (MS-XLSB), and the values in them.

What contradicts itself raises ValueError, IndexError or struct.error.
"""

import struct
from collections.abc import Iterator

Record = tuple[int, bytes]
"""Its kind and its bytes."""


def records(content: bytes) -> Iterator[Record]:
    """The records of a part."""
    place, end = 0, len(content)
    while place < end:
        kind = content[place]
        place += 1
        if kind & 0x80:
            kind = (kind & 0x7F) | (content[place] & 0x7F) << 7
            place += 1
        length = shift = 0
        for _byte in range(4):
            byte = content[place]
            place += 1
            length |= (byte & 0x7F) << shift
            shift += 7
            if not byte & 0x80:
                break
        if place + length > end:
            raise ValueError("a record that goes beyond its part")
        yield kind, content[place : place + length]
        place += length


def number_at(data: bytes, place: int) -> int:
    """A whole number in four bytes."""
    return int(struct.unpack_from("<I", data, place)[0])


def short_at(data: bytes, place: int) -> int:
    """A whole number in two bytes."""
    return int(struct.unpack_from("<H", data, place)[0])


def wide_at(data: bytes, place: int) -> tuple[str, int]:
    """A text with its length in front, and where it ends; blank where it is null."""
    length = number_at(data, place)
    if length == 0xFFFFFFFF:
        return "", place + 4
    end = place + 4 + 2 * length
    if end > len(data):
        raise ValueError("a text that goes beyond its record")
    return data[place + 4 : end].decode("utf-16-le", "surrogatepass"), end
