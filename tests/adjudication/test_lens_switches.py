"""What each switch turns off, line by line of the table of section 4; and the four differences that always appear."""

import numpy as np
import pytest

from adjudication.counterfactual import Change, Comparison, counterfactual
from adjudication.lenses import ALL, PRESETS
from adjudication.played import recorded_game
from negotiation.valuation import delivery, reservation
from tests.support.bargaining import HANOI
from tests.support.engine import a_world, orders, settle, the_case

NO_LEAD, NO_INST, NO_RAT = (ALL - {lens} for lens in ("lead", "inst", "rat"))
CALM = {"clash": "no"}
MEETING = {"institution": 10.0, "flag.moratorium": 1, "tension": 60.0, "missile_cap": 80.0}


def rows(found, variable):
    return {row.rule_id: row.applied for row in found.ledger if row.var == variable}


def met(lenses, **changes):
    """A meeting of the leaders without a signed text, in a state like that of the first."""
    return settle(a_world(MEETING | changes), orders("summit", "d_summit"), lenses=lenses, forced=CALM)[0]


# --- the four differences that should always appear -----------------------------------------------
@pytest.fixture(scope="module")
def against() -> dict[str, Comparison]:
    """The record under each preset against the record as it is."""
    record = recorded_game(the_case())
    return {name: counterfactual(record, Change(lenses=lenses), runs=60) for name, lenses in PRESETS.items()}


def ended(done: Comparison, name: str):
    return next(one.band for one in done.ended if one.id == name)


def test_1_without_leadership_the_dprk_stands_lower_and_approval_is_flatter(against):
    done = against["no_leadership"]
    assert ended(done, "dprk_status").high < 0
    whole, plain = (
        np.ptp([getattr(turn.variables["approval_nk"], side) for turn in done.turns[4:]])
        for side in ("original", "changed")
    )
    assert plain < whole


def test_2_without_institutions_more_is_signed_in_texts_and_more_often_in_force(against):
    done = against["no_institutions"]
    texts = sum(turn.events["signed_text"].delta for turn in done.turns if "signed_text" in turn.events)
    assert texts > 0.5
    assert ended(done, "in_force").delta > 0.2


def test_3_without_leadership_the_same_orders_of_2017_carry_less_danger_of_a_clash(against):
    assert sum(turn.risk["p_clash"].delta for turn in against["no_leadership"].turns[:4]) < 0


def test_4_under_rational_choice_alone_escalation_stays_bounded(against):
    assert ended(against["rational_only"], "war_risk").changed < 0.1


# --- leadership off ---------------------------------------------------------------------------------
def test_without_leadership_a_meeting_is_a_meeting_like_others():
    whole, plain = met(ALL), met(NO_LEAD)
    assert rows(plain, "approval_nk")["R-M07"] > 0
    assert "R-M07" not in rows(whole, "approval_nk")
    assert "R-L02" not in rows(plain, "approval_nk")
    assert rows(whole, "approval_nk")["R-L02"] > rows(plain, "approval_nk")["R-M07"]
    assert not rows(plain, "personalization")
    assert not rows(plain, "rapport")


def test_without_leadership_there_is_no_media_payoff_and_no_loss_frame():
    party = the_case().negotiation.party("US")
    world = HANOI | {"approval_nk": 30.0}
    assert reservation(party, world, ALL) == pytest.approx(reservation(party, world, NO_LEAD) - 0.03)
    surplus = [met(lenses).summit.surplus["vague"]["US"] for lenses in (ALL, NO_LEAD)]
    assert surplus[0] - surplus[1] > 0.1


@pytest.mark.parametrize("move", ["threat", "praise"])
def test_without_leadership_a_leaders_words_are_a_quarter_of_themselves(move):
    whole, plain = (settle(a_world(), orders(move), lenses=lenses, forced=CALM)[0] for lenses in (ALL, NO_LEAD))
    for variable in ("tension", "trust_dprk"):
        raw = [
            next(r.raw for r in found.ledger if r.var == variable and r.cause.id.endswith(move))
            for found in (whole, plain)
        ]
        assert raw[1] == pytest.approx(raw[0] / 4)


