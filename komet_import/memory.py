"""How often memory is looked through, and that what nobody needs any more goes back to the machine.

What a put-away draft had is free for the next one, but the allocators keep it: after twenty long sheets a
server would stay three times as large as it was, for as long as it runs.
"""

import ctypes
import gc

import pyarrow


def settle() -> None:
    """All that is loaded by now stays for as long as the process runs.

    The collector need not look again and again at the 200,000 objects of the libraries: each look held up
    every answer for a tenth of a second. How often it looks at others says the package (`komet_import`).
    """
    gc.collect()
    gc.freeze()


def give_back() -> None:
    """Collect what went in circles, and have the allocators return what is free (glibc's only if asked)."""
    gc.collect()
    pyarrow.default_memory_pool().release_unused()
    try:
        ctypes.CDLL(None).malloc_trim(0)
    except (OSError, AttributeError, TypeError):  # another C library than glibc
        return
