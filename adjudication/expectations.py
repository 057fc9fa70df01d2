"""What the record says should come out: the measures a case's table of expectations may name.

Owns how each measure is read off a path and when it holds. `single` is one game through the real command path,
`many` the same orders over many dice seeds. Years and turns are 1-based; row 0 of a path is the start.
"""

from collections.abc import Callable

import msgspec
import numpy as np
from msgspec import Struct

from adjudication.dice import draw
from adjudication.recorded import SUMMITS, Path
from adjudication.scalars import evaluate
from adjudication.scenario.schema import Expectation, Scenario
from negotiation.points import judge, menu
from negotiation.terms import Negotiation

BANK_OF_KOREA = (-3.5, -4.1, 0.4)
"""Growth of the DPRK economy in 2017, 2018, 2019, in per cent, as the Bank of Korea estimated it."""


class Evidence(Struct):
    """What the measures read. `restraint`: share of bot games without a long-range or nuclear test in 2018-19."""

    scenario: Scenario
    single: Path
    many: Path
    restraint: float


class Finding(Struct, frozen=True):
    """One line of the table."""

    id: str
    statement: str
    value: float
    tolerance: str
    passed: bool


Measured = tuple[float, bool]
"""The number shown, and whether what the number alone does not say holds too."""


def findings(evidence: Evidence) -> list[Finding]:
    """Return the table of the case's record, in its order."""
    history = evidence.scenario.history
    assert history is not None, "the case has a record"
    return [_finding(evidence, line) for line in history.table]


def _finding(evidence: Evidence, line: Expectation) -> Finding:
    value, also = MEASURES[line.measure](evidence, line)
    inside = (line.low is None or value >= line.low - 1e-9) and (line.high is None or value <= line.high + 1e-9)
    return Finding(line.id, line.statement, round(value, 4), line.tolerance, bool(inside and also))


def _arg(line: Expectation, name: str) -> int:
    return int(line.args[name])


def _path(evidence: Evidence, variable: str) -> np.ndarray:
    return evidence.single.values[variable][:, 0]


def peak_tension(evidence: Evidence, line: Expectation) -> Measured:
    """Return the highest tension; it has to fall into the turns named."""
    path = _path(evidence, "tension")
    at = int(np.argmax(path))
    return float(path[at]), _arg(line, "from") <= at <= _arg(line, "to")


def fall_from_peak(evidence: Evidence, line: Expectation) -> Measured:
    """Return how far tension has fallen from its peak by the end of a turn."""
    path = _path(evidence, "tension")
    return float(path.max() - path[_arg(line, "turn")]), True


def summit_share(evidence: Evidence, line: Expectation) -> Measured:
    """Return the share of all games in which the meeting of a turn ended as recorded; wars before it count against."""
    turn = _arg(line, "turn")
    results, peace = evidence.many.summit[turn - 1], evidence.many.values["war"][turn - 1] == 0
    wanted = next(code for code, name in SUMMITS.items() if name == line.args["result"])
    return float(np.mean(peace & (results == wanted))), True


def order_robust(evidence: Evidence, line: Expectation) -> Measured:
    """Return the share of draws of the issue values under which both meetings end as recorded."""
    scenario, path = evidence.scenario, evidence.single
    assert scenario.history is not None, "the case has a record"
    draws, spread = _arg(line, "draws"), float(line.args["spread"])
    first, second = (summit.turn for summit in scenario.history.summits[:2])
    kept = 0
    for number in range(draws):
        terms = _scaled(scenario.negotiation, number, spread)
        agreed = _menu_good(scenario, terms, path, first)
        kept += agreed and not _menu_good(scenario, terms, path, second)
    return kept / draws, True


def _scaled(terms: Negotiation, number: int, spread: float) -> Negotiation:
    """Return the terms with every row of values scaled by its own factor."""
    raw = msgspec.to_builtins(terms)
    for party in raw["parties"]:
        for stake in party["stakes"]:
            factor = 1 + spread * (2 * draw("robust", number, f"{party['id']}:{stake['issue']}") - 1)
            stake["values"] = [value * factor for value in stake["values"]]
    return msgspec.convert(raw, Negotiation)


def _menu_good(scenario: Scenario, terms: Negotiation, path: Path, turn: int) -> bool:
    """Tell whether any headline text beats waiting for both parties as the leaders meet in a turn."""
    values = _names(scenario, path, turn - 1)
    banked = {issue: int(levels[turn - 1, 0]) for issue, levels in path.clauses.items()}
    rows = [menu(terms, choice, banked) for choice in terms.menus]
    return bool(judge(terms, rows, values, banked).good.any())


class _Values(Struct):
    values: dict[str, float]

    def read(self, name: str) -> np.ndarray:
        """Return a name's value; what is not there counts as nought."""
        return np.asarray(self.values.get(name, 0.0), dtype=np.float64)


def _names(scenario: Scenario, path: Path, row: int) -> dict[str, float]:
    values = {name: float(found[row, 0]) for name, found in path.values.items()}
    values |= {f"flag.{flag}": 0.0 for flag in scenario.flags}
    reader = _Values(values)
    return values | {d.id: float(np.asarray(evaluate(d.scalar, reader)).reshape(-1)[0]) for d in scenario.derived}


