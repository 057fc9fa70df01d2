"""Texts on the table: drafts, versions, marks, acceptance, signatures, and who may know of any of it."""

import msgspec
import pytest

from negotiation.offers import OfferStatus
from tests.support.builders import Game, a_game, player
from wargame.game import commands as c
from wargame.game.events import Actor

BOTH = ("potus", "dprk")
SMALL = {"test": 1, "sec": 1}


def table() -> Game:
    game = a_game().with_seats("potus", "state", "dprk", "rok", "jpn").joined("deputy")
    return game.do(Actor(kind="person", person="deputy"), c.SeatTake(seat="potus")).started().in_phase("negotiate")


def drafted(game: Game | None = None, seat: str = "potus", **more) -> Game:  # type: ignore[no-untyped-def]
    fields = {"offer": "o", "parties": BOTH, "levels": SMALL, **more}
    return (game or table()).do(player(seat), c.OfferDraft(**fields))


def tabled(**more) -> Game:  # type: ignore[no-untyped-def]
    return drafted(**more).do(player("potus"), c.OfferTable(offer="o"))


def agreed() -> Game:
    return tabled().do(player("dprk"), c.OfferAccept(offer="potus:o", version=1))


def status(game: Game) -> OfferStatus:
    return game.state.offers["potus:o"].status


def views_of(game: Game, kind: str) -> set[str]:
    return {row.view for row in game.told if row.kind == kind}


def test_a_draft_is_its_author_s_and_its_readers_alone() -> None:
    game = drafted(readers=("state",))
    assert views_of(game, "offer") == views_of(game, "offer_version") == {"seat:potus", "seat:state", "control"}


def test_the_other_side_gets_not_a_byte_of_a_draft_before_it_is_tabled() -> None:
    game = table()
    before = game.feed("seat:dprk")
    drafted(game, levels={"test": 2, "usrel": 1}, note="our bottom line")
    assert game.feed("seat:dprk") == before
    drafted(game).do(player("potus"), c.OfferTable(offer="o"))
    assert set(game.seen("seat:dprk", "offer_version")) == {"potus:o@1"}


def test_a_tabled_text_is_for_its_parties_and_readers_and_nobody_else() -> None:
    game = tabled(readers=("state",))
    assert views_of(game, "offer") == {"seat:potus", "seat:state", "seat:dprk", "control"}


def test_the_other_side_is_not_told_who_reads_along() -> None:
    game = tabled(readers=("state", "rok"))
    assert game.seen("seat:dprk", "offer")["potus:o"].readers == ()  # type: ignore[attr-defined]
    assert game.seen("seat:rok", "offer")["potus:o"].readers == ("rok",)  # type: ignore[attr-defined]
    assert game.seen("seat:state", "offer")["potus:o"].readers == ("rok", "state")  # type: ignore[attr-defined]


def test_readers_are_widened_and_never_narrowed() -> None:
    game = drafted(readers=("state",))
    narrow = c.OfferDraft(offer="o", parties=BOTH, levels=SMALL, readers=())
    assert game.refused(player("potus"), narrow) == "offer.readers_narrowed"
    drafted(game, readers=("state", "rok"))
    assert set(game.seen("seat:rok", "offer_version")) == {"potus:o@0"}


def test_a_hidden_text_answers_like_one_that_is_not_there() -> None:
    game = tabled()
    commands = [
        lambda o: c.OfferAccept(offer=o, version=1),
        lambda o: c.OfferCounter(offer=o, against=1, levels={"test": 2}),
        lambda o: c.OfferSign(offer=o, version=1, venue="exchange"),
        lambda o: c.OfferMark(offer=o, version=1, marks={"test": "accept"}),
        lambda o: c.OfferWalkAway(offer=o),
        lambda o: c.OfferTable(offer=o),
    ]
    for command in commands:
        assert game.try_(player("jpn"), command("potus:o")) == game.try_(player("jpn"), command("potus:none"))
        assert game.refused(player("jpn"), command("potus:o")) == "offer.unknown"


def test_two_seats_may_use_one_name_and_neither_notices() -> None:
    game = drafted()
    drafted(game, seat="dprk")
    assert set(game.state.offers) == {"potus:o", "dprk:o"}


