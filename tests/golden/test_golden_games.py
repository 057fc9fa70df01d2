"""Golden games: the commands that went in make the same facts, and old facts load, fold and tell the same.

A recording is never edited. When a rule, the engine or an entity changes on purpose, record a new one
(`python -m tests.golden.record NAME`) and take the old name out of `REPLAYED`: its facts have to load for ever.
"""

from pathlib import Path

import msgspec
import pytest

from adjudication.scenario import load_scenario
from tests.golden.record import GOLDEN, Given, Kept, Sums, digest, kept, sums
from tests.support.builders import Game
from wargame.game import commands as c
from wargame.game.events import REGISTRY, Recorded, decode_payload
from wargame.game.evolve import evolve
from wargame.game.snapshot import restore, snapshot
from wargame.game.state import EMPTY
from wargame.game.upcast import upcast
from wargame.game.visibility import disclose

ALL = sorted(path.name for path in GOLDEN.iterdir() if path.is_dir())
REPLAYED = [name for name in ALL if name == ALL[-1]]
"""Recordings of the present rules: the newest. Older ones only have to load."""


def lines(path: Path, shape: type) -> list:  # type: ignore[type-arg]
    return [msgspec.json.decode(line, type=shape) for line in path.read_bytes().splitlines()]


@pytest.mark.parametrize("name", REPLAYED)
def test_the_same_commands_make_the_same_facts_and_the_same_feeds(name: str) -> None:
    folder = GOLDEN / name
    game = Game(load_scenario(folder / "us-dprk-2017.yaml"))
    for given in lines(folder / "commands.jsonl", Given):
        game.now = given.at_ms
        game.do(given.actor, msgspec.json.decode(given.command, type=c.Command))
    stored = lines(folder / "events.jsonl", Kept)
    for ours, theirs in zip(kept(game), stored, strict=True):
        assert ours == theirs, f"{theirs.kind} came out differently"
    assert sums(game) == msgspec.json.decode((folder / "sums.json").read_bytes(), type=Sums)


@pytest.mark.parametrize("name", ALL)
def test_stored_facts_of_every_age_load_and_fold(name: str) -> None:
    folder = GOLDEN / name
    state = EMPTY
    for seq, row in enumerate(lines(folder / "events.jsonl", Kept), start=1):
        payload = decode_payload(row.kind, row.v, bytes(row.payload))
        fact = Recorded(seq, str(seq), row.kind, row.v, row.actor, "", row.at_ms, row.game_date, payload)
        state = evolve(state, fact)
    assert state.status == "ended"
    assert state.turn == 12
    if name in REPLAYED:
        expected = msgspec.json.decode((folder / "sums.json").read_bytes(), type=Sums)
        assert digest(snapshot(state)) == expected.state


def test_the_newest_recording_holds_every_kind_of_fact() -> None:
    kinds = {row.kind for row in lines(GOLDEN / ALL[-1] / "events.jsonl", Kept)}
    assert set(REGISTRY) - kinds == set()


@pytest.mark.parametrize("name", REPLAYED)
def test_a_state_read_back_from_its_snapshot_is_told_to_every_view_in_the_same_order(name: str) -> None:
    """A process that starts from a snapshot must number its disclosures as one that folded the log: maps keep order."""
    game = Game(load_scenario(GOLDEN / name / "us-dprk-2017.yaml"))
    state = EMPTY
    for place, row in enumerate(lines(GOLDEN / name / "events.jsonl", Kept)):
        payload = decode_payload(row.kind, row.v, bytes(row.payload))
        recorded = Recorded(place + 1, str(place), row.kind, row.v, row.actor, "", row.at_ms, row.game_date, payload)
        after, again = evolve(state, recorded), restore(snapshot(state))
        assert msgspec.json.encode(again) == msgspec.json.encode(state), "a map came back in another order"
        if row.kind == "phase.entered":
            then = evolve(again, recorded)
            assert list(disclose(recorded, again, then, game.scenario)) == list(
                disclose(recorded, state, after, game.scenario)
            )
        state = after


def test_an_old_payload_is_brought_up_step_by_step() -> None:
    steps = {
        ("thing.done", 1): lambda p: {**p, "who": "nobody"},
        ("thing.done", 2): lambda p: {"by": p["who"], "what": p["what"]},
    }
    assert upcast("thing.done", {"what": "x"}, v=1, newest=3, steps=steps) == {"by": "nobody", "what": "x"}
    assert upcast("thing.done", {"by": "a", "what": "x"}, v=3, newest=3, steps=steps) == {"by": "a", "what": "x"}


def test_a_payload_without_a_step_or_from_the_future_is_broken_storage() -> None:
    with pytest.raises(KeyError):
        upcast("thing.done", {}, v=1, newest=2, steps={})
    with pytest.raises(KeyError):
        decode_payload("game.created", 99, b"{}")
