"""Whole games of every shipped case's own bots: in range, few rows cut off by a limit, every ledger in balance."""

from pathlib import Path

import pytest

from adjudication.rehearsal import rehearse_bots
from adjudication.scenario import load_scenario

SHIPPED = Path(__file__).resolve().parents[2] / "fixtures" / "scenarios"


@pytest.mark.slow
@pytest.mark.parametrize(("name", "games"), [("practice", 100), ("us-dprk-2017", 20), ("cuba-1962", 5)])
def test_games_of_the_own_bots_stay_in_range_and_in_balance(name: str, games: int) -> None:
    found = rehearse_bots(load_scenario(SHIPPED / f"{name}.yaml"), games=games, sample=min(5, games))
    assert found.passed, found


def test_a_dry_run_can_be_repeated() -> None:
    case = load_scenario(SHIPPED / "practice.yaml")
    assert rehearse_bots(case, games=20, sample=2) == rehearse_bots(case, games=20, sample=2)
