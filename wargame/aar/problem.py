"""The bargaining problem at one moment of a recorded path, as one answer: headline texts, best text, gap, who blocks.

Owns what `manage.py bargain` says. It analyses a stored world and settles nothing.
"""

from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from adjudication.played import Played, world_at
from adjudication.scenario.schema import Scenario
from negotiation.analysis import Analysis, Point, analyse
from negotiation.points import judge, menu
from negotiation.ratification import win_sets
from negotiation.sides import COUNTED, Deal, analyse_with_sides
from negotiation.terms import Negotiation
from negotiation.trust import NEVER, needed_trust
from wargame.game.bargain import DECIMALS, raised, world_values

COUNT_ALL = 1 << 34
"""Look-ups allowed where somebody asked for the exact number of texts (minutes rather than moments)."""


class HeadlineText(Struct, frozen=True, kw_only=True):
    """A headline text of the case: surplus over waiting by party, whether nothing stops it, whether both gain."""

    id: str
    label: str
    surplus: dict[str, float]
    feasible: bool
    both: bool


class Text(Struct, frozen=True, kw_only=True):
    """A text found: what it raises (and how steps are ordered), in words, and surplus over waiting by party."""

    levels: dict[str, int]
    words: tuple[str, ...]
    surplus: dict[str, float]


class Found(Struct, frozen=True, kw_only=True):
    """An analysis. `texts`: how many there are; `feasible`: how many nothing stops; None: not counted."""

    texts: int
    feasible: int | None
    zopa: int | None
    gap: float
    frontier: int
    best: Text
    nash: Text | None
    kalai_smorodinsky: Text | None
    egalitarian: Text | None
    utilitarian: Text | None


class Constraint(Struct, frozen=True, kw_only=True):
    """A gate or player: part of the open packages it accepts, feasible packages with it over those without it."""

    id: str
    label: str
    veto: bool
    share: float
    shrinkage: float


class Trust(Struct, frozen=True):
    """Trust the best text takes of a party, and how much there is (R-R04); None: no trust is enough."""

    needed: float | None
    held: float


class Problem(Struct, frozen=True, kw_only=True):
    """The bargaining problem as a turn begins. `issues`: packages of the issues; `catalogue`: side clauses included."""

    scenario: str
    turn: int
    name: str
    parties: dict[str, str]
    in_force: dict[str, int]
    waiting: dict[str, float]
    menus: tuple[HeadlineText, ...]
    issues: Found
    catalogue: Found | None
    trust: dict[str, Trust]
    constraints: tuple[Constraint, ...]


def turn_named(case: Scenario, at: str) -> int | None:
    """Return the turn with a name or a number; spaces and case do not matter. None if there is none."""
    wanted = "".join(at.lower().split())
    names = {"".join(case.turn_name(turn).lower().split()): turn for turn in range(1, case.meta.turns + 1)}
    if wanted in names:
        return names[wanted]
    return int(wanted) if wanted.isdigit() and 1 <= int(wanted) <= case.meta.turns else None


def problem_at(played: Played, turn: int, *, count: bool = False) -> Problem:
    """Analyse the problem as a turn of a recorded path begins. `count`: count every text, however long it takes."""
    case, terms = played.scenario, played.scenario.negotiation
    world = world_at(played, turn).to_payload(case)
    values = world_values(case, world)
    banked = {name: int(level) for name, level in world["clauses"].items()}
    issues = analyse(terms, values, banked)
    return Problem(
        scenario=case.meta.id, turn=turn, name=case.turn_name(turn),
        parties={party.id: party.label for party in terms.parties},
        in_force={name: level for name, level in banked.items() if level},
        waiting=dict(zip(issues.parties, map(_rounded, issues.reservations), strict=True)),
        menus=_menus(terms, values, banked), issues=_of_issues(case, issues, banked),
        catalogue=_of_catalogue(case, values, banked, count=count) if terms.sides else None,
        trust=_trust(terms, issues, values, banked),
        constraints=tuple(
            Constraint(
                id=w.id, label=w.label, veto=w.veto, share=round(w.share, 4), shrinkage=round(w.shrinkage, 4)
            )
            for w in win_sets(terms, values, banked)
        ),
    )  # fmt: skip


def _rounded(value: float) -> float:
    return round(float(value), DECIMALS)


def _menus(terms: Negotiation, values: Mapping[str, float], banked: Mapping[str, int]) -> tuple[HeadlineText, ...]:
    if not terms.menus:
        return ()
    judged = judge(terms, [menu(terms, choice, banked) for choice in terms.menus], values, banked)
    return tuple(
        HeadlineText(
            id=choice.id, label=choice.label, feasible=bool(judged.feasible[0, at]), both=bool(judged.good[0, at]),
            surplus={party: _rounded(worth[0, at]) for party, worth in judged.surplus.items()},
        )
        for at, choice in enumerate(terms.menus)
    )  # fmt: skip


def _of_issues(case: Scenario, found: Analysis, banked: Mapping[str, int]) -> Found:
    def text(point: Point | None) -> Text | None:
        return None if point is None else _text(case, Deal(point.package, (), point.surplus), banked)

    best = text(found.nearest)
    assert best is not None, "what is in force is always a text"
    return Found(
        texts=found.space.size, feasible=found.feasible, zopa=found.zopa, gap=_rounded(found.gap),
        frontier=len(found.frontier), best=best, nash=text(found.nash), kalai_smorodinsky=text(found.kalai),
        egalitarian=text(found.egalitarian), utilitarian=text(found.utilitarian),
    )  # fmt: skip


def _of_catalogue(case: Scenario, values: Mapping[str, float], banked: Mapping[str, int], *, count: bool) -> Found:
    whole = analyse_with_sides(case.negotiation, values, banked, counted=COUNT_ALL if count else COUNTED)

    def text(deal: Deal | None) -> Text | None:
        return None if deal is None else _text(case, deal, banked)

    return Found(
        texts=whole.texts, feasible=None, zopa=whole.zopa, gap=_rounded(whole.gap), frontier=len(whole.frontier),
        best=_text(case, whole.nearest, banked), nash=text(whole.nash), kalai_smorodinsky=text(whole.kalai),
        egalitarian=text(whole.egalitarian), utilitarian=text(whole.utilitarian),
    )  # fmt: skip


def _text(case: Scenario, deal: Deal, banked: Mapping[str, int]) -> Text:
    terms = case.negotiation
    levels = raised(case, deal, banked)
    words = [
        terms.side[name].label if name in terms.side else f"{issue.label}: {issue.levels[levels[name]].label}"
        for name, issue in terms.deal_issue.items()
        if name in levels
    ]
    surplus = {party.id: _rounded(worth) for party, worth in zip(terms.parties, deal.surplus, strict=True)}
    return Text(levels=levels, words=tuple(words), surplus=surplus)


def _trust(
    terms: Negotiation, found: Analysis, values: Mapping[str, Any], banked: Mapping[str, int]
) -> dict[str, Trust]:
    levels = {issue.id: level for issue, level in zip(terms.issues, found.nearest.package, strict=True)}
    needed = {party.id: needed_trust(terms, party, levels, values, banked) for party in terms.parties}
    return {
        party: Trust(None if one.trust >= NEVER else round(one.trust, 4), round(one.held, 4))
        for party, one in needed.items()
    }
