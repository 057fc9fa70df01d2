"""A game of the store as the engine can play it again, and the record of a case in the same shape.

Owns the way from a log, or from the name of a case, to `adjudication.played`. Reads only.
"""

from adjudication.played import Played, recorded_game
from wargame.aar.chronicle import chronicle
from wargame.store.cases import case_now, case_of
from wargame.store.log import recorded_events
from wargame.store.models import Game
from wargame.store.ready import make_ready


class Unplayable(LookupError):
    """There is nothing to play again; the words say what and what to do."""


def played_game(game_id: str) -> Played:
    """Read a game's log and return what the engine was asked each turn, and what it answered. Raises Unplayable."""
    game = Game.objects.get(pk=game_id)
    case = case_of(game.scenario, game.scenario_hash)
    log = recorded_events(game_id)
    played = chronicle(case, log, head_hash=game.head_hash, engine_version=game.engine).played
    if not played.turns:
        raise Unplayable(f"Game {game_id} has settled no turn yet: there is nothing to play again.")
    return played


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
