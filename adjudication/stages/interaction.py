"""Stage 3: what simultaneous orders make of each other (section 2.3): multipliers, never amounts."""

from adjudication.settlement import Settlement
from adjudication.stages.effects import run_rules


def settle_interaction(s: Settlement) -> None:
    """Run the pair rules; spirals and reciprocity are read off the set of orders when effects are applied."""
    s.stage = 3.0
    run_rules(s, 3)
