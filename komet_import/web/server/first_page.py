"""What the first page after a start would have to make, made while nobody waits for it.

The port answers first. Then a thread loads what pages load, reads the catalogues, gathers the names of the
types' columns, and goes once over all that is loaded, as Streamlit does to see whether it runs in a shell. A
browser takes longer to load the app than this takes; a page that comes sooner makes for itself what it needs.
"""

import inspect
import logging
import pkgutil
import threading
from importlib import import_module

from komet_import import types, web
from komet_import.language.catalogues import catalogue
from komet_import.language.current import Language
from komet_import.memory import settle
from komet_import.sheets.layout.columns.claims import vocabulary

log = logging.getLogger(__name__)


def make_ready() -> threading.Thread:
    """Begin with it, in a thread that ends by itself."""
    thread = threading.Thread(target=_make, name="first-page", daemon=True)
    thread.start()
    return thread


def _make() -> None:
    """What goes wrong here goes wrong for the page that needs it as well, and is told there."""
    try:
        for room in pkgutil.walk_packages(web.__path__, f"{web.__name__}."):
            import_module(room.name)
        for language in Language:
            catalogue(language)
        for type in types.ALL.values():
            vocabulary(type)
        inspect.stack()
        settle()
    except Exception:
        log.exception("The first page was not made ready")
