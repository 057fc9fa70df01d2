"""Commands about standing orders: what a seat wants done if it is not there to say so."""

from typing import Annotated

from msgspec import Meta, Struct

from wargame.game.commands.base import Cmd, Id, Note, Params

STANDING_ORDERS = 12


class StandingOrder(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An order as it would be drafted."""

    move: Id
    params: Params = {}
    public: bool | None = None


class StandingPost(Cmd, frozen=True, kw_only=True, tag="standing.post"):
    """Post the standing orders of one's seat in the place of those before; none at all takes them back.

    They are laid on the sheet in this order as far as the budget goes. `note` is guidance for whoever stands in.
    """

    orders: Annotated[tuple[StandingOrder, ...], Meta(max_length=STANDING_ORDERS)]
    note: Note = ""


class StandingFile(Cmd, frozen=True, kw_only=True, tag="standing.file"):
    """Lay the standing orders of one's seat on its sheet now."""
