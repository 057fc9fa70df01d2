"""Says whether this process lives and whether it can serve: one line of JSON each, no secret in it."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import cache
from pathlib import Path

from django.conf import settings
from django.core.cache import cache as shared_cache
from django.db import connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from wargame.store.ready import migrations_missing

log = logging.getLogger(__name__)


@require_safe
def alive(_request: HttpRequest) -> JsonResponse:
    """Answer at all."""
    return JsonResponse({"alive": True})


@require_safe
def ready(_request: HttpRequest) -> JsonResponse:
    """Answer 200 when database, broker and pages can be used, else 503 and the names of what cannot."""
    checks: dict[str, Callable[[], bool]] = {
        "database": _database_answers,
        "migrations": _migrations_are_applied,
        "valkey": _valkey_answers,
        "pages": _pages_are_built,
    }
    outcome = {name: _holds(name, check) for name, check in checks.items()}
    good = all(outcome.values())
    return JsonResponse({"ready": good, "checks": outcome}, status=200 if good else 503)


def _holds(name: str, check: Callable[[], bool]) -> bool:
    try:
        return check()
    except Exception:  # a boundary: whatever broke, the answer is "not ready"
        log.warning("readiness check %s failed", name, exc_info=True)
        return False


def _database_answers() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return bool(cursor.fetchone() == (1,))


@cache
def _applied_once() -> None:
    if migrations_missing():
        raise RuntimeError("migrations are missing: run `manage.py migrate`")


def _migrations_are_applied() -> bool:
    # Migrations are not taken back under a running process, so one good answer holds; an exception is not cached.
    _applied_once()
    return True


def _valkey_answers() -> bool:
    shared_cache.get("readiness")
    return True


def _pages_are_built() -> bool:
    return (Path(settings.FRONTEND_DIST) / "index.html").is_file()
