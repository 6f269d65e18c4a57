"""The page before all others: the form first, what this is beside it, and the demo's people."""

from html import escape

import streamlit as st

from komet_import import demo
from komet_import.access import users
from komet_import.language import _, marked
from komet_import.language.current import NAMES, OFFERED
from komet_import.ledger import database
from komet_import.settings import settings
from komet_import.types import usual
from komet_import.web.frame import layout
from komet_import.web.shared import auth
from komet_import.web.shared.parts import plain

_FOCUS = """<script>
(function focus(tries) {
  const field = document.querySelector('.st-key-user-name input');
  if (document.activeElement?.tagName === 'INPUT') return;
  if (field && !field.disabled) field.focus();
  else if (tries) setTimeout(focus, 50, tries - 1);
})(40);
</script>"""
"""The first field has the focus; Streamlit has no setting for it."""
_PROMISES = (
    (":material/upload_file:", marked("Upload the sheet you have. Columns are matched for you.")),
    (":material/auto_fix_high:", marked("Every wrong cell is marked, with the reason and a suggestion.")),
    (
        ":material/settings_backup_restore:",
        marked("Nothing is imported before you have reviewed it, and a whole import can be reversed."),
    ),
)


def sign_in(path: str, *, ended: bool) -> None:
    """Draw it; whoever signs in comes back to `path`. `ended` says that this tab was drawn for somebody a
    moment ago: its socket is about to be closed, and the form can be sent over the next one (`sockets`).
    """
    layout()
    form, pitch = st.columns(2, gap="large")
    with form, st.container(key="door"):
        if ended or auth.ended_here():
            st.info(_("Your session has ended. Sign in to go on."), icon=":material/lock:")
        with st.container(gap=None):
            st.title(_("Sign in"), anchor=False)
            st.caption(plain(settings().told_company))
        auth.sign_in_form(path, fill=_chosen_demo_user(), open=not ended)
        st.caption(_("Forgot your password? An Admin can set a new one."))
        if len(OFFERED) > 1:
            st.caption(
                _(
                    "{languages}: as your browser asks, and as you choose on your Account page.",
                    languages=" · ".join(NAMES[one] for one in OFFERED),
                )
            )
        if settings().demo:
            _demo_users(open=not ended)
        else:
            _first_user()
        st.html(_FOCUS, unsafe_allow_javascript=True)
    with pitch, st.container(key="pitch"):
        st.header(_("Bring open credits from Excel into your ledger, checked row by row"), anchor=False)
        st.html(_shot())
        for icon, promise in _PROMISES:
            st.markdown(f"{icon} {_(promise)}")


def _demo_users(*, open: bool) -> None:
    with st.container(border=True, gap="xsmall"):
        st.markdown(_("**Demo users**"))
        st.caption(
            _("Choose one to fill in the form. Each has the password **{password}**.", password=demo.PASSWORD)
        )
        people = demo.users_shown()
        half = -(-len(people) // 2)
        for column, several in zip(st.columns([1.4, 1]), (people[:half], people[half:]), strict=True):
            with column, st.container(gap=None):
                for name, held in several:
                    label = f"**{name}** :small[:gray[{', '.join(held)}]]"
                    if st.button(label, key=f"demo-{name}", type="tertiary", wrap=False, disabled=not open):
                        st.session_state[_CHOSEN] = name
                        st.rerun()


_CHOSEN = "demo-user"


def _chosen_demo_user() -> tuple[str, str] | None:
    """The name and password of the demo user that was chosen just now."""
    name = st.session_state.pop(_CHOSEN, None)
    return None if name is None else (name, demo.PASSWORD)


def _first_user() -> None:
    with database.reading() as session:
        anybody = users.exist(session)
    if not anybody:
        st.info(
            _(
                "There are no users yet. Make the first Admin in a terminal: `python -m komet_import users "
                'add NAME --email ADDRESS --name "FULL NAME" --role Admin`'
            ),
            icon=":material/terminal:",
        )


def _shot() -> str:
    """The picture, in the language that is spoken."""
    question = escape(_("“{value}”: did you mean {code}?", value="FL2O1", code="FL201"))
    button = escape(_("Import {credits} · {amount}", credits=usual().counted(31), amount="$13,289.83"))
    return _SHOT.replace("QUESTION", question).replace("BUTTON", button)


_SHOT = """<style>
.komet-shot { border: 1px solid color-mix(in srgb, currentColor 14%, transparent); border-radius: 8px;
  overflow: hidden; font-size: 13px; line-height: 18px; max-width: 34rem; }
.komet-shot table { border-collapse: collapse; width: 100%; margin: 0; }
.komet-shot td { padding: 4px 10px; border: 0; border-bottom: 0;
  border-top: 1px solid color-mix(in srgb, currentColor 10%, transparent);
  white-space: nowrap; overflow: hidden; text-overflow: ellipsis; }
.komet-shot td:first-child { width: 100%; max-width: 0; }
.komet-shot td:nth-child(3) { text-align: right; }
.komet-shot i { font-style: normal; opacity: .72; }
.komet-shot .bad {
  background: color-mix(in srgb, #d0564a 16%, transparent); box-shadow: inset 2px 0 #d0564a; }
.komet-shot p { display: flex; justify-content: space-between; align-items: center; gap: 12px; margin: 0;
  flex-wrap: wrap; padding: 8px 10px;
  border-top: 1px solid color-mix(in srgb, currentColor 14%, transparent); }
.komet-shot b { background: #2b7337; color: #fff; border-radius: 6px; padding: 5px 11px; font-weight: 600;
  white-space: nowrap; }
</style><div class="komet-shot" aria-hidden="true"><table>
<tr><td>FL200 <i>Petal &amp; Stem</i></td><td>2026-11-01</td><td>311.47</td><td>MIA</td></tr>
<tr><td>FL202 <i>Fleurs Côté</i></td><td>2026-11-06</td><td>582.37</td><td>LAX</td></tr>
<tr><td class="bad">FL2O1</td><td>2026-11-16</td><td>576.55</td><td>LAX</td></tr>
<tr><td>FL205 <i>The Daisy Barn</i></td><td>2026-11-07</td><td>347.81</td><td>LAX</td></tr>
<tr><td>FL247 <i>Åkerblom Florist</i></td><td>2026-11-02</td><td>399.94</td><td>BOG</td></tr>
</table><p><i>QUESTION</i><b>BUTTON</b></p></div>"""
"""What it looks like, in small: a picture of ours would be of one theme, and Streamlit serves files to who is
signed in only (`server.headers`)."""
