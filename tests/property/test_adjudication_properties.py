"""Properties 20-23, 29-31, 33 and 34 of the model (section 8.4): what holds of one turn and its explanation.

Each is asked of 300 random worlds with random orders out of the whole catalogue, settled with their ledgers.
"""

import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import msgspec
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adjudication.ledger import unexplained
from adjudication.orders import Order, Override, SignedText
from adjudication.recorded import scripted
from adjudication.resolve import resolve_batch, resolve_turn
from adjudication.scenario import Scenario, load_scenario
from adjudication.world import World
from tests.support.crowds import Crowd, one_turn
from tests.support.engine import (
    CASE,
    ROOT,
    a_world,
    after,
    everything,
    orders,
    settle,
    sheets,
    the_case,
    without,
    worlds,
)

EXAMPLES = settings(max_examples=150, deadline=None, derandomize=True)
turns = st.integers(0, 2**32 - 1).map(one_turn)
"""A random world and random orders out of the whole catalogue."""


@EXAMPLES
@given(turns, st.randoms(use_true_random=False))
def test_20_the_order_of_submission_changes_nothing(turn, random):
    world, sheet = turn
    shuffled = list(sheet)
    random.shuffle(shuffled)
    assert msgspec.json.encode(settle(world, sheet)[0]) == msgspec.json.encode(settle(world, shuffled)[0])


@EXAMPLES
@given(turns, st.integers(0, 999))
def test_21_the_same_seed_and_orders_give_the_same_bytes(turn, seed):
    world, sheet = turn
    one, two = (msgspec.json.encode(settle(world, sheet, seed=seed)[0]) for _ in range(2))
    assert one == two


@EXAMPLES
@given(turns, st.integers(0, 999), st.booleans())
def test_22_the_ledger_adds_up_to_every_change(turn, seed, meet):
    world, sheet = turn
    told = [*without(sheet, "summit", "d_summit"), *(orders("summit", "d_summit") if meet else [])]
    found, end = settle(world, told, seed=seed)
    assert unexplained(found.ledger, everything(world), everything(end)) == {}


@settings(max_examples=15, deadline=None)
@given(
    worlds(), st.lists(sheets, min_size=3, max_size=3), st.integers(0, 999), st.integers(0, 2),
    st.dictionaries(st.sampled_from(the_case().issues), st.integers(1, 3), min_size=1),
)  # fmt: skip
def test_22_20_texts_vows_and_bots_add_up_and_settle_alike_alone_and_in_a_batch(world, told, seed, sequence, levels):
    """Three turns with a text, a threat with a deadline and nobody at the table: rows explain all, batch agrees."""
    case, bots = the_case(), ("potus", "dprk")
    top = {issue.id: len(issue.levels) - 1 for issue in case.negotiation.deal_issues}
    text = SignedText(
        "t", "A text", {**{i: min(n, top[i]) for i, n in levels.items()}, "seq": sequence}, "exchange", bots
    )
    vow = Order("vow", "potus", "threat", {"trigger": "any_launch", "action": "pressure", "deadline": 1})
    batch = single = world
    for at, sheet in enumerate(told):
        orders_now = [*without(sheet, "threat"), *([vow] if at == 0 else [])]
        texts = (text,) if at == 0 else ()
        found, end = settle(single, orders_now, turn=3 + at, seed=seed, bots=bots, texts=texts)
        assert unexplained(found.ledger, everything(single), everything(end)) == {}
        batch = resolve_batch(case, batch, turn=3 + at, orders=orders_now, seeds=(seed,), bots=bots, texts=texts).world
        single = end
        assert np.array_equal(batch.values, single.values)
        assert np.array_equal(batch.clauses, single.clauses)
        assert [list(d.status) for d in batch.duties] == [list(d.status) for d in single.duties]
        assert batch.vows == single.vows


