"""The colours and faces of the documents: the light tokens of the pages, as values.

Owns the copy that documents need, since a document cannot read a style sheet. tests/aar/test_document_charts.py holds
it against frontend/src/theme/tokens.css. It has no dark theme: paper has none.
"""

from typing import Final

INK: Final = "#0F1A22"
INK_2: Final = "#3D4B57"
INK_3: Final = "#56646F"
LINE: Final = "#CDD5DA"
LINE_2: Final = "#AEB9C1"
PANEL: Final = "#FBFCFC"
PANEL_2: Final = "#F0F3F5"
PANEL_3: Final = "#E3E8EB"
OK: Final = "#1B6B45"
OK_WASH: Final = "#DDEFE5"
PAPER: Final = "#FFFFFF"
BAND: Final = ("#56646F", 0.2)
"""Colour and opacity of an interval."""
TEAM: Final = {
    "pres": "#2462B1", "rival": "#78190B", "bur": "#422667", "ally": "#79601B", "ctl": "#2B3A45", "npc": "#56646F",
    "ink": INK, "est": "#56646F",
}  # fmt: skip
"""Colour of a team by the name of its pair; what belongs to nobody is ink."""

SANS: Final = "IBM Plex Sans"
SERIF: Final = "Newsreader"
MONO: Final = "IBM Plex Mono"
HANGUL: Final = "IBM Plex Sans KR"
ARABIC: Final = "IBM Plex Sans Arabic"
EMOJI: Final = "Noto Emoji"


def team(pair: str) -> str:
    """Return the colour of a team; one that is not known is drawn in ink."""
    return TEAM.get(pair, INK)
