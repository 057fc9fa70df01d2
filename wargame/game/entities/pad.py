"""Drafts that several people write at once."""

from wargame.game.entities.base import Entity


class PadSeen(Entity, frozen=True, kw_only=True):
    """kind `pad`, key offer id or (a seat's answer to a text on the table) `<offer>@<seat>`.

    For those who may see the draft, all of it: to others not even its being there. `state` is the merged whole as a
    Yjs update in base64; with the `pad_edit` values of the same pad it makes the present text, in any order.
    `edits` is how many edits the whole holds. A pad that is not `open` has become a version, or its text has ended;
    a new one of the same key has another `opening`, and nothing written for the old one belongs into it.
    """

    id: str
    offer: str
    seat: str
    counter: bool
    editors: tuple[str, ...]
    readers: tuple[str, ...]
    open: bool
    opening: str
    edits: int
    state: str


class PadEditSeen(Entity, frozen=True, kw_only=True):
    """kind `pad_edit`, key `<pad>:<slot>`: one edit since the whole was last told, a Yjs update in base64.

    Slots are used again once the whole was told anew, so that a first load does not grow with the edits. An edit of
    another `opening` than the pad's is of an earlier one and no part of the text.
    """

    pad: str
    opening: str
    number: int
    update: str
