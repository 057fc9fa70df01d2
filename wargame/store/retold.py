"""Every view's feed made again in memory from what a log discloses, by the rules of the store and without its tables.

`verify` compares what stands in the tables with what is made here.
"""

from typing import NamedTuple

from wargame.game.visibility import KEPT, in_order
from wargame.store.disclosures import GONE


class Line(NamedTuple):
    """One disclosure of a view. `first_n` is its place in the order of its kind."""

    seq: int
    kind: str
    key: str
    value: bytes
    first_n: int


class Feeds:
    """What each view was told, in order, and what it holds."""

    def __init__(self) -> None:
        self.lines: dict[str, list[Line]] = {}
        self._held: dict[tuple[str, str, str], Line] = {}

    def tell(self, seq: int, view: str, kind: str, key: str, value: bytes, *, first_n: int = 0) -> None:
        """Tell a view a value, or with `null` that an entity is gone; what it has like that already is no news."""
        held = self._held.get((view, kind, key))
        if (held.value if held else GONE) == value:
            return
        lines = self.lines.setdefault(view, [])
        place = first_n or (held.first_n if held else len(lines) + 1)
        line = Line(seq, kind, key, value, place)
        lines.append(line)
        if value == GONE:
            del self._held[view, kind, key]
        else:
            self._held[view, kind, key] = line

    def rewind(self, seq: int, *, to_seq: int) -> None:
        """Give every view back what it had after event `to_seq`."""
        for view in sorted(self.lines):
            then: dict[tuple[str, str], Line] = {}
            changed: set[tuple[str, str]] = set()
            for line in self.lines[view]:
                if line.seq > to_seq:
                    changed.add((line.kind, line.key))
                else:
                    then[line.kind, line.key] = line
            had = {name: line for name, line in then.items() if line.value != GONE}
            names = [name for name in changed if name[0] not in KEPT]
            for name in in_order(names, {name: line.first_n for name, line in had.items()}):
                value, place = (had[name].value, had[name].first_n) if name in had else (GONE, 0)
                self.tell(seq, view, *name, value, first_n=place)

    def __len__(self) -> int:
        """Return how many disclosures there are."""
        return sum(map(len, self.lines.values()))
