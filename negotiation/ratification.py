"""The game at home: who must agree, and how much each player narrows the deal.

Owns win-sets and the shrinkage each veto player or legal gate causes. It must never change a package.
"""

from collections.abc import Mapping

import numpy as np
from msgspec import Struct

from negotiation.analysis import axes, floor, open_space
from negotiation.package import whole_row
from negotiation.terms import ALL_LENSES, Negotiation
from negotiation.valuation import Values, consent, feasible


class WinSet(Struct, frozen=True, kw_only=True):
    """How a player shapes the open space.

    `share`: part of the open packages it would accept. `with_it`, `without_it`: feasible packages with and
    without this player or gate; `shrinkage` is their quotient (1 = no constraint).
    """

    id: str
    label: str
    veto: bool
    share: float
    with_it: int
    without_it: int

    @property
    def shrinkage(self) -> float:
        """Feasible packages left, as a part of those there would be without this player."""
        return self.with_it / self.without_it if self.without_it else 1.0


def win_sets(
    terms: Negotiation, values: Values, banked: Mapping[str, int], lenses: frozenset[str] = ALL_LENSES
) -> list[WinSet]:
    """Return the win-set of every player and the effect of every gate on the issues, in the order of the block.

    A gate that guards side clauses alone narrows nothing here.
    """
    space = open_space(terms, banked)
    levels, low = axes(terms, space), floor(terms, space, banked)

    def count(without: frozenset[str]) -> int:
        mask = feasible(terms, levels, low, values, lenses, without=without)
        return int(np.count_nonzero(np.broadcast_to(mask, space.shape)))

    whole = count(frozenset())
    found = []
    for player in terms.players:
        yes = np.broadcast_to(consent(player, terms, levels, low, values, lenses), space.shape)
        share = float(np.count_nonzero(yes)) / space.size
        wider = count(frozenset({player.id})) if player.blocks else whole
        veto = bool(player.blocks)
        found.append(WinSet(id=player.id, label=player.label, veto=veto, share=share, with_it=whole, without_it=wider))
    for gate in terms.gates:
        if gate.raises.keys() <= terms.side.keys():
            continue
        wider = count(frozenset({gate.id}))
        alone = count(frozenset(g.id for g in terms.gates if g.id != gate.id) | frozenset(p.id for p in terms.players))
        found.append(
            WinSet(id=gate.id, label=gate.label, veto=True, share=alone / space.size, with_it=whole, without_it=wider)
        )
    return found


def refusals(
    terms: Negotiation,
    levels: Mapping[str, int],
    values: Values,
    banked: Mapping[str, int],
    lenses: frozenset[str] = ALL_LENSES,
) -> list[str]:
    """Return the ids of players (veto or not) that would not accept a package."""
    place = [np.asarray(level, dtype=np.intp) for level in whole_row(terms, levels, banked)]
    low = [np.asarray(level, dtype=np.intp) for level in whole_row(terms, {}, banked)]
    return [
        player.id
        for player in terms.players
        if player.lens in lenses and not bool(consent(player, terms, place, low, values, lenses))
    ]
