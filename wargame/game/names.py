"""Names of people and titles of games as they may be shown: nothing in them that cannot be seen."""

from unicodedata import category

TURNS = frozenset("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Direction marks of Unicode: with them one name can look like another."""


def plain_name(name: str) -> str:
    """Return a name without control characters, marks that turn the text around, and idle spaces."""
    seen = (letter for letter in name if letter.isspace() or not (category(letter) == "Cc" or letter in TURNS))
    return " ".join("".join(seen).split())
