"""Stage 7: the threat that leaves something to chance (section 2.7, R-R07, R-R08, R-L05, R-L08).

Two sources of danger, either or both in a case: one undirected hazard of a clash and of war given a clash (`hazard:`),
and named flashpoints (`stages.flashpoints`). Draws them, and keeps the survival products so that a report can show the
risk carried, not only the luck.
"""

from typing import Any

import numpy as np

from adjudication.conditions import OrderFilter
from adjudication.results import Happening
from adjudication.scenario.parameters import Hazard
from adjudication.settlement import Floats, Settlement
from adjudication.stages.effects import run_rules
from adjudication.stages.flashpoints import either, ladder_rule, settle_flashpoints

CLASH_KEY, WAR_KEY, SCOPE_KEY = "clash", "war", "scope"


def hazard(s: Settlement, h: Hazard) -> Floats:
    """Return the hazard rate of a clash this turn, (B,)."""
    v = s.values
    rate = h.h0 * np.exp(h.hT * (v[h.ref] - h.centre))
    if h.posture:
        rate = rate * (1.0 + h.posture_weight * (v[h.posture] - h.posture_centre))
    if h.hotline:
        rate = rate * np.where(v[h.hotline] > 0, h.hotline_factor, 1.0)
    if s.lens("lead") and h.personalization and h.rapport:
        threatened = s.count(OrderFilter(moves=h.volatile), 0) > 0 if h.volatile else s.none
        heat, calm = leaders_parts(h, threatened, v[h.personalization], v[h.rapport])
        rate = rate * (1.0 + heat - calm)
    if s.lens("inst") and h.institution:
        rate = rate * (h.inst_base - h.inst_slope * v[h.institution] / 100.0)
    positive: Floats = np.maximum(rate, 0.0)
    return positive


def leaders_parts(h: Hazard, threatened: Any, personalization: Any, rapport: Any) -> tuple[Any, Any]:
    """Return what leaders do to the hazard: the part a threat adds (R-L05), the part rapport takes off (R-L08)."""
    return h.volatility * threatened * personalization / 100.0, h.rapport_buffer * rapport / 100.0


def war_given_clash(s: Settlement, h: Hazard) -> Floats:
    """Return the chance that a clash becomes a war, (B,)."""
    v = s.values
    if s.lens("rat") and h.deterrence:
        cap = h.deter_ref - (h.deter_base + h.deter_gain * np.minimum(1.0, v[h.deterrence] / h.deter_full))
    else:
        cap = np.full(s.batch, h.deter_off)
    words = h.audience_bonus * (v[h.audience] > h.audience_at) if h.audience else 0.0
    odds = h.w0 + h.wT * (v[h.ref] - h.centre) + cap + words
    if h.strike_flag in s.flags:
        odds = odds + h.strike_bonus * s.read(f"flag.{h.strike_flag}")
    chance: Floats = 1.0 / (1.0 + np.exp(-odds))
    return chance


def settle_risk(s: Settlement) -> tuple[Floats, Floats]:
    """Draw clashes, wars and flashpoints; return the chance of a clash and of war this turn."""
    s.stage = 7.0
    run_rules(s, 7)
    p_clash, p_war = np.zeros(s.batch), np.zeros(s.batch)
    fired = frozenset({"clash", "war"})
    if s.scenario.hazard is not None:
        p_clash, p_war = _undirected(s, s.scenario.hazard)
    if s.scenario.hazards:
        sparks = settle_flashpoints(s)
        p_clash, p_war = either(p_clash, sparks.p_clash), either(p_war, sparks.p_war)
        fired |= sparks.events
    tally, spec = s.scenario.tally, s.scenario.hazard
    rule, names = (spec.rule, (spec.ref,)) if spec is not None else (ladder_rule(s), ())
    s.add(tally.noclash, -s.values[tally.noclash] * p_clash, rule, "rule", "risk", names=names)
    s.add(tally.nowar, -s.values[tally.nowar] * p_war, rule, "rule", "risk", names=names)
    run_rules(s, 7, events=fired)
    s.commit()
    return p_clash, p_war


def _undirected(s: Settlement, spec: Hazard) -> tuple[Floats, Floats]:
    """Draw a clash and a war from the one hazard of the case; return the chances of either."""
    tally, rule = s.scenario.tally, spec.rule
    p_clash = 1.0 - np.exp(-hazard(s, spec) * s.pace)
    p_war = war_given_clash(s, spec)
    at_peace = s.values[tally.war] == 0
    clash = s.roll(CLASH_KEY, p_clash)
    war = s.roll(WAR_KEY, p_war, where=clash & at_peace)
    general = s.roll(SCOPE_KEY, spec.general_share, where=war, yes="general", no="limited")
    s.emit("clash", clash)
    s.emit("war", war)
    s.add(tally.clashes, clash.astype(np.float64), rule, "event", "clash")
    s.add(tally.war, war.astype(np.float64) + general, rule, "event", "war")
    if s.record and bool(clash[0]):
        say = s.scenario.rule[rule].say
        s.happenings.append(Happening(kind="clash", rule=rule, text="Shots were fired. " + say))
    if s.record and bool(war[0]):
        scale = "general" if bool(general[0]) else "limited"
        s.happenings.append(
            Happening(kind="war", rule=rule, text=f"The clash became a {scale} war.", slots={"scale": scale})
        )
    return p_clash, p_clash * p_war
