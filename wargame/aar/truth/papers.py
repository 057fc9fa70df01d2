"""Papers and their way out, what statements were meant and taken to say, and requests with when they were answered."""

from msgspec import Struct

from negotiation import cables
from negotiation.cables import Change
from wargame.aar.chronicle import Chronicle, Json
from wargame.aar.refs import merged
from wargame.game import events as ev


class _Way(Struct):
    """A paper as the log builds it up."""

    drafted: ev.PaperDrafted
    turn: int
    at_ms: int
    fields: dict[str, str]
    to: tuple[str, ...]
    version: int = 1
    sent: bool = False
    edits: tuple[Change, ...] = ()
    steps: list[Json] = []
    released: ev.PaperReleased | None = None
    released_turn: int | None = None
    released_ms: int | None = None
    withdrawn: bool = False
    refs: list[int] = []


def _ways(log: Chronicle) -> dict[str, _Way]:
    ways: dict[str, _Way] = {}
    for recorded in log.events:
        fact, turn = recorded.payload, log.turn_of[recorded.seq]
        match fact:
            case ev.PaperDrafted():
                ways[fact.paper] = _Way(fact, turn, recorded.at_ms, dict(fact.fields), fact.to)
            case ev.PaperEdited():
                way = ways[fact.paper]
                way.version, way.to = fact.version, fact.to
                way.fields |= {one.field: one.after for one in fact.changes if one.field != cables.ADDRESSEES}
                way.edits = cables.tracked(way.edits, fact.changes) if way.sent else way.edits
            case ev.PaperSent():
                ways[fact.paper].sent = True
                _step(ways, fact.paper, "sent", ways[fact.paper].drafted.seat, "", recorded)
            case ev.PaperCleared():
                _step(ways, fact.paper, "cleared", fact.seat, fact.note, recorded)
            case ev.PaperReturned():
                _step(ways, fact.paper, "returned", fact.seat, fact.reason, recorded)
            case ev.PaperReleased():
                way = ways[fact.paper]
                way.released, way.released_turn, way.released_ms = fact, turn, recorded.at_ms
            case ev.PaperWithdrawn():
                ways[fact.paper].withdrawn = True
            case _:
                continue
        ways[fact.paper].refs.append(recorded.seq)
    return ways


def _step(ways: dict[str, _Way], paper: str, what: str, seat: str, text: str, recorded: ev.Recorded) -> None:
    ways[paper].steps.append(
        {"what": what, "seat": seat, "text": text, "at_ms": recorded.at_ms, "refs": [recorded.seq]}
    )


def papers(log: Chronicle) -> list[Json]:
    """Return every paper in the order it was begun: its text, its chain, who changed what, when it went out."""
    return [
        {
            "paper": key, "template": way.drafted.template, "seat": way.drafted.seat, "to": list(way.to),
            "ref": way.released.ref if way.released else "", "public": bool(way.released and way.released.public),
            "fields": {name: text for name, text in way.fields.items() if text}, "version": way.version,
            "status": "released" if way.released else "withdrawn" if way.withdrawn else "open",
            "turn": way.turn, "at_ms": way.at_ms, "released_turn": way.released_turn, "released_ms": way.released_ms,
            "reply_to": way.drafted.reply_to, "steps": way.steps,
            "edits": [{"seat": e.seat, "field": e.field, "before": e.before, "after": e.after} for e in way.edits],
            "refs": way.refs,
        }
        for key, way in _ways(log).items()
    ]  # fmt: skip


def statements(log: Chronicle) -> list[Json]:
    """Return every public statement: what its issuer meant, and what each seat that wrote it down took it to mean."""
    meant = {fact.paper: fact.text for _, fact in log.of(ev.StatementMeant)}
    read: dict[str, dict[str, str]] = {}
    for _, fact in log.of(ev.StatementWasRead):
        read.setdefault(fact.paper, {})[fact.seat] = fact.text
    return [
        {
            "paper": key, "ref": way.released.ref, "seat": way.drafted.seat, "turn": way.released_turn,
            "at_ms": way.released_ms, "fields": way.fields, "meant": meant.get(key, ""),
            "read": dict(sorted(read.get(key, {}).items())),
            "refs": merged(way.refs, _written_about(log, key)),
        }
        for key, way in _ways(log).items()
        if way.released is not None and way.released.public
    ]  # fmt: skip


def _written_about(log: Chronicle, paper: str) -> list[int]:
    """Return where people wrote down what a statement meant, or what they took it to mean."""
    both = [*log.of(ev.StatementMeant), *log.of(ev.StatementWasRead)]
    return [recorded.seq for recorded, fact in both if fact.paper == paper]


def requests(log: Chronicle) -> list[Json]:
    """Return every request for information and tasking: who asked whom, by when, and how it ended."""
    late = {fact.tasking: recorded for recorded, fact in log.of(ev.TaskingLate)}
    taken = {fact.tasking: recorded for recorded, fact in log.of(ev.TaskingTaken)}
    closed = {fact.tasking: (recorded, fact) for recorded, fact in log.of(ev.TaskingClosed)}
    due = {fact.tasking: fact.due for _, fact in log.of(ev.TaskingExtended)}
    found = []
    for recorded, asked in log.of(ev.TaskingAsked):
        one = asked.tasking
        end, how = closed.get(one.id, (None, None))
        found.append(
            {
                "tasking": one.id, "kind": one.kind, "ref": one.ref, "seat": one.seat, "to": one.to, "text": one.text,
                "turn": one.turn, "due": due.get(one.id, one.due), "paper": one.paper, "at_ms": recorded.at_ms,
                "taken_ms": taken[one.id].at_ms if one.id in taken else None, "late": one.id in late,
                "state": how.how if how else "open", "answer": how.text if how else "",
                "closed_ms": end.at_ms if end else None, "closed_turn": log.turn_of[end.seq] if end else None,
                "refs": merged(mark.seq for mark in (recorded, late.get(one.id), taken.get(one.id), end) if mark),
            }
        )  # fmt: skip
    return found
