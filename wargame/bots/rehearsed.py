"""What a rehearsal shows: entries never reached or for nobody, collisions, dead time, load, silences, length of phases.

Reads the log and the views of ended games; the thresholds are judgement and stand here. Nothing is played here.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from statistics import fmean

from msgspec import Struct

from adjudication.scenario import Scenario
from wargame.bots.theatre import Staged
from wargame.game import case
from wargame.game.events import GameEnded, InjectPassed, InjectSent, PhaseEntered, Recorded
from wargame.game.ids import seat_view
from wargame.game.msel import words_of
from wargame.game.state import State
from wargame.store.feed import feed_after
from wargame.store.log import recorded_events

COLLIDE_MS = 60_000
"""Entries that reach one seat within a minute are read as one."""
WINDOW_MS, WINDOW_MOST = 600_000, 10
"""More than this many things to read in ten minutes is more than a seat can do beside its work."""
DEAD_MS = 900_000
"""Fifteen minutes without anything new are time in which a seat falls asleep."""
NOBODY = "nobody plays a seat it goes to"
TOLD = 5
"""How many silences and windows are told."""
READ = frozenset({"inject", "letter", "paper", "message", "tasking", "consent", "offer_version", "intercept"})
"""What reaches a seat from others; its own share of these is left out."""

_AUTHOR = {"letter": "seat", "message": "seat", "tasking": "seat", "consent": "seat", "offer_version": "author"}


class EntryRun(Struct, frozen=True):
    """How an entry fared: in how many games it went out, in which turns, and why it did not."""

    msel: str
    number: str
    title: str
    sent: int
    turns: tuple[int, ...]
    why: str = ""


class Collision(Struct, frozen=True):
    """Entries that reached a seat within a minute of each other, and in how many games they did."""

    seat: str
    turn: int
    entries: tuple[str, ...]
    games: int


class Span(Struct, frozen=True):
    """A stretch of planned time: where it began, and how long it was (milliseconds)."""

    turn: int
    phase: str
    ms: int


class SeatRun(Struct, frozen=True):
    """A seat: things to read a game, the fullest ten minutes, and the longest time without anything new."""

    seat: str
    label: str
    read: float
    most: int
    most_turn: int
    dead: Span


class PhaseRun(Struct, frozen=True):
    """A phase: its planned length (None: Control ends it), and how long it took (milliseconds)."""

    phase: str
    label: str
    planned_ms: int | None
    mean_ms: int
    least_ms: int
    most_ms: int


class Report(Struct, frozen=True):
    """What some rehearsals of one programme showed. `findings` are its sentences, the gravest first."""

    scenario: str
    preset: str
    hash: str
    games: int
    turns: int
    game_ms: int
    seconds: float
    findings: tuple[str, ...]
    entries: tuple[EntryRun, ...]
    collisions: tuple[Collision, ...]
    seats: tuple[SeatRun, ...]
    silences: tuple[Span, ...]
    phases: tuple[PhaseRun, ...]

    @property
    def times_faster(self) -> float:
        """How many times faster than life a game was played."""
        return self.game_ms * self.games / 1000 / self.seconds if self.seconds else 0.0


class Played(Struct, frozen=True):
    """One rehearsal, read: its log, its end, and what reached each seat when."""

    log: tuple[Recorded, ...]
    state: State
    reached: Mapping[str, tuple[int, ...]]


def read(staged: Staged) -> Played:
    """Return what is needed of an ended game."""
    reached = {seat: tuple(_reached(staged.game, seat)) for seat in staged.state.seats}
    return Played(tuple(recorded_events(staged.game)), staged.state, reached)


def _reached(game: str, seat: str) -> Iterable[int]:
    """Yield when something of others reached a seat for the first time."""
    seen: set[tuple[str, str]] = set()
    cursor = 0
    while rows := feed_after(game, view=seat_view(seat), cursor=cursor):
        cursor = rows[-1].n
        for row in rows:
            if row.kind not in READ or (row.kind, row.key) in seen:
                continue
            seen.add((row.kind, row.key))
            value = json.loads(row.value)
            if value is not None and not _own(row.kind, value, seat):
                yield row.at_ms


def _own(kind: str, value: Mapping[str, object], seat: str) -> bool:
    if kind == "paper":
        return value.get("status") != "received"
    return value.get(_AUTHOR.get(kind, "")) == seat


def report_of(games: Sequence[Played], *, scenario: Scenario, preset: str, seconds: float) -> Report:
    """Return what the games showed together."""
    entries = _entries(games, scenario)
    collisions = _collisions(games)
    seats = tuple(_seat(games, seat) for seat in games[0].state.seats)
    silences = _silences(games)
    phases = _phases(games)
    return Report(
        scenario=scenario.meta.id, preset=preset, hash=scenario.content_hash, games=len(games),
        turns=games[0].state.last_turn - games[0].state.first_turn + 1,
        game_ms=round(fmean(_length(game) for game in games)), seconds=round(seconds, 3),
        findings=tuple(_findings(games, scenario, entries, collisions, seats, silences)),
        entries=entries, collisions=collisions, seats=seats, silences=silences, phases=phases,
    )  # fmt: skip


# --- entries --------------------------------------------------------------------------------------
def _sent(game: Played) -> Iterable[tuple[Recorded, InjectSent]]:
    return ((one, one.payload) for one in game.log if isinstance(one.payload, InjectSent) and one.payload.msel)


def _entries(games: Sequence[Played], scenario: Scenario) -> tuple[EntryRun, ...]:
    found = []
    for name, entry in games[0].state.msel.items():
        words = words_of(scenario, entry)
        ends = [game.state.msel[name] for game in games if name in game.state.msel]
        turns = sorted({end.sent_turn for end in ends if end.state == "sent"})
        sent = sum(end.state == "sent" for end in ends)
        why = "" if sent else _why(games, name, scenario)
        found.append(EntryRun(name, words.number or name, words.title, sent, tuple(turns), why))
    return tuple(found)


def _why(games: Sequence[Played], name: str, scenario: Scenario) -> str:
    """Say why an entry never went out."""
    words = words_of(scenario, games[0].state.msel[name])
    if not _held_seats(games[0].state, scenario, words.to):
        return NOBODY
    ends = {game.state.msel[name].state for game in games}
    if ends <= {"held", "draft", "skipped"}:
        return f"it is {'/'.join(sorted(ends))}"
    if words.by_hand:
        return "it waits for your hand"
    passed = {
        one.payload.why
        for game in games
        for one in game.log
        if isinstance(one.payload, InjectPassed) and one.payload.msel == name
    }
    said = {
        "chance": "its chance said no", "condition": "its condition did not hold when its moment came",
        "answered": "what it waits for in vain was done",
    }  # fmt: skip
    if passed:
        return ", or ".join(said[why] for why in sorted(passed))
    if words.after or words.silence:
        return f"{words.after or words.silence}, which it follows, brought it about in no game"
    if words.on is not None:
        return "no seat did what it waits for"
    return "what it waits for came about in no game" if words.trigger is not None else "its time never came"


def _held_seats(state: State, scenario: Scenario, to: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(seat for seat in case.recipients(scenario, to) if state.seats[seat].held)


def _collisions(games: Sequence[Played]) -> tuple[Collision, ...]:
    counted: dict[tuple[str, int, tuple[str, ...]], int] = {}
    for game in games:
        for key in _of_one_game(game):
            counted[key] = counted.get(key, 0) + 1
    found = [Collision(*key, games=count) for key, count in counted.items()]
    return tuple(sorted(found, key=lambda one: (-one.games, one.turn, -len(one.entries), one.seat)))


def _of_one_game(game: Played) -> set[tuple[str, int, tuple[str, ...]]]:
    by_seat: dict[str, list[tuple[int, int, str]]] = {}
    for turn, recorded, fact in _with_turns(game):
        for seat in fact.to:
            if game.state.seats[seat].held:
                by_seat.setdefault(seat, []).append((recorded.at_ms, turn, fact.msel or ""))
    found = set()
    for seat, sent in by_seat.items():
        group: list[tuple[int, int, str]] = []
        for one in [*sorted(sent), (1 << 60, 0, "")]:
            if group and one[0] - group[-1][0] > COLLIDE_MS:
                if len(group) > 1:
                    found.add((seat, group[0][1], tuple(sorted(name for _, _, name in group))))
                group = []
            group.append(one)
    return found


def _with_turns(game: Played) -> Iterable[tuple[int, Recorded, InjectSent]]:
    """Yield every entry that went out, with the turn it belongs to: one sent as a turn opens is that turn's."""
    turns = [(one.at_ms, one.payload.turn) for one in game.log if isinstance(one.payload, PhaseEntered)]
    for recorded, fact in _sent(game):
        turn = next((turn for at, turn in reversed(turns) if at <= recorded.at_ms), game.state.first_turn)
        yield turn, recorded, fact


