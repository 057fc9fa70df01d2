"""Own what a clause of a text says beyond its level: when, in how many parts, checked how, after what, in brackets.

Checks are total and return a `Refused` value or None. What a case allows for a clause comes in as a `ClauseRule`;
nothing here knows a case, a seat's authority or the life of a text.
"""

from collections.abc import Iterable, Mapping
from typing import Annotated

from msgspec import Meta, Struct
from msgspec.structs import replace

WORDING = 4_000
"""Most characters of a clause in own words."""
ANNEX = 8_000
"""Most characters of an annex."""
ANNEXES = 6
"""Most annexes of a text."""
TRANCHES = 12
"""Most parts a clause is carried out in, where the case says nothing narrower."""


class Refused(Struct, frozen=True):
    """Why a step is not allowed: a stable code and what a sentence about it needs."""

    code: str
    params: dict[str, str | int | tuple[str, ...]] = {}


class Detail(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a clause says beyond its level. The clause is an issue or a side clause of the text."""

    due: Annotated[int, Meta(ge=1, le=999)] | None = None
    """Turn by whose end the obligor acts; None leaves it to the order of steps."""
    tranches: Annotated[int, Meta(ge=1, le=99)] = 1
    verified_by: Annotated[str, Meta(max_length=200)] = ""
    after: Annotated[str, Meta(max_length=64)] = ""
    """Clause of the same text that has to be carried out first."""
    secret: bool = False
    bracketed: bool = False
    """In brackets: proposed and not agreed."""
    wording: Annotated[str, Meta(max_length=WORDING)] = ""
    """Own words; empty stands for those of the catalogue."""


class Annex(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A paper attached to a text. It obliges nobody beyond the clauses."""

    id: Annotated[str, Meta(min_length=1, max_length=64, pattern=r"^[A-Za-z0-9._:@-]+$")]
    title: Annotated[str, Meta(min_length=1, max_length=200)]
    text: Annotated[str, Meta(min_length=1, max_length=ANNEX)]


class ClauseRule(Struct, frozen=True, kw_only=True):
    """What a case allows to be said of a clause. `verification` empty: anything; `excludes`: cannot stand beside."""

    due: bool = True
    tranches: tuple[int, int] = (1, TRANCHES)
    verification: tuple[str, ...] = ()
    after: bool = True
    secret: bool = False
    excludes: frozenset[str] = frozenset()


PLAIN = ClauseRule()
"""The rule of a clause of which the case says nothing."""


def brackets(details: Mapping[str, Detail]) -> tuple[str, ...]:
    """Return the clauses in brackets, in order of their ids."""
    return tuple(clause for clause, detail in sorted(details.items()) if detail.bracketed)


def secrets(details: Mapping[str, Detail]) -> frozenset[str]:
    """Return the clauses agreed to be secret."""
    return frozenset(clause for clause, detail in details.items() if detail.secret)


def kept(details: Mapping[str, Detail], clauses: Iterable[str]) -> dict[str, Detail]:
    """Return the details of these clauses, sorted, without any that say nothing."""
    wanted = set(clauses)
    return {clause: detail for clause, detail in sorted(details.items()) if clause in wanted and detail != Detail()}


def without(details: Mapping[str, Detail], hidden: frozenset[str]) -> dict[str, Detail]:
    """Return the details a reader may see who may know nothing of the hidden clauses, not even as a condition."""
    seen = {
        clause: replace(detail, after="") if detail.after in hidden else detail
        for clause, detail in details.items()
        if clause not in hidden
    }
    return kept(seen, seen)


def check_details(
    levels: Mapping[str, int], details: Mapping[str, Detail], *, rules: Mapping[str, ClauseRule], turn: int
) -> Refused | None:
    """Refuse what a text cannot say of its clauses now. `turn` is the running one; unknown clauses come first."""
    for clause, detail in sorted(details.items()):
        if clause not in levels:
            return Refused("offer.no_such_clause", {"issue": clause, "allowed": tuple(sorted(levels))})
        refused = _check_detail(clause, detail, rules.get(clause, PLAIN), turn)
        if refused:
            return refused
    return (
        _check_excluded({clause for clause, level in levels.items() if level}, rules)
        or _check_dependencies(levels, details)
        or None
    )


def _check_detail(clause: str, detail: Detail, rule: ClauseRule, turn: int) -> Refused | None:
    if detail.due is not None and not rule.due:
        return Refused("offer.not_to_date", {"issue": clause})
    if detail.due is not None and detail.due < turn:
        return Refused("offer.due_past", {"issue": clause, "due": detail.due, "turn": turn})
    low, high = rule.tranches
    if detail.tranches != 1 and not low <= detail.tranches <= high:
        return Refused("offer.tranches_range", {"issue": clause, "low": low, "high": high})
    if detail.verified_by and rule.verification and detail.verified_by not in rule.verification:
        return Refused("offer.verification_unknown", {"issue": clause, "allowed": rule.verification})
    if detail.secret and not rule.secret:
        return Refused("offer.not_secret", {"issue": clause})
    if detail.after and not rule.after:
        return Refused("offer.no_dependency", {"issue": clause})
    if len(detail.wording) > WORDING:
        return Refused(
            "offer.wording_too_long", {"issue": clause, "limit": WORDING, "over": len(detail.wording) - WORDING}
        )
    return None


def _check_excluded(clauses: set[str], rules: Mapping[str, ClauseRule]) -> Refused | None:
    for clause in sorted(clauses):
        against = sorted(rules.get(clause, PLAIN).excludes & clauses - {clause})
        if against:
            return Refused("offer.contradiction", {"issue": clause, "other": against[0]})
    return None


def _check_dependencies(levels: Mapping[str, int], details: Mapping[str, Detail]) -> Refused | None:
    after = {clause: detail.after for clause, detail in sorted(details.items()) if detail.after}
    for clause, first in after.items():
        if first not in levels:
            return Refused("offer.dependency_missing", {"issue": clause, "after": first})
    for clause in after:
        path = [clause]
        while path[-1] in after:
            step = after[path[-1]]
            if step in path:
                return Refused("offer.dependency_circle", {"path": (*path[path.index(step) :], step)})
            path.append(step)
    for clause, first in after.items():
        due, before = details[clause].due, details[first].due if first in details else None
        if due is not None and before is not None and before > due:
            return Refused("offer.dependency_late", {"issue": clause, "due": due, "after": first, "before": before})
    return None
