"""Questions about rows: whether they are rows to import, what their sign means, whether hidden ones count."""

import numpy as np

from komet_import.review.answering import OF_ROWS
from komet_import.review.draft import Draft
from komet_import.review.judgement import Judgement
from komet_import.review.question import SHOWN, Option, Question, sentences
from komet_import.review.rules.signs import TURNED, doubtful_sign, sign_question
from komet_import.row_numbers import told
from komet_import.types.schema import money


def doubted_rows(draft: Draft, judgement: Judgement, kind: str) -> list[Question]:
    """Whether rows that look like sums, or like another table, are rows to import: one question for each."""
    places = [
        place
        for place, aside in draft.doubted.items()
        if aside.kind.adds_up is OF_ROWS[kind] and not draft.left_out[place]
    ]
    if not places:
        return []
    type, count = draft.type, len(places)
    chosen = np.zeros(len(draft.rows), dtype=np.bool_)
    chosen[places] = True
    _, amount = judgement.tally(chosen)
    what = "a total" if count == 1 else "totals"
    if not OF_ROWS[kind]:
        what = "another table"
    rows = "Is 1 row" if count == 1 else f"Are {count:,} rows"
    shown = [
        f"row {told(int(judgement.numbers[place]))} {draft.doubted[place].why}" for place in places[:SHOWN]
    ]
    sums = f" ({money(amount)})" if amount else ""
    return [
        Question(
            kind=kind,
            column="",
            text=f"{rows}{sums} {what}, or {type.one if count == 1 else type.noun[1]} to import?",
            evidence=sentences("; ".join(shown)),
            options=(
                Option(answer="aside", words=f"{what[0].upper()}{what[1:]}: exclude"),
                Option(answer="count", words=f"Import {type.counted(count)}"),
            ),
            rows=count,
            suggested="aside" if OF_ROWS[kind] else None,
        )
    ]


def doubted_sign(draft: Draft, judgement: Judgement) -> list[Question]:
    """Whether the amounts of the wrong sign are the money: asked once, for the whole column."""
    wrong, others = doubtful_sign(draft, judgement.amounts)
    if not wrong.any():
        return []
    type, count = draft.type, int(others.sum())
    rest = f"; exclude {type.counted(count)} of the other sign" if count else ""
    sums = money(int(judgement.amounts[wrong].sum()))
    return [
        Question(
            kind="sign",
            column=type.amount_column or "",
            text=sign_question(draft, int(wrong.sum())),
            evidence=f"{int(wrong.sum()):,} amounts come to {sums}, {count:,} have the other sign.",
            options=(
                Option(answer=TURNED, words=f"Yes, import {type.counted(int(wrong.sum()))}{rest}"),
                Option(answer="as-they-are", words="No, amounts are as they are"),
            ),
            rows=int((wrong | others).sum()),
        )
    ]


def hidden_rows(draft: Draft, judgement: Judgement) -> list[Question]:
    """Whether the rows that are hidden in Excel count."""
    count = len(_hidden_rows(draft, judgement))
    return [_hidden(count)] if count else []


def _hidden_rows(draft: Draft, judgement: Judgement) -> list[int]:
    """The positions of hidden rows of which nobody has said whether they count, whatever else they have."""
    if not draft.sheet.hidden_rows or draft.answers.hidden.get("") == "count":
        return []
    hidden = np.isin(judgement.numbers, sorted(draft.sheet.hidden_rows)) & ~judgement.out
    return [
        position
        for position in np.flatnonzero(hidden).tolist()
        if any(issue.code == "hidden-row" and judgement.asks(issue) for issue in judgement.of(position))
    ]


def _hidden(count: int) -> Question:
    rows = "1 row is" if count == 1 else f"{count:,} rows are"
    return Question(
        kind="hidden",
        column="",
        text=f"{rows} hidden in Excel. Import {'it' if count == 1 else 'them'}?",
        evidence="They are marked in the grid.",
        options=(
            Option(answer="count", words="Import"),
            Option(answer="leave-out", words="Exclude"),
        ),
    )
