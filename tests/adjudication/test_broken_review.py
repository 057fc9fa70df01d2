# ruff: noqa: E501 - a row of the file is read as one line
"""A review that asks for what is not there never loads, and one that is unwise is told: each at its line."""

import shutil
from pathlib import Path

import pytest

from adjudication.lint import lint
from adjudication.scenario import ScenarioErrors, load_scenario
from adjudication.scenario.loader import read_scenario

SHIPPED = Path(__file__).resolve().parents[2] / "fixtures" / "scenarios"

WRONG: tuple[tuple[str, str], ...] = (
    ("review:", ""),
    ("  objectives:", ""),
    ("    - {id: a, text: T, source: nowhere}", "unknown source 'nowhere'"),
    ("    - {id: b, text: T, source: judgement}", ""),
    ("    - {id: b, text: T, source: judgement}", ""),
    ("  dials:", ""),
    ("    - {id: d, label: L, path: beliefs.kappa, low: 2, high: 1}", "low 2 is not below high 1"),
    ("    - {id: e, label: L, low: 1, high: 2}", "give a path or paths"),
    ("  questions:", ""),
    ("    - id: q", ""),
    ("      title: T", ""),
    ("      text: T?", ""),
    ("      source: judgement", ""),
    ("      lens: magic", "unknown lens 'magic'"),
    ("      dials: [d, nonsense]", "unknown dial 'nonsense'"),
    ("      metrics:", ""),
    ("        - {id: m1, label: L, kind: variable, variable: tensoin}", "unknown variable 'tensoin'"),
    ("        - {id: m2, label: L, kind: orders}", "orders needs moves"),
    ("        - {id: m3, label: L, kind: rules, rules: [R-Z*]}", "unknown rule 'R-Z*'"),
    ("        - {id: m4, label: L, kind: winset, player: CONG}", "unknown player 'CONG'"),
    ("        - {id: m5, label: L, kind: index, index: calm}", "unknown index 'calm'"),
    ("        - {id: m6, label: L, kind: refused, seats: [pilot]}", "unknown seat 'pilot'"),
    ("      runs:", ""),
    ("        - {id: r1, label: L, change: {}, outcomes: [war_risk]}", "this changes nothing"),
    ("        - {id: r2, label: L, change: {lenses: [lead]}, outcomes: [peak.tensoin]}", "unknown outcome 'peak.tensoin'"),
    ("        - {id: r3, label: L, change: {lenses: [lead]}, outcomes: []}", "give at least one outcome"),
    ("        - {id: r4, label: L, change: {pins: [{name: tension, value: 101}]}, outcomes: [war]}", "tension lies between 0 and 100, not at 101"),
    ("        - {id: r5, label: L, change: {pins: [{name: flag.nowhere, value: 1}]}, outcomes: [war]}", "unknown variable, clause or flag 'flag.nowhere'"),
    ("        - {id: r6, label: L, change: {rules_off: [R-I08]}, outcomes: [war]}", "R-I08: the form of this rule lives in code"),
    ("        - {id: r7, label: L, change: {drop: [{moves: [fly]}]}, outcomes: [war]}", "unknown move 'fly'"),
    ("        - {id: r8, label: L, change: {give: [{seat: broker, move: fill_fast}]}, outcomes: [war]}", "broker may not order fill_fast"),
    ("        - {id: r9, label: L, change: {give: [{seat: broker, move: warn, params: {loud: true}}]}, outcomes: [war]}", "unknown parameter 'loud'"),
    ("        - {id: r10, label: L, change: {strategy: patience}, outcomes: [war]}", "unknown strategy 'patience'"),
    ("        - {id: r11, label: L, change: {seats: [broker], lenses: []}, outcomes: [war]}", "seats says who plays a strategy"),
    ("        - {id: r12, label: L, change: {players: {pilot: {policy: hawk}}}, outcomes: [war]}", "unknown seat 'pilot'"),
    ("        - {id: r13, label: L, change: {drop: [{moves: [warn], when: {lt: [tensoin, 3]}}]}, outcomes: [war]}", "unknown name 'tensoin'"),
    ("        - {id: r14, label: L, change: {pins: [{name: clause.fill, value: 9}]}, outcomes: [war]}", "clause.fill lies between 0 and 2, not at 9"),
)  # fmt: skip
"""A whole review, each line with what is said of it, if anything is."""

UNWISE: tuple[tuple[str, str, str], ...] = (
    ("review:", "", ""),
    ("  dials:", "", ""),
    ("    - {id: a, label: L, path: beliefs.kapa, low: 1, high: 2}", "error", "'kapa' is none of"),
    ("    - {id: b, label: L, path: meta.title, low: 1, high: 2}", "error", "there is no number at its end"),
    ("    - {id: c, label: L, path: variables.tension.init, low: 1, high: 2}", "warning", "a starting value moves nothing"),
    ("    - {id: d, label: L, path: beliefs.kappa, low: 1, high: 2}", "warning", "no question turns it"),
    ("  questions:", "", ""),
    ("    - {id: q, title: T, text: T?, source: judgement, dials: [a, b, c], runs: [{id: r, label: L, change: {lenses: []}, outcomes: [war]}]}", "warning", "nothing is read off the game"),
)  # fmt: skip
"""A review that loads and makes little sense, each line with the finding."""


def practice(folder: Path, lines: tuple[str, ...]) -> Path:
    """Return a copy of the practice case with this review."""
    shutil.copytree(SHIPPED / "practice", folder / "practice")
    (folder / "practice" / "review.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return Path(shutil.copy(SHIPPED / "practice.yaml", folder))


def test_every_lie_of_a_review_is_told_at_its_line(tmp_path: Path) -> None:
    with pytest.raises(ScenarioErrors) as caught:
        load_scenario(practice(tmp_path, tuple(line for line, _ in WRONG)))
    told = [(fault.line, fault.message) for fault in caught.value.errors if fault.file.endswith("review.yaml")]
    for number, (line, said) in enumerate(WRONG, start=1):
        here = [message for at, message in told if at == number]
        if said:
            assert any(said in message for message in here), f"line {number}: {line.strip()}: {here}"
    assert any("'b' is given twice" in message for _, message in told)
    expected = {number for number, (_, said) in enumerate(WRONG, start=1) if said}
    assert {at for at, _ in told} - expected <= {4, 5}, "nothing else is told, but for the objective given twice"


def test_what_is_unwise_in_a_review_is_told_at_its_line(tmp_path: Path) -> None:
    found = lint(*read_scenario(practice(tmp_path, tuple(line for line, _, _ in UNWISE))))
    told = [(f.line, f.level, f.message) for f in found if f.file.endswith("review.yaml")]
    for number, (line, level, said) in enumerate(UNWISE, start=1):
        if said:
            assert any(at == number and how == level and said in message for at, how, message in told), (line, told)
    assert len(told) == sum(bool(said) for _, _, said in UNWISE)
