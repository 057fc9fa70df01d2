"""From a seat's entities to the picture a policy acts on.

Owns the mapping from what the seat was shown to `BotView`. Everything in it comes from the seat's own view or
from the rule book of the case; nothing from the state of the game.
"""

from functools import lru_cache

from adjudication.agreed import IN_FORCE
from adjudication.policies.knowing import derived_from
from adjudication.policies.view import (
    BotView,
    ConsentAsked,
    Mandated,
    MoveOption,
    OfferOnTable,
    Owed,
    PaperToClear,
    PastOrder,
    Proposed,
    RequestAsked,
    RoomSeen,
)
from adjudication.scenario import Scenario
from adjudication.sight import middle_of
from wargame.bots.held import Held
from wargame.game import entities as e

REPLIES_A_TURN = 4


def picture(known: Held, case: Scenario) -> BotView | None:
    """Return what the seat sees, or None while there is nothing to play: no running game, or no such seat."""
    game = known.one(e.GameSeen, "game", "game")
    seat = case.seat.get(known.seat)
    if game is None or seat is None or game.status != "running" or game.turn < 1:
        return None
    phase = next((p for p in case.phases if p.id == game.phase), None)
    own = known.one(e.SeatSeen, "seat", seat.id)
    if phase is None or own is None:
        return None
    sheet = known.one(e.SheetSeen, "sheet", f"{seat.id}@{game.turn}")
    readings = _readings(known, game.turn, case)
    orders = (order for _, order in known.all(e.OrderSeen, "order") if order.seat == seat.id)
    current = [order for order in orders if order.turn == game.turn and order.status != "withdrawn"]
    working = [p.id for p in case.phases if p.orders]
    locked = sheet is None or sheet.locked
    return BotView(
        seat=seat.id, side=seat.side, turn=game.turn, turns=game.turns, phase=phase.id,
        orders_open=phase.orders and not locked, bargaining_open=phase.id in working[-1:],
        key=game.seed_hash, budget=0 if sheet is None else sheet.budget, used=0 if sheet is None else sheet.used,
        capital=None if sheet is None else sheet.capital, submitted=sheet is not None and sheet.submitted,
        ready=own.ready, readings=readings, before=_readings(known, game.turn - 1, case), priors=_priors(case),
        moves=_moves(known), sheet=tuple(o.move for o in current),
        past=_past(known, game.turn), banked=_banked(known), offers=_offers(known),
        rooms=_rooms(known, seat.id, game.turn), terms=case.negotiation,
        deals={k: a.form for k, a in known.all(e.AgreementSeen, "agreement") if a.status in IN_FORCE},
        flags={k: fact.up for k, fact in known.all(e.FactSeen, "fact")}, tags=_tags(case, game.turn),
        said=frozenset(m.text for _, m in known.all(e.MessageSeen, "message") if m.seat == seat.id),
        by_letter={
            seat_id: key for key, way in known.all(e.ChannelSeen, "channel") if way.only for seat_id in way.to
        },
        letters_out=sum(
            bool(one.offer) and one.seat == seat.id and one.state == "on_its_way"
            for _, one in known.all(e.LetterSeen, "letter")
        ),
        others_ready=frozenset(k for k, s in known.all(e.SeatSeen, "seat") if s.ready and k != seat.id),
        asked=_asked(known, seat.id, game.turn), to_clear=_to_clear(known, seat.id),
        requests=_requests(known, seat.id, seat.side), figures=_figures(known, game.turn),
        unbriefed=_unbriefed(known, game.turn), unopened=_unopened(known, seat.id),
        side_room=_side_room(known, seat.side), mandates=_mandates(known), owed=_owed(known),
    )  # fmt: skip


def _readings(known: Held, turn: int, case: Scenario) -> dict[str, float]:
    """Return point values of a turn: own readings, else what another seat briefed; and what follows from them."""
    briefed: dict[str, float] = {}
    own: dict[str, float] = {}
    for _, reading in known.all(e.ReadingSeen, "reading"):
        point = middle_of(case.variable[reading.variable], reading.band) if reading.band else reading.value
        if reading.turn == turn and point is not None:
            (briefed if reading.briefed_by else own)[reading.variable] = point
    read = briefed | own
    return read | derived_from(case, _priors(case) | read)


