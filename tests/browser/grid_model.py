"""The sheet behind the grid in its tests: rows in a dictionary, rules of one line, undo by copies.

What it answers has the shape of the real server's (`tests/web/test_grid_shape.py`).
"""

from collections.abc import Callable
from copy import deepcopy
from typing import Any
from uuid import uuid4

CUSTOMERS = {
    "FL219": "Rosas del Valle",
    "FL220": "Bloom & Co.",
    "FL305": "Tulipanes Ñuñoa",
    "GA100": "Peach Petals",
}
COLUMNS: list[dict[str, Any]] = [
    {
        "name": "Customer Code",
        "kind": "customer",
        "need": "required",
        "rule": "The code of an existing customer.",
    },
    {
        "name": "Credit #",
        "kind": "text",
        "need": "optional",
        "rule": "The credit's number in your own system.",
    },
    {"name": "Credit Date", "kind": "date", "need": "required", "rule": "The day of the credit, YYYY-MM-DD."},
    {"name": "Credit Balance", "kind": "amount", "need": "required", "rule": "A positive number."},
    {
        "name": "Type",
        "kind": "choice",
        "need": "optional",
        "rule": "One of the types.",
        "choices": ["Retailer", "Wholesaler"],
    },
    {"name": "Comments", "kind": "text", "need": "optional", "rule": "Free text, at most 500 characters."},
    {"name": "Driver", "kind": "ignored", "need": "optional", "rule": ""},
]
NAMES = [column["name"] for column in COLUMNS]
ODD_TEXTS = (
    "<img src=x onerror=\"document.title='broken'\">",
    "**bold** _and_ :red[red]",
    "שלום עולם, ורדים",
    "🌹🌷 twelve stems 👩🏽‍🌾",
    "first line\nsecond line",
    "  spaces  around  ",
    "a comment that is far longer than its column is wide, and then goes on about the late truck " * 3,
    "x" * 32_767,
)


def sheet_of(*, kind: str, count: int) -> dict[int, dict[str, str]]:
    """Rows by Excel row number, the first in row 4. `mixed` has problems in every seventh row."""
    rows = {}
    for n in range(count):
        rows[n + 4] = {
            "Customer Code": list(CUSTOMERS)[n % 4],
            "Credit #": f"CR-{1000 + n}",
            "Credit Date": f"2026-{n % 12 + 1:02d}-{n % 28 + 1:02d}",
            "Credit Balance": f"{(n * 37) % 900 + 1}.{n % 100:02d}",
            "Type": "Wholesaler" if n % 3 else "Retailer",
            "Comments": ODD_TEXTS[n % len(ODD_TEXTS)]
            if kind == "odd"
            else "late truck"
            if n % 5 == 0
            else "",
            "Driver": f"driver {n % 4}",
        }
        if kind != "clean" and n % 7 == 3:
            rows[n + 4]["Credit Balance"] = f"-{n}.50"
        if kind != "clean" and n % 11 == 5:
            rows[n + 4]["Customer Code"] = "FL21"
        if kind != "clean" and n % 13 == 6:
            rows[n + 4]["Credit Date"] = ""
    return rows


MODELS: dict[str, "Model"] = {}
"""Every model of the process, by its identity: the route looks them up."""


