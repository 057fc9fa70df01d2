"""Proving that a game is what its log says: the chain holds, the fold repeats, the engine gives the same bytes again.

Reads only. Every fault is a sentence; an empty list is the proof.
"""

import json
from collections.abc import Callable, Iterable
from functools import partial
from itertools import zip_longest

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from adjudication.dice import draw
from adjudication.scenario import Scenario
from wargame.game import engine
from wargame.game.decide.lobby import seed_hash
from wargame.game.events import (
    EstimatesMade,
    GameCreated,
    GameEnded,
    GameForked,
    GameRewound,
    InjectPassed,
    InjectSent,
    LineDrawn,
    Payload,
    Recorded,
    TurnProposed,
    TurnReproposed,
    encode,
)
from wargame.game.evolve import evolve
from wargame.game.snapshot import SnapshotOutdated, fits, restore, snapshot
from wargame.game.state import EMPTY, State
from wargame.game.visibility import disclose
from wargame.store import models
from wargame.store.cases import case_of
from wargame.store.chain import GENESIS, event_hash
from wargame.store.log import linked_events, recorded_of
from wargame.store.retold import Feeds, Line
from wargame.store.rows import Linked


class Verdict(Struct, frozen=True):
    """What was checked and what was found wrong."""

    game: str
    events: int
    head_hash: str
    turns: int
    """Settlements of a turn that the engine was asked to repeat."""
    disclosures: int
    faults: tuple[str, ...]

    @property
    def good(self) -> bool:
        """Tell whether nothing was found wrong."""
        return not self.faults


class Kept(Struct, frozen=True):
    """A game as it is kept, in tables or in a package. Large parts are asked for when they are looked at.

    `log`: its events in order, with the hashes they were written with. `told`: view -> what it was told, by number.
    `frozen`: the stored fold after an event, or None.
    """

    game: str
    head: int
    head_hash: str
    heads: dict[str, int]
    case: Scenario
    log: Callable[[], Iterable[Linked]]
    told: Callable[[str], list[Line]]
    frozen: Callable[[int], bytes | None]


def verify_game(game_id: str) -> Verdict:
    """Check chain, fold, engine and disclosures of a game of the store. Raises Game.DoesNotExist."""
    return verify_kept(kept_in_store(game_id))


def verify_chain(game_id: str) -> list[str]:
    """Return what is wrong with numbers and hashes of the log of a game of the store."""
    game = models.Game.objects.get(pk=game_id)
    return chain_faults(linked_events(game_id), head=game.head, head_hash=game.head_hash)


def kept_in_store(game_id: str) -> Kept:
    """Return a game as its tables hold it. Raises Game.DoesNotExist."""
    game = models.Game.objects.get(pk=game_id)

    def told(view: str) -> list[Line]:
        rows = models.Disclosure.objects.filter(game_id=game_id, view=view).order_by("n")
        columns = rows.values_list("seq", "kind", "key", "value", "first_n")
        return [Line(s, k, key, bytes(v), place) for s, k, key, v, place in columns]

    def frozen(seq: int) -> bytes | None:
        row = models.Snapshot.objects.filter(game_id=game_id, seq=seq).first()
        return None if row is None else bytes(row.state)

    return Kept(
        game=game_id, head=game.head, head_hash=game.head_hash, heads=json.loads(game.heads),
        case=case_of(game.scenario, game.scenario_hash), log=partial(linked_events, game_id), told=told, frozen=frozen,
    )  # fmt: skip


def verify_kept(kept: Kept) -> Verdict:
    """Check chain, fold, engine and disclosures of a game, wherever it is kept. Asks no table by itself."""
    faults = chain_faults(kept.log(), head=kept.head, head_hash=kept.head_hash)
    state, turns = EMPTY, 0
    feeds = Feeds()
    log = [recorded_of(linked.link) for linked in kept.log()]
    moments = {one.payload.to_seq: b"" for one in log if isinstance(one.payload, GameRewound)}
    for written in log:
        recorded, payload = written, written.payload
        turns += isinstance(payload, TurnProposed | TurnReproposed)
        faults += _origin_faults(kept.case, state, recorded)
        faults += _settled_again(kept.case, state, recorded)
        if isinstance(payload, GameRewound):
            then = moments[payload.to_seq]
            if not fits(payload.state.encode()):
                recorded = replace(recorded, payload=replace(payload, state=then.decode()))
            elif snapshot(restore(payload.state.encode())) != then:
                faults.append(f"event {recorded.seq}: the game was otherwise at event {payload.to_seq}")
            feeds.rewind(recorded.seq, to_seq=payload.to_seq)
        after = evolve(state, recorded)
        for one in disclose(recorded, state, after, kept.case):
            value = msgspec.json.encode(one.value, order="deterministic")
            feeds.tell(recorded.seq, one.view, one.kind, one.key, value)
        state = after
        if recorded.seq in moments:
            moments[recorded.seq] = snapshot(state)
        faults += _snapshot_faults(kept.frozen(recorded.seq), recorded.seq, state)
    faults += _feed_faults(kept, feeds)
    return Verdict(kept.game, kept.head, kept.head_hash, turns, len(feeds), tuple(faults))