@pytest.mark.parametrize(
    ("levels", "code"),
    [
        ({"moon": 1}, "offer.unknown_issue"),
        ({"test": 9}, "offer.unknown_level"),
        (SMALL, None),
    ],
)
def test_a_text_is_about_issues_and_levels_of_the_case(levels, code) -> None:  # type: ignore[no-untyped-def]
    command = c.OfferDraft(offer="o", parties=BOTH, levels=levels)
    if code is None:
        table().do(player("potus"), command)
    else:
        assert table().refused(player("potus"), command) == code


def banked(game: Game, **levels: int) -> Game:
    from msgspec.structs import replace

    clauses = {**game.state.world["clauses"], **levels}  # type: ignore[dict-item]
    game.state = replace(game.state, world={**game.state.world, "clauses": clauses})
    return game


def test_a_text_goes_up_from_what_is_in_force() -> None:
    game = banked(table(), test=1)
    assert (
        game.refused(player("potus"), c.OfferDraft(offer="o", parties=BOTH, levels={"test": 0})) == "offer.below_banked"
    )
    drafted(game, levels={"test": 1})
    assert game.refused(player("potus"), c.OfferTable(offer="o")) == "offer.empty"
    drafted(game, levels={"test": 2}).do(player("potus"), c.OfferTable(offer="o"))


def test_the_order_of_steps_alone_is_no_text() -> None:
    game = drafted(levels={"seq": 1})
    assert game.refused(player("potus"), c.OfferTable(offer="o")) == "offer.empty"


def test_both_signatories_are_parties_and_others_may_be_witnesses() -> None:
    game = table()
    alone = c.OfferDraft(offer="o", parties=("potus", "rok"), levels=SMALL)
    assert game.refused(player("potus"), alone) == "offer.needs_signatories"
    strange = c.OfferDraft(offer="o", parties=("potus", "moon"), levels=SMALL)
    assert game.refused(player("potus"), strange) == "seat.unknown"
    drafted(game, seat="rok", parties=("potus", "dprk", "rok"))


def test_only_the_author_s_pen_tables_and_only_once() -> None:
    game = drafted(readers=("state",))
    deputy = Actor(kind="person", person="deputy")
    assert game.refused(deputy, c.OfferTable(offer="o")) == "who.pen_only"
    assert game.refused(player("state"), c.OfferTable(offer="potus:o")) == "offer.not_author"
    game.do(player("potus"), c.OfferTable(offer="o"))
    assert game.refused(player("potus"), c.OfferTable(offer="o")) == "offer.already_tabled"
    again = c.OfferDraft(offer="o", parties=BOTH, levels=SMALL)
    assert game.refused(player("potus"), again) == "offer.already_tabled"


def test_who_proposes_a_version_stands_by_it() -> None:
    game = tabled()
    assert game.state.offers["potus:o"].accepted == ("potus",)
    assert game.refused(player("potus"), c.OfferAccept(offer="o", version=1)) == "offer.already_accepted"


def test_a_counter_is_a_new_version_and_acceptance_starts_anew() -> None:
    game = tabled().do(player("dprk"), c.OfferCounter(offer="potus:o", against=1, levels={"test": 1, "sec": 2}))
    offer = game.state.offers["potus:o"]
    assert (offer.version, offer.proposer, offer.accepted, offer.marks) == (2, "dprk", ("dprk",), {})
    stale = c.OfferAccept(offer="o", version=1)
    assert game.refused(player("potus"), stale) == "offer.stale_version"
    same = c.OfferCounter(offer="o", against=2, levels={"test": 1, "sec": 2})
    assert game.refused(player("potus"), same) == "offer.unchanged"
    game.do(player("potus"), c.OfferAccept(offer="o", version=2))
    assert status(game) == "agreed"


def test_readers_read_and_do_not_act() -> None:
    game = tabled(readers=("state",))
    for command in (
        c.OfferAccept(offer="potus:o", version=1),
        c.OfferCounter(offer="potus:o", against=1, levels={"test": 2}),
        c.OfferMark(offer="potus:o", version=1, marks={"test": "reject"}),
        c.OfferWalkAway(offer="potus:o"),
    ):
        assert game.refused(player("state"), command) == "offer.not_party"


