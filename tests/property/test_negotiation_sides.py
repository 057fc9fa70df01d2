"""The exact analysis with side clauses equals forming every text there is, in any small space, however coupled."""

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from negotiation.analysis import analyse, open_space, solutions
from negotiation.blocks import MOST_COUPLED
from negotiation.clauses import CatalogueClause
from negotiation.fronts import Points, staircase, undominated
from negotiation.points import judge
from negotiation.sides import analyse_with_sides
from negotiation.terms import Gate, Negotiation, Player, Way
from tests.property.test_negotiation_search import LENSES, small_terms
from tests.support.bargaining import BANKED, HANOI, issues_only

SIDES = 5
BUCKETS = ("promised", "given", "sure")


def with_sides(terms: Negotiation, rng, count: int = SIDES) -> Negotiation:
    """Give a case side clauses of coarse worth, and let gates, vetoes and symbols name some of them."""
    eighths = lambda low, high: float(rng.integers(low, high + 1)) / 8  # noqa: E731
    clauses = tuple(
        CatalogueClause(
            id=f"s{n}", label=f"s{n}", obligor=("A", "B", "")[int(rng.integers(0, 3))],
            bucket=BUCKETS[int(rng.integers(0, 3))],  # type: ignore[arg-type]
            values={"A": eighths(-3, 4), "B": eighths(-3, 4)},
            players={p.id: eighths(-2, 2) for p in terms.players if rng.random() < 0.7},
            symbolic=bool(rng.random() < 0.2),
            excludes=tuple(name for name in (f"s{(n + 1) % count}", "c0") if rng.random() < 0.15),
        )
        for n in range(count)
    )  # fmt: skip
    first = next(issue for issue in terms.issues if issue.kind == "clause")
    clauses = (CatalogueClause(id="c0", label="c0", issue=first.id, level=1), *clauses)
    names = [issue.id for issue in terms.issues if issue.kind != "sequence"]
    pick = lambda pool: pool[int(rng.integers(0, len(pool)))]  # noqa: E731
    gates = terms.gates
    if rng.random() < 0.5:
        ways = (Way(levels={pick(names): 1}), Way(levels={"s1": 1, pick(names): 1}))[: int(rng.integers(0, 3))]
        gates = (*gates, Gate(id="on_side", rule="R", raises={"s0": 1}, ways=ways))
    if rng.random() < 0.4:
        gates = (*gates, Gate(id="by_side", rule="R", raises={pick(names): 1}, ways=(Way(levels={"s2": 1}),)))
    players = terms.players
    if players and rng.random() < 0.4:
        players = (replace(players[0], blocks={**players[0].blocks, "s3": 1}),)
    if players and rng.random() < 0.4:
        second = Player(id="w", label="w", values={pick(names): players[0].values[names[0]]}, blocks={pick(names): 1})
        if len(second.values[next(iter(second.values))]) == len(
            next(i for i in terms.issues if i.id == next(iter(second.values))).levels
        ):
            players = (*players, second)
    return replace(terms, clauses=clauses, gates=gates, players=players)


def every_text(terms, values, banked, lenses, mood):
    """Form every text: rows (T, columns), surplus (T, 2), whether it is feasible (T,)."""
    space = open_space(terms, banked)
    axes = [np.arange(low, low + size) for low, size in zip(space.low, space.shape, strict=True)]
    axes += [np.arange(banked.get(clause.id, 0), 2) for clause in terms.sides]
    rows = np.stack(np.meshgrid(*axes, indexing="ij"), axis=-1).reshape(-1, len(axes))
    found = judge(terms, rows, values, banked, lenses, mood)
    surplus = np.stack([found.surplus[party.id][0] for party in terms.parties], axis=1)
    return rows, surplus, found.feasible[0]


