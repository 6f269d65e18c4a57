"""streamlit-aggrid showing the measured sheet, for `bench/grid.py`: the peer that our grid stands beside.

    streamlit run bench/peer_aggrid.py -- ROWS

As its manual shows it: the frame goes to the grid, `cellValueChanged` runs the script again, the edited
frame comes back. The script then checks every row as far as whole columns allow it (customers, amounts and
dates; no suggestions, no duplicates, no ledger), draws the marks by a rule of the grid's own, and says the
number of the run. That is less than ours does with an edit: nothing is kept in a database.
"""

import sys
from pathlib import Path

import pandas as pd
import streamlit as st
from st_aggrid import AgGrid, DataReturnMode

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from bench.workbooks import HEADERS, credit_rows, customers

CUSTOMER, _, DAY, AMOUNT, *_ = HEADERS
st.set_page_config(layout="wide")


@st.cache_data
def rows(count: int) -> pd.DataFrame:
    """The sheet as text."""
    texts = [["" if value is None else str(value) for value in row.values] for row in credit_rows(count)]
    return pd.DataFrame(texts, columns=list(HEADERS), dtype="str")


@st.cache_data
def codes() -> list[str]:
    """The codes that a row may name."""
    return [customer.code for customer in customers() if customer.active]


def bad(frame: pd.DataFrame) -> pd.Series:
    """Which rows have a problem."""
    amounts = pd.to_numeric(frame[AMOUNT], errors="coerce")
    days = pd.to_datetime(frame[DAY], format="%Y-%m-%d", errors="coerce")
    return ~frame[CUSTOMER].isin(codes()) | ~(amounts > 0) | days.isna()


if "rows" not in st.session_state:
    st.session_state.rows = rows(int(sys.argv[1]))
    st.session_state.runs = 0

st.session_state.runs += 1
shown = st.session_state.rows.assign(Problem=bad(st.session_state.rows))
answer = AgGrid(
    shown,
    gridOptions={
        "columnDefs": [
            # As text: the grid would guess a date and give it an editor of the browser's, which takes what is
            # typed in the order of the machine's language.
            *({"field": name, "editable": True, "cellDataType": "text"} for name in HEADERS),
            {"field": "Problem", "editable": False},
        ],
        "rowClassRules": {"bad": "data.Problem"},
    },
    custom_css={".bad": {"background-color": "#fdecea"}},
    data_return_mode=DataReturnMode.AS_INPUT,
    update_on=["cellValueChanged"],
    height=600,
    key="grid",
)
edited = answer.data[list(HEADERS)]
st.session_state.rows = edited
wrong = int(bad(edited).sum())
st.html(f'<p id="answered" data-run="{st.session_state.runs}">{wrong:,} rows need attention</p>')
