"""The comments of a sheet's cells: the document calls them annotations, and keeps each within its cell."""

import re
from collections.abc import Callable

_TEXT, _AUTHOR = "text:p", "dc:creator"
_NAME = re.compile(r"[^\W\d_][\w.'-]*(?: [\w.'-]+){0,3}:").fullmatch
"""How Excel begins a comment: with a line that says who wrote it. LibreOffice keeps that line alone."""


class Annotation:
    """A comment while it is read. It may hold lists and spans, of which the paragraphs are its text."""

    def __init__(self, reference: str, kept: Callable[[tuple[str, str, str]], object]) -> None:
        self._reference, self._kept = reference, kept
        self._paragraphs: list[str] = []
        self._author = ""
        self._inside = ""

    def start(self, element: str) -> None:
        """An element within it begins."""
        if element in (_TEXT, _AUTHOR):
            self._inside = element
            if element == _TEXT:
                self._paragraphs.append("")
        elif element == "text:s":
            self.characters(" ")

    def characters(self, text: str) -> None:
        """Text within it."""
        if self._inside == _TEXT:
            self._paragraphs[-1] += text
        elif self._inside == _AUTHOR:
            self._author += text

    def end(self, element: str) -> None:
        """An element within it ends, or the comment itself."""
        if element == self._inside:
            self._inside = ""
        elif element == "office:annotation":
            author, said = self._author.strip(), self._paragraphs
            if not author and len(said) > 1 and _NAME(said[0].strip()):
                author = said[0].strip().removesuffix(":")
            self._kept((self._reference, author, "\n".join(said)))
