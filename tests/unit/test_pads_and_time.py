"""What a pad leaves behind: the same bytes however it is folded, and a first load that does not grow."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from negotiation import pads
from tests.support.builders import player
from tests.support.drafting import Writer, merged_digest, words
from tests.support.pads import PAD, edit, reads, shared
from wargame.game.evolve import fold
from wargame.game.snapshot import restore, snapshot

ROOT = Path(__file__).resolve().parents[2]


def test_a_snapshot_and_its_tail_give_the_bytes_of_the_whole_log() -> None:
    game = shared()
    writer = Writer(31)
    states = []
    for place in range(40):
        game.do(player("potus"), edit(writer.write("test", place % 5, f"w{place} ")))
        states.append((len(game.log), snapshot(game.state)))
    whole = snapshot(fold(game.log))
    assert whole == snapshot(game.state)
    for seq, raw in states[::7]:
        assert snapshot(fold(game.log[seq:], start=restore(raw))) == whole


def test_a_first_load_does_not_grow_with_the_edits() -> None:
    game, writer, sizes = shared(), Writer(31), []
    for _ in range(6 * pads.PUBLISH_EDITS):
        length = len(writer.read("test"))
        game.do(player("potus"), edit(writer.write("test", length, "x") if length < 40 else writer.cut("test", 0, 20)))
        sizes.append(len(game.seen("seat:state", "pad_edit")))
    assert max(sizes) < pads.PUBLISH_EDITS
    assert game.state.pads[PAD].edits == 6 * pads.PUBLISH_EDITS
    assert reads(game, "seat:state") == writer.read("test")
    assert len(game.state.pads[PAD].merged) < 2_000


def test_large_edits_are_told_as_a_whole_sooner() -> None:
    game = shared()
    for place, clause in enumerate(("test", "sec", "fac", "ver")):
        game.do(player("potus"), edit(words(clause, "한" * 1900, client=60 + place)))
    assert len(game.seen("seat:state", "pad_edit")) < 4
    assert reads(game, "seat:state", "ver") == "한" * 1900


@pytest.mark.parametrize("seed", ["1", "4242"])
def test_the_same_edits_give_the_same_bytes_in_any_process(seed: str) -> None:
    code = "from tests.support.drafting import merged_digest; print(merged_digest())"
    there = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True,
        text=True, check=True,
    )  # fmt: skip
    assert there.stdout.strip() == merged_digest()
