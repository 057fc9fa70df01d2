"""Packages: one level of every issue.

Owns the forms a package takes (levels by name as people write them, a row of numbers in the order of the
issues, a flat index) and what is wrong with one. It must never judge what a package is worth.
"""

from collections.abc import Mapping

from negotiation.terms import Negotiation

Row = tuple[int, ...]
Levels = Mapping[str, int]


def row(terms: Negotiation, levels: Levels, banked: Levels) -> Row:
    """Return the row of a package; issues it does not name stay as they are in force."""
    return tuple(levels.get(issue.id, standing(terms, banked)[issue.id]) for issue in terms.issues)


def whole_row(terms: Negotiation, levels: Levels, banked: Levels) -> Row:
    """Return the row of a package with its side clauses after the issues; what it does not name stays as in force."""
    held = tuple(levels.get(clause.id, banked.get(clause.id, 0)) for clause in terms.sides)
    return row(terms, levels, banked) + held


def named(terms: Negotiation, package: Row) -> dict[str, int]:
    """Return the levels of a row by issue id."""
    return {issue.id: level for issue, level in zip(terms.issues, package, strict=True)}


def standing(terms: Negotiation, banked: Levels) -> dict[str, int]:
    """Return the level of every issue in force; the sequence is chosen anew and starts at its default."""
    return {
        issue.id: issue.default if issue.kind == "sequence" else banked.get(issue.id, issue.default)
        for issue in terms.issues
    }


def complete(terms: Negotiation, levels: Levels, banked: Levels) -> dict[str, int]:
    """Return a package with every issue named."""
    return named(terms, row(terms, levels, banked))


def raised(terms: Negotiation, levels: Levels, banked: Levels) -> dict[str, int]:
    """Return a package raised where needed to what is already in force."""
    floor = standing(terms, banked)
    return {
        issue.id: levels.get(issue.id, issue.default)
        if issue.kind == "sequence"
        else max(floor[issue.id], levels.get(issue.id, 0))
        for issue in terms.issues
    }


def increments(terms: Negotiation, levels: Levels, banked: Levels) -> dict[str, tuple[int, int]]:
    """Return issue -> (level in force, new level) for every clause that rises."""
    floor = standing(terms, banked)
    full = complete(terms, levels, banked)
    return {
        issue.id: (floor[issue.id], full[issue.id])
        for issue in terms.issues
        if issue.kind != "sequence" and full[issue.id] > floor[issue.id]
    }


def faults(terms: Negotiation, levels: Levels, banked: Levels) -> list[tuple[str, dict[str, str | int]]]:
    """Return (code, params) for every reason why these levels are no package; empty if they are one."""
    floor = standing(terms, banked)
    known = {issue.id: issue for issue in terms.issues}
    found: list[tuple[str, dict[str, str | int]]] = []
    for name, level in levels.items():
        issue = known.get(name)
        if issue is None:
            found.append(("clause.unknown_issue", {"issue": name}))
        elif not 0 <= level < len(issue.levels):
            found.append(("clause.no_such_level", {"issue": name, "level": level, "highest": len(issue.levels) - 1}))
        elif issue.kind != "sequence" and level < floor[name]:
            found.append(("clause.below_standing", {"issue": name, "level": level, "standing": floor[name]}))
    return found


def index(terms: Negotiation, package: Row) -> int:
    """Return the flat, C-ordered index of a row in the whole space."""
    flat = 0
    for level, size in zip(package, terms.space.shape, strict=True):
        flat = flat * size + level
    return flat
