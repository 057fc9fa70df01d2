"""Drafting together: who is let in, what may be merged, what becomes of it, and who may know of any of it."""

from __future__ import annotations

from base64 import b64encode

import pytest
from msgspec.structs import replace

from negotiation import pads
from negotiation.details import WORDING, Detail
from tests.support.builders import CONTROL, Game, a_game, player
from tests.support.drafting import Writer, words
from tests.support.pads import BOTH, PAD, SMALL, answering, drafted, edit, reads, shared, table, text, told_of_pads
from tests.support.tables import a_table
from wargame.game import commands as c
from wargame.game.events import Actor
from wargame.game.rejections import Rejected


# --- writing together ---------------------------------------------------------------------------
def test_two_seats_and_two_people_of_one_seat_write_one_clause_and_no_word_is_lost() -> None:
    game = shared()
    one, two, three = Writer(11), Writer(12), Writer(13)
    updates = [one.write("test", 0, "No tests "), two.write("test", 0, "of any kind "), three.write("test", 0, "ever ")]
    actors = [player("potus"), player("state"), Actor(kind="person", person="deputy", seat="potus", role="player")]
    for actor, update in zip(actors, updates, strict=True):
        game.do(actor, edit(update))
    assert sorted(text(game).split()) == sorted(["No", "tests", "of", "any", "kind", "ever"])
    for view in ("seat:potus", "seat:state", "seat:defense", "control"):
        assert reads(game, view).strip() == text(game)


def test_two_who_begin_the_same_clause_at_once_begin_the_same_text() -> None:
    game = shared()
    game.do(player("potus"), edit(words("sec", "Left. ", client=3)))
    game.do(player("state"), edit(words("sec", "Right. ", client=4)))
    assert sorted(text(game, "sec").split()) == ["Left.", "Right."]


def test_an_edit_that_arrives_twice_changes_nothing_and_is_accepted() -> None:
    game = shared()
    update = words("test", "Once.")
    game.do(player("potus"), edit(update))
    before = game.state
    assert game.try_(player("potus"), edit(update)) == ()
    assert game.state is before


@pytest.mark.parametrize("said", ["핵실험을 중단한다 ", "وقف التجارب النووية ", "👩‍👩‍👧‍👦🕊️ ", "a\u0000b\u202eright"])
def test_every_script_comes_through(said: str) -> None:
    game = shared().do(player("state"), edit(words("test", said)))
    assert pads.wordings(game.state.pads[PAD])["test"] == said.strip()
    assert reads(game, "seat:potus") == said


def test_a_draft_begins_with_the_wording_it_has() -> None:
    game = shared(details={"test": Detail(wording="As before.")})
    assert text(game) == "As before."
    assert reads(game, "seat:state") == "As before."


# --- what becomes of it ---------------------------------------------------------------------------
def test_the_wording_of_each_clause_is_taken_from_the_pad_when_the_draft_is_tabled() -> None:
    game = shared().do(player("state"), edit(words("test", " Not one more. ")))
    game.do(player("state"), edit(words("fac", "Not in this text.", client=8)))
    game.do(player("potus"), c.OfferTable(offer="o"))
    offer = game.state.offers[PAD]
    assert offer.details == {"test": Detail(wording="Not one more.")}
    assert game.seen("seat:dprk", "offer_version")[f"{PAD}@1"].details["test"].wording == "Not one more."  # type: ignore[attr-defined]


def test_a_tabled_draft_closes_its_pad_for_those_who_saw_it() -> None:
    game = shared().do(player("potus"), edit(words("test", "Words."))).do(player("potus"), c.OfferTable(offer="o"))
    assert game.state.pads == {}
    for view in ("seat:potus", "seat:state", "seat:defense", "control"):
        assert not game.seen(view, "pad")[PAD].open  # type: ignore[attr-defined]
    assert game.refused(player("potus"), edit(words("test", "Late."))) == "pad.unknown"


def test_an_answer_is_worded_by_the_pad_of_the_seat_that_gives_it() -> None:
    game = answering().do(player("dprk"), edit(words("test", "When you do.")))
    game.do(player("dprk"), c.OfferCounter(offer=PAD, against=1, levels=SMALL))
    assert game.state.offers[PAD].details["test"].wording == "When you do."
    assert game.state.pads == {}


