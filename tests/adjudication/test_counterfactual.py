"""A played game settled again: what stays, what changes, and what is said about the difference."""

from dataclasses import replace

import msgspec
import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from adjudication import played as room
from adjudication.changes import Fault, read_change
from adjudication.counterfactual import Change, Comparison, Pin, counterfactual
from adjudication.lenses import ALL, PRESETS
from adjudication.orders import Order, Override, SignedText
from adjudication.played import Played, PlayedTurn, accounts, outcomes, recorded_game, replay, seeds_of, world_at
from adjudication.resolve import resolve_batch, resolve_turn
from adjudication.sealed import Sealed
from adjudication.world import World
from tests.support.engine import orders, sheets, the_case, worlds

RUNS = 30


@pytest.fixture(scope="module")
def record() -> Played:
    return recorded_game(the_case())


def on_record(game: Played) -> Played:
    """The same game with what the engine answered kept in its turns, as the log of a game keeps it."""
    found, world = [], game.start
    for turn in game.turns:
        done = resolve_turn(
            game.scenario, world, turn=turn.number, seed=game.seed, **msgspec.structs.asdict(turn.sealed)
        )
        found.append(msgspec.structs.replace(turn, resolution=done))
        world = World.from_payload(game.scenario, done.world)
    return replace(game, turns=tuple(found))


def with_orders(game: Played, turn: int, **fields: object) -> Played:
    """The game with other things sealed in one turn."""
    turns = tuple(
        msgspec.structs.replace(t, sealed=msgspec.structs.replace(t.sealed, **fields)) if t.number == turn else t
        for t in game.turns
    )
    return replace(game, turns=turns)


def ended(done: Comparison, name: str):
    return next(one.band for one in done.ended if one.id == name)


# --- nothing changed ----------------------------------------------------------------------------
def test_with_nothing_changed_no_run_differs_in_anything(record):
    done = counterfactual(record, Change(), runs=RUNS)
    bands = [one.band for one in done.ended]
    for turn in done.turns:
        for table in (turn.indices, turn.variables, turn.clauses, turn.risk, turn.events):
            bands += table.values()
    assert bands
    assert all((b.delta, b.low, b.high) == (0, 0, 0) and b.original == b.changed for b in bands)
    assert done.divergence is None
    assert not done.chances
    assert not done.happened


def test_the_first_run_is_the_game_itself_bit_for_bit(record):
    single = accounts(record, record.turns, record.start)
    paths = replay(record, record.turns, record.start, seeds=seeds_of(record.seed, 7))
    for at, done in enumerate(single, start=1):
        for name, value in done.world["values"].items():
            assert paths.values[name][at][0] == value
        for issue, level in done.world["clauses"].items():
            assert paths.clauses[issue][at][0] == level


def test_what_is_on_record_comes_out_again_to_the_byte(record):
    game = on_record(record)
    assert counterfactual(game, Change(lenses=PRESETS["rational_only"]), runs=2).reproduced is True
    forged = with_orders(game, 5, orders=())
    assert counterfactual(forged, Change(), runs=2).reproduced is False
    assert counterfactual(record, Change(), runs=2).reproduced is None


def test_a_game_settled_under_a_lens_is_played_again_under_it_unless_another_is_asked_for(record):
    office = PRESETS["no_leadership"]
    game = record
    for turn in record.turns:
        game = with_orders(game, turn.number, lenses=office)
    game = on_record(game)
    same, whole = counterfactual(game, Change(), runs=2), counterfactual(game, Change(lenses=ALL), runs=2)
    assert (same.reproduced, whole.reproduced) == (True, True)
    assert (same.lenses, same.divergence) == (("inst", "rat"), None)
    assert whole.lenses == ("inst", "lead", "rat")
    assert whole.divergence is not None


def test_a_record_that_other_rulings_made_comes_out_again_with_them_and_without_them_in_the_runs(record):
    ruling = Override(id="r1", kind="add", target="tension", value=9.0, reason="A near miss at sea.")
    game = on_record(with_orders(record, 3, overrides=(ruling,)))
    left_out = counterfactual(game, Change(), runs=3)
    kept = counterfactual(game, Change(with_overrides=True), runs=3)
    assert left_out.reproduced is kept.reproduced is True
    assert (left_out.rulings, left_out.with_overrides, kept.with_overrides) == (1, False, True)
    before, after = (done.turns[2].variables["tension"].original for done in (left_out, kept))
    assert after > before


