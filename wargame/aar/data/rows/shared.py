"""Columns that many tables have, each with one meaning everywhere."""

from wargame.aar.data.columns import Column

GAME = Column("game", "text", "", "The game. The same in every table of an export.")
SEQ = Column("seq", "int", "", "Number of the event in `events`; in the export of a seat, of the row in `feed`.")
AT_MS = Column("at_ms", "int", "ms", "When: milliseconds since the epoch (anonymised: since the game was created).")
TURN = Column("turn", "int", "", "Number of the turn; 0: before the first.")
SEAT = Column("seat", "text", "", "The seat that did it: `seats`.")
PERSON = Column("person", "text", "", "Who did it: `people`. Nothing for a bot or the server.")
LABEL = Column("label", "text", "", "What the case calls it.")
EVENT = (GAME, SEQ, AT_MS, TURN)


def text(name: str, words: str) -> Column:
    """Return a column of words or of names."""
    return Column(name, "text", "", words)


def count(name: str, words: str, unit: str = "") -> Column:
    """Return a column of whole numbers."""
    return Column(name, "int", unit, words)


def number(name: str, unit: str, words: str) -> Column:
    """Return a column of numbers."""
    return Column(name, "float", unit, words)


def flag(name: str, words: str) -> Column:
    """Return a column of yes and no."""
    return Column(name, "bool", "", words)


def many(name: str, words: str) -> Column:
    """Return a column of lists of texts."""
    return Column(name, "list", "", words)


def shape(name: str, words: str) -> Column:
    """Return a column of JSON."""
    return Column(name, "json", "", words)
