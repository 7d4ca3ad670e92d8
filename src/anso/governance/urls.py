"""Addresses of the governance app."""

from __future__ import annotations

from django.urls import path

from anso.governance.views import public

app_name = "governance"
urlpatterns = [
    path("members/", public.members, name="members"),
    path("members/<slug:reference>/", public.member, name="member"),
    path("governance/", public.bodies, name="bodies"),
    path("governance/<slug:code>/", public.body, name="body"),
]
