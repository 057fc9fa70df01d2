"""The range a variable of a kind may take. One place for the commit rule, readings and checks."""

KINDS: dict[str, tuple[float, float]] = {"scale": (0.0, 100.0), "belief": (0.02, 0.97), "flag": (0.0, 1.0)}
"""Ranges of the kinds that have one; a stock or a count starts at 0 and is open above."""


def limits(kind: str, low: float | None, high: float | None) -> tuple[float, float]:
    """Return the range of a variable of a kind; `low` and `high` are its own bounds, if it has any."""
    bottom, top = KINDS.get(kind, (0.0, float("inf")))
    return (bottom if low is None else low, top if high is None else high)
