"""Every table of an export by its name, in the order of the codebook. The one schema: files and codebook follow it.

Owns the list alone; a table's columns and rows are with its subject in `rows/`.
"""

from wargame.aar.data.columns import Column, Row, Table, write_csv, write_parquet
from wargame.aar.data.rows import bargaining, control, deals, frame, model, moves, settled, talk, world

__all__ = ["SEAT_TABLES", "TABLES", "Column", "Row", "Table", "write_csv", "write_parquet"]

TABLES: dict[str, Table] = {
    **frame.TABLES, **talk.TABLES, **moves.TABLES, **settled.TABLES, **world.TABLES, **deals.TABLES,
    **bargaining.TABLES, **control.TABLES, **model.TABLES,
}  # fmt: skip
SEAT_TABLES: dict[str, Table] = {"feed": frame.FEED} | {
    name: table for name, table in TABLES.items() if table.seen is not None
}
"""Those of the export of one seat, each made from what the seat was shown."""
