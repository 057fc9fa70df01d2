"""Order and obedience inside a side: what agencies do, what they report, and how a principal learns better (R-I19)."""

import numpy as np
import pytest

from adjudication.directives import directives_of
from adjudication.explain import Account, outcome_for
from adjudication.orders import Order, Override
from adjudication.results import Resolution
from adjudication.world import World
from tests.support.engine import a_world, after, orders, settle, the_case

CALM = {"clash": "no", "break": "no", "learn": "not learned"}
PROMPT, LATE = {**CALM, "delay": "0"}, {**CALM, "delay": "1"}
HOSTILE = {"bur_align": 10.0}
"""Agencies so far from the President that a resisted order is scaled down."""


def result(found: Resolution, move: str):
    return next(order for order in found.orders if order.move == move)


def told(found: Resolution, before: World, view: str = "seat:potus") -> Account:
    return outcome_for(the_case(), found, before, view=view, readings_before={}, readings_after={})


def learned(found: Resolution) -> list[str]:
    return [h.text for h in found.happenings if h.kind == "learned"]


def candid(by: str, target: str = "all") -> Order:
    return Order("c", by, "report_candidly", {"target": target})


# --- what is reported -------------------------------------------------------------------------
@pytest.mark.parametrize(("world", "forced"), [({}, PROMPT), (HOSTILE, PROMPT), ({}, LATE)])
def test_R_I19_a_president_is_told_that_a_resisted_order_was_carried_out_whatever_was_done(world, forced):
    before = a_world(world)
    found, _ = settle(before, orders("suspend_ex"), forced=forced)
    own = told(found, before).own_orders
    assert [(o.status, o.fidelity_word, o.why, o.rules, o.reported) for o in own] == [("done", "", (), (), True)]
    assert own[0].text == "“Suspend the joint exercises” was reported as carried out."


def test_R_I19_the_executing_seat_and_control_see_what_was_done_and_what_the_president_was_told():
    before = a_world(HOSTILE)
    found, _ = settle(before, orders("suspend_ex"), forced=PROMPT)
    (executor,) = told(found, before, "seat:defense").seen_orders
    (control,) = told(found, before, "control").own_orders
    for seen in (executor, control):
        assert seen.status == "partial"
        assert seen.fidelity_word == "for the most part"
        assert not seen.reported
        assert "US President was told that it was carried out." in seen.why
    (ally,) = told(found, before, "seat:rok").seen_orders
    assert (ally.status, ally.fidelity_word, ally.why) == ("done", "", ())


def test_R_I19_the_executor_knows_of_a_delay_and_the_president_hears_nothing_when_it_ends():
    before = a_world({"bur_align": 90.0})
    first, held = settle(before, orders("suspend_ex"), turn=3, forced=LATE)
    assert [o.status for o in told(first, before, "seat:defense").seen_orders] == ["delayed"]
    assert "next quarter" in told(first, before, "seat:defense").seen_orders[0].text
    second, _ = settle(held, [], turn=4, forced=PROMPT)
    assert result(second, "suspend_ex").told == "nothing"
    assert told(second, held).own_orders == ()
    assert [o.status for o in told(second, held, "seat:defense").seen_orders] == ["done"]


def test_R_I19_an_order_that_meets_no_resistance_is_known_as_it_is():
    before = a_world()
    found, _ = settle(before, orders("threat"), forced=PROMPT)
    assert result(found, "threat").told == ""
    assert told(found, before).own_orders[0].fidelity_word == "in full"


def test_R_I19_with_institutions_off_there_is_nothing_to_report():
    before = a_world(HOSTILE)
    found, end = settle(before, orders("suspend_ex"), lenses=frozenset({"lead", "rat"}), forced=PROMPT)
    assert result(found, "suspend_ex").told == ""
    assert end.reports == ()


def test_R_I19_a_refusal_of_law_is_no_secret_of_the_agencies():
    before = a_world({**HOSTILE, "flag.troop_floor": 1})
    found, _ = settle(before, orders("troop_cut", troop_cut="potus"), turn=11, forced=PROMPT)
    assert result(found, "troop_cut").told == ""
    assert told(found, before).own_orders[0].status == "blocked"


def test_R_I19_what_half_done_orders_did_is_among_other_factors_for_who_was_told_they_were_done():
    before = a_world(HOSTILE)
    found, _ = settle(before, orders("suspend_ex"), forced=PROMPT)
    change = next(c for c in told(found, before).changes if c.variable == "tension")
    assert "“Suspend the joint exercises” as reported and other factors" in [c.label for c in change.causes]
    assert "Suspend the joint exercises" not in [c.label for c in change.causes]
    seen = next(c for c in told(found, before, "seat:defense").changes if c.variable == "tension")
    assert "Suspend the joint exercises" in [c.label for c in seen.causes]


