"""The game beside what happened: dated events, published indicators, and the recorded orders settled by the same model.

Owns the comparison. What the record says cites its sources and refers to no event; what the game did refers to its log.
Three kinds of record are kept apart: dated events, figures others published, and the path the model takes on the orders
that were given then (which is the model's, not history's).
"""

from collections.abc import Iterator

import numpy as np

from adjudication.played import accounts, recorded_game
from adjudication.results import Resolution
from adjudication.scalars import Floats, evaluate
from adjudication.scenario import Scenario
from adjudication.scenario.record import Indicator, IndicatorPoint
from wargame.aar.chronicle import Chronicle, Json, Turn
from wargame.aar.refs import merged, of_order, opened, settled
from wargame.aar.words import move_name, seat_name
from wargame.game.bargain import world_values

DECIMALS = 6
DONE = ("done", "partial")
MODEL = "the recorded orders settled by this model"
RECORD = "the record of the case"
METHOD: Json = {
    "record": "Dated events and published figures as their sources give them; offices, not names.",
    "path": "The recorded orders settled by this model, with the outcomes the record fixes. Where it differs from the"
    " game, choices differed; where it differs from history, the model does.",
}


def history(log: Chronicle) -> Json:
    """Return `turns`, `paths` of headline variables, `indicators` and `meetings`, the game beside the record in each.

    A case without a record has empty lists: `recorded` is False. What is of the record has `cites` and no `refs`.
    """
    played = [turn for turn in log.turns if turn.resolution is not None]
    record = record_of(log.case)
    return {
        "recorded": bool(record or log.case.anchors or log.case.indicators),
        "turns": [
            {
                "turn": turn.number, "label": turn.label, "game_date": turn.game_date,
                "recorded": recorded_events(log.case, turn.number), "played": _played(log, turn),
                "refs": merged(opened(log, turn.number), settled(log, turn.number)),
            }
            for turn in log.turns
        ],
        "paths": list(_paths(log, played, record)),
        "indicators": [_indicator(log, one, played) for one in log.case.indicators],
        "meetings": list(_meetings(log, played)),
        "refs": settled(log, *(turn.number for turn in played)) or [log.events[-1].seq],
    }  # fmt: skip


# --- the record ---------------------------------------------------------------------------------
def recorded_events(case: Scenario, turn: int) -> list[Json]:
    """Return the dated events of the record that belong to a turn, by date, each with its sources in words."""
    return [
        {
            "id": one.id, "date": one.date, "title": one.title, "text": one.text, "cites": cites(case, one.sources),
            "refs": [],
        }
        for one in sorted(case.anchors, key=lambda anchor: (anchor.date, anchor.id))
        if one.turn == turn
    ]  # fmt: skip


def recorded_points(case: Scenario, one: Indicator) -> list[Json]:
    """Return the published figures of an indicator by turn."""
    return [_published(case, one, point) for point in one.points if point.turn > 0]


def _published(case: Scenario, one: Indicator, point: IndicatorPoint) -> Json:
    return {
        "turn": point.turn, "value": point.value, "low": point.low, "high": point.high, "note": point.note,
        "cites": cites(case, one.sources), "refs": [],
    }  # fmt: skip


def cites(case: Scenario, sources: tuple[str, ...]) -> str:
    """Return sources in words."""
    return " ".join(case.source[name].text for name in sources if name in case.source) or ", ".join(sources)


def record_of(case: Scenario) -> tuple[Resolution, ...]:
    """Return the recorded orders of a case settled turn by turn; nothing without a record. Kept with the case."""
    if "_record" not in case.__dict__:
        played = None if case.history is None else recorded_game(case)
        case.__dict__["_record"] = () if played is None else accounts(played, played.turns, played.start)
    found: tuple[Resolution, ...] = case.__dict__["_record"]
    return found


