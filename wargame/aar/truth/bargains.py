"""The bargaining map of each turn, as it was and as each side believed it, and the deals that were missed."""

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from negotiation.analysis import Analysis, analyse
from negotiation.closest import Judge, neighbours
from negotiation.package import increments, whole_row
from negotiation.points import banked_rows, judge, menu
from negotiation.ratification import win_sets
from negotiation.sides import Deal
from negotiation.terms import ALL_LENSES, Negotiation
from negotiation.trust import NEVER, needed_trust
from wargame.aar.chronicle import Chronicle, Json, Turn, banked_of, values_of
from wargame.aar.refs import merged, opened
from wargame.game import bargain
from wargame.game import events as ev
from wargame.game.bargain import DECIMALS, TRUTH, Moment

SAMPLE = 600
FRONTIER_POINTS = 160


def bargaining_map(log: Chronicle, turn: Turn, known: list[Json]) -> Json:
    """Return one turn's map: feasible packages, frontier, fair and nearest points, and the offers of the turn.

    The outer values are of the issues alone and as it was; `catalogue` counts side clauses, `believed` is the map in
    the eyes of each signatory. `lying` is where each text on the table stood by the world of the turn.
    """
    terms = log.case.negotiation
    values, banked = values_of(log.case, turn.before), banked_of(turn.before)
    found = analyse(terms, values, banked)
    free = analyse(terms, values, banked, without=_blockers(terms))
    first, second = terms.parties
    views = log.moments.get(turn.number, {TRUTH: Moment(values, banked)})
    return {
        "turn": turn.number, "label": turn.label, "refs": merged(opened(log, turn.number), _read(log, turn.number)),
        "x": {"seat": first.signatory, "label": f"{first.label}, over waiting"},
        "y": {"seat": second.signatory, "label": f"{second.label}, over waiting"},
        "total": found.space.size, "feasible": found.feasible, "zopa": found.zopa, "gap": round(found.gap, DECIMALS),
        "reservations": [round(r, DECIMALS) for r in found.reservations],
        "packages": _sample(found), "frontier": _frontier(found), "frontier_alt": _frontier(free),
        "alt_label": "If nobody could block",
        "fair": None if found.nash is None else _point(terms, found.nash.package, found.nash.surplus, banked),
        "nearest": _point(terms, found.nearest.package, found.nearest.surplus, banked),
        "trust": _trust(terms, found.nearest.package, values, banked),
        "menus": _menus(log, values, banked), "offers": list(_offers(log, turn, known)),
        "lying": list(_lying(log, turn, known, views[TRUTH])),
        "catalogue": _view(log, TRUTH, views[TRUTH]),
        "believed": [_view(log, seat, moment) for seat, moment in views.items() if seat != TRUTH],
        "players": [
            {
                "id": w.id, "label": w.label, "veto": w.veto, "share": round(w.share, 4),
                "shrinkage": round(w.shrinkage, 4),
            }
            for w in win_sets(terms, values, banked)
        ],
    }  # fmt: skip


def _read(log: Chronicle, turn: int) -> list[int]:
    """Return where the seats were given the readings that their picture of the problem rests on."""
    return [recorded.seq for recorded, made in log.of(ev.EstimatesMade) if made.turn == turn]


def _view(log: Chronicle, seat: str, moment: Moment) -> Json:
    """Return the problem with side clauses in somebody's eyes; `issues_*` are of the issues alone."""
    found = bargain.picture(log.case, moment)
    whole = found.whole

    def deal(one: Deal | None) -> Json | None:
        return None if one is None else _deal(log, one, moment.banked)

    return {
        "seat": seat, "gap": round(whole.gap, DECIMALS), "exists": whole.exists, "zopa": whole.zopa,
        "issues_gap": round(found.gap, DECIMALS), "issues_zopa": found.zopa, "texts": whole.texts,
        "frontier": bargain.frontier(whole), "fair": deal(whole.nash), "kalai": deal(whole.kalai),
        "nearest": deal(whole.nearest),
    }  # fmt: skip


