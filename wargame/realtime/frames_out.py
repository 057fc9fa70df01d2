"""Frames to clients as text: feeds and snapshots built around values that are already JSON, once for all readers."""

import json
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from wargame.protocol.frames import ServerFrame
from wargame.protocol.items import item_text
from wargame.store.feed import Row

Message = dict[str, object]


class Frame:
    """Items a..b of a view's feed (or a part of its snapshot), encoded once and shared by all its sockets."""

    __slots__ = ("a", "b", "items", "message", "size", "snapshot")

    def __init__(
        self, a: int, b: int, items: Sequence[str], *, text: str | None = None, snapshot: bool = False
    ) -> None:
        """Encode the frame; `text` is given where it is not a plain feed."""
        self.a, self.b, self.items, self.snapshot = a, b, items, snapshot
        text = text if text is not None else f'{{"t":"feed","a":{a},"b":{b},"items":[{",".join(items)}]}}'
        self.message: Message = {"type": "websocket.send", "text": text}
        self.size = len(text)

    def after(self, n: int) -> "Frame":
        """Return the frame without what comes up to n."""
        return Frame(n + 1, self.b, self.items[n + 1 - self.a :])


def _text(row: Row) -> str:
    return item_text(n=row.n, kind=row.kind, key=row.key, at_ms=row.at_ms, value=row.value)


def feed_frames(rows: Iterable[Row], *, items: int, size: int) -> Iterator[Frame]:
    """Cut consecutive rows into feed frames of bounded length."""
    for part in _parts([(row.n, _text(row)) for row in rows], items=items, size=size):
        yield Frame(part[0][0], part[-1][0], [text for _, text in part])


def snapshot_frames(n: int, rows: Iterable[Row], *, size: int) -> list[Frame]:
    """Return the snapshot of a view at n in parts; an empty view has one empty part."""
    parts = list(_parts([(row.n, _text(row)) for row in rows], items=1 << 30, size=size)) or [[]]
    made = []
    for place, part in enumerate(parts):
        first, more = json.dumps(place == 0), json.dumps(place < len(parts) - 1)
        body = ",".join(text for _, text in part)
        text = f'{{"t":"snapshot","n":{n},"first":{first},"more":{more},"items":[{body}]}}'
        made.append(Frame(n, n, (), text=text, snapshot=True))
    return made


def say(frame: ServerFrame) -> Message:
    """Return a frame that is not part of the feed as an ASGI message."""
    return {"type": "websocket.send", "text": msgspec.json.encode(frame).decode()}


def _parts(encoded: Sequence[tuple[int, str]], *, items: int, size: int) -> Iterator[list[tuple[int, str]]]:
    part: list[tuple[int, str]] = []
    used = 0
    for n, text in encoded:
        if part and (len(part) >= items or used + len(text) > size):
            yield part
            part, used = [], 0
        part.append((n, text))
        used += len(text)
    if part:
        yield part
