"""What a turn is settled from, as one value: all that players, Control and the calendar put in.

Owns the list of it, so that a live game, a replay of it and a counterfactual ask the engine the same question. Whatever
else the engine comes to ask of a turn belongs here. It decides nothing.
"""

import msgspec

from adjudication.lenses import ALL
from adjudication.orders import Conduct, Consent, FreeMove, Order, Override, SignedText
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
    bots: tuple[str, ...] = ()
    arguments: dict[str, int] = {}
    free: tuple[FreeMove, ...] = ()
    consents: tuple[Consent, ...] = ()
    conduct: tuple[Conduct, ...] = ()


def settle(
    scenario: Scenario, world: World, sealed: Sealed, *, turn: int, seed: str | int, lenses: frozenset[str] = ALL
) -> Resolution:
    """Settle one world, with its ledger."""
    return resolve_turn(scenario, world, turn=turn, seed=seed, lenses=lenses, **msgspec.structs.asdict(sealed))


def settle_batch(
    scenario: Scenario, world: World, sealed: Sealed, *, turn: int, seeds: tuple[str | int, ...],
    lenses: frozenset[str] = ALL,
) -> BatchResolution:  # fmt: skip
    """Settle one world a seed, without the ledger."""
    return resolve_batch(scenario, world, turn=turn, seeds=seeds, lenses=lenses, **msgspec.structs.asdict(sealed))
