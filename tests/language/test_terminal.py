"""What a terminal shares with screens is told in its language; JSON is for programs."""

from pathlib import Path

import pytest

from komet_import.cli import main
from komet_import.language import current


@pytest.mark.parametrize(
    ("words", "said"),
    [((), "está vacío"), (("--json",), "is empty")],
)
def test_a_terminal_speaks_its_language_and_json_is_english(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    words: tuple[str, ...],
    said: str,
) -> None:
    monkeypatch.setattr(current, "OFFERED", (current.Language.ENGLISH, current.Language.SPANISH))
    monkeypatch.setenv("LC_ALL", "es_CO.UTF-8")
    monkeypatch.setenv("KOMET_DATA_DIR", str(tmp_path))
    file = tmp_path / "credits.xlsx"
    file.touch()
    assert main(["read", str(file), *words]) == 2
    assert said in capsys.readouterr().err
