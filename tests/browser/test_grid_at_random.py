"""Whatever is done in the review grid, in any order, it shows what a plain model of it holds."""

import os
import random

import pytest

from tests.browser.grid_driving import Grid, OpenGrid
from tests.browser.grid_model import NAMES, Model, sheet_of

STEPS = int(os.environ.get("KOMET_TEST_GRID_STEPS", "80"))
"""How long the randomised test goes on; more for a longer soak."""

TYPED = ("12.5", "-3", "FL219", "FL21", "2026-02-03", "rosas", "a (long) truck", 'said "no"', "=1+1", "0")
PASTED = (
    "",
    "12.5",
    "-3",
    "FL219",
    "2026-02-03",
    "late\ttruck",
    "two\nlines",
    'a "quote"',
    "ñandú 🌷",
    " x ",
)


class Person:
    """Does at random what a person may do, on the grid and on a plain model beside it."""

    def __init__(self, grid: Grid, seed: int) -> None:
        self.grid = grid
        self.random = random.Random(seed)
        self.model = Model(rows=sheet_of(kind="mixed", count=45), page_size=12)
        self.i = 0
        self.j = 0
        self.story: list[str] = []

    @property
    def window(self) -> list[int]:
        return self.model.shown()

    @property
    def pages(self) -> int:
        return self.model.pages

    def go(self, i: int, j: int) -> None:
        self.grid.settled()  # a pointer goes to what it sees
        self.i, self.j = i, j
        self.grid.cell(self.window[i], NAMES[j]).click()

    def value(self) -> str:
        return self.random.choice(PASTED)

    def set(self, cells: dict[tuple[int, int], str]) -> None:
        """Change cells of the window, as far as they can be changed and it makes a difference."""
        now = self.window
        changed = [
            [now[i], NAMES[j], "", value]
            for (i, j), value in cells.items()
            if NAMES[j] != "Driver" and self.model.rows[now[i]][NAMES[j]] != value
        ]
        if changed:
            self.model.act({"kind": "set", "cells": changed})

    def down(self) -> None:
        if self.i < len(self.window) - 1:
            self.i += 1
        elif self.model.page < self.pages:
            self.model.act({"kind": "page", "page": self.model.page + 1})
            self.i = 0

    # what may be done

    def type_down(self) -> None:
        self.go(self.random.randrange(len(self.window)), self.random.randrange(6))
        for _ in range(self.random.randint(1, 4)):
            value = self.random.choice(TYPED)
            self.story.append(f"type {value!r} at {self.window[self.i]} {NAMES[self.j]}")
            self.grid.type(value)
            self.grid.press("Enter")
            self.set({(self.i, self.j): value})
            self.down()

    def paste(self) -> None:
        self.go(self.random.randrange(len(self.window)), self.random.randrange(7))
        block = [[self.value() for _ in range(self.random.randint(1, 3))]]
        block += [[self.value() for _ in block[0]] for _ in range(self.random.randint(0, 4))]
        if block == [[""]]:
            return
        self.story.append(f"paste {block} at {self.window[self.i]} {NAMES[self.j]}")
        quoted = [
            ['"' + text.replace('"', '""') + '"' if set(text) & set('\t\n"') else text for text in row]
            for row in block
        ]
        self.grid.paste("\r\n".join("\t".join(row) for row in quoted) + "\r\n")
        if self.i + len(block) > len(self.window) and self.model.page < self.pages:
            row, column = self.window[self.i], NAMES[self.j]
            self.model.act({"kind": "paste", "row": row, "column": column, "block": block})
        else:
            self.set(
                {
                    (self.i + a, self.j + b): text
                    for a, row in enumerate(block)
                    for b, text in enumerate(row)
                    if self.i + a < len(self.window) and self.j + b < len(NAMES)
                }
            )

    def block(self) -> None:
        self.go(self.random.randrange(len(self.window)), self.random.randrange(7))
        tall = min(self.random.randrange(3), len(self.window) - 1 - self.i)
        wide = min(self.random.randrange(3), len(NAMES) - 1 - self.j)
        self.grid.press(*["Shift+ArrowDown"] * tall, *["Shift+ArrowRight"] * wide)
        places = [(self.i + a, self.j + b) for a in range(tall + 1) for b in range(wide + 1)]
        act = self.random.choice(["Delete", "Control+x", "Control+d", "Control+-", "Control+="])
        self.story.append(f"{act} on {tall + 1}×{wide + 1} at {self.window[self.i]} {NAMES[self.j]}")
        self.grid.press(act)
        now = self.window
        if act == "Control+d":
            source = self.i - 1 if tall == 0 else self.i
            if source >= 0:
                top = {j: self.model.rows[now[source]][NAMES[j]] for _, j in places}
                self.set({(i, j): top[j] for i, j in places if i != source})
        elif act in {"Delete", "Control+x"}:
            self.set(dict.fromkeys(places, ""))
        else:
            out = act == "Control+-"
            rows = sorted({now[i] for i, _ in places if (now[i] in self.model.left_out) != out})
            if rows:
                self.model.act({"kind": "exclude" if out else "restore", "rows": rows})
        self.i, self.j = self.i + tall, self.j + wide

    def undo(self) -> None:
        for _ in range(self.random.randint(1, 3)):
            self.story.append("undo")
            self.grid.press("Control+z")
            self.model.act({"kind": "undo"})

    def redo(self) -> None:
        self.story.append("redo")
        self.grid.press("Control+y")
        self.model.act({"kind": "redo"})

    def turn(self) -> None:
        by = self.random.choice([1, -1])
        self.story.append(f"turn {by}")
        self.grid.press("Alt+PageDown" if by > 0 else "Alt+PageUp")
        if 1 <= self.model.page + by <= self.pages:
            self.model.act({"kind": "page", "page": self.model.page + by})
            self.i = 0

    def next_problem(self) -> None:
        self.grid.settled()
        direction = self.random.choice([1, -1])
        self.story.append(f"next problem {direction}")
        self.grid.press("F8" if direction > 0 else "Shift+F8")
        place = [self.window[self.i], NAMES[self.j]]
        self.model.goto = None
        self.model.act({"kind": "next-problem", "from": place, "direction": direction})
        if self.model.goto:
            self.i = self.window.index(self.model.goto["row"])
            self.j = NAMES.index(self.model.goto["column"])

    def compare(self) -> None:
        self.grid.settled()
        expected = {row["row"]: (row["state"], row["values"]) for row in self.model.window()["rows"]}
        assert self.grid.rows() == expected, "; ".join(self.story[-6:])
        assert self.grid.focused() == (self.window[self.i], NAMES[self.j]), "; ".join(self.story[-6:])


@pytest.mark.timeout(120 + 2 * STEPS)
def test_whatever_is_done_the_grid_shows_what_a_plain_model_holds(open_grid: OpenGrid) -> None:
    grid = open_grid(rows=45, page=12)
    person = Person(grid, seed=20261123)
    person.go(0, 0)
    acts = [person.type_down, person.paste, person.block, person.undo, person.redo, person.turn]
    acts += [person.type_down, person.next_problem]
    for step in range(STEPS):
        person.random.choice(acts)()
        if step % 3 == 0:
            person.compare()
    person.compare()
    for page in range(1, person.pages + 1):
        while person.model.page != page:
            by = 1 if person.model.page < page else -1
            grid.press("Alt+PageDown" if by > 0 else "Alt+PageUp")
            person.model.act({"kind": "page", "page": person.model.page + by})
            person.i = 0
        person.compare()
