"""Lenses: switches on rules, so that one game can be settled under one explanation alone."""

ALL: frozenset[str] = frozenset({"lead", "inst", "rat"})
"""Leadership, institutions (with alliances), rational choice."""

PRESETS: dict[str, frozenset[str]] = {
    "all": ALL,
    "rational_only": frozenset({"rat"}),
    "no_institutions": frozenset({"lead", "rat"}),
    "no_leadership": frozenset({"inst", "rat"}),
    "leadership_only": frozenset({"lead"}),
}
