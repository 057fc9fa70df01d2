"""Free moves from the proposal to the outcome: who knows what, what Control may frame, and what settles it."""

import pytest

from tests.support.builders import CONTROL, Game, a_game, player
from wargame.game import commands as c
from wargame.game.events import Actor
from wargame.game.rejections import Rejected

KINDS = ("freemove", "freeodds", "freeframe", "card", "appeal", "grant")
F1 = "rok:f1"


def proposal(name: str = "f1", **more) -> c.FreeMovePropose:  # type: ignore[no-untyped-def]
    given = {
        "title": "A match of table tennis", "action": "Invite a northern team to Seoul.",
        "effect": "People see each other.", "arguments": ("Sport has opened doors before.",),
    } | more  # fmt: skip
    return c.FreeMovePropose(move=name, **given)


def frame(**more) -> c.FreeMoveFrame:  # type: ignore[no-untyped-def]
    given = {"seat": "rok", "severity": "de", "cameo": "036", "effects": {"tension": -5.0, "inter_korean": 6.0}} | more
    return c.FreeMoveFrame(move=F1, **given)


def planning(**more) -> Game:  # type: ignore[no-untyped-def]
    game = a_game(**more).with_seats("potus", "state", "dprk", "rok", "jpn").joined("deputy")
    game.do(Actor(kind="person", person="deputy"), c.SeatTake(seat="rok"))
    return game.started().in_phase("plan")


def proposed(**more) -> Game:  # type: ignore[no-untyped-def]
    return planning().do(player("rok"), proposal(**more))


def ready(**more) -> Game:  # type: ignore[no-untyped-def]
    game = proposed(**more).do(CONTROL, c.FreeMoveEstimate(move=F1, percent=60)).do(CONTROL, frame())
    return game.do(CONTROL, c.FreeMoveAdmit(move=F1))


def rows(game: Game, view: str) -> list[tuple[str, str]]:
    return [(row.kind, row.key) for row in game.feed(view) if row.kind in KINDS]


# --- proposing --------------------------------------------------------------------------------
def test_a_proposal_is_known_to_its_seat_and_control_and_to_nobody_else() -> None:
    game = planning()
    others = ("seat:potus", "seat:dprk", "seat:jpn", "observer", "public")
    before = {view: len(game.feed(view)) for view in others}
    game.do(player("rok"), proposal(public=False))
    assert before == {view: len(game.feed(view)) for view in others}, "not even a count"
    for view in ("seat:rok", "control"):
        assert game.seen(view, "freemove")[F1].title == "A match of table tennis"  # type: ignore[attr-defined]


def test_it_takes_its_cost_of_the_sheet_and_gives_it_back() -> None:
    game = planning()
    budget = game.state.seats["rok"].budget
    cost = game.scenario.free_moves.cost  # type: ignore[union-attr]
    used = lambda: game.seen("seat:rok", "sheet")["rok@1"].used  # type: ignore[attr-defined]  # noqa: E731
    game.do(player("rok"), proposal())
    assert used() == cost
    costly = next(m for m in game.scenario.moves if "rok" in m.seats and m.cost == 1 and not m.params)
    for n in range(budget - cost):
        game.do(player("rok"), c.OrderDraft(order=f"o{n}", move=costly.id))
    assert game.refused(player("rok"), c.OrderDraft(order="more", move=costly.id)) == "order.over_budget"
    assert game.refused(player("rok"), proposal("f2")) == "order.over_budget"
    game.do(player("rok"), c.FreeMoveWithdraw(move="f1"))
    assert used() == budget - cost
    assert game.seen("seat:rok", "freemove")[F1].status == "withdrawn"  # type: ignore[attr-defined]
    game.do(player("rok"), proposal("f2"))


