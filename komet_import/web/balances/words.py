"""How balances are spoken of: whose money it is, and what its columns are called."""

from komet_import.language import _, marked
from komet_import.language.capital import capitalized
from komet_import.language.lists import listed
from komet_import.ledger.open_sums import Sums, sides_of
from komet_import.types import Meaning, Side
from komet_import.types.schema import SIDES
from komet_import.web.balances.choices import Types

_OF_EACH = {Side.WE_OWE: marked("what you owe each customer"), Side.THEY_OWE: marked("what each owes you")}


def about(types: Types) -> str:
    """What the page shows, in one sentence."""
    shown = listed([_(_OF_EACH[side]) for side in sides_of(types)])
    nouns = listed([_(type.noun[1]) for type in types])
    what = capitalized(shown)
    return _("{what}: the sum of its imported {nouns}, less what was reversed.", what=what, nouns=nouns)


def standing_on(side: Side, sums: Sums, types: Types) -> int:
    """How many documents stand on one side."""
    here = [type.slug for type in types if type.side is side]
    return sum(sums.of[slug].standing for slug in here if slug in sums.of)


def figure_on(side: Side, types: Types) -> str:
    """What the sum of one side is called: by what stands there, or shorter where that is of several kinds."""
    alone = sum(type.side is side for type in types) == 1
    return capitalized(nouns_on(side, types)) if alone else _(SIDES[side])


def nouns_on(side: Side, types: Types) -> str:
    """What stands on one side: `open credits`."""
    return _("open {nouns}", nouns=listed([_(type.noun[1]) for type in types if type.side is side]))


def has(types: Types, meaning: Meaning) -> bool:
    """Whether one of the types has a column of this meaning."""
    return any(type.column_for(meaning) for type in types)


def balance_name(types: Types) -> str:
    """What a customer's balance in one column is called."""
    return _("Net") if len(sides_of(types)) > 1 else _("Balance")
