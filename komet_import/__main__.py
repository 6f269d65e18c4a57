"""`python -m komet_import …`"""

import io
import sys

from komet_import.cli.commands import main

if isinstance(sys.stdout, io.TextIOWrapper):
    sys.stdout.reconfigure(errors="backslashreplace")  # a name that this terminal cannot show is no failure

sys.exit(main())
