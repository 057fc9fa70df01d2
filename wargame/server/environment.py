"""Reads the process environment into typed values for the settings.

Owns the names and the meaning of every environment variable. Never falls back to a guess where a secret or a typo is at
stake: it raises ImproperlyConfigured with a sentence that says what to set.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from enum import StrEnum
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

# The kernel allows 107 characters for the path of a unix socket; a name of our own and a margin must fit in.
LONGEST_SOCKET_PATH = 100
TRUE, FALSE = {"1", "true", "yes", "on"}, {"", "0", "false", "no", "off"}


class Mode(StrEnum):
    """Say which kind of installation this is: one machine with everything inside, or separate services."""

    EMBEDDED = "embedded"
    PRODUCTION = "production"


def read_mode(environ: Mapping[str, str]) -> Mode:
    """Return TRACKONE_MODE, embedded when it is not set."""
    given = environ.get("TRACKONE_MODE", Mode.EMBEDDED.value).strip().lower()
    try:
        return Mode(given)
    except ValueError:
        raise ImproperlyConfigured(f"TRACKONE_MODE is {given!r}; set it to `embedded` or `production`.") from None


def read_flag(environ: Mapping[str, str], name: str, *, default: bool) -> bool:
    """Return a yes-or-no variable."""
    given = environ.get(name)
    if given is None:
        return default
    lowered = given.strip().lower()
    if lowered in TRUE:
        return True
    if lowered in FALSE:
        return False
    raise ImproperlyConfigured(f"{name} is {given!r}; set it to 1 or 0.")


def read_number(environ: Mapping[str, str], name: str, *, default: int, low: int, high: int) -> int:
    """Return a whole number within its bounds."""
    given = environ.get(name, "").strip() or str(default)
    if not given.isdecimal() or not low <= int(given) <= high:
        raise ImproperlyConfigured(f"{name} is {given!r}; set it to a whole number from {low} to {high}.")
    return int(given)


def read_list(environ: Mapping[str, str], name: str) -> list[str]:
    """Return a list written with commas or blanks."""
    return [part for part in environ.get(name, "").replace(",", " ").split() if part]


def read_secret(environ: Mapping[str, str], name: str) -> str:
    """Return a secret given directly or, under NAME_FILE, as the path of a file that holds it; empty when not given."""
    direct, path = environ.get(name, ""), environ.get(f"{name}_FILE", "")
    if direct and path:
        raise ImproperlyConfigured(f"{name} and {name}_FILE are both set; keep one of them.")
    if not path:
        return direct
    try:
        text = Path(path).read_text(encoding="utf-8").strip()
    except OSError as error:
        raise ImproperlyConfigured(f"{name}_FILE names {path}, which cannot be read ({error.strerror}).") from None
    if not text:
        raise ImproperlyConfigured(f"{name}_FILE names {path}, which is empty.")
    return text


def mail(environ: Mapping[str, str]) -> dict[str, object]:
    """Return Django's settings of mail from TRACKONE_MAIL_URL (smtp://name:password@host:587, smtps://...).

    Without one nothing is sent, and the pages say so to whoever asks to be reminded.
    """
    sender = environ.get("TRACKONE_MAIL_FROM", "") or "track-one@localhost"
    given = read_secret(environ, "TRACKONE_MAIL_URL")
    if not given:
        return {"EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend", "DEFAULT_FROM_EMAIL": sender}
    parts = urlsplit(given)
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
        raise ImproperlyConfigured("TRACKONE_MAIL_URL is not like smtp://name:password@host:587 or smtps://host.")
    secure = parts.scheme == "smtps"
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend", "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or (465 if secure else 587), "EMAIL_USE_SSL": secure,
        "EMAIL_USE_TLS": not secure and "tls=0" not in parts.query, "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""), "EMAIL_TIMEOUT": 10, "DEFAULT_FROM_EMAIL": sender,
    }  # fmt: skip


def data_directory(environ: Mapping[str, str], base: Path) -> Path:
    """Return the directory of everything this installation writes (TRACKONE_DATA, default var/ in the project)."""
    given = environ.get("TRACKONE_DATA", "").strip()
    return Path(given).expanduser().resolve() if given else base / "var"


def secret_key(environ: Mapping[str, str], mode: Mode, data: Path) -> str:
    """Return the signing key: as given, or in embedded mode made once and kept with mode 600."""
    given = read_secret(environ, "SECRET_KEY")
    if given:
        if mode is Mode.PRODUCTION and len(given) < 32:
            raise ImproperlyConfigured("SECRET_KEY is shorter than 32 characters; set a long random one.")
        return given
    if mode is Mode.PRODUCTION:
        raise ImproperlyConfigured(
            "SECRET_KEY is not set. In production mode it has no default: set SECRET_KEY, or SECRET_KEY_FILE to the"
            " path of a file that holds it. A good one: `python -c 'import secrets; print(secrets.token_urlsafe(48))'`."
        )
    return _own_key(data / "secret_key")


def _own_key(path: Path) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    if not path.exists():
        draft.touch(mode=0o600, exist_ok=False)
        draft.write_text(secrets.token_urlsafe(48), encoding="utf-8")
        try:
            # Linking fails if another process was first: whoever comes second reads the first one's key.
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text(encoding="utf-8").strip()


def socket_path(data: Path, name: str) -> Path:
    """Return where a unix socket of this data directory lives; a short private place when the directory is too deep."""
    wanted = data / "run" / name
    if len(os.fsencode(wanted)) <= LONGEST_SOCKET_PATH:
        return wanted
    short = sha256(os.fsencode(data)).hexdigest()[:12]
    return Path("/tmp") / f"trackone-{os.getuid()}-{short}" / name  # noqa: S108 - made with mode 700 by whoever listens


def redis_url(environ: Mapping[str, str], mode: Mode, data: Path) -> str:
    """Return REDIS_URL without a database number; in embedded mode the socket of our own Valkey when it is not set."""
    given = read_secret(environ, "REDIS_URL")
    if not given:
        if mode is Mode.PRODUCTION:
            raise ImproperlyConfigured(
                "REDIS_URL is not set. In production mode set it, for example redis://valkey:6379."
            )
        return f"unix://{socket_path(data, 'valkey.sock')}"
    parts = urlsplit(given)
    if parts.scheme not in {"redis", "rediss", "unix"}:
        raise ImproperlyConfigured("REDIS_URL must begin with redis://, rediss:// or unix://.")
    if parts.scheme != "unix" and parts.path.strip("/"):
        raise ImproperlyConfigured("REDIS_URL must not name a database number: three are used (0, 1 and 2).")
    return given.rstrip("/")


def redis_database(url: str, number: int) -> str:
    """Return the address of one numbered database for redis-py."""
    return f"{url}?db={number}" if url.startswith("unix://") else f"{url}/{number}"


def broker_database(url: str, number: int) -> str:
    """Return the address of one numbered database for Celery, which names unix sockets in its own way."""
    return f"redis+socket://{url[7:]}?virtual_host={number}" if url.startswith("unix://") else f"{url}/{number}"


def database(environ: Mapping[str, str], mode: Mode, data: Path) -> dict[str, Any]:
    """Return Django's description of the database: DATABASE_URL, or in embedded mode our own SQLite file."""
    given = read_secret(environ, "DATABASE_URL")
    if not given:
        if mode is Mode.PRODUCTION:
            raise ImproperlyConfigured(
                "DATABASE_URL is not set. In production mode set it (or DATABASE_URL_FILE),"
                " for example postgresql://trackone:PASSWORD@postgres:5432/trackone."
            )
        return sqlite(data / "game.sqlite3")
    parts = urlsplit(given)
    if parts.scheme == "sqlite":
        if mode is Mode.PRODUCTION:
            raise ImproperlyConfigured("DATABASE_URL names SQLite; production mode needs PostgreSQL.")
        return sqlite(
            Path(unquote(parts.path.removeprefix("/"))).resolve() if parts.path != "/" else data / "game.sqlite3"
        )
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ImproperlyConfigured("DATABASE_URL must begin with postgresql:// or sqlite:///.")
    return _postgresql(given, environ)


