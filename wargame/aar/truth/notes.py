"""Observers' notes by objective: what facilitators pinned while they watched, under what the exercise was to teach.

Notes are Control's own papers: they outlive a rewind, and no seat ever reads one before the whole report is shared.
"""

from wargame.aar.chronicle import Chronicle, Json
from wargame.game import events as ev
from wargame.game.objectives import Goal, goal_id, goals


def notes(log: Chronicle) -> list[Json]:
    """Return the objectives of the exercise with their notes, then the notes under other words, last those under none.

    A note written anew stands where it was first pinned, with its newest words. An objective without a note is there.
    """
    known = goals(log.case, _own(log))
    names = {goal.label.casefold(): goal for goal in known} | {goal.id: goal for goal in known}
    groups: dict[str, tuple[Goal, list[Json]]] = {goal.id: (goal, []) for goal in known}
    for one in _notes(log):
        words = one["objective"].strip()
        goal = names.get(words.casefold()) or Goal(goal_id(words) if words else "", words)
        groups.setdefault(goal.id, (goal, []))[1].append(one)
    rows = sorted(groups.values(), key=lambda group: not group[0].id)
    return [
        {
            "objective": goal.id, "label": goal.label, "competency": goal.competency, "notes": pinned,
            "refs": sorted({ref for one in pinned for ref in one["refs"]}) or [log.events[0].seq],
        }
        for goal, pinned in rows
    ]  # fmt: skip


def _own(log: Chronicle) -> list[str]:
    """Return the objectives named by entries Control wrote, as they stand at the end."""
    found: dict[str, str] = {}
    drafts: dict[str, str] = {}
    for recorded in log.events:
        match recorded.payload:
            case ev.InjectWritten() as fact:
                (drafts if fact.draft else found)[fact.msel] = fact.entry.objective
            case ev.InjectApproved() as fact if fact.msel in drafts:
                found[fact.msel] = drafts.pop(fact.msel)
    return list(found.values())


def _notes(log: Chronicle) -> list[Json]:
    found: dict[str, Json] = {}
    seqs = {f"log:{recorded.id}": recorded.seq for recorded in log.events}
    seqs |= {f"event:{seq}": seq for seq in range(1, log.length + 1)}
    for recorded, fact in log.of(ev.NotePinned):
        first = found.get(fact.note)
        about = [seqs[fact.event]] if fact.event in seqs else []
        found[fact.note] = {
            "note": fact.note, "text": fact.text, "objective": fact.objective, "discuss": fact.discuss,
            "event": fact.event, "by": log.names.get(recorded.actor.person, "Staff"),
            "turn": log.turn_of[recorded.seq] if fact.turn is None else fact.turn,
            "at_ms": recorded.at_ms if fact.since_ms is None else fact.since_ms,
            "refs": sorted({*(first["refs"] if first else ()), *about, recorded.seq}),
        }  # fmt: skip
    return list(found.values())
