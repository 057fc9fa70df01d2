"""Writing a game as a package. Reads only; the same game gives the same bytes on any server of the same release."""

from msgspec import Struct

from wargame.aar.package.container import FORMAT, GameLine, Manifest, sealed
from wargame.aar.package.lines import LOG, TOLD, write_log, write_told
from wargame.aar.package.papers import CODEBOOK, README, attachments, codebook, readme
from wargame.game.events import GameCreated, GameForked, Recorded
from wargame.game.evolve import evolve
from wargame.game.state import EMPTY, State
from wargame.store.cases import text_of
from wargame.store.log import linked_events, recorded_events
from wargame.store.models import Game
from wargame.store.restoring import ToldRow, told_rows
from wargame.store.rows import Linked
from wargame.version import ENGINE

CASE = "case"


class Parts(Struct, frozen=True):
    """All that a package is made from, besides the case: the log as written and as read, and what views were told.

    `state` is what the log leads to.
    """

    log: list[Linked]
    facts: list[Recorded]
    told: list[ToldRow]
    state: State


def parts_of(log: list[Linked], facts: list[Recorded], told: list[ToldRow]) -> Parts:
    """Return the parts of a package with the state its log leads to."""
    state = EMPTY
    for fact in facts:
        state = evolve(state, fact)
    return Parts(log, facts, told, state)


def package_of(game_id: str) -> bytes:
    """Return the package of a game as it stands now, running or not. Raises Game.DoesNotExist."""
    game = Game.objects.get(pk=game_id)  # first: what is read below only grows, and is cut off at this head
    parts = parts_of(
        list(linked_events(game_id, upto=game.head)), recorded_events(game_id, upto=game.head),
        list(told_rows(game_id, upto=game.head)),
    )  # fmt: skip
    members = {f"{CASE}/{name}": text.encode() for name, text in text_of(game.scenario_hash).items()}
    members |= attachments(parts.facts)
    members |= {
        LOG: write_log(parts.log), TOLD: write_told(parts.told), README: readme(),
        CODEBOOK: codebook(parts.facts, {row.kind for row in parts.told}),
    }  # fmt: skip
    line = game_line(parts, game=game.id, created_ms=game.created_ms)
    return sealed(manifest_of(parts, line=line, engine=ENGINE), members)


def game_line(parts: Parts, *, game: str, created_ms: int) -> GameLine:
    """Return which game it is and where its log stands; all but what is given here follows from the log."""
    heads: dict[str, int] = {}
    for row in parts.told:
        heads[row.view] = max(row.n, heads.get(row.view, 0))
    last = parts.log[-1]
    made = next(fact.payload for fact in parts.facts if isinstance(fact.payload, GameCreated))
    return GameLine(
        id=game, title=parts.state.title, scenario=made.scenario, scenario_hash=made.scenario_hash, preset=made.preset,
        engine=parts.log[0].link.engine, created_ms=created_ms, status=parts.state.status, head=last.link.seq,
        head_hash=last.hash, heads=dict(sorted(heads.items())),
    )  # fmt: skip


def manifest_of(parts: Parts, *, line: GameLine, engine: str) -> Manifest:
    """Return the manifest of a package before its members are listed. `engine`: that of the server that writes it."""
    origin = next(f.payload for f in reversed(parts.facts) if isinstance(f.payload, GameCreated | GameForked))
    return Manifest(
        format=FORMAT, digest="", engine=engine, engines=tuple(sorted({one.link.engine for one in parts.log})),
        seed=origin.seed, seed_hash=origin.seed_hash, game=line, members=(),
    )  # fmt: skip
