"""Yes and no, as the languages of our customers' sheets, and software, write them.

A mark alone (`x`, `A`) says neither: what is meant by its absence is not known.
"""

from komet_import.accents import folded

_YES = """
    yes y true 1 1.0 on
    si s verdadero
    sim verdadeiro
    oui vrai
    ja j wahr
    waar
"""
_NO = """
    no n false 0 0.0 off
    falso
    nao
    non faux
    nein falsch
    nee onwaar
"""
_ACTIVE = "active enabled activo activa ativo ativa actif aktiv actief"
_INACTIVE = "inactive disabled deactivated inactivo inactiva inativo inativa inactif inaktiv inactief"
_PLAIN = {**dict.fromkeys(_YES.split(), True), **dict.fromkeys(_NO.split(), False)}
_FLAGS = {**_PLAIN, **dict.fromkeys(_ACTIVE.split(), True), **dict.fromkeys(_INACTIVE.split(), False)}


def read_flag(text: str) -> bool | None:
    """Whether a text says yes or no; None for any other."""
    return _FLAGS.get(folded(text.strip()))


def opposite(text: str) -> str | None:
    """What a yes or no below a heading such as “Inactive” says of what is active; None for any other text,
    also one that says by itself what is active."""
    flag = _PLAIN.get(folded(text.strip()))
    return None if flag is None else "no" if flag else "yes"
