"""The base of everything an author may write: closed and immutable, so that a typing error is a load error."""

import msgspec


class Part(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One struct per kind of thing in a scenario file; its fields are the keys of the file."""