def _deal(log: Chronicle, deal: Deal, banked: Mapping[str, int]) -> Json:
    levels = bargain.raised(log.case, deal, banked)
    return {
        "x": round(deal.surplus[0], DECIMALS), "y": round(deal.surplus[1], DECIMALS), "levels": levels,
        "label": "; ".join(_words(log.case.negotiation, levels)),
    }  # fmt: skip


def _words(terms: Negotiation, levels: Mapping[str, int]) -> Iterator[str]:
    """Yield what a text says, clause by clause."""
    for name, issue in terms.deal_issue.items():
        if name in levels:
            yield issue.label if name in terms.side else f"{issue.label}: {issue.levels[levels[name]].label}"


def _blockers(terms: Negotiation) -> frozenset[str]:
    return frozenset(gate.id for gate in terms.gates) | frozenset(player.id for player in terms.players)


def _sample(found: Analysis) -> list[list[float]]:
    """Return evenly spaced feasible packages: enough to see the shape of the set."""
    members = np.flatnonzero(found.allowed)
    step = max(1, -(-len(members) // SAMPLE))
    return [[round(float(found.first[i]), DECIMALS), round(float(found.second[i]), DECIMALS)] for i in members[::step]]


def _frontier(found: Analysis) -> list[list[float]]:
    front = found.frontier
    step = max(1, -(-len(front) // FRONTIER_POINTS))
    return [[round(float(found.first[i]), DECIMALS), round(float(found.second[i]), DECIMALS)] for i in front[::step]]


def _point(
    terms: Negotiation, package: tuple[int, ...], surplus: tuple[float, float], banked: Mapping[str, int]
) -> Json:
    levels = {issue.id: level for issue, level in zip(terms.issues, package, strict=True)}
    rises = increments(terms, levels, banked)
    words = [
        f"{i.label}: {i.levels[levels[i.id]].label}" for i in terms.issues if i.id in rises or i.kind == "sequence"
    ]
    return {
        "x": round(surplus[0], DECIMALS), "y": round(surplus[1], DECIMALS), "label": "; ".join(words), "levels": levels
    }  # fmt: skip


def _trust(
    terms: Negotiation, package: tuple[int, ...], values: Mapping[str, float], banked: Mapping[str, int]
) -> list[Json]:
    """Return how much trust the nearest text took of each party, and how much there was (R-R04); None: never enough."""
    levels = {issue.id: level for issue, level in zip(terms.issues, package, strict=True)}
    needed = {party.id: needed_trust(terms, party, levels, values, banked) for party in terms.parties}
    return [
        {
            "seat": party.signatory, "label": party.label, "held": round(needed[party.id].held, 4),
            "needed": None if needed[party.id].trust >= NEVER else round(needed[party.id].trust, 4),
        }
        for party in terms.parties
    ]  # fmt: skip


def _menus(log: Chronicle, values: Mapping[str, float], banked: Mapping[str, int]) -> list[Json]:
    terms = log.case.negotiation
    if not terms.menus:
        return []
    first, second = terms.parties
    judged = judge(terms, [menu(terms, choice, banked) for choice in terms.menus], values, banked)
    return [
        {
            "id": choice.id, "label": choice.label, "x": round(float(judged.surplus[first.id][0, at]), DECIMALS),
            "y": round(float(judged.surplus[second.id][0, at]), DECIMALS),
        }
        for at, choice in enumerate(terms.menus)
    ]  # fmt: skip


def _offers(log: Chronicle, turn: Turn, known: list[Json]) -> Iterator[dict[str, Any]]:
    """Yield every version tabled in a turn, placed as the world and the beliefs were at that moment."""
    otherwise = {TRUTH: Moment(values_of(log.case, turn.before), banked_of(turn.before))}
    for text in known:
        for version in text["versions"]:
            if version["turn"] != turn.number:
                continue
            views = log.tabled.get((text["offer"], version["version"]), otherwise)
            places = {of: bargain.place(log.case, moment, version["levels"]) for of, moment in views.items()}
            x, y, feasible = places.pop(TRUTH)
            newest = version["version"] == len(text["versions"])
            yield {
                "offer": text["offer"], "version": version["version"], "author": version["author"], "x": x, "y": y,
                "feasible": feasible, "label": f"{text['title']}, version {version['version']}",
                "status": text["status"] if newest else "countered", "at_ms": version["at_ms"],
                "refs": version["refs"],
                "believed": [{"seat": seat, "x": at[0], "y": at[1]} for seat, at in places.items()],
            }  # fmt: skip


def _lying(log: Chronicle, turn: Turn, known: list[Json], moment: Moment) -> Iterator[Json]:
    """Yield the version of every text that lay on the table in a turn, whenever it was tabled."""
    for text in known:
        version = _on_table(text, turn.number)
        if version is not None:
            x, y, feasible = bargain.place(log.case, moment, version["levels"])
            yield {
                "offer": text["offer"], "version": version["version"], "x": x, "y": y, "feasible": feasible,
                "label": f"{text['title']}, version {version['version']}", "refs": version["refs"],
            }  # fmt: skip


# --- missed deals -----------------------------------------------------------------------------
def missed(log: Chronicle, report: Json) -> list[Json]:
    """Return the turns in which a deal existed and none lay on the table, with how near the nearest text came.

    A text that is a deal excuses every turn it lies on the table, not only the one it was tabled in. `zopa` and `gap`
    are of the issues alone; `catalogue_gap` counts side clauses. `nearest` is the version on the table in the turn that
    left its worse-off side best off; `closing` the one clause that would have made it a deal, if any.
    """
    found = []
    for drawn in report["map"]:
        exists = drawn["zopa"] > 0 or drawn["catalogue"]["exists"]
        if not exists or any(_is_deal(one) for one in (*drawn["offers"], *drawn["lying"])):
            continue
        nearest = _nearest(log, drawn, report["texts"])
        found.append(
            {
                "turn": drawn["turn"], "gap": drawn["gap"], "zopa": drawn["zopa"],
                "catalogue_gap": drawn["catalogue"]["gap"], "nearest": nearest,
                "refs": merged(drawn["refs"], [] if nearest is None else nearest["refs"]),
            }
        )  # fmt: skip
    return found


def _is_deal(text: Json) -> bool:
    return bool(text["x"] >= 0 and text["y"] >= 0 and text["feasible"])


def _nearest(log: Chronicle, drawn: Json, known: list[Json]) -> Json | None:
    """Return the nearest text on the table in a turn, by the world of the turn, and what would have closed it."""
    moment = log.moments.get(drawn["turn"], {}).get(TRUTH)
    if moment is None or not drawn["lying"]:
        return None
    near: Json = max(drawn["lying"], key=lambda one: (one["feasible"], min(one["x"], one["y"])))
    levels = next(text for text in known if text["offer"] == near["offer"])["versions"][near["version"] - 1]["levels"]
    return near | {
        "short": round(max(0.0, -min(near["x"], near["y"])), DECIMALS),
        "closing": _closing(log.case.negotiation, moment, levels),
    }  # fmt: skip


def _on_table(text: Json, turn: int) -> Json | None:
    """Return the version of a text that lay on the table in a turn."""
    if text["status"] in ("in_force", "lapsed", "walked_away", "struck") and text["turn"] < turn:
        return None
    return next((version for version in reversed(text["versions"]) if version["turn"] <= turn), None)


def _closing(terms: Negotiation, moment: Moment, levels: Mapping[str, int]) -> Json | None:
    """Return the one clause whose change would have made a text better than waiting for both, or None."""
    asked = Judge(terms, terms.parties[0].id, "", moment.values, banked_rows(terms, moment.banked), ALL_LENSES)
    here = whole_row(terms, levels, moment.banked)
    rows = neighbours(asked, here, most=1)
    worst = np.where(asked.lawful(rows), asked.surplus(rows).min(axis=1), -np.inf)
    best = int(np.argmax(worst))
    if not worst[best] >= 0:
        return None
    at = int(np.flatnonzero(rows[best] != np.array(here))[0])
    issue, level = terms.deal_issues[at], int(rows[best, at])
    x, y = (round(float(worth), DECIMALS) for worth in asked.surplus(rows[best : best + 1])[0])
    return {
        "clause": issue.id, "label": issue.label, "from_level": int(here[at]), "to_level": level,
        "level_label": issue.levels[level].label, "x": x, "y": y,
    }  # fmt: skip
