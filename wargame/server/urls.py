"""Addresses: health, the API, and one page for everything the frontend routes by itself."""

from __future__ import annotations

from django.urls import include, path, re_path

from wargame.server import health, pages

urlpatterns = [
    path("healthz", health.alive),
    path("readyz", health.ready),
    path("", include("wargame.api.urls")),
    # Never answer an API or asset address with the page: a typo there must look like one.
    re_path(r"^(?!api/|static/|ws/).*$", pages.single_page),
]
