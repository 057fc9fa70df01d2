"""What a seat reads, what it is told it may do, and what it is told happened: never more than it may know."""

import msgspec
import pytest

from adjudication.dice import Dice, draw
from adjudication.explain import OTHER, outcome_for, risk_word
from adjudication.legality import preview
from adjudication.orders import Order
from adjudication.readings import make_readings
from adjudication.sight import sight
from adjudication.world import World
from tests.support.engine import a_world, orders, settle, the_case

QUIET = {"clash": "no", "break": "no", "delay": "0"}


def readings_of(world: World, seat: str, *, turn: int = 1, errors: dict[str, float] | None = None):
    made, _ = make_readings(the_case(), world, turn=turn, seed="s", errors=errors or {})
    return {reading.variable: reading for reading in made[seat]}


def told(world: World, sheet, view: str):
    found, end = settle(world, sheet, forced=QUIET)
    seat = view.removeprefix("seat:")
    before, now = (
        ({}, {}) if seat not in the_case().seat else (readings_of(world, seat), readings_of(end, seat, turn=2))
    )
    return outcome_for(the_case(), found, world, view=view, readings_before=before, readings_after=now)


def test_32_no_seat_reads_a_variable_outside_its_row():
    made, _ = make_readings(the_case(), a_world(), turn=1, seed="s", errors={})
    for seat, readings in made.items():
        for reading in readings:
            mode = sight(the_case(), the_case().variable[reading.variable], f"seat:{seat}").mode
            assert mode == {"exact": "exact", "estimate": "noise", "band": "band"}[reading.mode]
    assert "bur_align" not in {r.variable for r in made["dprk"]}
    assert "trust_dprk" not in {r.variable for r in made["potus"]}


def test_a_reading_is_the_same_for_the_same_seed_and_carries_its_error_on():
    world = a_world()
    first, errors = make_readings(the_case(), world, turn=1, seed="s", errors={})
    again, _ = make_readings(the_case(), world, turn=1, seed="s", errors={})
    assert first == again
    near = make_readings(the_case(), world, turn=2, seed="s", errors=errors)[1]
    gaps = [abs(near[key] - 0.7 * errors[key]) for key in errors]
    assert max(gaps) > 0
    assert near != errors


def test_better_agencies_make_smaller_errors_for_us_seats_only():
    wide, narrow = (
        make_readings(the_case(), a_world({"bur_cap": cap}), turn=1, seed="s", errors={})[1] for cap in (0, 100)
    )
    assert abs(narrow["POTUS:missile_cap"]) < abs(wide["POTUS:missile_cap"])
    assert narrow["ROK:missile_cap"] == wide["ROK:missile_cap"]


def test_a_focused_estimate_halves_the_error():
    world = a_world()
    sheet = [Order("a", "intel", "intel_estimate", {"variable": "nuc_stock"})]
    _, focused = settle(world, sheet, forced=QUIET)
    _, plain = settle(world, [], forced=QUIET)
    wide, narrow = (
        make_readings(the_case(), w, turn=2, seed="s", errors={})[1]["BUR:nuc_stock"] for w in (plain, focused)
    )
    assert abs(narrow) == pytest.approx(abs(wide) / 2, rel=0.02)


def test_the_width_a_president_is_shown_tells_no_more_of_capacity_than_the_band():
    """61 and 79 are one band: the error may differ, the width and the confidence may not."""
    made = [readings_of(a_world({"bur_cap": cap, "missile_cap": 50.0}), "potus") for cap in (61.0, 79.0)]
    for name in ("missile_cap", "nuc_stock", "chn_enforce", "congress_res", "bur_align"):
        narrow, wide = (reading[name] for reading in made)
        assert wide.confidence == narrow.confidence
        spans = [reading.high - reading.low for reading in (narrow, wide)]
        assert abs(spans[0] - spans[1]) <= 1.0, "only the rounding of the two ends may differ"
    known = [readings_of(a_world({"bur_cap": cap, "missile_cap": 50.0}), "intel")["missile_cap"] for cap in (5.0, 99.0)]
    assert known[0].high - known[0].low > known[1].high - known[1].low, "the agencies know their own capacity"


def test_a_focused_estimate_narrows_the_width_only_for_those_who_asked():
    _, focused = settle(a_world(), [Order("a", "intel", "intel_estimate", {"variable": "nuc_stock"})], forced=QUIET)
    _, plain = settle(a_world(), [], forced=QUIET)
    spans = {}
    for seat in ("intel", "potus"):
        found = [readings_of(world, seat, turn=2)["nuc_stock"] for world in (plain, focused)]
        spans[seat] = [reading.high - reading.low for reading in found]
    assert spans["intel"][1] < spans["intel"][0] - 1.0
    assert abs(spans["potus"][1] - spans["potus"][0]) <= 1.0


