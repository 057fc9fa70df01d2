"""Rulings of Control reach the declared variables of a case and nothing else."""

from pathlib import Path

import pytest

from adjudication.orders import Override
from adjudication.resolve import resolve_turn
from adjudication.scenario import load_scenario
from adjudication.stages.rulings import open_to_rulings, refusal
from adjudication.world import World

CASE = load_scenario(Path(__file__).resolve().parents[2] / "fixtures" / "scenarios" / "practice.yaml")


def ruled(ruling: Override) -> World:
    done = resolve_turn(CASE, World.initial(CASE), turn=1, orders=(), seed=1, overrides=(ruling,))
    return World.from_payload(CASE, done.world)


def test_a_ruling_moves_a_declared_variable_exactly() -> None:
    assert ruled(Override("r", "set", "tension", 33.0, None, "as the room saw it")).value(CASE, "tension") == 33.0


@pytest.mark.parametrize(
    ("ruling", "sentence"),
    [
        (Override("r", "set", "tensions", 33.0), "a ruling may not change 'tensions'"),
        (Override("r", "add", "esc_pts", 3.0), "a ruling may not change 'esc_pts'"),
        (Override("r", "add", "cum_nowar", 0.1), "a ruling may not change 'cum_nowar'"),
        (Override("r", "add", "clause.fill", 1.0), "a ruling may not change 'clause.fill'"),
        (Override("r", "add", "tension", float("nan")), "a ruling on 'tension' needs a number, not nan"),
        (Override("r", "add", "tension", float("inf")), "a ruling on 'tension' needs a number, not inf"),
        (Override("r", "set", "tension", "high"), "a ruling on 'tension' needs a number, not 'high'"),
    ],
)
def test_a_ruling_outside_the_declared_variables_is_refused(ruling: Override, sentence: str) -> None:
    assert refusal(CASE, ruling) == sentence
    with pytest.raises(ValueError, match=sentence.partition("'")[0]):
        ruled(ruling)


def test_the_engines_own_books_are_not_among_them() -> None:
    assert "tension" in open_to_rulings(CASE)
    assert not {"cum_noclash", "cum_nowar", "clashes", "esc_pts"} & set(open_to_rulings(CASE))
