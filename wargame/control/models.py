"""Rows of exercises (several games of one class, which of them got which treatment, by which seed) and of rehearsals.

What happens in a section stands in the log of its game and nowhere here. Exercises are written by `exercises` only,
rehearsals by `rehearsals` only.
"""

from typing import ClassVar

from django.db import models

from wargame.store.models import Game


class Exercise(models.Model):
    """Several sections run together. `plan` is the JSON of what was asked for, treatments included."""

    id = models.CharField(max_length=40, primary_key=True)
    title = models.CharField(max_length=80)
    code = models.CharField(max_length=12, unique=True)
    """What the whole class types; it leads into one of the sections."""
    scenario = models.CharField(max_length=80)
    preset = models.CharField(max_length=80)
    plan = models.TextField()
    seed = models.CharField(max_length=64)
    """Draws the treatments, deals people out, and is what the seeds of the games are made of: for staff alone."""
    created_ms = models.BigIntegerField()
    locked_ms = models.BigIntegerField(null=True)
    """When the first section was seen to have started: from then on treatments and seed stay as they are."""


class Section(models.Model):
    """One group: its number from 1, its game, and the treatment it was given ("" where there are none)."""

    exercise = models.ForeignKey(Exercise, on_delete=models.PROTECT)
    number = models.IntegerField()
    name = models.CharField(max_length=40)
    game = models.OneToOneField(Game, on_delete=models.PROTECT)
    treatment = models.CharField(max_length=64, default="")

    class Meta:  # noqa: D106 - Django's own word
        constraints: ClassVar = [models.UniqueConstraint(fields=["exercise", "number"], name="section_number")]


class Rehearsal(models.Model):
    """The rehearsal of a game's list: of what it was made (`stamp`), how far it is, and its report as JSON.

    Can be made again at any time; nothing here is read by a running game.
    """

    game = models.OneToOneField(Game, on_delete=models.CASCADE, primary_key=True)
    stamp = models.CharField(max_length=64)
    state = models.CharField(max_length=12, default="building")
    message = models.CharField(max_length=400, default="")
    started_ms = models.BigIntegerField()
    report = models.TextField(default="")