def same_as_forming_every_text(terms, values, banked, lenses, mood):
    rows, surplus, lawful = every_text(terms, values, banked, lenses, mood)
    whole = analyse_with_sides(terms, values, banked, lenses, mood)
    points, worst = surplus[lawful], surplus[lawful].min(axis=1)
    assert whole.texts == len(rows)
    assert whole.gap == pytest.approx(worst.max(), abs=1e-12)
    assert whole.zopa == int((worst >= 0).sum())
    assert whole.exists == bool((worst >= 0).any())
    front = points[staircase(points[:, 0], points[:, 1])]
    assert whole.frontier == pytest.approx(front, abs=1e-12)
    named = dict(zip((tuple(row) for row in rows), zip(surplus, lawful, strict=True), strict=True))
    deals = [whole.nearest, whole.nash, whole.kalai, whole.egalitarian, whole.utilitarian]
    for deal in (*(deal for deal in deals if deal is not None), *map(whole.deal, range(len(whole.frontier)))):
        sides = [1 if c.id in deal.sides else banked.get(c.id, 0) for c in terms.sides]
        worth, allowed = named[(*deal.package, *sides)]
        assert allowed
        assert deal.surplus == pytest.approx(worth, abs=1e-12)
    zone = worst >= 0
    if not zone.any():
        assert whole.nash is whole.kalai is whole.egalitarian is whole.utilitarian is None
        return
    best = np.maximum(points[zone].max(axis=0), 1e-300)
    picks = points[list(solutions(points[:, 0], points[:, 1], zone))]
    measures = (np.prod, lambda p: (p / best).min(), np.min, np.sum)
    for deal, pick, measure in zip(deals[1:], picks, measures, strict=True):
        assert measure(np.array(deal.surplus)) == pytest.approx(measure(pick), abs=1e-12)


@settings(max_examples=300, deadline=None)
@given(st.integers(0, 2**32 - 1), st.sampled_from(LENSES))
@example(0, LENSES[7])
def test_in_any_small_space_with_side_clauses_the_search_finds_what_forming_every_text_finds(seed, lenses):
    rng = np.random.default_rng(seed)
    terms = with_sides(small_terms(rng), rng)
    values = {
        "trust": float(rng.integers(0, 5)) / 4, "channel": float(rng.integers(0, 5)) * 25.0,
        "count": float(rng.integers(0, 3)),
    }  # fmt: skip
    banked = {i.id: int(rng.integers(0, len(i.levels))) for i in terms.issues if i.kind != "sequence"}
    banked |= {clause.id: int(rng.random() < 0.2) for clause in terms.sides}
    mood = {name: float(rng.integers(-1, 2)) / 8 for name in ("A", "B")}
    same_as_forming_every_text(terms, values, banked, lenses, mood)


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 2**32 - 1), st.integers(0, 3), st.sampled_from((3, 40, 700)))
def test_only_what_another_point_is_as_good_as_in_everything_is_dropped(seed, vetoes, size):
    rng = np.random.default_rng(seed)
    table = rng.integers(0, 4 if seed % 2 else 60, (vetoes + 2, size))
    points = Points(table[0], table[1], table[2:], np.arange(size), np.zeros(size, dtype=np.int64))
    kept = undominated(points).place
    as_good = np.all(table[:, :, None] >= table[:, None, :], axis=0)
    better = as_good & ~as_good.T
    assert {tuple(table[:, i]) for i in kept} == {tuple(table[:, i]) for i in np.flatnonzero(~better.any(axis=0))}
    assert len({tuple(table[:, i]) for i in kept}) == len(kept)


def test_without_side_clauses_it_is_the_analysis_of_the_issues():

    plain = issues_only()
    for world in (HANOI, HANOI | {"trust_us": 0.4, "trust_dprk": 0.4, "institution": 60.0, "congress_res": 45.0}):
        whole, known = analyse_with_sides(plain, world, BANKED), analyse(plain, world, BANKED)
        assert (whole.gap, whole.zopa) == (known.gap, known.zopa)
        assert (whole.nash is None) == (known.nash is None)
        assert len(whole.frontier) == len(known.frontier)


def test_more_coupled_side_clauses_than_can_be_tried_are_refused_in_words():
    clauses = tuple(
        CatalogueClause(id=f"s{n}", label="s", symbolic=True, values={"US": 0.01}) for n in range(MOST_COUPLED + 1)
    )
    with pytest.raises(ValueError, match="side clauses"):
        analyse_with_sides(replace(issues_only(), clauses=clauses), HANOI, BANKED)
