"""What is wrong with the `negotiation:` block of a scenario beyond its shape: names, levels, counts, size.

Owns the checks and nothing else; every fault says where it is and what is allowed. It must never read a file or repair.
"""

from collections.abc import Mapping

from negotiation.clauses import Problem, problems_of_clauses
from negotiation.terms import Negotiation, variables_of

__all__ = ["Problem", "problems"]


def problems(
    terms: Negotiation, *, variables: frozenset[str] | set[str], seats: frozenset[str] | set[str]
) -> list[Problem]:
    """Return every fault of a block that its shape alone does not exclude."""
    found = list(_problems_of_issues(terms))
    levels = {issue.id: len(issue.levels) for issue in terms.issues}
    for path, issue, level in _levels_named(terms):
        # A headline text is one of the enumerated packages; who may block may ask about side clauses too.
        known = levels if path.startswith("menus") else levels | dict.fromkeys(terms.side, 2)
        if issue not in known:
            found.append(Problem(path, f"unknown issue {issue!r}", tuple(sorted(known))))
        elif not 0 <= level < known[issue]:
            found.append(Problem(path, f"{issue} has no level {level}", tuple(map(str, range(known[issue])))))
    for path, issue, count in _rows_named(terms):
        if issue not in levels:
            found.append(Problem(path, f"unknown issue {issue!r}", tuple(sorted(levels))))
        elif count != levels[issue]:
            found.append(Problem(path, f"{issue} has {levels[issue]} levels, {count} values given"))
    for path, var in _variables_named(terms):
        if var not in variables:
            found.append(Problem(path, f"unknown variable {var!r}", tuple(sorted(variables))))
    for number, party in enumerate(terms.parties):
        path = f"parties[{number}]"
        if party.signatory not in seats:
            found.append(Problem(f"{path}.signatory", f"unknown seat {party.signatory!r}", tuple(sorted(seats))))
        for row, stake in enumerate(party.stakes):
            if stake.factor is not None and stake.factor not in party.factors:
                where = f"{path}.stakes[{row}].factor"
                found.append(Problem(where, f"unknown factor {stake.factor!r}", tuple(sorted(party.factors))))
    return found + problems_of_clauses(
        terms.clauses,
        terms.table,
        issues=levels,
        parties=[party.id for party in terms.parties],
        players=[player.id for player in terms.players],
        seats=seats,
    )


def _problems_of_issues(terms: Negotiation) -> list[Problem]:
    found: list[Problem] = []
    seen: set[str] = set()
    for number, issue in enumerate(terms.issues):
        path = f"issues[{number}]"
        if issue.id in seen:
            found.append(Problem(path, f"issue {issue.id!r} given twice"))
        seen.add(issue.id)
        if len(issue.levels) < 2:
            found.append(Problem(path, f"{issue.id} needs at least two levels"))
        if not 0 <= issue.default < len(issue.levels):
            found.append(Problem(f"{path}.default", f"{issue.id} has no level {issue.default}"))
    found.extend(
        Problem("issues", f"at most one issue may be the {kind}")
        for kind in ("verification", "sequence")
        if sum(issue.kind == kind for issue in terms.issues) > 1
    )
    if terms.space.size > terms.max_packages:
        found.append(Problem("issues", f"{terms.space.size} packages; at most {terms.max_packages} can be enumerated"))
    if len(terms.parties) != 2:
        found.append(Problem("parties", f"exactly two parties sign; {len(terms.parties)} given"))
    steps = 1 if terms.space.sequence is None else terms.space.shape[terms.space.sequence]
    for number, party in enumerate(terms.parties):
        if len(party.delivery) != steps:
            where = f"parties[{number}].delivery"
            found.append(Problem(where, f"{steps} levels of the sequence, {len(party.delivery)} given"))
    axis = terms.space.verification
    if axis is not None and len(terms.verification.multiplier) != terms.space.shape[axis]:
        found.append(Problem("verification.multiplier", f"needs {terms.space.shape[axis]} values"))
    return found


def _levels_named(terms: Negotiation) -> list[tuple[str, str, int]]:
    named: list[tuple[str, str, int]] = []

    def add(path: str, levels: Mapping[str, int]) -> None:
        named.extend((f"{path}.{issue}", issue, level) for issue, level in levels.items())

    for g, gate in enumerate(terms.gates):
        add(f"gates[{g}].raises", gate.raises)
        for w, way in enumerate(gate.ways):
            add(f"gates[{g}].ways[{w}].levels", way.levels)
    for p, player in enumerate(terms.players):
        add(f"players[{p}].blocks", player.blocks)
    for m, menu in enumerate(terms.menus):
        add(f"menus[{m}].levels", menu.levels)
    return named


def _rows_named(terms: Negotiation) -> list[tuple[str, str, int]]:
    rows = [
        (f"parties[{p}].stakes[{s}]", stake.issue, len(stake.values))
        for p, party in enumerate(terms.parties)
        for s, stake in enumerate(party.stakes)
    ]
    rows.extend(
        (f"players[{p}].values.{issue}", issue, len(values))
        for p, player in enumerate(terms.players)
        for issue, values in player.values.items()
    )
    return rows


def _variables_named(terms: Negotiation) -> list[tuple[str, str]]:
    named = [(f"parties[{p}]", var) for p, party in enumerate(terms.parties) for var in sorted(variables_of(party))]
    named.extend(("verification.unless", bound.var) for bound in terms.verification.unless)
    for g, gate in enumerate(terms.gates):
        named.extend((f"gates[{g}].ways", bound.var) for way in gate.ways for bound in way.values)
    for p, player in enumerate(terms.players):
        if player.cost_factor is not None:
            named.extend((f"players[{p}].cost_factor", term.var) for term in player.cost_factor.terms)
    if terms.prepared is not None:
        named.append(("prepared", terms.prepared.var))
    return named
