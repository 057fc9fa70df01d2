"""Long work a reader asks for: documents, exports, runs. One row each, found again by what it is made from.

Owns the rows of jobs: asking, telling how far they are, cancelling, keeping results and letting old ones go. A result
is cached by content: the same kind, parameters and state of the game are the same job. What is built is the kinds' own.
"""

import logging
from secrets import token_urlsafe
from typing import Any

import msgspec
from django.db.models import Q, QuerySet
from msgspec import Struct

from wargame.aar.kinds import KINDS
from wargame.aar.models import Job
from wargame.aar.report import TRUTH
from wargame.aar.work import Cancelled, Kind, Reader, Result, Unbuildable, Work, key_of
from wargame.clock import utc_ms
from wargame.play.answers import Refused
from wargame.play.wire import malformed
from wargame.store.models import Game

log = logging.getLogger(__name__)

OPEN = ("waiting", "running")
DESK, PLAYERS = "desk", "players"
STALE_MS = 120_000
"""A job that has not been heard of for so long is believed dead; asking for it again begins it anew."""
TOLD_EVERY_MS = 250
"""Steps that follow faster are not written down one by one."""
AT_ONCE = 4
"""How many jobs of a game and view one side of the table (the desk, the players, a person) may have under way."""
KEPT = 60
"""How many finished jobs of a game and view each side keeps that asked; the oldest go first, and can be had again."""
WAITING = "Waiting for a worker"
UNTAKEN = "No worker has taken this up. Ask for it again; if it stays so, tell whoever runs the server."
LOST = "The worker that built this was lost. Ask for it again."
CHANGED = "What people allow has changed while this was built. Ask for it again."
FAILED = "This could not be built. Ask for it again; if it fails again, tell whoever runs the server."


class Told(Struct, frozen=True):
    """A job as its readers see it. `stale`: what it was made from has changed since. `yours`: to cancel."""

    id: str
    kind: str
    view: str
    params: msgspec.Raw
    state: str
    done: int
    of: int
    message: str
    name: str
    media: str
    size: int
    asked_ms: int
    ended_ms: int | None
    stale: bool
    yours: bool


# --- asking ---------------------------------------------------------------------------------------
def job_ask(
    game: Game | None, *, kind: str, view: str, params: object, reader: Reader, now_ms: int
) -> tuple[Told, bool] | Refused:
    """Return the job that answers a question, and whether a worker has to be sent for it.

    An equal one that is ready or under way is returned as it is; one that failed, was cancelled or died begins anew.
    """
    known = KINDS.get(kind)
    if known is None:
        return Refused("request.malformed", {"at": "$.kind", "expected": f"one of {', '.join(sorted(KINDS))}"})
    refused = _refused(known, view, reader)
    if refused is not None:
        return refused
    try:
        asked = msgspec.convert(params, known.params)
    except msgspec.ValidationError as error:
        return malformed("request.malformed", error)
    work = Work("" if game is None else game.id, kind, view, asked, reader.desk)
    return known.check(work, reader, game) or _claimed(known, work, reader, game, now_ms=now_ms)


def _refused(kind: Kind, view: str, reader: Reader) -> Refused | None:
    """Return why a reader may not have this kind through this view; one answer for all that is not open to them."""
    may = {"view": True, "truth": view == TRUTH, "desk": reader.desk, "staff": reader.staff}[kind.who]
    return None if may and reader.may_read(view) else Refused("access.denied")


def _claimed(kind: Kind, work: Work, reader: Reader, game: Game | None, *, now_ms: int) -> tuple[Told, bool] | Refused:
    asker = _asker(kind, work, reader)
    side = "" if kind.common else asker
    stands, key = _key(kind, work, side, game)
    job = Job.objects.filter(key=key).defer("result").first()
    if job is not None and (job.state == "ready" or _lives(job, now_ms)):
        return _shared(job, asker, reader, now_ms), False
    mine = Job.objects.filter(game=work.game, view=work.view, asker=asker)
    if sum(_lives(one, now_ms) for one in mine.filter(state__in=OPEN).defer("result")) >= AT_ONCE:
        return Refused("job.too_many", {"limit": AT_ONCE})
    again = {
        "state": "waiting", "done": 0, "of": 0, "message": WAITING, "asked_ms": now_ms, "told_ms": now_ms,
        "ended_ms": None, "result": b"", "size": 0, "asker": asker,
    }  # fmt: skip
    fresh = again | {
        "id": token_urlsafe(12), "game": work.game, "kind": work.kind, "view": work.view, "side": side,
        "stands": stands, "params": msgspec.json.encode(work.params, order="deterministic").decode(),
    }  # fmt: skip
    job, made = Job.objects.get_or_create(key=key, defaults=fresh)
    if not made:
        if job.state == "ready" or _lives(job, now_ms):  # somebody asked for the same a moment ago
            return _shared(job, asker, reader, now_ms), False
        took = Job.objects.filter(pk=job.pk, state=job.state, attempt=job.attempt)
        if not took.update(**again, attempt=job.attempt + 1):
            return _shared(Job.objects.get(pk=job.pk), asker, reader, now_ms), False
        job.refresh_from_db()
    _let_go(mine)
    return _told(job, reader, stale=False, now_ms=now_ms), True


