"""A part of a zip, unpacked piece by piece. Runs in the disposable child process only."""

import zipfile
from collections.abc import Iterator

from komet_import.language import _
from komet_import.refusal import SheetRefusal


def unpacked(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, size: int) -> Iterator[bytes]:
    """The bytes of a part, `size` at once. Raises SheetRefusal where the zip is damaged."""
    try:
        with archive.open(entry) as stream:
            while block := stream.read(size):
                yield block
    except SheetRefusal:
        raise
    except Exception as error:  # BadZipFile, zlib.error, EOFError, struct.error, ValueError, …
        raise SheetRefusal(
            "damaged-zip",
            _(
                "The workbook is damaged: its part {part} cannot be unpacked. Download or copy it again, "
                "or open it in Excel and save it anew.",
                part=entry.filename[:80],
            ),
        ) from error
