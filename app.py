"""The server: `streamlit run app.py`. What it is made of lies in `komet_import/web/`."""

import streamlit as st

from komet_import.settings import ROOT
from komet_import.web.server import application, routes

application.prepare()

app = st.App(
    ROOT / "komet_import" / "web" / "router.py",
    lifespan=application.lifespan,
    routes=routes.ROUTES,
    middleware=application.MIDDLEWARE,
    on_script_error=application.on_script_error,
)