@EXAMPLES
@given(turns)
def test_23_a_refused_order_changes_nothing_when_nobody_heard_of_it(turn):
    world, sheet = turn
    sheet = without(sheet, "nkspea_suspend")
    closed = world.with_values(the_case(), {"congress_res": 90, "clause.ver": 0, "clause.fac": 0})
    refused = msgspec.structs.replace(orders("nkspea_suspend")[0], public=False)
    base, more = after(closed, sheet), after(closed, [*sheet, refused])
    assert not more.executed[refused.id][0]
    assert np.array_equal(base.world.values, more.world.values)


@EXAMPLES
@given(turns, st.integers(0, 99))
def test_29_another_order_leaves_unrelated_dice_alone(turn, seed):
    world, sheet = turn
    base = without(sheet, "praise")
    one, _ = settle(world, base, seed=seed)
    two, _ = settle(world, [*base, *orders("praise")], seed=seed)
    first, second = ({die.key: die.u for die in found.dice} for found in (one, two))
    assert all(first[key] == second[key] for key in first.keys() & second.keys())
    assert set(first) - {"war", "scope", "break:text"} <= set(second)


@EXAMPLES
@given(turns, st.floats(-20, 20))
def test_30_a_ruling_on_a_variable_changes_that_variable_alone(turn, delta):
    world, sheet = turn
    ruling = Override("r1", "add", "npt_norm", delta, None, "because")
    plain, ruled = everything(settle(world, sheet)[1]), everything(settle(world, sheet, overrides=(ruling,))[1])
    assert {name for name in plain if plain[name] != ruled[name]} <= {"npt_norm"}
    assert ruled["npt_norm"] == pytest.approx(min(100.0, max(0.0, plain["npt_norm"] + delta)), abs=2e-6)


@EXAMPLES
@given(turns, st.integers(0, 99))
def test_31_a_clause_falls_only_by_a_row_that_says_so(turn, seed):
    world, sheet = turn
    sheet = without(sheet, "summit", "d_summit")
    found, end = settle(world, [*sheet, *orders("summit", "d_summit")], seed=seed)
    before, now = everything(world), everything(end)
    for name in (n for n in now if n.startswith("clause.") and now[n] < before[n]):
        assert {row.rule_id for row in found.ledger if row.var == name and row.applied < 0} <= {
            "R-R09",
            "R-R17",
            "R-R18",
        }


@EXAMPLES
@given(turns, st.sampled_from(("lead", "inst", "rat")))
def test_33_a_lens_that_is_off_writes_no_row(turn, lens):
    world, sheet = turn
    sheet = without(sheet, "summit", "d_summit")
    rules = {rule.id for rule in the_case().rules if rule.lens == lens}
    told = [*sheet, *orders("summit", "d_summit")]
    found, _ = settle(world, told, lenses=frozenset({"lead", "inst", "rat"}) - {lens})
    assert not rules & {row.rule_id for row in found.ledger}


NAMES = {
    "provocation": "record", "chn_enforce": "neighbour", "evasion": "leakage", "dprk_econ": "output",
    "icbm": "long_shot", "us_sanction": "designation", "working_talks": "officials", "moratorium": "pause",
}  # fmt: skip


def renamed(tmp_path: Path) -> Scenario:
    """The case with some variables, moves and flags under other names, in every file that says them."""
    names = NAMES
    root = shutil.copytree(CASE.parent, tmp_path / "scenarios") / CASE.name
    pattern = re.compile(r"(?<![A-Za-z0-9_-])(" + "|".join(names) + r")(?![A-Za-z0-9_-])")
    for path in sorted((root.parent / root.stem).glob("*.yaml")):
        lines = path.read_text().splitlines(keepends=True)
        path.write_text("".join(_renamed(line, pattern, names) for line in lines))
    return load_scenario(root)


def _renamed(line: str, pattern: re.Pattern[str], names: dict[str, str]) -> str:
    """Rename outside quoted words: what players read is no name."""
    parts = re.split(r'("[^"]*")', line)
    return "".join(p if p.startswith('"') else pattern.sub(lambda m: names[m[1]], p) for p in parts)


@pytest.fixture(scope="module")
def other(tmp_path_factory) -> Scenario:
    return renamed(tmp_path_factory.mktemp("renamed"))


