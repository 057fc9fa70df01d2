"""Rows of reminders: where a game has its webhook, and what was sent to whom. No part of the game, in no export."""

# ruff: noqa: D106, RUF012 - what Meta is and that its lists are not shared is Django's convention
from django.db import models

from wargame.store.models import Game


class Webhook(models.Model):
    """Where a game posts reminders of its deadlines: the address of a chat room, which is a secret of its own."""

    game = models.OneToOneField(Game, on_delete=models.CASCADE, primary_key=True)
    address = models.CharField(max_length=500)


class Reminder(models.Model):
    """A reminder of one deadline to one person, or to the game's webhook (`person` empty): made once, sent once.

    `sent_ms` is 0 until it went out; one that could not be sent is tried again until `tries` run out or the deadline
    is over.
    """

    game = models.ForeignKey(Game, on_delete=models.CASCADE, db_index=False)
    person = models.CharField(max_length=80)
    deadline = models.CharField(max_length=80)
    """Turn and phase, `3:plan`: a deadline that is put off is still the same one."""
    due_at_ms = models.BigIntegerField()
    taken_ms = models.BigIntegerField(default=0)
    """When a process last set about sending it."""
    sent_ms = models.BigIntegerField(default=0)
    tries = models.IntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["game", "deadline", "person"], name="reminder_once")]
        indexes = [models.Index(fields=["sent_ms", "taken_ms"], name="reminder_unsent")]
