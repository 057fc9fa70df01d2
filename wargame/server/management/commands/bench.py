"""`manage.py bench`: the whole house measured in one run."""

import contextlib
import importlib
import os
import platform
from argparse import ArgumentParser
from collections.abc import Iterator
from typing import Any

import msgspec
from django.core.management.base import BaseCommand

from wargame.server.bench.broadcast import Broadcast, broadcast
from wargame.server.bench.engine import EngineSpeed, engine_speed
from wargame.server.bench.log import AppendRate, append_rate
from wargame.server.bench.talk import TalkSpeed, talk_speed
from wargame.store.cases import DEFAULT_CASE, case_now


class Command(BaseCommand):
    """Measure broadcast, latency, the log, the engine and the analysis; print ratios and numbers of this machine."""

    help = (
        "Measure broadcast against a bare server, latency, append rate, turn time, batch rate and analysis in one run."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("--sockets", default="25,200,1000")
        parser.add_argument("--server", choices=("daphne", "uvicorn"), default="daphne")
        parser.add_argument("--only", choices=("engine", "log", "talk", "broadcast"), help="Measure one part.")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Measure and print."""
        case = case_now(DEFAULT_CASE)
        assert case is not None, "the shipped case loads"
        only = options["only"]
        speed = engine_speed(case) if only in (None, "engine") else None
        rates = self._rates() if only in (None, "log") else []
        talk = self._talk() if only in (None, "talk") else []
        sizes = tuple(int(size) for size in str(options["sockets"]).split(","))
        crowds = broadcast(sizes, server=options["server"]) if only in (None, "broadcast") else []
        report = {
            "machine": {"cpus": os.cpu_count(), "python": platform.python_version()}, "server": options["server"],
            "broadcast": crowds, "append": rates, "talk": talk, "engine": speed,
        }  # fmt: skip
        if options["json"]:
            self.stdout.write(msgspec.json.encode(report).decode())
            return
        for line in lines(crowds, rates):
            self.stdout.write(line)
        for line in talk_lines(talk):
            self.stdout.write(line)
        for line in engine_lines(speed) if speed is not None else ():
            self.stdout.write(line)

    def _talk(self) -> list[TalkSpeed]:
        speeds = [talk_speed("sqlite")]
        with postgres() as url:
            if url is not None:
                speeds.append(talk_speed("postgresql", database_url=url))
        return speeds

    def _rates(self) -> list[AppendRate]:
        rates = [append_rate("sqlite")]
        with postgres() as url:
            if url is not None:
                rates.append(append_rate("postgresql", database_url=url))
        return rates


def talk_lines(speeds: list[TalkSpeed]) -> Iterator[str]:
    """Yield what talk in a long game costs the server, for people."""
    for talk in speeds:
        yield (
            f"game of {talk.messages} messages on {talk.database}: first load {talk.first_load_ms:.1f} ms, open a room"
            f" {talk.open_room_ms:.1f} ms, a page far back {talk.far_page_ms:.1f} ms, mark read"
            f" {talk.mark_read_ms:.1f} ms"
        )
        yield (
            f"{'':>13} search: a common word {talk.search_common_ms:.1f} ms, a word said once"
            f" {talk.search_rare_ms:.1f} ms, one never said {talk.search_nothing_ms:.1f} ms"
        )


def lines(crowds: list[Broadcast], rates: list[AppendRate]) -> Iterator[str]:
    """Yield the lines for people."""
    for crowd in crowds:
        bare, alone, ours = crowd.bare, crowd.fanout, crowd.ours
        yield (
            f"{crowd.sockets:>5} sockets: bare {bare.deliveries_per_s:>8.0f}/s, fan-out alone"
            f" {alone.deliveries_per_s:>8.0f}/s = {crowd.fanout_loaded:.2f} of bare, one at a time"
            f" {crowd.fanout_single:.2f} (p50 {alone.p50_ms:.1f} ms, p99 {alone.p99_ms:.1f} ms)"
        )
        yield (
            f"{'':>13} ours with a commit for each"
            f" {ours.deliveries_per_s:>8.0f}/s = {crowd.ratio_loaded:.2f} of bare; command to everyone p50"
            f" {ours.p50_ms:.1f} ms, p99 {ours.p99_ms:.1f} ms, after the commit {ours.after_answer_p50_ms or 0:.1f} ms"
            f" (bare p50 {bare.p50_ms:.1f} ms)"
        )
    for rate in rates:
        yield f"log on {rate.database}: {rate.commands_per_s:.0f} commands a second in one game"


def engine_lines(speed: EngineSpeed) -> Iterator[str]:
    """Yield what the engine measured for people."""
    batch = speed.batch
    yield (
        f"turn with ledger p50 {speed.turn.p50:.1f} ms, p99 {speed.turn.p99:.1f} ms; with a meeting and a prepared text"
        f" p50 {speed.summit.p50:.1f} ms, p99 {speed.summit.p99:.1f} ms"
    )
    yield (
        f"{batch.games} games of {batch.turns} turns in one process: {batch.seconds:.1f} s, {batch.games_per_s:.0f} a"
        f" second ({speed.batch_ratio:.0f} times one by one), peak {batch.peak_mib:.0f} MiB; {batch.meetings} meetings,"
        f" {batch.texts} prepared texts signed"
    )
    yield (
        f"lenses: 8 x 200 runs {speed.attribution_s:.1f} s; counterfactual of 200 pairs {speed.counterfactual_s:.1f} s"
    )
    yield (
        f"best of {speed.packages} packages: walk {speed.analysis_ms:.1f} ms, search {speed.search_ms:.2f} ms a game"
        f" ({speed.search_ratio:.0f} times)"
    )
    deal = speed.bargain
    yield (
        f"analysis exact: {deal.packages:,} packages {deal.issues_ms:.1f} ms; with {deal.clauses} side clauses"
        f" ({deal.texts:.1e} texts, frontier {deal.frontier}) {deal.catalogue_ms:.0f} ms; an assessment"
        f" {deal.assessment_ms:.1f} ms, a tabled version {deal.tabling_ms:.1f} ms, Control's map {deal.map_ms:.0f} ms"
    )


@contextlib.contextmanager
def postgres() -> Iterator[str | None]:
    """Give the address of a PostgreSQL: BENCH_DATABASE_URL, or a throw-away one of the test suite, or None."""
    given = os.environ.get("BENCH_DATABASE_URL")
    if given:
        yield given
        return
    try:
        cluster = importlib.import_module("tests.support.postgres").start_cluster()
    except (ImportError, RuntimeError, OSError):
        yield None
        return
    try:
        yield cluster.url
    finally:
        cluster.stop()