def _asker(kind: Kind, work: Work, reader: Reader) -> str:
    """Return whom a job is counted for and who may cancel it: the desk, the players, or one person."""
    if reader.desk:
        return DESK
    return f"person:{reader.person}" if kind.personal(work.params) else PLAYERS


def _shared(job: Job, asker: str, reader: Reader, now_ms: int) -> Told:
    """Tell of a job that was there already. What the desk wants too is the desk's from now on: no player ends it."""
    if asker == DESK != job.asker:
        Job.objects.filter(pk=job.pk).update(asker=DESK)
        job.asker = DESK
    return _told(job, reader, stale=False, now_ms=now_ms)


def _key(kind: Kind, work: Work, side: str, game: Game | None) -> tuple[str, str]:
    """Return what a result is made from, and the key it is found by."""
    stands = _stands(kind, work, game)
    return stands, key_of(kind, work, side=side, stands=stands)


def _stands(kind: Kind, work: Work, game: Game | None) -> str:
    """Return what a result is made from as its row keeps it; what has to stay as it was (`fresh`) is behind a bar."""
    stands = kind.stands(game, work)
    return stands if kind.fresh is None else f"{stands}|{kind.fresh(game, work)}"


def _fresh(kind: Kind, work: Work, game: Game | None, job: Job) -> bool:
    """Tell whether what must not have changed since a job was asked for is as it was."""
    return kind.fresh is None or kind.fresh(game, work) == job.stands.rpartition("|")[2]


def _lives(job: Job, now_ms: int) -> bool:
    return job.state in OPEN and now_ms - job.told_ms <= STALE_MS


def _let_go(mine: "QuerySet[Job]") -> None:
    old = mine.exclude(state__in=OPEN).order_by("-asked_ms", "-id").values_list("pk", flat=True)[KEPT:]
    Job.objects.filter(pk__in=list(old)).delete()


# --- reading --------------------------------------------------------------------------------------
def jobs_open_to(game: Game | None, reader: Reader) -> list[Told]:
    """Return the jobs a reader may see, the newest first."""
    rows = _visible(game, reader).defer("result").order_by("-asked_ms", "-id")
    standing: dict[tuple[str, str, str], str] = {}
    return [_told(job, reader, stale=_stale(job, game, standing)) for job in rows]


def job_get(game: Game | None, job: str, *, reader: Reader) -> Told | Refused:
    """Return one job; one that is not open to the reader answers like one that is not there."""
    row = _visible(game, reader).filter(pk=job).defer("result").first()
    return Refused("access.not_found") if row is None else _told(row, reader, stale=_stale(row, game, {}))


def job_result(game: Game | None, job: str, *, reader: Reader) -> Result | Refused:
    """Return what a finished job came to, to a reader who might ask for it now."""
    row = _visible(game, reader).filter(pk=job).first()
    kind = None if row is None else KINDS.get(row.kind)
    if row is None or kind is None:
        return Refused("access.not_found")
    if row.state != "ready":
        return Refused("job.not_ready")
    try:
        work = Work(row.game, row.kind, row.view, msgspec.json.decode(row.params, type=kind.params))
    except msgspec.DecodeError:  # its parameters are of an earlier version of the kind
        return Refused("access.not_found")
    if not _fresh(kind, work, game, row):
        return Refused("job.stale")
    refused = _refused(kind, row.view, reader) or kind.check(work, reader, game)
    return refused or Result(bytes(row.result), row.media, row.name)


def job_cancel(game: Game | None, job: str, *, reader: Reader, now_ms: int) -> Told | Refused:
    """Stop a job that waits or runs, for the side that asked for it or the desk; one that has ended stays as it is."""
    row = _visible(game, reader).filter(pk=job).defer("result").first()
    if row is None:
        return Refused("access.not_found")
    if not _yours(row, reader):
        return Refused("job.not_yours")
    # Asked again of the row itself: the desk may have taken it up since it was read.
    standing = Job.objects.filter(pk=job, state__in=OPEN, asker=row.asker)
    standing.update(state="cancelled", message="", ended_ms=now_ms)
    return job_get(game, job, reader=reader)


