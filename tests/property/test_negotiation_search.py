"""The search for the best package of many games equals a walk through every space, ties included."""

from functools import cache

import msgspec
import numpy as np
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from adjudication import testkit
from adjudication.scenario import Scenario, load_scenario
from adjudication.settlement import Settlement
from adjudication.stages.signing import values_of
from negotiation import search
from negotiation.analysis import analyse
from negotiation.issues import Issue, Level
from negotiation.search import Aim, best_packages
from negotiation.terms import Affine, Delivery, Gate, Negotiation, Party, Player, Stake, Symbol, Verification, Way
from tests.support.bargaining import BANKED, HANOI, SINGAPORE, case_terms, reference_terms
from tests.support.engine import ROOT

LENSES = tuple(
    frozenset(name for bit, name in enumerate(("lead", "inst", "rat")) if number >> bit & 1) for number in range(8)
)
FLAGS = ("verification_designed", "troop_floor", "terror_listed")
AIMS: tuple[Aim, ...] = ("nash", "nearest")
careful = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def the_same(terms, values, banked, lenses, mood):
    """Hold both aims of the search against `analyse`, game by game, to the bit."""
    games = next(len(row) for row in values.values())
    for aim in AIMS:
        found = best_packages(terms, values, banked, lenses, mood, aim=aim, games=games)
        for game in range(games):
            here = [{name: row[game].item() for name, row in table.items()} for table in (values, banked, mood)]
            whole = analyse(terms, here[0], here[1], lenses, here[2])
            point = whole.nash if aim == "nash" else whole.nearest
            assert bool(found.found[game]) == (point is not None)
            if point is not None:
                assert tuple(found.package[game]) == point.package
                assert tuple(found.surplus[game]) == point.surplus


def random_games(terms, rng, games, highest):
    chance = rng.uniform
    values = {
        "press": chance(0, 80, games), "tension": chance(0, 100, games), "approval_nk": chance(20, 70, games),
        "missile_cap": chance(40, 100, games), "institution": chance(0, 100, games),
        "novelty_n": rng.integers(0, 4, games).astype(float), "trust_us": chance(0.02, 0.97, games),
        "trust_dprk": chance(0.02, 0.97, games), "congress_res": chance(40, 100, games),
        "bur_align": chance(0, 100, games),
        **{f"flag.{flag}": rng.integers(0, 2, games).astype(float) for flag in FLAGS},
    }  # fmt: skip
    banked = {
        issue.id: rng.integers(0, min(highest, len(issue.levels) - 1) + 1, games)
        for issue in terms.issues
        if issue.kind != "sequence"
    }
    mood = {party.id: chance(-0.04, 0.04, games) for party in terms.parties}
    return values, banked, mood


@careful
@given(st.integers(0, 2**32 - 1), st.sampled_from(LENSES), st.integers(0, 4))
def test_in_any_state_of_the_case_the_search_finds_what_a_walk_through_172800_packages_finds(seed, lenses, highest):
    rng = np.random.default_rng(seed)
    the_same(case_terms(), *random_games(case_terms(), rng, 4, highest)[:2], lenses, {})
    values, banked, mood = random_games(case_terms(), rng, 4, highest)
    the_same(case_terms(), values, banked, lenses, mood)


def small_terms(rng) -> Negotiation:
    """Draw a small space whose numbers are coarse, so that many packages tie."""
    coarse = lambda low, high, size: tuple(float(x) for x in rng.integers(low, high + 1, size) / 8)  # noqa: E731
    sizes = rng.integers(2, 4, 4)
    kinds = ["clause", "clause", "verification" if rng.random() < 0.5 else "clause", "sequence"]
    kinds[3] = "sequence" if rng.random() < 0.6 else "clause"
    issues = tuple(
        Issue(
            id=f"i{n}", label=f"i{n}", kind=kind, levels=tuple(Level(label=str(k)) for k in range(size)),  # type: ignore[arg-type]
            symbolic=kind == "clause" and bool(rng.random() < 0.5),
        )
        for n, (size, kind) in enumerate(zip(sizes, kinds, strict=True))
    )  # fmt: skip
    clauses = [issue for issue in issues if issue.kind != "sequence"]
    steps = len(issues[3].levels) if kinds[3] == "sequence" else 1
    buckets = ("promised", "given", "sure")

    def party(name: str, sign: int) -> Party:
        stakes = tuple(
            Stake(
                issue=issue.id, values=(0.0, *(sign * x for x in coarse(-2, 4, len(issue.levels) - 1))),
                bucket=buckets[int(rng.integers(0, 3))],  # type: ignore[arg-type]
                verified=(0.5, 0.5) if rng.random() < 0.3 else None,
            )
            for issue in clauses
        )  # fmt: skip
        delivery = tuple(
            Delivery(floor=0.5 * k / steps, const=0.5, channel=0.25, verified=True, own=1 - 0.25 * k)
            for k in range(steps)
        )
        size = float(rng.integers(-1, 3)) / 8
        return Party(
            id=name, label=name, signatory=name, trust="trust", channel="channel", stakes=stakes, delivery=delivery,
            reservation=Affine(const=float(rng.integers(-1, 2)) / 8),
            symbol=Symbol(size=size, decay=0.5, count="count") if rng.random() < 0.7 else None,
        )  # fmt: skip

    gates, players = (), ()
    if rng.random() < 0.6:
        one, two = rng.permutation(len(clauses))[:2]
        gates = (
            Gate(id="g", rule="R", raises={clauses[one].id: 1},
                 ways=(Way(levels={clauses[two].id: 1}), Way(values=()))[: int(rng.integers(0, 2))]),
        )  # fmt: skip
    if rng.random() < 0.5:
        issue = clauses[int(rng.integers(0, len(clauses)))]
        worth = {i.id: (0.0, *coarse(-2, 2, len(i.levels) - 1)) for i in clauses}
        players = (Player(id="v", label="v", values=worth, blocks={issue.id: 1}),)
    verification = Verification(multiplier=(0.25, 0.5, 1.0)[: len(issues[2].levels)], detection=())
    return Negotiation(
        issues=issues, parties=(party("A", 1), party("B", -1)), verification=verification, gates=gates, players=players
    )


