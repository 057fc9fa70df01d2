"""Who sits at the table: readers, sponsors, initials, walking out and back, recess, oral words, Control's gate."""

import pytest

from tests.support.builders import CONTROL, Game, player
from tests.support.tables import BOTH, KEY, SMALL, a_table, agreed, an_annex, bracketed, drafted, tabled
from wargame.game import commands as c
from wargame.game.commands import Command
from wargame.game.rejections import Rejected, sentence

DEALING: tuple[Command, ...] = (
    c.OfferCounter(offer=KEY, against=1, levels={"test": 2}),
    c.OfferAccept(offer=KEY, version=1),
    c.OfferInitial(offer=KEY, version=1),
    c.OfferSign(offer=KEY, version=1, venue="exchange"),
)


def text(game: Game, view: str = "seat:potus"):  # type: ignore[no-untyped-def]
    return game.seen(view, "offer")[KEY]


# --- readers ----------------------------------------------------------------------------------
def test_readers_are_let_in_after_tabling_too_and_read_the_version_and_its_marks() -> None:
    game = tabled().do(player("dprk"), c.OfferMark(offer=KEY, version=1, marks={"test": "reject"}))
    assert KEY not in game.seen("seat:state", "offer")
    game.do(player("potus"), c.OfferWiden(offer=KEY, readers=("state",)))
    assert text(game, "seat:state").readers == ("state",)
    assert f"{KEY}@1" in game.seen("seat:state", "offer_version")
    assert game.seen("seat:state", "stance")[f"{KEY}@1:dprk"].marks == {"test": "reject"}  # type: ignore[attr-defined]
    for known in ("state", "dprk"):
        again = c.OfferWiden(offer=KEY, readers=(known,))
        assert game.refused(player("potus"), again) == "offer.nobody_new"


def test_letting_a_reader_in_is_no_row_to_the_other_side() -> None:
    game = tabled()
    before = game.feed("seat:dprk")
    game.do(player("potus"), c.OfferWiden(offer=KEY, readers=("state", "rok")))
    assert game.feed("seat:dprk") == before


def test_another_party_lets_in_its_own_side_and_nobody_else() -> None:
    game = tabled(parties=("potus", "dprk", "rok"))
    assert game.refused(player("dprk"), c.OfferWiden(offer=KEY, readers=("state",))) == "offer.not_your_reader"
    assert game.refused(player("state"), c.OfferWiden(offer=KEY, readers=("jpn",))) == "offer.unknown"


def test_a_reader_of_another_side_s_leave_is_not_given_away_by_an_answer() -> None:
    """A seat let in twice, once by each side, is no mistake of the second: it could not know."""
    party = drafted(a_table(), seat="dprk", offer="p", parties=BOTH, readers=("state",))
    party.do(player("dprk"), c.OfferTable(offer="p"))
    assert party.seen("seat:potus", "offer")["dprk:p"].readers == ()  # type: ignore[attr-defined]
    party.do(player("potus"), c.OfferWiden(offer="dprk:p", readers=("state",)))
    assert party.seen("seat:potus", "offer")["dprk:p"].readers == ("state",)  # type: ignore[attr-defined]
    assert party.seen("seat:dprk", "offer")["dprk:p"].readers == ("state",)  # type: ignore[attr-defined]
    known = tabled(readers=("intel",))
    assert known.refused(player("potus"), c.OfferWiden(offer=KEY, readers=("intel",))) == "offer.nobody_new"


# --- sponsors ---------------------------------------------------------------------------------
def test_a_sponsor_is_asked_reads_the_draft_and_stands_by_it_or_not() -> None:
    game = drafted(a_table(), parties=("potus", "dprk", "rok"), sponsors=("rok", "jpn"))
    assert text(game, "seat:rok").invited == ("rok",)
    assert text(game, "seat:potus").invited == ("jpn", "rok")
    game.do(player("rok"), c.OfferSponsor(offer=KEY, stands=True))
    game.do(player("jpn"), c.OfferSponsor(offer=KEY, stands=False))
    assert (text(game).sponsors, text(game).invited) == (("rok",), ())
    game.do(player("potus"), c.OfferTable(offer="o"))
    assert game.state.offers[KEY].accepted == ("potus", "rok"), "who sponsors a text stands by it"
    assert text(game, "seat:dprk").sponsors == ("rok",)


