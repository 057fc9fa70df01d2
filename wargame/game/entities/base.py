"""The base of all that may leave the server."""

from msgspec import Struct


class Entity(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Base of all values that may leave the server."""