@settings(max_examples=400, deadline=None)
@given(st.integers(0, 2**32 - 1), st.sampled_from(LENSES))
@example(0, LENSES[7])
def test_in_any_small_space_full_of_ties_the_search_settles_them_as_the_walk_does(seed, lenses):
    rng = np.random.default_rng(seed)
    terms, games = small_terms(rng), 6
    values = {
        "trust": rng.integers(0, 5, games) / 4, "channel": rng.integers(0, 5, games) * 25.0,
        "count": rng.integers(0, 3, games).astype(float),
    }  # fmt: skip
    banked = {i.id: rng.integers(0, len(i.levels), games) for i in terms.issues if i.kind != "sequence"}
    mood = {name: rng.integers(-1, 2, games) / 8 for name in ("A", "B")}
    the_same(terms, values, banked, lenses, mood)


@pytest.mark.parametrize("lenses", LENSES, ids=lambda lenses: "+".join(sorted(lenses)) or "none")
@pytest.mark.parametrize(("world", "banked"), [(SINGAPORE, {}), (HANOI, BANKED)], ids=["first", "second"])
def test_before_the_two_summits_of_the_record_it_is_exact_under_every_lens(world, banked, lenses):
    terms, games = reference_terms(), 3
    moods = np.array([-0.03, 0.0, 0.03])
    the_same(
        terms, {name: np.full(games, value) for name, value in world.items()},
        {i.id: np.full(games, banked.get(i.id, 0)) for i in terms.issues if i.kind != "sequence"},
        lenses, {"US": moods, "DPRK": -moods},
    )  # fmt: skip


def test_an_answer_does_not_depend_on_the_company_of_a_game_nor_on_where_a_chunk_ends(monkeypatch):
    values, banked, mood = random_games(case_terms(), np.random.default_rng(3), 40, 1)
    whole = best_packages(case_terms(), values, banked, mood=mood, games=40)
    monkeypatch.setattr(search, "GAMES_AT_ONCE", 7)
    parts = best_packages(case_terms(), values, banked, mood=mood, games=40)
    assert np.array_equal(whole.package, parts.package)
    assert np.array_equal(whole.surplus, parts.surplus)
    assert np.array_equal(whole.found, parts.found)


def test_a_space_that_will_not_be_pruned_is_walked_through(monkeypatch):
    monkeypatch.setattr(search, "MOST_BRANCHES", 5)
    the_same(case_terms(), *random_games(case_terms(), np.random.default_rng(4), 3, 1)[:2], LENSES[7], {})


def test_one_game_given_as_plain_numbers_is_a_batch_of_one():
    found = best_packages(case_terms(), HANOI | {"trust_us": 0.4, "trust_dprk": 0.4}, BANKED, games=1)
    whole = analyse(case_terms(), HANOI | {"trust_us": 0.4, "trust_dprk": 0.4}, BANKED)
    assert whole.nash is not None
    assert tuple(found.package[0]) == whole.nash.package


def test_the_terms_are_left_as_they_were():
    before = msgspec.json.encode(case_terms())
    best_packages(case_terms(), SINGAPORE, {}, games=1)
    assert msgspec.json.encode(case_terms()) == before


@cache
def other_case(name: str) -> Scenario:
    """Another shipped case: secret levels, other issues, no sequence or verification perhaps."""
    return load_scenario(ROOT / "fixtures" / "scenarios" / f"{name}.yaml")


@pytest.mark.parametrize("name", sorted(path.stem for path in (ROOT / "fixtures" / "scenarios").glob("*.yaml")))
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_in_any_state_of_any_shipped_case_the_search_is_exact(name, data):
    case = other_case(name)
    world = data.draw(testkit.worlds(case))
    s = Settlement(case, world, turn=1, seeds=("",), lenses=LENSES[7], forced={}, record=False)
    values = {key: np.asarray(value, dtype=np.float64).reshape(-1) for key, value in values_of(s).items()}
    banked = {issue: np.asarray(level).reshape(-1) for issue, level in s.clauses.items()}
    mood = {party.id: np.array([data.draw(st.floats(-0.1, 0.1))]) for party in case.negotiation.parties}
    the_same(case.negotiation, values, banked, data.draw(st.sampled_from(LENSES)), mood)
