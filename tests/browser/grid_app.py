"""The server of the grid's tests: the harness's script, and the route that its grid asks for rows."""

import sys
from pathlib import Path

import streamlit as st
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.browser.grid_model import MODELS


async def rows(request: Request) -> Response:
    """Hand a message to the model that it is for."""
    message = await request.json()
    model = MODELS.get(message["look"])
    if model is None:
        return Response(status_code=404)
    model.receive(message)
    return JSONResponse(model.window())


app = st.App(Path(__file__).with_name("grid_harness.py"), routes=[Route("/rows", rows, methods=["POST"])])
