"""`python -m komet_import …`"""

import os
import signal
import sys
from types import FrameType

ENDS = ("SIGINT", "SIGTERM", "SIGHUP")
"""What ends a command from outside: Ctrl+C, a scheduler that stops it, a terminal that is closed. Each undoes
what was begun, as Ctrl+C does."""


def _interrupted(_signal: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _interrupted_early(_signal: int, _frame: FrameType | None) -> None:
    """Nothing was begun yet. What is just being loaded can neither hold this up nor make it a traceback."""
    os.write(2, b"Interrupted; nothing was done.\n")
    os._exit(2)


def _run() -> int:
    known = [getattr(signal, name) for name in ENDS if hasattr(signal, name)]
    ends = [end for end in known if signal.getsignal(end) is not signal.SIG_IGN]  # it is to be ignored: nohup
    for end in ends:
        signal.signal(end, _interrupted_early)
    from komet_import.cli.commands import main
    from komet_import.cli.output import lost, take_output
    from komet_import.cli.words import REFUSED

    output = take_output()
    for end in ends:
        signal.signal(end, _interrupted)
    try:
        status = main()
        said = lost(output)
    finally:
        for end in ends:
            signal.signal(end, signal.SIG_IGN)  # all is done and told: what ends now is the program itself
    if said:
        print(said, file=sys.stderr)  # noqa: T201 - a terminal's own words
        return REFUSED
    return status


sys.exit(_run())
