"""Fold facts about drafting together. A pad lasts until its words are a version on the table, or the text ends."""

from msgspec.structs import replace

from negotiation import pads
from negotiation.pads import Pad
from wargame.game.events import PadEdited, PadShared, Recorded
from wargame.game.evolve.base import drop, put
from wargame.game.state import State


def pad_shared(state: State, fact: PadShared, recorded: Recorded) -> State:
    """Open a pad, or let more seats into it."""
    key = pads.pad_key(fact.offer, fact.seat if fact.counter else "")
    merged = pads.decoded(fact.merged) or b""
    pad = state.pads.get(key) or Pad(
        offer=fact.offer, seat=fact.seat, counter=fact.counter, opening=fact.opening, merged=merged
    )
    pad = replace(pad, editors=fact.editors, readers=fact.readers)
    return replace(state, pads=put(state.pads, key, pad))


def pad_edited(state: State, fact: PadEdited, recorded: Recorded) -> State:
    """Merge what was written."""
    return replace(state, pads=put(state.pads, fact.pad, pads.edited(state.pads[fact.pad], fact.update)))


def without_pad(state: State, offer: str, *, counter_of: str = "") -> State:
    """Close the pad of a draft, or of a seat's answer: its words are on the table."""
    key = pads.pad_key(offer, counter_of)
    return replace(state, pads=drop(state.pads, key)) if key in state.pads else state


def without_pads(state: State, offer: str) -> State:
    """Close every pad of a text that has ended."""
    left = {key: pad for key, pad in state.pads.items() if pad.offer != offer}
    return state if len(left) == len(state.pads) else replace(state, pads=left)
