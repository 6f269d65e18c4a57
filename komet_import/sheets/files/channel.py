"""Two byte strings over a socket, each way: a job and its workbook, an outcome and its sheet."""

import socket
import struct

_LENGTHS = struct.Struct("<QQ")


def send(channel: socket.socket, first: bytes, second: bytes) -> None:
    """Send two byte strings."""
    channel.sendall(_LENGTHS.pack(len(first), len(second)))
    channel.sendall(first)
    channel.sendall(second)


def receive(channel: socket.socket) -> tuple[bytes, bytes] | None:
    """The two byte strings that `send` sent; None where the other side ended first."""
    lengths = _exactly(channel, _LENGTHS.size)
    if lengths is None:
        return None
    one, two = _LENGTHS.unpack(lengths)
    first = _exactly(channel, one)
    second = _exactly(channel, two) if first is not None else None
    return None if first is None or second is None else (first, second)


def _exactly(channel: socket.socket, length: int) -> bytes | None:
    """That many bytes; None where the other side ended first."""
    buffer = bytearray(length)
    view = memoryview(buffer)
    got = 0
    while got < length:
        count = channel.recv_into(view[got:], min(length - got, 1 << 20))
        if count == 0:
            return None
        got += count
    view.release()
    return bytes(buffer)
