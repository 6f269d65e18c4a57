"""A judged sheet as the terminal gives it: as one JSON object, or in lines."""

import shlex
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np

from komet_import import services
from komet_import.cli.answer_options import SHEET
from komet_import.cli.words import amount_text
from komet_import.clock import told_day
from komet_import.language.phrases import from_json
from komet_import.ledger.posting import expected_of
from komet_import.review.catalogue import DUPLICATES, POSSIBLE_DUPLICATE, Severity
from komet_import.review.control import hash_total
from komet_import.review.differences import RecordChange
from komet_import.review.figures import Apart
from komet_import.review.how_read import rows_set_aside
from komet_import.review.issues import Issue
from komet_import.review.seen import kept_in_window
from komet_import.review.tally import Tally, counted_money
from komet_import.row_numbers import told
from komet_import.services import Opened, OtherSheet
from komet_import.sheets.layout.notes import sentences


def judged_json(opened: Opened, file: Path, others: Sequence[OtherSheet]) -> dict[str, Any]:
    """A judged sheet as the terminal gives it: what nobody has confirmed is rejected. The rows of `others`
    wait as well, and are in no sum."""
    judgement, figures = opened.judgement, opened.figures
    header = opened.draft.sheet.header
    notes = [*opened.draft.sheet.notes, *(note for sheet in others for note in sheet.notes)]
    tallies = {
        "read": figures.read,
        "ready": figures.ready,
        "rejected": figures.not_posted,
        "left_out": figures.left_out,
    }
    further = {"with_warnings": int((judgement.warnings & ~judgement.out).sum())}
    if not opened.type.once:
        further["unchanged"] = figures.unchanged.rows
    return {
        "file": str(file),
        "sha256": opened.batch.sha256,
        "type": opened.type.slug,
        "sheet": opened.draft.sheet.name,
        "header_row": None if header.headless else header.row,
        "columns": {header.heading(letter): name for letter, name in header.columns.items()},
        "ignored_columns": [header.heading(letter) for letter in header.ignored],
        "rows": {name: tally.rows for name, tally in tallies.items()} | further,
        "amount": {name: amount_text(tally.amount) for name, tally in tallies.items()},
        "apart": apart_json(figures.apart),
        "warnings": {
            "unconfirmed": rows_and_amount(figures.to_confirm),
            "confirmed": rows_and_amount(figures.confirmed),
        },
        "control_totals": _totals(opened),
        "questions": [question.to_json() for question in services.open_questions(opened)],
        "notes": [note.to_json() for note in notes],
        "applied": _applied(opened),
        "set_aside": [
            {"kind": str(one.kind), "rows": one.tally.rows, "amount": amount_text(one.tally.amount)}
            for one in rows_set_aside(opened.draft, judgement)
        ],
        "issues": [
            *(_issue(opened, issue) for issue in services.issues(opened)),
            *(_elsewhere(sheet, issue) for sheet in others for issue in sheet.waiting),
        ],
        **({} if opened.type.once else {"changes": _changes(opened)}),
    }


def _changes(opened: Opened) -> list[dict[str, Any]]:
    """What the ready rows of an upsert change: each row, and of a known record cell by cell what is kept and
    what it becomes."""
    draft, judgement = opened.draft, opened.judgement
    places = np.flatnonzero(judgement.ready)
    kept = kept_in_window(draft, judgement, opened.reference.directory, places)
    names = [str(name) for name in draft.rows.columns]
    return [
        {
            "row": int(judgement.numbers[place]),
            "change": RecordChange(judgement.records[place]).name.lower(),
            "cells": {
                names[at]: {"before": before, "after": str(draft.rows.iat[place, at]).strip()}
                for at, before in cells.items()
            },
        }
        for place, cells in zip(places.tolist(), kept, strict=True)
    ]


def _applied(opened: Opened) -> list[dict[str, Any]]:
    """What memory settled: how the layout is read, and our codes for other systems' values."""
    layout = opened.batch.reading.get("remembered")
    return [*([layout] if layout else []), *services.standing_values(opened)]


