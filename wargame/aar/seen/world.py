"""The world as one seat came to know it: what was owed, which rules it was told of, and the record of the case.

Owns no fact of its own. The record (dated events, published figures) is the case's and open to all once a game is over.
"""

from collections.abc import Iterator
from itertools import pairwise

import msgspec

from adjudication.lenses import LABELS
from wargame.aar.chronicle import Json
from wargame.aar.refs import merged, refs_in
from wargame.aar.seen.play import moves
from wargame.aar.seen.sight import FRAME_ROW, Sight
from wargame.aar.truth.history import cites, recorded_events, recorded_points
from wargame.aar.truth.obligations import KEPT
from wargame.game import entities as e


def obligations(mine: Sight) -> list[Json]:
    """Return every clause this seat knew to be owed, with each state it was told of; `unseen` it cannot know."""
    signed = dict(mine.shown.all(e.AgreementSeen, "agreement"))
    return [
        {
            "agreement": one.agreement, "title": signed[one.agreement].title if one.agreement in signed else "",
            "clause": one.clause, "label": one.label, "obligor": one.obligor,
            "turn": mine.turn_at(mine.shown.first_ms("obligation", key)),
            "from_level": one.from_level, "level": one.level, "due": one.due_turn, "verified_by": one.verified_by,
            "detection": one.detection, "secret": one.secret, "state": one.state, "kept": KEPT.get(one.state),
            "history": [
                {"turn": mine.turn_at(at_ms), "state": was.state, "why": was.why, "rule": was.rule, "refs": [n]}
                for n, at_ms, was in _states(mine, key)
            ],
            "refs": merged(mine.shown.told_by("obligation", key), mine.shown.refs("agreement", one.agreement)),
        }
        for key, one in mine.shown.all(e.ObligationSeen, "obligation")
    ]  # fmt: skip


def _states(mine: Sight, key: str) -> list[tuple[int, int, e.ObligationSeen]]:
    """Return (n, time, value) of each state a clause was told to be in; what a rewind took back is left out."""
    back = [row.n for row in mine.shown.rows if row.kind == "rewound"]
    known = set(mine.shown.told_by("obligation", key))
    told = [row for row in mine.shown.rows if row.n in known]
    found: list[tuple[int, int, e.ObligationSeen]] = []
    for row in told:
        value = msgspec.json.decode(row.value, type=e.ObligationSeen)
        if found and any(found[-1][0] < n < row.n for n in back):
            same = [place for place, (_, _, was) in enumerate(found) if was == value]
            found = found[: same[-1] + 1] if same else found
            if same:
                continue
        found.append((row.n, row.at_ms, value))
    return found[:1] + [later for was, later in pairwise(found) if later[2].state != was[2].state]


def firings(mine: Sight) -> Json:
    """Return the rules this seat was told of, in outcomes and for its orders, with the turns and how often."""
    told: dict[str, list[tuple[int, list[int]]]] = {}
    for key, outcome in mine.shown.all(e.OutcomeSeen, "outcome"):
        refs = mine.shown.refs("outcome", key)
        named = [cause.rule for change in outcome.changes for cause in change.causes]
        named += [rule for order in (*outcome.own_orders, *outcome.seen_orders) for rule in order.rules]
        for rule in named:
            if rule in mine.case.rule:
                told.setdefault(rule, []).append((outcome.turn, refs))
    rules: list[Json] = [
        {
            "rule": name, "name": mine.case.rule[name].name, "lens": mine.case.rule[name].lens,
            "say": mine.case.rule[name].say, "sources": list(mine.case.rule[name].sources), "count": len(times),
            "in_turns": sorted({turn for turn, _ in times}), "refs": merged(*(refs for _, refs in times)),
        }
        for name, times in sorted(told.items())
    ]  # fmt: skip
    lenses = [
        {"lens": lens, "label": label, "count": sum(rule["count"] for rule in rules if rule["lens"] == lens)}
        for lens, label in LABELS.items()
    ]
    return {"lenses": lenses, "rules": rules, "refs": refs_in(rules) or [FRAME_ROW]}


def history(mine: Sight) -> Json:
    """Return the record beside what this seat saw done: `turns` with both, and the published `indicators`."""
    seen = moves(mine)
    return {
        "recorded": bool(mine.case.anchors or mine.case.indicators),
        "turns": [
            {
                "turn": turn["turn"], "label": turn["label"], "game_date": turn["game_date"],
                "recorded": recorded_events(mine.case, turn["turn"]), "played": list(_done(seen, turn["turn"])),
                "refs": refs_in(_done(seen, turn["turn"])) or [FRAME_ROW],
            }
            for turn in mine.turns
        ],
        "indicators": [
            {
                "id": one.id, "label": one.label, "unit": one.unit, "note": one.note,
                "record": recorded_points(mine.case, one), "cites": cites(mine.case, one.sources), "refs": [],
            }
            for one in mine.case.indicators
        ],
        "refs": [FRAME_ROW],
    }  # fmt: skip


def _done(seen: list[Json], turn: int) -> Iterator[Json]:
    for move in seen:
        if move["turn"] == turn and move["status"] in ("done", "partial"):
            yield {"kind": "move", "seat": move["seat"], "text": move["label"], "refs": move["refs"]}