@lru_cache(maxsize=8)
def _priors_of(content_hash: str, pairs: tuple[tuple[str, float], ...]) -> dict[str, float]:
    return dict(pairs)


def _priors(case: Scenario) -> dict[str, float]:
    """Return the starting values the case publishes."""
    return _priors_of(case.content_hash, tuple((v.id, float(v.init)) for v in case.variables))


def _moves(known: Held) -> dict[str, MoveOption]:
    return {
        move.id: MoveOption(
            id=move.id, state=move.state, cost=move.cost, capital=move.capital, severity=move.severity,
            goldstein=move.goldstein, group=move.group,
            params={p.id: p.default for p in move.params if p.default is not None},
        )
        for _, move in known.all(e.MoveSeen, "move")
    }  # fmt: skip


def _tags(case: Scenario, turn: int) -> frozenset[str]:
    """Return the marks of a turn, if the case's clock has any."""
    here = case.clock_turn(turn)
    return frozenset() if here is None else frozenset(here.tags)


def _past(known: Held, turn: int) -> tuple[PastOrder, ...]:
    """Return earlier orders the seat knows of, from the outcomes it was shown."""
    past: dict[tuple[int, str, str], PastOrder] = {}
    for _, outcome in known.all(e.OutcomeSeen, "outcome"):
        for order in (*outcome.own_orders, *outcome.seen_orders):
            past[outcome.turn, order.seat, order.move] = PastOrder(
                turn=outcome.turn, seat=order.seat, move=order.move, status=order.status
            )
    return tuple(order for key, order in sorted(past.items()) if key[0] < turn)


def _banked(known: Held) -> dict[str, int]:
    issues = {key: issue.banked for key, issue in known.all(e.IssueSeen, "issue") if issue.banked is not None}
    sides = {key: one.banked for key, one in known.all(e.CatalogueSeen, "clause") if not one.issue and one.banked}
    return issues | sides


def _offers(known: Held) -> tuple[OfferOnTable, ...]:
    found = []
    versions: dict[str, list[Proposed]] = {}
    for _, one in known.all(e.OfferVersionSeen, "offer_version"):
        if one.version:
            versions.setdefault(one.offer, []).append(Proposed(one.version, one.author, dict(one.levels)))
    for key, offer in known.all(e.OfferSeen, "offer"):
        version = known.one(e.OfferVersionSeen, "offer_version", f"{key}@{offer.version}")
        if version is None:
            continue
        found.append(
            OfferOnTable(
                id=key, author=offer.author, proposer=version.author, status=offer.status, version=offer.version,
                levels=dict(version.levels), accepted=offer.accepted, signed=offer.signed, parties=offer.parties,
                venue=offer.venue, turn=offer.turn, details=dict(version.details), package=offer.package,
                initialled=offer.initialled, invited=offer.invited, out=offer.out, recess=offer.recess,
                before=tuple(sorted(versions.get(key, ()), key=lambda one: one.version)),
            )
        )  # fmt: skip
    return tuple(found)


def _mandates(known: Held) -> tuple[Mandated, ...]:
    return tuple(
        Mandated(principal=one.principal, seat=one.seat, offer=one.offer, may=one.may, levels=dict(one.levels))
        for _, one in known.all(e.MandateSeen, "mandate")
        if one.state == "given"
    )


def _owed(known: Held) -> tuple[Owed, ...]:
    """Return what somebody owes under texts in force, as the seat was told."""
    return tuple(
        Owed(
            id=key, agreement=one.agreement, clause=one.clause, obligor=one.obligor, from_level=one.from_level,
            detection=one.detection, after=one.after, state=one.state, asked=one.asked, choice=one.choice,
        )
        for key, one in known.all(e.ObligationSeen, "obligation")
        if one.state not in ("struck", "ended")
    )  # fmt: skip


