"""Where a thing stands in the files: from its ids to its line.

Owns the walk from a section to a node. A walk that leads nowhere ends at the last place that is there.
"""

from adjudication.scenario.nodes import Faults, Node

Place = tuple[str | int, ...]
"""A section, the id (or number) of a thing in it, then keys and numbers below: ("moves", "threat", "effects", 0)."""


class Places:
    """The files of one scenario, to look positions up in."""

    def __init__(self, sections: Node) -> None:
        self.sections = sections

    def at(self, *place: str | int) -> Node:
        """Return the node of a place, or the nearest one above it."""
        node = self.sections
        for step in place:
            below = _below(node, step)
            if below is None:
                break
            node = below
        return node

    def items(self, section: str) -> list[Node]:
        """Return the entries of a section that is a list."""
        return (self.sections.mapping or {}).get(section, Node([], "", 1, section)).sequence or []

    def has(self, section: str) -> bool:
        """Tell whether an author wrote a section at all."""
        return section in (self.sections.mapping or {})


def _below(node: Node, step: str | int) -> Node | None:
    if isinstance(step, int):
        items = node.sequence
        if items is None:
            return node if step == 0 else None  # what may stand alone or in a list
        return items[step] if step < len(items) else None
    if node.mapping is not None:
        return node.mapping.get(step)
    for item in node.sequence or []:
        fields = item.mapping or {}
        if any(key in fields and fields[key].value == step for key in ("id", "key")):
            return item
    return None


class Desk:
    """What every check needs: where things stand, and where faults go."""

    def __init__(self, sections: Node, faults: Faults) -> None:
        self.places = Places(sections)
        self.faults = faults

    def add(self, place: Place, message: str, allowed: object = (), *, key: str = "") -> None:
        """Record a fault at a place, or at one key of it (at its line if the author wrote it)."""
        node = self.places.at(*place)
        inner = (node.mapping or {}).get(key) if key else None
        self.faults.add(inner or node, message, allowed, key="" if inner else key)  # type: ignore[arg-type]

    def unknown(self, place: Place, what: str, word: str, known: object, *, list_all: bool = True) -> None:
        """Record an unknown name where it is said."""
        node = self.places.at(*place).spot(word)
        self.faults.unknown(node, what, word, known, list_all=list_all)  # type: ignore[arg-type]
