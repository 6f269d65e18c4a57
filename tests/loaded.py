"""All that a server has loaded by the time that people have seen its pages, and all that commands load: to
import this is to load it."""

import importlib
import pkgutil

from streamlit.web import bootstrap, cli

import komet_import
from komet_import import memory
from komet_import.settings import settings

OF_READER = "komet_import.sheets.layout.ready"
"""What only the process loads that reads workbooks, which knows no settings."""
OF_OTHERS = ("komet_import.__main__", "komet_import.ledger.migrations", OF_READER)

for module in pkgutil.walk_packages(komet_import.__path__, "komet_import."):
    if not module.name.startswith(OF_OTHERS):
        importlib.import_module(module.name)
memory.settle()
assert settings.cache_info().currsize == 0, "what is loaded knows no settings: each fork has its own"
__all__ = ["bootstrap", "cli"]
