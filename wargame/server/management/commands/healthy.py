"""`manage.py healthy web|worker|beat`: ask one process of this machine or container whether it works."""

from __future__ import annotations

import argparse
import json
import os
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

# Worker and beat renew their pulse every second or two.
STALE_AFTER_S = 20.0


class Command(BaseCommand):
    help = "Exit 0 if the process serves (web) or showed a pulse lately (worker, beat); else say what is wrong."
    requires_system_checks = ()

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("role", choices=["web", "worker", "beat"])
        parser.add_argument("--port", type=int, default=8000, help="the port of the web process")
        parser.add_argument("--json", action="store_true")

    def handle(self, *_args: Any, **options: Any) -> None:
        role = options["role"]
        good, words = _web(options["port"]) if role == "web" else _pulse(role)
        if options["json"]:
            self.stdout.write(json.dumps({"role": role, "healthy": good, "words": words}))
        if not good:
            raise CommandError(f"{role} is not healthy: {words}")
        if not options["json"]:
            self.stdout.write(f"{role} is healthy: {words}")


def _web(port: int) -> tuple[bool, str]:
    host = next((host.lstrip(".") for host in settings.ALLOWED_HOSTS if "*" not in host), "127.0.0.1")
    request = urllib.request.Request(f"http://127.0.0.1:{port}/readyz", headers={"Host": host})
    try:
        with urllib.request.urlopen(request, timeout=5) as answer:  # noqa: S310 - our own address
            return True, answer.read().decode()
    except urllib.error.HTTPError as error:
        return False, error.read().decode(errors="replace")[:300]
    except OSError as error:
        return False, f"no answer on port {port} ({error})"


def _pulse(role: str) -> tuple[bool, str]:
    directory = os.environ.get("TRACKONE_PULSE", "")
    if not directory:
        return False, "TRACKONE_PULSE is not set; set it to a directory for this process and for this command"
    try:
        age = time.time() - Path(directory, role).stat().st_mtime
    except FileNotFoundError:
        return False, f"no pulse yet in {directory}"
    return age < STALE_AFTER_S, f"pulse {age:.0f} s ago"
