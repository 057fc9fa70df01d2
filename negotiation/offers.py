"""Own the life of one text on the table: draft, tabled, countered, agreed, signed, and how it ends.

Every check returns a `Refused` value (a stable code and parameters) or None; every change returns a new
`Offer` and checks nothing, so that a recorded change can always be applied again. Who holds the pen or
whether the clock runs is not known here. Who sits at the table and who has left it is `negotiation.table`,
what clauses say beyond their level `negotiation.details`.
"""

from collections.abc import Iterable, Mapping
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from negotiation.details import Annex, Detail, Refused, brackets, secrets

__all__ = ["Annex", "Answer", "Detail", "Mark", "Offer", "OfferStatus", "Refused", "Venue", "Wording", "audience"]

OfferStatus = Literal["draft", "tabled", "agreed", "signed"]
Ending = Literal["in_force", "lapsed", "walked_away", "struck"]
Mark = Literal["accept", "bracket", "reject"]
Venue = Literal["", "summit", "exchange", "oral"]
Held = Literal["", "held"]


class Wording(Struct, frozen=True, kw_only=True):
    """What a version says. It never changes once it was tabled; another wording is another version.

    `package`: to be accepted whole or not at all. `expires`: the turn with whose end the version lapses.
    """

    levels: dict[str, int]
    details: dict[str, Detail] = {}
    annexes: tuple[Annex, ...] = ()
    package: bool = False
    expires: int | None = None


class Answer(Struct, frozen=True, kw_only=True):
    """A counter-offer to version `against` that waits for Control."""

    against: int
    wording: Wording
    note: str
    by: str = ""
    ad_referendum: bool = False
    invited: tuple[str, ...] = ()


class Offer(Struct, frozen=True, kw_only=True):
    """A text as it stands. `version` 0 is a draft; marks, acceptances and signatures are of this version.

    `by` is the seat that wrote the version for its proposer. `brought` says which seats let a reader in, where that
    was not the author alone. `sponsors` stand by this version beside its proposer, the `invited` have not answered.
    `out` have walked out and may come back until the turn is settled; `adjourning` have asked for a recess.
    `waiting` are answers of parties that lie before Control.
    """

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
    details: dict[str, Detail] = {}
    annexes: tuple[Annex, ...] = ()
    package: bool = False
    expires: int | None = None
    by: str = ""
    brought: dict[str, tuple[str, ...]] = {}
    sponsors: tuple[str, ...] = ()
    invited: tuple[str, ...] = ()
    accepted: tuple[str, ...] = ()
    initialled: tuple[str, ...] = ()
    signed: tuple[str, ...] = ()
    venue: Venue = ""
    marks: dict[str, dict[str, Mark]] = {}
    out: tuple[str, ...] = ()
    left: dict[str, str] = {}
    adjourning: tuple[str, ...] = ()
    recess: bool = False
    gate: Held = ""
    returned: str = ""
    waiting: dict[str, Answer] = {}

    @property
    def wording(self) -> Wording:
        """Return what the version says."""
        return Wording(
            levels=self.levels,
            details=self.details,
            annexes=self.annexes,
            package=self.package,
            expires=self.expires,
        )


# --- who may know of it -----------------------------------------------------------------------
def audience(offer: Offer) -> tuple[str, ...]:
    """Return the seats that may see the text: of a draft the author and its readers, then the parties too."""
    seats = {offer.author, *offer.readers}
    if offer.status != "draft":
        seats.update(offer.parties)
    return tuple(sorted(seats))


def in_confidence(offer: Offer) -> frozenset[str]:
    """Return the seats that may know the clauses agreed to be secret: who wrote, parties and sponsors."""
    return frozenset({offer.author, *offer.parties, *offer.sponsors, *offer.invited})


def hidden_from(offer: Offer, seat: str, *, delegates: frozenset[str] = frozenset()) -> frozenset[str]:
    """Return the clauses of the text a reader may know nothing of. Delegates know what those they act for do."""
    return frozenset() if seat in in_confidence(offer) | delegates else secrets(offer.details)


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
    """Refuse another's draft, one already tabled or before Control, and taking it out of a reader's hands."""
    if offer.author != seat:
        return Refused("offer.not_author")
    if offer.status != "draft":
        return Refused("offer.already_tabled")
    if offer.gate:
        return Refused("offer.held")
    lost = tuple(sorted(set(offer.readers) - set(readers) - {seat}))
    return Refused("offer.readers_narrowed", {"lost": lost}) if lost else None


