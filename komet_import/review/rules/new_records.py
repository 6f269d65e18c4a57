"""The sheet rules of a list of records: two rows that may be one record wait, before either is added."""

from collections.abc import Container, Iterator, Mapping, Sequence

import numpy as np
import numpy.typing as npt

from komet_import.review.catalogue import KNOWN_NAME, SAME_NEW_NAME, SIMILAR_NEW_CODE, SPLIT_CODE
from komet_import.review.draft import Draft
from komet_import.review.issues import Issue
from komet_import.review.rules.finding import Finding, issue_of
from komet_import.review.rules.pairs import in_groups, similar
from komet_import.types import Meaning
from komet_import.types.codes import code_key

Found = Iterator[tuple[int, Issue]]


def records_alike(
    draft: Draft,
    numbers: npt.NDArray[np.int64],
    keys: Mapping[str, npt.NDArray[np.int64]],
    codes: Container[str],
    issues: Mapping[int, Sequence[Issue]],
) -> Found:
    """The rows of a list that may be the record of another row, by position.

    `keys` are those of `rules.pairs`, `codes` the codes of the records that exist, `issues` what was found in
    single rows.
    """
    code, name = draft.type.name_for(Meaning.RECORD), draft.type.name_for(Meaning.NAME)
    if not code or code not in keys:
        return
    texts = draft.rows[code].str.strip()

    def issue(position: int, finding: Finding) -> tuple[int, Issue]:
        return position, issue_of(int(numbers[position]), code, str(draft.rows[code].iloc[position]), finding)

    for group in in_groups([keys[code]], ~draft.out):
        first, *others = group
        other = next((one for one in others if _says_else(draft, first, one)), None)
        if other is not None:
            number = int(numbers[other])
            basis = f"{texts.iloc[first]} in {number}"
            yield issue(first, Finding(code=SPLIT_CODE, facts={"other": number}, basis=basis))
    told: set[int] = set()
    for kind, column in ((SIMILAR_NEW_CODE, similar(code)), (SAME_NEW_NAME, similar(name))):
        for group in in_groups([keys[column]], ~draft.out & (keys[code] != 0)) if column in keys else ():
            known = [place for place in group if code_key(texts.iloc[place]) in codes]
            new = [place for place in group if place not in known]
            first = known[0] if known and kind == SAME_NEW_NAME else next(iter(new), -1)
            for position in new:
                like, text = texts.iloc[first], texts.iloc[position]
                if position == first or position in told or code_key(text) == code_key(like):
                    continue  # one code twice is told as that
                if any(one.code == KNOWN_NAME for one in issues.get(position, ())):
                    continue
                told.add(position)
                facts = {"like": like, "other": int(numbers[first])}
                yield issue(position, Finding(code=kind, facts=facts, basis=f"{text} like {like}"))


def _says_else(draft: Draft, one: int, other: int) -> bool:
    """Whether two rows say different things of the record; a blank cell says nothing."""
    columns = [name for name in draft.columns if name != draft.type.name_for(Meaning.RECORD)]
    first, second = draft.rows[columns].iloc[one], draft.rows[columns].iloc[other]
    return any(a.strip() != b.strip() and a.strip() and b.strip() for a, b in zip(first, second, strict=True))
