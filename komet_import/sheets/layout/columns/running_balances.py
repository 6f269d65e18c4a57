"""A balance that adds up its neighbors is no amount of its row, whatever it is called."""

from collections.abc import Sequence

from komet_import.language import Phrase, phrase
from komet_import.language.lists import listed_later
from komet_import.sheets.layout.columns import neighbors
from komet_import.sheets.layout.columns.claims import Level
from komet_import.sheets.layout.columns.taken import Taken
from komet_import.sheets.layout.values.contents import MOST
from komet_import.types.schema import Column, Meaning


def against_running_balances(taken: Taken) -> None:
    """A balance that adds up its neighbours is no amount of its row, whatever it is called."""
    money = taken.type.column_for(Meaning.MONEY)
    if money is None:
        return
    claiming = [letter for letter, name in taken.columns.items() if name == money.name]
    claiming += taken.rivals.get(money.name, ())
    for letter in claiming[: neighbors.NEIGHBORS]:
        others = _amounts_near(taken, letter, money)
        named = taken.levels.get(money.name) is Level.NAME
        found = neighbors.neighbors(taken.table.rows, letter, others, at_least=2 if named else 1)
        if found:
            _is_running(taken, letter, money, found)


def _amounts_near(taken: Taken, letter: str, money: Column) -> list[str]:
    """The columns of amounts next to one, those on its left first."""
    order = list(taken.table.headers)
    place = order.index(letter)
    first, last = max(0, place - neighbors.NEIGHBORS), place + neighbors.NEIGHBORS
    near = [other for other in order[first : last + 1] if other != letter]
    return [
        other
        for other in near
        if taken.columns.get(other, money.name) == money.name
        and taken.table.contents[other].values
        and taken.table.contents[other].amounts >= MOST
    ][: neighbors.NEIGHBORS]


def _is_running(taken: Taken, letter: str, money: Column, of: Sequence[str]) -> None:
    heads = listed_later([_headed(taken, other) for other in of])
    if letter in taken.columns:
        del taken.columns[letter]
        rivals = [other for other in of if other not in taken.other_side and other not in taken.settled]
        if rivals:
            taken.rivals[money.name] = tuple(o for o in taken.table.headers if o in {letter, *rivals})
            for other in rivals:
                taken.because(other, money)
        else:
            taken.doubtful[letter] = money.name
    taken.evidence[letter] = phrase(
        "running balance: each value adds {columns} to the one before", columns=heads
    )


def _headed(taken: Taken, letter: str) -> Phrase:
    """A column as a sentence names it."""
    heading = taken.table.headers[letter]
    return phrase("“{name}”", name=heading) if heading else phrase("column {letter}", letter=letter)
