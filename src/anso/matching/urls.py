"""Addresses of matching."""

from __future__ import annotations

from django.urls import path

from anso.matching.views import member, staff

app_name = "matching"
urlpatterns = [
    path("applications/<str:reference>/matches/", member.matches, name="matches"),
    path(
        "applications/<str:reference>/matches/shortlist.json",
        member.shortlist_json,
        name="shortlist",
    ),
    path("applications/<str:reference>/matches/<str:number>/ask/", member.ask, name="ask"),
    path("matches/<str:reference>/<str:name>/", member.deed, name="deed"),
    path("desk/calls/<str:reference>/matches/", staff.desk, name="desk"),
    path("desk/calls/<str:reference>/matches/pairs.json", staff.record, name="record"),
]
