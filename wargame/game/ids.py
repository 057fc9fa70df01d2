"""Names of things that cross a boundary. Ids are strings; what they mean is in their type."""

from typing import NewType

GameId = NewType("GameId", str)
PersonId = NewType("PersonId", str)
SeatId = NewType("SeatId", str)
RoomId = NewType("RoomId", str)
OrderId = NewType("OrderId", str)
OfferId = NewType("OfferId", str)
MessageId = NewType("MessageId", str)
InjectId = NewType("InjectId", str)

View = NewType("View", str)
"""What one reader may know: ``seat:<id>``, ``control``, ``observer``, ``umpire`` or ``public``."""

CONTROL = View("control")
OBSERVER = View("observer")
UMPIRE = View("umpire")
"""What the second umpire rates, and nothing else: no fact of the frame is told there."""
PUBLIC = View("public")


def seat_view(seat: str) -> View:
    """Return the view of a seat."""
    return View(f"seat:{seat}")
