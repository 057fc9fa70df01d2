"""Asking another seat to consent to an order: who sees the question, who may answer, and what the answer does."""

from tests.support.builders import CONTROL, SEATS, Game, a_game, player
from wargame.game import commands as c
from wargame.game.entities import ConsentSeen

ASKED = c.ConsentAsk(order="x", to="rok", note="In March, as every year.")
OTHERS = ("seat:potus", "seat:state", "seat:intel", "seat:dprk", "seat:jpn", "observer", "public")


def planning(**more) -> Game:  # type: ignore[no-untyped-def]
    game = a_game(**more).with_seats(*SEATS).started().in_phase("plan")
    return game.do(player("defense"), c.OrderDraft(order="x", move="exercise"))


def question(game: Game, view: str = "seat:rok") -> ConsentSeen:
    (seen,) = game.seen(view, "consent").values()
    assert isinstance(seen, ConsentSeen)
    return seen


def answer(game: Game, *, given: bool, note: str = "") -> c.ConsentAnswer:
    return c.ConsentAnswer(request=question(game).id, given=given, note=note)


def outcome_of(game: Game, view: str, move: str) -> str:
    turn = max(game.seen(view, "outcome"))
    found = game.seen(view, "outcome")[turn]
    return next(o.status for o in found.own_orders if o.move == move)  # type: ignore[attr-defined]


def test_the_seat_that_is_asked_sees_the_order_as_it_stands_and_what_silence_means() -> None:
    seen = question(planning().do(player("defense"), ASKED))
    assert (seen.seat, seen.to, seen.move, seen.status) == ("defense", "rok", "exercise", "open")
    assert (seen.needed, seen.unanswered, seen.note) == (True, "given", "In March, as every year.")
    assert "x" not in (seen.id, seen.move), "a client's name of the order is not passed on"


def test_nobody_but_the_two_seats_and_control_learns_that_anything_was_asked() -> None:
    game = planning()
    before = {view: len(game.feed(view)) for view in OTHERS}
    game.do(player("defense"), ASKED)
    game.do(player("rok"), answer(game, given=False, note="Not this spring."))
    assert before == {view: len(game.feed(view)) for view in OTHERS}
    for view in ("seat:defense", "seat:rok", "control"):
        assert question(game, view).status == "refused"
        assert question(game, view).reply == "Not this spring."


def test_a_refusal_stops_what_needs_consent_and_a_later_word_takes_it_back() -> None:
    for last, status in ((False, "blocked"), (True, "done")):
        game = planning(style="rigid").do(player("defense"), ASKED)
        game.do(player("rok"), answer(game, given=not last)).do(player("rok"), answer(game, given=last))
        game.in_phase("outcome")
        assert outcome_of(game, "seat:defense", "exercise") == status


def test_an_order_that_changes_or_goes_takes_its_questions_with_it() -> None:
    game = planning().do(player("defense"), ASKED)
    game.do(player("defense"), c.OrderDraft(order="x", move="exercise", rationale="Said better."))
    assert question(game).status == "open", "the reasons of an order are its seat's own"
    game.do(player("defense"), c.OrderWithdraw(order="x"))
    assert question(game).status == "withdrawn"
    assert game.refused(player("rok"), answer(game, given=True)) == "consent.unknown"
    again = planning().do(player("defense"), ASKED)
    again.do(player("defense"), c.OrderDraft(order="x", move="missile_defence_rok"))
    assert question(again).status == "withdrawn"


def test_questions_are_asked_once_and_only_of_those_the_order_calls_for() -> None:
    game = planning()
    assert game.refused(player("defense"), c.ConsentAsk(order="x", to="jpn")) == "consent.not_called_for"
    assert game.refused(player("defense"), c.ConsentAsk(order="y", to="rok")) == "order.unknown"
    game.do(player("defense"), ASKED)
    assert game.refused(player("defense"), ASKED) == "consent.asked_already"


def test_only_the_seat_that_was_asked_may_answer_and_to_others_the_question_is_not_there() -> None:
    game = planning().do(player("defense"), ASKED)
    for seat in ("defense", "jpn"):
        assert game.refused(player(seat), answer(game, given=True)) == "consent.unknown"
    assert game.refused(player("rok"), c.ConsentAnswer(request="none", given=True)) == "consent.unknown"


def test_an_answer_once_given_is_not_given_twice_and_not_after_the_lock() -> None:
    game = planning(style="semi_rigid").do(player("defense"), ASKED)
    game.do(player("rok"), answer(game, given=True))
    assert game.refused(player("rok"), answer(game, given=True)) == "consent.unchanged"
    game.in_phase("lock")
    assert game.refused(player("rok"), answer(game, given=False)) == "consent.closed"
    assert game.refused(player("defense"), ASKED) == "order.phase_closed"


def test_questions_end_with_the_turn() -> None:
    game = planning(style="rigid").do(player("defense"), ASKED)
    request = question(game).id
    game.at_turn(2).in_phase("plan")
    assert game.state.consents == {}
    assert game.refused(player("rok"), c.ConsentAnswer(request=request, given=True)) == "consent.unknown"


def test_control_confirms_a_reversal_once_and_it_costs_political_capital() -> None:
    game = a_game().with_seats("potus").started().in_phase("plan")
    game.do(player("potus"), c.OrderDraft(order="t", move="threat")).in_phase("lock")
    ruling = c.RulingReversal(turn=1, order="potus:t", reason="Praise last month, fire this one.")
    assert game.state.proposal is not None
    before = game.state.proposal.world["resources"]["potus.capital"]
    game.do(CONTROL, ruling)
    assert before - game.state.proposal.world["resources"]["potus.capital"] == 6.0
    assert game.refused(CONTROL, ruling) == "ruling.reversal_confirmed"
    stranger = c.RulingReversal(turn=1, order="none", reason="There is none.")
    assert game.refused(CONTROL, stranger) == "ruling.order_unknown"
    (seen,) = game.seen("control", "ruling").values()
    assert (seen.kind, seen.value) == ("reversal", "a reversal")  # type: ignore[attr-defined]


def test_control_lets_an_event_happen_that_the_dice_had_not_and_takes_it_back() -> None:
    game = a_game().with_seats("potus").started().in_phase("lock")
    assert game.state.proposal is not None
    drawn = next(die for die in game.state.proposal.dice if die.key == "clash")
    assert drawn.outcome == "no"
    game.do(CONTROL, c.RulingEvent(turn=1, die="clash", happens=True, reason="A patrol boat was hit."))
    clash = next(die for die in game.state.proposal.dice if die.key == "clash")
    assert (clash.u, clash.outcome) == (drawn.u, "yes")
    assert "clash" in {h.kind for h in game.state.proposal.happenings}
    game.do(CONTROL, c.RulingEvent(turn=1, die="clash", happens=False, reason="It missed."))
    assert len([ruling for ruling in game.state.rulings if ruling.kind == "event"]) == 1
    assert "clash" not in {h.kind for h in game.state.proposal.happenings}
    unknown = c.RulingEvent(turn=1, die="comet", happens=True, reason="From the sky.")
    assert game.refused(CONTROL, unknown) == "ruling.event_unknown"
