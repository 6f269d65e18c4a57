"""How often memory is looked through, and that what nobody needs any more goes back to the machine.

What a put-away draft had is free for the next one, but the allocators keep it: after twenty long sheets a
server would stay three times as large as it was, for as long as it runs. Only glibc's gives back whatever no
longer holds anything, page by page: Python's own keeps a megabyte for one text that is left in it, and
Arrow's keeps what other threads have freed. So the server runs on glibc's (`settle`, and the Makefile).
"""

import ctypes
import gc

import pyarrow


def settle() -> None:
    """All that is loaded by now stays for as long as the process runs, and Arrow takes its memory from the
    C library from now on.

    The collector need not look again and again at the 200,000 objects of the libraries: each look held up
    every answer for a tenth of a second. How often it looks at others says the package (`komet_import`).
    """
    pyarrow.set_memory_pool(pyarrow.system_memory_pool())
    gc.collect()
    gc.freeze()


def give_back() -> None:
    """Collect what went in circles, and have the C library return what is free: glibc does only if asked."""
    gc.collect()
    try:
        ctypes.CDLL(None).malloc_trim(0)
    except (OSError, AttributeError, TypeError):  # another C library than glibc
        return
