"""Addresses of answers of hosts: pages of a host's own people, and the officer's desk."""

from __future__ import annotations

from django.urls import path

from anso.hosting.views import desk, member

app_name = "hosting"
urlpatterns = [
    path("hosts/", member.candidates, name="candidates"),
    path("hosts/<str:host>/<str:reference>/", member.candidate, name="candidate"),
    path(
        "hosts/<str:host>/<str:reference>/documents/<str:file_reference>/",
        member.document,
        name="document",
    ),
    path("desk/calls/<str:reference>/hosts/answers/", desk.answers, name="answers"),
    path(
        "desk/calls/<str:reference>/hosts/<str:host>/<str:number>/",
        desk.record_answer,
        name="record_answer",
    ),
]
