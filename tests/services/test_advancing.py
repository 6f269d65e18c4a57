"""Bringing a draft one revision on: once for each action, on what stands, and on nothing of others."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from komet_import import services
from komet_import.clock import earlier
from komet_import.ledger.models import Batch
from komet_import.services import KEPT_CLIENTS, Outcome, Sender
from komet_import.services.draft import revision
from komet_import.services.draft.desk import DESK
from tests.services import workspace
from tests.services.workspace import People, credit, refused


def batch(batch_id: str) -> Batch:
    (found,) = (one for one in workspace.own(Batch) if one.id == batch_id)
    return found


def meanwhile(monkeypatch: pytest.MonkeyPatch, acts: list[Callable[[], object]]) -> None:
    """Each attempt to write meets one of these acts of another server, until there are none left."""
    following = revision._following

    def overtaken(*arguments: object) -> Batch:
        made = following(*arguments)  # type: ignore[arg-type]
        if acts:
            kept = dict(DESK._opened)
            acts.pop(0)()
            for opened in kept.values():  # what this server keeps is not what another one does
                DESK.keep(opened)
        return made

    monkeypatch.setattr(revision, "_following", overtaken)


def test_who_is_overtaken_does_it_on_what_the_other_made(
    people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch_id = workspace.opened(people.rita, credit("A"), credit("B"))

    def carls(row: int, before: str, after: str) -> Callable[[], object]:
        def act() -> object:
            ready.clear()  # Carl's own attempt is not overtaken
            return services.set_cells(people.carl, batch_id, [(row, "Comments", before, after)])

        return act

    ready: list[Callable[[], object]] = [carls(3, "", "his")]
    meanwhile(monkeypatch, ready)
    outcome = services.set_cells(
        people.rita, batch_id, [(2, "Comments", "", "hers"), (3, "Comments", "", "hers")]
    )
    assert outcome.changed == 1 and [c.theirs for c in outcome.conflicts] == ["his"]
    workspace.forget()
    assert workspace.texts(people.rita, batch_id, "Comments") == {2: "hers", 3: "his"}
    assert [(s.seq, s.by) for s in services.view(people.rita, batch_id).steps] == [(1, "Carl"), (2, "Rita")]


@pytest.mark.parametrize("way", ["posted", "discarded"])
def test_what_became_of_the_draft_meanwhile_is_told_and_nothing_is_written(
    people: People, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    batch_id = workspace.opened(people.rita, credit("A"))
    ways: dict[str, Callable[[], object]] = {
        "posted": lambda: services.post(people.carl, batch_id),
        "discarded": lambda: (monkeypatch.undo(), services.discard(people.ada, batch_id)),
    }
    meanwhile(monkeypatch, [ways[way]])
    code = "already-imported" if way == "posted" else "discarded"
    refused(code, lambda: services.expect(people.rita, batch_id, rows="7"))
    assert batch(batch_id).expected_rows is None
    assert DESK.get(batch_id) is None


def test_each_step_is_a_revision_with_its_time_and_its_sender(people: People) -> None:
    with earlier(timedelta(days=2)):
        batch_id, other = (workspace.opened(people.rita, credit(number)) for number in "AB")
    before = batch(batch_id)
    sender = Sender(client="tab", seq=4)
    services.set_cells(people.carl, batch_id, [(2, "Comments", "", "x")], sender=sender)
    after, untouched = batch(batch_id), batch(other)
    assert (before.revision, after.revision, untouched.revision) == (0, 1, 0)
    assert after.changed_at - before.changed_at > timedelta(days=1)
    assert after.acknowledged == {"tab": 4} and untouched.acknowledged == {}
    assert services.view(people.rita, batch_id).batch.revision == 1
    assert services.view(people.rita, batch_id).batch.acknowledged == {"tab": 4}


def test_an_action_is_known_by_its_sender_and_its_number(people: People) -> None:
    """Also one that changed nothing, and one with a number that another tab has used."""
    batch_id, rita = workspace.opened(people.rita, credit("A")), people.rita

    def comment(client: str, seq: int, before: str, after: str) -> int:
        sender = Sender(client=client, seq=seq)
        return services.set_cells(rita, batch_id, [(2, "Comments", before, after)], sender=sender).changed

    assert comment("one", 5, "", "a") == 1
    assert comment("two", 1, "a", "b") == 1, "another tab counts for itself"
    assert comment("one", 5, "b", "c") == 0, "done before"
    assert comment("one", 4, "b", "c") == 0, "older than what was done"
    assert comment("one", 6, "b", "c") == 1
    assert comment("one", 7, "c", "c") == 0
    assert comment("one", 7, "c", "d") == 0, "it was done, though it changed nothing"
    assert comment("one", 8, "c", "d") == 1
    sender = Sender(client="two", seq=1)
    assert services.leave_out(rita, batch_id, [2], sender=sender) == Outcome(changed=0)
    assert services.undo(rita, batch_id, sender=sender) is None
    assert workspace.texts(rita, batch_id, "Comments") == {2: "d"}


def test_the_tabs_that_acted_last_are_remembered(people: People) -> None:
    batch_id, rita = workspace.opened(people.rita, credit("A")), people.rita
    clients = [f"tab-{n}" for n in range(KEPT_CLIENTS)]
    for client in (*clients, clients[0], "late"):
        seq = 2 if client in batch(batch_id).acknowledged else 1
        services.set_cells(rita, batch_id, [], sender=Sender(client=client, seq=seq))
    assert list(batch(batch_id).acknowledged.items()) == [
        *((client, 1) for client in clients[2:]), (clients[0], 2), ("late", 1)
    ]  # fmt: skip
