"""Rows of the report: a job for each head of a log, its pages by view, and whether players may read the whole.

Everything here can be made again from the log; nothing here is read by a running game.
"""

from typing import ClassVar

from django.db import models


class ReportJob(models.Model):
    """The building of the report of one game at one head of its log. `head_hash` makes it a cache."""

    game = models.CharField(max_length=40)
    head_hash = models.CharField(max_length=64)
    state = models.CharField(max_length=12, default="building")
    done = models.IntegerField(default=0)
    of = models.IntegerField(default=0)
    message = models.CharField(max_length=200, default="")
    started_ms = models.BigIntegerField()
    built_ms = models.BigIntegerField(null=True)

    class Meta:  # noqa: D106 - Django's own word
        constraints: ClassVar = [models.UniqueConstraint(fields=["game", "head_hash"], name="report_once")]


class ReportPage(models.Model):
    """The report as one view may read it: JSON."""

    job = models.ForeignKey(ReportJob, on_delete=models.CASCADE)
    view = models.CharField(max_length=80)
    body = models.BinaryField()

    class Meta:  # noqa: D106 - Django's own word
        constraints: ClassVar = [models.UniqueConstraint(fields=["job", "view"], name="report_page_once")]


class ReportShare(models.Model):
    """Control has opened the whole report of a game to its players."""

    game = models.CharField(max_length=40, primary_key=True)
    shared_ms = models.BigIntegerField()
