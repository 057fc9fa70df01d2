"""Texts and agreements as one seat may know them."""

from wargame.aar.chronicle import Json
from wargame.aar.seen.sight import Sight
from wargame.aar.truth.deals import clauses
from wargame.game import entities as e


def texts(mine: Sight) -> list[Json]:
    """Return every text this seat could read, with the versions it could read."""
    versions: dict[str, list[Json]] = {}
    for key, v in mine.shown.all(e.OfferVersionSeen, "offer_version"):
        versions.setdefault(v.offer, []).append(
            {
                "version": v.version, "author": v.author, "at_ms": v.at_ms, "turn": v.turn, "note": v.note,
                "clauses": clauses(mine.case.negotiation, v.levels), "refs": mine.shown.refs("offer_version", key),
            }
        )  # fmt: skip
    return [
        {
            "offer": key, "title": offer.title, "parties": list(offer.parties), "status": offer.status,
            "turn": offer.turn, "versions": sorted(versions.get(key, []), key=lambda v: int(v["version"])),
            "accepted": list(offer.accepted), "signed": list(offer.signed), "venue": offer.venue,
            "refs": mine.shown.told_by("offer", key),
        }
        for key, offer in mine.shown.all(e.OfferSeen, "offer")
    ]  # fmt: skip


def agreements(mine: Sight) -> list[Json]:
    """Return the agreements this seat knew of, as it last knew them."""
    return [
        {
            "id": key, "title": a.title, "parties": list(a.parties), "venue": a.venue, "form": a.form, "turn": a.turn,
            "status": a.status, "ended_turn": a.ended_turn, "refs": mine.shown.told_by("agreement", key),
            "clauses": [
                {"issue": c.issue, "label": c.label, "level": c.level, "from_level": c.from_level} for c in a.clauses
            ],
        }
        for key, a in mine.shown.all(e.AgreementSeen, "agreement")
    ]  # fmt: skip
