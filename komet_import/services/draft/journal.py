"""The journal of a draft: every change is a step of it, to be undone, redone, read by an auditor."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from sqlalchemy import insert, update
from sqlmodel import Session, col

from komet_import.access.users import CurrentUser
from komet_import.language import _, marked, phrase
from komet_import.ledger import audit
from komet_import.ledger.audit import Event
from komet_import.ledger.models import Batch, Edit, now
from komet_import.refusal import Refusal
from komet_import.review.edits import Changes
from komet_import.services.draft.desk import view
from komet_import.services.draft.facts import facts_now, rejudged
from komet_import.services.draft.open_draft import Opened, Step
from komet_import.services.draft.revision import Decision, Sender, advance
from komet_import.services.draft.step_record import event_of, recorded
from komet_import.services.draft.step_words import UNDID, Label, kept


@dataclass(frozen=True, kw_only=True)
class Conflict:
    """A cell that somebody else changed first: it keeps their text."""

    row: int
    column: str
    theirs: str
    mine: str


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What became of an edit: how many cells or rows changed, what others had changed before, and the step
    that it is now, None where nothing changed."""

    changed: int
    conflicts: tuple[Conflict, ...] = ()
    step: Step | None = field(default=None, compare=False)


Plan = Callable[[Opened], tuple[Changes, tuple[Conflict, ...]]]
Holds = Callable[[Opened], bool]
"""Whether what a person saw of a draft, and clicked on, is so of the draft as it stands now."""
OVERTAKEN = marked("The rows have changed meanwhile, so nothing was changed; look at them again.")


def always(_opened: Opened) -> bool:
    """Of what says nothing of the draft."""
    return True


def edit(
    user: CurrentUser,
    batch_id: str,
    plan: Plan,
    *,
    kind: str,
    label: Label,
    sender: Sender | None,
    also: Callable[[Session, Opened], None] = lambda session, after: None,
    holds: Holds = always,
) -> Outcome:
    """Do what is planned as one step; `also` writes what belongs to it into the same transaction.

    Raises Refusal `overtaken` where what was seen `holds` no longer: then nothing is changed.
    """

    def decide(session: Session, opened: Opened, batch: Batch) -> Decision[Outcome]:
        if not holds(opened):
            raise Refusal("overtaken", _(OVERTAKEN))
        planned, conflicts = plan(opened)
        changes = opened.draft.voiding(planned)
        if not changes:
            return Decision(
                outcome=Outcome(changed=0, conflicts=conflicts),
                after=replace(opened, batch=batch),
                move=None,
            )
        step = Step(
            seq=batch.revision,
            kind=kind,
            label=kept(label, planned),
            by=user.name,
            at=batch.changed_at,
            undone=False,
            dropped=False,
            changes=changes,
            hand=user.id,
            hand_name=user.name,
        )
        past = tuple(replace(s, dropped=True) if s.undone else s for s in opened.steps)
        after = _changed(session, opened, batch, changes, (*past, step))

        def write(session: Session) -> None:
            _append(session, batch.id, user, step)
            audit.record(
                session, what=event_of(kind), by=user.id, about=batch.id, details=recorded(step), at=step.at
            )
            also(session, after)

        outcome = Outcome(changed=planned.parts, conflicts=conflicts, step=step)
        return Decision(outcome=outcome, after=after, write=write)

    return advance(user, batch_id, decide, sender=sender, before=Outcome(changed=0))


def _append(session: Session, batch_id: str, user: CurrentUser, step: Step) -> None:
    session.execute(
        update(Edit)
        .where(col(Edit.batch_id) == batch_id, col(Edit.undone_at).is_not(None), ~col(Edit.dropped))
        .values(dropped=True)
        .execution_options(synchronize_session=False)
    )
    session.execute(
        insert(Edit).values(
            batch_id=batch_id,
            seq=step.seq,
            kind=step.kind,
            label=step.label,
            changes=step.changes.to_json(),
            user_id=user.id,
            at=step.at,
            dropped=False,
        )
    )


def _changed(
    session: Session, opened: Opened, batch: Batch, changes: Changes, steps: tuple[Step, ...]
) -> Opened:
    """The draft one step on, only what changed judged again."""
    draft = opened.draft.apply(changes)
    if changes.answers:
        facts, judgement = facts_now(session, draft, opened.reference.directory)
    else:
        facts, judgement = rejudged(session, opened, draft, changes.rows)
    return replace(opened, batch=batch, draft=draft, judgement=judgement, reference=facts, steps=steps)


def undo(
    user: CurrentUser, batch_id: str, *, sender: Sender | None = None, seen: int | None = None
) -> str | None:
    """Take the last step back; returns its label, or None where there is none.

    Whoever had `seen` a revision does not take back what somebody else did after it: Refusal `others-step`.
    """
    return _travel(user, batch_id, sender, seen, back=True)


def redo(
    user: CurrentUser, batch_id: str, *, sender: Sender | None = None, seen: int | None = None
) -> str | None:
    """Do the step again that was taken back last; returns its label, or None where there is none."""
    return _travel(user, batch_id, sender, seen, back=False)


def _travel(
    user: CurrentUser, batch_id: str, sender: Sender | None, seen: int | None, *, back: bool
) -> str | None:
    def decide(session: Session, opened: Opened, batch: Batch) -> Decision[str | None]:
        if back:
            step = next((s for s in reversed(opened.steps) if not s.undone), None)
        else:
            step = next((s for s in opened.steps if s.undone and not s.dropped), None)
        if step is None:
            return Decision(outcome=None, after=replace(opened, batch=batch), move=None)
        if back and seen is not None and step.seq > seen and step.hand != user.id:
            raise Refusal(
                "others-step",
                _(
                    "{hand_name} was faster: {label}. Nothing was undone; look, then press again.",
                    hand_name=step.hand_name,
                    label=step.words,
                ),
            )
        moved = replace(step, undone=back, hand=user.id, hand_name=user.name)
        steps = tuple(moved if s is step else s for s in opened.steps)
        changes = step.changes.inverse() if back else step.changes
        after = _changed(session, opened, batch, changes, steps)

        def write(session: Session) -> None:
            session.execute(
                update(Edit)
                .where(col(Edit.batch_id) == batch_id, col(Edit.seq) == moved.seq)
                .values(undone_at=now() if back else None, turned_by=user.id)
                .execution_options(synchronize_session=False)
            )
            what = Event.UNDONE if back else Event.REDONE
            told = {"step": moved.seq, "label": moved.label}
            audit.record(session, what=what, by=user.id, about=batch.id, details=told)

        return Decision(outcome=moved.words, after=after, write=write)

    return advance(user, batch_id, decide, sender=sender, before=None)


def take_back(user: CurrentUser, batch_id: str, seq: int) -> Outcome:
    """Take one earlier step back, as a new step. Raises Refusal where a later step touched the same."""

    def plan(opened: Opened) -> tuple[Changes, tuple[Conflict, ...]]:
        step = next((s for s in opened.steps if s.seq == seq and not s.undone), None)
        if step is None:
            raise Refusal("no-such-step", _("This edit was undone already."))
        later = [s for s in opened.steps if s.seq > seq and not s.undone and s.changes.touches(step.changes)]
        if later:
            raise Refusal(
                "touched-later",
                _("A later edit changed the same: {label}. Undo that first.", label=later[0].words),
            )
        return step.changes.inverse(), ()

    taken = next((phrase(UNDID, label=s.label) for s in view(user, batch_id).steps if s.seq == seq), "")
    return edit(user, batch_id, plan, kind="take-back", label=taken, sender=None)
