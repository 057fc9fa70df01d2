"""What a seat's own advisers say about a text, in five words.

Owns the verdict of one side from that side's own beliefs. It must never read the other side's values or the true
state of the world: the caller passes what the seat reads, and nothing else.
"""

from collections.abc import Mapping
from typing import Literal

import numpy as np
from msgspec import Struct

from negotiation.package import whole_row
from negotiation.points import banked_rows
from negotiation.terms import ALL_LENSES, Negotiation, Verdicts, variables_of
from negotiation.trust import NEVER, needed_trust
from negotiation.valuation import blocked, consent, passes, reservation, utility

Verdict = Literal["clearly worse", "slightly worse", "about the same", "slightly better", "clearly better"]


class Hint(Struct, frozen=True):
    """A verdict against waiting, and by their labels the gates and players in the way as the seat sees it."""

    verdict: Verdict
    blocked_by: tuple[str, ...]
    trust_needed: float | None = None
    """The trust in the other side at which the text beats waiting (R-R04); None if none would be enough."""
    trust_held: float = 0.0


def verdict(surplus: float, words: Verdicts) -> Verdict:
    """Return the word for a surplus over waiting."""
    if abs(surplus) < words.same:
        return "about the same"
    if surplus > 0:
        return "slightly better" if surplus < words.clear else "clearly better"
    return "slightly worse" if surplus > -words.clear else "clearly worse"


def needs(terms: Negotiation, party: str) -> frozenset[str]:
    """Return the variables a hint reads: the party's own judgement, gates and veto players' cost."""
    names = set(variables_of(terms.party(party)))
    names.update(bound.var for bound in terms.verification.unless)
    names.update(bound.var for gate in terms.gates for way in gate.ways for bound in way.values)
    for player in terms.players:
        if player.blocks and player.cost_factor is not None:
            names.update(term.var for term in player.cost_factor.terms)
    return frozenset(names)


def surplus(
    terms: Negotiation,
    party: str,
    believed: Mapping[str, float],
    banked: Mapping[str, int],
    levels: Mapping[str, int],
    lenses: frozenset[str] = ALL_LENSES,
) -> float:
    """Return what a package leaves one party over waiting, as it believes."""
    own = terms.party(party)
    place = [np.asarray(level, dtype=np.intp) for level in whole_row(terms, levels, banked)]
    worth = utility(terms, own, place, banked_rows(terms, banked), believed, lenses)
    return float(worth) - float(reservation(own, believed, lenses))


def hint(
    terms: Negotiation,
    party: str,
    believed: Mapping[str, float],
    banked: Mapping[str, int],
    levels: Mapping[str, int],
    lenses: frozenset[str] = ALL_LENSES,
) -> Hint:
    """Return the advisers' verdict on a package and who would stand in its way, from believed values alone."""
    own = terms.party(party)
    place = [np.asarray(level, dtype=np.intp) for level in whole_row(terms, levels, banked)]
    low = banked_rows(terms, banked)
    against = [
        gate.label or gate.id
        for gate in terms.gates
        if gate.lens in lenses and not bool(passes(gate, terms, place, low, believed))
    ]
    against += [
        player.label
        for player in terms.players
        if player.lens in lenses
        and bool(blocked(player, terms, place, low, believed))
        and not bool(consent(player, terms, place, low, believed, lenses))
    ]
    left = surplus(terms, party, believed, banked, levels, lenses)
    trust = needed_trust(terms, own, levels, believed, banked, lenses)
    needed = None if trust.trust >= NEVER else round(trust.trust, 2)
    return Hint(verdict(left, terms.verdicts), tuple(against), needed, round(trust.held, 2))