def test_a_proposal_has_a_name_of_its_own_a_limit_a_pen_and_an_open_sheet() -> None:
    game = proposed()
    assert game.refused(player("rok"), proposal()) == "freemove.id_used"
    cheap = next(m for m in game.scenario.moves if "rok" in m.seats and not m.params)
    assert game.refused(player("rok"), c.OrderDraft(order="f1", move=cheap.id)) == "freemove.id_used"
    deputy = Actor(kind="person", person="deputy", seat="rok", role="player")
    assert game.refused(deputy, proposal("f2")) == "who.pen_only"
    assert game.refused(player("rok"), proposal("f3", action="    ")) == "text.empty"
    game.do(player("rok"), proposal("f2"))
    assert game.refused(player("rok"), proposal("f3")) == "freemove.too_many"
    game.do(player("rok"), c.FreeMoveWithdraw(move="f2")).do(player("rok"), c.OrdersSubmit())
    assert game.refused(player("rok"), proposal("f3")) == "order.sealed"
    game.in_phase("lock")
    assert game.refused(player("dprk"), proposal("f3")) == "order.phase_closed"
    assert game.refused(player("rok"), c.FreeMoveWithdraw(move="f1")) == "order.phase_closed"


def test_a_case_without_the_tool_takes_no_free_move() -> None:
    from msgspec.structs import replace

    game = planning()
    game.scenario = replace(game.scenario, free_moves=None)
    assert game.refused(player("rok"), proposal()) == "freemove.closed"


# --- arguing and estimating -------------------------------------------------------------------
def test_control_chooses_who_argues_and_they_read_each_other() -> None:
    game = proposed().do(CONTROL, c.FreeMoveCirculate(move=F1, seats=("potus", "jpn")))
    game.do(player("jpn"), c.FreeMoveArgue(move=F1, side="against", text="It rewards the tests."))
    for view in ("seat:rok", "seat:potus", "seat:jpn", "control"):
        seen = game.seen(view, "freemove")[F1]
        assert [(a.seat, a.side) for a in seen.arguments] == [("rok", "for"), ("jpn", "against")]  # type: ignore[attr-defined]
        assert seen.readers == ("jpn", "potus")  # type: ignore[attr-defined]
    assert rows(game, "seat:dprk") == rows(game, "observer") == []


def test_who_may_not_know_of_it_is_answered_as_if_it_were_not_there() -> None:
    game = proposed()
    for name in (F1, "rok:none"):
        assert game.refused(player("dprk"), c.FreeMoveArgue(move=name, side="for", text="Yes.")) == "freemove.unknown"
        assert game.refused(player("dprk"), c.FreeMoveEstimate(move=name, percent=5)) == "freemove.unknown"
        assert game.refused(player("dprk"), c.FreeMoveWithdraw(move=name)) == "freemove.unknown"
        assert game.refused(player("dprk"), c.AppealLodge(order=name, text="Unfair.")) == "appeal.order_unknown"
    for command in (c.FreeMoveEstimate(move="x", percent=5), c.FreeMoveAdmit(move="x")):
        assert game.refused(CONTROL, command) == "freemove.unknown"
    assert game.refused(player("rok"), c.FreeMoveAdmit(move=F1)) == "who.control_only"


def test_an_estimate_is_a_secret_of_its_seat_and_control_and_so_is_the_question() -> None:
    game = proposed().do(CONTROL, c.FreeMoveCirculate(move=F1, seats=("potus",)))
    quiet = {view: rows(game, view) for view in ("seat:rok", "seat:potus", "seat:dprk", "public")}
    game.do(CONTROL, c.FreeMoveAsk(move=F1, seats=("jpn",)))
    game.do(player("jpn"), c.FreeMoveEstimate(move=F1, percent=20))
    game.do(CONTROL, c.FreeMoveEstimate(move=F1, percent=80))
    assert quiet == {view: rows(game, view) for view in quiet}
    assert game.seen("seat:jpn", "freeodds")[f"{F1}:jpn"].percent == 20  # type: ignore[attr-defined]
    assert f"{F1}:control" not in game.seen("seat:jpn", "freeodds")
    assert set(game.seen("control", "freeodds")) == {f"{F1}:jpn", f"{F1}:control"}
    assert game.seen("control", "freeframe")[F1].pooled == pytest.approx(0.5)  # type: ignore[attr-defined]


