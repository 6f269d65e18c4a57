"""The comments of a worksheet's cells, as a part of a workbook holds them: plain ones, and threads of them.

Excel writes a thread a second time as a plain comment that explains what a thread is; its author is the
thread's number. Runs in the disposable child process only.
"""

from collections.abc import Iterator

from komet_import.sheets.files.xlsx.xml import Attributes, each_element, feed, new_parser, whole

KINDS = ("comments", "threadedComment")
"""The kinds of relations that lead to such parts."""
THREAD = "tc="
"""How the author of a plain comment begins that explains a thread."""


def read_comments(blocks: Iterator[bytes], part: str) -> list[tuple[str, str, str]]:
    """The cell, author and text of each comment of a part. Raises SheetRefusal where it is damaged."""
    found: list[tuple[str, str, str]] = []
    authors: list[str] = []
    pieces: list[str] = []
    reference, author = "", ""

    def start(element: str, attributes: Attributes) -> None:
        nonlocal reference, author
        name = element.rpartition("}")[2]
        if name in ("comment", "threadedComment"):
            number = whole(attributes.get("authorId"), len(authors))
            reference = attributes.get("ref", "")
            author = authors[number] if number < len(authors) else ""
            pieces.clear()
        elif name in ("author", "t", "text"):
            if name == "author":
                pieces.clear()
            parser.CharacterDataHandler = pieces.append

    def end(element: str) -> None:
        name = element.rpartition("}")[2]
        if name in ("author", "t", "text"):
            parser.CharacterDataHandler = None
        if name == "author":
            authors.append("".join(pieces).strip())
        elif name in ("comment", "threadedComment") and not author.startswith(THREAD):
            found.append((reference, author, "".join(pieces)))

    parser = new_parser()
    each_element(parser, start, end)
    feed(parser, blocks, part)
    return found
