"""`manage.py study`: a designed experiment with bots, played by the workers, resumable, written as Parquet."""

import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from celery import current_app
from django.core.management.base import BaseCommand, CommandError
from kombu.exceptions import OperationalError

from adjudication.design import Block, Cell, Design, blocks, cells, check_design, read_design
from adjudication.scenario import Scenario
from adjudication.scenario.nodes import ScenarioErrors
from wargame.aar.data.columns import write_parquet
from wargame.aar.study import Standing, block_run, blocks_ask, blocks_forgive, columns_of, key_of, rows_of, standing
from wargame.aar.tasks import run_study_block
from wargame.clock import utc_ms
from wargame.store.cases import cases
from wargame.store.ready import make_ready
from wargame.version import ENGINE

LOOK_S = 0.5
NO_WORKER = "No worker answers. Start the server (make run starts one with it), or give --here to play in this process."


class Command(BaseCommand):
    """Play every cell of a design over the same seeds and write what came of it."""

    help = "Play a designed experiment (factors x levels x seeds) with bots and write its rows as Parquet."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument(
            "design", metavar="FILE", help="YAML: study, scenario, games a cell, factors (docs/study.md)."
        )
        parser.add_argument("-o", "--out", metavar="FILE", help="A row a game (FILE with .parquet at its end).")
        parser.add_argument("--turns", metavar="FILE", help="Also a row a game and turn.")
        parser.add_argument("--here", action="store_true", help="Play in this process instead of the workers.")
        parser.add_argument("--at-once", type=int, default=2, help="Blocks of 25 games under way (%(default)s).")

    def handle(self, *args: Any, **options: Any) -> None:
        """Play what is missing, then write."""
        make_ready()
        case, design, work = self._work(Path(options["design"]))
        asked = {key_of(block): block for _, block in work}
        blocks_forgive(asked)
        begun = standing(asked)
        if begun.ready:
            self.stderr.write(f"{begun.ready} of {len(asked)} blocks were played before.")
        done = self._here(asked) if options["here"] else self._workers(asked, at_once=max(1, options["at_once"]))
        if done.failed:
            raise CommandError(f"{done.failed} of {len(asked)} blocks failed: {done.message}")
        self._write(case, design, work, options)

    def _work(self, path: Path) -> tuple[Scenario, Design, list[tuple[Cell, Block]]]:
        try:
            design, node = read_design(path)
            case = next((case for case in cases() if case.meta.id == design.scenario), None)
            if case is None:
                known = ", ".join(case.meta.id for case in cases())
                line = (node.mapping or {})["scenario"].line
                raise CommandError(f"{path.name}:{line}: scenario: there is no {design.scenario!r}; there are {known}.")
            check_design(case, design, node)
        except ScenarioErrors as broken:
            raise CommandError(f"This design cannot be played:\n{broken}") from broken
        return case, design, list(blocks(case, design, engine=ENGINE))

    def _here(self, asked: dict[str, Block]) -> Standing:
        for number, key in enumerate(asked, start=1):
            blocks_ask({key: asked[key]}, now_ms=utc_ms(), most=1)
            block_run(key)
            self._tell(f"{number} of {len(asked)} blocks")
        return standing(asked)

    def _workers(self, asked: dict[str, Block], *, at_once: int) -> Standing:
        if standing(asked).ready < len(asked) and not _answered():
            raise CommandError(NO_WORKER)
        while True:
            for key in blocks_ask(asked, now_ms=utc_ms(), most=at_once):
                run_study_block.delay(key)
            now = standing(asked)
            self._tell(f"{now.ready} of {len(asked)} blocks")
            if not now.waiting:
                return now
            time.sleep(LOOK_S)

    def _tell(self, words: str) -> None:
        if words != getattr(self, "_said", ""):
            self._said = words
            self.stderr.write(words)

    def _write(self, case: Scenario, design: Design, work: list[tuple[Cell, Block]], options: dict[str, Any]) -> None:
        rows = rows_of(design, work)
        columns = columns_of(case, design, work[0][1].outcomes)
        out = Path(options["out"] or f"{design.study}.parquet")
        for path, found, shape in zip((out, options["turns"] and Path(options["turns"])), rows, columns, strict=True):
            if path:
                path.write_bytes(write_parquet(found, shape))
                self.stdout.write(f"{path}: {len(found)} rows")
        self.stdout.write(f"{design.study}: {len(cells(design))} cells, {len(rows[0])} games.")


def _answered() -> bool:
    """Tell whether a worker answers; without a broker none can."""
    try:
        return bool(current_app.control.ping(timeout=2.0))
    except OperationalError:
        return False
