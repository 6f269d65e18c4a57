"""Hashes that are made quickly: what is tested here is not how long bcrypt takes."""

import pytest

from komet_import.access import users


@pytest.fixture(autouse=True)
def _quick_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(users, "BCRYPT_COST", 4)
