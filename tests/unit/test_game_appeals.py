"""Arguments granted to orders, and appeals: who may, once, until when, and what an upheld one corrects."""

import pytest

from tests.support.builders import CONTROL, Game, a_game, player
from wargame.game import commands as c
from wargame.game.rejections import Rejected


def planning(**more) -> Game:  # type: ignore[no-untyped-def]
    game = a_game(**more).with_seats("potus", "state", "dprk", "rok").started().in_phase("plan")
    argument = "An ANGRY-NEIGHBOUR votes with us."
    return game.do(player("state"), c.OrderDraft(order="v", move="un_res", argument=argument))


def settled(**more) -> Game:  # type: ignore[no-untyped-def]
    return planning(**more).in_phase("outcome")


def lodge(order: str = "state:v") -> c.AppealLodge:
    return c.AppealLodge(order=order, text="Two members had promised their votes.")


def appealed() -> tuple[Game, str]:
    game = settled().do(player("state"), lodge())
    return game, next(iter(game.state.appeals))


# --- arguments --------------------------------------------------------------------------------
def test_an_argument_goes_with_the_order_to_control_and_nobody_else() -> None:
    game = planning()
    for view in ("seat:state", "control"):
        assert "ANGRY-NEIGHBOUR" in game.seen(view, "order")["state:v"].argument  # type: ignore[attr-defined]
    assert all(
        "ANGRY-NEIGHBOUR" not in repr(row.value) for row in game.told if row.view not in ("seat:state", "control")
    )


def test_granted_arguments_shift_the_odds_of_the_vote_and_re_roll_nothing() -> None:
    plain = planning().in_phase("lock").state.proposal
    game = planning().do(CONTROL, c.ArgumentGrant(order="state:v", net=3, reason="Well argued")).in_phase("lock")
    assert plain is not None
    assert game.state.proposal is not None
    before, after = ({d.key: d for d in found.dice} for found in (plain, game.state.proposal))
    vote = next(key for key in before if key.startswith("unsc:"))
    assert after[vote].threshold > before[vote].threshold
    assert all(after[key].u == die.u for key, die in before.items())


def test_a_grant_is_control_s_secret_until_the_outcome_and_then_on_the_card_of_its_seat() -> None:
    game = planning()
    others = ("seat:state", "seat:potus", "seat:dprk", "public")
    before = {view: len(game.feed(view)) for view in others}
    game.do(CONTROL, c.ArgumentGrant(order="state:v", net=2, reason="Well argued"))
    assert before == {view: len(game.feed(view)) for view in others}
    assert game.seen("control", "grant")["state:v"].net == 2  # type: ignore[attr-defined]
    game.in_phase("outcome")
    card = game.seen("seat:state", "card")["1:state:v"]
    assert (card.net, "ANGRY-NEIGHBOUR" in card.argument) == (2, True)  # type: ignore[attr-defined]
    assert "R-F02" in {rule.id for rule in card.rules}  # type: ignore[attr-defined]
    assert "1:state:v" not in game.seen("seat:potus", "card")


def test_a_grant_needs_an_order_of_this_turn_and_falls_when_the_order_becomes_another() -> None:
    game = planning()
    assert game.refused(CONTROL, c.ArgumentGrant(order="state:none", net=1)) == "argument.order_unknown"
    assert game.refused(CONTROL, c.ArgumentGrant(order="state:v", net=0)) == "argument.unchanged"
    game.do(CONTROL, c.ArgumentGrant(order="state:v", net=2))
    assert game.refused(CONTROL, c.ArgumentGrant(order="state:v", net=2)) == "argument.unchanged"
    game.do(player("state"), c.OrderWithdraw(order="v"))
    assert game.state.grants == {}
    assert game.seen("control", "grant")["state:v"].net == 0  # type: ignore[attr-defined]
    game.in_phase("outcome")
    assert game.refused(CONTROL, c.ArgumentGrant(order="state:v", net=1)) == "argument.order_unknown"


def test_a_grant_while_the_proposal_waits_settles_the_turn_again() -> None:
    game = planning().in_phase("lock")
    game.do(CONTROL, c.ArgumentGrant(order="state:v", net=-3, reason="Moscow spoke against it"))
    assert [r.kind for r in game.last] == ["argument.granted", "turn.reproposed"]


# --- appeals ----------------------------------------------------------------------------------
def test_an_appeal_is_known_to_its_seat_and_control_only() -> None:
    game = settled()
    others = ("seat:potus", "seat:dprk", "seat:rok", "observer", "public")
    before = {view: len(game.feed(view)) for view in others}
    game.do(player("state"), lodge())
    appeal = next(iter(game.state.appeals))
    answer = c.AppealAnswer(appeal=appeal, verdict="upheld", text="They had.", variable="un_sanctions", delta=2.0)
    game.do(CONTROL, answer)
    assert before == {view: len(game.feed(view)) for view in others}
    for view in ("seat:state", "control"):
        seen = game.seen(view, "appeal")[appeal]
        assert (seen.status, seen.answer, seen.applies) == ("upheld", "They had.", 2)  # type: ignore[attr-defined]


