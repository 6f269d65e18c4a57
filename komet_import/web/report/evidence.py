"""The part of the Report page that gives the evidence of an import: one workbook, a page, the file itself."""

import streamlit as st

from komet_import.language import _
from komet_import.services import File, Report
from komet_import.web.shared.download_link import download_link
from komet_import.web.shared.parts import plain


def evidence(report: Report) -> None:
    """Three links, and the hash of the file."""
    st.subheader(_("Evidence"), anchor=False)
    st.caption(_("Every row, edit, confirmation, approval and message, and the audit chain's hashes."))
    with st.container(horizontal=True, gap="small"):
        download_link(_("Download evidence"), File.EVIDENCE, report.batch.id)
        download_link(_("Page to print"), File.EVIDENCE_PAGE, report.batch.id)
        download_link(_("Original file"), File.ORIGINAL, report.batch.id)
    st.caption(plain(_("SHA-256 of the file: {sha256}", sha256=report.batch.sha256)))
