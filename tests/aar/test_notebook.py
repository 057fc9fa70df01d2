"""The notebook beside the docs reads an export and comes to the figures of the report."""

import ast
import json
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from tests.support.exported import golden_export
from tests.support.golden_game import golden_report

NOTEBOOK = Path(__file__).resolve().parents[2] / "docs/report-from-an-export.ipynb"


def test_the_notebook_draws_two_charts_of_the_report_from_an_export(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "export.zip"
    path.write_bytes(golden_export("parquet"))
    monkeypatch.setenv("EXPORT", str(path))
    monkeypatch.setenv("MPLBACKEND", "module://matplotlib_inline.backend_inline")
    notebook = nbformat.read(NOTEBOOK, as_version=4)  # type: ignore[no-untyped-call]
    NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(tmp_path)}}).execute()
    outputs = [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]
    assert sum("image/png" in output.get("data", {}) for output in outputs) == 2
    figures = json.loads(ast.literal_eval(outputs[-1]["data"]["text/plain"]))
    report = golden_report()
    variable = next(one for one in report["variables"] if one["id"] == figures["variable"])
    assert variable["headline"]
    assert figures["truth"] == [[point["turn"], point["value"]] for point in variable["truth"]]
    readings = sorted(variable["estimates"][figures["seat"]], key=lambda one: one["turn"])
    assert figures["estimates"] == [[one["turn"], one["value"]] for one in readings]
    assert figures["points"] == [[one["turn"], one["points"]] for one in report["escalation"]]
    assert figures["by_team"] == {
        str(one["turn"]): {lane: points for lane, points in one["by_lane"].items() if points}
        for one in report["escalation"]
    }


def test_the_notebook_is_kept_without_what_it_came_to() -> None:
    cells = nbformat.read(NOTEBOOK, as_version=4).cells  # type: ignore[no-untyped-call]
    assert [cell for cell in cells if cell.get("outputs") or cell.get("execution_count")] == []
