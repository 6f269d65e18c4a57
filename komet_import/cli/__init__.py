"""The same front door for a terminal: scripts, schedulers and acceptance use it.

    imports     check, import         users, locations   who may sign in; the company's places
    sheets      read, template        database, mail     db, demo; mail
    periods     closed months         audit              whether the trail is whole
    approval    approve, return       words              exit statuses, misuse, JSON
    judged      a judged sheet, as JSON or in lines; `answer_options` what a command line answers
    commands    all of them together

Exit status 0: all rows fine; 1: some rejected; 2: refused or misused, with one line on standard error (and an
object with `error` under `--json`), never a traceback.
"""

from komet_import.cli.commands import main
from komet_import.cli.words import FINE, REFUSED, SOME_REJECTED

__all__ = ["FINE", "REFUSED", "SOME_REJECTED", "main"]
