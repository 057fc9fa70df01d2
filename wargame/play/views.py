"""Reading a game's state without a command: which views there are."""

from functools import lru_cache

from wargame.play import cache
from wargame.play.access import known_views
from wargame.store.models import Game


def views_of(game_id: str) -> tuple[str, ...]:
    """Return every view of a game; none for a game that does not exist."""
    return _views_at(game_id) if Game.objects.filter(pk=game_id).exists() else ()


@lru_cache(maxsize=256)
def _views_at(game_id: str) -> tuple[str, ...]:
    """Views are set when a game is created and never change."""
    return known_views(cache.state_at_head(Game.objects.get(pk=game_id)))
