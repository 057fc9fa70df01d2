# ruff: noqa: E501 - a row of the table is read as one line
"""`manage.py lint_scenario`: what an author reads when a file is right, unwise, or wrong."""

import io
import json
import shutil
from pathlib import Path
from typing import NamedTuple

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from adjudication.lint import Finding, lint
from adjudication.rehearsal import Rehearsal
from adjudication.scenario.loader import read_scenario
from wargame.server.management.commands import lint_scenario

SHIPPED = Path(__file__).resolve().parents[2] / "fixtures" / "scenarios"
ROOT = "../practice.yaml"
HERE = "# --- who plays when nobody does"
MARK = "§"


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A scenario folder an author may spoil."""
    return shutil.copytree(SHIPPED, tmp_path / "scenarios") / "us-dprk-2017.yaml"


@pytest.fixture
def practice(tmp_path: Path) -> Path:
    shutil.copytree(SHIPPED / "practice", tmp_path / "practice")
    return Path(shutil.copy(SHIPPED / "practice.yaml", tmp_path))


def spoil(root: Path, name: str, old: str, new: str) -> None:
    part = root.parent / root.stem / name
    text = part.read_text()
    assert old in text
    part.write_text(text.replace(old, new, 1))


def run(root: Path, *options: str) -> tuple[str, str]:
    out, err = io.StringIO(), io.StringIO()
    with pytest.raises(CommandError, match="errors"):
        call_command("lint_scenario", str(root), *options, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def test_the_shipped_scenarios_are_without_error_and_counted() -> None:
    out = io.StringIO()
    call_command("lint_scenario", "--json", stdout=out)
    report = json.loads(out.getvalue())
    assert report["ok"] is True
    by_name = {Path(scenario["path"]).stem: scenario for scenario in report["scenarios"]}
    assert {"us-dprk-2017", "practice"} <= set(by_name)
    assert by_name["us-dprk-2017"]["counts"]["injects"] == 54
    assert by_name["us-dprk-2017"]["packages"] == 172_800
    assert all(len(scenario["hash"]) == 32 for scenario in by_name.values())
    assert by_name["practice"]["findings"] == []


def test_a_typo_is_reported_with_file_line_place_and_a_suggestion(copy: Path) -> None:
    spoil(copy, "moves-president.yaml", "add: [tension, 7]", "add: [tensoin, 7]")
    out, err = run(copy)
    assert "us-dprk-2017/moves-president.yaml:18: error: moves[threat].effects[0].add[0]" in err
    assert "did you mean 'tension'" in err
    assert "Hash" not in out


def test_an_unknown_key_names_the_keys_that_are_allowed(copy: Path) -> None:
    spoil(copy, "moves-allies.yaml", "    code: K01\n", "    kode: K01\n")
    _, err = run(copy)
    assert "kode" in err
    assert "Allowed: " in err
    assert "code" in err


def test_all_faults_are_reported_at_once(copy: Path) -> None:
    spoil(copy, "moves-allies.yaml", "    code: K01\n", "    kode: K01\n")
    spoil(copy, "injects.yaml", "precedence: priority", "precedence: urgent")
    _, err = run(copy)
    assert "moves-allies.yaml" in err
    assert "injects.yaml" in err


def test_a_gate_that_returns_a_scripted_order_is_an_error_at_the_record(copy: Path) -> None:
    spoil(copy, "moves-dprk.yaml", "require: {eq: [flag.moratorium, 0]}", "require: {ge: [missile_cap, 99]}")
    _, err = run(copy)
    assert "history.yaml" in err
    assert "history.orders.5.dprk: turn 5: moratorium is returned" in err


def test_a_missing_file_is_a_fault_not_a_crash(tmp_path: Path) -> None:
    _, err = run(tmp_path / "nowhere.yaml")
    assert "no such file" in err


def test_warnings_fail_only_when_asked(practice: Path) -> None:
    spoil(
        practice,
        "words.yaml",
        "  - {id: judgement,",
        '  - {id: unread, text: "Nobody cites this."}\n  - {id: judgement,',
    )
    err = io.StringIO()
    call_command("lint_scenario", str(practice), stdout=io.StringIO(), stderr=err)
    assert "warning: sources[unread]: source 'unread' is cited nowhere." in err.getvalue()
    run(practice, "--strict")


def test_deep_runs_play_the_bots_and_random_sheets(practice: Path) -> None:
    out = io.StringIO()
    call_command("lint_scenario", str(practice), "--deep", "--games", "20", stdout=out)
    assert "20 games of its own bots" in out.getvalue()
    assert "20 games of random sheets" in out.getvalue()


def test_a_dry_run_that_goes_wrong_is_an_error_with_what_to_do(practice: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bad = Rehearsal(games=5, turns=3, wars=0, clamped=0.2, astray=("harvest",), unreconciled=0.5)
    monkeypatch.setattr(lint_scenario, "rehearse", lambda scenario, games: bad)
    _, err = run(practice, "--deep", "--games", "5")
    assert "practice/world.yaml:6: error: variables[harvest]: leaves its range in games of random sheets." in err
    assert "20% of all rows are cut off by a limit in games of random sheets; 15% is too many." in err
    assert "a ledger is 0.5 away from the change it explains" in err


def test_a_large_space_of_packages_is_told_with_where_to_prune(practice: Path) -> None:
    levels = "".join(f"        - {{label: L{n}, text: T{n}.}}\n" for n in range(10))
    issues = "".join(f"    - id: x{n}\n      label: X{n}\n      levels:\n{levels}" for n in range(4))
    spoil(practice, "bargaining.yaml", "  issues:\n", "  issues:\n" + issues)
    (found,) = [finding for finding in findings(practice) if "packages" in finding.message]
    assert (found.level, found.line, found.path) == ("warning", 3, "negotiation.issues")
    assert found.message == "540,000 packages: each exact analysis takes a while."
    assert found.remedy == "Merge issues or drop levels, first of x3 (10 levels)."


class Unwise(NamedTuple):
    """A case that loads and makes little sense: file, old text, new text, and the finding."""

    part: str
    old: str
    new: str
    level: str
    path: str
    message: str


UNWISE = (
    Unwise("rules.yaml", "when: {eq: [flag.pledged, 1]}", "§when: {all: [{gt: [tension, 70]}, {lt: [tension, 60]}]}", "error",
           "rules[R-L02].when", "never fires: the condition contradicts itself or asks for what never is."),
    Unwise("rules.yaml", "when: {eq: [flag.pledged, 1]}", "§when: {gt: [reservoir, 100]}", "error",
           "rules[R-L02].when", "never fires: the condition contradicts itself or asks for what never is."),
    Unwise("rules.yaml", "when: {eq: [flag.pledged, 1]}", "§when: {all: [{ordered: {move: shuttle}}, {not: {ordered: {move: shuttle}}}]}", "error",
           "rules[R-L02].when", "never fires: the condition contradicts itself or asks for what never is."),
    Unwise("rules.yaml", "when: {eq: [flag.pledged, 1]}", "§when: {all: [{lens: lead}, {not: {lens: lead}}]}", "error",
           "rules[R-L02].when", "never fires: the condition contradicts itself or asks for what never is."),
    Unwise("rules.yaml", "when: {eq: [flag.pledged, 1]}", "§when: {ge: [turn, 4]}", "error",
           "rules[R-L02].when", "never fires: the condition contradicts itself or asks for what never is."),
    Unwise("rules.yaml", "stage: 7, event: clash", "§stage: 4, event: clash", "error",
           "rules[R-R08].stage", "never fires: clash is answered at stage 7, not 4."),
    Unwise("rules.yaml", "on: {move: open_gauges}, require: {not: {ordered: {move: fill_fast, by: upriver}}}",
           "on: {move: open_gauges}, §require: {ge: [tension, 0]}", "warning",
           "rules[R-L03].require", "never refuses: it always holds."),
    Unwise("rules.yaml", "require: {not: {ordered: {move: fill_fast, by: upriver}}}", "§require: {gt: [turn, 3]}", "error",
           "rules[R-L03].require", "always refuses: nothing can meet it."),
    Unwise("rules.yaml", "effects: [{add: [meetings, 1]}]", "effects: [{add: [meetings, 1], §when: {eq: [clause.fill, 9]}}]", "error",
           "rules[R-M01].effects[0].when",
           "this effect never happens. Its condition contradicts itself or asks for what never is."),
    Unwise("moves.yaml", "require: {lt: [harvest, 68]}", "§require: {lt: [harvest, 0]}", "error",
           "moves[pump_fund].require", "can never be ordered: its requirement contradicts itself or asks for what never is."),
    Unwise("moves.yaml", "    effects: [{add: [tension, -5]}]\n    text:\n      order: \"Shuttle", "    §cost: 3\n    effects: [{add: [tension, -5]}]\n    text:\n      order: \"Shuttle", "error",
           "moves[shuttle].cost", "costs 3 orders; the largest budget of its seats is 2."),
    Unwise("moves.yaml", "    seats: [broker]\n    severity: po\n", "    §seats: []\n    severity: po\n", "error", "moves[warn].seats", "nobody may order this move."),
    Unwise("moves.yaml", "    seats: [works]\n    severity: sq\n    cameo: \"010\"\n    goldstein: 0.0\n    effects", "    seats: [works]\n    severity: sq\n    §capital: 3\n    cameo: \"010\"\n    goldstein: 0.0\n    effects", "error",
           "moves[survey].capital", "costs 3 capital nobody can have."),
    Unwise("moves.yaml", "    once: true", "    §lead_turns: 3", "error",
           "moves[pump_fund].lead_turns", "takes effect 3 turns later; the case has 3."),
    Unwise(ROOT, "trigger: {ge: [tension, 62]}", "§trigger: {between: [turn, 4, 6]}", "error",
           "injects[P03].trigger", "is never sent: its trigger cannot hold."),
    Unwise(ROOT, "  - id: P03\n    trigger: {ge: [tension, 62]}\n", "  - §id: P03\n", "warning",
           "injects[P03]", "is sent by hand only: nothing sets it off."),
    Unwise(ROOT, "    after: P08\n", "    after: P08\n    §trigger: {gt: [tension, 100]}\n", "error",
           "injects[P09].trigger", "is never sent: its trigger cannot hold."),
    Unwise(ROOT, "    after: P08\n    minutes: 3\n    chance: 0.5\n",
           "    §after: P10\n    title: T\n    text: T\n    to: [works]\n  - id: P10\n    trigger: {gt: [tension, 100]}\n",
           "error", "injects[P09].after", "is never sent: it waits for P10, which never is."),
    Unwise(ROOT, "  - id: P08\n    by_hand: true\n", "  - §id: P08\n    turn: 1\n    phase: negotiate\n", "warning",
           "injects[P08]", "collides with P05: upriver gets urgent entries at the same moment."),
    Unwise(ROOT, "    silence: P05\n", "    §silence: P03\n", "warning",
           "injects[P06].silence", "waits for silence after P03, whose answer only Control can see."),
    Unwise(ROOT, "    trigger: {ordered: {move: close_market, within: 1}}\n", "    turn: 3\n    §expects: {ordered: warn}\n",
           "warning", "injects[P04].expects", "expects something of a turn after the last."),
    Unwise("moves.yaml", "{set_flag: figures_shared}]", "§{set_flag: figures_shared}, {emit: shared}]", "warning",
           "moves[open_gauges].effects[3]", "event 'shared' has no rule that answers it."),
    Unwise("moves.yaml", "{set_flag: figures_shared}]", "§{set_flag: figures_shared}, {set_flag: seen}]", "warning",
           "moves[open_gauges].effects[3]", "flag 'seen' is raised and never read."),
    Unwise("world.yaml", "  # --- kept by", "  - §{id: rain, kind: scale, init: 5, label: Rain, see: {default: exact}}\n  # --- kept by", "warning",
           "variables[rain]", "nothing reads 'rain': it moves no rule, no score and no bargaining."),
    Unwise(ROOT, "  works: {policy: bureaucrat}", "  §works: {policy: bureacrat}", "error", "bots.works", "there is no policy 'bureacrat'."),
)  # fmt: skip


def findings(root: Path) -> tuple[Finding, ...]:
    return lint(*read_scenario(root))


@pytest.mark.parametrize("case", UNWISE, ids=lambda case: case.path + case.new[:30])
def test_what_makes_little_sense_is_told_at_its_line(practice: Path, case: Unwise) -> None:
    part = (practice.parent / "practice" / case.part).resolve()
    text = part.read_text(encoding="utf-8")
    assert case.old in text
    spoilt = text.replace(case.old, case.new, 1)
    part.write_text(spoilt.replace(MARK, ""), encoding="utf-8")
    line = spoilt[: spoilt.index(MARK)].count("\n") + 1
    found = {(f.level, f.file, f.line, f.path, f.message) for f in findings(practice)}
    file = part.relative_to(practice.parent).as_posix()
    assert (case.level, file, line, case.path, case.message) in found
    assert all(f.remedy.endswith(".") for f in findings(practice))
