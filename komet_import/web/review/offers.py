"""What the buttons of cards stand for on the screen on which they are clicked, and whether that is so still.

A card is drawn here before it is in the browser, and a colleague may change the rows meanwhile. So a click
does what the card said there, or nothing: it is compared with what the card says here (`Offers`) and, in the
moment in which it is done, with the draft as it stands then (`stands`, which a use case asks).
"""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from komet_import.review.catalogue import CATALOGUE
from komet_import.review.issues import Issue
from komet_import.review.problem_list import ProblemKind, kinds, problems
from komet_import.review.questions import questions
from komet_import.review.questions.question import Question
from komet_import.review.tally import Tally, tally_of_issues
from komet_import.services import Holds, Opened
from komet_import.web.shared.on_screen import OnScreen


@dataclass(eq=False)
class Offers:
    """The buttons of one look that say of how many rows, which value or how much money they are, by their
    keys: with a word for what they say, which is another one where they say something else."""

    drawn: OnScreen[dict[str, str]] = field(default_factory=lambda: OnScreen("cards-shown"))
    _drawing: dict[str, str] = field(default_factory=dict)
    _done: tuple[str, str] | None = None

    def begin(self) -> None:
        """The page is drawn anew."""
        self._drawing = {}

    def offer(self, key: str, said: str) -> None:
        """A button is drawn."""
        self._drawing[key] = said

    def end(self) -> None:
        """All of them are drawn."""
        self._done = None
        self.drawn.keep(self._drawing)
        self.drawn.draw()

    def stood(self, key: str, said: str) -> bool:
        """Whether that is what the button said where it was clicked; ask in its callback."""
        return (self.drawn.on_screen() or {}).get(key) == said

    def once(self, key: str, said: str, work: Callable[[], object]) -> None:
        """Do what a click asks for; the second one of two is of what is done already."""
        if self._done != (key, said):
            work()
            self._done = (key, said)


@dataclass(frozen=True)
class Proposed:
    """The answers that the panel's button confirms, what its person has chosen of them, and the draft that
    they are of."""

    answers: dict[tuple[str, str], str]
    choices: dict[str, str]
    revision: int


def word(*parts: object) -> str:
    """One word for what a card says; another one where any of it is another."""
    return hashlib.sha256(repr(parts).encode()).hexdigest()


@dataclass(frozen=True, kw_only=True)
class Card:
    """A kind of problem, with the word for what its card says: its values with their rows and suggestions,
    and what of it is `seen` and to be confirmed, with rows and money."""

    kind: ProblemKind
    said: str
    seen: Sequence[Issue] = ()
    tally: Tally = field(default_factory=lambda: Tally(rows=0, amount=None))

    @classmethod
    def of(cls, opened: Opened, kind: ProblemKind) -> "Card":
        """The card of a kind of problem that a draft has."""
        values = [
            (one.value, one.suggestion, one.rows, one.alike, dict(one.issue.facts)) for one in kind.problems
        ]
        if not CATALOGUE[kind.code].confirm:
            return cls(kind=kind, said=word(kind.name, values))
        seen = opened.judgement.waiting(kind.code)
        tally = tally_of_issues(opened.judgement, seen)
        said = word(kind.name, values, tally, [(one.row, one.basis) for one in seen])
        return cls(kind=kind, said=said, seen=seen, tally=tally)

    @property
    def rows(self) -> list[int]:
        """The Excel rows that it is about."""
        return sorted({row for problem in self.kind.problems for row in problem.rows})

    def stands(self, now: Opened) -> bool:
        """Whether it says the same of a draft as it stands now."""
        found = (kind for kind in kinds(problems(now.judgement)) if kind.name == self.kind.name)
        return any(Card.of(now, kind).said == self.said for kind in found)


@dataclass(frozen=True)
class CardRow:
    """What is said of one row that is to be confirmed."""

    issue: Issue

    @property
    def said(self) -> str:
        """The word for it."""
        issue = self.issue
        return word(issue.row, issue.column, issue.code, issue.suggestion, issue.basis, dict(issue.facts))

    def stands(self, now: Opened) -> bool:
        """Whether the same is said of it in a draft as it stands now."""
        waiting = now.judgement.waiting(self.issue.code)
        return any(one.row == self.issue.row and CardRow(one).said == self.said for one in waiting)


def stands_of_question(question: Question) -> Holds:
    """Whether a draft as it stands now asks the same, with the same evidence and answers."""

    def holds(now: Opened) -> bool:
        return question in questions(now.draft, now.judgement, problems(now.judgement))

    return holds
