"""The shapes of a scenario file, read off the code: sections, fields, types, defaults and the words beside them.

Owns the walk over the structs of `adjudication.scenario`. The reference and the JSON Schema are two renderings of it.
"""

import ast
import inspect
import textwrap
import types
from collections.abc import Iterator
from functools import cache
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import msgspec

from adjudication import conditions, effects, scalars
from adjudication.scenario.schema import Scenario, Sight
from negotiation.terms import Gate as LegalGate
from wargame.protocol.scenario_words import words_for

INSIDE = {"leaks": "negotiation", "absent": "negotiation"}
"""Sections of the loaded scenario that an author writes inside another."""

NOT_WRITTEN = ("content_hash",)
RENAMED: dict[type[msgspec.Struct], str] = {LegalGate: "LegalGate"}
"""Structs that share their name with another."""

SPECIAL: dict[Any, str] = {
    conditions.Condition: "condition", scalars.Scalar: "scalar", effects.Effect: "effect",
    conditions.OrderFilter: "filter", Sight: "sight",
}  # fmt: skip
"""Types with a spelling of their own."""


class Field(msgspec.Struct, frozen=True):
    """One key an author may write."""

    key: str
    kind: Any
    required: bool
    default: Any
    text: str


class Shape(msgspec.Struct, frozen=True):
    """One kind of thing: a struct with its keys."""

    kind: type[msgspec.Struct]
    text: str
    fields: tuple[Field, ...]

    @property
    def name(self) -> str:
        """The name of the kind."""
        return name_of(self.kind)


def name_of(kind: type[msgspec.Struct]) -> str:
    """Return the name of a struct; two of one name are told apart."""
    return RENAMED.get(kind, kind.__name__)


@cache
def shape_of(kind: type[msgspec.Struct]) -> Shape:
    """Return a struct with its keys, types, defaults and words."""
    hints, said = get_type_hints(kind), _attribute_docs(kind)
    fields = tuple(
        Field(
            "negotiation" if kind is Scenario and field.name == "negotiation" else field.encode_name,
            hints[field.name], field.required, _default(field),
            said.get(field.name) or words_for(name_of(kind), field.encode_name),
        )
        for field in msgspec.structs.fields(kind)
        if not (kind is Scenario and field.name in NOT_WRITTEN)
    )  # fmt: skip
    return Shape(kind, inspect.cleandoc(kind.__doc__ or ""), fields)


def shapes() -> tuple[Shape, ...]:
    """Return every struct an author may write, the whole scenario first, each once, as they are met."""
    found: dict[type[msgspec.Struct], Shape] = {}

    def visit(kind: type[msgspec.Struct]) -> None:
        if kind in found:
            return
        found[kind] = shape_of(kind)
        for field in found[kind].fields:
            for inner in structs_in(field.kind):
                visit(inner)

    visit(Scenario)
    return tuple(found.values())


def structs_in(kind: Any) -> Iterator[type[msgspec.Struct]]:
    """Yield the structs a type is made of, apart from those with a spelling of their own."""
    if special(kind):
        return
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        yield kind
        return
    for part in get_args(kind):
        yield from structs_in(part)


def special(kind: Any) -> str:
    """Return the name of a spelling of its own, or nothing."""
    if kind in SPECIAL:
        return SPECIAL[kind]
    members = {arg for arg in get_args(kind) if arg is not type(None)} if _is_union(kind) else set()
    for known, name in SPECIAL.items():
        if members and members == set(get_args(known)):
            return name
    if len(members) == 1:
        return special(members.pop())
    return ""


def optional(kind: Any) -> bool:
    """Tell whether a type allows null."""
    return _is_union(kind) and type(None) in get_args(kind)


def lone(kind: Any) -> bool:
    """Tell whether a list of these may be one of them alone."""
    args = get_args(kind)
    return bool(args) and bool(getattr(args[0], "lone", False))


def said(kind: Any) -> str:
    """Say a type in an author's words."""
    name = special(kind)
    if name:
        return name
    plain = {str: "text", int: "whole number", float: "number", bool: "true or false", type(None): "nothing"}
    if kind in plain:
        return plain[kind]
    origin, args = get_origin(kind), get_args(kind)
    if origin is Literal:
        return " / ".join(f"`{word}`" for word in args)
    if _is_union(kind):
        return " or ".join(said(arg) for arg in args if arg is not type(None))
    if origin is tuple:
        return _list_said(args)
    if origin is dict:
        return f"map of {said(args[0])} to {said(args[1])}"
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        return f"[{name_of(kind)}](#{name_of(kind).lower()})"
    return str(kind)


def _list_said(args: tuple[Any, ...]) -> str:
    if len(args) == 2 and args[1] is Ellipsis:
        one = said(args[0])
        return f"{one}, or a list of them" if getattr(args[0], "lone", False) else f"list of {one}"
    return "[" + ", ".join(said(arg) for arg in args) + "]"


def _is_union(kind: Any) -> bool:
    return get_origin(kind) in (Union, types.UnionType)


def _default(field: msgspec.structs.FieldInfo) -> Any:
    if field.default is not msgspec.NODEFAULT:
        return field.default
    return field.default_factory() if field.default_factory is not msgspec.NODEFAULT else None


def _attribute_docs(kind: type[msgspec.Struct]) -> dict[str, str]:
    """Return the words written under fields, those of its bases too."""
    found: dict[str, str] = {}
    for base in reversed(kind.__mro__):
        if base is msgspec.Struct or not issubclass(base, msgspec.Struct):
            continue
        body = ast.parse(textwrap.dedent(inspect.getsource(base))).body[0]
        assert isinstance(body, ast.ClassDef)
        last = ""
        for node in body.body:
            if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
                last = node.target.id
            elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and last:
                found[last] = " ".join(str(node.value.value).split())
                last = ""
    return found


def negotiation_extras() -> tuple[Field, ...]:
    """Return the keys written inside `negotiation:` and kept beside it."""
    own = {field.key: field for field in shape_of(Scenario).fields}
    return tuple(own[name] for name in INSIDE)
