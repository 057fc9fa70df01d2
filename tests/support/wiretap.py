"""Reads every WebSocket frame of a page as it passes, and checks it afterwards against the published schemas.

What a page was sent is what its person could know: secrecy is asserted on frames, not on what happens to be shown.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import jsonschema
from playwright.sync_api import Page, WebSocket

from tests.support.sockets import check_frame
from wargame.protocol.export import commands_schema, frames_schema


@cache
def _client_frames() -> Any:
    return jsonschema.Draft202012Validator({**frames_schema(), "anyOf": [{"$ref": "#/$defs/ClientFrame"}]})


@cache
def _command(name: str) -> Any:
    schema = commands_schema()
    return jsonschema.Draft202012Validator({"$defs": schema["$defs"], **schema["properties"][name]})


@dataclass
class Line:
    """Hold what went over one WebSocket, in order."""

    sent: list[str] = field(default_factory=list)
    received: list[str] = field(default_factory=list)
    as_view: str | None = None
    """A seat Control looks through on this line; None where the page speaks for itself."""

    def say(self, text: str) -> None:
        """Keep what the page sent."""
        self.sent.append(text)
        frame = json.loads(text)
        if frame["t"] == "hello":
            self.as_view = frame.get("as_view")


class Wiretap:
    """Listen on all sockets of a page."""

    def __init__(self, page: Page) -> None:
        """Attach before the page goes anywhere."""
        self.lines: list[Line] = []
        self.phases: set[tuple[int, str]] = set()
        """Every turn and phase the page was told of, however short."""
        self._held: dict[str, dict[str, Any]] = {}
        page.on("websocket", self._attach)

    def _attach(self, socket: WebSocket) -> None:
        line = Line()
        self.lines.append(line)
        socket.on("framesent", lambda text: line.say(str(text)))
        socket.on("framereceived", lambda text: self._keep(line, str(text)))

    def _keep(self, line: Line, text: str) -> None:
        line.received.append(text)
        if line.as_view is None:
            for item in json.loads(text).get("items", ()):
                held = self._held.setdefault(item["k"], {})
                if item["v"] is None:
                    held.pop(item["id"], None)
                    continue
                held[item["id"]] = item["v"]
                if item["k"] == "game":
                    self.phases.add((item["v"]["turn"], item["v"]["phase"]))

    def heard(self, words: str) -> bool:
        """Tell whether these words came over the wire, in any frame."""
        coded = json.dumps(words)[1:-1]
        return any(words in text or coded in text for line in self.lines for text in line.received)

    def latest(self, kind: str) -> dict[str, Any]:
        """Return the newest value per key of a kind, as the page was told on the lines it speaks on."""
        return self._held.get(kind, {})

    def commands(self) -> list[dict[str, Any]]:
        """Return the commands the page sent, retries included."""
        frames = [json.loads(text) for line in self.lines for text in line.sent]
        return [frame for frame in frames if frame["t"] == "command"]

    def numbers(self) -> list[list[int]]:
        """Return the numbers of feed items, a list for every socket."""
        return [
            [
                item["n"]
                for text in line.received
                if (frame := json.loads(text))["t"] == "feed"
                for item in frame["items"]
            ]
            for line in self.lines
        ]

    def check(self) -> Counter[str]:
        """Validate every frame both ways; check order on each socket; return how many of which type passed."""
        seen: Counter[str] = Counter()
        for line in self.lines:
            n = 0
            for text in line.received:
                frame = json.loads(text)
                check_frame(frame)
                seen[frame["t"]] += 1
                if frame["t"] == "feed":
                    assert n in (0, frame["a"] - 1), f"a gap or a double: {frame['a']}..{frame['b']} after {n}"
                    n = frame["b"]
                elif frame["t"] == "snapshot" and not frame["more"]:
                    n = frame["n"]
                elif frame["t"] == "welcome":
                    n = 0
            for text in line.sent:
                frame = json.loads(text)
                _client_frames().validate(frame)
                if frame["t"] == "command":
                    _command(frame["name"]).validate(frame["args"])
                seen[f"sent.{frame['t']}"] += 1
        return seen
