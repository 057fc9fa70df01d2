"""Building the report: one job for each content of a log, with progress anybody may ask for.

Owns the job rows. A job that died is taken up again by the next request; a finished one is read, never rebuilt.
"""

import logging
from collections.abc import Callable

import msgspec
from django.db import transaction
from django.db.models import F
from msgspec import Struct

from wargame.aar.chronicle import chronicle
from wargame.aar.content import content_key, content_of, seat_key, seat_told
from wargame.aar.models import ReportJob, ReportPage, ReportShare
from wargame.aar.report import SCHEMA, TRUTH, seat_reports, steps_of, truth_report
from wargame.clock import utc_ms
from wargame.game.ids import seat_view
from wargame.store import feed
from wargame.store.cases import case_of
from wargame.store.log import recorded_events
from wargame.store.models import Game

log = logging.getLogger(__name__)

STALE_MS = 120_000
"""A job without an end after this long is believed dead and begun again."""


Tell = Callable[[str, int], None]
"""Told what is being written, or (with a number) how many steps there will be."""


class Progress(Struct, frozen=True):
    """Where the report of a game stands."""

    state: str
    done: int
    of: int
    message: str


NOTHING = Progress("none", 0, 0, "")


def report_key(game: Game) -> str:
    """Return what the report of a game is found by: the same as long as it would say the same."""
    return content_key(content_of(game), schema=SCHEMA)


def report_progress(game_id: str) -> Progress:
    """Return where the report of the game as it stands is."""
    game = Game.objects.filter(pk=game_id).first()
    job = None if game is None else ReportJob.objects.filter(game=game_id, head_hash=report_key(game)).first()
    return NOTHING if job is None else Progress(job.state, job.done, job.of, job.message)


def seat_progress(game_id: str, *, seat: str) -> Progress:
    """Return where the report of a game is for a reader of one seat's page: by what that seat knows, nothing else.

    What others write into the log (a note of Control's) makes another whole report, and no other page of the seat.
    """
    if _page_stands(game_id, seat):
        return Progress("ready", 1, 1, "")
    newest = ReportJob.objects.filter(game=game_id).order_by("-started_ms", "-pk").first()
    if newest is None or newest.state == "ready":
        return NOTHING
    # How many steps there are, and which, is of the whole log.
    return Progress(newest.state, 0, 0, newest.message if newest.state == "failed" else "")


def seat_claim(game_id: str, *, seat: str, now_ms: int) -> int | None:
    """Return the job to build now for a reader of one seat's page; None if that page is there or being built."""
    building = ReportJob.objects.filter(game=game_id, state="building", started_ms__gte=now_ms - STALE_MS)
    if _page_stands(game_id, seat) or building.exists():
        return None
    return report_claim(game_id, now_ms=now_ms)


def _page_stands(game_id: str, seat: str) -> bool:
    key = seat_key(seat_told(game_id, seat), schema=SCHEMA)
    return ReportPage.objects.filter(job__game=game_id, job__state="ready", view=seat, stands=key).exists()


def report_claim(game_id: str, *, now_ms: int) -> int | None:
    """Return the job to build now, or None if the report is ready, being built, or there is no such game."""
    with transaction.atomic():
        game = Game.objects.filter(pk=game_id).first()
        if game is None or not game.head:
            return None
        job, fresh = ReportJob.objects.get_or_create(
            game=game_id, head_hash=report_key(game), defaults={"started_ms": now_ms, "message": "Waiting for a worker"}
        )
        if fresh:
            return job.pk
        dead = job.state == "failed" or (job.state == "building" and now_ms - job.started_ms > STALE_MS)
        took = dead and ReportJob.objects.filter(pk=job.pk, started_ms=job.started_ms).update(
            state="building", started_ms=now_ms, done=0, message="Waiting for a worker"
        )
        return job.pk if took else None


def report_build(job_id: int) -> None:
    """Build every page of a job. Idempotent: pages are written anew, a finished job is left alone."""
    job = ReportJob.objects.filter(pk=job_id).first()
    if job is None or job.state == "ready":
        return
    try:
        pages = _pages(job)
    except Exception:
        log.exception("report.failed game=%s", job.game)
        ReportJob.objects.filter(pk=job_id).update(state="failed", message="The report could not be built.")
        return
    with transaction.atomic():
        ReportPage.objects.filter(job=job).delete()
        ReportPage.objects.bulk_create(pages)
        ReportJob.objects.filter(pk=job_id).update(state="ready", done=F("of"), message="", built_ms=utc_ms())


def report_page(game_id: str, *, view: str) -> bytes | None:
    """Return the newest finished report of a game for a view, or None."""
    page = (
        ReportPage.objects.filter(job__game=game_id, job__state="ready", view=view).order_by("-job__built_ms").first()
    )
    return None if page is None else bytes(page.body)


def report_share(game_id: str, *, now_ms: int) -> None:
    """Open the whole report to the players of the game."""
    ReportShare.objects.get_or_create(pk=game_id, defaults={"shared_ms": now_ms})


def report_shared(game_id: str) -> bool:
    """Tell whether players may read the whole report."""
    return ReportShare.objects.filter(pk=game_id).exists()


def report_pages(game: Game, *, progress: Tell) -> dict[str, bytes]:
    """Return the whole report of a game as it stands, a page a view. Same content of the log, same bytes.

    `built_at_ms` of a page is the time of the newest event it speaks of; of a seat's, of what the seat was told last.
    """
    return {page.view: bytes(page.body) for page in _written(game, progress=progress)}


def _written(game: Game, *, progress: Tell) -> list[ReportPage]:
    """Return the pages of a report, not yet of any job, each with what of its view it was made from."""
    case, content = case_of(game.scenario, game.scenario_hash), content_of(game)
    events = recorded_events(game.id, upto=content.seq)
    story = chronicle(case, events, head_hash=content.hash, engine_version=game.engine)
    progress("", steps_of(story))

    def told(message: str) -> None:
        progress(message, 0)

    truth = truth_report(story, built_at_ms=content.at_ms, progress=told)
    upto = {seat.id: seat_told(game.id, seat.id, upto=content.seq) for seat in case.seats}

    def rows(seat: str) -> list[feed.Row]:
        view, found, last = seat_view(seat), list[feed.Row](), upto[seat]
        while (cursor := found[-1].n if found else 0) < last:
            found += feed.feed_after(game.id, view=view, cursor=cursor, limit=min(512, last - cursor))
        return found

    seats = seat_reports(story, rows=rows, progress=told)
    return [
        ReportPage(view=TRUTH, body=msgspec.json.encode(truth)),
        *(
            ReportPage(view=seat, body=msgspec.json.encode(page), stands=seat_key(upto[seat], schema=SCHEMA))
            for seat, page in seats.items()
        ),
    ]


def _pages(job: ReportJob) -> list[ReportPage]:
    def progress(message: str, of: int) -> None:
        mine = ReportJob.objects.filter(pk=job.pk)
        if of:
            mine.update(of=of, done=0)
        else:
            mine.update(done=F("done") + 1, message=message)

    pages = _written(Game.objects.get(pk=job.game), progress=progress)
    for page in pages:
        page.job = job
    return pages