def sqlite(path: Path) -> dict[str, Any]:
    """Return the settings of a SQLite file that survive eight writers without `database is locked`."""
    path.parent.mkdir(parents=True, exist_ok=True)
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "timeout": 20,
            "transaction_mode": "IMMEDIATE",
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA busy_timeout=20000;"
                " PRAGMA cache_size=-16000; PRAGMA temp_store=MEMORY;"
            ),
        },
        # Several threads of one in-memory database lock each other's tables; a file behaves like the real one.
        "TEST": {"NAME": str(path.with_name("test.sqlite3"))},
    }


def _postgresql(url: str, environ: Mapping[str, str]) -> dict[str, Any]:
    parts = urlsplit(url)
    options: dict[str, Any] = dict(parse_qsl(parts.query))
    # A unix socket directory cannot stand in the authority of an address, so it may be given as ?host=/path.
    host = str(options.pop("host", "")) or unquote(parts.hostname or "")
    name = unquote(parts.path.lstrip("/"))
    if not name:
        raise ImproperlyConfigured("DATABASE_URL names no database: end it with /trackone, for example.")
    threads = read_number(environ, "ASGI_THREADS", default=8, low=1, high=64)
    options["pool"] = {"min_size": 0, "max_size": threads + 2, "timeout": 15}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 0,  # the pool keeps connections; Django refuses to do it twice
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }
