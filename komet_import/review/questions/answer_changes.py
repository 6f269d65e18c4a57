"""Answers given: what each changes on a draft, or why it is no answer.

An answer is a step like any edit. Those that decide which columns and rows count are kept as they were given
and read the sheet anew; the one about negative amounts turns cells, so that what is posted is what is seen.
"""

import json
from collections.abc import Mapping
from dataclasses import replace

from komet_import.language import _
from komet_import.refusal import Refusal, quoted
from komet_import.review import fixes
from komet_import.review.draft import Draft
from komet_import.review.edits import Answer, Changes
from komet_import.review.given_answers import NO_VALUE, PLACES, header_answer
from komet_import.review.judge import judge
from komet_import.review.judgement import Judgement
from komet_import.review.reference import Reference
from komet_import.review.rules import signs
from komet_import.sheets.layout.header import header_row
from komet_import.sheets.layout.values import answers

TEXTS = ("mark", "order")
"""The questions about how a column's texts are written."""

ORDER = ("sheet", "beside", "field", "filter", "mark", "order", "sign", "totals", "tables", "hidden")
"""In this order several answers are given, once columns are matched: what decides which rows count is first.
"""

OF_HEADINGS = ("column", "field", "filter", "mark", "order", "sign", "beside")
"""The questions whose answers are about the columns of one header, and say nothing of another's."""

LONGEST_NUMBER = 8
"""No row of a sheet has more digits."""

OF_ROWS = {"totals": True, "tables": False}
"""The questions about rows that are perhaps no data: whether they are about rows that add up others. What is
said of them excludes the rows or takes them in; nothing else is kept."""
KINDS = frozenset({*PLACES, *OF_ROWS})
"""Every kind of question."""

Given = Mapping[tuple[str, str], str]
"""Answers by kind and column."""


def answered(draft: Draft, judgement: Judgement, question: str, column: str, given: str) -> Changes:
    """What an answer changes; nothing where it was given before.

    Raises Refusal `column-taken` where two columns of the sheet would mean the same, `no-such-answer` for
    what settles nothing.
    """
    if question in OF_ROWS:
        return _of_rows(draft, question, given)
    if question == "hidden" and given == "leave-out":
        return fixes.leave_out(draft, draft.rows.index.isin(sorted(draft.sheet.hidden_rows)))
    if question == "column":
        return _matched(draft, {column: given})
    _require_answer(draft, question, column, given)
    before = draft.answers.to(question).get(column)
    after = answers.together(before, given) if question in TEXTS else given
    if before == after:
        return Changes()
    changes = Changes(answers=(Answer(question, column, before, after),))
    if question == "sign" and given == signs.TURNED:
        return _turned(draft, judgement, changes)
    return changes


def all_answered(draft: Draft, judgement: Judgement, reference: Reference, given: Given) -> Changes:
    """What several answers change together, by kind and column: the header first, then columns all at once,
    then each of the others as those before it left the sheet. Raises Refusal as `answered`, and
    `edited-below` where another header would lose edits."""
    unknown = next((kind for kind, _ in given if kind not in KINDS), None)
    if unknown is not None:
        raise Refusal("no-such-answer", _("There is no question {unknown}.", unknown=quoted(unknown)))
    row = given.get(("header", ""))
    headed = Changes() if row is None else _headed(draft, reference, row)
    draft = draft.apply(headed)
    matched = _matched(draft, {column: said for (kind, column), said in given.items() if kind == "column"})
    together = replace(matched, answers=(*headed.answers, *matched.answers))
    changed, draft = bool(together), draft.apply(matched)
    others = [
        (kind, column, said) for (kind, column), said in given.items() if kind not in ("column", "header")
    ]
    for kind, column, said in sorted(others, key=lambda one: ORDER.index(one[0])):
        if changed and kind == "sign":  # the one answer for which the amounts must have been read
            judgement, changed = judge(draft, reference), False
        changes = answered(draft, judgement, kind, column, said)
        if changes:
            changed, draft = True, draft.apply(changes)
            together = replace(
                together,
                cells=(*together.cells, *changes.cells),
                left_out=(*together.left_out, *changes.left_out),
                admitted=(*together.admitted, *changes.admitted),
                answers=(*together.answers, *changes.answers),
            )
    return together


def as_remembered(draft: Draft, judgement: Judgement, reference: Reference, given: Given) -> Changes:
    """What answers of an earlier sheet change, each that still fits: the others are asked again."""
    together = Changes()
    for key in sorted(given, key=lambda one: (one[0] != "column", one)):
        tried = {**{(one.question, one.column): one.after or "" for one in together.answers}, key: given[key]}
        try:
            together = all_answered(draft, judgement, reference, tried)
        except Refusal:
            continue
    return together


