"""The tries of `bench/faults.py`, a handful of each kind, and that what they look at is looked at."""

from collections.abc import Iterator

import pytest

from bench import faults
from bench.faults import Company
from komet_import import services
from komet_import.ledger import audit, database
from komet_import.ledger.audit import Event
from komet_import.ledger.models import Message


@pytest.fixture
def company(database_url: str) -> Iterator[Company]:
    yield Company(url=database_url, seed="a handful")


@pytest.mark.parametrize("kind", faults.TRIES)
def test_nothing_is_half_lost_or_doubled(company: Company, kind: str) -> None:
    """Two tries of each: the one on one server and the one on two, by the front door and by the terminal. Of
    what is killed in the same way as a posting is, one."""
    if kind in faults.OWN_DISK and company.url.startswith("postgresql"):
        return  # a server of its own, on a file system that is mounted for it: `python -m bench faults`
    numbers = [1] if kind in ("approve", "period", "rows") else [0, 1]
    assert [faults.TRIES[kind](company, number) for number in numbers] == [[] for _ in numbers]
    assert not company.answers.keys() - faults.SAID


def test_what_does_not_agree_is_told(company: Company) -> None:
    posted, other = (company.opened("rita", company.rows()) for _ in range(2))
    services.post(faults.named("rita"), posted)
    assert faults.torn(company, posted=posted) == []
    row, amount = next(iter(company.good[posted].items()))
    company.good[posted][row] = amount + 1
    assert len(faults.torn(company, posted=posted)) == 2
    company.good[posted][row] = amount
    assert [sentence.partition(" is ")[2] for sentence in faults.torn(company, posted=other)] == [
        "not posted"
    ]
    with database.transaction() as session:
        told = {"rows": 1, "amount": 1}
        audit.record(session, what=Event.POSTED, by=1, about=other, details=told)
        session.add(
            Message(
                message_id="m", batch_id=posted, user_id=1, recipient="r@komet.example",
                subject="s", html="h", text="t",
            )
        )  # fmt: skip
    told = faults.torn(company)
    assert any("has audit" in sentence for sentence in told) and any(
        "2 mails" in sentence for sentence in told
    )
