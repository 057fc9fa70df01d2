"""The umpires' bench of the golden game: rulings, a second umpire, words said as somebody else, a pinned note."""

from adjudication.orders import RuledEffect
from tests.support.builders import CONTROL, Game
from wargame.game import commands as c
from wargame.game.events import Actor

OBSERVER = Actor(kind="person", person="p-observer", role="observer")


def appoint(game: Game) -> None:
    """Make the observer the second umpire."""
    game.do(CONTROL, c.UmpireAppoint(person="p-observer"))


def speak(game: Game) -> None:
    """Say something as a seat and under a name, and pin a note to it."""
    game.do(CONTROL, c.PersonaSpeak(room="control:dprk", seat="dprk", text="We are listening."))
    game.do(CONTROL, c.PersonaSpeak(room="press", voice="Wire service", text="Talks are said to go on."))
    last = game.state.rooms["press"].last
    about = f"message:press:{last}"
    game.do(CONTROL, c.NotePin(note="n", text="Who believed it?", event=about, objective="Signals", discuss=True))


def rule(game: Game, turn: int) -> None:
    """Look at the proposal, rule on it in the ways the rest of the script does not, and let the second umpire rate."""
    proposal = game.state.proposal
    assert proposal is not None
    order = proposal.orders[0].id
    game.do(OBSERVER, c.UmpireRate(turn=turn, order=order, outcome="partial", note="Too late in the year."))
    game.do(CONTROL, c.RulingReview(turn=turn, targets=tuple(one.id for one in proposal.orders)))
    row = next(r for r in proposal.ledger if r.var == "tension" and r.cause.kind == "order")
    why = "As the room saw it."
    game.do(
        CONTROL,
        c.RulingRow(turn=turn, variable="tension", rule=row.rule_id, cause=row.cause.id, amount=0.5, reason=why),
    )
    game.do(CONTROL, c.RulingEffects(turn=turn, effects=(RuledEffect("add", "tension", 1.0),), reason=why))
    game.do(CONTROL, c.RulingAnnotate(turn=turn, target=order, reason="A close call.", shown_to=("rok",)))