def _headed(draft: Draft, reference: Reference, given: str) -> Changes:
    """Another row is the header: what was said of the columns of the one before goes with it."""
    worksheet = draft.worksheet
    row = int(given) if given.isascii() and given.isdigit() and len(given) < LONGEST_NUMBER else 0
    if worksheet is None or row not in worksheet.text.index:
        raise Refusal(
            "no-such-answer",
            _("Row {given} is no row of the sheet that could be its headings.", given=quoted(given)),
        )
    before = draft.answers.headers.get("")
    if row == draft.read_by.row:
        return Changes()
    if draft.is_edited:
        raise Refusal(
            "edited-below",
            _(
                "Rows below the headings in row {row:,} were edited; undo these edits before you choose "
                "other headings, or upload the file again.",
                row=draft.read_by.row,
            ),
        )
    found = header_row.at(worksheet, draft.type, row, reference.directory.known)
    after = None if row == draft.found.row else header_answer(found)
    cleared = [
        Answer(kind, column, said, None)
        for kind in OF_HEADINGS
        for column, said in draft.answers.to(kind).items()
    ]
    return Changes(answers=(Answer("header", "", before, after), *cleared))


def _matched(draft: Draft, said: Mapping[str, str]) -> Changes:
    """Letters that are columns of the type, or none of them (blank), as one: they may change places."""
    for letter, name in said.items():
        _require_answer(draft, "column", letter, name)
    meant = {**draft.sheet.header.columns, **said}
    for letter, name in said.items():
        taken = next((at for at, other in meant.items() if name and other == name and at != letter), None)
        if taken is not None:
            heading = draft.sheet.header.headers.get(taken, "")
            raise Refusal(
                "column-taken",
                _(
                    "{name} is column {taken} (“{heading}”) already; say first that it is something else.",
                    name=name,
                    taken=taken,
                    heading=heading,
                ),
            )
    before = draft.answers.columns
    return Changes(
        answers=tuple(
            Answer("column", letter, before.get(letter), name)
            for letter, name in said.items()
            if before.get(letter) != name
        )
    )


def _of_rows(draft: Draft, question: str, given: str) -> Changes:
    """Rows that are perhaps no data are excluded, or count."""
    if given not in ("aside", "count"):
        raise Refusal("no-such-answer", _("{given} is no answer.", given=quoted(given)))
    numbers = draft.rows.index
    places = [place for place, aside in draft.doubted.items() if aside.kind.adds_up is OF_ROWS[question]]
    rows = tuple(int(numbers[place]) for place in places if not draft.left_out[place])
    return Changes(left_out=rows) if given == "aside" else Changes(admitted=rows)


def _turned(draft: Draft, judgement: Judgement, changes: Changes) -> Changes:
    """Negative amounts are the money: they are turned, and positive ones are excluded."""
    rows = judgement.numbers[judgement.against_sign & ~draft.out].tolist()
    others = ~judgement.against_sign & judgement.readable & (judgement.amounts != 0)
    turned = fixes.turn_sign(draft, judgement, rows)
    return replace(changes, cells=turned.cells, left_out=fixes.leave_out(draft, others).left_out)


def _require_answer(draft: Draft, question: str, column: str, given: str) -> None:
    """Refuse what settles nothing."""
    if not _settles(draft, question, column, given):
        about = _(" about {column}", column=column) if column else ""
        raise Refusal("no-such-answer", _("{given} is no answer{about}.", given=quoted(given), about=about))


def _settles(draft: Draft, question: str, column: str, given: str) -> bool:
    header = draft.read_by
    match question:
        case "mark" | "order":
            return column in draft.type.columns_by_name and answers.is_answer(question, given)
        case "column":
            return column in header.headers and (not given or given in draft.type.columns_by_name)
        case "field":
            return column in header.rivals and given in ("", *header.rivals[column])
        case "filter":
            modifier = next((m for m in header.modifiers if m.letter == column), None)
            if modifier is None or given == NO_VALUE:
                return modifier is not None and modifier.all_unusual
            return _is_list_of_texts(given)
        case "sign":
            return column == draft.type.amount_column and given in (signs.TURNED, "as-they-are")
        case "beside":
            return not column and given == "this"
        case "sheet":
            return given == draft.sheet.name
        case "header":  # nothing asks it; `all_answered` knows what is needed to read another row as one
            return False
        case _:
            return given == "count"


def _is_list_of_texts(given: str) -> bool:
    try:
        values = json.loads(given)
    except ValueError:
        return False
    return isinstance(values, list) and bool(values) and all(isinstance(value, str) for value in values)