def test_34_other_names_for_variables_moves_and_flags_leave_the_numbers_alone(other):
    case = the_case()
    assert {"record", "neighbour", "leakage", "output"} <= set(other.variable)
    assert {"long_shot", "designation", "officials", "pause"} <= set(other.move)
    forced = {"clash": "no", "break": "no", "delay": "0", "unsc": "adopted"}
    worlds_now = [World.initial(c) for c in (case, other)]
    for turn in range(1, case.meta.turns + 1):
        worlds_now = [
            resolve_batch(c, w, turn=turn, orders=scripted(c, turn), seeds=(7,), forced=forced).world
            for c, w in zip((case, other), worlds_now, strict=True)
        ]
        assert np.allclose(worlds_now[0].values, worlds_now[1].values, rtol=0, atol=2e-6), turn


def test_34_they_leave_them_alone_in_any_world_under_any_orders(other):
    """Dice are keyed by moves, so those that a move's name is part of lie still."""
    still = {
        "delay": "0",
        "detect": "unseen",
        "unsc": "adopted",
        "learn": "not learned",
        "caught": "seen",
        "clash": "no",
    }
    for number in range(4):
        crowd = Crowd(number)
        orders_given, active = crowd.sheet
        also = [msgspec.structs.replace(o, move=NAMES.get(o.move, o.move)) for o in orders_given]
        seeds = tuple(range(crowd.size))
        # The catalogue keeps its order under other names, so rows of orders mean the same.
        one, two = (
            resolve_batch(c, w, turn=4, orders=told, seeds=seeds, active=active, forced=still).world
            for c, w, told in (
                (the_case(), crowd.worlds, orders_given),
                (other, _moved(crowd.worlds, other), also),
            )
        )
        assert np.allclose(one.values, two.values, rtol=0, atol=2e-6)
        assert np.array_equal(one.clauses, two.clauses)


def _moved(world: World, other: Scenario) -> World:
    """Return the worlds with their flags in the order other names sort them to."""
    back = {new: old for old, new in NAMES.items()}
    rows = [the_case().flag_index[back.get(flag, flag)] for flag in other.flags]
    return replace(world, flags=world.flags[rows])


def test_scalar_and_batch_agree_bit_for_bit_over_the_whole_recorded_path():
    case, seeds = the_case(), tuple(range(6))
    batch = World.initial(case, len(seeds))
    single = [World.initial(case) for _ in seeds]
    for turn in range(1, case.meta.turns + 1):
        sheet = scripted(case, turn)
        batch = resolve_batch(case, batch, turn=turn, orders=sheet, seeds=seeds).world
        single = [
            World.from_payload(case, resolve_turn(case, world, turn=turn, orders=sheet, seed=seed).world)
            for world, seed in zip(single, seeds, strict=True)
        ]
        war = case.index["war"]
        for at, world in enumerate(single):
            if batch.values[war, at] == 0:
                assert np.array_equal(batch.values[:, at], world.values[:, 0]), (turn, at)
                assert np.array_equal(batch.clauses[:, at], world.clauses[:, 0])
                assert np.array_equal(batch.flags[:, at], world.flags[:, 0])


_SCRIPT = """
import hashlib, msgspec
from tests.support.engine import a_world, orders, settle
sheet = orders("threat", "icbm", "nuke", "un_res", "suspend_ex", "consult", "summit", "d_summit")
print(hashlib.sha256(msgspec.json.encode(settle(a_world(), sheet)[0])).hexdigest())
"""


def test_21_the_bytes_do_not_depend_on_the_hash_seed_of_the_process():
    found = {
        subprocess.run(
            [sys.executable, "-c", _SCRIPT], cwd=ROOT, env={**os.environ, "PYTHONHASHSEED": seed}, check=True,
            capture_output=True, text=True,
        ).stdout
        for seed in ("1", "2")
    }  # fmt: skip
    assert len(found) == 1


def test_a_world_survives_its_stored_form():
    _, world = settle(a_world(), orders("icbm", "suspend_ex", "working_talks"))
    stored = json.loads(json.dumps(world.to_payload(the_case())))
    assert World.from_payload(the_case(), stored).to_payload(the_case()) == world.to_payload(the_case())
