"""Messages: the mails about a person's own imports, readable whether or not they were sent."""

import streamlit as st

from komet_import import services
from komet_import.access import roles
from komet_import.language import _, ngettext
from komet_import.refusal import Refusal
from komet_import.settings import settings
from komet_import.web.shared import auth, guarded, parts, vanished
from komet_import.web.shared.forms import forms

STATE = "messages"
PAGE = 25
HEIGHT = 560
"""Pixels of the list at the most."""
LINE = 66
"""Pixels of a message in it."""

user = auth.guard()
types = roles.types_for(user.roles)
state = st.session_state.setdefault(STATE, {"opened": None, "shown": PAGE})
page = forms("messages")
asked = any(roles.may_approve(user, type) for type in types) and settings().approval != "never"
about = (
    ngettext(
        "Messages are about imports, and your role ({roles}) can't import.",
        "Messages are about imports, and your roles ({roles}) can't import.",
        len(user.roles),
        roles=", ".join(user.roles),
    )
    if not types
    else _("Results of your imports, and what waits for approval.")
    if asked
    else _("Results of your imports.")
)
parts.page_title(_("Messages"), about)

server = services.mail_server(user)
lines = services.messages(user, limit=state["shown"] + 1)
if server is None and (types or lines):
    st.info(
        _(
            "No mail server is set up, so results are kept here and not mailed. An Admin sees how to set one "
            "up under Outgoing email."
        ),
        icon=":material/unsubscribe:",
    )
page.say_notice()

if not lines:
    then = _("When you import a sheet, its result is kept here.")
    parts.empty(_("No messages yet"), then if types else _("Ask an Admin if you need to import."))
    vanished.stop()


def open_message(message_id: int) -> None:
    state["opened"] = message_id


opened_id = state["opened"] or lines[0].id
opened = services.message(user, opened_id)
if opened is None:
    auth.not_found()
if not opened.line.read:
    services.read_message(user, opened_id)
    st.rerun()  # the menu counts anew

listed, reading = st.columns([2, 3], gap="medium")
# The list scrolls by itself, so that the message that is chosen stays in view beside it.
with (
    listed,
    st.container(height=min(HEIGHT, LINE * len(lines)), border=False, gap="xsmall", key="message-list"),
):
    for line in lines[: state["shown"]]:
        with st.container(gap=None):
            subject, chosen = parts.plain(line.subject), line.id == opened_id
            st.button(
                f"**{subject}**" if chosen or not line.read else subject,
                key=f"message-{line.id}",
                type="tertiary",
                icon=":material/arrow_right:"
                if chosen
                else None
                if line.read
                else ":material/mark_email_unread:",
                wrap=True,
                on_click=guarded.callback(open_message),
                args=(line.id,),
            )
            new = "" if line.read else _("New · ")
            # Without a mail server none of them is sent, which the page has said.
            sent = "" if server is None and not line.sent_at else f" · {line.state}"
            st.caption(f"{new}{parts.local_time(line.created_at)}{sent}")
    if len(lines) > state["shown"] and st.button(_("Show older messages")):
        state["shown"] += PAGE
        st.rerun()

with reading, st.container(border=True):
    line = opened.line
    st.subheader(parts.plain(line.subject), anchor=False)
    sent = _(" · sent {time}", time=parts.local_time(line.sent_at)) if line.sent_at else ""
    # As text: in Markdown an address becomes a link, however it is escaped.
    st.text(
        _(
            "To {recipient} · {time}{sent}",
            recipient=line.recipient,
            time=parts.local_time(line.created_at),
            sent=sent,
        )
    )
    if not line.sent_at:
        following = (
            _(" Next try {time}.", time=parts.local_time(line.next_try_at)) if line.next_try_at else ""
        )
        st.warning(
            parts.plain(f"{line.state}. {line.reason}{following}".strip()), icon=":material/schedule_send:"
        )
    if line.may_be_sent and st.button(_("Send now"), icon=":material/send:"):
        try:
            services.send_message(user, line.id)
        except Refusal as refused:
            parts.refusal(refused.message)
        else:
            page.finish(_("The message is on its way."))
    st.html(opened.html)
