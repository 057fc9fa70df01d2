"""Rules that act on the edges: strikes and certificates, a broken pause, leaked texts, impatience, minimum trust."""

import msgspec
import numpy as np
import pytest

from adjudication.orders import Order, SignedText
from adjudication.resolve import resolve_turn
from adjudication.results import Resolution
from adjudication.scenario.schema import Scenario
from adjudication.world import World
from negotiation.hints import hint
from negotiation.trust import NEVER, minimum_trust, needed_trust
from negotiation.valuation import patience
from tests.support.bargaining import BANKED, HANOI, case_terms
from tests.support.engine import a_world, everything, orders, settle, the_case

QUIET = {"clash": "no", "break": "no", "delay": "0", "learn": "not learned"}
PARTIES = ("potus", "dprk")


def rows(found: Resolution, rule: str):
    return [row for row in found.ledger if row.rule_id == rule]


def amounts(found: Resolution, rule: str) -> dict[str, float]:
    return {row.var or "": row.raw for row in rows(found, rule)}


def signed(levels: dict[str, int], **more) -> tuple[Resolution, World]:
    return settle(a_world(), [], forced=QUIET, texts=(SignedText("t", "T", levels, "exchange", PARTIES),), **more)


# --- force and Congress -----------------------------------------------------------------------
def test_R_I14_a_strike_out_of_the_blue_costs_in_congress_and_one_after_shots_does_not():
    blue, _ = settle(a_world(), orders("limited_strike"), forced=QUIET)
    fired, _ = settle(a_world({"flag.imminent_attack": 1}), orders("limited_strike"), forced=QUIET)
    assert amounts(blue, "R-I14e") == {"congress_res": 8.0, "approval_nk": -4.0}
    assert rows(fired, "R-I14e") == []


def test_R_I14_a_clash_makes_an_attack_imminent_for_the_quarter_that_follows():
    _, shots = settle(a_world(), [], forced={**QUIET, "clash": "yes", "war": "no"})
    assert shots.flag_map(the_case())["imminent_attack"]
    _, calm = settle(shots, [], turn=4, forced=QUIET)
    assert not calm.flag_map(the_case())["imminent_attack"]


def test_R_I04_a_suspension_runs_out_after_four_quarters_and_the_statute_bites_again():
    _, world = settle(a_world({"congress_res": 50.0}), orders("nkspea_suspend"), turn=3, forced=QUIET)
    left = [everything(world)["nkspea_q"]]
    for turn in (4, 5, 6):
        _, world = settle(world, [], turn=turn, forced=QUIET)
        left.append(everything(world)["nkspea_q"])
    assert left == [4.0, 3.0, 2.0, 1.0]
    found, end = settle(world, [], turn=7, forced=QUIET)
    assert amounts(found, "R-I04d") == {"us_sanctions": 15.0, "trust_dprk": -0.4}
    assert everything(end)["nkspea_q"] == 0.0


def test_R_I04_a_renewal_in_time_adds_two_quarters():
    world = a_world({"congress_res": 50.0, "nkspea_q": 1})
    found, end = settle(world, orders("nkspea_suspend"), forced=QUIET)
    assert rows(found, "R-I04d") == []
    assert everything(end)["nkspea_q"] == 2.0


def test_R_I05_the_statute_ends_only_when_the_programme_is_gone_everywhere_and_under_inspection():
    sheet = [Order("n", "potus", "nkspea_terminate")]
    found, _ = settle(a_world({"clause.fac": 4, "clause.ver": 3}), sheet, forced=QUIET)
    assert (found.orders[0].status, found.orders[0].rules) == ("blocked", ("R-I05",))
    assert found.orders[0].missing == ("Arsenal: all warheads removed in force",)
    gone = a_world({"clause.fac": 4, "clause.ver": 3, "clause.ars": 3})
    assert settle(gone, sheet, forced=QUIET)[0].orders[0].status != "blocked"


