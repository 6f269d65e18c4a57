"""`read` and `template`: what the reader sees, and the sample to fill in."""

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from komet_import import services
from komet_import.cli.words import FINE, print_json
from komet_import.ledger import database
from komet_import.refusal import Refusal, why
from komet_import.settings import settings
from komet_import.sheets.files import reader
from komet_import.sheets.files.book import TextOptions
from komet_import.sheets.files.kinds import DELIMITER_NAMES
from komet_import.types import ALL


def add_reading_commands(commands: Any) -> None:
    """What the reader sees of a file, and samples."""
    read = commands.add_parser("read", help="show what the reader sees, before any import type")
    read.add_argument("file", type=Path, metavar="FILE")
    read.add_argument("--sheet", metavar="NAME")
    add_text_options(read)
    read.add_argument("--cells", action="store_true", help="add every cell's text")
    read.add_argument("--json", action="store_true", help="print one JSON object")
    read.set_defaults(run=_read)
    template = commands.add_parser("template", help="write the sample workbook of a type")
    template.add_argument("type", choices=list(ALL))
    template.add_argument("-o", "--output", type=Path, required=True, metavar="FILE.xlsx")
    template.add_argument("--with-existing", action="store_true", help="customers: with existing records")
    template.set_defaults(run=_template)


def _read(chosen: argparse.Namespace) -> int:
    seen, worksheet = reader.inspect(
        content_of(chosen.file), chosen.file.name, sheet=chosen.sheet, text=text_options(chosen)
    )
    cells = reader.values(worksheet) if chosen.cells else iter(())
    if chosen.json:
        _print_seen(seen, cells if chosen.cells else None)
        return FINE
    for sheet in seen["sheets"]:
        hidden = "" if sheet["visible"] else " (hidden)"
        print(f"sheet “{sheet['name']}”{hidden}: {sheet['rows']:,} rows, {sheet['cells']:,} cells")
    print(f"read “{seen['sheet']}”, rows {seen['first_row']} to {seen['last_row']}")
    for note in seen["notes"]:
        print(f"{note['code']}: {note['count']:,} ({', '.join(note['where'])})")
    for cell, text, _ in cells:
        print(f"{cell}: {text}")
    return FINE


def _print_seen(seen: dict[str, Any], cells: Iterator[tuple[str, str, bool]] | None) -> None:
    """One JSON object, its cells printed as they come: there may be millions."""
    if cells is None:
        print_json(seen)
        return
    quoted = json.encoder.encode_basestring_ascii  # much faster than `dumps`, a text at a time
    write = sys.stdout.write
    write(json.dumps(seen)[:-1] + ', "values": {')
    between = ""
    for cell, text, typed in cells:
        write(f'{between}"{cell}": {{"text": {quoted(text)}, "typed": {"true" if typed else "false"}}}')
        between = ", "
    write("}}\n")


def _template(chosen: argparse.Namespace) -> int:
    database.require_current()
    content = services.sample(services.TERMINAL, ALL[chosen.type], with_existing=chosen.with_existing)
    try:
        chosen.output.write_bytes(content)
    except (OSError, ValueError) as wrong:
        raise Refusal("cannot-write", f"{chosen.output} cannot be written: {why(wrong)}.") from None
    print(f"Wrote {chosen.output}")
    return FINE


def add_text_options(command: argparse.ArgumentParser) -> None:
    """How a text file (.csv, .tsv, .txt) is to be read, where that is found out wrongly."""
    command.add_argument("--encoding", metavar="NAME", help="of a text file, such as utf-8 or cp1252")
    command.add_argument(
        "--delimiter",
        metavar="MARK",
        help=f"of a text file: {', '.join(DELIMITER_NAMES)}, or the mark itself",
    )


def text_options(chosen: argparse.Namespace) -> TextOptions:
    """How a text file is to be read, as the options of `add_text_options` say."""
    return TextOptions(encoding=chosen.encoding, delimiter=chosen.delimiter)


def content_of(file: Path) -> bytes:
    """The bytes of a file. Raises Refusal `too-large`, `cannot-read`."""
    most = settings().max_upload_mb
    try:
        with file.open("rb") as opened:
            content = opened.read((most << 20) + 1)  # a device or a pipe does not say how much there is
    except (OSError, ValueError) as wrong:
        raise Refusal("cannot-read", f"{file} cannot be read: {why(wrong)}.") from None
    if len(content) > most << 20:
        raise Refusal("too-large", f"{file.name} is larger than {most} MB; split the sheet.")
    return content
