"""Rows of the report: a job for each head of a log, its pages by view, whether players may read the whole; and jobs.

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
    """The report as one view may read it: JSON. `stands`: what of that view it was made from."""

    job = models.ForeignKey(ReportJob, on_delete=models.CASCADE)
    view = models.CharField(max_length=80)
    stands = models.CharField(max_length=64, default="")
    body = models.BinaryField()

    class Meta:  # noqa: D106 - Django's own word
        constraints: ClassVar = [models.UniqueConstraint(fields=["job", "view"], name="report_page_once")]


class ReportShare(models.Model):
    """Control has opened the whole report of a game to its players."""

    game = models.CharField(max_length=40, primary_key=True)
    shared_ms = models.BigIntegerField()


class Job(models.Model):
    """Something a reader asked to be built: a document, an export, runs. Written by `wargame.aar.jobs` alone.

    `key` is made of everything the result depends on. `view`: `truth` or a seat. `side`: who shares it ("" all who may
    read the view, `desk`, `players`, `person:ID`). `asker`: who asked for it (`desk`, `players`, `person:ID`): whom it
    is counted for, and who may cancel it. `attempt` fences off a worker whose job was taken over.
    """

    id = models.CharField(max_length=24, primary_key=True)
    """Drawn at random: a number would tell how much others ask for."""
    game = models.CharField(max_length=40, default="")
    """Empty for a job over many games."""
    kind = models.CharField(max_length=24)
    key = models.CharField(max_length=64, unique=True)
    view = models.CharField(max_length=80)
    side = models.CharField(max_length=60, default="")
    asker = models.CharField(max_length=60, default="desk")
    stands = models.CharField(max_length=200, default="")
    """What it was made from (`Kind.stands`): where that has changed since, the result is stale."""
    params = models.TextField(default="{}")
    state = models.CharField(max_length=12, default="waiting")
    attempt = models.IntegerField(default=0)
    done = models.IntegerField(default=0)
    of = models.IntegerField(default=0)
    message = models.CharField(max_length=400, default="")
    result = models.BinaryField(default=b"")
    size = models.IntegerField(default=0)
    media = models.CharField(max_length=120, default="")
    name = models.CharField(max_length=200, default="")
    asked_ms = models.BigIntegerField()
    told_ms = models.BigIntegerField()
    ended_ms = models.BigIntegerField(null=True)

    class Meta:  # noqa: D106 - Django's own word
        indexes: ClassVar = [models.Index(fields=["game", "asked_ms"], name="job_by_game")]


class StudyBlock(models.Model):
    """Some games of one cell of a designed experiment: what is to be played, and its rows once it is.

    The key is made of what the rows depend on; `result` is JSON, deflated. Written by `wargame.aar.study` alone.
    """

    key = models.CharField(max_length=64, primary_key=True)
    block = models.TextField()
    state = models.CharField(max_length=12, default="waiting")
    message = models.CharField(max_length=400, default="")
    told_ms = models.BigIntegerField()
    result = models.BinaryField(default=b"")
