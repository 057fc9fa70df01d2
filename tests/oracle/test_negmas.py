"""Frontier and solutions against NegMAS on 300 random outcome spaces, and against counting every pair.

Ties. Of equal points we name the lowest index, so frontiers are compared as sets of points. Where several points solve
a problem NegMAS returns all of them and we return one: ours has to be among them. On a finite set "Kalai-Smorodinsky"
has two readings: we take the largest of the smaller shares of each party's best (the point the ray of the continuous
solution runs closest under), NegMAS the smallest difference between the shares, which may be a point both parties would
leave for another. So ours has to be at least as good for the party that gets less, and the very same wherever NegMAS's
point is not worse by that measure. NegMAS's `kalai_points` is our egalitarian point.
"""

import json
from functools import cache

import numpy as np
import pytest

from negotiation.analysis import pareto, solutions
from tests.oracle.spaces import SPACES, space, zone
from tests.support.engine import ROOT

CLOSE = 1e-9


@cache
def answers() -> list[dict]:
    told = json.loads((ROOT / "fixtures" / "oracle" / "negmas.json").read_text())
    assert [answer["seed"] for answer in told["spaces"]] == list(range(SPACES))
    return told["spaces"]


def has(points: list[list[float]], point: np.ndarray) -> bool:
    return any(abs(p[0] - point[0]) <= CLOSE and abs(p[1] - point[1]) <= CLOSE for p in points)


@cache
def solved(seed: int) -> dict[str, np.ndarray]:
    points = space(seed)
    inside = np.zeros(len(points), dtype=np.bool_)
    inside[zone(points)] = True
    names = ("nash", "ks", "egalitarian", "utilitarian")
    return dict(zip(names, points[list(solutions(points[:, 0], points[:, 1], inside))], strict=True))


@pytest.mark.parametrize("seed", range(SPACES))
def test_the_frontier_is_the_one_negmas_finds(seed: int) -> None:
    points = space(seed)
    ours = points[pareto(points[:, 0], points[:, 1], np.arange(len(points)))]
    theirs = answers()[seed]["frontier"]
    assert len(ours) == len(theirs)
    assert all(has(theirs, point) for point in ours)


WITH_ZONE = [seed for seed in range(SPACES) if len(zone(space(seed)))]


def test_most_spaces_have_something_to_agree_on() -> None:
    assert len(WITH_ZONE) > 0.8 * SPACES
    assert all(("nash" in answer) == (answer["seed"] in WITH_ZONE) for answer in answers())


@pytest.mark.parametrize("seed", WITH_ZONE)
def test_the_nash_and_the_egalitarian_point_are_among_those_negmas_finds(seed: int) -> None:
    assert has(answers()[seed]["nash"], solved(seed)["nash"])
    assert has(answers()[seed]["kalai"], solved(seed)["egalitarian"])


@pytest.mark.parametrize("seed", WITH_ZONE)
def test_the_kalai_smorodinsky_point_gives_the_lesser_share_at_least_what_negmas_gives_it(seed: int) -> None:
    best = space(seed)[zone(space(seed))].max(axis=0)
    if (best <= 0).any():
        return
    ours = float((solved(seed)["ks"] / best).min())
    theirs = [float((np.array(point) / best).min()) for point in answers()[seed]["ks"]]
    assert ours >= max(theirs) - CLOSE
    if max(theirs) >= ours - CLOSE:
        assert has(answers()[seed]["ks"], solved(seed)["ks"])


def test_the_two_readings_of_kalai_smorodinsky_agree_in_most_spaces() -> None:
    same = [has(answers()[seed]["ks"], solved(seed)["ks"]) for seed in WITH_ZONE]
    assert np.mean(same) > 0.6


@pytest.mark.parametrize("seed", range(0, SPACES, 3))
def test_every_solution_is_what_counting_all_outcomes_finds(seed: int) -> None:
    points = space(seed)
    inside = points[zone(points)]
    if not len(inside):
        return
    best = np.maximum(inside.max(axis=0), 1e-300)
    found = solved(seed)
    assert found["nash"].prod() == inside.prod(axis=1).max()
    assert found["egalitarian"].min() == inside.min(axis=1).max()
    assert found["utilitarian"].sum() == inside.sum(axis=1).max()
    assert (found["ks"] / best).min() == (inside / best).min(axis=1).max()
    for point in found.values():
        better = (inside >= point).all(axis=1) & (inside > point + CLOSE).any(axis=1)
        assert not better.any()


@pytest.mark.parametrize("seed", range(0, SPACES, 3))
def test_the_frontier_is_what_comparing_every_pair_finds(seed: int) -> None:
    points = space(seed)
    better = (points[:, None] >= points[None]).all(axis=2) & (points[:, None] > points[None]).any(axis=2)
    undominated = {tuple(point) for point in points[~better.any(axis=0)]}
    found = pareto(points[:, 0], points[:, 1], np.arange(len(points)))
    assert {tuple(point) for point in points[found]} == undominated