def test_words_alone_make_an_answer() -> None:
    game = answering()
    same = c.OfferCounter(offer=PAD, against=1, levels=SMALL)
    assert game.refused(player("dprk"), same) == "offer.unchanged"
    game.do(player("dprk"), edit(words("test", "Other words."))).do(player("dprk"), same)


def test_an_answer_in_hand_survives_the_next_version_of_another() -> None:
    game = answering().do(player("dprk"), edit(words("test", "Ours.")))
    game.do(player("potus"), c.OfferCounter(offer=PAD, against=1, levels={"test": 2}))
    assert text(game, pad=f"{PAD}@dprk") == "Ours."


def test_what_was_written_for_an_earlier_answer_never_ends_up_in_the_next() -> None:
    game = answering(details={"test": Detail(wording="As tabled.")})
    first = game.state.pads[f"{PAD}@dprk"]
    reader = Writer(41, b64encode(first.merged).decode())
    game.do(player("dprk"), edit(words("sec", "Taken in time.", client=43)))
    late, alone = reader.write("test", 3, "too "), Writer(42).write("sec", 0, "Late.")
    game.do(player("dprk"), c.OfferCounter(offer=PAD, against=1, levels={"test": 2}))
    game.do(player("dprk"), c.PadShare(offer=PAD))
    assert game.state.pads[f"{PAD}@dprk"].opening != first.opening
    assert game.refused(player("dprk"), edit(late)) == "pad.behind"
    assert game.refused(player("dprk"), edit(alone, opening=first.opening)) == "pad.over"
    edits = {seen.opening for seen in game.seen("seat:dprk", "pad_edit").values()}  # type: ignore[attr-defined]
    assert edits == {first.opening}, "what was told of the first answer is marked as the first's"


def test_a_text_that_ends_takes_its_pads_with_it() -> None:
    game = answering().do(player("potus"), c.PadShare(offer=PAD, editors=("state",)))
    game.do(player("potus"), c.OfferWalkAway(offer=PAD, reason="Enough."))
    assert game.state.pads == {}


# --- who is let in --------------------------------------------------------------------------------
def test_a_pad_is_for_those_who_may_see_all_of_the_draft_and_nobody_else() -> None:
    game = shared().do(player("state"), edit(words("test", "Ours alone.")))
    assert told_of_pads(game) == {"seat:potus", "seat:state", "seat:defense", "control"}


def test_the_other_side_gets_not_a_byte_of_a_draft_that_is_being_written() -> None:
    game = drafted()
    before = game.feed("seat:dprk")
    game.do(player("potus"), c.PadShare(offer="o", editors=("state",)))
    game.do(player("state"), edit(words("test", "Our bottom line.")))
    assert game.feed("seat:dprk") == before


def test_an_answer_is_seen_by_the_named_of_its_own_side_and_never_by_another() -> None:
    game = drafted().do(player("potus"), c.OfferTable(offer="o"))
    game.told.clear()
    game.do(player("potus"), c.PadShare(offer="o", editors=("state",), readers=("defense",)))
    game.do(player("state"), edit(words("test", "Next."), of="potus"))
    assert told_of_pads(game) == {"seat:potus", "seat:state", "seat:defense", "control"}
    assert reads(game, "seat:defense", pad=f"{PAD}@potus") == "Next."
    assert (
        game.refused(player("potus"), c.PadShare(offer="o", editors=("dprk", "state", "defense"))) == "pad.other_side"
    )


def test_a_hidden_pad_answers_like_one_that_is_not_there() -> None:
    game = answering()
    update = words("test", "What are they writing?")
    there = game.try_(player("potus"), edit(update, of="dprk"))
    assert isinstance(there, Rejected)
    assert there == game.try_(player("potus"), edit(update, of="rok")) == game.try_(player("rok"), edit(update))
    assert there.code == "pad.unknown"


def test_a_newcomer_gets_the_merged_whole_and_nobody_else_hears_of_it() -> None:
    game = shared().do(player("state"), edit(words("test", "So far.")))
    before = len(game.told)
    again = c.OfferDraft(offer="o", parties=BOTH, levels=SMALL, readers=("state", "defense", "rok"))
    game.do(player("potus"), again)
    fresh = [row for row in game.told[before:] if row.kind in ("pad", "pad_edit")]
    assert {row.view for row in fresh} == {"seat:rok"}
    assert reads(game, "seat:rok") == "So far."
    game.do(player("state"), edit(Writer(21).write("test", 0, "And on. ")))
    assert reads(game, "seat:rok") == reads(game, "seat:potus")


