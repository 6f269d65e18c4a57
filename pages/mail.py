"""Mail: whether a mail server is set and works, and what could not be sent."""

from html import escape

import streamlit as st

from komet_import import services
from komet_import.access import roles
from komet_import.language import _, ngettext
from komet_import.outbox.mail.send_error import SendError
from komet_import.outbox.queries import MessageLine
from komet_import.refusal import Refusal
from komet_import.review.tally import Tally
from komet_import.web.shared import auth, parts, vanished
from komet_import.web.shared.forms import forms
from komet_import.web.shared.table import facts, headings, still, table


def _state(line: MessageLine) -> str:
    """Where a mail stands, why, and when it is tried again."""
    following = _("Next try {time}.", time=parts.local_time(line.next_try_at)) if line.next_try_at else ""
    return " ".join(filter(None, (f"{line.state}.", line.reason, following)))


user = auth.guard(roles.is_admin)
page = forms("mail")
parts.page_title(_("Outgoing email"), _("How results reach people by email, and what could not be sent."))
page.say_notice()

server = services.mail_server(user)
if server is None:
    st.info(
        _(
            "No mail server is set: mails are kept and can be read under Messages. Set KOMET_SMTP_HOST "
            "and, as your server needs them, KOMET_SMTP_PORT, KOMET_SMTP_SECURITY, KOMET_SMTP_USER, "
            "KOMET_SMTP_PASSWORD and KOMET_SMTP_FROM; then start the server again."
        ),
        icon=":material/unsubscribe:",
    )
else:
    facts(
        {
            _("Mail server"): _("{host}, port {port}", host=server.host, port=server.port),
            _("Connection"): server.security,
            _("Account"): server.account or _("none"),
            _("Sender"): server.sender or _("none: set KOMET_SMTP_FROM"),
        }
    )
    st.space("small")

queue = services.mail_queue(user)
states = (
    (_("Waiting"), queue.waiting),
    (_("Sent"), queue.sent),
    (_("May have arrived"), queue.unclear),
    (_("Failed"), queue.failed),
    (_("Not sent (no server)"), queue.unsent),
)
parts.figures([parts.Figure(label=state, tally=Tally(rows=mails, amount=None)) for state, mails in states])

unsent = queue.waiting + queue.failed + queue.unsent
with st.container(horizontal=True):
    test = st.button(_("Send a test mail to me"), icon=":material/outgoing_mail:", disabled=server is None)
    again = st.button(
        _("Retry"),
        icon=":material/refresh:",
        disabled=server is None or not unsent,
        help=_("Sends everything that was not sent yet, also what failed; not what may have arrived."),
    )

if test:
    try:
        with st.spinner(_("Talking to the mail server …")):
            services.mail_test(user)
    except SendError as wrong:
        unclear = (
            _(" The test mail may arrive all the same: look into your mailbox.") if wrong.unclear else ""
        )
        parts.refusal(wrong.message + unclear)
    else:
        st.success(
            parts.plain(_("The mail server took a test mail to {email}.", email=user.email)),
            icon=":material/check_circle:",
        )
if again:
    try:
        count = services.mail_again(user)
    except Refusal as refused:
        parts.refusal(refused.message)
    else:
        page.finish(ngettext("{count:,} mail is being sent.", "{count:,} mails are being sent.", count))

st.subheader(_("Not sent, or unclear"), anchor=False)
troubled = services.mail_troubled(user)
if not troubled:
    st.caption(_("Every mail has been sent.") if queue.sent else _("No mail has been written yet."))
    vanished.stop()
still(
    table(
        head=headings(_("Subject"), _("Recipient"), _("State"), _("Written")),
        lines="".join(
            f"<tr><td class='wordy'>{escape(line.subject)}</td>"
            f"<td class='address'>{escape(line.recipient)}</td>"
            f"<td class='wordy'>{escape(_state(line))}</td>"
            f"<td class='time'>{escape(parts.local_time(line.created_at))}</td></tr>"
            for line in troubled
        ),
        label=_("Mails not sent"),
    )
)
not_sent = unsent + queue.unclear
if not_sent > len(troubled):
    st.caption(_("The newest {count:,} of {not_sent:,}.", count=len(troubled), not_sent=not_sent))
