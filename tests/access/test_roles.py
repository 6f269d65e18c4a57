"""Roles against the table of docs/komet-sales.md §1."""

from dataclasses import dataclass

import pytest

from komet_import.access import roles
from komet_import.refusal import Refusal
from komet_import.types import ALL, CUSTOMERS, OPEN_CREDITS, Role

IMPORTS = {
    "Accounts Receivables": ["open-credits"],
    "Admin": ["open-credits", "open-invoices", "customers"],
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
    both = roles.types_for(held)
    assert {type.slug for type in both} == {*IMPORTS["Salesperson"], *IMPORTS["Shipping"]}
    assert OPEN_CREDITS in both and CUSTOMERS not in both


def test_administrator_is_another_word_for_admin() -> None:
    assert roles.parse([" administrator ", "Admin"]) == (Role.ADMIN,)


@pytest.mark.parametrize(("role", "slugs"), IMPORTS.items())
def test_rights_are_asked_of_the_roles_that_somebody_holds(role: str, slugs: list[str]) -> None:
    held = Held(roles=roles.parse([role]))
    assert [kind.slug for kind in ALL.values() if roles.may_import(held, kind)] == slugs
    assert roles.may_see_balances(held) == any(ALL[slug].summed for slug in slugs)
    assert roles.is_admin(held) == (role == "Admin")
    both = Held(roles=roles.parse(["Salesperson", role]))
    assert roles.is_admin(both) == (role == "Admin")


DECIDING = {"Admin", "Credit Manager"}


@pytest.mark.parametrize("role", IMPORTS)
@pytest.mark.parametrize("other", ["Shipping", "Salesperson"])
def test_who_decides_does_so_about_what_they_may_import(role: str, other: str) -> None:
    held = Held(roles=roles.parse([role, other]))
    may = {*IMPORTS[role], *IMPORTS[other]} if role in DECIDING else set()
    assert {kind.slug for kind in ALL.values() if roles.may_approve(held, kind)} == may
    assert {kind.slug for kind in ALL.values() if roles.may_reverse(held, kind)} == may


@dataclass(frozen=True)
class Held:
    roles: tuple[Role, ...]


def test_names_of_roles_are_read_without_regard_to_case_spaces_and_order() -> None:
    assert roles.parse(["  shipping ", "ACCOUNTS   receivables", "Shipping"]) == (
        Role.ACCOUNTS_RECEIVABLES,
        Role.SHIPPING,
    )


def test_what_is_no_role_is_named_with_those_that_are() -> None:
    with pytest.raises(Refusal) as refused:
        roles.parse(["Shipping", "Boss"])
    assert refused.value.code == "unknown-role"
    assert refused.value.message == f"“Boss” is not a role; choose from {', '.join(Role)}."
    with pytest.raises(Refusal) as refused:
        roles.parse([])
    assert (refused.value.code, refused.value.message) == (
        "no-role",
        "A user needs at least one role; choose one.",
    )
