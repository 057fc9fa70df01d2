"""The catalogue a text is drafted from, and the rules of the table of a case.

Owns the shapes of `negotiation.clauses` and `negotiation.table`: a clause is an issue at a level, or, without an issue,
a side clause that is in force or not (levels 0 and 1). Side clauses can be read as issues of two levels, so that
everything that holds for an issue in a text holds for them. It must never enumerate packages or judge one.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

from msgspec import Struct

from negotiation.issues import Issue, Level

Bucket = Literal["promised", "given", "sure"]
REVERSIBLE_FROM = 2
"""Reversibility (0 cannot be undone .. 5 undone in days) from which a clause has to be kept anew every turn."""
MOST_TRANCHES = 8
DETECTION = 0.5
"""Chance a turn that a side clause not kept is seen, where the case says nothing of it (judgement)."""


class ClauseParams(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a text may fix about a clause: a date, steps (least, most), who looks, which other clause it follows."""

    due: bool = True
    tranches: tuple[int, int] = (1, 1)
    verification: tuple[str, ...] = ()
    depends_on: bool = True
    secret: bool = False


class CatalogueClause(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One clause as diplomats know it. With `issue` it stands for that issue at `level`; without, for itself.

    `obligor`: the party that owes it; a side clause without one is a form of the text and nobody's duty. `due`: turns
    from signature. `values`: worth to each party of a side clause that is carried out, in the units of the stakes, in
    `bucket`; `players`: to those who do not sign. `detection`: chance a turn that not keeping it is seen. `observers`:
    seats besides the parties that may notice. `excludes`: clauses that contradict it: no text has both. `worth`:
    ratings by actor as the case file gives them, for readers only.
    """

    id: str
    label: str
    code: str = ""
    text: str = ""
    obligor: str = ""
    issue: str = ""
    level: int = 0
    verified_by: str = ""
    due: int = 0
    reversibility: int = 4
    authority: str = ""
    worth: dict[str, float] = {}
    values: dict[str, float] = {}
    bucket: Bucket = "promised"
    players: dict[str, float] = {}
    detection: float | None = None
    observers: tuple[str, ...] = ()
    secret_ok: bool = False
    symbolic: bool = False
    excludes: tuple[str, ...] = ()
    params: ClauseParams = ClauseParams()
    rule: str = ""
    sources: tuple[str, ...] = ()

    @property
    def reversible(self) -> bool:
        """Tell whether it can be undone, so that it has to be kept every turn."""
        return self.reversibility >= REVERSIBLE_FROM

    def as_issue(self) -> Issue:
        """Return a side clause as an issue of two levels: not agreed, agreed."""
        return Issue(
            id=self.id,
            label=self.label,
            levels=(Level(label="not agreed"), Level(label="agreed", text=self.text)),
            obligor=self.obligor,
            symbolic=self.symbolic,
            reversible=self.reversible,
            sources=self.sources,
        )


class Table(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The rules of the table. `means`: chance a turn that each way of checking a clause sees it broken.

    `gate`: who lets a text out to the other side. `notice`: fewest turns between notice and withdrawal from a text.
    """

    gate: Literal["none", "control"] = "none"
    oral: bool = False
    expiry: bool = True
    notice: int = 0
    means: dict[str, float] = {}
    rule: str = ""
    sources: tuple[str, ...] = ()


class Problem(Struct, frozen=True):
    """One fault of a block: where, what, and what is allowed."""

    path: str
    message: str
    allowed: tuple[str, ...] = ()


def problems_of_clauses(
    clauses: Sequence[CatalogueClause],
    table: Table,
    *,
    issues: Mapping[str, int],
    parties: Iterable[str],
    players: Iterable[str],
    seats: Iterable[str],
) -> list[Problem]:
    """Return every fault of a catalogue that its shape alone does not exclude. `issues`: number of levels of each."""
    sides, others, known = tuple(sorted(parties)), tuple(sorted(players)), tuple(sorted(seats))
    found: list[Problem] = []
    seen: set[str] = set()
    ids = tuple(sorted(clause.id for clause in clauses))
    for number, clause in enumerate(clauses):
        path = f"clauses[{number}]"
        if clause.id in seen:
            found.append(Problem(path, f"clause {clause.id!r} given twice"))
        seen.add(clause.id)
        if clause.obligor and clause.obligor not in sides:
            found.append(Problem(f"{path}.obligor", f"unknown party {clause.obligor!r}", sides))
        found += _problems_of_place(path, clause, issues)
        for key, words, allowed in (
            ("values", clause.values, sides),
            ("players", clause.players, others),
            ("observers", dict.fromkeys(clause.observers, 0.0), known),
            ("excludes", dict.fromkeys(clause.excludes, 0.0), tuple(one for one in ids if one != clause.id)),
        ):
            found += [Problem(f"{path}.{key}", f"unknown name {w!r}", allowed) for w in words if w not in allowed]
        found += _problems_of_numbers(path, clause)
        for means in (*clause.params.verification, *([clause.verified_by] if table.means else [])):
            if table.means and means and means not in table.means:
                where = f"{path}.{'verified_by' if means == clause.verified_by else 'params.verification'}"
                found.append(Problem(where, f"unknown way of checking {means!r}", tuple(sorted(table.means))))
    found += [
        Problem(f"table.means.{name}", f"a chance of {p:g}; it lies between 0 and 1")
        for name, p in table.means.items()
        if not 0.0 <= p <= 1.0
    ]
    if table.notice < 0:
        found.append(Problem("table.notice", f"a notice of {table.notice} turns; it cannot be negative"))
    return found


def _problems_of_place(path: str, clause: CatalogueClause, issues: Mapping[str, int]) -> list[Problem]:
    if not clause.issue:
        if clause.id in issues:
            return [Problem(path, f"side clause {clause.id!r} has the id of an issue; give it another")]
        return [Problem(f"{path}.level", "a side clause has no level")] if clause.level else []
    if clause.issue not in issues:
        return [Problem(f"{path}.issue", f"unknown issue {clause.issue!r}", tuple(sorted(issues)))]
    if not 0 <= clause.level < issues[clause.issue]:
        allowed = tuple(map(str, range(issues[clause.issue])))
        return [Problem(f"{path}.level", f"{clause.issue} has no level {clause.level}", allowed)]
    if clause.values or clause.players or clause.detection is not None:
        return [Problem(path, f"what {clause.issue} is worth and how it is checked is said with the issue, not here")]
    return []


def _problems_of_numbers(path: str, clause: CatalogueClause) -> list[Problem]:
    found: list[Problem] = []
    if clause.due < 0:
        found.append(Problem(f"{path}.due", f"due {clause.due} turns after signature; it cannot be negative"))
    if not 0 <= clause.reversibility <= 5:
        found.append(Problem(f"{path}.reversibility", f"{clause.reversibility}; it lies between 0 and 5"))
    if clause.detection is not None and not 0.0 <= clause.detection <= 1.0:
        found.append(Problem(f"{path}.detection", f"a chance of {clause.detection:g}; it lies between 0 and 1"))
    least, most = clause.params.tranches
    if not 1 <= least <= most <= MOST_TRANCHES:
        where = f"{path}.params.tranches"
        found.append(Problem(where, f"from {least} to {most} steps; from 1 to {MOST_TRANCHES}, least first"))
    if clause.params.secret and not clause.secret_ok:
        found.append(Problem(f"{path}.params.secret", "say `secret_ok: true` if it may be agreed in secret"))
    return found
