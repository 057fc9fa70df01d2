"""Stage 5: China, Russia, Congress and the fears of allies react to what was just done. All of it is data."""

from adjudication.settlement import Settlement
from adjudication.stages.effects import run_rules


def settle_nonplayers(s: Settlement) -> None:
    """Run the reactions of those who hold no seat."""
    s.stage = 5.0
    run_rules(s, 5)
    s.commit()