def test_who_was_asked_for_the_odds_neither_argues_nor_hears_more_than_that_it_was_decided() -> None:
    game = proposed(public=False).do(CONTROL, c.FreeMoveAsk(move=F1, seats=("jpn",)))
    assert game.refused(player("jpn"), c.FreeMoveArgue(move=F1, side="for", text="Why not.")) == "freemove.odds_only"
    assert game.refused(player("rok"), c.FreeMoveEstimate(move=F1, percent=90)) == "freemove.own"
    game.do(CONTROL, c.FreeMoveCirculate(move=F1, seats=("potus",)))
    assert game.refused(player("potus"), c.FreeMoveEstimate(move=F1, percent=9)) == "freemove.not_asked"
    game.do(player("jpn"), c.FreeMoveEstimate(move=F1, percent=30)).do(CONTROL, frame()).do(
        CONTROL, c.FreeMoveAdmit(move=F1)
    )
    assert game.seen("seat:jpn", "freemove")[F1].status == "decided"  # type: ignore[attr-defined]
    game.in_phase("outcome")
    assert game.seen("seat:jpn", "freemove")[F1].status == "decided"  # type: ignore[attr-defined]
    assert f"1:{F1}" not in game.seen("seat:jpn", "card")
    assert game.seen("seat:potus", "freemove")[F1].status in ("succeeded", "failed")  # type: ignore[attr-defined]


def test_lines_are_few_and_a_circle_grows_by_somebody() -> None:
    game = proposed().do(CONTROL, c.FreeMoveCirculate(move=F1, seats=("jpn",)))
    assert game.refused(CONTROL, c.FreeMoveCirculate(move=F1, seats=("jpn", "rok"))) == "freemove.nobody_new"
    assert game.refused(CONTROL, c.FreeMoveAsk(move=F1, seats=("rok",))) == "freemove.nobody_new"
    assert game.refused(CONTROL, c.FreeMoveAsk(move=F1, seats=("moon",))) == "seat.unknown"
    for n in range(3):
        game.do(player("jpn"), c.FreeMoveArgue(move=F1, side="for", text=f"Reason {n}"))
    more = c.FreeMoveArgue(move=F1, side="for", text="Reason 4")
    assert game.refused(player("jpn"), more) == "freemove.argued_enough"
    assert game.refused(player("rok"), c.FreeMoveArgue(move=F1, side="for", text="    ")) == "text.empty"


# --- framing and deciding ---------------------------------------------------------------------
@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"effects": {"moon": 1.0}}, "freemove.variable_unknown"),
        ({"effects": {"cum_nowar": 1.0}}, "freemove.variable_unknown"),
        ({"costs": {"missile_cap": 1.0}}, "freemove.variable_unknown"),
        ({"effects": {"tension": 12.1}}, "freemove.effect_too_large"),
        ({"effects": dict.fromkeys(("tension", "rapport", "npt_norm", "rok_coh", "jpn_coh"), 1.0)},
         "freemove.too_many_effects"),
        ({"seat": "dprk", "trust": 0.51}, "freemove.signal_too_large"),
        ({"resolve": 0.1}, "freemove.signal_unread"),
        ({"cameo": "000"}, "freemove.code_unknown"),
        ({"seat": "moon"}, "seat.unknown"),
    ],
)  # fmt: skip
def test_a_frame_outside_what_the_case_declares_is_refused_with_what_is_allowed(more: dict, code: str) -> None:  # type: ignore[type-arg]
    game = proposed()
    answer = game.try_(CONTROL, frame(**more))
    assert isinstance(answer, Rejected)
    assert answer.code == code
    assert answer.params.get("allowed") or answer.params.get("limit") or answer.params.get("effects")
    if code == "freemove.variable_unknown":
        assert answer.params["allowed"] == game.scenario.free_moves.variables  # type: ignore[union-attr]


def test_nothing_is_admitted_without_a_frame_and_an_estimate() -> None:
    game = proposed()
    assert game.refused(CONTROL, c.FreeMoveAdmit(move=F1)) == "freemove.no_frame"
    game.do(CONTROL, frame())
    assert game.refused(CONTROL, c.FreeMoveAdmit(move=F1)) == "freemove.no_estimate"
    game.do(CONTROL, c.FreeMoveEstimate(move=F1, percent=60)).do(CONTROL, c.FreeMoveAdmit(move=F1))
    for actor, command in (
        (CONTROL, frame()), (CONTROL, c.FreeMoveRefuse(move=F1, reason="No.")),
        (player("rok"), c.FreeMoveWithdraw(move="f1")), (CONTROL, c.FreeMoveEstimate(move=F1, percent=1)),
    ):  # fmt: skip
        assert game.refused(actor, command) == "freemove.decided"


