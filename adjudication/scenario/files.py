"""Reading scenario files: a root file, its includes, their sections merged.

The only place of the pure packages that touches the disk. Keeps the line of every value. Says `on` and `yes`
are words (YAML 1.1 would make them booleans), and refuses duplicate keys, aliases of a section and odd tags.
"""

from math import isfinite
from pathlib import Path, PurePosixPath
from typing import Any

import yaml

from adjudication.scenario.nodes import Faults, Node

MERGED: frozenset[str] = frozenset(
    {"moves", "rules", "injects", "sources", "calendar", "glossary", "variables", "anchors", "indicators"}
)
"""Sections that may be split over files; their lists are joined in the order of `include`."""

SHARED: frozenset[str] = frozenset({"negotiation"})
"""Sections made of blocks that may be split over files, each block whole in one of them."""

MOST_VALUES, MOST_DEPTH = 500_000, 60
"""How much one file may hold, aliases written out, and how deep."""
LINE_VALUES = 2_000
"""How much one value written outside a file may hold."""

_SAFE: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Loader(_SAFE):  # type: ignore[misc] # libyaml where it is, the same rules without it
    """A loader that goes no deeper than `MOST_DEPTH`: libyaml composes by recursion, and a deep text ends the process.

    Both composers call the two hooks below around each node, so the depth is known without reading the text twice.
    """

    depth = 0

    def descend_resolver(self, current_node: yaml.Node | None, current_index: object) -> None:
        """Note that a node begins. Raises yaml.MarkedYAMLError for one too deep."""
        self.depth += 1
        if self.depth > MOST_DEPTH + 1:
            mark = None if current_node is None else current_node.start_mark
            raise yaml.MarkedYAMLError(problem=f"nested deeper than {MOST_DEPTH} levels", problem_mark=mark)

    def ascend_resolver(self) -> None:
        """Note that a node is whole."""
        self.depth -= 1


def _scalar(node: yaml.ScalarNode) -> object:
    kind, text = node.tag.rsplit(":", 1)[-1], node.value
    if kind == "null":
        return None
    if kind == "bool" and text.lower() in ("true", "false"):
        return text.lower() == "true"
    if kind == "int":
        try:
            return int(text.replace("_", ""))
        except ValueError:
            return text
    if kind == "float":
        try:
            number = float(text.replace("_", ""))
        except ValueError:
            return text
        return number if isfinite(number) else text
    return text


class _Reading:
    """One file being turned into nodes; an alias that repeats itself must not fill the memory."""

    def __init__(self, file: str, faults: Faults, *, most: int = MOST_VALUES) -> None:
        self.file = file
        self.faults = faults
        self.left = most

    def convert(self, node: yaml.Node, path: str, depth: int = 0) -> Node:
        """Return a composed YAML node with positions."""
        line = node.start_mark.line + 1
        self.left -= 1
        if self.left <= 0 or depth > MOST_DEPTH:
            here = Node(None, self.file, line, path)
            if self.left > -MOST_VALUES:
                self.faults.add(here, "a file of this size or depth is not read; write out or drop repeated aliases")
                self.left = -MOST_VALUES
            return here
        if isinstance(node, yaml.MappingNode):
            return Node(self._mapping(node, path, depth), self.file, line, path)
        if isinstance(node, yaml.SequenceNode):
            items = [self.convert(item, f"{path}[{n}]", depth + 1) for n, item in enumerate(node.value)]
            for n, item in enumerate(items):
                fields = item.mapping
                if fields is not None and "id" in fields and isinstance(fields["id"].value, str):
                    _rename(item, f"{path}[{n}]", f"{path}[{fields['id'].value}]")
            return Node(items, self.file, line, path)
        assert isinstance(node, yaml.ScalarNode)
        return Node(_scalar(node), self.file, line, path, raw=node.value)

    def _mapping(self, node: yaml.MappingNode, path: str, depth: int) -> dict[str, Node]:
        mapping: dict[str, Node] = {}
        for key_node, value_node in node.value:
            if not isinstance(key_node, yaml.ScalarNode):  # to write one out as a word may fill the memory
                self.faults.add(Node(None, self.file, key_node.start_mark.line + 1, path), "a key is a word")
                continue
            key = str(key_node.value)
            child = self.convert(value_node, f"{path}.{key}" if path else key, depth + 1)
            child.line = key_node.start_mark.line + 1 if not isinstance(child.value, str) else child.line
            if key in mapping:
                self.faults.add(child, f"key {key!r} given twice")
            mapping[key] = child
        return mapping


