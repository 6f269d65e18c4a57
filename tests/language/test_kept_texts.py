"""What is kept in English, such as the words of a step, is told in the language of who reads it."""

import json
import re

import pytest

from komet_import.language import _, phrase
from komet_import.language.current import Language, speaking
from komet_import.language.phrases import joined
from komet_import.review.catalogue import MAYBE_TOTAL, OPEN_QUESTION, REPEATED_ROW
from komet_import.review.edits import Answer, Changes, Confirmation
from komet_import.review.issues import Issue, told_again
from komet_import.review.judge import judge
from komet_import.services.draft import step_words
from komet_import.services.draft.step_words import in_words
from tests.review.drafting import draft, reference, row

FACTS = {"column": "Credit Date", "kind": "Paste", "title": "Missing", "values": "3 values"}


def kept(form: str, several: bool) -> str:
    """A sentence of a template, with a number at each place of one."""
    names = re.findall(r"\{(\w+)(?::,)?\}", form)
    counts = dict.fromkeys(re.findall(r"\{(\w+):,\}", form), 1_200 if several else 1)
    return form.format(**{name: FACTS.get(name, name.upper()) for name in names} | counts)


@pytest.mark.parametrize("template", step_words._TEMPLATES)
def test_every_kind_of_step_is_told_anew_of_one_and_of_several(template: tuple[str, str]) -> None:
    for form in filter(None, template):
        said = kept(form, form != template[0])
        with speaking(Language.SPANISH):
            assert in_words(said) != said
        assert in_words(said) == said


@pytest.mark.parametrize(
    "changes",
    [
        Changes(answers=answers)
        for answers in (
            (Answer("mark", "Credit Balance", None, "comma=decimals point=thousands"),),
            (Answer("order", "Credit Date", None, "slash=dmy"), Answer("hidden", "", None, "count")),
            (Answer("order", "Credit Date", None, "slash-short=mdy number=serial"),),
            (Answer("order", "Credit Date", None, "slash=dmy dash=dmy"),),
            (Answer("column", "D", None, "Credit Balance"), Answer("column", "E", None, "")),
            (Answer("field", "Credit Date", None, "C"), Answer("field", "Comments", None, "")),
            (Answer("filter", "F", None, '["open"]'), Answer("filter", "G", None, "[]")),
            (Answer("header", "", "x", None),),
            (Answer("beside", "", None, "this"), Answer("sheet", "", None, "Octubre")),
            (Answer("sign", "Credit Balance", None, "negative"),),
            (Answer("sign", "Credit Balance", None, "as-they-are"),),
        )
    ]
    + [
        Changes(confirmations=(Confirmation(row=3, code="unusual-date", before=None, after=""),)),
        Changes(
            confirmations=tuple(
                Confirmation(row=row, code=code, before=None, after="")
                for row, code in ((3, "unusual-date"), (4, "possible-duplicate"))
            )
        ),
        Changes(left_out=(7,)),
    ],
)
def test_the_kept_words_of_a_step_are_told_without_its_changes_as_with_them(changes: Changes) -> None:
    said = step_words.kept("", changes)
    with speaking(Language.SPANISH):
        assert in_words(said) == in_words(said, changes) != said


def test_what_was_filled_in_is_told_too_and_what_a_person_typed_stays() -> None:
    with speaking(Language.SPANISH):
        told = in_words("Undid: Credit Date: “a” → “b in 2 rows” in 1,200 rows")
        assert told == f"Deshecho: {_('Credit Date')}: “a” → “b in 2 rows” en 1,200 filas"
        assert in_words("A step of another version") == "A step of another version"


@pytest.mark.parametrize(
    ("code", "facts", "told"),
    [
        (
            MAYBE_TOTAL,
            {
                "why": joined(
                    (phrase("labelled {label}", label="“Sum”"), phrase("a line of text above other rows"))
                )
            },
            "etiqueta",
        ),
        (OPEN_QUESTION, {"question": phrase("Which sheet should be imported?")}, "hoja"),
    ],
)
def test_why_a_row_was_not_imported_is_kept_in_english_and_told_in_the_language_of_who_reads(
    code: str, facts: dict[str, object], told: str
) -> None:
    issue = Issue(
        row=7, column="Credit Balance", code=code, value="12", facts={"one": phrase("a credit"), **facts}
    )
    with speaking(Language.SPANISH):
        said = issue.message
        kept = json.loads(json.dumps(issue.kept()))
        assert told_again(kept) == said and told in said.casefold()
    assert told_again(kept) == kept["message"] == issue.message
    assert told_again({name: fact for name, fact in kept.items() if name != "told"}) == issue.message


def test_a_value_of_several_lines_is_told_again_as_it_was_quoted() -> None:
    issue = Issue(row=7, column="Customer Code", code="unknown-customer", value="FL21\nRosas")
    kept = json.loads(json.dumps(issue.kept()))
    with speaking(Language.SPANISH):
        assert told_again(kept) == issue.message != kept["message"]


def test_what_rows_have_in_common_is_told_again_though_an_older_version_kept_only_the_sentence() -> None:
    alike = draft(row(number=""), row(number=""))
    (issue,) = [one for one in judge(alike, reference()).all() if one.code == REPEATED_ROW]
    with speaking(Language.SPANISH):
        older = {name: fact for name, fact in issue.kept().items() if name != "told"}
        assert told_again(older) == issue.message and "cliente, fecha y monto" in issue.message
