"""Bars: all on one scale, what is below zero to the left, every text as it is."""

import re

import pytest

from komet_import.web.shared import bars as room
from komet_import.web.shared import columns as upright
from komet_import.web.shared.bars import Bar, bars, stripe
from komet_import.web.shared.brand import brand, brand_alone
from komet_import.web.shared.columns import columns


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The HTML of what is drawn."""
    html: list[str] = []
    monkeypatch.setattr(room.st, "html", html.append)
    return html


def widths(html: str) -> list[tuple[str, float]]:
    return [
        (color, float(width))
        for color, width in re.findall(r"komet-part-(\w+)' style='width:([\d.]+)%", html)
    ]


def test_the_longest_line_has_the_whole_width_and_the_others_their_share(drawn: list[str]) -> None:
    lines = [Bar(name="A", parts=(300, 100), figure="0.40"), Bar(name="B", parts=(0, 100), figure="0.10")]
    bars(lines, ("before", "ready"), label="Changes", legend=("Now", "This import"))
    assert widths(drawn[0]) == [("before", 75), ("ready", 25), ("ready", 25)]
    assert "Now</li>" in drawn[0] and "This import</li>" in drawn[0]


def test_what_is_below_zero_stands_left_of_the_others(drawn: list[str]) -> None:
    lines = [Bar(name="A", parts=(100, -100), figure="0.00"), Bar(name="B", parts=(50, 0), figure="0.05")]
    bars(lines, ("before", "ready"), label="Changes")
    assert widths(drawn[0]) == [("ready", 50), ("before", 50), ("none", 50), ("before", 25)]


def test_nothing_at_all_has_no_width(drawn: list[str]) -> None:
    bars([Bar(name="A", parts=(0,), figure="0")], ("bad",), label="Nothing")
    stripe((0, 0), ("ready", "late"), label="Nothing")
    assert [widths(html) for html in drawn] == [[], []]


def test_texts_of_sheets_are_texts(drawn: list[str]) -> None:
    bars([Bar(name="<b>'x", parts=(1,), figure="<i>")], ("bad",), label="'<u>", legend=("<s>",))
    assert not re.search(r"<b>'|<i>|<u>|<s>", drawn[0])


def test_a_stripe_has_each_part_of_what_is_above_zero(drawn: list[str]) -> None:
    stripe((30, -10, 10), ("ready", "late", "bad"), label="By age")
    assert widths(drawn[0]) == [("ready", 75), ("bad", 25)]


@pytest.fixture
def drawn_upright(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The HTML of columns that are drawn."""
    html: list[str] = []
    monkeypatch.setattr(upright.st, "html", html.append)
    return html


def heights(html: str) -> list[float]:
    return [float(height) for height in re.findall(r"height:([\d.]+)%'", html)]


def test_the_highest_column_has_the_whole_height_and_each_says_what_it_is(drawn_upright: list[str]) -> None:
    spans = [Bar(name=f"Mar {n}", parts=(part,), figure=f"${part}") for n, part in enumerate((0, 50, 200))]
    columns(spans, label="Per week")
    (html,) = drawn_upright
    assert heights(html) == [0, 25, 100]
    assert re.findall(r"<i role='img' aria-label='([^']*)'", html) == [
        "Mar 0: $0",
        "Mar 1: $50",
        "Mar 2: $200",
    ]
    assert re.findall(r"title='([^']*)'", html) == ["Mar 0: $0", "Mar 1: $50", "Mar 2: $200"]
    assert "aria-label='Per week'" in html


def test_of_every_four_columns_the_first_has_its_name_below_it(drawn_upright: list[str]) -> None:
    columns([Bar(name=f"W{n}", parts=(1,), figure="") for n in range(12)], label="Per week")
    assert re.findall(r"<b>([^<]*)</b>", drawn_upright[0]) == ["W0", "W4", "W8"]


def test_spans_in_which_there_was_nothing_have_no_height(drawn_upright: list[str]) -> None:
    columns([Bar(name="<s>", parts=(0,), figure="<i>'")], label="'<u>")
    columns([], label="None")
    assert heights(drawn_upright[0]) == [0] and not re.search(r"<s>|<i>|<u>", drawn_upright[0])


def test_the_brand_brings_its_colors_of_both_themes_where_no_page_gives_them() -> None:
    assert "--leaf: #2b7337" in brand_alone()
    assert "prefers-color-scheme: dark" in brand_alone()
    assert "var(--leaf)" in brand() and "<style>" not in brand()
