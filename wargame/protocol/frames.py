"""The frames of the WebSocket, both directions. Closed: an unknown frame gets a reason, never a dropped socket.

Client to server: `hello`, `command`, `ack`, `ping`, `claim`, `writing`. Server to client: `welcome`, `snapshot`,
`feed`, `ack`, `reject`, `head`, `writing`, `bye`. Entity values travel as raw JSON, encoded once per (process, view).
"""

from typing import Annotated, Any, Literal

from msgspec import Meta, Raw, Struct

CommandId = Annotated[str, Meta(min_length=8, max_length=64, pattern=r"^[A-Za-z0-9_.:-]+$")]
Cursor = Annotated[int, Meta(ge=0)]


class _Frame(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, tag_field="t"):
    pass


# --- from the client --------------------------------------------------------------------------
class Hello(_Frame, frozen=True, tag="hello"):
    """First frame. `cursor` is the last n the client holds (0: nothing). `token` for clients without a cookie.

    `as_view` asks for a read-only look through another view; only Control may.
    """

    cursor: Cursor = 0
    token: Annotated[str, Meta(max_length=200)] | None = None
    as_view: Annotated[str, Meta(max_length=80)] | None = None
    version: int = 1


class CommandIn(_Frame, frozen=True, tag="command"):
    """One action. `id` makes a retry harmless; `seen` is the newest n the sender had seen."""

    id: CommandId
    name: Annotated[str, Meta(max_length=40)]
    args: Raw
    seen: Cursor = 0


class AckIn(_Frame, frozen=True, tag="ack"):
    """Cumulative: everything up to n has been applied."""

    n: Cursor


class Ping(_Frame, frozen=True, tag="ping"):
    """Heartbeat of presence; answered by `head`."""


class Claim(_Frame, frozen=True, tag="claim"):
    """The client's clock says a deadline has passed; the server checks for itself."""


class WritingIn(_Frame, frozen=True, tag="writing"):
    """I am writing in a clause of a draft; an empty `pad` says that I have stopped. Say it again every few seconds.

    Not part of the game: nothing of it is kept, and it is never answered.
    """

    pad: Annotated[str, Meta(max_length=160)]
    clause: Annotated[str, Meta(max_length=64)] = ""


ClientFrame = Hello | CommandIn | AckIn | Ping | Claim | WritingIn


# --- from the server --------------------------------------------------------------------------
class Item(Struct, frozen=True, kw_only=True):
    """One disclosure: the newest value of (k, id) for this view. `n` counts within the view, without gaps.

    `v` null: the view has the entity no more, and the client drops it. A value told again after a rewind keeps its
    old `at`.
    """

    n: int
    k: str
    id: str
    at: int
    v: Raw


class Welcome(_Frame, frozen=True, tag="welcome"):
    """Answer to hello: who you are here and where the feed stands."""

    game: str
    view: str
    person: str
    role: Literal["control", "player", "observer", "guest"]
    seat: str | None
    read_only: bool
    head: int
    server_ms: int
    version: int = 1


class Snapshot(_Frame, frozen=True, tag="snapshot"):
    """The newest value of every key up to n (paged kinds: the newest page). Replaces what the client held.

    Large snapshots come in parts; the last has `more` false.
    """

    n: int
    items: tuple[Item, ...]
    first: bool
    more: bool


class Feed(_Frame, frozen=True, tag="feed"):
    """Disclosures a..b in order, without a gap after what was sent before."""

    a: int
    b: int
    items: tuple[Item, ...]


class AckOut(_Frame, frozen=True, tag="ack"):
    """The command was carried out (now or before). `n` is the view's head after it."""

    id: str
    n: int


class Reject(_Frame, frozen=True, tag="reject"):
    """The command had no effect. `code` is stable; the text for people is in the frontend's catalogue.

    `id` is None when the frame could not be read far enough to know.
    """

    id: str | None
    code: str
    params: dict[str, Any] = {}


class PresenceSeen(Struct, frozen=True, kw_only=True):
    """Whether a person is on, and for how long nothing was heard of them."""

    person: str
    on: bool
    idle_ms: int


class Head(_Frame, frozen=True, tag="head"):
    """Every 15 s and on ping: where the feed stands, the server's clock, who is on."""

    n: int
    server_ms: int
    presence: tuple[PresenceSeen, ...] = ()


class WriterSeen(Struct, frozen=True, kw_only=True):
    """Who is writing in which clause of a draft at this moment."""

    person: str
    seat: str
    pad: str
    clause: str


class WritingOut(_Frame, frozen=True, tag="writing"):
    """Who is writing in the drafts this view sees: all of them, whenever that changes. Nobody after `welcome`."""

    who: tuple[WriterSeen, ...]


class Bye(_Frame, frozen=True, tag="bye"):
    """Said before the server closes. `reason` is a code of the catalogue.

    4401 unknown, 4403 removed, 4404 no such game, 4408 too slow, 4429 too many frames, 1011 the server failed.
    """

    code: int
    reason: str


ServerFrame = Welcome | Snapshot | Feed | AckOut | Reject | Head | WritingOut | Bye
