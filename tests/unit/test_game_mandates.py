"""Dealing at working level: what a mandate allows, where it ends, and who knows of it."""

import pytest
from msgspec.structs import replace

from negotiation.details import Detail
from negotiation.issues import SecretLevel
from negotiation.mandates import Mandate, check_bounds
from tests.support.builders import Game, player
from tests.support.tables import KEY, SMALL, a_table, drafted, tabled
from wargame.game import commands as c
from wargame.game import engine
from wargame.game.rejections import Rejected, sentence

ALL = ("mark", "counter", "accept", "initial")


def give(game: Game, *, to: str = "state", by: str = "potus", **more) -> Game:  # type: ignore[no-untyped-def]
    return game.do(player(by), c.MandateGive(seat=to, **{"may": ALL, **more}))


def their_text(game: Game | None = None) -> Game:
    """Let the other side table a text, so that the President's delegate can answer it."""
    game = drafted(game or a_table(), seat="dprk")
    return game.do(player("dprk"), c.OfferTable(offer="o"))


THEIRS = "dprk:o"


def refusal(game: Game, seat: str, command: c.Command) -> Rejected:
    answer = game.try_(player(seat), command)
    assert isinstance(answer, Rejected)
    return answer


def test_a_delegate_deals_in_its_principal_s_name_and_the_facts_name_both() -> None:
    game = give(their_text())
    state = player("state")
    game.do(state, c.OfferMark(offer=THEIRS, version=1, marks={"sec": "bracket"}))
    stance = game.seen("seat:dprk", "stance")[f"{THEIRS}@1:potus"]
    assert (stance.marks, stance.by) == ({"sec": "bracket"}, "state")  # type: ignore[attr-defined]
    game.do(state, c.OfferCounter(offer=THEIRS, against=1, levels={"test": 2}))
    version = game.seen("seat:dprk", "offer_version")[f"{THEIRS}@2"]
    assert (version.author, version.by) == ("potus", "state")  # type: ignore[attr-defined]
    assert game.state.offers[THEIRS].accepted == ("potus",)
    game.do(player("dprk"), c.OfferCounter(offer=THEIRS, against=2, levels={"test": 1}))
    game.do(state, c.OfferInitial(offer=THEIRS, version=3)).do(state, c.OfferAccept(offer=THEIRS, version=3))
    offer = game.state.offers[THEIRS]
    assert (offer.initialled, offer.status) == (("potus",), "agreed")


def test_a_delegate_never_signs() -> None:
    game = give(their_text()).do(player("state"), c.OfferAccept(offer=THEIRS, version=1))
    sign = c.OfferSign(offer=THEIRS, version=1, venue="exchange")
    assert game.refused(player("state"), sign) == "offer.no_authority"
    game.do(player("potus"), sign)


def test_without_a_mandate_a_reader_only_reads() -> None:
    game = tabled(readers=("state",))
    assert game.refused(player("state"), c.OfferAccept(offer=KEY, version=1)) == "offer.not_party"


def test_a_mandate_lets_its_holder_read_what_is_on_the_table_and_what_comes() -> None:
    game = their_text()
    assert THEIRS not in game.seen("seat:state", "offer")
    give(game)
    assert THEIRS in game.seen("seat:state", "offer")
    drafted(game, seat="dprk", offer="next").do(player("dprk"), c.OfferTable(offer="next"))
    assert "dprk:next@1" in game.seen("seat:state", "offer_version")


def test_a_mandate_on_one_text_is_for_that_text() -> None:
    game = drafted(their_text(), seat="dprk", offer="next").do(player("dprk"), c.OfferTable(offer="next"))
    give(game, offer="dprk:next")
    assert "dprk:next" in game.seen("seat:state", "offer")
    assert game.refused(player("state"), c.OfferAccept(offer=THEIRS, version=1)) == "offer.unknown"
    game.do(player("state"), c.OfferAccept(offer="dprk:next", version=1))