def test_R_I19_a_ruling_of_control_is_told_to_the_seat_it_is_about():
    before = a_world(HOSTILE)
    sheet = orders("suspend_ex")
    ruling = Override("r", "replace_outcome", sheet[0].id, "partial", reason="half the season was cut")
    found, _ = settle(before, sheet, forced=PROMPT, overrides=(ruling,))
    assert result(found, "suspend_ex").told == ""
    assert told(found, before).own_orders[0].status == "partial"


def test_R_I19_goals_are_reckoned_from_what_was_told_and_control_keeps_the_true_ones():
    found, _ = settle(a_world(HOSTILE), orders("suspend_ex"), forced=PROMPT)
    whole, _ = settle(a_world(), orders("suspend_ex", "interagency"), forced=PROMPT)
    goal = next(name for name, value in found.told_scores["potus"].items() if value != found.scores["potus"][name])
    assert found.told_scores["potus"][goal] > found.scores["potus"][goal]
    assert whole.told_scores == {}


# --- learning ---------------------------------------------------------------------------------
def test_R_I19_a_department_that_chooses_to_be_candid_is_believed_the_same_quarter():
    before = a_world(HOSTILE)
    found, end = settle(before, [*orders("suspend_ex"), candid("defense")], forced=PROMPT)
    assert result(found, "suspend_ex").learned == "candid"
    (own,) = told(found, before).own_orders
    assert (own.status, own.fidelity_word) == ("partial", "for the most part")
    assert learned(found) == [
        (
            "Department of Defense says so itself: Suspend the joint exercises, ordered in 2017 Q3, was carried out "
            "for the most part."
        )
    ]
    assert end.reports == ()
    assert [row.slots["how"] for row in found.ledger if row.rule_id == "R-I19"] == ["candid"]


@pytest.mark.parametrize("order", [candid("state"), candid("defense", "waiver")])
def test_R_I19_candour_of_another_seat_or_on_another_order_tells_nothing(order):
    found, end = settle(a_world(HOSTILE), [*orders("suspend_ex"), order], forced=PROMPT)
    assert result(found, "suspend_ex").told == "done"
    assert [r.move for r in end.reports] == ["suspend_ex"]


def test_R_I19_candour_about_an_order_done_in_full_confirms_it():
    before = a_world({"bur_align": 100.0})
    found, _ = settle(before, [*orders("suspend_ex"), candid("defense")], forced=PROMPT)
    (own,) = told(found, before).own_orders
    assert (own.status, own.fidelity_word, own.reported) == ("done", "in full", False)
    assert learned(found) == []


@pytest.mark.parametrize("fell", ["learned", "not learned"])
def test_R_I19_in_a_later_quarter_a_die_decides_whether_the_staff_finds_out(fell):
    _, end = settle(a_world(HOSTILE), orders("suspend_ex"), turn=3, forced=PROMPT)
    found, later = settle(end, [], turn=4, forced={**PROMPT, "learn": fell})
    (die,) = [d for d in found.dice if d.key.startswith("learn:")]
    assert die.key == "learn:3:potus:suspend_ex:1"
    values = end.value_map(the_case())
    assert die.threshold == pytest.approx(0.05 + 0.002 * values["bur_cap"] + 0.002 * values["bur_align"], abs=0.02)
    assert bool(learned(found)) == (fell == "learned")
    assert len(later.reports) == (0 if fell == "learned" else 1)
    if fell == "learned":
        assert found.learned[0].how == "inquiry"
        assert found.learned[0].turn == 3
        assert [h.visible_to for h in found.happenings if h.kind == "learned"] == [("potus",)]


def test_R_I19_no_die_is_thrown_in_the_quarter_of_the_order():
    found, _ = settle(a_world(HOSTILE), orders("suspend_ex"), forced=PROMPT)
    assert [d for d in found.dice if d.key.startswith("learn:")] == []


@pytest.mark.parametrize("out", ["seen", "unseen"])
def test_R_I19_a_slow_walk_that_leaks_gives_the_order_away_and_one_that_does_not_keeps_it(out):
    walk = Order("w", "defense", "slow_walk", {"target": "suspend_ex"})
    found, _ = settle(a_world(HOSTILE), [*orders("suspend_ex"), walk], forced={**PROMPT, "detect": out})
    assert result(found, "suspend_ex").slowed_by == ("defense",)
    assert [item.how for item in found.learned] == (["leak"] if out == "seen" else [])