def test_the_seeds_of_the_runs_follow_from_the_games_own():
    assert seeds_of("abc", 3) == ("abc", "abc/1", "abc/2")
    assert seeds_of("abc", 500)[:3] == seeds_of("abc", 3)


def test_runs_do_not_depend_on_how_many_are_settled_at_once(record, monkeypatch):
    whole = replay(record, record.turns, record.start, seeds=seeds_of("9", 25))
    monkeypatch.setattr(room, "GAMES_AT_ONCE", 6)
    parts = replay(record, record.turns, record.start, seeds=seeds_of("9", 25))
    assert whole.turns == parts.turns
    for name, values in whole.values.items():
        assert np.array_equal(values, parts.values[name])
    for name, values in whole.events.items():
        assert np.array_equal(values, parts.events.get(name, np.zeros_like(values)))
    assert np.array_equal(whole.summit, parts.summit)


# --- one thing changed ----------------------------------------------------------------------------
def test_dice_that_have_nothing_to_do_with_a_changed_order_fall_as_before(record):
    """Property 29: a praise more or less casts no other die and moves no draw."""
    quiet = {8: {"potus": ()}}
    done = counterfactual(record, Change(orders=quiet), runs=2)
    original = accounts(record, record.turns, record.start)
    draws = {(r.turn, die.key): die.u for r in original for die in r.dice}
    assert done.divergence is not None
    assert done.divergence.turn == 8
    assert done.divergence.cause == "order:potus:t8-0-praise"
    for chance in done.chances:
        assert draws.get((chance.turn, chance.key), chance.u) == pytest.approx(chance.u, abs=1e-6)
        assert chance.turn >= 8


def test_turns_before_a_change_are_as_they_were(record):
    done = counterfactual(record, Change(pins=(Pin("tension", 20.0, 5, 5),)), runs=RUNS)
    for turn in done.turns[:4]:
        assert all(band.delta == 0 == band.high - band.low for band in turn.variables.values())
    assert done.turns[4].variables["tension"].delta < -10


def test_from_a_turn_on_every_run_begins_in_the_world_the_game_had(record):
    game = on_record(record)
    done = counterfactual(game, Change(from_turn=7), runs=RUNS)
    assert [turn.turn for turn in done.turns] == list(range(7, 13))
    assert done.reproduced is True
    start = world_at(game, 7).value_map(the_case())
    before = game.turns[5].resolution
    assert before is not None
    assert start == before.world["values"]
    assert world_at(record, 7).value_map(the_case()) == start


def test_a_pin_holds_a_variable_as_each_of_its_turns_begins(record):
    held = counterfactual(record, Change(pins=(Pin("personalization", 20.0, 1, 12),)), runs=RUNS)
    loose = counterfactual(record, Change(pins=(Pin("personalization", 20.0, 1, 1),)), runs=RUNS)
    assert abs(held.turns[-1].variables["personalization"].changed - 20) < 8
    assert loose.turns[-1].variables["personalization"].delta == 0
    assert held.turns[-1].variables["personalization"].delta < -20


def test_without_the_threats_of_2017_less_risk_is_carried(record):
    calm = {
        turn.number: {
            "potus": tuple(o for o in turn.sealed.orders if o.seat == "potus" and o.move != "threat"),
        }
        for turn in record.turns[1:4]
    }  # fmt: skip
    done = counterfactual(record, Change(orders=calm), runs=RUNS)
    assert ended(done, "war_risk").delta < 0
    assert done.turns[3].risk["p_clash"].delta < 0
    assert done.replaced == {2: ("potus",), 3: ("potus",), 4: ("potus",)}


def test_an_order_given_anyway_keeps_its_name_and_what_was_granted_to_it(record):
    """A sheet replaced by itself is no change, even where a department's delay and an argument hang on an order."""
    same = {6: {"potus": tuple(
        Order(f"new:{o.move}", o.seat, o.move, o.params, o.public)
        for o in record.turns[5].sealed.orders if o.seat == "potus"
    )}}  # fmt: skip
    done = counterfactual(record, Change(orders=same), runs=5)
    assert done.divergence is None
    assert all(one.band.delta == 0 for one in done.ended)