# --- time -----------------------------------------------------------------------------------------
def _length(game: Played) -> int:
    begins = [one.at_ms for one in game.log if isinstance(one.payload, PhaseEntered)]
    return _end(game) - begins[0] if begins else 0


def _end(game: Played) -> int:
    return next((one.at_ms for one in reversed(game.log) if isinstance(one.payload, GameEnded)), game.log[-1].at_ms)


def _where(game: Played, at_ms: int) -> tuple[int, str]:
    entered = (one for one in reversed(game.log) if isinstance(one.payload, PhaseEntered) and one.at_ms <= at_ms)
    found = next(entered, None)
    if found is None or not isinstance(found.payload, PhaseEntered):
        return game.state.first_turn, game.state.phases[0].id
    return found.payload.turn, found.payload.phase


def _gaps(game: Played, moments: Iterable[int]) -> list[tuple[int, int]]:
    """Return (length, begin) of every stretch between moments, from the first phase to the end, longest first."""
    first = next((one.at_ms for one in game.log if isinstance(one.payload, PhaseEntered)), 0)
    marks = sorted({first, *(at for at in moments if at > first), _end(game)})
    return sorted(((b - a, a) for a, b in pairwise(marks)), key=lambda gap: (-gap[0], gap[1]))


def _seat(games: Sequence[Played], seat: str) -> SeatRun:
    """Return how a seat fared in the game that was hardest on it."""
    fullest = max((_fullest(game, seat) for game in games), default=(0, 0))
    gaps = [(gap[0][0], game, gap[0][1]) for game in games if (gap := _gaps(game, game.reached[seat]))]
    ms, game, at = max(gaps, key=lambda one: one[0])
    return SeatRun(
        seat=seat, label=games[0].state.seats[seat].label,
        read=round(fmean(len(game.reached[seat]) for game in games), 1), most=fullest[0], most_turn=fullest[1],
        dead=Span(*_where(game, at), ms),
    )  # fmt: skip


