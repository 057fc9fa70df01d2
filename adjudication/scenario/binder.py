"""From nodes to structs: the types of `schema` are the schema.

Reads the declared fields of a struct and fills them from a node, recording every fault with its place.
Knows no section by name; special forms (conditions, scalars, effects, sight) have their own readers.
"""

import types
from functools import cache
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import msgspec

from adjudication import conditions, effects, scalars
from adjudication.scenario.nodes import Faults, Node
from adjudication.scenario.schema import Sight
from adjudication.scenario.trees import parse_condition, parse_effect, parse_filter, parse_scalar
from negotiation.terms import Negotiation

BROKEN: Any = object()
"""What an unreadable value becomes; a struct with one is itself unreadable. The fault is already recorded."""


@cache
def _declared(kind: type[msgspec.Struct]) -> tuple[tuple[msgspec.structs.FieldInfo, Any], ...]:
    """Return the fields of a struct with their resolved types; asking anew costs half of a load."""
    hints = get_type_hints(kind)
    return tuple((field, hints[field.name]) for field in msgspec.structs.fields(kind))


def bind(kind: Any, node: Node, faults: Faults) -> Any:
    """Return the value of a node as `kind`, or BROKEN after recording why not."""
    if kind == conditions.Condition:
        return parse_condition(node, faults)
    if kind == scalars.Scalar:
        return parse_scalar(node, faults)
    if kind == effects.Effect:
        return parse_effect(node, faults)
    if kind is conditions.OrderFilter:
        return parse_filter(node, faults)
    if kind is Sight:
        return _bind_sight(node, faults)
    if kind is Negotiation:
        return _bind_foreign(kind, node, faults)
    origin = get_origin(kind)
    if origin is Literal:
        return _bind_literal(kind, node, faults)
    if origin in (Union, types.UnionType):
        return _bind_union(kind, node, faults)
    if origin is tuple:
        return _bind_tuple(kind, node, faults)
    if origin is dict:
        return _bind_dict(kind, node, faults)
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        return bind_struct(kind, node, faults)
    return _bind_plain(kind, node, faults)


def bind_struct(kind: type[msgspec.Struct], node: Node, faults: Faults, *, skip: frozenset[str] = frozenset()) -> Any:
    """Fill a struct from a mapping; unknown and missing keys are faults."""
    mapping = node.mapping
    if mapping is None:
        faults.add(node, f"a {kind.__name__.lower()} is a mapping", _keys(kind))
        return BROKEN
    fields = {field.encode_name: (field, hint) for field, hint in _declared(kind) if field.name not in skip}
    for key, value in mapping.items():
        if key not in fields:
            faults.unknown(value, f"key of a {kind.__name__.lower()}", key, fields)
    values: dict[str, Any] = {}
    broken = False
    for name, (field, hint) in fields.items():
        if name in mapping:
            value = bind(hint, mapping[name], faults)
            broken = broken or value is BROKEN
            values[field.name] = value
        elif field.required:
            faults.add(node, f"{name!r} is missing", _keys(kind))
            broken = True
    return BROKEN if broken else kind(**values)


def _keys(kind: type[msgspec.Struct]) -> tuple[str, ...]:
    return tuple(field.encode_name for field, _ in _declared(kind))


def _bind_foreign(kind: type, node: Node, faults: Faults) -> Any:
    try:
        return msgspec.convert(node.plain(), kind, str_keys=True)
    except msgspec.ValidationError as problem:
        text = str(problem)
        message, _, where = text.partition(" - at `$")
        faults.add(_descend(node, where.rstrip("`")), message)
        return BROKEN


def _descend(node: Node, path: str) -> Node:
    for step in path.replace("[", ".[").split("."):
        if not step:
            continue
        if step.startswith("[") and node.sequence is not None and step[1:-1].isdigit():
            node = node.sequence[int(step[1:-1])]
        elif node.mapping is not None and step in node.mapping:
            node = node.mapping[step]
    return node


def _bind_sight(node: Node, faults: Faults) -> Any:
    if node.value in ("exact", "band", "hidden"):
        return Sight(mode=node.value)
    mapping = node.mapping
    if mapping is not None and set(mapping) == {"noise"}:
        sigma = bind(float, mapping["noise"], faults)
        return BROKEN if sigma is BROKEN else Sight(mode="noise", sigma=sigma)
    faults.add(node, "unknown visibility", ("exact", "hidden", "band", "{noise: <standard deviation>}"))
    return BROKEN


def _bind_literal(kind: Any, node: Node, faults: Faults) -> Any:
    allowed = get_args(kind)
    if node.value in allowed and not isinstance(node.value, bool):
        return node.value
    faults.unknown(node, "value", node.raw or repr(node.value), [str(word) for word in allowed])
    return BROKEN


def _bind_union(kind: Any, node: Node, faults: Faults) -> Any:
    options = get_args(kind)
    if node.value is None and type(None) in options:
        return None
    rest = [option for option in options if option is not type(None)]
    conditionals = set(get_args(conditions.Condition))
    if conditionals <= set(rest):
        return parse_condition(node, faults)
    if set(get_args(scalars.Scalar)) <= set(rest):
        return parse_scalar(node, faults)
    if len(rest) == 1:
        return bind(rest[0], node, faults)
    if type(node.value) in rest:
        return node.value
    faults.add(node, f"unexpected value {node.raw or type(node.value).__name__!r}", [o.__name__ for o in rest])
    return BROKEN


def _bind_tuple(kind: Any, node: Node, faults: Faults) -> Any:
    args = get_args(kind)
    if node.mapping is not None and getattr(args[0], "lone", False):
        value = bind(args[0], node, faults)
        return BROKEN if value is BROKEN else (value,)
    if node.sequence is None:
        faults.add(node, "a list is expected")
        return BROKEN
    if len(args) == 2 and args[1] is Ellipsis:
        values = [bind(args[0], item, faults) for item in node.sequence]
    elif len(args) == len(node.sequence):
        values = [bind(arg, item, faults) for arg, item in zip(args, node.sequence, strict=True)]
    else:
        faults.add(node, f"a list of {len(args)} is expected")
        return BROKEN
    return BROKEN if any(value is BROKEN for value in values) else tuple(values)


def _bind_dict(kind: Any, node: Node, faults: Faults) -> Any:
    key_kind, value_kind = get_args(kind)
    if node.mapping is None:
        faults.add(node, "a mapping is expected")
        return BROKEN
    result: dict[Any, Any] = {}
    for key, item in node.mapping.items():
        if key_kind is int and not key.isdigit():
            faults.add(item, f"the key {key!r} must be a whole number")
            continue
        result[int(key) if key_kind is int else key] = bind(value_kind, item, faults)
    return BROKEN if any(value is BROKEN for value in result.values()) else result


def _bind_plain(kind: Any, node: Node, faults: Faults) -> Any:
    value = node.value
    if kind is str and (isinstance(value, str) or (value is not None and node.raw and not isinstance(value, bool))):
        return value if isinstance(value, str) else node.raw
    if kind is float and isinstance(value, int | float) and not isinstance(value, bool):
        return float(value)
    if kind is bool and isinstance(value, bool):
        return value
    if kind is int and isinstance(value, int) and not isinstance(value, bool):
        return value
    words = {str: "text", float: "a number", int: "a whole number", bool: "true or false"}
    faults.add(node, f"{words.get(kind, kind)} is expected, not {node.raw or type(value).__name__!r}")
    return BROKEN
