"""Facts about drafting together."""

from wargame.game.events.base import Payload, fact


@fact("pad.shared")
class PadShared(Payload, frozen=True, kw_only=True):
    """A seat opened a pad (`merged` is what it begins with, base64), or let in more seats (`merged` is empty)."""

    offer: str
    seat: str
    counter: bool
    editors: tuple[str, ...]
    readers: tuple[str, ...]
    opening: str
    merged: str = ""


@fact("pad.edited")
class PadEdited(Payload, frozen=True, kw_only=True):
    """A seat wrote in a pad. `pad` is its key, `update` a Yjs update in base64."""

    pad: str
    seat: str
    update: str
