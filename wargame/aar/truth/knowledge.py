"""Who knew what when: each piece of information with who had it and who opened it, and what was decided without it.

To have something is to have been given it; to know it is to have opened it, where opening is recorded (injects,
letters, papers). A decision is what people in a seat ordered in a turn, as it stood when their sheet was sealed or
locked, or that they signed a text; a bot opens nothing, and its decisions are left out. It was taken without something
if, at that moment, the seat had it unopened, had messages unread, or another seat of its own side had it and had not
passed it on, or read a variable better that the orders then moved. Only what came in the same turn or the one before
counts: older things are history, not news. It says what was not known, never that knowing it would have changed
anything.
"""

from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from wargame.aar.chronicle import Chronicle, Json
from wargame.aar.refs import merged, of_order, opened
from wargame.aar.truth.acts import Mark, marks
from wargame.aar.truth.intelligence import intelligence
from wargame.aar.truth.responses import openings
from wargame.aar.words import move_name
from wargame.game import events as ev
from wargame.game.events import Recorded

METHOD: Json = {
    "known": "Given is not known: injects, letters and papers are known once opened; briefings and what was overheard "
    "at once.",
    "without": "News of the same turn or the one before that the seat had unopened or unread when it decided, that "
    "another seat of its side had and had not passed on, or a variable its orders moved that another of its side read "
    "better. It does not say that knowing it would have changed anything.",
}
"""How the lists are made, for the page and the documents."""
WINDOW = 1
"""Turns back that news counts as such."""
SHOWN = 12
"""Unread messages a decision names at most; the count is of all."""
SHARPNESS = {"": 0, "band": 1, "estimate": 2, "exact": 3}


class Had(Struct):
    """That a seat was given something: by which fact, and by which it was opened."""

    seat: str
    given: Recorded
    opened: Recorded | None = None


class Known(Struct):
    """A piece of information. `opens`: whether opening it is recorded; else having it is knowing it."""

    kind: str
    key: str
    label: str
    source: str
    at: Recorded
    had: dict[str, Had]
    opens: bool = False
    variants: frozenset[str] = frozenset()
    """Seats that read other words than the rest."""


def knowledge(log: Chronicle) -> Json:
    """Return {items, intelligence, decisions, seats}: information with its holders, and decisions taken without it.

    An item's holder: seat, turn and at_ms it was given, opened_turn and opened_ms (None: never), `variant`: it read
    other words than the rest. A decision is of `orders` or a `signature`. A gap's `why`:
    `unopened`, `unread`, `not_shared` (`holders` of the own side had it), `weaker_estimate` (`holders` read better).
    """
    items = sorted(known(log), key=lambda one: one.at.seq)
    return {
        "intelligence": intelligence(log), "items": [_item(log, one) for one in items],
        "decisions": list(_decisions(log, items)),
        "seats": [_by_turn(log, seat.id, items) for seat in log.case.seats], "refs": [log.events[0].seq],
    }  # fmt: skip


def known(log: Chronicle) -> Iterator[Known]:
    """Yield every inject, letter, paper, briefing, overheard message and change of a fact of the case."""
    there = openings(log)
    yield from _injects(log, there)
    yield from _letters(log, there)
    yield from _papers(log, there)
    yield from _facts(log)
    for recorded, fact in log.of(ev.EstimateBriefed):
        variable = log.case.variable.get(fact.reading.variable)
        label = fact.reading.variable if variable is None else variable.label
        key = f"{fact.reading.variable}@{fact.turn}:{fact.seat}"
        yield Known("briefing", key, label, fact.seat, recorded, {seat: Had(seat, recorded) for seat in fact.to})
    for recorded, fact in log.of(ev.MessageIntercepted):
        one = {fact.by: Had(fact.by, recorded)}
        yield Known("intercept", fact.intercept, fact.text[:80], fact.seat, recorded, one)


Openings = Mapping[tuple[str, str, str], Recorded]


def _given(kind: str, key: str, seats: Iterable[str], recorded: Recorded, there: Openings) -> dict[str, Had]:
    return {seat: Had(seat, recorded, there.get((kind, key, seat))) for seat in seats}


