"""The facts of the moment that a draft is judged against, and the judgement by them."""

from collections.abc import Iterable
from dataclasses import replace

from sqlmodel import Session

from komet_import.ledger import reference
from komet_import.ledger.reference import Stamp
from komet_import.review.draft import Draft
from komet_import.review.judge import colliding, judge, rejudge
from komet_import.review.judgement import Judgement
from komet_import.review.reference import Directory, Posted, Reference
from komet_import.services.draft.open_draft import Opened
from komet_import.settings import settings

_directories: dict[str, tuple[Stamp, Directory]] = {}


def directory_now(session: Session) -> tuple[Directory, Stamp]:
    """Customers and locations of now, from memory where nothing has changed."""
    url, stamp = settings().database, reference.stamp(session)
    kept = _directories.get(url)
    if kept is None or kept[0].directory != stamp.directory:
        kept = _directories[url] = (stamp, reference.load_directory(session))
    return kept[1], stamp


def facts_now(session: Session, draft: Draft, directory: Directory) -> tuple[Reference, Judgement]:
    """Judge a draft: first without the ledger, which says what is to be asked of that."""
    judgement = judge(draft, reference.load(directory, Posted()))
    facts = reference.load(directory, reference.load_posted(session, draft, judgement))
    return facts, _with_the_ledger(judgement, draft, facts)


def judged_by(draft: Draft, facts: Reference) -> Judgement:
    """The judgement of a whole draft by facts that are at hand."""
    return _with_the_ledger(judge(draft, replace(facts, posted=Posted())), draft, facts)


def _with_the_ledger(judgement: Judgement, draft: Draft, facts: Reference) -> Judgement:
    """Judge the rows again that may collide with the ledger."""
    return rejudge(judgement, draft, facts, colliding(judgement, draft, facts.posted))


def rejudged(
    session: Session, opened: Opened, draft: Draft, rows: Iterable[int]
) -> tuple[Reference, Judgement]:
    """Judge a draft in which only these rows (by Excel number) differ from the opened one."""
    places = draft.positions(sorted(rows)).tolist()
    judgement = rejudge(opened.judgement, draft, opened.reference, places)
    known = opened.reference.posted
    found = reference.load_posted(session, draft, judgement, places, known=known.standing)
    nothing_new = (
        found.keys.keys() <= known.keys.keys()
        and found.alike.keys() <= known.alike.keys()
        and found.numbers.keys() <= known.numbers.keys()
    )
    if nothing_new and not found.standing:
        return opened.reference, judgement
    posted = replace(
        known,  # where rows come from, and what became of those, no edit changes
        keys={**known.keys, **found.keys},
        alike={**known.alike, **found.alike},
        numbers={**known.numbers, **found.numbers},
        standing={**known.standing, **found.standing},
    )
    facts = replace(opened.reference, posted=posted)
    return facts, rejudge(judgement, draft, facts, places)
