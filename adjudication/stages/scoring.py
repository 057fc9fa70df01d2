"""Stage 10: indices of the turn and each seat's own goals, 0-100 (section 7). Nothing here moves the world.

Averages over the game come from running sums kept beside the state (`World.tally`); goals are never added across teams.
"""

import numpy as np

from adjudication.scenario.schema import SEVERITY_POINTS, Scenario
from adjudication.settlement import Bools, Floats, Settlement
from adjudication.stages.commitments import durability_of

Tally = dict[str, Floats]


def update_tally(s: Settlement, before: Tally, p_clash: Floats, fresh: Floats) -> Tally:
    """Return the running sums after this turn. `fresh`: clauses raised this turn, (B,)."""
    tally = {name: value.copy() for name, value in before.items()}

    def add(name: str, amount: Floats | Bools | float) -> None:
        tally[name] = tally.get(name, np.zeros(s.batch)) + amount

    v = s.values
    press = s.pressure()
    start = np.asarray(before.get("press_peak", press))
    tally["press_peak"] = np.maximum(start, press)
    add("turns", 1.0)
    add("approval", v.get("approval_nk", np.zeros(s.batch)))
    add("risk", 100.0 * (1.0 - np.exp(-4.0 * -np.log(np.maximum(1e-12, 1.0 - p_clash)))))
    add("tension", v["tension"])
    for back in (3, 2):
        if f"tension_{back - 1}" in tally:
            tally[f"tension_{back}"] = tally[f"tension_{back - 1}"]
    if "tension_0" in tally:
        tally["tension_1"] = tally["tension_0"]
    tally["tension_0"] = v["tension"]
    _orders(s, add, tally)
    visible = (fresh > 0) | s.events.get("summit", s.none)
    add("results", visible * 0.45 ** np.minimum(tally.get("results_n", np.zeros(s.batch)), 20.0))
    add("results_n", visible)
    consulted = s.none
    for act in s.acts:
        if act.move.id in ("consult", "trilateral", "allied_2plus2"):
            consulted = consulted | act.live
    add("consulted", consulted)
    return tally


def _orders(s: Settlement, add: object, tally: Tally) -> None:
    own, well, leader, channel = (np.zeros(s.batch) for _ in range(4))
    points, direction = np.zeros(s.batch), np.zeros(s.batch)
    for act in s.acts:
        points = points + SEVERITY_POINTS[act.move.severity] * act.live
        if act.side == "US":
            direction = direction + np.sign(act.move.goldstein) * act.live
        if "potus" in act.move.seats and act.order.seat == "potus":
            own = own + act.submitted
            well = well + (act.live & (act.fidelity >= 0.9))
        if act.side in ("US", "DPRK"):
            channel = channel + act.live
            leader = leader + (act.live & act.move.leader_channel)
    assert callable(add)
    add("own", own)
    add("well", well)
    add("channel", channel)
    add("leader", leader)
    tally["points"] = points
    last = tally.get("direction", np.zeros(s.batch))
    now = np.sign(direction)
    add("flips", (now * last < 0).astype(np.float64))
    tally["direction"] = np.where(now == 0, last, now)


def indices(s: Settlement, tally: Tally) -> dict[str, Floats]:
    """Return the outcome indices of the turn, each (B,)."""
    v, clause = s.values, s.clauses
    points = tally["points"]
    escalation = 100.0 * (1.0 - np.exp(-np.maximum(0.0, points) / 60.0))
    recent = [tally[f"tension_{n}"] for n in range(4) if f"tension_{n}" in tally]
    spread = np.std(np.stack(recent), axis=0)
    stability = 100.0 - 0.5 * v["tension"] - 0.3 * np.minimum(100.0, 20.0 * spread) - 0.2 * escalation
    fears = np.maximum(np.maximum(v["rok_entrap"], v["rok_aband"]), v["jpn_aband"])
    checked = 100.0 * (clause["ver"] >= 1) if "ver" in clause else np.zeros(s.batch)
    multiplier = np.array(s.scenario.negotiation.verification.multiplier)
    ver = multiplier[clause["ver"]] if "ver" in clause else np.zeros(s.batch)
    fac = clause["fac"] if "fac" in clause else np.zeros(s.batch)
    norm = 0.5 * v["npt_norm"] + 0.5 * (100.0 - 1.2 * v["nuc_stock"] - 0.3 * v["missile_cap"] + 8.0 * fac * ver)
    share = np.divide(tally["leader"], tally["channel"], out=np.zeros(s.batch), where=tally["channel"] > 0)
    found = {
        "escalation": escalation,
        "points": points,
        "risk_carried": 100.0 * (1.0 - v[s.scenario.tally.nowar]),
        "stability": stability,
        "durability": durability_of(s),
        "institutionalisation": 0.5 * v["institution"] + 0.2 * v["bur_align"] + 0.15 * v["bur_cap"] + 0.15 * checked,
        "personalisation": 0.6 * v["personalization"] + 40.0 * share,
        "legitimacy": v["dprk_status"],
        "nonproliferation": norm,
        "alliance": 0.5 * v["rok_coh"] + 0.5 * v["jpn_coh"] - 0.15 * np.maximum(0.0, fears - 35.0),
    }
    return {name: value if name == "points" else np.clip(value, 0.0, 100.0) for name, value in found.items()}


