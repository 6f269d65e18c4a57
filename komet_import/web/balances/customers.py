"""The parts of the Balances page: what is looked for, the list of customers, one customer's adjustments."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from urllib.parse import quote

import streamlit as st

from komet_import.ledger.balances import PAGE, Balance, Balances, Place, Sums
from komet_import.ledger.statement import Entry, Statement
from komet_import.types import ALL, ImportType, Meaning, Side
from komet_import.types.schema import PARTIES, counted, listed, money
from komet_import.web.shared.navigation import go_to
from komet_import.web.shared.parts import empty, local_time, page, page_title, plain
from komet_import.web.shared.table import choosable, headings, table

EVERYWHERE = "All locations"
SIDES = {
    Side.WE_OWE: ("what you owe each customer", "you owe"),
    Side.THEY_OWE: ("what each owes you", "they owe"),
}
Types = Sequence[ImportType]
"""Those whose money the person may see."""

_SEARCH, _PLACE, _SETTLED = "balances-search", "balances-place", "balances-settled"


@dataclass
class Looking:
    """What this browser looks at, kept while other pages are open."""

    search: str = ""
    place: str = EVERYWHERE
    settled: bool = False
    page: int = 1
    entries_page: int = 1


def looking() -> Looking:
    """This browser's look. Kept under a key of our own: widgets forget as soon as they are not drawn."""
    kept = st.session_state.setdefault("balances", Looking())
    return kept if isinstance(kept, Looking) else Looking()


def chosen_customer() -> str:
    """The code in the address, so that a customer's page can be kept and sent to somebody."""
    return str(st.query_params.get("customer", ""))


def toolbar(look: Looking, places: list[Place]) -> int | None:
    """Search and filters; returns the chosen location's id."""
    before = (look.search, look.place, look.settled)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        look.search = st.text_input(
            "Search",
            look.search,
            key=_SEARCH,
            placeholder="Customer code or name",
            icon=":material/search:",
            width=320,
        )
        place_id = location(look, places)
        look.settled = st.checkbox("Also customers without a balance", look.settled, key=_SETTLED)
    if before != (look.search, look.place, look.settled):
        look.page = 1
    return place_id


def location(look: Looking, places: list[Place]) -> int | None:
    """The choice of a location, where there is more than one; returns its id."""
    if len(places) < 2:
        return None
    names = {f"{place.code} · {place.name}": place.id for place in places}
    if look.place not in names:
        look.place = EVERYWHERE
    offered = [EVERYWHERE, *names]
    look.place = st.selectbox("Location", offered, offered.index(look.place), key=_PLACE, width=240)
    return names.get(look.place)


def about(types: Types) -> str:
    """What the page shows, in one sentence."""
    shown = listed([SIDES[side][0] for side in _sides(types)])
    nouns = listed([type.noun[1] for type in types])
    what = f"{shown[0].upper()}{shown[1:]}"
    net = " Net is what you owe less what they owe." if len(_sides(types)) > 1 else ""
    return f"{what}: the sum of its imported {nouns}, less what was reversed.{net}"


def _sides(types: Types) -> list[Side]:
    """The sides of the balance on which this money stands."""
    return [side for side in Side if any(type.side is side for type in types)]


def _open(sums: Sums, types: Types, *, within: bool = False) -> str:
    """What is open, in words: one sum, or each side and the net; `within`: and in how many documents."""
    sides = _sides(types)
    said = []
    for side in sides:
        here = [type for type in types if type.side is side]
        value = f"**{plain(money(sums.on(side, types)))}**"
        count = listed(
            [type.counted(sums.of[type.slug].standing if type.slug in sums.of else 0) for type in here]
        )
        inside = f" in {count}" if within else ""
        said.append(f"{value} open{inside}" if len(sides) == 1 else f"{SIDES[side][1]} {value}{inside}")
    if len(sides) > 1:
        said.append(f"net **{plain(money(sums.amount))}**")
    return " · ".join(said)


def _heading(types: Types, meaning: Meaning) -> str:
    """What a column of these types is called: as in their sheets, where all say the same."""
    names = {type.name_for(meaning) for type in types if type.column_for(meaning)}
    return names.pop() if len(names) == 1 else meaning.capitalize()


def customers(look: Looking, found: Balances, types: Types) -> None:
    """The customers with their balances, largest first; choosing one opens its adjustments."""
    look.page = found.page
    if not found.lines:
        _nobody(look, types)
        return
    st.markdown(f"{counted(found.customers, PARTIES)} · {_open(found, types)}")
    sides = _sides(types)
    several = ["You owe", "They owe", "Net"] if len(sides) > 1 else ["Balance"]
    numbers = (types[0].noun[1].capitalize() if len(types) == 1 else "Open items", *several)
    html = table(
        head=headings("Code", "Customer", *numbers, numbers=numbers),
        lines="".join(_customer(line, types, sides) for line in found.lines),
        label="Balances",
    )
    code = choosable(html, key="balances-customers")
    if code:
        look.entries_page = 1
        st.query_params["customer"] = code
        st.rerun()
    if step := _turn(found.page, found.pages, found.customers, key="balances-customers-page"):
        look.page += step
        st.rerun()