def test_only_the_asked_answer_and_once() -> None:
    game = drafted(a_table(), sponsors=("rok",))
    assert game.refused(player("potus"), c.OfferSponsor(offer=KEY, stands=True)) == "offer.not_invited"
    game.do(player("rok"), c.OfferSponsor(offer=KEY, stands=True))
    assert game.refused(player("rok"), c.OfferSponsor(offer=KEY, stands=True)) == "offer.sponsors_already"


def test_who_stood_by_another_wording_is_asked_again() -> None:
    game = drafted(a_table(), sponsors=("rok",)).do(player("rok"), c.OfferSponsor(offer=KEY, stands=True))
    drafted(game, sponsors=("rok",), title="A better name")
    assert game.state.offers[KEY].sponsors == ("rok",)
    drafted(game, sponsors=("rok",), levels={"test": 2})
    assert (game.state.offers[KEY].sponsors, game.state.offers[KEY].invited) == ((), ("rok",))


def test_a_counter_asks_its_own_sponsors_from_the_own_side_or_the_parties() -> None:
    game = tabled(parties=("potus", "dprk", "rok"))
    answer = c.OfferCounter(offer=KEY, against=1, levels={"test": 2}, sponsors=("jpn",))
    assert game.refused(player("dprk"), answer) == "offer.not_your_reader"
    game.do(player("dprk"), c.OfferCounter(offer=KEY, against=1, levels={"test": 2}, sponsors=("rok",)))
    assert text(game, "seat:potus").invited == (), "the other side is not told who was asked"
    game.do(player("rok"), c.OfferSponsor(offer=KEY, stands=True))
    assert game.state.offers[KEY].accepted == ("dprk", "rok")


def test_nobody_stands_by_a_version_while_a_party_is_out() -> None:
    game = tabled(parties=("potus", "dprk", "rok"), sponsors=("rok",)).do(player("dprk"), c.OfferWalkOut(offer=KEY))
    assert game.refused(player("rok"), c.OfferSponsor(offer=KEY, stands=True)) == "offer.walked_out"
    game.do(player("rok"), c.OfferSponsor(offer=KEY, stands=False))


# --- initials ---------------------------------------------------------------------------------
def test_an_initial_settles_the_wording_and_binds_nobody() -> None:
    game = tabled()
    for seat in BOTH:
        game.do(player(seat), c.OfferInitial(offer=KEY, version=1))
    assert text(game).initialled == ("dprk", "potus")
    assert game.state.offers[KEY].status == "tabled"
    assert game.refused(player("dprk"), c.OfferInitial(offer=KEY, version=1)) == "offer.already_initialled"
    game.do(player("dprk"), c.OfferCounter(offer=KEY, against=1, levels={"test": 2}))
    assert game.state.offers[KEY].initialled == ()


# --- walking out ------------------------------------------------------------------------------
def test_while_somebody_is_out_nobody_deals_and_the_others_know_who_and_why() -> None:
    game = tabled().do(player("dprk"), c.OfferWalkOut(offer=KEY, reason="An insult."))
    for view in ("seat:potus", "control"):
        assert (text(game, view).out, text(game, view).left) == (("dprk",), {"dprk": "An insult."})
    for command in DEALING:
        for seat in BOTH:
            answer = game.try_(player(seat), command)
            assert isinstance(answer, Rejected)
            assert answer.code == "offer.walked_out"
            assert "dprk" in sentence(answer)
    mark = c.OfferMark(offer=KEY, version=1, marks={"test": "accept"})
    assert game.refused(player("dprk"), mark) == "offer.you_are_out"
    assert game.refused(player("dprk"), c.OfferWalkOut(offer=KEY)) == "offer.you_are_out"
    assert game.refused(player("dprk"), c.OfferRecess(offer=KEY, on=True)) == "offer.you_are_out"
    game.do(player("potus"), mark)


def test_who_comes_back_finds_the_version_as_it_was_left() -> None:
    game = tabled().do(player("dprk"), c.OfferWalkOut(offer=KEY))
    assert game.refused(player("potus"), c.OfferComeBack(offer=KEY)) == "offer.not_out"
    left = game.state.offers[KEY].wording
    game.do(player("dprk"), c.OfferComeBack(offer=KEY))
    assert game.state.offers[KEY].wording == left
    assert (text(game).out, text(game).left) == ((), {})
    game.do(player("dprk"), c.OfferAccept(offer=KEY, version=1))
    assert game.refused(player("potus"), c.OfferComeBack(offer=KEY)) == "offer.not_out"


