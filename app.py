"""The server: `streamlit run app.py`. What it is made of lies in `komet_import/web/`."""

import streamlit as st

from komet_import.settings import ROOT
from komet_import.web import server

server.prepare()

app = st.App(
    ROOT / "komet_import" / "web" / "router.py",
    lifespan=server.lifespan,
    routes=server.ROUTES,
    middleware=server.MIDDLEWARE,
    on_script_error=server.on_script_error,
)
