"""Texts and agreements, and the bargaining map of each turn: offers against the frontier and the zone."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from negotiation.analysis import Analysis, analyse
from negotiation.package import increments, row
from negotiation.points import judge, menu
from negotiation.ratification import win_sets
from negotiation.terms import Negotiation
from negotiation.trust import NEVER, needed_trust
from wargame.aar.chronicle import Chronicle, Json, Turn, banked_of, values_of
from wargame.game import events as ev

SAMPLE = 600
FRONTIER_POINTS = 160
DECIMALS = 5


def texts(log: Chronicle) -> list[Json]:
    """Return every text with all its versions, who accepted and signed, and how it ended."""
    found: dict[str, Json] = {}
    for recorded, fact in ((r, r.payload) for r in log.events):
        turn = log.turn_of[recorded.seq]
        match fact:
            case ev.OfferDrafted():
                held = found.setdefault(fact.offer, _empty(fact))
                held["_draft"] = (fact.levels, fact.note)
                held |= {"title": fact.title or held["title"], "parties": list(fact.parties), "turn": turn}
            case ev.OfferTabled():
                held = found[fact.offer]
                levels, note = held["_draft"]
                held["versions"].append(_version(log, 1, held["author"], recorded.at_ms, turn, levels, note))
                held |= {"status": "tabled", "accepted": [held["author"]], "turn": turn}
            case ev.OfferCountered():
                held = found[fact.offer]
                number = len(held["versions"]) + 1
                held["versions"].append(_version(log, number, fact.seat, recorded.at_ms, turn, fact.levels, fact.note))
                held |= {"status": "tabled", "accepted": [fact.seat], "signed": [], "turn": turn}
            case ev.OfferAccepted():
                held = found[fact.offer]
                held["accepted"] = [*held["accepted"], fact.seat]
                if set(held["parties"]) <= set(held["accepted"]):
                    held["status"] = "agreed"
            case ev.OfferSigned():
                held = found[fact.offer]
                held |= {"signed": [*held["signed"], fact.seat], "venue": fact.venue}
            case ev.OfferUnsigned():
                found[fact.offer] |= {"signed": [], "venue": ""}
            case ev.OfferEnded():
                found[fact.offer] |= {"status": fact.how, "turn": turn, "ended_by": fact.by, "reason": fact.reason}
    return [{k: v for k, v in text.items() if k != "_draft"} for text in found.values()]


def _empty(fact: ev.OfferDrafted) -> Json:
    return {
        "offer": fact.offer, "title": fact.title, "author": fact.author, "parties": [], "status": "draft", "turn": 0,
        "versions": [], "accepted": [], "signed": [], "venue": "", "ended_by": "", "reason": "",
    }  # fmt: skip


def _version(
    log: Chronicle, number: int, author: str, at_ms: int, turn: int, levels: Mapping[str, int], note: str
) -> Json:
    return {
        "version": number, "author": author, "at_ms": at_ms, "turn": turn, "note": note,
        "levels": dict(levels), "clauses": clauses(log.case.negotiation, levels),
    }  # fmt: skip


def clauses(terms: Negotiation, levels: Mapping[str, int]) -> list[Json]:
    """Return a text's clauses in the order of the issues, in words."""
    return [
        {
            "issue": issue.id, "label": issue.label, "level": levels[issue.id],
            "level_label": issue.levels[levels[issue.id]].label, "text": issue.levels[levels[issue.id]].text,
        }
        for issue in terms.issues
        if issue.id in levels and levels[issue.id] < len(issue.levels)
    ]  # fmt: skip


def agreements(log: Chronicle) -> list[Json]:
    """Return the agreements as the engine last knew them."""
    played = [turn.resolution for turn in log.turns if turn.resolution is not None]
    labels = {issue.id: issue.label for issue in log.case.negotiation.issues}
    if not played:
        return []
    return [
        {
            "id": a.id, "title": a.title, "parties": list(a.parties), "venue": a.venue, "form": a.form, "turn": a.turn,
            "status": a.status, "ended_turn": a.ended_turn,
            "clauses": [
                {"issue": c.issue, "label": labels.get(c.issue, c.issue), "level": c.level, "from_level": c.from_level}
                for c in a.clauses
            ],
        }
        for a in played[-1].agreements
    ]  # fmt: skip


