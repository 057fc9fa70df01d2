"""What this seat saw done and said: moves, directives, messages, injects, and its timeline of all of them."""

import msgspec

from wargame.aar.chronicle import Json
from wargame.aar.seen.sight import Sight
from wargame.aar.truth import play
from wargame.aar.truth.frame import SEVERITIES
from wargame.game import entities as e
from wargame.store.disclosures import GONE


def moves(mine: Sight) -> list[Json]:
    """Return the seat's own moves with their reasons, and those of others as far as it was told."""
    own = dict(mine.shown.all(e.OrderSeen, "order"))
    found = []
    for key, outcome in mine.shown.all(e.OutcomeSeen, "outcome"):
        for order in (*outcome.own_orders, *outcome.seen_orders):
            sheet = own.get(order.order)
            move = mine.case.move.get(order.move)
            found.append(
                {
                    "order": order.order, "turn": outcome.turn, "seat": order.seat, "move": order.move,
                    "code": "" if move is None else move.code, "label": order.label,
                    "params": {} if sheet is None else sheet.params, "public": True if sheet is None else sheet.public,
                    "status": order.status, "fidelity": None, "rationale": "" if sheet is None else sheet.rationale,
                    "expects": "" if sheet is None else sheet.expects,
                    "severity": SEVERITIES.get(move.severity if move else "sq", "neutral"), "text": order.text,
                    "rules": list(order.rules), "ruled": order.ruled, "at_ms": mine.shown.first_ms("outcome", key),
                    "refs": sorted([*mine.shown.refs("order", order.order), *mine.shown.refs("outcome", key)]),
                }
            )  # fmt: skip
    found += [_free(mine, key, card) for key, card in mine.shown.all(e.CardSeen, "card") if card.about == "free"]
    return list({move["order"]: move for move in found}.values())


_AS_ORDER = {"succeeded": "done", "partial": "partial", "failed": "blocked"}


def _free(mine: Sight, key: str, card: e.CardSeen) -> Json:
    """Return a free move as this seat saw it tried, in the shape of a move."""
    return {
        "order": card.name, "turn": card.turn, "seat": card.seat, "move": "", "code": "", "label": card.label,
        "params": {}, "public": True, "status": _AS_ORDER.get(card.status, card.status), "fidelity": None,
        "rationale": "", "expects": "", "severity": "neutral", "text": card.text,
        "rules": [rule.id for rule in card.rules], "ruled": card.ruled, "at_ms": mine.shown.first_ms("card", key),
        "refs": mine.shown.refs("card", key),
    }  # fmt: skip


def directives(mine: Sight) -> list[Json]:
    """Return what became of orders one seat gives and another carries out, as far as this seat was ever told."""
    return [
        {
            "directive": key, "turn": d.turn, "seat": d.seat, "executor": d.executor, "move": d.move, "label": d.label,
            "status": d.status, "share": d.fidelity_word, "delay": d.late, "told": d.told,
            "learned_turn": d.learned_turn, "how": d.how, "slowed_by": list(d.slowed_by),
            "refs": mine.shown.told_by("directive", key),
        }
        for key, d in mine.shown.all(e.DirectiveSeen, "directive")
    ]  # fmt: skip


def messages(mine: Sight) -> list[Json]:
    """Return what was said where this seat heard it, rooms and letters, in order."""
    shown = mine.shown
    titles = {key: room.title for key, room in shown.all(e.RoomSeen, "room")}
    rooms = [
        {
            "id": key, "room": said.room, "room_title": titles.get(said.room, ""), "seat": said.seat,
            "display": said.display, "audience": [s for s in said.audience if s != said.seat], "at_ms": said.at_ms,
            "turn": said.turn, "text": said.text, "refs": shown.refs("message", key),
        }
        for key, said in shown.all(e.MessageSeen, "message")
    ]  # fmt: skip
    channels = {key: channel.label for key, channel in shown.all(e.ChannelSeen, "channel")}
    letters = [
        {
            "id": key, "room": f"letter:{sent.channel}", "room_title": channels.get(sent.channel, "Broadcast"),
            "seat": sent.seat, "display": sent.display, "audience": [sent.to], "at_ms": sent.at_ms, "turn": sent.turn,
            "text": sent.text, "refs": shown.refs("letter", key),
        }
        for key, sent in shown.all(e.LetterSeen, "letter")
    ]  # fmt: skip
    return sorted([*rooms, *letters], key=lambda one: int(one["at_ms"]))


