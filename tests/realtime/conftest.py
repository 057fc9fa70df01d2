"""Every test of this suite runs twice: with doorbells that arrive, and with doorbells that mostly do not."""

from typing import Any

import pytest


@pytest.fixture(params=["clean", "lossy"], autouse=True)
def doorbell(request: pytest.FixtureRequest, settings: Any) -> str:
    """Choose the channel layer."""
    layers = {**settings.CHANNEL_LAYERS["default"]}
    if request.param == "lossy":
        layers["BACKEND"] = "tests.support.lossy.LossyLayer"
    settings.CHANNEL_LAYERS = {"default": layers}
    return str(request.param)
