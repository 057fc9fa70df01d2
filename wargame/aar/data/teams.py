"""The log of each team as lines of JSON, laid out as the published logs of tabletop exercises are.

Owns the folder of a team and what goes into each of its files. The names of the files are those of the log format of
the INJECT Exercise Platform (Masaryk University, docs.inject.muni.cz, technical pages, "log format"): injects, e-mails,
actions, milestones and questionnaires of one team, a file each, a line an entry. The fields are ours, by the codebook.
"""

from collections.abc import Iterable, Mapping

import msgspec

from wargame.aar.data.columns import Row

FILES: dict[str, tuple[str, tuple[str, ...]]] = {
    "inject_states": ("Injects that went to the team, with who opened them.", ("injects", "reads")),
    "emails": ("Messages and letters the team sent or could read.", ("messages",)),
    "action_logs": (
        "What the team did: drafts of orders, sheets, texts, papers, requests, free moves, appeals.",
        ("journals", "sheets", "offers", "acts", "papers", "taskings", "consents", "free_moves", "arguments",
         "appeals"),
    ),
    "milestones": ("What became of it: outcomes of its orders, and its goals turn by turn.", ("orders", "scores")),
    "questionnaire_states": (
        "What it wrote when it was asked: readings of statements, answers.", ("readings", "answers"),
    ),
}  # fmt: skip
"""File of a team -> what it holds, and the tables its lines come from."""


def lines(rows: Iterable[Mapping[str, object]]) -> bytes:
    """Return rows as lines of JSON in UTF-8, keys in their order."""
    return b"".join(msgspec.json.encode(row) + b"\n" for row in rows)


def team_files(seat: str, tables: Mapping[str, Iterable[Row]]) -> dict[str, bytes]:
    """Return the files of one team by name. A line is a row of a table with the name of the table before it."""
    found = {}
    for name, (_, parts) in FILES.items():
        mine = [
            (int(str(row.get("at_ms") or 0)), place, {"table": part, **row})
            for place, part in enumerate(parts)
            for row in tables.get(part, ())
            if _of_team(seat, row)
        ]
        found[f"teams/{seat}/{name}.jsonl"] = lines(row for *_, row in sorted(mine, key=lambda one: one[:2]))
    return found


def _of_team(seat: str, row: Row) -> bool:
    """Tell whether a row is of what a seat did, sent or got."""
    got = row.get("to") if isinstance(row.get("to"), list) else row.get("audience")
    return row.get("seat", row.get("author")) == seat or seat in (got or ()) or (got == [] and "inject" in row)
