"""How much trust an exchange takes: the assurance game behind every text (adjudication.md 2.6, R-R04).

Owns the closed forms. It judges packages by the formulas of `valuation` and never chooses one.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
from msgspec import Struct

from negotiation.package import whole_row
from negotiation.terms import ALL_LENSES, Negotiation, Party
from negotiation.valuation import Number, Values, reservation, utility, verification

NEVER = 2.0
"""Stands for "no trust would be enough": above any belief."""


class Needed(Struct, frozen=True):
    """What signing takes of one party: the `trust` in the other it needs (NEVER: none is enough), and what it `held`.

    `delivery` is the least belief in the other's promises at which the text beats waiting.
    """

    trust: float
    held: float
    delivery: float

    @property
    def enough(self) -> bool:
        """Tell whether the party believes enough."""
        return self.held >= self.trust


def minimum_trust(*, temptation: Number, reward: Number, punishment: Number, sucker: Number) -> Number:
    """Return the belief that makes cooperation worth it: m = (P - S) / ((P - S) + (R - T)) (Kydd 2005).

    NEVER where exploiting is as good as cooperating even with a trustworthy side; 0 where nothing can be lost.
    """
    loss = np.asarray(punishment, dtype=np.float64) - sucker
    gain = np.asarray(reward, dtype=np.float64) - temptation
    whole = np.where(gain <= 0, 1.0, loss + gain)
    found: Any = np.where(loss <= 0, 0.0, np.where(gain <= 0, NEVER, loss / np.where(whole > 0, whole, 1.0)))
    return float(found) if np.ndim(found) == 0 else found


def needed_trust(
    terms: Negotiation,
    party: Party,
    levels: Mapping[str, int],
    values: Values,
    banked: Mapping[str, int],
    lenses: frozenset[str] = ALL_LENSES,
) -> Needed:
    """Return what a package takes of one party in one world.

    Waiting is both temptation and punishment here: who does not sign neither gains by the other's steps nor loses by
    their absence. So m = (r - S) / (R - S), with R the worth of the text if all is delivered and S if nothing is.
    """
    place = [np.asarray(level, dtype=np.intp) for level in whole_row(terms, levels, banked)]
    low = [np.asarray(level, dtype=np.intp) for level in whole_row(terms, {}, banked)]
    reward = float(utility(terms, party, place, low, values, lenses, believed=1.0))
    sucker = float(utility(terms, party, place, low, values, lenses, believed=0.0))
    wait = float(reservation(party, values, lenses))
    least = float(minimum_trust(temptation=wait, reward=reward, punishment=wait, sucker=sucker))
    held = float(values[party.trust])
    if least >= NEVER or "rat" not in lenses:
        return Needed(NEVER if least >= NEVER else 0.0, held, least)
    axis = terms.space.sequence
    form = party.delivery[0 if axis is None else int(place[axis])]
    channel = float(values[party.channel]) / 100.0 if "inst" in lenses else 0.5
    scaled = float(verification(terms, place, values, lenses)) if form.verified else 1.0
    return Needed(
        _trust_for(least, form.floor, form.scale, scaled * (form.const + form.channel * channel)), held, least
    )


def _trust_for(belief: float, floor: float, scale: float, known: float) -> float:
    """Return the trust at which promises are believed as much as `belief`: the inverse of `valuation.delivery`.

    `known` is what verification and the channel vouch for whatever the other side is like.
    """
    least = floor + (1.0 - floor) * known
    wanted = belief / scale if scale > 0 else NEVER
    if wanted <= least:
        return 0.0
    open_part = (1.0 - floor) * (1.0 - known)
    trust = (wanted - least) / open_part if open_part > 0 else NEVER
    return trust if trust <= 1.0 else NEVER
