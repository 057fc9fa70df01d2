"""Settings of a web process under test: the test database of the run, and short patience with stalled readers."""

import os

import msgspec

from wargame.realtime import bounds
from wargame.server.settings import *  # noqa: F403
from wargame.server.settings import CHANNEL_LAYERS, DATABASES

DATABASES["default"]["NAME"] = os.environ["TRACKONE_TEST_SERVER_DB"]
if os.environ["TRACKONE_TEST_DOORBELL"] == "lossy":
    CHANNEL_LAYERS["default"]["BACKEND"] = "tests.support.lossy.LossyLayer"
bounds.BOUNDS = msgspec.structs.replace(bounds.BOUNDS, debt_frames=8, queue_frames=8, grace_s=1.0)
