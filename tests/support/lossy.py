"""A channel layer that loses, doubles, delays and so reorders doorbells. Everything must go on working on it."""

import asyncio
import random
from typing import Any

from channels_redis.pubsub import RedisPubSubChannelLayer


class LossyLayer(RedisPubSubChannelLayer):
    """Drops 30 % of group messages, doubles 20 %, delays 30 % by up to 80 ms."""

    drop, double, late = 0.3, 0.2, 0.3
    dice = random.Random(7)

    async def group_send(self, group: str, message: dict[str, Any]) -> None:
        """Send a group message badly."""
        if self.dice.random() < self.drop:
            return
        if self.dice.random() < self.late:
            asyncio.create_task(self._later(group, message))  # noqa: RUF006 - what is lost with the loop is lost
            return
        await self._get_layer().group_send(group, message)
        if self.dice.random() < self.double:
            await self._get_layer().group_send(group, message)

    async def _later(self, group: str, message: dict[str, Any]) -> None:
        await asyncio.sleep(self.dice.random() * 0.08)
        await self._get_layer().group_send(group, message)


class DeafLayer(RedisPubSubChannelLayer):
    """Loses every doorbell."""

    async def group_send(self, group: str, message: dict[str, Any]) -> None:
        """Send nothing."""
