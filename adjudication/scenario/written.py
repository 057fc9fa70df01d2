"""Conditions and effects as a scenario file writes them: from trees back to text, and from text to trees.

The way back of `trees`: `read_condition(text_of(tree))` is the tree. One line of YAML in flow style, so that the same
words stand in a file, in a cell of a spreadsheet and in a command of Control. Reads no file and keeps no position
beyond the one line.
"""

from collections.abc import Mapping
from typing import assert_never

import yaml

from adjudication import conditions as c
from adjudication import effects as e
from adjudication import scalars as s
from adjudication.scenario.files import read_text
from adjudication.scenario.nodes import Faults, Node
from adjudication.scenario.trees import parse_condition, parse_effect

Plain = float | int | str | bool | list["Plain"] | dict[str, "Plain"]


# --- to text ----------------------------------------------------------------------------------
def text_of(condition: c.Condition | None) -> str:
    """Return a condition in one line; nothing for none."""
    return "" if condition is None else _line(plain_condition(condition))


def effects_text(effects: tuple[e.Effect, ...]) -> str:
    """Return a list of effects in one line; nothing for none."""
    return _line([plain_effect(effect) for effect in effects]) if effects else ""


def _line(value: Plain) -> str:
    text: str = yaml.safe_dump(value, default_flow_style=True, width=10**9, sort_keys=False, allow_unicode=True)
    return text.removesuffix("...\n").strip()


def _number(value: float) -> Plain:
    return int(value) if float(value).is_integer() else value


def _operand(operand: c.Operand) -> Plain:
    return operand if isinstance(operand, str) else _number(operand)


def plain_condition(condition: c.Condition) -> Plain:
    """Return a condition as plain values of a file."""
    match condition:
        case c.All(items):
            return {"all": [plain_condition(item) for item in items]}
        case c.Some(items):
            return {"any": [plain_condition(item) for item in items]}
        case c.Not(item):
            return {"not": plain_condition(item)}
        case c.Compare(op, left, right):
            return {op: [_operand(left), _operand(right)]}
        case c.Between(ref, low, high):
            return {"between": [ref, _number(low), _number(high)]}
        case c.Count(orders, at_least, within):
            return {"count": {**plain_filter(orders), "within": within, "at_least": at_least}}
        case c.Deal(form):
            return {"deal_in_force": form}
        case c.LensOn(lens):
            return {"lens": lens}
        case c.Chance(p, key):
            return {"chance": {"p": plain_scalar(p), "key": key}}
        case _:
            assert_never(condition)


def plain_filter(orders: c.OrderFilter) -> dict[str, Plain]:
    """Return which orders are meant as the keys of a filter."""
    lists: Mapping[str, tuple[str, ...]] = {"moves": orders.moves, "by": orders.by, "severity": orders.severity}
    words = {"side": orders.side, "signal": orders.signal, "consent": orders.consent}
    marks = {"public": orders.public, "unilateral": orders.unilateral, "leader": orders.leader}
    return {
        **{key: list(names) for key, names in lists.items() if names},
        **{key: word for key, word in words.items() if word},
        **{key: mark for key, mark in marks.items() if mark is not None},
        **({"blocked": True} if orders.blocked else {}),
    }


def plain_scalar(scalar: s.Scalar) -> Plain:
    """Return a number or a form as plain values of a file."""
    match scalar:
        case s.Const(value):
            return _number(value)
        case s.Var(name):
            return {"var": name}
        case s.Lin(const, terms, low, high):
            bounds = {key: _number(at) for key, at in (("min", low), ("max", high)) if at is not None}
            pairs: list[Plain] = [[_number(weight), _term(of)] for weight, of in terms]
            return {"lin": {"const": _number(const), "terms": pairs, **bounds}}
        case s.Relu(name, threshold, slope):
            return {"relu": [name, _number(threshold), _number(slope)]}
        case s.Table(name, xs, ys):
            points: list[Plain] = [[_number(x), _number(y)] for x, y in zip(xs, ys, strict=True)]
            return {"table": [name, points]}
        case s.Logistic(of):
            return {"logistic": plain_scalar(of)}
        case s.Exp(of):
            return {"exp": plain_scalar(of)}
        case s.Ratio(of, by, otherwise):
            return {"ratio": [plain_scalar(of), plain_scalar(by), _number(otherwise)]}
        case s.Mul(items):
            return {"mul": [plain_scalar(item) for item in items]}
        case s.Least(items):
            return {"min": [plain_scalar(item) for item in items]}
        case s.Greatest(items):
            return {"max": [plain_scalar(item) for item in items]}
        case _:
            assert_never(scalar)


def _term(scalar: s.Scalar) -> Plain:
    return scalar.name if isinstance(scalar, s.Var) else plain_scalar(scalar)


def plain_effect(effect: e.Effect) -> Plain:
    """Return an effect as plain values of a file."""
    found = _bare(effect)
    return found if effect.when is None else {**found, "when": plain_condition(effect.when)}


def _bare(effect: e.Effect) -> dict[str, Plain]:
    match effect:
        case e.Add(var, amount):
            return {"add": [var, plain_scalar(amount)]}
        case e.Toward(var, target, rate):
            return {"toward": [var, plain_scalar(target), _number(rate)]}
        case e.Signal(belief, loglr):
            return {"signal": [belief, plain_scalar(loglr)]}
        case e.SetFlag(flag, value):
            return {"set_flag": [flag, value]}
        case e.SetClause(issue, level):
            return {"clause": [issue, level]}
        case e.Fidelity(mul, target):
            return {"fidelity": [plain_scalar(mul), target]} if target else {"fidelity": plain_scalar(mul)}
        case e.Delay(turns):
            return {"delay": turns}
        case e.Block(reason):
            return {"block": reason}
        case e.Convert(move):
            return {"convert": move}
        case e.ProbShift(event, logit):
            return {"prob_shift": [event, plain_scalar(logit)]}
        case e.Audience(side, amount):
            return {"audience": [side, plain_scalar(amount)]}
        case e.Emit(event):
            return {"emit": event}
        case e.Resource(resource, amount):
            return {"resource": [resource, plain_scalar(amount)]}
        case e.Tell(issue, seats):
            return {"tell": [issue, *seats]}
        case _:
            assert_never(effect)


# --- from text --------------------------------------------------------------------------------
def read_condition(text: str, faults: Faults, *, where: str) -> c.Condition | None:
    """Return the condition a line of text writes; none where it is empty. Faults name `where`."""
    node = _node(text, faults, where)
    return None if node is None else parse_condition(node, faults)


def read_effects(text: str, faults: Faults, *, where: str) -> tuple[e.Effect, ...]:
    """Return the effects a line of text lists, or the one it writes. Faults name `where`."""
    node = _node(text, faults, where)
    if node is None:
        return ()
    return tuple(parse_effect(item, faults) for item in (node.sequence if node.sequence is not None else [node]))


def _node(text: str, faults: Faults, where: str) -> Node | None:
    return read_text(text, faults, where=where) if text.strip() else None