def test_a_reader_of_another_side_is_not_told_who_else_writes() -> None:
    game = drafted(readers=("state", "rok")).do(player("potus"), c.PadShare(offer="o", editors=("rok", "state")))
    assert game.seen("seat:rok", "pad")[PAD].editors == ("rok",)  # type: ignore[attr-defined]
    assert game.seen("seat:state", "pad")[PAD].editors == ("rok", "state")  # type: ignore[attr-defined]


def test_who_falls_out_of_confidence_hears_no_more_and_is_not_told_why() -> None:
    game = shared()
    offer = replace(game.state.offers[PAD], details={"sec": Detail(secret=True)})
    game.state = replace(game.state, offers={PAD: offer})
    before = len(game.feed("seat:state"))
    game.do(player("potus"), edit(words("sec", "Between us.")))
    assert [row for row in game.feed("seat:state")[before:] if row.kind in ("pad", "pad_edit")] == []
    assert reads(game, "control", "sec") == "Between us."
    assert game.refused(player("state"), edit(words("test", "Hello?"))) == "pad.unknown"


def test_an_answer_to_a_text_with_a_secret_clause_is_not_opened_to_who_may_not_know_it() -> None:
    game = drafted().do(player("potus"), c.OfferTable(offer="o"))
    offer = replace(game.state.offers[PAD], details={"sec": Detail(secret=True, wording="Between us.")})
    game.state = replace(game.state, offers={PAD: offer})
    game.do(player("potus"), c.PadShare(offer="o", editors=("state",)))
    assert "pad" not in {row.kind for row in game.feed("seat:state")}
    assert reads(game, "seat:potus", "sec", f"{PAD}@potus") == "Between us."


# --- what is refused ------------------------------------------------------------------------------
def garbage() -> list[str]:
    real = words("test", "Real words.")
    raw = b64encode(bytes.fromhex("ff" * 40)).decode()
    return ["!!!!", "AAAA", "AQ==", raw, real[:-8] + "AAAA", b64encode(b"\x00" * 4000).decode()]


@pytest.mark.parametrize("update", garbage())
def test_garbage_is_refused_and_leaves_no_trace(update: str) -> None:
    game = shared().do(player("potus"), edit(words("sec", "Kept.")))
    before, told = game.state, len(game.told)
    assert game.refused(player("state"), edit(update)) == "pad.malformed"
    assert game.state is before
    assert len(game.told) == told
    assert text(game, "sec") == "Kept."


def test_a_pad_holds_plain_text_only() -> None:
    from pycrdt import Array, Doc, Text

    bold: Doc[Text] = Doc()
    bold.get("test", type=Text).insert(0, "loud", {"bold": True})
    nested: Doc[Array] = Doc()  # type: ignore[type-arg]
    nested.get("test", type=Array).append("a value")
    for doc in (bold, nested):
        assert shared().refused(player("potus"), edit(b64encode(doc.get_update()).decode())) == "pad.malformed"


def test_an_edit_that_builds_on_what_nobody_has_seen_is_refused() -> None:
    writer = Writer(5)
    first, second = writer.write("test", 0, "One"), writer.write("test", 3, " two")
    cut = writer.cut("test", 0, 2)
    game = shared()
    for early in (second, cut):
        assert game.refused(player("potus"), edit(early)) == "pad.behind"
    for update in (first, second, cut):
        game.do(player("potus"), edit(update))
    assert text(game) == "e two"


def test_a_draft_has_texts_for_clauses_of_the_case_only() -> None:
    refused = shared().try_(player("potus"), edit(words("moon", "Land on it.")))
    assert isinstance(refused, Rejected)
    assert refused.code == "pad.unknown_clause"
    assert "test" in refused.params["allowed"]  # type: ignore[operator]


def test_a_hundred_kilobytes_are_refused_with_the_numbers_and_nothing_is_lost() -> None:
    game = shared().do(player("potus"), edit(words("test", "Short.")))
    assert game.refused(player("state"), edit(words("sec", "x" * 33_000, client=8))) == "pad.update_too_large"
    refused = game.try_(player("state"), edit(words("sec", "x" * 20_000, client=8)))
    assert isinstance(refused, Rejected)
    assert refused == Rejected("pad.clause_full", {"issue": "sec", "limit": WORDING, "over": 20_000 - WORDING})
    assert text(game) == "Short."
    game.do(player("state"), edit(words("sec", "한" * WORDING, client=8)))


