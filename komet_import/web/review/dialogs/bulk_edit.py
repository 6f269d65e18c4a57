"""The dialog that fixes many rows at once: what, where, what it would do to the money, one button."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import streamlit as st

from komet_import import services
from komet_import.access.users import CurrentUser
from komet_import.language import _, ngettext
from komet_import.refusal import Refusal
from komet_import.review import fixes
from komet_import.review.edits import Changes
from komet_import.services import Opened
from komet_import.types.money import money
from komet_import.web.review.dialogs.bulk_fixes import (
    TURNED,
    Fix,
    dating,
    excluding,
    excluding_rejected,
    filling,
    replacing,
    tidying,
    turning,
)
from komet_import.web.review.kept_fields import Typed, forget, keep, kept_place, text_field
from komet_import.web.review.look import Reviewing
from komet_import.web.review.offers import word
from komet_import.web.review.step_notice import tell_done
from komet_import.web.review.wish import ERRORS, FILL, REDATE, REPLACE, SHOWN, TIDY, Wish
from komet_import.web.shared import guarded
from komet_import.web.shared.on_screen import stood
from komet_import.web.shared.parts import loaded, plain, refusal


def fix_many(looking: Reviewing) -> None:
    """Ask what is to be fixed, show what it would change, apply it as one step that can be undone.

    The dialog is drawn in every run until it is done with: Streamlit closes one that a run leaves out, and
    the page is drawn again whenever the grid has changed something.
    """
    if looking.wish is not None:
        dialog = guarded.dialog(_("Bulk edit"), width="medium", on_dismiss=lambda: looking.wish_for(None))
        dialog(_fix_many)(looking, looking.wish)


def _fix_many(user: CurrentUser, looking: Reviewing, wish: Wish) -> None:
    if looking.waiting:
        st.rerun()  # the page does it
    opened = loaded(partial(services.view, user, looking.batch_id))
    if opened is None:
        return
    offered = _offered(opened, wish)
    fields = _Fields(looking.typed, wish)
    what = fields.choice("what", _("What to do"), offered, start=offered.index(wish.what))
    shown = _shown(opened, looking)
    reach = _reach(shown, fields) if what not in (ERRORS, SHOWN) else None
    fix = _planned(what, opened, shown if what == SHOWN else reach, fields)
    if fix is None:
        _not_yet(_("Fill in the fields: what would change is counted here before anything is done."))
        return
    try:
        with st.spinner(_("Counting what would change …")):
            changes = fix.plan(opened)
            told = (
                fixes.preview(opened.draft, opened.judgement, opened.reference, changes) if changes else None
            )
    except Refusal as wrong:
        refusal(wrong.message)
        return
    if not told:
        _not_yet(_("Nothing would change."))
        return
    _preview(told)
    label = fix.offered(changes)
    said = _said(fix, changes)
    with stood("fix", word(said, told)) as meant:
        clicked = meant(st.button(plain(label), type="primary", key="fix-apply"))
    if clicked:
        looking.wish_for(None)
        looking.later(partial(_apply, user, looking, fix, said, fields.names), f"{label} …")()
        st.rerun()  # the page does it


def _not_yet(why: str) -> None:
    """Why nothing can be done yet, beside the button that does it then."""
    st.caption(why)
    st.button(_("Change rows"), type="primary", disabled=True, key="fix-nothing")


def _offered(opened: Opened, wish: Wish) -> list[str]:
    offered = [REPLACE, FILL, TIDY]
    if opened.type.sign:
        offered.append(TURNED[opened.type.sign])
    if opened.reference.directory.closed or wish.what == REDATE:
        offered.append(REDATE)
    return [*offered, ERRORS, SHOWN]


def _shown(opened: Opened, looking: Reviewing) -> tuple[int, ...]:
    """The Excel rows that the person sees, on all pages: fixed ones stay in view, so they count."""
    return tuple(opened.judgement.numbers[looking.see(opened)].tolist())


@dataclass(frozen=True)
class _Field:
    """Where what is typed into a field is kept, the key of its widget, and what keeps it."""

    kept: str
    key: str
    on_change: Callable[[], None]


@dataclass(frozen=True)
class _Fields:
    """The fields of the dialog as it was opened with this wish."""

    typed: Typed
    wish: Wish

    @property
    def names(self) -> tuple[str, ...]:
        """Under which what was typed is kept."""
        return tuple(map(self.wish.field, ("what", "where", "column", "value", "text", "one")))

    def _field(self, name: str) -> _Field:
        kept, key = self.wish.field(name), f"fix-{name}-{self.wish.opening}"
        return _Field(kept, key, on_change=guarded.callback(partial(keep, self.typed, kept, key)))

    def text(self, name: str, label: str, *, start: str = "", placeholder: str = "") -> str:
        """A text."""
        field = self._field(name)
        return text_field(
            self.typed, label, name=field.kept, key=field.key, start=start, placeholder=placeholder
        )

    def choice(self, name: str, label: str, offered: Sequence[str], *, start: int) -> str:
        """One of a list of our texts."""
        field = self._field(name)
        return st.selectbox(
            label,
            offered,
            index=kept_place(self.typed, offered, name=field.kept, start=start),
            format_func=_,
            key=field.key,
            on_change=field.on_change,
        )

    def where(self, offered: Sequence[str]) -> str:
        """One of a few, beside each other."""
        field = self._field("where")
        chosen = st.segmented_control(
            _("Where"),
            offered,
            default=offered[kept_place(self.typed, offered, name=field.kept)],
            required=True,
            key=field.key,
            on_change=field.on_change,
        )
        return chosen or offered[0]

    def code(self, names: Mapping[str, str]) -> str:
        """One of the codes that were found, with their names."""
        field = self._field("one")
        offered = list(names)
        chosen = st.radio(
            _("Which one"),
            offered,
            index=kept_place(self.typed, offered, name=field.kept),
            format_func=lambda code: f"{plain(code)} · {plain(names[code])}",
            key=field.key,
            on_change=field.on_change,
        )
        return chosen or ""


def _reach(shown: tuple[int, ...], fields: _Fields) -> tuple[int, ...] | None:
    """The rows that are to be fixed; None for all of them."""
    wished = fields.wish.rows
    every, count = _("All rows"), len(wished)
    these = ngettext("Only {count:,} row", "Only {count:,} rows", count)
    chosen = fields.where([*([these] if wished else []), every, _("Filtered rows")])
    return {every: None, these: wished}.get(chosen, shown)


def _planned(what: str, opened: Opened, reach: tuple[int, ...] | None, fields: _Fields) -> Fix | None:
    if what in TURNED.values():
        return turning(what, reach)
    if what == REDATE:
        return dating(opened, reach)
    if what == ERRORS:
        return excluding_rejected()
    if what == SHOWN:
        return excluding(reach or ())
    columns = opened.draft.columns
    if what == TIDY:
        columns = [c for c in columns if opened.type.column(c).kind in fixes.CODES]
    wish = fields.wish
    first = columns.index(wish.column) if wish.column in columns else 0
    column = fields.choice("column", _("Column"), columns, start=first)
    if what == TIDY:
        return tidying(column, reach)
    if what == FILL:
        text = _new_value(opened, column, _("Fill blank cells with"), fields)
        return filling(column, text, reach) if text else None
    value = fields.text("value", _("Find"), start=wish.value)
    text = _new_value(opened, column, _("Replace with"), fields)
    if not value or not text:
        return None
    return replacing(column, value, text, reach)


def _new_value(opened: Opened, column: str, label: str, fields: _Fields) -> str:
    """The value to put in: free text, or a search among what exists where the column holds such codes."""
    suggester = opened.reference.directory.suggester(opened.type.column(column).kind)
    text = fields.text("text", label, placeholder=_("Search by code or name") if suggester else "")
    if suggester is None or not text:
        return text
    found = suggester.search(text, limit=8)
    if any(option.code.upper() == text.strip().upper() for option in found):
        return text.strip()
    if not found:
        st.caption(_("Nothing that exists is like “{text}”.", text=plain(text)))
        return ""
    return fields.code({option.code: option.name for option in found})


def _preview(told: fixes.Preview) -> None:
    st.markdown(ngettext("**{count:,} row will change.**", "**{count:,} rows will change.**", told.rows))
    ready = _("Ready: {before:,} → {after:,} rows", before=told.ready_before, after=told.ready_after)
    if told.amount_before is None or told.amount_after is None:
        st.caption(ready)
        return
    difference = told.amount_after - told.amount_before
    sign = "+" if difference >= 0 else ""
    st.caption(
        plain(
            f"{ready} · {money(told.amount_before)} → {money(told.amount_after)} ({sign}{money(difference)})"
        )
    )


def _said(fix: Fix, changes: Changes) -> str:
    """The word for what the button says, and of which rows."""
    return word(fix.offered(changes), sorted(changes.rows))


def _apply(user: CurrentUser, looking: Reviewing, fix: Fix, said: str, fields: Sequence[str] = ()) -> None:
    """Do it, as it was `said`, and forget what was typed into these fields for it.

    Raises Refusal `overtaken` where it would change other rows by now.
    """

    def holds(now: Opened) -> bool:
        return _said(fix, fix.plan(now)) == said

    outcome = services.apply_fix(user, looking.batch_id, fix.plan, label=fix.told, holds=holds)
    forget(looking.typed, *fields)
    tell_done(looking, outcome)
