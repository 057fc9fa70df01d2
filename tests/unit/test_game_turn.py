"""From locked sheets to the outcome: proposal, rulings, release, signed texts, the next turn and the end."""

import pytest

from tests.support.builders import CONTROL, Game, a_game, player
from wargame.game import commands as c
from wargame.game.case import move_of
from wargame.game.decide.params import check_params


def locked(style: str = "semi_rigid", **more) -> Game:  # type: ignore[no-untyped-def]
    game = a_game(style=style, **more).with_seats("potus", "dprk").started().in_phase("plan")
    game.do(player("dprk"), c.OrderDraft(order="a", move="icbm"))
    game.do(player("potus"), c.OrderDraft(order="a", move="threat"))
    return game


def proposed() -> Game:
    return locked().in_phase("lock")


def kinds(game: Game) -> list[str]:
    return [r.kind for r in game.last]


def test_the_proposal_waits_for_control_in_semi_rigid_style() -> None:
    game = proposed()
    assert game.state.proposal is not None
    assert game.state.phase == "lock"
    assert game.refused(CONTROL, c.PhaseEnd(expect="lock")) == "ruling.pending"
    game.do(CONTROL, c.RulingAccept(turn=1))
    assert game.state.proposal is None
    assert game.state.phase == "outcome"


def test_rigid_style_releases_at_once() -> None:
    game = locked("rigid")
    while game.state.phase in ("plan", "negotiate"):
        game.do(CONTROL, c.PhaseEnd(expect=game.state.phase))
    assert game.state.phase == "outcome"
    assert "turn.resolved" in [r.kind for r in game.log]


def test_only_control_sees_the_proposal_and_nobody_else_gets_a_row_before_the_release() -> None:
    game = locked()
    game.do(CONTROL, c.PhaseEnd(expect="plan"))
    counts = {v: len(game.feed(v)) for v in ("seat:potus", "seat:dprk", "seat:rok", "public")}
    game.do(CONTROL, c.PhaseEnd(expect="negotiate"))
    assert game.seen("control", "proposal")["turn@1"].status == "pending"  # type: ignore[attr-defined]
    before = {v: len(game.feed(v)) for v in counts}
    game.do(CONTROL, c.RulingEdit(turn=1, variable="tension", delta=5, reason="A war scare in Seoul"))
    assert before == {v: len(game.feed(v)) for v in counts}


def test_a_ruling_changes_the_proposal_and_keeps_every_die() -> None:
    game = proposed()
    first = game.state.proposal
    assert first is not None
    game.do(CONTROL, c.RulingReplace(turn=1, order="dprk:a", outcome="blocked", reason="The engine failed on the pad"))
    ruled = game.state.proposal
    assert ruled is not None
    assert next(o for o in ruled.orders if o.id == "dprk:a").status == "blocked"
    rolled = {die.key: die.u for die in first.dice}
    assert all(rolled.get(die.key, die.u) == die.u for die in ruled.dice)
    assert ruled.world["values"]["missile_cap"] < first.world["values"]["missile_cap"]
    game.do(CONTROL, c.RulingDrop(turn=1, ruling=game.state.rulings[0].id))
    assert game.state.proposal == first


def test_a_second_ruling_on_an_order_takes_the_place_of_the_first() -> None:
    game = proposed()
    for outcome in ("blocked", "partial"):
        game.do(CONTROL, c.RulingReplace(turn=1, order="dprk:a", outcome=outcome, reason="Second thoughts"))
    assert [r.outcome for r in game.state.rulings] == ["partial"]


def test_a_ruling_names_a_pending_turn_an_order_and_a_variable_that_exist() -> None:
    game = locked()
    edit = c.RulingEdit(turn=1, variable="tension", delta=1, reason="because")
    assert game.refused(CONTROL, edit) == "ruling.none_pending"
    game.in_phase("lock")
    assert game.refused(CONTROL, c.RulingAccept(turn=2)) == "turn.moved_on"
    none = c.RulingReplace(turn=1, order="dprk:none", outcome="done", reason="because")
    assert game.refused(CONTROL, none) == "ruling.order_unknown"
    assert game.refused(CONTROL, c.RulingEdit(turn=1, variable="moon", delta=1, reason="because")) == (
        "ruling.variable_unknown"
    )
    assert game.refused(CONTROL, c.RulingDrop(turn=1, ruling="none")) == "ruling.unknown"
    game.do(CONTROL, edit)


