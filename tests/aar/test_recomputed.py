"""Every figure of the report of the historical game equals one worked out again from the exported Parquet alone."""

import ast
import math
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support import recomputed
from tests.support.exported import golden_export
from tests.support.golden_game import golden_report

FOLDER = Path(recomputed.__file__).parent
NO_FIGURES = {
    "built_at_ms": "when the report was made: nothing of the game",
    "method": "constants that the sections are explained with",
}
"""Parts of a report whose numbers are not figures of the game."""


def figures(value: Any, path: str = "") -> Iterator[tuple[str, float]]:
    """Yield every number of a report with where it stands; references are none."""
    if isinstance(value, bool):
        return
    if isinstance(value, int | float):
        yield path, value
    elif isinstance(value, dict):
        for name, one in value.items():
            if name != "refs":
                yield from figures(one, f"{path}.{name}")
    elif isinstance(value, list | tuple):
        for at, one in enumerate(value):
            yield from figures(one, f"{path}[{at}]")


@pytest.fixture(scope="module")
def again(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    path = tmp_path_factory.mktemp("export") / "export.zip"
    path.write_bytes(golden_export("parquet"))
    return recomputed.sections(path, golden_report())


def with_figures() -> list[str]:
    return [name for name, section in golden_report().items() if name not in NO_FIGURES and any(figures(section))]


def test_every_section_with_figures_is_worked_out_again(again: dict[str, Any]) -> None:
    assert set(with_figures()) <= set(again)


def test_every_figure_of_the_report_is_the_one_worked_out_again(again: dict[str, Any]) -> None:
    wrong, right = [], 0
    for name in with_figures():
        mine = dict(figures(again.get(name), name))
        told = dict(figures(golden_report()[name], name))
        wrong += [f"{path}: only worked out again ({mine[path]})" for path in mine.keys() - told.keys()]
        for path, value in told.items():
            found = mine.get(path)
            if found is None or not math.isclose(found, value, rel_tol=1e-9, abs_tol=1e-9):
                wrong.append(f"{path}: {value} in the report, {found} worked out again")
            else:
                right += 1
    assert wrong == [], f"{len(wrong)} of {right + len(wrong)}: {wrong[:20]}"
    assert right > 40_000


def test_the_script_imports_nothing_of_the_game() -> None:
    allowed = {"pandas", *sys.stdlib_module_names}
    for path in FOLDER.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [one.name for one in node.names] if isinstance(node, ast.Import) else []
            names += [str(node.module)] if isinstance(node, ast.ImportFrom) else []
            for name in names:
                own = name.startswith("tests.support.recomputed")
                assert own or name.partition(".")[0] in allowed, f"{path.name}: {name}"


def test_a_figure_that_is_changed_in_the_export_is_found(again: dict[str, Any]) -> None:
    before = dict(figures(again["risk"], "risk"))
    assert before == dict(figures(golden_report()["risk"], "risk"))
    changed = [dict(row, p_war=row["p_war"] + 1e-6) for row in again["risk"]]
    assert dict(figures(changed, "risk")) != before
