"""The dialog that fixes many values of one kind on one screen: a line for each value, with a search among
what exists where the column holds codes.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

import pandas as pd
import streamlit as st

from komet_import import services
from komet_import.access.users import CurrentUser
from komet_import.language import Phrase, _, ngettext, nphrase, phrase
from komet_import.refusal import Refusal
from komet_import.review import fixes
from komet_import.review.edits import Changes
from komet_import.review.problem_list import Problem, kinds, problems
from komet_import.services import OVERTAKEN, Opened
from komet_import.services.draft.step_words import VALUES, VALUES_REPLACED, counted_values
from komet_import.types import ColumnFormat
from komet_import.web.review.dialogs.bulk_fixes import require_fit
from komet_import.web.review.look import Reviewing
from komet_import.web.review.offers import Card
from komet_import.web.review.step_notice import tell_done
from komet_import.web.shared import guarded
from komet_import.web.shared.on_screen import stood
from komet_import.web.shared.parts import counted_rows, dialog_body, loaded, plain, refusal

Wanted = Sequence[tuple[Problem, str]]
"""Values with what is to stand there instead."""
MOST_OPTIONS = 5_000
"""So many codes are offered to choose from; of more, one is typed."""
TALLEST = 500
"""Pixels of the table; more values are scrolled to."""


def fix_values(looking: Reviewing) -> None:
    """Drawn in every run until it is done with, as that of `bulk_edit.fix_many`."""
    if looking.values is not None:
        column, listed_as = looking.values
        title = _("Fix values of {column}", column=_(column))
        dialog = guarded.dialog(plain(title), width="large", on_dismiss=partial(looking.fix_values, None))
        dialog(_fix_values)(looking, column, listed_as)


def _fix_values(user: CurrentUser, looking: Reviewing, column: str, listed_as: str) -> None:
    if looking.waiting or looking.values is None:
        st.rerun()  # the page does it
    opened = loaded(partial(services.view, user, looking.batch_id))
    if opened is None:
        return
    found = kinds(problems(opened.judgement))
    kind = next((k for k in found if (k.column, k.listed_as) == (column, listed_as)), None)
    if kind is None:  # somebody settled it, or the click was made on a card that was going
        looking.fix_values(None)
        looking.tell(_(OVERTAKEN), level="warning")
        st.rerun()
    with dialog_body():
        st.caption(plain(kind.message))
        card = Card.of(opened, kind)
        wanted = _table(opened, card)
    try:
        for text in dict.fromkeys(text for _problem, text in wanted):
            require_fit(opened, column, text)
    except Refusal as wrong:
        refusal(wrong.message)
        return
    rows = sum(len(problem.rows) for problem, _text in wanted)
    label = nphrase(*VALUES_REPLACED, rows, column=phrase(column), values=counted_values(len(wanted)))
    with st.container(horizontal=True, horizontal_alignment="right", vertical_alignment="center"):
        left = len(kind.problems) - len(wanted)
        st.caption(ngettext("{count:,} value left", "{count:,} values left", left) if left else "")
        words = _(
            "Replace {values} in {rows}", values=ngettext(*VALUES, len(wanted)), rows=counted_rows(rows)
        )
        with stood("values", card.said) as meant:
            clicked = meant(st.button(words, type="primary", key="values-apply", disabled=not wanted))
    if clicked:
        looking.fix_values(None)
        st.session_state.pop("values-typed", None)
        looking.later(partial(_apply, user, looking, card, wanted, label), _("Fixing …"))()
        st.rerun()  # the page does it


@dataclass
class Typed:
    """What a person put into the table of a kind of problem, by value; `start` was there when the table of
    the card with this word was drawn first: it begins anew where a colleague changed its rows, or where the
    dialog was closed."""

    kind: str
    card: str = ""
    start: dict[str, str] = field(default_factory=dict)
    now: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, card: Card) -> "Typed":
        """What was put in before, and is kept here."""
        kept = st.session_state.get("values-typed")
        if not isinstance(kept, Typed) or kept.kind != card.kind.name:
            kept = st.session_state["values-typed"] = Typed(card.kind.name)
        if kept.card != card.said or kept.table not in st.session_state:
            kept.card, kept.start = card.said, dict(kept.now)
        return kept

    @property
    def table(self) -> str:
        """The key of the table, which forgets with its dialog."""
        return f"values-{self.card}"


def _table(opened: Opened, card: Card) -> Wanted:
    """The values with what is to stand there instead: those first for which nobody knows what was meant."""
    kind, typed = card.kind, Typed.of(card)
    listed = sorted(kind.problems, key=lambda problem: problem.suggestion is not None)
    there, rows, instead = _("In the sheet"), _("Rows"), _("Use instead")
    shown = pd.DataFrame(
        {
            there: [problem.value or _("(blank)") for problem in listed],
            rows: [len(problem.rows) for problem in listed],
            instead: [typed.start.get(problem.value, problem.suggestion) for problem in listed],
        }
    )
    options = _options(opened, kind.column)
    edited = st.data_editor(
        shown,
        hide_index=True,
        placeholder=_("Choose …") if options else "",
        disabled=[there, rows],
        row_height=28,
        height=min(TALLEST, 38 + 28 * len(shown)),
        column_config={
            instead: st.column_config.SelectboxColumn(
                width="large", options=list(options), format_func=partial(_named, options)
            )
            if options
            else st.column_config.TextColumn(width="large"),
            rows: st.column_config.NumberColumn(width="small"),
        },
        key=typed.table,
    )
    chosen = [str(text).strip() if isinstance(text, str) else "" for text in edited[instead].tolist()]
    typed.now |= {problem.value: text for problem, text in zip(listed, chosen, strict=True)}
    return [(problem, text) for problem, text in zip(listed, chosen, strict=True) if text]


def _named(options: Mapping[str, str], code: str) -> str:
    return f"{code} · {options[code]}" if code in options else code


def _options(opened: Opened, column: str) -> dict[str, str]:
    """What may stand in a column of codes, with its name; nothing where it holds anything else, or where
    there is too much to choose from."""
    directory = opened.reference.directory
    match opened.type.column(column).kind:
        case ColumnFormat.CUSTOMER:
            found = {known.code: known.name for known in directory.customers.values() if known.active}
        case ColumnFormat.LOCATION:
            found = {known.code: known.name for known in directory.locations.values()}
        case _:
            return {}
    return dict(sorted(found.items())) if len(found) <= MOST_OPTIONS else {}


def _apply(user: CurrentUser, looking: Reviewing, card: Card, wanted: Wanted, label: Phrase) -> None:
    def plan(now: Opened) -> Changes:
        return fixes.replace_problems(now.draft, now.judgement, wanted)

    tell_done(looking, services.apply_fix(user, looking.batch_id, plan, label=label, holds=card.stands))