def _injects(log: Chronicle, there: Openings) -> Iterator[Known]:
    undone = {fact.inject for _, fact in log.of(ev.InjectUndone)}
    for recorded, fact in log.of(ev.InjectSent):
        if fact.inject not in undone:
            had = _given("inject", fact.inject, fact.to, recorded, there)
            variants = frozenset(fact.variants)
            yield Known("inject", fact.inject, fact.title, fact.source, recorded, had, opens=True, variants=variants)


def _letters(log: Chronicle, there: Openings) -> Iterator[Known]:
    sent = {fact.letter: fact for _, fact in log.of(ev.LetterSent)}
    labels = {channel.id: channel.label for channel in log.case.channels}
    for recorded, arrived in log.of(ev.LetterArrived):
        letter = sent.get(arrived.letter)
        if letter is not None:
            had = _given("letter", letter.letter, (letter.to,), recorded, there)
            label = labels.get(letter.channel, letter.channel)
            yield Known("letter", letter.letter, label, letter.seat, recorded, had, opens=True)


def _papers(log: Chronicle, there: Openings) -> Iterator[Known]:
    drafts = {fact.paper: fact for _, fact in log.of(ev.PaperDrafted)}
    to = {key: fact.to for key, fact in drafts.items()} | {fact.paper: fact.to for _, fact in log.of(ev.PaperEdited)}
    for recorded, fact in log.of(ev.PaperReleased):
        draft = drafts.get(fact.paper)
        if draft is not None and not fact.public:
            had = _given("paper", fact.paper, to[fact.paper], recorded, there)
            yield Known("paper", fact.paper, fact.ref, draft.seat, recorded, had, opens=True)


def _facts(log: Chronicle) -> Iterator[Known]:
    """Yield each change of a fact of the case that not everybody may know of, with the settlement that made it so."""
    for turn in log.turns:
        release = log.settled_by.get(turn.number)
        if turn.after is None or release is None:
            continue
        before, after = set(turn.before.get("flags", ())), set(turn.after.get("flags", ()))
        for flag in sorted(before ^ after):
            fact = log.case.fact.get(flag)
            if fact is not None and "all" not in fact.see:
                text = fact.label if flag in after else fact.absent
                had = {seat: Had(seat, release) for seat in fact.see if seat in log.case.seat}
                yield Known("fact", f"{flag}@{turn.number}", text, "", release, had)


# --- the items --------------------------------------------------------------------------------
def _item(log: Chronicle, one: Known) -> Json:
    return {
        "kind": one.kind, "key": one.key, "label": one.label, "source": one.source, "turn": log.turn_of[one.at.seq],
        "at_ms": one.at.at_ms, "opens": one.opens, "refs": [one.at.seq],
        "seats": [
            {
                "seat": had.seat, "turn": log.turn_of[had.given.seq], "at_ms": had.given.at_ms,
                "opened_turn": None if had.opened is None else log.turn_of[had.opened.seq],
                "opened_ms": None if had.opened is None else had.opened.at_ms, "variant": had.seat in one.variants,
                "refs": merged([had.given.seq], () if had.opened is None else [had.opened.seq]),
            }
            for had in one.had.values()
        ],
    }  # fmt: skip


def _by_turn(log: Chronicle, seat: str, items: list[Known]) -> Json:
    """Return how many things a seat was given in each turn, and how many of them it ever opened, and in that turn."""
    rows: dict[int, Json] = {
        turn.number: {"turn": turn.number, "given": 0, "to_open": 0, "opened": 0, "at_once": 0, "refs": []}
        for turn in log.turns
    }
    for one in items:
        had = one.had.get(seat)
        row = None if had is None else rows.get(log.turn_of[had.given.seq])
        if had is None or row is None:
            continue
        row["given"] += 1
        row["to_open"] += one.opens
        row["opened"] += had.opened is not None
        row["at_once"] += had.opened is not None and log.turn_of[had.opened.seq] == row["turn"]
        row["refs"] = merged(row["refs"], [had.given.seq])
    for row in rows.values():
        row["refs"] = row["refs"] or opened(log, row["turn"])
    return {"seat": seat, "turns": list(rows.values()), "refs": [log.events[0].seq]}


