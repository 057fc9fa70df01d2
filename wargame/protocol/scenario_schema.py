"""The scenario format as a JSON Schema, so that editors complete keys and underline typing errors.

Says shapes only. Whether names mean something and numbers stay in bounds is decided on loading.
"""

from typing import Any, Literal, get_args, get_origin

import msgspec

from adjudication.scenario.schema import Scenario
from adjudication.scenario.trees import EFFECTS, FILTER_KEYS, OPERATORS, SCALARS
from negotiation.terms import Negotiation
from wargame.protocol.scenario_shapes import Shape, lone, name_of, negotiation_extras, optional, shapes, special

DRAFT = "https://json-schema.org/draft/2020-12/schema"
Json = dict[str, Any]


def schema() -> Json:
    """Return the schema of a scenario file. Any file may hold any part, so no section is mandatory."""
    known = shapes()
    root = _object(known[0])
    root["properties"]["include"] = {"type": "array", "items": {"type": "string"}}
    root.pop("required", None)
    defs = {shape.name: _object(shape) for shape in known[1:]} | _forms()
    return {"$schema": DRAFT, "title": "Scenario (crisis/1)", **root, "$defs": dict(sorted(defs.items()))}


def _object(shape: Shape) -> Json:
    properties = {
        field.key: {**_of(field.kind), **({"description": field.text} if field.text else {})} for field in shape.fields
    }
    if shape.kind is Negotiation:
        properties |= {field.key: _of(field.kind) for field in negotiation_extras()}
    if shape.kind is Scenario:
        for field in negotiation_extras():
            properties.pop(field.key)
    required = [field.key for field in shape.fields if field.required]
    found: Json = {"type": "object", "description": shape.text, "additionalProperties": False, "properties": properties}
    return found | ({"required": required} if required else {})


def _of(kind: Any) -> Json:
    name = special(kind)
    if name:
        return _nullable({"$ref": f"#/$defs/{name}"}, kind)
    plain: dict[Any, Json] = {
        str: {"type": ["string", "number"]}, int: {"type": "integer"}, float: {"type": "number"},
        bool: {"type": "boolean"},
    }  # fmt: skip
    if kind in plain:
        return plain[kind]
    origin, args = get_origin(kind), get_args(kind)
    if origin is Literal:
        return {"enum": list(args)}
    if origin is tuple:
        return _array(kind, args)
    if origin is dict:
        return {"type": "object", "additionalProperties": _of(args[1])}
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        return {"$ref": f"#/$defs/{name_of(kind)}"}
    parts = [_of(arg) for arg in args if arg is not type(None)]
    return _nullable(parts[0] if len(parts) == 1 else {"anyOf": parts}, kind)


def _array(kind: Any, args: tuple[Any, ...]) -> Json:
    if len(args) == 2 and args[1] is Ellipsis:
        many = {"type": "array", "items": _of(args[0])}
        return {"anyOf": [many, _of(args[0])]} if lone(kind) else many
    return {"type": "array", "prefixItems": [_of(arg) for arg in args], "minItems": len(args), "maxItems": len(args)}


def _nullable(found: Json, kind: Any) -> Json:
    return {"anyOf": [found, {"type": "null"}]} if optional(kind) else found


def _forms() -> dict[str, Json]:
    """Return the closed forms: exactly one of the keys."""
    condition, scalar = {"$ref": "#/$defs/condition"}, {"$ref": "#/$defs/scalar"}
    many = {"type": "array", "items": condition, "minItems": 1}
    inner: dict[str, Json] = {"all": many, "any": many, "not": condition}
    orders = dict.fromkeys((*FILTER_KEYS, "within", "at_least"), True)
    counted = {"anyOf": [{"type": "string"}, {"type": "object", "additionalProperties": False, "properties": orders}]}
    inner |= {"count": counted, "ordered": counted}
    filtered = {"type": "object", "additionalProperties": False, "properties": dict.fromkeys(FILTER_KEYS, True)}
    noise = {"type": "object", "properties": {"noise": {"type": "number"}}, "required": ["noise"],
             "additionalProperties": False}  # fmt: skip
    return {
        "condition": _one_of(OPERATORS, inner),
        "scalar": {"anyOf": [{"type": "number"}, _one_of(SCALARS, {"mul": {"type": "array", "items": scalar}})]},
        "effect": _one_of(EFFECTS, {}, beside={"when": condition}),
        "filter": {"anyOf": [{"type": "string"}, filtered]},
        "sight": {"anyOf": [{"enum": ["exact", "band", "hidden"]}, noise]},
    }


def _one_of(keys: tuple[str, ...], inner: dict[str, Json], *, beside: dict[str, Json] | None = None) -> Json:
    properties = {key: inner.get(key, True) for key in keys} | (beside or {})
    most = 1 + len(beside or {})
    return {
        "type": "object", "additionalProperties": False, "properties": properties, "minProperties": 1,
        "maxProperties": most,
    }  # fmt: skip
