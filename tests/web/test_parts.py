"""A user's text is shown as the text that it is."""

import pytest
from streamlit.testing.v1 import AppTest

from komet_import.web.shared.parts import plain, unseen


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("Flores del Valle", "Flores del Valle"),
        ("**bold**", r"\*\*bold\*\*"),
        ("<img src=x>", r"\<img src\=x\>"),
        (":material/eco: $x$", "\\:\u2060material/eco\\: \\$x\\$"),
        ("\\", "\\\\"),
        # What is looked for in the text after its escapes are gone: links, arrows, dashes.
        ("a@b.com", "a\u2060\\@b\\.com"),
        ("FL@219", r"FL\@219"),
        ("www.evil.com", "www\u2060\\.evil\\.com"),
        ("HTTPS://evil.com", "HTTPS\\:\u2060//evil\\.com"),
        ("2026-03-02", r"2026\-03\-02"),
        ("a -> b", "a \\-\u2060\\> b"),
        ("--5", "\\-\u2060\\-5"),
        ("one\r\n\r\n  two\tthree", "one two three"),
    ],
)
def test_markdown_signs_lose_their_meaning(text: str, escaped: str) -> None:
    assert plain(text) == escaped


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Credit # (ours)", "Credit # (ours)"),
        ("$ 1.234,50 -> *", "$ 1.234,50 -> *"),
        ("Amount [USD]", "Amount [USD]"),
        ("two\nlines", "two lines"),
        ("![x](http://evil/x.png)", "!\u2060[x](http://evil/x.png)"),
    ],
)
def test_a_label_that_is_only_read_aloud_has_no_escapes(text: str, read: str) -> None:
    assert unseen(text) == read


def _script() -> None:
    from datetime import UTC, datetime

    import streamlit as st

    from komet_import.review.tally import Tally
    from komet_import.web.shared import parts

    parts.page_title("Review", "One line.")
    parts.figures(
        [
            parts.Figure(label="Ready", tally=Tally(rows=1234, amount=8310500)),
            parts.Figure(label="Out", tally=Tally(rows=0, amount=None)),
            parts.Figure(label="Read", tally=Tally(rows=3, amount=0, unreadable=2, against=1)),
        ]
    )
    parts.empty("No imports yet", "Start with a sheet.", action=lambda: st.button("Start"))
    parts.refusal("Not *now*.")
    st.text(parts.local_time(datetime(2026, 3, 2, 10, 42, tzinfo=UTC)))


def test_the_parts_say_what_they_were_given() -> None:
    shown = AppTest.from_function(_script).run()
    assert not shown.exception
    assert shown.title[0].value == "Review"
    assert [mark.value for mark in shown.markdown] == [
        ":small[:gray[Ready]]  \n**1,234** · \\$8,310\\.50",
        ":small[:gray[Out]]  \n**0**",
        ":small[:gray[Read]]  \n**3** · 2 amounts could not be read · 1 amount has the wrong sign",
        "**No imports yet**",
    ]
    assert shown.error[0].value == r"Not \*now\*\."
    assert shown.button[0].label == "Start"
    assert shown.text[0].value == "2026-03-02 10:42 UTC"


def test_figures_that_have_no_room_in_their_tiles_are_written_smaller() -> None:
    def script() -> None:
        import streamlit as st

        from komet_import.web.shared.parts import tiles

        st.container(key="above")
        for name, longest in (("usual", "$1,818,544.16"), ("large", "$18,185,447.16")):
            tiles(2, name=name, whole=True, longest=longest)[0].metric("All", longest)

    shown = AppTest.from_function(script).run()
    assert not shown.exception
    keys = "\n".join(str(one.proto) for one in shown.main if one.proto is not None)
    assert "small-large" in keys and "small-usual" not in keys and "whole-usual" in keys