def bargaining_map(log: Chronicle, turn: Turn, known: list[Json]) -> Json:
    """Return one turn's map: feasible packages, frontier, fair and nearest points, and the offers of the turn."""
    terms = log.case.negotiation
    values, banked = values_of(log.case, turn.before), banked_of(turn.before)
    found = analyse(terms, values, banked)
    free = analyse(terms, values, banked, without=_blockers(terms))
    first, second = terms.parties
    return {
        "turn": turn.number, "label": turn.label,
        "x": {"seat": first.signatory, "label": f"{first.label}, over waiting"},
        "y": {"seat": second.signatory, "label": f"{second.label}, over waiting"},
        "total": found.space.size, "feasible": found.feasible, "zopa": found.zopa, "gap": round(found.gap, DECIMALS),
        "reservations": [round(r, DECIMALS) for r in found.reservations],
        "packages": _sample(found), "frontier": _frontier(found), "frontier_alt": _frontier(free),
        "alt_label": "If nobody could block",
        "fair": None if found.nash is None else _point(terms, found.nash.package, found.nash.surplus, banked),
        "nearest": _point(terms, found.nearest.package, found.nearest.surplus, banked),
        "trust": _trust(terms, found.nearest.package, values, banked),
        "menus": _menus(log, values, banked), "offers": _offers(log, turn, known, values, banked),
        "players": [
            {
                "id": w.id, "label": w.label, "veto": w.veto, "share": round(w.share, 4),
                "shrinkage": round(w.shrinkage, 4),
            }
            for w in win_sets(terms, values, banked)
        ],
    }  # fmt: skip


def _blockers(terms: Negotiation) -> frozenset[str]:
    return frozenset(gate.id for gate in terms.gates) | frozenset(player.id for player in terms.players)


def _sample(found: Analysis) -> list[list[float]]:
    """Return evenly spaced feasible packages: enough to see the shape of the set."""
    members = np.flatnonzero(found.allowed)
    step = max(1, -(-len(members) // SAMPLE))
    return [[round(float(found.first[i]), DECIMALS), round(float(found.second[i]), DECIMALS)] for i in members[::step]]


def _frontier(found: Analysis) -> list[list[float]]:
    front = found.frontier
    step = max(1, -(-len(front) // FRONTIER_POINTS))
    return [[round(float(found.first[i]), DECIMALS), round(float(found.second[i]), DECIMALS)] for i in front[::step]]


def _point(
    terms: Negotiation, package: tuple[int, ...], surplus: tuple[float, float], banked: Mapping[str, int]
) -> Json:
    levels = {issue.id: level for issue, level in zip(terms.issues, package, strict=True)}
    rises = increments(terms, levels, banked)
    words = [
        f"{i.label}: {i.levels[levels[i.id]].label}" for i in terms.issues if i.id in rises or i.kind == "sequence"
    ]
    return {
        "x": round(surplus[0], DECIMALS), "y": round(surplus[1], DECIMALS), "label": "; ".join(words), "levels": levels
    }  # fmt: skip


def _trust(
    terms: Negotiation, package: tuple[int, ...], values: Mapping[str, float], banked: Mapping[str, int]
) -> list[Json]:
    """Return how much trust the nearest text took of each party, and how much there was (R-R04); None: never enough."""
    levels = {issue.id: level for issue, level in zip(terms.issues, package, strict=True)}
    needed = {party.id: needed_trust(terms, party, levels, values, banked) for party in terms.parties}
    return [
        {
            "seat": party.signatory, "label": party.label, "held": round(needed[party.id].held, 4),
            "needed": None if needed[party.id].trust >= NEVER else round(needed[party.id].trust, 4),
        }
        for party in terms.parties
    ]  # fmt: skip


def _menus(log: Chronicle, values: Mapping[str, float], banked: Mapping[str, int]) -> list[Json]:
    terms = log.case.negotiation
    if not terms.menus:
        return []
    first, second = terms.parties
    judged = judge(terms, [menu(terms, choice, banked) for choice in terms.menus], values, banked)
    return [
        {
            "id": choice.id, "label": choice.label, "x": round(float(judged.surplus[first.id][0, at]), DECIMALS),
            "y": round(float(judged.surplus[second.id][0, at]), DECIMALS),
        }
        for at, choice in enumerate(terms.menus)
    ]  # fmt: skip


def _offers(
    log: Chronicle, turn: Turn, known: list[Json], values: Mapping[str, float], banked: Mapping[str, int]
) -> list[Json]:
    terms = log.case.negotiation
    first, second = terms.parties
    here: list[tuple[Json, Json]] = [(text, v) for text in known for v in text["versions"] if v["turn"] == turn.number]
    if not here:
        return []
    judged = judge(terms, [row(terms, version["levels"], banked) for _, version in here], values, banked)
    found: list[dict[str, Any]] = []
    for at, (text, version) in enumerate(here):
        newest = version["version"] == len(text["versions"])
        found.append(
            {
                "offer": text["offer"], "version": version["version"], "author": version["author"],
                "x": round(float(judged.surplus[first.id][0, at]), DECIMALS),
                "y": round(float(judged.surplus[second.id][0, at]), DECIMALS),
                "label": f"{text['title']}, version {version['version']}",
                "status": text["status"] if newest else "countered", "at_ms": version["at_ms"],
            }
        )  # fmt: skip
    return found


def missed(maps: list[Json]) -> list[Json]:
    """Return the turns in which a deal existed and no text on the table was in the zone."""
    return [
        {"turn": m["turn"], "gap": m["gap"], "zopa": m["zopa"]}
        for m in maps
        if m["zopa"] > 0 and not any(offer["x"] >= 0 and offer["y"] >= 0 for offer in m["offers"])
    ]
