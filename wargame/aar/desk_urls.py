"""Addresses of what staff read over many games, under /api/."""

from django.urls import path

from wargame.aar import jobs_api
from wargame.aar.many import api as many_api

urlpatterns = [
    path("compare", many_api.compare),
    path("jobs", jobs_api.jobs),
    path("jobs/<str:job>", jobs_api.job),
    path("jobs/<str:job>/result", jobs_api.result),
    path("jobs/<str:job>/cancel", jobs_api.cancel),
]
