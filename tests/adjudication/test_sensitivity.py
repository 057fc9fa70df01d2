"""Dials of a case, what turning them does, and the ranking: on functions with known answers and on the record."""

import importlib.util
from io import StringIO
from pathlib import Path

import msgspec
import numpy as np
import pytest
import yaml
from django.core.management import CommandError, call_command

from adjudication import sensitivity as room
from adjudication.scenario.review import Dial
from adjudication.sensitivity import Missing, Study, fault, measured, narrowed, study, turned
from tests.support.engine import ROOT, the_case

PLAN = msgspec.convert(yaml.safe_load((ROOT / "fixtures/sensitivity/us-dprk-2017.yaml").read_text()), Study)


def dial(path: str, **more: object) -> Dial:
    return Dial(id="d", label="d", path=path, low=0.0, high=1.0, **more)  # type: ignore[arg-type]


# --- turning ----------------------------------------------------------------------------------------
def test_a_dial_sets_one_number_and_leaves_the_case_as_it_was():
    before = msgspec.to_builtins(the_case())
    other = turned(the_case(), [dial("hazard.w0")], [-1.5])
    assert other.hazard is not None
    assert other.hazard.w0 == -1.5
    assert msgspec.to_builtins(the_case()) == before
    changed = msgspec.to_builtins(other)
    assert changed["hazard"].pop("w0") != before["hazard"].pop("w0")
    assert changed == before


def test_a_dial_scales_a_whole_table():
    other = turned(the_case(), [dial("negotiation.parties.US.stakes.*.values.*", scale=True)], [2.0])
    for old, new in zip(the_case().negotiation.party("US").stakes, other.negotiation.party("US").stakes, strict=True):
        assert new.values == tuple(2 * value for value in old.values)
    assert other.negotiation.party("DPRK") == the_case().negotiation.party("DPRK")


def test_a_dial_may_turn_several_numbers_and_whole_ones():
    both = Dial(id="f", label="f", paths=("variables.trust_us.forget", "variables.trust_dprk.forget"), low=0, high=1)
    other = turned(the_case(), [both], [0.3])
    assert {other.variable[name].forget for name in ("trust_us", "trust_dprk")} == {0.3}
    patient = turned(the_case(), [dial("negotiation.durability.patience", whole=True)], [2.6])
    assert patient.negotiation.durability.patience == 3


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("hazrad.w0", "'hazrad' is none of"),
        ("hazard.w9", "'w9' is none of"),
        ("variables.nobody.init", "'nobody' is none of"),
        ("hazard", "no number at its end"),
        ("hazard.w0.x", "nothing lies below"),
        ("rules.R-R11.effects.7.amount", "'7' is none of"),
        ("beliefs.trust.XX", "'XX' is none of"),
    ],
)
def test_a_path_that_leads_nowhere_says_where_it_ends(path, said):
    with pytest.raises(LookupError, match=r"none|number|below") as lost:
        turned(the_case(), [dial(path)], [1.0])
    assert path in str(lost.value)
    assert said in str(lost.value)


def test_every_dial_of_the_published_study_turns_something_and_brackets_the_number_of_the_case():
    assert fault(the_case(), PLAN) is None
    for one in PLAN.dials:
        low, high = (msgspec.json.encode(turned(the_case(), [one], [at])) for at in (one.low, one.high))
        assert low != high, one.id
        base = turned(the_case(), [one], [1.0]) if one.scale else None
        if base is not None:
            assert msgspec.json.encode(base) == msgspec.json.encode(the_case()), one.id


@pytest.mark.parametrize(
    ("plan", "said"),
    [
        (msgspec.structs.replace(PLAN, dials=(msgspec.structs.replace(PLAN.dials[0], low=9.0),)), "not below"),
        (msgspec.structs.replace(PLAN, dials=(Dial(id="d", label="", low=0, high=1),)), "give a path"),
        (msgspec.structs.replace(PLAN, outcomes=("peace",)), "no outcome 'peace'"),
    ],
)
def test_a_study_that_is_wrong_is_told_so(plan, said):
    assert said in str(fault(the_case(), plan))


