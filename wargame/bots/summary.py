"""How a headless game ended, in numbers. For reports of batches, not for players."""

import hashlib
from typing import Any

from msgspec import Struct

from wargame.bots.theatre import Staged
from wargame.game import events as ev
from wargame.store.log import recorded_events


class Ending(Struct, frozen=True, kw_only=True):
    """One game: how it went and where it ended."""

    game: str
    seed: str
    turns: int
    ended: str
    seconds: float
    events: int
    orders: int
    blocked: int
    messages: int
    rooms: int
    texts: dict[str, int]
    summits: dict[int, str]
    clashes: int
    war: int
    p_war: float
    peak: dict[str, float]
    state: dict[str, float]
    clauses: dict[str, int]
    indices: dict[str, float]
    head_hash: str
    story_hash: str


def ending(staged: Staged, *, seconds: float) -> Ending:
    """Return the summary of a game that has been played out."""
    log = recorded_events(staged.game)
    turns = [r.payload.resolution for r in log if isinstance(r.payload, ev.TurnResolved)]
    texts: dict[str, int] = {
        "tabled": 0,
        "countered": 0,
        "signed": 0,
        "in_force": 0,
        "lapsed": 0,
        "walked_away": 0,
        "struck": 0,
    }
    for fact in (r.payload for r in log):
        match fact:
            case ev.OfferTabled():
                texts["tabled"] += 1
            case ev.OfferCountered():
                texts["countered"] += 1
            case ev.OfferSigned():
                texts["signed"] += 1
            case ev.OfferEnded():
                texts[fact.how] += 1
    orders = [order for turn in turns for order in turn.orders]
    last: dict[str, Any] = dict(turns[-1].world) if turns else {"values": {}, "clauses": {}}
    lead = [v.id for v in staged.case.variables if v.headline]
    peace = 1.0
    for turn in turns:
        peace *= 1 - turn.p_war
    row = staged.row
    return Ending(
        game=staged.game, seed=staged.state.seed, turns=len(turns), ended=staged.state.ended_reason,
        seconds=round(seconds, 3), events=len(log), orders=len(orders),
        blocked=sum(order.status == "blocked" for order in orders),
        messages=sum(isinstance(r.payload, ev.MessagePosted) for r in log),
        rooms=sum(isinstance(r.payload, ev.RoomOpened) for r in log), texts=texts,
        summits={turn.turn: turn.summit.result for turn in turns if turn.summit is not None},
        clashes=sum(event.kind == "clash" for turn in turns for event in turn.happenings),
        war=max((turn.war for turn in turns), default=0), p_war=round(1 - peace, 6),
        peak={name: max((float(t.world["values"][name]) for t in turns), default=0.0) for name in lead},
        state={k: float(v) for k, v in last["values"].items()}, clauses={k: int(v) for k, v in last["clauses"].items()},
        indices=turns[-1].indices if turns else {}, head_hash=row.head_hash, story_hash=_story(log),
    )  # fmt: skip


def _story(log: list[ev.Recorded]) -> str:
    """Return a hash of what happened, without the moments and ids of the run: equal games have equal stories."""
    digest = hashlib.blake2b(digest_size=16)
    for recorded in log:
        if not isinstance(recorded.payload, ev.GameCreated | ev.PersonJoined | ev.PhaseEntered):
            digest.update(recorded.kind.encode())
            digest.update(ev.encode(recorded.payload))
    return digest.hexdigest()
