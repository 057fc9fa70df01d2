"""What one game came to: its path by turn, its deals, and counts of what was done; enough to hold games side by side.

Reads the outcomes and the few facts that are counted, not the whole log, so that forty games are read in a moment.
What a rewind took back is left out. It knows no other game and judges nothing.
"""

from collections import Counter
from functools import lru_cache

from msgspec import Struct

from adjudication.agreed import IN_FORCE, Agreement
from adjudication.results import Resolution
from adjudication.scenario import Scenario
from wargame.game import events as ev
from wargame.game.branches import on_the_way
from wargame.store.cases import case_of
from wargame.store.log import kinds_of, recorded_events
from wargame.store.models import Game

DECIMALS = 6
_READ = ("game.created", "game.forked", "game.rewound", "game.ended", "turn.resolved")
_COUNTED = {
    "message.posted": "messages", "offer.tabled": "texts_tabled", "offer.countered": "versions",
    "offer.signed": "signatures", "offer.walked_out": "walk_outs", "ruling.made": "rulings", "inject.sent": "injects",
    "freemove.proposed": "free_moves", "game.paused": "pauses",
}  # fmt: skip


class Point(Struct, frozen=True):
    """A value at the end of a turn (turn 0: as the game began), and the event that says so."""

    turn: int
    value: float
    ref: int


class Deal(Struct, frozen=True):
    """An agreement as the engine last knew it: labels of its parties, and its clauses with the level agreed."""

    title: str
    parties: tuple[str, ...]
    form: str
    turn: int
    status: str
    ended_turn: int | None
    clauses: tuple[tuple[str, int], ...]


class Digest(Struct, frozen=True, kw_only=True):
    """One game in numbers.

    `paths`: variables by id, indices by `index.<id>`, and the risk of a clash carried so far by `clash_risk`.
    `counts` of what was done. `settled`: turn -> event of its outcome. `goals`: seat -> goal -> value at the end.
    """

    game: str
    title: str
    scenario: str
    scenario_hash: str
    case_title: str
    preset: str
    engine: str
    turns: int
    played: int
    ended: bool
    ended_reason: str
    paths: dict[str, tuple[Point, ...]]
    counts: dict[str, int]
    settled: dict[int, int]
    deals: tuple[Deal, ...]
    meetings: tuple[tuple[int, str], ...]
    war: int
    goals: dict[str, dict[str, float]]

    @property
    def in_force(self) -> int:
        """Return how many agreements were in force at the end."""
        return sum(deal.status in IN_FORCE for deal in self.deals)


def digest_of(game: Game) -> Digest:
    """Return what a game has come to so far. Kept in this process by the head of its log."""
    return _digest(game.id, game.head_hash)


@lru_cache(maxsize=256)
def _digest(game_id: str, head_hash: str) -> Digest:
    game = Game.objects.get(pk=game_id)
    case = case_of(game.scenario, game.scenario_hash)
    facts = recorded_events(game_id, upto=game.head, kinds=_READ)
    kinds = kinds_of(game_id, upto=game.head)
    stands = on_the_way(len(kinds), {f.seq: f.payload.to_seq for f in facts if isinstance(f.payload, ev.GameRewound)})
    kept = [fact for fact in facts if fact.seq in stands]
    created = next(f.payload for f in facts if isinstance(f.payload, ev.GameCreated))
    ended = next((f.payload for f in reversed(kept) if isinstance(f.payload, ev.GameEnded)), None)
    done = [(f.seq, f.payload.resolution) for f in kept if isinstance(f.payload, ev.TurnResolved)]
    last = done[-1][1] if done else None
    counted = Counter(kind for seq, kind in enumerate(kinds, start=1) if seq in stands)
    return Digest(
        game=game_id, title=game.title, scenario=game.scenario, scenario_hash=game.scenario_hash,
        case_title=created.case_title, preset=created.preset, engine=game.engine,
        turns=created.last_turn - created.first_turn + 1, played=len(done), ended=ended is not None,
        ended_reason="" if ended is None else ended.reason,
        paths=_variables(case, created, done) | _indices(done) | _risks(done),
        counts={name: counted[kind] for kind, name in _COUNTED.items()}
        | {"orders": sum(len(resolution.orders) for _, resolution in done)},
        settled={one.turn: seq for seq, one in done},
        deals=tuple(_deal(case, one) for one in last.agreements) if last else (),
        meetings=tuple((one.turn, one.summit.result) for _, one in done if one.summit is not None),
        war=max((one.war for _, one in done), default=0),
        goals={} if last is None else {seat: dict(goals) for seat, goals in sorted(last.scores.items())},
    )  # fmt: skip


Done = list[tuple[int, Resolution]]
"""Released outcomes in order, each with its event."""


def _variables(case: Scenario, created: ev.GameCreated, done: Done) -> dict[str, tuple[Point, ...]]:
    start = created.world.get("values", {})
    found = {}
    for variable in case.variables:
        first = start.get(variable.id) if isinstance(start, dict) else None
        points = [] if first is None else [Point(created.first_turn - 1, float(first), 1)]
        points += [
            Point(one.turn, float(one.world["values"][variable.id]), seq)
            for seq, one in done
            if variable.id in one.world["values"]
        ]
        found[variable.id] = tuple(points)
    return found


def _indices(done: Done) -> dict[str, tuple[Point, ...]]:
    found: dict[str, list[Point]] = {}
    for seq, one in done:
        for name, value in sorted(one.indices.items()):
            found.setdefault(f"index.{name}", []).append(Point(one.turn, float(value), seq))
    return {name: tuple(points) for name, points in found.items()}


def _risks(done: Done) -> dict[str, tuple[Point, ...]]:
    """Return the danger of a clash carried so far, whatever the dice made of it; that of war is an index of its own."""
    calm = 1.0
    found: list[Point] = []
    for seq, one in done:
        calm *= 1 - one.p_clash
        found.append(Point(one.turn, round(1 - calm, DECIMALS), seq))
    return {"clash_risk": tuple(found)}


def _deal(case: Scenario, one: Agreement) -> Deal:
    labels = {issue.id: issue.label for issue in case.negotiation.deal_issues}
    parties = tuple(case.seat[seat].label if seat in case.seat else seat for seat in one.parties)
    clauses = tuple((labels.get(clause.issue, clause.issue), clause.level) for clause in one.clauses)
    return Deal(one.title, parties, one.form, one.turn, one.status, one.ended_turn, clauses)
