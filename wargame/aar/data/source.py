"""What the tables of one game are made from.

Owns the bundle of a chronicle and the rules under which it leaves the house: how the game is called in the export and
whose doings are left out. It reads nothing itself.
"""

from collections.abc import Callable
from functools import cached_property
from typing import Any

from msgspec import Struct

from wargame.aar.chronicle import Chronicle, Json
from wargame.aar.truth import bargains, deals, history, measures, overridden, turning
from wargame.game import events as ev
from wargame.game.events import Recorded
from wargame.game.state import State

ASKED: dict[str, Callable[[Chronicle], object]] = {
    "texts": deals.texts, "variables": measures.variables, "ledger": measures.ledger,
    "overrides": overridden.overrides, "history": history.history,
}  # fmt: skip


class Source(Struct, frozen=True, dict=True):
    """A game as its tables read it.

    `game`: how it is called in every table. `log`: the chronicle of what stands. `whole`: every event, those that a
    rewind took back too. `state`: the game at its head. `left_out`: people nothing personal is told of.
    """

    game: str
    log: Chronicle
    whole: tuple[Recorded, ...]
    state: State
    left_out: frozenset[str] = frozenset()
    seeded: bool = True
    """The seed of its dice and the hash of it are told: not without names, where either tells which game it was."""
    report: Json | None = None
    """The truth of the same game, if it was built: what the model was asked for it is then not asked again."""

    def section(self, name: str) -> Any:
        """Return a section of the report: of the one that is there, else made now, once."""
        return self._sections[name] if self.report is None else self.report[name]

    @cached_property
    def _sections(self) -> Json:
        """The sections that need the model to be asked again, and those they are drawn from."""
        made: Json = {name: section(self.log) for name, section in ASKED.items()}
        made["map"] = [bargains.bargaining_map(self.log, turn, made["texts"]) for turn in self.log.turns]
        made["missed"] = bargains.missed(self.log, made)
        made["turning_points"] = turning.turning_points(self.log, made)
        return made

    def of(self, *kinds: type[ev.Payload]) -> list[tuple[Recorded, Any]]:
        """Return the events of these kinds that stand, in order, without those of people who are left out."""
        found = [one for kind in kinds for one in self.log.of(kind) if one[0].actor.person not in self.left_out]
        return sorted(found, key=lambda one: one[0].seq) if len(kinds) > 1 else found

    def where(self, recorded: Recorded) -> dict[str, Any]:
        """Return what every row made from one event has: the game, the event, when it was, and in which turn."""
        return {
            "game": self.game, "seq": recorded.seq, "at_ms": recorded.at_ms, "turn": self.log.turn_of[recorded.seq]
        }  # fmt: skip

    def person(self, recorded: Recorded) -> str | None:
        """Return who did it: a person; None for a bot, the server, and somebody who is left out."""
        actor = recorded.actor
        return actor.person if actor.kind in ("person", "control") and actor.person not in self.left_out else None