# --- the Council and texts --------------------------------------------------------------------
def test_R_R09_a_test_that_breaks_the_pause_makes_the_council_readier():
    chances = []
    for pause in (0, 1):
        found, _ = settle(a_world({"clause.test": pause}), orders("icbm", "un_res"), forced=QUIET)
        chances.append(next(d.threshold for d in found.dice if d.key.startswith("unsc")))
    odds = np.log(np.array(chances) / (1.0 - np.array(chances)))
    assert odds[1] - odds[0] == pytest.approx(0.25, abs=1e-4)


@pytest.mark.parametrize(("outcome", "leaked"), [("yes", True), ("no", False)])
def test_R_A09_a_text_the_agencies_think_bad_leaks_one_time_in_five(outcome, leaked):
    levels = {"unrel": 1, "usrel": 1}
    found, _ = signed(levels)
    assert next(d.threshold for d in found.dice if d.key == "leak:text") == pytest.approx(0.2)
    forced = {**QUIET, "leak:text": outcome}
    found, _ = settle(
        a_world(), [], forced=forced, texts=(SignedText("t", "T", levels, "exchange", PARTIES),)
    )  # fmt: skip
    assert bool(rows(found, "R-A09b")) == leaked


def test_R_A09_no_die_is_thrown_for_a_text_the_agencies_can_live_with():
    found, _ = signed({"test": 1, "fac": 1})
    assert [d for d in found.dice if d.key == "leak:text"] == []


def test_R_A07_seoul_minds_normal_relations_over_its_head():
    assert rows(signed({"rec": 2})[0], "R-A07")
    assert rows(signed({"rec": 2, "test": 1, "sec": 1})[0], "R-A07") == []


def test_R_M05_relief_from_us_measures_in_a_text_lowers_them():
    found, _ = signed({"usrel": 1, "test": 1})
    assert amounts(found, "R-M05b") == {"us_sanctions": -7.5}


def test_R_L01_the_first_meeting_costs_political_capital_and_the_next_does_not():
    spent = []
    for held in (0, 1):
        world = a_world({"novelty_n": held})
        _, met = settle(world, orders("summit", "d_summit"), forced=QUIET)
        _, not_met = settle(world, [], forced=QUIET)
        spent.append(not_met.resources["potus.capital"][0] - met.resources["potus.capital"][0])
    assert spent == [8.0, 0.0]


@pytest.mark.parametrize("project", ["kaesong", "kumgang", "rail"])
def test_R_A05_no_joint_project_without_an_exemption(project):
    sheet = [Order("k", "rok", "kaesong_reopen", {"project": project})]
    found, _ = settle(a_world(), sheet, forced=QUIET)
    assert (found.orders[0].status, found.orders[0].rules) == ("blocked", ("R-A05",))
    freed, _ = settle(a_world(), [*sheet, *orders("un_exempt")], forced=QUIET)
    assert next(o for o in freed.orders if o.move == "kaesong_reopen").status == "done"


def test_R_L08_a_president_who_shrugs_off_a_short_range_test_spares_congress_the_reaction():
    shrug = [*orders("srbm"), Order("a", "potus", "accept_srbm")]
    assert rows(settle(a_world(), orders("srbm"), forced=QUIET)[0], "R-N04")
    assert rows(settle(a_world(), shrug, forced=QUIET)[0], "R-N04") == []
    assert rows(settle(a_world(), [*shrug, *orders("icbm")], forced=QUIET)[0], "R-N04"), "not a long-range one"


# --- patience (5.2) ---------------------------------------------------------------------------
def test_gains_that_arrive_later_are_worth_less_and_least_before_an_election():
    terms = case_terms(patient=False)
    us, dprk = terms.parties
    step = [np.asarray(1 if issue.kind == "sequence" else 0) for issue in terms.issues]
    last = [np.asarray(2 if issue.kind == "sequence" else 0) for issue in terms.issues]
    at_once = [np.asarray(0) for _ in terms.issues]
    calm, near = {"flag.election_near": 0.0}, {"flag.election_near": 1.0}
    assert [float(patience(terms, us, step, values)) for values in (calm, near)] == [0.97, 0.90]
    assert float(patience(terms, us, at_once, near)) == 1.0
    assert float(patience(terms, dprk, last, calm)) == pytest.approx(0.985**3)


