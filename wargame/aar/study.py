"""The blocks of designed experiments as rows: asked for, played by whoever has the time, kept for good.

Owns the rows and their states. A block is found by what it is made of (case, engine, seeds, levels, outcomes), so a
study that was interrupted, or is asked again with one level more, plays only what is missing. It writes no file.
"""

import logging
import zlib
from collections.abc import Iterable, Mapping
from hashlib import blake2b

import msgspec
from django.db.models import Q
from msgspec import Struct

from adjudication.design import Block, Cell, Design, Played, Row, indices_of, play_block
from adjudication.scenario import Scenario
from wargame.aar.data.columns import Column
from wargame.aar.models import StudyBlock
from wargame.clock import utc_ms
from wargame.store.cases import case_now

log = logging.getLogger(__name__)

STALE_MS = 900_000
"""A block without an end after this long is believed dead and sent again."""
READ_AT_ONCE = 500


class Standing(Struct, frozen=True):
    """How many blocks of a study are ready, under way and failed, and what the first failed one said."""

    ready: int
    waiting: int
    failed: int
    message: str = ""


def key_of(block: Block) -> str:
    """Return what a block is found by: equal blocks, equal keys."""
    return blake2b(msgspec.json.encode(block, order="deterministic"), digest_size=24).hexdigest()


def blocks_ask(blocks: Mapping[str, Block], *, now_ms: int, most: int) -> list[str]:
    """Return up to `most` blocks to send to a worker now, so many fewer as are under way. Failed ones begin anew."""
    rows = _rows(blocks)
    under_way = sum(state == "waiting" and now_ms - told_ms <= STALE_MS for state, told_ms, _ in rows.values())
    missing = [key for key in blocks if _wants(rows.get(key), now_ms)][: max(0, most - under_way)]
    for key in missing:
        text = msgspec.json.encode(blocks[key], order="deterministic").decode()
        fresh = {"block": text, "state": "waiting", "message": "", "told_ms": now_ms}
        StudyBlock.objects.update_or_create(pk=key, defaults=fresh)
    return missing


def _wants(row: tuple[str, int, str] | None, now_ms: int) -> bool:
    return row is None or (row[0] == "waiting" and now_ms - row[1] > STALE_MS)


def blocks_forgive(blocks: Mapping[str, Block]) -> None:
    """Forget what failed, so that it is tried again: a study that is started anew has been looked at."""
    for keys in _portions(blocks):
        StudyBlock.objects.filter(pk__in=keys, state="failed").delete()


def block_run(key: str) -> None:
    """Play a block and keep its rows. Idempotent: one that is over is left alone."""
    row = StudyBlock.objects.filter(~Q(state="ready"), pk=key).first()
    if row is None:
        return
    mine = StudyBlock.objects.filter(pk=key)
    block = msgspec.json.decode(row.block, type=Block)
    case = case_now(block.scenario)
    if case is None or case.content_hash != block.scenario_hash:
        mine.update(state="failed", message=f"The case {block.scenario} was changed since the study began. Start anew.")
        return
    try:
        rows = play_block(case, block)
    except Exception as odd:
        log.exception("study.failed block=%s", key)
        mine.update(state="failed", message=f"{type(odd).__name__}: {odd}"[:400])
        return
    mine.update(state="ready", result=zlib.compress(msgspec.json.encode(rows)), told_ms=utc_ms())


def standing(blocks: Mapping[str, Block]) -> Standing:
    """Return how far a study is."""
    rows = _rows(blocks).values()
    words = [message for state, _, message in rows if state == "failed"]
    ready = sum(state == "ready" for state, _, _ in rows)
    return Standing(ready, len(blocks) - ready - len(words), len(words), words[0] if words else "")


def rows_of(design: Design, work: Iterable[tuple[Cell, Block]]) -> tuple[list[Row], list[Row]]:
    """Return the rows of a finished study, a row a game and a row a game and turn, with the columns of its design."""
    games: list[Row] = []
    turns: list[Row] = []
    for cell, block in work:
        result = StudyBlock.objects.values_list("result", flat=True).get(pk=key_of(block))
        played = msgspec.json.decode(zlib.decompress(bytes(result)), type=Played)
        levels: dict[str, str | int] = {
            "study": design.study, "scenario": block.scenario, "scenario_hash": block.scenario_hash,
            "engine": block.engine, "cell": cell.number, **{one.factor: one.level for one in cell.settings},
        }  # fmt: skip
        games += [{**levels, "seed": f"{block.seed}:{row['game']}", **row} for row in played.games]
        turns += [{**levels, "seed": f"{block.seed}:{row['game']}", **row} for row in played.turns]
    return games, turns


def columns_of(case: Scenario, design: Design, outcomes: Iterable[str]) -> tuple[list[Column], list[Column]]:
    """Return the columns of both tables."""
    design_columns = [
        Column("study", "text", "", "Name of the study."),
        Column("scenario", "text", "", "The case that was played."),
        Column("scenario_hash", "text", "", "Hash of what the case said."),
        Column("engine", "text", "", "Version of the engine that settled the turns."),
        Column("cell", "int", "", "Number of the combination of levels, from 1."),
        *(Column(f.id, "text", "", f"Level of the factor: {f.label or f.vary}.") for f in design.factors),
        Column("seed", "text", "", "Seed of the game; rows of different cells with one seed are a pair."),
        Column("game", "int", "", "Number of the game in its cell."),
    ]
    clauses = case.negotiation.deal_issue
    labels = {} if case.calibration is None else {line.id: line.label for line in case.calibration.compare}
    games = [
        *design_columns,
        Column("over_turn", "int", "turn", "The turn in which a war ended the game; nothing: none did."),
        *(Column(name, "float", "", labels.get(name, name)) for name in outcomes),
    ]
    turns = [
        *design_columns,
        Column("turn", "int", "turn", "Turn of the game, from 1."),
        Column("p_clash", "float", "probability", "Risk of a clash in this turn."),
        Column("p_war", "float", "probability", "Risk of a war in this turn."),
        Column("summit", "int", "", "-1 no meeting of leaders, 0 no text, 1 a statement, 2 a text."),
        *(Column(v.id, "float", v.unit, f"{v.label}, at the end of the turn.") for v in case.variables),
        *(Column(f"clause.{i}", "int", "level", f"{clauses[i].label}: level in force.") for i in case.issues),
        *(
            Column(f"index.{name}", "float", "", f"Index of the turn: {label}.")
            for name, label in indices_of(case).items()
        ),
    ]
    return games, turns


def _rows(blocks: Mapping[str, Block]) -> dict[str, tuple[str, int, str]]:
    found: dict[str, tuple[str, int, str]] = {}
    for keys in _portions(blocks):
        for pk, state, told_ms, message in StudyBlock.objects.filter(pk__in=keys).values_list(
            "pk", "state", "told_ms", "message"
        ):
            found[pk] = (state, told_ms, message)
    return found


def _portions(blocks: Mapping[str, Block]) -> Iterable[list[str]]:
    keys = list(blocks)
    return (keys[at : at + READ_AT_ONCE] for at in range(0, len(keys), READ_AT_ONCE))
