"""The first run of a company: what comes before what, with one step at a time to take."""

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from komet_import.language import _
from komet_import.services import FirstSteps
from komet_import.types import ImportType, Meaning, saying
from komet_import.types.schema import PARTIES
from komet_import.web.home.import_choice import choose
from komet_import.web.shared.parts import page, plain

STEPS = 4
SIGN = 28
"""Pixels of the number, or the tick, before a step."""


def checklist(name: str, steps: FirstSteps, type: ImportType) -> None:
    """Locations, customers, the first money, mail: what is done, and the one button for what comes next.
    `type` is the money that is imported first.
    """
    (parties,) = saying(Meaning.LOCATIONS)
    st.title(_("Welcome, {name}", name=plain(name.split()[0])), anchor=False)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(_("Four steps to your first import, about ten minutes."), width="content")
        st.progress(steps.done / STEPS, width=120)
        st.caption(_("{done} of {steps} done", done=steps.done, steps=STEPS), width="content")
    with st.container(border=True, gap="small", key="first-steps"):
        with _step(1, _("Locations"), done=bool(steps.locations)) as action:
            if steps.locations:
                st.caption(plain(f"{', '.join(steps.locations)}."))
            else:
                st.caption(_("Only with more than one place. Then every document needs a location code."))
        action.page_link(page("locations"), label=_("Edit") if steps.locations else _("Add locations"))
        with _step(2, _(PARTIES[1]).capitalize(), done=steps.customers) as action:
            st.caption(
                _(
                    "A {noun} belongs to a customer, so your customer list comes first. Any Excel file with "
                    "codes and names will do.",
                    noun=_(type.noun[0]),
                )
            )
        if not steps.customers and action.button(
            _("**Import {parties}**", parties=_(PARTIES[1])),
            type="primary",
            icon=":material/upload_file:",
            key="first-customers",
        ):
            choose(parties)
            st.rerun()
        with _step(3, _("First {nouns}", nouns=_(type.noun[1])), done=steps.money) as action:
            st.caption(
                _("Drop your file below.")
                if steps.customers
                else _("Waits for customers: without them, every row would need attention.")
            )
        if action.button(
            _("**Import {nouns}**", nouns=_(type.noun[1]))
            if steps.customers
            else _("Import {nouns}", nouns=_(type.noun[1])),
            type="primary" if steps.customers else "secondary",
            disabled=not steps.customers,
            key="first-money",
        ):
            choose(type)
            st.rerun()
        with _step(4, _("Email"), done=steps.mail) as action:
            st.caption(_("Optional. Without a mail server, results wait on the Messages page."))
        action.page_link(page("mail"), label=_("Set up email") if not steps.mail else _("Look at it"))


def no_customers(*, may_import_them: bool) -> None:
    """Before anything is uploaded: without customers every row of it would need attention."""
    said = _("You have no {parties} yet, so every row would need attention.", parties=_(PARTIES[1]))
    if may_import_them:
        st.warning(_("{said} Import them first.", said=said), icon=":material/group_off:")
    else:
        st.warning(_("{said} Ask an Admin to import them first.", said=said), icon=":material/group_off:")


@contextmanager
def _step(number: int, title: str, *, done: bool) -> Iterator[DeltaGenerator]:
    """A line of the list: its number or a tick, its name, what is drawn inside; gives its action's place."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        sign = st.container(width=SIGN)
        text = st.container(gap=None, key=f"row-name-step-{number}")
        action = st.container(width="content")
    sign.markdown(":green[:material/check_circle:]" if done else f"**{number}**", text_alignment="center")
    with text:
        st.subheader(title, anchor=False)
        yield action
