"""Uploading: what becomes of the files that a person drops.

Streamlit's uploader refuses a name or a size with a red mark and no words. So it takes every name and every
size (`upload_limits` cuts what is over the limit), and each file becomes a draft or is told, in one
sentence, why it does not.
"""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace

import streamlit as st
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.uploaded_file_manager import UploadedFile

from komet_import import services
from komet_import.access.roles import may_import
from komet_import.access.users import CurrentUser
from komet_import.language import _
from komet_import.refusal import Refusal, SheetRefusal, name_of_file
from komet_import.settings import settings
from komet_import.sheets.files import guard
from komet_import.types import ALL, ImportType
from komet_import.web.home import pasted_rows
from komet_import.web.shared import upload_limits
from komet_import.web.shared.navigation import go_to, kept_here
from komet_import.web.shared.parts import its_report, page, plain, refusal


@dataclass(frozen=True, kw_only=True)
class FileOutcome:
    """What became of a file: the draft that it is, or why it is none. `fits` is the type of which it is a
    sheet, where its person may import that one, and `content` the file then, for one click."""

    name: str
    batch_id: str = ""
    refused: Refusal | None = None
    fits: ImportType | None = None
    content: bytes = field(default=b"", repr=False)

    @property
    def message(self) -> str:
        """Why it is none, naming the file once."""
        said = self.refused.message if self.refused else ""
        return said if self.name in said or self.name == pasted_rows.NAME else f"{self.name}: {said}"


def paste() -> None:
    """The other way: rows from the clipboard."""
    pasted_rows.paste(key=_round())


def _round() -> str:
    """What goes into the keys of uploader and field: another one after each upload. Not with each type: what
    is dropped right after another type is chosen comes from the uploader that stood there before.
    """
    return str(st.session_state.get("uploads", 0))


def upload(user: CurrentUser, type: ImportType) -> None:
    """Each file is a draft as soon as it is dropped; where it is one alone, the Review page opens."""
    with st.container(key="drop", horizontal_alignment="center", gap="xsmall"):
        st.header(_("Drop your Excel file here"), anchor=False, text_alignment="center")
        dropped = st.file_uploader(
            _("{title} file", title=_(type.title)),
            accept_multiple_files=True,
            max_upload_size=upload_limits.ANY_MB,
            label_visibility="collapsed",
            key=f"upload-{_round()}",
        )
        st.caption(
            _(
                ".xlsx, .xls, .xlsb, .ods, .csv, .tsv or .txt, up to {max_upload_mb} MB and {max_rows:,} "
                "rows. Nothing is imported before you have reviewed it.",
                max_upload_mb=settings().max_upload_mb,
                max_rows=settings().max_rows,
            ),
            text_alignment="center",
        )
    if dropped:
        outcomes = [_read(user, type, file) for file in dropped]
        _release(dropped)
        # A new uploader next time: a file that was read must not be read again on coming back.
        st.session_state["uploads"] = st.session_state.get("uploads", 0) + 1
        if len(outcomes) == 1 and outcomes[0].batch_id:
            go_to("review", batch_id=outcomes[0].batch_id)
        kept_here()[type.slug] = _within_bounds(outcomes)
        st.rerun()
    for place, outcome in enumerate(kept_here().get(type.slug, ())):
        _tell(user, outcome, key=f"{type.slug}-{place}")


def _read(user: CurrentUser, type: ImportType, file: UploadedFile) -> FileOutcome:
    context = get_script_run_ctx()
    size = upload_limits.size_before_cut(context.session_id, file.file_id) if context else None
    name = name_of_file(file.name)
    if size is not None:
        return FileOutcome(name=name, refused=cut(name, size))
    with st.spinner(_("Reading {name} …", name=plain(name))):
        return taken(user, type, name, file.getvalue())


def cut(name: str, size: int) -> Refusal:
    """Why only the beginning of a file is here."""
    if size > upload_limits.largest():
        return guard.too_large(name, size, settings())
    return SheetRefusal(
        "too-many-files",
        _(
            "“{name}” was not read: too many large files were waiting at the same time. Drop it again, "
            "with fewer than {files_each} others.",
            name=name,
            files_each=upload_limits.FILES_EACH,
        ),
    )


def taken(user: CurrentUser, type: ImportType, name: str, content: bytes) -> FileOutcome:
    """Make a draft of a file, or find out why not."""
    try:
        return FileOutcome(
            name=name, batch_id=services.open_file(user, type, name, content, waiting=_waiting)
        )
    except Refusal as wrong:
        fits = ALL.get(wrong.fits) if isinstance(wrong, SheetRefusal) else None
        if name == pasted_rows.NAME:
            wrong = pasted_rows.refused(wrong, type)
        if fits is None or not may_import(user, fits):
            return FileOutcome(name=name, refused=wrong)
        return FileOutcome(name=name, refused=wrong, fits=fits, content=content)


def _waiting() -> AbstractContextManager[None]:
    """Says that the file waits for its turn (`files.reader` reads two at a time)."""
    return st.spinner(_("Waiting: two other files are being read …"))


def _release(files: Sequence[UploadedFile]) -> None:
    """Streamlit would keep what was uploaded in memory until the tab is closed."""
    context = get_script_run_ctx()
    if context is None or not isinstance(context.uploaded_file_mgr, MemoryUploadedFileManager):
        return
    for file in files:
        context.uploaded_file_mgr.remove_file(context.session_id, file.file_id)


def _within_bounds(outcomes: Sequence[FileOutcome]) -> list[FileOutcome]:
    """Of the files that are kept for one click, so many as one of the largest may be."""
    left, found = upload_limits.largest(), []
    for outcome in outcomes:
        left -= len(outcome.content)
        found.append(outcome if left >= 0 else replace(outcome, fits=None, content=b""))
    return found


def _tell(user: CurrentUser, outcome: FileOutcome, *, key: str) -> None:
    wrong = outcome.refused
    if wrong is None:
        st.page_link(
            page("review"),
            label=_("“{name}” is a draft; review it", name=plain(outcome.name)),
            query_params={"batch": outcome.batch_id},
            icon=":material/edit_note:",
        )
        return
    if outcome.fits is not None:
        refusal(_("This file holds {title}.", title=_(outcome.fits.title)))
        _offer(user, outcome, outcome.fits, key=key)
        return
    refusal(outcome.message)
    its_report(wrong)
    if wrong.code in ("missing-column", "wrong-type", "no-header"):
        st.caption(_("The sample template has the columns that are expected."))


def _offer(user: CurrentUser, outcome: FileOutcome, type: ImportType, *, key: str) -> None:
    """The same file as the type that it is, with one click."""
    if st.button(
        _("Import as {title}", title=_(type.title)), icon=":material/swap_horiz:", key=f"fits-{key}"
    ):
        with st.spinner(_("Reading {name} …", name=plain(outcome.name))):
            again = taken(user, type, outcome.name, outcome.content)
        if again.batch_id:
            kept_here().clear()
            go_to("review", batch_id=again.batch_id)
        refusal(again.message)
        its_report(again.refused)