def rewinds(mine: Sight) -> list[Json]:
    """Return when Control took the game back, as this seat was told each time."""
    told = [row for row in mine.shown.rows if row.kind == "rewound" and row.value != GONE]
    found = [(row.n, msgspec.json.decode(row.value, type=e.RewoundSeen)) for row in told]
    return [{"at_ms": one.at_ms, "turn": one.turn, "reason": one.reason, "refs": [n]} for n, one in found]


def dyads(mine: Sight) -> list[Json]:
    """Return how often each pair of seats was in one conversation that this seat heard."""
    return play.dyads(messages(mine))


def injects(mine: Sight) -> list[Json]:
    """Return what Control and the calendar sent this seat, as it read it, and when it opened it."""
    shown = mine.shown
    opened: dict[str, list[Json]] = {}
    for key, fact in shown.all(e.OpenedSeen, "opened"):
        if fact.kind == "inject":
            opened.setdefault(fact.key, []).append(
                {"seat": fact.seat, "at_ms": fact.at_ms, "refs": shown.refs("opened", key)}
            )
    return [
        {
            "id": key, "turn": inject.turn, "at_ms": inject.at_ms, "source": inject.source, "to": list(inject.to),
            "title": inject.title, "text": inject.text, "precedence": inject.precedence, "opened": opened.get(key, []),
            "refs": shown.refs("inject", key),
        }
        for key, inject in shown.all(e.InjectSeen, "inject")
    ]  # fmt: skip


def timeline(mine: Sight) -> list[Json]:
    """Return moves, injects and texts the seat knew of; `seq` is the number of the row that told the seat."""
    marks = [*_moves_made(mine), *_injects_sent(mine), *_versions_tabled(mine)]
    for mark in marks:
        mark["seq"] = mark["refs"][-1]
    marks.sort(key=lambda mark: (mark["seq"], mark["kind"], str(mark["ref"])))
    counts: dict[int, int] = {}
    for mark in marks:
        counts[mark["turn"]] = counts.get(mark["turn"], 0) + 1
    place: dict[int, int] = {}
    for mark in marks:
        place[mark["turn"]] = place.get(mark["turn"], 0) + 1
        mark["frac"] = round((place[mark["turn"]] - 0.5) / counts[mark["turn"]], 4)
    return marks


def _moves_made(mine: Sight) -> list[Json]:
    return [
        {
            "at_ms": m["at_ms"], "turn": m["turn"], "lane": mine.lane_of.get(m["seat"], "CTL"), "seat": m["seat"],
            "kind": "move", "severity": m["severity"], "label": m["label"], "text": m["text"], "ref": m["order"],
            "refs": m["refs"],
        }
        for m in moves(mine)
        if m["status"] not in ("blocked", "cancelled")
    ]  # fmt: skip


def _injects_sent(mine: Sight) -> list[Json]:
    return [
        {
            "at_ms": inject.at_ms, "turn": inject.turn, "lane": "CTL", "seat": None, "kind": "inject",
            "severity": "neutral", "label": inject.title, "text": inject.text, "ref": key,
            "refs": mine.shown.refs("inject", key),
        }
        for key, inject in mine.shown.all(e.InjectSeen, "inject")
    ]  # fmt: skip


def _versions_tabled(mine: Sight) -> list[Json]:
    return [
        {
            "at_ms": v.at_ms, "turn": v.turn, "lane": mine.lane_of.get(v.author, "CTL"), "seat": v.author,
            "kind": "text", "severity": "eases", "label": f"Version {v.version}", "text": v.note, "ref": v.offer,
            "refs": mine.shown.refs("offer_version", key),
        }
        for key, v in mine.shown.all(e.OfferVersionSeen, "offer_version")
        if v.version > 0
    ]  # fmt: skip
