"""Jobs over HTTP: ask for one, see how far it is, fetch what it came to, cancel it.

Each endpoint checks who asks, calls one function and answers. The same four for one game, and for staff over many.
"""

from typing import Annotated

import msgspec
from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from msgspec import Meta, Struct

from wargame.aar import jobs as services
from wargame.aar.readers import reader_of, staff_reader, view_asked
from wargame.aar.report import TRUTH
from wargame.aar.tasks import run_job
from wargame.aar.work import Reader
from wargame.api.reply import answer, body, endpoint, ok
from wargame.clock import utc_ms
from wargame.store.models import Game

SANDBOX = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; sandbox"
"""A result is somebody's words made into a file: a browser that shows it all the same runs nothing in it."""


class JobBody(Struct, frozen=True, forbid_unknown_fields=True):
    """What is asked for. `as`: `truth` or a seat; without it the widest view open to the sender."""

    kind: Annotated[str, Meta(max_length=24)]
    params: dict[str, object] = {}
    view: Annotated[str, Meta(max_length=80)] | None = msgspec.field(default=None, name="as")


@endpoint("GET", "POST")
def jobs(request: HttpRequest, game: str | None = None) -> HttpResponse:
    """List the jobs the sender may see; POST asks for one."""
    row, reader = _asked_of(request, game)
    if request.method == "GET":
        return answer({"jobs": services.jobs_open_to(row, reader)})
    asked = body(request, JobBody)
    view = TRUTH if row is None else view_asked(row, asked.view, reader)
    told, fresh = ok(
        services.job_ask(row, kind=asked.kind, view=view, params=asked.params, reader=reader, now_ms=utc_ms())
    )
    if fresh:
        run_job.delay(told.id)
    return answer(told)


@endpoint("GET")
def job(request: HttpRequest, job: str, game: str | None = None) -> HttpResponse:
    """Tell how far a job is."""
    row, reader = _asked_of(request, game)
    return answer(ok(services.job_get(row, job, reader=reader)))


@endpoint("GET")
def result(request: HttpRequest, job: str, game: str | None = None) -> HttpResponse:
    """Return what a job came to, as a file to keep."""
    row, reader = _asked_of(request, game)
    found = ok(services.job_result(row, job, reader=reader))
    headers = {
        "Cache-Control": "no-store",
        "Content-Disposition": content_disposition_header(True, found.name) or "attachment",
        "Content-Security-Policy": SANDBOX,
        "X-Content-Type-Options": "nosniff",
    }
    return HttpResponse(found.body, content_type=found.media, headers=headers)


@endpoint("POST")
def cancel(request: HttpRequest, job: str, game: str | None = None) -> HttpResponse:
    """Stop a job that waits or runs."""
    row, reader = _asked_of(request, game)
    return answer(ok(services.job_cancel(row, job, reader=reader, now_ms=utc_ms())))


def _asked_of(request: HttpRequest, game: str | None) -> tuple[Game | None, Reader]:
    if game is None:
        return None, staff_reader(request)
    reader = reader_of(request, game)
    return Game.objects.get(pk=game), reader
