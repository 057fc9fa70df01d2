"""Reading the tables of an export."""

import io
import json
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pandas as pd

Json = dict[str, Any]


class Tables:
    """The tables of one export; a cell that holds nothing is None."""

    def __init__(self, path: Path) -> None:
        self.archive = zipfile.ZipFile(io.BytesIO(path.read_bytes()))
        self._frames: dict[str, pd.DataFrame] = {}
        self._rows: dict[str, list[Json]] = {}

    def frame(self, name: str) -> pd.DataFrame:
        if name not in self._frames:
            self._frames[name] = pd.read_parquet(io.BytesIO(self.archive.read(f"tables/{name}.parquet")))
        return self._frames[name]

    def rows(self, name: str, **where: Any) -> list[Json]:
        if name not in self._rows:
            frame = self.frame(name)
            self._rows[name] = frame.astype(object).where(frame.notna(), None).to_dict("records")
        return [row for row in self._rows[name] if all(row[field] == value for field, value in where.items())]

    def events(self, *kinds: str) -> list[Json]:
        """Return events that stand, with their payload read."""
        if "_events" not in self._rows:
            self._rows["_events"] = [
                row | {"fact": json.loads(row["payload"])} for row in self.rows("events") if row["stands"]
            ]
        return [row for row in self._rows["_events"] if not kinds or row["kind"] in kinds]

    def settled(self) -> list[int]:
        return [int(row["turn"]) for row in self.rows("turns") if row["settled"]]


def items(cell: Any) -> list[str]:
    return [] if cell is None else list(cell)


def grouped(rows: Iterable[Json], *fields: str) -> dict[Any, list[Json]]:
    found: dict[Any, list[Json]] = {}
    for row in rows:
        key = row[fields[0]] if len(fields) == 1 else tuple(row[field] for field in fields)
        found.setdefault(key, []).append(row)
    return found