def _rooms(known: Held, seat: str, turn: int) -> tuple[RoomSeen, ...]:
    """Return the rooms and, in each, the newest message that waits for an answer of this seat.

    Among bots one line a turn and room is enough; a person is answered up to a few times.
    """
    bots = {key for key, other in known.all(e.SeatSeen, "seat") if other.bot}
    newest: dict[str, e.MessageSeen] = {}
    spoken: dict[str, int] = {}
    for _, message in known.all(e.MessageSeen, "message"):
        if message.room not in newest or message.number > newest[message.room].number:
            newest[message.room] = message
        if message.seat == seat and message.turn == turn:
            spoken[message.room] = spoken.get(message.room, 0) + 1
    rooms = []
    for key, room in known.all(e.RoomSeen, "room"):
        last = newest.get(key)
        waiting = last is not None and last.seat != seat and last.turn == turn and room.may_post
        patience = 1 if last is not None and last.seat in bots else REPLIES_A_TURN
        due = last if waiting and spoken.get(key, 0) < patience else None
        rooms.append(
            RoomSeen(
                id=key, kind=room.kind, seats=room.seats, last=room.last,
                unanswered=0 if due is None else due.number, unanswered_from="" if due is None else due.seat,
            )
        )  # fmt: skip
    return tuple(rooms)


def _asked(known: Held, seat: str, turn: int) -> tuple[ConsentAsked, ...]:
    """Return the questions of this turn that wait for the seat's consent."""
    return tuple(
        ConsentAsked(id=one.id, seat=one.seat, move=one.move)
        for _, one in known.all(e.ConsentSeen, "consent")
        if one.to == seat and one.turn == turn and one.status == "open"
    )


def _to_clear(known: Held, seat: str) -> tuple[PaperToClear, ...]:
    """Return the papers the chain has brought to this seat."""
    return tuple(
        PaperToClear(id=key, version=paper.version)
        for key, paper in known.all(e.PaperSeen, "paper")
        if paper.status == "in_clearance" and any(one.seat == seat and one.state == "asked" for one in paper.steps)
    )


def _requests(known: Held, seat: str, side: str) -> tuple[RequestAsked, ...]:
    """Return what the seat was asked and has not answered."""
    mates = {key for key, other in known.all(e.SeatSeen, "seat") if other.side == side}
    return tuple(
        RequestAsked(id=key, kind=one.kind, text=one.text, own_side=one.seat in mates)
        for key, one in known.all(e.TaskingSeen, "tasking")
        if one.to == seat and one.state in ("open", "taken", "late")
    )


def _figures(known: Held, turn: int) -> dict[str, str]:
    """Return the seat's own readings of the turn in words."""
    labels = {key: variable.label for key, variable in known.all(e.VariableSeen, "variable")}
    found = {}
    for _, reading in known.all(e.ReadingSeen, "reading"):
        if reading.turn == turn and not reading.briefed_by and reading.variable in labels:
            label = labels[reading.variable]
            found[label] = f"{label}: {_words(reading)}."
    return found


def _words(reading: e.ReadingSeen) -> str:
    if reading.band:
        return reading.band
    if reading.low is not None and reading.high is not None:
        sure = f", {reading.confidence} confidence" if reading.confidence else ""
        return f"{reading.low:g} to {reading.high:g}{sure}"
    return "unknown" if reading.value is None else f"{reading.value:g}"


def _side_room(known: Held, side: str) -> str:
    """Return the room of the seat's own side, if it has one: a side of a single seat has none."""
    room = f"side:{side}"
    return room if known.one(e.RoomSeen, "room", room) is not None else ""


def _unbriefed(known: Held, turn: int) -> tuple[str, ...]:
    """Return the estimates of this turn the seat made itself and could brief, least sure last."""
    rank = {"high": 0, "moderate": 1, "low": 2, "": 3}
    own = [
        reading
        for _, reading in known.all(e.ReadingSeen, "reading")
        if reading.turn == turn and reading.mode == "estimate" and not reading.briefed_by
    ]
    own.sort(key=lambda reading: (rank[reading.confidence], reading.variable))
    return tuple(reading.variable for reading in own)


def _unopened(known: Held, seat: str) -> tuple[tuple[str, str], ...]:
    """Return what the seat was sent and has not opened: its brief, injects and outcomes."""
    opened = {(o.kind, o.key) for _, o in known.all(e.OpenedSeen, "opened") if o.seat == seat}
    sent = [("brief", key) for key, _ in known.all(e.BriefSeen, "brief") if key == seat]
    sent += [("inject", key) for key, _ in known.all(e.InjectSeen, "inject")]
    sent += [("letter", key) for key, one in known.all(e.LetterSeen, "letter") if one.to == seat]
    sent += [("paper", key) for key, one in known.all(e.PaperSeen, "paper") if one.status == "received"]
    sent += [("outcome", key) for key, _ in known.all(e.OutcomeSeen, "outcome")]
    return tuple(item for item in sent if item not in opened)
