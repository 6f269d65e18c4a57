"""The part of the Report page that gives the evidence of an import: one workbook, a page, the file itself."""

import streamlit as st

from komet_import.services import File, Report
from komet_import.web.shared.download_link import download_link
from komet_import.web.shared.parts import plain


def evidence(report: Report) -> None:
    """Three links, and the hash of the file."""
    st.subheader("Evidence", anchor=False)
    st.caption("Every row, edit, confirmation, approval and message, and the audit chain's hashes.")
    with st.container(horizontal=True, gap="small"):
        download_link("Download evidence", File.EVIDENCE, report.batch.id)
        download_link("Page to print", File.EVIDENCE_PAGE, report.batch.id)
        download_link("Original file", File.ORIGINAL, report.batch.id)
    st.caption(plain(f"SHA-256 of the file: {report.batch.sha256}"))
