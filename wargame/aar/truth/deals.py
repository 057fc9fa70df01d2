"""Texts with all their versions, and the agreements that came of them."""

from collections.abc import Mapping

from adjudication.agreed import Agreement
from negotiation.terms import Negotiation
from wargame.aar.chronicle import Chronicle, Json
from wargame.aar.refs import merged, settled
from wargame.game import events as ev


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
                held["versions"].append(_version(log, 1, held["author"], recorded, levels, note))
                held |= {"status": "tabled", "accepted": [held["author"]], "turn": turn}
            case ev.OfferCountered():
                held = found[fact.offer]
                number = len(held["versions"]) + 1
                held["versions"].append(_version(log, number, fact.seat, recorded, fact.levels, fact.note))
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
        if isinstance(fact, _MARKS):
            found[fact.offer]["refs"].append(recorded.seq)
    return [{k: v for k, v in text.items() if k != "_draft"} for text in found.values()]


_MARKS = (
    ev.OfferDrafted, ev.OfferTabled, ev.OfferCountered, ev.OfferAccepted, ev.OfferSigned, ev.OfferUnsigned,
    ev.OfferEnded,
)  # fmt: skip


def _empty(fact: ev.OfferDrafted) -> Json:
    return {
        "offer": fact.offer, "title": fact.title, "author": fact.author, "parties": [], "status": "draft", "turn": 0,
        "versions": [], "accepted": [], "signed": [], "venue": "", "ended_by": "", "reason": "",
        "refs": [],
    }  # fmt: skip


def _version(
    log: Chronicle, number: int, author: str, tabled: ev.Recorded, levels: Mapping[str, int], note: str
) -> Json:
    return {
        "version": number, "author": author, "at_ms": tabled.at_ms, "turn": log.turn_of[tabled.seq], "note": note,
        "levels": dict(levels), "clauses": clauses(log.case.negotiation, levels), "refs": [tabled.seq],
    }  # fmt: skip


def clauses(terms: Negotiation, levels: Mapping[str, int]) -> list[Json]:
    """Return a text's clauses in words: the issues in their order, then the side clauses."""
    return [
        {
            "issue": issue.id, "label": issue.label, "level": levels[issue.id],
            "level_label": issue.levels[levels[issue.id]].label, "text": issue.levels[levels[issue.id]].text,
        }
        for issue in terms.deal_issues
        if issue.id in levels and levels[issue.id] < len(issue.levels)
    ]  # fmt: skip


def is_signed(text: Json) -> bool:
    """Tell whether every party's signature stands under a text: one that fell (`OfferUnsigned`, a counter) is none."""
    return bool(text["versions"]) and set(text["parties"]) <= set(text["signed"])


def _signed_and_ended(log: Chronicle, agreement: Agreement) -> list[int]:
    """Return the signatures under a text, the outcome that put it in force, and the one that ended it."""
    signed = [recorded.seq for recorded, fact in log.of(ev.OfferSigned) if fact.offer == agreement.id]
    last = agreement.turn if agreement.ended_turn is None else agreement.ended_turn
    return merged(signed, settled(log, agreement.turn, last))


def agreements(log: Chronicle) -> list[Json]:
    """Return the agreements as the engine last knew them."""
    played = [turn.resolution for turn in log.turns if turn.resolution is not None]
    labels = {issue.id: issue.label for issue in log.case.negotiation.deal_issues}
    if not played:
        return []
    return [
        {
            "id": a.id, "title": a.title, "parties": list(a.parties), "venue": a.venue, "form": a.form, "turn": a.turn,
            "status": a.status, "ended_turn": a.ended_turn, "refs": _signed_and_ended(log, a),
            "clauses": [
                {"issue": c.issue, "label": labels.get(c.issue, c.issue), "level": c.level, "from_level": c.from_level}
                for c in a.clauses
            ],
        }
        for a in played[-1].agreements
    ]  # fmt: skip
