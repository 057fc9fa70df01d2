"""Sections of the whole truth: pure functions over the log of a game. For Control, and for players once shared."""
