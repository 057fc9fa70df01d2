"""`manage.py play`: whole games played by bots through the common path, without a browser."""

import time
from argparse import ArgumentParser
from typing import Any

import msgspec
from django.core.management.base import BaseCommand, CommandError

from adjudication.policies import SIMPLE, policies_of
from adjudication.scenario import Scenario
from wargame.bots.summary import Ending, ending
from wargame.bots.theatre import Stuck, kept_store, play_out, stage, throwaway_store
from wargame.game.commands import GameCreate
from wargame.store.cases import DEFAULT_CASE, case_now


class Command(BaseCommand):
    """Play games with a bot at every seat and print how they ended."""

    help = "Play whole games with bots at every seat and print how they ended."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("--scenario", default=DEFAULT_CASE)
        parser.add_argument("--preset", default="full")
        parser.add_argument("--seed", type=int, default=1, help="Seed of the first game; the next ones count up.")
        parser.add_argument("--games", type=int, default=1)
        parser.add_argument(
            "--bots", default="all", help="`all`: the case's own; or one policy for every seat; or seat=policy,..."
        )
        parser.add_argument("--style", choices=("rigid", "semi_rigid"), default="rigid")
        parser.add_argument("--keep", action="store_true", help="Keep the games in the store of this installation.")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Play and print; exit code 0 only if every game reached its end."""
        started = time.perf_counter()
        endings: list[Ending] = []
        with kept_store() if options["keep"] else throwaway_store():
            case = case_now(options["scenario"])
            if case is None:
                raise CommandError(f"There is no scenario {options['scenario']!r}.")
            bots = policies(case, options["bots"])
            for seed in range(options["seed"], options["seed"] + options["games"]):
                endings.append(play_one(case, seed=seed, bots=bots, preset=options["preset"], style=options["style"]))
                if not options["json"]:
                    self.stdout.write(sentence(endings[-1]))
        seconds = time.perf_counter() - started
        report = {
            "scenario": options["scenario"], "games": len(endings), "seconds": round(seconds, 3),
            "seconds_a_game": round(seconds / len(endings), 3), "endings": endings,
        }  # fmt: skip
        self.stdout.write(
            msgspec.json.encode(report).decode() if options["json"] else f"{len(endings)} games in {seconds:.1f} s."
        )


def policies(case: Scenario, wanted: str) -> dict[str, str]:
    """Return the policy of every seat. Raises CommandError for what no seat can play."""
    bots = {seat.id: case.bots[seat.id].policy if seat.id in case.bots else SIMPLE for seat in case.seats}
    if wanted != "all":
        pairs = [part.partition("=") for part in wanted.split(",")]
        bots.update({seat: policy for name, sign, policy in pairs if sign for seat in [name]})
        bots.update({seat: name for name, sign, _ in pairs if not sign for seat in bots})
    for seat, policy in bots.items():
        if seat not in case.seat:
            raise CommandError(f"No such seat: {seat}. Seats: {', '.join(case.seat)}.")
        known = [found.id for found in policies_of(case, seat)]
        if policy not in known:
            raise CommandError(f"No such policy for {seat}: {policy}. Policies: {', '.join(known)}.")
    return bots


def play_one(case: Scenario, *, seed: int, bots: dict[str, str], preset: str, style: str) -> Ending:
    """Play one game out. Raises CommandError if the rules stop what Control has to do."""
    order = GameCreate(
        title=f"Headless {seed}", scenario=case.meta.id, preset=preset, seed=str(seed), style=style,  # type: ignore[arg-type]
        open_seats=(), bots=bots, phase_ms={phase.id: None for phase in case.phases},
    )  # fmt: skip
    started = time.perf_counter()
    try:
        staged = stage(order, game_id=f"headless-{preset}-{seed}-{style}"[:40])
        play_out(staged)
    except Stuck as stuck:
        raise CommandError(str(stuck)) from stuck
    return ending(staged, seconds=time.perf_counter() - started)


def sentence(end: Ending) -> str:
    """Return one game in a line."""
    texts = end.texts
    return (
        f"Seed {end.seed}: {end.turns} turns in {end.seconds:.1f} s, {end.events} events, {end.orders} orders"
        f" ({end.blocked} blocked), {end.messages} messages;"
        f" texts tabled {texts['tabled']}, in force {texts['in_force']};"
        f" summits {end.summits or 'none'}; clashes {end.clashes}, war {end.war}. {end.ended}"
    )
