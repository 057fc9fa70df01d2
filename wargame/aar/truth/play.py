"""What people did: moves with their reasons, messages by dyad, injects and when they were opened, rulings."""

from itertools import combinations

from adjudication.results import FreeResult
from wargame.aar.chronicle import Chronicle, Json, Turn
from wargame.aar.refs import merged, of_order, refs_in
from wargame.aar.truth.frame import SEVERITIES
from wargame.aar.words import move_name
from wargame.game import events as ev


def moves(log: Chronicle) -> list[Json]:
    """Return every locked order with why it was given and what became of it."""
    found = []
    for turn in log.turns:
        if turn.resolution is None:
            continue
        for order in turn.resolution.orders:
            given = log.drafted_by.get(order.id)
            move = log.case.move.get(order.move)
            found.append(
                {
                    "order": order.id, "turn": turn.number, "seat": order.seat, "move": order.move,
                    "code": "" if move is None else move.code, "label": move_name(log, order.move),
                    "params": order.params, "public": order.public, "status": order.status, "fidelity": order.fidelity,
                    "rationale": "" if given is None else given[1].rationale,
                    "expects": "" if given is None else given[1].expects,
                    "severity": SEVERITIES.get(move.severity if move else "sq", "neutral"),
                    "text": " ".join((*order.missing, order.reason)).strip(), "rules": list(order.rules),
                    "ruled": order.ruled, "at_ms": turn.end_ms if given is None else given[0].at_ms,
                    "refs": of_order(log, order.id, turn.number),
                }
            )  # fmt: skip
        found += [_free(log, turn, one) for one in turn.resolution.free]
    # An order held up in one turn and carried out in a later one is one move: the later word on it stands.
    return list({move["order"]: move for move in found}.values())


_AS_ORDER = {"succeeded": ("done", 1.0), "partial": ("partial", 0.5), "failed": ("blocked", 0.0)}


def _free(log: Chronicle, turn: Turn, one: FreeResult) -> Json:
    """Return a free move in the shape of a move; its reasons are those it was proposed with."""
    given = log.proposed_by.get(one.id)
    status, fidelity = _AS_ORDER[one.status]
    rule = next((log.case.rule[name] for name in reversed(one.rules) if name in log.case.rule), None)
    return {
        "order": one.id, "turn": turn.number, "seat": one.seat, "move": "", "code": "", "label": one.title,
        "params": {}, "public": one.public, "status": status, "fidelity": fidelity,
        "rationale": "" if given is None else given[1].action, "expects": "" if given is None else given[1].effect,
        "severity": SEVERITIES.get(one.severity, "neutral"), "text": "" if rule is None else rule.say,
        "rules": list(one.rules), "ruled": one.ruled, "at_ms": turn.end_ms if given is None else given[0].at_ms,
        "refs": of_order(log, one.id, turn.number),
    }  # fmt: skip


def messages(log: Chronicle) -> list[Json]:
    """Return all that was said, in order."""
    found = []
    for recorded, said in log.of(ev.MessagePosted):
        room = log.rooms.get(said.room)
        audience = [] if room is None else [seat for seat in room.seats if seat != said.seat]
        found.append(
            {
                "id": f"{said.room}:{said.number}", "room": said.room, "room_title": "" if room is None else room.title,
                "seat": said.seat, "display": said.display, "audience": audience, "at_ms": recorded.at_ms,
                "turn": log.turn_of[recorded.seq], "text": said.text, "refs": [recorded.seq],
            }
        )  # fmt: skip
    return sorted([*found, *_letters(log)], key=lambda one: one["at_ms"])


def _letters(log: Chronicle) -> list[Json]:
    """Return all letters as messages, each in the room of its channel, with the turn it arrived in (None: never)."""
    arrived = {fact.letter: recorded.seq for recorded, fact in log.of(ev.LetterArrived)}
    labels = {channel.id: channel.label for channel in log.case.channels}
    return [
        {
            "id": fact.letter, "room": f"letter:{fact.channel}", "room_title": labels.get(fact.channel, fact.channel),
            "seat": fact.seat, "display": fact.display, "audience": [fact.to], "at_ms": recorded.at_ms,
            "turn": log.turn_of[recorded.seq], "text": fact.text,
            "arrived": log.turn_of[arrived[fact.letter]] if fact.letter in arrived else None,
            "refs": merged([recorded.seq], [arrived[fact.letter]] if fact.letter in arrived else []),
        }
        for recorded, fact in log.of(ev.LetterSent)
    ]  # fmt: skip


