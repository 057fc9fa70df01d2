"""What a turn is settled from, as one value: all that players, Control and the calendar put in.

Owns the list of it, so that a live game, a replay of it and a counterfactual ask the engine the same question. Whatever
else the engine comes to ask of a turn belongs here. It decides nothing.
"""

from collections.abc import Mapping
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from adjudication.lenses import ALL
from adjudication.orders import Conduct, Consent, FreeMove, Order, Override, SentInject, SignedText
from adjudication.resolve import BatchResolution, resolve_batch, resolve_turn
from adjudication.results import Resolution
from adjudication.scenario.schema import Scenario
from adjudication.world import World


class Sealed(msgspec.Struct, frozen=True, kw_only=True):
    """The inputs of one turn as locked; every field is an argument of `resolve_turn` of the same name."""

    orders: tuple[Order, ...] = ()
    texts: tuple[SignedText, ...] = ()
    overrides: tuple[Override, ...] = ()
    forced: dict[str, str] = {}
    injects: tuple[str, ...] = ()
    written: tuple[SentInject, ...] = ()
    bots: tuple[str, ...] = ()
    arguments: dict[str, int] = {}
    free: tuple[FreeMove, ...] = ()
    consents: tuple[Consent, ...] = ()
    conduct: tuple[Conduct, ...] = ()
    lenses: frozenset[str] = ALL


def settle(
    scenario: Scenario, world: World, sealed: Sealed, *, turn: int, seed: str | int,
    lenses: frozenset[str] | None = None,
) -> Resolution:  # fmt: skip
    """Settle one world, with its ledger; under the lenses of the game unless others are named."""
    return resolve_turn(scenario, world, turn=turn, seed=seed, **_inputs(sealed, lenses))


def settle_batch(
    scenario: Scenario, world: World, sealed: Sealed, *, turn: int, seeds: tuple[str | int, ...],
    lenses: frozenset[str] | None = None, active: Mapping[str, NDArray[np.bool_]] | None = None,
) -> BatchResolution:  # fmt: skip
    """Settle one world a seed, without the ledger; under the lenses of the game unless others are named.

    `active[order id]` (B,): in which of the worlds an order is given; without it in all.
    """
    return resolve_batch(scenario, world, turn=turn, seeds=seeds, active=active, **_inputs(sealed, lenses))


def _inputs(sealed: Sealed, lenses: frozenset[str] | None) -> dict[str, Any]:
    given = msgspec.structs.asdict(sealed)
    return given if lenses is None else {**given, "lenses": lenses}
