"""The newest golden game as a report reads it: its log, its chronicle, and every seat's rows, read from file once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import msgspec

from adjudication.scenario import Scenario, load_scenario
from tests.golden.record import GOLDEN, Kept
from wargame.aar.chronicle import Chronicle, chronicle
from wargame.aar.report import seat_reports, truth_report
from wargame.game.events import GameRewound, Recorded, decode_payload
from wargame.game.evolve import evolve
from wargame.game.ids import seat_view
from wargame.game.state import EMPTY
from wargame.game.visibility import disclose
from wargame.store.disclosures import GONE
from wargame.store.feed import Row
from wargame.store.retold import Feeds


@dataclass(frozen=True)
class Golden:
    """A recorded game: its case, its log, and the rows of every view by the view's name."""

    case: Scenario
    log: tuple[Recorded, ...]
    told: dict[str, list[Row]]

    def rows(self, seat: str) -> list[Row]:
        """Return all that a seat was told."""
        return self.told.get(seat_view(seat), [])


@cache
def golden() -> Golden:
    """Return the newest golden game."""
    folder = max(path for path in GOLDEN.iterdir() if path.is_dir())
    case = load_scenario(folder / "us-dprk-2017.yaml")
    lines = [msgspec.json.decode(line, type=Kept) for line in (folder / "events.jsonl").read_bytes().splitlines()]
    log = tuple(
        Recorded(seq, str(seq), one.kind, one.v, one.actor, "", one.at_ms, one.game_date,
                 decode_payload(one.kind, one.v, bytes(one.payload)))
        for seq, one in enumerate(lines, start=1)
    )  # fmt: skip
    return Golden(case, log, told(case, log))


def told(case: Scenario, log: tuple[Recorded, ...]) -> dict[str, list[Row]]:
    """Return what a log tells every view, by the rules of the store and without its tables."""
    state, feeds = EMPTY, Feeds()
    for recorded in log:
        before, state = state, evolve(state, recorded)
        if isinstance(recorded.payload, GameRewound):
            feeds.rewind(recorded.seq, to_seq=recorded.payload.to_seq)
        for one in disclose(recorded, before, state, case):
            value = GONE if one.value is None else msgspec.json.encode(one.value)
            feeds.tell(recorded.seq, one.view, one.kind, one.key, value)
    return {
        view: [Row(n, line.kind, line.key, log[line.seq - 1].at_ms, line.value) for n, line in enumerate(lines, 1)]
        for view, lines in feeds.lines.items()
    }


@cache
def golden_chronicle() -> Chronicle:
    """Return the golden game as the sections of the truth read it. Shared: nobody may change it."""
    return chronicle(golden().case, golden().log, head_hash="golden", engine_version="1")


@cache
def golden_report() -> dict[str, Any]:
    """Return the truth of the golden game. Shared: nobody may change it."""
    return truth_report(golden_chronicle(), built_at_ms=1, progress=lambda _: None)


@cache
def golden_seat_reports() -> Mapping[str, dict[str, Any]]:
    """Return what each seat may read of the golden game. Shared: nobody may change it."""
    return seat_reports(golden_chronicle(), rows=golden().rows, progress=lambda _: None)
