"""Addresses of the report, under /api/games/<game>/."""

from django.urls import path

from wargame.aar import api

urlpatterns = [
    path("report", api.report),
    path("report/data", api.data),
    path("report/share", api.share),
]