def _rename(node: Node, old: str, new: str) -> None:
    node.path = new + node.path[len(old) :]
    children = node.mapping.values() if node.mapping is not None else node.sequence or []
    for child in children:
        _rename(child, old, new)


def _read(path: Path, shown: str, faults: Faults) -> Node | None:
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as problem:
        reason = "no such file" if isinstance(problem, FileNotFoundError) else f"cannot be read ({problem})"
        faults.add(Node(None, shown, 1, ""), reason)
        return None
    try:
        composed = yaml.compose(text, Loader=_Loader)
    except yaml.YAMLError as problem:
        mark = getattr(problem, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        faults.add(Node(None, shown, line, ""), f"not valid YAML: {getattr(problem, 'problem', None) or problem}")
        return None
    if not isinstance(composed, yaml.MappingNode):
        faults.add(Node(None, shown, 1, ""), "a scenario file holds sections (a mapping) at its top")
        return None
    return _Reading(shown, faults).convert(composed, "")


def read_text(text: str, faults: Faults, *, where: str) -> Node | None:
    """Read one value written outside a file, such as a condition in a command; `where` stands for its path."""
    try:
        composed = yaml.compose(text, Loader=_Loader)
    except (yaml.YAMLError, UnicodeEncodeError) as problem:
        reason = str(getattr(problem, "problem", None) or problem)
        faults.add(Node(None, "", 1, where), f"cannot be read: {reason}")
        return None
    return None if composed is None else _Reading("", faults, most=LINE_VALUES).convert(composed, where)


def read_sections(root: Path, faults: Faults) -> Node | None:
    """Read a root file and its includes into one mapping of sections, or None if the root is unreadable."""
    top = _read(root, root.name, faults)
    if top is None or top.mapping is None:
        return None
    sections = dict(top.mapping)
    include = sections.pop("include", None)
    for item in (include.sequence or []) if include is not None else []:
        if not isinstance(item.value, str):
            faults.add(item, "include takes file names")
            continue
        if not _inside(item.value):
            faults.add(item, "include takes files in the folder of the root or below it")
            continue
        part = _read(root.parent / item.value, item.value, faults)
        for name, node in (part.mapping or {}).items() if part is not None else ():
            _merge(sections, name, node, faults)
    return Node(sections, root.name, 1, "")


def _inside(name: str) -> bool:
    """Tell whether a file name leads nowhere else: a case from elsewhere may not have this machine's files read."""
    path = PurePosixPath(name)
    return "\\" not in name and ":" not in name and not path.is_absolute() and ".." not in path.parts


def _merge(sections: dict[str, Node], name: str, node: Node, faults: Faults) -> None:
    present = sections.get(name)
    if present is None:
        sections[name] = node
    elif name in MERGED and present.sequence is not None and node.sequence is not None:
        sections[name] = Node([*present.sequence, *node.sequence], present.file, present.line, name)
    elif name in SHARED and present.mapping is not None and node.mapping is not None:
        for key, block in sorted(node.mapping.items()):
            if key in present.mapping:
                held = present.mapping[key]
                faults.add(block, f"block {name}.{key} is already in {held.file}, line {held.line}")
        sections[name] = Node({**node.mapping, **present.mapping}, present.file, present.line, name)
    else:
        faults.add(node, f"section {name!r} is already in {present.file}, line {present.line}")
