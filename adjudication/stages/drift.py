"""Stage 9: what time alone does. Drift towards a resting value, and the drift rules; all of it data."""

from adjudication.settlement import Settlement
from adjudication.stages.effects import run_rules


def settle_drift(s: Settlement) -> None:
    """Pull every drifting variable towards its resting value and run the drift rules."""
    s.stage = 9.0
    for variable in s.scenario.variables:
        drift = variable.drift
        if drift is not None:
            pull = -s.over_time(drift.rate) * (s.values[variable.id] - drift.target)
            s.add(variable.id, pull, drift.rule, "decay", variable.id, names=(variable.id,))
    run_rules(s, 9)
    s.commit()
