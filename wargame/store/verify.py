"""Proving that a game is what its log says: the chain holds, the fold repeats, the engine gives the same bytes again.

Reads only. Every fault is a sentence; an empty list is the proof.
"""

import json
from itertools import zip_longest

import msgspec
from msgspec import Struct

from adjudication.dice import draw
from adjudication.scenario import Scenario
from wargame.game import engine
from wargame.game.events import (
    EstimatesMade,
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
from wargame.game.snapshot import SnapshotOutdated, restore, snapshot
from wargame.game.state import EMPTY, State
from wargame.game.visibility import disclose
from wargame.store import models
from wargame.store.cases import case_of
from wargame.store.chain import GENESIS, event_hash
from wargame.store.log import link_of, recorded_events
from wargame.store.retold import Feeds, Line


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


def verify_game(game_id: str) -> Verdict:
    """Check chain, fold, engine and disclosures of a game. Raises Game.DoesNotExist."""
    game = models.Game.objects.get(pk=game_id)
    faults = verify_chain(game_id)
    case = case_of(game.scenario, game.scenario_hash)
    state, turns = EMPTY, 0
    feeds = Feeds()
    log = recorded_events(game_id)
    moments = {one.payload.to_seq: b"" for one in log if isinstance(one.payload, GameRewound)}
    for recorded in log:
        payload = recorded.payload
        turns += isinstance(payload, TurnProposed | TurnReproposed)
        faults += _settled_again(case, state, recorded)
        if isinstance(payload, GameRewound):
            if payload.state.encode() != moments[payload.to_seq]:
                faults.append(f"event {recorded.seq}: the game was otherwise at event {payload.to_seq}")
            feeds.rewind(recorded.seq, to_seq=payload.to_seq)
        after = evolve(state, recorded)
        for one in disclose(recorded, state, after, case):
            value = msgspec.json.encode(one.value, order="deterministic")
            feeds.tell(recorded.seq, one.view, one.kind, one.key, value)
        state = after
        if recorded.seq in moments:
            moments[recorded.seq] = snapshot(state)
        faults += _snapshot_faults(game_id, recorded.seq, state)
    faults += _feed_faults(game, feeds)
    return Verdict(game_id, game.head, game.head_hash, turns, len(feeds), tuple(faults))


def verify_chain(game_id: str) -> list[str]:
    """Return what is wrong with numbers and hashes of a game's log."""
    game = models.Game.objects.get(pk=game_id)
    prev, wanted, faults = GENESIS, 0, []
    for row in models.Event.objects.filter(game_id=game_id).order_by("seq").iterator(chunk_size=500):
        wanted += 1
        if row.seq != wanted:
            faults.append(f"event {wanted} is missing: {row.seq} follows")
            wanted = row.seq
        if row.prev_hash != prev:
            faults.append(f"event {row.seq} does not follow the one before it")
        if event_hash(row.prev_hash, link_of(row)) != row.hash:
            faults.append(f"event {row.seq} was changed after it was written")
        prev = row.hash
    if (wanted, prev) != (game.head, game.head_hash or GENESIS):
        faults.append(f"the log ends at {wanted}, the game says {game.head}")
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


def _snapshot_faults(game_id: str, seq: int, state: State) -> list[str]:
    row = models.Snapshot.objects.filter(game_id=game_id, seq=seq).first()
    if row is None:
        return []
    try:
        same = snapshot(restore(bytes(row.state))) == snapshot(state)
    except SnapshotOutdated:
        return []
    return [] if same else [f"the snapshot at {seq} differs from the fold"]


def _feed_faults(game: models.Game, feeds: Feeds) -> list[str]:
    faults = []
    heads: dict[str, int] = json.loads(game.heads)
    for view in sorted(set(heads) | set(feeds.lines)):
        rows = models.Disclosure.objects.filter(game_id=game.id, view=view).order_by("n")
        columns = rows.values_list("seq", "kind", "key", "value", "first_n")
        stored = [Line(s, k, key, bytes(v), place) for s, k, key, v, place in columns]
        wanted = feeds.lines.get(view, [])
        if stored != wanted:
            pairs = enumerate(zip_longest(stored, wanted), start=1)
            n, (ours, theirs) = next((n, pair) for n, pair in pairs if pair[0] != pair[1])
            seq = (theirs or ours or (0,))[0]
            faults.append(f"view {view} was told something else at {n} than event {seq} discloses")
        if len(stored) != heads.get(view, 0):
            faults.append(f"view {view} has {len(stored)} disclosures, the game says {heads.get(view, 0)}")
    return faults
