"""What is unwise in a master list: entries that never go out, silence nobody can break, seats hit by all at once."""

from collections.abc import Iterator, Mapping

from msgspec import Struct

from adjudication.lint.findings import Level, Notes
from adjudication.lint.reach import Reach
from adjudication.scenario.happenings import Inject
from adjudication.scenario.schema import Scenario

URGENT = ("immediate", "flash")
Moment = tuple[int, str, float, str]
"""Turn, phase, minutes, and the seat that reads."""
AT_ONCE = 4
"""More entries than this for one seat at the same moment are not read."""


class Remark(Struct, frozen=True):
    """What is unwise about an entry, at one of its keys."""

    entry: str
    key: str
    level: Level
    message: str
    remedy: str


def entries(scenario: Scenario, reach: Reach, notes: Notes) -> None:
    """Note what is unwise in the list of a case."""
    for remark in remarks(scenario, scenario.inject, reach):
        place = ("injects", remark.entry, remark.key) if remark.key else ("injects", remark.entry)
        (notes.error if remark.level == "error" else notes.warning)(place, remark.message, remark.remedy)


def remarks(scenario: Scenario, listed: Mapping[str, Inject], reach: Reach) -> Iterator[Remark]:
    """Yield what is unwise in a list: a case's own, or the one a game has come to."""
    dead = _dead(listed, reach)
    for entry in listed.values():
        if entry.id in dead:
            yield dead[entry.id]
        elif not caused(entry) and not entry.by_hand:
            remedy = "Say when it comes, or `by_hand: true`."
            yield Remark(entry.id, "", "warning", "is sent by hand only: nothing sets it off.", remedy)
        asked = listed.get(entry.silence)
        if asked is not None and asked.expects is None and asked.seen_on is None:
            message = f"waits for silence after {asked.id}, whose answer only Control can see."
            yield Remark(entry.id, "silence", "warning", message, f"Give {asked.id} `expects` or `seen_on`.")
        if entry.turn == scenario.meta.turns and entry.expects is not None and entry.seen_on is None:
            message = "expects something of a turn after the last."
            yield Remark(entry.id, "expects", "warning", message, "Say it as something a seat does: `seen_on`.")
    yield from _collisions(scenario, listed)


def caused(entry: Inject) -> bool:
    """Tell whether anything but Control's hand sets an entry off."""
    causes = (entry.turn, entry.trigger, entry.on)
    return any(cause is not None for cause in causes) or bool(entry.silence or entry.after)


def _dead(listed: Mapping[str, Inject], reach: Reach) -> dict[str, Remark]:
    """Return the entries that never go out, those too that wait for one of them."""
    mend = "Mend the condition or drop it."
    found: dict[str, Remark] = {}
    for entry in listed.values():
        if not reach.possible(entry.trigger):
            found[entry.id] = Remark(entry.id, "trigger", "error", "is never sent: its trigger cannot hold.", mend)
        elif entry.on is not None and entry.on.kind == "order" and entry.on.move not in ("", *reach.moves):
            message = f"is never sent: nobody can order {entry.on.move}."
            found[entry.id] = Remark(entry.id, "on", "error", message, "Name a move that can be ordered.")
    while True:
        more = [
            (entry, other)
            for entry in listed.values()
            for other in (entry.after, entry.silence)
            if other in found and entry.id not in found
        ]
        if not more:
            return found
        for entry, other in more:
            key = "after" if entry.after == other else "silence"
            found[entry.id] = Remark(
                entry.id, key, "error", f"is never sent: it waits for {other}, which never is.", mend
            )


def _collisions(scenario: Scenario, listed: Mapping[str, Inject]) -> Iterator[Remark]:
    """Yield seats that get several urgent entries, or too many of any kind, at one moment of the plan."""
    urgent: dict[Moment, list[str]] = {}
    all_at: dict[Moment, list[str]] = {}
    for entry in listed.values():
        if entry.turn is None or entry.on is not None or entry.silence or entry.after or entry.by_hand:
            continue
        for seat in _readers(scenario, entry):
            moment: Moment = (entry.turn, entry.phase, entry.minutes, seat)
            all_at.setdefault(moment, []).append(entry.id)
            if entry.precedence in URGENT:
                urgent.setdefault(moment, []).append(entry.id)
    said: set[tuple[str, ...]] = set()
    for moment, names in urgent.items():
        if len(names) > 1 and tuple(names) not in said:
            said.add(tuple(names))
            message = f"collides with {' and '.join(names[:-1])}: {moment[-1]} gets urgent entries at the same moment."
            yield Remark(names[-1], "", "warning", message, "Give one of them a later phase, or `minutes`.")
    for moment, names in all_at.items():
        if len(names) > AT_ONCE:
            message = f"is one of {len(names)} that {moment[-1]} gets at once: {', '.join(names)}."
            yield Remark(names[-1], "", "warning", message, "Spread them over phases.")


def _readers(scenario: Scenario, entry: Inject) -> tuple[str, ...]:
    words = set(entry.to)
    return tuple(
        seat.id for seat in scenario.seats if "all" in words or words & {seat.id, seat.role, seat.team, seat.side}
    )
