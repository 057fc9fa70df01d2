"""An export as a piece of work the review asks for.

A facilitator, or staff, may ask for everything; a player for what its own seat was shown (and for the whole, once it
was shared), and never past what people allow.
"""

import json

from msgspec import Struct

from wargame.aar.data.choices import last_choices
from wargame.aar.data.export import About, Format, export, rows_of
from wargame.aar.data.load import seat_source_of, source_of
from wargame.aar.data.shared_truth import TOLD
from wargame.aar.data.tables import SEAT_TABLES, TABLES
from wargame.aar.data.terms import Terms
from wargame.aar.report import TRUTH
from wargame.aar.work import Kind, Reader, Result, Tell, Work
from wargame.game.ids import seat_view
from wargame.play.answers import Refused
from wargame.store.cases import case_of
from wargame.store.models import Event, Game


class ExportParams(Struct, frozen=True, forbid_unknown_fields=True):
    """What an export is to be: see docs/data.md."""

    format: Format = "parquet"
    consent: bool = True
    anonymised: bool = False


def _build(work: Work, tell: Tell) -> Result:
    asked: ExportParams = work.params
    game = Game.objects.get(pk=work.game)
    case = case_of(game.scenario, game.scenario_hash)
    terms = Terms(consent=asked.consent, anonymised=asked.anonymised)
    called = "game-1" if asked.anonymised else ""
    truth = work.view == TRUTH
    tables = len(TABLES) if truth else len(SEAT_TABLES)
    tell("Reading the log", 0, 2 * tables)
    done = 0

    def step(name: str) -> None:
        nonlocal done
        done += 1
        tell(f"Writing {name.replace('_', ' ')}", min(done, 2 * tables), 2 * tables)

    source = (
        source_of(game, terms=terms, called=called, desk=work.desk)
        if truth
        else seat_source_of(game, work.view, terms=terms, called=called)
    )
    seats = [seat.id for seat in case.seats] if truth else [work.view]
    body = export(
        rows_of(source, asked.format, step=step), About(asked.format, work.view, terms), seats=seats, step=step
    )
    return Result(body, "application/zip", _name(game, work.view, asked))


def _name(game: Game, view: str, asked: ExportParams) -> str:
    parts = ["game" if asked.anonymised else game.id, view, asked.format]
    parts += ["anonymised"] if asked.anonymised else []
    return "-".join(parts) + ".zip"


def _check(work: Work, reader: Reader, game: Game | None) -> Refused | None:
    if game is None:
        return Refused("access.not_found")
    return None if work.params.consent or reader.desk else Refused("export.consent")


def _stands(game: Game | None, work: Work) -> str:
    """Name what an export is made from: the log or, of a seat, its own feed. What people allow is said by `_fresh`."""
    if game is None:
        return ""
    if work.view != TRUTH:
        heads: dict[str, int] = json.loads(game.heads)
        return f"{work.view}@{heads.get(seat_view(work.view), 0)}"
    return game.head_hash if work.desk else last_told(game)


def last_told(game: Game) -> str:
    """Name the last event of a game that players are handed: what Control noted since is nothing to them."""
    newest = Event.objects.filter(game_id=game.id, kind__in=TOLD).order_by("-seq")
    return newest.values_list("hash", flat=True).first() or ""


def _fresh(game: Game | None, work: Work) -> str:
    return "" if game is None else last_choices([game])


EXPORT = Kind(build=_build, who="view", params=ExportParams, check=_check, stands=_stands, fresh=_fresh)
