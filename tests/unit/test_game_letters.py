"""Letters between seats: they take their time, nobody else knows of them, and a text may travel with one."""

import msgspec
import pytest

from adjudication.policies.post import by_post
from adjudication.policies.view import Act, BotView
from adjudication.scenario import Scenario
from adjudication.scenario.schema import Channel
from tests.support.builders import CONTROL, SYSTEM, Game, player, the_case
from tests.support.drafting import words
from wargame.game import commands as c
from wargame.game.events import LetterArrived, LetterSent, OfferTabled
from wargame.game.rejections import REJECTIONS

SLOW = Channel(id="slow", label="By hand", source=("potus", "dprk"), to=("potus", "dprk"), delay=1)
ONLY = msgspec.structs.replace(SLOW, only=True)
RADIO = Channel(id="radio", label="Broadcast", source=("dprk",), to=("potus",), public=True)
BARE = Channel(id="bare", label="Ticker", source=("potus",), to=("dprk", "rok"), carries_offers=False)


def with_channels(*channels: Channel) -> Scenario:
    return msgspec.structs.replace(the_case(), channels=channels)


def playing(*channels: Channel) -> Game:
    game = Game(with_channels(*channels))
    game.do(
        SYSTEM,
        c.GameCreate(
            title="Letters", scenario="us-dprk-2017", preset="full", seed="s", style="rigid",
            open_seats=("potus", "state", "dprk", "rok"), phase_ms={},
        ),
    ).joined("p-control", "Control", "control")  # fmt: skip
    return game.with_seats("potus", "state", "dprk", "rok").at_turn(1).in_phase("plan")


def letter(
    to: str = "dprk", *, channel: str = "slow", text: str = "Dear Sir", offer: str | None = None
) -> c.LetterSend:
    return c.LetterSend(channel=channel, to=to, text=text, offer=offer)


def draft(game: Game, seat: str = "potus", name: str = "t1") -> Game:
    return game.do(player(seat), c.OfferDraft(offer=name, parties=("potus", "dprk"), levels={"test": 1}))


def letters(game: Game, view: str) -> list[str]:
    return [value.state for value in game.seen(view, "letter").values()]  # type: ignore[attr-defined]


def test_a_letter_is_read_when_it_arrives_and_not_before() -> None:
    game = playing(SLOW).do(player("potus"), letter())
    assert letters(game, "seat:potus") == letters(game, "control") == ["on_its_way"]
    assert letters(game, "seat:dprk") == []
    game.at_turn(2)
    for view in ("seat:potus", "seat:dprk", "control"):
        assert letters(game, view) == ["arrived"]
    assert game.state.post == {}


@pytest.mark.parametrize("view", ["seat:state", "seat:rok", "seat:jpn", "observer", "public"])
def test_nobody_else_is_told_anything_by_a_letter(view: str) -> None:
    quiet, busy = playing(SLOW), playing(SLOW)
    draft(quiet), draft(busy)
    busy.do(player("potus"), letter(offer="t1"))
    quiet.do(CONTROL, c.NotePin(note="n", text="As many commands as in the other game."))
    quiet.at_turn(2), busy.at_turn(2)
    assert busy.seen("seat:dprk", "offer"), "the secret is there to be kept"
    assert [(r.kind, r.key, r.value) for r in quiet.feed(view)] == [(r.kind, r.key, r.value) for r in busy.feed(view)]


def test_the_reader_learns_nothing_before_the_letter_is_there_not_even_a_number() -> None:
    quiet, busy = playing(SLOW), playing(SLOW)
    before = len(quiet.feed("seat:dprk"))
    busy.do(player("potus"), letter())
    assert len(busy.feed("seat:dprk")) == before


def test_by_a_channel_without_delay_a_letter_arrives_at_once() -> None:
    game = playing(msgspec.structs.replace(SLOW, delay=0)).do(player("potus"), letter())
    assert [type(r.payload) for r in game.last] == [LetterSent, LetterArrived]
    assert letters(game, "seat:dprk") == ["arrived"]


def test_a_broadcast_is_heard_by_everybody() -> None:
    game = playing(RADIO).do(player("dprk"), letter("potus", channel="radio"))
    for view in ("seat:potus", "seat:rok", "observer", "public", "control"):
        assert letters(game, view) == ["arrived"]


def test_letters_sent_in_different_turns_may_overtake_each_other() -> None:
    game = playing(msgspec.structs.replace(SLOW, delay=2), msgspec.structs.replace(SLOW, id="quick", delay=0))
    game.do(player("potus"), letter(text="first")).do(player("potus"), letter(channel="quick", text="second"))
    assert [v.text for v in game.seen("seat:dprk", "letter").values()] == ["second"]  # type: ignore[attr-defined]
    game.at_turn(3)
    assert [v.text for v in game.seen("seat:dprk", "letter").values()] == ["second", "first"]  # type: ignore[attr-defined]


