"""What a spreadsheet would do to the master list, and what it did: the answers to whoever brings one."""

from msgspec import Struct

from wargame.control.sheets import Fault


class Change(Struct, frozen=True):
    """A column of a row whose text would change."""

    column: str
    before: str
    after: str


class Row(Struct, frozen=True):
    """What a row of the sheet would do. `row` is its number in the sheet."""

    row: int
    msel: str
    number: str
    title: str
    what: str
    changes: tuple[Change, ...] = ()


class Preview(Struct, frozen=True):
    """What an import would do, and all that is wrong with it. With faults it would do nothing."""

    rows: tuple[Row, ...]
    faults: tuple[Fault, ...]
    notes: tuple[Fault, ...]
    absent: tuple[str, ...]
    """Entries of the game that the sheet does not have; an import leaves them as they are."""
    stamp: str = ""
    """Names this plan: the same file against the same list has the same stamp."""


class Imported(Struct, frozen=True):
    """What was carried out: entries written, and those refused with the reason.

    `moved_on`: the list changed since the plan was looked at, so that nothing was done; `preview` is the plan as it
    would be now.
    """

    written: tuple[str, ...]
    refused: dict[str, str]
    preview: Preview
    moved_on: bool = False
