"""Lenses: switches on rules, so that one game can be settled under one explanation alone."""

from typing import Literal

Lens = Literal["all", "rational_only", "no_institutions", "no_leadership", "leadership_only"]

ALL: frozenset[str] = frozenset({"lead", "inst", "rat"})
"""Leadership, institutions (with alliances), rational choice."""

PRESETS: dict[str, frozenset[str]] = {
    "all": ALL,
    "rational_only": frozenset({"rat"}),
    "no_institutions": frozenset({"lead", "rat"}),
    "no_leadership": frozenset({"inst", "rat"}),
    "leadership_only": frozenset({"lead"}),
}
"""Named sets of explanations; a game is settled under one of them, a counterfactual under any."""

LABELS: dict[str, str] = {
    "lead": "Leadership", "inst": "Institutions and alliances", "rat": "Rational choice", "none": "Under every lens",
}  # fmt: skip
"""What pages and reports call each explanation; `none` are rules that no lens switches off."""

OFF = "off"
"""The lens of a rule that is left out of a replay: it is never among those on."""
