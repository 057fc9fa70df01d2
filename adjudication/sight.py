"""Who sees what of a variable, and how it is rounded for showing. One place for readings, previews and accounts."""

from adjudication.scenario.ranges import limits
from adjudication.scenario.schema import Scenario, Sight, Variable

HIDDEN = Sight(mode="hidden")
BANDS: tuple[tuple[float, str], ...] = (
    (20.0, "very low"),
    (40.0, "low"),
    (60.0, "medium"),
    (80.0, "high"),
    (1e9, "very high"),
)


def sight(scenario: Scenario, variable: Variable, view: str) -> Sight:
    """Return how a view sees a variable: by seat, else by role, else by default. Control sees all exactly.

    The observer and the public see exactly what every seat sees exactly, and nothing else.
    """
    if view == "control":
        return Sight(mode="exact")
    seat = scenario.seat.get(view.removeprefix("seat:"))
    if seat is None:
        everybody = all(scenario.sights[variable.id, s.id].mode == "exact" for s in scenario.seats)
        return Sight(mode="exact") if everybody else HIDDEN
    return scenario.sights[variable.id, seat.id]


def sight_key(scenario: Scenario, variable: Variable, seat: str) -> str:
    """Return whose estimate a seat shares: its own if it has its own sight, else its role's."""
    return seat if seat in variable.see else scenario.seat[seat].role


def knows_flag(scenario: Scenario, flag: str, seat: str) -> bool:
    """Tell whether a seat may know a flag. A flag without words is Control's alone."""
    fact = scenario.fact.get(flag)
    return fact is not None and ("all" in fact.see or seat in fact.see)


def shown(variable: Variable, value: float, *, estimate: bool = False) -> float:
    """Round a value for showing: whole numbers for estimates and counts, one decimal else, two for beliefs."""
    if variable.kind == "belief":
        return round(value, 2)
    if variable.kind in ("count", "flag") or estimate:
        return float(round(value))
    return round(value, 1)


def span(variable: Variable) -> tuple[float, float]:
    """Return the floor and the width that bands and margins of a variable are parts of.

    A natural unit with a ceiling is judged by its own range, whatever has none as if it ran to 100.
    """
    if variable.kind == "belief":
        return 0.0, 1.0
    if variable.kind in ("stock", "count") and variable.max is not None:
        low, high = limits(variable.kind, variable.min, variable.max)
        return low, high - low
    return 0.0, 100.0


def band(variable: Variable, value: float) -> str:
    """Return the banded word for a value, by its place in the range of the variable."""
    low, width = span(variable)
    percent = (value - low) * (100.0 / width)
    return next(word for upto, word in BANDS if percent < upto)


def band_span(variable: Variable, word: str) -> tuple[float, float]:
    """Return the lowest and highest value of a band in the variable's own unit. ValueError if it is no band."""
    floor, width = span(variable)
    low = 0.0
    for upto, name in BANDS:
        if name == word:
            return floor + low * width / 100.0, floor + min(100.0, upto) * width / 100.0
        low = upto
    raise ValueError(f"{word!r} is no band")


def middle(variable: Variable, value: float) -> float:
    """Return the middle of the band a value on 0-100 lies in: all a reader of the band can reckon with."""
    return middle_of(variable, band(variable, value))


def middle_of(variable: Variable, word: str) -> float:
    """Return the middle of a band in the variable's own unit. Raises ValueError for a word that is no band."""
    low, high = band_span(variable, word)
    return (low + high) / 2.0