def test_R_I19_an_exercise_in_the_open_gives_the_lie_to_its_suspension():
    _, end = settle(a_world(HOSTILE), orders("suspend_ex"), turn=3, forced=PROMPT)
    found, _ = settle(end, orders("exercise"), turn=4, forced=PROMPT)
    assert [item.how for item in found.learned] == ["shown"]
    assert learned(found)[0].startswith("It showed: Suspend the joint exercises, ordered in 2017 Q3")


def test_R_I19_after_some_years_nobody_asks_any_more():
    _, world = settle(a_world(HOSTILE), orders("suspend_ex"), turn=1, forced=PROMPT)
    for turn in range(2, 10):
        _, world = settle(world, [], turn=turn, forced=PROMPT)
        assert len(world.reports) == 1
    _, world = settle(world, [], turn=10, forced=PROMPT)
    assert world.reports == ()
    assert world.tally["told.potus.well"][0]


def test_R_I19_reports_survive_storage_and_settle_alike_alone_and_in_a_batch():
    sheet = orders("suspend_ex", "waiver")
    _, end = settle(a_world(HOSTILE), sheet, forced=LATE)
    assert {r.late for r in end.reports} == {(1,)}
    assert World.from_payload(the_case(), end.to_payload(the_case())).reports == end.reports
    batch = after(a_world(HOSTILE), sheet, seed=1, forced=LATE)
    assert np.array_equal(batch.world.values, end.values)


# --- the trace --------------------------------------------------------------------------------
def test_the_trace_says_of_each_directive_what_was_ordered_told_done_and_learned():
    first, world = settle(a_world(HOSTILE), orders("suspend_ex", "us_sanction"), turn=3, forced=LATE)
    second, world = settle(world, orders("threat"), turn=4, forced=PROMPT)
    third, _ = settle(world, [], turn=5, forced={**PROMPT, "learn": "learned"})
    (pause,) = [d for d in directives_of([first, second, third]) if d.move == "suspend_ex"]
    assert (pause.turn, pause.seat, pause.executor, pause.told) == (3, "potus", "defense", "done")
    assert (pause.status, pause.delay, pause.done_turn) == ("partial", 1, 4)
    assert (pause.learned_turn, pause.how, pause.truthful) == (5, "inquiry", False)


def test_the_trace_leaves_out_orders_a_seat_carries_out_itself():
    found, _ = settle(a_world(), orders("threat", "exercise"), forced=PROMPT)
    assert directives_of([found]) == ()


# --- overruling -------------------------------------------------------------------------------
def overrule(target: str) -> Order:
    return Order("o", "potus", "overrule", {"target": target})


def test_R_L03_a_president_stops_an_order_of_a_department_by_name_and_pays_for_it():
    found, _ = settle(a_world(), [*orders("exercise"), overrule("exercise")], forced=PROMPT)
    stopped = result(found, "exercise")
    assert (stopped.status, stopped.rules) == ("blocked", ("R-L03",))
    assert [row.raw for row in found.ledger if row.rule_id == "R-L03b"] == [-4.0]


def test_R_L03_overruling_what_was_not_ordered_costs_no_agreement():
    found, _ = settle(a_world(), [*orders("working_talks"), overrule("exercise")], forced=PROMPT)
    assert result(found, "working_talks").status == "done"
    assert [row for row in found.ledger if row.rule_id == "R-L03b"] == []


def test_R_L03_who_does_not_answer_to_the_president_is_not_overruled_by_him():
    sheet = [Order("x", "rok", "live_fire"), overrule("live_fire")]
    assert result(settle(a_world(), sheet, forced=PROMPT)[0], "live_fire").status != "blocked"


def test_R_L03_without_the_lens_of_leadership_departments_are_not_overruled():
    sheet = [*orders("exercise"), overrule("exercise")]
    found, _ = settle(a_world(), sheet, lenses=frozenset({"inst", "rat"}), forced=PROMPT)
    assert result(found, "exercise").status == "done"


# --- held up, then refused --------------------------------------------------------------------
def test_R_M09_a_gesture_tied_to_a_meeting_that_failed_is_withdrawn_even_if_it_was_held_up():
    walk_away = {"fallback": "walk_away"}
    sheet = [
        Order("s", "potus", "summit", dict(walk_away)), Order("d", "dprk", "d_summit", dict(walk_away)),
        *orders("suspend_ex", "interagency"),
    ]  # fmt: skip
    found, end = settle(a_world(HOSTILE), sheet, forced=LATE)
    pause = result(found, "suspend_ex")
    assert (pause.status, pause.told) == ("blocked", "")
    assert end.pending == ()
    assert end.reports == ()
