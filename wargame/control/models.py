"""Rows of exercises: several games of one class, which of them got which treatment, and by which seed.

What happens in a section stands in the log of its game and nowhere here. These rows are written by `exercises` only.
"""

from typing import ClassVar

from django.db import models

from wargame.store.models import Game


class Exercise(models.Model):
    """Several sections run together. `plan` is the JSON of what was asked for, treatments included."""

    id = models.CharField(max_length=40, primary_key=True)
    title = models.CharField(max_length=80)
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
