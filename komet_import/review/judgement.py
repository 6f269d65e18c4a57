"""A judgement: what was found of every row of a draft, and what may become of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from komet_import.review.differences import RecordChange
from komet_import.review.draft import Draft
from komet_import.review.issues import Issue
from komet_import.sheets.layout.row_kinds import Aside
from komet_import.types import ImportType


@dataclass(frozen=True, kw_only=True, eq=False)
class Judgement:
    """What was found, over the rows of a draft by position.

    `numbers` are Excel row numbers; `readings` maps a column to an object array of what its cells mean
    (None: nothing readable); `issues` maps a position to its cell and row issues, `repeats` to its sheet
    issues; `aside` says what the rows are that are no rows to import. `errors`, `warnings`, `unconfirmed`,
    `left_out` and `set_aside` (those of `aside`) are arrays of bool (`own_…`: without the sheet issues);
    `records` says what the rows make of their records (`RecordChange`); `unconfirmed` rows have an issue that
    a person must confirm and has not, `vouched` ones such an issue that is confirmed. `amounts` are
    thousandths, 0 where there is nothing to read (`readable` says where there is); `keys` are the readings
    that the sheet rules compare, as whole numbers (`interned` numbers their texts); `confirmations` are the
    draft's. `turned` says whether the amounts have the other sign in the file, as a person answered.
    """

    type: ImportType
    numbers: npt.NDArray[np.int64]
    readings: dict[str, npt.NDArray[np.object_]]
    issues: dict[int, tuple[Issue, ...]]
    repeats: dict[int, tuple[Issue, ...]]
    own_errors: npt.NDArray[np.bool_]
    own_warnings: npt.NDArray[np.bool_]
    own_unconfirmed: npt.NDArray[np.bool_]
    own_vouched: npt.NDArray[np.bool_]
    errors: npt.NDArray[np.bool_]
    warnings: npt.NDArray[np.bool_]
    unconfirmed: npt.NDArray[np.bool_]
    vouched: npt.NDArray[np.bool_]
    left_out: npt.NDArray[np.bool_]
    set_aside: npt.NDArray[np.bool_]
    aside: Mapping[int, Aside]
    records: npt.NDArray[np.uint8]
    amounts: npt.NDArray[np.int64]
    readable: npt.NDArray[np.bool_]
    keys: dict[str, npt.NDArray[np.int64]]
    interned: dict[str, int]
    confirmations: Mapping[tuple[int, str], str]
    turned: bool = False

    # Each of these is an array over all rows that is made anew: a loop over rows asks for it once, before.

    @property
    def known(self) -> npt.NDArray[np.bool_]:
        """Rows that say of a record only what is known of it."""
        unchanged: npt.NDArray[np.bool_] = self.records == RecordChange.UNCHANGED
        return unchanged

    @property
    def out(self) -> npt.NDArray[np.bool_]:
        """Rows that are not to be imported: left out, or no rows at all."""
        return self.left_out | self.set_aside

    @property
    def ready(self) -> npt.NDArray[np.bool_]:
        """Rows that would be posted."""
        return ~self.errors & ~self.unconfirmed & ~self.out & ~self.known

    @property
    def unchanged(self) -> npt.NDArray[np.bool_]:
        """Rows that would change nothing: there is nothing to post, and nothing wrong."""
        return ~self.errors & ~self.out & self.known

    @property
    def to_confirm(self) -> npt.NDArray[np.bool_]:
        """Rows that nothing stops but that a person has not confirmed yet."""
        return ~self.errors & self.unconfirmed & ~self.out & ~self.known

    @property
    def rejected(self) -> npt.NDArray[np.bool_]:
        """Rows that have an error."""
        return self.errors & ~self.out

    @property
    def confirmed(self) -> npt.NDArray[np.bool_]:
        """Rows that would be posted because a person confirmed them."""
        return self.ready & self.vouched

    @property
    def against_sign(self) -> npt.NDArray[np.bool_]:
        """Rows whose amount has the sign that it must not have."""
        against: npt.NDArray[np.bool_] = self.type.against_sign(self.amounts)
        return against

    def of(self, position: int) -> tuple[Issue, ...]:
        """Every issue of the row at that position."""
        return self.issues.get(position, ()) + self.repeats.get(position, ())

    def all(self) -> Iterable[Issue]:
        """Every issue, in the order of the sheet."""
        for position in sorted(self.issues.keys() | self.repeats.keys()):
            yield from self.of(position)

    def tally(self, chosen: npt.NDArray[np.bool_]) -> tuple[int, int | None]:
        """Rows and thousandths of the chosen rows, amounts of the wrong sign aside; None for a type without
        money."""
        summed = chosen & ~self.against_sign
        return int(chosen.sum()), int(self.amounts[summed].sum()) if self.type.summed else None

    def waiting(self, code: str | None = None) -> list[Issue]:
        """What a person has to confirm in the rows that nothing else stops: of one code, or of every one."""
        return [
            issue
            for position in np.flatnonzero(self.to_confirm).tolist()
            for issue in self.of(position)
            if code in (None, issue.code) and self.asks(issue)
        ]

    def asks(self, issue: Issue) -> bool:
        """Whether an issue is one that a person has to confirm and has not."""
        return issue.confirmable and self.confirmations.get((issue.row, issue.code)) != issue.basis


def is_confirmed(draft: Draft, issue: Issue) -> bool:
    """Whether a person has confirmed this issue as it is now, and not another one of its row before."""
    return draft.confirmed.get((issue.row, issue.code)) == issue.basis
