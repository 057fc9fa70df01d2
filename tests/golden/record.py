"""Record a golden game: `python -m tests.golden.record NAME`. The only thing that may write under fixtures/golden.

A golden game freezes three things: the case it was played with, the commands that went in, and what came out (the
facts, byte for byte, the final state, and a hash of every view's feed). It refuses to overwrite a recording, so that
an old one stays the witness that old facts still load.
"""

import shutil
import sys
from hashlib import blake2b
from pathlib import Path
from typing import Any

import msgspec

from adjudication.scenario import load_scenario
from tests.golden.script import play
from tests.support.builders import Game
from wargame.game import commands as c
from wargame.game.events import Actor, encode
from wargame.game.snapshot import snapshot
from wargame.game.views import views

ROOT = Path(__file__).resolve().parents[2]
GOLDEN = ROOT / "fixtures/golden"
CASE = ROOT / "fixtures/scenarios/us-dprk-2017.yaml"


class Given(msgspec.Struct, frozen=True):
    """One command as it was given."""

    at_ms: int
    actor: Actor
    command: msgspec.Raw


class Kept(msgspec.Struct, frozen=True):
    """One fact as it was stored."""

    kind: str
    v: int
    actor: Actor
    at_ms: int
    game_date: str
    payload: msgspec.Raw


class Sums(msgspec.Struct, frozen=True):
    """What the whole has to come to."""

    scenario_hash: str
    events: int
    state: str
    feeds: dict[str, str]


class Recorder(Game):
    """A game that writes down every command it is given."""

    def __init__(self, scenario: Any) -> None:
        super().__init__(scenario)
        self.given: list[Given] = []

    def do(self, actor: Actor, command: c.Command) -> "Recorder":
        """Give a command and write it down."""
        self.given.append(Given(self.now, actor, msgspec.Raw(msgspec.json.encode(command))))
        super().do(actor, command)
        return self


def digest(*parts: bytes) -> str:
    """Return a hash of byte strings, in order and with their lengths."""
    total = blake2b(digest_size=16)
    for part in parts:
        total.update(len(part).to_bytes(8, "big") + part)
    return total.hexdigest()


def sums(game: Game) -> Sums:
    """Return what a played or replayed game comes to."""
    feeds: dict[str, str] = {}
    for view in views(game.state):
        rows = [row for row in game.told if row.view == view]
        feeds[view] = digest(
            *(
                part
                for row in rows
                for part in (row.kind.encode(), row.key.encode(), msgspec.json.encode(row.value, order="deterministic"))
            )
        )
    return Sums(game.scenario.content_hash, len(game.log), digest(snapshot(game.state)), feeds)


def kept(game: Game) -> list[Kept]:
    """Return the facts of a game as they are stored."""
    return [Kept(r.kind, r.v, r.actor, r.at_ms, r.game_date, msgspec.Raw(encode(r.payload))) for r in game.log]


def record(name: str) -> Path:
    """Play the script with the case as it is now, and keep everything."""
    folder = GOLDEN / name
    folder.mkdir(parents=True)
    shutil.copy(CASE, folder / CASE.name)
    shutil.copytree(CASE.with_suffix(""), folder / CASE.stem)
    _stand_at_the_gate(folder / CASE.stem / "clauses.yaml")
    game = play(Recorder(load_scenario(folder / CASE.name)))
    assert isinstance(game, Recorder)
    _lines(folder / "commands.jsonl", game.given)
    _lines(folder / "events.jsonl", kept(game))
    (folder / "sums.json").write_bytes(msgspec.json.format(msgspec.json.encode(sums(game)), indent=1) + b"\n")
    return folder


def _stand_at_the_gate(path: Path) -> None:
    """Let texts of the recorded case go to Control first, so that a recording holds that too."""
    text = path.read_text()
    assert "gate: none" in text, "the case says how texts come to the table"
    path.write_text(text.replace("gate: none", "gate: control"))


def _lines(path: Path, rows: list[Any]) -> None:
    path.write_bytes(b"".join(msgspec.json.encode(row) + b"\n" for row in rows))


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("Usage: python -m tests.golden.record NAME   (a new name; a recording is never overwritten)")
    try:
        print(f"Recorded {record(sys.argv[1])}.")
    except FileExistsError:
        sys.exit(f"{sys.argv[1]} exists already. Golden games are never edited: choose a new name.")