def _totals(opened: Opened) -> dict[str, Any]:
    """What was expected, what was read, and a few rows that would account for the difference."""
    expected, counted = expected_of(opened.batch), opened.figures.counted
    return {
        "expected": {
            "rows": expected.rows,
            "amount": amount_text(expected.amount),
            "hash_total": expected.hash_total,
        },
        "read": {
            "rows": counted.rows,
            "amount": amount_text(counted.amount),
            "hash_total": hash_total(opened.draft),
        },
        "from": from_json(came).english if (came := opened.batch.reading.get("control_totals")) else None,
        "difference": opened.totals_differ,
        "accounting_rows": list(opened.accounting_rows) if opened.totals_differ else [],
        "reason": opened.batch.overridden_why,
    }


def _issue(opened: Opened, issue: Issue) -> dict[str, Any]:
    """An issue as the terminal gives it: what nobody has confirmed stops its row, as an error does."""
    waits = {"severity": str(Severity.ERROR)} if opened.judgement.asks(issue) else {}
    place = {"place": told(issue.row)} if opened.draft.sheet.parts else {}
    return {**issue.to_json(), **place, **waits}


def _elsewhere(sheet: OtherSheet, issue: Issue) -> dict[str, Any]:
    """An issue of a row of another sheet, whose number is the one there."""
    return {**issue.to_json(), "sheet": sheet.name, "place": told(issue.row, (sheet.name,))}


def rows_and_amount(tally: Tally) -> dict[str, Any]:
    """A tally as JSON has it; the amount as `amount_text`."""
    return {"rows": tally.rows, "amount": amount_text(tally.amount)}


def apart_json(apart: Apart) -> dict[str, Any]:
    """What is in no sum; total rows count as no row either."""
    return {
        "unreadable_amounts": apart.unreadable,
        "negative_amounts": rows_and_amount(apart.negative),
        "total_rows": [
            {
                "row": total.row,
                "amount": amount_text(total.amount),
                "rows_above": amount_text(total.above),
                "matches": total.matches,
            }
            for total in apart.totals
        ],
    }


def print_summary(opened: Opened, others: Sequence[OtherSheet]) -> None:
    """A judged sheet in lines: how its rows stand, and what a person would be asked."""
    figures, type = opened.figures, opened.type
    for words, tally in (
        ("ready", figures.ready),
        ("unchanged", figures.unchanged),
        ("rejected", figures.not_posted),
        ("excluded", figures.left_out),
    ):
        if words == "unchanged" and type.once:
            continue
        print(f"{counted_money(type, tally)} {words}")
    if figures.to_confirm.rows:
        waiting = {issue.code for issue in opened.judgement.waiting()}
        named = {POSSIBLE_DUPLICATE if code in DUPLICATES else code for code in waiting}
        options = " ".join(f"--confirm {code}" for code in sorted(named))
        held = counted_money(type, figures.to_confirm)
        print(f"{held} of the rejected must be confirmed; {options} imports them")
    if figures.confirmed.rows:
        print(f"{counted_money(type, figures.confirmed)} of the ready confirmed")
    for known in _applied(opened):
        day = told_day(datetime.fromisoformat(known["at"]))
        what = f"{known['value']} → {known['code']}" if "value" in known else "how the columns are read"
        print(f"as on {day}, by {known['by']}: {what}")
    if sentence := expected_of(opened.batch).sentence(figures.counted, opened.hash_total):
        print(f"control totals: {services.totals_explained(opened) or sentence}")
    for sentence in figures.apart.sentences:
        print(f"not in the sums: {sentence}")
    for question in services.open_questions(opened):
        print(f"question {question.id}: {question.text} {question.evidence}".rstrip())
        if question.kind == SHEET:
            together = " ".join(f"--sheet {shlex.quote(option.answer)}" for option in question.options)
            print(f"    {together}: all of them as one import")
        for option in question.options:
            print(f"    --answer {shlex.quote(f'{question.id}={option.answer}')}: {option.words}")
    aside = set(opened.judgement.numbers[opened.judgement.set_aside].tolist())
    for issue in services.issues(opened):
        weight = "set aside" if issue.row in aside else issue.severity
        print(f"row {told(issue.row)}: {weight}: {issue.message}")
    for sheet in others:
        for issue in sheet.waiting:
            print(f"row {told(issue.row, (sheet.name,))}: {issue.severity}: {issue.message}")
        for sentence in sentences(sheet.notes):
            print(sentence)