def _fullest(game: Played, seat: str) -> tuple[int, int]:
    """Return how much reached a seat in its fullest window, and in which turn that was."""
    moments = sorted(game.reached[seat])
    best, left = (0, game.state.first_turn), 0
    for right, at in enumerate(moments):
        while at - moments[left] > WINDOW_MS:
            left += 1
        if right - left + 1 > best[0]:
            best = (right - left + 1, _where(game, at)[0])
    return best


def _silences(games: Sequence[Played]) -> tuple[Span, ...]:
    """Return the longest stretches of one game in which nothing of the list went out: of the quietest game."""
    quietest: tuple[Span, ...] = ()
    for game in games:
        gaps = _gaps(game, [recorded.at_ms for recorded, _ in _sent(game)])
        spans = tuple(Span(*_where(game, at), ms) for ms, at in gaps[:TOLD])
        if not quietest or spans[0].ms > quietest[0].ms:
            quietest = spans
    return quietest


def _phases(games: Sequence[Played]) -> tuple[PhaseRun, ...]:
    lengths: dict[str, list[int]] = {}
    for game in games:
        entered = [(one.at_ms, one.payload.phase) for one in game.log if isinstance(one.payload, PhaseEntered)]
        for (at, phase), (then, _) in pairwise([*entered, (_end(game), "")]):
            lengths.setdefault(phase, []).append(then - at)
    return tuple(
        PhaseRun(p.id, p.label, p.length_ms, round(fmean(taken)), min(taken), max(taken))
        for p in games[0].state.phases
        if (taken := lengths.get(p.id))
    )


# --- in words -------------------------------------------------------------------------------------
def _findings(
    games: Sequence[Played], scenario: Scenario, entries: Sequence[EntryRun], collisions: Sequence[Collision],
    seats: Sequence[SeatRun], silences: Sequence[Span],
) -> Iterable[str]:  # fmt: skip
    state = games[0].state
    for entry in entries:
        words = words_of(scenario, state.msel[entry.msel])
        if not _held_seats(state, scenario, words.to):
            yield f"{entry.number} “{entry.title}” goes to seats nobody plays."
    for why, numbers in _never(entries).items():
        yield f"Never sent, {why}: {', '.join(numbers)}."
    for (turn, names), (seats_hit, times) in _by_entries(collisions).items():
        often = "" if len(games) == 1 else f" in {times} of {len(games)} games"
        labels = ", ".join(state.seats[seat].label for seat in seats_hit)
        yield f"{len(names)} entries within a minute in turn {turn}{often} ({', '.join(names)}): {labels}."
    for seat in seats:
        if state.seats[seat.seat].held and seat.most > WINDOW_MOST:
            yield f"{seat.label} gets {seat.most} things to read within ten minutes of turn {seat.most_turn}."
    for seat in seats:
        if state.seats[seat.seat].held and seat.dead.ms > DEAD_MS:
            yield f"{seat.label} hears nothing new for {_minutes(seat.dead.ms)} from turn {seat.dead.turn} on."
    for span in silences:
        if span.ms > DEAD_MS:
            yield f"Nothing of the list goes out for {_minutes(span.ms)} from turn {span.turn} on."


def _never(entries: Iterable[EntryRun]) -> dict[str, list[str]]:
    """Return the entries that never went out by the reason; for empty seats is told by itself."""
    found: dict[str, list[str]] = {}
    for entry in entries:
        if not entry.sent and entry.why != NOBODY:
            found.setdefault(entry.why, []).append(entry.number)
    return found


def _by_entries(collisions: Iterable[Collision]) -> dict[tuple[int, tuple[str, ...]], tuple[list[str], int]]:
    """Return the seats each group of entries meets in one turn, and in how many games at most."""
    found: dict[tuple[int, tuple[str, ...]], tuple[list[str], int]] = {}
    for one in collisions:
        seats, games = found.get((one.turn, one.entries), ([], 0))
        found[one.turn, one.entries] = ([*seats, one.seat], max(games, one.games))
    return found


def _minutes(ms: int) -> str:
    return f"{ms / 60_000:.0f} minutes"
