"""Which rules spoke, under which explanation, and how much they moved.

Owns the count of the causal ledger by rule and lens. A firing is one row of the ledger that a rule of the case wrote;
what orders did directly (the table of moves) is no rule and is counted beside them.
"""

from collections import Counter
from collections.abc import Iterator
from math import fsum

from adjudication.ledger import LedgerRow
from adjudication.lenses import LABELS, PRESETS
from wargame.aar.chronicle import Chronicle, Json
from wargame.aar.refs import settled

MOST_MOVED = 5
"""Variables named for each rule, those it moved furthest first."""


def firings(log: Chronicle) -> Json:
    """Return `lenses` (firings by turn), `rules` (what each rule of the case did) and `direct` (rows of no rule)."""
    by_rule: dict[str, list[LedgerRow]] = {}
    direct = 0
    for row in _rows(log):
        if row.rule_id in log.case.rule:
            by_rule.setdefault(row.rule_id, []).append(row)
        else:
            direct += 1
    turns = [turn.number for turn in log.turns if turn.resolution is not None]
    rules = [_rule(log, name, rows) for name, rows in sorted(by_rule.items())]
    return {
        "played_under": sorted(PRESETS[log.created.lens]), "direct": direct,
        "lenses": [_lens(log, lens, by_rule, turns) for lens in LABELS], "rules": rules,
        "silent": sorted(set(log.case.rule) - set(by_rule)), "refs": settled(log, *turns) or [log.events[-1].seq],
    }  # fmt: skip


def _rows(log: Chronicle) -> Iterator[LedgerRow]:
    for turn in log.turns:
        yield from () if turn.resolution is None else turn.resolution.ledger


def _lens(log: Chronicle, lens: str, by_rule: dict[str, list[LedgerRow]], turns: list[int]) -> Json:
    mine = [row for name, rows in by_rule.items() if log.case.rule[name].lens == lens for row in rows]
    count = Counter(row.turn for row in mine)
    return {
        "lens": lens, "label": LABELS[lens], "count": len(mine), "rules": len({row.rule_id for row in mine}),
        "by_turn": [{"turn": turn, "count": count[turn], "refs": settled(log, turn)} for turn in turns],
    }  # fmt: skip


def _rule(log: Chronicle, name: str, rows: list[LedgerRow]) -> Json:
    rule, turns = log.case.rule[name], sorted({row.turn for row in rows})
    by_variable: dict[str, list[float]] = {}
    for row in rows:
        if row.var is not None:
            by_variable.setdefault(row.var, []).append(row.applied)
    moved = {variable: fsum(amounts) for variable, amounts in by_variable.items()}
    known = log.case.variable
    furthest = sorted((v for v in moved if v in known and moved[v]), key=lambda v: (-abs(moved[v]), v))[:MOST_MOVED]
    return {
        "rule": name, "name": rule.name, "lens": rule.lens, "say": rule.say, "sources": list(rule.sources),
        "count": len(rows), "in_turns": turns, "refs": settled(log, *turns),
        "moved": [
            {"variable": v, "label": known[v].label, "unit": known[v].unit, "amount": round(moved[v], 6)}
            for v in furthest
        ],
    }  # fmt: skip
