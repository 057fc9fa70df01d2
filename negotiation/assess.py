"""What a seat's own people make of a version of a text: the way home, its worth, its form, and a step that would help.

Owns the assessment from what one seat believes: numbers, and how far each of them might be off. It must never read the
other side's values or the true state of the world: the caller passes what the seat reads, and nothing else.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from negotiation.agreements import breakdown_hazard, durability, strength
from negotiation.closest import Change, Closest, Judge, closest
from negotiation.hints import Verdict, verdict
from negotiation.package import whole_row
from negotiation.points import banked_rows
from negotiation.terms import ALL_LENSES, Bound, Gate, Negotiation, Party, Player, variables_of
from negotiation.trust import needed_trust
from negotiation.valuation import blocked, consent, holds, level_of, passes, reservation, utility

Standing = Literal["clear", "open", "blocked"]
Confidence = Literal["", "low", "moderate", "high"]
Form = Literal["oral", "statement", "text"]
Lasting = Literal["brittle", "short-lived", "uncertain", "lasting"]
LASTS: tuple[tuple[float, Lasting], ...] = ((4.0, "brittle"), (8.0, "short-lived"), (16.0, "uncertain"))
"""Turns a text can be expected to live, and the word for less (adjudication.md 5.7: 1/hazard)."""
OPS = {"ge": "at least", "gt": "above", "le": "at most", "lt": "below"}


class Mind(Struct, frozen=True, kw_only=True):
    """What a seat goes by. `party`: the side it judges for; `player`: its own voice if it does not sign; or neither.

    `values`: best guesses. `ranges`: (low, high) of what it does not know exactly. `doubts`: the same values with one
    of them at an end of its range, enough to see which matter.
    """

    party: str
    player: str
    values: Mapping[str, float]
    ranges: Mapping[str, tuple[float, float]]
    doubts: tuple[Mapping[str, float], ...] = ()


class Lifetime(Struct, frozen=True, kw_only=True):
    """What the life of a text hangs on, by names of variables: the channel, the clock of the unpaid, both trusts."""

    institution: str = ""
    unpaid: str = ""
    trust: tuple[str, ...] = ()
    agent: str = ""
    agent_factor: float = 1.0


class Step(Struct, frozen=True):
    """One authority on the way home: whether it lets the text pass, why, by which rule, and what is missing."""

    authority: str
    state: Standing
    why: str
    rule: str
    missing: str = ""


class Voice(Struct, frozen=True):
    """A player that cannot stop the text and would not like it."""

    player: str
    label: str
    rule: str
    note: str


class Assessment(Struct, frozen=True, kw_only=True):
    """Everything a seat is told of a version. `verdict` is its own, `other_verdict` what it believes of the other side.

    Empty words: the seat has no say over that, or believes too little to tell.
    """

    verdict: Verdict | Literal[""]
    other_verdict: Verdict | Literal[""]
    confidence: Confidence
    path: tuple[Step, ...]
    unhappy: tuple[Voice, ...]
    banked: tuple[Change, ...]
    form: Form
    form_rule: str
    lasting: Lasting
    trust_ok: bool | None
    closest: Closest | None


def assess(
    terms: Negotiation,
    mind: Mind,
    banked: Mapping[str, int],
    levels: Mapping[str, int],
    *,
    lifetime: Lifetime,
    labels: Mapping[str, str],
    oral: bool = False,
    lenses: frozenset[str] = ALL_LENSES,
) -> Assessment:
    """Assess a version as a seat believes. `labels`: what variables are called."""
    row, low = list(whole_row(terms, levels, banked)), banked_rows(terms, banked)
    place = [np.asarray(level, dtype=np.intp) for level in row]
    judge = Judge(terms, mind.party, mind.player, mind.values, low, lenses)
    own, other = judge.surplus(np.array([row]))[0]
    unhappy = tuple(_unhappy(terms, mind, place, low, lenses))
    form, sure = _form(terms, mind, oral, lenses)
    return Assessment(
        verdict="" if np.isnan(own) else verdict(float(own), terms.verdicts),
        other_verdict="" if np.isnan(other) else verdict(float(other), terms.verdicts),
        confidence=_confidence(terms, mind, place, low, lenses),
        path=tuple(_path(terms, mind, place, low, lenses, labels)),
        unhappy=unhappy,
        banked=tuple(
            Change(name, int(now), level)
            for name, now, level in zip(terms.deal_ids, low, row, strict=True)
            if level > int(now) and terms.deal_issue[name].kind != "sequence"
        ),
        form=form, form_rule="" if sure else terms.prepared_rule,
        lasting=_lasting(terms, mind, form, lifetime, unhappy),
        trust_ok=_trusts_enough(terms, mind, levels, banked, lenses),
        closest=closest(judge, row, mind.party) if mind.party else None,
    )  # fmt: skip


# --- the way home -----------------------------------------------------------------------------
def _path(
    terms: Negotiation, mind: Mind, place: Sequence[Any], low: Sequence[Any], lenses: frozenset[str],
    labels: Mapping[str, str],
) -> Iterator[Step]:  # fmt: skip
    """Yield who has to let the text pass: gates of law, players with a veto, authorities the catalogue names."""
    asked: set[str] = set()
    for gate in terms.gates:
        if gate.lens in lenses and not bool(passes(replace(gate, ways=()), terms, place, low, mind.values)):
            asked.update(gate.raises)
            standing = _of_gate(terms, gate, mind, place, low)
            missing = "" if standing == "clear" else _missing(terms, gate, mind, place, low, labels)
            yield Step(gate.label or gate.id, standing, gate.text, gate.rule, missing)
    for player in terms.players:
        if player.blocks and player.lens in lenses and bool(blocked(player, terms, place, low, mind.values)):
            asked.update(player.blocks)
            standing = _of_player(terms, player, mind, place, low, lenses)
            missing = (
                "" if standing == "clear" else "More in the text that counts for them, or less of what they refuse."
            )
            yield Step(player.label, standing, player.note, player.rule, missing)
    for name, now, level in zip(terms.deal_ids, low, place, strict=True):
        clause = terms.clause_of(name, int(level)) if int(level) > int(now) and name not in asked else None
        if clause is not None and clause.authority:
            yield Step(clause.authority, "clear", clause.label, clause.rule)


def _of_gate(terms: Negotiation, gate: Gate, mind: Mind, place: Sequence[Any], low: Sequence[Any]) -> Standing:
    """Tell how a gate stands: open where it hangs on a number the seat does not know well enough."""
    found: Standing = "blocked"
    for way in gate.ways:
        met = all(int(level_of(terms, place, low, name)[0]) >= level for name, level in way.levels.items())
        bounds = [_known(bound, mind) for bound in way.values]
        if met and all(bounds):
            return "clear"
        if met and not any(known is False for known in bounds):
            found = "open"
    return found


def _known(bound: Bound, mind: Mind) -> bool | None:
    """Tell whether a bound holds for all a seat knows, for none of it (False), or cannot be told (None)."""
    ends = mind.ranges.get(bound.var, (mind.values.get(bound.var, 0.0),) * 2)
    told = {bool(holds(bound, {bound.var: end})) for end in ends}
    return told.pop() if len(told) == 1 else None


def _of_player(
    terms: Negotiation, player: Player, mind: Mind, place: Sequence[Any], low: Sequence[Any], lenses: frozenset[str]
) -> Standing:
    names = [term.var for term in player.cost_factor.terms] if player.cost_factor is not None else []
    ends = [{n: mind.ranges.get(n, (mind.values[n],) * 2)[end] for n in names} for end in (0, 1)]
    told = {bool(consent(player, terms, place, low, {**mind.values, **end}, lenses)) for end in ends}
    if len(told) == 2:
        return "open"
    return "clear" if told.pop() else "blocked"


def _missing(
    terms: Negotiation, gate: Gate, mind: Mind, place: Sequence[Any], low: Sequence[Any], labels: Mapping[str, str]
) -> str:
    """Say what would open a gate, one way after another."""
    ways = []
    for way in gate.ways:
        parts = [
            f"{terms.deal_issue[name].label}: {terms.deal_issue[name].levels[level].label}"
            for name, level in way.levels.items()
            if int(level_of(terms, place, low, name)[0]) < level
        ]
        parts += [
            f"{labels.get(bound.var, bound.var)} {OPS[bound.op]} {bound.value:g}"
            for bound in way.values
            if _known(bound, mind) is not True
        ]
        ways.append(" and ".join(parts))
    return "; or ".join(way for way in ways if way)


def _unhappy(
    terms: Negotiation, mind: Mind, place: Sequence[Any], low: Sequence[Any], lenses: frozenset[str]
) -> Iterator[Voice]:
    for player in terms.players:
        silent = bool(player.blocks) or player.lens not in lenses
        if not silent and not bool(consent(player, terms, place, low, mind.values, lenses)):
            yield Voice(player.id, player.label, player.rule, player.note)


# --- worth, form, life ------------------------------------------------------------------------
def _confidence(
    terms: Negotiation, mind: Mind, place: Sequence[Any], low: Sequence[Any], lenses: frozenset[str]
) -> Confidence:
    """Tell how sure the word on the other side is: what one wrong reading could make of it.

    High: no single doubt changes the word; moderate: none makes better worse than waiting, or the reverse; else low.
    """
    if not mind.party:
        return ""
    other = other_party(terms, mind.party)
    names = variables_of(other) | {bound.var for bound in terms.verification.unless}
    values = {name: np.array([known[name] for known in (mind.values, *mind.doubts)]) for name in names}
    worth = utility(terms, other, place, low, values, lenses) - np.asarray(reservation(other, values, lenses))
    words = {verdict(float(one), terms.verdicts) for one in np.atleast_1d(worth)}
    signs = {bool(one >= 0) for one in np.atleast_1d(worth)}
    return "high" if len(words) == 1 else "moderate" if len(signs) == 1 else "low"


def _trusts_enough(
    terms: Negotiation, mind: Mind, levels: Mapping[str, int], banked: Mapping[str, int], lenses: frozenset[str]
) -> bool | None:
    if not mind.party:
        return None
    return needed_trust(terms, terms.party(mind.party), levels, mind.values, banked, lenses).enough


def _form(terms: Negotiation, mind: Mind, oral: bool, lenses: frozenset[str]) -> tuple[Form, bool]:
    """Return the form a signature would give the text, and whether nothing is in the way of a better one (R-I08)."""
    if oral:
        return "oral", True
    if "inst" not in lenses:
        return "text", True
    ready = terms.prepared is not None and _known(terms.prepared, mind) is True
    return ("text", True) if ready else ("statement", False)


def _lasting(terms: Negotiation, mind: Mind, form: Form, lifetime: Lifetime, unhappy: tuple[Voice, ...]) -> Lasting:
    """Say how long the text can be expected to live, as the seat believes (5.7)."""
    rules, known = terms.durability, mind.values
    fresh = strength(rules, form, known.get(lifetime.institution, 0.0))
    fresh = fresh * (lifetime.agent_factor if any(v.player == lifetime.agent for v in unhappy) else 1.0)
    unpaid = known.get(lifetime.unpaid, 0.0)
    score = durability(rules, strength=fresh, unpaid=unpaid, trust=tuple(known[name] for name in lifetime.trust))
    turns = 1.0 / max(1e-9, float(breakdown_hazard(rules, score, unpaid)))
    return next((word for most, word in LASTS if turns < most), "lasting")


def reads(terms: Negotiation) -> frozenset[str]:
    """Return the variables an assessment turns on: both parties' judgement, gates, and what moves veto players."""
    names: set[str] = set().union(*(variables_of(party) for party in terms.parties))
    names.update(bound.var for bound in terms.verification.unless)
    names.update(bound.var for gate in terms.gates for way in gate.ways for bound in way.values)
    for player in terms.players:
        if player.cost_factor is not None:
            names.update(term.var for term in player.cost_factor.terms)
    if terms.prepared is not None:
        names.add(terms.prepared.var)
    return frozenset(names)


def other_party(terms: Negotiation, party: str) -> Party:
    """Return the party on the other side."""
    return next(one for one in terms.parties if one.id != party)
