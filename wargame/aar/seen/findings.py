"""What stands out in a game for one seat, from its own report: its orders, what it signed, and what it left unread.

Owns the findings a seat may be given about itself. Like those of the whole truth they say only what the sections say.
"""

from collections.abc import Callable

from wargame.aar.chronicle import Json
from wargame.aar.refs import merged, refs_in
from wargame.aar.seen.sight import FRAME_ROW, Sight

Finder = Callable[[Sight, Json], Json | None]


def findings(mine: Sight, report: Json) -> list[Json]:
    """Return the findings, numbered from 1: `id`, `title`, `text`, the `section` they come from, `refs`."""
    found = [one for find in FINDERS if (one := find(mine, report)) is not None]
    return [{"number": number} | one for number, one in enumerate(found, start=1)]


def short_of_orders(mine: Sight, report: Json) -> Json | None:
    """Say how many of the seat's orders did not come out as given, as it was told."""
    own = [move for move in report["moves"] if move["seat"] == mine.seat]
    short = [move for move in own if move["status"] != "done"]
    if not short:
        return None
    return {
        "id": "short_of_orders", "section": "moves", "title": "Not every order came out as it was given",
        "text": f"{len(short)} of {len(own)} came out otherwise: {'; '.join(sorted({one['label'] for one in short}))}.",
        "refs": refs_in(short),
    }  # fmt: skip


def learned_late(mine: Sight, report: Json) -> Json | None:
    """Say which orders the seat was told were carried out and learned later were not."""
    late = [one for one in report["directives"] if one["learned_turn"] is not None and one["seat"] == mine.seat]
    if not late:
        return None
    return {
        "id": "learned_late", "section": "directives", "title": "What was reported done was not",
        "text": f"It came to light for {len(late)}: {'; '.join(sorted({one['label'] for one in late}))}.",
        "refs": refs_in(late),
    }  # fmt: skip


def owed(mine: Sight, report: Json) -> Json | None:
    """Say what this seat owed or was owed that was not kept, as far as it knew."""
    broken = [one for one in report["obligations"] if one["kept"] is False]
    if not broken:
        return None
    when = "at the end" if report["game"]["status"] == "ended" else "so far"
    return {
        "id": "owed", "section": "obligations", "title": "Not all that was signed was kept",
        "text": f"Not kept {when}, as this seat knew it: {'; '.join(sorted(one['label'] for one in broken))}.",
        "refs": refs_in(broken),
    }  # fmt: skip


def unopened(mine: Sight, report: Json) -> Json | None:
    """Say how many injects the people in this seat were sent and never opened."""
    people = any(one["people"] for one in report["seats"] if one["id"] == mine.seat)
    to_me = [one for one in report["injects"] if people and mine.seat in one["to"]]
    shut = [one for one in to_me if mine.seat not in {mark["seat"] for mark in one["opened"]}]
    if not shut:
        return None
    return {
        "id": "unopened", "section": "injects", "title": "Not everything that came was opened",
        "text": f"{len(shut)} of {len(to_me)} injects to this seat stayed unopened.", "refs": refs_in(shut),
    }  # fmt: skip


def strangers(mine: Sight, report: Json) -> Json | None:
    """Say with which seats this one never was in a conversation."""
    spoke = {seat for pair in report["dyads"] if mine.seat in (pair["a"], pair["b"]) for seat in (pair["a"], pair["b"])}
    never = [seat for seat in mine.case.seats if seat.id != mine.seat and seat.id not in spoke]
    if not never or not report["messages"]:
        return None
    return {
        "id": "strangers", "section": "dyads", "title": "Some it never spoke with",
        "text": f"No conversation with {', '.join(seat.short or seat.label for seat in never)}.",
        "refs": merged([FRAME_ROW], refs_in(report["messages"][-1:])),
    }  # fmt: skip


FINDERS: tuple[Finder, ...] = (short_of_orders, learned_late, owed, unopened, strangers)
"""In the order in which they are numbered."""
