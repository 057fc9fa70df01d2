"""From nodes of a file to condition trees, scalar forms and effects.

Owns the spelling of the closed sets. Every fault names what is allowed; nothing is guessed.
"""

from collections.abc import Callable

from adjudication import conditions as c
from adjudication import effects as e
from adjudication import scalars as s
from adjudication.scenario.nodes import Faults, Node

COMPARISONS = ("gt", "ge", "lt", "le", "eq")
MARKS = ("tag", "flag", "event")
"""`{flag: x}`, `{event: x}` and `{tag: x}` hold where the flag is up, the event happened, the turn wears the tag."""
OPERATORS = (
    "all", "any", "not", *COMPARISONS, "between", "count", "ordered", "deal_in_force", "lens", "chance", *MARKS,
)  # fmt: skip
SCALARS = ("const", "var", "lin", "relu", "table", "logistic", "exp", "mul", "ratio", "min", "max")
EFFECTS = (
    "add", "toward", "signal", "set_flag", "clause", "fidelity", "delay", "block", "convert", "prob_shift",
    "audience", "emit", "resource", "tell",
)  # fmt: skip
FILTER_KEYS = (
    "move", "moves", "by", "seat", "side", "severity", "public", "unilateral", "blocked", "signal", "leader",
    "consent",
)  # fmt: skip
NEVER = c.Some(())
"""Stands in for a condition that could not be read; the fault is already recorded."""
ZERO = s.Const(0.0)


def _single(node: Node, faults: Faults, what: str, allowed: tuple[str, ...]) -> tuple[str, Node] | None:
    mapping = node.mapping
    if mapping is None or len(mapping) != 1:
        faults.add(node, f"{what} is a mapping with exactly one key", allowed)
        return None
    key, value = next(iter(mapping.items()))
    if key not in allowed:
        faults.unknown(node, what, key, allowed)
        return None
    return key, value


def _number(node: Node) -> float | None:
    value = node.value
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def _words(node: Node, faults: Faults) -> tuple[str, ...]:
    items = node.sequence if node.sequence is not None else [node]
    words = [item.raw if not isinstance(item.value, str) else item.value for item in items]
    if any(item.mapping is not None or not word for item, word in zip(items, words, strict=True)):
        faults.add(node, "a name or a list of names is expected")
    return tuple(words)


# --- scalars ----------------------------------------------------------------------------------
def parse_scalar(node: Node, faults: Faults) -> s.Scalar:
    """Read a number or one of the closed scalar forms."""
    number = _number(node)
    if number is not None:
        return s.Const(number)
    found = _single(node, faults, "a scalar (a number or a form)", SCALARS)
    if found is None:
        return ZERO
    key, value = found
    if key == "const":
        return s.Const(_need_number(value, faults))
    if key == "var":
        return s.Var(_need_name(value, faults))
    if key == "lin":
        return _parse_lin(value, faults)
    if key == "relu":
        parts = _need_list(value, faults, 3, "[name, threshold, slope]")
        return s.Relu(_need_name(parts[0], faults), *(_need_number(p, faults) for p in parts[1:])) if parts else ZERO
    if key == "table":
        return _parse_table(value, faults)
    if key in ("logistic", "exp"):
        inner = _parse_lin(value, faults) if value.mapping is not None and "terms" in value.mapping else None
        inner = inner or parse_scalar(value, faults)
        return s.Logistic(inner) if key == "logistic" else s.Exp(inner)
    if key == "ratio":
        return _parse_ratio(value, faults)
    if not value.sequence:
        faults.add(value, f"{key} takes a list of scalars")
        return ZERO
    items = tuple(parse_scalar(item, faults) for item in value.sequence)
    return s.Mul(items) if key == "mul" else s.Least(items) if key == "min" else s.Greatest(items)


def _parse_ratio(node: Node, faults: Faults) -> s.Scalar:
    parts = node.sequence or []
    if len(parts) not in (2, 3):
        faults.add(node, "ratio is [of, by] or [of, by, value where by is not above nought]")
        return ZERO
    otherwise = _need_number(parts[2], faults) if len(parts) == 3 else 0.0
    return s.Ratio(parse_scalar(parts[0], faults), parse_scalar(parts[1], faults), otherwise)


def _parse_lin(node: Node, faults: Faults) -> s.Scalar:
    mapping = node.mapping
    if mapping is None or "terms" not in mapping:
        faults.add(node, "lin is {const, terms: [[weight, name], ...], min, max}", ("const", "terms", "min", "max"))
        return ZERO
    for key in mapping:
        if key not in ("const", "terms", "min", "max"):
            faults.unknown(node, "key of lin", key, ("const", "terms", "min", "max"))
    terms: list[tuple[float, s.Scalar]] = []
    for item in mapping["terms"].sequence or []:
        pair = _need_list(item, faults, 2, "[weight, name or scalar]")
        if pair:
            inner = pair[1]
            of = s.Var(inner.value) if isinstance(inner.value, str) else parse_scalar(inner, faults)
            terms.append((_need_number(pair[0], faults), of))
    const = _need_number(mapping["const"], faults) if "const" in mapping else 0.0
    low = _need_number(mapping["min"], faults) if "min" in mapping else None
    high = _need_number(mapping["max"], faults) if "max" in mapping else None
    return s.Lin(const, tuple(terms), low, high)


