"""Show what is being drafted together to those who may see all of it. Nobody else learns that there is a pad.

Each edit is told as it is; the merged whole is told when a pad opens, to whoever is let in later, and every so many
edits, so that a first load reads one whole and few edits. Who falls out of confidence simply hears no more: to be
told that would say that a secret clause was added.
"""

from base64 import b64encode

from negotiation.pads import Pad
from wargame.game.confidence import pad_audience
from wargame.game.entities import PadEditSeen, PadSeen
from wargame.game.events import PadEdited, PadShared, Recorded
from wargame.game.ids import CONTROL, View
from wargame.game.state import State
from wargame.game.visibility.base import Disclosure, Rows, seats_and_control, show


def pad_shared(recorded: Recorded, fact: PadShared, before: State, after: State) -> Rows:
    """Yield the pad, with those let in, to all who may see it."""
    pad = next(p for p in after.pads.values() if (p.offer, p.seat, p.counter) == (fact.offer, fact.seat, fact.counter))
    yield from _whole(after, pad, seats_and_control(pad_audience(after, pad)))


def pad_edited(recorded: Recorded, fact: PadEdited, before: State, after: State) -> Rows:
    """Yield the edit, or where it is time the merged whole."""
    pad = after.pads[fact.pad]
    views = seats_and_control(pad_audience(after, pad))
    if pad.slot == 0:
        yield from _whole(after, pad, views)
    else:
        seen = PadEditSeen(pad=pad.key, opening=pad.opening, number=pad.edits, update=fact.update)
        yield from show(views, "pad_edit", f"{pad.key}:{pad.slot}", seen)


def pads_moved(before: State, after: State) -> Rows:
    """Yield a pad to whoever may see it from now on, and that one is closed. Whatever fact brought that about."""
    if before.pads is after.pads and before.offers is after.offers and before.mandates is after.mandates:
        return
    for key, pad in before.pads.items():
        old = pad_audience(before, pad)
        if key not in after.pads:
            yield from _closed(before, pad, seats_and_control(old))
        elif newcomers := set(pad_audience(after, after.pads[key])) - set(old):
            yield from _whole(after, after.pads[key], seats_and_control(newcomers)[1:])


def _whole(state: State, pad: Pad, views: tuple[View, ...]) -> Rows:
    for view in views:
        yield Disclosure(view, "pad", pad.key, _seen(state, pad, view, open_=True))


def _closed(state: State, pad: Pad, views: tuple[View, ...]) -> Rows:
    for view in views:
        yield Disclosure(view, "pad", pad.key, _seen(state, pad, view, open_=False))


def _seen(state: State, pad: Pad, view: View, *, open_: bool) -> PadSeen:
    return PadSeen(
        id=pad.key,
        offer=pad.offer,
        seat=pad.seat,
        counter=pad.counter,
        editors=_named(state, pad, pad.editors, view),
        readers=_named(state, pad, pad.readers, view),
        open=open_,
        opening=pad.opening,
        edits=pad.edits,
        state=b64encode(pad.merged).decode() if open_ else "",
    )


def _named(state: State, pad: Pad, seats: tuple[str, ...], view: View) -> tuple[str, ...]:
    """Return whom of these a view may know of: its own side all, another side only itself."""
    if view == CONTROL:
        return seats
    seat = view.removeprefix("seat:")
    own_side = state.seats[seat].side == state.seats[pad.seat].side
    return seats if own_side else tuple(one for one in seats if one == seat)
