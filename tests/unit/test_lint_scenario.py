"""`manage.py lint_scenario`: what an author reads when a file is right, and when it is not."""

import io
import json
import shutil
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

SHIPPED = Path(__file__).resolve().parents[2] / "fixtures" / "scenarios"


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A scenario folder an author may spoil."""
    return shutil.copytree(SHIPPED, tmp_path / "scenarios") / "us-dprk-2017.yaml"


def spoil(root: Path, name: str, old: str, new: str) -> None:
    part = root.parent / root.stem / name
    text = part.read_text()
    assert old in text
    part.write_text(text.replace(old, new, 1))


def lint(root: Path) -> tuple[str, str]:
    out, err = io.StringIO(), io.StringIO()
    with pytest.raises(CommandError, match="faults"):
        call_command("lint_scenario", str(root), stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def test_the_shipped_scenarios_are_without_fault_and_counted() -> None:
    out = io.StringIO()
    call_command("lint_scenario", "--json", stdout=out)
    report = json.loads(out.getvalue())
    assert report["ok"] is True
    assert report["scenarios"][0]["counts"]["injects"] == 54
    assert len(report["scenarios"][0]["hash"]) == 32


def test_a_typo_is_reported_with_file_line_place_and_a_suggestion(copy: Path) -> None:
    spoil(copy, "moves-president.yaml", "add: [tension, 7]", "add: [tensoin, 7]")
    out, err = lint(copy)
    assert "us-dprk-2017/moves-president.yaml:18: moves[threat].effects[0].add[0]" in err
    assert "did you mean 'tension'" in err
    assert "Hash" not in out


def test_an_unknown_key_names_the_keys_that_are_allowed(copy: Path) -> None:
    spoil(copy, "moves-allies.yaml", "    code: K01\n", "    kode: K01\n")
    _, err = lint(copy)
    assert "kode" in err
    assert "allowed:" in err
    assert "code" in err


def test_all_faults_are_reported_at_once(copy: Path) -> None:
    spoil(copy, "moves-allies.yaml", "    code: K01\n", "    kode: K01\n")
    spoil(copy, "injects.yaml", "precedence: priority", "precedence: urgent")
    _, err = lint(copy)
    assert "moves-allies.yaml" in err
    assert "injects.yaml" in err


def test_a_gate_that_returns_a_scripted_order_is_a_fault(copy: Path) -> None:
    spoil(copy, "moves-dprk.yaml", "require: {eq: [flag.moratorium, 0]}", "require: {ge: [missile_cap, 99]}")
    _, err = lint(copy)
    assert "turn 5: moratorium is returned" in err


def test_a_missing_file_is_a_fault_not_a_crash(tmp_path: Path) -> None:
    _, err = lint(tmp_path / "nowhere.yaml")
    assert "no such file" in err