NEWEST = 100
"""Most references of one pair of seats; they say thousands of things in a long game, and the newest are the way in."""


def dyads(said: list[Json]) -> list[Json]:
    """Return how often each pair of seats was in one conversation, by turn. Press statements are no conversation."""
    counts: dict[tuple[str, str], dict[str, int]] = {}
    found: dict[tuple[str, str], list[Json]] = {}
    for message in said:
        if message["room"] == "press":
            continue
        for other in message["audience"]:
            pair = (min(message["seat"], other), max(message["seat"], other))
            found.setdefault(pair, []).append(message)
            by_turn = counts.setdefault(pair, {})
            by_turn[str(message["turn"])] = by_turn.get(str(message["turn"]), 0) + 1
    return [
        {"a": a, "b": b, "count": sum(by_turn.values()), "by_turn": by_turn, "refs": refs_in(found[a, b][-NEWEST:])}
        for (a, b), by_turn in sorted(counts.items())
    ]


def silent_pairs(log: Chronicle, pairs: list[Json]) -> list[list[str]]:
    """Return the pairs of seats that never spoke with each other alone or in company."""
    spoke = {(pair["a"], pair["b"]) for pair in pairs}
    seats = sorted(seat.id for seat in log.case.seats)
    return [[a, b] for a, b in combinations(seats, 2) if (a, b) not in spoke]


def injects(log: Chronicle) -> list[Json]:
    """Return what Control and the calendar sent and did not take back, and when each seat opened it."""
    undone = {fact.inject for _, fact in log.of(ev.InjectUndone)}
    opened: dict[str, list[Json]] = {}
    for recorded, fact in log.of(ev.ItemOpened):
        if fact.kind == "inject":
            opened.setdefault(fact.key, []).append({"seat": fact.seat, "at_ms": recorded.at_ms, "refs": [recorded.seq]})
    return [
        {
            "id": fact.inject, "turn": log.turn_of[recorded.seq], "at_ms": recorded.at_ms, "source": fact.source,
            "to": list(fact.to), "title": fact.title, "text": fact.text, "precedence": fact.precedence,
            "opened": opened.get(fact.inject, []), "refs": [recorded.seq],
        }
        for recorded, fact in log.of(ev.InjectSent)
        if fact.inject not in undone
    ]  # fmt: skip


def rulings(log: Chronicle) -> list[Json]:
    """Return Control's rulings that stood, with the reason and what the engine had proposed."""
    dropped = {fact.ruling for _, fact in log.of(ev.RulingDropped)}
    proposed: dict[tuple[int, str], str] = {}
    proposal_of: dict[int, int] = {}
    for offered, proposal in log.of(ev.TurnProposed):
        proposal_of[proposal.turn] = offered.seq
        for order in proposal.resolution.orders:
            proposed[proposal.turn, order.id] = order.status
    ordered = {fact.order: fact.move for _, fact in log.of(ev.OrderDrafted)}
    found = []
    for recorded, fact in log.of(ev.RulingMade):
        if fact.ruling in dropped:
            continue
        variable = log.case.variable.get(fact.target)
        edit = fact.kind == "edit"
        found.append(
            {
                "id": fact.ruling, "turn": fact.turn, "kind": fact.kind, "target": fact.target,
                "target_label": variable.label if variable else move_name(log, ordered.get(fact.target, fact.target)),
                "value": f"{fact.delta:+g}" if edit else fact.outcome, "reason": fact.reason,
                "by": log.names.get(recorded.actor.person, "Control"), "at_ms": recorded.at_ms,
                "proposed": "" if edit else proposed.get((fact.turn, fact.target), ""),
                "refs": merged([recorded.seq], [proposal_of[fact.turn]] if fact.turn in proposal_of else []),
            }
        )  # fmt: skip
    return found