def test_a_refusal_has_a_reason_and_gives_the_budget_back() -> None:
    game = proposed().do(CONTROL, c.FreeMoveRefuse(move=F1, reason="No team can be got ready in a quarter."))
    seen = game.seen("seat:rok", "freemove")[F1]
    assert (seen.status, "ready" in seen.reason) == ("refused", True)  # type: ignore[attr-defined]
    assert game.seen("seat:rok", "sheet")["rok@1"].used == 0  # type: ignore[attr-defined]
    assert game.state.free_moves == {}


def test_what_control_did_not_decide_lapses_with_the_turn() -> None:
    game = proposed().in_phase("outcome")
    assert game.seen("seat:rok", "freemove")[F1].status == "lapsed"  # type: ignore[attr-defined]
    assert game.state.proposal is None
    assert game.state.free_moves == {}


def test_it_is_settled_with_the_turn_and_its_odds_are_on_record() -> None:
    game = ready().in_phase("lock")
    pending = game.state.proposal
    assert pending is not None
    result = pending.free[0]
    assert (result.id, result.p, result.die.key) == (F1, 0.6, f"free:{F1}")
    assert F1 in {o.order for o in game.seen("control", "proposal")["turn@1"].orders}  # type: ignore[attr-defined]
    assert game.seen("seat:rok", "freemove")[F1].status == "admitted"  # type: ignore[attr-defined]
    game.do(CONTROL, c.RulingAccept(turn=1))
    assert game.seen("seat:rok", "freemove")[F1].status == result.status  # type: ignore[attr-defined]
    card = game.seen("seat:rok", "card")[f"1:{F1}"]
    assert card.draws[0].odds == "likely"  # type: ignore[attr-defined]
    assert "fell" in card.draws[0].fell  # type: ignore[attr-defined]
    assert game.state.free_moves == {}


def test_control_may_still_admit_while_the_proposal_waits_and_no_other_die_falls_anew() -> None:
    game = proposed().do(CONTROL, c.FreeMoveEstimate(move=F1, percent=99)).do(CONTROL, frame()).in_phase("lock")
    first = game.state.proposal
    assert first is not None
    assert first.free == ()
    game.do(CONTROL, c.FreeMoveAdmit(move=F1))
    second = game.state.proposal
    assert second is not None
    dice = {die.key: die.u for die in second.dice}
    assert {die.key: die.u for die in first.dice}.items() <= dice.items()
    assert set(dice) - {die.key for die in first.dice} == {f"free:{F1}"}
    assert second.world["values"]["tension"] < first.world["values"]["tension"]


def test_control_may_replace_its_outcome_like_any_other() -> None:
    game = ready().in_phase("lock")
    reason = "The match was played, to half a hall."
    ruling = c.RulingReplace(turn=1, order=F1, outcome="partial", reason=reason, shown_to=("rok",))
    game.do(CONTROL, ruling).do(CONTROL, c.RulingAccept(turn=1))
    card = game.seen("seat:rok", "card")[f"1:{F1}"]
    assert (card.status, card.ruled, card.ruling) == ("partial", True, reason)  # type: ignore[attr-defined]


def test_a_public_one_is_seen_by_all_when_it_is_tried_without_its_arguments_or_odds() -> None:
    game = ready().in_phase("outcome")
    for view in ("seat:dprk", "seat:potus"):
        card = game.seen(view, "card")[f"1:{F1}"]
        assert card.label == "A match of table tennis"  # type: ignore[attr-defined]
        assert (card.draws, card.gates, card.order, card.net, card.argument) == ((), (), "", 0, "")  # type: ignore[attr-defined]
        assert game.seen(view, "freemove") == {}


def test_the_end_of_the_game_clears_the_table() -> None:
    game = ready().do(CONTROL, c.GameEnd(reason="Enough"))
    assert game.seen("seat:rok", "freemove")[F1].status == "lapsed"  # type: ignore[attr-defined]
    assert game.state.free_moves == {}


def test_names_of_variables_a_frame_may_touch_are_control_s_alone() -> None:
    game = planning()
    whole, told = (game.seen(view, "freerules")["freerules"] for view in ("control", "seat:dprk"))
    assert whole.variables  # type: ignore[attr-defined]
    assert (told.variables, told.codes, told.cost) == ((), {}, whole.cost)  # type: ignore[attr-defined]
    assert game.seen("public", "freerules") == {}
