"""Stage 7: named flashpoints and the ladder of violence.

Each flashpoint has a condition, a chance per basis length of the clock and a die of its own, so that several may fire
in one turn and none disturbs another. One that fired may climb the ladder by itself; what else it does is data (rules
of its event). Queues contributions; never commits.
"""

from dataclasses import dataclass

import numpy as np

from adjudication.results import Happening
from adjudication.scenario.happenings import Flashpoint
from adjudication.settlement import EVERYBODY, Bools, Floats, Settlement


@dataclass(frozen=True, eq=False)
class Sparks:
    """What flashpoints made of a turn: chances of any climb and of reaching the ladder, (B,); events that may be up."""

    p_clash: Floats
    p_war: Floats
    events: frozenset[str]


def settle_flashpoints(s: Settlement) -> Sparks:
    """Draw every flashpoint and what it climbs; queue the rise of the ladder."""
    war = s.values[s.scenario.tally.war]
    going = war < s.scenario.over_from
    p_any, p_war, highest = np.zeros(s.batch), np.zeros(s.batch), war
    climbed = s.none
    names = {"clash", "war"}
    for spec in sorted(s.scenario.hazards, key=lambda h: h.id):
        where = s.test(spec.when) & going
        p = chance_of(s, spec) * where
        fired = s.roll(f"hazard:{spec.id}", p, where=where)
        s.emit(spec.event, fired, readers=spec.to or EVERYBODY)
        names.add(spec.event)
        s.attention = np.maximum(s.attention, spec.attention * fired)
        level, p_climb = _climb(s, spec, war, fired)
        rose = fired & (level > war)
        climbed, highest = climbed | rose, np.maximum(highest, np.where(fired, level, war))
        p_any, p_war = either(p_any, p), either(p_war, p * p_climb)
        _tell(s, spec, fired)
    ladder, tally = s.scenario.ladder, s.scenario.tally
    rule = ladder_rule(s)
    if ladder is not None:
        s.emit(ladder.step_event, climbed)
        names.add(ladder.step_event)
    s.emit("clash", climbed)
    s.emit("war", climbed & (war == 0))
    s.add(tally.clashes, climbed.astype(np.float64), rule, "event", "clash")
    s.add(tally.war, highest - war, rule, "event", "ladder")
    _tell_rung(s, climbed, highest)
    return Sparks(p_any, p_war, frozenset(names))


def chance_of(s: Settlement, spec: Flashpoint) -> Floats:
    """Return the chance that a flashpoint fires this turn where its condition holds, (B,)."""
    if spec.p is not None:
        p = np.clip(s.amount(spec.p), 0.0, 1.0)
    elif spec.logit is not None:
        p = 1.0 / (1.0 + np.exp(-s.amount(spec.logit)))
    else:
        p = np.zeros(s.batch)
    whole: Floats = s.over_time(p)
    return whole


def _climb(s: Settlement, spec: Flashpoint, war: Floats, fired: Bools) -> tuple[Floats, Floats]:
    """Return the rung a flashpoint that fires leads to, and the chance that it climbs at all, (B,)."""
    ladder = s.scenario.ladder
    level = np.maximum(war, float(spec.rung))
    p_climb = (level > war).astype(np.float64)
    if ladder is None or ladder.step is None:
        return level, p_climb
    may = war <= ladder.step_from
    p_step = np.clip(spec.attention * s.amount(ladder.step), 0.0, 1.0) * may
    steps = s.roll(f"step:{spec.id}", p_step, where=fired & may)
    return np.maximum(level, war + steps), np.maximum(p_climb, p_step)


def either(p: Floats, q: Floats) -> Floats:
    """Return the chance that one of two independent things happens."""
    both: Floats = 1.0 - (1.0 - p) * (1.0 - q)
    return both


def ladder_rule(s: Settlement) -> str:
    """Return the rule rows about the ladder speak through."""
    return s.scenario.ladder.rule if s.scenario.ladder is not None else "R-R08"


def _tell(s: Settlement, spec: Flashpoint, fired: Bools) -> None:
    if not s.record or not bool(fired[0]):
        return
    say = s.scenario.rule[spec.rule].say
    s.happenings.append(
        Happening(
            kind="flashpoint", rule=spec.rule, visible_to=spec.to or EVERYBODY, text=f"{spec.label}. {say}",
            slots={"flashpoint": spec.id},
        )
    )  # fmt: skip


def _tell_rung(s: Settlement, climbed: Bools, highest: Floats) -> None:
    ladder = s.scenario.ladder
    if ladder is None or not s.record or not bool(climbed[0]):
        return
    rung = ladder.rungs[min(int(highest[0]), len(ladder.rungs) - 1)]
    text = f"Fighting by itself grew out of the incident: {rung}."
    s.happenings.append(Happening(kind="war", rule=ladder.rule, text=text, slots={"scale": rung}))
