"""`python -m komet_import …`"""

import sys

from komet_import.cli import main

sys.exit(main())
