"""Django settings, read from the environment (docs/operations.md lists every variable).

Owns the wiring of database, broker, channel layer and apps. Holds no secret and no rule of the game.
"""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from wargame.server import environment
from wargame.server.addresses import local_hosts
from wargame.server.environment import Mode

BASE_DIR = Path(__file__).resolve().parents[2]
MODE = environment.read_mode(os.environ)
DATA_DIR = environment.data_directory(os.environ, BASE_DIR)
DEBUG = environment.read_flag(os.environ, "DEBUG", default=False)
SECRET_KEY = environment.secret_key(os.environ, MODE, DATA_DIR)

# --- who may ask --------------------------------------------------------------------------------------------------
# The address people outside this machine use, for join links and QR codes; `manage.py up` sets it for its processes.
PUBLIC_URL = os.environ.get("TRACKONE_PUBLIC_URL", "").rstrip("/")
ALLOWED_HOSTS = environment.read_list(os.environ, "ALLOWED_HOSTS")
if not ALLOWED_HOSTS:
    if MODE is Mode.PRODUCTION:
        raise ImproperlyConfigured(
            "ALLOWED_HOSTS is not set. In production mode set it to the host names people use, separated by commas."
        )
    ALLOWED_HOSTS = [*local_hosts(), *filter(None, [urlsplit(PUBLIC_URL).hostname])]

# Behind a proxy that ends TLS, cookies are for https only and the proxy's word on the scheme is believed.
HTTPS = environment.read_flag(os.environ, "TRACKONE_HTTPS", default=MODE is Mode.PRODUCTION)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "SAMEORIGIN"

# --- the application ----------------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "django.contrib.staticfiles",
    "channels",
    "wargame.store",
    "wargame.protocol",
    "wargame.timers",
    "wargame.accounts",
    "wargame.lobby",
    "wargame.realtime",
    "wargame.bots",
    "wargame.aar",
    "wargame.control",
    "wargame.server",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "wargame.server.middleware.PageHeaders",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.common.CommonMiddleware",
    "wargame.server.middleware.SameOrigin",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "wargame.server.urls"
ASGI_APPLICATION = "wargame.server.asgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
APPEND_SLASH = False
USE_TZ = True
TIME_ZONE = "UTC"
LANGUAGE_CODE = "en"
USE_I18N = False
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024

# --- database, channel layer, cache, broker -----------------------------------------------------------------------
DATABASES = {"default": environment.database(os.environ, MODE, DATA_DIR)}
# How a headless game describes a throw-away file of its own, with the same care for several writers.
SQLITE_FILE = environment.sqlite
REDIS_URL = environment.redis_url(os.environ, MODE, DATA_DIR)
CHANNEL_LAYERS = {
    "default": {
        "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
        # redis-py 8 closes sockets that are idle for 5 s unless told otherwise.
        "CONFIG": {
            "hosts": [{"address": environment.redis_database(REDIS_URL, 0), "socket_timeout": None}],
            "prefix": "game",
        },
    }
}
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": environment.redis_database(REDIS_URL, 2),
    }
}
CELERY_BROKER_URL = CELERY_RESULT_BACKEND = environment.broker_database(REDIS_URL, 1)
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_TRACK_STARTED = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_RESULT_EXPIRES = 3600
CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 900}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# Nudges go past long jobs: a worker takes both queues, and a report that is being built does not hold up a deadline.
CELERY_TASK_ROUTES = {"wargame.timers.tasks.*": {"queue": "nudges"}, "wargame.bots.tasks.*": {"queue": "nudges"}}
CELERY_BEAT_SCHEDULER = "wargame.server.celery.TouchingScheduler"
# Each nudge expires before the next one: after an outage there is one, not a storm.
CELERY_BEAT_SCHEDULE = {
    "sweep-timers": {"task": "wargame.timers.tasks.sweep", "schedule": 1.0, "options": {"expires": 1.0}},
    # Mail is slow: it takes the queue of long jobs.
    "remind": {"task": "wargame.timers.reminders.remind", "schedule": 20.0, "options": {"expires": 20.0}},
    "nudge-bots": {"task": "wargame.bots.tasks.nudge_bots", "schedule": 1.0, "options": {"expires": 1.0}},
}

# --- mail ---------------------------------------------------------------------------------------------------------
globals().update(environment.mail(os.environ))

# --- the built frontend -------------------------------------------------------------------------------------------
FRONTEND_DIST = Path(os.environ.get("TRACKONE_FRONTEND", "") or BASE_DIR / "frontend" / "dist")
STATIC_URL = "/static/"
STATICFILES_DIRS = [("app", FRONTEND_DIST)] if FRONTEND_DIST.is_dir() else []
STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
# Vite puts a content hash into the name of everything under assets/.
WHITENOISE_IMMUTABLE_FILE_TEST = r"^/static/app/assets/.+-[A-Za-z0-9_-]{8}\.\w+$"

# --- logs ---------------------------------------------------------------------------------------------------------
LOG_LEVEL = os.environ.get("TRACKONE_LOG_LEVEL", "INFO").upper()
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": LOG_LEVEL},
    "loggers": {
        # One line a request and one line a nudge would bury everything else.
        "daphne.http_protocol": {"level": "WARNING"},
        "uvicorn.access": {"level": "WARNING"},
        "celery.beat": {"level": "WARNING"},
        "celery.worker.strategy": {"level": "WARNING"},
        "celery.app.trace": {"level": "WARNING"},
    },
}
