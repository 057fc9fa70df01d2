"""The exact analysis with side clauses against NegMAS on 90 random catalogues, of which it saw every text.

As in `test_negmas`: frontiers are compared as sets of points, and of several points that solve a problem ours has to be
among NegMAS's; for Kalai-Smorodinsky ours gives the lesser share at least what NegMAS's gives it.
"""

import json
from functools import cache

import numpy as np
import pytest

from negotiation.clauses import CatalogueClause
from negotiation.issues import Issue, Level
from negotiation.sides import WholeAnalysis, analyse_with_sides
from negotiation.terms import Affine, Delivery, Negotiation, Party, Stake, Verification
from tests.oracle.spaces import CATALOGUES, Catalogue, catalogue, texts
from tests.support.engine import ROOT

CLOSE = 1e-9
NAMES = ("A", "B")


@cache
def answers() -> list[dict]:
    told = json.loads((ROOT / "fixtures" / "oracle" / "negmas.json").read_text())["catalogues"]
    assert [answer["seed"] for answer in told] == list(range(CATALOGUES))
    return told


def terms_of(one: Catalogue) -> Negotiation:
    """Return a catalogue as a case: everything counts in full, nothing is believed or doubted."""
    issues = tuple(
        Issue(id=f"i{n}", label=f"i{n}", levels=tuple(Level(label=str(k)) for k in range(len(table))))
        for n, table in enumerate(one.issues)
    )
    parties = tuple(
        Party(
            id=name, label=name, signatory=name, trust="trust", channel="channel", delivery=(Delivery(),),
            stakes=tuple(
                Stake(issue=f"i{n}", bucket="sure", values=tuple(map(float, table[:, side])))
                for n, table in enumerate(one.issues)
            ),
            reservation=Affine(const=float(one.waiting[side])),
        )
        for side, name in enumerate(NAMES)
    )  # fmt: skip
    clauses = tuple(
        CatalogueClause(
            id=f"s{n}", label=f"s{n}", bucket="sure", values=dict(zip(NAMES, map(float, worth), strict=True))
        )
        for n, worth in enumerate(one.sides)
    )  # fmt: skip
    return Negotiation(
        issues=issues, parties=parties, clauses=clauses, verification=Verification(multiplier=(1.0,), detection=())
    )


@cache
def solved(seed: int) -> WholeAnalysis:
    return analyse_with_sides(terms_of(catalogue(seed)), {"trust": 0.5, "channel": 50.0}, {})


def has(points: list[list[float]], point: tuple[float, float]) -> bool:
    return any(abs(p[0] - point[0]) <= CLOSE and abs(p[1] - point[1]) <= CLOSE for p in points)


WITH_ZONE = [seed for seed in range(CATALOGUES) if (texts(catalogue(seed)) >= 0).all(axis=1).any()]


def test_most_catalogues_have_something_to_agree_on() -> None:
    assert len(WITH_ZONE) > 0.8 * CATALOGUES
    assert all(("nash" in answer) == (answer["seed"] in WITH_ZONE) for answer in answers())


@pytest.mark.parametrize("seed", range(CATALOGUES))
def test_the_frontier_is_the_one_negmas_finds_among_all_texts(seed: int) -> None:
    ours, theirs = solved(seed).frontier, answers()[seed]["frontier"]
    assert len(ours) == len(theirs)
    assert all(has(theirs, tuple(point)) for point in ours)


@pytest.mark.parametrize("seed", range(CATALOGUES))
def test_how_many_texts_both_prefer_to_waiting_and_the_gap_are_what_counting_them_finds(seed: int) -> None:
    points = texts(catalogue(seed))
    assert solved(seed).texts == len(points)
    assert solved(seed).zopa == int((points >= -1e-12).all(axis=1).sum())
    assert solved(seed).gap == pytest.approx(points.min(axis=1).max(), abs=CLOSE)


@pytest.mark.parametrize("seed", WITH_ZONE)
def test_the_solutions_are_among_those_negmas_finds(seed: int) -> None:
    found, told = solved(seed), answers()[seed]
    assert found.nash is not None
    assert found.egalitarian is not None
    assert has(told["nash"], found.nash.surplus)
    assert has(told["kalai"], found.egalitarian.surplus)


@pytest.mark.parametrize("seed", WITH_ZONE)
def test_kalai_smorodinsky_gives_the_lesser_share_at_least_what_negmas_gives_it(seed: int) -> None:
    points = texts(catalogue(seed))
    best = points[(points >= 0).all(axis=1)].max(axis=0)
    if (best <= 0).any():
        return
    found = solved(seed).kalai
    assert found is not None
    ours = float((np.array(found.surplus) / best).min())
    assert ours >= max(float((np.array(point) / best).min()) for point in answers()[seed]["ks"]) - CLOSE