def _yours(job: Job, reader: Reader) -> bool:
    return reader.desk or job.asker in (PLAYERS, f"person:{reader.person}")


def _visible(game: Game | None, reader: Reader) -> "QuerySet[Job]":
    rows = Job.objects.filter(game="" if game is None else game.id)
    if reader.desk:
        return rows.filter(side__in=("", DESK))
    views = [reader.seat, TRUTH] if reader.shared else [reader.seat]
    kinds = [name for name, kind in KINDS.items() if kind.who in ("view", "truth")]
    ours = Q(side__in=("", PLAYERS)) | Q(side=f"person:{reader.person}")
    return rows.filter(ours, view__in=views, kind__in=kinds)


def _stale(job: Job, game: Game | None, standing: dict[tuple[str, str, str], str]) -> bool:
    kind = KINDS.get(job.kind)
    if kind is None:
        return True
    asked, desk = (job.kind, job.view, job.params), job.side in ("", DESK)
    if asked not in standing:
        try:
            params = msgspec.json.decode(job.params, type=kind.params)
            standing[asked] = _stands(kind, Work(job.game, job.kind, job.view, params, desk=desk), game)
        except msgspec.DecodeError:  # its parameters are of an earlier version of the kind
            return True
    if desk or kind.fresh is None:
        return standing[asked] != job.stands
    # Who chose anew what of theirs may be handed out is nobody's business at the table: it is asked on handing out.
    return standing[asked].rpartition("|")[0] != job.stands.rpartition("|")[0]


def _told(job: Job, reader: Reader, *, stale: bool, now_ms: int | None = None) -> Told:
    lost = job.state in OPEN and not _lives(job, utc_ms() if now_ms is None else now_ms)
    state, message = ("failed", LOST if job.state == "running" else UNTAKEN) if lost else (job.state, job.message)
    return Told(
        job.id, job.kind, job.view, msgspec.Raw(job.params.encode()), state, job.done, job.of, message,
        job.name, job.media, job.size, job.asked_ms, job.ended_ms, stale,
        _yours(job, reader),
    )  # fmt: skip


# --- the work itself ------------------------------------------------------------------------------
def job_run(job_id: str) -> None:
    """Build what a job asks for and keep it. Idempotent: a job that is over, or another worker's, is left alone."""
    job = Job.objects.filter(pk=job_id, state="waiting").first()
    kind = None if job is None else KINDS.get(job.kind)
    if job is None or kind is None:
        return
    mine = Job.objects.filter(pk=job.id, attempt=job.attempt)
    if not mine.filter(state="waiting").update(state="running", message="", told_ms=utc_ms()):
        return
    try:
        params = msgspec.json.decode(job.params, type=kind.params)
        work = Work(job.game, job.kind, job.view, params, desk=job.side in ("", DESK))
        done = kind.build(work, _Telling(mine))
        if not _fresh(kind, work, Game.objects.filter(pk=job.game).first(), job):
            raise Unbuildable(CHANGED)
    except Cancelled:
        return
    except Unbuildable as why:
        _end(mine, state="failed", message=str(why)[:400])
    except Exception:
        log.exception("job.failed kind=%s job=%s", job.kind, job.id)
        _end(mine, state="failed", message=FAILED)
    else:
        kept = {"result": done.body, "size": len(done.body), "media": done.media, "name": done.name}
        _end(mine, state="ready", message="", **kept)


def _end(mine: "QuerySet[Job]", **changes: Any) -> None:
    now = utc_ms()
    mine.filter(state="running").update(**changes, ended_ms=now, told_ms=now)


class _Telling:
    """Writes down how far a job is, a few times a second at most, and learns there whether it is still wanted."""

    def __init__(self, mine: "QuerySet[Job]") -> None:
        """Keep which row is ours as long as nobody takes it over."""
        self.mine, self.last_ms = mine.filter(state="running"), 0

    def __call__(self, message: str, done: int, of: int) -> None:
        """Say how far it is. Raises Cancelled."""
        now = utc_ms()
        if now - self.last_ms < TOLD_EVERY_MS and done < of:
            return
        self.last_ms = now
        if not self.mine.update(message=message[:200], done=done, of=of, told_ms=now):
            raise Cancelled
