"""Rules with a memory or a second party: arguments, reversals, clocks, consent, invitations, votes nobody ordered."""

import numpy as np
import pytest

from adjudication.legality import preview
from adjudication.orders import Order, Override
from adjudication.readings import make_readings
from adjudication.results import Resolution
from adjudication.world import World
from tests.support.engine import a_world, after, everything, orders, settle, the_case

QUIET = {"clash": "no", "break": "no", "delay": "0"}


def result(found: Resolution, move: str):
    return next(order for order in found.orders if order.move == move)


def rows(found: Resolution, rule: str):
    return [row for row in found.ledger if row.rule_id == rule]


def die(found: Resolution, start: str):
    return next(d for d in found.dice if d.key.startswith(start))


# --- arguments and reversals ------------------------------------------------------------------
@pytest.mark.parametrize(("granted", "counted"), [(2, 2), (-3, -3), (9, 3)])
def test_R_F02_a_net_argument_shifts_the_odds_of_success_by_four_tenths_each(granted, counted):
    sheet, world = orders("un_res"), a_world({"provocation": 40})
    plain, argued = (die(settle(world, sheet, arguments=grants)[0], "unsc") for grants in ({}, {sheet[0].id: granted}))
    odds = [np.log(d.threshold / (1 - d.threshold)) for d in (plain, argued)]
    assert odds[1] - odds[0] == pytest.approx(0.4 * counted, abs=1e-4)
    assert plain.u == argued.u


def test_R_F02_an_argument_for_an_order_makes_delay_less_likely_and_is_on_record():
    sheet = orders("suspend_ex")
    plain, _ = settle(a_world(), sheet)
    argued, _ = settle(a_world(), sheet, arguments={sheet[0].id: 3})
    assert die(argued, "delay").threshold < die(plain, "delay").threshold
    assert rows(argued, "R-F02")[0].slots["n"] == 3.0
    assert rows(plain, "R-F02") == []


@pytest.mark.parametrize(("groundwork", "cost"), [(10.0, 6.0), (60.0, 9.0)])
def test_R_I15_a_confirmed_reversal_costs_capital_and_more_with_a_standing_process(groundwork, cost):
    sheet, world = orders("threat"), a_world({"institution": groundwork})
    ruling = Override("r1", "reversal", sheet[0].id, reason="praise last quarter, fire this one")
    kept, spent = (
        settle(world, sheet, forced=QUIET, overrides=rulings)[1].resources["potus.capital"][0]
        for rulings in ((), (ruling,))
    )
    assert kept - spent == pytest.approx(cost)


# --- clocks -----------------------------------------------------------------------------------
def test_R_I14_a_second_strike_needs_an_authorisation_and_a_first_does_not():
    world = a_world({"congress_res": 85.0})
    first, struck = settle(world, orders("limited_strike"), turn=3, forced=QUIET)
    assert result(first, "limited_strike").status != "blocked"
    second, _ = settle(struck, orders("limited_strike"), turn=4, forced=QUIET)
    assert "R-I14" in result(second, "limited_strike").rules
    assert result(second, "limited_strike").missing == ("Congressional resistance at most 60",)
    willing = struck.with_values(the_case(), {"congress_res": 40.0})
    assert (
        result(settle(willing, orders("limited_strike"), turn=4, forced=QUIET)[0], "limited_strike").status != "blocked"
    )


def test_R_I14_a_preview_shows_the_gate_only_while_the_clock_runs():
    case = the_case()
    shown = []
    for running in (0, 1):
        world = a_world({"congress_res": 95.0, "flag.hostilities": running})
        made, _ = make_readings(case, world, turn=1, seed="s", errors={})
        found = preview(
            case, "potus", readings={r.variable: r for r in made["potus"]}, clauses=world.clause_map(case),
            flags=world.flag_map(case), turn=1, sheet=[], capital=60.0,
        )  # fmt: skip
        shown.append(next(status for status in found if status.move == "limited_strike").state)
    assert shown == ["available", "locked"]


def test_R_I14_the_clock_costs_while_it_runs_and_stops_when_the_guns_do():
    _, struck = settle(a_world({"congress_res": 85.0}), orders("limited_strike"), turn=3, forced=QUIET)
    running, _ = settle(struck.with_values(the_case(), {"tension": 90.0}), [], turn=4, forced=QUIET)
    assert {row.var for row in rows(running, "R-I14c")} == {"congress_res", "approval_nk"}
    calm = struck.with_values(the_case(), {"tension": 40.0})
    _, after_one = settle(calm, [], turn=4, forced=QUIET)
    _, over = settle(after_one.with_values(the_case(), {"tension": 40.0}), [], turn=5, forced=QUIET)
    assert not over.flag_map(the_case())["hostilities"]


def test_R_I16_a_test_after_the_oil_clause_puts_the_cut_on_the_table_next_turn():
    world = a_world({"un_sanctions": 95.0, "provocation": 30.0, "flag.oil_clause": 1})
    tested, end = settle(world, orders("icbm"), turn=3, forced=QUIET)
    assert not [d for d in tested.dice if d.key == "unsc:oil"]
    again = end.with_values(the_case(), {"un_sanctions": 50.0, "provocation": 30.0, "china_us": 50.0})
    found, cut = settle(again, [], turn=4, forced={**QUIET, "unsc": "adopted"})
    plain = 1 / (1 + np.exp(-(-3.2 + 0.07 * 30 + 0.02 * 50)))
    assert die(found, "unsc:oil").threshold == pytest.approx(plain + 0.15, abs=1e-5)
    assert rows(found, "R-I16")[-1].var in ("un_sanctions", "tension")
    assert everything(cut)["un_sanctions"] > 55.0
    assert [h.text for h in found.happenings if h.rule == "R-I16"] == [
        "The Council cut oil as Resolution 2397 foresees."
    ]
    later, _ = settle(cut, [], turn=5, forced=QUIET)
    assert not [d for d in later.dice if d.key == "unsc:oil"]