def test_a_signed_text_is_signed_again_and_lapses_where_its_meeting_is_not_held(record):
    text = SignedText("t", "At the summit", {"rec": 1, "fac": 1}, "summit", ("potus", "dprk"))
    game = with_orders(record, 6, texts=(text,))
    kept = counterfactual(game, Change(), runs=5)
    assert kept.turns[5].clauses["fac"].original == 1
    gone = counterfactual(game, Change(orders={6: {"potus": (), "dprk": ()}}), runs=5)
    assert gone.turns[5].clauses["fac"].changed == 0


def test_the_record_may_be_followed_or_rolled(record):
    loose = recorded_game(the_case(), rolled=True)
    assert record.turns[2].sealed.forced
    assert not loose.turns[2].sealed.forced
    firm, rolled = (replay(g, g.turns, g.start, seeds=seeds_of("0", 30)) for g in (record, loose))
    assert np.ptp(firm.values["un_sanctions"][4]) < 1e-6 < np.ptp(rolled.values["un_sanctions"][4])


# --- what war cuts short ---------------------------------------------------------------------------
def test_turns_compare_only_pairs_in_which_neither_game_was_over(record):
    done = counterfactual(record, Change(pins=(Pin("tension", 100.0, 1, 12),)), runs=60)
    pairs = [turn.pairs for turn in done.turns]
    assert pairs == sorted(pairs, reverse=True)
    assert 0 < pairs[-1] < pairs[0] == 60
    last = next(one for one in done.ended if one.id == "tension")
    assert last.pairs <= pairs[-1]
    assert next(one for one in done.ended if one.id == "war").pairs == 60
    assert ended(done, "war").changed > ended(done, "war").original


def test_when_every_run_ends_in_war_what_is_left_is_the_hazard(record):
    war = with_orders(record, 2, forced={**record.turns[1].sealed.forced, "clash": "yes", "war": "yes"})
    done = counterfactual(war, Change(), runs=4)
    assert [turn.pairs for turn in done.turns] == [4, 4] + [0] * 10
    assert not done.turns[5].variables
    assert {one.id for one in done.ended} >= {"war", "war_risk", "clash"}
    assert "tension" not in {one.id for one in done.ended}
    assert ended(done, "war").original == 1


def test_a_record_that_went_on_after_a_limited_war_comes_out_again_too(record):
    war = with_orders(record, 2, forced={**record.turns[1].sealed.forced, "clash": "yes", "war": "yes", "scope": "no"})
    done = counterfactual(on_record(war), Change(), runs=2)
    assert done.reproduced is True
    assert done.turns[2].pairs == 0


def test_averages_are_over_the_turns_a_run_survived(record):
    paths = replay(record, record.turns, record.start, seeds=seeds_of("0", 40))
    found = outcomes(the_case(), paths)
    for run in range(40):
        lived = paths.alive[:, run]
        assert found["stability.mean"][1][run] == pytest.approx(np.mean(paths.indices["stability"][lived, run]))


# --- a world side by side --------------------------------------------------------------------------
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(worlds(), sheets, st.integers(0, 10**6), st.sampled_from(sorted(PRESETS)))
def test_a_world_repeated_over_seeds_settles_in_each_as_it_does_alone(world, sheet, seed, preset):
    case, lenses = the_case(), PRESETS[preset]
    first = resolve_turn(case, world, turn=3, orders=sheet, seed=seed, lenses=lenses)
    assume(first.war == 0)  # a batch stands still from a war on, one game goes on until it is over
    middle = World.from_payload(case, first.world)
    then, seeds = orders("threat", "icbm"), (seed, 1, 2)
    second = resolve_batch(case, middle.widened(3), turn=4, orders=then, seeds=seeds, lenses=lenses)
    for at, one in enumerate(seeds):
        alone = resolve_turn(case, middle, turn=4, orders=then, seed=one, lenses=lenses)
        assert second.world.value_map(case, at) == alone.world["values"]
        assert second.world.clause_map(case, at) == alone.world["clauses"]


