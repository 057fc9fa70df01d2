"""Signed texts: what each side owes, when, and how long a text is likely to live.

Owns obligations and their order, verification and detection, compliance, durability and the hazard of collapse
(adjudication.md 5.7). Functions of numbers accept arrays of games. It must never draw a die or apply an effect.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from negotiation.package import increments
from negotiation.terms import Durability, Negotiation
from negotiation.valuation import Number

SIMULTANEOUS, STEPWISE, OTHER_FIRST = 0, 1, 2


class Undertaking(Struct, frozen=True, kw_only=True):
    """What a text itself fixes about one of its clauses; what it leaves open follows from its sequence and the case.

    `due`: the turn by which the obligor acts. `tranches`: steps, one a turn from then on. `after`: another clause of
    the text that has to be kept first. `verified_by`: one of the ways of checking the clause allows. `secret`: known to
    the parties alone.
    """

    due: int | None = None
    tranches: int = 1
    verified_by: str = ""
    after: str = ""
    secret: bool = False


class Obligation(Struct, frozen=True, kw_only=True):
    """One clause of a signed text: who moves it from where to where, when, in how many steps, and after whom.

    `obligor` "": a form of the text that is in force and nobody's duty. `due_turn` None: no date was set.
    """

    issue: str
    from_level: int
    to_level: int
    obligor: str
    due_turn: int | None
    verification: int
    reversible: bool
    depends_on: str | None = None
    tranches: int = 1
    verified_by: str = ""
    secret: bool = False


def obligations(
    terms: Negotiation,
    levels: Mapping[str, int],
    banked: Mapping[str, int],
    *,
    turn: int,
    details: Mapping[str, Undertaking] | None = None,
    oral: bool = False,
) -> tuple[Obligation, ...]:
    """Return what a text obliges, ordered by its sequence; what its details fix goes before that.

    Simultaneous: all due now. Step by step: the parties alternate, each step due one turn after the one it answers
    and dependent on it. Other first: everything of the first party waits for the last step of the second. Side clauses
    are due so many turns after signature as the catalogue says. An oral understanding (`oral`) dates nothing but what
    its details date.
    """
    found = (*_of_issues(terms, levels, banked, turn), *_of_sides(terms, levels, banked, turn))
    return tuple(_detailed(terms, one, (details or {}).get(one.issue), oral=oral) for one in found)


def _of_sides(
    terms: Negotiation, levels: Mapping[str, int], banked: Mapping[str, int], turn: int
) -> tuple[Obligation, ...]:
    return tuple(
        Obligation(
            issue=side.id, from_level=0, to_level=1, obligor=side.obligor,
            due_turn=turn + side.due if side.obligor else None, verification=0, reversible=side.reversible,
            verified_by=side.verified_by,
        )
        for side in terms.sides
        if levels.get(side.id, 0) > banked.get(side.id, 0)
    )  # fmt: skip


def _detailed(terms: Negotiation, one: Obligation, fixed: Undertaking | None, *, oral: bool) -> Obligation:
    """Return an obligation as the text itself fixes it."""
    known = terms.clause_of(one.issue, one.to_level)
    checked = one.verified_by or (known.verified_by if known is not None else "")
    due = None if oral else one.due_turn
    if fixed is None:
        return replace(one, verified_by=checked, due_turn=due)
    return replace(
        one,
        due_turn=(due if fixed.due is None else fixed.due) if one.obligor else None,
        tranches=max(1, fixed.tranches),
        verified_by=fixed.verified_by or checked,
        depends_on=fixed.after or one.depends_on,
        secret=fixed.secret,
    )


def _of_issues(
    terms: Negotiation, levels: Mapping[str, int], banked: Mapping[str, int], turn: int
) -> tuple[Obligation, ...]:
    issues = {issue.id: issue for issue in terms.issues}
    rises = {name: rise for name, rise in increments(terms, levels, banked).items() if name in issues}
    axis = terms.space.sequence
    sequence = SIMULTANEOUS
    if axis is not None:
        issue = terms.issues[axis]
        sequence = levels.get(issue.id, issue.default)
    ver = terms.space.verification
    checked = 0 if ver is None else levels.get(terms.issues[ver].id, banked.get(terms.issues[ver].id, 0))
    first, second = terms.parties[0].id, terms.parties[1].id
    steps: dict[str, list[str]] = {
        side: [name for name in rises if (issues[name].obligor or second) == side] for side in (first, second)
    }
    order = _schedule(steps, sequence, first, second)
    return tuple(
        Obligation(
            issue=name, from_level=rises[name][0], to_level=rises[name][1],
            obligor=issues[name].obligor or second, due_turn=turn + delay, verification=checked,
            reversible=issues[name].reversible, depends_on=after,
        )
        for name, delay, after in order
    )  # fmt: skip


def _schedule(
    steps: Mapping[str, list[str]], sequence: int, first: str, second: str
) -> list[tuple[str, int, str | None]]:
    """Return (issue, turns from signature, issue it depends on)."""
    own, other = steps[first], steps[second]
    if sequence == SIMULTANEOUS:
        return [(name, 0, None) for name in (*other, *own)]
    if sequence == OTHER_FIRST:
        last = other[-1] if other else None
        return [(name, place, None) for place, name in enumerate(other)] + [(name, len(other), last) for name in own]
    woven: list[tuple[str, int, str | None]] = []
    before: str | None = None
    for place in range(max(len(own), len(other))):
        for side in (other, own):
            if place < len(side):
                woven.append((side[place], len(woven) // 2, before))
                before = side[place]
    return woven


def durability(rules: Durability, *, strength: Number, unpaid: Number, trust: tuple[Number, ...]) -> Number:
    """Return durability 0-100 of what is in force: strength, shrunk by unpaid concessions and by distrust."""
    paid = np.where(np.less(unpaid, rules.patience), 1.0, rules.unpaid_factor)
    believed: Any = 1.0
    if trust:
        believed = np.minimum(1.0, sum(trust[1:], start=trust[0]) / rules.trust_scale)
    score: Any = np.clip(strength * (0.5 + 0.5 * paid) * (0.5 + 0.5 * believed), 0.0, 100.0)
    return float(score) if np.ndim(score) == 0 else score


def breakdown_hazard(rules: Durability, score: Number, unpaid: Number) -> Number:
    """Return the chance that a text collapses this turn. Early and unpaid only briefly, a weak text gets grace."""
    base = rules.hazard * np.exp(-rules.decay * np.asarray(score))
    strained = np.logical_or(np.greater_equal(unpaid, rules.grace_turns), np.greater(score, rules.grace_above))
    hazard: Any = base * np.where(strained, 1.0, rules.grace_factor)
    return float(hazard) if np.ndim(hazard) == 0 else hazard


def strength(rules: Durability, form: str, institution: Number) -> Number:
    """Return the strength of a text at signature, by its form and the channel that carries it."""
    base = {"oral": rules.oral, "statement": rules.statement}.get(form, rules.text)
    return base + rules.institution_weight * institution


def detection(terms: Negotiation, level: int) -> float:
    """Return the chance that cheating is noticed in a turn at a level of verification."""
    return terms.verification.detection[level]


def compliance(rules: Durability, *, gain: Number, channel: Number, audience: Number) -> Number:
    """Return the chance that a side complies: `gain` = utility of complying less that of defecting."""
    pull = gain / rules.compliance_scale + rules.compliance_channel * channel / 100.0
    pull = pull + rules.compliance_audience * audience / rules.audience_unit
    chance: Any = 1.0 / (1.0 + np.exp(-np.asarray(pull)))
    return float(chance) if np.ndim(chance) == 0 else chance
