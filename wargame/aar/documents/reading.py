"""A report page as the documents read it: its turns, seats and sections, with words for their names.

Owns the only place that knows how a missing section or a seat that is gone is read. It computes no figure.
"""

from collections.abc import Mapping
from typing import Any

from wargame.aar.documents.plain import clean

Json = dict[str, Any]
SHAPES = frozenset({"square", "triangle", "circle", "ring", "diamond", "hexagon"})


class Reading:
    """One view's report. Sections that a view does not have read as empty."""

    def __init__(self, report: Mapping[str, Any]) -> None:
        """Keep a report page as it was decoded."""
        self.data = report
        self.game: Json = report["game"]
        self.turns: list[Json] = report["turns"]
        self.seats: list[Json] = report["seats"]
        self.truth = report["view"] == "truth"
        self._turn = {turn["turn"]: turn["label"] for turn in self.turns}
        self._seat = {seat["id"]: seat for seat in self.seats}

    def rows(self, section: str) -> list[Json]:
        """Return the items of a section; a section that is not there has none."""
        found = self.data.get(section)
        return [row for row in found if isinstance(row, dict)] if isinstance(found, list) else []

    def part(self, section: str) -> Json:
        """Return a section that is one object; one that is not there is empty."""
        found = self.data.get(section)
        return found if isinstance(found, dict) else {}

    def axis(self) -> list[tuple[int, str]]:
        """Return number and name of every turn that was opened."""
        return [(turn["turn"], turn["label"]) for turn in self.turns]

    def turn(self, number: int | None) -> str:
        """Return the name of a turn."""
        if number is None:
            return ""
        return self._turn.get(number) or ("Start" if number <= 0 else f"Turn {number}")

    def seat(self, seat: str | None) -> str:
        """Return the short name of a seat; Control and what is no seat by its own name."""
        if not seat:
            return ""
        found = self._seat.get(seat)
        return clean(found["short"]) if found else "Control" if seat.lower() == "control" else clean(seat)

    def seats_named(self, seats: Any) -> str:
        """Return the short names of several seats."""
        return ", ".join(self.seat(seat) for seat in seats or ())

    def pair(self, seat: str | None) -> str:
        """Return the colour of a seat's team."""
        found = self._seat.get(seat or "")
        return found["pair"] if found else "ink"

    def shape(self, seat: str | None) -> str:
        """Return the glyph of a seat's team."""
        found = self._seat.get(seat or "")
        glyph = found["glyph"] if found else "none"
        return glyph if glyph in SHAPES or glyph == "none" else "circle"

    @property
    def viewer(self) -> str:
        """Return whose report this is, in words."""
        return "Ground truth" if self.truth else f"As seen by {self.seat(self.data['view'])}"

    @property
    def refs_head(self) -> str:
        """Return what a column of references is headed with."""
        return "Log" if self.truth else "Feed"
