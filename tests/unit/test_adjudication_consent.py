"""Consent of allies: moves that ask for it and moves that need it (R-A10 to R-A12); what is refused does nothing."""

import msgspec
import numpy as np
import pytest

from adjudication.conditions import OrderFilter
from adjudication.effects import Convert
from adjudication.explain import outcome_for
from adjudication.legality import preview
from adjudication.orders import Consent, Order
from adjudication.resolve import resolve_batch, resolve_turn
from adjudication.results import Resolution
from adjudication.scenario.schema import Scenario
from adjudication.world import World
from tests.support.engine import a_world, everything, orders, settle, the_case

QUIET = {"clash": "no", "break": "no", "delay": "0"}
EXERCISE = orders("exercise")


def result(found: Resolution, move: str):
    return next(order for order in found.orders if order.move == move)


def rows(found: Resolution, rule: str):
    return [row for row in found.ledger if row.rule_id == rule]


def said(given: bool | None, sheet=EXERCISE) -> tuple[Consent, ...]:
    return (Consent(sheet[0].id, "rok", given),)


# --- needed -----------------------------------------------------------------------------------
@pytest.mark.parametrize(("answers", "status"), [((), "done"), (said(None), "done"), (said(True), "done"),
                                                 (said(False), "blocked")])  # fmt: skip
def test_R_A12_where_silence_counts_as_consent_only_a_refusal_stops_an_exercise(answers, status):
    found, _ = settle(a_world(), EXERCISE, forced=QUIET, consents=answers)
    assert result(found, "exercise").status == status
    if status == "blocked":
        assert result(found, "exercise").missing == ("no refusal by Seoul",)
        assert result(found, "exercise").rules == ("R-A12",)


def strict() -> Scenario:
    """The case, with exercises that need a spoken consent, which Seoul's promise of unity may stand for."""
    case = the_case()
    move = msgspec.structs.replace(case.move["exercise"], unanswered="refused", consent_by=("assure_washington",))
    return msgspec.structs.replace(case, moves=tuple(move if m.id == move.id else m for m in case.moves))


def strictly(sheet, answers=(), **more) -> Resolution:
    return resolve_turn(
        strict(), World.initial(strict()), turn=3, orders=sheet, seed=1, forced=QUIET, consents=answers, **more
    )


@pytest.mark.parametrize(("answers", "status"), [((), "blocked"), (said(None), "blocked"), (said(True), "done"),
                                                 (said(False), "blocked")])  # fmt: skip
def test_R_A12_where_consent_has_to_be_spoken_silence_stops_it(answers, status):
    assert result(strictly(EXERCISE, answers), "exercise").status == status


def test_R_A12_a_refusal_says_what_is_missing_in_the_words_of_the_case():
    found = result(strictly(EXERCISE), "exercise")
    assert found.missing == ("the consent of Seoul, given in the same quarter",)
    assert found.reason == "It needs their consent. Missing: the consent of Seoul, given in the same quarter."


def test_R_A12_an_order_of_the_ally_may_stand_for_its_consent_and_a_spoken_no_outweighs_it():
    sheet = [*EXERCISE, Order("a", "rok", "assure_washington")]
    assert result(strictly(sheet), "exercise").status == "done"
    assert result(strictly(sheet, said(False)), "exercise").status == "blocked"


def test_R_A12_without_the_lens_of_institutions_nobody_has_to_consent():
    found = strictly(EXERCISE, said(False), lenses=frozenset({"lead", "rat"}))
    assert result(found, "exercise").status == "done"


def test_R_A12_settles_alike_alone_and_in_a_batch():
    batch = resolve_batch(
        strict(), World.initial(strict(), 2), turn=3, orders=EXERCISE, seeds=(1, 2), forced=QUIET, consents=said(False)
    )
    single = World.from_payload(strict(), strictly(EXERCISE, said(False)).world)
    assert np.array_equal(batch.world.values[:, :1], single.values)
    assert not batch.executed[EXERCISE[0].id].any()


def test_R_A12_a_preview_calls_a_move_conditional_where_consent_has_to_be_spoken():
    hints = []
    for case in (the_case(), strict()):
        found = preview(case, "defense", readings={}, clauses={}, flags={}, turn=1, sheet=[])
        shown = next(s for s in found if s.move == "exercise")
        hints.append([hint for hint in shown.unlock if "consent" in hint])
        assert shown.state == "conditional"
    assert hints == [[], ["the consent of Seoul, given in the same quarter"]]


