"""A game of the store as the engine can play it again, and the record of a case in the same shape.

Owns the way from a log, or from the name of a case, to `adjudication.played`. Reads only.
"""

from adjudication.played import Played, PlayedTurn, recorded_game
from adjudication.sealed import Sealed
from adjudication.world import World
from wargame.game import engine
from wargame.game import events as ev
from wargame.game.branches import way_here
from wargame.game.evolve import evolve
from wargame.game.state import EMPTY
from wargame.store.cases import case_now, case_of
from wargame.store.log import recorded_events
from wargame.store.models import Game
from wargame.store.ready import make_ready


class Unplayable(LookupError):
    """There is nothing to play again; the words say what and what to do."""


def played_game(game_id: str) -> Played:
    """Read a game's log and return what the engine was asked each turn, and what it answered."""
    game = Game.objects.get(pk=game_id)
    case = case_of(game.scenario, game.scenario_hash)
    state, sealed, seed, start = EMPTY, Sealed(), "", World.initial(case)
    turns: list[PlayedTurn] = []
    log = recorded_events(game_id)
    stands = {one.seq for one in way_here(log)}
    for recorded in log:
        match recorded.payload:
            case _ if recorded.seq not in stands:
                pass
            case ev.GameForked() as forked:
                seed = forked.seed
            case ev.GameCreated() as made:
                seed, start = made.seed, World.from_payload(case, made.world)
            case ev.TurnProposed() | ev.TurnReproposed():
                sealed = engine.sealed(case, state)
            case ev.TurnResolved() as done:
                turns.append(PlayedTurn(number=done.turn, sealed=sealed, resolution=done.resolution))
        state = evolve(state, recorded)
    if not turns:
        raise Unplayable(f"Game {game_id} has settled no turn yet: there is nothing to play again.")
    return Played(case, seed, start, tuple(turns))


def played_by_name(name: str) -> Played:
    """Return a game by its id or join code. Raises Unplayable."""
    make_ready()
    game = (Game.objects.filter(pk=name) | Game.objects.filter(code=name.upper())).first()
    if game is None:
        raise Unplayable(f"There is no game {name!r}; give its id or its join code, or --history.")
    return played_game(game.id)


def played_record(scenario: str, *, rolled: bool = False) -> Played:
    """Return the record of a shipped case, what it fixes forced or rolled. Raises Unplayable."""
    case = case_now(scenario)
    if case is None:
        raise Unplayable(f"There is no scenario {scenario!r}.")
    if case.history is None:
        raise Unplayable(f"The scenario {scenario!r} has no record to play again.")
    return recorded_game(case, rolled=rolled)
