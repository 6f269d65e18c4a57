"""Whatever is done in the review grid, in any order, the sheet holds it and the grid shows the sheet."""

import os
import random

import numpy as np
import pytest

from komet_import import services
from komet_import.review.problem_list import next_problem
from komet_import.review.window import PAGE_ROWS
from komet_import.services import Opened
from komet_import.web.review.grid_rows import grid_rows
from tests.browser.grid_drafts import NAMES, rita
from tests.browser.grid_driving import Grid, OpenGrid

STEPS = int(os.environ.get("KOMET_TEST_GRID_STEPS", "40"))
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
IMPORTED = NAMES[:-1]
Cell = tuple[int, str]


class Person:
    """Does at random what a person may do, and notes down which texts and excluded rows that leaves.

    What each cell is seen as, what a row is and where the problems are is asked of the draft itself.
    """

    def __init__(self, grid: Grid, seed: int) -> None:
        self.grid = grid
        self.random = random.Random(seed)
        self.user = rita()
        draft = self.opened.draft
        self.numbers: list[int] = draft.rows.index.tolist()
        self.texts = texts_of(self.opened)
        self.out: frozenset[int] = frozenset()
        self.past: list[tuple[dict[Cell, str], frozenset[int]]] = []
        self.undone: list[tuple[dict[Cell, str], frozenset[int]]] = []
        self.page = self.i = self.j = 0
        self.go(0, 0)
        self.story: list[str] = []

    @property
    def opened(self) -> Opened:
        return services.view(self.user, self.grid.batch)

    @property
    def window(self) -> list[int]:
        """The numbers of the rows that are shown."""
        return self.numbers[self.page * PAGE_ROWS :][:PAGE_ROWS]

    @property
    def pages(self) -> int:
        return -(-len(self.numbers) // PAGE_ROWS)

    def place(self) -> int:
        """A row of the page, often one at its edge."""
        last = len(self.window) - 1
        return self.random.choice(
            [self.random.randint(0, last), self.random.randint(0, last), 0, last - 1, last]
        )

    def go(self, i: int, j: int) -> None:
        self.grid.settled()  # a pointer goes to what it sees
        self.i, self.j = i, j
        self.grid.cell(self.window[i], NAMES[j]).click()

    # what is noted down

    def change(self, texts: dict[Cell, str], out: frozenset[int]) -> None:
        if (texts, out) == (self.texts, self.out):
            return
        self.past.append((self.texts, self.out))
        self.undone.clear()
        self.texts, self.out = texts, out

    def set(self, cells: dict[Cell, str]) -> None:
        self.change({**self.texts, **{at: text for at, text in cells.items() if at in self.texts}}, self.out)

    def travel(self, back: list[tuple[dict[Cell, str], frozenset[int]]], forth: list[object]) -> None:
        if back:
            forth.append((self.texts, self.out))
            self.texts, self.out = back.pop()

    # what may be done

    def type_down(self) -> None:
        self.go(self.place(), self.random.randrange(len(IMPORTED)))
        for _ in range(self.random.randint(1, 4)):
            value, row = self.random.choice(TYPED), self.window[self.i]
            self.story.append(f"type {value!r} at {row} {NAMES[self.j]}")
            self.grid.type(value)
            self.grid.press("Enter")
            self.set({(row, NAMES[self.j]): value})
            if self.i < len(self.window) - 1:
                self.i += 1
            elif self.page < self.pages - 1:
                self.page, self.i = self.page + 1, 0

    def paste(self) -> None:
        self.go(self.place(), self.random.randrange(len(NAMES)))
        wide = self.random.randint(1, 3)
        block = [[self.random.choice(PASTED) for _ in range(wide)] for _ in range(self.random.randint(1, 5))]
        if block == [[""]]:
            return
        top = self.numbers.index(self.window[self.i])
        self.story.append(f"paste {block} at {self.window[self.i]} {NAMES[self.j]}")
        quoted = [
            ['"' + text.replace('"', '""') + '"' if set(text) & set('\t\n"') else text for text in row]
            for row in block
        ]
        self.grid.paste("\r\n".join("\t".join(row) for row in quoted) + "\r\n")
        self.set(
            {
                (row, name): text
                for row, line in zip(self.numbers[top:], block, strict=False)
                for name, text in zip(NAMES[self.j :], line, strict=False)
            }
        )

    def block(self) -> None:
        self.go(self.place(), self.random.randrange(len(NAMES)))
        tall = min(self.random.randrange(3), len(self.window) - 1 - self.i)
        wide = min(self.random.randrange(3), len(NAMES) - 1 - self.j)
        self.grid.press(*["Shift+ArrowDown"] * tall, *["Shift+ArrowRight"] * wide)
        rows = self.window[self.i : self.i + tall + 1]
        names = NAMES[self.j : self.j + wide + 1]
        act = self.random.choice(["Delete", "Control+x", "Control+d", "Control+-", "Control+="])
        self.story.append(f"{act} on {tall + 1}×{wide + 1} at {rows[0]} {names[0]}")
        # One row is filled from the row above it, several from the first of them.
        source, filled = (self.i, rows[1:]) if tall else (self.i - 1, rows if self.i else [])
        seen = self.seen(self.window[source]) if act == "Control+d" and filled else {}
        self.grid.press(act)
        self.i, self.j = self.i + tall, self.j + wide
        if act == "Control+-":
            self.change(self.texts, self.out | set(rows))
        elif act == "Control+=":
            self.change(self.texts, self.out - set(rows))
        elif act == "Control+d":
            self.set({(row, name): seen[name] for row in filled for name in names})
        else:
            self.set({(row, name): "" for row in rows for name in names})

    def undo(self) -> None:
        for _ in range(self.random.randint(1, 3)):
            self.story.append("undo")
            self.grid.press("Control+z")
            self.travel(self.past, self.undone)

    def redo(self) -> None:
        self.story.append("redo")
        self.grid.press("Control+y")
        self.travel(self.undone, self.past)

    def turn(self, by: int = 0) -> None:
        by = by or self.random.choice([1, -1])
        self.story.append(f"turn {by}")
        self.grid.press("Alt+PageDown" if by > 0 else "Alt+PageUp")
        if 0 <= self.page + by < self.pages:
            self.page, self.i = self.page + by, 0

    def next_problem(self) -> None:
        self.grid.settled()
        forward = self.random.choice([True, False])
        self.story.append(f"next problem {forward}")
        self.grid.press("F8" if forward else "Shift+F8")
        opened, order = self.opened, np.arange(len(self.numbers))
        at = {"row": self.window[self.i], "column": NAMES[self.j]}
        found = next_problem(opened.judgement, order, opened.draft.columns, **at, forward=forward)
        if found:
            self.page, self.i = divmod(found[0], PAGE_ROWS)
            self.j = NAMES.index(found[1])

    # what is compared

    def seen(self, row: int) -> dict[str, str]:
        """What is seen in the cells of a row."""
        return dict(zip(NAMES, self.shown([self.numbers.index(row)])[row][1], strict=True))

    def shown(self, places: list[int]) -> dict[int, tuple[str, list[str]]]:
        """The state and the texts that the grid is to show of these rows, by position; by row number."""
        return {
            told["row"]: (
                told["state"],
                [told["seen"].get(at, text) for at, text in enumerate(told["values"])],
            )
            for told in grid_rows(self.opened, np.array(places))
        }

    def compare(self) -> None:
        self.grid.settled()
        opened, story = self.opened, "; ".join(self.story[-6:])
        assert texts_of(opened) == self.texts, story
        assert {
            row for row, out in zip(self.numbers, opened.draft.left_out, strict=True) if out
        } == self.out, story
        first = self.page * PAGE_ROWS
        places = list(range(first, min(first + PAGE_ROWS, len(self.numbers))))
        assert self.grid.rows() == self.shown(places), story
        assert self.grid.focused() == (self.window[self.i], NAMES[self.j]), story


def texts_of(opened: Opened) -> dict[Cell, str]:
    """The texts of a draft by row number and column, of the columns that are imported."""
    return {(row, name): text for name in IMPORTED for row, text in opened.draft.rows[name].to_dict().items()}


@pytest.mark.timeout(120 + 2 * STEPS)
def test_whatever_is_done_the_sheet_holds_it_and_the_grid_shows_the_sheet(open_grid: OpenGrid) -> None:
    grid = open_grid("pages")
    person = Person(grid, seed=20261123)
    person.turn(1)
    acts = [person.type_down, person.paste, person.block, person.undo, person.redo, person.turn]
    acts += [person.type_down, person.next_problem]
    for step in range(STEPS):
        person.random.choice(acts)()
        if step % 3 == 0:
            person.compare()
    person.compare()
    person.turn(-1 if person.page else 1)
    person.compare()
