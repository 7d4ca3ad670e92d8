"""Addresses of selections and decisions on the desk."""

from __future__ import annotations

from django.urls import path

from anso.decisions.views import draws, staff

app_name = "decisions"
urlpatterns = [
    path("desk/calls/<str:reference>/ranking/", staff.ranking, name="ranking"),
    path("desk/calls/<str:reference>/ranking/act/", staff.act, name="act"),
    path("desk/calls/<str:reference>/ranking/<int:number>/", staff.ranking, name="run"),
    path("desk/calls/<str:reference>/ranking/<int:number>/record.json", staff.record, name="record"),
    path("desk/calls/<str:reference>/ranking/<int:number>/draw/", draws.draw, name="draw"),
    path("calls/<slug:slug>/draw/", draws.public_draw, name="public_draw"),
    path("desk/calls/<str:reference>/ranking/<int:number>/<str:application>/", staff.why, name="why"),
    path("desk/calls/<str:reference>/decisions/", staff.decisions, name="decisions"),
    path("desk/calls/<str:reference>/decisions/release/", staff.release, name="release"),
]
