"""The terminal decides about reversals that wait as it does about imports."""

import pytest

from komet_import import services
from komet_import.settings import settings
from tests.services import workspace
from tests.services.workspace import credit
from tests.test_cli import Terminal


def test_the_terminal_approves_and_returns_reversals_that_wait(
    sqlite_database: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace.forget()
    people, terminal = workspace.fill(), Terminal(capsys)
    batch = workspace.opened(people.rita, credit("A"), credit("B", amount=130), credit("C", amount=7))
    services.post(people.rita, batch)
    monkeypatch.setenv("KOMET_APPROVAL", "always")
    settings.cache_clear()
    first, _ = (services.ask_reversal(people.carl, batch, reason="Wrong", rows=[row]) for row in (2, 3))

    def refused(*words: object) -> str:
        status, out, err = terminal.run(*words)
        assert (status, out, err.count("\n")) == (2, "", 1)
        return err

    approve = ("approve-reversal", batch, "--user", "ada")
    assert "say which with --request" in refused(*approve)
    assert "somebody else" in refused("approve-reversal", batch, "--user", "carl", "--request", first.id)
    told = terminal.told(*approve, "--request", first.id)
    assert (told["status"], told["asked_by"], told["reversed_by"]) == ("posted", "Carl", "Ada")
    assert (told["rows"], told["amount"]) == (1, "120.000")
    status, out, _ = terminal.run("return-reversal", batch, "--user", "ada", "--reason", "No")
    assert (status, out) == (0, "Returned; nothing was reversed.\n")
    assert "No such reversal" in refused(*approve)