@pytest.mark.parametrize(
    ("may", "refused"),
    [
        (("mark",), c.OfferAccept(offer=THEIRS, version=1)),
        (("accept",), c.OfferInitial(offer=THEIRS, version=1)),
        (("initial",), c.OfferCounter(offer=THEIRS, against=1, levels={"test": 2})),
        (("counter",), c.OfferMark(offer=THEIRS, version=1, marks={"test": "accept"})),
    ],
)
def test_what_a_mandate_does_not_name_it_does_not_allow(may: tuple[str, ...], refused: c.Command) -> None:
    answer = refusal(give(their_text(), may=may), "state", refused)
    assert answer.code == "mandate.not_this"
    assert may[0] in sentence(answer)


def test_outside_the_bounds_the_clause_and_the_bound_are_named() -> None:
    game = give(their_text(), levels={"sec": (0, 0), "test": (0, 2)})
    for command in (
        c.OfferAccept(offer=THEIRS, version=1),
        c.OfferInitial(offer=THEIRS, version=1),
        c.OfferCounter(offer=THEIRS, against=1, levels={**SMALL, "test": 2}),
        c.OfferMark(offer=THEIRS, version=1, marks={"sec": "accept"}),
    ):
        answer = refusal(game, "state", command)
        assert answer.code == "mandate.exceeded"
        assert sentence(answer).startswith("sec at level 1 is outside your mandate of 0 to 0.")
    game.do(player("state"), c.OfferMark(offer=THEIRS, version=1, marks={"sec": "reject", "test": "accept"}))
    game.do(player("state"), c.OfferCounter(offer=THEIRS, against=1, levels={"test": 2}))


def test_a_bound_from_below_asks_for_the_clause_to_be_there() -> None:
    mandate = Mandate(principal="potus", seat="state", offer="", may=("accept",), levels={"fac": (2, 3)})
    refused = check_bounds(mandate, levels={"test": 1}, banked={})
    assert refused is not None
    assert refused.params == {"issue": "fac", "level": 0, "low": 2, "high": 3}
    assert check_bounds(mandate, levels={"test": 1}, banked={"fac": 2}) is None


def test_a_refusal_tells_a_delegate_nothing_of_what_its_principal_alone_knows_to_be_in_force() -> None:
    game = give(their_text(), levels={"sec": (1, 3)})
    secretly_in_force(game, "sec", 2, holders=("potus", "dprk"))
    known = {seat: engine.known_levels(game.scenario, game.state, seat)["sec"] for seat in ("potus", "state")}
    assert known == {"potus": 2, "state": 0}, "there is something to be kept"
    answer = refusal(game, "state", c.OfferCounter(offer=THEIRS, against=1, levels={"test": 2}))
    assert (answer.code, answer.params["level"]) == ("mandate.exceeded", 0)


def secretly_in_force(game: Game, issue: str, level: int, *, holders: tuple[str, ...]) -> None:
    """Let a level be in force that only its holders know of."""
    terms = game.scenario.negotiation
    secret = {level: SecretLevel(holders=holders)}
    issues = tuple(replace(one, secret_levels=secret) if one.id == issue else one for one in terms.issues)
    game.scenario = replace(game.scenario, negotiation=replace(terms, issues=issues))
    clauses = {**game.state.world["clauses"], issue: level}  # type: ignore[dict-item]
    game.state = replace(game.state, world={**game.state.world, "clauses": clauses})


def test_a_counter_without_leave_to_accept_is_ad_referendum() -> None:
    game = give(their_text(), may=("counter",))
    game.do(player("state"), c.OfferCounter(offer=THEIRS, against=1, levels={"test": 2}))
    assert game.state.offers[THEIRS].accepted == ()
    game.do(player("dprk"), c.OfferAccept(offer=THEIRS, version=2))
    game.do(player("potus"), c.OfferAccept(offer=THEIRS, version=2))
    assert game.state.offers[THEIRS].status == "agreed"


