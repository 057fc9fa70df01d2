"""What people let be used of their words, as far as work that outlasts a choice has to know that one was made."""

from collections.abc import Iterable
from hashlib import blake2b

from wargame.aar.data.load import ancestors_of
from wargame.store.models import Event, Game


def last_choices(games: Iterable[Game]) -> str:
    """Name the last choices made in games and in those they go on from: another text as soon as anybody chooses.

    Not what was chosen but when: a choice taken back is not the state before it, for what was built in between.
    """
    chosen = Event.objects.filter(kind="consent.chosen").order_by("-seq").values_list("hash", flat=True)
    last = [chosen.filter(game_id=one.id).first() or "" for game in games for one in ancestors_of(game)]
    return blake2b(" ".join(last).encode(), digest_size=12).hexdigest()