# --- asked ------------------------------------------------------------------------------------
def test_R_A10_being_asked_is_enough_even_without_an_answer():
    sheet = orders("limited_strike")
    bare, _ = settle(a_world(), sheet, forced=QUIET)
    asked, _ = settle(a_world(), sheet, forced=QUIET, consents=said(None, sheet))
    assert rows(bare, "R-A10")
    assert rows(asked, "R-A10") == []


def test_R_A11_a_refusal_in_confidence_costs_like_one_in_the_open_and_vetoes_no_strike():
    sheet = orders("limited_strike")
    found, _ = settle(a_world(), sheet, forced=QUIET, consents=said(False, sheet))
    assert result(found, "limited_strike").status != "blocked"
    assert {row.var for row in rows(found, "R-A11")} == {"rok_coh", "rok_entrap", "approval_nk"}


# --- what is refused does nothing (property 23) -----------------------------------------------
def test_a_refused_order_cancels_nothing_it_excludes():
    case = the_case()
    stern = msgspec.structs.replace(case.move["call_off"], needs=("rok",))
    case = msgspec.structs.replace(case, moves=tuple(stern if m.id == stern.id else m for m in case.moves))
    sheet = [Order("c", "potus", "call_off"), *orders("summit", "d_summit")]
    found = resolve_turn(case, World.initial(case), turn=6, orders=sheet, seed=1, forced=QUIET)
    assert result(found, "call_off").status == "blocked"
    assert result(found, "summit").status == "done"


def test_a_refused_order_campaigns_for_no_vote():
    case = the_case()
    push = next(m for m in case.moves if any(getattr(e, "event", "") == "unsc" for e in m.effects))
    stern = msgspec.structs.replace(push, needs=tuple(s.id for s in case.seats if s.id not in push.seats)[:1])
    muted = msgspec.structs.replace(case, moves=tuple(stern if m.id == stern.id else m for m in case.moves))
    vote = orders("un_res")
    sheet = [*vote, Order("p", push.seats[0], push.id)]
    chances = [
        next(d.threshold for d in resolve_turn(c, World.initial(c), turn=3, orders=o, seed=1).dice if "unsc" in d.key)
        for c, o in ((case, vote), (case, sheet), (muted, sheet))
    ]
    assert chances[0] == chances[2]
    assert chances[1] > chances[0]


def test_a_refused_order_leaves_the_world_where_it_was():
    _quiet, end = settle(a_world(), [], forced=QUIET)
    found, other = settle(a_world(), EXERCISE, forced=QUIET, consents=said(False))
    moved = {n for n, x in everything(other).items() if x != everything(end)[n]}
    assert moved <= {"aud_us"}, "a public order that was refused costs words (R-I01)"
    assert result(found, "exercise").returned


# --- converted --------------------------------------------------------------------------------
def converting() -> Scenario:
    """The case, with a troop cut below the floor carried out as a demand for money."""
    case = the_case()
    rule = msgspec.structs.replace(
        case.rule["R-I07"], on=OrderFilter(moves=("troop_cut",)), otherwise=(Convert("burden_demand"),)
    )
    return msgspec.structs.replace(case, rules=tuple(rule if r.id == rule.id else r for r in case.rules))


def test_an_order_that_fails_a_gate_may_be_carried_out_as_something_smaller():
    case = converting()
    world = World.initial(case).with_values(case, {"flag.troop_floor": 1, "bur_align": 100.0})
    sheet = [Order("t", "potus", "troop_cut")]
    found = resolve_turn(case, world, turn=11, orders=sheet, seed=1, forced=QUIET)
    assert result(found, "troop_cut").status == "converted"
    stand_in = result(found, "burden_demand")
    assert (stand_in.id, stand_in.seat, stand_in.status) == ("t>burden_demand", "potus", "done")
    own = outcome_for(case, found, world, view="seat:potus", readings_before={}, readings_after={}).own_orders
    assert [o.text for o in own if o.move == "troop_cut"] == [
        f"“{case.move['troop_cut'].text.order}” was carried out in another form."
    ]
    batch = resolve_batch(case, world, turn=11, orders=sheet, seeds=(1,), forced=QUIET)
    assert np.array_equal(batch.world.values, World.from_payload(case, found.world).values)