# --- texts ------------------------------------------------------------------------------------
def test_a_text_travels_with_its_letter_and_is_tabled_on_arrival() -> None:
    game = draft(playing(SLOW)).do(player("potus"), letter(offer="t1"))
    assert game.state.offers["potus:t1"].status == "draft"
    assert "potus:t1" not in game.seen("seat:dprk", "offer")
    game.at_turn(2)
    assert OfferTabled(offer="potus:t1") in [r.payload for r in game.log]
    assert game.seen("seat:dprk", "offer")["potus:t1"].status == "tabled"  # type: ignore[attr-defined]
    assert game.seen("seat:dprk", "letter").popitem()[1].offer == "potus:t1"  # type: ignore[attr-defined]


def test_a_draft_in_the_post_is_not_written_on_and_arrives_as_it_was_sent() -> None:
    game = draft(playing(SLOW)).do(player("potus"), c.PadShare(offer="t1"))
    game.do(player("potus"), c.PadEdit(offer="t1", update=words("test", "As it was sent.")))
    game.do(player("potus"), letter(offer="t1"))
    late = c.PadEdit(offer="t1", update=words("test", "Too late.", client=8))
    assert game.refused(player("potus"), late) == "offer.under_way"
    game.at_turn(game.state.turn + 2)
    assert game.state.offers["potus:t1"].details["test"].wording == "As it was sent."
    assert game.state.pads == {}


def test_a_text_under_way_rests() -> None:
    game = draft(playing(SLOW)).do(player("potus"), letter(offer="t1"))
    again = c.OfferDraft(offer="t1", parties=("potus", "dprk"), levels={"test": 2})
    for command in (again, c.OfferTable(offer="t1"), c.OfferWalkAway(offer="t1"), letter(offer="t1")):
        assert game.refused(player("potus"), command) == "offer.under_way"


def test_a_text_that_lapses_on_the_way_is_not_tabled_and_its_writer_is_told() -> None:
    game = draft(draft(playing(SLOW)), "dprk", "own").do(player("potus"), letter(offer="t1"))
    game.do(player("dprk"), c.OfferTable(offer="own")).do(player("potus"), c.OfferAccept(offer="dprk:own", version=1))
    for seat in ("potus", "dprk"):
        game.do(player(seat), c.OfferSign(offer="dprk:own", version=1, venue="exchange"))
    game.at_turn(2)
    assert "potus:t1" not in game.state.offers
    assert "potus:t1" not in game.seen("seat:dprk", "offer")
    mine, theirs = (game.seen(f"seat:{seat}", "letter").popitem()[1] for seat in ("potus", "dprk"))
    assert mine.held_back == REJECTIONS["letter.text_lapsed"]  # type: ignore[attr-defined]
    assert (theirs.held_back, theirs.offer, theirs.arrives) == ("", "", None)  # type: ignore[attr-defined]


def test_an_older_text_can_still_be_accepted_after_another_came_by_another_channel() -> None:
    other = msgspec.structs.replace(SLOW, id="other")
    game = draft(draft(playing(SLOW, other)), name="t2").do(player("potus"), letter(offer="t1"))
    game.at_turn(2).in_phase("plan").do(player("potus"), letter(channel="other", offer="t2"))
    game.at_turn(3).in_phase("plan").do(player("dprk"), c.OfferAccept(offer="potus:t1", version=1))
    assert game.state.offers["potus:t1"].status == "agreed"
    assert game.state.offers["potus:t2"].status == "tabled"


def test_a_newer_text_by_the_same_channel_replaces_the_older_one() -> None:
    game = draft(draft(playing(SLOW)), name="t2").do(player("potus"), letter(offer="t1"))
    game.at_turn(2).in_phase("plan").do(player("potus"), letter(offer="t2")).at_turn(3)
    assert set(game.state.offers) == {"potus:t2"}
    assert game.seen("seat:dprk", "offer")["potus:t1"].status == "lapsed"  # type: ignore[attr-defined]


def test_a_text_lapses_when_its_channel_says_so_unless_it_was_agreed() -> None:
    short = msgspec.structs.replace(SLOW, delay=0, expires=2)
    kept, gone = (draft(playing(short)).do(player("potus"), letter(offer="t1")) for _ in range(2))
    kept.do(player("dprk"), c.OfferAccept(offer="potus:t1", version=1))
    assert set(gone.at_turn(2).state.offers) == {"potus:t1"}
    assert set(gone.at_turn(3).state.offers) == set()
    assert kept.at_turn(3).state.offers["potus:t1"].status == "agreed"
    assert gone.state.brought == {}


# --- the only way -----------------------------------------------------------------------------
def test_where_letters_are_the_only_way_rooms_and_tables_are_closed() -> None:
    game = draft(playing(ONLY))
    potus = player("potus")
    assert game.refused(potus, c.RoomOpen(room="r", seats=("dprk",))) == "room.by_letter_only"
    assert game.refused(player("rok"), c.RoomOpen(room="r", seats=("dprk", "potus"))) == "room.by_letter_only"
    assert game.refused(potus, c.OfferTable(offer="t1")) == "offer.by_letter_only"
    game.do(potus, letter(offer="t1")).at_turn(2).in_phase("plan")
    counter = c.OfferCounter(offer="potus:t1", against=1, levels={"test": 2})
    assert game.refused(player("dprk"), counter) == "offer.by_letter_only"
    game.do(player("dprk"), c.OfferAccept(offer="potus:t1", version=1))


