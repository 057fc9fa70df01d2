"""The channel layer stays usable while nothing happens (redis-py 8 closes idle connections unless told otherwise)."""

from __future__ import annotations

import asyncio

import pytest
from channels.layers import get_channel_layer
from django.conf import settings

# redis-py 8 gives up on a silent socket after 5 s by default.
IDLE_S = 7.0


@pytest.mark.slow
def test_a_group_still_hears_after_seven_idle_seconds() -> None:
    async def idle_then_ring() -> list[dict[str, object]]:
        layer = get_channel_layer()
        channels = [await layer.new_channel() for _ in range(3)]
        for channel in channels:
            await layer.group_add("idle.test", channel)
        await asyncio.sleep(IDLE_S)
        await layer.group_send("idle.test", {"type": "ring"})
        return [await asyncio.wait_for(layer.receive(channel), 5) for channel in channels]

    assert asyncio.run(idle_then_ring()) == [{"type": "ring"}] * 3


def test_the_layer_is_the_pubsub_doorbell_without_a_socket_timeout() -> None:
    layer = settings.CHANNEL_LAYERS["default"]
    assert layer["BACKEND"] == "channels_redis.pubsub.RedisPubSubChannelLayer"
    assert all(host["socket_timeout"] is None for host in layer["CONFIG"]["hosts"])