def test_a_released_turn_moves_the_world_readings_and_the_next_turn_opens_fresh() -> None:
    game = proposed().do(CONTROL, c.RulingAccept(turn=1))
    assert kinds(game).index("estimates.made") < kinds(game).index("turn.resolved")
    assert game.state.readings_turn == 2
    game.do(CONTROL, c.PhaseEnd(expect="outcome"))
    assert (game.state.turn, game.state.phase, game.state.locked) == (2, "brief", False)
    assert all(not sheet.orders for sheet in game.state.sheets.values())


def signed(venue: str, *, meet: bool) -> Game:
    game = a_game().with_seats("potus", "dprk").started().in_phase("plan")
    if meet:
        game.do(player("potus"), c.OrderDraft(order="s", move="summit"))
        game.do(player("dprk"), c.OrderDraft(order="s", move="d_summit"))
    text = c.OfferDraft(offer="o", parties=("potus", "dprk"), levels={"test": 1, "rec": 1}, title="Statement")
    game.in_phase("negotiate").do(player("potus"), text).do(player("potus"), c.OfferTable(offer="o"))
    game.do(player("dprk"), c.OfferAccept(offer="potus:o", version=1))
    for seat in ("potus", "dprk"):
        game.do(player(seat), c.OfferSign(offer="potus:o", version=1, venue=venue))  # type: ignore[arg-type]
    return game.in_phase("lock").do(CONTROL, c.RulingAccept(turn=1))


def test_a_text_signed_at_a_summit_banks_its_clauses() -> None:
    game = signed("summit", meet=True)
    assert game.seen("seat:potus", "offer")["potus:o"].status == "in_force"  # type: ignore[attr-defined]
    assert game.state.world["clauses"]["test"] == 1  # type: ignore[index]
    assert game.state.offers == {}
    for view in ("seat:potus", "seat:rok", "public"):
        assert game.seen(view, "issue")["test"].banked == 1  # type: ignore[attr-defined]


def test_without_a_meeting_there_is_no_signature() -> None:
    game = signed("summit", meet=False)
    offer = game.state.offers["potus:o"]
    assert (offer.status, offer.signed, offer.venue) == ("agreed", (), "")
    assert game.state.world["clauses"]["test"] == 0  # type: ignore[index]


def test_an_exchange_of_letters_needs_no_meeting() -> None:
    game = signed("exchange", meet=False)
    assert game.state.world["clauses"]["test"] == 1  # type: ignore[index]


def test_a_text_that_what_is_in_force_has_overtaken_lapses() -> None:
    game = a_game().with_seats("potus", "dprk").started().in_phase("negotiate")
    for name in ("o", "p"):
        text = c.OfferDraft(offer=name, parties=("potus", "dprk"), levels={"test": 1})
        game.do(player("potus"), text).do(player("potus"), c.OfferTable(offer=name))
    game.do(player("dprk"), c.OfferAccept(offer="potus:o", version=1))
    for seat in ("potus", "dprk"):
        game.do(player(seat), c.OfferSign(offer="potus:o", version=1, venue="exchange"))
    game.in_phase("lock").do(CONTROL, c.RulingAccept(turn=1))
    assert game.seen("seat:dprk", "offer")["potus:p"].status == "lapsed"  # type: ignore[attr-defined]


def test_the_last_turn_ends_the_game_and_clears_the_table() -> None:
    game = a_game().with_seats("potus", "dprk").at_turn(12).in_phase("negotiate")
    text = c.OfferDraft(offer="o", parties=("potus", "dprk"), levels={"ars": 1})
    game.do(player("potus"), text).do(player("potus"), c.OfferTable(offer="o"))
    game.in_phase("outcome").do(CONTROL, c.PhaseEnd(expect="outcome"))
    assert game.state.status == "ended"
    assert game.state.offers == {}
    assert game.seen("seat:dprk", "offer")["potus:o"].status == "lapsed"  # type: ignore[attr-defined]
    assert game.refused(player("dprk"), c.SeatReady(ready=True)) == "game.ended"