def economy_years(evidence: Evidence, line: Expectation) -> Measured:
    """Return the largest miss in points of growth; the order of the years has to be the observed one."""
    path = _path(evidence, "dprk_econ")
    growth = [100 * (path[4 * (year + 1)] / path[4 * year] - 1) for year in range(3)]
    miss = max(abs(one - other) for one, other in zip(growth, BANK_OF_KOREA, strict=True))
    return float(miss), growth[0] < 0 and growth[1] < growth[0] and growth[2] > growth[1]


def stock_end(evidence: Evidence, line: Expectation) -> Measured:
    """Return the stock at the end; it has to grow in every year."""
    path = _path(evidence, "nuc_stock")
    return float(path[-1]), bool((np.diff(path[::4]) > 0).all())


def missile_ready(evidence: Evidence, line: Expectation) -> Measured:
    """Return the capability at the end of the first year; it must not be reached before its third quarter."""
    path = _path(evidence, "missile_cap")
    return float(path[4]), bool(path[2] < (line.low or 0))


def approval_path(evidence: Evidence, line: Expectation) -> Measured:
    """Return the miss of early 2018; the low of 2017 and the jump of the summit have to be there."""
    path = _path(evidence, "approval_nk")
    return abs(float(path[5]) - 42.0), bool(path[4] <= 37 and path[6] >= 50)


def enforcement_swing(evidence: Evidence, line: Expectation) -> Measured:
    """Return the smaller of the rise in 2017 and the fall from the peak by early 2019."""
    path = _path(evidence, "chn_enforce")
    return float(min(path[4] - path[0], path.max() - path[9])), True


def un_never_lowered(evidence: Evidence, line: Expectation) -> Measured:
    """Return the largest fall after 2017; the end of 2017 has to be the highest so far."""
    path = _path(evidence, "un_sanctions")
    return max(0.0, float(-np.diff(path[4:]).min())), bool(path[4] >= path[:5].max())


def fall(evidence: Evidence, line: Expectation) -> Measured:
    """Return how far a variable has fallen over the game."""
    path = _path(evidence, str(line.args["variable"]))
    return float(path[0] - path[-1]), True


def rise(evidence: Evidence, line: Expectation) -> Measured:
    """Return how far a variable has risen over the game."""
    path = _path(evidence, str(line.args["variable"]))
    return float(path[-1] - path[0]), True


def alliance_strain(evidence: Evidence, line: Expectation) -> Measured:
    """Return how far Tokyo's fear is up at the first summit; cohesion with Seoul has to be lower at the end."""
    fear, cohesion = _path(evidence, "jpn_aband"), _path(evidence, "rok_coh")
    return float(fear[6] - fear[0]), bool(cohesion[-1] < cohesion[0])


def groundwork(evidence: Evidence, line: Expectation) -> Measured:
    """Return the groundwork at the end; before the second meeting it has to be too little for a prepared text."""
    path = _path(evidence, "institution")
    return float(path[-1]), bool(path[8] < 45)


def highest_in(evidence: Evidence, line: Expectation) -> Measured:
    """Return the highest value of a variable at the end of the turns named."""
    path = _path(evidence, str(line.args["variable"]))
    return float(path[_arg(line, "from") : _arg(line, "to") + 1].max()), True


def war_risk(evidence: Evidence, line: Expectation) -> Measured:
    """Return the cumulative risk of war; nine games in ten have to stay without one."""
    alive = np.vstack([np.ones(evidence.many.p_war.shape[1], dtype=bool), evidence.many.alive[:-1]])
    carried = 1 - np.prod(np.where(alive, 1 - evidence.many.p_war, 1.0), axis=0)
    return float(carried.mean()), bool(evidence.many.alive[-1].mean() >= 0.9)


def fidelity(evidence: Evidence, line: Expectation) -> Measured:
    """Return the share to which an order was carried out."""
    return float(evidence.single.fidelity[_arg(line, "turn"), str(line.args["move"])][0]), True


def durability_end(evidence: Evidence, line: Expectation) -> Measured:
    """Return the mean durability at the end; no prepared text may be in force in the game played."""
    alive = evidence.many.alive[-1]
    return float(evidence.many.durability[-1][alive].mean()), not bool(evidence.single.text_in_force[-1, 0])


def bot_restraint(evidence: Evidence, line: Expectation) -> Measured:
    """Return the share of bot games in which the North keeps its pause in 2018-19."""
    return evidence.restraint, True


MEASURES: dict[str, Callable[[Evidence, Expectation], Measured]] = {
    measure.__name__: measure
    for measure in (
        peak_tension, fall_from_peak, summit_share, order_robust, economy_years, stock_end, missile_ready,
        approval_path, enforcement_swing, un_never_lowered, fall, rise, alliance_strain, groundwork, highest_in,
        war_risk, fidelity, durability_end, bot_restraint,
    )
}  # fmt: skip
