"""A Streamlit script with a plain sheet in memory behind the review grid: what the grid's tests drive.

The rows come from the address: `?rows=40&page=20&kind=mixed`. One `Model` per session, or one per `sheet`
where that is named; the tests keep a second one beside it and compare. `grid_app.py` serves it.
"""

import streamlit as st

from komet_import.web.review.grid import grid_news, review_grid
from tests.browser.grid_model import MODELS, Model, sheet_of

st.set_page_config(layout="wide")


def model() -> Model:
    if "model" not in st.session_state:
        query = st.query_params
        st.session_state.model = MODELS.get(query.get("sheet", "")) or Model(
            rows=sheet_of(kind=query.get("kind", "mixed"), count=int(query.get("rows", "40"))),
            page_size=int(query.get("page", "200")),
            identity=query.get("sheet"),
        )
    return st.session_state.model


@st.fragment
def grid() -> None:
    held = model()
    height = int(st.query_params.get("height", "480"))
    review_grid(key="grid", batch="TESTBATCH", url="/rows", look=held.identity, height=height)
    grid_news(key="news", look=held.identity, version=str(held.revision), said=held.tokens)
    st.caption(f"drawn with revision {held.revision}")


st.title("Review")
if st.query_params.get("panel") == "1" and st.button("Go to row 12"):
    model().go_to(12, "Credit Balance")
grid()
st.text_input("After the grid")
