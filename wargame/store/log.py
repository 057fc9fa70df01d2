"""The log of a game: appending to it and folding it.

`append` is the only writer of events, disclosures and their projections, and the only caller of
`visibility.disclose`. It needs the game's row lock (see `wargame.play`) and writes as many rows as there
is news: nothing rewrites what grows. It decides nothing.
"""

from collections.abc import Iterable, Iterator, Sequence

import msgspec
from msgspec.structs import replace

from adjudication.scenario import Scenario
from wargame.game.events import Actor, Event, GameRewound, Recorded, decode_payload, encode
from wargame.game.evolve import evolve
from wargame.game.snapshot import SnapshotOutdated, fits, restore, snapshot
from wargame.game.state import EMPTY, State
from wargame.game.visibility import Disclosure, disclose
from wargame.store import models
from wargame.store.chain import GENESIS, Link, event_hash
from wargame.store.disclosures import Told, tell
from wargame.store.projections import project
from wargame.store.rewinding import told_again
from wargame.store.rows import Linked, advance_game, write_events
from wargame.version import ENGINE

SNAPSHOT_EVERY = 200
"""Events between stored folds: loading after a restart reads at most this many."""

_ACTORS = msgspec.json.Decoder(Actor)


def append(
    game: models.Game, state: State, events: Sequence[Event], *, actor: Actor, cause: str, ids: Sequence[str],
    now_ms: int, case: Scenario,
) -> State:  # fmt: skip
    """Write the events and everything that follows from them; return the new state.

    `game` must be locked by the caller's transaction; its head, hash and view heads are advanced in place and saved.
    """
    if not events:
        return state
    before, first = state, game.head
    rows: list[Linked] = []
    told: list[Told] = []
    game.at_ms = max(now_ms, game.at_ms)
    who = msgspec.json.encode(actor).decode()
    for event, event_id in zip(events, ids, strict=True):
        row = _link(game, event, event_id, who=who, cause=cause, game_date=state.game_date)
        recorded = Recorded(
            seq=game.head, id=event_id, kind=event.kind, v=event.v, actor=actor, cause=cause,
            at_ms=game.at_ms, game_date=state.game_date, payload=decode_payload(event.kind, event.v, row.link.payload),
        )  # fmt: skip
        after = evolve(state, recorded)
        if isinstance(event.payload, GameRewound):
            tell(game, told)
            told = [*told_again(game, to_seq=event.payload.to_seq, seq=game.head)]
        told += _told(game.head, disclose(recorded, state, after, case))
        rows.append(row)
        state = after
    write_events(rows)
    tell(game, told)
    project(game, before, state)
    advance_game(game)
    if game.head // SNAPSHOT_EVERY != first // SNAPSHOT_EVERY:
        models.Snapshot.objects.create(game_id=game.id, seq=game.head, engine=ENGINE, state=snapshot(state))
    return state


def fold(game_id: str, *, upto: int | None = None, base: tuple[int, State] | None = None) -> tuple[int, State]:
    """Return (seq, state) of the log up to `upto` (or its head): from `base`, else from the newest snapshot."""
    seq, state = base or _stored_fold(game_id, upto)
    for recorded in recorded_events(game_id, after=seq, upto=upto):
        state, seq = evolve(state, recorded), recorded.seq
    return seq, state


def recorded_events(
    game_id: str, *, after: int = 0, upto: int | None = None, kinds: Sequence[str] = ()
) -> list[Recorded]:
    """Return the log after a seq, or these kinds of it, as the domain reads it: decoded and brought up to date."""
    rows = models.Event.objects.filter(game_id=game_id, seq__gt=after).order_by("seq")
    if kinds:
        rows = rows.filter(kind__in=kinds)
    if upto is not None:
        rows = rows.filter(seq__lte=upto)
    return [_up_to_date(game_id, recorded_of(link_of(row))) for row in rows.iterator(chunk_size=500)]


def linked_events(game_id: str, *, upto: int | None = None) -> Iterator[Linked]:
    """Yield the log as it was written, with its hashes."""
    rows = models.Event.objects.filter(game_id=game_id).order_by("seq")
    if upto is not None:
        rows = rows.filter(seq__lte=upto)
    for row in rows.iterator(chunk_size=500):
        yield Linked(link_of(row), row.prev_hash, row.hash)


def kinds_of(game_id: str, *, upto: int) -> list[str]:
    """Return the kind of every event up to one, in order: to count without reading what they say."""
    rows = models.Event.objects.filter(game_id=game_id, seq__lte=upto).order_by("seq")
    return list(rows.values_list("kind", flat=True))


def recorded_of(link: Link) -> Recorded:
    """Return a written event as the domain reads it. Raises msgspec.ValidationError for what no release ever wrote."""
    return Recorded(
        seq=link.seq, id=link.event_id, kind=link.kind, v=link.v, actor=_ACTORS.decode(link.actor), cause=link.cause,
        at_ms=link.at_ms, game_date=link.game_date, payload=decode_payload(link.kind, link.v, link.payload),
    )  # fmt: skip


def _up_to_date(game_id: str, recorded: Recorded) -> Recorded:
    """Return a fact that this release can fold: a state frozen by another one is made anew from the log before it."""
    payload = recorded.payload
    if not isinstance(payload, GameRewound) or fits(payload.state.encode()):
        return recorded
    then = snapshot(fold(game_id, upto=payload.to_seq)[1]).decode()
    return replace(recorded, payload=replace(payload, state=then))


def link_of(row: models.Event) -> Link:
    """Return what the row's hash covers."""
    return Link(
        row.game_id, row.seq, row.event_id, row.kind, row.v, row.actor, row.cause, row.at_ms, row.game_date, row.engine,
        bytes(row.payload),
    )  # fmt: skip


def _told(seq: int, disclosures: Iterable[Disclosure]) -> Iterator[Told]:
    """Yield what views are told as JSON; a value shown to many is encoded once."""
    last: object = ...
    value = b""
    for one in disclosures:
        if one.value is not last:
            last, value = one.value, msgspec.json.encode(one.value, order="deterministic")
        yield Told(seq, one.view, one.kind, one.key, value)


def _link(game: models.Game, event: Event, event_id: str, *, who: str, cause: str, game_date: str) -> Linked:
    """Put an event at the end of the game's chain."""
    game.head += 1
    link = Link(
        game.id, game.head, event_id, event.kind, event.v, who, cause, game.at_ms, game_date, ENGINE,
        encode(event.payload),
    )  # fmt: skip
    prev = game.head_hash or GENESIS
    game.head_hash = event_hash(prev, link)
    return Linked(link, prev, game.head_hash)


def _stored_fold(game_id: str, upto: int | None) -> tuple[int, State]:
    rows = models.Snapshot.objects.filter(game_id=game_id, engine=ENGINE)
    if upto is not None:
        rows = rows.filter(seq__lte=upto)
    row = rows.order_by("-seq").first()
    if row is None:
        return 0, EMPTY
    try:
        return row.seq, restore(bytes(row.state))
    except SnapshotOutdated:
        return 0, EMPTY
