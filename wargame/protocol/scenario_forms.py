"""The closed forms of a scenario file with a tiny example each: conditions, scalars, effects, filters, names.

Owns the examples. What a form does is said by the docstring of its type, where the engine reads it.
"""

from typing import get_args

from adjudication import conditions as c
from adjudication import effects as e
from adjudication import scalars as s
from adjudication.scenario.trees import COMPARISONS, EFFECTS, MARKS, OPERATORS, SCALARS

CONDITION_EXAMPLES: dict[str, str] = {
    "all": "{all: [{ge: [tension, 60]}, {eq: [flag.pledged, 1]}]}",
    "any": "{any: [{ge: [turn, 3]}, {deal_in_force: any}]}",
    "not": "{not: {ordered: shuttle}}",
    "gt": "{gt: [tension, 60]}",
    "ge": "{ge: [clause.fill, 1]}",
    "lt": "{lt: [harvest, reservoir]}",
    "le": "{le: [harvest, 40]}",
    "eq": "{eq: [param.size, many]}",
    "between": "{between: [turn, 2, 3]}",
    "count": "{count: {moves: [patrol, close], by: [belmar], within: 2, at_least: 2}}",
    "ordered": "{ordered: {move: shuttle, by: envoy, within: 1}}",
    "deal_in_force": "{deal_in_force: text}",
    "lens": "{lens: inst}",
    "chance": "{chance: {p: 0.3, key: ferry}}",
    "tag": "{tag: night}",
    "flag": "{flag: pledged}",
    "event": "{event: clash}",
}
SCALAR_EXAMPLES: dict[str, str] = {
    "const": "4  (or {const: 4})",
    "var": "{var: tension}",
    "lin": "{lin: {const: 10, terms: [[0.5, tension], [-1, {var: harvest}]], min: 0, max: 40}}",
    "relu": "{relu: [reservoir, 30, -0.2]}",
    "table": "{table: [clause.fill, [[0, 7], [1, 4], [2, 2]]]}",
    "logistic": "{logistic: {const: -3, terms: [[0.07, tension]]}}",
    "exp": "{exp: {lin: {const: 0, terms: [[0.04, tension]]}}}",
    "mul": "{mul: [-0.1, {var: channel}]}",
    "ratio": "{ratio: [{var: tally.done}, {var: tally.turns}, 1]}",
    "min": "{min: [{var: tension}, 60]}",
    "max": "{max: [1, {var: tension}]}",
}
EFFECT_EXAMPLES: dict[str, str] = {
    "add": "{add: [tension, 5], when: {ge: [turn, 2]}}",
    "toward": "{toward: [tension, 40, 0.2]}",
    "signal": "{signal: [trust, -0.4]}",
    "set_flag": "{set_flag: pledged}  (down again: {set_flag: [pledged, false]})",
    "clause": "{clause: [fill, 0]}",
    "fidelity": "{fidelity: [0.5, channel]}",
    "delay": "{delay: 1}",
    "block": "{block: refused}",
    "convert": "{convert: protest}",
    "prob_shift": "{prob_shift: [clash, -0.5]}",
    "audience": "{audience: [BEL, 6]}",
    "emit": "{emit: ferry_sunk}",
    "resource": "{resource: [upriver.capital, -5]}",
    "tell": "{tell: [pay, envoy, guard]}",
}
FILTER_EXAMPLES: dict[str, str] = {
    "move": "move: shuttle", "moves": "moves: [shuttle, warn]", "by": "by: [envoy]", "seat": "seat: envoy",
    "side": "side: BEL", "severity": "severity: [nv, vi]", "public": "public: true", "unilateral": "unilateral: true",
    "blocked": "blocked: true", "signal": "signal: positive", "leader": "leader: true", "consent": "consent: envoy",
}  # fmt: skip
FILTER_TEXTS: dict[str, str] = {
    "move": "This move; a bare name means the same.", "moves": "One of these moves.",
    "by": "Ordered by one of these seats.", "seat": "The same as `by`.", "side": "Ordered by a seat of this side.",
    "severity": "Of one of these severity classes: de, sq, po, nv, vi, nu.",
    "public": "Announced (true) or kept private (false).", "unilateral": "Marked as unilateral in the catalogue.",
    "blocked": "Given and refused, instead of carried out.",
    "signal": "Its signal of trust is positive or negative.", "leader": "Runs through the leaders' channel.",
    "consent": "Asks for the consent of this seat.",
}  # fmt: skip
NAMES: dict[str, str] = {
    "<variable>": "the value of a variable", "<derived>": "a value computed from the state",
    "turn": "the number of the turn, from 1", "clause.<issue>": "the level in force",
    "before.<issue>": "the level in force when the turn began", "gained.<issue>": "how far it rose this turn",
    "actual.<issue>": "the level it is really at: what is owed later, or secretly not kept, is not there",
    "flag.<name>": "1 if the flag is up, 0 if not", "event.<name>": "1 if the event happened this turn",
    "tag.<tag>": "1 if the turn of the clock wears the tag", "param.<id>": "a parameter of the order at hand",
    "consent.<seat>": "1 if the seat consents to the order at hand", "asked.<seat>": "1 if the seat was asked",
    "ordered.<move>": "how often the move is ordered this turn", "resource.<seat>.<name>": "a resource of a seat",
    "told.<issue>": "1 if a secret level is openly known", "attention": "how much the flashpoints drew this turn",
    "tally.<measure>": "a measure of `scoring`; in scores only", "tally.turns": "turns played; in scores only",
    "index.<index>": "an index of the turn; in scores only", "risk.clash": "the chance of a clash; in scores only",
}  # fmt: skip
"""Every kind of name a tree may read."""

_CONDITIONS: dict[str, type] = {
    "all": c.All, "any": c.Some, "not": c.Not, "between": c.Between, "count": c.Count, "ordered": c.Count,
    "deal_in_force": c.Deal, "lens": c.LensOn, "chance": c.Chance,
    **dict.fromkeys((*COMPARISONS, *MARKS), c.Compare),
}  # fmt: skip
_SAID = {
    "gt": "The first is greater than the second.", "ge": "The first is at least the second.",
    "lt": "The first is less than the second.", "le": "The first is at most the second.",
    "eq": "Both are equal; for a choice of a parameter, the same word.",
    "ordered": "Ordered this turn, or in the `within` turns before it; takes the keys of a filter.",
    "tag": "The turn wears the tag.", "flag": "The flag is up.", "event": "The event happened this turn.",
    "chance": "A die with that name falls below p; only in triggers, gates, events and rule books.",
}  # fmt: skip


def conditions() -> dict[str, tuple[str, str]]:
    """Return every operator with what it asks and an example."""
    return {key: (_SAID.get(key) or _first(_CONDITIONS[key]), CONDITION_EXAMPLES[key]) for key in OPERATORS}


def scalars() -> dict[str, tuple[str, str]]:
    """Return every scalar form with what it computes and an example."""
    known = {form.__struct_config__.tag: form for form in get_args(s.Scalar)}
    return {key: (_first(known[key]), SCALAR_EXAMPLES[key]) for key in SCALARS}


def effects() -> dict[str, tuple[str, str]]:
    """Return every effect with what it does and an example."""
    known = {effect.__struct_config__.tag: effect for effect in get_args(e.Effect)}
    return {key: (_first(known[key]), EFFECT_EXAMPLES[key]) for key in EFFECTS}


def _first(kind: type) -> str:
    return " ".join((kind.__doc__ or "").split())
