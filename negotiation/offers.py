"""Own the life of one text on the table: draft, tabled, countered, agreed, signed, and how it ends.

Every check returns a `Refused` value (a stable code and parameters) or None; every change returns a new
`Offer` and checks nothing, so that a recorded change can always be applied again. Who holds the pen or
whether the clock runs is not known here.
"""

from collections.abc import Iterable, Mapping
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

OfferStatus = Literal["draft", "tabled", "agreed", "signed"]
Ending = Literal["in_force", "lapsed", "walked_away", "struck"]
Mark = Literal["accept", "bracket", "reject"]
Venue = Literal["", "summit", "exchange"]


class Refused(Struct, frozen=True):
    """Why a step is not allowed: a stable code and what a sentence about it needs."""

    code: str
    params: dict[str, str | int | tuple[str, ...]] = {}


class Offer(Struct, frozen=True, kw_only=True):
    """A text as it stands. `version` 0 is a draft; marks, acceptances and signatures are of this version."""

    id: str
    author: str
    title: str
    parties: tuple[str, ...]
    readers: tuple[str, ...]
    status: OfferStatus
    version: int
    proposer: str
    levels: dict[str, int]
    note: str
    at_ms: int
    turn: int
    accepted: tuple[str, ...] = ()
    signed: tuple[str, ...] = ()
    venue: Venue = ""
    marks: dict[str, dict[str, Mark]] = {}


# --- who may know of it -----------------------------------------------------------------------
def audience(offer: Offer) -> tuple[str, ...]:
    """Return the seats that may see the text: of a draft the author and its readers, then the parties too."""
    seats = {offer.author, *offer.readers}
    if offer.status != "draft":
        seats.update(offer.parties)
    return tuple(sorted(seats))


# --- checks -----------------------------------------------------------------------------------
def check_levels(
    levels: Mapping[str, int], *, known: Mapping[str, int], banked: Mapping[str, int], never_banked: frozenset[str]
) -> Refused | None:
    """Refuse an unknown issue, a level it has not, and one below what is in force.

    `known` is the highest level of each issue. Issues in `never_banked` (how steps are ordered) start anew
    in every text.
    """
    for issue, level in sorted(levels.items()):
        if issue not in known:
            return Refused("offer.unknown_issue", {"issue": issue, "allowed": tuple(sorted(known))})
        if level > known[issue]:
            return Refused("offer.unknown_level", {"issue": issue, "level": level, "highest": known[issue]})
        if issue not in never_banked and level < banked.get(issue, 0):
            return Refused("offer.below_banked", {"issue": issue, "banked": banked.get(issue, 0)})
    return None


def raises_anything(levels: Mapping[str, int], *, banked: Mapping[str, int], never_banked: frozenset[str]) -> bool:
    """Tell whether a text adds a level to anything that is in force."""
    return any(level > banked.get(issue, 0) for issue, level in levels.items() if issue not in never_banked)


def check_parties(parties: Iterable[str], *, signatories: Iterable[str]) -> Refused | None:
    """Refuse a text to which a seat that has to sign for its side is no party."""
    missing = tuple(sorted(set(signatories) - set(parties)))
    return Refused("offer.needs_signatories", {"missing": missing}) if missing else None


def check_redraft(offer: Offer, *, seat: str, readers: Iterable[str]) -> Refused | None:
    """Refuse another's draft, one already tabled, and taking it out of a reader's hands."""
    if offer.author != seat:
        return Refused("offer.not_author")
    if offer.status != "draft":
        return Refused("offer.already_tabled")
    lost = tuple(sorted(set(offer.readers) - set(readers) - {seat}))
    return Refused("offer.readers_narrowed", {"lost": lost}) if lost else None


def check_table(offer: Offer, *, seat: str) -> Refused | None:
    """Refuse tabling another's draft or a text that is on the table."""
    if offer.author != seat:
        return Refused("offer.not_author")
    return Refused("offer.already_tabled") if offer.status != "draft" else None


def _check_party(offer: Offer, seat: str) -> Refused | None:
    if offer.status == "draft":
        return Refused("offer.not_tabled")
    return None if seat in offer.parties else Refused("offer.not_party")


def _check_version(offer: Offer, version: int) -> Refused | None:
    return None if version == offer.version else Refused("offer.stale_version", {"version": offer.version})


