"""The review grid: our own component, because no grid of Streamlit's marks an editable cell.

Streamlit brings the component to the page and tells it where to ask. Rows and edits do not travel by its
scripts: the grid asks a route of our own, `{"look", "client", "heard", "actions": [{"seq", "kind", …}, …]}`,
and is answered with the window of rows. A script's run would send and draw everything around the grid
before the person sees what became of their cell; so it follows a moment later, when they pause.

The files are plain JavaScript modules; Streamlit takes one string, so they are joined here.
"""

import re
from pathlib import Path

import streamlit as st

from komet_import.web.review.grid import texts

HERE = Path(__file__).parent
MODULES = (
    *(
        "language.js",
        "elements.js",
        "states.js",
        "differences.js",
        "widths.js",
        "clipboard.js",
        "unsaved.js",
        "keys.js",
    ),
    *(
        "lines.js",
        "places.js",
        "view.js",
        "popup.js",
        "calendar.js",
        "editor.js",
        "footer.js",
        "cursor.js",
        "hover.js",
    ),
    *("queue.js", "actions.js", "pages.js", "moves.js", "blocks.js", "offers.js", "typing.js"),
    *(
        "cell_menu.js",
        "pointer.js",
        "page_keys.js",
        "keyboard.js",
        "surroundings.js",
        "import_click.js",
        "answers.js",
        "listening.js",
    ),
    "grid.js",
    "mount.js",
)
"""In the order of their imports: what a file imports stands before it."""


def joined() -> str:
    """The modules as one: without their imports of each other, without `export` before inner names."""
    source = "\n".join((HERE / name).read_text(encoding="utf-8") for name in MODULES)
    source = re.sub(r'^import [^;]* from "\./[a-z_]+\.js";\n', "", source, flags=re.MULTILINE)
    return re.sub(r"^export (?!default)", "", source, flags=re.MULTILINE)


_mount = st.components.v2.component(
    "komet_review_grid", css=(HERE / "grid.css").read_text(encoding="utf-8"), js=joined()
)
_news = st.components.v2.component(
    "komet_review_news",
    js="""
    export default ({ data }) => {
      window.kometReviewNews = data; // for a grid that comes later than its news
      window.dispatchEvent(new CustomEvent("komet-review-news", { detail: data }));
    };
    """,
)
_page = st.components.v2.component(
    "komet_review_page",
    js="""
    export default ({ setTriggerValue }) => {
      const hear = () => setTriggerValue("gone", true);
      window.addEventListener("komet-review-gone", hear);
      return () => window.removeEventListener("komet-review-gone", hear);
    };
    """,
)


def review_page(*, key: str) -> None:
    """Run the whole page again when the grid's look or draft is gone; call it outside of any fragment.

    A server that was started anew knows no fragment of the page, and ignores what is asked of one.
    """
    _page(key=key, on_gone_change=lambda: None)


def review_grid(*, key: str, batch: str, url: str, look: str, news: str) -> None:
    """Draw the grid; call it inside a fragment, which runs again when the grid has changed something.

    It asks at `url` for the rows of `look`, and at `news` every second whether others changed them, with
    `batch` for what it keeps in the browser. What it is given here stays the same from run to run, so that
    Streamlit sends the component once; its words are in the language that is spoken.
    """
    data = {"batch": batch, "url": url, "news": news, "look": look, **texts.told()}
    _mount(key=key, data=data, on_changed_change=lambda: None)


def grid_news(*, key: str, look: str, version: str, said: int) -> None:
    """Tell the grid what the page was drawn with: where it knows another `version`, or has not heard the
    last thing `said`, it asks for the rows.
    """
    _news(key=key, data={"look": look, "version": version, "said": said})
