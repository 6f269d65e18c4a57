"""`python -m komet_import …`"""

import os
import signal
import sys
from types import FrameType


def _interrupted_early(_signal: int, _frame: FrameType | None) -> None:
    """Nothing was begun yet. What is just being loaded can neither hold this up nor make it a traceback."""
    os.write(2, b"Interrupted; nothing was done.\n")
    os._exit(2)


def _run() -> int:
    listens = signal.getsignal(signal.SIGINT) is signal.default_int_handler  # not where it is to be ignored
    if listens:
        signal.signal(signal.SIGINT, _interrupted_early)
    from komet_import.cli.commands import main
    from komet_import.cli.output import lost, take_output
    from komet_import.cli.words import REFUSED

    output = take_output()
    if listens:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    status = main()
    if said := lost(output):
        print(said, file=sys.stderr)  # noqa: T201 - a terminal's own words
        return REFUSED
    return status


sys.exit(_run())
