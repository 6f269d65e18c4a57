"""The measurements: each runs apart, and a time counts only for the work that was asked for."""

import subprocess
import sys
from decimal import Decimal

import pytest

from bench import __main__ as bench
from bench import importing
from bench.workbooks import credit_rows, good_money
from komet_import.settings import ROOT


def test_a_measurement_that_fails_says_so_and_the_others_go_on(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(
        bench,
        "PART",
        "import sys; sys.exit('the peer is gone') if sys.argv[1] == 'bench.importing' else print('a table')",
    )
    assert bench.main([]) == 1
    said = capfd.readouterr()
    assert said.out.count("a table") == len(bench.NAMES) - 1
    assert "importing: FAILED (exit status 1)" in said.out
    assert said.out.splitlines()[-1].startswith("NOT MEASURED: importing;")
    assert "the peer is gone" in said.err


def test_what_is_no_measurement_is_refused_by_name() -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "bench", "gird"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (ran.returncode, ran.stdout) == (2, "")
    assert "“gird”" in ran.stderr


GOOD = {"rows": 100, "ready": 95, "posted": 95, "amount": "7000.500"}


@pytest.mark.parametrize("other", [{"rows": 99}, {"ready": 94}, {"posted": 94}, {"amount": "7000.501"}])
def test_a_run_that_did_other_work_gives_no_time(other: dict[str, object]) -> None:
    good = (95, Decimal("7000.5"))
    importing.require("Komet Import", "post", GOOD, 100, good)
    with pytest.raises(SystemExit, match="nothing counts"):
        importing.require("Komet Import", "post", GOOD | other, 100, good)


def test_what_must_be_posted_is_added_up_from_the_rows_themselves() -> None:
    rows = list(credit_rows(500))
    assert good_money(500) == (
        sum(row.fault is None for row in rows),
        sum(Decimal(str(row.values[3])) for row in rows if row.fault is None),
    )
    assert 0 < sum(row.fault is not None for row in rows) < 100
