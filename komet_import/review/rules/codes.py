"""The cell rules of codes: customers and locations, known ones and new ones."""

import re

from komet_import.review.catalogue import NO_CUSTOMERS, NO_LOCATIONS, SIMILAR_CODE
from komet_import.review.reference import Directory
from komet_import.review.rules.context import CellContext
from komet_import.review.rules.finding import BETWEEN, Finding, codes_of, listed_codes
from komet_import.review.rules.odd_texts import odd_code
from komet_import.review.sameness import number_key
from komet_import.review.suggestions import Suggester
from komet_import.types.codes import code_key


def read_new_code(asked: CellContext, text: str, held: int) -> Finding:
    """A code that its list adds or knows; one that only lost its zeros, say, is probably the known one."""
    directory = asked.reference.directory
    alike = directory.customers_alike.get(number_key(text), ())
    if code_key(text) in directory.customers:
        return Finding(text)
    if not alike:
        return odd_code(text, held) or Finding(text)
    told = codes_of(alike)
    facts = {"other": told, "name": BETWEEN.join(dict.fromkeys(known.name for known in alike))}
    offered = told if len(alike) == 1 else None
    return Finding(text, code=SIMILAR_CODE, suggestion=offered, facts=facts, basis=f"{text} like {told}")


def read_customer(asked: CellContext, text: str, held: int) -> Finding:
    """The customer with that code, who must be active."""
    directory = asked.reference.directory
    customer = directory.customers.get(code_key(text))
    if customer is None and not directory.customers:
        return Finding(code=NO_CUSTOMERS)
    if customer is None:
        return _unknown("unknown-customer", directory.customer_suggester, text)
    if not customer.active:
        return Finding(code="inactive-customer", facts={"name": customer.name})
    return Finding(customer)


def read_location(asked: CellContext, text: str, held: int) -> Finding:
    """The location with that code."""
    directory = asked.reference.directory
    location = directory.locations.get(code_key(text))
    if location is None:
        meant = {*_locations_meant(directory, text)}
        return _unknown_location(directory, text)._replace(
            suggestion=meant.pop() if len(meant) == 1 else None
        )
    return Finding(location)


def read_locations(asked: CellContext, text: str, held: int) -> Finding:
    """The locations with these codes, which stand between colons."""
    directory, found = asked.reference.directory, []
    parts = [part.strip() for part in text.split(":") if part.strip()]
    for code in parts:
        location = directory.locations.get(code_key(code))
        if location is None:
            repaired = [place for part in parts for place in _locations_meant(directory, part) or [part]]
            offered = ":".join(repaired) if repaired != parts else None
            return _unknown_location(directory, code if directory.locations else text)._replace(
                suggestion=offered
            )
        found.append(location)
    return Finding(tuple(found))


_BETWEEN_CODES = re.compile(r"\s*[;/|+&\n]\s*|\s+(?:and|y|und|et|en|e)\s+", re.IGNORECASE)


def _locations_meant(directory: Directory, text: str) -> list[str]:
    """The codes of a text that is one location, or several in another way than with colons; none where one
    of them is none."""
    # A name may have a comma, and spaces, of its own: it is cut there last.
    apart = _BETWEEN_CODES.split(text)
    # Where one of several is none, its place in the text says nothing of the others.
    for parts in (apart,) if len(apart) > 1 else (apart, text.split(","), text.split()):
        meant = [_location_meant(directory, part) for part in parts if part.strip()]
        codes = [code for code in meant if code]
        if codes and len(codes) == len(meant):
            return codes
    return []


def _location_meant(directory: Directory, text: str) -> str | None:
    known = directory.locations.get(code_key(text)) or directory.location_suggester.best(text.strip())
    return known.code if known else None


def _unknown(code: str, suggester: Suggester, text: str, **facts: str) -> Finding:
    best = suggester.best(text)
    return Finding(code=code, suggestion=best.code if best else None, facts=facts)


def _unknown_location(directory: Directory, text: str) -> Finding:
    if not directory.locations:
        named = [part.strip() for part in re.split(r"[:;,/|+&\n]", text) if part.strip()]
        return Finding(code=NO_LOCATIONS, facts={"named": listed_codes(named)})
    codes = listed_codes(sorted(known.code for known in directory.locations.values()))
    return _unknown("unknown-location", directory.location_suggester, text, expected=codes)