class Model:
    """Holds the rows, judges them, and answers the grid's actions."""

    def __init__(
        self,
        *,
        rows: dict[int, dict[str, str]],
        page_size: int,
        identity: str | None = None,
    ) -> None:
        self.identity = identity or uuid4().hex
        MODELS[self.identity] = self
        self.rows = rows
        self.left_out: set[int] = set()
        self.page_size = page_size
        self.page = 1
        self.sort: dict[str, Any] | None = None
        self.done: list[Any] = []
        self.undone: list[Any] = []
        self.acknowledged: dict[str, int] = {}
        self.revision = 0
        self.tokens = 0
        self.goto: dict[str, Any] | None = None
        self.lookup: dict[str, Any] | None = None
        self.notices: list[dict[str, Any]] = []

    # -- what the grid sends ---------------------------------------------------------------------------

    def receive(self, message: dict[str, Any]) -> None:
        client = message["client"]
        for action in message["actions"]:
            if action["seq"] > self.acknowledged.get(client, 0):
                self.act(action)
                self.acknowledged[client] = action["seq"]

    def act(self, action: dict[str, Any]) -> None:
        """One action of the grid; the tests' second model is driven through here as well."""
        acts: dict[str, Callable[[dict[str, Any]], None]] = {
            "set": self._set,
            "paste": self._paste,
            "exclude": lambda a: self._change(lambda: self.left_out.update(a["rows"])),
            "restore": lambda a: self._change(lambda: self.left_out.difference_update(a["rows"])),
            "undo": lambda a: self._swap(self.done, self.undone),
            "redo": lambda a: self._swap(self.undone, self.done),
            "page": lambda a: setattr(self, "page", a["page"]),
            "sort": lambda a: setattr(
                self, "sort", {"column": a["column"], "descending": a["descending"]} if a["column"] else None
            ),
            "next-problem": self._next_problem,
            "lookup": self._look_up,
        }
        acts[action["kind"]](action)
        self.revision += 1

    def _change(self, change: Callable[[], object]) -> None:
        self.done.append((deepcopy(self.rows), set(self.left_out)))
        self.undone.clear()
        change()

    def _swap(self, source: list[Any], other: list[Any]) -> None:
        if source:
            other.append((self.rows, self.left_out))
            self.rows, self.left_out = source.pop()

    def _set(self, action: dict[str, Any]) -> None:
        def change() -> None:
            for row, column, _before, after in action["cells"]:
                self.rows[row][column] = after

        self._change(change)

    def _paste(self, action: dict[str, Any]) -> None:
        order = self.order()
        top, left = order.index(action["row"]), NAMES.index(action["column"])
        fitting = action["block"][: len(order) - top]
        if len(fitting) < len(action["block"]):
            self.say("warning", f"{len(action['block']) - len(fitting)} rows did not fit.")

        def change() -> None:
            for row, values in zip(order[top:], fitting, strict=False):
                for column, value in zip(COLUMNS[left:], values, strict=False):
                    if column["kind"] != "ignored":
                        self.rows[row][column["name"]] = value

        self._change(change)

    def _next_problem(self, action: dict[str, Any]) -> None:
        cells = [(row, column) for row in self.rows for column in NAMES if self._wrong(row, column)]
        if not cells:
            return
        row, column = action["from"]
        here = (row, NAMES.index(column)) if row is not None else (0, 0)
        if action["direction"] > 0:
            found = next((c for c in cells if (c[0], NAMES.index(c[1])) > here), cells[0])
        else:
            found = next((c for c in reversed(cells) if (c[0], NAMES.index(c[1])) < here), cells[-1])
        self.go_to(*found)

    def _look_up(self, action: dict[str, Any]) -> None:
        query = action["query"].lower()
        options = [
            {"value": code, "label": name, "note": "MIA"}
            for code, name in CUSTOMERS.items()
            if query in code.lower() or query in name.lower()
        ]
        self.lookup = {"column": action["column"], "query": action["query"], "options": options}

    # -- what the grid is shown ------------------------------------------------------------------------

    def order(self) -> list[int]:
        rows = list(self.rows)
        if self.sort:
            name = self.sort["column"]
            rows.sort(key=lambda row: self.rows[row][name], reverse=self.sort["descending"])
        return rows

    @property
    def pages(self) -> int:
        return max(1, -(-len(self.order()) // self.page_size))

    def shown(self) -> list[int]:
        """The Excel row numbers of the page."""
        start = (self.page - 1) * self.page_size
        return self.order()[start : start + self.page_size]

    def go_to(self, row: int, column: str) -> None:
        self.tokens += 1
        self.page = self.order().index(row) // self.page_size + 1
        self.goto = {"row": row, "column": column, "token": self.tokens}

    def say(self, level: str, text: str) -> None:
        self.tokens += 1
        place = {"row": None, "told": None, "column": None}
        self.notices.append({"token": self.tokens, "level": level, "text": text, "undo": False, **place})

    def issues(self, row: int) -> dict[str, list[dict[str, Any]]]:
        values = self.rows[row]
        issues: dict[str, list[dict[str, Any]]] = {}

        def note(
            column: str, code: str, message: str, suggestion: str | None = None, severity: str = "error"
        ) -> None:
            issue: dict[str, Any] = {"code": code, "severity": severity, "message": message}
            issue |= {"suggestion": suggestion, "confirm": False}
            issues.setdefault(column, []).append(issue)

        if values["Customer Code"] not in CUSTOMERS:
            shown = values["Customer Code"][:60]
            note("Customer Code", "unknown-customer", f"Customer Code “{shown}” is not a customer.", "FL219")
        if not values["Credit Date"]:
            note("Credit Date", "missing-value", "Credit Date is blank; fill it in.")
        try:
            amount = float(values["Credit Balance"])
        except ValueError:
            note("Credit Balance", "not-a-number", "Credit Balance must be a number such as 1234.50.")
        else:
            if amount <= 0:
                shown = values["Credit Balance"]
                message = f"Credit Balance must be a positive number; the sheet has {shown}."
                note("Credit Balance", "not-positive", message, shown.lstrip("-"))
            elif amount > 800:
                note("Credit Balance", "unusual", "Credit Balance is unusually high.", severity="warning")
        return issues

    def called(self, row: int) -> dict[int, str]:
        code = self.rows[row]["Customer Code"]
        return {0: CUSTOMERS[code]} if code in CUSTOMERS else {}

    def state(self, row: int) -> str:
        if row in self.left_out:
            return "left-out"
        severities = {issue["severity"] for issues in self.issues(row).values() for issue in issues}
        return "attention" if "error" in severities else "warning" if severities else "ready"

    def _wrong(self, row: int, column: str) -> bool:
        if row in self.left_out:
            return False
        return any(issue["severity"] == "error" for issue in self.issues(row).get(column, []))

    def window(self) -> dict[str, Any]:
        order = self.order()
        self.page = min(self.page, self.pages)
        start = (self.page - 1) * self.page_size
        return {
            "version": str(self.revision),
            "revision": self.revision,
            "acknowledged": dict(self.acknowledged),
            "columns": [
                {
                    "choices": [],
                    "width": None,
                    "editable": column["kind"] != "ignored",
                    "title": column["name"],
                    "needed": column["need"],
                    **column,
                }
                for column in COLUMNS
            ],
            "rows": [
                {
                    "row": row,
                    "told": str(row),
                    "state": self.state(row),
                    "hidden": row == 9,
                    "aside": None,
                    "values": [self.rows[row][name] for name in NAMES],
                    "seen": {},
                    "was": {},
                    "change": None,
                    "kept": {},
                    "called": self.called(row),
                    "issues": self.issues(row),
                }
                for row in self.shown()
            ],
            "filter": "",
            "sort": self.sort,
            "page": self.page,
            "pages": self.pages,
            "first": start + 1,
            "total": len(order),
            "set_aside": 0,
            "all_totals": True,
            "problems": sum(
                issues[0]["severity"] == "error"
                for row in self.rows
                if row not in self.left_out
                for issues in self.issues(row).values()
            ),
            "refused": None,
            "goto": self.goto,
            "lookup": self.lookup,
            "notices": self.notices[-5:],
        }
