"""What the golden game says in rooms: a conference with its corridor, a reply, a pin, and all that befalls a line."""

from tests.support.builders import CONTROL, Game, player
from wargame.game import commands as c

CONFERENCE = "potus:panmunjom"
BACK_CHANNEL = "talk:dprk.potus"


def confer(game: Game) -> None:
    """Hold a conference of three from call to close, with two of them stepping out."""
    called = c.ConferenceCall(
        conference="panmunjom", title="Panmunjom", seats=("dprk", "rok"), agenda=("Opening", "Remains"),
        starts=game.state.turn, ends=game.state.turn,
    )  # fmt: skip
    game.do(player("potus"), called).do(player("potus"), c.ConferenceOpen(conference=CONFERENCE))
    game.do(player("potus"), c.ConferencePoint(conference=CONFERENCE, point=1))
    game.do(player("rok"), c.MessagePost(message="m", room=f"conference:{CONFERENCE}", text="We are glad to be here."))
    game.do(player("dprk"), c.RoomOpen(room="aside", seats=("rok",), at=CONFERENCE))
    (aside,) = [room.id for room in game.state.rooms.values() if room.at == CONFERENCE and room.kind == "corridor"]
    game.do(player("dprk"), c.MessagePost(message="m", room=aside, text="A word, cousin."))
    game.do(player("rok"), c.MessagePost(message="m", room=aside, text="Yes?", reply_to=1, mentions=("dprk",)))
    game.do(player("rok"), c.MessagePin(room=aside, number=1))
    game.do(player("potus"), c.ConferenceRecess(conference=CONFERENCE, reason="Lunch."))
    game.do(player("potus"), c.ConferenceAgenda(conference=CONFERENCE, agenda=("Opening", "Remains", "Next meeting")))
    game.do(player("potus"), c.ConferenceChair(conference=CONFERENCE, seat="rok"))
    game.do(player("rok"), c.ConferenceOpen(conference=CONFERENCE))
    game.do(player("rok"), c.ConferenceClose(conference=CONFERENCE, reason="Nothing is left on the agenda."))


def bend(game: Game) -> None:
    """Let Control slow the back channel, let a seat read along, and bring a message into the papers."""
    game.do(CONTROL, c.LineIntercept(room=BACK_CHANNEL, by="intel"))
    game.do(player("dprk"), c.MessagePost(message="m", room=BACK_CHANNEL, text="Do not keep us waiting."))
    game.do(CONTROL, c.LineDelay(room=BACK_CHANNEL, turns=1))
    game.do(player("potus"), c.MessagePost(message="m", room=BACK_CHANNEL, text="You will hear from us."))
    number = game.state.rooms[BACK_CHANNEL].last
    game.do(CONTROL, c.MessageLeak(room=BACK_CHANNEL, number=number, source_known_to=("intel",)))


def straighten(game: Game) -> None:
    """Let the back channel be again what it was."""
    game.do(CONTROL, c.LineDelay(room=BACK_CHANNEL, turns=0))
    game.do(CONTROL, c.LineIntercept(room=BACK_CHANNEL, by="intel", on=False))