def test_who_is_not_back_when_the_turn_is_settled_has_left_for_good() -> None:
    game = tabled().do(player("dprk"), c.OfferWalkOut(offer=KEY, reason="An insult.")).at_turn(2)
    seen = text(game)
    assert (seen.status, seen.ended_by, seen.reason) == ("walked_away", "dprk", "An insult.")
    assert KEY not in game.state.offers


def test_one_walks_out_of_a_half_signed_text_and_not_of_a_signed_one() -> None:
    game = agreed().do(player("potus"), c.OfferSign(offer=KEY, version=1, venue="exchange"))
    game.do(player("dprk"), c.OfferWalkOut(offer=KEY))
    assert game.refused(player("dprk"), DEALING[3]) == "offer.walked_out"
    game.do(player("dprk"), c.OfferComeBack(offer=KEY)).do(player("dprk"), DEALING[3])
    assert game.refused(player("dprk"), c.OfferWalkOut(offer=KEY)) == "offer.signed"
    assert game.refused(player("dprk"), c.OfferRecess(offer=KEY, on=True)) == "offer.signed"


def test_one_may_leave_for_good_from_outside_the_room() -> None:
    game = tabled().do(player("dprk"), c.OfferWalkOut(offer=KEY)).do(player("dprk"), c.OfferWalkAway(offer=KEY))
    assert text(game).status == "walked_away"


# --- recess -----------------------------------------------------------------------------------
def test_a_recess_begins_when_all_have_asked_and_any_one_ends_it() -> None:
    game = tabled().do(player("dprk"), c.OfferRecess(offer=KEY, on=True, reason="To ask home."))
    assert (text(game).adjourning, text(game).recess) == (("dprk",), False)
    assert game.refused(player("dprk"), c.OfferRecess(offer=KEY, on=True)) == "offer.recess_asked"
    game.do(player("potus"), c.OfferRecess(offer=KEY, on=True))
    assert text(game).recess
    for command in DEALING:
        assert game.refused(player("dprk"), command) == "offer.in_recess"
    game.do(player("dprk"), c.OfferRecess(offer=KEY, on=False)).do(player("dprk"), DEALING[1])
    assert game.refused(player("dprk"), c.OfferRecess(offer=KEY, on=False)) == "offer.no_recess"


def test_a_recess_ends_with_the_turn_and_the_text_stays() -> None:
    game = tabled()
    for seat in BOTH:
        game.do(player(seat), c.OfferRecess(offer=KEY, on=True))
    game.at_turn(2)
    assert not text(game).recess
    assert text(game).status == "tabled"
    game.do(player("dprk"), DEALING[1])


def test_a_request_for_a_recess_lapses_with_the_turn() -> None:
    game = tabled().do(player("dprk"), c.OfferRecess(offer=KEY, on=True)).at_turn(2)
    assert (text(game).adjourning, game.state.offers[KEY].adjourning) == ((), ())


def test_a_request_for_a_recess_is_taken_back() -> None:
    game = tabled().do(player("dprk"), c.OfferRecess(offer=KEY, on=True))
    game.do(player("dprk"), c.OfferRecess(offer=KEY, on=False))
    assert text(game).adjourning == ()
    assert game.refused(player("potus"), c.OfferRecess(offer=KEY, on=False)) == "offer.no_recess"


# --- oral understandings ----------------------------------------------------------------------
def test_both_affirm_an_oral_understanding_and_it_has_no_paper() -> None:
    game = agreed()
    for seat in BOTH:
        game.do(player(seat), c.OfferSign(offer=KEY, version=1, venue="oral"))
    assert game.state.offers[KEY].status == "signed"
    paper = agreed(annexes=(an_annex(),))
    assert paper.refused(player("potus"), c.OfferSign(offer=KEY, version=1, venue="oral")) == "offer.oral_annexed"
    strict = agreed(a_table(oral=False))
    assert strict.refused(player("potus"), c.OfferSign(offer=KEY, version=1, venue="oral")) == "offer.no_oral"


# --- Control's gate ---------------------------------------------------------------------------
def held() -> Game:
    return tabled(a_table(gate="control"), readers=("state",))


def test_a_text_at_the_gate_is_seen_by_nobody_who_did_not_see_the_draft() -> None:
    game = a_table(gate="control")
    before = game.feed("seat:dprk")
    tabled(game, readers=("state",))
    assert game.feed("seat:dprk") == before
    for view in ("seat:potus", "seat:state", "control"):
        assert (text(game, view).status, text(game, view).gate) == ("draft", "held")
    for command in DEALING:
        assert game.refused(player("dprk"), command) == "offer.unknown"


