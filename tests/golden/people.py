"""What the golden game does about people: a guest list, lots, a hand-over, deputies, rights, and a seat that drops."""

from tests.support.builders import CONTROL, SYSTEM, Game, player
from wargame.game import commands as c
from wargame.game.events import Actor

DEPUTY = Actor(kind="person", person="p-deputy")


def before_the_start(game: Game) -> None:
    """Invite two by name, seat one by lot where only a bot sits, hand over, and put things back."""
    late, second = c.Invitation(display="Late", wishes=("rok",)), c.Invitation(display="Second", role="control")
    game.do(CONTROL, c.PeopleInvite(people=(late, second)))
    ids = {person.display: person.id for person in game.state.people.values()}
    game.do(CONTROL, c.PersonRename(person=ids["Late"], display="Lately"))
    game.do(CONTROL, c.RightsSet(person=ids["Second"], rights=("inject", "speak")))
    game.do(Actor(kind="person", person="p-rude"), c.SeatPrefer(seats=("intel", "rok")))
    game.do(CONTROL, c.SeatsAssign(how="random", people=(ids["Late"],)))
    game.do(CONTROL, c.SeatHandOver(person=ids["Late"], to="p-rude"))
    game.do(CONTROL, c.SeatAssign(person="p-rude", seat=None)).do(CONTROL, c.SeatBot(seat="jpn", policy="dove"))
    game.do(CONTROL, c.PersonRemove(person=ids["Late"], reason="Did not come."))
    game.do(CONTROL, c.PersonReadmit(person=ids["Late"])).do(CONTROL, c.PersonRelink(person=ids["Late"]))
    game.do(CONTROL, c.PersonRemove(person=ids["Late"]))
    game.do(CONTROL, c.LobbySet(guests=True, away_ms=60_000))
    game.do(player("potus"), c.ConsentChoose(choice="words")).do(player("dprk"), c.ConsentChoose(choice="nothing"))
    game.do(CONTROL, c.ConsentNarrow(person=ids["Late"], choice="nothing"))
    game.do(CONTROL, c.ScreensLock(on=True, text="We begin in a minute.")).do(CONTROL, c.ScreensLock(on=False))


def at_the_pen(game: Game) -> None:
    """Let the deputy of a delegation take the pen, and its holder take it back."""
    game.do(player("state"), c.DeputyName(person="p-deputy")).do(DEPUTY, c.PenTake())
    game.do(player("state"), c.PenTake())


def in_the_first_turn(game: Game) -> None:
    """Let a seat drop to its bot and return, and say a word to another in private."""
    game.do(CONTROL, c.SeatNudge(seat="potus", text="Read your brief before the phase ends."))
    game.do(SYSTEM, c.SeatWatch(seat="rok", here=(), since_ms=game.now - 60_000))
    game.do(SYSTEM, c.SeatWatch(seat="rok", here=("p-rok",), since_ms=game.now))
