"""The loader: every fault of an author in one go, with file, line, path and what is allowed."""

import shutil
from pathlib import Path

import pytest

from adjudication.conditions import All, Compare, Not, Some, judge
from adjudication.rehearsal import random_sheet, rehearse
from adjudication.scalars import Const, Lin, Mul, Relu, Table, Var, evaluate
from adjudication.scenario import ScenarioErrors, load_scenario
from adjudication.scenario.checks import limits
from adjudication.scenario.files import MOST_DEPTH, read_text
from adjudication.scenario.nodes import Faults
from adjudication.scenario.signs import Signs
from adjudication.unlock import unmet
from adjudication.words import Sayings
from tests.support.engine import CASE, the_case


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return shutil.copytree(CASE.parent, tmp_path / "scenarios") / CASE.name


def spoil(root: Path, part: str, old: str, new: str) -> int:
    """Replace a text once and return its line."""
    path = root.parent / root.stem / part
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))
    return text[: text.index(old)].count("\n") + 1


def faults(root: Path):
    with pytest.raises(ScenarioErrors) as caught:
        load_scenario(root)
    return caught.value.errors


def test_an_unknown_variable_is_named_with_its_place_and_the_nearest_one(copy: Path):
    spoil(copy, "moves-president.yaml", "{add: [tension, 7]}", "{add: [tenson, 7]}")
    (fault,) = faults(copy)
    assert fault.file.endswith("moves-president.yaml")
    assert fault.line > 1
    assert "did you mean 'tension'" in fault.message
    assert fault.path == "moves[threat].effects[0].add[0]"


def test_all_faults_come_at_once(copy: Path):
    spoil(copy, "moves-president.yaml", "{add: [tension, 7]}", "{add: [tenson, 7]}")
    line = spoil(copy, "rules.yaml", "lens: inst, stage: 4, on:", "lense: inst, stage: 4, on:")
    spoil(copy, "world.yaml", "kind: scale, init: 50, label: Tension", "kind: scales, init: 50, label: Tension")
    found = faults(copy)
    assert len(found) >= 2
    assert any("lense" in f.message and f.line == line and "lens" in f.allowed for f in found)
    assert any("scales" in f.message and "scale" in f.allowed for f in found)


@pytest.mark.parametrize(
    ("part", "old", "new", "needle"),
    [
        ("moves-president.yaml", "{add: [tension, 7]}", "{add: [tension, 70]}", "beyond 40"),
        ("moves-president.yaml", "{add: [tension, 7]}", "{adds: [tension, 7]}", "did you mean 'add'"),
        ("moves-president.yaml", "severity: po", "severity: pox", "pox"),
        ("world.yaml", "id: provocation", "id: tension", "twice"),
        ("rules.yaml", "sources: [adj-3, fearon-1994]}", "sources: [adj-3, fearon-1995x]}", "fearon-1995x"),
        ("parameters.yaml", "h0: 0.014", "h0: often", "a number is expected"),
        ("history.yaml", "1: {defense: [exercise]", "1: {defense: [exercize]", "did you mean 'exercise'"),
        ("game.yaml", "phases:", "phases: [", "not valid YAML"),
    ],
)
def test_a_spoilt_file_says_what_is_wrong(copy: Path, part: str, old: str, new: str, needle: str):
    spoil(copy, part, old, new)
    assert any(needle in str(fault) for fault in faults(copy))


def test_a_block_of_the_bargaining_stands_whole_in_one_file(copy: Path):
    clauses = copy.parent / copy.stem / "clauses.yaml"
    line = clauses.read_text().count("\n") + 1
    clauses.write_text(clauses.read_text() + "  gates: []\n")
    (fault,) = (f for f in faults(copy) if "already in" in f.message)
    assert "negotiation.gates is already in us-dprk-2017/negotiation.yaml" in fault.message
    assert (fault.file, fault.line) == ("us-dprk-2017/clauses.yaml", line)


def test_a_missing_include_is_a_fault_not_a_crash(copy: Path):
    copy.write_text(copy.read_text().replace("us-dprk-2017/rules.yaml", "us-dprk-2017/rulez.yaml"))
    assert any("no such file" in fault.message for fault in faults(copy))


def test_a_hundred_random_games_finish_in_range_with_few_rows_cut_off():
    found = rehearse(the_case(), games=100, sample=2)
    assert found.astray == ()
    assert 0.0 < found.clamped < 0.15
    assert found.passed
    assert rehearse(the_case(), games=3, sample=1) == rehearse(the_case(), games=3, sample=1)


def test_random_sheets_keep_to_the_budget_and_the_catalogue_of_the_seat():
    for seed in range(20):
        for seat in the_case().seats:
            sheet = random_sheet(the_case(), seat, seed, 1)
            assert sum(move.cost for move in sheet) <= seat.budget
            assert all(seat.id in move.seats for move in sheet)
            assert len({move.id for move in sheet}) == len(sheet)


def test_a_rule_against_a_promised_direction_is_a_fault_at_the_rule(copy: Path):
    spoil(copy, "rules.yaml", "terms: [[-0.0004575, press]]", "terms: [[0.0004575, press]]")
    found = [fault for fault in faults(copy) if "promised" in fault.message]
    assert {"un_sanctions", "chn_enforce"} == {fault.message.split(" as ")[1].split(" rises")[0] for fault in found}
    assert {fault.path for fault in found} == {"rules[R-R11]"}
    assert "moves dprk_econ up as un_sanctions rises; promised: down" in found[1].message


