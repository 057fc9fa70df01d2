"""Own the reading of Yjs updates (lib0 encoding, version 1) before anything is done with them.

An update is read as far as the rules of a pad need it: what it inserts where, what it deletes, what it builds on.
Only plain text in named texts is read; formats, embedded objects and nested types are not part of a pad and make
an update unreadable. Merging is the library's work (`negotiation.pads`); nothing here changes a text.
Source: the update format of Yjs 13 as its encoder writes it (docs.yjs.dev, document updates).
"""

from msgspec import Struct

_LARGEST = 1 << 53
_LONGEST = 1 << 20
"""Most characters one struct may speak for; ids stay far below what a browser counts exactly."""
_HIGHEST_CLOCK = 1 << 31
_ORIGIN, _RIGHT_ORIGIN, _PARENT_KEY, _CONTENT = 0x80, 0x40, 0x20, 0x1F
_DELETED, _STRING = 1, 4


class Update(Struct, frozen=True, kw_only=True):
    """What an update says. Clocks and lengths count UTF-16 units, as browsers do."""

    structs: dict[int, tuple[int, int]]
    """Client -> (first clock, clock after the last one) of what it adds."""
    deletes: tuple[tuple[int, int, int], ...]
    """(client, clock, length) of what it deletes."""
    names: frozenset[str]
    """Texts it names; one that only follows on what is there names none."""
    inserts: bool
    """Whether it adds anything, be it only to delete it again."""


class _Unreadable(Exception):
    """Not an update of a pad."""


class _Reader:
    """A cursor over bytes in lib0's encoding."""

    def __init__(self, raw: bytes) -> None:
        self.raw, self.at = raw, 0

    def byte(self) -> int:
        if self.at >= len(self.raw):
            raise _Unreadable
        self.at += 1
        return self.raw[self.at - 1]

    def uint(self, below: int = _LARGEST) -> int:
        value = shift = 0
        while True:
            byte = self.byte()
            value |= (byte & 0x7F) << shift
            shift += 7
            if value >= below or shift > 63:
                raise _Unreadable
            if byte < 0x80:
                return value

    def text(self) -> str:
        size = self.uint(len(self.raw) + 1)
        part = self.raw[self.at : self.at + size]
        if len(part) < size:
            raise _Unreadable
        self.at += size
        try:
            return part.decode()
        except UnicodeDecodeError:
            raise _Unreadable from None


def read_update(raw: bytes) -> Update | None:
    """Return what an update says, or None if it is none that a pad can take."""
    reader = _Reader(raw)
    try:
        structs, names = _structs(reader)
        deletes = _deletes(reader)
    except _Unreadable:
        return None
    if reader.at != len(raw):
        return None
    return Update(structs=structs, deletes=deletes, names=frozenset(names), inserts=bool(structs))


def read_clocks(raw: bytes) -> dict[int, int]:
    """Return client -> next clock of a state vector. The library wrote it; a damaged one raises ValueError."""
    reader = _Reader(raw)
    try:
        return {reader.uint(): reader.uint(_HIGHEST_CLOCK) for _ in range(reader.uint(len(raw)))}
    except _Unreadable:
        raise ValueError("not a state vector") from None


def _structs(reader: _Reader) -> tuple[dict[int, tuple[int, int]], set[str]]:
    found: dict[int, tuple[int, int]] = {}
    names: set[str] = set()
    for _ in range(reader.uint(len(reader.raw))):
        count, client = reader.uint(len(reader.raw)), reader.uint()
        first = clock = reader.uint(_HIGHEST_CLOCK)
        if client in found:
            raise _Unreadable
        for _ in range(count):
            clock += _struct(reader, names)
        if clock == first or clock >= _HIGHEST_CLOCK:
            raise _Unreadable
        found[client] = (first, clock)
    return found, names


def _struct(reader: _Reader, names: set[str]) -> int:
    """Read one struct and return its length."""
    info = reader.byte()
    for bit in (_ORIGIN, _RIGHT_ORIGIN):
        if info & bit:
            reader.uint()
            reader.uint(_HIGHEST_CLOCK)
    if not info & (_ORIGIN | _RIGHT_ORIGIN):
        if info & _PARENT_KEY or reader.uint() != 1:
            raise _Unreadable
        names.add(reader.text())
    if info & _CONTENT == _DELETED:
        length = reader.uint(_LONGEST)
    elif info & _CONTENT == _STRING:
        length = len(reader.text().encode("utf-16-le")) // 2
    else:
        raise _Unreadable
    if not length:
        raise _Unreadable
    return length


def _deletes(reader: _Reader) -> tuple[tuple[int, int, int], ...]:
    found: list[tuple[int, int, int]] = []
    for _ in range(reader.uint(len(reader.raw))):
        client = reader.uint()
        count = reader.uint(len(reader.raw))
        found += ((client, reader.uint(_HIGHEST_CLOCK), reader.uint(_HIGHEST_CLOCK)) for _ in range(count))
    return tuple(found)
