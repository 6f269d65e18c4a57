"""Lines that say how many rows a list has: “2 rows”, “Anzahl: 2”, “Total de registros: 12”.

They stand below a list, add up nothing, and are no rows of it.
"""

import re
from functools import lru_cache

from komet_import import types
from komet_import.sheets.layout.words.total_labels import words
from komet_import.types.schema import PARTIES

_COUNTS = frozenset(words("count counted anzahl recuento conteo contagem aantal quantidade qtd"))
"""What says by itself that a number counts rows."""

_ROWS = frozenset(
    words(
        "rows records lines items entries results documents transactions "
        "filas registros lineas renglones documentos movimientos partidas resultados "
        "linhas itens lancamentos titulos "
        "lignes enregistrements ecritures pieces resultats "
        "zeilen datensatze saetze satze eintrage positionen belege "
        "regels rijen boekingen posten resultaten"
    )
)
_ROW = frozenset(words("row record line item fila registro linea linha ligne zeile datensatz regel rij"))
"""One of them, which counts rows only where there is one: “Item 2” may be a number."""

_AROUND = frozenset(
    words(
        "total totals totaal totale gesamt gesamtzahl number no num numero nr nro nombre of de des der "
        "den del dos da do du d en in the los las les van von all row report reporte list lista liste "
        "found selected exported displayed listed shown returned affected read printed "
        "encontrados encontradas seleccionados exportados mostrados listados leidos impresos "
        "trouves selectionnes exportes affiches gefunden ausgewahlt exportiert angezeigt "
        "gevonden geselecteerd"
    )
)


_GROUPED = re.compile(r"(?<=\d)[.,' ](?=\d{3}(?!\d))")
"""What parts the thousands of a number."""


@lru_cache(maxsize=4_096)
def rows_counted(text: str) -> int | None:
    """How many rows a line says that there are; None where it says anything else."""
    said = words(_GROUPED.sub("", text[:100]))
    figures = [word for word in said if word.isdecimal()]
    if len(figures) != 1 or not 1 < len(said) <= 8 or len(figures[0]) > 7:
        return None
    count = int(figures[0])
    rest = [word for word in said if word not in figures]
    one = count == 1 or not _COUNTS.isdisjoint(rest)  # “Record count: 2”
    nouns = _ROWS | _nouns() | (_ROW if one else frozenset())
    counts = any(word in _COUNTS or word in nouns for word in rest)
    known = all(word in _COUNTS or word in nouns or word in _AROUND for word in rest)
    return count if counts and known else None


@lru_cache(maxsize=1)
def _nouns() -> frozenset[str]:
    """What the rows of any type are called, several of them: “37 credits”, “12 customers”."""
    several = (noun[-1] for noun in (PARTIES, *(known.noun for known in types.ALL.values())))
    return frozenset(word for noun in several for word in words(noun))