def check_counter(offer: Offer, *, seat: str, against: int, levels: Mapping[str, int]) -> Refused | None:
    """Refuse an answer by a seat that is no party, to an old version, or to a text being signed."""
    refused = _check_party(offer, seat) or _check_version(offer, against)
    if refused:
        return refused
    if offer.signed:
        return Refused("offer.being_signed")
    return Refused("offer.unchanged") if dict(levels) == offer.levels else None


def check_mark(offer: Offer, *, seat: str, version: int, issues: Iterable[str]) -> Refused | None:
    """Refuse marks on an old version or on a clause the text has not."""
    refused = _check_party(offer, seat) or _check_version(offer, version)
    if refused:
        return refused
    foreign = sorted(set(issues) - set(offer.levels))
    if foreign:
        return Refused("offer.no_such_clause", {"issue": foreign[0], "allowed": tuple(sorted(offer.levels))})
    return None


def check_accept(offer: Offer, *, seat: str, version: int) -> Refused | None:
    """Refuse accepting an old version, or twice."""
    refused = _check_party(offer, seat) or _check_version(offer, version)
    if refused:
        return refused
    return Refused("offer.already_accepted") if seat in offer.accepted else None


def check_sign(offer: Offer, *, seat: str, version: int, venue: Venue, signatories: Iterable[str]) -> Refused | None:
    """Refuse a signature without authority, before agreement, twice, or at another venue than the first."""
    refused = _check_party(offer, seat) or _check_version(offer, version)
    if refused:
        return refused
    if seat not in tuple(signatories):
        return Refused("offer.no_authority")
    if seat in offer.signed:
        return Refused("offer.already_signed")
    if offer.status != "agreed":
        waiting = tuple(p for p in offer.parties if p not in offer.accepted)
        return Refused("offer.not_agreed", {"waiting": waiting})
    return Refused("offer.venue_differs", {"venue": offer.venue}) if offer.venue not in ("", venue) else None


def check_walk_away(offer: Offer, *, seat: str) -> Refused | None:
    """Refuse leaving a table one does not sit at, or a text that is fully signed."""
    if offer.status == "signed":
        return Refused("offer.signed")
    if seat == offer.author or (offer.status != "draft" and seat in offer.parties):
        return None
    return Refused("offer.not_party")


# --- changes: total, nothing is checked -------------------------------------------------------
def tabled(offer: Offer, *, at_ms: int, turn: int) -> Offer:
    """Return the draft as version 1 before its parties; who proposes it stands by it."""
    return _proposed(
        replace(offer, version=1), seat=offer.author, levels=offer.levels, note=offer.note, at_ms=at_ms, turn=turn
    )


def countered(offer: Offer, *, seat: str, levels: dict[str, int], note: str, at_ms: int, turn: int) -> Offer:
    """Return the next version: acceptances and marks start anew."""
    return _proposed(
        replace(offer, version=offer.version + 1), seat=seat, levels=levels, note=note, at_ms=at_ms, turn=turn
    )


def _proposed(offer: Offer, *, seat: str, levels: dict[str, int], note: str, at_ms: int, turn: int) -> Offer:
    fresh = replace(
        offer,
        status="tabled",
        proposer=seat,
        levels=levels,
        note=note,
        at_ms=at_ms,
        turn=turn,
        accepted=(),
        signed=(),
        venue="",
        marks={},
    )
    return accepted(fresh, seat=seat) if seat in offer.parties else fresh


def marked(offer: Offer, *, seat: str, marks: dict[str, Mark]) -> Offer:
    """Return the text with a seat's positions added to those it has stated on this version."""
    return replace(offer, marks={**offer.marks, seat: {**offer.marks.get(seat, {}), **marks}})


def accepted(offer: Offer, *, seat: str) -> Offer:
    """Return the text with one more acceptance; the last one makes it agreed."""
    by = tuple(p for p in offer.parties if p in offer.accepted or p == seat)
    return replace(offer, accepted=by, status="agreed" if by == offer.parties else "tabled")


def signed(offer: Offer, *, seat: str, venue: Venue, signatories: Iterable[str]) -> Offer:
    """Return the text with one more signature; the last signatory's makes it signed."""
    needed = tuple(signatories)
    by = tuple(p for p in offer.parties if p in offer.signed or p == seat)
    complete = all(s in by for s in needed if s in offer.parties)
    return replace(offer, signed=by, venue=venue, status="signed" if complete else "agreed")


def unsigned(offer: Offer) -> Offer:
    """Return the text agreed but without signatures: the meeting it was to be signed at did not happen."""
    return replace(offer, signed=(), venue="", status="agreed")