# --- refusals ---------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("seat", "command", "code"),
    [
        ("rok", letter(), "letter.no_channel"),
        ("potus", letter(channel="pigeon"), "letter.no_channel"),
        ("potus", letter("rok"), "letter.not_reached"),
        ("potus", letter("potus"), "letter.not_reached"),
        ("potus", letter("moon"), "seat.unknown"),
        ("potus", letter(text="  "), "text.empty"),
        ("potus", letter(offer="none"), "offer.unknown"),
        ("potus", letter("dprk", channel="bare", offer="t1"), "letter.carries_none"),
    ],
)
def test_a_letter_that_cannot_be_sent_says_why(seat: str, command: c.LetterSend, code: str) -> None:
    assert draft(playing(SLOW, BARE)).refused(player(seat), command) == code


def test_a_text_goes_only_to_one_of_its_parties() -> None:
    game = draft(playing(msgspec.structs.replace(SLOW, to=("potus", "dprk", "rok"))))
    assert game.refused(player("potus"), letter("rok", offer="t1")) == "letter.not_a_party"


def test_the_bag_of_a_seat_is_bounded() -> None:
    game = playing(SLOW)
    for _ in range(8):
        game.do(player("potus"), letter())
    assert game.refused(player("potus"), letter()) == "letter.too_many"
    game.do(player("dprk"), letter("potus"))


def test_a_seat_sees_the_channels_it_writes_or_reads_by_and_no_others() -> None:
    game = playing(SLOW, RADIO, BARE)
    assert set(game.seen("seat:potus", "channel")) == {"slow", "radio", "bare"}
    assert set(game.seen("seat:rok", "channel")) == {"bare"}
    assert set(game.seen("seat:state", "channel")) == set()
    assert game.seen("seat:potus", "channel")["radio"].to == ()  # type: ignore[attr-defined]


def test_a_reader_opens_a_letter_once_and_nobody_opens_anothers() -> None:
    game = playing(SLOW).do(player("potus"), letter())
    key = next(iter(game.state.post))
    opened = c.ItemOpen(kind="letter", key=key)
    assert game.refused(player("dprk"), opened) == "item.unknown"
    game.at_turn(2).do(player("dprk"), opened)
    assert game.refused(player("dprk"), opened) == "item.already_opened"
    assert game.refused(player("rok"), opened) == "item.unknown"
    assert f"letter:{key}:dprk" not in game.seen("seat:potus", "opened")


# --- bots -------------------------------------------------------------------------------------
def seen_by_a_bot(**changes: object) -> BotView:
    blank = {name: {} for name in ("readings", "before", "priors", "moves", "banked")}
    return BotView(
        seat="potus", side="US", turn=4, turns=12, phase="negotiate", orders_open=True, bargaining_open=True, key="k",
        budget=3, used=0, capital=None, submitted=False, ready=False, sheet=(), past=(), offers=(), rooms=(),
        terms=the_case().negotiation, by_letter={"dprk": "slow"}, **blank, **changes,
    )  # type: ignore[arg-type]  # fmt: skip


OPENING = (
    Act("offer.draft", {"offer": "t4", "parties": ("potus", "dprk"), "levels": {"test": 1}, "readers": ()}, "draft:t4"),
    Act("offer.table", {"offer": "t4"}, "table:t4"),
)


def test_a_bot_sends_by_letter_what_it_cannot_table() -> None:
    sent = by_post(seen_by_a_bot(), OPENING)
    assert [one.name for one in sent] == ["offer.draft", "letter.send"]
    assert sent[1].args["offer"] == "t4"
    assert sent[1].args["to"] == "dprk"


def test_a_bot_has_one_text_under_way_at_a_time() -> None:
    assert by_post(seen_by_a_bot(letters_out=1), OPENING) == []


def test_a_bot_tables_where_the_way_is_open() -> None:
    assert by_post(msgspec.structs.replace(seen_by_a_bot(), by_letter={}), OPENING) == list(OPENING)


def test_at_control_s_gate_the_letter_arrives_and_its_text_follows_when_it_is_released() -> None:
    game = playing(SLOW)
    gate = msgspec.structs.replace(game.scenario.negotiation.table, gate="control")
    game.scenario = msgspec.structs.replace(
        game.scenario, negotiation=msgspec.structs.replace(game.scenario.negotiation, table=gate)
    )
    draft(game).do(player("potus"), letter(offer="t1")).at_turn(2)
    theirs = next(iter(game.seen("seat:dprk", "letter").values()))
    assert theirs.offer == "", "the reader is not told that a text waits"  # type: ignore[attr-defined]
    assert game.seen("seat:dprk", "offer") == {}
    own = next(iter(game.seen("seat:potus", "letter").values()))
    assert own.held_back == REJECTIONS["letter.text_held"]  # type: ignore[attr-defined]
    assert game.state.offers["potus:t1"].gate == "held"
    game.do(CONTROL, c.OfferRelease(offer="potus:t1"))
    assert set(game.seen("seat:dprk", "offer")) == {"potus:t1"}