def test_a_mandate_is_known_to_the_two_and_control_and_to_nobody_else() -> None:
    game = their_text()
    feeds = {view: game.feed(view) for view in ("seat:dprk", "seat:intel", "seat:rok", "observer", "public")}
    give(game, levels={"sec": (0, 1)}, note="Not a word on the treaty.")
    for view in ("seat:potus", "seat:state", "control"):
        seen = game.seen(view, "mandate")["potus:state"]
        assert (seen.levels, seen.state) == ({"sec": (0, 1)}, "given")  # type: ignore[attr-defined]
    game.do(player("potus"), c.MandateEnd(seat="state"))
    assert game.seen("seat:state", "mandate")["potus:state"].state == "ended"  # type: ignore[attr-defined]
    for view, before in feeds.items():
        assert game.feed(view) == before, view


def test_a_mandate_that_is_over_allows_nothing_and_what_was_done_stands() -> None:
    game = give(their_text()).do(player("state"), c.OfferAccept(offer=THEIRS, version=1))
    game.do(player("potus"), c.MandateEnd(seat="state"))
    assert game.state.offers[THEIRS].status == "agreed"
    mark = c.OfferMark(offer=THEIRS, version=1, marks={"sec": "accept"})
    assert game.refused(player("state"), mark) == "offer.not_party"
    assert game.refused(player("potus"), c.MandateEnd(seat="state")) == "mandate.none"


def test_a_delegate_knows_the_secret_clauses_it_deals_on() -> None:
    game = drafted(a_table(), seat="dprk", levels={**SMALL, "remains": 1}, details={"remains": Detail(secret=True)}).do(
        player("dprk"), c.OfferTable(offer="o")
    )
    game.do(player("potus"), c.OfferWiden(offer=THEIRS, readers=("state", "intel")))
    before = game.seen("seat:state", "offer_version")[f"{THEIRS}@1"]
    assert "remains" not in before.levels  # type: ignore[attr-defined]
    give(game)
    after = game.seen("seat:state", "offer_version")[f"{THEIRS}@1"]
    assert after.levels["remains"] == 1  # type: ignore[attr-defined]
    assert "remains" not in game.seen("seat:intel", "offer_version")[f"{THEIRS}@1"].levels  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"seat": "dprk"}, "mandate.not_your_side"),
        ({"seat": "potus"}, "mandate.not_your_side"),
        ({"seat": "moon"}, "seat.unknown"),
        ({"offer": "none"}, "offer.unknown"),
        ({"levels": {"moon": (0, 1)}}, "offer.unknown_issue"),
        ({"levels": {"sec": (2, 1)}}, "mandate.no_range"),
        ({"levels": {"sec": (0, 9)}}, "mandate.no_range"),
    ],
)
def test_a_mandate_that_makes_no_sense_is_refused(change: dict[str, object], code: str) -> None:
    fields: dict[str, object] = {"seat": "state", "may": ALL, **change}
    assert their_text().refused(player("potus"), c.MandateGive(**fields)) == code  # type: ignore[arg-type]


def test_an_author_may_redraft_without_naming_its_delegate_anew() -> None:
    game = give(drafted(a_table()), offer="o")
    assert game.state.offers[KEY].readers == ("state",)
    drafted(game, levels={"test": 2})
    assert game.state.offers[KEY].readers == ("state",)


def test_a_mandate_on_one_text_is_over_with_the_text() -> None:
    game = give(their_text(), offer=THEIRS).do(player("dprk"), c.OfferWalkAway(offer="o"))
    assert game.state.mandates == {}
    for view in ("seat:potus", "seat:state", "control"):
        assert game.seen(view, "mandate")["potus:state"].state == "ended"  # type: ignore[attr-defined]
    assert game.seen("seat:dprk", "mandate") == {}