def _parse_table(node: Node, faults: Faults) -> s.Scalar:
    parts = _need_list(node, faults, 2, "[name, [[x, y], ...]]")
    if not parts:
        return ZERO
    points = [_need_list(item, faults, 2, "[x, y]") for item in parts[1].sequence or []]
    xs = tuple(_need_number(p[0], faults) for p in points if p)
    ys = tuple(_need_number(p[1], faults) for p in points if p)
    if len(xs) < 2 or list(xs) != sorted(set(xs)):
        faults.add(node, "a table needs at least two points with rising x")
        return ZERO
    return s.Table(_need_name(parts[0], faults), xs, ys)


def _need_number(node: Node, faults: Faults) -> float:
    number = _number(node)
    if number is None:
        faults.add(node, f"a number is expected, not {node.raw or type(node.value).__name__!r}")
    return number or 0.0


def _need_name(node: Node, faults: Faults) -> str:
    if not isinstance(node.value, str):
        faults.add(node, "a name is expected")
        return ""
    return node.value


def _need_list(node: Node, faults: Faults, length: int, form: str) -> list[Node]:
    items = node.sequence
    if items is None or len(items) != length:
        faults.add(node, f"expected {form}")
        return []
    return items


# --- conditions -------------------------------------------------------------------------------
def parse_condition(node: Node, faults: Faults) -> c.Condition:
    """Read a condition tree."""
    found = _single(node, faults, "condition", OPERATORS)
    if found is None:
        return NEVER
    key, value = found
    if key in ("all", "any"):
        if value.sequence is None or not value.sequence:
            faults.add(value, f"{key} takes a list of conditions")
            return NEVER
        items = tuple(parse_condition(item, faults) for item in value.sequence)
        return c.All(items) if key == "all" else c.Some(items)
    if key == "not":
        return c.Not(parse_condition(value, faults))
    if key in COMPARISONS:
        return _parse_compare(key, value, faults)
    if key == "between":
        parts = _need_list(value, faults, 3, "[name, low, high]")
        if not parts:
            return NEVER
        return c.Between(_need_name(parts[0], faults), _need_number(parts[1], faults), _need_number(parts[2], faults))
    if key in ("count", "ordered"):
        return _parse_count(key, value, faults)
    if key == "deal_in_force":
        form = str(value.value)
        if form not in ("any", "oral", "statement", "text"):
            faults.unknown(value, "form of deal", form, ("any", "oral", "statement", "text"))
            return NEVER
        return c.Deal(form)  # type: ignore[arg-type]
    if key == "lens":
        return c.LensOn(_need_name(value, faults))
    if key in MARKS:
        return c.Compare("eq", f"{key}.{_need_name(value, faults)}", 1.0)
    return _parse_chance(value, faults)


def _parse_compare(op: str, node: Node, faults: Faults) -> c.Condition:
    parts = _need_list(node, faults, 2, f"{op}: [name or number, name or number]")
    if not parts:
        return NEVER
    left, right = (_operand(part, faults) for part in parts)
    literal = isinstance(left, str) and left.startswith("param.") and isinstance(right, str)
    return c.Compare(op, left, right, text=literal)  # type: ignore[arg-type]


def _operand(node: Node, faults: Faults) -> float | str:
    if isinstance(node.value, bool):
        return float(node.value)
    number = _number(node)
    if number is not None:
        return number
    mapping = node.mapping
    if mapping is not None and len(mapping) == 1:  # long form of section 10: {var: x}, {clause: fac}, {flag: f}
        key, value = next(iter(mapping.items()))
        if key == "var":
            return _need_name(value, faults)
        if key in ("clause", "param", "flag"):
            return f"{key}.{_need_name(value, faults)}"
    return _need_name(node, faults)


def _parse_count(key: str, node: Node, faults: Faults) -> c.Condition:
    if isinstance(node.value, str):
        return c.Count(c.OrderFilter(moves=(node.value,)), 1)
    mapping = node.mapping
    if mapping is None:
        faults.add(node, f"{key} takes a move, or a mapping", (*FILTER_KEYS, "within", "at_least"))
        return NEVER
    rest = {k: v for k, v in mapping.items() if k not in ("within", "at_least")}
    orders = parse_filter(Node(rest, node.file, node.line, node.path), faults, extra=("within", "at_least"))
    within = int(_need_number(mapping["within"], faults)) if "within" in mapping else 0
    at_least = int(_need_number(mapping["at_least"], faults)) if "at_least" in mapping else 1
    return c.Count(orders, at_least, within)


def _parse_chance(node: Node, faults: Faults) -> c.Condition:
    mapping = node.mapping or {}
    if set(mapping) != {"p", "key"}:
        faults.add(node, "chance is {p: scalar, key: name of the die}", ("p", "key"))
        return NEVER
    return c.Chance(parse_scalar(mapping["p"], faults), _need_name(mapping["key"], faults))


