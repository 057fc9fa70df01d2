"""What one seat was told, row by row, in one line each: the moments its own review steps through.

Owns the line for each kind of row a reader would stop at. A row told again unchanged, as after a rewind, is no new
moment. Other kinds (counts, read marks, the frame of the case) change under the reader without a stop.
"""

from collections.abc import Callable
from typing import Any

import msgspec

from wargame.aar.chronicle import Json
from wargame.aar.seen.sight import Sight
from wargame.game import entities as e
from wargame.store.disclosures import GONE

Say = Callable[[Sight, Any], str]


def steps(mine: Sight) -> list[Json]:
    """Return {seq, at_ms, turn, text, refs} of every row worth a stop; `seq` is the row's number in this view."""
    found: list[Json] = []
    told: set[tuple[str, str, str]] = set()
    turn, at_ms = 0, 0
    for row in mine.shown.rows:
        say = SAID.get(row.kind)
        if row.value == GONE or say is None:
            continue
        entity = msgspec.json.decode(row.value, type=e.KINDS[row.kind])
        if isinstance(entity, e.GameSeen):
            turn = entity.turn
        text = say(mine, entity)
        # A value given back by a rewind keeps the time it had: the row itself came no earlier than the one before.
        at_ms = max(at_ms, row.at_ms)
        if not text or (row.kind, row.key, text) in told:
            continue
        told.add((row.kind, row.key, text))
        found.append({"seq": row.n, "at_ms": at_ms, "turn": turn, "text": text, "refs": [row.n]})
    return found


def _seat(mine: Sight, seat: str) -> str:
    known = mine.case.seat.get(seat)
    return (known.short or known.label) if known is not None else "Control"


def _seats(mine: Sight, seats: tuple[str, ...]) -> str:
    return ", ".join(_seat(mine, seat) for seat in seats)


def _game(mine: Sight, one: e.GameSeen) -> str:
    if one.status == "ended":
        return f"The game ends. {one.ended_reason}".strip()
    if one.status == "lobby":
        return "The lobby opens."
    phase = next((known.label for known in one.phases if known.id == one.phase), one.phase)
    return f"{one.turn_label}: {phase}." if phase else ""


_BECAME = {
    "draft": "on the sheet", "submitted": "sealed", "done": "carried out", "partial": "carried out in part",
    "converted": "carried out as something else",
}  # fmt: skip


def _order(mine: Sight, one: e.OrderSeen) -> str:
    """Locking is the clock's doing, for all orders at once: no stop of its own."""
    if one.status == "locked":
        return ""
    return f"{_seat(mine, one.seat)}, {one.label}: {_BECAME.get(one.status, one.status.replace('_', ' '))}."


def _offer(mine: Sight, one: e.OfferSeen) -> str:
    signed = f", signed by {_seats(mine, tuple(one.signed))}" if one.signed else ""
    return f"{one.title or 'A text'}: {one.status.replace('_', ' ')}{signed}. {one.reason}".strip()


def _version(mine: Sight, one: e.OfferVersionSeen) -> str:
    return f"{_seat(mine, one.author)} tables version {one.version}. {one.note}".strip() if one.version else ""


def _reading(mine: Sight, one: e.ReadingSeen) -> str:
    """Only what somebody briefed is news: the others come with every turn."""
    known = mine.case.variable.get(one.variable)
    label = one.variable if known is None else known.label
    return f"{_seat(mine, one.briefed_by)} briefs on {label}. {one.note}".strip() if one.briefed_by else ""


def _room(mine: Sight, one: e.RoomSeen) -> str:
    return f"A room is opened: {one.title or _seats(mine, tuple(one.seats))}." if one.opened_by and not one.last else ""


def _conference(mine: Sight, one: e.ConferenceSeen) -> str:
    state = "the floor is open" if one.state == "open" else one.state.replace("_", " ")
    return f"{one.title}: {state}. {one.reason}".strip()


def _mandate(mine: Sight, one: e.MandateSeen) -> str:
    return f"{_seat(mine, one.principal)} gives {_seat(mine, one.seat)} a mandate ({one.state})."


def _directive(mine: Sight, one: e.DirectiveSeen) -> str:
    return f"{one.label}, ordered of {_seat(mine, one.executor)}: told {one.told.replace('_', ' ')}."


def _consent(mine: Sight, one: e.ConsentSeen) -> str:
    return f"{_seat(mine, one.seat)} asks {_seat(mine, one.to)} to agree to {one.label} ({one.status})."


def _tasking(mine: Sight, one: e.TaskingSeen) -> str:
    return f"{_seat(mine, one.seat)} asks {_seat(mine, one.to)} ({one.state}): {one.answer or one.text}"


def _appeal(mine: Sight, one: e.AppealSeen) -> str:
    if one.answer:
        return f"Control answers the appeal against \u201c{one.label}\u201d: {one.answer}"
    return f"{_seat(mine, one.seat)} appeals against \u201c{one.label}\u201d: {one.text}"


SAID: dict[str, Say] = {
    "game": _game,
    "message": lambda mine, one: f"{one.display}: {one.text}",
    "letter": lambda mine, one: f"{one.display} writes to {_seat(mine, one.to)}: {one.text}",
    "held": lambda mine, one: f"{_seat(mine, one.seat)}, by a slow line: {one.text}",
    "intercept": lambda mine, one: f"{_seat(mine, one.by)} overhears {one.display}: {one.text or one.say}",
    "room": _room,
    "conference": _conference,
    "offer": _offer,
    "offer_version": _version,
    "paraphrase": lambda mine, one: f"{_seat(mine, one.seat)} reads {one.clause} as: {one.text}",
    "agreement": lambda mine, one: f"{one.title}: {one.status.replace('_', ' ')}.",
    "mandate": _mandate,
    "order": _order,
    "directive": _directive,
    "consent": _consent,
    "freemove": lambda mine, one: f"{_seat(mine, one.seat)} proposes a free move: {one.title} ({one.status}).",
    "outcome": lambda mine, one: f"The outcome: {one.headline}" if one.headline else "The outcome is released.",
    "appeal": _appeal,
    "grant": lambda mine, one: f"Control grants net arguments {one.net:+d}. {one.reason}".strip(),
    "inject": lambda mine, one: f"{one.source}: {one.title}.",
    "paper": lambda mine, one: f"{_seat(mine, one.seat)}, {one.ref or 'a paper'}: {one.status.replace('_', ' ')}.",
    "meaning": lambda mine, one: f"{_seat(mine, one.seat)} means by its statement: {one.text}",
    "statement_reading": lambda mine, one: f"{_seat(mine, one.seat)} takes a statement to mean: {one.text}",
    "tasking": _tasking,
    "reading": _reading,
    "rewound": lambda mine, one: f"Control takes the game back. {one.reason}".strip(),
}  # fmt: skip