def filled() -> Game:
    game, issues = shared(), sorted(table().scenario.issues)
    for place, issue in enumerate(issues):
        update = edit(words(issue, "한" * WORDING, client=50 + place))
        if isinstance(game.try_(player("potus"), update), Rejected):
            return game
        game.do(player("potus"), update)
    raise AssertionError("the clauses of the case do not fill a pad")


def test_a_full_draft_takes_no_more_but_can_be_shortened() -> None:
    game = filled()
    assert len(game.state.pads[PAD].merged) <= pads.PAD_BYTES
    more = words(max(game.scenario.issues), "한" * WORDING, client=99)
    assert game.refused(player("state"), edit(more)) == "pad.full"
    writer = Writer(98, b64encode(game.state.pads[PAD].merged).decode())
    first = min(game.scenario.issues)
    game.do(player("state"), edit(writer.cut(first, 0, WORDING)))
    game.do(player("state"), edit(more))


def test_only_those_named_write_and_only_readers_can_be_named() -> None:
    game = shared()
    update = words("test", "May I?")
    assert game.refused(player("defense"), edit(update)) == "pad.not_editor"
    assert game.refused(player("rok"), edit(update)) == "pad.unknown"
    assert game.refused(player("potus"), c.PadShare(offer="o", editors=("rok",))) == "pad.not_reader"
    assert game.refused(player("state"), c.PadShare(offer=PAD)) == "offer.not_author"
    assert game.refused(player("rok"), c.PadShare(offer=PAD)) == "offer.unknown"
    game.do(player("potus"), c.PadShare(offer="o", editors=("defense",))).do(player("defense"), edit(update))
    assert game.refused(player("state"), edit(words("sec", "And me?"))) == "pad.not_editor"


def test_readers_of_an_answer_are_widened_and_never_narrowed() -> None:
    game = drafted().do(player("potus"), c.OfferTable(offer="o"))
    game.do(player("potus"), c.PadShare(offer="o", editors=("state",)))
    assert game.refused(player("potus"), c.PadShare(offer="o")) == "pad.narrowed"
    game.do(player("potus"), c.PadShare(offer="o", readers=("state", "defense")))
    assert game.refused(player("state"), edit(words("test", "Still?"), of="potus")) == "pad.not_editor"
    assert game.refused(player("rok"), c.PadShare(offer=PAD)) in ("offer.unknown", "offer.not_party")


def test_what_lies_before_control_rests_and_goes_out_as_it_was_sent() -> None:
    game = a_table(gate="control").do(player("potus"), c.OfferDraft(offer="o", parties=BOTH, levels=SMALL))
    game.do(player("potus"), c.PadShare(offer="o")).do(player("potus"), edit(words("test", "As sent.")))
    game.do(player("potus"), c.OfferTable(offer="o"))
    assert game.refused(player("potus"), edit(words("test", "Too late. ", client=8))) == "offer.held"
    assert "pad" not in {row.kind for row in game.feed("seat:dprk")}
    game.do(CONTROL, c.OfferRelease(offer=PAD))
    assert game.state.offers[PAD].details["test"].wording == "As sent."
    game.do(player("dprk"), c.PadShare(offer=PAD)).do(player("dprk"), edit(words("test", "Ours. ", client=9)))
    game.do(player("dprk"), c.OfferCounter(offer=PAD, against=1, levels=SMALL))
    assert game.refused(player("dprk"), edit(words("test", "Too late. ", client=10))) == "offer.held"
    game.do(CONTROL, c.OfferReturn(offer=PAD, seat="dprk", reason="Milder, please."))
    game.do(player("dprk"), edit(words("sec", "Milder.", client=11)))


def test_sharing_what_is_shared_already_says_nothing_new() -> None:
    assert shared().try_(player("potus"), c.PadShare(offer="o", editors=("state",))) == ()


def test_nobody_writes_while_the_game_is_in_its_lobby_and_all_may_while_it_is_paused() -> None:
    assert a_game().with_seats("potus").refused(player("potus"), edit(words("test", "Early."))) == "game.not_started"
    game = shared().do(CONTROL, c.GamePause(reason="Lunch."))
    game.do(player("state"), edit(words("test", "Over lunch.")))