def scores(s: Settlement, tally: Tally, index: dict[str, Floats]) -> dict[str, dict[str, Floats]]:
    """Return each seat's goals by component, 0-100, (B,)."""
    parts = _components(s, tally, index)
    found: dict[str, dict[str, Floats]] = {}
    for seat, goals in s.scenario.goals.items():
        own: dict[str, Floats] = {}
        for name, goal in goals.items():
            value = s.amount(goal.scalar) if goal.scalar is not None else _component(parts, seat, name, s.scenario)
            if value is not None:
                own[name] = np.clip(value, 0.0, 100.0)
        found[seat] = own
    return found


def _component(parts: dict[str, Floats], seat: str, name: str, scenario: Scenario) -> Floats | None:
    role = scenario.seat[seat].role
    return parts.get(f"{name}.{role}", parts.get(name))


def _components(s: Settlement, tally: Tally, index: dict[str, Floats]) -> dict[str, Floats]:
    v, turns = s.values, np.maximum(1.0, tally["turns"])
    peace = v[s.scenario.tally.war] == 0
    executed = np.divide(tally["well"], tally["own"], out=np.ones(s.batch), where=tally["own"] > 0)
    multiplier = np.array(s.scenario.negotiation.verification.multiplier)
    substance = 20.0 * s.clauses["fac"] * multiplier[s.clauses["ver"]] + 15.0 * s.clauses["ars"]
    ready = np.minimum(1.0, v["missile_cap"] / 78.0)
    peak = np.maximum(1.0, tally["press_peak"])
    consulted = 100.0 * np.minimum(1.0, 2.0 * tally["consulted"] / turns)
    parts = {
        "risk": 100.0 - tally["risk"] / turns,
        "effectiveness": 0.5 * np.minimum(100.0, 1.7 * tally["approval"] / turns) + 50.0 * executed,
        "symbol": 100.0 * np.minimum(1.0, tally["results"] / 1.65),
        "substance": substance,
        "survival": peace * (0.5 * v["dprk_cohesion"] + 50.0 * ready),
        "relief": 100.0 * (tally["press_peak"] - s.pressure()) / peak,
        "recognition": v["dprk_status"],
        "consistency": 100.0 - 12.0 * tally["flips"],
        "credibility": 0.6 * index["institutionalisation"] + 0.4 * v["npt_norm"],
        "stability": index["stability"],
        "deterrence": np.clip(60.0 + 0.8 * (v["us_posture"] - 50.0), 0.0, 100.0) - 0.2 * (v["missile_cap"] - 45.0),
        "assurance": 0.5 * (0.5 * v["rok_coh"] + 0.5 * v["jpn_coh"]) + 0.5 * consulted,
        "inter_korean": v["inter_korean"],
    }
    parts["assurance.ROK"] = (
        0.6 * (100.0 - np.maximum(v["rok_entrap"], v["rok_aband"])) + 0.2 * v["rok_coh"] + 0.2 * consulted
    )
    parts["assurance.JPN"] = 0.6 * (100.0 - v["jpn_aband"]) + 0.2 * v["jpn_coh"] + 0.2 * consulted
    return parts


def rounded(table: dict[str, Floats], at: int = 0) -> dict[str, float]:
    """Return one world's values of a table, rounded for the log."""
    return {name: round(float(np.asarray(value).reshape(-1)[at]), 4) for name, value in table.items()}