# --- reading a change -------------------------------------------------------------------------------
def faults(**words: object) -> tuple[str, ...]:
    found = read_change(the_case(), turns=range(1, 13), **words)  # type: ignore[arg-type]
    assert not isinstance(found, Change), found
    assert all(isinstance(fault, Fault) for fault in found)
    return tuple(map(str, found))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ({"orders": ["threat"]}, "orders: expected {turn: {seat: [move, ...]}}, found a list"),
        ({"orders": {"six": {}}}, "orders.six: the first level is the number of a turn"),
        ({"orders": {14: {}}}, "orders.14: turn 14 was not played; the game has turns 1 to 12"),
        ({"orders": {6: {"potsu": []}}}, "orders.6.potsu: there is no seat 'potsu'; did you mean potus"),
        ({"orders": {6: {"potus": "threat"}}}, "orders.6.potus: expected a list of moves"),
        ({"orders": {6: {"potus": ["thraet"]}}}, "potus[0].move: there is no move 'thraet'; did you mean threat"),
        ({"orders": {6: {"potus": ["icbm"]}}}, "orders.6.potus[0].move: potus cannot order icbm; dprk can"),
        ({"orders": {6: {"potus": [{"mvoe": "threat"}]}}}, "potus[0]: expected a move or {move, params, public}"),
        ({"orders": {6: {"potus": [{"move": "threat", "why": 1}]}}}, "orders.6.potus[0].why: unknown key"),
        ({"orders": {6: {"potus": [{"move": "threat", "public": "yes"}]}}}, "orders.6.potus[0].public: write true"),
        ({"orders": {6: {"potus": [{"move": "summit", "params": {"falback": 1}}]}}},
         "orders.6.potus[0].params.falback: summit has no such parameter; did you mean fallback"),
        ({"orders": {6: {"potus": [{"move": "summit", "params": {"fallback": "run"}}]}}}, "is no choice"),
        ({"orders": {6: {"potus": ["threat"] * 9}}}, "these cost 9 orders; potus has 3 a turn"),
        ({"orders": {2: {"potus": []}}, "from_turn": 5}, "orders.2: this turn is before --from 5"),
        ({"from_turn": 13}, "--from: turn 13 was not played"),
        ({"lenses": "no_leadrship"}, "--lens: 'no_leadrship' is no lens and no preset; did you mean no_leadership"),
        ({"pins": ["tension 60"]}, "--set tension 60: write variable=number@turn"),
        ({"pins": ["tenison=60@3"]}, "'tenison' is no variable, clause or flag of this case; did you mean tension"),
        ({"pins": ["tension=160@3"]}, "tension lies between 0 and 100"),
        ({"pins": ["trust_us=1@3"]}, "trust_us lies between 0.02 and 0.97"),
        ({"pins": ["clause.fac=9@3"]}, "clause.fac lies between 0 and 4"),
        ({"pins": ["clause.fac=1.5@3"]}, "clause.fac is a level"),
        ({"pins": ["tension=1.2.3@3"]}, "is not a number"),
        ({"pins": ["tension=60@0"]}, "turn 0 was not played"),
        ({"pins": ["tension=60@7-3"]}, "7-3 runs backwards"),
    ],
)  # fmt: skip
def test_a_change_that_cannot_be_made_is_refused_with_the_place_and_the_remedy(words, said):
    assert any(said in fault for fault in faults(**words)), faults(**words)


def test_every_fault_of_a_change_is_told_at_once():
    assert len(faults(lenses="x", pins=["y"], orders={6: {"nobody": [], "potus": ["x", "icbm"]}})) == 5


def test_a_change_is_read_as_it_is_written():
    found = read_change(
        the_case(), turns=range(1, 13), from_turn=6, lenses="lead+rat",
        pins=["institution=45@6", "flag.moratorium=1@6-8"],
        orders={6: {"potus": ["summit", {"move": "praise", "public": False}], "dprk": None}},
    )  # fmt: skip
    assert isinstance(found, Change)
    assert found.lenses == frozenset({"lead", "rat"})
    assert found.pins == (Pin("institution", 45.0, 6, 6), Pin("flag.moratorium", 1.0, 6, 8))
    summit, praise = found.orders[6]["potus"]
    assert (summit.move, summit.params["fallback"], praise.public) == ("summit", "headline", False)
    assert found.orders[6]["dprk"] == ()


def test_no_lens_at_all_can_be_asked_for():
    found = read_change(the_case(), turns=range(1, 13), lenses="none")
    assert isinstance(found, Change)
    assert found.lenses == frozenset() != ALL


def test_a_game_of_no_turns_begins_at_the_first():
    assert Played(the_case(), "1", World.initial(the_case()), ()).first == 1
    assert PlayedTurn(number=1, sealed=Sealed()).resolution is None
