"""Rows of the store: the log, what each view was told, and the projections kept beside them.

Truth is `Event`; everything else can be made again from it. Rows are written in `append` (and the
few functions of `wargame.play.people` that handle tokens), never anywhere else. Nothing here knows a rule.
"""

# ruff: noqa: D106, RUF012 - what Meta is and that its lists are not shared is Django's convention
from django.db import models


class Game(models.Model):
    """One game: where its log stands. Its row is the lock: whoever writes a game holds it."""

    id = models.CharField(max_length=40, primary_key=True)
    title = models.CharField(max_length=80)
    scenario = models.CharField(max_length=80)
    scenario_hash = models.CharField(max_length=80)
    preset = models.CharField(max_length=80, default="")
    code = models.CharField(max_length=12, unique=True)
    head = models.BigIntegerField(default=0)
    head_hash = models.CharField(max_length=64, default="")
    heads = models.TextField(default="{}")
    """JSON: view -> n of its newest disclosure. On this row because every append writes it anyway."""
    epoch = models.IntegerField(default=0)
    """Grows whenever a person's role, seat or right to be here changes."""
    status = models.CharField(max_length=12, default="lobby")
    running_ms = models.BigIntegerField(default=0)
    """When the game last began to run, or ran on after a pause. Follows the log."""
    away_ms = models.BigIntegerField(default=0)
    """After how long without a sign of anybody in a seat a bot holds it; 0: never. Follows the log."""
    engine = models.CharField(max_length=40, default="")
    created_ms = models.BigIntegerField()
    at_ms = models.BigIntegerField(default=0)
    """Time of the newest event: the log's time never runs backwards, whatever a host's clock does."""

    class Meta:
        indexes = [models.Index(fields=["status", "created_ms"], name="game_by_status")]


class Event(models.Model):
    """Something that happened. Never changed, never deleted; `hash` covers all before it."""

    game = models.ForeignKey(Game, on_delete=models.PROTECT, db_index=False)
    seq = models.BigIntegerField()
    event_id = models.CharField(max_length=40)
    kind = models.CharField(max_length=60)
    v = models.IntegerField()
    actor = models.TextField()
    cause = models.CharField(max_length=100)
    at_ms = models.BigIntegerField()
    game_date = models.CharField(max_length=20, default="")
    payload = models.BinaryField()
    engine = models.CharField(max_length=40)
    prev_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["game", "seq"], name="event_seq")]


class Disclosure(models.Model):
    """One entity as one view came to know it. `n` counts within the view, from 1, without gaps.

    The value `null` says that the view has the entity no more.
    """

    game = models.ForeignKey(Game, on_delete=models.PROTECT, db_index=False)
    view = models.CharField(max_length=80)
    n = models.BigIntegerField()
    first_n = models.BigIntegerField()
    """n of the first value of this key: kept with every later one, so that a rewind can put it in its old place."""
    seq = models.BigIntegerField()
    at_ms = models.BigIntegerField()
    kind = models.CharField(max_length=40)
    key = models.CharField(max_length=200)
    value = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["game", "view", "n"], name="disclosure_n")]
        indexes = [models.Index(fields=["game", "view", "kind", "key", "n"], name="disclosure_latest")]


class Current(models.Model):
    """The newest value per key of a view: the snapshot at the head, without reading the log."""

    game = models.ForeignKey(Game, on_delete=models.PROTECT, db_index=False)
    view = models.CharField(max_length=80)
    kind = models.CharField(max_length=40)
    key = models.CharField(max_length=200)
    n = models.BigIntegerField()
    first_n = models.BigIntegerField()
    """n of the first value of this key: the order of paged collections (an edit moves nothing)."""
    at_ms = models.BigIntegerField()
    value = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["game", "view", "kind", "key"], name="current_key")]
        indexes = [models.Index(fields=["game", "view", "kind", "first_n"], name="current_page")]


class Receipt(models.Model):
    """What became of a command: a retry gets the same answer and has no second effect."""

    game = models.ForeignKey(Game, on_delete=models.PROTECT, db_index=False)
    person = models.CharField(max_length=80)
    command_id = models.CharField(max_length=100)
    accepted = models.BooleanField()
    seq = models.BigIntegerField()
    n = models.BigIntegerField()
    code = models.CharField(max_length=80, default="")
    params = models.TextField(default="{}")
    at_ms = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["game", "command_id", "person"], name="receipt_command")]
        indexes = [models.Index(fields=["game", "person", "at_ms"], name="receipt_by_person")]


class Timer(models.Model):
    """A deadline. Running: `due_at_ms`. Stopped: `remaining_ms`. The row goes when the deadline goes."""

    game = models.ForeignKey(Game, on_delete=models.PROTECT, db_index=False)
    key = models.CharField(max_length=80)
    generation = models.IntegerField()
    due_at_ms = models.BigIntegerField(null=True)
    remaining_ms = models.BigIntegerField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["game", "key"], name="timer_key")]
        indexes = [models.Index(fields=["due_at_ms"], name="timer_due")]


class Membership(models.Model):
    """A person in a game. Role, seat, link and removal follow the log; the token is kept as a hash only.

    `email` is what a roster said; it is in no log, no view and no export of the game.
    """

    game = models.ForeignKey(Game, on_delete=models.PROTECT, db_index=False)
    person = models.CharField(max_length=80)
    display = models.CharField(max_length=80)
    role = models.CharField(max_length=12)
    seat = models.CharField(max_length=80, null=True)
    token_hash = models.CharField(max_length=64, null=True, unique=True)
    link = models.IntegerField(default=0)
    """Number of the personal link that is good; 0: they have none."""
    email = models.CharField(max_length=254, default="")
    epoch = models.IntegerField(default=0)
    removed = models.BooleanField(default=False)
    last_seen_ms = models.BigIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["game", "person"], name="membership_person")]


class Writing(models.Model):
    """In which clause of which draft a person was last heard writing. No part of the game: rows simply grow old."""

    game = models.ForeignKey(Game, on_delete=models.PROTECT, db_index=False)
    person = models.CharField(max_length=80)
    pad = models.CharField(max_length=200)
    clause = models.CharField(max_length=64)
    at_ms = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["game", "person"], name="writing_person")]


class Snapshot(models.Model):
    """The folded state after `seq`, so that loading reads only the tail of the log."""

    game = models.ForeignKey(Game, on_delete=models.PROTECT, db_index=False)
    seq = models.BigIntegerField()
    engine = models.CharField(max_length=40)
    state = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["game", "seq"], name="snapshot_seq")]


class CaseText(models.Model):
    """The files of a case as they were when a game of it was created: the game keeps its own case."""

    hash = models.CharField(max_length=80, primary_key=True)
    scenario = models.CharField(max_length=80)
    files = models.TextField()
    """JSON: path relative to the scenario folder -> text; the first is the root."""


class Link(models.Model):
    """A link that lets somebody in without an account: staff, control of a game, a seat to try."""

    token_hash = models.CharField(max_length=64, primary_key=True)
    kind = models.CharField(max_length=12)
    game = models.ForeignKey(Game, on_delete=models.PROTECT, null=True)
    seat = models.CharField(max_length=80, default="")
    created_ms = models.BigIntegerField()


class Heartbeat(models.Model):
    """When a part of the server last did its round; a gap is an outage."""

    name = models.CharField(max_length=40, primary_key=True)
    at_ms = models.BigIntegerField()


class Attempt(models.Model):
    """Failed tries of a join code from one address, counted per window."""

    address = models.CharField(max_length=80)
    window = models.BigIntegerField()
    count = models.IntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["address", "window"], name="attempt_window")]
