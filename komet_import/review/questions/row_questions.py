"""Questions about rows: whether they are rows to import, what their sign means, whether hidden ones count."""

import numpy as np

from komet_import.language import _, marked_pair, ngettext
from komet_import.review.draft import Draft
from komet_import.review.judgement import Judgement
from komet_import.review.questions.answer_changes import OF_ROWS
from komet_import.review.questions.question import SHOWN, Option, Question, sentences
from komet_import.review.rules.signs import TURNED, doubtful_sign, sign_question
from komet_import.row_numbers import told
from komet_import.types.money import money


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
    amount = judgement.tally(chosen)[1]
    what = "total" if OF_ROWS[kind] else "table"
    shown = [
        _("row {row} {why}", row=told(int(judgement.numbers[place])), why=draft.doubted[place].why)
        for place in places[:SHOWN]
    ]
    return [
        Question(
            kind=kind,
            column="",
            text=ngettext(
                *_ASKED[what],
                count,
                sums=f" ({money(amount)})" if amount else "",
                imported=_(type.one if count == 1 else type.noun[1]),
            ),
            evidence=sentences("; ".join(shown)),
            options=(
                Option(answer="aside", words=ngettext(*_EXCLUDE[what], count)),
                Option(answer="count", words=_("Import {counted}", counted=type.counted(count))),
            ),
            rows=count,
            suggested="aside" if OF_ROWS[kind] else None,
        )
    ]


_ASKED = {
    "total": marked_pair(
        "Is {count:,} row{sums} a total, or {imported} to import?",
        "Are {count:,} rows{sums} totals, or {imported} to import?",
    ),
    "table": marked_pair(
        "Is {count:,} row{sums} another table, or {imported} to import?",
        "Are {count:,} rows{sums} another table, or {imported} to import?",
    ),
}
_EXCLUDE = {
    "total": marked_pair("A total: exclude", "Totals: exclude"),
    "table": marked_pair("Another table: exclude", "Another table: exclude"),
}


def doubted_sign(draft: Draft, judgement: Judgement) -> list[Question]:
    """Whether the amounts of the wrong sign are the money: asked once, for the whole column."""
    wrong, others = doubtful_sign(draft, judgement.amounts)
    if not wrong.any():
        return []
    type, count = draft.type, int(others.sum())
    number, sums = int(wrong.sum()), money(int(judgement.amounts[wrong].sum()))
    importing = _("Yes, import {counted}", counted=type.counted(number))
    if count:
        importing = _(
            "{importing}; exclude {counted} of the other sign",
            importing=importing,
            counted=type.counted(count),
        )
    return [
        Question(
            kind="sign",
            column=type.amount_column or "",
            text=str(sign_question(draft, number)),
            evidence=_(
                "{amounts}, {others}.",
                amounts=ngettext(
                    "{count:,} amount comes to {sums}", "{count:,} amounts come to {sums}", number, sums=sums
                ),
                others=ngettext("{count:,} has the other sign", "{count:,} have the other sign", count),
            ),
            options=(
                Option(answer=TURNED, words=importing),
                Option(answer="as-they-are", words=_("No, amounts are as they are")),
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
    return Question(
        kind="hidden",
        column="",
        text=ngettext(
            "{count:,} row is hidden in Excel. Import it?",
            "{count:,} rows are hidden in Excel. Import them?",
            count,
        ),
        evidence=ngettext("It is marked in the grid.", "They are marked in the grid.", count),
        options=(
            Option(answer="count", words=_("Import it") if count == 1 else _("Import them")),
            Option(answer="leave-out", words=_("Exclude")),
        ),
    )