def test_a_text_at_the_gate_rests() -> None:
    game = held()
    assert game.refused(player("potus"), c.OfferTable(offer="o")) == "offer.held"
    assert game.refused(player("potus"), c.OfferDraft(offer="o", parties=BOTH, levels=SMALL)) == "offer.held"


def test_control_releases_a_text_to_its_parties() -> None:
    game = held()
    assert game.refused(player("potus"), c.OfferRelease(offer=KEY)) == "who.control_only"
    game.do(CONTROL, c.OfferRelease(offer=KEY))
    assert (text(game, "seat:dprk").status, text(game, "seat:dprk").gate) == ("tabled", "")
    assert game.refused(CONTROL, c.OfferRelease(offer=KEY)) == "offer.not_held"
    assert game.refused(CONTROL, c.OfferReturn(offer="none", reason="Not here.")) == "offer.unknown"
    game.do(player("dprk"), DEALING[1])


def test_control_returns_a_text_with_the_reason_and_its_author_writes_it_anew() -> None:
    game = held()
    before = game.feed("seat:dprk")
    game.do(CONTROL, c.OfferReturn(offer=KEY, reason="The law forbids clause two."))
    assert text(game).returned == text(game, "seat:state").returned == "The law forbids clause two."
    assert game.feed("seat:dprk") == before
    drafted(game, levels={"test": 1}, readers=("state",)).do(player("potus"), c.OfferTable(offer="o"))
    assert (text(game).gate, text(game).returned) == ("held", "")


def test_what_time_has_overtaken_at_the_gate_is_not_released_but_returned() -> None:
    game = tabled(a_table(gate="control"), expires=1).at_turn(2)
    assert game.refused(CONTROL, c.OfferRelease(offer=KEY)) == "offer.expires_past"
    game.do(CONTROL, c.OfferReturn(offer=KEY, reason="Too late."))


def test_an_author_takes_a_text_back_from_the_gate() -> None:
    game = held().do(player("potus"), c.OfferWalkAway(offer="o"))
    assert KEY not in game.state.offers


# --- paraphrases ------------------------------------------------------------------------------
def test_what_a_clause_means_to_a_seat_is_read_by_it_and_control_alone() -> None:
    game = tabled(readers=("state",))
    note = c.OfferParaphrase(offer=KEY, version=1, clause="sec", text="Binds them, not us.")
    before = {view: len(game.feed(view)) for view in ("seat:potus", "seat:state", "seat:rok", "public")}
    game.do(player("dprk"), note)
    assert {view: len(game.feed(view)) for view in before} == before
    for view in ("seat:dprk", "control"):
        seen = game.seen(view, "paraphrase")[f"{KEY}@1:dprk:sec"]
        assert seen.text == "Binds them, not us."  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"clause": "rec"}, "offer.no_such_clause"),
        ({"version": 2}, "offer.stale_version"),
        ({"text": " \n"}, "text.empty"),
        ({"offer": "none"}, "offer.unknown"),
    ],
)
def test_a_paraphrase_is_of_a_clause_of_the_version_on_the_table(change: dict[str, object], code: str) -> None:
    fields: dict[str, object] = {"offer": KEY, "version": 1, "clause": "sec", "text": "As we read it.", **change}
    assert tabled().refused(player("dprk"), c.OfferParaphrase(**fields)) == code  # type: ignore[arg-type]


# --- what is explained ------------------------------------------------------------------------
def test_editing_a_tabled_text_and_accepting_an_old_version_say_what_to_do_instead() -> None:
    game = tabled()
    edit = game.try_(player("potus"), c.OfferDraft(offer="o", parties=BOTH, levels={"test": 2}))
    assert isinstance(edit, Rejected)
    assert "counter-offer" in sentence(edit)
    game.do(player("dprk"), DEALING[0])
    stale = game.try_(player("potus"), c.OfferAccept(offer=KEY, version=1))
    assert isinstance(stale, Rejected)
    assert "Version 2" in sentence(stale)


def test_signing_brackets_or_without_authority_says_who_or_what_is_missing() -> None:
    game = tabled(parties=("potus", "dprk", "rok"), details=bracketed("test"))
    sign = c.OfferSign(offer=KEY, version=1, venue="exchange")
    assert game.refused(player("rok"), sign) == "offer.no_authority"
    answer = game.try_(player("potus"), sign)
    assert isinstance(answer, Rejected)
    assert "test" in sentence(answer)
