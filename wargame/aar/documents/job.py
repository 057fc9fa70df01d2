"""Documents as work the review asks for: which reader may have which, what each is made from, and its name.

Reads the report page of the view that is asked for and nothing else of the game, but for the whole truth also the
assessment, the answers to the questions of the case that stand, and, for graders, what each person did.
"""

from hashlib import blake2b
from typing import Any

import msgspec
from msgspec import Struct

from wargame.aar.assessment import assessment_of_game
from wargame.aar.chronicle import Json, chronicle
from wargame.aar.content import content_of
from wargame.aar.documents.build import Format, Paper, build, slug
from wargame.aar.evidence import evidence
from wargame.aar.lens_panel import LENSES
from wargame.aar.models import Job, ReportPage
from wargame.aar.questions import QUESTIONS
from wargame.aar.report import PRIVATE, TRUTH
from wargame.aar.services import report_build, report_claim, report_key, report_pages
from wargame.aar.work import Kind, Reader, Result, Tell, Unbuildable, Work, key_of
from wargame.clock import utc_ms
from wargame.game.ids import seat_view
from wargame.play.answers import Refused
from wargame.store import feed
from wargame.store.cases import case_of
from wargame.store.log import recorded_events
from wargame.store.models import Game

ANSWERS: dict[str, Kind] = {"questions": QUESTIONS, "lenses": LENSES}
"""What a document of the whole truth takes from other jobs, where it has been asked for."""


class DocumentParams(Struct, frozen=True, forbid_unknown_fields=True):
    """`person`: whose evidence pack alone; "" is everybody's. Paper matters to PDF, DOCX and evidence packs."""

    format: Format
    paper: Paper = "a4"
    person: str = ""


def make(work: Work, tell: Tell) -> Result:
    """Build the document that is asked for. Raises Cancelled, and Unbuildable if there is nothing to make it from."""
    game = Game.objects.filter(pk=work.game).first()
    if game is None or not game.head:
        raise Unbuildable("There is no such game, or nothing has happened in it yet.")
    asked: DocumentParams = work.params
    tell("Reading the report", 0, 1)
    page = msgspec.json.decode(_page(game, work.view, tell))
    page = page if work.desk else {name: part for name, part in page.items() if name not in PRIVATE}
    truth = work.view == TRUTH
    assessment = assessment_of_game(game) if truth else None
    packs = _packs(game, asked.person) if truth and asked.format == "evidence" else None
    made = build(
        page, _standing(game, "questions") if truth else None, assessment, form=asked.format, paper=asked.paper,
        lenses=_standing(game, "lenses") if truth else None, evidence=packs, tell=tell,
    )  # fmt: skip
    view = "report" if truth else f"report-{slug(work.view)}"
    return Result(made.body, made.media, f"{slug(page['game']['title'])}-{view}{made.ending}")


def _page(game: Game, view: str, tell: Tell) -> bytes:
    """Return the report page of a view as the game stands; built now unless it is there already."""
    there = ReportPage.objects.filter(job__game=game.id, job__head_hash=report_key(game), job__state="ready", view=view)
    if not there.exists():
        claimed = report_claim(game.id, now_ms=utc_ms())
        if claimed is not None:
            report_build(claimed)
    row = there.first()
    if row is not None:
        return bytes(row.body)
    # Somebody else is at it: their worker may be the one this job is keeping busy, so nobody waits for it.
    found = report_pages(game, progress=lambda message, _: tell(message or "Writing the report", 0, 1)).get(view)
    if found is None:
        raise Unbuildable("This seat has no report.")
    return found


def _packs(game: Game, person: str) -> list[Json]:
    content = content_of(game)
    story = chronicle(
        case_of(game.scenario, game.scenario_hash), recorded_events(game.id, upto=content.seq),
        head_hash=content.hash, engine_version=game.engine,
    )  # fmt: skip
    found = [pack for pack in evidence(story) if person in ("", pack["person"])]
    if not found:
        raise Unbuildable("Nobody by that name sat in a seat of this game, so there is nothing to grade.")
    return found


def _standing(game: Game, kind: str) -> Json | None:
    """Return the answer of a kind that was worked out for the game as it was settled, or None."""
    row = _answer(game, kind)
    found: Json | None = None if row is None else msgspec.json.decode(bytes(row.result))
    return found


def _answer(game: Game, kind: str) -> Job | None:
    """Return the job whose answer stands today: the usual number of runs before any other, then the newest.

    What an earlier version of the kind or another engine worked out does not stand.
    """
    known = ANSWERS[kind]
    stands = known.stands(game, Work(game.id, kind, TRUTH, None))

    def key(params: Any) -> str:
        return key_of(known, Work(game.id, kind, TRUTH, params), side="", stands=stands)

    rows = Job.objects.filter(game=game.id, kind=kind, view=TRUTH, side="", stands=stands, state="ready")
    usual = rows.filter(key=key(known.params())).first()
    if usual is not None:
        return usual
    for row in rows.defer("result").order_by("-ended_ms", "-id"):
        try:
            if row.key == key(msgspec.json.decode(row.params, type=known.params)):
                return row
        except msgspec.DecodeError:  # its parameters are of an earlier version of the kind
            continue
    return None


def stands(game: Game | None, work: Work) -> str:
    """Name what a document is made from. A seat's depends on its own feed alone: nothing else may show in it."""
    if game is None:
        return ""
    if work.view != TRUTH:
        return f"{game.status}:{feed.head_of(game.id, view=seat_view(work.view)) or 0}"
    answers = [one.key for kind in ("questions", "lenses") if (one := _answer(game, kind)) is not None]
    parts: list[Any] = [content_of(game).hash, assessment_of_game(game), answers]
    return blake2b(msgspec.json.encode(parts, order="deterministic"), digest_size=16).hexdigest()


def check(work: Work, reader: Reader, game: Game | None) -> Refused | None:
    """Refuse other people's evidence packs to everybody but the desk; a seat's own doings are open to that seat."""
    asked: DocumentParams = work.params
    if game is None:
        return Refused("access.not_found")
    packs = asked.format == "evidence" and work.view == TRUTH
    return Refused("access.denied") if (packs or asked.person) and not reader.desk else None


DOCUMENT = Kind(build=make, who="view", params=DocumentParams, stands=stands, check=check)
