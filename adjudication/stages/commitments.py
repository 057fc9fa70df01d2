"""Stage 8: what is in force, how long it may last, and whether it breaks (section 5.7, R-R17)."""

import msgspec
import numpy as np

from adjudication.agreed import IN_FORCE, Agreement
from adjudication.results import Happening
from adjudication.settlement import Floats, Settlement
from adjudication.stages.conduct import settle_conduct
from adjudication.stages.duties import end_duties, settle_duties
from adjudication.stages.effects import run_rules
from negotiation.agreements import breakdown_hazard, durability


def durability_of(s: Settlement) -> Floats:
    """Return the durability 0-100 of what is in force, (B,)."""
    spec, v = s.scenario.commitments, s.values
    rules = s.scenario.negotiation.durability
    trust = tuple(v[name] for name in spec.trust)
    return np.asarray(durability(rules, strength=v[spec.strength], unpaid=unpaid(s), trust=trust))


def unpaid(s: Settlement) -> Floats:
    """Return the turns since somebody gave and was not paid, (B,); nought where the case does not count them."""
    clock = s.scenario.commitments.clock
    return s.values[clock] if clock else np.zeros(s.batch)


def settle_commitments(s: Settlement) -> None:
    """Run the clocks and breaches, then draw the collapse of what is in force."""
    s.stage = 8.0
    run_rules(s, 8)
    s.commit()
    settle_conduct(s)
    settle_duties(s)
    spec = s.scenario.commitments
    in_force = s.values[spec.strength] > 0
    if not bool(np.any(in_force)):
        return
    rules = s.scenario.negotiation.durability
    p = np.asarray(s.over_time(breakdown_hazard(rules, durability_of(s), unpaid(s))))
    broke = s.roll("break:text", p, where=in_force)
    s.emit("collapse", broke)
    s.add(spec.strength, -s.values[spec.strength] * broke, spec.rule, "event", "collapse")
    s.add(spec.form, -s.values[spec.form] * broke, spec.rule, "event", "collapse")
    run_rules(s, 8, events=frozenset({"collapse"}))
    s.commit()
    end_duties(s, broke)
    if s.record and bool(broke[0]):
        s.happenings.append(Happening(kind="collapse", rule=spec.rule, text=s.scenario.rule[spec.rule].say))


def collapsed(agreements: tuple[Agreement, ...], turn: int) -> tuple[Agreement, ...]:
    """Return the agreements after a collapse: those in force have ended."""
    return tuple(
        msgspec.structs.replace(a, status="collapsed", ended_turn=turn) if a.status in IN_FORCE else a
        for a in agreements
    )
