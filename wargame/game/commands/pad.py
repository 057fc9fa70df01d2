"""Commands about drafting together: who writes along, and what is written."""

from typing import Annotated

from msgspec import Meta

from wargame.game.commands.base import Cmd, Id

Named = Annotated[tuple[Id, ...], Meta(max_length=16)]
Encoded = Annotated[str, Meta(min_length=4, max_length=60_000)]


class PadShare(Cmd, frozen=True, kw_only=True, tag="pad.share"):
    """Open a draft of yours, or your seat's answer to a text on the table, for writing together.

    `editors` write along; of a draft they are among its readers, of an answer seats of your own side. `readers` of
    an answer look on and are never taken off again.
    """

    offer: Id
    editors: Named = ()
    readers: Named = ()


class PadEdit(Cmd, frozen=True, kw_only=True, tag="pad.edit"):
    """Write. `update` is a Yjs update in base64; one text a clause, named by its id.

    `of` is the seat whose answer to a text on the table is written; empty for a draft, or for the own seat's.
    `opening` is the pad's as it was shown: what was written for an earlier one is refused.
    """

    offer: Id
    update: Encoded
    of: Annotated[str, Meta(max_length=64)] = ""
    opening: Annotated[str, Meta(max_length=64)] = ""