def test_a_preview_does_not_change_with_what_the_seat_cannot_see():
    case = the_case()
    seen = []
    for congress in (40.0, 90.0):
        world = a_world({"bur_align": congress, "trust_dprk": congress / 100})
        flags, readings = world.flag_map(case), readings_of(a_world(), "dprk")
        seen.append(
            preview(case, "dprk", readings=readings, clauses=world.clause_map(case), flags=flags, turn=1, sheet=[])
        )
    assert seen[0] == seen[1]


def test_a_preview_locks_what_it_knows_fails_and_doubts_what_depends_on_others():
    case, world = the_case(), a_world()
    status = {
        s.move: s
        for s in preview(
            case, "potus", readings=readings_of(world, "potus"), clauses=world.clause_map(case),
            flags=world.flag_map(case), turn=1, sheet=[], capital=4.0,
        )
    }  # fmt: skip
    assert status["threat"].state == "available"
    assert status["follow_on_process"].state == "locked"
    assert status["summit"].state == "conditional"
    assert status["offer_summit"].state == "locked"
    assert status["nkspea_suspend"].unlock


def test_a_secret_order_is_not_seen_and_its_effect_is_other_factors():
    case = the_case()
    covert = next(m for m in case.moves if m.visibility == "covert" and "dprk" in m.seats)
    sheet = [Order("x", "dprk", covert.id, {}, False), *orders("threat")]
    account = told(a_world(), sheet, "seat:potus")
    assert covert.id not in {o.move for o in account.seen_orders}
    assert covert.text.order not in msgspec.json.encode(account).decode()
    control = told(a_world(), sheet, "control")
    assert covert.id in {o.move for o in control.own_orders}


def test_the_account_of_a_seat_does_not_change_with_what_it_cannot_see():
    """Hidden values differ; every visible value and every order is the same: so is every word."""
    hidden = {"trust_dprk": (0.10, 0.30), "dprk_cohesion": (60.0, 90.0), "res_us": (0.2, 0.6)}
    accounts = []
    for at in (0, 1):
        world = a_world({name: pair[at] for name, pair in hidden.items()})
        accounts.append(msgspec.json.encode(told(world, orders("irbm", "threat", "exercise"), "seat:jpn")))
    assert accounts[0] == accounts[1]


def test_an_estimated_variable_is_told_in_words_without_numbers():
    account = told(a_world(), orders("icbm"), "seat:rok")
    change = next(c for c in account.changes if c.variable == "missile_cap")
    assert not change.exact
    assert change.before is None
    assert change.after is None
    assert all(cause.amount == 0 for cause in change.causes)


def test_a_refused_order_is_told_with_why_and_what_would_unlock_it():
    account = told(a_world(), orders("nkspea_suspend"), "seat:potus")
    own = account.own_orders[0]
    assert own.status == "blocked"
    assert own.why
    assert own.unlock
    assert any("refused" in line for line in account.account)


def test_causes_told_to_control_add_up_to_the_change():
    account = told(a_world(), orders("icbm", "threat", "consult"), "control")
    for change in account.changes:
        if change.variable in ("tension", "approval_nk", "provocation"):
            total = sum(cause.amount for cause in change.causes)
            assert total == pytest.approx(change.after - change.before, abs=0.12)
    assert OTHER not in {
        cause.label for change in account.changes if change.variable == "tension" for cause in change.causes
    }


def test_the_observer_is_told_what_everybody_reads():
    account = told(a_world(), orders("icbm"), "observer")
    assert all(change.exact for change in account.changes)
    assert "missile_cap" not in {change.variable for change in account.changes}


@pytest.mark.parametrize(("quarterly", "word"), [(0.0001, "remote"), (0.02, "unlikely"), (0.19, "likely")])
def test_danger_is_said_in_words_for_a_year(quarterly, word):
    assert risk_word(the_case(), quarterly) == word


def test_dice_are_keyed_and_the_same_alone_or_in_a_batch():
    batch = Dice(range(5), 3).u("clash")
    assert [draw(seed, 3, "clash") for seed in range(5)] == list(batch)
    assert draw(1, 3, "clash") != draw(1, 4, "clash")
    assert draw(1, 3, "clash") != draw(1, 3, "war")
    assert all(0.0 <= u < 1.0 for u in batch)
