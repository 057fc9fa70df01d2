"""What one seat was shown, decoded: the only thing the sections of a seat's report may be made from.

Owns the disclosures of one view by kind and key, with the number (`n`) of the row each was told by. It must never open
the log of the game.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from typing import Any, TypeVar

import msgspec

from adjudication.scenario import Scenario
from wargame.aar.chronicle import Json
from wargame.aar.hours import Hours
from wargame.game import entities as e
from wargame.store.disclosures import GONE
from wargame.store.feed import Row

E = TypeVar("E", bound=e.Entity)
FRAME_ROW = 1
"""The first row of every view: what rests on nothing else refers to it."""


class Shown:
    """Every disclosure of one view, in order, decoded by kind; what was taken away is not in it.

    `rows` are all of them, undecoded, with what was taken away and what was replaced by something newer.
    """

    def __init__(self, rows: Iterable[Row]) -> None:
        self.rows = list(rows)
        self._newest: dict[str, dict[str, e.Entity]] = {}
        self._first_ms: dict[tuple[str, str], int] = {}
        self._told_by: dict[tuple[str, str], list[int]] = {}
        for row in self.rows:
            newest = self._newest.setdefault(row.kind, {})
            if row.value == GONE:
                newest.pop(row.key, None)
                self._first_ms.pop((row.kind, row.key), None)
                self._told_by.pop((row.kind, row.key), None)
                continue
            newest[row.key] = msgspec.json.decode(row.value, type=e.KINDS[row.kind])
            self._first_ms.setdefault((row.kind, row.key), row.at_ms)
            self._told_by.setdefault((row.kind, row.key), []).append(row.n)

    def all(self, shape: type[E], kind: str) -> list[tuple[str, E]]:
        """Return key and newest value of a kind, in the order in which the keys became known."""
        return [(key, value) for key, value in self._newest.get(kind, {}).items() if isinstance(value, shape)]

    def get(self, shape: type[E], kind: str, key: str) -> E | None:
        """Return the newest value of one key, or None."""
        value = self._newest.get(kind, {}).get(key)
        return value if isinstance(value, shape) else None

    def first_ms(self, kind: str, key: str) -> int:
        """Return when a key first became known."""
        return self._first_ms[kind, key]

    def refs(self, kind: str, *keys: str) -> list[int]:
        """Return the `n` of the rows that tell the newest values of these keys; those not held have none."""
        return sorted(self._told_by[kind, key][-1] for key in keys if (kind, key) in self._told_by)

    def told_by(self, kind: str, key: str) -> list[int]:
        """Return the `n` of every row that told something of a key since the seat last had it not."""
        return list(self._told_by.get((kind, key), ()))

    def since(self, shape: type[E], kind: str, key: str, holds: Callable[[E], bool]) -> tuple[int, int] | None:
        """Return the row (`n`, time) since which something holds of a key to the end; None if it does not."""
        found: tuple[int, int] | None = None
        for n in self.told_by(kind, key):
            row = self._row[n]
            value = msgspec.json.decode(row.value, type=shape)
            found = (found or (n, row.at_ms)) if holds(value) else None
        return found

    def at(self, shape: type[E], kind: str, key: str, at_ms: int) -> E | None:
        """Return what a key was at a time: the newest of its values told up to then; None before the first."""
        told = [self._row[n] for n in self.told_by(kind, key) if self._row[n].at_ms <= at_ms]
        return msgspec.json.decode(told[-1].value, type=shape) if told else None

    @cached_property
    def _row(self) -> dict[int, Row]:
        return {row.n: row for row in self.rows}


class Sight:
    """One seat's part of a game: the case, what it was shown, and `frame`, which is public to all."""

    def __init__(self, case: Scenario, rows: Iterable[Row], *, seat: str, frame: Mapping[str, Any]) -> None:
        self.case = case
        self.shown = Shown(rows)
        self.seat = seat
        self.frame = frame

    @cached_property
    def lane_of(self) -> dict[str, str]:
        """The lane of every seat."""
        return {seat: lane["id"] for lane in self.frame["lanes"] for seat in lane["seats"]}

    @cached_property
    def turns(self) -> list[Json]:
        """The turns that were opened, as everybody knows them."""
        return list(self.frame["turns"])

    @cached_property
    def hours(self) -> Hours:
        """When the clocks ran, as everybody knows."""
        return Hours(self.frame.get("hours", ()))

    @property
    def by_people(self) -> bool:
        """Whether anybody ever sat in the seat; a bot opens nothing."""
        return any(seat["people"] for seat in self.frame["seats"] if seat["id"] == self.seat)

    @cached_property
    def own_messages(self) -> list[e.MessageSeen]:
        """What the seat said in rooms when it was there: not what came by a slow line."""
        said = self.shown.all(e.MessageSeen, "message")
        return [one for _, one in said if one.seat == self.seat and not one.late]

    def turn_at(self, at_ms: int) -> int:
        """Return the turn of a moment; 0 before the first."""
        place = bisect_right([turn["start_ms"] for turn in self.turns], at_ms)
        return int(self.turns[place - 1]["turn"]) if place else 0
