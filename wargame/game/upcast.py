"""Bring stored payloads of old versions to the newest shape, one pure step a version.

A step takes and returns plain values and is never edited after it shipped: golden files hold its inputs.
"""

from collections.abc import Callable, Mapping

Plain = dict[str, object]
Step = Callable[[Plain], Plain]

STEPS: dict[tuple[str, int], Step] = {}
"""(kind, version it starts from) -> the step to the next version."""


def upcast(kind: str, payload: Plain, *, v: int, newest: int, steps: Mapping[tuple[str, int], Step] = STEPS) -> Plain:
    """Return the payload at the newest version. Raises KeyError where a step is missing or the version is unknown."""
    if v > newest:
        raise KeyError(f"{kind} v{v} is newer than this server ({newest})")
    for version in range(v, newest):
        payload = steps[(kind, version)](payload)
    return payload
