"""The program's standard output: what cannot be written there stops no command.

A command has done its work when it says so, and an import that is posted must not end as one that was refused
because a disk is full, or because the one who read along has left. So a write that fails is noted, the rest
goes nowhere, and the end of the program tells it.
"""

import io
import sys


class Output(io.FileIO):
    """The file behind standard output, which takes everything; `wrong` is why it could write no more."""

    wrong: OSError | None = None

    def write(self, given: object) -> int:
        """Write what can be written; returns how many bytes of it are done with."""
        data = memoryview(given)  # type: ignore[arg-type]
        if self.wrong is None:
            try:
                return super().write(data)
            except OSError as wrong:
                self.wrong = wrong
        return data.nbytes


def take_output() -> Output | None:
    """Make this standard output, and what a terminal cannot show no failure; None where it is none of ours
    (closed, or a test's)."""
    former = sys.stdout
    if not isinstance(former, io.TextIOWrapper):
        return None
    output = Output(former.fileno(), "w", closefd=False)
    sys.stdout = io.TextIOWrapper(
        io.BufferedWriter(output),
        encoding=former.encoding,
        errors="backslashreplace",
        line_buffering=former.line_buffering,
    )
    return output


def lost(output: Output | None) -> str | None:
    """Write what is still to be written; what to say where not everything could be, but to a reader who has
    left of their own accord: there is nobody to tell."""
    if output is None:
        return None
    sys.stdout.flush()
    if output.wrong is None or isinstance(output.wrong, BrokenPipeError):
        return None
    return (
        f"The answer could not be written whole: {output.wrong.strerror}. "
        "What was asked for is done, unless the line above says otherwise."
    )
