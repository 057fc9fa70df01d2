"""Where a debrief might halt: the moments of a game worth talking about, each with a question to begin with.

Reads the log of a game. It proposes; Control chooses, words and orders the stops. Everybody may read what it
calls them: headlines are those of the public, whatever Control knows.
"""

import json
from collections.abc import Iterable, Sequence

from msgspec import Struct

from wargame.game.events import (
    GameRewound,
    NotePinned,
    OfferSigned,
    OfferWalkedOut,
    Recorded,
    RulingMade,
    TurnOpened,
    TurnResolved,
)
from wargame.game.ids import PUBLIC
from wargame.store.feed import page
from wargame.store.log import recorded_events
from wargame.store.models import Event, Game

KINDS = (
    "turn.opened", "turn.resolved", "offer.signed", "offer.walked_out", "ruling.made", "note.pinned",
    "game.rewound",
)  # fmt: skip
PROPOSED = 60
TITLE = 110


class Proposed(Struct, frozen=True):
    """A moment: its kind, when it was, what to call it and what to ask there. `note`: what Control wrote for itself."""

    stop: str
    kind: str
    at_ms: int
    turn: int
    title: str
    prompt: str
    note: str = ""


def proposed_stops(game: Game) -> tuple[Proposed, ...]:
    """Return the moments of a game in the order in which they were played, the newest `PROPOSED`."""
    log = _as_it_stands(recorded_events(game.id, kinds=KINDS))
    headlines = {
        int(value["turn"]): str(value["headline"])
        for row in page(game.id, view=PUBLIC, kind="outcome", before=None, limit=100) or []
        if (value := json.loads(row.value)) is not None
    }
    pinned = {seq for one in log if (seq := _pinned_to(one)) is not None}
    times = dict(Event.objects.filter(game_id=game.id, seq__in=pinned).values_list("seq", "at_ms"))
    return tuple(sorted(_stops(log, headlines, times), key=lambda stop: stop.at_ms))[-PROPOSED:]


def _pinned_to(one: Recorded) -> int | None:
    """Return the event of the log a note is pinned to, if it is pinned to one."""
    fact = one.payload
    kind, _, key = fact.event.partition(":") if isinstance(fact, NotePinned) else ("", "", "")
    return int(key) if kind == "event" else None


def _as_it_stands(log: Sequence[Recorded]) -> list[Recorded]:
    """Leave out what was taken back by going back to a checkpoint; notes stand."""
    kept: list[Recorded] = []
    for one in log:
        if isinstance(one.payload, GameRewound):
            upto = one.payload.to_seq
            kept = [was for was in kept if was.seq <= upto or isinstance(was.payload, NotePinned)]
        else:
            kept.append(one)
    return kept


def _stops(log: Iterable[Recorded], headlines: dict[int, str], times: dict[int, int]) -> Iterable[Proposed]:
    turn, ruled, signed = 0, set[int](), set[str]()
    for one in log:
        fact, name = one.payload, f"s{one.seq}"
        match fact:
            case TurnOpened():
                if not turn:
                    prompt = "What did you want, and what did you fear?"
                    yield Proposed(name, "start", one.at_ms, fact.turn, "The game begins", prompt)
                turn = fact.turn
            case TurnResolved():
                title = headlines.get(fact.turn) or f"How turn {fact.turn} ended"
                prompt = "What did you expect here, and what surprised you?"
                yield Proposed(name, "outcome", one.at_ms, fact.turn, title[:TITLE], prompt)
            case OfferSigned() if fact.offer not in signed:
                signed.add(fact.offer)
                prompt = "What did you think you were signing, and what did the others think?"
                yield Proposed(name, "signed", one.at_ms, turn, "A text is signed", prompt)
            case OfferWalkedOut():
                prompt = "What would have kept everybody at the table?"
                yield Proposed(name, "walked_out", one.at_ms, turn, "Somebody walks out", prompt)
            case RulingMade() if fact.turn not in ruled:
                ruled.add(fact.turn)
                prompt = "Would you have ruled the same?"
                yield Proposed(name, "ruling", one.at_ms, fact.turn, "Control rules", prompt)
            case NotePinned() if fact.discuss:
                at_ms = times.get(_pinned_to(one) or 0, fact.since_ms or one.at_ms)
                yield Proposed(name, "note", at_ms, fact.turn or turn, "From Control's notes", "", fact.text)
            case _:
                pass


__all__ = ["PROPOSED", "Proposed", "proposed_stops"]
