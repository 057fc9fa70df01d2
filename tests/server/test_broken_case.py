"""One broken scenario file is told to staff and leaves the others alone."""

import logging
import shutil
from pathlib import Path

import pytest
from django.test import override_settings

from wargame.lobby.selectors import broken_cases, case_list
from wargame.store import cases

SHIPPED = Path(__file__).resolve().parents[2] / "fixtures" / "scenarios"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the practice case, and a copy of it that lies."""
    for name in ("practice", "broken"):
        shutil.copytree(SHIPPED / "practice", tmp_path / name)
        root = (SHIPPED / "practice.yaml").read_text(encoding="utf-8").replace("practice/", f"{name}/")
        (tmp_path / f"{name}.yaml").write_text(root.replace("id: practice", f"id: {name}", 1), encoding="utf-8")
    return tmp_path


def test_a_broken_file_is_left_out_and_the_others_are_played(folder: Path, caplog: pytest.LogCaptureFixture) -> None:
    with override_settings(SCENARIO_DIR=folder):
        assert {case.id for case in case_list()} == {"practice", "broken"}
        assert broken_cases() == []
    moves = folder / "broken" / "moves.yaml"
    moves.write_text(moves.read_text(encoding="utf-8").replace("add: [tension, 8]", "add: [tensions, 8]", 1), "utf-8")
    (folder / "broken.yaml").touch()
    with override_settings(SCENARIO_DIR=folder), caplog.at_level(logging.ERROR):
        assert [case.id for case in case_list()] == ["practice"]
        assert cases.case_now("broken") is None
        assert cases.case_now("practice") is not None
        (line,) = broken_cases()
    assert line.startswith("broken/moves.yaml:")
    assert "did you mean 'tension'" in line
    assert "case.unreadable broken/moves.yaml:" in caplog.text
