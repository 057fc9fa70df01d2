"""What a question of the case reads off the game itself: a number a turn or one for the game, with what says so.

Owns the reading of the closed set of metrics a case may name (`adjudication.scenario.review`). It compares nothing.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from math import fsum

from adjudication.ledger import LedgerRow
from adjudication.results import OrderResult, Resolution
from adjudication.scenario.checks.review import rules_named
from adjudication.scenario.review import QuestionMetric
from negotiation.analysis import Analysis, analyse
from negotiation.ratification import WinSet, win_sets
from wargame.aar.chronicle import Chronicle, Json, Turn, banked_of, values_of
from wargame.aar.refs import merged, of_order, opened, settled
from wargame.aar.truth.hazard import leaders_share
from wargame.aar.truth.lasting import breakdown, owed_still, substance
from wargame.game import events as ev

DECIMALS = 6
CARRIED_OUT = ("done", "partial")
HELD_UP = ("blocked", "converted", "partial")


class Metrics:
    """The metrics of one game; what several of them read is worked out once."""

    def __init__(self, log: Chronicle) -> None:
        self.log = log
        self.turns = [(turn, turn.resolution) for turn in log.turns if turn.resolution is not None]

    def read(self, metric: QuestionMetric) -> Json:
        """Return a metric: `series` [{turn, value, refs}] or `value` (None: there is nothing to read), with `refs`."""
        said: Json = {"id": metric.id, "label": metric.label, "unit": metric.unit, "kind": metric.kind}
        whole = _WHOLE.get(metric.kind)
        if whole is not None:
            value, refs = whole(self, metric)
            return said | {"value": value, "refs": refs or self._anything()}
        by_turn, meant = _BY_TURN[metric.kind], self._span(metric)
        series: list[Json] = [
            {"turn": turn.number, "label": turn.label, "value": _round(value), "refs": refs}
            for turn, done in self.turns
            if turn.number in meant
            for value, refs in [by_turn(self, metric, turn, done)]
            if value is not None
        ]
        return said | {"series": series, "refs": merged(*(point["refs"] for point in series)) or self._anything()}

    def _span(self, metric: QuestionMetric) -> frozenset[int]:
        """Return the turns a metric is read in: all, or those before, of or since the meetings of leaders."""
        played = [turn.number for turn, _ in self.turns]
        met = [turn.number for turn, done in self.turns if done.summit is not None]
        first = met[0] if met else len(self.log.turns) + 1
        spans = {
            "": played, "meetings": met, "before_meeting": [turn for turn in played if turn < first],
            "since_meeting": [turn for turn in played if turn >= first],
        }  # fmt: skip
        return frozenset(spans[metric.span])

    def _anything(self) -> list[int]:
        """Return what says that there was nothing: the releases of all turns, or the last event of the log."""
        return settled(self.log, *(turn.number for turn, _ in self.turns)) or [self.log.events[-1].seq]

    @cached_property
    def problems(self) -> dict[int, Analysis]:
        """The bargaining problem over the issues as each turn opened."""
        case = self.log.case
        return {
            turn.number: analyse(case.negotiation, values_of(case, turn.before), banked_of(turn.before))
            for turn, _ in self.turns
        }

    @cached_property
    def accepted(self) -> dict[int, dict[str, WinSet]]:
        """What each player could live with as each turn opened."""
        case = self.log.case
        return {
            turn.number: {
                one.id: one for one in win_sets(case.negotiation, values_of(case, turn.before), banked_of(turn.before))
            }
            for turn, _ in self.turns
        }

    # --- orders and rows ------------------------------------------------------------------------
    def orders(self, metric: QuestionMetric, done: Resolution) -> list[OrderResult]:
        """Return the orders of a turn by the seats meant, those carried over from an earlier turn left out."""
        return [one for one in done.orders if not one.carried and (not metric.seats or one.seat in metric.seats)]

    def carried_out(self, metric: QuestionMetric, done: Resolution) -> list[OrderResult]:
        """Return the orders of the moves and seats meant that came to something in a turn, whenever they were given."""
        return [
            one
            for one in done.orders
            if one.move in metric.moves and (not metric.seats or one.seat in metric.seats) and one.status in CARRIED_OUT
        ]

    def rows(self, metric: QuestionMetric, done: Resolution) -> list[LedgerRow]:
        """Return the rows of the ledger that the rules meant have written."""
        named = set(rules_named(self.log.case, metric.rules))
        return [row for row in done.ledger if row.rule_id in named and metric.variable in ("", row.var)]

    def refs_of(self, orders: Iterable[OrderResult], turn: Turn) -> list[int]:
        """Return the drafts of orders and the release of the outcome."""
        return merged(settled(self.log, turn.number), *(of_order(self.log, one.id, turn.number) for one in orders))


Reading = tuple[float | None, list[int]]
ByTurn = Callable[[Metrics, QuestionMetric, Turn, Resolution], Reading]
Whole = Callable[[Metrics, QuestionMetric], Reading]


def _round(value: float | None) -> float | None:
    return None if value is None else round(value, DECIMALS) + 0.0


# --- a number a turn ------------------------------------------------------------------------------
def _variable(m: Metrics, metric: QuestionMetric, turn: Turn, done: Resolution) -> Reading:
    return values_of(m.log.case, done.world).get(metric.variable), settled(m.log, turn.number)


def _index(m: Metrics, metric: QuestionMetric, turn: Turn, done: Resolution) -> Reading:
    return done.indices.get(metric.index), settled(m.log, turn.number)


def _p_clash(m: Metrics, metric: QuestionMetric, turn: Turn, done: Resolution) -> Reading:
    return done.p_clash, settled(m.log, turn.number)


def _p_war(m: Metrics, metric: QuestionMetric, turn: Turn, done: Resolution) -> Reading:
    return done.p_war, settled(m.log, turn.number)


def _orders(m: Metrics, metric: QuestionMetric, turn: Turn, done: Resolution) -> Reading:
    out = m.carried_out(metric, done)
    return len(out), m.refs_of(out, turn)


def _refused(m: Metrics, metric: QuestionMetric, turn: Turn, done: Resolution) -> Reading:
    held = [one for one in m.orders(metric, done) if one.status in HELD_UP]
    return len(held), m.refs_of(held, turn)


def _rules(m: Metrics, metric: QuestionMetric, turn: Turn, done: Resolution) -> Reading:
    return len(m.rows(metric, done)), settled(m.log, turn.number)


def _ledger(m: Metrics, metric: QuestionMetric, turn: Turn, done: Resolution) -> Reading:
    return fsum(row.applied for row in m.rows(metric, done)), settled(m.log, turn.number)


def _gap(m: Metrics, metric: QuestionMetric, turn: Turn, done: Resolution) -> Reading:
    return m.problems[turn.number].gap, opened(m.log, turn.number)


def _zopa(m: Metrics, metric: QuestionMetric, turn: Turn, done: Resolution) -> Reading:
    found = m.problems[turn.number]
    return found.zopa / found.space.size, opened(m.log, turn.number)


def _winset(m: Metrics, metric: QuestionMetric, turn: Turn, done: Resolution) -> Reading:
    found = m.accepted[turn.number].get(metric.player)
    if found is not None:
        return found.share, opened(m.log, turn.number)
    return None, opened(m.log, turn.number)


def _feasible(m: Metrics, metric: QuestionMetric, turn: Turn, done: Resolution) -> Reading:
    found = m.problems[turn.number]
    return found.feasible / found.space.size, opened(m.log, turn.number)


def _hazard_part(m: Metrics, metric: QuestionMetric, turn: Turn, done: Resolution) -> Reading:
    return leaders_share(m.log, turn, done, metric.part), settled(m.log, turn.number)


def _unprepared(m: Metrics, metric: QuestionMetric, turn: Turn, done: Resolution) -> Reading:
    return float(done.summit is not None and not done.summit.prepared), settled(m.log, turn.number)


def _utility(m: Metrics, metric: QuestionMetric, turn: Turn, done: Resolution) -> Reading:
    said = [row.slots.get("utility", 0.0) for row in m.rows(metric, done)]
    return fsum(one for one in said if isinstance(one, int | float)), settled(m.log, turn.number)


def _breakdown(m: Metrics, metric: QuestionMetric, turn: Turn, done: Resolution) -> Reading:
    return breakdown(m.log.case, done.world, turn.number), settled(m.log, turn.number)


def _life(m: Metrics, metric: QuestionMetric, turn: Turn, done: Resolution) -> Reading:
    chance, refs = _breakdown(m, metric, turn, done)
    return (1.0 / chance if chance else None), refs


def _lasting(m: Metrics, metric: QuestionMetric, turn: Turn, done: Resolution) -> Reading:
    chance, refs = _breakdown(m, metric, turn, done)
    return (None if chance is None else (1.0 - chance) ** metric.ahead), refs


def _detection(m: Metrics, metric: QuestionMetric, turn: Turn, done: Resolution) -> Reading:
    owed = owed_still(done)
    return (fsum(row.detection for row in owed) / len(owed) if owed else None), settled(m.log, turn.number)


def _banked(m: Metrics, metric: QuestionMetric, turn: Turn, done: Resolution) -> Reading:
    return float(sum(banked_of(turn.before).values())), opened(m.log, turn.number)


_BY_TURN: dict[str, ByTurn] = {
    "variable": _variable, "index": _index, "p_clash": _p_clash, "p_war": _p_war, "orders": _orders,
    "refused": _refused, "rules": _rules, "ledger": _ledger, "gap": _gap, "zopa": _zopa, "winset": _winset,
    "feasible": _feasible, "hazard_part": _hazard_part, "unprepared": _unprepared, "utility": _utility,
    "breakdown": _breakdown, "life": _life, "lasting": _lasting, "detection": _detection, "banked": _banked,
}  # fmt: skip


# --- one number for the game ----------------------------------------------------------------------
def _war_risk(m: Metrics, metric: QuestionMetric) -> Reading:
    if not m.turns:
        return None, []
    left = float(m.turns[-1][1].world["values"][m.log.case.tally.nowar])
    return _round(1.0 - left), settled(m.log, *(turn.number for turn, _ in m.turns))


def _share_of_orders(m: Metrics, metric: QuestionMetric) -> Reading:
    given = [(one, turn) for turn, done in m.turns for one in m.orders(metric, done)]
    meant = [(one, turn) for one, turn in given if one.move in metric.moves]
    refs = merged(*(m.refs_of([one], turn) for one, turn in meant))
    return (_round(len(meant) / len(given)) if given else None), refs


def _fidelity(m: Metrics, metric: QuestionMetric) -> Reading:
    done = [(one, turn) for turn, settlement in m.turns for one in m.carried_out(metric, settlement)]
    refs = merged(*(m.refs_of([one], turn) for one, turn in done))
    return (_round(fsum(one.fidelity for one, _ in done) / len(done)) if done else None), refs


def _signed(m: Metrics) -> list[tuple[Turn, int]]:
    """Return the turns in which something was signed or stated, and how many texts."""
    found = []
    for turn, done in m.turns:
        texts = sum(how == "in_force" for how in done.texts.values())
        stated = done.summit is not None and done.summit.result in ("statement", "text")
        if texts or stated:
            found.append((turn, texts or 1))
    return found


def _signatures(m: Metrics, turns: Sequence[Turn]) -> list[int]:
    numbers = {turn.number for turn in turns}
    marks = [recorded.seq for recorded, _ in m.log.of(ev.OfferSigned) if m.log.turn_of[recorded.seq] in numbers]
    return merged(marks, settled(m.log, *numbers))


def _first_result(m: Metrics, metric: QuestionMetric) -> Reading:
    signed = _signed(m)[:1]
    return (float(signed[0][0].number) if signed else None), _signatures(m, [turn for turn, _ in signed])


def _texts(m: Metrics, metric: QuestionMetric) -> Reading:
    signed = _signed(m)
    return float(sum(count for _, count in signed)), _signatures(m, [turn for turn, _ in signed])


def _substance(m: Metrics, metric: QuestionMetric) -> Reading:
    found = substance(m.log.case, m.turns, metric.side)
    return (_round(found.delivered / found.shown) if found.shown else None), settled(m.log, *found.turns)


_WHOLE: dict[str, Whole] = {
    "war_risk": _war_risk, "share_of_orders": _share_of_orders, "fidelity": _fidelity, "first_result": _first_result,
    "texts": _texts, "substance": _substance,
}  # fmt: skip
