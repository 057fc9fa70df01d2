"""The reference rule: whatever a report says happened names the rows that say so.

Owns what counts as a claim, how a claim's references are checked, and the usual references of a turn and an order.
In the truth a reference is the `seq` of an event in the log, in a seat's report the `n` of a row of its own feed.
What the record of the case says happened outside the game `cites` its source instead.
"""

from collections.abc import Container, Iterable, Iterator
from typing import Any, NamedTuple

from wargame.aar.chronicle import Chronicle

FRAME = frozenset({
    "schema", "view", "built_at_ms", "engine", "scenario_hash", "seed", "seed_hash", "log", "game", "turns", "seats",
    "lanes", "silent_pairs", "method",
})  # fmt: skip
"""Parts of a report that describe the game and its case rather than say what happened in it."""
DATED = ("turn", "at_ms")


class Claim(NamedTuple):
    """Something a report says happened: where it stands in the report, its references, and the source it cites."""

    path: str
    refs: Any
    cites: str


def claims(report: dict[str, Any]) -> Iterator[Claim]:
    """Yield every claim: each section that is an object, each object in a section that is a list, all that is dated."""
    for name, section in report.items():
        if name in FRAME:
            continue
        if isinstance(section, list):
            for at, item in enumerate(section):
                yield from _within(f"{name}[{at}]", item, claim=True)
        else:
            yield from _within(name, section, claim=True)


def _within(path: str, value: Any, *, claim: bool = False) -> Iterator[Claim]:
    if isinstance(value, list):
        for at, item in enumerate(value):
            yield from _within(f"{path}[{at}]", item)
    elif isinstance(value, dict):
        if claim or "refs" in value or any(name in value for name in DATED):
            yield Claim(path, value.get("refs"), str(value.get("cites", "")))
        for name, item in value.items():
            yield from _within(f"{path}.{name}", item)


def faults(report: dict[str, Any], known: Container[int]) -> list[str]:
    """Return a sentence for every claim without references, or with one that is not known. Empty is the rule."""
    found = []
    for path, refs, cites in claims(report):
        if not isinstance(refs, list) or not (refs or cites):
            found.append(f"{path}: no reference")
        elif refs != sorted(set(refs)):
            found.append(f"{path}: references are not in order, or not once each: {refs}")
        elif wrong := [ref for ref in refs if ref not in known]:
            found.append(f"{path}: nothing is known by {wrong}")
    return found


def merged(*parts: Iterable[int]) -> list[int]:
    """Return references put together, each once, in order."""
    return sorted({ref for part in parts for ref in part})


def refs_in(items: Iterable[dict[str, Any]]) -> list[int]:
    """Return the references of several claims, each once, in order."""
    return merged(*(item["refs"] for item in items))


# --- usual references of the truth ------------------------------------------------------------
def settled(log: Chronicle, *turns: int) -> list[int]:
    """Return the releases of the outcomes of these turns."""
    return sorted(log.settled_by[turn].seq for turn in set(turns) if turn in log.settled_by)


def opened(log: Chronicle, number: int) -> list[int]:
    """Return the opening of a turn; before the first, the creation of the game."""
    turn = log.turn(number)
    return [log.events[0].seq] if turn is None else [turn.first_seq]


def ordered(log: Chronicle, order: str) -> list[int]:
    """Return the draft of an order or the proposal of a free move; none for what the engine ordered by itself.

    What an order was converted into (`<order>><move>`) rests on the draft of that order.
    """
    given = log.drafted_by.get(order.partition(">")[0]) or log.proposed_by.get(order)
    return [] if given is None else [given[0].seq]


def of_order(log: Chronicle, order: str, turn: int) -> list[int]:
    """Return the draft of an order and the release of the outcome that says what became of it."""
    return merged(ordered(log, order), settled(log, turn))
