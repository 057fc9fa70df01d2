"""Stage 7: the threat that leaves something to chance (section 2.7, R-R07, R-R08, R-L05, R-L08).

Computes the hazard of a clash and of war given a clash, draws both, and keeps the survival products so that a
report can show the risk carried, not only the luck.
"""

import numpy as np

from adjudication.conditions import OrderFilter
from adjudication.results import Happening
from adjudication.settlement import Floats, Settlement
from adjudication.stages.effects import run_rules

RULE = "R-R08"
CLASH_KEY, WAR_KEY, SCOPE_KEY = "clash", "war", "scope"


def hazard(s: Settlement) -> Floats:
    """Return the quarterly hazard rate of a clash, (B,)."""
    h, v = s.scenario.hazard, s.values
    rate = h.h0 * np.exp(h.hT * (v[h.ref] - h.centre))
    rate = rate * (1.0 + h.posture_weight * (v[h.posture] - h.posture_centre))
    rate = rate * np.where(v[h.hotline] > 0, h.hotline_factor, 1.0)
    if s.lens("lead"):
        threatened = s.count(OrderFilter(moves=h.volatile), 0) > 0 if h.volatile else s.none
        heat = h.volatility * threatened * v[h.personalization] / 100.0
        rate = rate * (1.0 + heat - h.rapport_buffer * v[h.rapport] / 100.0)
    if s.lens("inst"):
        rate = rate * (h.inst_base - h.inst_slope * v[h.institution] / 100.0)
    positive: Floats = np.maximum(rate, 0.0)
    return positive


def war_given_clash(s: Settlement) -> Floats:
    """Return the chance that a clash becomes a war, (B,)."""
    h, v = s.scenario.hazard, s.values
    if s.lens("rat"):
        cap = h.deter_ref - (h.deter_base + h.deter_gain * np.minimum(1.0, v[h.deterrence] / h.deter_full))
    else:
        cap = np.full(s.batch, h.deter_off)
    odds = h.w0 + h.wT * (v[h.ref] - h.centre) + cap + h.audience_bonus * (v[h.audience] > h.audience_at)
    if h.strike_flag in s.flags:
        odds = odds + h.strike_bonus * s.read(f"flag.{h.strike_flag}")
    chance: Floats = 1.0 / (1.0 + np.exp(-odds))
    return chance


def settle_risk(s: Settlement) -> tuple[Floats, Floats]:
    """Draw the clash and the war; return the chance of a clash and of a war this turn."""
    s.stage = 7.0
    run_rules(s, 7)
    tally = s.scenario.tally
    p_clash = 1.0 - np.exp(-hazard(s))
    p_war = war_given_clash(s)
    at_peace = s.values[tally.war] == 0
    s.add(tally.noclash, -s.values[tally.noclash] * p_clash, RULE, "rule", "risk", names=(s.scenario.hazard.ref,))
    s.add(tally.nowar, -s.values[tally.nowar] * p_clash * p_war, RULE, "rule", "risk", names=(s.scenario.hazard.ref,))
    clash = s.roll(CLASH_KEY, p_clash)
    war = s.roll(WAR_KEY, p_war, where=clash & at_peace)
    general = s.roll(SCOPE_KEY, s.scenario.hazard.general_share, where=war, yes="general", no="limited")
    s.emit("clash", clash)
    s.emit("war", war)
    s.add(tally.clashes, clash.astype(np.float64), RULE, "event", "clash")
    s.add(tally.war, war.astype(np.float64) + general, RULE, "event", "war")
    run_rules(s, 7, events=frozenset({"clash", "war"}))
    s.commit()
    if s.record and bool(clash[0]):
        rule = s.scenario.rule[RULE]
        s.happenings.append(Happening(kind="clash", rule=RULE, text="Shots were fired. " + rule.say))
    if s.record and bool(war[0]):
        scale = "general" if bool(general[0]) else "limited"
        s.happenings.append(
            Happening(kind="war", rule=RULE, text=f"The clash became a {scale} war.", slots={"scale": scale})
        )
    return p_clash, p_clash * p_war
