"""The lenses: what the same orders come to when one explanation is switched off (section 4)."""

import numpy as np
import pytest

from adjudication.lenses import ALL, PRESETS
from adjudication.recorded import Path, replay
from tests.support.engine import a_world, orders, settle, the_case

SEEDS = tuple(range(40))


@pytest.fixture(scope="module")
def paths() -> dict[str, Path]:
    return {name: replay(the_case(), seeds=SEEDS, lenses=lenses) for name, lenses in PRESETS.items()}


def test_without_leadership_the_dprk_gains_less_standing_and_approval_is_flatter(paths):
    whole, plain = paths["all"], paths["no_leadership"]
    assert plain.mean("dprk_status", 12) < whole.mean("dprk_status", 12)
    assert np.ptp(plain.series("approval_nk")[5:]) < np.ptp(whole.series("approval_nk")[5:])


def test_without_leadership_the_first_meeting_signs_nothing(paths):
    assert np.mean(paths["all"].summit[5] == 1) > 0.9
    assert np.mean(paths["no_leadership"].summit[5] == 0) > 0.8


def test_without_institutions_more_is_signed_and_lasts(paths):
    whole, free = paths["all"], paths["no_institutions"]
    assert np.mean(whole.summit[5] == 2) == 0
    assert np.mean(free.summit[5] == 2) > 0.8
    assert np.mean(free.values["deal_form"][12] == 2) > np.mean(whole.values["deal_form"][12] == 2)


def test_without_leadership_2017_carries_less_risk(paths):
    risk = {name: sum(float(np.mean(p)) for p in paths[name].p_clash[:4]) for name in ("all", "no_leadership")}
    assert risk["no_leadership"] < risk["all"]


def test_under_rational_choice_alone_escalation_stays_bounded(paths):
    assert 1.0 - float(np.mean(paths["rational_only"].values["cum_nowar"][12])) < 0.1


def test_without_rational_choice_beliefs_stand_still():
    found, _ = settle(a_world(), orders("threat", "icbm"), lenses=ALL - {"rat"}, forced={"clash": "no"})
    assert not [row for row in found.ledger if row.var in ("trust_us", "trust_dprk", "res_us", "res_dprk")]


def test_without_leadership_a_threat_is_a_quarter_of_itself():
    whole, plain = (
        settle(a_world(), orders("threat"), lenses=lenses, forced={"clash": "no"})[0]
        for lenses in (ALL, ALL - {"lead"})
    )
    raw = [next(r.raw for r in found.ledger if r.var == "tension" and r.rule_id == "MOVE") for found in (whole, plain)]
    assert raw == pytest.approx([7.0, 1.75])