def _customer(line: Balance, types: Types, sides: Sequence[Side]) -> str:
    code = escape(line.code, quote=True)
    sums = [line.on(side, types) for side in sides] + ([line.amount] if len(sides) > 1 else [])
    inactive = "" if line.active else "<span class='tag'>inactive</span>"
    return (
        f"<tr data-choice='{code}'><th scope='row' class='name'>"
        f"<a data-choice='{code}' href='balances?customer={quote(line.code, safe='')}'>{code}</a></th>"
        f"<td>{escape(line.name)}{inactive}</td>"
        f"<td class='number'>{line.standing:,}</td>"
        + "".join(f"<td class='number'>{money(amount)}</td>" for amount in sums)
        + "</tr>"
    )


def _nobody(look: Looking, types: Types) -> None:
    nouns = listed([type.noun[1] for type in types])
    if look.search.strip():
        empty(
            f"No customer is called “{plain(look.search.strip())}”",
            "Search for a part of the code or the name, or tick “Also customers without a balance”.",
        )
    elif look.place != EVERYWHERE:
        empty("Nobody has a balance at this location", "Choose another location to see the others.")
    else:
        empty(
            "Nobody has a balance",
            f"Imported {nouns} appear here as the balance of their customer.",
            lambda: st.page_link(page("data_import"), label="Import a sheet", icon=":material/upload_file:"),
        )


def back() -> None:
    """The way back to the list, as it was left."""
    if st.button("All balances", icon=":material/arrow_back:", type="tertiary"):
        del st.query_params["customer"]
        st.rerun()


def customer(look: Looking, statement: Statement, types: Types) -> None:
    """One customer: the balance, and every adjustment behind it."""
    balance = statement.balance
    page_title(balance.name or balance.code)
    inactive = "" if balance.active else " · inactive"
    st.markdown(
        f"{plain(balance.code)}{inactive} · {_open(balance, types, within=True)}"
        + ("" if look.place == EVERYWHERE else f" at {plain(look.place.partition(' · ')[2])}")
    )


def entries(look: Looking, statement: Statement, types: Types) -> None:
    """The adjustments of a customer, newest document first; choosing an import opens its report."""
    look.entries_page = statement.page
    if not statement.entries:
        empty(
            f"No {listed([type.noun[1] for type in types], 'or')}",
            "Nothing was imported for this customer yet.",
        )
        return
    columns = Columns.of(statement, types)
    html = table(
        head=headings(*columns.headings, numbers=("Amount",)),
        lines="".join(_entry(entry, columns) for entry in statement.entries),
        label="Adjustments",
    )
    batch_id = choosable(html, key="balances-entries")
    if batch_id:
        go_to("report", batch_id=batch_id)
    if step := _turn(statement.page, statement.pages, statement.count, key="balances-entries-page"):
        look.entries_page += step
        st.rerun()


@dataclass(frozen=True, kw_only=True)
class Columns:
    """Which columns a statement has: those in which something can stand."""

    headings: tuple[str, ...]
    kind: bool
    place: bool
    reference: bool
    note: bool

    @classmethod
    def of(cls, statement: Statement, types: Types) -> "Columns":
        """Those of a page of a statement, for somebody who sees the money of these types."""
        kind, place = len(types) > 1, any(entry.location for entry in statement.entries)
        note, reference = (
            any(type.column_for(meaning) for type in types) for meaning in (Meaning.NOTE, Meaning.REFERENCE)
        )
        shown = [
            "Date",
            *(["Kind"] if kind else []),
            _heading(types, Meaning.NUMBER),
            *([_heading(types, Meaning.REFERENCE)] if reference else []),
            *(["Location"] if place else []),
            *([_heading(types, Meaning.NOTE)] if note else []),
            "Imported",
            "Amount",
        ]
        return cls(headings=tuple(shown), kind=kind, place=place, reference=reference, note=note)


def _entry(entry: Entry, columns: Columns) -> str:
    gone = entry.reverses or entry.reversed
    quiet = " class='quiet'" if gone else ""
    word = "reversal" if entry.reverses else "reversed"
    tag = f"<span class='tag'>{word}</span>" if gone else ""
    number = escape(entry.number) or "<span class='blank'>none</span>"
    kind = f"<td>{escape(ALL[entry.type_slug].noun[0].capitalize())}</td>" if columns.kind else ""
    place = f"<td>{escape(entry.location)}</td>" if columns.place else ""
    reference = f"<td>{escape(entry.reference)}</td>" if columns.reference else ""
    note = f"<td>{escape(entry.comments)}</td>" if columns.note else ""
    batch = escape(entry.batch_id, quote=True)
    title = escape(f"row {entry.row} of {entry.file_name}, {local_time(entry.posted_at)}", quote=True)
    return (
        f"<tr{quiet}><td class='bare'>{entry.credit_date}</td>{kind}"
        f"<th scope='row' class='name terse'>{number} {tag}</th>{reference}{place}{note}"
        f"<td><a data-choice='{batch}' href='report?batch={batch}' title='{title}'>"
        f"{escape(entry.file_name)}</a></td><td class='number'>{money(entry.amount)}</td></tr>"
    )


def _turn(current: int, pages: int, count: int, *, key: str) -> int:
    """Previous and next, where there is more than one page; returns the step that was taken."""
    if pages < 2:
        return 0
    first, last = (current - 1) * PAGE + 1, min(current * PAGE, count)

    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(f"{first:,}–{last:,} of {count:,}", width="content")
        back = st.button(
            "Previous",
            icon=":material/chevron_left:",
            key=f"{key}-back",
            type="tertiary",
            disabled=current < 2,
        )
        on = st.button(
            "Next",
            icon=":material/chevron_right:",
            key=f"{key}-on",
            type="tertiary",
            disabled=current == pages,
        )
    return int(on) - int(back)
