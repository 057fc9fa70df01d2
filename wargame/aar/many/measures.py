"""What is compared: every path by turn, and one number a game for each thing a game came to, with its spread in groups.

Owns which numbers there are and what they are called. It tests nothing.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from math import fsum
from statistics import median, quantiles

from msgspec import Struct

from adjudication.scenario import Scenario
from adjudication.stages.scoring import ENGINE_INDICES
from wargame.aar.many.digest import Digest, Point
from wargame.aar.many.shapes import Family, Group, Line, Spread


def lines(digests: Sequence[Digest], cases: Mapping[str, Scenario]) -> Iterator[Line]:
    """Yield every path that any game has; what it is called is said by the first game's case that knows it."""
    seen: set[str] = set()
    for one in digests:
        case = cases[one.game]
        for variable in case.variables:
            if variable.id not in seen:
                seen.add(variable.id)
                top = variable.max if variable.max is not None else 1.0 if variable.kind == "belief" else 100.0
                yield Line(
                    variable.id, variable.label, variable.unit, variable.min or 0.0, top, "variable",
                    variable.headline, _by_game(digests, variable.id),
                )  # fmt: skip
        for name, label in _index_labels(case).items():
            found = _by_game(digests, f"index.{name}")
            if f"index.{name}" not in seen and found:
                seen.add(f"index.{name}")
                top = max((point.value for points in found.values() for point in points), default=100.0)
                yield Line(f"index.{name}", label, "", 0.0, max(100.0, top), "index", False, found)
    for name, label in RISKS.items():
        yield Line(name, label, "chance", 0.0, 1.0, "risk", True, _by_game(digests, name))


def _by_game(digests: Sequence[Digest], name: str) -> dict[str, tuple[Point, ...]]:
    return {one.game: path for one in digests if (path := one.paths.get(name))}


RISKS = {"clash_risk": "Risk of a clash carried so far"}
CONDUCT = {
    "orders": "Orders given", "messages": "Messages", "texts_tabled": "Texts tabled", "versions": "Versions of texts",
    "signatures": "Signatures", "walk_outs": "Walk-outs", "free_moves": "Free moves", "injects": "Injects sent",
    "rulings": "Rulings of Control", "pauses": "Pauses",
}  # fmt: skip


def _index_labels(case: Scenario) -> dict[str, str]:
    return {**ENGINE_INDICES, **{index.id: index.label or index.id for index in case.scoring.indices}}


class Measured(Struct, frozen=True):
    """One number a game, before groups are looked at."""

    id: str
    label: str
    unit: str
    family: Family
    values: dict[str, float]


def measures(digests: Sequence[Digest], cases: Mapping[str, Scenario]) -> list[Measured]:
    """Return one number a game for everything that is compared, of games that settled a turn."""
    played = [one for one in digests if one.played]

    def of(number: Callable[[Digest], float]) -> dict[str, float]:
        return {one.game: number(one) for one in played}

    found = [
        Measured("in_force", "Agreements in force at the end", "", "outcome", of(lambda d: float(d.in_force))),
        Measured("war", "War (share of games)", "share", "outcome", of(lambda d: float(d.war > 0))),
        *(Measured(name, label, "chance", "outcome", {d.game: d.paths[name][-1].value for d in played})
          for name, label in RISKS.items()),
        Measured("turns", "Turns played", "", "outcome", of(lambda d: float(d.played))),
        Measured("meetings", "Meetings of leaders", "", "outcome", of(lambda d: float(len(d.meetings)))),
    ]  # fmt: skip
    found = [one for one in found if one.id != "meetings" or any(cases[d.game].summit is not None for d in played)]
    last = {line.id: line for line in lines(played, cases)}
    for line in last.values():
        if line.family == "index" or (line.family == "variable" and line.headline):
            values = {game: points[-1].value for game, points in line.by_game.items()}
            family: Family = "index" if line.family == "index" else "variable"
            found.append(Measured(line.id, f"{line.label}, at the end", line.unit, family, values))
    found += [
        Measured(f"count.{name}", label, "", "conduct", {d.game: float(d.counts[name]) for d in played})
        for name, label in CONDUCT.items()
    ]
    return [*found, *_goals(played, cases)]


def _goals(played: Sequence[Digest], cases: Mapping[str, Scenario]) -> Iterator[Measured]:
    """Yield each seat's goals; they are never added up, neither over goals nor over seats."""
    names = {
        (seat, goal): cases[one.game] for one in reversed(played) for seat in one.goals for goal in one.goals[seat]
    }
    for (seat, goal), case in sorted(names.items(), key=lambda at: at[0]):
        known = case.goals.get(seat, {}).get(goal)
        who = case.seat[seat].short or case.seat[seat].label if seat in case.seat else seat
        values = {one.game: one.goals[seat][goal] for one in played if goal in one.goals.get(seat, {})}
        yield Measured(f"goal.{seat}.{goal}", f"{who}: {known.label if known else goal}", "", "goal", values)


def spreads(
    measure: Measured, groups: Sequence[Group], *, over: Collection[str], tested: bool = False
) -> Iterator[Spread]:
    """Yield how a measure lies in each group that has it; quartiles by linear interpolation (Hyndman and Fan 7).

    `over`: the games that ended. A `tested` measure is described over those alone, as its test is.
    """
    for group in groups:
        games = [one for one in group.games if one in measure.values and (one in over or not tested)]
        values = sorted(measure.values[game] for game in games)
        if values:
            low, _, high = quantiles(values, n=4, method="inclusive") if len(values) >= 4 else (0.0, 0.0, 0.0)
            quartiles = (low, high) if len(values) >= 4 else None
            mean = fsum(values) / len(values)
            ended = sum(game in over for game in games)
            yield Spread(group.id, len(values), ended, mean, median(values), values[0], values[-1], quartiles)
