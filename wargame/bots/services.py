"""Make the bots of running games act, from wherever it is noticed that they could.

Owns the round: which games have bots with something new to see. It decides nothing for a seat and depends on no
delivery: a missed nudge is made up by the next.
"""

import logging
from collections import OrderedDict
from threading import Lock

from adjudication.scenario import Scenario
from wargame.bots.player import Player
from wargame.play import cache
from wargame.store.cases import case_of
from wargame.store.models import Game

log = logging.getLogger(__name__)

PLAYERS = 1024
_players: OrderedDict[tuple[str, str, str], Player] = OrderedDict()
_idle: dict[str, int] = {}
_lock = Lock()


def nudge(*, now_ms: int) -> int:
    """Let every bot of every running game act once on what is new to it; return how many commands that gave."""
    done = 0
    with _lock:
        for game in Game.objects.filter(status="running").order_by("created_ms"):
            if _idle.get(game.id) == game.head:
                continue
            try:
                acted = nudge_game(game, now_ms=now_ms)
            except Exception:
                log.exception("bots.failed game=%s", game.id)
                continue
            if not acted:
                _idle[game.id] = game.head
            done += acted
    return done


def nudge_game(game: Game, *, now_ms: int) -> int:
    """Let each bot of one game act once; return how many commands were carried out."""
    state = cache.state_at_head(game)
    case = case_of(game.scenario, game.scenario_hash)
    return sum(player_of(game.id, seat, policy, case).step(now_ms=now_ms) for seat, policy in state.bots.items())


def player_of(game: str, seat: str, policy: str, case: Scenario) -> Player:
    """Return the bot at a seat with what it already knows."""
    key = (game, seat, policy)
    if key not in _players:
        _players[key] = Player(game, seat, policy=policy, case=case)
    _players.move_to_end(key)
    while len(_players) > PLAYERS:
        _players.popitem(last=False)
    return _players[key]


def forget() -> None:
    """Drop all players (another database, a test)."""
    with _lock:
        _players.clear()
        _idle.clear()
