"""Games in which a draft, or an answer, is being written together."""

from __future__ import annotations

from negotiation import pads
from tests.support.builders import Game, a_game, player
from tests.support.drafting import Writer
from wargame.game import commands as c
from wargame.game.events import Actor

BOTH = ("potus", "dprk")
SMALL = {"test": 1, "sec": 1}
PAD = "potus:o"


def table() -> Game:
    game = a_game().with_seats("potus", "state", "defense", "dprk", "rok").joined("deputy")
    return game.do(Actor(kind="person", person="deputy"), c.SeatTake(seat="potus")).started().in_phase("negotiate")


def drafted(**more) -> Game:  # type: ignore[no-untyped-def]
    fields = {"offer": "o", "parties": BOTH, "levels": SMALL, "readers": ("state", "defense"), **more}
    return table().do(player("potus"), c.OfferDraft(**fields))


def shared(**more) -> Game:  # type: ignore[no-untyped-def]
    return drafted(**more).do(player("potus"), c.PadShare(offer="o", editors=("state",)))


def answering(**more) -> Game:  # type: ignore[no-untyped-def]
    """The North has the text before it and drafts its answer."""
    game = drafted(**more).do(player("potus"), c.OfferTable(offer="o"))
    return game.do(player("dprk"), c.PadShare(offer=PAD))


def edit(update: str, **more) -> c.PadEdit:  # type: ignore[no-untyped-def]
    return c.PadEdit(**{"offer": PAD, "update": update, **more})


def text(game: Game, clause: str = "test", pad: str = PAD) -> str:
    return pads.wordings(game.state.pads[pad]).get(clause, "")


def reads(game: Game, view: str, clause: str = "test", pad: str = PAD) -> str:
    """What a browser that loads this view now shows: the whole and the edits told since."""
    whole = game.seen(view, "pad")[pad]
    reader = Writer(99, whole.state)  # type: ignore[attr-defined]
    for seen in game.seen(view, "pad_edit").values():
        if (seen.pad, seen.opening) == (pad, whole.opening):  # type: ignore[attr-defined]
            reader.hear(seen.update)  # type: ignore[attr-defined]
    return reader.read(clause)


def told_of_pads(game: Game) -> set[str]:
    return {row.view for row in game.told if row.kind in ("pad", "pad_edit")}
