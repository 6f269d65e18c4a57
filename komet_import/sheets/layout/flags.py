"""Yes and no, as the languages of our customers' sheets, and software, write them.

A mark alone (`x`, `A`) says neither: what is meant by its absence is not known.
"""

from komet_import.sheets.layout.calendar_words import plain

_YES = """
    yes y true 1 1.0 on active enabled
    si s verdadero activo activa
    sim verdadeiro ativo ativa
    oui vrai actif active
    ja j wahr aktiv
    waar actief
"""
_NO = """
    no n false 0 0.0 off inactive disabled deactivated
    falso inactivo inactiva
    nao inativo inativa
    non faux inactif
    nein falsch inaktiv
    nee onwaar inactief
"""
_FLAGS = {**dict.fromkeys(_YES.split(), True), **dict.fromkeys(_NO.split(), False)}


def read_flag(text: str) -> bool | None:
    """Whether a text says yes or no; None for any other."""
    return _FLAGS.get(plain(text.strip()))
