"""Python's engine and Arrow's find an expression in the same texts."""

import pyarrow as pa
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from komet_import.sheets.layout.modifiers.modifier_values import PAPER_HINT
from komet_import.sheets.layout.rows import control_line, void_marks
from komet_import.sheets.layout.rows.patterns import FEW, occurs
from komet_import.sheets.layout.words.total_labels import DAY, hint

EXPRESSIONS = {
    "papers": PAPER_HINT,
    "labels": hint(),
    "days": DAY,
    "notes": void_marks._HINT,
    "control totals": control_line._HINT,
    "figures": "[0-9]",
}
WORDS = [
    "INV-7", "inv7", "invoice", "Facture", "FACTURA", "ŁĄCZNIE", "łącznie", "Σ", "σ", "ς", "ſumme", "Summe",
    "TOTAL", "t o t a l", "b/f", "xb/f", "B / F", "i alt", "ogółem", "Übertrag", "ÜBERTRAG", "saldo", "ſaldo",
    "27.11.2026", "7/1/26", "٢٧.١١.٢٠٢٦", "２７.11.2026", "éMay 3", "3 mai", "May 3é", "3. März",
    "maÿ 3", "MÄRZ 3",
    "control", "CONTROL", "void", "VOID", "anulado",
    "K", "İ", "ı", "I", "ß", "\n", "\r", " ", "\u00a0", "\u2028", "_", "-", "0", "9", "é", "中", "",
]  # fmt: skip
TEXTS = st.one_of(
    st.lists(st.sampled_from(WORDS), max_size=4).map("".join),
    st.lists(st.sampled_from(WORDS), max_size=4).map(" ".join),
    st.text(max_size=12),
)


@pytest.mark.parametrize("which", EXPRESSIONS)
@given(texts=st.lists(TEXTS, min_size=1, max_size=20))
@example(texts=["invoiceİ", "ınvoice"])
@example(texts=["éMay 3ſaldo"])
@example(texts=["INV-7 \u00a0 ŁĄCZNIE"])
def test_few_texts_are_told_as_many_are(which: str, texts: list[str]):
    few = pa.array(texts, pa.large_string())
    many = pa.concat_arrays([few] * (FEW // len(texts) + 1))
    assert len(few) <= FEW < len(many)
    assert occurs(few, EXPRESSIONS[which]).tolist() == occurs(many, EXPRESSIONS[which]).tolist()[: len(texts)]


def test_each_expression_occurs_somewhere():
    for texts in (WORDS, WORDS * 3):
        assert all(occurs(pa.array(texts, pa.large_string()), e).any() for e in EXPRESSIONS.values())