def test_an_order_is_appealed_once_by_its_own_seat_until_the_next_lock() -> None:
    game = settled()
    assert game.refused(player("potus"), lodge()) == "appeal.order_unknown"
    assert game.refused(player("state"), lodge("state:none")) == "appeal.order_unknown"
    assert game.refused(player("state"), c.AppealLodge(order="state:v", text="    ")) == "text.empty"
    game.do(player("state"), lodge())
    assert game.refused(player("state"), lodge()) == "appeal.order_unknown"
    late = settled().at_turn(2).in_phase("negotiate")
    assert not isinstance(late.try_(player("state"), lodge()), Rejected)
    assert late.in_phase("lock").refused(player("state"), lodge()) == "appeal.order_unknown"


def test_an_open_appeal_outlives_the_turn_and_is_answered_once() -> None:
    game, appeal = appealed()
    game.at_turn(3)
    game.do(CONTROL, c.AppealAnswer(appeal=appeal, verdict="declined", text="The vote was counted."))
    assert game.seen("seat:state", "appeal")[appeal].status == "declined"  # type: ignore[attr-defined]
    again = c.AppealAnswer(appeal=appeal, verdict="upheld", text="On second thoughts.")
    assert game.refused(CONTROL, again) == "appeal.unknown"


def test_a_correction_is_applied_with_the_next_settlement_and_never_again() -> None:
    plain, (game, appeal) = settled(), appealed()
    answer = c.AppealAnswer(appeal=appeal, verdict="upheld", text="Granted.", variable="un_sanctions", delta=4.0)
    game.do(CONTROL, answer)
    for each in (plain, game):
        each.at_turn(2).in_phase("lock")
    first, second = plain.state.proposal, game.state.proposal
    assert first is not None
    assert second is not None
    moved = second.world["values"]["un_sanctions"] - first.world["values"]["un_sanctions"]
    assert moved == pytest.approx(4.0)
    rows = [r for r in second.ledger if r.cause.id == appeal]
    assert [(r.rule_id, r.slots["reason"]) for r in rows] == [("R-F01", "Granted.")]
    assert game.do(CONTROL, c.RulingAccept(turn=2)).state.corrections == ()


def test_a_correction_made_while_a_proposal_waits_joins_it() -> None:
    game, appeal = appealed()
    game.at_turn(2).in_phase("lock")
    game.do(
        CONTROL,
        c.AppealAnswer(appeal=appeal, verdict="upheld", text="Granted.", variable="un_sanctions", delta=-4.0),
    )
    assert [r.kind for r in game.last] == ["appeal.answered", "turn.reproposed"]
    assert game.seen("control", "appeal")[appeal].applies == 2  # type: ignore[attr-defined]


def test_a_correction_stays_within_the_declared_variables_and_needs_a_turn_to_come() -> None:
    game, appeal = appealed()
    for variable in ("moon", "cum_nowar"):
        answer = game.try_(
            CONTROL, c.AppealAnswer(appeal=appeal, verdict="upheld", text="Granted.", variable=variable, delta=1.0)
        )
        assert isinstance(answer, Rejected)
        assert answer.code == "ruling.variable_unknown"
        assert "tension" in answer.params["allowed"]  # type: ignore[operator]
    declined = c.AppealAnswer(appeal=appeal, verdict="declined", text="No.", variable="tension", delta=1.0)
    assert game.refused(CONTROL, declined) == "appeal.no_correction"
    game.do(CONTROL, c.GameEnd(reason="Enough"))
    late = c.AppealAnswer(appeal=appeal, verdict="upheld", text="Granted.", variable="tension", delta=1.0)
    assert game.refused(CONTROL, late) == "appeal.too_late"
    game.do(CONTROL, c.AppealAnswer(appeal=appeal, verdict="upheld", text="You were right."))


def test_a_seat_is_told_which_variable_is_corrected_only_where_it_reads_it_exactly() -> None:
    game = planning()
    game.do(player("dprk"), c.OrderDraft(order="a", move="icbm")).in_phase("outcome")
    game.do(player("dprk"), c.AppealLodge(order="dprk:a", text="It flew."))
    appeal = next(iter(game.state.appeals))
    game.do(CONTROL, c.AppealAnswer(appeal=appeal, verdict="upheld", text="It did.", variable="rok_entrap", delta=2.0))
    assert game.seen("seat:dprk", "appeal")[appeal].variable == ""  # type: ignore[attr-defined]
    assert game.seen("control", "appeal")[appeal].variable == "rok_entrap"  # type: ignore[attr-defined]