def test_the_midterms_are_near_for_a_year_and_then_over():
    world, near = a_world(), []
    for turn in range(1, 10):
        _, world = settle(world, [], turn=turn, forced=QUIET)
        near.append(world.flag_map(the_case())["election_near"])
    assert near == [False, False, False, True, True, True, True, False, False]


# --- minimum trust (R-R04) --------------------------------------------------------------------
@pytest.mark.parametrize(
    ("t", "r", "p", "s", "least"),
    [(3.0, 4.0, 1.0, 0.0, 0.5), (1.0, 2.0, 1.0, 0.0, 0.5), (0.0, 3.0, 0.0, -1.0, 0.25), (4.0, 3.0, 1.0, 0.0, NEVER),
     (0.0, 1.0, 0.0, 0.5, 0.0)],
)  # fmt: skip
def test_R_R04_minimum_trust_is_the_loss_over_loss_and_gain(t, r, p, s, least):
    assert minimum_trust(temptation=t, reward=r, punishment=p, sucker=s) == pytest.approx(least)


def test_R_R04_a_side_signs_gladly_from_its_minimum_trust_on_and_not_below():
    terms = case_terms()
    levels = {"test": 1, "fac": 2, "ver": 1, "unrel": 1, "sec": 1, "rec": 2, "seq": 1}
    for party in terms.parties:
        needed = needed_trust(terms, party, levels, HANOI, BANKED)
        assert 0.0 < needed.trust < 1.0
        for shift, better in ((-0.01, False), (0.01, True)):
            believed = {**HANOI, party.trust: needed.trust + shift}
            verdict = hint(terms, party.id, believed, BANKED, levels)
            assert (verdict.trust_held >= needed.trust) == better
            found = needed_trust(terms, party, levels, believed, BANKED)
            assert found.enough == better
            assert found.trust == pytest.approx(needed.trust, abs=1e-9)


def test_R_R04_a_failed_meeting_says_to_control_which_side_believed_too_little():
    world = World.initial(the_case(), 1, "hanoi")
    found, _ = settle(world, orders("summit", "d_summit"), turn=9, forced=QUIET)
    assert found.summit is not None
    assert found.summit.result == "walk_away"
    told = [h for h in found.happenings if h.kind == "min_trust"]
    assert told
    assert {h.visible_to for h in told} == {()}
    assert {row.visibility for row in rows(found, "R-R04")} == {()}
    assert all(0 <= row.slots["held"] <= 1 for row in rows(found, "R-R04"))
    off, _ = settle(world, orders("summit", "d_summit"), turn=9, forced=QUIET, lenses=frozenset({"lead", "inst"}))
    assert rows(off, "R-R04") == []


# --- agencies on more than one side -----------------------------------------------------------
def two_camps() -> Scenario:
    """The case, with agencies in Seoul too: Tokyo's seat stands in for them and drags its feet on one order."""
    case = the_case()
    ours = case.implementations[0]
    theirs = msgspec.structs.replace(ours, side="ALLY", align="jpn_coh", preempt=None)
    seats = tuple(msgspec.structs.replace(s, superior="rok") if s.id == "jpn" else s for s in case.seats)
    drill = msgspec.structs.replace(case.move["live_fire"], executor="jpn", resist=0.9)
    moves = tuple(drill if move.id == drill.id else move for move in case.moves)
    return msgspec.structs.replace(case, implementations=(ours, theirs), seats=seats, moves=moves)


def test_R_I06_each_side_s_orders_go_through_its_own_agencies():
    case = two_camps()
    world = World.initial(case).with_values(case, {"bur_align": 100.0, "jpn_coh": 20.0})
    sheet = [Order("l", "rok", "live_fire"), Order("s", "potus", "suspend_ex")]
    found = resolve_turn(case, world, turn=3, orders=sheet, seed=1, forced=QUIET)
    by = {order.move: order for order in found.orders}
    assert by["suspend_ex"].fidelity == 1.0
    assert by["live_fire"].fidelity == pytest.approx(0.3)
    assert (by["live_fire"].told, by["live_fire"].directive) == ("done", "3:rok:live_fire:1")