# --- the game -----------------------------------------------------------------------------------
def _played(log: Chronicle, turn: Turn) -> list[Json]:
    """Return what was carried out and what happened in a turn of the game, in words."""
    if turn.resolution is None:
        return []
    done = [
        {
            "kind": "move",
            "seat": one.seat,
            "text": f"{seat_name(log, one.seat)}: {move_name(log, one.move)}",
            "refs": of_order(log, one.id, turn.number),
        }
        for one in turn.resolution.orders
        if one.status in DONE
    ]
    told = [one.text for one in turn.resolution.happenings if one.text]
    return [
        *done, *({"kind": "event", "seat": None, "text": text, "refs": settled(log, turn.number)} for text in told)
    ]  # fmt: skip


def _paths(log: Chronicle, played: list[Turn], record: tuple[Resolution, ...]) -> Iterator[Json]:
    """Yield every headline variable by turn, in the game and on the record's orders, and where they differ most."""
    then = {done.turn: done.world["values"] for done in record}
    for variable in log.case.variables if then else ():
        if not variable.headline:
            continue
        game = {turn.number: turn.after["values"][variable.id] for turn in played if turn.after is not None}
        both = [turn for turn in game if turn in then]
        far = max(both, key=lambda turn: (abs(game[turn] - then[turn][variable.id]), -turn), default=None)
        yield {
            "variable": variable.id, "label": variable.label, "unit": variable.unit,
            "game": [{"turn": turn, "value": value, "refs": settled(log, turn)} for turn, value in game.items()],
            "record": [
                {"turn": turn, "value": values[variable.id], "cites": MODEL, "refs": []}
                for turn, values in then.items()
            ],
            "furthest": None if far is None else {
                "turn": far, "apart": round(game[far] - then[far][variable.id], DECIMALS), "refs": settled(log, far)
            },
        }  # fmt: skip


def _indicator(log: Chronicle, one: Indicator, played: list[Turn]) -> Json:
    points = [
        {"turn": turn.number, "value": _beside(log, one, turn), "refs": settled(log, turn.number)} for turn in played
    ]
    return {
        "id": one.id, "label": one.label, "unit": one.unit, "note": one.note, "beside": one.beside,
        "cites": cites(log.case, one.sources), "record": recorded_points(log.case, one),
        "game": points if one.scalar is not None or one.moves else [], "refs": [],
    }  # fmt: skip


def _beside(log: Chronicle, one: Indicator, turn: Turn) -> float:
    """Return what of the game stands beside an indicator at the end of a turn."""
    assert turn.resolution is not None
    if one.scalar is None:
        return sum(order.move in one.moves and order.status in DONE for order in turn.resolution.orders)
    values = world_values(log.case, turn.after or {})
    values |= {"p_clash": turn.resolution.p_clash, "p_war": turn.resolution.p_war}
    return round(float(np.asarray(evaluate(one.scalar, _Values(values)))), DECIMALS)


class _Values:
    """Names and numbers of one moment, as scalars read them."""

    def __init__(self, values: dict[str, float]) -> None:
        self.values = values

    def read(self, name: str) -> Floats:
        """Return a name's value."""
        return np.asarray(self.values[name])


def _meetings(log: Chronicle, played: list[Turn]) -> Iterator[Json]:
    """Yield each turn in which leaders met, in the game or then, and how the meeting ended ("": none was held)."""
    then = {} if log.case.history is None else {one.turn: one.result for one in log.case.history.summits}
    met = {turn.number: turn.resolution.summit.result for turn in played if turn.resolution and turn.resolution.summit}
    last = max((turn.number for turn in played), default=0)
    for turn in sorted({*met, *(one for one in then if 0 < one <= last)}):
        yield {
            "turn": turn, "label": log.case.turn_name(turn), "game": met.get(turn, ""), "record": then.get(turn, ""),
            "refs": settled(log, turn), "cites": RECORD if turn in then else "",
        }  # fmt: skip
