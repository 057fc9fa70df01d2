"""The report as one seat may read it: made from that seat's own disclosures and from nothing else.

Owns the same sections as the whole truth, each filled with what the seat was shown, as it was shown. It must never
open the log of the game.
"""

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

import msgspec

from adjudication.scenario import Scenario
from wargame.aar.chronicle import Json
from wargame.aar.truth.deals import clauses
from wargame.aar.truth.frame import SEVERITIES
from wargame.aar.truth.measures import definition, labelled
from wargame.aar.truth.play import dyads
from wargame.game import entities as e
from wargame.store.disclosures import GONE
from wargame.store.feed import Row

E = TypeVar("E", bound=e.Entity)


class Shown:
    """Every disclosure of one view, in order, decoded by kind; what was taken away is not in it."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self.rows = list(rows)
        self._newest: dict[str, dict[str, e.Entity]] = {}
        self._first_ms: dict[tuple[str, str], int] = {}
        for row in self.rows:
            newest = self._newest.setdefault(row.kind, {})
            if row.value == GONE:
                newest.pop(row.key, None)
                self._first_ms.pop((row.kind, row.key), None)
                continue
            newest[row.key] = msgspec.json.decode(row.value, type=e.KINDS[row.kind])
            self._first_ms.setdefault((row.kind, row.key), row.at_ms)

    def all(self, shape: type[E], kind: str) -> list[tuple[str, E]]:
        """Return key and newest value of a kind, in the order in which the keys became known."""
        return [(key, value) for key, value in self._newest.get(kind, {}).items() if isinstance(value, shape)]

    def first_ms(self, kind: str, key: str) -> int:
        """Return when a key first became known."""
        return self._first_ms[kind, key]


def seen_report(case: Scenario, rows: Iterable[Row], *, seat: str, frame: Mapping[str, Any]) -> Json:
    """Return the report of one seat. `frame` holds what is public: game, turns, seats, lanes."""
    shown = Shown(rows)
    messages = _messages(shown)
    moves = _moves(case, shown)
    return {
        **frame, "schema": "report/1", "view": seat, "variables": _variables(case, shown, seat),
        "ledger": _ledger(shown), "moves": moves, "directives": _directives(shown),
        "timeline": _timeline(case, shown, moves, frame),
        "texts": _texts(case, shown), "messages": messages, "dyads": dyads(messages), "injects": _injects(shown),
        "agreements": _agreements(shown), "scores": _scores(case, shown), "risk": _risk(shown),
    }  # fmt: skip


def _variables(case: Scenario, shown: Shown, seat: str) -> list[Json]:
    readings: dict[str, list[Json]] = {}
    for _, reading in shown.all(e.ReadingSeen, "reading"):
        if not reading.briefed_by:
            readings.setdefault(reading.variable, []).append(
                {
                    "turn": reading.turn, "mode": reading.mode, "value": reading.value, "low": reading.low,
                    "high": reading.high, "confidence": reading.confidence,
                }
            )  # fmt: skip
    return [
        definition(case, v) | {"estimates": {seat: sorted(readings[v.id], key=lambda r: int(r["turn"]))}}
        for v in case.variables
        if v.id in readings
    ]


def _ledger(shown: Shown) -> list[Json]:
    found = []
    for _, outcome in shown.all(e.OutcomeSeen, "outcome"):
        for change in outcome.changes:
            if not change.exact or change.before is None or change.after is None:
                continue
            rows = [
                {
                    "seq": at, "rule": cause.rule, "label": cause.label, "amount": cause.amount, "say": cause.say,
                    "seat": None, "order": None, "cause": "rule",
                }
                for at, cause in enumerate(change.causes)
            ]  # fmt: skip
            found.append(
                {
                    "turn": outcome.turn, "variable": change.variable, "label": change.label, "unit": "",
                    "before": change.before, "after": change.after, "rows": rows,
                }
            )  # fmt: skip
    return found


def _moves(case: Scenario, shown: Shown) -> list[Json]:
    own = dict(shown.all(e.OrderSeen, "order"))
    found = []
    for key, outcome in shown.all(e.OutcomeSeen, "outcome"):
        for order in (*outcome.own_orders, *outcome.seen_orders):
            sheet = own.get(order.order)
            move = case.move.get(order.move)
            found.append(
                {
                    "order": order.order, "turn": outcome.turn, "seat": order.seat, "move": order.move,
                    "code": "" if move is None else move.code, "label": order.label,
                    "params": {} if sheet is None else sheet.params, "public": True if sheet is None else sheet.public,
                    "status": order.status, "fidelity": None, "rationale": "" if sheet is None else sheet.rationale,
                    "expects": "" if sheet is None else sheet.expects,
                    "severity": SEVERITIES.get(move.severity if move else "sq", "neutral"), "text": order.text,
                    "rules": list(order.rules), "ruled": order.ruled, "at_ms": shown.first_ms("outcome", key),
                }
            )  # fmt: skip
    found += [
        _free(card, shown.first_ms("card", key)) for key, card in shown.all(e.CardSeen, "card") if card.about == "free"
    ]
    return list({move["order"]: move for move in found}.values())


_AS_ORDER = {"succeeded": "done", "partial": "partial", "failed": "blocked"}


def _free(card: e.CardSeen, at_ms: int) -> Json:
    """Return a free move as this seat saw it tried, in the shape of a move."""
    return {
        "order": card.name, "turn": card.turn, "seat": card.seat, "move": "", "code": "", "label": card.label,
        "params": {}, "public": True, "status": _AS_ORDER.get(card.status, card.status), "fidelity": None,
        "rationale": "", "expects": "", "severity": "neutral", "text": card.text,
        "rules": [rule.id for rule in card.rules], "ruled": card.ruled, "at_ms": at_ms,
    }  # fmt: skip


def _directives(shown: Shown) -> list[Json]:
    """Return what became of orders one seat gives and another carries out, as far as this seat was ever told."""
    return [
        {
            "directive": key, "turn": d.turn, "seat": d.seat, "executor": d.executor, "move": d.move, "label": d.label,
            "status": d.status, "share": d.fidelity_word, "delay": d.late, "told": d.told,
            "learned_turn": d.learned_turn, "how": d.how, "slowed_by": list(d.slowed_by),
        }
        for key, d in shown.all(e.DirectiveSeen, "directive")
    ]  # fmt: skip


def _timeline(case: Scenario, shown: Shown, moves: list[Json], frame: Mapping[str, Any]) -> list[Json]:
    """Return moves, injects and texts the seat knew of; `seq` counts within this view."""
    lanes = {seat: lane["id"] for lane in frame["lanes"] for seat in lane["seats"]}
    marks = [
        {
            "at_ms": m["at_ms"], "turn": m["turn"], "lane": lanes.get(m["seat"], "CTL"), "seat": m["seat"],
            "kind": "move", "severity": m["severity"], "label": m["label"], "text": m["text"], "ref": m["order"],
        }
        for m in moves
        if m["status"] not in ("blocked", "cancelled")
    ]  # fmt: skip
    marks += [
        {
            "at_ms": inject.at_ms, "turn": inject.turn, "lane": "CTL", "seat": None, "kind": "inject",
            "severity": "neutral", "label": inject.title, "text": inject.text, "ref": key,
        }
        for key, inject in shown.all(e.InjectSeen, "inject")
    ]  # fmt: skip
    marks += [
        {
            "at_ms": v.at_ms, "turn": v.turn, "lane": lanes.get(v.author, "CTL"), "seat": v.author, "kind": "text",
            "severity": "eases", "label": f"Version {v.version}", "text": v.note, "ref": v.offer,
        }
        for _, v in shown.all(e.OfferVersionSeen, "offer_version")
        if v.version > 0
    ]  # fmt: skip
    marks.sort(key=lambda mark: (mark["at_ms"], mark["kind"], str(mark["ref"])))
    counts: dict[int, int] = {}
    for mark in marks:
        counts[mark["turn"]] = counts.get(mark["turn"], 0) + 1
    place: dict[int, int] = {}
    for seq, mark in enumerate(marks, start=1):
        place[mark["turn"]] = place.get(mark["turn"], 0) + 1
        mark |= {"seq": seq, "frac": round((place[mark["turn"]] - 0.5) / counts[mark["turn"]], 4)}
    return marks


def _texts(case: Scenario, shown: Shown) -> list[Json]:
    versions: dict[str, list[Json]] = {}
    for _, v in shown.all(e.OfferVersionSeen, "offer_version"):
        versions.setdefault(v.offer, []).append(
            {
                "version": v.version, "author": v.author, "at_ms": v.at_ms, "turn": v.turn, "note": v.note,
                "clauses": clauses(case.negotiation, v.levels),
            }
        )  # fmt: skip
    return [
        {
            "offer": key, "title": offer.title, "parties": list(offer.parties), "status": offer.status,
            "turn": offer.turn, "versions": sorted(versions.get(key, []), key=lambda v: int(v["version"])),
            "accepted": list(offer.accepted), "signed": list(offer.signed), "venue": offer.venue,
        }
        for key, offer in shown.all(e.OfferSeen, "offer")
    ]  # fmt: skip


def _messages(shown: Shown) -> list[Json]:
    titles = {key: room.title for key, room in shown.all(e.RoomSeen, "room")}
    rooms = [
        {
            "id": key, "room": said.room, "room_title": titles.get(said.room, ""), "seat": said.seat,
            "display": said.display, "audience": [s for s in said.audience if s != said.seat], "at_ms": said.at_ms,
            "turn": said.turn, "text": said.text,
        }
        for key, said in shown.all(e.MessageSeen, "message")
    ]  # fmt: skip
    channels = {key: channel.label for key, channel in shown.all(e.ChannelSeen, "channel")}
    letters = [
        {
            "id": key, "room": f"letter:{sent.channel}", "room_title": channels.get(sent.channel, "Broadcast"),
            "seat": sent.seat, "display": sent.display, "audience": [sent.to], "at_ms": sent.at_ms, "turn": sent.turn,
            "text": sent.text,
        }
        for key, sent in shown.all(e.LetterSeen, "letter")
    ]  # fmt: skip
    return sorted([*rooms, *letters], key=lambda one: int(one["at_ms"]))


def _injects(shown: Shown) -> list[Json]:
    opened: dict[str, list[Json]] = {}
    for _, fact in shown.all(e.OpenedSeen, "opened"):
        if fact.kind == "inject":
            opened.setdefault(fact.key, []).append({"seat": fact.seat, "at_ms": fact.at_ms})
    return [
        {
            "id": key, "turn": inject.turn, "at_ms": inject.at_ms, "source": inject.source, "to": list(inject.to),
            "title": inject.title, "text": inject.text, "precedence": inject.precedence, "opened": opened.get(key, []),
        }
        for key, inject in shown.all(e.InjectSeen, "inject")
    ]  # fmt: skip


def _agreements(shown: Shown) -> list[Json]:
    return [
        {
            "id": key, "title": a.title, "parties": list(a.parties), "venue": a.venue, "form": a.form, "turn": a.turn,
            "status": a.status, "ended_turn": a.ended_turn,
            "clauses": [
                {"issue": c.issue, "label": c.label, "level": c.level, "from_level": c.from_level} for c in a.clauses
            ],
        }
        for key, a in shown.all(e.AgreementSeen, "agreement")
    ]  # fmt: skip


def _scores(case: Scenario, shown: Shown) -> list[Json]:
    return [
        {"seat": s.seat, "turn": s.turn, "goals": labelled(case, s.seat, s.goals)}
        for _, s in shown.all(e.IndexSeen, "score")
    ]


def _risk(shown: Shown) -> list[Json]:
    return [
        {"turn": r.turn, "clash_word": r.clash_word, "war_word": r.war_word} for _, r in shown.all(e.RiskSeen, "risk")
    ]
