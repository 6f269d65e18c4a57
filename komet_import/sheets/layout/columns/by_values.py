"""Columns whose values say what their headings do not."""

from komet_import.sheets.layout.columns.claims import Level
from komet_import.sheets.layout.columns.taken import Taken
from komet_import.types import ColumnFormat, Meaning
from komet_import.types.number_headings import is_count
from komet_import.types.schema import Column


def by_values(taken: Taken) -> None:
    """Columns whose values say what their headings do not."""
    for column in taken.type.columns:
        if column.meaning is Meaning.PARTY:
            _party_by_codes(taken, column)
        if column.name in taken.found:
            continue
        if column.name in taken.needed or column.kind is ColumnFormat.LOCATION:
            _propose(taken, column)
    _propose_number(taken)
    _propose_parties(taken)


def _party_by_codes(taken: Taken, column: Column) -> None:
    """A column full of codes is the party, though another one is called so and holds no code."""
    letters = taken.different([letter for letter in _unsaid(taken, column) if _all_codes(taken, letter)])
    named = [
        letter for letter, name in (*taken.columns.items(), *taken.doubtful.items()) if name == column.name
    ]
    named = named or list(taken.rivals.get(column.name, ()))
    if not letters or any(taken.table.contents[letter].codes for letter in named):
        return
    for letter in named:
        taken.columns.pop(letter, None)
        taken.doubtful.pop(letter, None)
    taken.rivals.pop(column.name, None)
    sure = [letter for letter in named if _is_sure(taken, letter, column)]
    together = [letter for letter in taken.table.headers if letter in {*letters, *sure}]
    if len(together) == 1:
        taken.doubtful[together[0]] = column.name
    else:
        taken.rivals[column.name] = tuple(together)
    for letter in (*letters, *named):
        taken.because(letter, column)


def _is_sure(taken: Taken, letter: str, column: Column) -> bool:
    """Whether a heading says more than that it is about the party: its code, or its number."""
    return any(c.name == column.name and c.level >= Level.CERTAIN for c in taken.claims[letter])


def _all_codes(taken: Taken, letter: str) -> bool:
    contents = taken.table.contents[letter]
    return _known(taken, letter, contents.codes)


def _known(taken: Taken, letter: str, count: int) -> bool:
    """Whether so many known values tell a column: most of them, half in a sheet without headings."""
    contents = taken.table.contents[letter]
    headless = not any(taken.table.headers.values())
    return contents.most(count) or (headless and 0 < len(contents.values) <= 2 * count)


def _unsaid(taken: Taken, column: Column) -> list[str]:
    """Columns that nothing is said of yet and whose headings say nothing else."""
    return [
        letter
        for letter, text in taken.table.headers.items()
        if letter not in taken.settled
        and not taken.words.is_elsewhere(text)
        and all(claim.name == column.name for claim in taken.claims[letter])
    ]


def _propose(taken: Taken, column: Column) -> None:
    """The only column whose values can be it, as a question."""
    fitting = []
    for letter in _unsaid(taken, column):
        contents = taken.table.contents[letter]
        if column.meaning is Meaning.PARTY:
            fits = _known(taken, letter, contents.names) or _heads_groups(taken, letter)
        elif column.kind is ColumnFormat.LOCATION:
            fits = contents.most(contents.places)
        elif column.kind in (ColumnFormat.DATE, ColumnFormat.AMOUNT):
            fits = (
                contents.agree(column) and not contents.nothing and not is_count(taken.table.headers[letter])
            )
        else:
            fits = False
        if fits:
            fitting.append(letter)
    fitting = taken.different(fitting)
    if column.kind is ColumnFormat.AMOUNT and len(fitting) > 1:
        fitting = [letter for letter in fitting if taken.table.contents[letter].has_decimals] or fitting
    if len(fitting) == 1 or not any(taken.table.headers[letter] for letter in fitting):
        taken.offer(column, fitting)  # without headings nothing else tells several apart


def _heads_groups(taken: Taken, letter: str) -> bool:
    """Whether a column without a heading, beside others that have one, says on lines of their own whose the
    rows below these are, as QuickBooks has it."""
    nameless = not taken.table.headers[letter] and any(taken.table.headers.values())
    return nameless and taken.table.contents[letter].heads_groups


def _propose_number(taken: Taken) -> None:
    """The only column that has a number of its own in each row, whatever it is called: without a number,
    nothing keeps a document from being imported once more."""
    column = taken.type.column_for(Meaning.NUMBER)
    if column is None or column.name in taken.found:
        return
    letters = [letter for letter in _unsaid(taken, column) if taken.table.contents[letter].numbers_rows]
    headed = any(taken.table.headers.values())
    if headed:  # one without a heading counts the lines
        letters = [
            letter for letter in letters if taken.table.headers[letter] and _is_of_papers(taken, letter)
        ]
    if len(letters) == 1 or (column.name in taken.needed and not headed):
        taken.offer(column, letters)


def _is_of_papers(taken: Taken, letter: str) -> bool:
    """Whether values number papers: several, most with letters beside their figures. Figures alone may be
    amounts, or count lines."""
    values = taken.table.contents[letter].values
    lettered = sum(any(map(str.isalpha, text)) for text in values)
    return len(values) > 1 and taken.table.contents[letter].most(lettered)


def _propose_parties(taken: Taken) -> None:
    """In a list of parties without headings, the column of their codes and that of their names: such as are
    known, else such as look so and stand there once.
    """
    if any(taken.table.headers.values()):
        return
    for meaning in (Meaning.RECORD, Meaning.NAME):
        column = taken.type.column_for(meaning)
        if column is None or column.name in taken.found:
            continue
        free = {letter: taken.table.contents[letter] for letter in _unsaid(taken, column)}
        if meaning is Meaning.RECORD:
            known = [letter for letter, one in free.items() if _known(taken, letter, one.codes)]
            alike = [letter for letter, one in free.items() if one.numbers_rows]
        else:
            known = [letter for letter, one in free.items() if _known(taken, letter, one.names)]
            alike = [letter for letter, one in free.items() if one.names_rows]
        taken.offer(column, known or alike)
