"""What a role allows. A user may hold several; the rights add up (docs/komet-sales.md §1)."""

from collections.abc import Iterable
from typing import Protocol

from komet_import.language import _
from komet_import.refusal import Refusal, quoted
from komet_import.types import ALL, ImportType, Meaning, Role, saying

_ALIASES = {"administrator": Role.ADMIN}  # one role under two names (docs/komet-sales.md §1)
_BY_KEY = {role.value.lower(): role for role in Role} | _ALIASES


APPROVING = (Role.ADMIN, Role.CREDIT_MANAGER)
"""The roles that may approve what somebody else has prepared, of the types that they may import."""


class HasRoles(Protocol):
    """Whoever holds roles; `users.CurrentUser` does."""

    @property
    def roles(self) -> tuple[Role, ...]: ...


def parse(names: Iterable[str]) -> tuple[Role, ...]:
    """The roles of those names, each once, in the order of `Role`; case and outer spaces do not matter.

    Raises Refusal `unknown-role` for a name that is none, `no-role` where there is no name at all.
    """
    found: set[Role] = set()
    for name in names:
        role = _BY_KEY.get(" ".join(name.split()).lower())
        if role is None:
            raise Refusal(
                "unknown-role",
                _("{name} is not a role; choose from {listed}.", name=quoted(name), listed=", ".join(Role)),
            )
        found.add(role)
    if not found:
        raise Refusal("no-role", _("A user needs at least one role; choose one."))
    return tuple(role for role in Role if role in found)


def types_for(roles: Iterable[Role]) -> tuple[ImportType, ...]:
    """The import types that somebody with these roles may import, in the order in which they are offered."""
    held = frozenset(roles)
    return tuple(kind for kind in ALL.values() if kind.roles & held)


def may_import(user: HasRoles, kind: ImportType) -> bool:
    """Whether the user may import sheets of that type."""
    return bool(kind.roles.intersection(user.roles))


def may_import_parties(user: HasRoles) -> bool:
    """Whether the user may import the list of those whose documents the others are."""
    (parties,) = saying(Meaning.LOCATIONS)
    return may_import(user, parties)


def may_approve(user: HasRoles, kind: ImportType) -> bool:
    """Whether the user may approve sheets of that type that others have prepared."""
    return may_import(user, kind) and not frozenset(APPROVING).isdisjoint(user.roles)


def approving(kind: ImportType) -> tuple[Role, ...]:
    """The roles with which one may approve sheets of that type, the one that may most first."""
    return tuple(role for role in APPROVING if role in kind.roles)


REVERSING = (Role.ADMIN, Role.CREDIT_MANAGER)
"""The roles that may reverse what was imported, of the types that they may import."""


def may_reverse(user: HasRoles, kind: ImportType) -> bool:
    """Whether the user may reverse imports of that type, whole or row by row."""
    return may_import(user, kind) and not frozenset(REVERSING).isdisjoint(user.roles)


def reversing(kind: ImportType) -> tuple[Role, ...]:
    """The roles with which one may reverse imports of that type, the one that may most first."""
    return tuple(role for role in REVERSING if role in kind.roles)


def money_types(user: HasRoles) -> tuple[ImportType, ...]:
    """The types of money that the user may import, and so sees in balances: no others."""
    return tuple(kind for kind in types_for(user.roles) if kind.summed)


def may_see_balances(user: HasRoles) -> bool:
    """Whether the user may see balances: whoever may import money."""
    return bool(money_types(user))


def may_close_periods(user: HasRoles) -> bool:
    """Whether the user may close and reopen accounting periods (docs/komet-sales.md §5)."""
    return not {Role.ADMIN, Role.SETUP}.isdisjoint(user.roles)


def is_admin(user: HasRoles) -> bool:
    """Whether the user may manage users and mail."""
    return Role.ADMIN in user.roles