def test_a_general_war_ends_the_game_after_its_outcome_was_shown() -> None:
    from msgspec.structs import replace

    game = proposed()
    assert game.state.proposal is not None
    game.state = replace(game.state, proposal=replace(game.state.proposal, war=2))
    game.do(CONTROL, c.RulingAccept(turn=1))
    assert game.state.phase == "outcome"
    assert game.state.status == "running"
    game.do(CONTROL, c.PhaseEnd(expect="outcome"))
    assert game.state.status == "ended"
    assert "war" in game.state.ended_reason


def test_an_inject_with_effects_counts_once_in_the_turn_it_was_sent() -> None:
    game = a_game().with_seats("dprk").started()
    strong = next(i for i in game.scenario.injects if i.effects and game.state.msel[i.id].state == "waiting")
    game.do(CONTROL, c.InjectSend(inject="x", to=("all",), title="t", text="x", msel=strong.id))
    assert game.state.effects_due == (strong.id,)
    game.in_phase("lock").do(CONTROL, c.RulingAccept(turn=1))
    assert game.state.effects_due == ()


def test_an_inject_sent_while_a_proposal_waits_acts_on_the_next_turn() -> None:
    game = proposed()
    strong = next(i for i in game.scenario.injects if i.effects and game.state.msel[i.id].state == "waiting")
    first = game.state.proposal
    game.do(CONTROL, c.InjectSend(inject="x", to=("all",), title="t", text="x", msel=strong.id))
    game.do(CONTROL, c.RulingEdit(turn=1, variable="tension", delta=0, reason="Nothing")).do(
        CONTROL, c.RulingDrop(turn=1, ruling=game.state.rulings[0].id)
    )
    assert game.state.proposal == first
    game.do(CONTROL, c.RulingAccept(turn=1))
    assert strong.id in game.state.effects_due


def test_nobody_signs_while_a_turn_is_settled() -> None:
    game = a_game().with_seats("potus", "dprk").started().in_phase("negotiate")
    text = c.OfferDraft(offer="o", parties=("potus", "dprk"), levels={"test": 1})
    game.do(player("potus"), text).do(player("potus"), c.OfferTable(offer="o"))
    game.do(player("dprk"), c.OfferAccept(offer="potus:o", version=1)).in_phase("lock")
    sign = c.OfferSign(offer="potus:o", version=1, venue="exchange")
    assert game.refused(player("potus"), sign) == "offer.locked"
    game.do(CONTROL, c.RulingAccept(turn=1)).at_turn(2).do(player("potus"), sign)


def test_forced_outcomes_of_history_reach_the_engine() -> None:
    results = {}
    for forced in ("free", "historical"):
        game = a_game(forced=forced).with_seats("state").started().in_phase("plan")
        game.do(player("state"), c.OrderDraft(order="a", move="un_res")).in_phase("lock")
        assert game.state.proposal is not None
        results[forced] = game.state.proposal.orders[0].status
    assert results["historical"] in ("done", "partial")


@pytest.mark.parametrize("missing", [True, False])
def test_a_parameter_without_a_default_has_to_be_chosen(missing) -> None:  # type: ignore[no-untyped-def]
    from msgspec.structs import replace

    game = a_game()
    slow = next(m for m in game.scenario.moves if m.params and all(p.kind == "choice" for p in m.params))
    move = move_of(game.scenario, slow.seats[0], slow.id)
    assert move is not None
    bare = replace(move, params=tuple(replace(p, default=None) for p in move.params))
    params = {} if missing else {p.id: p.choices[0] for p in bare.params}
    refused = check_params(bare, params)  # type: ignore[arg-type]
    assert (refused.code if refused else None) == ("param.missing" if missing else None)
