"""Addresses of Control's desk, under /api/."""

from django.urls import path, re_path

from wargame.control import api, debrief_api, exercise_api, fork_api, msel_api, roster_api, rulings_api

urlpatterns = [
    path("games/<str:game>/board", api.board),
    path("games/<str:game>/known", api.known),
    path("games/<str:game>/what-if", rulings_api.try_out),
    path("games/<str:game>/docket", rulings_api.docket),
    path("games/<str:game>/log", rulings_api.trail),
    path("games/<str:game>/log.csv", rulings_api.trail_sheet),
    path("games/<str:game>/fork", fork_api.fork),
    path("games/<str:game>/people", roster_api.people),
    path("games/<str:game>/debrief/stops", debrief_api.stops),
    path("games/<str:game>/rehearsal", msel_api.rehearsal),
    re_path(r"^games/(?P<game>[^/]+)/msel\.(?P<kind>csv|xlsx)$", msel_api.sheet),
    re_path(r"^games/(?P<game>[^/]+)/roster\.(?P<kind>csv|xlsx)$", roster_api.sheet),
    path("exercises", exercise_api.exercises),
    path("exercises/<str:exercise>", exercise_api.exercise),
    path("exercises/<str:exercise>/sections", exercise_api.sections),
    path("exercises/<str:exercise>/draw", exercise_api.draw),
    path("exercises/<str:exercise>/do", exercise_api.many),
    path("exercises/<str:exercise>/people", exercise_api.people),
    re_path(r"^exercises/(?P<exercise>[^/]+)/people\.(?P<kind>csv|xlsx)$", exercise_api.people_sheet),
    path("exercises/<str:exercise>/door", exercise_api.door),
    path("classes/<str:code>", exercise_api.class_info),
    path("classes/<str:code>/section", exercise_api.class_section),
    path("scenarios/<str:scenario>/injects", exercise_api.injects),
]
