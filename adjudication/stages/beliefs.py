"""Stage 6: signals move beliefs in log-odds; old failures pull them back (section 2.6).

R-R01 costly signals, R-R02 resolve, R-R03 negativity, R-R05 memory. The numbers are data.
"""

from collections.abc import Iterable

import numpy as np

from adjudication.settlement import Act, Settlement
from adjudication.stages.effects import lens_scale, run_rules


def settle_beliefs(s: Settlement) -> None:
    """Add every signal and the forgetting, and commit."""
    s.stage = 6.0
    run_rules(s, 6)
    settle_signals(s, s.acts)
    for variable in s.scenario.variables:
        if variable.kind == "belief" and variable.prior is not None and variable.forget:
            x = s.values[variable.id]
            pull = -s.over_time(variable.forget) * (
                np.log(x / (1.0 - x)) - np.log(variable.prior / (1.0 - variable.prior))
            )
            s.add(variable.id, pull, s.scenario.beliefs.memory_rule, "decay", variable.id, names=(variable.id,))
    s.commit()


def settle_signals(s: Settlement, acts: Iterable[Act]) -> None:
    """Add what orders that are carried out say about the side that gave them."""
    for act in acts:
        if act.move.signal is not None and (not s.record or bool(act.live[0])):
            _signal(s, act)


def _signal(s: Settlement, act: Act) -> None:
    spec, signal = s.scenario.beliefs, act.move.signal
    assert signal is not None
    strength = act.fidelity * lens_scale(s, act) * (act.live & ~act.unheard)
    if signal.trust and signal.about in spec.trust:
        bias = spec.negativity if signal.trust < 0 else 1.0
        weight = signal.trust * spec.kappa * bias * strength * act.factor("signal.trust")
        rule = spec.negative_rule if signal.trust < 0 else spec.trust_rule
        s.add(spec.trust[signal.about], weight, rule, "order", act.order.id, act=act)
    if signal.resolve and signal.about in spec.resolve:
        weight = signal.resolve * strength * act.factor("signal.resolve")
        s.add(spec.resolve[signal.about], weight, spec.resolve_rule, "order", act.order.id, act=act)
