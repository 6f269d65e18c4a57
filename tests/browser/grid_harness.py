"""A Streamlit script with a plain sheet in memory behind the review grid: what the grid's tests drive.

The rows come from the address: `?rows=40&page=20&kind=mixed`. One `Model` per session; the tests keep a
second one beside it and compare.
"""

import sys
from pathlib import Path

import streamlit as st

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from komet_import.web.grid import review_grid
from tests.browser.grid_model import Model, sheet_of

st.set_page_config(layout="wide")


def model() -> Model:
    if "model" not in st.session_state:
        query = st.query_params
        st.session_state.model = Model(
            rows=sheet_of(kind=query.get("kind", "mixed"), count=int(query.get("rows", "40"))),
            page_size=int(query.get("page", "200")),
            read_only=query.get("readonly") == "1",
        )
    return st.session_state.model


@st.fragment
def grid() -> None:
    held = model()
    review_grid(
        key="grid",
        data=held.window(),
        on_actions=held.receive,
        height=int(st.query_params.get("height", "480")),
    )


st.title("Review")
if st.query_params.get("panel") == "1" and st.button("Go to row 12"):
    model().go_to(12, "Credit Balance")
grid()
st.text_input("After the grid")
