"""Roles against the table of komet-facts §1."""

import pytest

from komet_import.access import roles
from komet_import.types import CUSTOMERS, OPEN_CREDITS, Role

IMPORTS = {
    "Accounts Receivables": ["open-credits"],
    "Admin": ["open-credits", "customers"],
    "Credit Manager": ["open-credits"],
    "Procurement Manager": ["open-credits"],
    "Sales Manager": ["open-credits"],
    "Setup": ["open-credits"],
    "Shipping": ["open-credits"],
    "Accounts Payable": [],
    "Cashier": [],
    "Fulfillment": [],
    "Inventory": [],
    "Procurement User": [],
    "Salesperson": [],
    "Quality Control": [],
}


def test_the_table_names_every_role() -> None:
    assert set(IMPORTS) == {role.value for role in Role}


@pytest.mark.parametrize(("role", "slugs"), IMPORTS.items())
def test_a_role_may_import_what_the_table_says(role: str, slugs: list[str]) -> None:
    assert [kind.slug for kind in roles.types_for(roles.parse([role]))] == slugs


def test_rights_of_several_roles_add_up() -> None:
    held = roles.parse(["Salesperson", "Shipping"])
    assert roles.types_for(held) == (OPEN_CREDITS,)
    assert CUSTOMERS not in roles.types_for(held)


def test_administrator_is_another_word_for_admin() -> None:
    assert roles.parse([" administrator ", "Admin"]) == (Role.ADMIN,)
