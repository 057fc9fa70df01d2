"""The danger that was carried, apart from what the dice made of it: risk, not luck.

Owns the sums of chances over a game and how unusual the luck was. The chances are the engine's, of the turn as settled;
a game in which nothing happened may have been the more dangerous one.
"""

from collections.abc import Sequence
from math import fsum, prod
from math import log as ln
from typing import Literal

from adjudication.dice import Die
from adjudication.results import Resolution
from adjudication.stages.risk import leaders_parts
from wargame.aar.chronicle import Chronicle, Json, Turn
from wargame.aar.refs import settled

DECIMALS = 6
METHOD: Json = {
    "cumulative": "1 minus the product over turns of (1 - chance): the chance that it would have come by then.",
    "share": "Part of the war risk of the whole game that a turn carried: ln(1 - chance) over the sum of it.",
    "luck": "Chance of as few, and of as many, clashes as there were, given the chances carried (Poisson binomial).",
}
"""How the numbers are made, for the page and the documents."""
RISK_STAGE = 7.0
"""The stage at which danger is drawn (`adjudication.stages.risk`)."""
DANGERS = ("clash", "war", "scope", "hazard", "step")
"""Families of dice that decide about violence (`adjudication.stages.risk`, `flashpoints`)."""


Part = Literal["", "volatility", "rapport"]
"""What leaders do to the hazard: a threat's part, or that of rapport (also where none is named)."""


def hazard(log: Chronicle) -> Json:
    """Return chances by turn and so far, the dice that fell on them, and how lucky the game was.

    `clashes_expected` is the sum of the chances; `as_few` and `as_many` of `luck` are None without a settled turn.
    """
    played = [turn for turn in log.turns if turn.resolution is not None]
    clash = [turn.resolution.p_clash for turn in played if turn.resolution is not None]
    war = [turn.resolution.p_war for turn in played if turn.resolution is not None]
    happened = sum(_clashed(turn) for turn in played)
    few, many = _luck(clash, happened) if played else (None, None)
    rows = [_turn(log, turn, clash[: at + 1], war[: at + 1], fsum(map(_weight, war))) for at, turn in enumerate(played)]
    return {
        "turns": rows, "clashes": happened, "clashes_expected": round(fsum(clash), DECIMALS),
        "war_chance": _ever(war), "war": any(turn.resolution.war for turn in played if turn.resolution is not None),
        "luck": {"as_few": few, "as_many": many},
        "refs": settled(log, *(turn.number for turn in played)) or [log.events[-1].seq],
    }  # fmt: skip


def leaders_share(log: Chronicle, turn: Turn, done: Resolution, part: Part) -> float | None:
    """Return the share of a turn's hazard of a clash that is a leader's threat's, or rapport's (below zero: it calms).

    With neither the hazard would be 1; a threat adds `heat`, rapport takes off `calm`, and the share is of what they
    leave: heat / (1 + heat - calm), -calm / (1 + heat - calm). None where the case has no such hazard, or none is left.
    """
    spec = log.case.hazard
    if spec is None or not (spec.personalization and spec.rapport):
        return None
    if turn.sealed is not None and "lead" not in turn.sealed.lenses:
        return 0.0
    threatened = any(one.move in spec.volatile and one.status in ("done", "partial") for one in done.orders)
    heat, calm = leaders_parts(
        spec,
        float(threatened),
        _as_risk_fell(turn, done, spec.personalization),
        _as_risk_fell(turn, done, spec.rapport),
    )
    left = 1.0 + heat - calm
    return None if left <= 0 else float((heat if part == "volatility" else -calm) / left)


def _as_risk_fell(turn: Turn, done: Resolution, name: str) -> float:
    """Return a variable as the dice of danger fell: as the turn began, and what earlier stages did to it."""
    return fsum([
        float(turn.before["values"][name]),
        *(row.applied for row in done.ledger if row.var == name and row.stage < RISK_STAGE),
    ])  # fmt: skip


def _turn(log: Chronicle, turn: Turn, clash: Sequence[float], war: Sequence[float], carried: float) -> Json:
    assert turn.resolution is not None
    dice = [die for die in turn.resolution.dice if die.key.partition(":")[0] in DANGERS]
    return {
        "turn": turn.number, "p_clash": clash[-1], "p_war": war[-1], "cum_clash": _ever(clash), "cum_war": _ever(war),
        "share": round(_weight(war[-1]) / carried, DECIMALS) if carried else 0.0,
        "dice": [_die(log, die) for die in dice],
        "happened": [one.text for one in turn.resolution.happenings if one.kind in ("clash", "war") and one.text],
        "refs": settled(log, turn.number),
    }  # fmt: skip


def _die(log: Chronicle, die: Die) -> Json:
    family, _, name = die.key.partition(":")
    spot = next((one.label for one in log.case.hazards if one.id == name), "")
    label = spot or {"clash": "A clash", "war": "War after a clash", "scope": "The war is general"}.get(family, die.key)
    return {"key": die.key, "label": label, "u": die.u, "chance": die.threshold, "outcome": die.outcome}


def _clashed(turn: Turn) -> bool:
    """Tell whether the dice of a turn brought violence: the undirected clash, or a step of the ladder."""
    assert turn.resolution is not None
    return any(die.outcome == "yes" and die.key.partition(":")[0] in ("clash", "step") for die in turn.resolution.dice)


def _ever(chances: Sequence[float]) -> float:
    return round(1 - prod(1 - chance for chance in chances), DECIMALS)


def _weight(chance: float) -> float:
    """Return the hazard behind a chance; a certainty counts as one in a million short of it."""
    return -ln(max(1e-6, 1 - chance))


def _luck(chances: Sequence[float], happened: int) -> tuple[float, float]:
    """Return the chance of at most, and of at least, so many events of these chances (Poisson binomial, exact)."""
    spread = [1.0]
    for chance in chances:
        spread = [
            (spread[n] * (1 - chance) if n < len(spread) else 0.0) + (spread[n - 1] * chance if n else 0.0)
            for n in range(len(spread) + 1)
        ]
    return round(fsum(spread[: happened + 1]), DECIMALS), round(fsum(spread[happened:]), DECIMALS)