def check_table(offer: Offer, *, seat: str) -> Refused | None:
    """Refuse tabling another's draft, or a text that is on the table or before Control."""
    if offer.author != seat:
        return Refused("offer.not_author")
    if offer.status != "draft":
        return Refused("offer.already_tabled")
    return Refused("offer.held") if offer.gate else None


def check_party(offer: Offer, seat: str) -> Refused | None:
    """Refuse acting on a draft, and by a seat that is no party."""
    if offer.status == "draft":
        return Refused("offer.not_tabled")
    return None if seat in offer.parties else Refused("offer.not_party")


def check_version(offer: Offer, version: int) -> Refused | None:
    """Refuse what was said of another version than the one on the table."""
    return None if version == offer.version else Refused("offer.stale_version", {"version": offer.version})


def check_clauses(offer: Offer, clauses: Iterable[str]) -> Refused | None:
    """Refuse clauses the text has not."""
    foreign = sorted(set(clauses) - set(offer.levels))
    if foreign:
        return Refused("offer.no_such_clause", {"issue": foreign[0], "allowed": tuple(sorted(offer.levels))})
    return None


def check_sitting(offer: Offer) -> Refused | None:
    """Refuse dealing while a party has walked out or the table is in recess."""
    if offer.out:
        return Refused("offer.walked_out", {"out": offer.out})
    return Refused("offer.in_recess") if offer.recess else None


def check_brackets(offer: Offer) -> Refused | None:
    """Refuse taking a text with brackets left for agreed."""
    left = brackets(offer.details)
    return Refused("offer.brackets_left", {"clauses": left}) if left else None


def check_counter(offer: Offer, *, seat: str, against: int, wording: Wording) -> Refused | None:
    """Refuse an answer by a seat that is no party, to an old version, or to a text being signed."""
    refused = check_party(offer, seat) or check_version(offer, against) or check_sitting(offer)
    if refused:
        return refused
    if offer.signed:
        return Refused("offer.being_signed")
    return Refused("offer.unchanged") if wording == offer.wording else None


def check_mark(offer: Offer, *, seat: str, version: int, marks: Mapping[str, Mark]) -> Refused | None:
    """Refuse marks on an old version, on a clause the text has not, and what contradicts brackets or a package."""
    refused = check_party(offer, seat) or check_version(offer, version)
    if refused:
        return refused
    if seat in offer.out:
        return Refused("offer.you_are_out")
    refused = check_clauses(offer, marks)
    if refused:
        return refused
    for clause, mark in sorted(marks.items()):
        if offer.package and mark != "accept":
            return Refused("offer.package_whole", {"issue": clause})
        if mark == "accept" and clause in offer.details and offer.details[clause].bracketed:
            return Refused("offer.bracketed", {"issue": clause})
    return None


def check_accept(offer: Offer, *, seat: str, version: int) -> Refused | None:
    """Refuse accepting an old version, one with brackets left, or twice."""
    refused = check_party(offer, seat) or check_version(offer, version) or check_sitting(offer)
    if refused:
        return refused
    return Refused("offer.already_accepted") if seat in offer.accepted else check_brackets(offer)


def check_initial(offer: Offer, *, seat: str, version: int) -> Refused | None:
    """Refuse an initial on an old version, on one with brackets left, or a second one. It is no signature."""
    refused = check_party(offer, seat) or check_version(offer, version) or check_sitting(offer)
    if refused:
        return refused
    return Refused("offer.already_initialled") if seat in offer.initialled else check_brackets(offer)


def check_sign(offer: Offer, *, seat: str, version: int, venue: Venue, signatories: Iterable[str]) -> Refused | None:
    """Refuse a signature without authority, before agreement, twice, or at another venue than the first."""
    refused = check_party(offer, seat) or check_version(offer, version)
    if refused:
        return refused
    if seat not in tuple(signatories):
        return Refused("offer.no_authority")
    refused = check_sitting(offer)
    if refused:
        return refused
    if seat in offer.signed:
        return Refused("offer.already_signed")
    refused = check_brackets(offer)
    if refused:
        return refused
    if offer.status != "agreed":
        waiting = tuple(p for p in offer.parties if p not in offer.accepted)
        return Refused("offer.not_agreed", {"waiting": waiting})
    if venue == "oral" and offer.annexes:
        return Refused("offer.oral_annexed")
    return Refused("offer.venue_differs", {"venue": offer.venue}) if offer.venue not in ("", venue) else None


