"""All that a server has loaded by the time that people have seen its pages: to import this is to load it."""

import importlib
import pkgutil

from streamlit.web import bootstrap, cli

import komet_import
from komet_import import memory
from komet_import.sheets.files import reader

OF_OTHERS = (
    "komet_import.cli",
    "komet_import.__main__",
    "komet_import.ledger.migrations",
    "komet_import.sheets.layout.ready",  # which the process that reads workbooks loads
)

for module in pkgutil.walk_packages(komet_import.__path__, "komet_import."):
    if not module.name.startswith(OF_OTHERS):
        importlib.import_module(module.name)
memory.settle()
reader.warm = lambda: None
"""What reads workbooks is started by the first one: half of the servers never see one."""
__all__ = ["bootstrap", "cli"]
