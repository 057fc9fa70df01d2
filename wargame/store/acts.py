"""When people last gave a command: read from the receipts every command leaves, refused ones too. It writes nothing."""

from collections.abc import Sequence

from django.db import connection

# The newest row of the index (game, person, at): one look-up a person, however many commands they have given.
_LAST = "SELECT CAST(%s AS TEXT), MAX(at_ms) FROM store_receipt WHERE game_id = %s AND person = %s"


def last_acts(game_id: str, people: Sequence[str]) -> dict[str, int]:
    """Return person -> when they last gave a command (ms); who never did is missing."""
    if not people:
        return {}
    with connection.cursor() as sql:
        sql.execute(
            " UNION ALL ".join([_LAST] * len(people)), [one for person in people for one in (person, game_id, person)]
        )
        return {person: at for person, at in sql.fetchall() if at is not None}
