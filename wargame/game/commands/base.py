"""What every command is made of: bounded texts, ids and lists, and the closed base.

Sizes are bounded here, so that an oversize text never reaches a rule.
"""

from typing import Annotated, Literal

from msgspec import Meta, Struct

from negotiation.details import ANNEXES, Annex, Detail

Id = Annotated[str, Meta(min_length=1, max_length=64, pattern=r"^[A-Za-z0-9._:@-]+$")]
Name = Annotated[str, Meta(min_length=1, max_length=60)]
Line = Annotated[str, Meta(max_length=200)]
Text = Annotated[str, Meta(min_length=1, max_length=4000)]
Note = Annotated[str, Meta(max_length=2000)]
Reason = Annotated[str, Meta(min_length=3, max_length=1000)]
Level = Annotated[int, Meta(ge=0, le=9)]
Seats = Annotated[tuple[Id, ...], Meta(min_length=1, max_length=16)]
Levels = Annotated[dict[Id, Level], Meta(max_length=48)]
Details = Annotated[dict[Id, Detail], Meta(max_length=48)]
Annexes = Annotated[tuple[Annex, ...], Meta(max_length=ANNEXES)]
Range = tuple[Level, Level]
Params = Annotated[dict[Id, str | int | float | bool], Meta(max_length=16)]
MONTH_MS = 2_678_400_000
ExtendMs = Annotated[int, Meta(ge=-MONTH_MS, le=MONTH_MS)]
LengthMs = Annotated[int, Meta(ge=1, le=MONTH_MS)]
"""Length of a phase: at least something, at most a month."""

PersonRole = Literal["control", "player", "observer", "guest"]
Right = Literal["inject", "adjudicate", "clock", "people", "speak", "observe"]
Rights = Annotated[tuple[Right, ...], Meta(max_length=6)]
Mark = Literal["accept", "bracket", "reject"]
Venue = Literal["summit", "exchange", "oral"]
Precedence = Literal["routine", "priority", "immediate", "flash"]


class Cmd(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, tag_field="name"):
    """Base of all commands; the tag is the wire name."""
