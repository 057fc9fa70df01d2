"""Who took part, and how: each seat's and each person's acts, words, reading and silence.

Counted from `acts`; silence is measured in hours of play (`hours`). A turn without a word is one in which nobody else
heard, read or was asked anything by the seat. It counts and judges nothing.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

from wargame.aar.chronicle import Chronicle, Json
from wargame.aar.hours import Hours, hours_of, longest_gap
from wargame.aar.refs import opened
from wargame.aar.truth.acts import KINDS, WORDS, Act, acts, marks
from wargame.game import events as ev

METHOD: Json = {
    "words": "What others hear, read or are asked: messages, letters, papers that went out, steps at the table, "
    "briefings, requests and answers, arguments. Drafts, orders and opened mail are no words.",
    "silence": "The longest time between two words while the clocks ran: pauses, quiet hours, the lobby and what a "
    "rewind took back do not count. A person is silent only while they sit in a seat.",
    "read": "Messages of others in the seat's rooms, up to its newest reading mark in each.",
}
"""How the numbers are made, for the page and the documents."""
K = TypeVar("K")
SHOWN_REFS = 60
"""Most references of one row; a seat does thousands of things in a long game, and the newest are the way in."""


def participation(log: Chronicle) -> Json:
    """Return {seats, people, played_ms}: counts by seat, by seat and turn, and by person, with silences.

    `played_ms` is how long the clocks ran. Times are milliseconds, `turns` those that were opened.
    """
    hours, done = hours_of(log), acts(log)
    by_seat = _grouped(done, lambda act: act.seat)
    by_person = _grouped(done, lambda act: act.person)
    given, heard = _given(log), _heard(log)
    return {
        "played_ms": hours.total, "kinds": list(KINDS), "words": sorted(WORDS),
        "seats": [_seat(log, hours, seat.id, by_seat.get(seat.id, []), given, heard) for seat in log.case.seats],
        "people": _people(log, hours, by_person, heard), "refs": [log.events[0].seq],
    }  # fmt: skip


def counts(done: Iterable[Act]) -> Json:
    """Return how often each kind of act was done, and the number of words said."""
    found, words = Counter[str](), 0
    for act in done:
        found[act.kind] += 1
        words += act.words if act.kind in WORDS else 0
    return {kind: found[kind] for kind in KINDS} | {"said": sum(found[kind] for kind in WORDS), "words": words}


def silence(hours: Hours, done: Iterable[Act], turns: Iterable[int]) -> Json:
    """Return the longest time without a word in hours of play, and the turns without one."""
    said = [act for act in done if act.kind in WORDS]
    length, (since, until), refs = longest_gap(hours, [(act.at_ms, act.seq) for act in said])
    spoke = {act.turn for act in said}
    return {
        "longest": {"ms": length, "from_ms": since, "until_ms": until, "refs": refs or [1]},
        "turns": [turn for turn in turns if turn not in spoke],
    }  # fmt: skip


def _seat(
    log: Chronicle, hours: Hours, seat: str, done: list[Act], given: Mapping[str, "_Given"], heard: "_Heard"
) -> Json:
    turns = [turn.number for turn in log.turns]
    by_turn = _grouped(done, lambda act: act.turn)
    mine = given.get(seat, _Given())
    return {
        "seat": seat, "counts": counts(done), "silence": silence(hours, done, turns),
        "sent": len(mine.sent), "opened": len(mine.opened), "heard": heard.heard[seat], "read": heard.read[seat],
        "turns": [
            {
                "turn": turn, "counts": counts(by_turn.get(turn, [])),
                "refs": _refs(by_turn.get(turn, [])) or opened(log, turn),
            }
            for turn in turns
        ],
        "first_ms": done[0].at_ms if done else None, "last_ms": done[-1].at_ms if done else None,
        "refs": _refs(done) or [log.events[0].seq],
    }  # fmt: skip


class _Given:
    """What was addressed to a seat to be opened, and what of it was."""

    def __init__(self) -> None:
        self.sent: set[tuple[str, str]] = set()
        self.read: set[tuple[str, str]] = set()

    @property
    def opened(self) -> set[tuple[str, str]]:
        """What was sent and opened: a public paper may be opened by all and is sent to nobody."""
        return self.sent & self.read


def _given(log: Chronicle) -> dict[str, _Given]:
    """Return the injects, letters and papers that reached each seat, and those it opened."""
    found: dict[str, _Given] = {}
    undone = {fact.inject for _, fact in log.of(ev.InjectUndone)}
    letters = {fact.letter: fact.to for _, fact in log.of(ev.LetterSent)}
    addressed: dict[str, tuple[str, ...]] = {}
    for recorded in log.events:
        to: tuple[str, ...] = ()
        what = ("", "")
        match recorded.payload:
            case ev.InjectSent() as fact if fact.inject not in undone:
                to, what = fact.to, ("inject", fact.inject)
            case ev.LetterArrived() as fact:
                to, what = (letters[fact.letter],) if fact.letter in letters else (), ("letter", fact.letter)
            case ev.PaperDrafted() as fact:
                addressed[fact.paper] = fact.to
            case ev.PaperEdited() as fact:
                addressed[fact.paper] = fact.to
            case ev.PaperReleased() as fact:
                to, what = addressed.get(fact.paper, ()), ("paper", fact.paper)
            case ev.ItemOpened() as fact if fact.kind in ("inject", "letter", "paper"):
                found.setdefault(fact.seat, _Given()).read.add((fact.kind, fact.key))
        for seat in to:
            found.setdefault(seat, _Given()).sent.add(what)
    return found


class _Heard:
    """How many messages of others each seat could read, how many it read, and who of its people read how many."""

    def __init__(self) -> None:
        self.heard: Counter[str] = Counter()
        self.read: Counter[str] = Counter()
        self.by_person: Counter[str] = Counter()


def _heard(log: Chronicle) -> _Heard:
    """Count by reading marks: a mark reads what lies between the seat's mark before it in that room and itself."""
    found = _Heard()
    said: dict[str, list[tuple[int, str]]] = {}
    for _, fact in log.of(ev.MessagePosted):
        room = log.rooms.get(fact.room)
        said.setdefault(fact.room, []).append((fact.number, fact.seat))
        for seat in () if room is None else room.seats:
            found.heard[seat] += seat != fact.seat
    upto: dict[tuple[str, str], int] = {}
    for mark in marks(log):
        before = upto.get((mark.room, mark.seat), 0)
        upto[mark.room, mark.seat] = max(before, mark.upto)
        room = log.rooms.get(mark.room)
        there = said.get(mark.room, []) if room is not None and mark.seat in room.seats else []
        first, last = bisect_right(there, (before, "\U0010ffff")), bisect_right(there, (mark.upto, "\U0010ffff"))
        new = sum(seat != mark.seat for _, seat in there[first:last])
        found.read[mark.seat] += new
        found.by_person[mark.person] += new
    return found


