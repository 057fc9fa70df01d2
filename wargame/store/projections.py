"""Rows that follow from the state and exist to be asked for: deadlines, members, the game's own line.

They are brought level with the state inside the append that changed it and can be made again from it.
"""

from wargame.game.state import State
from wargame.game.timers import timers
from wargame.store import models


def project(game: models.Game, before: State, after: State) -> None:
    """Bring timers and memberships level with the new state; set (but do not save) the game's columns."""
    _project_timers(game, before, after)
    _project_people(game, before, after)
    if after.status == "running" != before.status:
        game.running_ms = game.at_ms
        models.Game.objects.filter(pk=game.pk).update(running_ms=game.running_ms)
    game.status = after.status
    if game.away_ms != after.entrance.away_ms:
        game.away_ms = after.entrance.away_ms
        models.Game.objects.filter(pk=game.pk).update(away_ms=game.away_ms)
    game.title = after.title or game.title


def _project_timers(game: models.Game, before: State, after: State) -> None:
    old, new = timers(before), timers(after)
    if old == new:
        return
    gone = [key for key in old if key not in new]
    if gone:
        models.Timer.objects.filter(game_id=game.id, key__in=gone).delete()
    changed = [
        models.Timer(game_id=game.id, key=key, generation=generation, due_at_ms=due, remaining_ms=left)
        for key, (generation, due, left) in sorted(new.items())
        if old.get(key) != (generation, due, left)
    ]
    models.Timer.objects.bulk_create(
        changed, update_conflicts=True, unique_fields=["game", "key"],
        update_fields=["generation", "due_at_ms", "remaining_ms"],
    )  # fmt: skip


def _project_people(game: models.Game, before: State, after: State) -> None:
    changed = [person for person, now in sorted(after.people.items()) if before.people.get(person) != now]
    if not changed:
        return
    game.epoch += 1
    models.Membership.objects.bulk_create(
        [
            models.Membership(
                game_id=game.id, person=person, display=after.people[person].display, role=after.people[person].role,
                seat=after.people[person].seat, removed=after.people[person].removed, epoch=game.epoch,
                link=after.people[person].link,
            )
            for person in changed
        ],
        update_conflicts=True, unique_fields=["game", "person"],
        update_fields=["display", "role", "seat", "removed", "epoch", "link"],
    )  # fmt: skip
    relinked = [p for p in changed if p in before.people and before.people[p].link != after.people[p].link]
    if relinked:  # whatever they came in by before is void
        models.Membership.objects.filter(game_id=game.id, person__in=relinked).update(token_hash=None)
