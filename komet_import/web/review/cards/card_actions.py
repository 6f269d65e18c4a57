"""What can be done about a kind of problem, as the buttons of its card: one thing first, then the others."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from komet_import import services
from komet_import.access.users import CurrentUser
from komet_import.language import _, marked, ngettext
from komet_import.review import fixes
from komet_import.review.catalogue import (
    ALREADY_CORRECTED,
    ALREADY_POSTED,
    CLOSED_PERIOD,
    COPIED_ROW,
    DITTO,
    DROPPED_ROW,
    MAYBE_OTHER_TABLE,
    MAYBE_TOTAL,
    NO_CUSTOMERS,
)
from komet_import.review.problem_list import ProblemKind
from komet_import.review.window import Look
from komet_import.services import Opened
from komet_import.types.codes import code_key
from komet_import.web.review.cards.confirmation import (
    suggestion_of,
    suggestions_of,
    take,
    use,
)
from komet_import.web.review.look import Reviewing
from komet_import.web.review.offers import Card
from komet_import.web.review.step_notice import told_of
from komet_import.web.review.wish import FILL, REDATE, Wish
from komet_import.web.shared import guarded

MOST_DAYS = 3
"""So many first open days get a button."""
PERHAPS = frozenset({MAYBE_TOTAL, MAYBE_OTHER_TABLE})
"""Problems of rows that may be no rows to import: they go out, or come in as they are."""
LEAVING = frozenset({ALREADY_CORRECTED, DROPPED_ROW, ALREADY_POSTED, COPIED_ROW, "duplicate-in-sheet"})
"""Problems that are fixed by excluding the row."""
TURNING = {
    "not-positive": marked("Make them all positive"),
    "not-negative": marked("Make them all negative"),
    "missing-value": marked("Fill down from above"),
    DITTO: marked("Fill down from above"),
}
"""The words of a button that takes every suggestion, where they can say more than that."""


@dataclass(frozen=True, kw_only=True)
class CardAction:
    """What a button of a card does. `key` names it on its card."""

    key: str
    label: str
    on_click: Callable[..., None]
    help: str | None = None


def actions(
    user: CurrentUser, looking: Reviewing, opened: Opened, kind: ProblemKind
) -> tuple[list[CardAction], list[CardAction]]:
    """What is done first (one button; two for two readings), and what else can be done."""
    if kind.code == NO_CUSTOMERS:
        return [], []  # nothing is wrong with the rows
    card = Card.of(opened, kind)
    excluding = _excluding(user, looking, card)
    if kind.code in PERHAPS:
        return [_counting(user, looking, opened, card), excluding], []
    if kind.code in LEAVING:
        return [excluding], []
    fixing = _dating(looking, kind) if kind.code == CLOSED_PERIOD else _fixing(user, looking, opened, card)
    return fixing[:1], [*fixing[1:], excluding]


def _fixing(user: CurrentUser, looking: Reviewing, opened: Opened, card: Card) -> list[CardAction]:
    """Ways to set the cells of a kind, the one that settles most in front."""
    kind = card.kind
    suggested = [problem for problem in kind.problems if problem.suggestion]
    ways = []
    if len(kind.problems) == 1 and suggested:
        ways.append(_taking(user, looking, opened, card))
    elif suggested and kind.code in fixes.MECHANICAL:  # what is guessed is taken one value at a time
        ways.append(
            CardAction(
                key="every",
                label=_(TURNING.get(kind.code, marked("Apply all suggestions"))),
                on_click=looking.promising(
                    f"every-{kind.name}",
                    card.said,
                    partial(take, user, looking, card, suggestions_of(kind)),
                    _fixing_rows(kind.rows),
                ),
            )
        )
    if kind.column not in opened.draft.columns:
        return ways  # not imported
    own = _own_value(looking, kind)
    if own is None:
        return ways
    return [own, *ways] if len(suggested) < len(kind.problems) and kind.code not in TURNING else [*ways, own]


def _own_value(looking: Reviewing, kind: ProblemKind) -> CardAction | None:
    """Another value: of blank cells the same for all, of one value another for all its rows, of several
    values one for each, in a table."""
    rows = tuple(sorted(row for problem in kind.problems for row in problem.rows))
    values = {problem.value for problem in kind.problems}
    if values == {""}:
        if kind.code != "missing-value":
            return None  # it is the row's, as with a hidden one
        wish = partial(Wish, what=FILL, column=kind.column, rows=rows)
        return CardAction(
            key="other",
            label=_("Fill blanks…"),
            on_click=guarded.callback(partial(_wish_for, looking, wish)),
            help=_("One value for all blank cells of the column"),
        )
    if len(kind.problems) == 1:
        wish = partial(Wish, column=kind.column, value=kind.problems[0].value, rows=rows)
        return CardAction(
            key="other",
            label=_("Replace…"),
            on_click=guarded.callback(partial(_wish_for, looking, wish)),
            help=_("Another value for all of them"),
        )
    return CardAction(
        key="other",
        label=_("Fix {count:,} values…", count=len(kind.problems)),
        on_click=guarded.callback(partial(looking.fix_values, (kind.column, kind.listed_as))),
        help=_("All of them in one table"),
    )


def _wish_for(looking: Reviewing, wish: Callable[[], Wish]) -> None:
    looking.wish_for(wish())


def _taking(user: CurrentUser, looking: Reviewing, opened: Opened, card: Card) -> CardAction:
    (problem,) = card.kind.problems
    suggestion = problem.suggestion or ""
    known = opened.reference.directory.customers.get(code_key(suggestion))
    return CardAction(
        key="fix-values",
        label=use(suggestion, len(problem.rows)),
        on_click=looking.promising(
            f"fix-values-{card.kind.name}",
            card.said,
            partial(take, user, looking, card, suggestion_of(problem)),
            _fixing_rows(len(problem.rows)),
        ),
        help=known.name if known else None,
    )


def _fixing_rows(count: int) -> str:
    return ngettext("Fixing {count:,} row …", "Fixing {count:,} rows …", count)


def _excluding(user: CurrentUser, looking: Reviewing, card: Card) -> CardAction:
    rows = card.rows
    return CardAction(
        key="leave",
        label=ngettext("Exclude {count:,} row", "Exclude {count:,} rows", len(rows)),
        on_click=looking.promising(
            f"leave-{card.kind.name}",
            card.said,
            told_of(user, looking, services.leave_out, rows, card.stands),
            ngettext("Excluding {count:,} row …", "Excluding {count:,} rows …", len(rows)),
        ),
    )


def viewing(looking: Reviewing, kind: ProblemKind) -> CardAction:
    """What shows its rows in the grid."""
    return CardAction(
        key="kind",
        label=_("View rows"),
        on_click=guarded.callback(
            partial(looking.choose, Look(problem=(kind.column, kind.listed_as, None))),
        ),
    )


def _counting(user: CurrentUser, looking: Reviewing, opened: Opened, card: Card) -> CardAction:
    """Says of rows which may be no rows to import that they are."""
    rows = card.rows
    return CardAction(
        key="count",
        label=ngettext(
            "Import it as {counted}",
            "Import them as {counted}",
            len(rows),
            counted=opened.type.counted(len(rows)),
        ),
        on_click=looking.promising(
            f"count-{card.kind.name}",
            card.said,
            told_of(user, looking, services.take_in, rows, card.stands),
            ngettext("Including {count:,} row …", "Including {count:,} rows …", len(rows)),
        ),
    )


def _dating(looking: Reviewing, kind: ProblemKind) -> list[CardAction]:
    """A button for each first open day there is; it opens the dialog, which shows what would change."""
    by_day: dict[str, list[int]] = {}
    for problem in kind.problems:
        by_day.setdefault(problem.suggestion or "", []).extend(problem.rows)
    ways = []
    for day, rows in sorted(by_day.items())[:MOST_DAYS]:
        wish = partial(Wish, what=REDATE, column=kind.column, rows=tuple(sorted(rows)))
        ways.append(
            CardAction(
                key=f"date-{day}",
                label=ngettext(
                    "Date this row {day}, the first open day",
                    "Date these {count:,} rows {day}, the first open day",
                    len(rows),
                    day=day,
                ),
                on_click=guarded.callback(partial(_wish_for, looking, wish)),
            )
        )
    return ways
