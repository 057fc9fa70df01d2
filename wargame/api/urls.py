"""Addresses of the API and of the links that let people in."""

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path

from wargame.api import people, reminders, replay, views

urlpatterns: list[URLPattern | URLResolver] = [
    path("s/<str:token>", views.staff_link),
    path("c/<str:token>", views.control_link),
    path("k/<str:token>", views.seat_link),
    path("api/code/<str:code>", views.code_info),
    path("api/join", views.join),
    path("api/link/<str:game>/<str:person>/<str:token>", people.personal_link),
    path("api/scenarios", views.scenarios),
    path("api/games", views.games),
    path("api/me", views.me),
    path("api/games/<str:game>/links", views.links),
    path("api/games/<str:game>/consent", people.my_consent),
    path("api/games/<str:game>/consents", people.consents),
    path("api/games/<str:game>/email", reminders.my_email),
    path("api/games/<str:game>/webhook", reminders.webhook),
    path("api/games/<str:game>/page", views.page_of),
    path("api/games/<str:game>/search", views.find),
    path("api/games/<str:game>/at", replay.at),
    path("api/games/<str:game>/replay", replay.replay),
    path("api/games/<str:game>/catch-up", views.catch_up),
]
if find_spec("wargame.aar") and find_spec("wargame.aar.urls"):
    urlpatterns.append(path("api/games/<str:game>/", include("wargame.aar.urls")))
    urlpatterns.append(path("api/", include("wargame.aar.desk_urls")))
if find_spec("wargame.control") and find_spec("wargame.control.urls"):
    urlpatterns.append(path("api/", include("wargame.control.urls")))