# --- decisions without it ---------------------------------------------------------------------
class _Decision(Struct):
    """Orders of a turn or a signature, and the moment it was final."""

    kind: str
    turn: int
    seat: str
    moment: Recorded
    label: str
    orders: list[str]


def _decisions(log: Chronicle, items: list[Known]) -> Iterator[Json]:
    """Yield each decision that was taken without something, in order of turn."""
    sides = {seat.id: seat.side for seat in log.case.seats}
    by_turn: dict[int, list[Known]] = {}
    for one in items:
        by_turn.setdefault(log.turn_of[one.at.seq], []).append(one)
    unread, sharper = _Unread(log), _Sharper(log)
    for taken in sorted([*_orders(log), *_signatures(log)], key=lambda one: (one.turn, one.moment.seq, one.seat)):
        news = [one for back in range(WINDOW, -1, -1) for one in by_turn.get(taken.turn - back, ())]
        seat, moment = taken.seat, taken.moment
        gaps = [
            *_unopened(seat, news, moment), *unread.of(seat, taken.turn, moment),
            *_not_shared(seat, sides, news, moment), *sharper.of(seat, taken.turn, taken.orders),
        ]  # fmt: skip
        if gaps:
            yield {
                "decision": taken.kind, "turn": taken.turn, "seat": seat, "at_ms": moment.at_ms, "label": taken.label,
                "orders": [{"order": order, "label": _label(log, order)} for order in taken.orders], "without": gaps,
                "refs": merged([moment.seq], *(of_order(log, order, taken.turn) for order in taken.orders)),
            }  # fmt: skip


def _orders(log: Chronicle) -> Iterator[_Decision]:
    """Yield what people ordered in each turn, as of their own seal, else of the lock."""
    locked = {fact.turn: recorded for recorded, fact in log.of(ev.OrdersLocked)}
    sealed = {(log.turn_of[recorded.seq], fact.seat): recorded for recorded, fact in log.of(ev.OrdersSubmitted)}
    for turn in log.turns:
        if turn.resolution is None or turn.number not in locked:
            continue
        found: dict[str, list[str]] = {}
        for order in turn.resolution.orders:
            given = None if order.carried else log.drafted_by.get(order.id)
            if given is not None and given[0].actor.kind == "person":
                found.setdefault(order.seat, []).append(order.id)
        for seat, mine in found.items():
            moment = sealed.get((turn.number, seat), locked[turn.number])
            yield _Decision("orders", turn.number, seat, moment, ", ".join(_label(log, order) for order in mine), mine)


def _signatures(log: Chronicle) -> Iterator[_Decision]:
    titles = {fact.offer: fact.title or fact.offer for _, fact in log.of(ev.OfferDrafted)}
    for recorded, fact in log.of(ev.OfferSigned):
        if recorded.actor.kind == "person":
            label = titles.get(fact.offer, fact.offer)
            yield _Decision("signature", log.turn_of[recorded.seq], fact.seat, recorded, label, [])


def _label(log: Chronicle, order: str) -> str:
    return move_name(log, log.drafted_by[order][1].move)


def _gap(why: str, kind: str, key: str, label: str, holders: list[str], refs: list[int]) -> Json:
    return {"why": why, "kind": kind, "key": key, "label": label, "holders": holders, "refs": refs}


def _unopened(seat: str, news: list[Known], moment: Recorded) -> Iterator[Json]:
    for one in news:
        had = one.had.get(seat)
        if not one.opens or had is None or had.given.seq >= moment.seq:
            continue
        if had.opened is None or had.opened.seq > moment.seq:
            refs = merged([had.given.seq], [] if had.opened is None else [had.opened.seq])
            yield _gap("unopened", one.kind, one.key, one.label, [], refs)