def check_walk_away(offer: Offer, *, seat: str) -> Refused | None:
    """Refuse leaving a table one does not sit at, or a text that is fully signed."""
    if offer.status == "signed":
        return Refused("offer.signed")
    if seat == offer.author or (offer.status != "draft" and seat in offer.parties):
        return None
    return Refused("offer.not_party")


# --- changes: total, nothing is checked -------------------------------------------------------
def tabled(offer: Offer, *, at_ms: int, turn: int, details: dict[str, Detail] | None = None) -> Offer:
    """Return the draft as version 1 before its parties; who proposes or sponsors it stands by it.

    `details` are those the clauses were tabled with, where they differ from the draft.
    """
    wording = offer.wording if details is None else replace(offer.wording, details=details)
    fresh = _proposed(
        replace(offer, version=1, gate="", returned=""),
        seat=offer.author, wording=wording, note=offer.note, at_ms=at_ms, turn=turn,
    )  # fmt: skip
    return _stand(fresh, (offer.author, *offer.sponsors))


def countered(
    offer: Offer, *, seat: str, wording: Wording, note: str, at_ms: int, turn: int, by: str = "",
    ad_referendum: bool = False, invited: tuple[str, ...] = (),
) -> Offer:  # fmt: skip
    """Return the next version: acceptances, initials, marks and sponsors start anew.

    Put forward ad referendum its proposer has not accepted it yet: the delegate had no mandate to.
    """
    fresh = _proposed(
        replace(
            offer, version=offer.version + 1, by=by, sponsors=(), invited=invited,
            waiting={party: answer for party, answer in offer.waiting.items() if party != seat},
        ),
        seat=seat, wording=wording, note=note, at_ms=at_ms, turn=turn,
    )  # fmt: skip
    return fresh if ad_referendum else _stand(fresh, (seat,))


def _proposed(offer: Offer, *, seat: str, wording: Wording, note: str, at_ms: int, turn: int) -> Offer:
    return replace(
        offer,
        status="tabled",
        proposer=seat,
        levels=wording.levels,
        details=wording.details,
        annexes=wording.annexes,
        package=wording.package,
        expires=wording.expires,
        note=note,
        at_ms=at_ms,
        turn=turn,
        accepted=(),
        initialled=(),
        signed=(),
        venue="",
        marks={},
    )


def _stand(offer: Offer, seats: Iterable[str]) -> Offer:
    """Let seats accept what they stand by; a text with brackets left is nobody's accepted text."""
    if brackets(offer.details):
        return offer
    for seat in seats:
        offer = accepted(offer, seat=seat) if seat in offer.parties else offer
    return offer


def marked(offer: Offer, *, seat: str, marks: dict[str, Mark]) -> Offer:
    """Return the text with a seat's positions added to those it has stated on this version."""
    return replace(offer, marks={**offer.marks, seat: {**offer.marks.get(seat, {}), **marks}})


def accepted(offer: Offer, *, seat: str) -> Offer:
    """Return the text with one more acceptance; the last one makes it agreed."""
    by = tuple(p for p in offer.parties if p in offer.accepted or p == seat)
    return replace(offer, accepted=by, status="agreed" if by == offer.parties else "tabled")


def initialled(offer: Offer, *, seat: str) -> Offer:
    """Return the text with one more initial: its wording is settled for that party, nobody is bound."""
    return replace(offer, initialled=tuple(p for p in offer.parties if p in offer.initialled or p == seat))


def signed(offer: Offer, *, seat: str, venue: Venue, signatories: Iterable[str]) -> Offer:
    """Return the text with one more signature; the last signatory's makes it signed."""
    needed = tuple(signatories)
    by = tuple(p for p in offer.parties if p in offer.signed or p == seat)
    complete = all(s in by for s in needed if s in offer.parties)
    return replace(offer, signed=by, venue=venue, status="signed" if complete else "agreed")


def unsigned(offer: Offer) -> Offer:
    """Return the text agreed but without signatures: the meeting it was to be signed at did not happen."""
    return replace(offer, signed=(), venue="", status="agreed")
