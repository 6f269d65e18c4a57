"""Account: who I am here, my password, and signing out everywhere."""

import streamlit as st

from komet_import.web import auth, parts

user = auth.guard()
parts.page_title("Account")