def parse_filter(node: Node, faults: Faults, *, extra: tuple[str, ...] = ()) -> c.OrderFilter:
    """Read which orders are meant: a move id, or a mapping of the filter keys."""
    if isinstance(node.value, str):
        return c.OrderFilter(moves=(node.value,))
    fields: dict[str, object] = {}
    for key, value in (node.mapping or {}).items():
        if key in ("move", "moves"):
            fields["moves"] = _words(value, faults)
        elif key in ("by", "seat"):
            fields["by"] = _words(value, faults)
        elif key == "severity":
            fields["severity"] = _words(value, faults)
        elif key in ("side", "signal", "consent"):
            fields[key] = _need_name(value, faults)
        elif key in ("public", "unilateral", "blocked", "leader"):
            if not isinstance(value.value, bool):
                faults.add(value, "true or false is expected")
            fields[key] = bool(value.value)
        else:
            faults.unknown(node, "key of an order filter", key, (*FILTER_KEYS, *extra))
    if not fields:
        faults.add(node, "an order filter needs at least one key", FILTER_KEYS)
    return c.OrderFilter(**fields)  # type: ignore[arg-type]


# --- effects ----------------------------------------------------------------------------------
def parse_effect(node: Node, faults: Faults) -> e.Effect:
    """Read one effect; `when:` may stand beside it."""
    mapping = node.mapping or {}
    when = parse_condition(mapping["when"], faults) if "when" in mapping else None
    bare = Node(
        {k: v for k, v in mapping.items() if k != "when"} if mapping else node.value, node.file, node.line, node.path
    )
    found = _single(bare, faults, "effect", EFFECTS)
    if found is None:
        return e.Emit("")
    key, value = found
    return _READERS[key](value, faults, when)


def _two(kind: Callable[..., e.Effect]) -> Callable[[Node, Faults, c.Condition | None], e.Effect]:
    def read(node: Node, faults: Faults, when: c.Condition | None) -> e.Effect:
        parts = _need_list(node, faults, 2, "[name, scalar]")
        if not parts:
            return e.Emit("")
        return kind(_need_name(parts[0], faults), parse_scalar(parts[1], faults), when)

    return read


def _toward(node: Node, faults: Faults, when: c.Condition | None) -> e.Effect:
    parts = _need_list(node, faults, 3, "[name, target, rate]")
    if not parts:
        return e.Emit("")
    rate = _need_number(parts[2], faults)
    return e.Toward(_need_name(parts[0], faults), parse_scalar(parts[1], faults), rate, when)


def _flag(node: Node, faults: Faults, when: c.Condition | None) -> e.Effect:
    if isinstance(node.value, str):
        return e.SetFlag(node.value, True, when)
    parts = _need_list(node, faults, 2, "name, or [name, true|false]")
    return e.SetFlag(_need_name(parts[0], faults), bool(parts[1].value), when) if parts else e.Emit("")


def _clause(node: Node, faults: Faults, when: c.Condition | None) -> e.Effect:
    parts = _need_list(node, faults, 2, "[issue, level]")
    if not parts:
        return e.Emit("")
    return e.SetClause(_need_name(parts[0], faults), int(_need_number(parts[1], faults)), when)


def _fidelity(node: Node, faults: Faults, when: c.Condition | None) -> e.Effect:
    if node.sequence is None:
        return e.Fidelity(parse_scalar(node, faults), "", when)
    parts = _need_list(node, faults, 2, "multiplier, or [multiplier, what]")
    return e.Fidelity(parse_scalar(parts[0], faults), _need_name(parts[1], faults), when) if parts else e.Emit("")


def _delay(node: Node, faults: Faults, when: c.Condition | None) -> e.Effect:
    return e.Delay(int(_need_number(node, faults)), when)


def _tell(node: Node, faults: Faults, when: c.Condition | None) -> e.Effect:
    words = _words(node, faults)
    if len(words) < 2:
        faults.add(node, "tell is [issue, seat, ...]")
        return e.Emit("")
    return e.Tell(words[0], words[1:], when)


def _named(kind: Callable[..., e.Effect]) -> Callable[[Node, Faults, c.Condition | None], e.Effect]:
    def read(node: Node, faults: Faults, when: c.Condition | None) -> e.Effect:
        return kind(_need_name(node, faults), when)

    return read


_READERS: dict[str, Callable[[Node, Faults, c.Condition | None], e.Effect]] = {
    "add": _two(e.Add), "signal": _two(e.Signal), "prob_shift": _two(e.ProbShift), "audience": _two(e.Audience),
    "resource": _two(e.Resource), "toward": _toward, "set_flag": _flag, "clause": _clause, "fidelity": _fidelity,
    "delay": _delay, "block": _named(e.Block), "convert": _named(e.Convert), "emit": _named(e.Emit),
    "tell": _tell,
}  # fmt: skip
