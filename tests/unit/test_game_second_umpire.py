"""The second umpire is blind, and so is everybody to the second umpire, until the outcome is released."""

from tests.support.builders import CONTROL, Game, a_game, player
from wargame.game import commands as c
from wargame.game.events import Actor

OBSERVER = Actor(kind="person", person="p-observer", role="observer")
GUEST = Actor(kind="person", person="p-rok", role="player")


def game_with_an_umpire() -> Game:
    game = a_game().joined("p-observer", "L. Haddad", "observer").with_seats("potus", "dprk")
    game.do(CONTROL, c.UmpireAppoint(person="p-observer")).started().in_phase("plan")
    game.do(player("dprk"), c.OrderDraft(order="a", move="icbm", argument="The engine is new.", rationale="Leverage."))
    return game.do(player("potus"), c.OrderDraft(order="a", move="threat"))


def rate(outcome: str, note: str = "") -> c.UmpireRate:
    return c.UmpireRate(turn=1, order="dprk:a", outcome=outcome, note=note)  # type: ignore[arg-type]


def test_only_one_observer_at_a_time_is_the_second_umpire() -> None:
    game = a_game().joined("p-observer", "L. Haddad", "observer").joined("p-other", "Other", "observer")
    assert game.refused(CONTROL, c.UmpireAppoint(person="p-control")) == "umpire.observer_only"
    assert game.refused(CONTROL, c.UmpireAppoint(person="p-other", on=False)) == "umpire.is_not"
    game.do(CONTROL, c.UmpireAppoint(person="p-observer"))
    assert game.refused(CONTROL, c.UmpireAppoint(person="p-observer")) == "umpire.is_already"
    assert game.refused(CONTROL, c.UmpireAppoint(person="p-other")) == "umpire.taken"
    game.do(CONTROL, c.UmpireAppoint(person="p-observer", on=False)).do(CONTROL, c.UmpireAppoint(person="p-other"))
    assert game.seen("control", "umpire")["second"].display == "Other"  # type: ignore[attr-defined]


def test_the_docket_holds_what_was_ordered_and_argued_and_nothing_of_how_it_went() -> None:
    game = game_with_an_umpire().in_phase("lock")
    docket = game.seen("umpire", "docket")["turn@1"]
    exhibit = next(e for e in docket.exhibits if e.order == "dprk:a")  # type: ignore[attr-defined]
    assert (exhibit.argument, exhibit.rationale) == ("The engine is new.", "Leverage.")
    assert {row.kind for row in game.feed("umpire")} == {"umpire", "docket"}
    fields = set(type(exhibit).__struct_fields__)
    assert not fields & {"status", "fidelity", "gates", "dice", "effects", "rules", "unlock"}


def test_neither_proposal_nor_ruling_changes_a_byte_of_the_umpires_view() -> None:
    game = game_with_an_umpire().in_phase("lock")
    before = game.feed("umpire")
    game.do(CONTROL, c.RulingReplace(turn=1, order="dprk:a", outcome="blocked", reason="On the pad"))
    game.do(CONTROL, c.RulingReview(turn=1, targets=("potus:a",)))
    game.do(CONTROL, c.RulingEdit(turn=1, variable="tension", delta=3, reason="A scare"))
    assert game.feed("umpire") == before


def test_a_rating_reaches_control_with_the_release_and_not_before() -> None:
    game = game_with_an_umpire().in_phase("lock")
    game.do(OBSERVER, rate("partial")).do(OBSERVER, rate("blocked", "It would not fly."))
    assert game.refused(OBSERVER, rate("blocked", "It would not fly.")) == "umpire.unchanged"
    assert game.seen("control", "rating") == {}
    lines = [line.text for line in game.seen("control", "log").values()]  # type: ignore[attr-defined]
    assert not any("would not fly" in line or "blocked" in line for line in lines)
    game.do(CONTROL, c.RulingReplace(turn=1, order="dprk:a", outcome="partial", reason="Half of it"))
    game.do(CONTROL, c.RulingAccept(turn=1))
    for view in ("control", "umpire"):
        rating = game.seen(view, "rating")["1:dprk:a"]
        assert (rating.outcome, rating.released, rating.note) == ("blocked", "partial", "It would not fly.")  # type: ignore[attr-defined]
    found = game.seen("control", "concordance")["all"]
    assert (found.pairs, found.alike, found.table) == (1, 0, {"partial|blocked": 1})  # type: ignore[attr-defined]


def test_ratings_of_several_turns_add_up_and_what_is_sealed_is_gone_with_the_turn() -> None:
    game = game_with_an_umpire().in_phase("lock")
    game.do(OBSERVER, rate("done")).do(CONTROL, c.RulingAccept(turn=1))
    assert game.state.rated == {}
    game.at_turn(2).in_phase("plan").do(player("dprk"), c.OrderDraft(order="b", move="d_talks")).in_phase("lock")
    game.do(OBSERVER, c.UmpireRate(turn=2, order="dprk:b", outcome="done")).do(CONTROL, c.RulingAccept(turn=2))
    assert sum(game.state.concordance.values()) == 2


def test_nobody_but_the_umpire_rates_and_only_what_waits_to_be_rated() -> None:
    game = game_with_an_umpire()
    assert game.refused(OBSERVER, rate("done")) == "ruling.none_pending"
    game.in_phase("lock")
    for actor in (CONTROL, player("potus")):
        assert game.refused(actor, rate("done")) == "who.umpire_only"
    assert game.refused(OBSERVER, c.UmpireRate(turn=1, order="moon", outcome="done")) == "umpire.order_unknown"
    game.do(OBSERVER, rate("done"))


def test_a_turn_rated_by_nobody_tells_nobody_anything() -> None:
    game = a_game().with_seats("dprk").started().in_phase("plan")
    game.do(player("dprk"), c.OrderDraft(order="a", move="icbm")).in_phase("outcome")
    assert game.feed("umpire") == []
    assert game.seen("control", "concordance") == {}