def _people(log: Chronicle, hours: Hours, by_person: Mapping[str, list[Act]], heard: _Heard) -> list[Json]:
    """Return everybody who was ever in the game, in the order they came, with what they did themselves.

    Nobody is silent while they sit in no seat.
    """
    came = {fact.person: (recorded, fact) for recorded, fact in reversed(log.of(ev.PersonJoined))}
    stays = _stays(log)
    found = []
    for person, (recorded, fact) in sorted(came.items(), key=lambda one: one[1][0].seq):
        done = by_person.get(person, [])
        seats = stays.get(person, [])
        there = hours.within((stay["from_ms"], stay["until_ms"]) for stay in seats)
        turns = [turn.number for turn in log.turns if there.between(turn.start_ms, turn.end_ms)]
        found.append(
            {
                "person": person, "display": log.names.get(person, fact.display), "role": fact.role, "seats": seats,
                "counts": counts(done), "read": heard.by_person[person],
                "silence": silence(there, done, turns) if seats else None,
                "turns": sorted({act.turn for act in done}), "joined_ms": recorded.at_ms,
                "first_ms": done[0].at_ms if done else None, "last_ms": done[-1].at_ms if done else None,
                "refs": _refs(done) or [recorded.seq],
            }
        )  # fmt: skip
    return found


def _stays(log: Chronicle) -> dict[str, list[Json]]:
    """Return by person the seats they sat in, from when to when (None: to the end)."""
    found: dict[str, list[Json]] = {}

    def sits(person: str, seat: str, recorded: ev.Recorded) -> None:
        found.setdefault(person, []).append(
            {"seat": seat, "from_ms": recorded.at_ms, "until_ms": None, "refs": [recorded.seq]}
        )

    def leaves(person: str, recorded: ev.Recorded) -> None:
        for stay in found.get(person, ()):
            if stay["until_ms"] is None:
                stay |= {"until_ms": recorded.at_ms, "refs": sorted({*stay["refs"], recorded.seq})}

    for recorded in log.events:
        match recorded.payload:
            case ev.SeatTaken() as fact:
                leaves(fact.person, recorded)
                sits(fact.person, fact.seat, recorded)
            case ev.SeatHandedOver() as fact:
                leaves(fact.person, recorded)
                sits(fact.to, fact.seat, recorded)
            case ev.SeatLeft() | ev.PersonRemoved() as fact:
                leaves(fact.person, recorded)
    return found


def _refs(done: list[Act]) -> list[int]:
    return [act.seq for act in done[-SHOWN_REFS:]]


def _grouped(done: Iterable[Act], key: Callable[[Act], K]) -> dict[K, list[Act]]:
    found: dict[K, list[Act]] = {}
    for act in done:
        found.setdefault(key(act), []).append(act)
    return found
