"""Addresses of Control's desk, under /api/."""

from django.urls import path

from wargame.control import api

urlpatterns = [
    path("games/<str:game>/board", api.board),
    path("games/<str:game>/known", api.known),
]
