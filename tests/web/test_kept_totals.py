"""What was typed as a control total and could not be read is kept for the draft that is looked at alone."""

from types import SimpleNamespace
from typing import Any

import pytest

from komet_import.web.review import totals


def test_what_could_not_be_read_is_of_the_draft_that_is_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    state: dict[str, Any] = {}
    monkeypatch.setattr(totals, "st", SimpleNamespace(session_state=state))
    totals._refused("one")["rows"] = ("x", "No number.")
    assert totals._refused("one") == {"rows": ("x", "No number.")}
    assert totals._refused("two") == {}
    assert state[totals.STATE] == {"two": {}}
    state[totals.STATE] = {"one": {"rows": ("x", "")}, "two": {}}
    assert totals._refused("two") == {} and list(state[totals.STATE]) == ["two"]
    assert totals._refused("one") == {}, "it was looked away from"