def chain_faults(log: Iterable[Linked], *, head: int, head_hash: str) -> list[str]:
    """Return what is wrong with numbers and hashes of a log that is said to end at `head` with `head_hash`."""
    prev, wanted, faults = GENESIS, 0, []
    for link, before, own in log:
        wanted += 1
        if link.seq != wanted:
            faults.append(f"event {wanted} is missing: {link.seq} follows")
            wanted = link.seq
        if before != prev:
            faults.append(f"event {link.seq} does not follow the one before it")
        if event_hash(before, link) != own:
            faults.append(f"event {link.seq} was changed after it was written")
        prev = own
    if wanted != head:
        faults.append(f"the log ends at {wanted}, the game says {head}")
    elif prev != (head_hash or GENESIS):
        faults.append(f"the log ends with another hash than the game says: {prev}")
    return faults


def _origin_faults(case: Scenario, state: State, recorded: Recorded) -> list[str]:
    """Hold the seed against the hash that everybody was shown from the start, and the first world against the case."""
    payload, faults = recorded.payload, []
    if isinstance(payload, GameCreated | GameForked) and seed_hash(payload.seed) != payload.seed_hash:
        faults.append(f"event {recorded.seq}: its seed is not the one whose hash was shown from the start")
    if isinstance(payload, GameEnded) and payload.seed != state.seed:
        faults.append(f"event {recorded.seq}: it reveals another seed than the game was played with")
    if isinstance(payload, GameCreated):
        world = engine.initial_world(case, payload.preset, seed=payload.seed, forced=payload.forced)
        if encode(replace(payload, world=world)) != encode(payload):
            faults.append(f"event {recorded.seq}: the case begins with another world")
    return faults


def _settled_again(case: Scenario, state: State, recorded: Recorded) -> list[str]:
    """Ask the engine the same question again, dice and all, and compare its answer byte for byte."""
    payload = recorded.payload
    if isinstance(payload, LineDrawn):
        same = payload.u == draw(state.seed, payload.turn, payload.key)
        return [] if same else [f"event {recorded.seq}: the die {payload.key} falls otherwise"]
    if isinstance(payload, InjectSent | InjectPassed):
        die = payload.die
        same = die is None or die.u == draw(state.seed, state.turn, die.key)
        return [] if same else [f"event {recorded.seq}: the die of entry {payload.msel} falls otherwise"]
    if isinstance(payload, TurnProposed | TurnReproposed):
        again: Payload = type(payload)(turn=payload.turn, resolution=engine.resolve(case, state))
    elif isinstance(payload, EstimatesMade):
        world = state.proposal.world if state.proposal else state.world
        made = engine.readings(case, world, turn=payload.turn, seed=state.seed, errors=state.errors)
        again = EstimatesMade(turn=payload.turn, readings=made.readings, truth=made.truth, errors=made.errors)
    else:
        return []
    if encode(again) != encode(payload):
        return [f"event {recorded.seq}: the engine settles turn {payload.turn} otherwise"]
    return []


def _snapshot_faults(frozen: bytes | None, seq: int, state: State) -> list[str]:
    if frozen is None:
        return []
    try:
        same = snapshot(restore(frozen)) == snapshot(state)
    except SnapshotOutdated:
        return []
    return [] if same else [f"the snapshot at {seq} differs from the fold"]


def _feed_faults(kept: Kept, feeds: Feeds) -> list[str]:
    faults = []
    for view in sorted(set(kept.heads) | set(feeds.lines)):
        stored, wanted = kept.told(view), feeds.lines.get(view, [])
        if stored != wanted:
            pairs = enumerate(zip_longest(stored, wanted), start=1)
            n, (ours, theirs) = next((n, pair) for n, pair in pairs if pair[0] != pair[1])
            seq = (theirs or ours or (0,))[0]
            faults.append(f"view {view} was told something else at {n} than event {seq} discloses")
        if len(stored) != kept.heads.get(view, 0):
            faults.append(f"view {view} has {len(stored)} disclosures, the game says {kept.heads.get(view, 0)}")
    return faults