def test_R_I16_without_the_clause_a_test_tables_nothing():
    _, end = settle(a_world({"un_sanctions": 60.0}), orders("icbm"), turn=3, forced=QUIET)
    assert not [d for d in settle(end, [], turn=4, forced=QUIET)[0].dice if d.key == "unsc:oil"]


def test_R_N05_congress_softens_only_when_checked_steps_have_stood_two_turns():
    world = a_world({"clause.fac": 2, "clause.ver": 2})
    first, end = settle(world, [], turn=3, forced=QUIET)
    second, _ = settle(end, [], turn=4, forced=QUIET)
    assert rows(first, "R-N05") == []
    assert [row.raw for row in rows(second, "R-N05")] == [-1.0]


# --- allies -----------------------------------------------------------------------------------
def test_R_A10_an_order_that_needs_seouls_consent_costs_when_seoul_was_not_asked():
    bare, _ = settle(a_world(), orders("limited_strike"), forced=QUIET)
    asked, _ = settle(a_world(), orders("limited_strike", "consult"), forced=QUIET)
    assert {row.var for row in rows(bare, "R-A10")} == {"rok_coh", "rok_aband"}
    assert rows(asked, "R-A10") == []


def test_R_A11_an_open_refusal_costs_more_and_is_still_no_veto():
    sheet = [*orders("limited_strike", "consult"), Order("v", "rok", "veto_strike")]
    found, _ = settle(a_world(), sheet, forced=QUIET)
    assert result(found, "limited_strike").status != "blocked"
    assert {row.var for row in rows(found, "R-A11")} == {"rok_coh", "rok_entrap", "approval_nk"}


ROOM = {"tension": 60.0, "missile_cap": 82.0, "flag.moratorium": 1}


def _surplus(found: Resolution, side: str) -> float:
    assert found.summit is not None
    return found.summit.surplus["vague"][side]


def test_R_A04_allies_move_the_presidents_utility_by_three_hundredths_at_most():
    heard = [
        Order(f"a{n}", seat, move)
        for n, (seat, move) in enumerate(
            [("rok", "mediate"), ("rok", "ik_summit"), ("rok", "assure_washington"), ("jpn", "jpn_fund")]
        )
    ]
    lobbied = [Order("l1", "jpn", "jpn_lobby"), Order("l2", "jpn", "abductions")]
    world = a_world(ROOM)
    sheet = orders("summit", "d_summit")
    plain, warm, cold = (settle(world, [*sheet, *more])[0] for more in ([], heard, lobbied))
    assert _surplus(warm, "US") - _surplus(plain, "US") == pytest.approx(0.03, abs=2e-6)
    assert _surplus(cold, "US") - _surplus(plain, "US") == pytest.approx(-0.03, abs=2e-6)
    assert _surplus(warm, "DPRK") == pytest.approx(_surplus(plain, "DPRK"), abs=1e-9)
    assert [row.visibility for row in rows(warm, "R-A04")] == [()]


def _met(world: World, sheet, **more) -> bool:
    return settle(world, sheet, forced=QUIET, **more)[0].summit is not None


def test_R_A06_an_invitation_carried_by_seoul_is_accepted_where_the_north_has_not_answered():
    sheet = orders("summit", "mediate")
    assert _met(a_world(ROOM), sheet)
    assert not _met(a_world(ROOM), orders("summit")), "without Seoul nobody carries it"
    assert not _met(a_world({**ROOM, "flag.moratorium": 0}), sheet), "before the pivot there is no opening"
    found, _ = settle(a_world(ROOM), sheet, forced=QUIET)
    assert result(found, "d_summit").rules == ("R-A06",)


def test_R_A06_never_accepts_for_a_person_who_ordered_something_else():
    sheet = orders("summit", "mediate", "d_talks")
    assert not _met(a_world(ROOM), sheet)
    assert _met(a_world(ROOM), sheet, bots=("dprk",)), "a bot only has to have said no"
    assert not _met(a_world(ROOM), [*sheet, *orders("d_break_talks")], bots=("dprk",))


def test_R_A06_declines_where_every_headline_text_is_worse_than_waiting():
    world = a_world({**ROOM, "trust_dprk": 0.02, "clause.test": 1, "clause.fac": 1, "clause.sec": 1, "clause.rec": 1,
                     "missile_cap": 100.0, "novelty_n": 3, "tension": 10.0})  # fmt: skip
    assert not _met(world, orders("summit", "mediate"))


def test_the_wider_rules_settle_alike_alone_and_in_a_batch():
    sheet = [*orders("summit", "mediate", "limited_strike", "un_res"), Order("v", "rok", "veto_strike")]
    world = a_world({**ROOM, "flag.oil_due": 1})
    _, single = settle(world, sheet, seed=1, bots=("dprk",), arguments={sheet[3].id: 2})
    batch = after(world, sheet, seed=1, bots=("dprk",), arguments={sheet[3].id: 2})
    assert np.array_equal(batch.world.values, single.values)
    assert np.array_equal(batch.world.flags, single.flags)
