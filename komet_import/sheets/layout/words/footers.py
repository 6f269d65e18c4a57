"""Text below a table that is no row of it."""

import re
from collections.abc import Mapping
from functools import lru_cache

from komet_import.sheets.layout.words.total_labels import words

_FOOTER = re.compile(
    r"(?:page|pagina|pag|seite|blz|blatt|folio) \d+(?: (?:of|de|von|van|sur|di|da) \d+)?"
    r"|.* (?:page|pagina|seite) \d+ (?:of|de|von|van|sur|di) \d+"
    r"|(?:prepared|printed|generated|created|exported|reviewed|approved|signed|run|reported|report|downloaded)"
    r" (?:by|on|at|from|date|time)\b.*"
    r"|(?:elaborado|preparado|impreso|generado|creado|revisado|aprobado|autorizado|emitido|impresso|gerado)"
    r" (?:por|el|em|en|a)\b.*"
    r"|(?:erstellt|gedruckt|ausgedruckt|exportiert|gepruft|freigegeben|druckdatum|stand)\b.*"
    r"|(?:imprime|genere|edite|etabli|prepare|exporte|verifie) (?:le|par|a)\b.*"
    r"|(?:opgesteld|afgedrukt|gemaakt|gecontroleerd) (?:door|op)\b.*"
    r"|(?:accrual|cash) basis\b.*"
    r"|end of (?:report|list|listing|file|data|page|document)|fin (?:del?|du) \w+|ende(?: de[rs] \w+)?"
    r"|(?:confidential|copyright)\b.*|continued(?: on .*)?|continua.*|fortsetzung.*|suite page.*"
).fullmatch
_RULE = re.compile(r"[-_=*·.~\s]{3,}").fullmatch


@lru_cache(maxsize=4_096)
def is_footer(text: str) -> bool:
    """Whether a line of text is what reports print below their tables, or a ruled line."""
    return bool(_FOOTER(" ".join(words(text[:200]))) or _RULE(text))


def as_printed(cells: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """A line as it is found again on the next page, where its figures may be others, or it is continued."""
    sentence = sum(len(words(text)) for text in cells.values()) > 1
    return tuple(
        (letter, _CONTINUED("", _FIGURES("#", text.casefold())).strip() if sentence else text.casefold())
        for letter, text in sorted(cells.items())
    )


_FIGURES = re.compile(r"\d+").sub
_CONTINUED = re.compile(
    r"\W*\b(?:cont(?:inued|['’]?d)?|continuaci[oó]n|continúa|continua(?:ção)?|fortsetzung|forts|suite|vervolg|segue)"
    r"\b[.)\]]*(?=\s*$)"
).sub
