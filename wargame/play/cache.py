"""Folded states of recently used games, per process. A cache: right only if head and hash agree with the row."""

from collections import OrderedDict
from threading import Lock

from wargame.game.state import State
from wargame.store.log import fold
from wargame.store.models import Game

GAMES = 256

_kept: OrderedDict[str, tuple[int, str, State]] = OrderedDict()
_lock = Lock()


def state_at_head(game: Game) -> State:
    """Return the folded state at the game's head: kept, or kept plus the tail, or from the store."""
    with _lock:
        kept = _kept.get(game.id)
    if kept and kept[:2] == (game.head, game.head_hash):
        return kept[2]
    base = (kept[0], kept[2]) if kept and _still_true(game, kept) else None
    return fold(game.id, upto=game.head, base=base)[1]


def keep(game_id: str, head: int, head_hash: str, state: State) -> None:
    """Keep a state whose events are committed."""
    with _lock:
        _kept[game_id] = (head, head_hash, state)
        _kept.move_to_end(game_id)
        while len(_kept) > GAMES:
            _kept.popitem(last=False)


def forget() -> None:
    """Drop everything (another database, a test)."""
    with _lock:
        _kept.clear()


def _still_true(game: Game, kept: tuple[int, str, State]) -> bool:
    seq, head_hash, _ = kept
    return seq < game.head and game.event_set.filter(seq=seq, hash=head_hash).exists()
