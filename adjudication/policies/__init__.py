"""Policies that play seats: pure functions from one seat's view to commands.

Owns the list of policies and how a scenario's choice of one becomes an object. Nothing here meets the server,
the log or another seat's view.
"""

from adjudication.policies.acting import act
from adjudication.policies.agencies import Analyst, Diplomat, Guardian
from adjudication.policies.allies import Lobbyist, Mediator
from adjudication.policies.base import Policy
from adjudication.policies.dprk import Opportunist
from adjudication.policies.general import Dove, Hawk, TitForTat
from adjudication.policies.historical import Historical
from adjudication.policies.president import Summiteer
from adjudication.policies.view import Act, BotView, Wish

POLICIES: dict[str, Policy] = {
    policy.id: policy
    for policy in (
        Hawk(), Dove(), TitForTat(), Opportunist(), Summiteer(), Diplomat(), Guardian(), Analyst(), Mediator(),
        Lobbyist(),
    )
}  # fmt: skip
"""Every policy by name; `historical` is made by `policy_for`, because it needs one to fall back to."""

POLICY_NAMES: frozenset[str] = frozenset(POLICIES) | {"historical"}


def policy_for(name: str, *, fallback: str = "tit_for_tat") -> Policy:
    """Return a policy by name; an unknown name plays tit for tat rather than not at all."""
    if name == "historical":
        return Historical(POLICIES.get(fallback, POLICIES["tit_for_tat"]))
    return POLICIES.get(name, POLICIES["tit_for_tat"])


__all__ = ["POLICIES", "POLICY_NAMES", "Act", "BotView", "Policy", "Wish", "act", "policy_for"]
