"""What the first page after a start needs is there before anybody asks for it."""

import logging
import subprocess
import sys

import pytest

from komet_import.settings import ROOT
from komet_import.web.server import first_page

_AS_AFTER_A_START = """
import ast, sys
from pathlib import Path
import komet_import.web.router
from komet_import import types
from komet_import.language.catalogues import catalogue
from komet_import.sheets.layout.columns.claims import vocabulary
from komet_import.web.server.first_page import make_ready

make_ready().join()
loaded = set(sys.modules)
for page in Path("pages").glob("*.py"):
    exec(compile(ast.Module([
        line for line in ast.parse(page.read_text()).body if isinstance(line, ast.Import | ast.ImportFrom)
    ], []), str(page), "exec"))
print(*sorted(set(sys.modules) - loaded))
misses = catalogue.cache_info().misses, vocabulary.cache_info().misses
for language in komet_import.language.current.Language:
    catalogue(language)
for type in types.ALL.values():
    vocabulary(type)
print(misses == (catalogue.cache_info().misses, vocabulary.cache_info().misses))
"""


def test_no_page_loads_a_module_a_catalogue_or_the_names_of_columns_by_itself() -> None:
    ran = subprocess.run(
        [sys.executable, "-c", _AS_AFTER_A_START], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert ran.stdout.splitlines() == ["", "True"]


def test_what_goes_wrong_with_it_stops_no_server(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(first_page, "import_module", lambda name: 1 / 0)
    with caplog.at_level(logging.ERROR):
        first_page.make_ready().join()
    assert "The first page was not made ready" in caplog.text
