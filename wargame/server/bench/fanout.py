"""Our read path alone: a public row that is already there, the doorbell, hubs, one read a view, outboxes, N sockets.

Owns the way of putting such a row into the bench's own throw-away installation. The rows belong to no event, so the
game it is done to proves nothing afterwards; `verify` would rightly say so.
"""

import contextlib
import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from django.test.utils import override_settings

from wargame.doorbell import ring
from wargame.game.ids import PUBLIC
from wargame.server import environment
from wargame.server.environment import Mode

ROW = (
    "INSERT INTO store_disclosure (game_id, view, n, seq, at_ms, kind, key, value)"
    " VALUES (?, ?, ?, 0, 0, 'message', ?, ?)"
)


class Wire:
    """Writes what everybody may see and rings for it; what readers then do is all that follows."""

    def __init__(self, sql: sqlite3.Connection, game: str) -> None:
        """Speak in one game."""
        self.sql, self.game = sql, game

    async def say(self, mark: str) -> None:
        """Commit one public message of the size of a press statement, then ring."""
        heads, epoch = self._committed(json.dumps({"text": mark, "padding": "x" * 300}))
        ring(self.game, heads, epoch)

    def _committed(self, text: str) -> tuple[dict[str, int], int]:
        self.sql.execute("BEGIN IMMEDIATE")
        found, epoch = self.sql.execute("SELECT heads, epoch FROM store_game WHERE id = ?", [self.game]).fetchone()
        heads: dict[str, int] = json.loads(found)
        n = heads[PUBLIC] = heads.get(PUBLIC, 0) + 1
        self.sql.execute(ROW, [self.game, PUBLIC, n, f"bench-{n}", text.encode()])
        self.sql.execute("UPDATE store_game SET heads = ? WHERE id = ?", [json.dumps(heads), self.game])
        self.sql.execute("COMMIT")
        return heads, int(epoch)


@contextlib.contextmanager
def wire_into(data: Path, game: str) -> Iterator[Wire]:
    """Open the database and the doorbell of an embedded installation."""
    name = environment.database({}, Mode.EMBEDDED, data)["NAME"]
    redis = environment.redis_database(environment.redis_url({}, Mode.EMBEDDED, data), 0)
    layer = {
        "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
        "CONFIG": {"hosts": [{"address": redis, "socket_timeout": None}], "prefix": "game"},
    }
    sql = sqlite3.connect(name, timeout=20, isolation_level=None)
    sql.execute("PRAGMA synchronous=NORMAL")
    try:
        with override_settings(CHANNEL_LAYERS={"default": layer}):
            yield Wire(sql, game)
    finally:
        sql.close()