def _not_shared(seat: str, sides: Mapping[str, str], news: list[Known], moment: Recorded) -> Iterator[Json]:
    """Yield what others of the seat's side were given, or themselves sent out, and it was not."""
    for one in news:
        if seat in one.had or one.source == seat or one.at.seq >= moment.seq:
            continue
        holders = [
            other for other, had in one.had.items() if sides[other] == sides[seat] and had.given.seq < moment.seq
        ]  # fmt: skip
        if holders:
            refs = merged(*([one.had[other].given.seq] for other in holders))
            yield _gap("not_shared", one.kind, one.key, one.label, holders, refs)


class _Unread:
    """Messages of a turn a seat had not read when it decided, by its reading marks."""

    def __init__(self, log: Chronicle) -> None:
        self.rooms = log.rooms
        self.said: dict[int, list[tuple[Recorded, ev.MessagePosted]]] = {}
        for recorded, fact in log.of(ev.MessagePosted):
            self.said.setdefault(log.turn_of[recorded.seq], []).append((recorded, fact))
        self.marks: dict[str, list[Mark]] = {}
        for mark in marks(log):
            self.marks.setdefault(mark.seat, []).append(mark)

    def of(self, seat: str, turn: int, moment: Recorded) -> Iterator[Json]:
        """Yield one gap for all messages of the turn that were unread, if there were any."""
        upto: dict[str, int] = {}
        for mark in self.marks.get(seat, ()):
            if mark.seq < moment.seq:
                upto[mark.room] = max(mark.upto, upto.get(mark.room, 0))
        unread = [
            recorded.seq
            for recorded, said in self.said.get(turn, ())
            if recorded.seq < moment.seq and said.seat != seat and self._hears(seat, said)
            and said.number > upto.get(said.room, 0)
        ]  # fmt: skip
        if unread:
            label = f"{len(unread)} message{'s' if len(unread) > 1 else ''}"
            yield _gap("unread", "message", str(turn), label, [], unread[-SHOWN:])

    def _hears(self, seat: str, said: ev.MessagePosted) -> bool:
        room = self.rooms.get(said.room)
        return room is not None and room.kind != "press" and seat in room.seats


class _Sharper:
    """Variables a seat's orders moved that another of its side read better, and had not briefed it on."""

    def __init__(self, log: Chronicle) -> None:
        self.log = log
        self.read: dict[tuple[int, str], dict[str, int]] = {}
        self.made: dict[int, int] = {}
        for recorded, fact in log.of(ev.EstimatesMade):
            self.made[fact.turn] = recorded.seq
            for seat, readings in fact.readings.items():
                self.read[fact.turn, seat] = {one.variable: SHARPNESS.get(one.mode, 0) for one in readings}
        for _, fact in log.of(ev.EstimateBriefed):
            for seat in fact.to:
                mine = self.read.setdefault((fact.turn, seat), {})
                mine[fact.reading.variable] = max(
                    mine.get(fact.reading.variable, 0), SHARPNESS.get(fact.reading.mode, 0)
                )  # fmt: skip
        self.moved: dict[str, set[str]] = {}
        for turn in log.turns:
            for row in () if turn.resolution is None else turn.resolution.ledger:
                if row.cause.kind == "order" and row.var in log.case.variable and row.applied:
                    self.moved.setdefault(row.cause.id, set()).add(str(row.var))
        self.peers = {
            seat.id: [other.id for other in log.case.seats if other.side == seat.side and other.id != seat.id]
            for seat in log.case.seats
        }

    def of(self, seat: str, turn: int, orders: list[str]) -> Iterator[Json]:
        """Yield a gap for each such variable."""
        mine = self.read.get((turn, seat), {})
        for name in sorted({name for order in orders for name in self.moved.get(order, ())}):
            own = mine.get(name, 0)
            better = [peer for peer in self.peers[seat] if self.read.get((turn, peer), {}).get(name, 0) > own]
            if better and own < SHARPNESS["exact"]:
                label = self.log.case.variable[name].label
                yield _gap("weaker_estimate", "estimate", f"{name}@{turn}", label, better, [self.made[turn]])
