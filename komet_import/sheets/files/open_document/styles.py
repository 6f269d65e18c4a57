"""What styles say of cells and sheets."""

from komet_import.sheets.files.xlsx.xml import Attributes


class Styles:
    """Whose text is struck through, and which sheets are hidden, by the names of styles."""

    def __init__(self) -> None:
        self._struck: dict[str, bool] = {}
        self._parents: dict[str, str] = {}
        self.hidden: set[str] = set()
        self._name = ""

    def start(self, element: str, attributes: Attributes) -> None:
        """An element of a part with styles."""
        if element == "style:style":
            self._name = attributes.get("style:name", "")
            self._parents[self._name] = attributes.get("style:parent-style-name", "")
        elif element == "style:text-properties":
            line = attributes.get("style:text-line-through-style") or attributes.get(
                "style:text-line-through-type"
            )
            if line:
                self._struck[self._name] = line != "none"
        elif element == "style:table-properties" and attributes.get("table:display") == "false":
            self.hidden.add(self._name)

    def struck(self, name: str) -> bool | None:
        """Whether a style is struck through; None where it says nothing of that."""
        for _step in range(10):  # no further: styles may name each other in a circle
            if name in self._struck:
                return self._struck[name]
            name = self._parents.get(name, "")
        return None
