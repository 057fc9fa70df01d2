"""`manage.py up`: start everything on this machine, say where, and stop it all on Ctrl-C."""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connections

from wargame.server import ready_line
from wargame.server.environment import Mode
from wargame.server.supervisor import CannotStart, Plan, Supervisor, sole_use
from wargame.store.ready import make_ready

BEGAN = time.monotonic()


class Command(BaseCommand):
    help = "Start Valkey, the web server and a worker on this machine, and print the links. Ctrl-C stops everything."
    requires_system_checks = ()

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument(
            "--demo", action="store_true", help="keep one game in its lobby, with a link for every seat"
        )
        parser.add_argument(
            "--port", type=int, default=8000, help="the port to serve on (0: any free one; default 8000)"
        )
        parser.add_argument(
            "--host",
            default="0.0.0.0",  # noqa: S104 - players join from their own devices; every link carries its own secret
            help="the address to serve on (default: all of this machine's; 127.0.0.1 keeps it to this machine)",
        )
        parser.add_argument("--server", choices=["daphne", "uvicorn"], default="daphne", help="the web server to use")
        parser.add_argument(
            "--public-url", default="", help="the address players use, when it is not this machine's own"
        )
        parser.add_argument("--json", action="store_true", help="print the ready line as one JSON object")

    def handle(self, *_args: Any, **options: Any) -> None:
        if settings.MODE is not Mode.EMBEDDED:
            raise CommandError(
                "`manage.py up` is the embedded installation. In production mode each process is started on its own:"
                " see docs/operations.md or docker-compose.yml."
            )
        supervisor = Supervisor(_plan(options), lambda line: print(line, file=sys.stderr, flush=True))  # noqa: T201
        supervisor.obey_signals()
        try:
            with sole_use(settings.DATA_DIR / "run") as note_address:
                supervisor.open_door()
                note_address(supervisor.local_url)
                self._serve(supervisor, options)
        except CannotStart as error:
            raise CommandError(str(error)) from None
        finally:
            supervisor.stop()

    def _serve(self, supervisor: Supervisor, options: dict[str, Any]) -> None:
        # Settings of this process were read before the address was known; links are made with it.
        os.environ["TRACKONE_PUBLIC_URL"] = settings.PUBLIC_URL = supervisor.public_url
        supervisor.start_valkey()
        make_ready()
        links = _links(supervisor, demo=options["demo"])
        _let_go_of_the_database()
        supervisor.start_serving()
        if supervisor.stopping:
            return
        self._say_ready(supervisor, links, as_json=options["json"])
        supervisor.watch()
        if not options["json"]:
            self.stdout.write("Stopping.")

    def _say_ready(self, supervisor: Supervisor, links: ready_line.Links, *, as_json: bool) -> None:
        seconds = time.monotonic() - BEGAN
        if as_json:
            url, public = supervisor.local_url, supervisor.public_url
            line = ready_line.as_object(links, url=url, public_url=public, data=settings.DATA_DIR, seconds=seconds)
            self.stdout.write(json.dumps(line))
        else:
            self.stdout.write(ready_line.as_text(links, data=settings.DATA_DIR, seconds=seconds))
        self.stdout.flush()


def _plan(options: dict[str, Any]) -> Plan:
    hosts = [host for host in settings.ALLOWED_HOSTS if "*" not in host]
    return Plan(
        data=settings.DATA_DIR,
        base=settings.BASE_DIR,
        redis_url=settings.REDIS_URL,
        own_valkey=not (os.environ.get("REDIS_URL") or os.environ.get("REDIS_URL_FILE")),
        host=options["host"],
        port=options["port"],
        server=options["server"],
        public_url=(options["public_url"] or settings.PUBLIC_URL).rstrip("/"),
        probe_host=hosts[0].lstrip(".") if hosts else "127.0.0.1",
    )


def _links(supervisor: Supervisor, *, demo: bool) -> ready_line.Links:
    from wargame.lobby import services  # noqa: PLC0415 - models may only be imported once the apps are loaded

    base = supervisor.local_url
    if not demo:
        return ready_line.Links(staff=services.staff_link(base_url=base))
    game = services.demo_game(base_url=base, now_ms=time.time_ns() // 1_000_000)
    return ready_line.Links(
        staff=game.staff,
        control=game.control,
        # Players hold other devices, so theirs is the address on the network; the rest is for this machine.
        join=f"{supervisor.public_url}{urlsplit(game.join).path}",
        code=game.code,
        seats=game.seats,
        titles=game.titles,
    )


def _let_go_of_the_database() -> None:
    for connection in connections.all(initialized_only=True):
        connection.close()
        if hasattr(connection, "close_pool"):
            connection.close_pool()
