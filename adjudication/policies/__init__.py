"""Policies that play seats: pure functions from one seat's view to commands.

Owns the list of policies and how a name becomes one: a persona of the case, the case's own advice for the seat, or a
general policy. Nothing here meets the server, the log or another seat's view.
"""

from msgspec import Struct

from adjudication.policies.acting import act
from adjudication.policies.base import Chair, Policy
from adjudication.policies.general import Bureaucrat, Dove, General, Hawk, Mediator, Opportunist, TitForTat
from adjudication.policies.historical import Historical
from adjudication.policies.maximiser import Maximiser
from adjudication.policies.rulebook import IMPATIENCE, Patient, Rulebook
from adjudication.policies.view import Act, BotView, Wish
from adjudication.scenario.bots import BotSpec, Persona
from adjudication.scenario.schema import Scenario

SIMPLE = "tit_for_tat"
"""The policy that stands in where another is unknown, fails or takes too long."""

GENERAL: dict[str, type[General]] = {
    policy.id: policy for policy in (Hawk, Dove, TitForTat, Opportunist, Mediator, Bureaucrat, Maximiser)
}
"""Every general policy by name; `historical` and `rulebook` live on what the case has for the seat."""

POLICY_NAMES: frozenset[str] = frozenset(GENERAL) | {"historical", "rulebook"}


class PolicyName(Struct, frozen=True):
    """A policy as people choose it."""

    id: str
    label: str
    text: str = ""


def policies_of(case: Scenario, seat: str) -> tuple[PolicyName, ...]:
    """Return what can play a seat: the case's own choice first, then its personas, then the general policies."""
    spec = case.bots.get(seat)
    names = [spec.policy] if spec is not None else []
    names += [persona.id for persona in case.personas if not persona.seats or seat in persona.seats]
    names += ["historical"] if case.history is not None else []
    names += sorted(GENERAL)
    personas = {persona.id: persona for persona in case.personas if not persona.seats or seat in persona.seats}
    return tuple(
        PolicyName(name, personas[name].label, personas[name].text)
        if name in personas
        else PolicyName(name, _said(name))
        for name in dict.fromkeys(names)
    )


def policy_for(name: str, case: Scenario, seat: str, *, fallback: str = "") -> Policy:
    """Return the policy of a name at a seat; an unknown name plays tit for tat rather than not at all.

    `fallback`: who plays on when the record of `historical` no longer fits; the case's own choice by default.
    """
    if name == "historical":
        own = case.bots.get(seat)
        rest = fallback or (own.policy if own is not None else SIMPLE)
        return Historical(Chair(case, seat), policy_for(rest if rest != "historical" else SIMPLE, case, seat))
    spec = _spec(name, case, seat)
    return played(spec, case, seat, name=name)


def played(spec: BotSpec, case: Scenario, seat: str, *, name: str) -> Policy:
    """Return the policy a specification describes: its rules, what fills the rest, and where patience ends."""
    spec = _in_full(spec, case, seat)
    chair = Chair(case, seat, spec)
    base = GENERAL.get(spec.policy, None if spec.policy == "rulebook" else GENERAL[SIMPLE])
    rest = None if base is None else base(chair)
    first: Policy = (
        rest if rest is not None and not spec.rules and name == rest.id else Rulebook(chair, rest, name=name)
    )
    patience = chair.number("patience", 0.0)
    if not spec.then or patience <= 0 or spec.then == name:
        return first
    then = policy_for(spec.then, case, seat)
    return Patient(first, then, patience=patience, impatience=chair.number("impatience", IMPATIENCE))


def _spec(name: str, case: Scenario, seat: str) -> BotSpec:
    """Return what a name means at a seat: the case's own choice, a persona made for it, or the bare policy."""
    own = case.bots.get(seat)
    if own is not None and own.policy == name:
        return own
    known = name in POLICY_NAMES or _persona(name, case, seat) is not None
    return BotSpec(policy=name if known else SIMPLE)


def _persona(name: str, case: Scenario, seat: str) -> Persona | None:
    return next((p for p in case.personas if p.id == name and (not p.seats or seat in p.seats)), None)


def _in_full(spec: BotSpec, case: Scenario, seat: str) -> BotSpec:
    """Return a specification with what its persona adds: numbers it does not give, rules after its own."""
    persona = _persona(spec.policy, case, seat)
    if persona is None:
        return spec
    return BotSpec(
        policy=persona.policy, params={**persona.params, **spec.params}, rules=(*spec.rules, *persona.rules),
        opens=spec.opens or persona.opens, briefs=spec.briefs or persona.briefs, then=spec.then or persona.then,
    )  # fmt: skip


def _said(name: str) -> str:
    return name.replace("_", " ").capitalize()


__all__ = [
    "GENERAL", "POLICY_NAMES", "SIMPLE", "Act", "BotView", "Policy", "PolicyName", "Wish", "act", "played",
    "policies_of", "policy_for",
]  # fmt: skip
