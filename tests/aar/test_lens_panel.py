"""The lens panel: every named set of lenses beside the game as played, and shares that add up."""

from typing import Any

import pytest

from adjudication.lenses import ALL, PRESETS
from adjudication.played import Played, recorded_game, replay, seeds_of
from adjudication.questions import compared
from wargame.aar.lens_panel import SETS, panel
from wargame.store.cases import case_now

RUNS = 3


@pytest.fixture(scope="module")
def played() -> Played:
    case = case_now("us-dprk-2017")
    assert case is not None
    game = recorded_game(case)
    return Played(game.scenario, game.seed, game.start, game.turns[:3])


TOLD: list[tuple[int, int]] = []


@pytest.fixture(scope="module")
def shown(played: Played) -> dict[str, Any]:
    return panel(played, runs=RUNS, tell=lambda _, done, of: TOLD.append((done, of)))


def test_every_named_set_stands_beside_the_game_as_it_was_played(played: Played, shown: Any) -> None:
    assert set(SETS) == set(PRESETS)
    assert [one["id"] for one in shown["sets"]] == list(SETS)
    seeds = seeds_of(played.seed, RUNS)
    one = replay(played, played.turns, played.start, seeds=seeds)
    for found in shown["sets"]:
        two = replay(played, played.turns, played.start, seeds=seeds, lenses=PRESETS[found["id"]])
        (mine,) = compared(played.scenario, one, two, ["war_risk"])
        theirs = next(outcome for outcome in found["outcomes"] if outcome["id"] == "war_risk")
        assert (theirs["original"], theirs["changed"], theirs["delta"]) == (mine.original, mine.changed, mine.delta)


def test_under_the_lenses_it_was_played_under_nothing_differs(shown: Any) -> None:
    assert shown["played_under"] == sorted(ALL)
    everything = next(one for one in shown["sets"] if one["id"] == "all")
    assert {outcome["delta"] for outcome in everything["outcomes"]} == {0.0}


def test_the_shares_of_the_lenses_add_up_to_all_less_none(shown: Any) -> None:
    assert shown["outcomes"]
    for outcome in shown["outcomes"]:
        assert set(outcome["lenses"]) == ALL
        total = sum(round(share["value"] * 1e6) for share in outcome["lenses"].values())
        assert total == round(outcome["all"] * 1e6) - round(outcome["none"] * 1e6)
    assert any(share["value"] for outcome in shown["outcomes"] for share in outcome["lenses"].values())


def test_no_seed_is_shown(shown: Any) -> None:
    assert "seed" not in shown


def test_each_of_the_eight_replays_is_told_of(shown: Any) -> None:
    assert [(number, 8) for number in range(8)] == TOLD
