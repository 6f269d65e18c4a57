"""The directory: who has which code, and who is called what."""

from komet_import.review.reference import Directory, KnownCustomer
from komet_import.types import ColumnFormat
from komet_import.types.codes import code_key

SAME = (
    KnownCustomer(1, "FL-01", "Rosas SA", True, frozenset({1})),
    KnownCustomer(2, "FL1", "ROSAS  sa", False, frozenset({1})),
    KnownCustomer(3, "B7", "Petal & Stem", True, frozenset({1})),
)
DIRECTORY = Directory(customers={code_key(one.code): one for one in SAME}, locations={})


def test_all_whose_codes_or_names_are_alike_are_known_in_their_order() -> None:
    assert {key: [one.id for one in found] for key, found in DIRECTORY.customers_alike.items()} == {
        "FL1": [1, 2],
        "B7": [3],
    }
    assert [[one.id for one in found] for found in DIRECTORY.customers_named.values()] == [[1, 2], [3]]


def test_an_inactive_customer_is_named_and_nothing_is_posted_to_them() -> None:
    for code, named, usable in (("fl-01", 1, 1), ("FL1", 2, None), ("x", None, None)):
        found = [of(ColumnFormat.CUSTOMER, code) for of in (DIRECTORY.named, DIRECTORY.usable)]
        assert [one.id if one else None for one in found] == [named, usable]
    assert DIRECTORY.named(ColumnFormat.AMOUNT, "FL1") is None
    assert [one.code for one in DIRECTORY.customer_suggester.search("")] == ["B7", "FL-01"]
    assert DIRECTORY.longest_code == 5
