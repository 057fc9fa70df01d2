"""Answers at Control's gate: what waits, who may know of it, and what becomes of it."""

from tests.support.builders import CONTROL, Game, player
from tests.support.tables import KEY, SMALL, a_table, drafted, tabled
from wargame.game import commands as c

ANSWER = c.OfferCounter(offer=KEY, against=1, levels={"test": 2}, note="Without the treaty.")


def on_table() -> Game:
    return tabled(a_table(gate="control")).do(CONTROL, c.OfferRelease(offer=KEY))


def answer(game: Game, view: str, seat: str = "dprk"):  # type: ignore[no-untyped-def]
    return game.seen(view, "held_answer").get(f"{KEY}~{seat}")


def test_an_answer_waits_and_only_its_party_and_control_know() -> None:
    game = on_table()
    feeds = {view: game.feed(view) for view in ("seat:potus", "seat:state", "seat:rok", "observer", "public")}
    game.do(player("dprk"), ANSWER)
    for view, before in feeds.items():
        assert game.feed(view) == before, view
    for view in ("seat:dprk", "control"):
        assert (answer(game, view).state, answer(game, view).levels) == ("held", {"test": 2})
    assert game.state.offers[KEY].version == 1


def test_a_released_answer_is_the_next_version_and_what_it_overtakes_goes_back() -> None:
    game = on_table().do(player("dprk"), ANSWER)
    game.do(player("potus"), c.OfferCounter(offer=KEY, against=1, levels={"sec": 1}))
    game.do(CONTROL, c.OfferRelease(offer=KEY, seat="dprk"))
    offer = game.state.offers[KEY]
    assert (offer.version, offer.proposer, offer.accepted, offer.waiting) == (2, "dprk", ("dprk",), {})
    assert answer(game, "seat:dprk").state == "released"
    back = answer(game, "seat:potus", "potus")
    assert (back.state, back.reason) == ("returned", "Another version went on the table first.")
    assert game.refused(CONTROL, c.OfferRelease(offer=KEY, seat="potus")) == "offer.not_held"


def test_a_returned_answer_carries_the_reason_and_may_be_given_anew() -> None:
    game = on_table().do(player("dprk"), ANSWER)
    game.do(CONTROL, c.OfferReturn(offer=KEY, reason="Say until when.", seat="dprk"))
    assert (answer(game, "seat:dprk").state, answer(game, "seat:dprk").reason) == ("returned", "Say until when.")
    game.do(player("dprk"), ANSWER).do(player("dprk"), c.OfferCounter(offer=KEY, against=1, levels={"test": 1}))
    assert answer(game, "control").levels == {"test": 1}, "a newer answer takes the place of the older"


def test_what_the_table_has_overtaken_is_not_released() -> None:
    game = on_table().do(player("dprk"), ANSWER).do(player("potus"), c.OfferWalkOut(offer=KEY))
    assert game.refused(CONTROL, c.OfferRelease(offer=KEY, seat="dprk")) == "offer.walked_out"
    game.do(player("potus"), c.OfferComeBack(offer=KEY))
    game.do(CONTROL, c.OfferRelease(offer=KEY, seat="dprk"))


def test_a_text_that_ends_takes_its_waiting_answers_with_it() -> None:
    game = on_table().do(player("dprk"), ANSWER).do(player("potus"), c.OfferWalkAway(offer=KEY))
    assert answer(game, "seat:dprk").state == "ended"
    assert game.refused(CONTROL, c.OfferRelease(offer=KEY, seat="dprk")) == "offer.unknown"


def test_a_delegate_s_answer_is_known_to_it_and_its_principal() -> None:
    game = drafted(a_table(gate="control"), seat="dprk", levels=SMALL)
    game.do(player("dprk"), c.OfferTable(offer="o")).do(CONTROL, c.OfferRelease(offer="dprk:o"))
    game.do(player("potus"), c.MandateGive(seat="state", may=("counter",)))
    game.do(player("state"), c.OfferCounter(offer="dprk:o", against=1, levels={"test": 2}, sponsors=("intel",)))
    for view in ("seat:potus", "seat:state", "control"):
        assert game.seen(view, "held_answer")["dprk:o~potus"].by == "state"  # type: ignore[attr-defined]
    assert game.seen("seat:intel", "offer") == {}, "who is asked to sponsor it is asked when it goes out"
    game.do(CONTROL, c.OfferRelease(offer="dprk:o", seat="potus"))
    assert game.seen("seat:intel", "offer")["dprk:o"].invited == ("intel",)  # type: ignore[attr-defined]
    assert game.state.offers["dprk:o"].accepted == (), "ad referendum"
