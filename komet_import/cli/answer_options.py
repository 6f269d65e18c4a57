"""Answers on the command line: `--answer ID=VALUE`, `--answers FILE.json`."""

import argparse
import json
from collections.abc import Mapping
from pathlib import Path

from komet_import.cli.sheets import content_of
from komet_import.refusal import Refusal, quoted
from komet_import.review.questions.answer_changes import KINDS, TEXTS
from komet_import.sheets.layout.values.answers import together

Given = dict[str, str]
"""Answers by the ids of their questions."""

SHEET = "sheet"
"""The id of the question which sheet is meant: the file is read by its answer."""


def add_answers(command: argparse.ArgumentParser) -> None:
    """The options by which open questions are answered."""
    command.add_argument(
        "--answer",
        action="append",
        default=[],
        metavar="ID=VALUE",
        help="answer a question that `check --json` lists; may stand several times",
    )
    command.add_argument(
        "--answers", type=Path, metavar="FILE.json", help="answers as a JSON object: ids to values"
    )


def add_sheets(command: argparse.ArgumentParser) -> None:
    """The option by which sheets of a workbook are chosen."""
    command.add_argument(
        "--sheet",
        action="append",
        default=[],
        metavar="NAME",
        help="the sheet that is meant; where it stands several times, these sheets as one",
    )


def sheets_meant(chosen: argparse.Namespace, answers: Given) -> tuple[str | None, tuple[str, ...]]:
    """The one sheet that a command names, by option or by answer, or the several that are read as one.
    Raises Refusal `bad-answer` where it names some in both ways."""
    answered = answers.get(SHEET)
    if answered is not None and chosen.sheet:
        raise Refusal("bad-answer", "The sheet is named twice; use --sheet, or the answer, but not both.")
    meant = tuple(dict.fromkeys(chosen.sheet or ([] if answered is None else _names(answered))))
    return (None, meant) if len(meant) > 1 else (next(iter(meant), None), ())


def _names(answer: str) -> list[str]:
    """The sheets of an answer: one name, or a JSON list of several."""
    try:
        listed = json.loads(answer) if answer.startswith("[") else None
    except ValueError:
        listed = None
    names = [name for name in listed if isinstance(name, str)] if isinstance(listed, list) else []
    return names or [answer]


def given(chosen: argparse.Namespace) -> Given:
    """The answers of a command, those of the file first. Raises Refusal `bad-answer`."""
    found: Given = {}
    if chosen.answers:
        found |= _of_file(chosen.answers)
    for word in chosen.answer:
        name, sign, value = word.partition("=")
        if not sign or not name.strip():
            raise Refusal("bad-answer", f"{quoted(word)} is no answer; write it as ID=VALUE.")
        found[name.strip()] = value.strip()
    return found


def _of_file(path: Path) -> Given:
    try:
        stored = json.loads(content_of(path).decode())
    except ValueError:
        raise Refusal("bad-answer", f"{path} is no JSON; write an object of ids and values.") from None
    if not isinstance(stored, dict):
        raise Refusal("bad-answer", f"{path} is no JSON object; write ids and values.")
    return {name: value if isinstance(value, str) else json.dumps(value) for name, value in stored.items()}


def by_question(answers: Given) -> Mapping[tuple[str, str], str]:
    """Answers by kind and column. Raises Refusal `no-such-question` for an id that none can have."""
    found: dict[tuple[str, str], str] = {}
    for name, value in answers.items():
        kind, _, column = name.partition(":")
        if kind not in KINDS:
            raise Refusal(
                "no-such-question",
                f"There is no question {quoted(name)}; `check --json` lists what is asked, with its ids.",
            )
        if kind in TEXTS:  # asked apart for each way of writing, and answered together
            column = column.partition(":")[0]
            value = together(found.get((kind, column)), value)
        if kind != SHEET:  # the file was read by it
            found[kind, column] = value
    return found