# --- measuring ----------------------------------------------------------------------------------------
def test_more_danger_and_less_decay_do_what_their_names_say():
    wanted = ("war_risk", "peak.tension", "dprk_econ")
    base = measured(the_case(), wanted, runs=5)
    war = measured(turned(the_case(), [dial("hazard.w0")], [-1.0]), wanted, runs=5)
    calm = measured(turned(the_case(), [dial("variables.tension.drift.rate")], [0.3]), wanted, runs=5)
    assert war[0] > base[0]
    assert calm[1] < base[1]
    assert measured(the_case(), wanted, runs=5).tolist() == base.tolist()


def test_the_gap_before_a_turn_is_that_of_the_whole_analysis():
    """Section 5.8: a near miss before the second meeting."""
    (gap,) = measured(the_case(), ("gap.9",), runs=3)
    assert gap == pytest.approx(-0.01, abs=0.01)


# --- ranking ------------------------------------------------------------------------------------------
SALIB = importlib.util.find_spec("SALib") is not None
needs_salib = pytest.mark.skipif(not SALIB, reason="SALib is not installed")


@pytest.fixture
def plain(monkeypatch: pytest.MonkeyPatch) -> Study:
    """A study of a formula: y = 10 a + b, z = 3, over a case that only carries the numbers."""
    monkeypatch.setattr(
        room, "measured", lambda case, wanted, *, runs: np.array([10 * case.hazard.w0 + case.hazard.wT, 3.0])
    )
    dials = tuple(Dial(id=name, label=name, path=f"hazard.{name}", low=0.0, high=1.0) for name in ("w0", "wT", "h0"))
    return Study(scenario="us-dprk-2017", dials=dials, outcomes=("y", "z"))


@needs_salib
def test_morris_ranks_a_formula_as_its_slopes_are(plain):
    done = study(the_case(), plain, method="morris", size=8)
    y, z = done.ranked
    assert [(e.dial, round(e.size, 6)) for e in y.dials] == [("w0", 10.0), ("wT", 1.0), ("h0", 0.0)]
    assert all(e.spread == pytest.approx(0, abs=1e-6) for e in y.dials)
    assert z.dials == ()
    assert done.samples == 8 * 4
    assert done.leading(2) == ("w0", "wT")


@needs_salib
def test_sobol_shares_the_variance_of_a_formula_out_as_it_is(plain):
    done = study(the_case(), narrowed(plain, ("w0", "wT")), method="sobol", size=256)
    shares = {e.dial: e.size for e in done.ranked[0].dials}
    assert shares["w0"] == pytest.approx(100 / 101, abs=0.03)
    assert shares["wT"] == pytest.approx(1 / 101, abs=0.03)
    assert done.samples == 256 * 4


def test_without_salib_it_says_what_to_install(monkeypatch, plain):
    def gone(name: str) -> None:
        raise ImportError(name)

    monkeypatch.setattr(room.importlib, "import_module", gone)
    with pytest.raises(Missing, match="pip install SALib"):
        study(the_case(), plain, method="morris", size=2)


@needs_salib
def test_the_command_prints_the_page_with_the_caveat_and_how_to_make_it_again(tmp_path: Path):
    small = tmp_path / "study.yaml"
    dials = [msgspec.to_builtins(one) for one in PLAN.dials if one.id in ("w0", "calm")]
    small.write_text(yaml.safe_dump({"scenario": "us-dprk-2017", "dials": dials, "outcomes": ["war_risk", "in_force"]}))
    out = StringIO()
    args = ("--study", str(small), "--trajectories", "2", "--runs", "1")
    call_command("sensitivity", *args, "--markdown", stdout=out, stderr=StringIO())
    said = out.getvalue()
    assert "tuned by hand" in said
    assert "manage.py sensitivity --scenario us-dprk-2017" in said
    assert "Danger: log-odds of war after a clash" in said
    assert "No dial moves it." in said


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("--scenario", "nowhere"), "There is no scenario"),
        (("--study", "/nowhere.yaml"), "/nowhere.yaml"),
        (("--trajectories", "0"), "give at least 2"),
    ],
)
def test_the_command_refuses_what_it_cannot_study(args, said):
    with pytest.raises(CommandError, match=r".+") as refused:
        call_command("sensitivity", *args, stdout=StringIO(), stderr=StringIO())
    assert said in str(refused.value)