def test_marks_add_up_and_name_clauses_of_the_text() -> None:
    game = tabled().do(player("dprk"), c.OfferMark(offer="potus:o", version=1, marks={"test": "bracket"}))
    game.do(player("dprk"), c.OfferMark(offer="potus:o", version=1, marks={"sec": "accept"}))
    stance = game.seen("seat:potus", "stance")["potus:o@1:dprk"]
    assert stance.marks == {"test": "bracket", "sec": "accept"}  # type: ignore[attr-defined]
    foreign = c.OfferMark(offer="potus:o", version=1, marks={"rec": "accept"})
    assert game.refused(player("dprk"), foreign) == "offer.no_such_clause"


def test_a_draft_cannot_be_acted_on() -> None:
    game = drafted()
    assert game.refused(player("potus"), c.OfferAccept(offer="o", version=1)) == "offer.not_tabled"


def test_all_parties_agree_before_anybody_signs() -> None:
    game = drafted(parties=("potus", "dprk", "rok")).do(player("potus"), c.OfferTable(offer="o"))
    game.do(player("dprk"), c.OfferAccept(offer="potus:o", version=1))
    sign = c.OfferSign(offer="potus:o", version=1, venue="exchange")
    assert game.refused(player("potus"), sign) == "offer.not_agreed"
    game.do(player("rok"), c.OfferAccept(offer="potus:o", version=1))
    assert game.refused(player("rok"), sign) == "offer.no_authority"
    game.do(player("potus"), sign).do(player("dprk"), sign)
    assert status(game) == "signed"


def test_both_sign_for_the_same_venue_and_once() -> None:
    game = agreed().do(player("potus"), c.OfferSign(offer="o", version=1, venue="summit"))
    elsewhere = c.OfferSign(offer="potus:o", version=1, venue="exchange")
    assert game.refused(player("dprk"), elsewhere) == "offer.venue_differs"
    assert game.refused(player("potus"), c.OfferSign(offer="o", version=1, venue="summit")) == "offer.already_signed"
    counter = c.OfferCounter(offer="potus:o", against=1, levels={"test": 2})
    assert game.refused(player("dprk"), counter) == "offer.being_signed"
    game.do(player("dprk"), c.OfferSign(offer="potus:o", version=1, venue="summit"))
    assert status(game) == "signed"


def test_one_walks_away_until_it_is_fully_signed_and_the_others_are_told_who_left() -> None:
    game = agreed().do(player("dprk"), c.OfferWalkAway(offer="potus:o", reason="not like this"))
    seen = game.seen("seat:potus", "offer")["potus:o"]
    assert (seen.status, seen.ended_by, seen.reason) == ("walked_away", "dprk", "not like this")  # type: ignore[attr-defined]
    assert game.refused(player("potus"), c.OfferAccept(offer="o", version=1)) == "offer.unknown"
    again = c.OfferDraft(offer="o", parties=BOTH, levels=SMALL)
    assert game.refused(player("potus"), again) == "offer.id_used"
    signed = agreed()
    for seat in BOTH:
        signed.do(player(seat), c.OfferSign(offer="potus:o", version=1, venue="exchange"))
    assert signed.refused(player("dprk"), c.OfferWalkAway(offer="potus:o")) == "offer.signed"


def test_a_seat_has_so_many_texts_open_and_no_more() -> None:
    game = table()
    for n in range(12):
        drafted(game, offer=f"o{n}")
    extra = c.OfferDraft(offer="o12", parties=BOTH, levels=SMALL)
    assert game.refused(player("potus"), extra) == "offer.too_many"
    long = c.OfferDraft(offer="x" * 64, parties=BOTH, levels=SMALL)
    assert game.refused(player("dprk"), long) == "offer.id_too_long"


def test_each_side_s_advisers_speak_to_that_side_alone_and_allies_have_none() -> None:
    game = tabled(parties=("potus", "dprk", "rok"))
    assert "potus:o@1" in game.seen("seat:potus", "hint")
    assert "potus:o@1" in game.seen("seat:dprk", "hint")
    for view in ("seat:rok", "seat:state", "control", "public"):
        assert game.seen(view, "hint") == {}


def test_where_a_case_knows_no_meetings_of_leaders_a_text_is_signed_by_exchange_only() -> None:
    game = agreed()
    game.scenario = msgspec.structs.replace(game.scenario, summit=None)
    at_a_summit = c.OfferSign(offer="potus:o", version=1, venue="summit")
    assert game.refused(player("potus"), at_a_summit) == "offer.no_summits"
    game.do(player("potus"), c.OfferSign(offer="potus:o", version=1, venue="exchange"))
