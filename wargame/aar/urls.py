"""Addresses of the report, under /api/games/<game>/."""

from django.urls import path

from wargame.aar import api, assessment_api, jobs_api

urlpatterns = [
    path("report", api.report),
    path("report/data", api.data),
    path("report/share", api.share),
    path("assessment", assessment_api.assessment),
    path("changeable", api.changes),
    path("jobs", jobs_api.jobs),
    path("jobs/<str:job>", jobs_api.job),
    path("jobs/<str:job>/result", jobs_api.result),
    path("jobs/<str:job>/cancel", jobs_api.cancel),
]
