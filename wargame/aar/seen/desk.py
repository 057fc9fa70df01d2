"""What this seat's own desk says of it: when it opened what it was sent, when it sealed a sheet."""

from collections.abc import Iterator

from wargame.aar.seen.sight import Sight
from wargame.game import entities as e


def opened_at(mine: Sight, kind: str, key: str) -> tuple[int, int] | None:
    """Return the row that says when this seat opened something, and that time."""
    name = f"{kind}:{key}:{mine.seat}"
    opened = mine.shown.get(e.OpenedSeen, "opened", name)
    return None if opened is None else (mine.shown.refs("opened", name)[0], opened.at_ms)


def sheets(mine: Sight) -> Iterator[tuple[e.SheetSeen, tuple[int, int], tuple[int, int] | None]]:
    """Yield each of the seat's sheets, the row that locked it (the newest if none did), and the row that sealed it."""
    for key, sheet in mine.shown.all(e.SheetSeen, "sheet"):
        if sheet.seat != mine.seat:
            continue
        locked = mine.shown.since(e.SheetSeen, "sheet", key, lambda now: now.locked)
        sealed = mine.shown.since(e.SheetSeen, "sheet", key, lambda now: now.submitted)
        last = mine.shown.refs("sheet", key)[0]
        yield sheet, locked or (last, mine.shown.first_ms("sheet", key)), None if sealed == locked else sealed


def read_upto(mine: Sight, at_ms: int) -> dict[str, int]:
    """Return by room how far this seat had read at a time; whoever writes in a room has read what stands above it."""
    found: dict[str, int] = {}
    for key, one in mine.shown.all(e.ReadSeen, "read"):
        then = mine.shown.at(e.ReadSeen, "read", key, at_ms) if one.seat == mine.seat else None
        if then is not None:
            found[one.room] = then.upto
    for said in mine.own_messages:
        if said.at_ms <= at_ms:
            found[said.room] = max(said.number, found.get(said.room, 0))
    return found
