"""What a person has to confirm, named with its number and its sum: the cards beside the grid.

A row that waits for a confirmation is not ready. It is confirmed on its card, or in the dialog that the
button to import opens while there is such a row (`confirm_dialog`). What is confirmed is what was shown:
where a row or the ledger says something else by then, it waits again.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import streamlit as st

from komet_import import services
from komet_import.access.users import CurrentUser
from komet_import.clock import told_day
from komet_import.language import Phrase, _, marked, ngettext, nphrase, phrase
from komet_import.language.capital import capitalized
from komet_import.language.lists import listed
from komet_import.ledger.states import Move
from komet_import.review import fixes
from komet_import.review.catalogue import CATALOGUE, DUPLICATES, POSSIBLE_DUPLICATE, REPEATED_ROW
from komet_import.review.edits import Changes
from komet_import.review.issues import Issue, said_of_several
from komet_import.review.problem_list import Problem, ProblemKind
from komet_import.review.window import Look
from komet_import.row_numbers import told
from komet_import.services import Opened
from komet_import.services.draft.step_words import REPLACED, SUGGESTED
from komet_import.types import ImportType
from komet_import.types.schema import SEVERAL
from komet_import.web.review.look import Reviewing
from komet_import.web.review.offers import Card, CardRow
from komet_import.web.review.step_notice import told_of
from komet_import.web.shared import guarded
from komet_import.web.shared.parts import counted_rows, plain

SHOWN_ONE_BY_ONE = 50


def said(move: Move, what: str) -> str:
    """What a click does, as a button says it."""
    match move:
        case Move.SEND:
            return _("Send {what} for approval", what=what)
        case Move.APPROVE:
            return _("Approve and import {what}", what=what)
        case _other:
            return _("Import {what}", what=what)


def to_be_confirmed(user: CurrentUser, looking: Reviewing, opened: Opened, kind: ProblemKind) -> None:
    """The card of what is to be confirmed: its rows and money, and the two ways to settle it, for all of them
    at once or one by one."""
    card = Card.of(opened, kind)
    seen, rows, value = card.seen, card.tally.rows, plain(card.tally.appended)
    mark = ":material/content_copy:" if kind.code in DUPLICATES else ":material/warning:"
    with st.container(border=True, gap="xsmall"):
        st.markdown(
            f":orange[{mark}] **{_(kind.title)}** · {counted_rows(rows)}{value}  \n"
            f":small[:gray[{plain(alike(opened.type, seen))}]]"
        )
        with st.container(horizontal=True, gap="small"):
            st.button(
                f"{ngettext('Confirm it', 'Confirm all {count:,}', rows)}{value}",
                key=f"confirm-{kind.name}",
                help=_meant(opened.type, kind),
                on_click=looking.promising(
                    f"confirm-{kind.name}",
                    card.said,
                    told_of(user, looking, services.confirm, seen, card.stands),
                    _("Confirming …"),
                ),
            )
            st.button(
                ngettext("Exclude it", "Exclude all {count:,}", rows),
                key=f"leave-{kind.name}",
                on_click=looking.promising(
                    f"leave-{kind.name}",
                    card.said,
                    told_of(user, looking, services.leave_out, card.rows, card.stands),
                    _("Excluding rows …"),
                ),
            )
            _suggested(user, looking, card)
            show_rows(looking, kind)
        if len(seen) > 1:
            part = st.expander(_("One by one"), key=f"each-{kind.name}", on_change="rerun")
            if part.open:
                with part:
                    _one_by_one(user, looking, seen, kind)


def _suggested(user: CurrentUser, looking: Reviewing, card: Card) -> None:
    """The third way, where something else was probably meant: it is taken in all rows that have one."""
    kind = card.kind
    if not any(problem.suggestion for problem in kind.problems):
        return
    one = kind.problems[0].suggestion if len(kind.problems) == 1 else None
    st.button(
        use(plain(one)) if one else _("Apply all suggestions"),
        key=f"every-{kind.name}",
        type="tertiary",
        on_click=looking.promising(
            f"every-{kind.name}",
            card.said,
            partial(take, user, looking, card, suggestions_of(kind)),
            _("Fixing …"),
        ),
    )


def use(suggestion: str, rows: int = 1) -> str:
    """The words of a button that takes what was probably meant, in a row or in several."""
    return ngettext("Use {suggestion}", "Use {suggestion} for all {count:,}", rows, suggestion=suggestion)


@dataclass(frozen=True, kw_only=True)
class TakenWords:
    """What is said of suggestions that were taken: in the list of edits, of one row and of several, and in
    the notice."""

    kept: tuple[str, str]
    said: str
    values: Mapping[str, object]

    def label(self, changes: Changes) -> Phrase:
        """The words for the list of edits."""
        return nphrase(*self.kept, len(changes.rows), **self.values)

    def notice(self) -> str:
        """The sentence of the notice."""
        return _(self.said, **self.values)


def suggestions_of(kind: ProblemKind) -> TakenWords:
    """Of all that is suggested for a kind of problem."""
    said = marked("{title}: suggestions taken.")
    return TakenWords(kept=SUGGESTED, said=said, values={"title": phrase(kind.title)})


def suggestion_of(problem: Problem) -> TakenWords:
    """Of the suggestion for one value."""
    said = marked("{column}: “{before}” → “{after}”.")
    values = {"before": problem.value, "after": problem.suggestion or ""}
    return TakenWords(kept=REPLACED, said=said, values={"column": phrase(problem.column), **values})


def take(user: CurrentUser, looking: Reviewing, card: Card, taken: TakenWords) -> None:
    """Take the suggestions of a card. Raises Refusal `overtaken` where it says something else by now."""
    shown = card.kind.problems
    services.apply_fix(
        user,
        looking.batch_id,
        lambda now: fixes.take_suggestions(now.draft, now.judgement, shown),
        label=taken.label,
        holds=card.stands,
    )
    looking.tell(taken.notice(), undo=True)


def _one_by_one(user: CurrentUser, looking: Reviewing, seen: Sequence[Issue], kind: ProblemKind) -> None:
    """Each of them in its own words."""
    for issue in seen[:SHOWN_ONE_BY_ONE]:
        key, line = f"{kind.name}-{issue.row}", CardRow(issue)
        message = plain(issue.message)
        st.caption(_("**Row {row}:** {message}", row=plain(told(issue.row)), message=message))
        with st.container(horizontal=True, gap="small"):
            st.button(
                _("Confirm"),
                key=f"confirm-{key}",
                type="tertiary",
                icon=":material/check:",
                on_click=looking.promising(
                    f"confirm-{key}",
                    line.said,
                    told_of(user, looking, services.confirm, [issue], line.stands),
                    _("Confirming …"),
                ),
            )
            st.button(
                _("Exclude"),
                key=f"leave-{key}",
                type="tertiary",
                icon=":material/do_not_disturb_on:",
                on_click=looking.promising(
                    f"leave-{key}",
                    line.said,
                    told_of(user, looking, services.leave_out, [issue.row], line.stands),
                    _("Excluding a row …"),
                ),
            )
    if len(seen) > SHOWN_ONE_BY_ONE:
        st.caption(_("and {count:,} more", count=len(seen) - SHOWN_ONE_BY_ONE))


def _meant(type: ImportType, kind: ProblemKind) -> str:
    """What a confirmation says."""
    if kind.code in DUPLICATES:
        return _("They are {nouns} of their own, not the same ones again", nouns=_(type.noun[1]))
    return _("They are meant as they are")


def show_rows(looking: Reviewing, kind: ProblemKind) -> None:
    """The button of a card that shows the rows it speaks of."""
    st.button(
        _("View rows"),
        key=f"kind-{kind.name}",
        type="tertiary",
        on_click=guarded.callback(lambda: looking.choose(Look(problem=(kind.column, kind.listed_as, None)))),
    )


def alike(type: ImportType, seen: Sequence[Issue]) -> str:
    """What holds for all of them: a sentence about what the ledger has, about the sheet itself, and about
    each further kind."""
    by_code: dict[str, list[Issue]] = {}
    for issue in seen:
        by_code.setdefault(issue.code, []).append(issue)
    before, here = by_code.pop(POSSIBLE_DUPLICATE, []), by_code.pop(REPEATED_ROW, [])
    further = (_of_a_kind(code, issues) for code, issues in by_code.items())
    return " ".join([*_imported_before(type, before), *_in_this_file(type, here), *further])


def _of_a_kind(code: str, seen: Sequence[Issue]) -> str:
    first, *others = seen
    if not others:
        return first.message
    told = said_of_several(code, column=first.column, facts=first.facts)
    return f"{_(CATALOGUE[code].title)}, {counted_rows(len(seen))}: {told}"


def _imported_before(type: ImportType, seen: Sequence[Issue]) -> Iterator[str]:
    days = sorted({told_day(issue.facts["date"]) for issue in seen})
    if len(seen) == 1:
        same = listed([_(meaning) for meaning in type.likeness])
        one = capitalized(_(type.one))
        yield _("{one} of the same {same} was imported on {day}.", one=one, same=same, day=days[0])
    elif seen:
        told: dict[str, object] = {
            "nouns": capitalized(_(type.noun[1])),
            "same": listed([_(SEVERAL[meaning]) for meaning in type.likeness]),
        }
        yield (
            _("{nouns} of the same {same} were imported on {day}.", day=days[0], **told)
            if len(days) == 1
            else _(
                "{nouns} of the same {same} were imported between {first} and {last}.",
                first=days[0],
                last=days[-1],
                **told,
            )
        )


def _in_this_file(type: ImportType, seen: Sequence[Issue]) -> Iterator[str]:
    same = listed([_(meaning) for meaning in type.likeness])
    if len(seen) == 1:
        row, other = told(seen[0].row), told(seen[0].facts["other"])
        yield _("Row {row} has the same {same} as row {other}.", row=row, same=same, other=other)
    elif seen:
        yield _("{count:,} rows have the same {same} as a row above them.", count=len(seen), same=same)