def test_without_leadership_nobody_is_impatient_and_danger_is_not_personal():
    talks = orders("working_talks")
    assert "R-L04" in rows(settle(a_world(), talks, forced=CALM)[0], "approval_nk")
    assert "R-L04" not in rows(settle(a_world(), talks, lenses=NO_LEAD, forced=CALM)[0], "approval_nk")
    hot = {"personalization": 90.0, "rapport": 0.0}
    same = [settle(a_world(hot | more), [], lenses=NO_LEAD, forced=CALM)[0].p_clash
            for more in ({}, {"personalization": 10.0}, {"rapport": 90.0})]  # fmt: skip
    assert len(set(same)) == 1


# --- institutions off ---------------------------------------------------------------------------------
def test_without_institutions_nothing_is_gated_diluted_or_delayed():
    sheet = orders("suspend_ex", "waiver", "un_res")
    slow = {"bur_align": 5.0}
    whole = settle(a_world(slow), sheet, forced={"clash": "no", "delay": "0", "unsc": "failed"})[0]
    free = settle(a_world(slow), sheet, lenses=NO_INST, forced={"clash": "no", "delay": "1", "unsc": "failed"})[0]
    by_move = [{one.move: one for one in found.orders} for found in (whole, free)]
    assert by_move[0]["un_res"].status == "blocked"
    assert by_move[0]["suspend_ex"].fidelity < 1
    assert {(one.status, one.fidelity, one.delay) for one in by_move[1].values()} == {("done", 1.0, 0)}


def test_without_institutions_a_prepared_text_is_always_on_the_table():
    whole, free = met(ALL).summit, met(NO_INST).summit
    assert (whole.prepared, free.prepared) == (False, True)
    assert free.choice == "prepared"


def test_without_institutions_the_agencies_neither_drift_nor_decide_and_the_channel_counts_half():
    free = settle(a_world({"bur_align": 20.0}), orders("threat", "suspend_ex"), lenses=NO_INST, forced=CALM)[0]
    assert not rows(free, "bur_align")
    terms, party = the_case().negotiation, the_case().negotiation.party("US")
    package = [np.asarray(level) for level in (1, 2, 0, 1, 1, 0, 1, 2, 0)]
    believed = {
        institution: delivery(terms, party, package, HANOI | {"institution": institution}, lenses, 0.55)[0]
        for institution, lenses in ((0.0, NO_INST), (100.0, NO_INST), (50.0, ALL))
    }
    assert len({float(np.asarray(one)) for one in believed.values()}) == 1


def test_without_institutions_no_rule_of_law_or_alliance_fires():
    sheet = orders("threat", "exercise", "suspend_ex", "un_res", "icbm", "mediate", "working_talks")
    free = settle(a_world({"tension": 80.0}), sheet, lenses=NO_INST, forced=CALM)[0]
    assert not {row.rule_id for row in free.ledger if row.rule_id.startswith(("R-I", "R-A"))}


# --- rational choice off --------------------------------------------------------------------------------
def test_without_rational_choice_beliefs_stand_promises_are_believed_and_waiting_is_worth_nothing():
    found = settle(a_world(), orders("threat", "icbm", "suspend_ex"), lenses=NO_RAT, forced=CALM)[0]
    assert not [row for row in found.ledger if row.var in ("trust_us", "trust_dprk", "res_us", "res_dprk")]
    terms = the_case().negotiation
    package = [np.asarray(level) for level in (1, 2, 0, 1, 1, 0, 1, 2, 0)]
    for party in terms.parties:
        assert reservation(party, HANOI, NO_RAT) == 0.0
        assert delivery(terms, party, package, HANOI, NO_RAT, 0.55)[0] == 1.0


def test_without_rational_choice_an_arsenal_deters_nobody():
    chances = {}
    for lenses in (ALL, NO_RAT):
        for cap in (0.0, 90.0):
            world = a_world({"missile_cap": cap, "tension": 80.0})
            found = settle(world, [], lenses=lenses, forced={"clash": "yes", "war": "no"})[0]
            chances[lenses, cap] = next(die.threshold for die in found.dice if die.key == "war")
    assert chances[ALL, 90.0] < chances[ALL, 0.0]
    assert chances[NO_RAT, 90.0] == chances[NO_RAT, 0.0]
