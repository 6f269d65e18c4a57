"""The texts that the grid shows in the browser go through the catalogues as all others do."""

import re
from collections.abc import Iterator

import pytest

from komet_import.language.current import Language, speaking
from komet_import.language.extraction import of_the_grid
from komet_import.language.pseudo import disguised
from komet_import.web.review import grid
from komet_import.web.review.grid import texts
from komet_import.web.review.grid_message import LABELS
from tests.language.test_bypassing import SENTENCE

FILES = sorted(grid.HERE.glob("*.js"))
TELLING = {"tell", "tellCount"}
NO_TEXT = re.compile(
    r"^(?:Arrow\w+|Enter|Escape|Tab|Home|End|Page\w+|Backspace|Delete|Control|Shift|Alt|Meta)$"
    r"|^(?:Dead|Process|Unidentified)$|Content-Type|^\.st-|\[[\w-]+|^\w+, \w+(?:, \[\w+\])?$"
)
"""Keys, names of the browser's, what finds elements."""
NAMING = {"class", "id", "label", "style"}
"""Properties whose texts are no words for people; of an action a `label` is a kind of work."""
TOKEN = re.compile(
    r"(?P<comment>//[^\n]*|/\*.*?\*/)"
    r"|(?P<text>\"(?:[^\"\\\n]|\\.)*\"|`(?:[^`\\]|\\.|\$\{[^{}`]*`[^`]*`[^{}`]*\})*`)"
    r"|(?P<pattern>/(?![ /*])(?:[^/\\\n\[]|\\.|\[(?:[^\]\\\n]|\\.)*\])+/)"
    r"|(?P<name>[\w$]+)|(?P<sign>\S)",
    re.DOTALL,
)
"""What JavaScript is made of, as far as it matters here."""


def bypassing(source: str) -> Iterator[str]:
    """The sentences of a file that nothing tells."""
    calls: list[str] = []
    key, before = "", ["", ""]
    for token in TOKEN.finditer(source):
        match token[0]:
            case "(":
                calls.append(before[-1])
            case ")" if calls:
                calls.pop()
            case ":" if before[-2] in ("{", ","):
                key = before[-1]
            case "," | "}" | ";":
                key = ""
        if token["text"] and not TELLING & set(calls):
            said = re.sub(r"\$\{[^}]*\}", "0", token[0][1:-1])
            named = key in NAMING and not said[:1].isupper()
            if SENTENCE.search(said) and not (NO_TEXT.search(said) or said in LABELS or named):
                yield said
        if not token["comment"]:
            before = [before[-1], token[0]]


def test_every_text_of_the_grid_is_told() -> None:
    found = [(file.name, said) for file in FILES for said in bypassing(file.read_text(encoding="utf-8"))]
    assert found == []


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ('say("Rows were read");', ["Rows were read"]),
        ("say(`${count} rows were read`);", ["0 rows were read"]),
        ('element("button", {}, "Undo");', ["Undo"]),
        ('element("b", { class: "quiet written" }, tell("Undo"));', []),
        ('say(tellCount("{count} row was read", "{count} rows were read", 2)); // some rows', []),
        ('if (key === "ArrowUp") set(cells, "Fill down");', []),
    ],
)
def test_a_text_that_bypasses_is_found(line: str, found: list[str]) -> None:
    assert list(bypassing(line)) == found


def test_every_text_that_is_told_is_found_for_the_catalogues() -> None:
    """A text must stand in the brackets itself, and not within another one's."""
    known = {text if isinstance(text, str) else text[0] for text in of_the_grid()}
    found = {
        (file.name, said)
        for file in FILES
        if file.name != "language.js"
        for said in re.findall(r'\btell(?:Count)?\(\s*("(?:[^"]|\\.)*"|.)', file.read_text(encoding="utf-8"))
    }
    assert len(found) > 80
    assert [(file, said) for file, said in sorted(found) if said[1:-1] not in known] == []
    assert len({said for _file, said in found}) == len(known)


def test_the_table_of_a_language_has_the_forms_of_every_text_and_english_brings_its_own() -> None:
    with speaking(Language.SPANISH):
        told = texts.told()
    assert told["locale"] == "es-419" and len(told["texts"]) == len(of_the_grid())
    assert told["texts"]["{count} row excluded."] == ["{count} fila excluida.", "{count} filas excluidas."]
    with speaking(Language.PSEUDO):
        assert texts.told()["texts"]["Dismiss"] == [disguised("Dismiss")]
    assert texts.told() == {"locale": "en", "texts": {}}