@pytest.mark.parametrize(
    ("scalar", "sign"),
    [
        (Var("tension"), "up"),
        (Lin(1.0, ((-2.0, Var("tension")),)), "down"),
        (Relu("tension", 20.0, -0.5), "down"),
        (Table("tension", (0.0, 1.0, 2.0), (0.0, 3.0, 1.0)), "unknown"),
        (Mul((Lin(-200.0, ((1.0, Var("evasion")),)), Var("tension"))), "down"),
        (Mul((Lin(-50.0, ((1.0, Var("evasion")),)), Var("tension"))), "unknown"),
        (Var("press"), "none"),
    ],
)
def test_the_sign_of_a_form_is_told_or_called_unknown(scalar, sign):
    case = the_case()
    signs = Signs(case, {v.id: limits(v.kind, v.min, v.max) for v in case.variables})
    assert signs.sign(scalar, "tension") == sign
    assert signs.sign(Var("press"), "un_sanctions") == "up"
    assert signs.sign(Var("press"), "evasion") == "down"


def test_the_hash_is_of_the_content_not_of_the_layout(copy: Path):
    before = load_scenario(copy).content_hash
    path = copy.parent / copy.stem / "world.yaml"
    path.write_text("# a comment\n\n" + path.read_text())
    assert load_scenario(copy).content_hash == before
    spoil(copy, "world.yaml", "init: 50, label: Tension", "init: 51, label: Tension")
    assert load_scenario(copy).content_hash != before


def test_the_case_has_the_rules_of_the_model():
    ids = {rule.id for rule in the_case().rules}
    wanted = {f"R-I{n:02}" for n in range(1, 19)} | {f"R-L{n:02}" for n in range(1, 11)}
    wanted |= {f"R-R{n:02}" for n in range(1, 18)} | {f"R-A{n:02}" for n in range(1, 7)}
    wanted |= {"R-N01", "R-N02", "R-F01", "R-F02", "R-F03"}
    assert len(wanted) == 56
    assert wanted <= ids


class _Reader:
    def read(self, name: str):
        return {"x": 30.0, "y": 2.0}[name]


@pytest.mark.parametrize(
    ("scalar", "expected"),
    [
        (Const(3.0), 3.0),
        (Lin(1.0, ((2.0, Var("y")),)), 5.0),
        (Lin(1.0, ((2.0, Var("y")),), high=4.0), 4.0),
        (Relu("x", 20.0, -0.5), -5.0),
        (Relu("x", 40.0, 1.0), 0.0),
        (Table("y", (0.0, 4.0), (0.0, 8.0)), 4.0),
    ],
)
def test_scalar_forms_compute_what_they_say(scalar, expected):
    assert float(evaluate(scalar, _Reader())) == pytest.approx(expected)


class _Knower:
    def __init__(self, **spans):
        self.spans = spans

    def interval(self, name):
        return self.spans.get(name)


@pytest.mark.parametrize(
    ("span", "verdict"), [((70.0, 80.0), True), ((50.0, 55.0), False), ((55.0, 65.0), None), (None, None)]
)
def test_a_leaf_is_judged_three_valued_on_an_estimate(span, verdict):
    knower = _Knower(tension=span) if span else _Knower()
    assert judge(Compare("ge", "tension", 60.0), knower) is verdict


def test_unlock_hints_are_the_smallest_failing_leaves():
    tree = All(
        (
            Compare("ge", "tension", 60.0),
            Some((Compare("ge", "clause.fac", 2.0), Not(Compare("ge", "institution", 9.0)))),
        )
    )
    knower = _Knower(**{"tension": (70.0, 70.0), "clause.fac": (1.0, 1.0), "institution": (20.0, 20.0)})
    (hint,) = unmet(tree, lambda node: judge(node, knower), Sayings(the_case()))
    assert "Tension" not in hint
    assert " or " in hint
    assert "Groundwork below 9" in hint


@pytest.mark.parametrize("text", ["[" * 100_000, "{a: " * 100_000, "- " * 100_000, "? " * 100_000])
def test_a_text_nested_without_end_is_a_fault_and_not_the_end_of_the_process(tmp_path: Path, text: str):
    """libyaml composes by recursion: without a bound the process is killed, which no test could report."""
    root = tmp_path / "deep.yaml"
    root.write_text(text)
    (fault,) = faults(root)
    assert fault.message == "not valid YAML: nested deeper than 60 levels"
    assert read_text(text, found := Faults(), where="if") is None
    assert [one.message for one in found.errors] == ["cannot be read: nested deeper than 60 levels"]


def test_a_text_as_deep_as_is_read_is_read():
    found = Faults()
    assert read_text("[" * MOST_DEPTH + "]" * MOST_DEPTH, found, where="if") is not None
    assert not found.errors


def test_a_key_that_is_no_word_is_refused_and_never_written_out(tmp_path: Path):
    root = tmp_path / "keys.yaml"
    aliases = "".join(f"k{n}: &k{n} [{', '.join([f'*k{n - 1}'] * 9)}]\n" for n in range(1, 12))
    root.write_text(f"k0: &k0 [x]\n{aliases}? [*k11]\n: x\n")
    assert "a key is a word" in [fault.message for fault in faults(root)]


@pytest.mark.parametrize("name", ["../other.yaml", "/dev/zero", "part/../../other.yaml"])
def test_an_include_that_leads_out_of_the_folder_is_refused(tmp_path: Path, name: str):
    root = tmp_path / "in" / "case.yaml"
    root.parent.mkdir()
    (tmp_path / "other.yaml").write_text("glossary: []\n")
    root.write_text(f"include: [{name}]\n")
    assert "include takes files in the folder of the root or below it" in [fault.message for fault in faults(root)]
