"""Addresses of interviews: pages of applicants and listeners, and the officer's desk."""

from __future__ import annotations

from django.urls import path

from anso.interviews.views import desk, member

app_name = "interviews"
urlpatterns = [
    path("interviews/", member.listening, name="listening"),
    path("interviews/<str:reference>/", member.interview, name="interview"),
    path("desk/calls/<str:reference>/interviews/", desk.call_interviews, name="call_interviews"),
    path(
        "desk/calls/<str:reference>/interviews/times/<str:time>/",
        desk.interview_time,
        name="interview_time",
    ),
    path(
        "desk/calls/<str:reference>/interviews/<str:interview>/",
        desk.settle_interview,
        name="settle_interview",
    ),
]
